"""Plain values: numbers, facts, strings. Each is compiled to a pair that copies and judges by the same test."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import MARGIN, UNKNOWN, bare_address, shorten, whole
from scrubbing.schema.walk import Form, Json, Listen, Shape, Slot, Walk

#: Every server reads integers of 64 bits.
_LOWEST, _HIGHEST = -(2**63), 2**64 - 1


def is_number(value: Json) -> bool:
    """Say whether a value is a number JSON and every server can hold; ``true`` is none."""
    kind = type(value)
    if kind is int:
        return _LOWEST <= value <= _HIGHEST  # type: ignore[no-any-return]
    return kind is float and math.isfinite(value)


def _is_flag(value: Json) -> bool:
    return value is True or value is False


def flag() -> Shape:
    """True or false."""
    return _tested(_is_flag, "fence:type")


def number(limit: int | None) -> Shape:
    """A number; with a limit a whole one from 0 to it."""
    if limit is None:
        return _tested(is_number, "fence:type")
    return _tested(lambda value: type(value) is int and 0 <= value <= limit, "fence:type")


def fact(pattern: str | None, values: tuple[str, ...] | None) -> Shape:
    """One of a set of words, or what matches a pattern as a whole."""
    if values is not None:
        words = frozenset(values)
        return _tested(lambda value: type(value) is str and value in words, "fence:value")
    return _tested(functools.partial(_matches, pattern or ""), "fence:value")


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _matches(pattern: str, value: Json) -> bool:
    if type(value) is str:
        return _compiled(pattern).fullmatch(value) is not None
    return is_number(value) and _compiled(pattern).fullmatch(repr(value)) is not None


def _tested(allowed: Any, reason: str) -> Shape:
    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if allowed(value):
            out[key] = value
        else:
            walk.dropped += value is not None

    def judge(value: Json, _name: str, _listen: Listen) -> None:
        if value is not None and not allowed(value):
            raise Refused(reason)

    return Shape(take, judge)


def string(kind: Kind, limit: int, form: Form | None) -> Shape:
    """A string of a kind; of a form, where one is given."""
    visible = limit if kind is Kind.SYMBOL else limit + MARGIN

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if kind is Kind.URL and isinstance(value, str):
            value = bare_address(str.__str__(value))
        text = taken(value if isinstance(value, str) or kind is not Kind.TEXT else _printed(value), visible, walk)
        if text is None:
            return
        if form is not None and not form(text):
            text = UNKNOWN
        out[key] = text
        walk.slots.append(Slot(out, key, kind, key if type(key) is str else "", limit, form))

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

    return Shape(take, judge)


def taken(value: Json, limit: int, walk: Walk) -> str | None:
    """Return a string within bounds, or ``None``; what no longer fits into the payload is unknown."""
    if type(value) is str and len(value) <= limit:
        text: str = value
    elif isinstance(value, str):
        text = shorten(str.__str__(value), limit)
    else:
        walk.dropped += value is not None
        return None
    walk.room -= len(text)
    if walk.room < 0:
        walk.dropped += 1
        return UNKNOWN
    return text if text.isascii() and "\0" not in text else whole(text)


def _printed(value: Json) -> Json:
    """Tags and ids may be numbers; servers want strings."""
    return str(value) if is_number(value) or _is_flag(value) else value
