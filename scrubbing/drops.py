"""What was dropped, and why: counters by reason, so that an author whose events do not arrive finds out.

Counting happens in memory and never raises; saving merges into one small file of lines, ``reason = count date``.
Reasons are words from our own code, never values of the app.
"""

from __future__ import annotations

import _thread
import os
import time

from scrubbing import files, quota

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: Reasons kept apart; any further one is counted as ``other``.
_REASONS = 64
_OTHER = "other"
#: Reasons that a loop of crashes is counted by, and up to where their counters are exact.
_LOOPS = "quota:"
EXACT = 16
_LONGEST = 64
_WORDS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-")


class Drops:
    """Counts what is dropped in this process, and keeps the counters of all processes in one file.

    Args:
        path: the file; None where no directory can be had, then counters live as long as the process.
        clock: seconds since 1970.
    """

    _counts: dict[str, int]
    _saved: float

    def __init__(self, path: str | None, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._forget()

    def count(self, reason: str) -> None:
        """Count one dropped item. Cheap, for any thread, never raises.

        Args:
            reason: a word such as ``quota:events`` or ``http:413``; anything else counts as ``other``.
        """
        self._notice_fork()
        key = reason if _is_word(reason) else _OTHER
        with self._lock:
            if key not in self._counts and len(self._counts) >= _REASONS:
                key = _OTHER
            self._counts[key] = self._counts.get(key, 0) + 1

    def save(self, *, every: float = 0.0) -> None:
        """Merge what was counted since the last time into the file. Never raises; what cannot be saved stays in memory.

        Args:
            every: do nothing when less than this many seconds have passed since the last time.
        """
        self._notice_fork()
        with self._lock:
            now = time.monotonic()
            if self._path is None or not self._counts or (every and now - self._saved < every):
                return
            self._saved = now
            counts, self._counts = self._counts, {}
        try:
            self._merge(self._path, counts)
        except Exception:  # noqa: BLE001 - a full disk, a busy lock: this is the counter itself, it keeps its counts
            with self._lock:
                for reason, number in counts.items():
                    self._counts[reason] = self._counts.get(reason, 0) + number

    def _merge(self, path: str, counts: dict[str, int]) -> None:
        date = time.strftime("%Y-%m-%d", time.gmtime(self._clock()))
        with files.locked(path):
            try:
                known = read(path)
            except files.Damaged:
                known = {"drops:unreadable": (1, date)}
            saved = dict(known)
            for reason, number in counts.items():
                key = reason if reason in known or len(known) < _REASONS else _OTHER
                before, last = known.get(key, (0, date))
                grown = thinned(before, number) if key.startswith(_LOOPS) else number
                known[key] = (before + grown, max(last, date))
            if known != saved:
                files.write_lines(path, {reason: f"{number} {last}" for reason, (number, last) in known.items()})

    def _notice_fork(self) -> None:
        # The parent saves what it counted; its lock may have been held by a thread that a child does not have.
        if self._pid != os.getpid():
            self._forget()

    def _forget(self) -> None:
        # Reentrant, since a signal or a finalizer may count something in the middle of counting.
        self._lock = _thread.RLock()
        self._counts = {}
        self._saved = float("-inf")
        self._pid = os.getpid()


def thinned(before: int, number: int) -> int:
    """What a counter grows by, in ever larger steps: exact up to `EXACT`, then right on average.

    A program that crashes at each of its thousand starts would else write a file at each of them.

    Args:
        before: what the counter says.
        number: what was counted since.
    """
    if before < EXACT:
        return number
    step = 1 << (before.bit_length() - 3)
    steps, rest = divmod(number, step)
    return step * (steps + (int.from_bytes(os.urandom(4), "big") % step < rest))


def read(path: str) -> dict[str, tuple[int, str]]:
    """The saved counters: how often each reason dropped something, and the last UTC date (``YYYY-MM-DD``) it did.

    Raises:
        files.Damaged: the file is not one of ours, or cannot be read.
    """
    counters = {}
    for reason, value in files.read_lines(path).items():
        number, _, date = value.partition(" ")
        if not (_is_word(reason) and quota.is_count(number) and len(date) == len("2026-01-01")):
            raise files.Damaged(path, "has a line that is no count and date")
        counters[reason] = (int(number), date)
    return counters


def _is_word(reason: object) -> bool:
    return isinstance(reason, str) and 0 < len(reason) <= _LONGEST and _WORDS.issuperset(reason)
