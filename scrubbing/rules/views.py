"""The forms of a text that rules look at, made once for all rules and for as many texts as there are.

Texts are joined with NUL between them; positions in the joined text, in its lower-case form and in its shape are the
same.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Stands between joined texts; batched rules treat it as the edge of the text.
EDGE: Final = "\0"
_UPPER, _LOWER, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz", b"0123456789"
_SHAPE: Final = bytes.maketrans(_DIGITS + _UPPER + _LOWER, b"0" * 10 + b"A" * 26 + b"a" * 26)


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
        text: the texts as they are, joined.
        low: in lower case.
        shape: each digit a ``0``, each ASCII letter an ``A`` or ``a``, each character beyond ASCII a ``?``.
        starts: where each text begins.
        words, shapes: the distinct words of `low` and of `shape`, in no order: few of an event's words are distinct, so
            a literal is looked for here, unless it has a space.
    """

    text: str
    low: str
    shape: str
    starts: tuple[int, ...]
    words: str
    shapes: str

    @classmethod
    def of(cls, *texts: str) -> Views:
        """Join texts and make their views."""
        text = EDGE.join(texts) if len(texts) != 1 else texts[0]
        shape = text.encode("ascii", "replace").translate(_SHAPE).decode("ascii")
        low = lower(text)
        return cls(text, low, shape, _starts(texts), _distinct(low), _distinct(shape))

    def has(self, literal: str) -> bool:
        """Say whether a literal stands in the lowered text."""
        return literal in (self.words if literal.split() == [literal] else self.low)

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
        for start, end in spans:
            index = bisect_right(self.starts, start) - 1
            if end <= self._end(index):
                inside.append((index, start - self.starts[index], end - self.starts[index]))
            else:
                torn.update(range(index, bisect_right(self.starts, end - 1)))
        return inside, torn

    def _end(self, index: int) -> int:
        return self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)


def _distinct(text: str) -> str:
    return " ".join(set(text.split()))


def _starts(texts: Sequence[str]) -> tuple[int, ...]:
    starts, position = [], 0
    for text in texts:
        starts.append(position)
        position += len(text) + 1
    return tuple(starts)
