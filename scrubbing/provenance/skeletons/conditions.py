"""Ways a function never goes with the arguments it was given: ``if message is None`` where a message was written out.

Only what code says is looked at: a condition that depends on a run-time value may go either way.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from scrubbing.provenance.flow.facts import Ways
from scrubbing.provenance.flow.symbols import (
    Attribute,
    Binary,
    Call,
    Choice,
    Const,
    Format,
    Free,
    Function,
    Items,
    Joined,
    Local,
    Pairs,
    Subscript,
    Symbol,
)
from scrubbing.provenance.skeletons.lists import listed
from scrubbing.provenance.skeletons.lookup import live
from scrubbing.provenance.skeletons.scopes import Scope, key
from scrubbing.provenance.skeletons.templates import is_full
from scrubbing.provenance.skeletons.textual import is_text

if TYPE_CHECKING:
    from scrubbing.provenance.skeletons.reader import Reader

#: Nothing is known of a value; it is not ``None``; it is a text that is not empty.
UNKNOWN_VALUE, SOMETHING, FULL_TEXT = object(), object(), object()
#: Functions that are longer go every way.
MOST_INSTRUCTIONS = 600
_PLAIN = (str, int, float, bool, type(None))
_COMPARED = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def closed_ways(reader: Reader, scope: Scope) -> Ways:
    """Return the ways of a function that are never gone in this scope.

    Args:
        reader: reads symbols .
        scope: the function at work.
    """
    found: set[tuple[int, int]] = set()
    if len(scope.facts.listing.names) > MOST_INSTRUCTIONS:
        return frozenset()
    for number, (symbol, when) in scope.facts.told.tests.items():
        jumps = _jumps(reader, symbol, scope, when)
        way = scope.facts.closed_by(number, jumps=jumps) if jumps is not None else None
        if way is not None:
            found.add(way)
    return frozenset(found)


def _jumps(reader: Reader, symbol: Symbol, scope: Scope, when: str) -> bool | None:
    """Say whether a conditional jump jumps, if that is certain."""
    value = value_of(reader, symbol, scope)
    if value is UNKNOWN_VALUE or not when:
        return None
    if when in ("none", "not none"):
        return (value is None) == (when == "none")
    true = _true(value)
    return None if true is None else true == (when == "true")


def _true(value: object) -> bool | None:
    if value is FULL_TEXT:
        return True
    return bool(value) if type(value) in _PLAIN else None


def value_of(reader: Reader, symbol: Symbol, scope: Scope) -> Any:
    """Return what code says of a value: the value, that it is a text or anything but ``None``, or nothing."""
    reader.budget.spend()
    if isinstance(symbol, Const):
        return symbol.value if type(symbol.value) in _PLAIN else SOMETHING
    if isinstance(symbol, (Joined, Format)):
        return FULL_TEXT if all(map(is_full, reader.texts(symbol, scope))) else SOMETHING
    if isinstance(symbol, (Items, Pairs, Function)):
        return SOMETHING
    if isinstance(symbol, Binary):
        return _of_binary(reader, symbol, scope)
    if isinstance(symbol, Call):
        return _of_call(reader, symbol, scope)
    if isinstance(symbol, (Local, Free, Choice, Attribute, Subscript)):
        return _of_sources(reader, symbol, scope)
    return UNKNOWN_VALUE


def _of_sources(reader: Reader, symbol: Symbol, scope: Scope) -> Any:
    if not reader.within(key("value", symbol, scope)):
        return UNKNOWN_VALUE
    try:
        values = [value_of(reader, *source) for source in reader.sources(symbol, scope) or ()]
    finally:
        reader.reading.pop()
    if not values or any(value is UNKNOWN_VALUE for value in values):
        return UNKNOWN_VALUE
    if all(type(value) is type(values[0]) and value == values[0] for value in values):
        return values[0]
    return UNKNOWN_VALUE if any(value is None for value in values) else SOMETHING


def _of_binary(reader: Reader, symbol: Binary, scope: Scope) -> Any:
    left, right = (value_of(reader, one, scope) for one in (symbol.left, symbol.right))
    if symbol.operator in ("is", "is not"):
        known = right is None and left is not UNKNOWN_VALUE
        return (left is None) == (symbol.operator == "is") if known else UNKNOWN_VALUE
    if symbol.operator == "not":
        true = _true(left)
        return UNKNOWN_VALUE if true is None else not true
    if symbol.operator in _COMPARED and type(left) in _PLAIN and type(left) is type(right) and left is not None:
        return _COMPARED[symbol.operator](left, right)
    texts = symbol.operator in ("%", "+") and is_text(reader, symbol, scope)
    return SOMETHING if texts else UNKNOWN_VALUE


def _of_call(reader: Reader, call: Call, scope: Scope) -> Any:
    given = call.positional if isinstance(call.positional, tuple) else ()
    found = live(call.function, scope, reader.packages)
    if found is len and len(given) == 1:
        items = listed(reader, given[0], scope)
        return len(items) if items is not None else UNKNOWN_VALUE
    if found is isinstance and len(given) == 2:  # noqa: PLR2004  # an object and a class
        return _of_isinstance(reader, given[0], live(given[1], scope, reader.packages), scope)
    return SOMETHING if issubclass(type(found), type) else UNKNOWN_VALUE


def _of_isinstance(reader: Reader, symbol: Symbol, cls: object, scope: Scope) -> Any:
    if not any(cls is one for one in (str, bytes, int, float, dict, list, tuple, BaseException, Exception)):
        return UNKNOWN_VALUE
    value = value_of(reader, symbol, scope)
    if value is FULL_TEXT or type(value) is str:
        return cls is str
    return cls is str if is_text(reader, symbol, scope) else UNKNOWN_VALUE
