"""Writes the walker's source: for each class of the table a function that copies what may leave under a preset.

A function has two halves. The first looks at the record's own values and changes nothing but the copy: where one is
unusual, the whole record is handed over. Then the record's strings are listed, to be paid for together with others,
and the second half goes into what stands below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import STRING_LIMIT
from scrubbing.schema.walker.bags import DEPTH, WIDTH
from scrubbing.schema.walker.careful import MEMBERS, STRINGS, form_of, open_rows
from scrubbing.schema.walker.conditions import as_usual, known_forms, number_or_fact, short_text
from scrubbing.schema.walker.table import ROWS

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

_HEAD = '''"""The walker of {preset}, made from the table by `scrubbing.schema.generate`; not to be edited."""

# fmt: off
# ruff: noqa: C901, D103, E501, F401, FURB171, I001, N802, PLR0912, PLR0915, PLR2004, Q000  # as printed

from __future__ import annotations

from typing import Any

from scrubbing.schema.walker.bags import mapping, take_bag
from scrubbing.schema.walker.careful import BAG, leaf_taker, members, plain_members, record, rest, sized_bag, values
from scrubbing.schema.kinds import Kind
from scrubbing.schema.walker.leaves import is_number, known_facts, matches, taker
from scrubbing.schema.strings import FORMS, RELATIVES, SYMBOLS, is_bare_address, is_relative, is_symbol
from scrubbing.schema.walker.walk import Field, Record, Walk
'''

#: Fields that stock Sentry gives every record of a class. One that has those of them that leave, and no others, is
#: copied at once; no field is asked for in vain.
USUAL = {
    "Frame": (
        "filename", "abs_path", "function", "module", "lineno", "pre_context", "context_line", "post_context", "vars",
        "in_app",
    ),
}  # fmt: skip


class _Writer:
    """One class under one preset."""

    def __init__(self, name: str, preset: str) -> None:
        self.name, self.preset = name, preset
        self.rows = open_rows(name, preset)
        self.texts: list[str] = []  # variables with a string
        self.lists: list[str] = []  # variables with a list of strings

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
        if self.name in USUAL:
            yield from self._usual(USUAL[self.name])
        yield f"    out{': dict[str, Any]' if self.name not in USUAL else ''} = {{}}"
        for number, row in enumerate(self.rows):
            yield from self._leaf(f"x{number}", row)
        yield from self._paid()
        fields = f"_{self.name}"
        others = [(number, row) for number, row in enumerate(self.rows) if row[9]]
        if not others and any(self._field(number, row) for number, row in enumerate(self.rows)):
            yield from _recorded(fields, 4)
        for number, row in enumerate(self.rows):
            yield from self._below(f"x{number}", row)
        for number, row in others:
            take = f"_{self.name}_named, _{self.name}_rest, {self._declared(number, row) or None}"
            yield f"    found = {fields}"
            yield "    if len(out) != len(value):"
            yield f"        found = rest(value, out, {take}, found, walk)"
            yield "    if found:"
            yield from _recorded("found", 8)
        yield "    if len(out) != len(value):"
        yield "        walk.dropped += len(value) - len(out)"
        yield "    return out"

    def _usual(self, names: tuple[str, ...]) -> Iterator[str]:
        """Copy a record that has the usual fields, if their values are usual."""
        rows = [(f"x{number}", row) for number, row in enumerate(self.rows) if row[0] in names]
        bags = [(x, row) for x, row in rows if row[1] == "BAG"]
        lists = [(x, row) for x, row in rows if row[8]]
        plain = [(x, row) for x, row in rows if (x, row) not in (*bags, *lists)]
        yield f"    if len(value) == {len(rows)}:"
        yield "        try:"
        yield from (f"            {x} = value[{row[0]!r}]" for x, row in rows)
        yield "        except KeyError:"
        yield "            pass"
        yield "        else:"
        yield f"            if {' and '.join(as_usual(x, row, self.preset) for x, row in (*plain, *lists))}:"
        for x, row in lists:
            yield f"                {x} = {x}.copy()"
            yield from self._lines(x, row, 16)
        entries = ", ".join(f"{row[0]!r}: {x}" for x, row in (*plain, *lists))
        yield f"                out: dict[str, Any] = {{{entries}}}"
        yield "                texts = walk.texts"
        yield f"                texts += {', '.join(x for x, row in plain if Kind[row[1]] in STRINGS)}"
        yield from (f"                texts += {x}" for x, _ in lists)
        yield from _recorded(f"_{self.name}", 16)
        for x, row in bags:
            yield from _bag(x, row, 16)
        yield "                return out"

    @property
    def careful(self) -> str:
        """What the function returns where anything is unusual."""
        return f"record({self.name!r}, {self.preset!r}, value, walk)"

    def _leaf(self, x: str, row: Row) -> Iterator[str]:
        name, kind_name, _, _, _, _, _, of, many, *_ = row
        if of or row[9] or kind_name == "BAG":
            return
        if Kind[kind_name] in STRINGS:
            if many in ("", "list"):
                yield from self._strings(x, row) if many else self._string(x, row)
        elif not many:
            yield f"    if {name!r} in value:"
            yield f"        {x} = value[{name!r}]"
            yield f"        if {number_or_fact(x, row)}:"
            yield f"            out[{name!r}] = {x}"

    def _string(self, x: str, row: Row) -> Iterator[str]:
        self.texts.append(x)
        yield f"    {x} = ''"
        yield f"    if {row[0]!r} in value:"
        yield f"        {x} = value[{row[0]!r}]"
        yield f"        if {short_text(x, row, self.preset)}:"
        yield f"            out[{row[0]!r}] = {x}"
        yield f"        elif {x} is None:"
        yield f"            {x} = ''"
        yield "        else:"
        yield f"            return {self.careful}"

    def _strings(self, x: str, row: Row) -> Iterator[str]:
        self.lists.append(x)
        yield f"    {x} = None"
        yield f"    if {row[0]!r} in value:"
        yield f"        {x} = value[{row[0]!r}]"
        if form_of(Kind[row[1]], self.preset) is None:
            yield f"        if {as_usual(x, row, self.preset)}:"
            yield f"            out[{row[0]!r}] = {x} = {x}.copy()"
            yield from self._lines(x, row, 12)
            yield f"        elif {x} is not None:"
        else:
            yield f"        if {x} is not None:"
        yield f"            return {self.careful}"

    def _lines(self, x: str, row: Row, indent: int) -> Iterator[str]:
        """Look at each string of a list."""
        yield f"{' ' * indent}for text in {x}:"
        yield f"{' ' * indent}    if type(text) is not str or len(text) > {row[3] or STRING_LIMIT}:"
        yield f"{' ' * indent}        return {self.careful}"

    def _paid(self) -> Iterator[str]:
        """List the strings, which are paid for together."""
        if len(self.texts) == 1:
            yield f"    walk.texts.append({self.texts[0]})"
        elif self.texts:
            yield f"    walk.texts += {', '.join(self.texts)}"
        for x in self.lists:
            yield f"    if {x}:"
            yield f"        walk.texts += {x}"

    def _below(self, x: str, row: Row) -> Iterator[str]:
        name, kind_name, _, _, most, _, _, of, many, others, *_ = row
        if others:
            return
        if of:
            most = most or MEMBERS
            made = {
                "": f"{of}(value[{name!r}], walk)",
                "list": f"members(value[{name!r}], {most}, {of}, walk)",
                "values": f"values(value[{name!r}], {most}, {of}, walk)",
            }[many]
        elif many == "list" and Kind[kind_name] not in (*STRINGS, Kind.BAG):
            test = number_or_fact("one", row)
            yield f"    if {name!r} in value:"
            yield f"        {x} = value[{name!r}]"
            yield f"        if type({x}) is list and len({x}) <= {most or MEMBERS}:"
            yield f"            out[{name!r}] = found = [one for one in {x} if {test}]"
            yield f"            walk.dropped += len({x}) - len(found)"
            yield f"        elif {x} is not None:"
            yield f"            {x} = plain_members({x}, {most or MEMBERS}, taker(lambda one: {test}), walk)"
            yield f"            if {x} is not None:"
            yield f"                out[{name!r}] = {x}"
            return
        elif kind_name == "BAG" and not many:
            yield f"    if {name!r} in value:"
            yield f"        {x} = value[{name!r}]"
            yield from _bag(x, row, 8)
            return
        elif many and (many != "list" or kind_name == "BAG"):
            raise TypeError(f"{self.name}.{name}: expected a list of records, strings or facts")
        else:
            return
        yield f"    if {name!r} in value:"
        yield f"        {x} = {made}"
        yield f"        if {x} is not None:"
        yield f"            out[{name!r}] = {x}"


def _recorded(fields: str, indent: int) -> Iterator[str]:
    yield f"{' ' * indent}walk.records.append(out)"
    yield f"{' ' * indent}walk.fields.append({fields})"


def _bag(x: str, row: Row, indent: int) -> Iterator[str]:
    name, limit, depth = row[0], row[3] or WIDTH, row[11] or DEPTH
    yield f"{' ' * indent}if type({x}) is dict:"
    yield f"{' ' * indent}    out[{name!r}] = mapping({x}, {depth - 1}, {limit}, walk)"
    yield f"{' ' * indent}else:"
    yield f"{' ' * indent}    out[{name!r}] = take_bag({x}, {name!r}, {limit}, walk, {depth})"


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
    names = reached(preset)
    known = known_forms([row for name in names for row in open_rows(name, preset)])
    parts = ["\n".join([_HEAD.format(preset=preset), *known])]
    for name in names:
        writer = _Writer(name, preset)
        parts.append("\n".join(["", *writer.constants(), "", "", *writer.function(), ""]))
    listed = ", ".join(f"{name!r}: {name}" for name in names)
    return "\n".join([*parts, f"\nTAKES: dict[str, Record] = {{{listed}}}\n"])
