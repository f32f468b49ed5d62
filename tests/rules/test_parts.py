"""Many texts are looked at in parts: what is found in one must not depend on the texts it is looked at with."""

from __future__ import annotations

import random

import pytest
from cases import CASES, MACHINES

from scrubbing.rules import BUILTIN, Engine, rule
from scrubbing.schema.kinds import Kind

SECRET = "password=Tr0ub4dor-and-3 of erika@example.org in /home/erika/x"
#: As long as several parts, with nothing in it.
PLAIN = [f"step {number} of many, and so on, " + "nothing to see here, " * 40 for number in range(40)]
TEXTS = [example.text for row in BUILTIN for example in row.examples] + [case[2] for case in CASES]


@pytest.mark.parametrize("seed", range(3))
def test_texts_of_many_parts_become_what_each_becomes_alone(seed):
    """All examples of all rows at once, in any order, some of them again, in groups of several kinds and keys."""
    engine = Engine(BUILTIN, MACHINES["erika"], cache=False)
    rng = random.Random(seed)
    texts = rng.sample([*TEXTS, *PLAIN, *TEXTS[::7]], len(TEXTS) + len(PLAIN) + len(TEXTS[::7]))
    assert sum(map(len, texts)) > 50_000
    groups = [
        (texts[0::3], Kind.TEXT, None),
        (texts[1::3], Kind.PATH, "path"),
        (texts[2::3], Kind.BAG, "password"),
        ([], Kind.TEXT, "user"),
        (texts[:9], Kind.SYMBOL, "password"),
    ]
    for made, (some, kind, key) in zip(engine.changes(groups), groups, strict=True):
        assert {text: made.get(text, text) for text in some} == {text: engine.scrub(text, kind, key) for text in some}


def test_a_secret_is_found_wherever_a_part_begins_or_ends():
    """Among as many texts as make several parts, in each place; and there is nothing else to find."""
    engine = Engine(BUILTIN, MACHINES["erika"], cache=False)
    alone = engine.scrub(SECRET, Kind.TEXT)
    assert "Tr0ub4dor" not in alone
    for place in range(len(PLAIN) + 1):
        (made,) = engine.changes([([*PLAIN[:place], SECRET, *PLAIN[place:]], Kind.TEXT, None)])
        assert made == {SECRET: alone}


def test_what_stands_beside_a_text_in_its_part_is_not_its_neighbour():
    """Where one text ends in half of a secret and the next begins with the other half, neither has it."""
    engine = Engine(BUILTIN, MACHINES["erika"], cache=False)
    halves = ["write to erika", "@example.org about it"]
    assert engine.changes([([*halves, *PLAIN], Kind.TEXT, None)]) == [
        {text: made for text in halves if (made := engine.scrub(text, Kind.TEXT)) != text}
    ]


def test_a_function_of_somebodys_own_is_asked_about_each_text_once():
    """Parts are ours: a rule that is a function sees whole texts, each once, whatever part it is in."""
    asked: list[str] = []

    @rule("own", kinds=(Kind.TEXT,))
    def own(text):
        asked.append(text)
        return ()

    engine = Engine((own,), cache=False)
    del asked[:]
    engine.changes([([*PLAIN, *PLAIN], Kind.TEXT, None)])
    assert sorted(asked) == sorted(PLAIN)


def test_too_much_in_one_text_takes_that_text_alone():
    """A text with more to find than is worth its parts goes as a whole; the others of its part are rewritten."""
    engine = Engine(BUILTIN, MACHINES["erika"], cache=False)
    endless = "a@example.org " * 6_000
    (made,) = engine.changes([([SECRET, endless, *PLAIN], Kind.TEXT, None)])
    assert made == {SECRET: engine.scrub(SECRET, Kind.TEXT), endless: "[Filtered]"}
