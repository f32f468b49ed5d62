"""Where crashes are caught: `sys.excepthook`, threads, workers, asyncio, tkinter, and what a framework kept to itself.

Hooks that were there before always run, first, so that the user sees a traceback as if this library were not there.
Nothing here decides what is sent.
"""

from __future__ import annotations

import builtins
import sys

from scrubbing.telemetry.watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Exceptions command-line frameworks raise to end a command with a message to the user: by module and name, since
#: neither framework is imported for this.
_MESSAGES = {"ClickException", "Abort", "Exit"}
#: Members of a group that are looked at.
_MOST_MEMBERS = 10_000
_GROUP: Any = vars(builtins).get("BaseExceptionGroup")  # from Python 3.11
_MRO, _NAME = type.__dict__["__mro__"].__get__, type.__dict__["__name__"].__get__


def is_crash(exc: BaseException | None) -> bool:
    """Say whether an exception is a crash: not Ctrl-C, an exit, a cancelled task, a closed pipe, a usage error.

    A group is a crash if one of its members is. Nothing that the exception's class overrides is called.
    """
    waiting, looked_at = [exc], 0
    while waiting and looked_at < _MOST_MEMBERS:
        one = waiting.pop()
        looked_at += 1
        if one is None or issubclass(type(one), BrokenPipeError):
            continue
        if _GROUP is not None and issubclass(type(one), _GROUP):
            waiting.extend(_GROUP.__dict__["exceptions"].__get__(one)[:_MOST_MEMBERS])
        elif issubclass(type(one), Exception) and not any(_is_message(cls) for cls in _MRO(type(one))):
            return True
    return False


def _is_message(cls: type) -> bool:
    module = cls.__dict__.get("__module__")
    return _NAME(cls) in _MESSAGES and type(module) is str and module.split(".")[0] in ("click", "typer", "asyncclick")


class Importable:
    """Lets modules be imported in a thread that outlives the main one, and at exit.

    `concurrent.futures`, which the SDK imports, refuses to be imported once threads have been shut down; so it is told
    that they have not.
    """

    def __enter__(self) -> None:
        """Threads have not been shut down."""
        self._threading = sys.modules.get("threading")
        self._shut = getattr(self._threading, "_SHUTTING_DOWN", None)
        if self._shut:
            self._threading._SHUTTING_DOWN = False  # type: ignore[union-attr]  # noqa: SLF001  # see above

    def __exit__(self, *_: object) -> None:
        """Whatever they were."""
        if self._shut:
            self._threading._SHUTTING_DOWN = self._shut  # type: ignore[union-attr]  # noqa: SLF001  # as it was


class Hooks:
    """The hooks of one telemetry.

    Args:
        caught: called with an exception and the name of the place; must not raise.
        loaded: called when `sentry_sdk` has been imported by anybody.
        worker_ends: called at the end of a worker process that crashed: it has no other end.
        packed: what a worker process needs that begins with nothing.
    """

    def __init__(
        self,
        caught: Callable[[BaseException, str], None],
        loaded: Callable[[], None],
        worker_ends: Callable[[], None] = lambda: None,
        packed: Callable[[], Any] = lambda: None,
    ) -> None:
        self._caught, self._worker_ends, self._packed = caught, worker_ends, packed
        self._watch = Watch(
            {
                "threading": self._in_threads,
                "multiprocessing.process": self._in_workers,
                "asyncio": self._in_asyncio,
                "uvloop": lambda: self._in_loop("uvloop"),
                "winloop": lambda: self._in_loop("winloop"),
                "tkinter": self._in_tkinter,
                "typer": self._in_typer,
                "sentry_sdk": loaded,
            }
        )
        self.active = False
        self._ours: Any = None

    def install(self) -> None:
        """Put the hooks in place, once."""
        if self.active:
            return
        self.active = True
        previous = sys.excepthook

        def excepthook(kind: type[BaseException], exc: BaseException, traceback: Any) -> None:
            try:
                previous(kind, exc, traceback)
            finally:
                if not _at_prompt():
                    self._tell_at_the_end(exc)

        sys.excepthook = self._ours = excepthook
        self._watch.start()

    def expect_sdk(self) -> None:
        """The SDK is about to be imported by ourselves."""
        self._watch.wanted.pop("sentry_sdk", None)

    def retire(self) -> None:
        """Catch nothing more. The hooks stay where they are: others may have wrapped them."""
        self.active = False
        self._watch.stop()
        workers = sys.modules.get("scrubbing.telemetry.workers")
        if workers is not None:
            workers.forget(self)

    def unreported(self) -> None:
        """At exit: tell of the exception that ended the program where somebody else's `sys.excepthook` kept it."""
        if sys.excepthook is not self._ours and not hasattr(sys, "ps1"):
            self._tell(getattr(sys, "last_exc", None) or getattr(sys, "last_value", None), "excepthook")

    def _tell(self, exc: BaseException | None, place: str) -> None:
        if self.active and exc is not None and is_crash(exc):
            self._caught(exc, place)

    def _tell_at_the_end(self, exc: BaseException) -> None:
        """Who presses Ctrl-C while a crash is told wants the program to end, which it does: without a word of ours."""
        try:
            self._tell(exc, "excepthook")
        except KeyboardInterrupt:
            return

    def _in_threads(self) -> None:
        import threading

        previous = threading.excepthook

        def excepthook(args: Any) -> None:
            try:
                previous(args)
            finally:
                self._tell(args.exc_value, "threading")

        threading.excepthook = excepthook

    def _in_workers(self) -> None:
        from scrubbing.telemetry import workers

        workers.watch(self)

    def worker_ended(self, exc: BaseException | None) -> None:
        """A worker process ends."""
        if self.active and is_crash(exc):
            self._tell(exc, "multiprocessing")
            self._worker_ends()

    def packed(self) -> bytes | None:
        """What a worker process needs that begins with nothing."""
        return self._packed() if self.active else None

    def _in_asyncio(self) -> None:
        from asyncio import base_events

        self._watch_loops(base_events.BaseEventLoop)

    def _in_loop(self, module: str) -> None:
        """Loops that are no children of asyncio's own: a class in Python, over one in C, whose methods it asks for."""
        self._watch_loops(sys.modules[module].Loop)

    def _watch_loops(self, cls: Any) -> None:
        previous = cls.call_exception_handler

        def call_exception_handler(loop: Any, context: Any) -> None:
            try:
                previous(loop, context)
            finally:
                self._tell(context.get("exception"), "asyncio")

        cls.call_exception_handler = call_exception_handler

    def _in_typer(self) -> None:
        """Typer puts its own `sys.excepthook` in place at each run, and shows what it likes."""
        import typer.main

        previous = typer.main.except_hook

        def except_hook(kind: type[BaseException], exc: BaseException, traceback: Any) -> None:
            try:
                previous(kind, exc, traceback)
            finally:
                self._tell(exc, "excepthook")

        typer.main.except_hook = except_hook  # type: ignore[assignment]  # other names of arguments

    def _in_tkinter(self) -> None:
        import tkinter

        previous = tkinter.Misc._report_exception  # type: ignore[attr-defined]  # noqa: SLF001  # the one place all callbacks share

        def _report_exception(widget: Any) -> None:
            exc = sys.exc_info()[1]
            try:
                previous(widget)
            finally:
                self._tell(exc, "tkinter")

        tkinter.Misc._report_exception = _report_exception  # type: ignore[attr-defined]  # noqa: SLF001


def _at_prompt() -> bool:
    """Say whether somebody types: at a prompt, or at a console inside the program, every mistake comes to the hook."""
    if hasattr(sys, "ps1"):
        return True
    frame = sys._getframe()  # noqa: SLF001  # the only way to know who calls the hook
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_globals.get("__name__") == "code":
            return True
    return False
