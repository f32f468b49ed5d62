"""Each option of `sentry_sdk.init` has a row in the table, and becomes what its row says."""

from __future__ import annotations

import pytest
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.integrations import Integration

import scrubbing
from scrubbing.errors import ConfigurationError
from scrubbing.options import CHAINED, FIXED, OPTIONS, OURS, PASSED, REFUSED, TAKES, check_options, full_release
from scrubbing.sentry.client import fenced_options
from scrubbing.sentry.middleware import Middleware

CLOSED = [row for row in OPTIONS.values() if row.treatment in (FIXED, REFUSED)]
CHAINS = [row.name for row in OPTIONS.values() if row.treatment == CHAINED]


class OTLPIntegration(Integration):
    """Stands for the one that needs OpenTelemetry to be imported."""

    identifier = "otlp"
    setup_once = staticmethod(lambda: None)


def middleware() -> Middleware:
    return Middleware(scrubbing.Policy, lambda _parcel: None, lambda _reason: None)


def test_the_table_has_every_option_of_the_installed_sdk():
    """An option that a new SDK brings fails here until somebody decides what becomes of it."""
    assert set(DEFAULT_OPTIONS) - set(OPTIONS) == set()


def test_every_row_says_why():
    """A treatment is one of five, and has a reason."""
    for row in OPTIONS.values():
        assert row.treatment in (PASSED, FIXED, CHAINED, REFUSED, OURS)
        assert row.reason


@pytest.mark.parametrize("row", CLOSED, ids=lambda row: row.name)
def test_a_closed_option_raises_with_its_name_and_reason(row):
    """Fixed and refused options take nothing but what changes nothing."""
    for value in ("something", 7, object(), ["list"], {"key": "value"}):
        with pytest.raises(ConfigurationError) as caught:
            check_options({row.name: value})
        assert str(caught.value).startswith(f"{row.name}: {row.treatment}")
        assert row.reason in str(caught.value)
    for value in row.harmless:
        check_options({row.name: value})


@pytest.mark.parametrize("name", ["dns", "before_sendd", "", "Debug"])
def test_an_unknown_option_raises_with_its_name(name):
    """A misspelt option is a mistake, not something to ignore."""
    with pytest.raises(ConfigurationError, match=f"^{name}: expected an option of sentry_sdk.init"):
        check_options({name: 1})


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("value", ["hook", 7, [len], True])
def test_a_hook_is_a_callable(name, value):
    """A hook that cannot be called is refused at once, with what came."""
    with pytest.raises(ConfigurationError, match=f"^{name}: expected a callable, got {type(value).__name__}"):
        check_options({name: value})


def test_otlp_is_refused_however_it_is_called():
    """An exporter of spans would send past the fence."""
    for integrations in ([OTLPIntegration()], (OTLPIntegration(),)):
        with pytest.raises(ConfigurationError, match="OTLP is refused"):
            check_options({"integrations": integrations})


WRONG = {"a number": True, "a list": "spam", "a callable": 7, "True or False": "no", "a string": 7}


def test_every_option_that_reaches_the_sdk_has_a_type():
    """What an author may say is of one type, and told so at init: some mistakes would raise in the app much later."""
    typed = [name for names in TAKES.values() for name in names]
    assert sorted(typed) == sorted(row.name for row in OPTIONS.values() if row.treatment in (PASSED, CHAINED, OURS))
    for what, names in TAKES.items():
        for name in names:
            check_options({name: None})
            with pytest.raises(ConfigurationError, match=rf"^{name}: expected .*got"):
                check_options({name: WRONG[what]})


@pytest.mark.parametrize("integrations", [["threading"], [7], [None], {"stdlib"}])
def test_an_integration_is_one(integrations):
    """A name is no integration, and would only be noticed after a yes."""
    with pytest.raises(ConfigurationError, match=r"^integrations: expected sentry_sdk's, got"):
        check_options({"integrations": integrations})


BAD_SHORT = ["a/b", "none", "None", "NONE", "", "x" * 65, "two words", "line\n", "ümlaut", 7, b"production", "-x", "."]


@pytest.mark.parametrize("name", ["environment", "dist"])
@pytest.mark.parametrize("value", BAD_SHORT, ids=repr)
def test_an_environment_servers_drop_is_refused(name, value):
    """What a server would drop, it drops silently; so it is refused here, with the name of the option."""
    with pytest.raises(ConfigurationError, match=f"^{name}: expected"):
        check_options({name: value})


@pytest.mark.parametrize("name", ["environment", "dist"])
@pytest.mark.parametrize("value", [None, "production", "beta-2", "a.b_c", "x" * 64, "7"])
def test_an_environment_servers_keep_is_taken(name, value):
    """Letters, digits, dots, dashes and underscores."""
    check_options({name: value})


BAD_RELEASES = [
    *("", "latest", "frob@latest", "frob@", "@", "other@1.0", "1.0\n", "1 0", "a/b", "a\\b", ".", "..", "x" * 200),
    *("1.0\t", "ü", None, 1.4, b"1.4", "frob@other@1"),
]


@pytest.mark.parametrize("release", BAD_RELEASES, ids=repr)
def test_a_release_servers_drop_is_refused(release):
    """What a server would drop, or count as another app's, is refused with what was expected."""
    with pytest.raises(ConfigurationError, match=r"^release: expected"):
        full_release("frob", release)


@pytest.mark.parametrize("version", ["1.4.2", "2026.11", "1.5.0rc1", "1.5.dev3+g1a2b3c4", "v2", "x" * 195, "1!2.0"])
def test_a_release_is_the_app_and_its_version(version):
    """The version alone and the whole release are the same."""
    assert full_release("frob", version) == full_release("frob", f"frob@{version}") == f"frob@{version}"


def test_what_is_passed_to_the_sdk_is_what_the_table_says():
    """Fixed values are in place whatever the author says, passed ones arrive, hooks are ours, nothing is made up."""
    passed = {
        "environment": "beta",
        "sample_rate": 0.5,
        "max_breadcrumbs": 7,
        "include_local_variables": True,
        "spotlight": False,
        "ignore_errors": [ValueError],
    }
    made = fenced_options(middleware(), passed, "strict", dsn="https://key@example.org/7")
    assert set(made) <= set(DEFAULT_OPTIONS)
    for row in OPTIONS.values():
        if row.treatment == FIXED and row.name in DEFAULT_OPTIONS:
            assert made[row.name] == row.value
        elif row.treatment == REFUSED:
            assert row.name not in made or row.name == "transport"
    assert "sample_rate" not in made  # our hook samples, so that the quota has back what is not kept
    assert (made["max_breadcrumbs"], made["ignore_errors"]) == (7, [ValueError])
    assert made["transport"].__class__.__name__ == "FencedTransport"
    assert made["release"] is not None


def test_variables_are_collected_under_verbose_alone():
    """What would be dropped is not collected either."""
    by_preset = {
        preset: fenced_options(middleware(), {}, preset, dsn=None)["include_local_variables"]
        for preset in ("strict", "standard", "verbose")
    }
    assert by_preset == {"strict": False, "standard": False, "verbose": True}


#: Everything a hook could put a value into.
PUT_BACK = """{
    'server_name': PLANTED, 'extra': {'a': PLANTED}, 'message': PLANTED, 'user': {'id': PLANTED}, PLANTED: PLANTED,
    'modules': {PLANTED: '1'}, 'tags': {'subcommand': PLANTED}, 'release': PLANTED, 'environment': PLANTED,
    'dist': PLANTED, 'logger': PLANTED, 'fingerprint': [PLANTED], 'contexts': {'trace': {'trace_id': PLANTED},
    'os': {'name': PLANTED}, PLANTED: {}}, 'transaction': PLANTED, '_meta': {PLANTED: 1}, 'platform': PLANTED,
    'sdk': {'name': PLANTED, 'integrations': [PLANTED]}, 'level': PLANTED, 'breadcrumbs': [{'message': PLANTED}],
    'exception': {'values': [{'type': PLANTED, 'value': PLANTED, 'module': PLANTED, 'mechanism': {'type': PLANTED},
    'stacktrace': {'frames': [{'function': PLANTED, 'module': 'os.' + PLANTED, 'context_line': PLANTED}]}}]},
    'threads': {'values': [{'name': PLANTED}]}, 'debug_meta': {'images': [PLANTED]}, 'request': {'url': PLANTED},
}""".replace("\n", "")
#: An app's own hooks, and what of an event and an error then arrives.
HOOKS = {
    "keeps": ("lambda event, hint: event", 2),
    "drops": ("lambda event, hint: None", 0),
    "raises": ("lambda event, hint: 1 / 0", 0),
    "garbage": ("lambda event, hint: 'garbage'", 0),
    "list": ("lambda event, hint: [event]", 0),
    "wrong arguments": ("lambda: None", 0),
    "empties": ("lambda event, hint: {}", 0),
    "puts back": (f"lambda event, hint: {{**event, **{PUT_BACK}}}", 2),
    "keeps what it saw": ("lambda event, hint: hint.get('exc_info') and event or event", 2),
    "changes in place": ("lambda event, hint: event.update(message=PLANTED, extra={'a': PLANTED}) or event", 2),
}
CRASHES = """
import sentry_sdk
sentry_sdk.capture_message("hello " + PLANTED)
try:
    int(PLANTED)
except ValueError as error:
    sentry_sdk.capture_exception(error)
"""


@pytest.mark.parametrize("hook", HOOKS)
def test_an_app_hook_runs_before_the_scrubbing(app, hook):
    """What it drops or breaks is dropped and counted; what it puts into an event does not leave."""
    source, number = HOOKS[hook]
    app.write(
        CRASHES,
        init='PLANTED = os.environ["PLANTED"]\ntelemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", '
        f'release="1.4.2", enabled=True, before_send={source})\n',
    )
    run = app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len(app.items()) == number
    assert not any(b"hunter2" in raw for raw in app.raw())
    if number == 0:
        (reason,) = app.drops()
        assert reason.startswith("before_send:") or hook == "empties"
        assert app.drops()[reason] == 2


#: Older SDKs measure differently, and not at all here; neither can they send spans by themselves.
MEASURES, STREAMS = "before_send_metric" in DEFAULT_OPTIONS, "trace_lifecycle" in DEFAULT_OPTIONS
OTHERS = f"""
import sentry_sdk
from sentry_sdk import logger
sentry_sdk.add_breadcrumb(message="crumb")
with sentry_sdk.start_transaction(name="work", op="task"):
    pass
logger.info("logged")
if {MEASURES}:
    sentry_sdk.metrics.count("counted", 1)
client = sentry_sdk.get_client()
for name in ("log_batcher", "metrics_batcher"):
    if getattr(client, name, None) is not None:
        getattr(client, name).flush()
sentry_sdk.capture_message("hello")
"""


@pytest.mark.parametrize("does", ["event", "None", "1 / 0", "'garbage'"])
def test_the_other_hooks_of_an_app(app, does):
    """Hooks for transactions, logs, metrics and breadcrumbs run before ours, and fail closed."""
    names = [name for name in CHAINS if name not in ("before_send", "before_send_span")]
    app.write(
        OTHERS,
        more=", policy='verbose', traces_sample_rate=1.0, enable_logs=True, "
        + ", ".join(f"{n}=lambda event, hint: {does}" for n in names),
    )
    run = app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert (run.code, run.out, run.err) == (0, "", "")
    kinds = {kind: len(app.items(kind)) for kind in ("event", "transaction", "log", "trace_metric")}
    (message,) = app.items()
    if does == "event":
        assert kinds == {"event": 1, "transaction": 1, "log": 1, "trace_metric": int(MEASURES)}
        assert [crumb["message"] for crumb in message["breadcrumbs"]["values"]] == ["crumb"]
    else:
        assert kinds == {"event": 1, "transaction": 0, "log": 0, "trace_metric": 0}
        assert not message.get("breadcrumbs", {}).get("values")
        for name in ("before_send_transaction", "before_send_log", *["before_send_metric"] * MEASURES):
            assert any(reason.startswith(f"{name}:") for reason in app.drops())


@pytest.mark.skipif(not STREAMS, reason="this SDK cannot")
def test_a_span_whose_hook_fails_loses_its_name(app):
    """The SDK cannot drop a span in its hook, so what fails there does not leave either."""
    app.write(
        "import sentry_sdk\nfrom sentry_sdk import traces\n"
        "with traces.start_span(name='work ' + os.environ['PLANTED']):\n    pass\n"
        "sentry_sdk.get_client().span_batcher.flush()\n",
        more=", policy='verbose', traces_sample_rate=1, trace_lifecycle='stream', before_send_span=lambda s, h: 1 / 0",
    )
    run = app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert (run.code, run.out, run.err) == (0, "", "")
    assert not any(b"hunter2" in raw for raw in app.raw())
    assert "before_send_span:app raised" not in app.drops()
    assert any(reason.startswith("before_send_span") for reason in app.drops())


ALONE = 'import sentry_sdk\nsentry_sdk.init(**scrubbing.sentry_options({policy}, dsn=os.environ["FROB_DSN"]{more}))\n'


@pytest.mark.parametrize("policy", ["", "'strict'", "scrubbing.Policy.strict()", "'standard'"])
def test_the_middleware_alone(app, policy):
    """A program that starts Sentry itself sends scrubbed events through the fence, and no file is written."""
    app.write(
        'PLANTED = os.environ["PLANTED"]\n' + CRASHES + "sentry_sdk.flush(5)\nraise ValueError(PLANTED)\n",
        init=ALONE.format(policy=policy or "None", more=", release='1.4.2', environment='beta'"),
    )
    before = sorted(app.home.rglob("*"))
    run = app.run(environ=app.environ(FROB_TELEMETRY="off", DO_NOT_TRACK="1", PYTHONDONTWRITEBYTECODE="1"))
    assert (run.code, run.out) == (1, "")
    assert run.err.endswith("ValueError: hunter2\n")
    assert sorted(app.home.rglob("*")) == before
    events = app.items()
    assert [event["release"] for event in events] == ["1.4.2"] * len(events)
    assert {event["environment"] for event in events} == {"beta"}
    assert len(events) == 2  # the SDK's excepthook is one of the integrations that are not chosen
    if policy != "'standard'":
        assert not any(b"hunter2" in raw for raw in app.raw())
    (error,) = (event for event in events if "exception" in event)
    frame = error["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert (frame["function"], frame["lineno"], frame["in_app"]) == ("<module>", 10, True)


@pytest.mark.parametrize("mode", ["refuse", "black hole", "mute"])
def test_the_middleware_alone_ends_in_time(app, server, mode):
    """A server that is not there delays the program's end by the exit budget at most."""
    import time

    app.write(
        "import time\n" + 'PLANTED = os.environ["PLANTED"]\n' + CRASHES + "print(time.time())\n",
        init=ALONE.format(policy="'strict'", more=""),
    )
    server.mode = mode
    run = app.run()
    assert time.time() - float(run.out) < 1.5
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"dsn": "nonsense"}, "https://"),
        ({"dsn": "http://key@example.org/7"}, "http://"),
        ({"transport": object()}, "transport"),
        ({"debug": True}, "debug"),
        ({"spotlight": True}, "spotlight"),
        ({"environment": "a/b"}, "environment"),
        ({"release": "latest"}, "release"),
        ({"release": "two\nlines"}, "release"),
        ({"colour": 1}, "colour"),
    ],
)
def test_the_middleware_alone_refuses_mistakes(options, named):
    """What cannot work is refused before the SDK is started."""
    with pytest.raises(ConfigurationError, match=named):
        scrubbing.sentry_options("strict", **options)


def test_there_are_three_presets():
    """A policy is one of them, or a Policy."""
    with pytest.raises(scrubbing.errors.PolicyError, match="strict, standard, verbose"):
        scrubbing.sentry_options("open")
