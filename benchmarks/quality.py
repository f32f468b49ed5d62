"""What message skeletons say and what they cost: the corpus of failing code, by whose errors they are.

A template is readable if at least half of its words come out; templates without words are not counted. The first time
is that of an exception of a kind not met before in the process, though most of its modules were; modules anew, as if
none had been; warm is the same exception again. Errors by C are those no ``raise`` of Python code made.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from corpus.judging import readable
from corpus.running import ran

from benchmarks import peers
from benchmarks.capture import clients, later
from benchmarks.table import interleaved

Result = dict[str, Any]
#: Of the captures that stand beside.
FRAMES = 7
#: What is timed: its name here and in results, and in what unit.
TIMES = (("warm", "warm", 1e6, "us"), ("first time", "cold", 1e3, "ms"), ("modules anew", "anew", 1e3, "ms"))


def main(rounds: int, *, everything: bool = False) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as directory:
        results = ran(Path(directory) / "corpus")
        captures = {name: later(capture, FRAMES) for name, capture in clients(Path(directory)).items()}
        whole = interleaved(captures, rounds * 4)
    groups: dict[str, list[Result]] = {}
    for one in results:
        groups.setdefault(one["group"], []).append(one)
    print(f"{'':<14}{'cases':>7}{'leaks':>7}{'differ':>8}{'counted':>9}{'readable':>10}{'':>9}")
    for name, group in groups.items():
        print(_line(name, group))
    print(_line("all", results))
    print(_line("  by Python", [one for one in results if not one["native"]]))
    print(_line("  by C", [one for one in results if one["native"]]))
    print()
    _speed(results)
    for name, times in whole.items():
        print(f"{'a capture':<14}p50 {statistics.median(times):.2f} ms, {name}, {FRAMES} frames")
    print()
    for one in results:
        if one["leaks"]:
            print(f"LEAK  {one['id']}: {one['leaks']}\n      {one['skeleton']!r}")
        if one["broken"]:
            print(f"BROKEN  {one['id']}: {one['broken']}")
        if one["differs"]:
            print(f"DIFFERS  {one['id']}: {one['skeleton']!r}")
    if everything:
        _unreadable(results)
    peers.run("benchmarks.texts", *(["--all"] if everything else []))


def _line(name: str, group: list[Result]) -> str:
    judged = [one for one in (_readable(result) for result in group) if one is not None]
    leaking, differing = (sum(bool(result[key]) for result in group) for key in ("leaks", "differs"))
    share = f"{sum(judged)}" + (f" = {sum(judged) / len(judged):.0%}" if judged else "")
    return f"{name:<14}{len(group):>7}{leaking:>7}{differing:>8}{len(judged):>9}{share:>19}"


def _readable(result: Result) -> bool | None:
    return readable(result["skeleton"], result["template"] or "")


def _speed(results: list[Result]) -> None:
    for name, key, scale, unit in TIMES:
        times = [result[key] * scale for result in results]
        tenths = statistics.quantiles(times, n=10)
        print(f"{name:<14}p50 {tenths[4]:.2f} {unit}, p90 {tenths[8]:.2f} {unit}, most {max(times):.2f} {unit}")


def _unreadable(results: list[Result]) -> None:
    for one in results:
        if _readable(one) is False:
            print(f"{one['id']} [{one['type']}{', by C' if one['native'] else ''}]\n    text     {one['text']!r}"[:400])
            print(f"    template {one['template']!r}\n    skeleton {one['skeleton']!r}")
