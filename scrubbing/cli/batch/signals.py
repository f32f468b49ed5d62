"""Signals: those that end a program end it in order, and not in the middle of what must be done as a whole."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

#: What a shell adds to the number of the signal that ended a program.
_SIGNALLED = 128
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def ended() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program as Ctrl-C does: no unfinished file stays, and no process."""
    before = {number: signal.getsignal(number) for number in _ENDING if number != signal.SIGINT}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


@contextlib.contextmanager
def held(*numbers: signal.Signals) -> Iterator[None]:
    """Let signals wait until the end of a ``with`` block, where the system can; a process that begins inside is deaf.

    Args:
        numbers: which; all that end a program, without any.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers or _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(_SIGNALLED + number)
