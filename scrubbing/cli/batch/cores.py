"""Pieces over all cores, in order: no more of them at once than keep the processes busy.

Processes are started anew ("spawn"), on every system alike, and only where there is enough to do: a start costs more
than scrubbing the first megabyte. They do not hear Ctrl-C, which is this process's to answer, and end with it, however
it ends.
"""

from __future__ import annotations

import collections
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from types import TracebackType
from typing import final

from scrubbing.cli.batch import signals, work
from scrubbing.cli.batch.pieces import BLOCK, Done, Piece, Recipe
from scrubbing.policy import Policy

#: Pieces that are scrubbed here before others are asked, where it is not known how many there are.
_ALONE = 4
#: Bytes on disk from which others are asked at once.
MANY = _ALONE * BLOCK
#: Pieces for each process that wait or are being worked at.
_AHEAD = 3
#: What Windows can wait for at once.
_MOST = 61

Pair = tuple[Piece, Done]


def available() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


@final
class Cores:
    """The processes; a context, at whose end none is left.

    Args:
        policy: by which they scrub.
        jobs: how many; 1 is this one alone.
    """

    def __init__(self, policy: Policy, jobs: int) -> None:
        self._policy, self._jobs = policy, min(jobs, _MOST)
        self._others: ProcessPoolExecutor | None = None
        self._before = set(multiprocessing.active_children())

    def __enter__(self) -> Cores:  # noqa: D105  # the class says it
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:  # noqa: D105
        if self._others is None:
            return
        if error is not None:
            self._end()
        self._others.shutdown(wait=True, cancel_futures=True)

    def done(self, pieces: Iterable[Piece], *, many: bool) -> Iterator[Pair]:
        """Scrub pieces; gives each with what became of it, in order.

        Args:
            pieces: read no faster than they are scrubbed.
            many: whether it is known that there are enough for all.
        """
        pieces = iter(pieces)
        number = 0
        while self._jobs == 1 or not (many or self._others or number >= _ALONE):
            piece = next(pieces, None)
            if piece is None:
                return
            number += 1
            yield piece, work.done(piece, self._policy)
        yield from self._shared(pieces)

    def _shared(self, pieces: Iterator[Piece]) -> Iterator[Pair]:
        waiting: collections.deque[tuple[Piece, Future[Done]]] = collections.deque()
        for piece in pieces:
            waiting.append((piece, self._submit(piece)))
            while waiting and (len(waiting) > _AHEAD * self._jobs or waiting[0][1].done()):
                yield _taken(waiting)
        while waiting:
            yield _taken(waiting)

    def _submit(self, piece: Piece) -> Future[Done]:
        if self._others is None:
            self._others = ProcessPoolExecutor(
                self._jobs, multiprocessing.get_context("spawn"), _begin, (Recipe.of(self._policy),)
            )
        with signals.held(signal.SIGINT):  # a process that is started for it takes this over
            return self._others.submit(_work, piece)

    def _end(self) -> None:
        """End the processes as they are: what they are working at is wanted by nobody."""
        for child in set(multiprocessing.active_children()) - self._before:
            child.terminate()


def _taken(waiting: collections.deque[tuple[Piece, Future[Done]]]) -> Pair:
    piece, future = waiting.popleft()
    return piece, future.result()


_policies: list[Policy] = []


def _begin(recipe: Recipe) -> None:
    """Begin a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _policies.append(recipe.policy())


def _die_with_parent() -> None:
    """Wait for the end of the process that started this one: killed, it can tell nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(piece: Piece) -> Done:
    return work.done(piece, _policies[0])
