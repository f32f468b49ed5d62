"""Medians and their table."""

from __future__ import annotations

import statistics
from collections.abc import Callable


def interleaved(work: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Run each piece of work once a round, in turn, so that a noisy minute is noisy for all.

    Args:
        work: name to a function returning a figure.
        rounds: how often.
    """
    figures: dict[str, list[float]] = {name: [] for name in work}
    for run in work.values():
        run()  # not counted: caches of the file system and of Python fill
    for _ in range(rounds):
        for name, run in work.items():
            figures[name].append(run())
    return figures


def show(title: str, figures: dict[str, list[float]], base: str, unit: str) -> None:
    """Print medians with quartiles, the difference to `base` and the ratio to it, both taken round by round."""
    print(f"{title} ({len(figures[base])} rounds, median [quartiles], {unit})")
    for name, values in figures.items():
        low, middle, high = statistics.quantiles(values, n=4)
        more = statistics.median(value - other for value, other in zip(values, figures[base], strict=True))
        ratio = statistics.median(value / other for value, other in zip(values, figures[base], strict=True))
        print(f"  {name:<44}{middle:9.2f} [{low:.2f} {high:.2f}]  {more:+9.2f}  x{ratio:.2f}")
    print()
