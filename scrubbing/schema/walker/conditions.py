"""What says that a plain value is as usual, written out for the walker's source: an expression for each field.

Where one is false, the value is looked at again by `scrubbing.schema.walker.careful`, or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from scrubbing.schema import forms
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import RELATIVES, STRING_LIMIT, SYMBOLS
from scrubbing.schema.walker.careful import MEMBERS, STRINGS, form_of
from scrubbing.schema.walker.table import ROWS

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

#: Names and paths that are looked at once, by the names the source has for them.
_KNOWN = {"SYMBOLS": SYMBOLS, "RELATIVES": RELATIVES}
#: Facts that are new in each payload, or may be any word before it is known to be a command: these are looked at each
#: time, and not remembered.
_PASSING = (forms.STAMP, forms.TIME, forms.HEX16, forms.HEX32, forms.UUID, forms.OWN_ID, forms.COMMAND)
#: Forms of facts that are the same in many, and what the source calls those of each form that were seen.
_FORMS = {
    pattern: f"_form_{number}"
    for number, pattern in enumerate(dict.fromkeys(row[5] for rows in ROWS.values() for row in rows if row[5]))
    if pattern not in _PASSING
}


def known_forms(rows: list[Row]) -> Iterator[str]:
    """Write what the conditions of some fields read."""
    found = {row[5] for row in rows}
    yield from (f"{name} = known_facts({pattern!r})" for pattern, name in _FORMS.items() if pattern in found)


def as_usual(x: str, row: Row, preset: str) -> str:
    """Write the condition under which a value is copied as it is; of a list, before its members are looked at."""
    if row[8]:
        return f"type({x}) is list and len({x}) <= {row[4] or MEMBERS}"
    return short_text(x, row, preset) if Kind[row[1]] in STRINGS else number_or_fact(x, row)


def short_text(x: str, row: Row, preset: str) -> str:
    """Write the condition under which a value is a string, short enough and of its form."""
    kind, limit = Kind[row[1]], row[3] or STRING_LIMIT
    form = form_of(kind, preset)
    for name, known in _KNOWN.items():
        if known.form is form:
            short = f" and len({x}) <= {limit}" if limit < known.limit else ""
            return f"type({x}) is str{short} and {name}[{x}]"
    return f"type({x}) is str and len({x}) <= {limit}{f' and {form.__name__}({x})' if form else ''}"


def number_or_fact(x: str, row: Row) -> str:
    """Write what `scrubbing.schema.walker.leaves.tester` tests."""
    limit, pattern, words = row[3], row[5], row[6]
    if Kind[row[1]] is Kind.NUMBER:
        if row[10]:
            return f"({x} is True or {x} is False)"
        return f"{x} is not None and is_number({x})" if limit is None else f"type({x}) is int and 0 <= {x} <= {limit}"
    if words is not None:
        return f"type({x}) is str and {x} in {{{', '.join(map(repr, dict.fromkeys(words)))}}}"
    return f"{_is_of_form(x, pattern)} if type({x}) is str else {x} is not None and matches({pattern!r}, {x})"


def _is_of_form(x: str, pattern: Any) -> str:
    digits = re.fullmatch(r"\[0-9a-f\]\{(\d+)\}", pattern)
    if digits:
        return f"len({x}) == {digits[1]} and not {x}.strip('0123456789abcdef')"
    return f"{_FORMS[pattern]}[{x}]" if pattern in _FORMS else f"FORMS[{pattern!r}]({x})"
