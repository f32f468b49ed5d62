"""What a crash would send: a real exception through the app's real policy, hooks and fence, into nobody's hands.

Nothing is sent, kept on disk or counted. Asking for it is a yes to making the policy, and to nothing else.
"""

from __future__ import annotations

import os
import pathlib
import secrets
import sys
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from scrubbing import roots, sentry, wire
from scrubbing.errors import PolicyError, Refused
from scrubbing.identity.ids import read
from scrubbing.identity.words import DEFAULTS
from scrubbing.options import CHAINED, OPTIONS
from scrubbing.policy import Policy
from scrubbing.telemetry.chosen import chosen_policy

if TYPE_CHECKING:
    from scrubbing.consent import Consent
    from scrubbing.identity.ids import Secret
    from scrubbing.telemetry import Telemetry
    from scrubbing.telemetry.config import Config

#: The command it is said to happen in, where the app declares none.
COMMAND = "example"


def of_app(telemetry: Telemetry) -> bytes:
    """Make the envelope of a crash in this app, at this place.

    Args:
        telemetry: the app's.

    Raises:
        Refused: it would not leave; says why.
        PolicyError: the app's policy cannot be made.
    """
    config = telemetry._config  # noqa: SLF001  # the verbs are the telemetry's own
    policy = policy_of(config)
    command = declared(config)
    facts = sentry.Facts(
        config.release, config.options.get("environment") or "production", config.options.get("dist"), lambda: command
    )
    pipeline = telemetry._pipeline  # noqa: SLF001  # as above
    word = (config.identity or DEFAULTS)["crashes"]

    def identity(fingerprint: str) -> str | None:
        return None if pipeline is None else pipeline.ids.id("crashes", fingerprint=fingerprint, make=False)

    return _envelope(policy, facts, config.options, _raised(), identity, named=word != "none")


def declared(config: Config) -> str:
    """Name a command of the app.

    Args:
        config: what the author said.
    """
    return min(config.commands) if config.commands else COMMAND


def policy_of(config: Config) -> Policy:
    """Make the app's policy.

    Args:
        config: what the author said.

    Raises:
        PolicyError: it cannot be made.
    """
    try:
        return chosen_policy(config)
    except PolicyError:
        raise
    except Exception as error:  # noqa: BLE001  # the app's own code; its words are not ours to repeat
        raise PolicyError(f"policy: the app's function raised {type(error).__name__}") from None


def of_defaults(consent: Consent) -> bytes:
    """Make the envelope of a crash in this program, as an app without a policy of its own sends it.

    Args:
        consent: of the app; its last release is told, if it is known.

    Raises:
        Refused: it would not leave; says why.
    """
    policy = Policy.strict(packages=roots.detect(caller=__name__), app=consent.app)
    secret = _secret(consent)

    def identity(fingerprint: str) -> str | None:
        return None if secret is None else secret.id("crashes", at=time.time(), fingerprint=fingerprint)

    facts = sentry.Facts(release_of(consent), "production", None, lambda: COMMAND)
    return _envelope(policy, facts, {}, _raised(), identity, named=secret is not None and secret.word != "none")


def release_of(consent: Consent) -> str | None:
    """The release that an app said last, if it is known.

    Args:
        consent: of the app.
    """
    from scrubbing.consent import last_verdict

    try:
        return last_verdict(consent.places).get("release") or None
    except OSError:  # damaged; status says so
        return None


def _secret(consent: Consent) -> Secret | None:
    try:
        return read(consent.places.identity).get("crashes") if consent.places.identity is not None else None
    except OSError:  # as above
        return None


def _envelope(
    policy: Policy,
    facts: sentry.Facts,
    options: dict[str, Any],
    exc: BaseException,
    identity: Callable[[str], str | None],
    *,
    named: bool,
) -> bytes:
    made: list[bytes] = []
    dropped: list[str] = []
    middleware = sentry.Middleware(
        policy=lambda: policy,
        deliver=lambda parcel: made.append(parcel.data),
        drop=dropped.append,
        facts=facts,
        own={name: hook for name, hook in options.items() if OPTIONS[name].treatment == CHAINED and hook is not None},
        identity=identity,
    )
    client = sentry.start(middleware, options, policy.preset, dsn=None, isolated=True, flush=None)
    sentry.capture_exception(client, exc, {"type": "command", "handled": False}, policy.preset)
    if not made:
        raise Refused(dropped[-1] if dropped else "other")
    return _with_null(made[0]) if named else made[0]


def _with_null(data: bytes) -> bytes:
    """Say ``null`` where the id will stand that there is none of yet: it is made after a yes."""
    (item,) = wire.read(data).items
    event = wire.parse(item.payload, "event")
    if "user" in event:
        return data
    payload = wire.dumps({**event, "user": {"id": None}})
    return wire.build({"event_id": event["event_id"]}, [({"type": "event"}, payload)])


def _raised() -> BaseException:
    """A usual exception: a file that is not in the user's home; its traceback goes from the program's start to here."""
    try:
        _read_settings(os.path.expanduser("~"), secrets.token_hex(8))
    except OSError as exc:
        return exc.with_traceback(_from_the_start(sys._getframe(), exc.__traceback__))  # noqa: SLF001  # where we are
    raise AssertionError("the example always fails")


def _read_settings(home: str, password: str) -> None:
    arguments = sys.argv  # what a report must not tell stands in these variables, as it does in real programs
    pathlib.Path(home, f"example-{secrets.token_hex(8)}.json").read_text(encoding="utf-8")
    del arguments, password


def _from_the_start(frame: FrameType, rest: TracebackType | None) -> TracebackType | None:
    """Put the callers of a frame before its traceback, as if nobody on the way had caught the exception."""
    caller = frame.f_back
    while caller is not None:
        rest = TracebackType(rest, caller, caller.f_lasti, caller.f_lineno)
        caller = caller.f_back
    return rest
