"""Many processes that write and upload at once, some of them killed: nothing is lost, doubled or damaged."""

from __future__ import annotations

import collections
import hashlib
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest
from servers.faulty import Faulty
from settings import Setting

from scrubbing.outbox.store import OutboxLimits

ROOT = pathlib.Path(__file__).parents[2]
#: Processes at once, twelve where time is short and 200 in `make soak`; of three, one is killed.
PROCESSES = 200 if os.environ.get("SOAK") else 12
EACH = 4 if os.environ.get("SOAK") else 8
PROGRAM = """
import hashlib, os, sys, time
from settings import Setting
from scrubbing.outbox.store import OutboxLimits
state, dsn, log, each = sys.argv[1:]
setting = Setting(state, limits=OutboxLimits(envelopes=100_000, bytes=1 << 30))
uploader = setting.uploader(dsn, options=None)
with open(log, "a", buffering=1) as admitted:
    for number in range(int(each)):
        kind = ("crashes", "error") if number % 2 else ("usage", "session")
        text = os.urandom(500 * number).hex().encode()
        name = f"{kind[1]}-{os.getpid()}-{number}"
        setting.put(name.encode() + b" " + hashlib.sha256(text).hexdigest().encode() + b" " + text, *kind)
        admitted.write(name + "\\n")
        uploader.wake()
        time.sleep(0.01)
uploader.flush(60)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")


def is_whole(body):
    _, digest, text = body.split(b" ")
    return hashlib.sha256(text).hexdigest().encode() == digest


@pytest.mark.timeout(1800)
def test_every_admitted_envelope_arrives_or_waits(tmp_path):
    """Each event that was admitted is in the store once, each session at most once, with what became of it told."""
    chance = random.Random(7)
    log, state = tmp_path / "admitted", tmp_path / "state"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests/outbox")))}
    with Faulty() as server:
        command = [sys.executable, "-c", PROGRAM, str(state), server.dsn, str(log), str(EACH)]
        running = [subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) for _ in range(PROCESSES)]
        try:
            assert server.wait(PROCESSES // 3, 600)
            killed = chance.sample(running, PROCESSES // 3)
            for child in killed:
                child.send_signal(signal.SIGKILL)
                time.sleep(chance.random() * 0.05)
            said = [child.communicate(timeout=900)[1] for child in running]
        finally:
            for child in running:
                child.kill()
        assert {error for child, error in zip(running, said, strict=True) if child not in killed} == {b""}
        setting = Setting(state, limits=OutboxLimits(envelopes=100_000, bytes=1 << 30))
        assert setting.uploader(server.dsn, options=None).flush(60)
        setting.close()
        assert setting.outbox._list() == []
    assert all(map(is_whole, server.bodies))
    came = collections.Counter(body.split(b" ")[0].decode() for body in server.bodies)
    admitted = set(log.read_text().splitlines())
    events = {name for name in admitted if name.startswith("error")}
    sessions = admitted - events
    assert len(events) >= PROCESSES * EACH // 3
    assert events <= set(came)  # the store knows an event by its id, so once
    assert {name: times for name, times in came.items() if times > 1 and not name.startswith("error")} == {}
    told = collections.Counter(what for what, _ in setting.became())
    assert set(told) <= {"sent", "unanswered"}
    assert len(sessions - set(came)) <= told["unanswered"] <= len(killed)
