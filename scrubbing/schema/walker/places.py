"""Where the strings are that a walk found, one by one: for those who have to look at each, or to change some."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import FILTERED, UNKNOWN, whole
from scrubbing.schema.walker.bags import LIST, MAPPING
from scrubbing.schema.walker.careful import BAG
from scrubbing.schema.walker.leaves import spoken
from scrubbing.schema.walker.walk import MAX_CHARACTERS, Field, Json, Walk

#: A string: its container, its place in it, what is declared of it, the name it stands under (rules look at keys too).
Slot = tuple[Any, Any, Field, str]
#: A number or a container of a bag: its container, its place in it, the text rules are asked about for it, the name it
#: stands under, and what takes its place if a rule finds something.
Mark = tuple[Any, Any, str, str, Json]

_CONTAINERS = (MAPPING, LIST)
_NUMERIC = frozenset("+-.0123456789e")


class _Any(frozenset[str]):
    def __contains__(self, text: object) -> bool:
        return True


_ANY = _Any()


def slots(walk: Walk, among: Container[str] | None = None) -> list[Slot]:
    """Every string a walk found, or those of its strings that are among some."""
    return list(_slots(walk, _ANY if among is None else among))


def _slots(walk: Walk, among: Container[str]) -> Iterator[Slot]:
    for record, fields in zip(walk.records, walk.fields, strict=True):
        for name, field in fields.items():
            value = record.get(name)
            if type(value) is str:
                if value in among:
                    yield record, name, field, name
            elif field.many and value:
                yield from [(value, at, field, "") for at, text in enumerate(value) if text in among]
    for value, container, at, name in _entries(walk):
        if type(value) is str and value in among:
            yield container, at, BAG, name


def mend(walk: Walk) -> None:
    """Look at each string of a copy: one is not whole, or there are too many for a payload.

    What no longer fits is unknown. Strings of records come first, in the order they were copied, then those of bags.
    """
    room = MAX_CHARACTERS - walk.named - len("".join(walk.plain))
    for container, at, _, _ in _slots(walk, _ANY):
        text = whole(container[at]) if room >= 0 else UNKNOWN
        if len(text) > room:
            room, text = -1, UNKNOWN  # nothing that comes later is let past it
            walk.dropped += 1
        else:
            room -= len(text)
        container[at] = text
    walk.room = room


def marks(walk: Walk) -> list[Mark]:
    """Every number and every container that is not empty in the bags a walk found."""
    found: list[Mark] = []
    for record, fields in zip(walk.records, walk.fields, strict=True):
        for name, field in fields.items():
            if field.kind is Kind.BAG and (text := said(record.get(name))):
                instead: Json = {} if text == MAPPING else FILTERED  # what servers want to be an object stays one
                found.append((record, name, text, name, instead))
    for value, container, at, name in _entries(walk):
        if text := said(value):
            found.append((container, at, text, name, FILTERED))
    return found


def may_be_said(text: str) -> bool:
    """Say whether a text could be what `said` returns."""
    return text in _CONTAINERS or _NUMERIC.issuperset(text)


def said(value: Json) -> str:
    """Return the text rules are asked about where a number or a container stands; of anything else none."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return ""
    if kind is dict:
        return MAPPING if value else ""
    if kind is list:
        return LIST if value else ""
    return spoken(value)


def _entries(walk: Walk) -> Iterator[tuple[Json, Any, Any, str]]:
    """What stands in the containers of bags, with its place and its name."""
    for mapping in walk.maps:
        for key, value in mapping.items():
            yield value, mapping, key, key
    for members, name in zip(walk.lists, walk.names, strict=True):
        for at, value in enumerate(members):
            yield value, members, at, name
    for pair, name in walk.pairs:
        yield pair[1], pair, 1, name
