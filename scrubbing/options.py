"""Every option `sentry_sdk.init` takes, and what becomes of it here. One table; what is not in it is refused.

A new SDK brings new options, and each may open a new way out: a test holds this table against the installed SDK, so
somebody decides before an app can use it. This module is read on the off path and imports nothing.
"""

from __future__ import annotations

from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PASSED, FIXED, CHAINED, REFUSED, OURS = "passed on", "fixed", "chained", "refused", "ours"


class Option:
    """One row of the table.

    Args:
        name: the option of `sentry_sdk.init`.
        treatment: passed on; fixed (the value is ours); chained (the app's runs before ours); refused; or ours (an
            argument of `scrubbing.init`, or used by our own transport).
        reason: why, in a few words.
        value: what is passed where the treatment is fixed.
        harmless: values of a refused or fixed option that change nothing and are taken silently.
    """

    __slots__ = ("harmless", "name", "reason", "treatment", "value")

    def __init__(
        self, name: str, treatment: str, reason: str, value: Any = None, harmless: tuple[Any, ...] = ()
    ) -> None:
        self.name, self.treatment, self.reason = name, treatment, reason
        self.value, self.harmless = value, (None, value, *harmless)


_ROWS = (
    Option("dsn", OURS, "an argument of init; our transport sends"),
    Option("release", OURS, "an argument of init; the SDK would ask git in the user's directory"),
    Option("environment", PASSED, "checked first: servers drop some values"),
    Option("dist", PASSED, "checked first: servers drop some values"),
    Option("integrations", PASSED, "beside threading and logging; OTLP is refused, it sends by itself"),
    Option("disabled_integrations", PASSED, "closes more"),
    Option("in_app_include", PASSED, "names of packages"),
    Option("in_app_exclude", PASSED, "names of packages"),
    Option("ignore_errors", PASSED, "closes more"),
    Option("sample_rate", OURS, "decided in our hook, so that the quota has it back"),
    Option("error_sampler", OURS, "decided in our hook, so that the quota has it back"),
    Option("traces_sample_rate", PASSED, "transactions pass the hooks and the fence"),
    Option("traces_sampler", PASSED, "transactions pass the hooks and the fence"),
    Option("trace_lifecycle", PASSED, "spans pass the hooks and the fence"),
    Option("ignore_spans", PASSED, "closes more"),
    Option("trace_ignore_status_codes", PASSED, "closes more"),
    Option("functions_to_trace", PASSED, "spans pass the hooks and the fence"),
    Option("enable_db_query_source", PASSED, "spans pass the hooks and the fence"),
    Option("db_query_source_threshold_ms", PASSED, "a number"),
    Option("enable_http_request_source", PASSED, "spans pass the hooks and the fence"),
    Option("http_request_source_threshold_ms", PASSED, "a number"),
    Option("stream_gen_ai_spans", PASSED, "spans pass the hooks and the fence"),
    Option("strict_trace_continuation", PASSED, "closes more"),
    Option("org_id", PASSED, "compared with incoming traces, not sent"),
    Option("max_breadcrumbs", PASSED, "a number"),
    Option("max_value_length", PASSED, "a number; our own limits hold besides"),
    Option("max_stack_frames", PASSED, "a number; our own limits hold besides"),
    Option("max_request_body_size", PASSED, "request data leaves under verbose only"),
    Option("attach_stacktrace", PASSED, "frames are judged like those of a crash"),
    Option("add_full_stack", PASSED, "frames are judged like those of a crash"),
    Option("custom_repr", PASSED, "what it returns passes the rules"),
    Option("enable_logs", PASSED, "log records leave under verbose only, after the rules"),
    Option("enable_metrics", PASSED, "metrics leave under verbose only, after the rules"),
    Option("before_send", CHAINED, "the app's runs before the scrubbing, so it can put nothing back"),
    Option("before_send_transaction", CHAINED, "the app's runs before the scrubbing"),
    Option("before_send_log", CHAINED, "the app's runs before the scrubbing"),
    Option("before_send_metric", CHAINED, "the app's runs before the scrubbing"),
    Option("before_send_span", CHAINED, "the app's runs before the scrubbing"),
    Option("before_breadcrumb", CHAINED, "the app's runs before the scrubbing"),
    Option("http_proxy", OURS, "used by our transport"),
    Option("https_proxy", OURS, "used by our transport"),
    Option("proxy_headers", REFUSED, "our transport sends no headers but its own"),
    Option("ca_certs", OURS, "used by our transport"),
    Option("cert_file", OURS, "used by our transport"),
    Option("key_file", OURS, "used by our transport"),
    Option(
        "default_integrations", FIXED, "they add host name, arguments, packages, breadcrumbs of commands", value=False
    ),
    Option("auto_enabling_integrations", FIXED, "they add SQL, queries, prompts; name those you want", value=False),
    Option("server_name", FIXED, "the user's computer has no name", value=""),
    Option("project_root", FIXED, "the user's working directory", value=""),
    # None is the SDK's no; said aloud, it has warned of its deprecation on the user's terminal.
    Option("send_default_pii", FIXED, "the preset says what leaves", value=None, harmless=(False,)),
    Option("event_scrubber", FIXED, "our rules do this", value=None, harmless=(False,)),
    Option("include_local_variables", FIXED, "the preset says: verbose alone", value=False, harmless=(True,)),
    Option("include_source_context", FIXED, "the preset says", value=False, harmless=(True,)),
    Option("send_client_reports", FIXED, "they pass no hook", value=False, harmless=(True,)),
    Option("auto_session_tracking", FIXED, "sessions are made here, with a cap", value=False, harmless=(True,)),
    Option("propagate_traces", FIXED, "puts headers on the app's own requests", value=False, harmless=(True,)),
    Option("trace_propagation_targets", FIXED, "puts headers on the app's own requests", value=[]),
    Option("spotlight", FIXED, "sends everything to a second address, past the transport", value=False),
    Option("debug", FIXED, "prints into the user's terminal", value=False),
    Option("enable_backpressure_handling", FIXED, "starts a thread", value=False, harmless=(True,)),
    Option("shutdown_timeout", FIXED, "the exit budget is 0.3 s", value=0, harmless=(2,)),
    Option("keep_alive", FIXED, "our transport closes what it opened", value=False),
    Option("transport", REFUSED, "the fence stands in our transport"),
    Option("transport_queue_size", REFUSED, "the outbox has its own bounds", harmless=(100,)),
    Option("socket_options", REFUSED, "our transport sets its own"),
    Option("data_collection", REFUSED, "the preset says what leaves"),
    Option("instrumenter", REFUSED, "OpenTelemetry's exporters send past the fence", harmless=("sentry",)),
    Option("enable_tracing", REFUSED, "deprecated; use traces_sample_rate"),
    Option("profiles_sample_rate", REFUSED, "profiles never leave"),
    Option("profiles_sampler", REFUSED, "profiles never leave"),
    Option("profiler_mode", REFUSED, "profiles never leave"),
    Option("profile_lifecycle", REFUSED, "profiles never leave", harmless=("manual",)),
    Option("profile_session_sample_rate", REFUSED, "profiles never leave"),
    Option("_experiments", REFUSED, "an experiment may be a way out nobody has looked at", harmless=({},)),
)

OPTIONS: dict[str, Option] = {row.name: row for row in _ROWS}

#: What the values of options that reach the SDK are. The SDK looks at some of them only when they are used, so that a
#: mistake would raise in the app, and only for users who said yes.
TAKES = {
    "a number": (
        *("sample_rate", "traces_sample_rate", "max_breadcrumbs", "max_value_length", "max_stack_frames"),
        *("db_query_source_threshold_ms", "http_request_source_threshold_ms"),
    ),
    "a list": (
        *("integrations", "disabled_integrations", "in_app_include", "in_app_exclude", "ignore_errors", "ignore_spans"),
        *("functions_to_trace", "trace_ignore_status_codes"),
    ),
    "a callable": (
        *("error_sampler", "traces_sampler", "custom_repr"),
        *(row.name for row in _ROWS if row.treatment == CHAINED),
    ),
    "True or False": (
        *("enable_db_query_source", "enable_http_request_source", "stream_gen_ai_spans", "strict_trace_continuation"),
        *("attach_stacktrace", "add_full_stack", "enable_logs", "enable_metrics"),
    ),
    "a string": (
        *("environment", "dist", "release", "dsn", "trace_lifecycle", "max_request_body_size", "org_id"),
        *("http_proxy", "https_proxy", "ca_certs", "cert_file", "key_file"),
    ),
}
_TAKEN = {name: what for what, names in TAKES.items() for name in names}
_WORDS = {
    "trace_lifecycle": ("static", "stream"),
    "max_request_body_size": ("never", "small", "medium", "always"),
}

#: Options of the SDK's transport that ours takes too.
HTTP_OPTIONS = ("http_proxy", "https_proxy", "ca_certs", "cert_file", "key_file")

#: Characters servers keep of a release, of an environment and of a dist.
_MOST_RELEASE, _MOST_SHORT = 200, 64
_VERSION = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+!_-")
_NAME = _VERSION - frozenset("+!")
_LETTERS_AND_DIGITS = _VERSION - frozenset(".+!_-")


def check_options(options: Mapping[str, Any]) -> None:
    """Check the options an author passes on to the SDK.

    Raises:
        ConfigurationError: one is unknown, fixed to another value, or refused; names the option and the reason.
    """
    for name, value in options.items():
        row = OPTIONS.get(name)
        if row is None:
            raise ConfigurationError(
                f"{name}: expected an option of sentry_sdk.init that scrubbing knows; this one is not in its table"
            )
        if row.treatment in (FIXED, REFUSED) and not any(
            value is one or (type(value) is type(one) and value == one) for one in row.harmless
        ):
            raise ConfigurationError(f"{name}: {row.treatment} by scrubbing: {row.reason}")
        _check_type(name, value)
    for name in ("environment", "dist"):
        _check_short(name, options.get(name))
    if options.get("release") is not None:  # of the middleware alone; init has an argument for it
        _check_release(options["release"])
    for integration in options.get("integrations") or ():
        identifier = getattr(integration, "identifier", None)
        if not isinstance(identifier, str):
            raise ConfigurationError(f"integrations: expected sentry_sdk's, got {type(integration).__name__}")
        if "otlp" in f"{type(integration).__name__} {identifier}".lower():
            raise ConfigurationError("integrations: OTLP is refused: it sends spans by itself, past the fence")


def _check_type(name: str, value: object) -> None:
    taken = _TAKEN.get(name)
    if value is None or taken is None:
        return
    words = _WORDS.get(name)
    good = {
        "a number": isinstance(value, (int, float)) and not isinstance(value, bool),
        "a list": isinstance(value, (list, tuple, set, frozenset)),
        "a callable": callable(value),
        "True or False": isinstance(value, bool),
        "a string": isinstance(value, str) and (words is None or value in words),
    }
    if not good[taken]:
        raise ConfigurationError(
            f"{name}: expected {taken if words is None else ' or '.join(map(repr, words))}, got {type(value).__name__}"
        )


def full_release(app: str, release: object) -> str:
    """Return the release as it is sent: ``app@version``.

    Args:
        app: the app's name.
        release: ``"1.4.2"`` or ``"frob@1.4.2"``.

    Raises:
        ConfigurationError: a server would drop it, or it belongs to another app.
    """
    if not isinstance(release, str) or not release:
        raise ConfigurationError(f"release: expected a version such as '1.4.2', got {release!r}")
    name, at, version = release.rpartition("@")
    if at and name != app:
        raise ConfigurationError(f"release: expected '{app}@<version>' or a version, got {release!r}")
    whole = f"{app}@{version}"
    _check_release(whole)
    return whole


def _check_release(release: object) -> None:
    name, at, version = release.rpartition("@") if isinstance(release, str) else ("", "", "")
    good = (
        isinstance(release, str)
        and len(release) <= _MOST_RELEASE
        and version not in ("", "latest")
        and version[0] in _LETTERS_AND_DIGITS
        and set(version) <= _VERSION
        and (not at or (name[:1].isalpha() and set(name) <= _NAME))
    )
    if not good:
        raise ConfigurationError(
            "release: expected a version of letters, digits and .+!_- "
            f"(with the app at most {_MOST_RELEASE} characters, not 'latest'), got {str(release)[:220]!r}"
        )


def _check_short(name: str, value: object) -> None:
    if value is None:
        return
    good = (
        isinstance(value, str)
        and 0 < len(value) <= _MOST_SHORT
        and set(value) <= _NAME
        and value[0] in _LETTERS_AND_DIGITS
    )
    if not good or str(value).lower() == "none":
        raise ConfigurationError(
            f"{name}: expected at most {_MOST_SHORT} letters, digits, dots, dashes and underscores, "
            f"not 'none' (servers drop others), got {value!r}"
        )
