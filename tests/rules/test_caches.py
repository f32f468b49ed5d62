"""What the rooms remember: no text of run time, so much at most, and nothing where the app says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scrubbing import Machine, Policy, scrub_text
from scrubbing.errors import PolicyError
from scrubbing.schema.kinds import Kind

PROGRAM = Path(__file__).with_name("remembering.py")


def ran(*arguments):
    """What the program found."""
    made = subprocess.run([sys.executable, PROGRAM, *arguments], capture_output=True, timeout=100, check=True)
    return json.loads(made.stdout)


def test_nothing_that_lives_holds_a_text_of_run_time():
    """Not the engine, not what rewrote events, not what proves messages: after three presets, every object is asked."""
    found = ran()
    assert found["holders"] == []
    assert [bool(hashes) for hashes in found["clean"]] == [True, False] * 3


def test_what_is_held_is_found():
    """The control; and the one exception: the schema keeps what stands where names of code do, and looks like one."""
    assert ran("list")["holders"] == ["list"]
    assert ran("names")["holders"] == ["Known"]


@pytest.mark.parametrize("cache", [True, False])
def test_the_memory_of_clean_texts_has_a_bound(cache):
    """As many hashes as there are at most, however many texts come by; none where the app wants none."""
    engine = Policy.verbose(machine=Machine(), cache=cache).engine
    for start in range(0, 20_000, 500):
        engine.scrub_all([(f"text number {number} q", Kind.TEXT, None) for number in range(start, start + 500)])
        engine.scrub_all([("x", Kind.TEXT, f"key_{number}") for number in range(start, start + 500)])
    assert (0 < len(engine._clean) <= 8_192) is cache
    assert (0 < len(engine._keys) <= 2_048) is cache
    assert (0 < len(engine._vocabulary._known) <= 8_192) is cache
    assert all(type(each) is int for each in engine._clean)
    assert sys.getsizeof(engine._clean) + 32 * len(engine._clean) <= 1 << 20


def test_the_switch_is_one(tmp_path):
    """In code and in TOML; what comes out is the same."""
    (tmp_path / "policy.toml").write_text("preset = 'verbose'\ncache = false\n")
    policy = Policy.from_toml(tmp_path / "policy.toml", machine=Machine(username="erika"))
    assert policy.cache is False
    for each in (policy, Policy.verbose(machine=Machine(username="erika"))):
        assert [scrub_text("for erika at a.b@example.org", each) for _ in range(2)] == ["for [user] at [email]"] * 2
    with pytest.raises(PolicyError, match="cache: expected true or false"):
        Policy.strict(cache=1)
