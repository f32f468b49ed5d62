"""Colour on a terminal, and nowhere else: a pipe, a file, ``NO_COLOR`` and a dumb terminal get plain text.

Four of the codes every terminal knows (ECMA-48, SGR); a library for them would be one more dependency of every program
that reports crashes.
"""

from __future__ import annotations

import os
import sys

#: What stands for what.
GOOD, CAREFUL, BAD, TITLE = "32", "33", "31", "1"
#: Modes as they are shown.
MODES = {"on": GOOD, "local": CAREFUL, "off": BAD}


def wanted() -> bool:
    """Say whether what is printed now is read on a terminal that shows colour; see https://no-color.org."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32" and not os.environ.get("WT_SESSION"):  # the old console shows the codes themselves
        return False
    return sys.stdout is not None and sys.stdout.isatty()


def paint(text: str, code: str) -> str:
    """Give a text a colour, where one is wanted.

    Args:
        text: one line.
        code: one of those above, or nothing.
    """
    return f"\x1b[{code}m{text}\x1b[0m" if code and wanted() else text
