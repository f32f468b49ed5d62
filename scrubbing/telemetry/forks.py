"""Child processes: what a fork may meet in the middle, and what a child does not have.

A child that was forked while a thread was importing has a module that waits for ever for that thread, and so does
whoever imports the module there. Modules that ask to be told of forks (`logging` does) are told of the end of one whose
beginning they missed, and complain. So what we import, we import in a time in which ``os.fork`` waits.
"""

from __future__ import annotations

import _thread
import os
import sys
import weakref

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import Any

    from scrubbing.telemetry.pipeline import Pipeline

#: Seconds a fork, or another thread of ours, waits at most for an import of ours; the SDK's takes a tenth of that.
PATIENCE = 3.0
#: What stands for functions of `os` that fork.
_WATCHED: list[Any] = []
#: What our threads import to tell of a session or to upload, before they do it.
_WORK = (
    *("hashlib", "filelock", "scrubbing.quota", "scrubbing.usage.sessions", "scrubbing.usage.update"),
    *("scrubbing.telemetry.chosen", "scrubbing.fence", "scrubbing.wire", "scrubbing.outbox.upload"),
    *("urllib3", "certifi", "gzip", "encodings.idna", "scrubbing.outbox.store", "scrubbing.outbox.bounded"),
    "scrubbing.outbox.history",
)


class Loading:
    """A time in which we import, in whatever thread, and in which nobody forks; threads take turns."""

    #: Held while we import, and during a fork.
    turn: threading.RLock = _thread.RLock()

    def __enter__(self) -> None:
        """Imports begin. Who cannot have the turn goes on: somebody may import what we wait for, and wait for us."""
        self._turn = Loading.turn
        self._held = self._turn.acquire(timeout=PATIENCE)

    def __exit__(self, *_: object) -> None:
        """They have ended."""
        if self._held:
            self._turn.release()


def _taking_turns(fork: Callable[[], Any]) -> Callable[[], Any]:
    """A function of `os` that forks when nobody imports for us."""

    def taking_turns() -> Any:
        with Loading():
            return fork()

    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__text_signature__"):
        if hasattr(fork, name):
            setattr(taking_turns, name, getattr(fork, name))
    return taking_turns


def watch_forks() -> None:
    """Let ``os.fork`` and ``os.forkpty`` take turns with our imports, for as long as this process lives."""
    for name in ("fork", "forkpty"):
        fork = getattr(os, name, None)
        if fork is not None and fork not in _WATCHED:
            watched = _taking_turns(fork)
            _WATCHED.append(watched)
            setattr(os, name, watched)


def load_for_work() -> None:
    """Import what our threads need."""
    load(*_WORK)


def load(*names: str) -> None:
    """Import modules while nobody forks."""
    with Loading():
        for name in names:
            __import__(name)


def at_fork(pipeline: Pipeline) -> None:
    """Let a pipeline go on in children, as long as it lives."""
    if not hasattr(os, "register_at_fork"):
        return
    watch_forks()
    known = weakref.ref(pipeline)

    def in_child() -> None:
        if Loading.turn.acquire(blocking=False):
            Loading.turn.release()
        else:
            Loading.turn = _thread.RLock()  # whoever has the other one is not here
        found = known()
        if found is not None:
            found.forked(silent=_torn())

    os.register_at_fork(after_in_child=in_child)


def _torn() -> bool:
    """Say whether this child was forked in the middle of somebody's import: importing anything may wait for ever."""
    locks = getattr(sys.modules.get("_frozen_importlib"), "_module_locks", None)
    held = [lock() for lock in list(locks.values())] if isinstance(locks, dict) else []
    return any(getattr(lock, "owner", None) not in (None, _thread.get_ident()) for lock in held)
