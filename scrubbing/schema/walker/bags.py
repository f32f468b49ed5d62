"""Bags: any JSON the app or the SDK put somewhere. Every string and key inside is free text; everything is bounded.

Secrets are not only strings: a number is looked at like the text it would be, and of a container it is asked whether
anything may stand under its key. Two in a list of lists are a key and its value, as headers and queries are given.

A container is copied in one loop. What is usual (exact types, short strings, keys seen before) is dealt with in it, and
its strings are listed, to be looked at with all others of the payload (`Walk.pay`); everything else goes to the careful
functions below.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import MARGIN, OURS, STRING_LIMIT, UNKNOWN, shorten, whole
from scrubbing.schema.walker.leaves import is_number, spoken, taken
from scrubbing.schema.walker.walk import WAITING, Json, Judge, Listen, Take, Walk

#: Nesting of a bag, entries in one container, characters of a key.
DEPTH, WIDTH, KEY_LIMIT = 8, 100, 200
#: What rules are asked about where a mapping or a list stands under a key.
MAPPING, LIST = "{}", "[]"
#: Characters of a string that needs no look of its own: a container of them is small beside what a payload may hold.
_SHORT = 1024
#: Characters of a plain key, which JSON writes as it is: it is looked at and paid for once in a payload, and what
#: `Walk.spent` counts for an entry is enough for it.
_PLAIN = 32
_PAIR = 2


def taker(width: int, depth: int = DEPTH) -> Take:
    """Copies any JSON, with `width` entries in each container and `depth` containers in each other."""

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        out[key] = take_bag(value, key if type(key) is str else "", width, walk, depth)

    return take


def judger() -> Judge:
    """Judges any JSON."""

    def judge(value: Json, name: str, listen: Listen) -> None:
        _judge(value, name, DEPTH, listen)

    return judge


def take_bag(value: Json, name: str, width: int, walk: Walk, depth: int = DEPTH) -> Json:
    """Copy any JSON.

    Args:
        value: anything.
        name: the name of the field it stands in.
        width: entries in each container.
        walk: what is found.
        depth: containers that may stand in each other.
    """
    walk.entries -= 1
    return _one(value, name, depth, width, walk)


def _one(value: Json, name: str, depth: int, width: int, walk: Walk) -> Json:
    """Copy what may be anything; its entry is paid for already. `depth` is what is left for containers."""
    if issubclass(type(value), str):
        return taken(value, STRING_LIMIT, MARGIN, walk) if walk.entries >= 0 else UNKNOWN
    if value is None or value is True or value is False or is_number(value):
        return value
    if not issubclass(type(value), (dict, list, tuple)):
        walk.dropped += 1
        return None
    if walk.entries < 0 or depth == 0:
        walk.dropped += 1
        return UNKNOWN
    if issubclass(type(value), dict):
        how = mapping if type(value) is dict else _wide_mapping
        return how(value, depth - 1, width, walk)
    if type(value) is list:
        return members(value, name, depth - 1, width, walk)
    return _wide_list(value, name, depth - 1, width, walk)


def mapping(  # noqa: C901  # one loop, because each call costs as much as a string
    value: dict[Any, Json], depth: int, width: int, walk: Walk
) -> dict[str, Json]:
    """Copy a plain mapping. Its entries are paid for when it begins.

    Args:
        value: the mapping.
        depth: containers that may still stand in each other below it.
        width: entries in each container.
        walk: what is found.
    """
    size = len(value)
    left = walk.entries - size
    if size > width or left < walk.due:
        if size > width or left < 0:
            return _wide_mapping(value, depth, width, walk)
        walk.due -= WAITING
        walk.pay()
    made = value.copy()
    if not size:
        return made
    walk.maps.append(made)
    walk.entries = left
    plain, renamed, add = walk.plain, walk.renamed, walk.texts.append
    for key in made:
        if type(key) is not str or key not in plain:
            if type(key) is not str or len(key) > _PLAIN or not (key.isascii() and key.isprintable()) or key in renamed:
                _rest_of_mapping(made, key, depth, width, walk)
                break
            plain[key] = None
        child = made[key]
        if type(child) is str and len(child) <= _SHORT:
            add(child)
        elif type(child) is dict and depth:
            made[key] = mapping(child, depth - 1, width, walk)
        elif type(child) is list and depth:
            made[key] = members(child, key, depth - 1, width, walk)
        elif not (child is None or child is True or child is False):
            made[key] = _one(child, key, depth, width, walk)
    return made


def members(value: list[Json], name: str, depth: int, width: int, walk: Walk) -> list[Json]:
    """Copy a plain list, as `mapping` does; `name` is what it stands under."""
    size = len(value)
    left = walk.entries - size
    if size > width or left < walk.due:
        if size > width or left < 0:
            return _wide_list(value, name, depth, width, walk)
        walk.due -= WAITING
        walk.pay()
    kept = value[:size]
    if not kept:
        return kept
    walk.lists.append(kept)
    walk.names.append(name)
    walk.entries = left
    for child in kept:
        if type(child) is not str or len(child) > _SHORT:
            break
    else:
        walk.texts += kept
        return kept
    add = walk.texts.append
    for at, child in enumerate(kept):
        if type(child) is str and len(child) <= _SHORT:
            add(child)
        elif type(child) is list and depth and len(child) != _PAIR:
            kept[at] = members(child, name, depth - 1, width, walk)
        elif type(child) is dict and depth:
            kept[at] = mapping(child, depth - 1, width, walk)
        else:
            kept[at] = _member(child, name, depth, width, walk)
    return kept


def _wide_mapping(value: Any, depth: int, width: int, walk: Walk) -> dict[str, Json]:
    """Copy as much of a mapping as there may be."""
    made: dict[str, Json] = {}
    walk.maps.append(made)
    walk.dropped += max(0, dict.__len__(value) - width)
    for key, child in islice(dict.items(value), width):
        walk.entries -= walk.entries >= 0
        _entry(key, child, made, depth, width, walk)
    return made


def _rest_of_mapping(made: dict[Any, Json], first: object, depth: int, width: int, walk: Walk) -> None:
    """Copy a mapping whose entries are paid for from a key on that is kept under another name, maybe a neighbour's."""
    entries = list(made.items())
    made.clear()
    found = False
    for key, child in entries:
        found = found or key is first
        if found:
            _entry(key, child, made, depth, width, walk)
        else:
            made[key] = child


def _entry(key: object, child: Json, made: dict[str, Json], depth: int, width: int, walk: Walk) -> None:
    name = key_of(key, walk)
    if name in made or walk.entries < 0:
        walk.dropped += 1
    else:
        made[name] = _one(child, name, depth, width, walk)


def key_of(key: object, walk: Walk) -> str:
    """Return the key under which a value is kept; keys are free text, which the walk lists."""
    if issubclass(type(key), str):
        name = whole(shorten(str.__str__(key), KEY_LIMIT + MARGIN))  # rules see what is cut, or half of it is left
    elif key is None or key is True or key is False or is_number(key):
        name = str(key)
    else:
        name = UNKNOWN
    kept = walk.renamed.get(name, name)
    if len(kept) > KEY_LIMIT:
        kept = shorten(kept, KEY_LIMIT)
    size = max(len(name), len(kept))
    walk.named += size
    walk.room -= size
    walk.odd[name] = None
    return kept


def _wide_list(value: Any, name: str, depth: int, width: int, walk: Walk) -> list[Json]:
    """Copy as much of a list or a tuple as there may be."""
    kept: list[Json] = []
    walk.lists.append(kept)
    walk.names.append(name)
    of: Any = list if issubclass(type(value), list) else tuple
    for child in islice(of.__iter__(value), width):
        if walk.entries < 0:
            break
        walk.entries -= 1
        kept.append(_member(child, name, depth, width, walk))
    walk.dropped += of.__len__(value) - len(kept)
    return kept


def _member(child: Json, name: str, depth: int, width: int, walk: Walk) -> Json:
    if depth and walk.entries >= 0 and is_pair(child):
        return _pair(child, depth, width, walk)
    return _one(child, name, depth, width, walk)


def is_pair(value: Json) -> bool:
    """Say whether a member of a list is a key and its value; what we put ourselves is no key."""
    if not issubclass(type(value), (list, tuple)):
        return False
    of: Any = list if issubclass(type(value), list) else tuple
    if of.__len__(value) != _PAIR:
        return False
    first = of.__getitem__(value, 0)
    return issubclass(type(first), str) and str.__str__(first) not in OURS


def _pair(pair: Any, depth: int, width: int, walk: Walk) -> list[Json]:
    first, second = list.__iter__(pair) if issubclass(type(pair), list) else tuple.__iter__(pair)
    walk.entries -= 1
    key = key_of(first, walk)
    if key in OURS:
        key += ":"  # by itself it would make a list of two of the pair, in which keys are looked for again
    made: list[Json] = [key, _one(second, key, depth - 1, width, walk)]
    walk.pairs.append((made, key))
    return made


def _judge(value: Json, name: str, depth: int, listen: Listen) -> None:
    if type(value) is str:
        if len(value) > STRING_LIMIT:
            raise Refused("fence:size")
        listen(value, Kind.BAG, name)
    elif issubclass(type(value), (dict, list)):
        if depth == 0:
            raise Refused("fence:size")
        _judge_container(value, name, depth - 1, listen)
    elif is_number(value):
        listen(spoken(value), Kind.BAG, name)
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
    if depth > 0 and is_pair(value):
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
