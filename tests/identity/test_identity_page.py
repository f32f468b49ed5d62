"""The page about ids and limits says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from scrubbing.identity.words import WORDS
from scrubbing.quota import LIMITS

PAGE = (Path(__file__).parents[2] / "docs/identity.md").read_text(encoding="utf-8")


def rows(head):
    """The cells of the table under a head."""
    lines = PAGE[PAGE.index(head) :].splitlines()[2:]
    table = lines[: next(number for number, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]


def test_the_limits_are_those_of_the_code():
    """Names and numbers, in their order."""
    assert {name: int(most) for name, most, _ in rows("| limit |")} == LIMITS


def test_the_words_are_those_of_the_code():
    """Every word, with the purposes it can be said of."""
    said = {word: purposes.split(", ") for word, _, purposes in rows("| word |")}
    assert said == {word: [p for p in WORDS if word in WORDS[p]] for word in WORDS["crashes"]}


def test_the_figures_use_words_there_are():
    """An author can copy each word from the first table."""
    said = {word for row in rows("| you want to know |") for word in re.findall(r'"([a-z-]+)"', row[1])}
    assert said <= set(WORDS["crashes"])
    assert {"none", "day", "week", "month", "stable", "per-issue"} == said
