"""Bags: any JSON the app or the SDK put somewhere. Every string and key inside is free text; everything is bounded.

Secrets are not only strings: a number is looked at like the text it would be, and of a container it is asked whether
anything may stand under its key. Two in a list of lists are a key and its value, as headers and queries are given.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.leaves import is_number, taken
from scrubbing.schema.strings import FILTERED, MARGIN, OURS, STRING_LIMIT, UNKNOWN, shorten, whole
from scrubbing.schema.walk import Json, Listen, Mark, Shape, Slot, Walk

#: Nesting of a bag, entries in one container, characters of a key.
DEPTH, WIDTH, KEY_LIMIT = 8, 100, 200
#: What rules are asked about where a mapping or a list stands under a key.
MAPPING, LIST = "{}", "[]"
#: Whole floats up to here are written as the numbers people know.
_EXACT = 2.0**63
_PAIR = 2


def bag(width: int) -> Shape:
    """Any JSON, with `width` entries in each container."""

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        _copy(value, out, key, key if type(key) is str else "", (width, DEPTH), walk)

    def judge(value: Json, name: str, listen: Listen) -> None:
        _judge(value, name, DEPTH, listen)

    return Shape(take, judge)


def _copy(value: Json, out: Any, key: Any, name: str, bounds: tuple[int, int], walk: Walk) -> None:
    """Put a copy of `value` under `key`; `bounds` are the width and the depth that is left."""
    walk.entries -= 1
    if isinstance(value, str):
        _copy_string(taken(value, STRING_LIMIT + MARGIN, walk) if walk.entries >= 0 else UNKNOWN, out, key, name, walk)
    elif value is None or value is True or value is False:
        out[key] = value
    elif is_number(value):
        out[key] = value
        walk.marks.append(Mark(out, key, _spoken(value), name, FILTERED))
    elif not isinstance(value, (dict, list, tuple)):
        walk.dropped += 1
        out[key] = None
    elif walk.entries < 0 or bounds[1] == 0:
        walk.dropped += 1
        _copy_string(UNKNOWN, out, key, name, walk)
    else:
        _copy_container(value, out, key, name, bounds, walk)


def _copy_container(value: Any, out: Any, key: Any, name: str, bounds: tuple[int, int], walk: Walk) -> None:
    inside = bounds[0], bounds[1] - 1
    if isinstance(value, dict):
        out[key] = made = _copy_mapping(value, inside, walk)
        if made:  # what servers want to be an object stays one
            walk.marks.append(Mark(out, key, MAPPING, name, {} if bounds[1] == DEPTH else FILTERED))
    else:
        out[key] = items = _copy_list(value, name, inside, walk)
        if items:
            walk.marks.append(Mark(out, key, LIST, name, FILTERED))


def _spoken(value: float) -> str:
    """Write a number as rules read it: whole ones without a decimal point."""
    return str(int(value)) if type(value) is float and abs(value) < _EXACT and value.is_integer() else str(value)


def _copy_string(text: str | None, out: Any, key: Any, name: str, walk: Walk) -> None:
    out[key] = text
    walk.slots.append(Slot(out, key, Kind.BAG, name, STRING_LIMIT, None))


def _copy_mapping(value: dict[Any, Json], bounds: tuple[int, int], walk: Walk) -> dict[str, Json]:
    kept: dict[str, Json] = {}
    for key, child in islice(dict.items(value), bounds[0]):
        name = key_of(key, walk)
        if name in kept or walk.entries < 0:
            walk.dropped += 1
        else:
            _copy(child, kept, name, name, bounds, walk)
    walk.dropped += max(0, dict.__len__(value) - bounds[0])
    return kept


def key_of(key: object, walk: Walk) -> str:
    """Return the key under which a value is kept; keys are free text, which the walk lists."""
    if isinstance(key, str):
        name = whole(shorten(str.__str__(key), KEY_LIMIT))
    elif key is None or key is True or key is False or is_number(key):
        name = str(key)
    else:
        name = UNKNOWN
    walk.room -= len(name)
    walk.keys[name] = None
    return walk.renamed.get(name, name)


def _copy_list(value: Any, name: str, bounds: tuple[int, int], walk: Walk) -> list[Json]:
    items: Iterable[Json] = list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)
    kept: list[Json] = []
    for child in islice(items, bounds[0]):
        if walk.entries < 0:
            break
        kept.append(None)
        if bounds[1] > 0 and walk.entries > 0 and _is_pair(child):
            _copy_pair(child, kept, name, bounds, walk)
        else:
            _copy(child, kept, len(kept) - 1, name, bounds, walk)
    size = list.__len__(value) if isinstance(value, list) else tuple.__len__(value)
    walk.dropped += size - len(kept)
    return kept


def _is_pair(value: Json) -> bool:
    """Say whether a member of a list is a key and its value; what we put ourselves is no key."""
    if not isinstance(value, (list, tuple)):
        return False
    of: Any = list if isinstance(value, list) else tuple
    if of.__len__(value) != _PAIR:
        return False
    first = of.__getitem__(value, 0)
    return isinstance(first, str) and str.__str__(first) not in OURS


def _copy_pair(pair: Any, out: list[Json], name: str, bounds: tuple[int, int], walk: Walk) -> None:
    walk.entries -= 1
    first, second = list.__iter__(pair) if isinstance(pair, list) else tuple.__iter__(pair)
    key = key_of(first, walk)
    made: list[Json] = [key, None]
    out[-1] = made
    walk.marks.append(Mark(out, len(out) - 1, LIST, name, FILTERED))
    _copy(second, made, 1, name if key in OURS else key, (bounds[0], bounds[1] - 1), walk)


def _judge(value: Json, name: str, depth: int, listen: Listen) -> None:
    if type(value) is str:
        if len(value) > STRING_LIMIT:
            raise Refused("fence:size")
        listen(value, Kind.BAG, name)
    elif isinstance(value, (dict, list)):
        if depth == 0:
            raise Refused("fence:size")
        _judge_container(value, name, depth - 1, listen)
    elif is_number(value):
        listen(_spoken(value), Kind.BAG, name)
    elif not (value is None or value is True or value is False):
        raise Refused("fence:type")


def _judge_container(value: dict[str, Json] | list[Json], name: str, depth: int, listen: Listen) -> None:
    if type(value) is dict:
        for key, child in value.items():
            judge_key(key, listen)
            _judge(child, key, depth, listen)
    else:
        for child in value:
            _judge_member(child, name, depth, listen)
    if value:
        listen(MAPPING if type(value) is dict else LIST, Kind.BAG, name)


def _judge_member(value: Json, name: str, depth: int, listen: Listen) -> None:
    if depth > 0 and _is_pair(value):
        key, second = value
        judge_key(key, listen)
        listen(LIST, Kind.BAG, name)
        _judge(second, key, depth - 1, listen)
    else:
        _judge(value, name, depth, listen)


def judge_key(key: Json, listen: Listen) -> None:
    """Judge a key that is run-time text."""
    if type(key) is not str or len(key) > KEY_LIMIT:
        raise Refused("fence:size")
    listen(key, Kind.BAG, "")
