"""Pieces over all cores, in order: no more of them at once than keep the processes busy.

Processes are started anew ("spawn"), on every system alike, and only where there is enough to do: a start costs about
as much as scrubbing half a megabyte (0.4 s against 0.7 s a MiB, measured), so from two on they pay. They do not hear
Ctrl-C, which is this process's to answer, and end with it, however it ends: each is at the end of a pipe of its own.
(`concurrent.futures` has one pipe for all. A process that is killed while it writes into that leaves half an answer
there, and whoever reads it waits for the other half for ever.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import cast, final

from scrubbing.cli.batch import signals, work
from scrubbing.cli.batch.pieces import BLOCK, Done, Piece, Recipe
from scrubbing.errors import ScrubbingError
from scrubbing.policy import Policy

#: Pieces that are scrubbed here before others are asked, where it is not known how many there are.
_ALONE = 8
#: Bytes on disk from which others are asked at once.
MANY = _ALONE * BLOCK
#: Pieces for each process that wait or are being worked at.
_AHEAD = 3
#: What Windows can wait for at once.
_MOST = 61

#: Seconds a process has to end once it is told to.
_PATIENCE = 5.0

Pair = tuple[Piece, Done]


class LostProcess(ScrubbingError):
    """A process ended before its work was done."""


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
        self._others: dict[Connection, SpawnProcess] = {}
        self._idle: list[Connection] = []

    def __enter__(self) -> Cores:  # noqa: D105  # the class says it
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:  # noqa: D105
        for end, process in self._others.items():
            if error is not None:  # what it is working at is wanted by nobody
                process.terminate()
            end.close()
        for process in self._others.values():
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()

    def done(self, pieces: Iterable[Piece], *, many: bool) -> Iterator[Pair]:
        """Scrub pieces; gives each with what became of it, in order.

        Args:
            pieces: read no faster than they are scrubbed.
            many: whether it is known that there are enough for all.

        Raises:
            LostProcess: one of the processes was killed.
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
        """Give whoever is idle the next piece; answers that come too early wait for their turn."""
        waiting: dict[int, Piece] = {}
        answers: dict[int, Done] = {}
        busy: dict[Connection, int] = {}
        first = 0
        for last, piece in enumerate(pieces):
            waiting[last] = piece
            busy[self._sent(piece)] = last
            while busy and (len(busy) == self._jobs or len(waiting) >= _AHEAD * self._jobs or wait(busy, 0)):
                self._answered(busy, answers)
                while first in answers:
                    yield waiting.pop(first), answers.pop(first)
                    first += 1
        while busy:
            self._answered(busy, answers)
            while first in answers:
                yield waiting.pop(first), answers.pop(first)
                first += 1

    def _sent(self, piece: Piece) -> Connection:
        end = self._idle.pop() if self._idle else self._started()
        try:
            end.send(piece)
        except OSError:
            raise LostProcess from None
        return end

    def _answered(self, busy: dict[Connection, int], answers: dict[int, Done]) -> None:
        """Take the answers that are there; wait for one, if there is none."""
        for end in cast("list[Connection]", wait(busy)):  # only these were asked about
            try:
                answers[busy.pop(end)] = end.recv()
            except (EOFError, OSError):
                raise LostProcess from None
            self._idle.append(end)

    def _started(self) -> Connection:
        if hasattr(signal, "pthread_sigmask"):
            from multiprocessing import resource_tracker

            resource_tracker.ensure_running()  # which would let signals through again in the midst of the start
        context = multiprocessing.get_context("spawn")
        end, other = context.Pipe()
        process = context.Process(target=_serve, args=(other, Recipe.of(self._policy)), daemon=True)
        with signals.held(signal.SIGINT):
            process.start()
            self._others[end] = process
        other.close()
        return end


def _serve(end: Connection, recipe: Recipe) -> None:
    """Scrub what comes until nobody is there; say nothing, since what is said of an error may be somebody's text."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        policy = recipe.policy()
        while True:
            end.send(work.done(end.recv(), policy))
    except (EOFError, OSError):
        return
    except BaseException:  # noqa: BLE001  # whoever asked sees that it is gone
        os._exit(1)
