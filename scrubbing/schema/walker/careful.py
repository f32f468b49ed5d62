"""What the generated code hands over: a record in which something is unusual, a list, keys a class does not name.

The same copying as in `compiled`, field by field and for any value at all: classes that lie, strings
that are too long or not whole, numbers where a string should be, no room for everything. Nothing that a value's class
overrides is called.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import STRING_LIMIT, is_bare_address, is_relative, is_symbol
from scrubbing.schema.walker import bags, compiled, leaves
from scrubbing.schema.walker.walk import WAITING, Field, Form, Json, Record, Take, Walk

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

#: Members of a list, where a field does not say.
MEMBERS = 100
#: Kinds of fields with a string that is no fact.
STRINGS = (Kind.SYMBOL, Kind.CODE, Kind.PATH, Kind.URL, Kind.TEXT, Kind.MESSAGE)
#: What a string in a bag declares.
BAG = Field(Kind.BAG, STRING_LIMIT)


@functools.cache
def sized_bag(size: int) -> Field:
    """What a bag declares of which servers keep no more than some bytes."""
    return Field(Kind.BAG, STRING_LIMIT, size=size)


def form_of(kind: Kind, preset: str) -> Form | None:
    """Return what a string of this kind must look like under a preset."""
    if kind is Kind.PATH:
        return is_relative if preset == "strict" else None
    return {Kind.SYMBOL: is_symbol, Kind.URL: is_bare_address}.get(kind)


def open_rows(name: str, preset: str) -> list[Row]:
    """Return the fields of a class that leave under a preset."""
    from scrubbing.schema.walker.table import ROWS

    open_to = PRESETS[: PRESETS.index(preset) + 1]
    return [row for row in ROWS[name] if row[2] in open_to]


def record(name: str, preset: str, value: Json, walk: Walk) -> Json:
    """Copy what may leave of a record of a class; ``None`` if it is no mapping."""
    return _record(name, preset)(value, walk)


def record_of(name: str, preset: str) -> Record:
    """Return what copies records of a class: generated code, or this room's for classes no item under a preset reaches.

    Args:
        name: the class's name in the table.
        preset: one of `PRESETS`.
    """
    return compiled.takes(preset).get(name) or _record(name, preset)


@functools.lru_cache(maxsize=256)
def _record(name: str, preset: str) -> Record:
    from scrubbing.schema.walker.table import ROWS

    rows = open_rows(name, preset)
    parts = {row[0]: _taker(row, preset) for row in rows if not row[9]}
    fields = {row[0]: field for row in rows if not row[9] and (field := field_of(row, preset))}
    named = frozenset(row[0] for row in ROWS[name])
    others = next(((_taker(row, preset), field_of(row, preset)) for row in rows if row[9]), None)

    def take(value: Json, walk: Walk) -> Json:
        if not issubclass(type(value), dict):
            return None
        kept: dict[str, Json] = {}
        for key, part in parts.items():
            child = dict.get(value, key, kept)  # `kept` stands for nothing: no value can be it
            if child is not kept:
                part(child, kept, key, walk)
        declared = fields
        if others is not None:
            declared = rest(value, kept, named, *others, fields, walk)
        if declared:
            walk.records.append(kept)
            walk.fields.append(declared)
        walk.dropped += dict.__len__(value) - len(kept)
        return kept

    return take


def field_of(row: Row, preset: str) -> Field | None:
    """Return what a row declares of a string, if it holds one."""
    kind = Kind[row[1]] if row[1] else None
    if kind is Kind.BAG:
        return sized_bag(row[12]) if row[12] else BAG
    if kind not in STRINGS:
        return None
    return Field(kind, row[3] or STRING_LIMIT, form_of(kind, preset), (row[4] or MEMBERS) if row[8] else 0)


def _taker(row: Row, preset: str) -> Take:
    if row[7]:
        return _parts(row, record_of(row[7], preset))
    one = leaf_taker(row, preset)
    if not row[8]:
        return one
    most = row[4] or MEMBERS

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        kept = plain_members(value, most, one, walk)
        if kept is not None:
            out[key] = kept

    return take


def leaf_taker(row: Row, preset: str) -> Take:
    """Copies what is no object of the schema."""
    _, kind_name, _, limit, _, pattern, words, *_ = row
    kind = Kind[kind_name]
    if kind is Kind.BAG:
        return bags.taker(limit or bags.WIDTH, row[11] or bags.DEPTH)
    field = field_of(row, preset)
    if field is not None:
        return leaves.string_taker(field)
    return leaves.taker(leaves.tester(kind, limit, pattern, words, is_flag=row[10]))


def _parts(row: Row, inner: Record) -> Take:
    most = row[4] or MEMBERS
    makers: dict[str, Callable[[Json, Walk], Json]] = {
        "": inner,
        "list": lambda value, walk: members(value, most, inner, walk),
        "values": lambda value, walk: values(value, most, inner, walk),
    }
    make = makers[row[8]]

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        made = make(value, walk)
        if made is not None:
            out[key] = made

    return take


def members(value: Json, most: int, take: Record, walk: Walk) -> Json:
    """Copy a list of records; ``None`` if it is no list.

    The useful end is kept (the innermost frames, the last breadcrumbs), and taken first, should there be no room for
    all.
    """
    if type(value) is list:
        if not value:
            return []
        size, found = len(value), value
    elif issubclass(type(value), (list, tuple)):
        of: Any = list if issubclass(type(value), list) else tuple
        size, found = of.__len__(value), of.__getitem__(value, slice(-most, None))
    else:
        return None
    kept = []
    for child in reversed(found if size <= most else found[-most:]):
        made = take(child, walk)
        if made is not None:
            kept.append(made)
    kept.reverse()
    if len(kept) != size:
        walk.dropped += size - len(kept)
    if len(walk.texts) > WAITING:
        walk.pay()
    return kept


def values(value: Json, most: int, take: Record, walk: Walk) -> Json:
    """Copy a list of records that servers want as ``{"values": [...]}``."""
    if type(value) is dict:
        value = value.get("values")
    elif issubclass(type(value), dict):
        value = dict.get(value, "values")
    kept = members(value, most, take, walk)
    return None if kept is None else {"values": kept}


def plain_members(value: Json, most: int, take: Take, walk: Walk) -> Json:
    """Copy a list of strings or facts; ``None`` if it is no list."""
    if not issubclass(type(value), (list, tuple)):
        return None
    of: Any = list if issubclass(type(value), list) else tuple
    kept: list[Json] = list(of.__getitem__(value, slice(-most, None)))
    for at in range(len(kept) - 1, -1, -1):
        child, kept[at] = kept[at], None
        take(child, kept, at, walk)
    kept = [child for child in kept if child is not None]
    walk.dropped += of.__len__(value) - len(kept)
    return kept


def rest(
    value: Any,
    kept: dict[str, Json],
    named: frozenset[str],
    take: Take,
    field: Field | None,
    fields: dict[str, Field],
    walk: Walk,
) -> dict[str, Field]:
    """Copy the keys a class does not name; return what is declared of all that is kept."""
    found: dict[str, Field] = {}
    for key, child in islice(dict.items(value), bags.WIDTH + len(named)):
        if not issubclass(type(key), str) or str.__str__(key) in named:
            continue
        name = bags.key_of(key, walk)
        if len(kept) < bags.WIDTH and name not in kept and name not in named:
            take(child, kept, name, walk)
            if field is not None:
                found[name] = field
    return {**fields, **found} if found else fields
