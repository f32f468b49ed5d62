"""Servers that are not there, and consent that is taken back: the end hardly waits, and nothing goes twice."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from apps import App
from preludes import environ_with
from servers.faulty import Faulty

from scrubbing import files
from scrubbing.consent import Consent
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.outbox.store import Outbox
from scrubbing.outbox.upload import Uploader
from scrubbing.wire import read

#: Seconds the end of a program may wait for ours, and what two runs of one program differ by on a busy machine.
BUDGET, NOISE = 0.3, 0.3
RUNS = 3
CRASH = """
import time
print(time.time(), flush=True)
raise ValueError(os.environ["PLANTED"])
"""
#: Asks like a name server that never answers.
SLEEPY_NAMES = """
import socket, time
real = socket.getaddrinfo
def getaddrinfo(host, *args, **named):
    if str(host).endswith("example.org"):
        time.sleep(30)
    return real(host, *args, **named)
socket.getaddrinfo = getaddrinfo
"""
SLEEPY_DSN = "https://publickey@errors.example.org/7"
#: The server's mode: whether the events arrive at the next start.
MODES = {"refuse": True, "black hole": True, "mute": True, "no name": True, "502": True, "429": False, "500": False}


def ends(app: App, environ: dict[str, str]) -> tuple[float, tuple]:
    """Run the program: the seconds from its crash to its end, and how it ended."""
    run = app.run(environ=environ)
    now = time.time()
    return now - float(run.out.splitlines()[0]), (run.code, run.out.splitlines()[1:], run.err)


@pytest.fixture
def away(tmp_path):
    """A program whose server does not listen until it is told to."""
    with Faulty("refuse") as server:
        yield App(tmp_path, server)


@pytest.fixture
def healthy(tmp_path):
    """The same program where the server is well."""
    with Faulty() as server:
        app = App(tmp_path / "healthy", server)
        app.write(CRASH)
        yield app


def next_start(app: App, mode: str = "ok") -> list[dict]:
    """The events that arrive when the program is started again, and has time to send what waits."""
    app.server.mode = mode
    app.server.received.clear()
    assert app.crash("telemetry.flush(5)\n").err == ""
    found = [item for body in app.server.bodies for item in read(body).items]
    return [json.loads(item.payload) for item in found if item.type == "event"]


@pytest.mark.parametrize("mode", MODES)
def test_a_server_that_is_not_there(app, away, healthy, mode):
    """The end waits 0.3 s at most, nothing is said, and each event arrives once at the next start, where it may."""
    app = away if mode == "refuse" else app
    app.write(CRASH)
    if mode == "no name":
        environ = environ_with(app, SLEEPY_NAMES, FROB_DSN=SLEEPY_DSN)
    else:
        environ = app.environ()
        app.server.mode = mode

    # What we add is in every pair of runs, what else the machine does is not.
    added: list[float] = []
    while len(added) < RUNS and min(added, default=BUDGET + NOISE + 1) > BUDGET + NOISE:
        seconds, ended = ends(app, environ)
        added.append(seconds - ends(healthy, healthy.environ())[0])

    assert min(added) <= BUDGET + NOISE
    silent = ends(app, app.environ(FROB_TELEMETRY="off"))
    assert ended == silent[1]
    if not MODES[mode]:
        next_start(app, mode)  # what did not get its refusal within the exit budget gets it now
        assert next_start(app, mode) == []
        assert app.server.received == []  # and after that nobody asks again
    arrived = next_start(app)
    assert len(arrived) == (len(added) if MODES[mode] else 0)
    assert len({event["event_id"] for event in arrived}) == len(arrived)
    assert next_start(app) == []


def test_what_a_server_refuses_is_counted(app):
    """An author finds the server's own answer in the reasons."""
    app.server.mode = "500"
    app.crash("telemetry.capture_message('hello')\ntelemetry.flush(5)\n")
    assert app.drops() == {"http:500": 1}


WAIT = """
import time
def until(name):
    deadline = time.monotonic() + 20
    while not os.path.exists(os.path.join(os.environ["HOME"], name)):
        assert time.monotonic() < deadline
        time.sleep(0.01)
"""


def told(app: App, body: str, *acts) -> str:
    """Run a program that waits for ``go0``, ``go1``, ...; each act is done before one of them."""
    app.write(WAIT + body)
    process = app.start()
    for number, act in enumerate(acts):
        act()
        (app.home / f"go{number}").touch()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return out


def consent_of(app: App) -> Consent:
    """The user's consent as another process sees it."""
    environ = app.environ()
    return Consent(app="frob", environ=environ, places=files.places("frob", environ), modules=())


def test_off_stops_what_waits(app):
    """With ten events waiting and one on the wire, at most that one arrives, now or ever."""
    app.server.mode, app.server.delay = "slow", 1.0
    body = """
for _ in range(11):
    telemetry.capture_message("hello")
until("go0")
telemetry.set_consent("off")
print(len(telemetry.status()["waiting"]))
time.sleep(1.2)
telemetry.capture_message("after")
telemetry.flush(2)
"""

    out = told(app, body, lambda: app.server.wait(1))

    assert out == "0\n"
    assert len(app.server.received) == 1
    assert next_start(app) == []
    assert not any(path.suffix == ".envelope" for path in app.outbox.iterdir())


@pytest.mark.parametrize("mode", ["off", "local"])
def test_another_process_takes_consent_back_before_a_capture(app, mode):
    """A choice made elsewhere counts from the next capture on."""
    body = """
print(telemetry.capture_message("before") is not None)
telemetry.flush(5)
until("go0")
print(telemetry.capture_message("after") is not None)
telemetry.flush(2)
print(len(telemetry.status()["kept"]))
"""

    def act():
        assert app.server.wait(1)
        consent_of(app).set(mode)

    out = told(app, body, act)

    assert out.split() == (["True", "False", "0"] if mode == "off" else ["True", "True", "1"])
    assert len(app.server.received) == 1
    assert "consent" not in app.drops()  # after a No not even a count is written


@pytest.mark.parametrize("mode", ["off", "local"])
def test_another_process_takes_consent_back_before_the_upload(away, mode):
    """What was captured with a yes is not sent after a no: it is removed, or under ``local`` kept."""
    app = away
    body = """
telemetry.capture_message("hello")
print(telemetry.flush(2), len(telemetry.status()["waiting"]))
open(os.path.join(os.environ["HOME"], "captured"), "w").close()
until("go0")
telemetry.flush(2)
print(len(telemetry.status()["waiting"]))
"""

    def act():
        deadline = time.monotonic() + 20
        while not Path(app.home / "captured").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        consent_of(app).set(mode)
        app.server.mode = "ok"

    out = told(app, body, act)

    assert out.split() == ["False", "1", "0" if mode == "off" else "1"]
    assert app.server.received == []
    assert next_start(app) == []


def test_the_last_question_is_asked_with_the_socket_at_hand(tmp_path):
    """A no that comes while an envelope is judged for the last time still keeps it at home."""
    said, drops = ["on"], []
    outbox = Outbox(str(tmp_path / "outbox"), drop=drops.append)
    outbox.put(b"{}\n", purpose="crashes", category="error")
    with Faulty() as server:
        uploader = Uploader(
            outbox,
            parse_dsn(server.dsn),
            allowed=lambda _: said[-1],
            prepare=lambda data, seal: said.append("off") or data,
            drop=drops.append,
            limits_path=None,
            version="0",
        )
        assert uploader.flush(5)
        uploader.close()
        assert server.received == []
    assert (drops, outbox.waiting()) == (["consent"], [])
