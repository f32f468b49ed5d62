"""Looking at a test server as a person or a script does: over HTTP on 127.0.0.1, past any proxy."""

from __future__ import annotations

import http.cookiejar
import json
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

START_SECONDS = 60.0


class Browser:
    """One person's cookies and headers at one server.

    Args:
        base: the server's address, ``http://127.0.0.1:<port>``.
        headers: sent with every request, such as a bearer token.
    """

    def __init__(self, base: str, headers: dict[str, str] | None = None) -> None:
        self.base = base
        self.headers = headers or {}
        self.cookies = http.cookiejar.CookieJar()
        no_proxy = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(no_proxy, urllib.request.HTTPCookieProcessor(self.cookies))

    def text(self, path: str, data: bytes | None = None, **headers: str) -> str:
        """The body of a page; a POST when ``data`` is given."""
        request = urllib.request.Request(self.base + path, data=data, headers={**self.headers, **headers})
        with self._opener.open(request, timeout=30) as answer:
            return answer.read().decode()

    def form(self, path: str, **fields: str) -> str:
        """The page that answers a form."""
        return self.text(path, urllib.parse.urlencode(fields).encode(), Referer=self.base + path)

    def json(self, path: str, body: object = None) -> Any:
        """The JSON of an address of the API; a POST when ``body`` is given."""
        if body is None:
            return json.loads(self.text(path))
        return json.loads(self.text(path, json.dumps(body).encode(), **{"Content-Type": "application/json"}))

    def answers(self, path: str) -> bool:
        """Whether the server answers here at all."""
        try:
            self.text(path)
        except urllib.error.HTTPError as error:
            error.close()
            return False
        except OSError:
            return False
        return True


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_start(process: subprocess.Popen[bytes], browser: Browser, path: str, log: Path) -> None:
    """Returns when a server that was just started answers.

    Raises:
        RuntimeError: it ended, or said nothing for a minute; with the end of its log.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if browser.answers(path):
            return
        time.sleep(0.05)
    stop(process)
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-3000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends one process of ours: asked first, made to after ten seconds."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
