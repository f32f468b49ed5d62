"""The uploader in real processes: at exit, beside others, across forks and kills."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest
from servers.faulty import Faulty

from scrubbing.outbox.store import Outbox, OutboxLimits

ROOT = str(pathlib.Path(__file__).parents[2])

PRELUDE = """
import atexit, os, sys, threading, time
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.store import Outbox, OutboxLimits
from scrubbing.outbox.upload import Uploader
state, dsn = sys.argv[1:3]
outbox = Outbox(state + "/outbox", drop=str, limits=OutboxLimits(envelopes=500))
uploader = Uploader(
    outbox, parse_dsn(dsn), allowed=lambda purpose: "on", prepare=lambda data, seal: data, drop=str,
    limits_path=state + "/limits", version="0"
)
def put(data):
    outbox.put(data.encode(), purpose="crashes", category="error")
"""


def launch(program, state, dsn):
    environ = {**os.environ, "PYTHONPATH": ROOT}
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + program, str(state), dsn],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
        text=True,
    )


def run(program, state, dsn):
    """The seconds a program took, and what it printed; it must end well."""
    begin = time.monotonic()
    child = launch(program, state, dsn)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (0, "")
    return time.monotonic() - begin, out


def waiting(state):
    return Outbox(str(state / "outbox"), drop=str, limits=OutboxLimits(envelopes=500)).waiting()


def test_processes_upload_each_envelope_once(tmp_path):
    """Three processes that put and flush at once deliver every envelope, and none twice."""
    program = """
for number in range(10):
    put(f"{os.getpid()} {number}")
    uploader.wake()
deadline = time.monotonic() + 30
while not uploader.flush(5) and time.monotonic() < deadline:
    pass
"""
    with Faulty() as server:
        children = [launch(program, tmp_path, server.dsn) for _ in range(3)]
        for child in children:
            assert child.communicate(timeout=60)[1] == ""
        assert len(server.bodies) == len(set(server.bodies)) == 30
    assert waiting(tmp_path) == []


def test_a_black_hole_delays_exit_by_the_budget_only(tmp_path):
    """A program that flushes for 0.3 s at its end ends that much later, silently, and the envelope waits."""
    program = """
put("envelope")
uploader.start()
begin = time.monotonic()
atexit.register(lambda: print(time.monotonic() - begin))
atexit.register(uploader.flush, 0.3)
"""
    with Faulty("black hole") as server:
        assert float(run(program, tmp_path, server.dsn)[1]) < 1
        assert len(waiting(tmp_path)) == 1
        server.mode = "ok"
        run("assert uploader.flush(10)", tmp_path, server.dsn)
        assert set(server.bodies) == {b"envelope"}  # what was swallowed may come up again; a store keeps one of an id


def test_a_name_server_that_never_answers_does_not_hold_the_exit(tmp_path):
    """A look-up that hangs hangs in the daemon thread alone."""
    program = """
import socket
socket.getaddrinfo = lambda *args, **kwargs: time.sleep(60)
put("envelope")
begin = time.monotonic()
atexit.register(lambda: print(time.monotonic() - begin))
atexit.register(uploader.flush, 0.3)
"""
    took, out = run(program, tmp_path, "https://key@errors.invalid/7")
    assert float(out) < 1
    assert took < 30
    assert len(waiting(tmp_path)) == 1


def test_nothing_breaks_at_interpreter_shutdown(tmp_path):
    """Waking and flushing for the first time while the interpreter ends says nothing and loses nothing."""
    program = """
put("envelope")
atexit.register(lambda: (uploader.wake(), uploader.flush(5)))
class Late:
    def __del__(self):
        uploader.wake()
late = Late()
"""
    with Faulty() as server:
        run(program, tmp_path, server.dsn)
        run("uploader.flush(10)", tmp_path, server.dsn)
        assert server.bodies == [b"envelope"]


def test_no_thread_is_started_at_interpreter_shutdown(tmp_path):
    """Waking and flushing at the end starts none and waits for none; the envelope waits for the next start."""
    program = """
started = []
start = threading.Thread.start
threading.Thread.start = lambda self: started.append(self.name) or start(self)
def end():
    put("envelope")
    begin = time.monotonic()
    uploader.wake()
    print(uploader.flush(5), time.monotonic() - begin < 2, started)
atexit.register(end)
"""
    with Faulty() as server:
        assert run(program, tmp_path, server.dsn)[1] == "False True []\n"
        assert server.connections == 0
        run("uploader.flush(10)", tmp_path, server.dsn)
        assert server.bodies == [b"envelope"]


def test_without_a_flush_nobody_waits(tmp_path):
    """A program that just ends while the thread is at it ends at once, silently."""
    program = """
put("envelope")
uploader.start()
time.sleep(0.5)
begin = time.monotonic()
atexit.register(lambda: print(time.monotonic() - begin))
"""
    with Faulty("black hole") as server:
        assert float(run(program, tmp_path, server.dsn)[1]) < 0.5
    assert len(waiting(tmp_path)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_fork_sends_nothing_twice(tmp_path):
    """A child forked while its parent uploads has a thread of its own, and nothing arrives twice."""
    program = """
import warnings
warnings.simplefilter("ignore")
for number in range(5):
    put(f"parent {number}")
uploader.start()
time.sleep(0.25)
child = os.fork()
if child == 0:
    put("child")
    deadline = time.monotonic() + 20
    while not uploader.flush(5) and time.monotonic() < deadline:
        pass
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
assert uploader.flush(10)
"""
    with Faulty() as server:
        run(program, tmp_path, server.dsn)
        assert sorted(server.bodies) == [b"child", *[b"parent %d" % number for number in range(5)]]
    assert waiting(tmp_path) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_killed_uploader_leaves_the_rest_to_the_next(tmp_path):
    """Killed in the middle of an exchange, it leaves no lock; the next process delivers all, that one again."""
    program = """
for number in range(3):
    put(str(number))
uploader.flush(30)
"""
    with Faulty("mute") as server:
        child = launch(program, tmp_path, server.dsn)
        assert server.wait(1)
        child.kill()
        child.communicate()
        server.mode = "ok"
        run("assert uploader.flush(20)", tmp_path, server.dsn)
        assert server.bodies == [b"0", b"0", b"1", b"2"]


def test_what_runs_at_the_apps_start_is_light():
    """Address, outbox and uploader are made without urllib3, threading, re, urllib or attrs."""
    program = f"""
import sys
sys.path.insert(0, {ROOT!r})
before = set(sys.modules)
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.store import Outbox
from scrubbing.outbox.upload import Uploader
dsn = parse_dsn("https://key@example.org/7")
outbox = Outbox(None, drop=str)
Uploader(outbox, dsn, allowed=str, prepare=lambda data, seal: data, drop=str, limits_path=None, version="0")
print(*(name for name in sorted(set(sys.modules) - before) if not name.startswith("scrubbing")))
"""
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"__future__"}
