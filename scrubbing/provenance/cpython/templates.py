"""Templates with slots, matched in linear time: the whole of a text fits, or nothing of it does.

``{slot}`` stands for any characters (``{int}`` for decimal digits, a few others for listed phrases alone),
``{one|other}`` for one of several literals, ``{{`` for a brace. Matching takes the leftmost place of each literal,
then, if a slot does not hold what it must, the rightmost.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import attrs

from scrubbing.provenance.cpython import words

#: Characters at either end of a text by which templates are found.
ENDS = 5


@attrs.frozen
class Template:
    """Literals with slots between them.

    Args:
        literals: one more than there are slots; only the first and the last may be empty.
        slots: the names of the slots.
        kinds: the kinds of instruction it can come from; ``None``: any.
        weight: characters of its literals; of several templates that fit the lightest reveals the least.
        probe: its longest literal, looked for before all else.
    """

    literals: tuple[str, ...]
    slots: tuple[str, ...]
    kinds: frozenset[str] | None
    weight: int
    probe: str

    def holes(self, text: str) -> list[str] | None:
        """Return what stands in the slots, or ``None`` if the text is another."""
        first, last = self.literals[0], self.literals[-1]
        if not (text.startswith(first) and text.endswith(last)) or len(text) < self.weight:
            return None
        if not self.slots:
            return [] if text == first else None
        inner, between = text[len(first) : len(text) - len(last)], self.literals[1:-1]
        return self._checked(_leftmost(inner, between)) or self._checked(_rightmost(inner, between))

    def _checked(self, holes: list[str] | None) -> list[str] | None:
        """Refuse holes that do not hold what their slots ask for."""
        if holes is None:
            return None
        for slot, hole in zip(self.slots, holes, strict=True):
            if slot in _CHECKED and not _CHECKED[slot](hole):
                return None
        return holes


def is_int(text: str) -> bool:
    """Say whether a text is the digits of an integer."""
    digits = text[1:] if text[:1] == "-" else text
    return digits.isascii() and digits.isdecimal()


#: Slots in which not anything may stand.
_CHECKED: dict[str, Callable[[str], bool]] = {
    "int": is_int,
    "path": lambda hole: "/" in hole or "\\" in hole or hole.startswith("<"),
    "wanted": lambda hole: hole in words.WANTED or hole in words.TYPES,
    "ssl": words.SSL.__contains__,
    "signal": words.SIGNALS.__contains__,
}


def _leftmost(text: str, literals: tuple[str, ...]) -> list[str] | None:
    holes, start = [], 0
    for literal in literals:
        at = text.find(literal, start)
        if at < 0:
            return None
        holes.append(text[start:at])
        start = at + len(literal)
    return [*holes, text[start:]]


def _rightmost(text: str, literals: tuple[str, ...]) -> list[str] | None:
    holes, end = [], len(text)
    for literal in reversed(literals):
        at = text.rfind(literal, 0, end)
        if at < 0:
            return None
        holes.append(text[at + len(literal) : end])
        end = at
    return [*holes, text[:end]][::-1]


def parsed(source: str, kinds: frozenset[str] | None, suffixes: tuple[str, ...] = ("",)) -> Iterator[Template]:
    """Read a template; one with alternatives is several."""
    pieces = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(_pieces(source))]
    for chosen in itertools.product(*pieces, suffixes):
        yield _template(_joined(chosen, pieces), kinds)


def _joined(chosen: tuple[str, ...], pieces: list[list[str]]) -> list[str]:
    """Literals and slots in turn, where the alternatives have become parts of literals."""
    parts = [""]
    for at, piece in enumerate(chosen):
        if at % 2 and at < len(pieces) and len(pieces[at]) == 1:
            parts += [piece, ""]
        elif at == len(pieces):  # the suffix, which has slots of its own
            literals = _pieces(piece)
            parts[-1] += literals[0]
            parts += literals[1:]
        else:
            parts[-1] += piece
    return parts


def _pieces(source: str) -> list[str]:
    """Split a source at its slots: literal, slot, literal, ..."""
    pieces, literal, rest = [], "", source
    while rest:
        before, brace, rest = rest.partition("{")
        literal += before
        if brace and rest.startswith("{"):
            literal, rest = literal + "{", rest[1:]
        elif brace:
            slot, _, rest = rest.partition("}")
            pieces += [literal, slot]
            literal = ""
    return [*pieces, literal]


def _template(parts: list[str], kinds: frozenset[str] | None) -> Template:
    literals = tuple(parts[::2])
    return Template(literals, tuple(parts[1::2]), kinds, sum(map(len, literals)), max(literals, key=len))


class Index:
    """The templates of one class of exceptions, found by how a text begins, or else by how it ends."""

    __slots__ = ("_by_prefix", "_by_suffix", "_loose")

    def __init__(self, templates: Iterator[Template]) -> None:
        self._by_prefix: dict[str, list[_Entry]] = {}
        self._by_suffix: dict[str, list[_Entry]] = {}
        self._loose: list[_Entry] = []
        for one in templates:
            first, last = one.literals[0], one.literals[-1]
            self._shelf(first, last).append((first, last, one.probe, one))

    def _shelf(self, first: str, last: str) -> list[_Entry]:
        if len(first) >= ENDS:
            return self._by_prefix.setdefault(first[:ENDS], [])
        return self._by_suffix.setdefault(last[-ENDS:], []) if len(last) >= ENDS else self._loose

    def fitting(self, text: str, kind: str, filled: Callable[[Template, list[str]], str]) -> str | None:
        """Return what is left of a text by the lightest template that fits, or ``None`` if none does."""
        best: tuple[Template, list[str]] | None = None
        for shelf in (self._by_prefix.get(text[:ENDS], ()), self._by_suffix.get(text[-ENDS:], ()), self._loose):
            for first, last, probe, one in shelf:
                if not (probe in text and text.endswith(last) and text.startswith(first)):
                    continue
                if one.kinds is not None and kind not in one.kinds:
                    continue
                holes = one.holes(text) if best is None or one.weight < best[0].weight else None
                best = (one, holes) if holes is not None else best
        return filled(*best) if best is not None else None


#: The first and the last literal of a template and its longest: what is looked at before anything is called.
_Entry = tuple[str, str, str, Template]
