"""Bags: any JSON the app or the SDK put somewhere. Every string and key inside is free text; everything is bounded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.leaves import is_number, taken
from scrubbing.schema.strings import MARGIN, STRING_LIMIT, UNKNOWN, shorten, whole
from scrubbing.schema.walk import Json, Listen, Shape, Slot, Walk

#: Nesting of a bag, entries in one container, characters of a key.
DEPTH, WIDTH, KEY_LIMIT = 8, 100, 200


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
    elif value is None or value is True or value is False or is_number(value):
        out[key] = value
    elif not isinstance(value, (dict, list, tuple)):
        walk.dropped += 1
        out[key] = None
    elif walk.entries < 0 or bounds[1] == 0:
        walk.dropped += 1
        _copy_string(UNKNOWN, out, key, name, walk)
    elif isinstance(value, dict):
        out[key] = _copy_mapping(value, (bounds[0], bounds[1] - 1), walk)
    else:
        out[key] = _copy_list(value, name, (bounds[0], bounds[1] - 1), walk)


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
        _copy(child, kept, len(kept) - 1, name, bounds, walk)
    size = list.__len__(value) if isinstance(value, list) else tuple.__len__(value)
    walk.dropped += size - len(kept)
    return kept


def _judge(value: Json, name: str, depth: int, listen: Listen) -> None:
    if type(value) is str:
        if len(value) > STRING_LIMIT:
            raise Refused("fence:size")
        listen(value, Kind.BAG, name)
    elif type(value) is dict and depth > 0:
        for key, child in value.items():
            judge_key(key, listen)
            _judge(child, key, depth - 1, listen)
    elif type(value) is list and depth > 0:
        for child in value:
            _judge(child, name, depth - 1, listen)
    elif isinstance(value, (dict, list)):
        raise Refused("fence:size")
    elif not (value is None or value is True or value is False or is_number(value)):
        raise Refused("fence:type")


def judge_key(key: Json, listen: Listen) -> None:
    """Judge a key that is run-time text."""
    if type(key) is not str or len(key) > KEY_LIMIT:
        raise Refused("fence:size")
    listen(key, Kind.BAG, "")
