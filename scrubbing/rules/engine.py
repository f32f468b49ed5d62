"""The engine: runs rules over texts, and sees to it that nothing they find is left.

All rules look at the same original texts. Overlapping findings merge; the widest names the result, and of two equally
wide ones the one whose rule's name comes first, so that the order of rules never matters. A rewritten text is looked
at again: if anything is left to find, the whole value becomes ``[Filtered]``. Placeholders are never findings,
whatever this machine's user is called. Pure: no file, no clock, no network; nothing that was found is kept, logged or
put into an error.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import attrs

from scrubbing.errors import PolicyError
from scrubbing.rules.names import NameRule, machine_rules
from scrubbing.rules.rows import FILTERED, TEXT_KINDS, Keys, Redaction, check_parts, compiled, snake
from scrubbing.rules.search import TOO_MANY, Probe, Span, search, vocabulary
from scrubbing.schema.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from scrubbing.identity import Machine
    from scrubbing.rules.rows import Rule
    from scrubbing.rules.vocabulary import Vocabulary

    Item = tuple[str, Kind, str | None]  # a text, the kind of its field, the key it stands under
    Group = tuple[Collection[str], Kind, str | None]  # texts of one kind under one key

_HASH_DIGITS: Final = 16
#: Texts remembered to have nothing in them, as 64-bit hashes keyed by the process: no text is kept, 1 MiB at most.
_MOST_CLEAN: Final = 8_192
#: Keys remembered in the same way, with the numbers of the rules that look at what stands under them.
_MOST_KEYS: Final = 2_048
_TEXTS: Final = tuple(TEXT_KINDS)  # a tuple compares identities, where a set would hash members of an enumeration


@attrs.frozen
class Finding:
    """A range of a text that must not leave.

    Args:
        start, end: the range, in characters.
        rule: the name of the rule that found it; ``too-many`` where there was more to find than is worth looking for.
        replacement: what takes its place.
    """

    start: int
    end: int
    rule: str
    replacement: str


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rules)


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


@attrs.frozen(eq=False)
class Engine:
    """A set of rules, ready to run.

    Args:
        rules: rows and other rules, each name once; `BUILTIN` gives ours.
        machine: whose names are to be found; None for nobody's.
        ordinary: names (the app, its packages and commands, installed modules) that count as this machine's user or
            host only in a personal position, in addition to the ordinary words.
        hash_key: the local secret of `Redaction.HASH`; without it, findings of such rules are replaced.
        cache: whether it is remembered, as hashes, which texts had nothing in them, which rules look at what stands
            under a key, and which literals stand in a word.

    Raises:
        PolicyError: two rules of one name, an object that is no rule, or an example that does not hold; says which.
    """

    rules: tuple[Rule, ...] = attrs.field(converter=_rules, repr=lambda rules: f"<{len(rules)} rules>")
    machine: Machine | None = attrs.field(default=None, repr=False)
    ordinary: frozenset[str] = attrs.field(default=frozenset(), converter=_names)
    hash_key: bytes = attrs.field(default=b"", repr=False)
    cache: bool = attrs.field(default=True, kw_only=True)
    _proven: bool = attrs.field(default=False, repr=False, kw_only=True)  # set where examples are being checked
    _all: tuple[Any, ...] = attrs.field(init=False, repr=False)
    _vocabulary: Vocabulary = attrs.field(init=False, repr=False)
    _probes: tuple[Probe, ...] = attrs.field(init=False, repr=False)
    _others: tuple[Probe, ...] = attrs.field(init=False, repr=False)
    _keyed: tuple[tuple[int, Any], ...] = attrs.field(init=False, repr=False)
    _constant: tuple[str, ...] = attrs.field(init=False, repr=False)
    _opaque: str = attrs.field(init=False, repr=False)
    _clean: dict[int, None] = attrs.field(init=False, repr=False, factory=dict)
    _keys: dict[int, tuple[int, ...]] = attrs.field(init=False, repr=False, factory=dict)

    @_all.default
    def _gather(self) -> tuple[Any, ...]:
        names = machine_rules(self.machine, self.ordinary) if self.machine else ()
        gathered = sorted((*names, *self.rules), key=lambda each: str(getattr(each, "name", "")))
        seen: set[str] = set()
        for each in gathered:
            _check_rule(each, seen)
        return tuple(gathered)

    @_vocabulary.default
    def _literals(self) -> Vocabulary:
        return vocabulary(self._all, remembers=self.cache)

    @_probes.default
    def _seekers(self) -> tuple[Probe, ...]:
        known = self._vocabulary
        return tuple(Probe.of(number, each, known) for number, each in enumerate(self._all) if type(each) is not Keys)

    @_others.default
    def _unbatched(self) -> tuple[Probe, ...]:
        """Functions and objects of somebody's own may change their mind, so they are asked each time."""
        return tuple(probe for probe in self._probes if not getattr(probe.rule, "batched", False))

    @_keyed.default
    def _judges(self) -> tuple[tuple[int, Any], ...]:
        return tuple((number, each) for number, each in enumerate(self._all) if type(each) in (Keys, NameRule))

    @_constant.default
    def _replacements(self) -> tuple[str, ...]:
        """What takes the place of what a rule finds, where that is always the same; last where there is too much."""
        replaced = (Redaction.REPLACE, *(() if self.hash_key else (Redaction.HASH,)))
        return *(_placeholder(each) if each.redaction in replaced else "" for each in self._all), FILTERED

    @_opaque.default
    def _placeholders(self) -> str:
        words = {FILTERED, *(_placeholder(each) for each in self._all)}
        inner = "|".join(re.escape(word[1:-1]) for word in sorted(words))
        return rf"\[(?:{inner})(?::[0-9a-f]{{{_HASH_DIGITS}}})?\]|\*+"

    def __attrs_post_init__(self) -> None:
        """Check the examples of every rule that is not one of ours (ours are checked by the tests)."""
        for each in () if self._proven else self.rules:
            if not getattr(each, "batched", False):
                check_examples(each)

    def find(self, text: str, kind: Kind, key: str | None = None) -> list[Finding]:
        """Find what must not leave.

        Args:
            text: the text.
            kind: what kind of field it stands in; identifiers, symbols, facts and numbers are never looked at.
            key: the key it stands under, if any.

        Returns:
            Findings in order, none overlapping another.
        """
        spans = self._findings([((text,), kind, key)])[0].get(text, ())
        return [Finding(start, end, *self._named(text, start, end, number)) for start, end, number in spans]

    @property
    def names(self) -> frozenset[str]:
        """The names of the rules."""
        return frozenset(each.name for each in self._all)

    def redaction(self, rule: str) -> Redaction:
        """Return what happens to the findings of a rule, given its name; a name of no rule is replaced."""
        made: Redaction = next((each.redaction for each in self._all if each.name == rule), Redaction.REPLACE)
        return Redaction.REPLACE if made is Redaction.HASH and not self.hash_key else made

    def clean(self, text: str, kind: Kind, key: str | None = None) -> bool:
        """Say whether there is nothing to find."""
        return not self._findings([((text,), kind, key)])[0]

    def scrub(self, text: str, kind: Kind, key: str | None = None) -> str:
        """Rewrite a text so that nothing is left to find in it."""
        return self.scrub_all([(text, kind, key)])[0]

    def scrub_key(self, key: str) -> str:
        """Rewrite the key of a bag, which is free text like any other."""
        return self.scrub(key, Kind.TEXT)

    def scrub_all(self, items: Sequence[Item]) -> list[str]:
        """Rewrite many texts at once, each as `scrub` would; distinct ones are looked at once.

        Args:
            items: ``(text, kind, key)`` as `find` takes them.

        Returns:
            The rewritten texts, in the order of `items`.
        """
        changed = self.changes([((text,), kind, key) for text, kind, key in items])
        return [each.get(item[0], item[0]) for each, item in zip(changed, items, strict=True)]

    def changes(self, groups: Sequence[Group]) -> list[dict[str, str]]:
        """Rewrite the texts of many fields at once, each as `scrub` would.

        Args:
            groups: ``(texts, kind, key)``, where `find` takes one text; a text may come again.

        Returns:
            For each group those in which something was found, and what they became.
        """
        changed = [
            {text: self._rewritten(text, spans) for text, spans in found.items()} for found in self._findings(groups)
        ]
        again = [(tuple(made.values()), kind, key) for made, (_, kind, key) in zip(changed, groups, strict=True)]
        for made, left in zip(changed, self._findings(again), strict=True):
            if left:
                made.update([(text, FILTERED) for text, after in made.items() if after in left])
        return changed

    def _findings(self, groups: Sequence[Group]) -> list[dict[str, list[Span]]]:
        """Find in many texts; of each group only those with findings are in the answer, in order and apart."""
        spans = self._search(dict.fromkeys(chain.from_iterable(texts for texts, kind, _ in groups if kind in _TEXTS)))
        under = {key: self._under(key) for key in {key for texts, _, key in groups if texts}}
        found: list[dict[str, list[Span]]] = []
        for texts, kind, key in groups:
            found.append({})
            numbers = under.get(key)
            if kind in _TEXTS and (numbers or not spans.keys().isdisjoint(texts)):
                for text in dict.fromkeys(texts):
                    several = spans.get(text)
                    if text and (several or numbers):
                        findings = self._judged(text, kind, several or [], numbers or ())
                        if findings:
                            found[-1][text] = findings
        return found

    def _search(self, texts: dict[str, None]) -> dict[str, list[Span]]:
        """Search texts that are not known to have nothing in them.

        Most strings of an event are those of the one before, and the fence asks about each that a hook let through.
        """
        clean = self._clean
        texts.pop("", None)
        new = [text for text in texts if str.__hash__(text) not in clean]
        known = [text for text in texts if str.__hash__(text) in clean] if self._others else ()
        del texts  # what a search makes of them is as much again
        spans = search(self._probes, new, self._vocabulary) if new else {}
        if len(clean) + len(new) > _MOST_CLEAN:
            clean.clear()
        if self.cache:
            clean.update((str.__hash__(text), None) for text in new[:_MOST_CLEAN] if text not in spans)
        if known:
            spans.update(search(self._others, known, self._vocabulary))
        return spans

    def _under(self, key: str | None) -> tuple[int, ...]:
        """Say which rules have something to say about values under a key: names of fields and variables come again."""
        if key is None:
            return ()
        known = self._keys.get(str.__hash__(key))
        if known is not None:
            return known
        snaked = snake(key)
        numbers = tuple(
            number for number, each in self._keyed if each.matches(key if getattr(each, "raw", False) else snaked)
        )
        if len(self._keys) >= _MOST_KEYS:
            self._keys.clear()
        if self.cache:
            self._keys[str.__hash__(key)] = numbers
        return numbers

    def _judged(self, text: str, kind: Kind, spans: list[Span], numbers: tuple[int, ...]) -> list[Span]:
        """Keep what rules for this kind found, and what rules for this key say; merge it."""
        if spans and spans[0][2] == TOO_MANY:
            return spans
        every = self._all
        kept = [span for span in spans if kind in every[span[2]].kinds]
        kept += [
            (0, len(text), number) for number in numbers if kind in every[number].kinds and every[number].takes(text)
        ]
        if not kept:
            return []
        opaque = [match.span() for match in compiled(self._opaque).finditer(text)]
        return _merge(sorted(_outside(text, kept, opaque)) if opaque else sorted(kept))

    def _rewritten(self, text: str, spans: list[Span]) -> str:
        """Put placeholders where spans are."""
        parts: list[str] = []
        position = 0
        for start, end, number in spans:
            parts += text[position:start], self._constant[number] or self._named(text, start, end, number)[1]
            position = end
        parts.append(text[position:])
        return "".join(parts)

    def _named(self, text: str, start: int, end: int, number: int) -> tuple[str, str]:
        """Give the name of the rule that found a span, and what takes its place."""
        if number == TOO_MANY:
            return "too-many", FILTERED
        by = self._all[number]
        replacement = _placeholder(by)
        if by.redaction is Redaction.REMOVE:
            replacement = ""
        elif by.redaction is Redaction.MASK:
            replacement = "*" * (end - start)
        elif by.redaction is Redaction.HASH and self.hash_key:
            replacement = f"{replacement[:-1]}:{_digest(self.hash_key, text[start:end])}]"
        return by.name, replacement


def check_examples(rule: Any) -> None:
    """Check that a rule by itself does what its examples say.

    Raises:
        PolicyError: an example does not hold; says which one by its number, since examples may be secrets.
    """
    alone = Engine((rule,), proven=True)
    kind = Kind.TEXT if Kind.TEXT in rule.kinds else min(rule.kinds, key=str)
    for number, example in enumerate(getattr(rule, "examples", ())):
        if type(rule) is Keys:
            holds = rule.matches(snake(example.text)) is (example.text != example.expected)
        else:
            holds = alone.scrub(example.text, kind) == example.expected
        if not holds:
            raise PolicyError(f"rule {rule.name!r}: examples[{number}]: the rule does not do what the example expects")


def _check_rule(rule: Any, seen: set[str]) -> None:
    if not all(hasattr(rule, part) for part in ("name", "kinds", "redaction")) or not callable(
        getattr(rule, "find", None)
    ):
        raise PolicyError(f"rule {rule!r}: expected an object with name, kinds, redaction and find")
    if isinstance(rule.name, str) and rule.name in seen:
        raise PolicyError(f"rule {rule.name!r}: there are two rules of this name")
    if not getattr(rule, "batched", False):
        check_parts(rule)
    seen.add(rule.name)


def _placeholder(rule: Any) -> str:
    return str(getattr(rule, "placeholder", f"[{rule.name}]"))


def _digest(key: bytes, value: str) -> str:
    import hmac

    return hmac.new(key, value.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:_HASH_DIGITS]


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Merge overlapping spans, which come sorted; the widest gives its rule, and of equals the first by name."""
    merged: list[Span] = []
    left = right = rule = width = 0  # of what is being merged, and of the widest in it
    for start, end, number in spans:
        if start >= right:
            if right:
                merged.append((left, right, rule))
            left, right, rule, width = start, end, number, end - start
            continue
        if end - start > width or (end - start == width and number < rule):
            rule, width = number, end - start  # rules are numbered in the order of their names
        right = max(right, end)
    if right:
        merged.append((left, right, rule))
    return merged


def _outside(text: str, spans: list[Span], opaque: list[tuple[int, int]]) -> Iterator[Span]:
    """Drop spans that hold nothing but placeholders; widen those that cut one, so that no half of one remains."""
    starts = [start for start, _ in opaque]
    for start, end, number in spans:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        if last < 0 or opaque[last][1] <= start:
            yield start, end, number
            continue
        left = opaque[first][0] if first >= 0 and start < opaque[first][1] else start
        right = max(end, opaque[last][1])
        if any(map(str.isalnum, _without(text, left, right, opaque[max(first, 0) : last + 1]))):
            yield left, right, number


def _without(text: str, start: int, end: int, opaque: list[tuple[int, int]]) -> str:
    parts = []
    for left, right in opaque:
        parts.append(text[start:left])
        start = max(start, right)
    return "".join(parts) + text[start:end]
