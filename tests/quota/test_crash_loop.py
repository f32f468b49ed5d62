"""A program that crashes at every start: what is sent, what is written, and many of them at once."""

from __future__ import annotations

import os
import threading

import pytest
from apps import App
from servers.faulty import Faulty

from scrubbing import drops, files
from scrubbing.drops import EXACT, Drops, thinned
from scrubbing.quota import LIMITS, Over, Quota
from scrubbing.usage.sessions import Sessions

SOAK = os.environ.get("SOAK") == "1"
NOON = 20_000 * 86400 + 43200.0
CRASH = """
with telemetry.command("watch"):
    raise ValueError(os.environ["PLANTED"])
"""


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


@pytest.fixture
def written(monkeypatch):
    """The bytes of every file that is written from here on; the library writes in one place alone."""
    sizes = []
    real = files.write_bytes

    def write(path, data, **how):
        sizes.append(len(data))
        real(path, data, **how)

    monkeypatch.setattr(files, "write_bytes", write)
    return sizes


def test_a_loop_of_crashing_starts_writes_a_few_kilobytes(tmp_path, written):
    """Each start makes everything anew, as a process does: three crashes pass, and less than 16 KiB is ever written."""
    starts = 10_000 if SOAK else 1000
    passed, told = 0, []
    for _ in range(starts):
        counters = Drops(str(tmp_path / "drops"), clock=lambda: NOON)
        sessions = Sessions(str(tmp_path / "sessions"), drop=counters.count, clock=lambda: NOON)
        told += filter(None, [sessions.record("watch", "ok")])
        answer = Quota(str(tmp_path / "quota"), clock=lambda: NOON).reserve(crash=True, fingerprint="ab12")
        if isinstance(answer, Over):
            counters.count(answer.reason)
        else:
            passed += answer.settle(2000) is None
        told += filter(None, [sessions.record("watch", "crashed")])
        counters.save()
    assert passed == LIMITS["fingerprint"]
    assert [(update.status, update.init) for update in told] == [("ok", True), ("crashed", False)]
    assert sum(written) < 16 * 1024
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2048
    number, _ = drops.read(str(tmp_path / "drops"))["quota:fingerprint"]
    assert starts / 5 < number < starts * 5  # right on average, and never far off


def test_what_is_written_is_heard(tmp_path, written):
    """The control: reasons no loop is counted by are written each time."""
    for _ in range(50):
        counters = Drops(str(tmp_path / "drops"), clock=lambda: NOON)
        counters.count("http:403")
        counters.save()
    assert len(written) == 50
    assert drops.read(str(tmp_path / "drops"))["http:403"][0] == 50


def test_counters_of_a_loop_are_right_on_average():
    """Up to sixteen exact; then the mean of many counters is what was counted, one by one or in lumps."""
    for before in range(EXACT):
        assert thinned(before, 1) == 1
    for lump in (1, 3, 1000):
        ends = []
        for _ in range(300):
            at = EXACT
            for _ in range(300):
                at += thinned(at, lump)
            ends.append(at - EXACT)
        assert 0.85 < sum(ends) / len(ends) / (300 * lump) < 1.15


def test_the_date_is_that_of_the_last_day_it_happened(tmp_path):
    """On a new day the first drop is written, however large the counter is."""
    path = str(tmp_path / "drops")
    files.write_lines(path, {"quota:fingerprint": "9000000 2024-10-04"})
    counters = Drops(path, clock=lambda: NOON + 86400)
    counters.count("quota:fingerprint")
    counters.save()
    assert drops.read(path)["quota:fingerprint"][1] == "2024-10-05"


def state(app):
    return {str(path): path.stat().st_size for path in app.outbox.parent.rglob("*") if path.is_file()}


@pytest.mark.skipif(not SOAK, reason="takes minutes; SOAK=1 runs it")
def test_a_loop_of_real_processes(app):
    """A thousand starts: what the quota says arrives, the disk holds a few kB, and each ends as it would without us."""
    app.write(CRASH)
    silent = app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert all(app.run() == silent for _ in range(1000))
    assert len(app.items()) == LIMITS["fingerprint"]
    small = {path: size for path, size in state(app).items() if "/sent/" not in path}
    assert sum(small.values()) < 4096


def test_a_short_loop_of_real_processes(app):
    """Five starts: three crashes and one session arrive, and from then on only the counter of drops is written."""
    app.write(CRASH)
    silent = app.run(environ=app.environ(FROB_TELEMETRY="off"))
    ended = [app.run() for _ in range(4)]
    before = {path: os.stat(path).st_mtime_ns for path in state(app)}
    ended.append(app.run())
    changed = {os.path.basename(path) for path in state(app) if os.stat(path).st_mtime_ns != before.get(path)}
    assert ended == [silent] * 5
    assert len(app.items()) == LIMITS["fingerprint"]
    assert {session["status"] for session in app.items("session")} == {"ok", "crashed"}
    assert len({session["sid"] for session in app.items("session")}) == 1
    assert {name for name in changed if not name.endswith((".lock", ".envelope"))} <= {"drops"}


AT_ONCE = """
import sys, threading
failures = [KeyError, IndexError, ValueError, OverflowError, ZeroDivisionError, RecursionError]
for number in range(int(sys.argv[1])):
    try:
        raise failures[number % 6](os.environ["PLANTED"])
    except Exception as error:
        telemetry.capture_exception(error)
"""


@pytest.mark.parametrize(("processes", "events"), [(40, 60)] if SOAK else [(4, 12)])
def test_processes_at_once_never_exceed_the_quota(app, processes, events):
    """So many at one moment with so many crashes each: ten a day, three of a kind, and what was stored is counted."""
    app.write(AT_ONCE)
    running = [app.start(str(events)) for _ in range(processes)]
    for process in running:
        assert process.communicate(timeout=300)[1] == ""
        assert process.returncode == 0
    found = app.items()
    kinds = [event["exception"]["values"][0]["type"] for event in found]
    assert 0 < len(found) <= LIMITS["crashes"]
    assert max(map(kinds.count, kinds)) <= LIMITS["fingerprint"]
    lines = files.read_lines(str(app.outbox.parent / "quota"))
    assert int(lines["crashes"]) == len(found)


CLOCKS = {
    "stands still": lambda n: NOON,
    "goes back": lambda n: NOON - n * 86400.0 / 7,
    "jumps to and fro": lambda n: NOON + (n % 2) * 400 * 86400.0,
    "is before 1970": lambda n: -5.0 * n,
}


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_clock_that_is_wrong_gives_no_second_quota(tmp_path, clock):
    """A thousand starts of a loop: three a day that the clock really walked into, and no more."""
    now = [NOON]
    quota = Quota(str(tmp_path / "quota"), clock=lambda: now[0])
    passed = 0
    for number in range(1000):
        now[0] = CLOCKS[clock](number)
        passed += not isinstance(quota.reserve(crash=True, fingerprint="ab12"), Over)
    assert passed <= 2 * LIMITS["fingerprint"]
    assert passed >= LIMITS["fingerprint"]


def test_giving_back_to_a_file_that_is_gone_makes_none(tmp_path):
    """A report that was under way while everything was erased leaves no file behind."""
    path = str(tmp_path / "state" / "quota")
    held = Quota(path, clock=lambda: NOON).reserve(crash=True, fingerprint="ab12")
    os.unlink(path)
    held.give_back()
    assert not os.path.exists(path)


def test_threads_at_once_in_one_process(tmp_path):
    """Eight threads share the day and the second."""
    quota = Quota(str(tmp_path / "quota"), clock=lambda: NOON, ticks=lambda: 0.0)
    passed = []

    def work():
        passed.extend(not isinstance(quota.reserve(crash=False, fingerprint=None), Over) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) <= LIMITS["second"] + 8  # threads that look at one moment may each get one
