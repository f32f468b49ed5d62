"""Templates of messages: literal text of the code with holes in between; a message accepts a template or it does not.

What is put together from a template is its literals and the names of its holes. Nothing of a message is ever copied.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator

from scrubbing.schema.strings import UNKNOWN

#: Ways a message may have been made that are told apart, and parts of one; beyond, it is a hole.
MOST_TEMPLATES, MOST_PARTS = 24, 200


class Hole:
    """A place for a run-time value.

    Args:
        name: what stands there in a skeleton.
        caught: whether the text of the exception that was being handled stands there.
    """

    __slots__ = ("caught", "name")

    def __init__(self, name: str, *, caught: bool = False) -> None:
        self.name, self.caught = name, caught


ANY, INTEGER, PATH, CAUGHT = Hole(UNKNOWN), Hole("<int>"), Hole("<path>"), Hole(UNKNOWN, caught=True)
#: What stands there depends on a value, and is always written the same: the quotes of ``repr()``, an ending.
QUOTE, PLURAL, MAYBE_PATHS = Hole("'"), Hole("s"), Hole(": <path>")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
#: Words of one template times those of another that are compared to find what both say.
MOST_COMPARED = 40_000
Template = tuple["str | Hole", ...]

#: Nothing is known of a text.
OPAQUE_TEXT: Template = (ANY,)
OPAQUE: list[Template] = [OPAQUE_TEXT]


def joined(parts: Iterable[str | Hole]) -> Template:
    """Put parts together: texts that touch are one text, holes that touch are one hole."""
    made: list[str | Hole] = []
    for part in parts:
        last = made[-1] if made else None
        if part == "":
            continue
        if isinstance(part, str) and isinstance(last, str):
            made[-1] = last + part
        elif isinstance(part, Hole) and isinstance(last, Hole):
            made[-1] = ANY
        else:
            made.append(part)
    return tuple(made) if len(made) <= MOST_PARTS else OPAQUE_TEXT


def sequences(parts: list[list[Template]]) -> list[Template]:
    """Put every way of one part beside every way of the next; where these are too many, such parts are holes."""
    ways = 1
    for options in parts:
        ways *= len(options)
    if ways > MOST_TEMPLATES:
        parts = [options if len(options) == 1 else [OPAQUE_TEXT] for options in parts]
    return distinct(joined(itertools.chain.from_iterable(way)) for way in itertools.product(*parts))


def distinct(templates: Iterable[Template]) -> list[Template]:
    """Leave out what is there already, and tell apart no ways that a message may; too many ways are none."""
    found = list(dict.fromkeys(templates))
    if len(found) > MOST_TEMPLATES:
        return [OPAQUE_TEXT]
    return [least(group) for group in groups(found)] if len(found) > 1 else found


def repr_of(templates: list[Template]) -> list[Template]:
    """Return the templates of ``repr()`` of a text.

    Which quotes stand around, and what is written with a backslash, may depend on values: such signs are holes.
    """
    found: list[Template] = []
    for template in templates:
        whole = constant(template)
        inner: list[str | Hole] = []
        for part in template:  # a caught exception's text is not what stands there, if it has such signs
            inner += _plain(part) if isinstance(part, str) else [ANY if part.caught else part]
        found.append(joined([repr(whole)] if whole is not None else [QUOTE, *inner, QUOTE]))
    return found


def _plain(text: str) -> Iterator[str | Hole]:
    """Take a text apart into what ``repr()`` leaves as it is and holes."""
    for plain_, group in itertools.groupby(text, lambda sign: repr(sign) == f"'{sign}'"):
        yield "".join(group) if plain_ else ANY


def constant(template: Template) -> str | None:
    """Return the text of a template without holes."""
    if not template:
        return ""
    return template[0] if len(template) == 1 and isinstance(template[0], str) else None


def says_something(template: Template) -> bool:
    """Say whether a template has literal text, or the text of an exception that has."""
    return any(isinstance(part, str) or part.caught for part in template)


def is_full(template: Template) -> bool:
    """Say whether a text that follows a template is never empty."""
    return any(isinstance(part, str) for part in template)


def fill(template: Template, text: str) -> list[str] | None:
    """Find what stands in a template's holes.

    Args:
        template: the template.
        text: a whole message.

    Returns:
        The contents of the holes, in order; ``None`` where the template does not account for the whole message.
    """
    first, *others = _literals(template)
    if not others:
        return [] if text == first else None
    *middle, last = others
    end = len(text) - len(last)
    if end < len(first) or not text.startswith(first) or not text.endswith(last):
        return None
    at, found = len(first), []
    for literal in middle:
        place = text.find(literal, at, end)
        if place < 0:
            return None
        found.append(text[at:place])
        at = place + len(literal)
    return [*found, text[at:end]]


def _literals(template: Template) -> list[str]:
    """The texts before, between and behind the holes; one more than there are holes."""
    found = [""]
    for part in template:
        if isinstance(part, str):
            found[-1] = part
        else:
            found.append("")
    return found


def may_agree(one: Template, other: Template) -> bool:
    """Say whether some message follows both of two templates."""
    whole, other_whole = constant(one), constant(other)
    if whole is not None:
        return fill(other, whole) is not None
    if other_whole is not None:
        return fill(one, other_whole) is not None
    first, last = _literals(one)[0], _literals(one)[-1]
    other_first, other_last = _literals(other)[0], _literals(other)[-1]
    starts = first.startswith(other_first) or other_first.startswith(first)
    return starts and (last.endswith(other_last) or other_last.endswith(last))


def least(templates: list[Template]) -> Template:
    """Return what all templates of a group say, in the same order.

    Which of them a message followed must not be told from the message: two values that go the same way would be told
    apart if one of them happens to read like a template of another way.
    """
    return functools.reduce(_both, templates)


def _both(one: Template, other: Template) -> Template:
    """What two templates say both: the words, signs and holes they share, in order, and holes for all else."""
    import difflib  # seldom needed

    ours, theirs = _tokens(one), _tokens(other)
    if len(ours) * len(theirs) > MOST_COMPARED:
        return OPAQUE_TEXT
    parts: list[str | Hole] = []
    at, other_at = 0, 0
    for start, other_start, size in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        if (start, other_start) != (at, other_at):
            parts.append(ANY)
        parts += ours[start : start + size]
        at, other_at = start + size, other_start + size
    return joined(parts)


def _tokens(template: Template) -> list[str | Hole]:
    tokens: list[str | Hole] = []
    for part in template:
        tokens += _TOKEN.findall(part) if isinstance(part, str) else [part]
    return tokens


def groups(templates: list[Template]) -> list[list[Template]]:
    """Put templates together that some message follows alike; a message follows those of one group alone."""
    found: list[list[Template]] = []
    for template in templates:
        near = [group for group in found if any(may_agree(template, other) for other in group)]
        found = [group for group in found if group not in near] + [[template, *itertools.chain.from_iterable(near)]]
    return found


def rendered(template: Template) -> str:
    """Write a template as a skeleton."""
    return "".join(part if isinstance(part, str) else part.name for part in template)
