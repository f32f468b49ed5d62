"""The search: runs every rule over every text, and says which rule found what where.

The texts of batched rules are joined, so that each rule passes once over all of them, and most do not even pass: a
rule that names literals is tried only where one of them stands in the text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from scrubbing.errors import PolicyError
from scrubbing.rules.rows import LONGEST_ASKED
from scrubbing.rules.rows import TooManyError as _TooManyError
from scrubbing.rules.views import Views, bleached, coloured
from scrubbing.rules.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: A text with more findings than this is not worth its parts, and rewriting it would not be bounded.
MOST_FINDINGS: Final = 5_000
#: Texts are looked at in so many parts, none of less than so many characters: what is made of a part takes ten times
#: its memory meanwhile, and each rule asks once of each part whether it may find anything there.
_PARTS, _LEAST = 4, 3_500
#: Stands for a rule's number where there is too much to find.
TOO_MANY: Final = -1

Span = tuple[int, int, int]  # start, end, number of the rule


@attrs.frozen(eq=False, repr=False)
class Probe:
    """A rule with what decides whether it is tried.

    Args:
        number: its place among the engine's rules.
        rule: the rule.
        literals: texts of which one must be there; empty: the rule is always tried.
        shaped: they are looked for in the shape rather than in the lowered text.
        spaced: one of them has a space: that its piece stands somewhere does not say that it does.
        pieces: of those looked for in the lowered text, their longest pieces without a space; empty: it takes a look.
    """

    number: int
    rule: Any
    literals: tuple[str, ...]
    shaped: bool
    spaced: bool
    pieces: frozenset[str]

    @classmethod
    def of(cls, number: int, rule: Any, vocabulary: Vocabulary) -> Probe:
        """Take from a rule what it says of itself."""
        literals = tuple(getattr(rule, "literals", ()))
        spaced = any(literal.split() != [literal] for literal in literals)
        shaped = getattr(rule, "over", "") == "shape"
        pieces = frozenset(() if shaped else (vocabulary.pieces.get(literal, "") for literal in literals))
        if "" in pieces:
            pieces = frozenset()  # one of them is white space alone
        return cls(number, rule, literals, shaped, spaced, pieces)

    def may_find(self, views: Views) -> bool:
        """Say whether one of the literals is there."""
        if not self.literals:
            return True
        if self.shaped:
            return any(literal in views.shape for literal in self.literals)
        if self.pieces and self.pieces.isdisjoint(views.standing):
            return False
        return not self.spaced or any(map(views.has, self.literals))


def vocabulary(rules: Iterable[Any], *, remembers: bool) -> Vocabulary:
    """Make the vocabulary of all literals that rules look for in the lowered text.

    Args:
        rules: the rules.
        remembers: whether it may remember words.
    """
    literals: set[str] = set()
    for each in rules:
        if getattr(each, "over", "") != "shape":
            literals.update(getattr(each, "literals", ()))
        for form in getattr(each, "forms", ()):
            literals.update(form.needles)
    return Vocabulary(literals, remembers=remembers)


def search(probes: Iterable[Probe], texts: Sequence[str], known: Vocabulary) -> dict[str, list[Span]]:
    """Find everything in distinct texts.

    Args:
        probes: the rules.
        texts: the texts.
        known: the vocabulary of these rules.

    Returns:
        The spans of each text in which there are any; one span numbered `TOO_MANY` where there are too many.

    Raises:
        PolicyError: a rule of somebody's own found a range outside its text.
    """
    most = max(sum(map(len, texts)) // _PARTS, _LEAST)
    found: dict[str, list[Span]] = {}
    start = size = 0
    for at, text in enumerate(texts):
        if size + len(text) > most and at > start:
            found.update(_bounded(probes, texts[start:at], known))
            start, size = at, 0
        size += len(text)
    found.update(_bounded(probes, texts[start:], known))
    for text in filter(coloured, texts):
        _add_bleached(probes, text, known, found)
    return found


def _add_bleached(probes: Iterable[Probe], text: str, known: Vocabulary, found: dict[str, list[Span]]) -> None:
    """Search a text once more without its colours: to the first search they are spaces, which tear a secret apart."""
    bare, places = bleached(text)
    if len(bare) == len(text) or not bare:
        return
    spans = _bounded(probes, [bare], known).get(bare, [])
    if spans and TOO_MANY in (spans[0][2], found.get(text, spans)[0][2]):
        found[text] = [(0, len(text), TOO_MANY)]
    elif spans:
        found.setdefault(text, []).extend((places[start], places[end - 1] + 1, number) for start, end, number in spans)


def _bounded(probes: Iterable[Probe], texts: Sequence[str], known: Vocabulary) -> dict[str, list[Span]]:
    """Search; where there is too much to find, each text by itself."""
    try:
        return _search(probes, texts, known)
    except _TooManyError:  # in one of them, or in all together: each by itself tells
        found = {}
        if len(texts) == 1:
            return {texts[0]: [(0, len(texts[0]), TOO_MANY)]}
        for text in texts:
            try:
                found.update(_search(probes, [text], known))
            except _TooManyError:  # noqa: PERF203 - each text has its own outcome
                found[text] = [(0, len(text), TOO_MANY)]
        return found


def _search(probes: Iterable[Probe], texts: Sequence[str], known: Vocabulary) -> dict[str, list[Span]]:
    views = Views.of(*texts, vocabulary=known)
    found: dict[str, list[Span]] = {}
    total = 0
    standing = views.standing
    for probe in probes:
        # Nearly all end here, for less than a call costs.
        if (probe.pieces and probe.pieces.isdisjoint(standing)) or not probe.may_find(views):
            continue
        for index, start, end in _spans(probe.rule, views, texts):
            found.setdefault(texts[index], []).append((start, end, probe.number))
            total += 1
        if total > MOST_FINDINGS:
            raise _TooManyError
    return found


def _spans(rule: Any, views: Views, texts: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    if not getattr(rule, "batched", False):
        return ((index, *span) for index, text in enumerate(texts) for span in _checked(rule, text))
    spans = list(islice(rule.spans(views), MOST_FINDINGS + 1))
    if not spans:
        return ()
    if len(spans) > MOST_FINDINGS:
        raise _TooManyError
    inside, torn = views.split(spans)
    for index in torn:
        inside.extend((index, start, end) for start, end in rule.find(texts[index]))
    return inside


def _checked(rule: Any, text: str) -> Iterator[tuple[int, int]]:
    """Hold somebody's rule to its word: ranges inside the text; empty ones are nothing."""
    if len(text) > LONGEST_ASKED and not hasattr(rule, "regex"):
        raise _TooManyError  # it was tried on shorter ones, and cannot be stopped
    for start, end in islice(rule.find(text), MOST_FINDINGS + 1):
        if not 0 <= start <= end <= len(text):
            raise PolicyError(f"rule {rule.name!r}: find: a range is outside the text")
        if start < end:
            yield start, end
