"""Asking on a terminal: only where somebody sits there, and never in the way for long."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.consent.asking import Invitation

_ANSWERS = {"y": True, "yes": True, "n": False, "no": False, "": False}
_ATTEMPTS = 3


def is_there() -> bool:
    """Whether somebody can be asked: three terminals, in the foreground, in the main thread, and no line typed ahead.

    A line that was typed ahead is for somebody else, and would be an answer to a question nobody had read.
    """
    try:
        terminals = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        return terminals and _in_main_thread() and _in_foreground() and not _waits(0)
    except (OSError, ValueError, AttributeError):  # closed, or replaced by something else
        return False


def answer(invitation: Invitation, seconds: float) -> bool | None:
    """Ask. Enter alone is a no; the end of input, no answer in time and three times something else are no answer.

    Args:
        invitation: what is asked.
        seconds: how long to wait for each line: terminals can be there without anybody at them.

    Raises:
        KeyboardInterrupt: Ctrl-C is the app's.
    """
    _say(f"\n{invitation.text}\n")
    for _ in range(_ATTEMPTS):
        _say("Type y for yes or n for no (Enter alone: no): ")
        line = sys.stdin.readline() if _waits(seconds) else ""
        if not line.endswith("\n"):  # the end of input, perhaps in the middle of a word
            _say("\n")
            return None
        said = _ANSWERS.get(line.strip().lower())
        if said is not None:
            return said
    return None


def told(answered: object, store: Callable[[], bool | None]) -> bool | None:
    """Store what was answered, and say what became of it.

    Args:
        answered: nothing where nobody answered.
        store: stores it; whether it was a yes.

    Raises:
        OSError: it could not be stored.
    """
    try:
        said = store()
    except OSError:
        _say("That could not be stored, so it is off.\n")
        raise
    if not answered:
        _say("No answer: it stays off, and you will not be asked again.\n")
    else:
        _say("Yes is stored. Thank you.\n" if said else "No is stored.\n")
    return said


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _in_main_thread() -> bool:
    threading = sys.modules.get("threading")  # who has not loaded it has no other threads
    return threading is None or threading.current_thread() is threading.main_thread()


def _in_foreground() -> bool:
    # A job in the background that reads from its terminal is stopped by the system.
    return not hasattr(os, "tcgetpgrp") or os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


def _waits(seconds: float) -> bool:
    """Whether a line waits to be read, or comes in time."""
    if sys.platform == "win32":
        import msvcrt

        end = time.monotonic() + seconds
        while not msvcrt.kbhit():
            if time.monotonic() >= end:
                return False
            time.sleep(0.05)
        return True
    import select

    return bool(select.select([sys.stdin], [], [], seconds)[0])
