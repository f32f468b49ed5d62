"""Processes of `multiprocessing`: what ends one is shown there by `multiprocessing` itself, and told from there.

A worker that is forked has all that its parent has. One that is spawned begins with nothing: where it does not run the
program's `init` by itself, what the parent said to `init` travels with it, if it can be pickled. Where it cannot (a
hook that is a lambda), such a worker's crash is not reported: nothing is sent past the app's own hooks.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol
else:
    Protocol = object

#: The attribute by which a process carries what it needs.
_LUGGAGE = "_scrubbing"


def is_worker() -> bool:
    """Say whether this process is one that `multiprocessing` started."""
    process = sys.modules.get("multiprocessing.process")
    return process is not None and process.parent_process() is not None


class Watcher(Protocol):
    """Who hears of workers."""

    def worker_ended(self, exc: BaseException | None) -> None:
        """In the worker: it ends, by this exception if there is one, and nothing at exit is called after this."""

    def packed(self) -> bytes | None:
        """In the parent: what `unpack` takes in a worker that begins with nothing."""


#: Who hears of workers of this process, and in them.
_WATCHERS: list[Watcher] = []
_PATCHED: list[Any] = []


def watch(watcher: Watcher) -> None:
    """Hear of crashes in workers, and give those that begin with nothing what they need."""
    from multiprocessing import process

    _WATCHERS.append(watcher)
    if not _PATCHED:
        base: Any = process.BaseProcess
        _PATCHED.append(base)
        base._bootstrap, base.start = _told(base._bootstrap), _packing(base.start)  # noqa: SLF001  # where workers run


def forget(watcher: Watcher) -> None:
    """Tell it nothing more."""
    if watcher in _WATCHERS:
        _WATCHERS.remove(watcher)


def _told(run_all: Any) -> Any:
    from multiprocessing import process

    def _bootstrap(worker: Any, *args: Any, **named: Any) -> Any:
        import traceback

        ended_by: list[BaseException | None] = []
        show = traceback.print_exc

        def noting(*args: Any, **named: Any) -> None:
            caller = sys._getframe(1)  # noqa: SLF001  # the worker's own code may show what it has handled
            if caller.f_globals is vars(process) and caller.f_code.co_name == "_bootstrap":
                ended_by.append(sys.exc_info()[1])
            show(*args, **named)

        traceback.print_exc = noting
        try:
            return run_all(worker, *args, **named)
        finally:
            traceback.print_exc = show
            for watcher in tuple(_WATCHERS):  # one may go in the middle
                watcher.worker_ended(ended_by[0] if ended_by else None)

    return _bootstrap


def _packing(start_one: Any) -> Any:
    def start(worker: Any, *args: Any, **named: Any) -> Any:
        packed = [one for one in (watcher.packed() for watcher in _WATCHERS) if one is not None]
        if packed:
            setattr(worker, _LUGGAGE, _Luggage(packed))
        try:
            return start_one(worker, *args, **named)
        finally:
            worker.__dict__.pop(_LUGGAGE, None)

    return start


class _Luggage:
    """Unpacks itself where it arrives, since it is pickled as the call of a function."""

    def __init__(self, packed: list[bytes]) -> None:
        self._packed = packed

    def __reduce__(self) -> Any:
        """A call in the worker."""
        return unpack, (self._packed,)


def pack(fields: dict[str, Any], app_dir: str | None, command: str | None) -> bytes | None:
    """Pack what was said to `init`, if it can be.

    Args:
        fields: arguments of `Config`.
        app_dir: the directory of the app's package.
        command: the running command.
    """
    import pickle

    try:
        return pickle.dumps((fields, app_dir, command))
    except Exception:  # noqa: BLE001  # lambdas, locks, whatever an author passes on
        return None


def unpack(packed: list[bytes]) -> None:
    """Start telemetry in a worker as the parent has it, unless the worker has its own. Never raises."""
    import contextlib
    import pickle

    from scrubbing import telemetry

    for one in packed:
        with contextlib.suppress(Exception):  # then a crash of this worker is not reported
            fields, app_dir, command = pickle.loads(one)  # noqa: S301  # as the worker itself comes, by the same pipe
            telemetry.carry_on(fields, app_dir, command)
