"""The rate a second: what is sent at once is bounded, crashes are not kept waiting, no clock that is set matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files
from scrubbing.quota import LIMITS, Over, Quota, Rate


class Ticks:
    """A clock that a test moves."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def answers(quota, number, *, crash=False):
    made = [quota.reserve(crash=crash, fingerprint=f"{n:x}" if crash else None) for n in range(number)]
    return [answer.reason if isinstance(answer, Over) else None for answer in made]


def test_ten_events_pass_at_once_and_ten_more_a_second_later(tmp_path):
    """The eleventh at one moment is over; time makes room again, but for no more than ten."""
    ticks = Ticks()
    quota = Quota(str(tmp_path / "quota"), ticks=ticks)
    assert answers(quota, 12) == [None] * 10 + ["quota:second"] * 2
    ticks.at += 0.25
    assert answers(quota, 3) == [None, None, "quota:second"]
    ticks.at += 3600
    assert answers(quota, 12) == [None] * 10 + ["quota:second"] * 2


def test_what_is_over_the_rate_costs_no_quota_and_no_disk(tmp_path):
    """A flood leaves the day's quota to what comes later."""
    path = str(tmp_path / "quota")
    quota = Quota(path, ticks=Ticks())
    answers(quota, 10)
    before = files.signature(path)
    assert set(answers(quota, 5000)) == {"quota:second"}
    assert files.signature(path) == before
    assert files.read_lines(path)["events"] == "10"


def test_a_crash_is_not_kept_waiting(tmp_path):
    """A flood of messages in the moment of the crash does not cost the crash, whose own caps are low enough."""
    quota = Quota(str(tmp_path / "quota"), ticks=Ticks())
    answers(quota, 50)
    assert answers(quota, 11, crash=True) == [None] * 10 + ["quota:crashes"]


@pytest.mark.parametrize("set_to", [-1e9, 0.0, 9e9])
def test_a_wall_clock_that_is_set_opens_nothing(tmp_path, set_to):
    """The rate is kept by a clock that nobody sets; a day that jumps has its own rules."""
    wall = iter([1.7e9, 1.7e9 + set_to] * 100)
    quota = Quota(str(tmp_path / "quota"), clock=lambda: max(0.0, next(wall)), ticks=Ticks())
    assert answers(quota, 40).count(None) <= LIMITS["second"]


@given(st.lists(st.floats(-5, 5), max_size=60))
def test_in_no_second_more_than_twice_the_limit_passes(moves):
    """However time goes on, stands still or goes back."""
    ticks = Ticks()
    rate = Rate(5, ticks)
    passed = []
    for move in moves:
        ticks.at += move
        passed += [ticks.at] * sum(rate.take() for _ in range(7))
        assert sum(rate.take() for _ in range(3)) <= 5
    forward = sum(max(0.0, move) for move in moves)
    assert len(passed) <= 5 + forward * 5


def test_every_limit_is_known():
    """The table of limits is what the docs show; a new one fails here until they do."""
    assert list(LIMITS) == ["sessions", "fingerprint", "crashes", "events", "bytes", "second"]
