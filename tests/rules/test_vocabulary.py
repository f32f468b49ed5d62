"""What decides whether a rule is tried: no memory and no shortcut may hide a literal."""

from __future__ import annotations

import gc
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.identity import Machine
from scrubbing.rules import BUILTIN
from scrubbing.rules import vocabulary as rooms
from scrubbing.rules.engine import Engine
from scrubbing.rules.rows import Pattern, compiled
from scrubbing.rules.views import EDGE, Views
from scrubbing.rules.vocabulary import Vocabulary
from scrubbing.schema.kinds import Kind

LITERALS = ("a", "@", "ab", "abc", "bcd", "--", "pass word", " -p", "ключ", "c a", " ")
PARTS = ["a", "b", "c", "d", "-", "@", " ", "\n", EDGE, "pass", "word", "кл", "юч", "İ"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
LED = [row for row in BUILTIN if getattr(row, "leads", False)]


@given(st.lists(TEXTS, max_size=6))
def test_what_stands_is_what_is_there(texts):
    """However often words were met: a literal is said to stand where it does, and nowhere else."""
    known = Vocabulary(LITERALS)
    for text in [*texts, *texts]:
        views = Views.of(*text.split(EDGE), vocabulary=known)
        for literal in LITERALS:
            assert views.has(literal) is (literal in views.low), (literal, text)


def test_a_full_memory_forgets_and_finds_on(monkeypatch):
    """The memory is bounded, and what it forgot is looked for again."""
    monkeypatch.setattr(rooms, "_MOST", 10)
    known = Vocabulary(["key"])
    for number in range(200):
        assert known.standing(f"word{number} other{number} my{number}keys") == {"key"}
        assert known.standing(f"word{number} other{number}") == set()
        assert len(known._known) <= 10
    assert known.standing(" ".join(f"x{number}" for number in range(50)) + " monkey") == {"key"}


def test_threads_that_forget_for_each_other_hide_nothing(monkeypatch):
    """A word that one thread looks up while another one learns or forgets it is looked at by somebody."""
    monkeypatch.setattr(rooms, "_MOST", 4)
    known, missed = Vocabulary(["key", "token"]), []

    def look():
        texts = [f"a{number % 7} monkey{number % 5} tokens" for number in range(3000)]
        missed.extend(text for text in texts if known.standing(text) != {"key", "token"})

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not missed


def test_no_word_is_kept():
    """What is remembered is a number: no text of an event can be found in it, while one kept on purpose is."""
    engine = Engine(BUILTIN, Machine(username="erika", hostname="erikas-desktop"))
    canary = "canary" + "4f6a"
    engine.scrub_all([(f"the {canary} says password={canary}", Kind.TEXT, f"key_{canary}")])
    kept = [canary + "-kept"]
    reached, seen = [engine, kept], set()
    found = []
    while reached:
        one = reached.pop()
        if id(one) in seen or isinstance(one, type):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            found += [one] if canary in one else []
        elif (
            isinstance(one, (dict, list, tuple, set, frozenset))
            or hasattr(type(one), "__attrs_attrs__")
            or isinstance(one, Vocabulary)
        ):
            reached += gc.get_referents(one)
    assert found == kept


def test_some_rows_lead():
    """There are rows that the next test is about."""
    assert {row.name for row in LED} >= {"short-code", "login-call", "flag-single", "flag-p", "flag-u"}


@pytest.mark.parametrize("row", LED, ids=lambda row: row.name)
@given(data=st.data())
def test_a_row_that_leads_finds_what_it_would_find_anywhere(row, data):
    """Tried only where its literals stand, an expression matches all it would match in a search."""
    pieces = [*row.literals, *(example.text for example in row.examples), *"=:'\"( -/1234ab\0", "password", "user "]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=12)))
    text = data.draw(st.sampled_from([text, text.upper()]))
    views = Views.of(text)
    plain = Pattern(row.name, row.regex, over=row.over, before=row.before, check=row.check, batched=True)
    assert list(row.spans(views)) == list(plain.spans(views))
    assert all(
        views.low.startswith(row.literals, match.start())
        for match in compiled(row.regex).finditer(views.view(row.over))
    )
