"""Sessions: one a UTC day and subcommand, told when there is news."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys

import pytest

from scrubbing import files
from scrubbing.usage.sessions import Sessions

DAY = 20_000 * 86400 + 3600.0
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at=DAY):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state" / "sessions")


@pytest.fixture
def dropped():
    return []


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(path, dropped, clock):
    return Sessions(path, drop=dropped.append, clock=clock)


def test_the_first_run_of_a_day_is_told(sessions):
    """A good first run begins a session with a random id of version 4."""
    told = sessions.record("watch", "ok")
    assert UUID4.fullmatch(told.sid)
    assert (told.init, told.status, told.errors, told.seq) == (True, "ok", 0, 0)
    assert (told.started, told.subcommand) == (int(DAY), "watch")


def test_the_second_run_is_no_news(sessions, path):
    """The same status again tells nothing and touches nothing."""
    sessions.record("watch", "ok")
    before = os.stat(path)
    assert sessions.record("watch", "ok") is None
    assert os.stat(path) == before


def test_a_later_crash_updates_the_same_session(sessions):
    """Worse statuses go out under the same id, in order, and the worst one is the last."""
    updates = [sessions.record("watch", status) for status in ("ok", "errored", "ok", "crashed", "errored", "crashed")]
    told = [update for update in updates if update is not None]
    assert [updates.index(update) for update in told] == [0, 1, 3]
    assert {update.sid for update in told} == {told[0].sid}
    assert [(u.init, u.status, u.errors, u.seq) for u in told] == [
        (True, "ok", 0, 0),
        (False, "ok", 1, 1),
        (False, "crashed", 2, 2),
    ]


def test_a_first_crash_is_told_as_one(sessions):
    """A day whose first run crashes has a crashed session, and a good run later changes nothing."""
    told = sessions.record("watch", "crashed")
    assert (told.init, told.status, told.errors) == (True, "crashed", 1)
    assert sessions.record("watch", "ok") is None


def test_news_can_be_asked_for_without_telling(sessions, path):
    """Looking for news writes nothing, and says what record would do."""
    assert sessions.is_news("watch", "ok")
    assert not os.path.exists(path)
    sessions.record("watch", "ok")
    assert not sessions.is_news("watch", "ok")
    assert sessions.is_news("watch", "crashed")


def test_subcommands_and_days_have_sessions_of_their_own(sessions, clock):
    """Another subcommand, and another day, begin another session."""
    ids = [sessions.record("watch", "ok").sid, sessions.record("build", "ok").sid]
    clock.at += 86400
    ids.append(sessions.record("watch", "ok").sid)
    assert len(set(ids)) == 3


def test_a_day_has_twenty_sessions(sessions, path):
    """The 21st subcommand of a day is not told, while one of the twenty can still get worse."""
    told = [sessions.record(f"command {n}", "ok") for n in range(21)]
    assert [update is not None for update in told] == [True] * 20 + [False]
    assert sessions.record("command 3", "crashed").sid == told[3].sid
    assert os.path.getsize(path) < 4000


def test_yesterdays_sessions_are_forgotten(sessions, path, clock):
    """The file holds one day."""
    sessions.record("watch", "ok")
    clock.at += 86400
    sessions.record("build", "ok")
    assert not any("watch" in line for line in files.read_lines(path))


def test_a_clock_that_jumps_back_tells_no_session_twice(sessions, clock):
    """Yesterday after today is the same day to us."""
    sessions.record("watch", "ok")
    clock.at -= 86400
    assert sessions.record("watch", "ok") is None
    clock.at += 86400
    assert sessions.record("watch", "ok") is None


@pytest.mark.parametrize("name", ["", "a = b", "line\nbreak", "x" * 65, " padded ", "naïve", "#hash\x00"])
def test_a_name_no_line_can_keep_has_no_name(sessions, name):
    """Such a subcommand is recorded like any unknown one."""
    assert sessions.record(name, "ok").subcommand == "<?>"


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"day = 20000\ngreatest = 20000\nsession watch = ok alice 1 0 0\n", b"day = x\n"]
)
def test_a_damaged_file_is_counted_once_and_ends_the_day(sessions, path, dropped, clock, content):
    """Nothing is told from a file that cannot be understood; the next day is fine again."""
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, 0o600)
    assert [sessions.record("watch", "crashed") for _ in range(3)] == [None] * 3
    assert dropped == ["sessions:unreadable"]
    clock.at += 86400
    assert sessions.record("watch", "ok").init


def test_without_a_place_it_is_counted(dropped):
    """No directory: nothing is told, nothing raised."""
    assert Sessions(None, drop=dropped.append).record("watch", "ok") is None
    assert dropped == ["sessions:unreadable"]


def test_a_busy_lock_is_counted(sessions, path, dropped):
    """While somebody holds the lock nothing is told, nothing raised."""
    with files.locked(path):
        assert sessions.record("watch", "ok") is None
    assert dropped == ["sessions:unreadable"]


def test_processes_tell_a_session_once(path):
    """Of six processes that end at once, one begins the session."""
    program = (
        "import sys; from scrubbing.usage.sessions import Sessions\n"
        "print(Sessions(sys.argv[1], drop=str, clock=lambda: 1728003600.0).record('watch', 'ok') is not None)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    assert sorted(child.communicate(timeout=60)[0].strip() for child in children) == ["False"] * 5 + ["True"]


def test_no_news_imports_nothing_heavy(path):
    """A command that ends like the one before loads no lock, no json, no uuid, no attrs, no re."""
    Sessions(path, drop=print).record("watch", "ok")
    program = (
        "import sys; before = set(sys.modules)\n"
        "from scrubbing.usage.sessions import Sessions\n"
        "assert Sessions(sys.argv[1], drop=print).record('watch', 'ok') is None\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    root = str(pathlib.Path(__file__).parents[2])
    arguments = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {root!r})\n{program}", path]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    ours = {
        "scrubbing",
        "scrubbing.clock",
        "scrubbing.files",
        "scrubbing.quota",
        "scrubbing.usage",
        "scrubbing.usage.sessions",
    }
    assert set(done.stdout.split()) <= ours | {"__future__"}
