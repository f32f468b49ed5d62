"""Reading and writing: whole files, of this user, or none."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX owners and permissions")
root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to change owners")


def _put(path, data, mode=0o600):
    path.write_bytes(data)
    path.chmod(mode)
    return str(path)


def _as_nobody(call):
    """Run ``call`` in a child without root's rights and return what it printed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
            os.write(writing, str(call()).encode())
        except BaseException as error:
            os.write(writing, repr(error).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(pid, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


def test_lines_are_read_with_comments_blanks_and_foreign_line_ends(tmp_path):
    """Comments, blank lines, spaces, CRLF and a byte order mark do not matter; '=' and '#' inside a value do."""
    path = _put(
        tmp_path / "f", b"\xef\xbb\xbf# about\r\n\r\n crashes = on \r\nusage=off\r\nnote = a = b # c\r\nempty =\r\n"
    )

    assert files.read_lines(path) == {"crashes": "on", "usage": "off", "note": "a = b # c", "empty": ""}


def test_no_file_is_no_lines(tmp_path):
    """A missing file, a missing directory and a path below a file are all simply nothing."""
    _put(tmp_path / "file", b"")

    assert files.read_lines(str(tmp_path / "none")) == {}
    assert files.read_lines(str(tmp_path / "no" / "such" / "directory")) == {}
    assert files.read_lines(str(tmp_path / "file" / "below")) == {}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"crashes on\n", "line 1 is not `key = value`"),
        (b"a = b\n= on\n", "line 2 is not `key = value`"),
        (b"a = b\na = c\n", "line 2 has a key for the second time"),
        (b"a = \xff\n", "is not UTF-8"),
        (b"a = b\x00\n", "line 1 is not `key = value`"),
        (b"a = \x1b[31m\n", "line 1 is not `key = value`"),
        (b"\x00" * 100, "line 1 is not `key = value`"),
        (b"a = " + b"b" * files.MAX_BYTES, f"has more than {files.MAX_BYTES} bytes"),
    ],
)
def test_anything_else_in_a_file_is_damage(tmp_path, data, problem):
    """A file with anything but lines is Damaged, and the error says where and never what stands there."""
    path = _put(tmp_path / "f", data)

    with pytest.raises(files.Damaged) as caught:
        files.read_lines(path)

    assert caught.value.problem == problem
    assert caught.value.path == path
    assert isinstance(caught.value, OSError)


def test_the_largest_file_is_read(tmp_path):
    """64 KiB exactly are not too much."""
    path = _put(tmp_path / "f", b"a = ".ljust(files.MAX_BYTES, b"b"))

    assert len(files.read_lines(path)["a"]) == files.MAX_BYTES - 4


def test_directories_and_pipes_are_damage_and_do_not_block(tmp_path):
    """Something else than a regular file is refused at once, a pipe nobody writes to included."""
    (tmp_path / "directory").mkdir()
    names = ["directory"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe", 0o600)
        names.append("pipe")

    for name in names:
        with pytest.raises(files.Damaged):
            files.read_lines(str(tmp_path / name))


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_others_can_write_is_damage(tmp_path, mode):
    """What somebody else can have written is not this user's word."""
    with pytest.raises(files.Damaged, match="can be written by others"):
        files.read_lines(_put(tmp_path / "f", b"a = b\n", mode))


@root
def test_a_file_of_another_user_is_damage(tmp_path):
    """A file that belongs to neither this user nor root is refused."""
    path = _put(tmp_path / "f", b"a = b\n", 0o644)
    os.chown(path, 12345, 12345)

    with pytest.raises(files.Damaged, match="belongs to another user"):
        files.read_lines(path)


@root
def test_root_s_file_is_read_by_everybody_it_is_open_to():
    """A user reads the file an administrator wrote, and a file closed to them is damage, not absence."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        read = _put(Path(directory) / "open", b"a = b\n", 0o644)
        closed = _put(Path(directory) / "closed", b"a = b\n", 0o600)

        assert _as_nobody(lambda: files.read_lines(read)) == "{'a': 'b'}"
        assert "PermissionError" in _as_nobody(lambda: files.read_lines(closed))


@posix
def test_a_link_is_judged_by_its_target(tmp_path):
    """A link to a good file is read; to an open one or to nothing it is damage; to itself too."""
    good, bad = _put(tmp_path / "good", b"a = b\n"), _put(tmp_path / "bad", b"a = b\n", 0o666)
    for name, target in (("to-good", good), ("to-bad", bad), ("to-nothing", "gone"), ("to-itself", "to-itself")):
        (tmp_path / name).symlink_to(target)

    assert files.read_lines(str(tmp_path / "to-good")) == {"a": "b"}
    for name in ("to-bad", "to-nothing", "to-itself"):
        with pytest.raises(files.Damaged):
            files.read_lines(str(tmp_path / name))


@posix
def test_writing_through_a_link_keeps_the_link(tmp_path):
    """Writing replaces the file a link points to; the link and its place stay."""
    (tmp_path / "dotfiles").mkdir()
    target = _put(tmp_path / "dotfiles" / "choice", b"a = old\n")
    (tmp_path / "choice").symlink_to(target)

    files.write_lines(str(tmp_path / "choice"), {"a": "new"})

    assert (tmp_path / "choice").is_symlink()
    assert files.read_lines(target) == {"a": "new"}


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_and_directories_are_this_user_s_alone(tmp_path, umask):
    """Files are 0600 and each directory made is 0700, whatever the umask is; directories there already stay."""
    (tmp_path / "config").mkdir(mode=0o755)
    (tmp_path / "config").chmod(0o755)
    before = os.umask(umask)
    try:
        files.write_bytes(str(tmp_path / "config" / "a" / "b" / "f"), b"x", sync=True)
    finally:
        os.umask(before)

    modes = {
        name: stat.S_IMODE((tmp_path / name).stat().st_mode)
        for name in ("config", "config/a", "config/a/b", "config/a/b/f")
    }
    assert modes == {"config": 0o755, "config/a": 0o700, "config/a/b": 0o700, "config/a/b/f": 0o600}


def test_where_nothing_can_be_written_an_oserror_says_so(tmp_path):
    """A directory that cannot be made is the caller's OSError, and nothing is left behind."""
    _put(tmp_path / "file", b"kept")

    with pytest.raises(OSError, match="file"):
        files.write_bytes(str(tmp_path / "file" / "below" / "f"), b"x")
    with pytest.raises(OSError, match="file"):
        files.write_bytes(str(tmp_path / "file" / "f"), b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failed_replacement_leaves_no_unfinished_file(tmp_path):
    """When the last step fails, the unfinished file goes and what was there stays."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "inside").touch()

    with pytest.raises(OSError, match="taken"):
        files.write_bytes(str(tmp_path / "taken"), b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize(
    "mapping",
    [
        {"a": "b\nc = d"},
        {"a\nb": "c"},
        {"a": "b\rc"},
        {"": "a"},
        {"#a": "b"},
        {"a=b": "c"},
        {"a": " b"},
        {"a ": "b"},
        {"a": "\ud800"},
        {"\ufeffa": "b"},
        {"a": "b" * files.MAX_BYTES},
    ],
)
def test_what_would_not_be_read_back_is_not_written(tmp_path, mapping):
    """A key or value that would read as something else is a ValueError and no file, and is not echoed."""
    with pytest.raises(ValueError, match="that can be read back"):
        files.write_lines(str(tmp_path / "f"), mapping)

    assert list(tmp_path.iterdir()) == []


@given(lines=st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory, lines):
    """Whatever mapping write_lines takes, read_lines returns, in its order."""
    path = str(tmp_path_factory.getbasetemp() / "law")
    try:
        files.write_lines(path, lines)
    except ValueError:
        return

    assert list(files.read_lines(path).items()) == list(lines.items())


WRITER = """
import sys; sys.path.insert(0, sys.argv[1])
from scrubbing import files
mapping = {f"key{n}": sys.argv[3] * 200 for n in range(20)}
for _ in range(150):
    files.write_lines(sys.argv[2], mapping)
"""


def _repository():
    return str(Path(files.__file__).parents[1])


def test_two_writers_at_once_never_make_a_third_file(tmp_path):
    """While two processes write, a reader sees all of the one or all of the other, and both end well."""
    path = str(tmp_path / "f")
    command = [sys.executable, "-I", "-c", WRITER, _repository(), path]
    writers = [subprocess.Popen([*command, letter]) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        lines = files.read_lines(path)
        if lines:
            assert len(lines) == 20
            (value,) = set(lines.values())
            seen.add(value[0] * (len(value) // 200))

    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {"a", "b"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["f"]


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path):
    """A kill in the middle of writing leaves the old file or the new one."""
    path = str(tmp_path / "f")
    for letter in "ab":
        writer = subprocess.Popen([sys.executable, "-I", "-c", WRITER, _repository(), path, letter])
        while not Path(path).exists() and writer.poll() is None:
            time.sleep(0.001)
        writer.kill()
        writer.wait()
        lines = files.read_lines(path)
        assert len(lines) == 20
        assert len(set(lines.values())) == 1


def test_a_lock_is_held_by_one_at_a_time(tmp_path):
    """A second thread that wants a held lock gets Busy after its time, and gets the lock when it is free."""
    path = str(tmp_path / "new" / "quota")
    outcome = []

    def second():
        try:
            with files.locked(path, timeout=0.05):
                outcome.append("held")
        except files.Busy:
            outcome.append("busy")

    for held in (True, False):
        thread = threading.Thread(target=second)
        if held:
            with files.locked(path):
                thread.start()
                thread.join()
        else:
            thread.start()
            thread.join()

    assert outcome == ["busy", "held"]


@posix
def test_a_lock_dies_with_its_process(tmp_path):
    """A process killed while holding the lock leaves it free."""
    path = str(tmp_path / "quota")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from scrubbing import files\n"
        "with files.locked(sys.argv[2]): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, _repository(), path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(files.Busy), files.locked(path, timeout=0.02):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()

    with files.locked(path):
        pass


def test_a_lock_where_there_can_be_none_is_an_oserror(tmp_path):
    """A lock in a place that cannot be written is the caller's OSError, not Busy."""
    _put(tmp_path / "file", b"")

    with pytest.raises(OSError, match="file") as caught, files.locked(str(tmp_path / "file" / "quota")):
        pass
    assert not isinstance(caught.value, files.Busy)


def test_a_signature_changes_when_the_file_does(tmp_path):
    """Nothing is None, something that cannot be looked at is empty, and each change gives another signature."""
    path = str(tmp_path / "f")
    assert files.signature(path) is None
    files.write_lines(path, {"a": "b"})
    first = files.signature(path)
    files.write_lines(path, {"a": "bc"})

    assert first != files.signature(path)
    assert files.signature("\0") == ()


def test_threads_make_directories_at_once(tmp_path):
    """Who finds that another one made what is above goes on from there: nobody's first write is lost."""
    faults = []

    def make(path, together):
        together.wait()
        try:
            files.make_directory(path)
        except OSError as error:
            faults.append(error)

    for attempt in range(300):
        together = threading.Barrier(4)
        path = str(tmp_path / str(attempt) / "state" / "outbox")
        threads = [threading.Thread(target=make, args=(path, together)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert os.path.isdir(path)
    assert not faults
