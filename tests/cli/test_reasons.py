"""Every reason something can be dropped by has a sentence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import scrubbing
from scrubbing import drops, fence, quota
from scrubbing.cli.reasons import explain

#: Calls by which code of ours says why something is dropped, and those whose words get ``:error`` and the like.
SAYS, WORKS = {"Refused", "Over", "drop", "_drop", "count", "_discard"}, {"_guarded", "guarded", "_in_thread"}


def _called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", None))


def _words(names):
    """The literal first arguments of calls in the library's own code, by where they stand."""
    for path in Path(scrubbing.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in names:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


SAID = sorted(word for word in set(_words(SAYS)) if word[:1].isalpha())
WORK = sorted(set(_words(WORKS)))


def test_the_code_was_read():
    """The search finds reasons of several rooms."""
    assert {"consent", "fence:unseen", "outbox:full", "upload:error"} <= set(SAID)
    assert {"before_send", "capture", "transport"} <= set(WORK)


@pytest.mark.parametrize(
    "reason", [*SAID, *fence.REASONS, *(f"quota:{name}" for name in quota.LIMITS if name != "sessions")]
)
def test_each_reason_has_a_sentence(reason):
    """A reason that code of ours counts by is explained."""
    assert "does not know" not in explain(reason)


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("ending", ["error"])
def test_each_failure_has_a_sentence(work, ending):
    """What fails inside is explained by what was at work."""
    assert "failed" in explain(f"{work}:{ending}")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 418, 429, 500, 599])
def test_each_answer_of_a_server_has_a_sentence(status):
    """Whatever the server says."""
    assert explain(f"http:{status}").startswith("the server ")


@pytest.mark.parametrize("reason", ["", ":", "fence:", "fence:new", "nonsense", "before_send:new", "a:b:c"])
def test_another_version_s_reason_is_shown_without_one(reason):
    """What this version does not know is not guessed at."""
    assert explain(reason) == "for a reason this version does not know"


@pytest.mark.parametrize("reason", [*SAID])
def test_each_reason_is_counted_by_its_own_name(tmp_path, reason):
    """No reason ends up as `other` because it is no word."""
    kept = drops.Drops(str(tmp_path / "drops"))
    kept.count(reason)
    kept.save()
    assert list(drops.read(str(tmp_path / "drops"))) == [reason]
