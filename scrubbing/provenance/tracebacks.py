"""Tracebacks, walked without asking anything an exception's class overrides."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from types import TracebackType

_TRACEBACK = BaseException.__dict__["__traceback__"].__get__


def entries(exc: BaseException, most: int) -> collections.deque[TracebackType]:
    """Return the innermost entries of an exception's traceback, outermost first."""
    return collections.deque(_entries(exc), maxlen=max(0, most))


def _entries(exc: BaseException) -> Iterator[TracebackType]:
    """Walk a traceback; one that was tied into a ring by hand is walked round at most twice."""
    entry, mark, steps, stride = _TRACEBACK(exc), None, 0, 1
    while entry is not None and entry is not mark:
        yield entry
        steps += 1
        if steps == stride:
            mark, steps, stride = entry, 0, 2 * stride
        entry = entry.tb_next
