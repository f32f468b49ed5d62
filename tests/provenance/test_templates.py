"""Templates: a message accepts one or it does not, and what is said of it does not depend on its holes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scrubbing.provenance.skeletons.percent import percent_parts
from scrubbing.provenance.skeletons.templates import (
    ANY,
    INTEGER,
    OPAQUE_TEXT,
    QUOTE,
    Hole,
    Template,
    distinct,
    fill,
    groups,
    joined,
    least,
    may_agree,
    rendered,
    repr_of,
    sequences,
)

WORDS = st.sampled_from(["", "a", "ab", "user ", " not found", "'", '"', "\n", "é", "{}", "%s", "user", " failed: "])
TEMPLATES = st.lists(st.one_of(WORDS, st.sampled_from([ANY, INTEGER])), max_size=6).map(joined)
VALUES = st.one_of(WORDS, st.text(max_size=8))


def spelled(template: Template, values: list[str]) -> str:
    """A message that follows a template."""
    holes = itertools.cycle(values or [""])
    return "".join(part if isinstance(part, str) else next(holes) for part in template)


@given(TEMPLATES, st.lists(VALUES, max_size=4))
def test_a_template_accepts_what_it_makes(template, values):
    """Whatever stands in the holes, even a literal of the template, the message is accounted for."""
    contents = fill(template, spelled(template, values))

    assert contents is not None
    assert spelled(template, contents) == spelled(template, values) or not contents


@given(TEMPLATES, st.text(max_size=10))
def test_a_constant_accepts_itself_alone(template, text):
    """A template without holes is the whole message or nothing."""
    whole = joined(part for part in template if isinstance(part, str))

    assert (fill(whole, text) is not None) is (text == rendered(whole))


@given(TEMPLATES, TEMPLATES, st.lists(VALUES, max_size=4))
def test_templates_that_cannot_agree_never_do(one, other, values):
    """Where no message follows both, none that follows the one follows the other."""
    if not may_agree(one, other):
        assert fill(other, spelled(one, values)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a ", ANY), ("a b",)),
        (("a", ANY), ("ab", ANY)),
        ((ANY, " x"), ("y ", ANY)),
        (("a ", ANY, " b"), ("a ", ANY, " c b")),
        ((ANY,), ("anything",)),
    ],
)
def test_templates_that_some_message_follows_both_agree(one, other):
    """A message that reads like both could be of either."""
    assert may_agree(one, other)
    assert may_agree(other, one)


@given(st.lists(TEMPLATES, min_size=1, max_size=4), st.lists(VALUES, max_size=4))
def test_what_is_said_of_a_group_holds_for_each_of_it(templates, values):
    """What several templates say both accepts the messages of all, and has no word that one of them has not."""
    said = least(templates)

    for template in templates:
        assert fill(said, spelled(template, values)) is not None
        text = rendered(joined(part for part in template if isinstance(part, str)))
        assert all(letter in text for part in said if isinstance(part, str) for letter in part)


@given(st.lists(TEMPLATES, max_size=5), st.lists(VALUES, max_size=4))
def test_a_message_belongs_to_one_group(templates, values):
    """No message follows templates of two groups: so values cannot choose what is said."""
    for template in templates:
        text = spelled(template, values)
        followed = [group for group in groups(templates) if any(fill(one, text) is not None for one in group)]
        assert len(followed) == 1


@given(TEMPLATES, TEMPLATES, st.lists(VALUES, min_size=1, max_size=4), st.lists(VALUES, min_size=1, max_size=4))
def test_two_values_on_one_way_are_told_alike(one, other, values, others):
    """With the same way through the program the skeleton is the same, whatever the values are."""
    answers = [(group, least(group)) for group in groups([one, other])]

    def said(text: str) -> str:
        return next(rendered(least_) for group, least_ in answers if any(fill(t, text) is not None for t in group))

    assert said(spelled(one, values)) == said(spelled(one, others))


def test_choosing_the_best_fit_would_tell_values_apart():
    """The control: the template that fits best depends on the value."""
    one, other = (ANY, " failed"), ("login ", ANY)

    def best(text: str) -> str:
        return min((t for t in (one, other) if fill(t, text) is not None), key=len)

    assert [fill(one, text) is not None for text in ("login anna", "login anna failed")] == [False, True]
    assert rendered(least([one, other])) == "<?>"


@given(st.lists(st.lists(TEMPLATES, min_size=1, max_size=3), max_size=3), st.data())
def test_a_sequence_accepts_what_its_parts_make(parts, data):
    """Texts put side by side are accounted for, whichever way each came."""
    chosen = [data.draw(st.sampled_from(options)) for options in parts]
    text = "".join(spelled(template, data.draw(st.lists(VALUES, max_size=2))) for template in chosen)

    assert any(fill(template, text) is not None for template in sequences(parts))


def test_too_many_ways_are_a_hole():
    """What would take too long to tell apart is not told apart."""
    options = [[(f"{letter}{number}",) for number in range(9)] for letter in "abc"]

    assert sequences(options) == [OPAQUE_TEXT]
    assert distinct((f"x{number}",) for number in range(100)) == [OPAQUE_TEXT]


@given(TEMPLATES, st.lists(VALUES, max_size=4))
def test_a_repr_is_accounted_for(template, values):
    """Whatever quotes and backslashes `repr` chooses for a value, the template of the repr accepts it."""
    text = repr(spelled(template, values))

    (made,) = repr_of([template])
    assert fill(made, text) is not None
    assert QUOTE in made or ANY in made or made == joined([text])


PIECES = st.sampled_from(["%s", "%d", "%r", "%5.1f", "%-8s", "%%", "%(key)s", "%x", "%+d", " of ", "100", "%c"])


@given(st.lists(PIECES, max_size=6).map("".join), st.integers(0, 9), st.text(max_size=5))
def test_percent_templates_are_taken_apart_as_python_does(text, number, word):
    """The literals of a `%` template stand in what Python makes of it, in order."""
    parts = percent_parts(text)
    assert parts is not None
    fields = [part for part in parts if not isinstance(part, str)]
    values = tuple(word if field.conversion in "sr" else number for field in fields)
    keyed = any(field.key for field in fields)
    assume(not keyed or all(field.key for field in fields))
    made = text % ({"key": word} if keyed else values)

    template = joined(part if isinstance(part, str) else ANY for part in parts)
    assert fill(template, made) is not None


def test_what_is_no_percent_template_is_none():
    """A sign alone, an unknown conversion and a width that is an argument are not guessed at."""
    assert [percent_parts(text) for text in ("100%", "%y", "%*d", "%(key", "a % b")] == [None] * 5


def test_holes_that_touch_are_one():
    """Nobody can say where one ends and the next begins."""
    assert joined([ANY, INTEGER, "", Hole("x"), "a"]) == (ANY, "a")
