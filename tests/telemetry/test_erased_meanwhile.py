"""Everything is erased while a program is in the middle of something: nothing of it comes back to the disk."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from apps import App
from servers.faulty import Faulty

CAPTURES = """
telemetry.capture_message("hello")
print("captured", flush=True)
import time
time.sleep(3)
"""
#: Somebody erases everything in the moment in which a session is written down, which asks for the time.
ASKS_THE_TIME = """
import subprocess, sys, time
from scrubbing.usage.sessions import Sessions
delivery = telemetry._pipeline.delivery
def clock():
    frame = sys._getframe()
    while frame is not None and frame.f_code is not Sessions._tell.__code__:
        frame = frame.f_back
    if frame is not None:
        subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True)
    return time.time()
delivery.once("sessions", lambda: Sessions(delivery.places.sessions, drop=print, clock=clock))
with telemetry.command("watch"):
    pass
telemetry.flush(9)
"""
ERASE = ["-m", "scrubbing.cli", "off", "--erase", "--app", "frob"]


def lies_there(app):
    return sorted(path.name for path in (app.home / ".local").rglob("*") if path.is_file())


@pytest.mark.parametrize("limited", [False, True])
def test_while_an_envelope_is_on_its_way(tmp_path, limited):
    """What the server answers afterwards is neither kept nor noted, and no limit of the server's."""
    with Faulty("slow", delay=2.0, headers={"X-Sentry-Rate-Limits": "600::organization"} if limited else {}) as server:
        app = App(tmp_path, server)
        app.write(CAPTURES)
        process = app.start()
        process.stdout.readline()
        deadline = time.monotonic() + 20
        while not server.connections and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        erased = subprocess.run([sys.executable, *ERASE], env=app.environ(), check=True, capture_output=True, text=True)
        assert "has collected anything" not in erased.stdout
        assert lies_there(app) == []
        assert process.communicate() == ("", "")
        assert server.wait(1, 0)
        assert lies_there(app) == []


def test_while_a_session_is_written_down(app):
    """A session that is recorded just then, with an id of its own, is forgotten again."""
    app.write(ASKS_THE_TIME)
    run = app.run(*ERASE)
    assert (run.code, run.err) == (0, "")
    assert lies_there(app) == []
    assert app.items("session") == []
