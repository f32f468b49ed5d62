"""Two functions over plain dicts: `take` copies what may leave, `judge` refuses the rest.

What copies is code written ahead from the schema's table (`compiled`), what judges is compiled here
from the table itself. Both use the same tests for plain values, and neither has a list of fields of its own. No objects
are built. `take` drops what is not declared, bounds what is too long, wide or deep, and says where the strings are that
rules, provenance or the fence must look at. Nothing here knows a rule or a policy, and nothing a value's class
overrides is called.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from scrubbing.errors import Refused
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import UNKNOWN, is_relative, is_symbol, shorten
from scrubbing.schema.walker import bags, leaves
from scrubbing.schema.walker.careful import MEMBERS, field_of, open_rows, record_of
from scrubbing.schema.walker.walk import Json, Judge, Listen, Shape, Walk

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

__all__ = ["UNKNOWN", "Shape", "Walk", "compiled", "copy", "is_relative", "is_symbol", "shorten"]


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
    made = shape.take(value, walk)
    walk.texts += walk.plain
    walk.pay()
    if walk.room < 0 or not walk.whole:
        from scrubbing.schema.walker.places import mend

        mend(walk)
    return made, walk


@functools.lru_cache(maxsize=256)
def compiled(name: str, preset: str) -> Shape:
    """Return the compiled form of a class of the schema for a preset.

    Args:
        name: the class's name in the table.
        preset: one of `PRESETS`.
    """

    def judge(value: Json, place: str, listen: Listen) -> None:
        _judge_record(name, preset)(value, place, listen)

    return Shape(record_of(name, preset), judge)


@functools.lru_cache(maxsize=256)
def _judge_record(name: str, preset: str) -> Judge:
    """Compile what judges records of a class; it knows nothing of the code that copies them."""
    from scrubbing.schema.walker.table import ROWS

    judges: dict[str, Judge] = {}
    other: Judge | None = None
    for row in open_rows(name, preset):
        if row[9]:
            other = _judge_one(row, preset)
        else:
            judges[row[0]] = _judge_field(row, preset)
    return _judge_mapping(judges, other, frozenset(row[0] for row in ROWS[name] if row[0] not in judges))


def _judge_field(row: Row, preset: str) -> Judge:
    inner = _judge_one(row, preset)
    many, most = row[8], row[4] or MEMBERS
    if many == "list":
        return _judge_list(inner, most)
    return _judge_values(_judge_list(inner, most)) if many == "values" else inner


def _judge_one(row: Row, preset: str) -> Judge:
    _, kind_name, _, limit, _, pattern, values, of, _, _, is_flag, *_ = row
    if of:
        return _judge_record(of, preset)
    kind = Kind[kind_name]
    if kind is Kind.BAG:
        return bags.judger()
    field = field_of(row, preset)
    if field is not None:
        return leaves.string_judger(field)
    reason = "fence:type" if kind is Kind.NUMBER else "fence:value"
    return leaves.judger(leaves.tester(kind, limit, pattern, values, is_flag=is_flag), reason)


def _judge_mapping(judges: dict[str, Judge], other: Judge | None, closed: frozenset[str]) -> Judge:
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
                    bags.judge_key(key, listen)
                    other(child, key, listen)
        except Refused as refused:
            place = key if key in judges else "*"  # an undeclared name may be a value
            raise Refused(refused.reason, f".{place}{refused.where}") from None

    return judge


def _judge_list(inner: Judge, most: int) -> Judge:
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
                inner(child, "", listen)
        except Refused as refused:
            raise Refused(refused.reason, f"[{number}]{refused.where}") from None

    return judge


def _judge_values(inner: Judge) -> Judge:
    def judge(value: Json, _name: str, listen: Listen) -> None:
        if value is None:
            return
        if type(value) is not dict or value.keys() - {"values"}:
            raise Refused("fence:type")
        try:
            inner(value.get("values"), "", listen)
        except Refused as refused:
            raise Refused(refused.reason, f".values{refused.where}") from None

    return judge
