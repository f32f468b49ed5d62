"""Servers that import the app, fork their workers, and stop them by signals: nothing hangs, nothing is sent twice."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")

WEB = """
import os
import scrubbing
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
def application(environ, start_response):
    body = str(os.getpid()).encode()
    try:
        if environ["PATH_INFO"] == "/crash":
            raise ValueError(os.environ["PLANTED"])
    except ValueError as error:
        body = (telemetry.capture_exception(error) or "dropped").encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
"""
#: What such servers do, with the standard library's: one socket, three workers, SIGTERM for all of them.
PREFORK = """
import os, signal, sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from frob.web import application
class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass
server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
print(server.server_port, flush=True)
workers = []
def stop(*_):
    for pid in workers:
        os.kill(pid, signal.SIGTERM)
    for pid in workers:
        os.waitpid(pid, 0)
    sys.exit(0)
for _ in range(3):
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            server.handle_request()
    workers.append(pid)
signal.signal(signal.SIGTERM, stop)
while True:
    signal.pause()
"""


def ask(port: int, path: str) -> str:
    """One request; tried again until the server is there."""
    deadline = time.monotonic() + 30
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except ConnectionError:  # noqa: PERF203  # the loop is the waiting
            assert time.monotonic() < deadline
            time.sleep(0.05)


def serve(app, command: list[str], environ: dict[str, str], port: int = 0) -> tuple[set[str], int]:
    """Start a server, crash it three times and stop it: the ids of its events, and its exit code."""
    process = subprocess.Popen(
        command,
        cwd=app.home / "src",
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        port = port or int(process.stdout.readline())
        pids = {ask(port, "/") for _ in range(12)}
        assert str(process.pid) not in pids
        ids = {ask(port, "/crash") for _ in range(3)}
        assert app.server.wait(4)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return ids, process.returncode


def waiting(app) -> None:
    """Leave an event of an earlier run in the outbox, and the web app in the package."""
    app.server.mode = "black hole"
    app.crash("telemetry.capture_message('from earlier')\n")
    app.server.mode = "ok"
    (app.write(PREFORK, init="") / "web.py").write_text(WEB)


def arrived(app) -> list[str]:
    return sorted(event["event_id"] for event in app.items())


def test_a_server_that_forks_its_workers(app):
    """Workers send what they capture, the master what waited, each once; all of them end when they are asked to."""
    waiting(app)
    ids, code = serve(app, [sys.executable, "-m", "frob"], app.environ())
    assert code == 0
    assert len(ids) == 3
    assert ids < set(arrived(app))
    assert len(arrived(app)) == len(app.server.received) == 4
    assert not any(b"hunter2" in raw for raw in app.raw())


def test_gunicorn_with_a_preloaded_app(app):
    """Where gunicorn is installed: the same with ``--preload``."""
    gunicorn = pytest.importorskip("gunicorn")
    waiting(app)
    environ = app.environ()
    environ["PYTHONPATH"] += os.pathsep + str(Path(gunicorn.__file__).parent.parent)
    free = http.client.socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    command = [sys.executable, "-m", "gunicorn", "--preload", "-w", "3", "-b", f"127.0.0.1:{port}", "frob.web"]
    ids, code = serve(app, command, environ, port)
    assert code == 0
    assert len(ids) == 3
    assert len(arrived(app)) == len(app.server.received) == 4
