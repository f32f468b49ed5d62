"""What an event is about, proven once: its exceptions, its message, its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from scrubbing.policy import Policy
from scrubbing.provenance.fingerprints import fingerprint
from scrubbing.provenance.unproven import BUILTIN_ERRORS, unproven
from scrubbing.rewrite.messages import Said
from scrubbing.rewrite.valid import LEVEL_NAMES
from scrubbing.schema.forms import LEVELS
from scrubbing.schema.strings import UNKNOWN

Json = dict[str, Any]

_NAMED = ("function", "module")


@attrs.frozen(eq=False, repr=False)
class Subject:
    """What an event is about, proven once.

    Args:
        values: its exceptions as they may be described under ``strict``.
        fingerprint: the hash a crash is counted and grouped by; made of code alone, so that it says nothing of a value.
        names: names in them that were proven on a live exception to be code, whatever this machine's user is called.
        message: the skeleton of its message without an exception.
        said: what is said of its exceptions under an open preset.
        threads: threads as they may be described under ``strict``.
        user: the id of our own that its user leaves with, if any.
    """

    values: list[Json]
    fingerprint: str
    names: frozenset[str] = BUILTIN_ERRORS
    message: str = UNKNOWN
    said: list[Said] = attrs.field(factory=list)
    threads: list[Json] = attrs.field(factory=list)
    user: str | None = None


def subject(
    event: Json,
    policy: Policy,
    exc: BaseException | None,
    place: Json | None = None,
    message: str = UNKNOWN,
    *,
    prove: bool = True,
) -> Subject:
    """Prove what an event is about.

    Args:
        event: the event; its types are used where there is no live exception.
        policy: whose `packages` say which frames are the app's, whose `messages` what is said of messages.
        exc: the live exception.
        place: the app's function a message without an exception was sent from (`provenance.frames.place`).
        message: the skeleton of the event's message, if it has one (`provenance.skeletons.message`).
        prove: without a live exception, let no frame or type keep its name.
    """
    event = event if isinstance(event, dict) else {}
    if exc is None:
        values = [unproven(value, policy.packages, prove=prove) for value in values_of(event)]
        return Subject(values, _fingerprint(values, event, place, message), message=message)
    from scrubbing.rewrite.live import proven  # reads code and tracebacks: five times as much to import as the rest

    return proven(exc, _mechanism(values_of(event)), policy, message)


def described(values: list[Json], threads: list[Json]) -> Subject:
    """Return the subject of a crash that was proven elsewhere.

    Args:
        values: its exceptions as they may be described under ``strict``.
        threads: its threads, likewise.
    """
    names = BUILTIN_ERRORS.union(names_of([*values, *threads]))
    return Subject(values, fingerprint(values), names, threads=threads)


def values_of(event: Json) -> list[Json]:
    """Return the exceptions of an event, in any of the forms SDKs give the list."""
    exception = event.get("exception")
    values = exception.get("values") if isinstance(exception, dict) else exception
    return [value for value in values if isinstance(value, dict)] if isinstance(values, (list, tuple)) else []


def names_of(values: list[Json]) -> Iterator[str]:
    """Give the names of code in described exceptions; qualified ones also as older SDKs have them."""
    for value in values:
        frames = (value.get("stacktrace") or {}).get("frames") or ()
        for name in (value.get("type"), value.get("module"), *(f.get(k) for f in frames for k in _NAMED)):
            if isinstance(name, str):
                yield name
                yield name.rpartition(".")[2]


def _fingerprint(values: list[Json], event: Json, place: Json | None, message: str) -> str:
    level = event.get("level")
    known = LEVEL_NAMES.get(level, level) if isinstance(level, str) and level in LEVELS else None
    frames = [place] if place is not None else []
    return fingerprint([*values, {"type": known, "value": message, "stacktrace": {"frames": frames}}])


def _mechanism(values: list[Json]) -> Json:
    mechanism = values[-1].get("mechanism") if values else None
    if not isinstance(mechanism, dict):
        return {"type": "generic", "handled": True}
    return {"type": mechanism.get("type"), "handled": mechanism.get("handled")}
