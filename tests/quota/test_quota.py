"""The day's quota: what it lets through, across runs, processes, clocks and damaged files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files
from scrubbing.quota import LIMITS, SECONDS_A_DAY, Over, Quota

DAY = 20_000 * SECONDS_A_DAY + 3600.0


#: The caps of a day alone, for tests that take many events at once.
A_DAY = {name: limit for name, limit in LIMITS.items() if name != "second"}


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at=DAY):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state" / "quota")


def reasons(quota, number, *, crash=True, fingerprint="ab12"):
    """The answers to so many reservations: None for a yes, else why not."""
    answers = [quota.reserve(crash=crash, fingerprint=fingerprint) for _ in range(number)]
    return [answer.reason if isinstance(answer, Over) else None for answer in answers]


def test_three_crashes_of_a_fingerprint_pass_a_day(path):
    """The fourth crash of one fingerprint is over quota, that of another is not."""
    quota = Quota(path, clock=Clock())
    assert reasons(quota, 4) == [None, None, None, "quota:fingerprint"]
    assert reasons(quota, 1, fingerprint="cd34") == [None]


def test_ten_crashes_pass_a_day(path):
    """The eleventh crash is over quota although its fingerprint is new."""
    quota = Quota(path, clock=Clock())
    assert [reasons(quota, 1, fingerprint=f"{n:x}")[0] for n in range(11)] == [None] * 10 + ["quota:crashes"]


def test_crashes_without_a_fingerprint_share_one(path):
    """A crash nobody could fingerprint has the quota of a single fingerprint."""
    assert reasons(Quota(path, clock=Clock()), 4, fingerprint=None)[-1] == "quota:fingerprint"


def test_two_hundred_events_pass_a_day(path):
    """Messages count as events alone, and the last one of the day is the 200th."""
    quota = Quota(path, limits=A_DAY, clock=Clock())
    assert reasons(quota, 201, crash=False, fingerprint=None) == [None] * 200 + ["quota:events"]
    assert reasons(quota, 1) == ["quota:events"]


def test_a_mebibyte_passes_a_day(path):
    """The envelope that would go over the day's bytes is refused and its event returned; afterwards all are."""
    quota = Quota(path, clock=Clock())
    first = quota.reserve(crash=False, fingerprint=None)
    assert first.settle(LIMITS["bytes"] - 10) is None
    second = quota.reserve(crash=False, fingerprint=None)
    assert second.settle(11).reason == "quota:bytes"
    assert files.read_lines(path)["events"] == "1"
    third = quota.reserve(crash=False, fingerprint=None)
    assert third.settle(10) is None
    assert reasons(quota, 1, crash=False) == ["quota:bytes"]


def test_what_is_given_back_can_be_had_again(path):
    """A dropped event leaves the quota as it was, whether it was settled or not, and only once."""
    quota = Quota(path, clock=Clock())
    for settled in (False, True):
        reservation = quota.reserve(crash=True, fingerprint="ab12")
        if settled:
            reservation.settle(500)
        reservation.give_back()
        reservation.give_back()
    counters = files.read_lines(path)
    assert {value for key, value in counters.items() if key not in ("day", "greatest")} == {"0"}
    assert reasons(quota, 4)[2:] == [None, "quota:fingerprint"]


def test_what_was_given_back_admits_nothing(path):
    """Settling after giving back is a no."""
    reservation = Quota(path, clock=Clock()).reserve(crash=False, fingerprint=None)
    reservation.give_back()
    assert isinstance(reservation.settle(1), Over)


def test_giving_back_yesterdays_event_does_not_open_today(path):
    """An event taken before midnight returns to a day that is over."""
    clock = Clock()
    quota = Quota(path, clock=clock)
    taken = quota.reserve(crash=True, fingerprint="ab12")
    clock.at += SECONDS_A_DAY
    assert reasons(quota, 3) == [None] * 3
    taken.give_back()
    assert reasons(quota, 1) == ["quota:fingerprint"]


def test_a_new_day_is_fresh(path):
    """At UTC midnight the quota begins anew."""
    clock = Clock(DAY - 3600 + SECONDS_A_DAY - 1)
    quota = Quota(path, clock=clock)
    assert reasons(quota, 4)[-1] == "quota:fingerprint"
    clock.at += 1
    assert reasons(quota, 1) == [None]


def test_the_quota_is_kept_across_runs(path):
    """A second object on the same file goes on counting."""
    reasons(Quota(path, clock=Clock()), 3)
    assert reasons(Quota(path, clock=Clock()), 1) == ["quota:fingerprint"]


def test_over_quota_writes_nothing(path):
    """Once the day is over, a crash loop leaves the file as it is, byte for byte and inode for inode."""
    quota = Quota(path, clock=Clock())
    reasons(quota, 3)
    before = os.stat(path)
    assert set(reasons(quota, 1000)) == {"quota:fingerprint"}
    assert os.stat(path) == before


def test_the_file_stays_small(path):
    """Any number of fingerprints leaves a few kB, even where the limits are opened."""
    limits = {**LIMITS, "crashes": 10_000, "events": 10_000}
    quota = Quota(path, limits=limits, clock=Clock())
    answers = [reasons(quota, 1, fingerprint=f"{n:064x}")[0] for n in range(200)]
    assert answers[0] is None
    assert answers[-1] == "quota:fingerprint"
    assert os.path.getsize(path) < 5000


@pytest.mark.parametrize("days", [1, 2, 300])
def test_a_clock_that_jumps_back_gets_no_second_quota(path, days):
    """Back and forth between two days does not give either of them twice."""
    clock = Clock()
    quota = Quota(path, clock=clock)
    assert reasons(quota, 4)[-1] == "quota:fingerprint"
    for at in (DAY - days * SECONDS_A_DAY, DAY) * 3:
        clock.at = at
        assert reasons(quota, 1) == ["quota:fingerprint"]


def test_a_day_in_the_far_future_is_recovered_from(path):
    """One start with a clock of the year 2099 costs the rest of today, and tomorrow is a day like any other."""
    clock = Clock()
    quota = Quota(path, clock=clock)
    clock.at = DAY + 27_000 * SECONDS_A_DAY
    assert reasons(quota, 4)[-1] == "quota:fingerprint"
    clock.at = DAY
    assert reasons(quota, 1) == ["quota:fingerprint"]
    clock.at = DAY + SECONDS_A_DAY
    assert reasons(quota, 4) == [None, None, None, "quota:fingerprint"]
    clock.at = DAY
    assert reasons(quota, 1) == ["quota:fingerprint"]
    clock.at = DAY + SECONDS_A_DAY
    assert reasons(quota, 1) == ["quota:fingerprint"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4096,
        b"day = 20000\n",
        b"day = 20000\ngreatest = 20000\nevents = -5\n",
        b"day = 20000\ngreatest = 20000\nevents = 1e3\n",
        b"day = 20000\ngreatest = 20000\nevents = \xd9\xa3\n",
        b"day = 20000\ngreatest = 20000\nsomething = 1\n",
        b"day = 99999999999999999999\ngreatest = 1\n",
        b"day = 20000\ngreatest = 20000\nevents = " + b"9" * 5000,
        b"not lines",
    ],
)
def test_a_corrupt_file_is_full_until_the_day_ends(path, content):
    """Counters nobody can read count as used up, today; tomorrow is fresh."""
    clock = Clock()
    quota = Quota(path, clock=clock)
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, 0o600)
    assert reasons(quota, 3) == ["quota:unreadable"] * 3
    clock.at += SECONDS_A_DAY
    assert reasons(quota, 1) == [None]


def test_a_directory_in_the_place_of_the_file_is_over(path):
    """What cannot be replaced stays over, and nothing is raised."""
    os.makedirs(path)
    assert reasons(Quota(path, clock=Clock()), 2) == ["quota:unreadable"] * 2


def test_no_place_is_over():
    """Without a state directory nothing is let through."""
    assert reasons(Quota(None, clock=Clock()), 1) == ["quota:unreadable"]


def test_an_unwritable_place_is_over(tmp_path):
    """A file where the directory should be cannot be written to."""
    (tmp_path / "state").write_text("")
    assert reasons(Quota(str(tmp_path / "state" / "quota"), clock=Clock()), 1) == ["quota:unreadable"]


def test_a_busy_lock_is_over(path):
    """While somebody holds the lock nothing is let through, and nobody waits for long."""
    with files.locked(path):
        assert reasons(Quota(path, clock=Clock()), 1) == ["quota:unreadable"]


def test_threads_share_one_quota(path):
    """Eight threads at once get ten crashes between them, no more."""
    quota = Quota(path, clock=Clock())
    answers = []

    def crash(n):
        answers.extend(reasons(quota, 3, fingerprint=f"{n:x}"))

    threads = [threading.Thread(target=crash, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) <= 10
    assert set(answers) <= {None, "quota:crashes", "quota:fingerprint", "quota:unreadable"}
    assert int(files.read_lines(path)["crashes"]) == answers.count(None)


def test_processes_share_one_quota(path):
    """Four processes at once get two hundred events between them, no more."""
    program = (
        "import sys; from scrubbing.quota import Quota, Over\n"
        "quota = Quota(sys.argv[1], clock=lambda: 1728003600.0, ticks=iter(range(1000)).__next__)\n"
        "print(sum(not isinstance(quota.reserve(crash=False, fingerprint=None), Over) for _ in range(100)))"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    passed = sum(int(child.communicate(timeout=60)[0]) for child in children)
    assert passed == int(files.read_lines(path)["events"])
    assert 100 <= passed <= 200


STEPS = st.one_of(
    st.tuples(st.just("crash"), st.sampled_from(["a", "b", "c", None])),
    st.tuples(st.just("message"), st.none()),
    st.tuples(st.just("settle"), st.integers(0, 600)),
    st.tuples(st.just("give back"), st.none()),
)


@given(steps=st.lists(STEPS, max_size=40))
def test_a_day_never_has_more_than_its_limits(tmp_path_factory, steps):
    """Whatever is reserved, settled and given back in any order, what remains is within every cap."""
    limits = {"fingerprint": 2, "crashes": 3, "events": 5, "bytes": 1000}
    quota = Quota(str(tmp_path_factory.mktemp("quota") / "quota"), limits=limits, clock=Clock())
    held = []
    for step, value in steps:
        if step in ("crash", "message"):
            answer = quota.reserve(crash=step == "crash", fingerprint=value)
            if not isinstance(answer, Over):
                held.append([answer, step, value, 0])
        elif step == "settle" and held and held[-1][3] == 0 and value:
            held[-1][3] = value
            if held[-1][0].settle(value) is not None:
                held.pop()
        elif step == "give back" and held:
            held.pop()[0].give_back()
        crashes = [fingerprint for _, kind, fingerprint, _ in held if kind == "crash"]
        assert len(held) <= 5
        assert len(crashes) <= 3
        assert all(crashes.count(fingerprint) <= 2 for fingerprint in crashes)
        assert sum(size for *_, size in held) <= 1000
