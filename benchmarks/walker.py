"""What the walker costs beside a plain recursive copy of the same event, and what it takes to be ready."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.events import SIZES, events
from benchmarks.table import interleaved, show
from scrubbing.schema.kinds import PRESETS
from scrubbing.schema.walker import compiled, copy
from scrubbing.schema.walker.places import marks, slots

_READY = (
    "import scrubbing, scrubbing.errors, scrubbing.schema\n"  # what a capture has imported anyway
    "import attrs, enum, functools, math, re, time\n"
    "began = time.perf_counter()\n"
    "from scrubbing.schema.walker import compiled, copy\n"
    "shape = compiled('Event', {preset!r})\n"
    "print(time.perf_counter() - began)\n"
)


def main(rounds: int) -> None:
    """Print the tables."""
    for name, event in events().items():
        times = max(1, 400 // SIZES[name])
        work = {"plain recursive copy": _timed(lambda event=event: plain(event), times)}
        for preset in PRESETS:
            shape = compiled("Event", preset)
            work[f"walker, {preset}"] = _timed(lambda event=event, shape=shape: copy(shape, event), times)
            work[f"walker, {preset}, every string listed"] = _timed(
                lambda event=event, shape=shape: _listed(copy(shape, event)[1]), times
            )
        show(f"a {name} event, {SIZES[name]} frames", interleaved(work, rounds * 4), next(iter(work)), "us")
    ready = {f"walker, {preset}": _ready(preset) for preset in PRESETS}
    show("ready in a fresh process", interleaved(ready, rounds), next(iter(ready)), "ms")


def plain(value: Any) -> Any:
    """Copy mappings and lists, as anybody would write it."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def _listed(walk: Any) -> None:
    slots(walk)
    marks(walk)


def _timed(run: Callable[[], object], times: int) -> Callable[[], float]:
    def timed() -> float:
        began = time.perf_counter()
        for _ in range(times):
            run()
        return (time.perf_counter() - began) / times * 1e6

    return timed


def _ready(preset: str) -> Callable[[], float]:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are there, as in an installed program

    def run() -> float:
        command = [sys.executable, "-c", _READY.replace("{preset!r}", repr(preset))]
        return float(subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout) * 1000

    return run
