"""Which of the rules' literals stand in a text, by its words: most of them the memory has met before.

Texts are new with each event, the words of programs and their messages hardly are. A word is remembered as a 64-bit
hash, keyed by the process, with the literals that stand in it: no text is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Final

from scrubbing.rules.views import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Words that are remembered, with as many pieces each at most: 1.4 MiB of them.
_MOST: Final = 8_192
_MOST_PIECES: Final = 8
#: Longer words are names, tokens and data: they hardly come again.
_LONGEST: Final = 256


class Vocabulary:
    """Literals to look for, and what is known of words.

    Args:
        literals: lower-case texts.
        remembers: whether it remembers words.
    """

    __slots__ = ("_known", "_pieces", "_remembers", "_signs", "pieces")

    def __init__(self, literals: Iterable[str], *, remembers: bool = True) -> None:
        #: The longest piece without white space of each literal that has one: what stands in a word if that stands.
        self.pieces = {literal: max(literal.split(), key=len) for literal in literals if literal.strip()}
        every = sorted(set(self.pieces.values()))
        self._signs = tuple(piece for piece in every if len(piece) == 1)  # in every other word, and found at once
        self._pieces = tuple(piece for piece in every if len(piece) > 1)
        self._known: dict[int, tuple[str, ...]] = {}
        self._remembers = remembers

    def standing(self, low: str) -> set[str]:
        """Say which pieces stand in a text.

        Args:
            low: the text, or texts with `EDGE` between them, in lower case.
        """
        words = list(dict.fromkeys(low.replace(EDGE, " ").split()))  # a set takes up to four times as much memory
        known = list(map(self._known.get, map(hash, words)))
        found = {piece for piece in self._signs if piece in low}
        found.update(chain.from_iterable(set(filter(None, known))))
        if None in known:
            found.update(self._learn([word for word, pieces in zip(words, known, strict=True) if pieces is None]))
        return found

    def _learn(self, words: list[str]) -> list[str]:
        """Look at words nobody has asked about, and remember what stands in each."""
        starts, position = [], 0
        for word in words:
            starts.append(position)
            position += len(word) + 1
        text = " ".join(words)
        found = [piece for piece in self._pieces if piece in text]
        if not self._remembers:
            return found
        within: dict[int, list[str]] = {}
        for piece in found:
            at = text.find(piece)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                within.setdefault(number, []).append(piece)
                at = text.find(piece, starts[number] + len(words[number]))
        self._remember(
            {hash(word): tuple(within.get(number, ())) for number, word in enumerate(words) if len(word) <= _LONGEST}
        )
        return found

    def _remember(self, made: dict[int, tuple[str, ...]]) -> None:
        if len(self._known) + len(made) > _MOST:
            self._known.clear()
        if len(made) <= _MOST:
            self._known.update(made)
