"""What capturing an exception costs, beside stock Sentry: the first one of a process, and later ones by depth."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

from benchmarks.table import interleaved, show
from scrubbing import roots, sentry
from scrubbing.outbox.store import Outbox, OutboxLimits
from scrubbing.policy import Policy

DSN = "http://key@127.0.0.1:9/7"

_CRASH = """
def spam(n):
    if n:
        return spam(n - 1)
    raise ValueError("no")
try:
    spam(7)
except ValueError as error:
    caught = error
"""
_STOCK = "import sentry_sdk\nsentry_sdk.init(dsn={dsn!r}, release='1.4.2')\n"
_OURS = (
    "import scrubbing\n"
    "telemetry = scrubbing.init(dsn={dsn!r}, app='frob', release='1.4.2', enabled=True, policy={preset!r})\n"
)
_FIRST = {
    "stock: import, init, first capture": (_STOCK, "sentry_sdk.capture_exception(caught)"),
    "ours, strict": (_OURS.replace("{preset!r}", "'strict'"), "telemetry.capture_exception(caught)"),
    "ours, verbose": (_OURS.replace("{preset!r}", "'verbose'"), "telemetry.capture_exception(caught)"),
}


def main(rounds: int) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as below:
        work: dict[str, Callable[[], float]] = {name: _first(name, Path(below)) for name in _FIRST}
        show("import, init and the first capture of a process", interleaved(work, rounds), next(iter(_FIRST)), "ms")
        captures = clients(Path(below))
        for depth in (7, 35, 155):
            work = {name: later(capture, depth) for name, capture in captures.items()}
            show(f"a later capture, {depth} frames", interleaved(work, rounds * 4), "stock", "ms")


def _first(name: str, below: Path) -> Callable[[], float]:
    start, capture = _FIRST[name]
    home = below / name.replace(" ", "-").replace(",", "").replace(":", "")
    home.mkdir()
    program = home / "frob.py"
    timed = "import time\nbegan = time.perf_counter()\n" + start.format(dsn=DSN) + _CRASH + capture
    program.write_text(timed + "\nprint(time.perf_counter() - began, flush=True)\nimport os\nos._exit(0)\n")
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "FROB_TELEMETRY": "on"}

    def run() -> float:
        with tempfile.TemporaryDirectory(dir=home) as fresh:
            done = subprocess.run(
                [sys.executable, str(program)],
                env={**environ, "HOME": fresh},
                check=True,
                capture_output=True,
                text=True,
            )
        return float(done.stdout) * 1000

    return run


class Sink(Transport):
    """Serialises as stock Sentry does, and sends nothing."""

    def capture_envelope(self, envelope: Any) -> None:
        """Serialise."""
        envelope.serialize()


def clients(below: Path) -> dict[str, Callable[[BaseException], object]]:
    """Stock's global client, and isolated ones of ours with rules, fence and disk."""
    sentry_sdk.init(dsn=DSN, release="1.4.2", transport=Sink)
    made: dict[str, Callable[[BaseException], object]] = {"stock": sentry_sdk.capture_exception}
    for preset in ("strict", "standard", "verbose"):
        made[f"ours, {preset}, with rules, fence and disk"] = _ours(preset, below / preset)
    return made


def _ours(preset: str, directory: Path) -> Callable[[BaseException], object]:
    policy = Policy(preset=preset, packages=roots.detect(["benchmarks"]))
    outbox = Outbox(str(directory), drop=lambda _reason: None, limits=OutboxLimits(envelopes=10))

    def deliver(parcel: Any) -> None:
        outbox.put(parcel.data, purpose="crashes", category="error", fingerprint=parcel.fingerprint)

    middleware = sentry.Middleware(lambda: policy, deliver, _complain)
    client = sentry.start(middleware, {}, preset, dsn=DSN, isolated=True, flush=None)
    return lambda exc: sentry.capture_exception(client, exc, {"type": "generic", "handled": True}, preset)


def _complain(reason: str) -> None:
    raise SystemExit(f"the benchmark dropped an event: {reason}")


def later(capture: Callable[[BaseException], object], depth: int) -> Callable[[], float]:
    """Make a function that crashes some calls deep, captures that, and returns the milliseconds of the capture."""

    def run() -> float:
        try:
            _spam(depth)
        except ValueError as error:
            began = time.perf_counter()
            capture(error)
            return (time.perf_counter() - began) * 1000
        raise AssertionError("unreachable")

    return run


def _spam(depth: int) -> None:
    eggs = {"depth": depth, "of": ["a", "list"]}
    if depth > 1:
        return _spam(depth - 1)
    raise ValueError(f"no {eggs}")
