"""The SDK's options built from an author's by the table, and the clients started with them."""

from __future__ import annotations

import collections
import logging
import sys
from collections.abc import Mapping
from typing import Any

import attrs
import sentry_sdk
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration
from sentry_sdk.utils import event_from_exception

from scrubbing import __version__, roots
from scrubbing.clock import now
from scrubbing.fence import admit
from scrubbing.options import CHAINED, FIXED, HTTP_OPTIONS, OPTIONS, OURS, check_options
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.http import HttpOptions
from scrubbing.outbox.memory import MemorySender
from scrubbing.policy import Policy
from scrubbing.sentry.middleware import Facts, FencedTransport, Middleware
from scrubbing.sentry.sampling import Sampling
from scrubbing.wire import stamped

Json = dict[str, Any]


def fenced_options(
    middleware: Middleware, options: Mapping[str, Any], preset: str, *, dsn: str | None, flush: Any = None
) -> Json:
    """Build the arguments of `sentry_sdk.init` from an author's, by the table of options.

    Args:
        middleware: the hooks and the fence.
        options: what the author passes on; checked already.
        preset: decides whether the SDK collects variables and source lines.
        dsn: where to; the SDK wants one, although our transport sends.
        flush: called with seconds when the SDK is flushed.
    """
    made: Json = {row.name: row.value for row in OPTIONS.values() if row.treatment == FIXED}
    said = {name: value for name, value in options.items() if value is not None}
    made |= {name: value for name, value in said.items() if OPTIONS[name].treatment not in (FIXED, CHAINED, OURS)}
    made |= middleware.hooks()
    if options.get("trace_lifecycle") != "stream":
        del made["before_send_span"]  # the SDK warns on stderr where no spans are streamed
    made |= {
        "dsn": dsn,
        "release": middleware.facts.release or "unknown",
        "environment": middleware.facts.environment or "production",
        "integrations": _integrations(options.get("integrations") or (), preset),
        "include_local_variables": preset == "verbose",
        "include_source_context": preset != "strict",
        "transport": FencedTransport({"dsn": dsn, "org_id": None}, middleware, flush),
    }
    return {name: value for name, value in made.items() if name in DEFAULT_OPTIONS}


def _integrations(chosen: Any, preset: str) -> list[Any]:
    """The app's, and ours where it chose none of its own; breadcrumbs are not collected to be dropped."""
    own = {getattr(integration, "identifier", None) for integration in chosen}
    level = None if preset == "strict" else 20
    ours: list[Any] = [
        ThreadingIntegration(),
        LoggingIntegration(level=level),
        AtexitIntegration(callback=lambda _pending, _timeout: None),
    ]
    return [*chosen, *(integration for integration in ours if integration.identifier not in own)]


def start(
    middleware: Middleware,
    options: Mapping[str, Any],
    preset: str,
    *,
    dsn: str | None,
    isolated: bool | None,
    flush: Any,
) -> Any:
    """Start a client: the global one, or one of our own where somebody else's Sentry is active.

    Args:
        middleware: the hooks and the fence.
        options: what the author passes on; checked already.
        preset: the policy's.
        dsn: where to.
        isolated: ``True``: an own client in any case; ``None``: only if somebody's client is active.
        flush: as for `fenced_options`.

    Returns:
        The client.
    """
    made = fenced_options(middleware, options, preset, dsn=dsn or "https://nobody@localhost/0", flush=flush)
    if isolated or (isolated is None and sentry_sdk.get_client().is_active()):
        made["integrations"] = []  # integrations patch the whole process and report to the global client: the host's
        client: Any = sentry_sdk.Client(**made)
    else:
        sentry_sdk.init(**made)
        client = sentry_sdk.get_client()
    client.transport = made["transport"]  # SENTRY_PRINT_ENVELOPES would have put a printer in between
    return client


def is_global(client: Any) -> bool:
    """Say whether this client is the one `sentry_sdk`'s functions speak to."""
    return sentry_sdk.get_client() is client


def capture_exception(client: Any, exc: BaseException, mechanism: Json, preset: str) -> None:
    """Capture a live exception with this client, through the hooks.

    Args:
        client: what `start` returned.
        exc: the exception.
        mechanism: ``type`` and ``handled``.
        preset: under ``strict`` the exception is described from the live object, so the SDK need not do it first.
    """
    info = (type(exc), exc, exc.__traceback__)
    if preset == "strict":
        event: Any = {
            "level": "error",
            "exception": {"values": [{"type": "Exception", "value": "", "mechanism": dict(mechanism)}]},
        }
        hint: Any = {"exc_info": info}
    else:
        event, hint = event_from_exception(info, client_options=client.options, mechanism=dict(mechanism))
    _capture(client, event, hint)


def capture_message(client: Any, text: str, level: str) -> None:
    """Capture a message with this client, through the hooks."""
    _capture(client, {"logentry": {"formatted": text}, "level": level}, {})


def _capture(client: Any, event: Any, hint: Any) -> None:
    # The id it returns is no news: the SDK knows neither what the fence refused nor what the disk could not take.
    send = sentry_sdk.capture_event if is_global(client) else client.capture_event
    send(event, hint=hint)


def sentry_options(policy: Policy | str | None = None, **options: Any) -> Json:
    """Return arguments for `sentry_sdk.init`: the middleware alone, for an app that runs Sentry already.

    Args:
        policy: a `Policy` or the name of a preset; ``None``: strict.
        options: what `sentry_sdk.init` takes; ``dsn`` and ``release`` among them.

    Returns:
        ``sentry_sdk.init(**sentry_options(...))`` sends through the same hooks and the same fence, from memory: no
        consent, no quota, no outbox, no file.

    Raises:
        ConfigurationError: an option is unknown, fixed or refused, or the DSN is malformed.
        PolicyError: there is no such preset.
    """
    check_options(options)
    logging.getLogger("sentry_sdk.envelopes").addFilter(_silent)
    chosen = policy if isinstance(policy, Policy) else Policy(preset=policy or "strict")
    if not chosen.packages.roots:
        chosen = attrs.evolve(chosen, packages=roots.detect(chosen.packages.own, _caller()))
    counts: collections.Counter[str] = collections.Counter()
    drop = lambda reason: counts.update([reason])  # noqa: E731  # one call
    dsn = options.get("dsn")
    sender = _sender(dsn, chosen, drop, options) if dsn else None
    middleware = Middleware(
        policy=lambda: chosen,
        deliver=(lambda parcel: sender.put(parcel.data, parcel.category, parcel.seal))
        if sender is not None
        else (lambda _parcel: None),
        drop=drop,
        facts=Facts(
            options.get("release") or "unknown", options.get("environment") or "production", options.get("dist")
        ),
        own={name: hook for name, hook in options.items() if OPTIONS[name].treatment == CHAINED and hook is not None},
        sampling=Sampling.of(options),
    )
    flush = sender.flush if sender is not None else None
    return fenced_options(middleware, options, chosen.preset, dsn=dsn, flush=flush)


def _silent(_: logging.LogRecord) -> bool:
    """With SENTRY_PRINT_ENVELOPES the SDK prints what has not been at the fence yet."""
    return False


def _sender(dsn: str, policy: Policy, drop: Any, options: Json) -> MemorySender:
    chosen = {name: options[name] for name in HTTP_OPTIONS if options.get(name) is not None}
    prepare = lambda data, seal: admit(stamped(data, now()), policy, sealed=seal)  # noqa: E731  # one call
    return MemorySender(parse_dsn(dsn), prepare=prepare, drop=drop, version=__version__, options=HttpOptions(**chosen))


def _caller() -> str | None:
    """The calling module's real name: ``frob.__main__`` for ``python -m frob``."""
    globals_ = sys._getframe(2).f_globals  # noqa: SLF001  # the only way to know whose package this is
    name = getattr(globals_.get("__spec__"), "name", None) or globals_.get("__name__")
    return name if isinstance(name, str) else None
