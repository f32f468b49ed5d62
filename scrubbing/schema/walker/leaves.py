"""Plain values: numbers, facts, strings. What copies them and what judges them use the same test."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import FORMS, MARGIN, UNKNOWN, Known, bare_address, shorten, whole
from scrubbing.schema.walker.walk import Field, Json, Judge, Listen, Take, Walk

#: Every server reads integers of 64 bits.
_LOWEST, _HIGHEST = -(2**63), 2**64 - 1
#: Characters of a fact: no form is of more.
_LONGEST_FACT = 256
#: Whole floats up to here are written as the numbers people know.
_EXACT = 2.0**63


def is_number(value: Json) -> bool:
    """Say whether a value is a number JSON and every server can hold; ``true`` is none."""
    kind = type(value)
    if kind is int:
        return _LOWEST <= value <= _HIGHEST  # type: ignore[no-any-return]
    return kind is float and math.isfinite(value)


def spoken(value: float) -> str:
    """Write a number as rules read it: whole ones without a decimal point."""
    return str(int(value)) if type(value) is float and abs(value) < _EXACT and value.is_integer() else str(value)


def is_true_or_false(value: Json) -> bool:
    """Say whether a value is a flag."""
    return value is True or value is False


if TYPE_CHECKING:
    from collections.abc import Callable

    Test = Callable[[Json], bool]


def tester(
    kind: Kind, limit: int | None, pattern: str | None, values: tuple[str, ...] | None, *, is_flag: bool
) -> Test:
    """Return what says whether a value is the number, the flag or the fact a field declares."""
    if kind is Kind.NUMBER:
        if is_flag:
            return is_true_or_false
        if limit is None:
            return is_number
        return lambda value: type(value) is int and 0 <= value <= limit
    if values is not None:
        words = frozenset(values)
        return lambda value: type(value) is str and value in words
    return functools.partial(matches, pattern or "")


def matches(pattern: str, value: Json) -> bool:
    """Say whether a value, as a whole, is of a fact's form."""
    if type(value) is str:
        return FORMS[pattern](value) is not None
    return is_number(value) and FORMS[pattern](repr(value)) is not None


@functools.cache
def known_facts(pattern: str) -> Known:
    """Facts of a form that are the same in all payloads of a run, as its release is: each is looked at once."""
    return Known(functools.partial(matches, pattern), _LONGEST_FACT)


def taker(test: Test) -> Take:
    """Copies what passes the test."""

    def take(value: Json, out: Any, key: Any, _walk: Walk) -> None:
        if test(value):
            out[key] = value

    return take


def judger(test: Test, reason: str) -> Judge:
    """Refuses what does not pass the test."""

    def judge(value: Json, _name: str, _listen: Listen) -> None:
        if value is not None and not test(value):
            raise Refused(reason)

    return judge


def string_taker(field: Field) -> Take:
    """Copies strings, as many characters as rules must see; those that are not of their form are unknown."""
    kind, limit, form = field.kind, field.limit, field.form
    margin = 0 if kind is Kind.SYMBOL else MARGIN

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if kind is Kind.URL and issubclass(type(value), str):
            value = bare_address(str.__str__(value))
        text = taken(_printed(value) if kind in (Kind.TEXT, Kind.MESSAGE) else value, limit, margin, walk)
        if text is not None:
            out[key] = text if form is None or form(text) else UNKNOWN

    return take


def string_judger(field: Field) -> Judge:
    """Refuses what is no string of the field, and tells of what is."""
    kind, limit, form = field.kind, field.limit, field.told

    def judge(value: Json, name: str, listen: Listen) -> None:
        if value is None:
            return
        if type(value) is not str:
            raise Refused("fence:type")
        if len(value) > limit:
            raise Refused("fence:size")
        if form is not None and not form(value):
            raise Refused("fence:value")
        listen(value, kind, name)

    return judge


def taken(value: Json, limit: int, margin: int, walk: Walk) -> str | None:
    """Return a string within bounds, or ``None``; what no longer fits into the payload is unknown.

    Args:
        value: anything.
        limit: characters that may leave.
        margin: characters beyond them that rules still see.
        walk: what may still be found.
    """
    if type(value) is str and len(value) <= limit:
        text: str = value
    elif issubclass(type(value), str):
        text = shorten(str.__str__(value), limit + margin)
        walk.long = walk.long or len(text) > limit
    else:
        return None
    if len(text) > walk.room:
        walk.room = -1  # nothing that comes later is let past it
        walk.dropped += 1
        return UNKNOWN
    walk.room -= len(text)
    return text if text.isascii() and "\0" not in text else whole(text)


def _printed(value: Json) -> Json:
    """Tags and ids may be numbers; servers want strings."""
    return str(value) if is_number(value) or is_true_or_false(value) else value
