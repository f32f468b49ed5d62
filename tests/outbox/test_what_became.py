"""What became of each envelope: told by who let go of it, whole lines from many processes, within bounds."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.outbox import history
from scrubbing.outbox.history import DAYS, MAX_BYTES, WORDS, History
from scrubbing.outbox.store import Entry, Outbox, OutboxLimits

DAY = 86400
NOW = 1_700_000_000
ROOT = str(pathlib.Path(__file__).parents[2])


def entry(number=0, *, fingerprint=None, purpose="crashes"):
    return Entry(
        name="",
        size=100 + number,
        created=NOW - 5.5,
        purpose=purpose,
        category="error",
        fingerprint=fingerprint,
        id=f"{number:016x}",
    )


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state" / "history")


def lines(path, now=NOW):
    return [(one.id, one.what, one.detail) for one in History(path, clock=lambda: now).told()]


def test_what_is_noted_is_told(path):
    """All that is known of an envelope comes back, in the order it happened."""
    kept = History(path, clock=lambda: NOW + 0.9)
    kept.note(entry(1, fingerprint="ab12"), history.SENT, "200")
    kept.note(entry(2, purpose="usage"), history.EXPIRED)
    first, second = kept.told()
    known = (first.at, first.what, first.detail, first.created, first.purpose, first.category, first.size)
    assert known == (NOW, "sent", "200", NOW - 6, "crashes", "error", 101)
    assert (first.fingerprint, second.fingerprint) == ("ab12", None)
    assert (second.what, second.detail, second.purpose) == ("expired", "", "usage")


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_this_user_can_read_it(path):
    """As every file of ours."""
    History(path).note(entry(), history.SENT)
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_a_no_makes_no_file(path):
    """What is erased is noted where there is a history, and nowhere else."""
    kept = History(path)
    kept.note(entry(1), history.ERASED)
    assert not os.path.exists(path)
    kept.note(entry(2), history.SENT)
    kept.note(entry(3), history.ERASED)
    assert [what for _, what, _ in lines(path, NOW)] == ["sent", "erased"]
    kept.erase()
    kept.erase()
    assert not os.path.exists(path)


def test_without_a_place_nothing_is_kept():
    """No home directory: nothing is noted, told or erased, and nothing is raised."""
    kept = History(None)
    kept.note(entry(), history.SENT)
    kept.erase()
    assert kept.told() == []


@pytest.mark.parametrize("words", [("gone", ""), ("sent", "a b"), ("sent", "x\ny"), ("sent", "é"), ("sent", "x" * 300)])
def test_nothing_but_words_gets_in(path, words):
    """A text with spaces, lines or letters of anybody's is not noted."""
    History(path).note(entry(), *words)
    assert lines(path) == []
    assert not os.path.exists(path)


def test_it_is_forgotten_after_ninety_days(path):
    """What is older is not told, and is gone from the disk once something new is noted."""
    History(path, clock=lambda: NOW).note(entry(1), history.SENT, "200")
    assert len(lines(path, NOW + DAYS * DAY - 1)) == 1
    late = NOW + DAYS * DAY + 1
    assert lines(path, late) == []
    History(path, clock=lambda: late).note(entry(2), history.SENT, "200")
    with open(path, "rb") as file:
        assert file.read().count(b"\n") == 1


def test_it_is_bounded_and_the_newest_of_each_crash_stays(path):
    """A storm of sessions does not push out when a crash was sent the last time."""
    kept = History(path, clock=lambda: NOW)
    for number in range(3):
        kept.note(entry(number, fingerprint="aa"), history.SENT, "200")
    for number in range(100, 3000):
        kept.note(entry(number, purpose="usage"), history.SENT, "200")
    assert os.path.getsize(path) <= MAX_BYTES + 200
    told = [id_ for id_, _, _ in lines(path)]
    assert f"{2:016x}" in told
    assert f"{0:016x}" not in told
    assert told[-1] == f"{2999:016x}"
    assert len(told) > 1000


@given(garbage=st.lists(st.binary(max_size=300), max_size=5))
def test_a_damaged_line_is_no_line(tmp_path_factory, garbage):
    """Whatever stands between our lines, ours are read and nothing is raised."""
    path = str(tmp_path_factory.mktemp("history") / "history")
    kept = History(path, clock=lambda: NOW)
    for number, junk in enumerate(garbage):
        kept.note(entry(number), history.SENT, "200")
        with open(path, "ab") as file:
            file.write(junk)
    kept.note(entry(77), history.REFUSED, "http:413")
    mine = [id_ for id_, _, _ in lines(path)]
    assert mine[-1] == f"{77:016x}"
    assert {f"{number:016x}" for number in range(len(garbage))} <= set(mine)


@pytest.mark.parametrize("torn", [b"17000", b"1700000000 sent 200 0000", b"\xff\xfe"])
def test_a_line_cut_off_by_a_full_disk_spoils_no_other(path, torn):
    """The next line starts on a line of its own."""
    kept = History(path, clock=lambda: NOW)
    kept.note(entry(1), history.SENT)
    with open(path, "ab") as file:
        file.write(torn)
    kept.note(entry(2), history.SENT)
    assert [id_ for id_, _, _ in lines(path)] == [f"{1:016x}", f"{2:016x}"]


def test_a_huge_file_costs_no_more_than_its_end(path):
    """A file somebody let grow is read from its end, and rewritten to its bounds with the next line."""
    kept = History(path, clock=lambda: NOW)
    kept.note(entry(1), history.SENT)
    with open(path, "r+b") as file:
        file.truncate(50_000_000)
    kept.note(entry(2), history.SENT)
    assert [id_ for id_, _, _ in lines(path)] == [f"{2:016x}"]
    assert os.path.getsize(path) < MAX_BYTES


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX's")
@pytest.mark.parametrize("what", ["directory", "pipe", "link"])
def test_what_is_no_file_of_ours_is_left_alone(path, tmp_path, what):
    """A directory, a pipe nobody reads, a link to another file: nothing is raised, waited for or written."""
    os.makedirs(os.path.dirname(path))
    other = tmp_path / "other"
    other.write_text("mine\n")
    {"directory": os.mkdir, "pipe": os.mkfifo, "link": lambda at: os.symlink(other, at)}[what](path)
    History(path).note(entry(), history.SENT)
    assert other.read_text() == "mine\n"
    with pytest.raises(OSError):
        History(path).told()


def test_processes_write_whole_lines(path):
    """Many at once, who rewrite the file on the way: every line that is left is whole."""
    program = f"""
import sys
sys.path[:0] = {[ROOT, os.path.dirname(__file__)]!r}
from scrubbing.outbox import history
from test_what_became import entry
history.MAX_BYTES, history._KEPT_BYTES = 6000, 4000
kept = history.History({path!r})
for number in range(200):
    kept.note(entry(int(sys.argv[1]) * 1000 + number), history.SENT, "200")
"""
    children = [subprocess.Popen([sys.executable, "-c", program, str(number)]) for number in range(4)]
    assert [child.wait(60) for child in children] == [0] * 4
    with open(path, "rb") as file:
        raw = file.read().splitlines()
    whole = lines(path)
    assert len(whole) == len(raw)
    assert len(raw) > 20
    assert os.path.getsize(path) < 7000


def test_the_store_tells_what_it_lets_go_of(tmp_path):
    """Expired, given way, erased: each is told of once, with the envelope it was."""
    told, at = [], [NOW]
    outbox = Outbox(
        str(tmp_path / "outbox"),
        drop=lambda _: None,
        told=lambda one, what: told.append((one.id, what)),
        limits=OutboxLimits(envelopes=2),
        clock=lambda: at[0],
    )

    def put():
        at[0] += 1
        return outbox.put(b"{}\n", purpose="crashes", category="error").id

    first, second, third = put(), put(), put()
    assert told == [(first, "full")]
    at[0] += 20 * DAY
    assert outbox.waiting() == []
    last = put()
    outbox.erase()
    assert told[1:] == [(second, "expired"), (third, "expired"), (last, "erased")]
    assert {what for _, what in told} <= set(WORDS)
