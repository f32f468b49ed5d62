"""``scrubbing rules``: every row with examples that hold, in a pipe, on a terminal, as JSON, of a policy."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys

import attrs
import pytest
from homes import SCRUBBING

from scrubbing.cli import rules as verb
from scrubbing.policy import Policy
from scrubbing.rules import BUILTIN, Pattern, hit, miss

POLICY = """
[[rules]]
name = "ticket"
pattern = "TICKET-\\\\d+"

[[rules]]
name = "customer"
keys = "^customer$"
"""


def asked(*names, policy=None, as_json=False):
    return argparse.Namespace(names=list(names), policy=policy, json=as_json)


def test_every_row_is_listed_with_its_examples(home):
    """All built-in rows and the machine's three; a hit and a miss at least of each; plain text in a pipe."""
    ran = home.run(*SCRUBBING, "rules")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    heads = [line.split()[0] for line in ran.stdout.splitlines() if line and line[0] != " "]
    assert heads[1:-1] == ["this-user", "this-host", "this-domain", *(row.name for row in BUILTIN)]
    assert "    +  /home/erika/code/main.py  ->  /home/[user]/code/main.py" in ran.stdout
    assert "    -  https://example.org/home/news/1" in ran.stdout


def test_json_says_the_same(home):
    """For programs: names, kinds, redactions, and whether an example is a hit."""
    ran = home.run(*SCRUBBING, "rules", "--json", "email", "sensitive-key")

    rows = json.loads(ran.stdout)
    assert [(row["name"], row["looks_at"]) for row in rows] == [("email", "values"), ("sensitive-key", "keys")]
    for row in rows:
        assert set(row) == {"name", "looks_at", "kinds", "redaction", "placeholder", "examples", "problem"}
        assert {example["hit"] for example in row["examples"]} == {True, False}
        assert "text" in row["kinds"]


def test_rows_of_a_policy_are_listed_too(home):
    """The user's own rules stand beside ours."""
    (home.path / "policy.toml").write_text(POLICY, encoding="utf-8")
    ran = home.run(*SCRUBBING, "rules", "--policy", "policy.toml", "ticket", "customer")

    assert ran.returncode == 0
    assert re.search(r"^ticket +values +replace \[ticket\]", ran.stdout, re.MULTILINE)
    assert re.search(r"^customer +keys +replace \[Filtered\]", ran.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (("emial",), "rules: there is no rule 'emial'; there is email"),
        (("--policy", "none.toml"), "rules: policy: cannot read 'none.toml'"),
    ],
)
def test_wrong_use_is_2(home, arguments, note):
    """A mistyped name is answered with the nearest; no policy is said."""
    ran = home.run(*SCRUBBING, "rules", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert note in ran.stderr


def test_the_real_user_is_not_shown(home):
    """Examples of the machine's rules are about somebody who does not exist."""
    ran = home.run(*SCRUBBING, "rules", USER="quillfeather-17", HOSTNAME="moon-17")
    assert "quillfeather-17" not in ran.stdout


@pytest.mark.parametrize("row", [row.name for row in BUILTIN])
def test_examples_are_really_tried(row, monkeypatch):
    """An example that does not hold is 1, whichever row it is of; its text is not repeated in the note."""
    (good,) = (one for one in BUILTIN if one.name == row)
    wrong = attrs.evolve(good, examples=(*good.examples, hit("a plain example", "[nothing of the kind]")))
    rows = argparse.Namespace(rules=[wrong if one is good else one for one in BUILTIN])
    monkeypatch.setattr(verb, "Policy", lambda **_: argparse.Namespace(engine=rows))

    said = verb.run(asked(row))

    assert said.code == 1
    assert f"rule {row!r}: examples[{len(good.examples)}]" in said.note
    assert "plain example" not in said.note


def test_control_characters_are_escaped(monkeypatch):
    """An example cannot write to the terminal what a terminal obeys."""
    row = Pattern("bell", r"\x07+", examples=(hit("a\x07b", "a[bell]b"), miss("\x1b[31mred")))
    policy = Policy(machine=verb.Machine(), rules=(row,))
    monkeypatch.setattr(verb, "Policy", lambda **_: policy)
    out = verb.run(asked("bell")).out
    assert "\x07" not in out
    assert "\x1b" not in out
    assert "a\\x07b  ->  a[bell]b" in out


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_on_a_terminal(home, environ, coloured):
    """Colour where somebody sees it and did not refuse it."""
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    env = {**home.environ, "TERM": "xterm", **environ}
    with subprocess.Popen([sys.executable, *SCRUBBING, "rules", "mac"], env=env, stdout=theirs, cwd=home.path) as ran:
        os.close(theirs)
        assert ran.wait(60) == 0
    out = os.read(ours, 65536)
    os.close(ours)
    assert b"[mac]" in out
    assert (b"\x1b[1m" in out) is coloured
