"""Two crashes of one process: nothing that leaves ties one to the other, unless the author asked for what does."""

from __future__ import annotations

import re

import pytest

TWO = """
def first():
    raise ValueError("a")
def second():
    raise KeyError("b")
for fail in (first, second):
    try:
        fail()
    except Exception as error:
        telemetry.capture_exception(error)
telemetry.flush(9)
"""
#: What may be random: no word, no small number.
_RANDOM = re.compile(r"[0-9a-f-]{12,}|\d{5,}")


def random_values(value) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(random_values, value.values()))
    if isinstance(value, list):
        return set().union(*map(random_values, value))
    return {str(value)} if _RANDOM.fullmatch(str(value)) else set()


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
def test_two_crashes_cannot_be_tied_together(app, preset):
    """No id of a trace or a thread is in both; each has a user's id of its own, by its issue."""
    app.crash(TWO, more=f", policy={preset!r}, identity={{'crashes': 'per-issue'}}")
    one, other = app.items()
    assert one["user"]["id"] != other["user"]["id"]
    assert random_values(one) & random_values(other) == set()


def test_traced_crashes_can_be(app):
    """With transactions an event says which trace it belongs to: the control of the test above."""
    app.crash(TWO, more=", policy='standard', traces_sample_rate=1.0")
    one, other = app.items()
    assert one["contexts"]["trace"]["trace_id"] in random_values(one) & random_values(other)
