"""When it is a good moment to ask: after some runs on some days, once, and never in a crash.

Counted in one file, which only apps that call ``ask()`` have: how many runs, on how many days, the last day, when it
was asked and about what. No id, no time of day, nothing of what was done; no line is added once it was asked. Where the
file cannot be written nobody is asked, since nobody could know that they were.
"""

from __future__ import annotations

import os
import sys
import time

from scrubbing import files
from scrubbing.consent.choice import Alone, date
from scrubbing.consent.words import PURPOSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COVERS = {purpose: f"{purpose}.covers" for purpose in PURPOSES}
_KEYS = frozenset({"runs", "days", "last", "asked", *_COVERS.values()})
_MOST_DIGITS = 9


def is_crash() -> bool:
    """Whether an exception is being handled, or has ended the program."""
    return sys.exc_info()[0] is not None or getattr(sys, "last_value", None) is not None


def has_come(
    path: str | None, runs: int, days: int, *, is_new_run: bool, clock: Callable[[], float] = time.time
) -> bool:
    """Count this run, and say whether there were enough.

    Args:
        path: the file that counts.
        runs: how many runs there must be, this one among them.
        days: on how many days.
        is_new_run: whether this run was not counted before.
        clock: seconds since the epoch.
    """
    before = _read(path)
    if path is None or before is None or "asked" in before:
        return False
    ran, on_days, last, today = (
        int(before.get("runs", 0)),
        int(before.get("days", 0)),
        before.get("last"),
        date(clock()),
    )
    if is_new_run:
        ran, on_days = ran + 1, on_days + (today != last)
    enough = ran >= runs and on_days >= days
    if not enough and is_new_run:
        _write(path, {"runs": str(ran), "days": str(on_days), "last": today}, unless=lambda found: "asked" in found)
    return enough


def take(path: str | None, covers: Mapping[str, str], *, again: bool, clock: Callable[[], float] = time.time) -> bool:
    """Write down that it is asked now; whether nobody has been asked this before.

    Args:
        path: the file that counts.
        covers: what each purpose may send, as it is asked about.
        again: whether it is asked for what is new, which was asked before if it was about the same.
        clock: seconds since the epoch.
    """
    named = {_COVERS[purpose]: line for purpose, line in covers.items()}

    def was_asked(found: Mapping[str, str]) -> bool:
        return all(found.get(key) == line for key, line in named.items()) if again else "asked" in found

    return path is not None and _write(path, {"asked": date(clock()), **named}, unless=was_asked)


def _read(path: str | None) -> dict[str, str] | None:
    """What was counted; ``None`` where it cannot be told."""
    try:
        found = {} if path is None else files.read_lines(path)
    except OSError:
        return None
    numbers = (found.get(key, "0") for key in ("runs", "days"))
    whole = all(number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS for number in numbers)
    return found if whole and _KEYS.issuperset(found) else None


def _write(path: str, new: Mapping[str, str], *, unless: Callable[[Mapping[str, str]], bool]) -> bool:
    """Add lines, unless what stands there by now says not to; whether they were written."""
    try:
        with Alone(os.path.dirname(path), wait=0) as alone:
            found = _read(path)
            if not alone or found is None or unless(found):
                return False
            files.write_lines(path, {**found, **new})
    except OSError:
        return False
    return True
