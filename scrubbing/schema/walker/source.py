"""Writes the walker's source: for each class of the table a function that copies what may leave under a preset.

A function has two halves. The first looks at the record's own values and changes nothing but the copy: where one is
unusual, the whole record is handed over. Then the record's characters are paid for, and the second half goes into
what stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import RELATIVES, STRING_LIMIT, SYMBOLS, Known
from scrubbing.schema.walker.bags import DEPTH, WIDTH
from scrubbing.schema.walker.careful import MEMBERS, STRINGS, form_of, open_rows
from scrubbing.schema.walker.table import ROWS

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

_HEAD = '''"""The walker of {preset}, made from the table by `scrubbing.schema.generate`; not to be edited."""

# fmt: off
# ruff: noqa: C901, D103, E501, F401, FURB171, I001, N802, PLR0912, PLR0915, PLR2004, Q000, RUF021  # as printed

from __future__ import annotations

from typing import Any

from scrubbing.schema.walker.bags import mapping, take_bag
from scrubbing.schema.walker.careful import BAG, leaf_taker, members, plain_members, record, rest, sized_bag, values
from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.walker.leaves import is_number, matches, taker
from scrubbing.schema.strings import RELATIVES, SYMBOLS, is_bare_address, is_relative, is_symbol, is_whole
from scrubbing.schema.walker.walk import Field, Record, Walk
'''


class _Writer:
    """One class under one preset."""

    def __init__(self, name: str, preset: str) -> None:
        self.name, self.preset = name, preset
        self.rows = open_rows(name, preset)
        self.texts: list[str] = []  # variables with a string
        self.lists: list[str] = []  # variables with a list of strings
        self.sized = False  # whether names of known lengths are among the strings

    def constants(self) -> Iterator[str]:
        """What the function reads."""
        for number, row in enumerate(self.rows):
            kind = Kind[row[1]] if row[1] else None
            if kind is Kind.BAG and row[12]:
                yield f"_{self.name}_{number} = sized_bag({row[12]})"
            if kind in STRINGS:
                form = form_of(kind, self.preset)
                said = f", {form.__name__}" if form else ""
                many = f", many={row[4] or MEMBERS}" if row[8] else ""
                yield f"_{self.name}_{number} = Field(Kind.{row[1]}, {row[3] or STRING_LIMIT}{said}{many})"
            if row[9]:
                named = sorted(one[0] for one in ROWS[self.name])
                yield f"_{self.name}_named = frozenset({named!r})"
                yield f"_{self.name}_rest = leaf_taker({row!r}, {self.preset!r})"
        fields = [f"{row[0]!r}: {field}" for number, row in enumerate(self.rows) if (field := self._field(number, row))]
        yield f"_{self.name}: dict[str, Field] = {{{', '.join(fields)}}}"

    def _field(self, number: int, row: Row) -> str:
        """What is declared of the strings in a field."""
        if row[9] or not row[1]:
            return ""
        return self._declared(number, row)

    def _declared(self, number: int, row: Row) -> str:
        kind = Kind[row[1]]
        if kind is Kind.BAG and not row[12]:
            return "BAG"
        return f"_{self.name}_{number}" if kind in STRINGS or kind is Kind.BAG else ""

    def function(self) -> Iterator[str]:
        """The function itself."""
        yield f"def {self.name}(value: Any, walk: Walk) -> Any:"
        yield "    if type(value) is not dict:"
        yield f"        return {self.careful}"
        if any(not row[9] for row in self.rows):
            yield "    get = value.get"
        yield "    out: dict[str, Any] = {}"
        leaves = [line for number, row in enumerate(self.rows) for line in self._leaf(f"x{number}", number, row)]
        if self.sized:
            yield "    room = walk.room"
        yield from leaves
        yield from self._paid()
        for number, row in enumerate(self.rows):
            yield from self._below(f"x{number}", row)
        found = f"_{self.name}"
        for number, row in enumerate(self.rows):
            if row[9]:
                take = f"_{self.name}_named, _{self.name}_rest, {self._declared(number, row) or None}"
                yield f"    found = {found}"
                yield "    if len(out) != len(value):"
                yield f"        found = rest(value, out, {take}, found, walk)"
                found = "found"
        if found == "found" or any(self._field(number, row) for number, row in enumerate(self.rows)):
            yield f"    walk.records.append((out, {found}))"
        yield "    if len(out) != len(value):"
        yield "        walk.dropped += len(value) - len(out)"
        yield "    return out"

    @property
    def careful(self) -> str:
        """What the function returns where anything is unusual."""
        return f"record({self.name!r}, {self.preset!r}, value, walk)"

    def _leaf(self, x: str, number: int, row: Row) -> Iterator[str]:
        name, kind_name, _, limit, most, pattern, words, of, many, others, is_flag, *_ = row
        if of or others or kind_name == "BAG":
            return
        kind = Kind[kind_name]
        if kind in STRINGS:
            if many == "list":
                yield from self._strings(x, number, name, limit or STRING_LIMIT, most or MEMBERS)
            elif not many:
                yield from self._string(x, name, kind, limit or STRING_LIMIT)
        elif not many:
            yield f"    {x} = get({name!r})"
            yield f"    if {_test(x, kind, limit, pattern, words, is_flag)}:"
            yield f"        out[{name!r}] = {x}"

    def _string(self, x: str, name: str, kind: Kind, limit: int) -> Iterator[str]:
        known = self._known(kind)
        if known is not None:
            self.sized = True
            yield f"    {x} = get({name!r})"
            short = f" and len({x}) <= {limit}" if limit < known.limit else ""
            yield f"    if type({x}) is str{short} and (size := {_name(known)}[{x}]):"
            yield f"        out[{name!r}] = {x}"
            yield "        room -= size"
            yield f"    elif {x} is not None:"
            yield f"        return {self.careful}"
            return
        self.texts.append(x)
        bare = f" and is_bare_address({x})" if kind is Kind.URL else ""
        yield f"    {x} = get({name!r})"
        yield f"    if type({x}) is str and len({x}) <= {limit}{bare}:"
        yield f"        out[{name!r}] = {x}"
        yield f"    elif {x} is None:"
        yield f"        {x} = ''"
        yield "    else:"
        yield f"        return {self.careful}"

    def _known(self, kind: Kind) -> Known | None:
        form = form_of(kind, self.preset)
        return next((known for known in (SYMBOLS, RELATIVES) if known.form is form), None)

    def _strings(self, x: str, number: int, name: str, limit: int, most: int) -> Iterator[str]:
        self.lists.append(x)
        yield f"    {x} = get({name!r})"
        if form_of(Kind[self.rows[number][1]], self.preset) is not None:
            yield f"    if {x} is not None:"
            yield f"        return {self.careful}"
            return
        yield f"    if type({x}) is list and len({x}) <= {most}:"
        yield f"        out[{name!r}] = {x} = {x}.copy()"
        yield f"        for text in {x}:"
        yield f"            if type(text) is not str or len(text) > {limit}:"
        yield f"                return {self.careful}"
        yield f"    elif {x} is not None:"
        yield f"        return {self.careful}"

    def _paid(self) -> Iterator[str]:
        """Look at all strings together, and pay for them."""
        if self.lists:
            yield f"    texts = [{', '.join(self.texts)}]"
            for x in self.lists:
                yield f"    if {x}:"
                yield f"        texts += {x}"
            yield "    text = ''.join(texts)"
        elif self.texts:
            joined = "".join(f"{{{x}}}" for x in self.texts)
            yield f"    text = {self.texts[0] if len(self.texts) == 1 else f'f{joined!r}'}"
        if self.lists or self.texts:
            left = "room" if self.sized else "walk.room"
            yield f"    room = {left} - len(text)"
            yield '    if room < 0 or not (text.isascii() and "\\0" not in text or is_whole(text)):'
            yield f"        return {self.careful}"
            yield "    walk.room = room"
        elif self.sized:
            yield "    if room < 0:"
            yield f"        return {self.careful}"
            yield "    walk.room = room"

    def _below(self, x: str, row: Row) -> Iterator[str]:
        name, kind_name, _, limit, most, pattern, words, of, many, others, is_flag, *_ = row
        if others:
            return
        if of:
            most = most or MEMBERS
            made = {
                "": f"{of}({x}, walk)",
                "list": f"members({x}, {most}, {of}, walk)",
                "values": f"values({x}, {most}, {of}, walk)",
            }[many]
        elif many == "list" and Kind[kind_name] not in (*STRINGS, Kind.BAG):
            test = _test("one", Kind[kind_name], limit, pattern, words, is_flag)
            yield f"    {x} = get({name!r})"
            yield f"    if type({x}) is list and len({x}) <= {most or MEMBERS}:"
            yield f"        out[{name!r}] = found = [one for one in {x} if {test}]"
            yield f"        walk.dropped += len({x}) - len(found)"
            yield f"    elif {x} is not None:"
            yield f"        {x} = plain_members({x}, {most or MEMBERS}, taker(lambda one: {test}), walk)"
            yield f"        if {x} is not None:"
            yield f"            out[{name!r}] = {x}"
            return
        elif kind_name == "BAG" and not many:
            yield f"    {x} = get({name!r}, walk)"  # which stands for nothing: no value can be it
            yield f"    if type({x}) is dict:"
            depth = row[11] or DEPTH
            yield f"        out[{name!r}] = mapping({x}, {depth - 1}, {limit or WIDTH}, walk)"
            yield f"    elif {x} is not walk:"
            yield f"        out[{name!r}] = take_bag({x}, {name!r}, {limit or WIDTH}, walk, {depth})"
            return
        elif many and (many != "list" or kind_name == "BAG"):
            raise TypeError(f"{self.name}.{name}: expected a list of records, strings or facts")
        else:
            return
        yield f"    {x} = get({name!r})"
        yield f"    if {x} is not None:"
        yield f"        {x} = {made}"
        yield f"        if {x} is not None:"
        yield f"            out[{name!r}] = {x}"


def _test(x: str, kind: Kind, limit: int | None, pattern: str | None, words: Any, is_flag: bool) -> str:
    """What `scrubbing.schema.walker.leaves.tester` tests, written out."""
    if kind is Kind.NUMBER:
        if is_flag:
            return f"{x} is True or {x} is False"
        return f"is_number({x})" if limit is None else f"type({x}) is int and 0 <= {x} <= {limit}"
    if words is not None:
        return f"type({x}) is str and {x} in {{{', '.join(map(repr, dict.fromkeys(words)))}}}"
    digits = re.fullmatch(r"\[0-9a-f\]\{(\d+)\}", pattern or "")
    plain = f"len({x}) == {digits[1]} and not {x}.strip('0123456789abcdef') if type({x}) is str else " if digits else ""
    return f"{plain}{x} is not None and matches({pattern!r}, {x})"


def _name(known: Known) -> str:
    return "SYMBOLS" if known is SYMBOLS else "RELATIVES"


def reached(preset: str) -> list[str]:
    """Return the classes of which anything can leave under a preset: payloads of items, and what stands in them."""
    open_to = PRESETS[: PRESETS.index(preset) + 1]
    found = {item.payload for item in ITEMS.values() if item.leaves in open_to}
    waiting = list(found)
    while waiting:
        for row in open_rows(waiting.pop(), preset):
            if row[7] and row[7] not in found:
                found.add(row[7])
                waiting.append(row[7])
    return [name for name in ROWS if name in found]


def text(preset: str) -> str:
    """The source of a preset's module."""
    parts = [_HEAD.format(preset=preset)]
    names = reached(preset)
    for name in names:
        writer = _Writer(name, preset)
        parts.append("\n".join(["", *writer.constants(), "", "", *writer.function(), ""]))
    listed = ", ".join(f"{name!r}: {name}" for name in names)
    return "\n".join([*parts, f"\nTAKES: dict[str, Record] = {{{listed}}}\n"])
