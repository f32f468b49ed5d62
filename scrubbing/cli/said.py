"""What a verb says: text or exact bytes for stdout, a note for stderr, an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import attrs

#: Exit codes: done, something is damaged or failed, wrong use.
DONE, FAILED, WRONG_USE = 0, 1, 2
#: What a shell says of a program that Ctrl-C ended.
INTERRUPTED = 130


@attrs.frozen
class Said:
    """What a verb says.

    Args:
        code: 0 done, 1 something is damaged or failed, 2 wrong use.
        out: lines of text, or bytes to be printed as they are.
        note: what is no part of the answer.
    """

    code: int = DONE
    out: str | bytes = ""
    note: str = ""

    def print(self) -> None:
        """Print it; what a terminal cannot show is escaped, a reader who has gone is left alone."""
        try:
            _write(sys.stdout, self.out)
            _write(sys.stderr, self.note)
        except BrokenPipeError:
            # Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(stream: Any, out: str | bytes) -> None:
    if not out:
        return
    if isinstance(out, bytes):
        stream.flush()
        stream.buffer.write(out)
        stream.buffer.flush()
        return
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(out.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()
