"""Makes a payload small enough for an envelope, by giving up the least useful parts first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scrubbing.wire import MAX_BYTES, dumps

Json = dict[str, Any]

#: A payload must leave room for headers.
ROOM = MAX_BYTES - 2048
#: What else a payload holds besides its strings, as bytes of JSON at most.
_FACTS = 48 * 1024
#: Frames that are measured together.
_TOGETHER = 8
#: Frames kept at each end of a stack in the last step, exceptions kept in the last but one.
_FRAMES, _EXCEPTIONS = 10, 5


def fit(out: Json, spent: int | None = None) -> Json:
    """Give up parts until a payload fits into an envelope.

    Args:
        out: the payload; it is changed.
        spent: bytes its strings take as JSON at most, where that is known: measuring costs more than most events need.

    Returns:
        The same payload.
    """
    if spent is not None and spent + _FACTS < ROOM and "spans" not in out:
        return out
    for give_up in _steps(out):
        if _length(out) <= ROOM:
            break
        give_up(out)
    return out


def _length(out: Json) -> int:
    """Count the bytes of a payload's JSON; frames a few at a time, since all take more memory than the event has."""
    exception = out.get("exception") or {}
    length, values = 0, []
    for value in exception.get("values") or ():
        stack = (value or {}).get("stacktrace") or {}
        frames = stack.get("frames") or ()
        for start in range(0, len(frames), _TOGETHER):
            some = frames[start : start + _TOGETHER]
            length += len(dumps(some)) - len(dumps([0] * len(some)))
        values.append({**value, "stacktrace": {**stack, "frames": [0] * len(frames)}} if frames else value)
    return length + len(dumps({**out, "exception": {**exception, "values": values}} if values else out))


def _steps(out: Json) -> Iterator[Callable[[Json], None]]:
    for name in ("extra", "spans", "breadcrumbs", "request", "threads"):
        yield lambda made, name=name: made.pop(name, None)  # type: ignore[misc]  # bound now, not later
    yield lambda made: _without(made, "vars")
    yield lambda made: _without(made, "pre_context", "post_context")
    yield _fewer_exceptions
    yield _fewer_frames
    yield lambda made: _without(made, "context_line", "abs_path")
    for _ in range(len(out) + len(_records(out))):
        yield _without_largest


def _exceptions(out: Json) -> list[Json]:
    values = (out.get("exception") or {}).get("values") or []
    return [value for value in values if isinstance(value, dict)]


def _frames(out: Json) -> Iterator[Json]:
    for value in _exceptions(out):
        yield from filter(None, (value.get("stacktrace") or {}).get("frames") or [])


def _without(out: Json, *names: str) -> None:
    for frame in _frames(out):
        for name in names:
            frame.pop(name, None)


def _fewer_exceptions(out: Json) -> None:
    if "exception" in out:
        out["exception"]["values"] = _exceptions(out)[-_EXCEPTIONS:]


def _fewer_frames(out: Json) -> None:
    """Keep both ends of each stack: where it began and where it broke."""
    for value in _exceptions(out):
        stack = value.get("stacktrace") or {}
        frames = stack.get("frames") or []
        if len(frames) > 2 * _FRAMES:
            stack["frames"] = [*frames[:_FRAMES], *frames[-_FRAMES:]]


def _records(out: Json) -> Json:
    """The one record of a batch, which is where its parts are; else the payload itself."""
    items = out.get("items")
    return items[0] if isinstance(items, list) and len(items) == 1 and isinstance(items[0], dict) else out


def _without_largest(out: Json) -> None:
    record = _records(out)
    largest = max(record, key=lambda name: len(dumps(record[name])), default=None)
    if largest is not None:
        del record[largest]
