"""The outbox directory: whole files, within bounds, of this user alone."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files
from scrubbing.outbox.store import Outbox, OutboxLimits, TooBig, Unusable

DAY = 86400.0
NOW = 1_700_000_000.0


class Clock:
    """A clock that goes on by a second each time it is asked, so that ages differ."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        self.at += 1
        return self.at


@pytest.fixture
def directory(tmp_path):
    return str(tmp_path / "state" / "outbox")


@pytest.fixture
def dropped():
    return []


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def outbox(directory, dropped, clock):
    return Outbox(directory, drop=dropped.append, clock=clock)


def put(outbox, data=b"{}\n", fingerprint=None, purpose="crashes", category="error"):
    return outbox.put(data, purpose=purpose, category=category, fingerprint=fingerprint)


def test_what_is_put_waits_and_can_be_read(outbox):
    """An envelope comes back byte for byte, with what its name says about it."""
    entry = put(outbox, b"\x00envelope\n", fingerprint="ab12cd34ef567890")
    (found,) = outbox.waiting()
    assert (found.name, found.size, found.id) == (entry.name, 10, entry.id)
    assert (found.purpose, found.category, found.fingerprint) == ("crashes", "error", "ab12cd34ef56")
    assert abs(found.created - NOW) < 5
    assert outbox.read(found) == b"\x00envelope\n"


def test_nothing_put_makes_no_directory(outbox, directory):
    """Listing and erasing an outbox that was never used leaves nothing behind."""
    assert outbox.waiting() == []
    assert outbox.erase() == 0
    assert not os.path.exists(os.path.dirname(directory))


def test_the_oldest_comes_first(outbox):
    """Envelopes wait in the order they were put."""
    names = [put(outbox).name for _ in range(5)]
    assert [entry.name for entry in outbox.waiting()] == names


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_this_user_can_read_it(outbox, directory):
    """Files are 0600 in a directory that is 0700, whatever the umask is."""
    before = os.umask(0)
    try:
        entry = put(outbox)
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(directory).st_mode) == 0o700
    assert stat.S_IMODE(os.stat(os.path.join(directory, entry.name)).st_mode) == 0o600


def test_the_31st_lets_the_oldest_go(outbox, dropped):
    """Thirty envelopes wait; a further one costs the oldest, which is counted."""
    names = [put(outbox).name for _ in range(32)]
    assert [entry.name for entry in outbox.waiting()] == names[2:]
    assert dropped == ["outbox:full"] * 2


def test_a_mebibyte_waits(outbox, dropped):
    """The bytes of all envelopes are bounded too."""
    for _ in range(6):
        put(outbox, b"x" * 200_000)
    assert sum(entry.size for entry in outbox.waiting()) <= 1024 * 1024
    assert dropped == ["outbox:full"]


def test_an_envelope_over_its_limit_is_refused(outbox, directory):
    """256 KiB fit, one byte more does not, and leaves no trace."""
    put(outbox, b"x" * 256 * 1024)
    with pytest.raises(TooBig):
        put(outbox, b"x" * (256 * 1024 + 1))
    assert len(os.listdir(directory)) == 1


def test_the_newest_crash_of_each_fingerprint_stays_longest(outbox):
    """A storm of one crash and many messages lets the message and the older crashes go, never a crash's only report."""
    first = put(outbox, fingerprint="aa").name
    storm = [put(outbox, fingerprint="bb").name for _ in range(20)]
    for _ in range(30):
        put(outbox, purpose="usage", category="default")
    left = {entry.name for entry in outbox.waiting()}
    assert first in left
    assert storm[-1] in left
    assert not left & set(storm[:-1])


def test_what_was_just_put_stays(outbox):
    """A message put where thirty different crashes wait is kept, and the oldest crash goes."""
    names = [put(outbox, fingerprint=f"{n:x}").name for n in range(30)]
    message = put(outbox, purpose="usage", category="default").name
    left = [entry.name for entry in outbox.waiting()]
    assert left == [*names[1:], message]


def test_an_envelope_expires_after_fourteen_days(outbox, dropped, clock):
    """It is removed and counted once it is found to be older."""
    put(outbox)
    clock.at += 14 * DAY - 10
    assert len(outbox.waiting()) == 1
    clock.at += 20
    assert outbox.waiting() == []
    assert dropped == ["outbox:expired"]


def test_a_clock_that_jumps_back_expires_nothing(outbox, clock):
    """An envelope from the future waits."""
    put(outbox)
    clock.at -= 100 * DAY
    assert len(outbox.waiting()) == 1


def test_a_purpose_can_be_erased(outbox):
    """Erasing one purpose leaves the others; erasing all leaves none."""
    for purpose in ("crashes", "usage", "crashes"):
        put(outbox, purpose=purpose)
    assert outbox.erase("crashes") == 2
    assert [entry.purpose for entry in outbox.waiting()] == ["usage"]
    assert outbox.erase() == 1
    assert outbox.waiting() == []


def test_removing_happens_once(outbox):
    """Only the call that removed an envelope says so; reading it afterwards fails as gone."""
    entry = put(outbox)
    assert outbox.remove(entry)
    assert not outbox.remove(entry)
    with pytest.raises(FileNotFoundError):
        outbox.read(entry)


@pytest.mark.parametrize(
    "words", [{"purpose": ""}, {"purpose": "a.b"}, {"category": "../x"}, {"category": "E"}, {"fingerprint": "x/y"}]
)
def test_a_name_is_made_of_words(outbox, words):
    """What would break a file's name is refused."""
    with pytest.raises(ValueError, match="expected words"):
        put(outbox, **words)


def test_a_seal_comes_back_with_its_envelope(outbox, directory):
    """In the file's name, so that it goes where the envelope goes; envelopes without one wait beside."""
    put(outbox)
    sealed = outbox.put(b"{}\n", purpose="crashes", category="error", fingerprint="ab" * 16, seal="0f" * 16)

    assert [entry.seal for entry in outbox.waiting()] == ["", "0f" * 16]
    assert sealed.fingerprint == "ab" * 6
    assert sealed.name in os.listdir(directory)
    assert outbox.read(sealed) == b"{}\n"
    assert outbox.remove(sealed)


@pytest.mark.parametrize("seal", ["0f", "0F" * 16, "../" * 10 + "ab", "0f" * 17, "x" * 32])
def test_a_seal_is_32_digits(outbox, seal):
    """Nothing else gets into a file's name."""
    with pytest.raises(ValueError, match="seal"):
        outbox.put(b"{}\n", purpose="crashes", category="error", seal=seal)


def test_strangers_files_are_left_alone(outbox, directory):
    """What is not named like an envelope is neither listed nor removed."""
    put(outbox)
    for name in ("notes.txt", ".envelope", "1.2.3.4.5.6.envelope", "x.crashes.error.0.00.envelope"):
        with open(os.path.join(directory, name), "w"):
            pass
    os.mkdir(os.path.join(directory, f"{0:014d}.crashes.error.0.00.envelope"))
    assert len(outbox.waiting()) == 1
    outbox.erase()
    assert len(os.listdir(directory)) == 5


def test_stray_unfinished_files_are_swept_after_an_hour(outbox, directory):
    """What a killed writer left goes once nobody can be writing it any more."""
    put(outbox)
    old, young = (os.path.join(directory, f".{name}.ab{files.UNFINISHED}") for name in ("old", "young"))
    for path, age in ((old, 4000), (young, 60)):
        with open(path, "w"):
            pass
        os.utime(path, (NOW - age, NOW - age))
    outbox.waiting()
    assert not os.path.exists(old)
    assert os.path.exists(young)


@pytest.mark.skipif(os.name != "posix", reason="links and permissions are POSIX's")
@pytest.mark.parametrize("trouble", ["a link", "open to all", "a file", "somebody else's"])
def test_a_directory_that_is_not_ours_alone_is_refused(tmp_path, directory, dropped, trouble):
    """Nothing is written to, read from or removed in such a place."""
    os.makedirs(os.path.dirname(directory))
    if trouble == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        os.symlink(tmp_path / "elsewhere", directory)
    elif trouble == "a file":
        (tmp_path / "state" / "outbox").write_text("")
    else:
        os.mkdir(directory, 0o700)
        if trouble == "open to all":
            os.chmod(directory, 0o777)
        elif os.geteuid() == 0:
            os.chown(directory, 12345, 12345)
        else:
            pytest.skip("only root can give a directory away")
    outbox = Outbox(directory, drop=dropped.append)
    for call in (lambda: put(outbox), outbox.waiting, outbox.erase):
        with pytest.raises(Unusable):
            call()
    assert not (tmp_path / "elsewhere").exists() or not os.listdir(tmp_path / "elsewhere")


def test_no_place_is_refused(dropped):
    """Without a state directory there is no outbox."""
    with pytest.raises(Unusable):
        put(Outbox(None, drop=dropped.append))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_link_in_an_envelopes_place_is_not_read(outbox, directory, tmp_path):
    """Neither is waited for nor followed."""
    entry = put(outbox)
    path = os.path.join(directory, entry.name)
    secret = tmp_path / "secret"
    secret.write_text("hush")
    os.unlink(path)
    os.mkfifo(path)
    with pytest.raises(OSError, match="regular file"):
        outbox.read(entry)
    os.unlink(path)
    os.symlink(secret, path)
    assert outbox.waiting() == []
    with pytest.raises(OSError, match=entry.name):
        outbox.read(entry)


def test_threads_keep_the_bounds(directory, dropped):
    """Eight threads that put at once leave thirty envelopes, and every other one was counted."""
    outbox = Outbox(directory, drop=dropped.append)
    threads = [threading.Thread(target=lambda: [put(outbox) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outbox.waiting()) + len(dropped) == 80
    assert len(outbox.waiting()) == 30


WRITER = """
import sys
from scrubbing.outbox.store import Outbox, OutboxLimits
outbox = Outbox(sys.argv[1], drop=str, limits=OutboxLimits(envelopes=40))
print("ready", flush=True)
while True:
    outbox.put(b"begin" + b"x" * 20_000 + b"end", purpose="crashes", category="error", fingerprint="ab")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_killed_writer_leaves_nothing_half_written(directory, dropped):
    """Writers killed at any moment leave whole envelopes, and unfinished files that nobody lists."""
    for round_ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, directory], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(0.03 + 0.011 * round_)
        writer.kill()
        writer.wait()
        writer.stdout.close()
    outbox = Outbox(directory, drop=dropped.append, limits=OutboxLimits(envelopes=40))
    entries = outbox.waiting()
    assert entries
    assert {outbox.read(entry) for entry in entries} == {b"begin" + b"x" * 20_000 + b"end"}
    later = Outbox(directory, drop=dropped.append, clock=lambda: time.time() + 7200)
    later.waiting()
    assert not [name for name in os.listdir(directory) if name.endswith(files.UNFINISHED)]


PUTS = st.lists(st.tuples(st.sampled_from([None, "a", "b", "c"]), st.integers(0, 400)), max_size=30)


@given(PUTS)
def test_no_order_of_puts_breaks_the_bounds(tmp_path_factory, puts):
    """Within number and bytes at every moment; what is missing was counted; what was just put is there."""
    dropped = []
    directory = str(tmp_path_factory.mktemp("outbox") / "outbox")
    limits = OutboxLimits(envelopes=4, envelope_bytes=400, bytes=1000)
    outbox = Outbox(directory, drop=dropped.append, limits=limits, clock=Clock())
    for number, (fingerprint, size) in enumerate(puts, 1):
        entry = put(outbox, b"x" * size, fingerprint=fingerprint)
        waiting = outbox.waiting()
        assert len(waiting) <= 4
        assert sum(found.size for found in waiting) <= 1000
        assert entry.name in {found.name for found in waiting}
        assert len(waiting) + len(dropped) == number


def test_a_claimed_envelope_waits_no_more(outbox, directory):
    """It can be read, put back, removed and erased; nobody else finds it among what waits."""
    entry = put(outbox, b"once")
    claimed = outbox.claim(entry)
    assert (outbox.waiting(), [one.id for one in outbox.claimed()]) == ([], [entry.id])
    assert claimed.is_claimed
    assert not entry.is_claimed
    assert outbox.read(claimed) == b"once"
    assert outbox.claim(entry) is None
    back = outbox.unclaim(claimed)
    assert (back.name, [one.id for one in outbox.waiting()]) == (entry.name, [entry.id])
    outbox.claim(back)
    assert outbox.erase("crashes") == 1
    assert os.listdir(directory) == []


def test_an_envelope_keeps_its_id_on_another_shelf(outbox):
    """So that one name leads the user to it, wherever it lies."""
    first = put(outbox)
    second = outbox.put(b"{}\n", purpose="crashes", category="error", id=first.id)
    assert second.id == first.id
    assert second.name != first.name


@pytest.mark.parametrize("id_", ["0f", "x" * 16, "../" * 5 + "a", "0F" * 8])
def test_an_id_is_sixteen_digits(outbox, id_):
    """Nothing else gets into a file's name."""
    with pytest.raises(ValueError, match="id"):
        outbox.put(b"{}\n", purpose="crashes", category="error", id=id_)


def stuff(directory, number, name="stranger-{}"):
    os.makedirs(directory, mode=0o700)
    for at in range(number):
        with open(os.path.join(directory, name.format(at)), "w"):
            pass


def test_strangers_files_are_passed_over(outbox, directory):
    """A thousand files of somebody else's are neither touched nor in the way."""
    stuff(directory, 1000)
    entry = put(outbox)
    assert [one.name for one in outbox.waiting()] == [entry.name]
    assert len(os.listdir(directory)) == 1001


@pytest.mark.parametrize("name", ["stranger-{}", "{:017d}.crashes.error.0.0000000000000000.envelope"])
def test_a_stuffed_directory_is_not_used(outbox, directory, name):
    """With thousands of files in it, foreign or like ours, nothing is put and nothing stays behind."""
    stuff(directory, 4200, name)
    with pytest.raises(Unusable, match="holds more than"):
        put(outbox)
    with pytest.raises(Unusable, match="holds more than"):
        outbox.waiting()
    assert len(os.listdir(directory)) == 4200
