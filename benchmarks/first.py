"""The first event of a process, from import to result, and the memory an event takes while it is scrubbed.

Each time is a process of its own, with its .pyc files there, measured inside it; bare Python stands beside, since that
is what the machine was doing at that moment. The parts are the thread's time, the least of all rounds: what the
libraries below cost by themselves, then ours. Memory is the most that was there at once beyond the event itself, by
`tracemalloc`, in times the event (its objects, as `marshal` makes them), for an event that is not the first: of one
that came before, and of one all of whose texts are new, of which it stays remembered what had nothing in it.
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
from typing import Any

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
_PARTS = """
import marshal, sys, time
event = marshal.loads(open(sys.argv[1], "rb").read())
marks = [time.thread_time()]
def mark():
    marks.append(time.thread_time())
import collections.abc, enum, functools, json, re, typing
mark()
import attrs
mark()
import scrubbing
scrubbing.Policy, scrubbing.scrub
mark()
policy = scrubbing.Policy(preset=sys.argv[2], packages=["frob"])
policy.engine, policy.shape("event")
mark()
import re._compiler as compiler
compiling, compile = [], compiler.compile
def timed(*arguments):
    began = time.thread_time()
    made = compile(*arguments)
    compiling.append(time.thread_time() - began)
    return made
compiler.compile = timed
marks[-1] = time.thread_time()
scrubbing.scrub(event, policy)
mark()
parts = [after - before for before, after in zip(marks, marks[1:])]
print(*(1000 * part for part in (*parts[:-1], sum(compiling), parts[-1] - sum(compiling))))
"""
_NAMES = ("re, json, typing", "attrs", "our modules", "machine, policy", "expressions", "the rest")
_MEMORY = """
import gc, marshal, sys, tracemalloc
import scrubbing
policy = scrubbing.Policy(preset=sys.argv[3], packages=["frob"])
scrubbing.scrub(marshal.load(open(sys.argv[1], "rb")), policy)
data = open(sys.argv[2], "rb").read()
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
            path, new = Path(directory) / name, Path(directory) / f"{name}, new"
            path.write_bytes(marshal.dumps(event))
            new.write_bytes(marshal.dumps(_other(event)))
            _table(name, len(json.dumps(event)), path, new, rounds)


def _other(value: Any) -> Any:
    """The same event with other texts; what is one word is a name."""
    if isinstance(value, dict):
        return {key: _other(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_other(child) for child in value]
    return f"{value} again" if isinstance(value, str) and " " in value else value


def _table(name: str, size: int, path: Path, new: Path, rounds: int) -> None:
    print(f"{name}, {size / 1000:.0f} kB: first event of a process, ms, times bare Python; memory, times the event")
    print(f"{'':<28}{'ms':>9}{'x bare':>9}{'memory':>9}{'new':>9}   {', '.join(_NAMES)} (thread)")
    work = {preset: lambda preset=preset: float(_ran(_FIRST, str(path), preset)) for preset in PRESETS}  # type: ignore[misc]
    bare = "bare Python, whole process"
    figures = interleaved({bare: _bare, **work}, rounds)
    beside = figures.pop(bare)
    for preset, values in figures.items():
        ratio = statistics.median(value / other for value, other in zip(values, beside, strict=True))
        memory = [float(_ran(_MEMORY, str(path), str(given), preset)) for given in (path, new)]
        told = [map(float, _ran(_PARTS, str(path), preset).split()) for _ in range(rounds)]
        parts = "".join(f"{min(part):7.1f}" for part in zip(*told, strict=True))
        print(f"  {preset:<26}{statistics.median(values):9.1f}{ratio:9.2f}{memory[0]:9.2f}{memory[1]:9.2f} {parts}")
    print(f"  {bare:<26}{statistics.median(beside):9.1f}\n")


def _bare() -> float:
    began = time.perf_counter()
    _ran("pass")
    return (time.perf_counter() - began) * 1000


def _ran(program: str, *arguments: str) -> str:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": ""}
    made = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environ, check=True, capture_output=True, text=True
    )
    return made.stdout.strip()
