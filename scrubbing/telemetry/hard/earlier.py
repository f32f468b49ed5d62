"""Telling of processes that are gone: a fault is an event and a crashed session, a kill is an abnormal session."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from scrubbing.clock import at, now
from scrubbing.provenance import dumped
from scrubbing.rewrite.subjects import described
from scrubbing.telemetry.config import is_command
from scrubbing.telemetry.hard import PROGRAM
from scrubbing.telemetry.hard.traces import ENDS, Found, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.sentry import Middleware
    from scrubbing.telemetry.config import Config
    from scrubbing.telemetry.delivery import Delivery
    from scrubbing.telemetry.told import Told

_SECONDS_A_DAY = 86400
#: Days after which a crash is no news.
_DAYS = 14


def tell(delivery: Delivery, told: Told, middleware: Callable[[str, str | None], Middleware], config: Config) -> None:
    """Tell of every process of this app that is gone without having been told of.

    Args:
        delivery: guards, counts and has the policy.
        told: the day's sessions.
        middleware: makes one for events of a release and a command.
        config: what the author said.
    """
    for one in found(delivery.places.hard):
        try:
            if time.time() - one.at < _DAYS * _SECONDS_A_DAY:
                _tell(one, delivery, told, middleware, config)
        except BaseException:
            one.leave()  # who interrupts this leaves it to the next start
            raise
        one.done()


def _tell(
    one: Found,
    delivery: Delivery,
    told: Told,
    middleware: Callable[[str, str | None], Middleware],
    config: Config,
) -> None:
    command = one.known.get("command")
    command = command if command == "<?>" or is_command(command) else None
    dump = dumped.read(one.text)
    if dump is not None:
        said = one.known.get("release", "")
        by = middleware(said if said.startswith(f"{config.app}@") else config.release, command)
        values, threads = dumped.described(dump, delivery.policy().packages)
        event = {"event_id": one.id, "timestamp": _moment(one.at), "level": "fatal"}
        by.earlier(event, described(values, threads))
        if command is not None:
            delivery.guarded("sessions", lambda: told.tell(command, "crashed"))
    elif command is not None and not one.text and _was_killed(one):
        delivery.guarded("sessions", lambda: told.tell(command, "abnormal"))


def _was_killed(one: Found) -> bool:
    """Say whether the process ended without a word: one that was asked to end left a line."""
    return one.known.get("kind") == PROGRAM and one.known.get("state") != ENDS


def _moment(seconds: float) -> str:
    return at(seconds) if seconds <= time.time() else now()
