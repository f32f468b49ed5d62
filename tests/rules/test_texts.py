"""The corpora: every text the rules were written with is perfect, and what they do to others is held to a share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scrubbing.identity import Machine
from scrubbing.rules import BUILTIN, Engine
from scrubbing.schema.kinds import Kind

TEXTS = Path(__file__).parent / "texts"
TUNED, *UNSEEN = (
    json.loads((TEXTS / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("tuned", "unseen", "unseen2", "unseen3", "unseen4", "unseen5")
)
KINDS = {"frame.abs_path": Kind.PATH, "frame.context_line": Kind.CODE, "frame.vars": Kind.BAG}


def _engines(machines):
    known = {
        name: {key: tuple(value) if key == "aliases" else value for key, value in machine.items() if key != "platform"}
        for name, machine in machines.items()
    }
    return {name: Engine(BUILTIN, Machine(**fields), {"octoprint"}) for name, fields in known.items()}


ENGINES = _engines(TUNED["machines"])


def _through(case, engines=ENGINES):
    return engines[case["identity"]].scrub(case["text"], KINDS.get(case["where"], Kind.TEXT))


@pytest.mark.parametrize("case", TUNED["cases"], ids=lambda case: case["id"])
def test_text(case):
    """What must go is gone, what must stay is there, and nothing is left to find."""
    text = _through(case)
    assert not [secret for secret in case["secrets"] if secret in text], text
    assert not [part for part in case["keep"] if part not in text], text
    assert ENGINES[case["identity"]].clean(text, KINDS.get(case["where"], Kind.TEXT))


@pytest.mark.parametrize(
    "corpus", UNSEEN, ids=["by kind of secret", "by kind of text", "operations", "programs", "tools"]
)
def test_texts_nobody_tuned_on(corpus):
    """At least 98 % of secrets are removed, 99 % of useful parts kept, 99 % of mere traps left as they are."""
    engines = _engines(corpus["machines"])
    made = [(case, _through(case, engines)) for case in corpus["cases"]]
    gone = [secret not in text for case, text in made for secret in case["secrets"]]
    kept = [part in text for case, text in made for part in case["keep"]]
    spared = [all(part in text for part in case["keep"]) for case, text in made if not case["secrets"]]
    assert sum(gone) / len(gone) >= 0.98
    assert sum(kept) / len(kept) >= 0.99
    assert sum(spared) / len(spared) >= 0.99


def test_the_corpora_are_what_they_say():
    """No id twice, no text in both, every secret and every part in its text."""
    every = [case for corpus in (TUNED, *UNSEEN) for case in corpus["cases"]]
    assert len({(case["identity"], case["text"]) for case in every}) == len(every) > 600
    for case in every:
        assert all(part in case["text"] for part in (*case["secrets"], *case["keep"])), case["id"]
