"""The guide to rules: its table is made from the rows, and what it shows is so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from scrubbing import Policy
from scrubbing.rules import BUILTIN, document

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GUIDE = Path(__file__).parents[2] / "docs/rules.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def blocks(language):
    """The code of the guide in one language."""
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_the_table_is_made_from_the_rows():
    """`python -m scrubbing.rules.document > docs/built-in-rules.md` was run after the last change."""
    assert GUIDE.with_name("built-in-rules.md").read_text(encoding="utf-8") == document.page()


def test_every_row_is_in_the_table_once():
    """A file of rows that is added is added to the table, too."""
    listed = [row.name for _, rows in document.SECTIONS for row in rows]
    assert sorted(listed) == sorted(row.name for row in BUILTIN)
    cells = [line.replace("\\|", "").count("|") for line in document.page().splitlines() if line.startswith("| ")]
    assert set(cells) == {6}


def test_the_examples_are_true():
    """The Python of the guide runs from its beginning to its end, as one program."""
    code = blocks("python")
    assert len(code) >= 10
    assert sum(block.count("assert ") for block in code) >= 12
    exec(compile("\n".join(code), str(GUIDE), "exec"), {"__name__": "guide"})


def test_the_toml_is_a_policy(tmp_path):
    """What is shown of a policy's file is one; what is shown of a package's is TOML."""
    shown = blocks("toml")
    assert [tomllib.loads(text) for text in shown]
    (tmp_path / "policy.toml").write_text(shown[1], encoding="utf-8")
    policy = Policy.from_toml(tmp_path / "policy.toml")
    assert [rule.name for rule in policy.rules] == ["order", "zip"]
    assert 'rules = ["pack:acme", {name = "order"' in TEXT


@pytest.mark.parametrize(
    "word", ["relay_gaps", "scrubbing rules", "scrubbing scrub", "remarks=True", "65,536", "5,000"]
)
def test_what_there_is_is_named(word):
    """A word that must not get lost."""
    assert word in TEXT
