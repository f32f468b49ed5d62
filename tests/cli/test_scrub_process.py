"""``scrubbing scrub`` as a process: many cores, much data, signals, readers that leave, disks that are full."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from homes import SCRUBBING
from servers.canaries import search

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc for the memory of processes")
MIB = 1 << 20


def line(number, person):
    """An event of about 2 KiB that has somebody's names in it."""
    home = f"/home/{person.username}/{person.hostname}"
    frames = [{"module": f"frob.m{at}", "function": "f", "lineno": at, "abs_path": f"{home}/{at}"} for at in range(12)]
    error = {"type": "ValueError", "value": f"{home}/{number}", "stacktrace": {"frames": frames}}
    return json.dumps({"event_id": f"{number:032x}", "level": "error", "exception": {"values": [error]}}) + "\n"


@pytest.fixture
def big(home, canaries):
    """A file of some megabytes, and its bytes."""
    path = home.path / "big.ndjson"
    path.write_text("".join(line(number, canaries) for number in range(2500)), encoding="utf-8")
    return path, path.read_bytes()


def names(person):
    return {"username": person.username, "hostname": person.hostname}


def whose(person):
    return ["--username", person.username, "--hostname", person.hostname, "--preset", "standard"]


def start(home, *arguments, **options):
    """The verb in a process group of its own."""
    command = [sys.executable, *SCRUBBING, "scrub", *arguments]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(command, env=home.environ, cwd=home.path, start_new_session=True, **piped)


def gone(group, within=20.0):
    """Whether nobody of a process group is left, soon."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def unfinished(home):
    return [path for path in home.path.iterdir() if path.name.endswith(".unfinished")]


def in_the_middle(home, ran):
    """Wait until something of the output was written, by processes of its own."""
    until = time.monotonic() + 60
    while time.monotonic() < until and ran.poll() is None:
        if any(path.stat().st_size for path in unfinished(home)):
            return
        time.sleep(0.01)
    raise AssertionError("it ended, or did not begin")


def test_the_order_is_kept_over_many_processes(home, big, canaries):
    """Four processes and one write the same bytes, bad lines with their numbers included; from a file and a pipe."""
    path, data = big
    rows = data.splitlines(keepends=True)
    for at in (0, 100, 1500, 2499):
        rows[at] = b"oops " + rows[at]
    path.write_bytes(b"".join(rows))
    ran = {}
    for jobs in ("1", "4"):
        with start(home, "big.ndjson", "--jobs", jobs, *whose(canaries)) as one:
            ran[jobs] = one.communicate(timeout=100)
    with open(path, "rb") as stdin, start(home, "-q", "--jobs", "4", *whose(canaries), stdin=stdin) as one:
        piped = one.communicate(timeout=100)

    assert ran["1"] == ran["4"]
    out, err = ran["4"]
    assert piped[0] == out
    assert [row.split(b": ")[0] for row in err.splitlines()] == [
        *(b"big.ndjson:%d" % (at + 1) for at in (0, 100, 1500, 2499)),
        b"big.ndjson",
    ]
    numbers = [int(json.loads(row)["event_id"], 16) for row in out.splitlines()]
    assert numbers == [number for number in range(2500) if number not in (0, 100, 1500, 2499)]
    assert search(data[: 1 << 12], names(canaries)) != []
    assert not any(name.encode() in out + err for name in names(canaries).values())


@POSIX
def test_a_kill_in_the_middle_leaves_the_old_file(home, big, canaries):
    """Whole; no process is left, and in what is left of the new one is nothing that was not scrubbed."""
    path, data = big
    ran = start(home, "--in-place", "big.ndjson", "--jobs", "2", *whose(canaries))
    in_the_middle(home, ran)
    ran.kill()
    ran.communicate()

    assert ran.returncode == -signal.SIGKILL
    assert path.read_bytes() == data
    assert gone(ran.pid)
    (left,) = unfinished(home)
    assert not any(name.encode() in left.read_bytes() for name in names(canaries).values())
    assert any(name.encode() in data for name in names(canaries).values())


@POSIX
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGINT, 130, b"scrub: interrupted; no output file was written\n"),
        (signal.SIGTERM, 143, b""),
        (signal.SIGHUP, 129, b""),
    ],
)
def test_a_signal_ends_it_in_order(home, big, canaries, number, code, said):
    """As a terminal sends it, to all processes: no traceback, no file, nobody left, an exit code that says it."""
    path, data = big
    ran = start(home, "big.ndjson", "-o", "out.ndjson", "--jobs", "2", *whose(canaries))
    in_the_middle(home, ran)
    os.killpg(ran.pid, number) if number == signal.SIGINT else ran.send_signal(number)
    out, err = ran.communicate(timeout=60)

    assert (ran.returncode, out, err) == (code, b"", said)
    assert gone(ran.pid)
    assert [item.name for item in home.path.iterdir()] == ["big.ndjson"]
    assert path.read_bytes() == data


@LINUX
@pytest.mark.parametrize("after", [0.0, 0.03, 0.1, 0.2])
def test_a_process_that_is_killed_is_missed(home, big, canaries, after):
    """As the system does when memory is short, in the middle of an answer too: it is said, and nothing hangs."""
    ran = start(home, "-q", "big.ndjson", "-o", "out.ndjson", "--jobs", "2", *whose(canaries))
    in_the_middle(home, ran)
    time.sleep(after)
    children = Path("/proc", str(ran.pid), "task", str(ran.pid), "children").read_text(encoding="utf-8").split()
    (worker, *_) = [pid for pid in children if b"spawn_main" in Path("/proc", pid, "cmdline").read_bytes()]
    os.kill(int(worker), signal.SIGKILL)
    _, err = ran.communicate(timeout=60)

    assert ran.returncode == 1
    assert err == b"scrub: a process ended before its work was done; for want of memory, maybe: try --jobs 1\n"
    assert [item.name for item in home.path.iterdir()] == ["big.ndjson"]
    assert gone(ran.pid)


@POSIX
@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.5, 0.8])
def test_ctrl_c_at_any_moment(home, big, canaries, after):
    """Also while Python and its processes are starting: never a traceback of theirs, never a file, nobody left."""
    ran = start(home, "big.ndjson", "-o", "out.ndjson", "--jobs", "4", *whose(canaries))
    until = time.monotonic() + 60
    while not unfinished(home) and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(after)
    os.killpg(ran.pid, signal.SIGINT)
    _, err = ran.communicate(timeout=60)

    assert b"Traceback" not in err
    assert (ran.returncode, (home.path / "out.ndjson").exists()) in ((130, False), (0, True))
    assert unfinished(home) == []
    assert gone(ran.pid)


@POSIX
def test_a_reader_that_leaves_is_left_alone(home, big, canaries):
    """``| head -1``: no word, no process."""
    ran = start(home, "-q", "big.ndjson", "--jobs", "2", *whose(canaries))
    first = ran.stdout.readline()
    ran.stdout.close()
    err = ran.stderr.read()
    ran.stderr.close()

    assert json.loads(first)["event_id"] == "0" * 32
    assert (ran.wait(60), err) == (0, b"")
    assert gone(ran.pid)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
@pytest.mark.parametrize("where", ["stdout", "device"])
def test_a_full_device_is_said(home, where):
    """Once, in a line."""
    with open("/dev/full", "wb") as full:
        options = {"stdout": full} if where == "stdout" else {}
        arguments = [] if where == "stdout" else ["-o", "/dev/full"]
        with start(home, "-q", *arguments, stdin=subprocess.PIPE, **options) as ran:
            _, err = ran.communicate(b"text\n" * 100_000, timeout=60)
    name = b"<stdout>" if where == "stdout" else b"/dev/full"
    assert (ran.returncode, err) == (1, name + b": No space left on device\n")


@POSIX
def test_a_full_disk_leaves_the_old_file(home, big, canaries):
    """The file was not replaced and no part of the new one stays."""
    import resource

    (home.path / "out").write_bytes(b"old")
    limit = (100_000, 100_000)
    ran = start(
        home,
        *("-q", "big.ndjson", "-o", "out", "--jobs", "1", *whose(canaries)),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    _, err = ran.communicate(timeout=60)
    # Only the first line: where coverage is measured, its own file is too large as well, and it says so.
    assert (ran.returncode, err.splitlines()[0]) == (1, b"out: File too large")
    assert (home.path / "out").read_bytes() == b"old"
    assert unfinished(home) == []


@POSIX
def test_a_file_that_grows_meanwhile_is_left(home, canaries):
    """A log that somebody writes to loses no line."""
    path = home.path / "app.log"
    path.write_bytes(b"a line\n" * 400_000)
    ran = start(home, "--in-place", "app.log", "--jobs", "1")
    in_the_middle(home, ran)
    with open(path, "ab") as log:
        log.write(b"the last line\n")
    _, err = ran.communicate(timeout=60)
    assert ran.returncode == 1
    assert b"app.log: left as it was: somebody wrote to it meanwhile" in err
    assert path.read_bytes().endswith(b"a line\nthe last line\n")
    assert unfinished(home) == []


def most_memory(group, figures):
    """The most memory that each process of a group has had, in MiB; this process's own is not among it."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.getpgid(int(name)) == group:
                    text = Path("/proc", name, "status").read_text(encoding="utf-8")
                    figures[name] = int(re.search(r"VmHWM:\s+(\d+)", text)[1]) / 1024
            except (OSError, TypeError):  # it is gone, or going
                continue


def measured(home, *arguments, stdin):
    """Run the verb over a generated input: exit code, bytes out, what it said, MiB of each of its processes."""
    ran = start(home, *arguments, stdin=subprocess.PIPE)
    errs, sizes, figures = [], [], {}

    def watch():
        while ran.poll() is None:
            most_memory(ran.pid, figures)
            time.sleep(0.02)

    def read():
        sizes.extend(map(len, iter(lambda: ran.stdout.read(MIB), b"")))

    threads = [threading.Thread(target=each) for each in (watch, read, lambda: errs.append(ran.stderr.read()))]
    for thread in threads:
        thread.start()
    for block in stdin:
        ran.stdin.write(block)
    ran.stdin.close()
    for thread in threads:
        thread.join()
    for pipe in (ran.stdout, ran.stderr):
        pipe.close()
    return ran.returncode, sum(sizes), errs[0].splitlines(), sorted(figures.values())


@LINUX
@pytest.mark.parametrize("format_", ["text", "ndjson"])
def test_a_line_of_100_mib_is_passed_over(home, format_):
    """It is counted and said; memory stays what it is for any line."""
    blocks = [b"first\n" if format_ == "text" else b"{}\n", *[b"x" * MIB] * 100, b"\nlast"]
    code, out, said, most = measured(home, "--format", format_, "--jobs", "1", stdin=blocks)
    assert code == 1
    assert said[0] == b"<stdin>:2: expected a line of at most 4 MiB"
    assert out < 100
    assert max(most) < 100


@LINUX
def test_a_zip_bomb_is_passed_over(home):
    """A hundred megabytes that were a hundred kilobytes."""
    code, out, said, most = measured(home, "--jobs", "1", stdin=[gzip.compress(b"a" * (100 * MIB))])
    assert (code, out) == (1, 0)
    assert said[0] == b"<stdin>:1: expected a line of at most 4 MiB"
    assert max(most) < 100


@LINUX
def test_memory_does_not_grow_with_the_input(home, canaries):
    """Neither here nor in the processes; a reader that is slow holds up what is read."""
    some = "".join(line(number, canaries) for number in range(500)).encode()
    figures = {}
    for times in (4, 16):
        code, out, _, figures[times] = measured(home, "--jobs", "2", *whose(canaries), stdin=[some] * times)
        assert code == 0
        assert out > times * len(some) / 2
    assert max(figures[16]) < max(figures[4]) + 15 < 100, figures
    assert len(figures[16]) >= 3


@POSIX
def test_progress_is_shown_on_a_terminal_alone(home):
    """After a second, on one line that is cleared in the end; in a pipe never."""
    import pty

    ours, theirs = pty.openpty()
    ran = start(home, "--format", "text", "-o", "out", stdin=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    for _ in range(16):
        ran.stdin.write(b"a line\n")
        ran.stdin.flush()
        time.sleep(0.1)
    ran.stdin.close()
    ran.stdout.close()
    assert ran.wait(60) == 0
    shown = os.read(ours, 65536)
    os.close(ours)
    assert b"MiB/s" in shown
    assert shown.endswith(b"\r\x1b[K<stdin>: 16 lines, 0 of them changed (as text)\r\n")
