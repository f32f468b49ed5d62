"""What plain sentry-sdk sends of real programs, byte for byte.

The programs lie in ``tests/schema/programs``. They run with the frameworks they use in an environment of their own, and
report by the SDK's own transport to a server on loopback. The SDK is of the version the tests run with.
"""

from __future__ import annotations

import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
from servers.environments import python_with, quiet_environ
from servers.faulty import Faulty

from scrubbing import scrub, wire

PROGRAMS = Path(__file__).parents[1] / "schema" / "programs"
#: Versions that run on every Python the library does.
REQUIREMENTS = (
    "click==8.3.1",
    "flask==3.1.3",
    "django==5.2.19",
    "requests==2.32.5",
    "sqlalchemy==2.0.46",
    "pandas==2.3.3",
    "numpy==2.2.6",
)
#: Modules beside the programs that are none.
SHARED = ("stock",)
#: How programs end that do not end by their crash.
ENDS = {"djangoed": 0, "flasked": 0, "telling": 0, "threaded": 7}
#: A program that this Python is too old for says so by its exit code.
TOO_OLD = 75
SECONDS = 60


@attrs.frozen
class Capture:
    """One item of an envelope a program sent."""

    program: str
    type: str
    headers: dict[str, Any]
    payload: bytes

    @property
    def json(self) -> Any:
        """The payload, read strictly."""
        return wire.parse(self.payload, self.program)


def scrubbed(captures: list[Capture], preset: str) -> dict[str, Any]:
    """The errors among captures, and the transactions where they leave, scrubbed; by names that say which is which."""
    types = ("event",) if preset == "strict" else ("event", "transaction")
    return {
        f"{preset} {capture.program} {number} {capture.type}": scrub(capture.json, preset)
        for number, capture in enumerate(captures)
        if capture.type in types
    }


def programs() -> list[str]:
    """The names of the programs."""
    return sorted(path.stem for path in PROGRAMS.glob("*.py") if path.stem not in SHARED)


def captured(home: Path) -> list[Capture]:
    """Run all programs, at once; what they sent, by program, in the order it came.

    Args:
        home: an empty directory, which the programs take for their user's home.

    Raises:
        UnavailableError: the frameworks cannot be installed here.
        RuntimeError: a program sent nothing, or did not get to its end; with what it printed.
    """
    python = python_with(f"sentry-sdk=={version('sentry-sdk')}", *REQUIREMENTS)
    with Faulty() as server:
        running = {name: _started(python, name, server, home) for name in programs()}
        printed = {name: process.communicate(timeout=SECONDS)[0] for name, process in running.items()}
        found = {name: _sent(server, name) for name in running if running[name].returncode != TOO_OLD}
    for name, captures in found.items():
        if not captures or running[name].returncode != ENDS.get(name, 1):
            raise RuntimeError(f"{name} did not do what it should:\n{printed[name][-3000:]}")
    return [capture for captures in found.values() for capture in captures]


def _started(python: Path, name: str, server: Faulty, home: Path) -> subprocess.Popen[str]:
    dsn = f"http://publickey@127.0.0.1:{server.port}/{programs().index(name) + 1}"
    more = {"STOCK_DSN": dsn, "NO_PROXY": "127.0.0.1", "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [python, PROGRAMS / f"{name}.py"],
        cwd=home,
        env=quiet_environ(**more, PYTHONIOENCODING="utf-8:backslashreplace"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def _sent(server: Faulty, name: str) -> list[Capture]:
    path = f"/api/{programs().index(name) + 1}/envelope/"
    bodies = [request.body for request in server.received if request.path == path]
    return [Capture(name, item.type, item.headers, item.payload) for body in bodies for item in wire.read(body).items]
