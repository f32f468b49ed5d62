"""What a rule is: rows of data, and the two ways of writing one in code.

A rule has a `name`, the `kinds` of field it looks at, a `redaction`, a `placeholder`, and ``find(text)``, which
yields the ranges ``(start, end)`` that must not leave. `Pattern` is a rule made of a regular expression, `Keys`
judges a value by the key it stands under, and `rule` makes one of a function. A rule carries its own examples; tests,
documentation and the command line read the same rows. A rule never rewrites anything itself: it sees the original
text, and the engine rewrites.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from scrubbing.errors import PolicyError
from scrubbing.rules.views import Views
from scrubbing.schema.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: The kinds of field that can hold text from run time or from the user; rules look at these alone.
TEXT_KINDS: Final = frozenset({Kind.PATH, Kind.URL, Kind.TEXT, Kind.BAG, Kind.CODE})
#: What replaces a value that cannot be rewritten, or that stands under a sensitive key.
FILTERED: Final = "[Filtered]"
#: What stands where a value would: a template's field, a variable, asterisks.
STAND_IN: Final = r"[%$<{*\[.]|\.\.\.|x{3,}\Z|\*+\Z"

#: What a sensitive key may hold openly: it says that there is no value, which is often the bug.
_NO_VALUES: Final = frozenset({"", "None", "null", "nil", "undefined", "True", "False", "true", "false"})
_NAME: Final = r"[A-Za-z][A-Za-z0-9_.-]{0,47}"
_PLACEHOLDER: Final = r"\[[A-Za-z][A-Za-z0-9 _.-]{0,30}\]"
_VIEWS = ("text", "low", "shape")
_REVERSED_WIDTH = 80  # characters before a match that ``before`` may claim
#: How often a row asks whether a match is a finding: a log has one such match on each of its lines, an attack many.
_MOST_ASKED, _CHARACTERS_AN_ASK = 5_000, 32


#: Characters of a text that somebody's own function is asked about: nothing can stop it while it runs.
LONGEST_ASKED: Final = 65_536


class TooManyError(Exception):
    """A text holds more that might be found than is worth its parts: all of it goes."""


class Redaction(enum.Enum):
    """What happens to a finding, in Relay's words."""

    REMOVE = "remove"  # it goes
    REPLACE = "replace"  # its placeholder takes its place
    MASK = "mask"  # as many asterisks as it had characters
    HASH = "hash"  # a keyed hash: equal values stay equal; without a key as REPLACE


@attrs.frozen
class Example:
    """A text, and what the rule alone makes of it.

    Args:
        text: the text, or for `Keys` the key.
        expected: the text after the rule; the text itself where the rule must not find anything.
    """

    text: str
    expected: str


def hit(text: str, expected: str) -> Example:
    """An example that the rule changes into `expected`."""
    return Example(text, expected)


def miss(text: str) -> Example:
    """An example that the rule must leave alone."""
    return Example(text, text)


class Rule(Protocol):
    """Any object like this is a rule; `placeholder` is ``[<name>]`` where it has none."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the protocol's docstring says it

    @property
    def kinds(self) -> frozenset[Kind]: ...  # noqa: D102 - the protocol's docstring says it

    @property
    def redaction(self) -> Redaction: ...  # noqa: D102 - the protocol's docstring says it

    def find(self, text: str) -> Iterable[tuple[int, int]]: ...  # noqa: D102 - the protocol's docstring says it


@functools.cache
def compiled(regex: str) -> re.Pattern[str]:
    """Compile a regular expression when it is first needed, and keep it."""
    return re.compile(regex)


def _check_name(_: object, __: object, name: Any) -> None:
    if not isinstance(name, str) or not compiled(_NAME).fullmatch(name):
        raise PolicyError(f"rule {name!r}: a name is 1 to 48 of A-Z a-z 0-9 _ . - and begins with a letter")


def _check_kinds(row: Any, _: object, kinds: Iterable[Kind]) -> None:
    for kind in kinds:
        if not isinstance(kind, Kind) or kind not in TEXT_KINDS:
            allowed = ", ".join(sorted(each.name for each in TEXT_KINDS))
            raise PolicyError(f"rule {row.name!r}: kinds: rules look at {allowed}, not at {kind!r}")


def _check_redaction(row: Any, _: object, redaction: Any) -> None:
    if not isinstance(redaction, Redaction):
        raise PolicyError(f"rule {row.name!r}: redaction: expected a Redaction, got {redaction!r}")


def _check_placeholder(row: Any, _: object, placeholder: Any) -> None:
    if not isinstance(placeholder, str) or not compiled(_PLACEHOLDER).fullmatch(placeholder):
        raise PolicyError(f"rule {row.name!r}: placeholder: expected a short word in brackets such as '[order]'")


def _check_regex(row: Any, attribute: attrs.Attribute[str], regex: Any) -> None:
    if not isinstance(regex, str):
        raise PolicyError(
            f"rule {row.name!r}: {attribute.name}: expected a regular expression as a string, got {regex!r}"
        )
    if getattr(row, "batched", False):
        return  # a row of ours: compiled when first needed, its examples are tests
    check_expression(row.name, attribute.name, regex)


def check_expression(name: str, part: str, regex: str) -> None:
    """Check that an expression compiles, takes no empty text and is not slow; raises `PolicyError` with the part."""
    try:
        pattern = compiled(regex)
    except (re.error, OverflowError, RecursionError) as problem:
        raise PolicyError(f"rule {name!r}: {part}: {problem}") from None
    if pattern.fullmatch(""):
        raise PolicyError(f"rule {name!r}: {part}: matches the empty text, so it would find something everywhere")
    _check_time(name, part, regex)


@functools.cache
def _slow_on(regex: str) -> str | None:
    """Try an expression once; rules are made again whenever a policy is."""
    from scrubbing.trials import slow_on  # reads a clock, and is of use only where somebody writes rules

    return slow_on(regex)


def _check_time(name: str, part: str, regex: str) -> None:
    growth = _slow_on(regex)
    if growth is not None:
        raise PolicyError(
            f"rule {name!r}: {part}: takes a time that grows {growth}; give its repeats an upper bound, such as "
            "{1,64}, let it begin with something rare, and let no repeat take what the one beside or around it takes"
        )


def _check_before(row: Any, attribute: attrs.Attribute[str], regex: Any) -> None:
    if regex:
        _check_regex(row, attribute, f"x{regex}" if isinstance(regex, str) else regex)  # it may match nothing


def check_parts(rule: Any) -> None:
    """Check what any object says of itself as a rule, and that its ``find`` takes a text and yields ranges.

    Raises:
        PolicyError: a part is not what it must be; says which.
    """
    _check_name(rule, None, rule.name)
    if not isinstance(rule.kinds, (set, frozenset, tuple, list)):
        raise PolicyError(f"rule {rule.name!r}: kinds: expected a set of Kind, got {type(rule.kinds).__name__}")
    _check_kinds(rule, None, rule.kinds)
    _check_redaction(rule, None, rule.redaction)
    _check_placeholder(rule, None, getattr(rule, "placeholder", f"[{rule.name}]"))
    try:
        for start, end in rule.find("a text, to see that it answers"):
            _ = start + 0, end + 0
    except Exception as problem:
        raise PolicyError(f"rule {rule.name!r}: find: {type(problem).__name__} instead of ranges") from problem


def _kinds(kinds: Iterable[Kind] | Kind) -> frozenset[Kind]:
    return frozenset((kinds,)) if isinstance(kinds, Kind) else frozenset(kinds)


def _examples(examples: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(examples)


def _literals(literals: Iterable[str]) -> tuple[str, ...]:
    return tuple(literals)


def _bracketed(row: Any) -> str:
    return f"[{row.name}]"


@attrs.frozen(eq=False)
class Pattern:
    """A rule made of a regular expression.

    The finding is the last group that matched, or the whole match where the expression has no group.

    Args:
        name: what the rule is called in policies, remarks and statistics.
        regex: searched in the `over` view of the text.
        kinds: the kinds of field it looks at.
        redaction: what happens to a finding.
        placeholder: what takes a finding's place; ``[<name>]`` by default.
        examples: `hit` and `miss`, checked when an engine is built.
        literals: lower-case texts of which each match has at least one; where the lowered text has none, the
            expression is not tried. For ``over="shape"`` they are looked for in the shape.
        over: ``"text"`` (as it is), ``"low"`` (in lower case), or ``"shape"`` (each digit a 0, each ASCII letter an A
            or a).
        before: an expression for what must stand directly before the match and belongs to the finding, for the
            reversed view.
        leads: each match begins with one of the literals, as it stands in the lowered text: an expression that begins
            with several, or with a character of a set, is tried where they stand instead of everywhere.
        check: ``check(text, start, end)`` confirms a finding in the text as it is.
        batched: the expression treats NUL as it treats the edge of the text, so that many texts can be looked at as
            one.

    Raises:
        PolicyError: a part of the row is not what it must be; the message names the rule and the part.
    """

    name: str = attrs.field(validator=_check_name)
    regex: str = attrs.field(validator=_check_regex)
    kinds: frozenset[Kind] = attrs.field(default=TEXT_KINDS, converter=_kinds, validator=_check_kinds)
    redaction: Redaction = attrs.field(default=Redaction.REPLACE, validator=_check_redaction)
    placeholder: str = attrs.field(default=attrs.Factory(_bracketed, takes_self=True), validator=_check_placeholder)
    examples: tuple[Example, ...] = attrs.field(default=(), converter=_examples)
    literals: tuple[str, ...] = attrs.field(default=(), converter=_literals, kw_only=True)
    over: str = attrs.field(default="text", kw_only=True, validator=attrs.validators.in_(_VIEWS))
    before: str = attrs.field(default="", kw_only=True, validator=_check_before)
    leads: bool = attrs.field(default=False, kw_only=True)
    check: Callable[[str, int, int], bool] | None = attrs.field(default=None, kw_only=True)
    batched: bool = attrs.field(default=False, kw_only=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the range of each finding in one text."""
        return self.spans(Views.of(text))

    def spans(self, views: Views) -> Iterator[tuple[int, int]]:
        """Yield the range of each finding in a text whose views are made already.

        Raises:
            TooManyError: there is too much that may be one.
        """
        check, text, view = self.check, views.text, views.view(self.over)
        regex = compiled(self.regex)
        matches = led(regex, view, views.at(self.literals)) if self.leads else regex.finditer(view)
        ranges: Iterator[tuple[int, int]] = (match.span(match.lastindex or 0) for match in matches)
        if self.before or check is not None:
            ranges = _bounded(ranges, _MOST_ASKED + len(text) // _CHARACTERS_AN_ASK)
        for start, end in self._extended(ranges, view) if self.before else ranges:
            if check is None or check(text, start, end):
                yield start, end

    def _extended(self, ranges: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
        before = compiled(self.before)
        for start, end in ranges:
            match = before.match(text[max(0, start - _REVERSED_WIDTH) : start][::-1])
            if match:
                yield start - match.end(), end


def apart(lead: str, joining: str = "0Aa_") -> str:
    """Ask behind the beginning of a number in the shape what stands before it: nothing it would belong to.

    Args:
        lead: the beginning, as an expression of one width.
        joining: the characters that a number belongs to; the end of an escape is none.
    """
    return rf"(?:(?<![{joining}]{lead})|(?<=\\a{lead})|(?<=%00{lead})|(?<=%0A{lead}))"


def led(regex: re.Pattern[str], view: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what ``finditer`` would of an expression whose matches begin at some of these places.

    Args:
        regex: the expression.
        view: what it is tried on.
        places: where matches may begin, in order.
    """
    end = 0
    for at in places:
        match = regex.match(view, at) if at >= end else None
        if match:
            end = match.end()
            yield match


def _bounded(ranges: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    for number, span in enumerate(ranges):
        if number > most:
            raise TooManyError
        yield span


@attrs.frozen(eq=False)
class Keys:
    """A rule that looks at the key (a dictionary's, a variable's, a header's name) and finds the whole value under it.

    Args:
        name: what the rule is called.
        regex: searched in the key after camel case became snake case and everything lower case, so that ``apiKey``,
            ``API-KEY`` and ``api_key`` are ``api_key``.
        kinds, redaction, placeholder, examples: as for `Pattern`; an example's text is the key, its value is ``"x"``.
        raw: the expression is searched in the key as it is.
        batched: the row is one of ours: tests try its expression and examples, so that no start of a program has to.
    """

    name: str = attrs.field(validator=_check_name)
    regex: str = attrs.field(validator=_check_regex)
    kinds: frozenset[Kind] = attrs.field(default=TEXT_KINDS, converter=_kinds, validator=_check_kinds)
    redaction: Redaction = attrs.field(default=Redaction.REPLACE, validator=_check_redaction)
    placeholder: str = attrs.field(default=FILTERED, validator=_check_placeholder)
    examples: tuple[Example, ...] = attrs.field(default=(), converter=_examples)
    raw: bool = attrs.field(default=False, kw_only=True)
    batched: bool = attrs.field(default=False, kw_only=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find nothing: a text says nothing about the key it stands under."""
        del text
        return iter(())

    def matches(self, key: str) -> bool:
        """Say whether values under this key, given in snake case, are to be redacted."""
        return compiled(self.regex).search(key) is not None

    def takes(self, text: str) -> bool:
        """Say whether a value under such a key is to be redacted: one that is there."""
        return text not in _NO_VALUES


@attrs.frozen(eq=False)
class Function:
    """A rule made of a function; made by `rule`."""

    name: str = attrs.field(validator=_check_name)
    function: Callable[[str], Iterable[tuple[int, int]]]
    kinds: frozenset[Kind] = attrs.field(converter=_kinds, validator=_check_kinds)
    redaction: Redaction = attrs.field(validator=_check_redaction)
    placeholder: str = attrs.field(validator=_check_placeholder)
    examples: tuple[Example, ...] = attrs.field(converter=_examples)

    def find(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield what the function yields."""
        return self.function(text)


def rule(
    name: str,
    *,
    kinds: Iterable[Kind] | Kind = TEXT_KINDS,
    redaction: Redaction = Redaction.REPLACE,
    placeholder: str = "",
    examples: Iterable[Example] = (),
) -> Callable[[Callable[[str], Iterable[tuple[int, int]]]], Function]:
    """Make a rule of the decorated function, which takes a text and yields the ranges ``(start, end)`` it finds.

    Args:
        name: what the rule is called.
        kinds: as for `Pattern`.
        redaction: as for `Pattern`.
        placeholder: as for `Pattern`.
        examples: as for `Pattern`.

    Raises:
        PolicyError: a part of the rule is not what it must be.
    """

    def make(function: Callable[[str], Iterable[tuple[int, int]]]) -> Function:
        return Function(name, function, kinds, redaction, placeholder or f"[{name}]", examples)

    return make


_CAMEL: Final = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_BETWEEN: Final = r"[\W_]+"


def snake(key: str) -> str:
    """Write a key in lower case with single underscores between its words, and none at its edges."""
    return compiled(_BETWEEN).sub("_", compiled(_CAMEL).sub("_", key)).strip("_").lower()
