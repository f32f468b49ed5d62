"""The first event of a process, from import to result, and the memory an event takes while it is scrubbed.

Each time is a process of its own, with its .pyc files there, measured inside it; bare Python stands beside, since that
is what the machine was doing at that moment. Memory is the most that was there at once beyond the event itself, by
`tracemalloc`, in times the event, for an event that is not the first.
"""

from __future__ import annotations

import json
import marshal
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers import Json
from benchmarks.table import interleaved

_FIRST = """
import marshal, sys, time
event = marshal.loads(open(sys.argv[1], "rb").read())
began = time.perf_counter()
import scrubbing
policy = scrubbing.Policy(preset=sys.argv[2], packages=["frob"])
scrubbing.scrub(event, policy)
print((time.perf_counter() - began) * 1000)
"""
_MEMORY = """
import gc, marshal, sys, tracemalloc
data = open(sys.argv[1], "rb").read()
import scrubbing
policy = scrubbing.Policy(preset=sys.argv[2], packages=["frob"])
scrubbing.scrub(marshal.loads(data), policy)
gc.collect()
tracemalloc.start()
event = marshal.loads(data)
size = tracemalloc.get_traced_memory()[0]
tracemalloc.reset_peak()
scrubbing.scrub(event, policy)
print((tracemalloc.get_traced_memory()[1] - size) / size)
"""
PRESETS = ("strict", "standard", "verbose")


def tables(events: dict[str, Json], rounds: int) -> None:
    """Print both, for each event and preset.

    Args:
        events: by name.
        rounds: how often each first event is the first of a process.
    """
    with tempfile.TemporaryDirectory() as directory:
        for name, event in events.items():
            path = Path(directory) / name
            path.write_bytes(marshal.dumps(event))
            _table(name, len(json.dumps(event)), path, rounds)


def _table(name: str, size: int, path: Path, rounds: int) -> None:
    print(f"{name}, {size / 1000:.0f} kB: first event of a process, ms, times bare Python; memory, times the event")
    work = {preset: lambda preset=preset: float(_ran(_FIRST, str(path), preset)) for preset in PRESETS}  # type: ignore[misc]
    bare = "bare Python, whole process"
    figures = interleaved({bare: _bare, **work}, rounds)
    beside = figures.pop(bare)
    for preset, values in figures.items():
        ratio = statistics.median(value / other for value, other in zip(values, beside, strict=True))
        memory = float(_ran(_MEMORY, str(path), preset))
        print(f"  {preset:<26}{statistics.median(values):9.1f}{ratio:9.2f}{memory:11.2f}")
    print(f"  {bare:<26}{statistics.median(beside):9.1f}\n")


def _bare() -> float:
    began = time.perf_counter()
    _ran("pass")
    return (time.perf_counter() - began) * 1000


def _ran(program: str, *arguments: str) -> str:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    made = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environ, check=True, capture_output=True, text=True
    )
    return made.stdout.strip()
