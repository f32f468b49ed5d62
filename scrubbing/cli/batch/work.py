"""Scrubbing one piece, in this process or another. Whatever goes wrong with a line keeps that line out, and no other.

An event is scrubbed as `scrubbing.scrub` does without a live exception, a text as `scrubbing.scrub_text` does. Nothing
in a reason comes from the line: it goes to a terminal, a log, a CI page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from scrubbing import wire
from scrubbing.cli.batch import envelopes, texts
from scrubbing.cli.batch.pieces import MAX_LINE, MAX_WHOLE, Done, Piece
from scrubbing.errors import SchemaError
from scrubbing.policy import Policy
from scrubbing.rewrite import scrub

_MIB = 1024 * 1024
TOO_LONG = f"expected a line of at most {MAX_LINE // _MIB} MiB"
TOO_LARGE = f"expected at most {MAX_WHOLE // _MIB} MiB of what can only be scrubbed as a whole"
#: What was expected, by what Python's reader raised.
_EXPECTED = {
    "UnicodeDecodeError": "expected UTF-8",
    "RecursionError": "expected JSON that is nested less deeply",
    "ValueError": "expected JSON without a key twice, NaN or a number that is too large",
}


def done(piece: Piece, policy: Policy) -> Done:
    """Scrub a piece.

    Args:
        piece: of any format.
        policy: by which.
    """
    if piece.data is None:
        reason = TOO_LONG if piece.format in ("ndjson", "text") else TOO_LARGE
        return Done(bad=((piece.line, reason),))
    return _FORMATS[piece.format](piece.line, piece.data, policy)


def _lines(first: int, data: bytes, policy: Policy) -> Done:
    """Scrub lines that are an event each; empty lines are none."""
    made: list[bytes] = []
    bad: list[tuple[int, str]] = []
    for number, line in enumerate(data.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            made.append(_event(line, policy))
        except SchemaError as error:
            bad.append((number, _reason(error)))
        except Exception as error:  # noqa: BLE001  # closed: what cannot be scrubbed is kept out
            bad.append((number, _failed(error)))
    return Done(b"".join(line + b"\n" for line in made), len(made), bad=tuple(bad))


def _event(line: bytes, policy: Policy) -> bytes:
    if len(line) > MAX_LINE:
        raise SchemaError(TOO_LONG)
    return wire.dumps(scrub(_mapping(wire.parse(line, "$")), policy))


def _mapping(event: Any) -> dict[str, Any]:
    if not isinstance(event, dict):
        raise SchemaError("expected an object of JSON: one event (several: one on each line, or a list of them)")
    return event


def _document(first: int, data: bytes, policy: Policy) -> Done:
    """Scrub one event on many lines, or a list of events; what is on many lines stays on many lines."""
    try:
        read = wire.parse(data, "$")
        if isinstance(read, list):
            return _array(first, read, policy, end=b"\n" if b"\n" in data.strip() else b"")
        made = wire.dumps(scrub(_mapping(read), policy))
    except SchemaError as error:
        return Done(bad=((first + _offset(error), _reason(error)),))
    except Exception as error:  # noqa: BLE001  # closed, as above
        return Done(bad=((first, _failed(error)),))
    if b"\n" in data.strip():
        made = json.dumps(json.loads(made), indent=2, ensure_ascii=False).encode()
    return Done(made + b"\n", 1)


def _array(first: int, events: list[Any], policy: Policy, end: bytes) -> Done:
    """Scrub a list of events; those that cannot be are kept out, and called by their number in the list."""
    made: list[bytes] = []
    bad: list[tuple[int, str]] = []
    for number, event in enumerate(events, 1):
        try:
            made.append(wire.dumps(scrub(_mapping(event), policy)))
        except SchemaError as error:  # noqa: PERF203  # each has its own outcome
            bad.append((first, f"event {number} of the list: {_reason(error)}"))
        except Exception as error:  # noqa: BLE001  # closed, as above
            bad.append((first, f"event {number} of the list: {_failed(error)}"))
    whole = b"[" + end + (b"," + (end or b" ")).join(made) + end + b"]\n"
    return Done(whole if made else b"[]\n", len(made), bad=tuple(bad))


def _offset(error: SchemaError) -> int:
    cause = error.__context__
    return cause.lineno - 1 if isinstance(cause, json.JSONDecodeError) else 0


def _reason(error: SchemaError) -> str:
    """Say what was expected; of an error of Python's only its type is known here."""
    cause = error.__context__
    if cause is None:
        return str(error)
    return _EXPECTED.get(type(cause).__name__, "expected JSON")


def _failed(error: Exception) -> str:
    return f"expected an event that can be scrubbed ({type(error).__name__})"


_FORMATS: dict[str, Callable[[int, bytes, Policy], Done]] = {
    "ndjson": _lines,
    "event": _document,
    "text": texts.lines,
    "envelope": envelopes.envelope,
}
