"""How far long work is, on a terminal: one line that goes again.

A library for this would be one more dependency of every program that reports crashes, for forty lines.
"""

from __future__ import annotations

import shutil
import sys
import time

_AFTER, _EVERY, _WIDTH = 1.0, 0.1, 24
_MIB = 1024 * 1024
_CLEAR = "\r\x1b[K"


class Bar:
    """The line; nothing where standard error is no terminal, and in the first second.

    Args:
        shown: whether it may be shown at all.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown and sys.stderr is not None and sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._name, self._size, self._is_there = "", 0, False

    def start(self, name: str, size: int) -> None:
        """Begin with a file.

        Args:
            name: what it is called.
            size: its bytes; 0 where nobody knows.
        """
        self._name, self._size, self._began = name, size, time.monotonic()

    def at(self, position: int) -> None:
        """Say how far it is, in bytes."""
        now = time.monotonic()
        if not self._shown or now - self._began < _AFTER or now - self._last < _EVERY:
            return
        self._last, self._is_there = now, True
        columns = max(20, shutil.get_terminal_size().columns)
        sys.stderr.write(_CLEAR + self._line(position, now - self._began)[: columns - 1])
        sys.stderr.flush()

    def clear(self) -> None:
        """Take it away, so that a line can be written."""
        if self._is_there:
            self._is_there = False
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def _line(self, position: int, seconds: float) -> str:
        rate = position / seconds
        far = f"{position / _MIB:.1f} MiB, {rate / _MIB:.1f} MiB/s"
        if not self._size:
            return f"{self._name}: {far}"
        share = min(1.0, position / self._size)
        left = max(0, self._size - position) / rate if rate else 0
        full = int(share * _WIDTH)
        return f"[{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%}  {far}, {_clock(left)} left  {self._name}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
