"""What the walker does, written straight from the table and without any haste: what the generated code is held against.

It asks values for their types and never calls them, as the walker; it knows no budgets, so payloads must be small.
"""

from __future__ import annotations

import math
import re

from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import (
    MARGIN,
    OURS,
    STRING_LIMIT,
    UNKNOWN,
    bare_address,
    is_bare_address,
    is_relative,
    is_symbol,
    shorten,
    whole,
)
from scrubbing.schema.walker.bags import DEPTH, KEY_LIMIT, WIDTH
from scrubbing.schema.walker.table import ROWS

NOTHING = object()


class Reference:
    """Takes one payload; `strings` are (text, kind, name, limit), `spoken` (text, name), `keys` those of bags."""

    def __init__(self, preset, renamed=None):
        self.preset, self.renamed = preset, renamed or {}
        self.strings, self.spoken, self.keys = [], [], set()

    def take(self, name, value):
        """The copy of a record."""
        if not isinstance(value, dict):
            return NOTHING
        found = dict(dict.items(value))
        kept, others = {}, None
        for row in ROWS[name]:
            if row[2] not in PRESETS[: PRESETS.index(self.preset) + 1]:
                continue
            if row[9]:
                others = row
            elif row[0] in found:
                self._put(kept, row[0], self._field(row, found[row[0]]))
        if others is not None:
            named = {row[0] for row in ROWS[name]}
            for key, child in found.items():
                if not isinstance(key, str) or str.__str__(key) in named:
                    continue
                key = self._key(key)
                if key not in kept and key not in named:
                    self._put(kept, key, self._one(others, child, key))
        return kept

    def _put(self, kept, key, value):
        if value is not NOTHING:
            kept[key] = value

    def _field(self, row, value):
        if row[8] == "":
            return self._one(row, value, row[0])
        if row[8] == "values" and isinstance(value, dict):
            value = dict.get(value, "values")
        if not isinstance(value, (list, tuple)):
            return NOTHING
        members = list((list if isinstance(value, list) else tuple).__iter__(value))[-(row[4] or 100) :]
        made = [child for child in (self._one(row, member, "") for member in members) if child is not NOTHING]
        return made if row[8] == "list" else {"values": made}

    def _one(self, row, value, name):
        if row[7]:
            return self.take(row[7], value)
        kind = Kind[row[1]]
        if kind is Kind.BAG:
            return self._bag(value, name, row[3] or WIDTH, row[11] or DEPTH)
        if kind is Kind.NUMBER:
            return value if self._is_number(value, row) else NOTHING
        if kind in (Kind.FACT, Kind.ID):
            return value if self._is_fact(value, row) else NOTHING
        return self._string(row, kind, value, name)

    def _is_number(self, value, row):
        if row[10]:
            return value is True or value is False
        return number(value) and (row[3] is None or (type(value) is int and 0 <= value <= row[3]))

    def _is_fact(self, value, row):
        if row[6] is not None:
            return type(value) is str and value in row[6]
        if type(value) is not str and not number(value):
            return False
        said = value if type(value) is str else repr(value)
        return re.fullmatch(row[5], said, re.ASCII) is not None

    def _string(self, row, kind, value, name):
        limit = row[3] or STRING_LIMIT
        if kind in (Kind.TEXT, Kind.MESSAGE) and (number(value) or value is True or value is False):
            value = str(value)
        if not isinstance(value, str):
            return NOTHING
        text = str.__str__(value)
        text = bare_address(text) if kind is Kind.URL else text
        text = whole(shorten(text, limit if kind is Kind.SYMBOL else limit + MARGIN))
        form = {Kind.SYMBOL: is_symbol, Kind.URL: is_bare_address}.get(kind)
        if kind is Kind.PATH and self.preset == "strict":
            form = is_relative
        text = text if form is None or form(text) else UNKNOWN
        self.strings.append((text, kind, name, limit))
        return text

    def _bag(self, value, name, width, depth):
        if value is None or value is True or value is False:
            return value
        if number(value):
            self.spoken.append((said(value), name))
            return value
        if isinstance(value, str) or (isinstance(value, (dict, list, tuple)) and depth == 0):
            text = whole(shorten(str.__str__(value), STRING_LIMIT + MARGIN)) if isinstance(value, str) else UNKNOWN
            self.strings.append((text, Kind.BAG, name, STRING_LIMIT))
            return text
        if isinstance(value, dict):
            made = {}
            for key, child in list(dict.items(value))[:width]:
                key = self._key(key)
                if key not in made:
                    made[key] = self._bag(child, key, width, depth - 1)
            self.spoken += [("{}", name)] if made else []
            return made
        if not isinstance(value, (list, tuple)):
            return None
        members = list((list if isinstance(value, list) else tuple).__iter__(value))[:width]
        self.spoken += [("[]", name)] if members else []
        return [self._member(child, name, width, depth - 1) for child in members]

    def _member(self, child, name, width, depth):
        if depth and isinstance(child, (list, tuple)):
            pair = list((list if isinstance(child, list) else tuple).__iter__(child))
            if len(pair) == 2 and isinstance(pair[0], str) and str.__str__(pair[0]) not in OURS:
                key = self._key(pair[0])
                self.spoken.append(("[]", name))
                key += ":" * (key in OURS)
                return [key, self._bag(pair[1], key, width, depth - 1)]
        return self._bag(child, name, width, depth)

    def _key(self, key):
        if isinstance(key, str):
            name = whole(shorten(str.__str__(key), KEY_LIMIT + MARGIN))
        else:
            name = str(key) if key is None or key is True or key is False or number(key) else UNKNOWN
        self.keys.add(name)
        return shorten(self.renamed.get(name, name), KEY_LIMIT)


def number(value):
    """Whether JSON and every server can hold it."""
    if type(value) is int:
        return -(2**63) <= value < 2**64
    return type(value) is float and math.isfinite(value)


def said(value):
    """A number as rules read it."""
    return str(int(value)) if type(value) is float and value.is_integer() and abs(value) < 2.0**63 else str(value)
