"""The forms of a text that rules look at, made once for all rules and for as many texts as there are.

Texts are joined with NUL between them; positions in the joined text, in its lower-case form and in its shape are the
same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from scrubbing.rules.vocabulary import Vocabulary

#: Stands between joined texts; batched rules treat it as the edge of the text.
EDGE: Final = "\0"
_UPPER, _LOWER, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz", b"0123456789"
_SHAPE: Final = bytes.maketrans(_DIGITS + _UPPER + _LOWER, b"0" * 10 + b"A" * 26 + b"a" * 26)


#: A terminal's colours, as they are and as escapes: to rules they are white space, else their last letter joins a word.
_COLOURS: Final = r"(?:\x1b|\\(?:x1b|u001b|033))(?:\[[\d;?]{0,24}[A-Za-z]|\(B)"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def coloured(text: str) -> bool:
    """Say whether there may be a terminal's colours in a text."""
    return "\x1b" in text or "1b[" in text or "033[" in text or "1b(B" in text or "033(B" in text


def _uncoloured(text: str) -> str:
    return re.sub(_COLOURS, _blank, text) if coloured(text) else text


def bleached(text: str) -> tuple[str, tuple[int, ...]]:
    """Take a terminal's colours out of a text, as they can stand within a secret.

    Returns:
        The text without them, and where each of its characters stood.
    """
    kept: list[str] = []
    places: list[int] = []
    start = 0
    for match in re.finditer(_COLOURS, text):
        kept.append(text[start : match.start()])
        places.extend(range(start, match.start()))
        start = match.end()
    kept.append(text[start:])
    places.extend(range(start, len(text)))
    return "".join(kept), tuple(places)


def lower(text: str) -> str:
    """Lower-case a text and keep each character's position: the one character that would become two stays."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def before(text: str, start: int, width: int) -> str:
    """Give at most `width` characters that stand before `start`, up to the edge of their own text."""
    head = text[max(0, start - width) : start]
    return head[head.rfind(EDGE) + 1 :]


def after(text: str, end: int, width: int) -> str:
    """Give at most `width` characters that stand behind `end`, up to the edge of their own text."""
    return text[end : end + width].partition(EDGE)[0]


@attrs.frozen(eq=False, repr=False)
class Views:
    """One or more texts, in the forms that rules look at.

    Args:
        text: the texts as they are, joined; spaces stand for a terminal's colours.
        low: in lower case.
        shape: each digit a ``0``, each ASCII letter an ``A`` or ``a``, each character beyond ASCII a ``?``.
        starts: where each text begins.
        vocabulary: knows which literals stand in which words; without it they are looked for in the text.
        standing: the pieces of its literals that stand in the texts.
    """

    text: str
    low: str
    shape: str
    starts: tuple[int, ...]
    vocabulary: Vocabulary | None = None
    standing: AbstractSet[str] = frozenset()

    @classmethod
    def of(cls, *texts: str, vocabulary: Vocabulary | None = None) -> Views:
        """Join texts and make their views."""
        text = _uncoloured(EDGE.join(texts) if len(texts) != 1 else texts[0])
        low = lower(text)
        standing = vocabulary.standing(low) if vocabulary else frozenset()
        shape = text.encode("ascii", "replace").translate(_SHAPE).decode("ascii")
        return cls(text, low, shape, _starts(texts), vocabulary, standing)

    def has(self, literal: str) -> bool:
        """Say whether a literal stands in the lowered text."""
        piece = self.vocabulary.pieces.get(literal) if self.vocabulary else None
        if piece is None:
            return literal in self.low
        return piece in self.standing and (piece is literal or piece == literal or literal in self.low)

    def at(self, literals: Iterable[str]) -> list[int]:
        """Say where literals stand in the lowered text, in order."""
        found = []
        for literal in literals:
            at = self.low.find(literal) if self.has(literal) else -1
            while at >= 0:
                found.append(at)
                at = self.low.find(literal, at + 1)
        return sorted(found)

    def view(self, name: str) -> str:
        """Give the view of this name: text, low or shape."""
        return self.text if name == "text" else self.low if name == "low" else self.shape

    def split(self, spans: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int, int]], set[int]]:
        """Say which text each range lies in.

        Returns:
            ``(index, start, end)`` for each range, relative to its text; and the indices of texts that a range left
            at an edge.
        """
        if len(self.starts) == 1:
            return [(0, start, end) for start, end in spans], set()
        inside: list[tuple[int, int, int]] = []
        torn: set[int] = set()
        index, first, last = -1, 0, -1
        for start, end in spans:
            if not first <= start <= last:  # most lie in the text of the one before
                index = bisect_right(self.starts, start) - 1
                first, last = self.starts[index], self._end(index)
            if end <= last:
                inside.append((index, start - first, end - first))
            else:
                torn.update(range(index, bisect_right(self.starts, end - 1)))
        return inside, torn

    def _end(self, index: int) -> int:
        return self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)


def _starts(texts: Sequence[str]) -> tuple[int, ...]:
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text) + 1
    return tuple(starts)
