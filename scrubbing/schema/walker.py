"""From the schema's table to two functions over plain dicts: `take` copies what may leave, `judge` refuses the rest.

Both are compiled once for a class and a preset, so that the hook that rewrites and the fence that judges cannot
disagree about a field. No objects are built. `take` drops what is not declared, bounds what is too long, wide or deep,
and lists every string that rules, provenance or the fence must look at. Nothing here knows a rule or a policy, and
nothing a value's class overrides is called.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from scrubbing.errors import Refused
from scrubbing.schema import leaves
from scrubbing.schema.bags import WIDTH, bag, judge_key, key_of
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import STRING_LIMIT, UNKNOWN, is_bare_address, is_relative, is_symbol, shorten
from scrubbing.schema.table import ROWS
from scrubbing.schema.walk import Form, Json, Judge, Listen, Shape, Slot, Take, Walk

if TYPE_CHECKING:
    from scrubbing.schema.table import Row

__all__ = ["UNKNOWN", "Shape", "Slot", "Walk", "compiled", "copy", "is_relative", "is_symbol", "shorten"]

#: Members of a list, where a field does not say.
_MEMBERS = 100


def copy(shape: Shape, value: Json, renamed: Mapping[str, str] | None = None) -> tuple[Json, Walk]:
    """Copy what may leave.

    Args:
        shape: what `compiled` returned.
        value: a mapping as the SDK makes it; never changed.
        renamed: keys of bags, of tags and of contexts that are to be kept under other names.

    Returns:
        The copy (``None`` if the value is no mapping) and what was found in it.
    """
    walk = Walk(renamed or {})
    holder: dict[str, Json] = {}
    shape.take(value, holder, "$", walk)
    return holder.get("$"), walk


@functools.lru_cache(maxsize=256)
def compiled(name: str, preset: str) -> Shape:
    """Compile a class of the schema for a preset.

    Args:
        name: the class's name in the table.
        preset: one of `PRESETS`.
    """
    open_to = PRESETS[: PRESETS.index(preset) + 1]
    parts: dict[str, Shape] = {}
    other: Shape | None = None
    for row in ROWS[name]:
        if row[2] not in open_to:
            continue
        if row[9]:
            other = _one(row, preset)
        else:
            parts[row[0]] = _field(row, preset)
    closed = frozenset(row[0] for row in ROWS[name] if row[0] not in parts)
    return Shape(_take_mapping(parts, other, closed), _judge_mapping(parts, other, closed))


def _field(row: Row, preset: str) -> Shape:
    inner = _one(row, preset)
    many, most = row[8], row[4] or _MEMBERS
    if many == "list":
        return _list(inner, most)
    return _values(_list(inner, most)) if many == "values" else inner


def _one(row: Row, preset: str) -> Shape:
    _, kind_name, _, limit, _, pattern, values, of, _, _, is_flag = row
    if of:
        return compiled(of, preset)
    kind = Kind[kind_name]
    if kind is Kind.NUMBER:
        return leaves.flag() if is_flag else leaves.number(limit)
    if kind in (Kind.FACT, Kind.ID):
        return leaves.fact(pattern, values)
    if kind is Kind.BAG:
        return bag(limit or WIDTH)
    return leaves.string(kind, limit or STRING_LIMIT, _form(kind, preset))


def _form(kind: Kind, preset: str) -> Form | None:
    if kind is Kind.PATH:
        return is_relative if preset == "strict" else None
    return {Kind.SYMBOL: is_symbol, Kind.URL: is_bare_address}.get(kind)


def _take_mapping(parts: dict[str, Shape], other: Shape | None, closed: frozenset[str]) -> Take:
    takes = tuple((name, shape.take) for name, shape in parts.items())

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.dropped += value is not None
            return
        kept: dict[str, Json] = {}
        found = 0
        for name, known in takes:
            child = dict.get(value, name, out)  # `out` stands for nothing: no value can be it
            if child is not out:
                found += 1
                known(child, kept, name, walk)
        if other is not None:
            found += _take_rest(value, kept, parts, other, closed, walk)
        walk.dropped += dict.__len__(value) - found
        out[key] = kept

    return take


def _take_rest(value: Any, kept: Any, parts: dict[str, Shape], other: Shape, closed: frozenset[str], walk: Walk) -> int:
    """Take the keys the class does not name; return how many."""
    found = 0
    for key, child in islice(dict.items(value), WIDTH + len(parts)):
        if not isinstance(key, str) or (name := str.__str__(key)) in parts or name in closed:
            continue
        name = key_of(name, walk)
        if len(kept) < WIDTH and name not in kept and name not in parts and name not in closed:
            other.take(child, kept, name, walk)
            found += 1
    return found


def _judge_mapping(parts: dict[str, Shape], other: Shape | None, closed: frozenset[str]) -> Judge:
    judges = {name: shape.judge for name, shape in parts.items()}

    def judge(value: Json, _name: str, listen: Listen) -> None:
        if value is None:
            return
        if type(value) is not dict:
            raise Refused("fence:type")
        key = ""
        try:
            for key, child in value.items():
                known = judges.get(key)
                if known is not None:
                    known(child, key, listen)
                elif other is None or key in closed:
                    raise Refused("fence:field")  # noqa: TRY301  # where it stands is added below
                else:
                    judge_key(key, listen)
                    other.judge(child, key, listen)
        except Refused as refused:
            place = key if key in judges else "*"  # an undeclared name may be a value
            raise Refused(refused.reason, f".{place}{refused.where}") from None

    return judge


def _list(inner: Shape, most: int) -> Shape:
    take_one, judge_one = inner.take, inner.judge

    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        if not isinstance(value, (list, tuple)):
            walk.dropped += value is not None
            return
        kept: list[Json] = _tail(value, most)  # the useful end: the innermost frames, the last breadcrumbs
        first = len(walk.slots)
        for at in range(len(kept) - 1, -1, -1):  # that end first, should there be no room for all
            child, kept[at] = kept[at], None
            take_one(child, kept, at, walk)
        out[key] = _without_holes(kept, walk.slots, first) if None in kept else kept

    def judge(value: Json, _name: str, listen: Listen) -> None:
        if value is None:
            return
        if type(value) is not list:
            raise Refused("fence:type")
        if len(value) > most:
            raise Refused("fence:size")
        number = -1
        try:
            for number, child in enumerate(value):  # noqa: B007  # read below
                judge_one(child, "", listen)
        except Refused as refused:
            raise Refused(refused.reason, f"[{number}]{refused.where}") from None

    return Shape(take, judge)


def _tail(value: Any, most: int) -> list[Json]:
    end = slice(-most, None)
    return list.__getitem__(value, end) if isinstance(value, list) else list(tuple.__getitem__(value, end))


def _without_holes(kept: list[Json], slots: list[Slot], first: int) -> list[Json]:
    """Close the places of what was dropped; strings that stand behind one move, and their slots with them."""
    filled = [at for at, child in enumerate(kept) if child is not None]
    moved = {old: new for new, old in enumerate(filled)}
    for slot in slots[first:]:
        if slot.container is kept:
            slot.key = moved[slot.key]
    kept[:] = [kept[at] for at in filled]
    return kept


def _values(inner: Shape) -> Shape:
    def take(value: Json, out: Any, key: Any, walk: Walk) -> None:
        wrapped: dict[str, Json] = {}
        inner.take(dict.get(value, "values") if isinstance(value, dict) else value, wrapped, "values", walk)
        if wrapped:
            out[key] = wrapped

    def judge(value: Json, _name: str, listen: Listen) -> None:
        if value is None:
            return
        if type(value) is not dict or value.keys() - {"values"}:
            raise Refused("fence:type")
        try:
            inner.judge(value.get("values"), "", listen)
        except Refused as refused:
            raise Refused(refused.reason, f".values{refused.where}") from None

    return Shape(take, judge)
