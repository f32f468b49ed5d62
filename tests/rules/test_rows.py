from __future__ import annotations

import pytest
from cases import CASES, MACHINES

from scrubbing.rules import BUILTIN, TEXT_KINDS, Engine, Keys
from scrubbing.rules.engine import check_examples
from scrubbing.rules.rows import snake
from scrubbing.schema.kinds import Kind

ORDINARY = frozenset({"octoprint", "oprint", "frob"})
ENGINES = {name: Engine(BUILTIN, machine, ORDINARY) for name, machine in MACHINES.items()}
EXAMPLES = [
    pytest.param(row, example, id=f"{row.name}-{n}") for row in BUILTIN for n, example in enumerate(row.examples)
]


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_row_does_by_itself_what_its_example_says(row, example):
    """Each example of each row holds for an engine of that row alone."""
    if isinstance(row, Keys):
        assert (example.expected != example.text) is row.matches(snake(example.text))
    else:
        kind = Kind.TEXT if Kind.TEXT in row.kinds else next(iter(row.kinds))
        assert example.expected == Engine((row,)).scrub(example.text, kind)


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_all_rows_together_spoil_no_example(row, example):
    """What one row removes, all rows together remove too, and never by filtering the whole text."""
    if not isinstance(row, Keys):
        kind = Kind.TEXT if Kind.TEXT in row.kinds else next(iter(row.kinds))
        scrubbed = Engine(BUILTIN).scrub(example.text, kind)
        assert scrubbed != "[Filtered]"
        assert example.expected == example.text or scrubbed != example.text


@pytest.mark.parametrize("row", BUILTIN, ids=lambda row: row.name)
def test_row_has_a_hit_and_a_trap(row):
    """Every row shows what it finds and what it must leave alone."""
    assert {example.text == example.expected for example in row.examples if not isinstance(row, Keys)} <= {True, False}
    assert any(example.text != example.expected for example in row.examples)
    assert any(example.text == example.expected for example in row.examples)
    check_examples(row)


def test_names_are_unique_and_kinds_are_texts():
    """Rows can be named in a policy: no name twice; and no row looks at identifiers, symbols, facts or numbers."""
    assert len({row.name for row in BUILTIN}) == len(BUILTIN)
    assert all(row.kinds <= TEXT_KINDS for row in BUILTIN)


@pytest.mark.parametrize("row", [row for row in BUILTIN if getattr(row, "literals", ())], ids=lambda row: row.name)
def test_literals_are_in_every_hit(row):
    """The cheap check before a regular expression never hides one of its matches."""
    bare = Engine((row,))
    for example in row.examples:
        if example.text != example.expected:
            kind = Kind.TEXT if Kind.TEXT in row.kinds else next(iter(row.kinds))
            assert [(f.start, f.end) for f in bare.find(example.text, kind)] == sorted(row.find(example.text))


@pytest.mark.parametrize(
    ("machine", "kind", "text", "secrets", "kept"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_case(machine, kind, text, secrets, kept):
    """Every secret of the text is gone and every useful part of it is there."""
    scrubbed = ENGINES[machine].scrub(text, kind)
    assert not [secret for secret in secrets.split("|") if secret and secret in scrubbed]
    assert not [part for part in kept.split("|") if part not in scrubbed]
    assert ENGINES[machine].clean(scrubbed, kind)
