"""Where crashes are caught: `sys.excepthook`, threads, asyncio, tkinter, and what a framework's hook kept to itself.

Hooks that were there before always run, first, so that the user sees a traceback as if this library were not there.
Nothing here decides what is sent.
"""

from __future__ import annotations

import sys

from scrubbing.telemetry.watch import Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Exceptions command-line frameworks raise to end a command with a message to the user: by module and name, since
#: neither framework is imported for this.
_MESSAGES = {"ClickException", "Abort", "Exit"}


def is_crash(exc: BaseException | None) -> bool:
    """Say whether an exception is a crash: not Ctrl-C, an exit, a cancelled task, a closed pipe, a usage error."""
    if exc is None or isinstance(exc, BrokenPipeError):
        return False
    if isinstance(exc, Exception):
        members = getattr(exc, "exceptions", None) if type(exc).__name__ == "ExceptionGroup" else None
        if isinstance(members, tuple):
            return any(is_crash(member) for member in members)
        return not any(_is_message(cls) for cls in type(exc).__mro__)
    if type(exc).__name__ == "BaseExceptionGroup":
        return any(is_crash(member) for member in getattr(exc, "exceptions", ()))
    return False


def _is_message(cls: type) -> bool:
    module = getattr(cls, "__module__", "")
    return (
        cls.__name__ in _MESSAGES
        and isinstance(module, str)
        and module.split(".")[0] in ("click", "typer", "asyncclick")
    )


class Hooks:
    """The hooks of one telemetry.

    Args:
        caught: called with an exception and the name of the place; must not raise.
        loaded: called when `sentry_sdk` has been imported by anybody.
    """

    def __init__(self, caught: Callable[[BaseException, str], None], loaded: Callable[[], None]) -> None:
        self._caught = caught
        self._watch = Watch(
            {
                "threading": self._in_threads,
                "asyncio": self._in_asyncio,
                "tkinter": self._in_tkinter,
                "typer": self._in_typer,
                "sentry_sdk": loaded,
            }
        )
        self.active = False

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
                if not hasattr(sys, "ps1"):  # at a prompt every typing error comes here
                    self._tell(exc, "excepthook")

        sys.excepthook = excepthook
        self._watch.start()

    def expect_sdk(self) -> None:
        """The SDK is about to be imported by ourselves."""
        self._watch.wanted.pop("sentry_sdk", None)

    def retire(self) -> None:
        """Catch nothing more. The hooks stay where they are: others may have wrapped them."""
        self.active = False
        self._watch.stop()

    def unreported(self) -> None:
        """At exit: tell of the exception that ended the program where somebody's own `sys.excepthook` kept it.

        The SDK may not be imported yet, and `concurrent.futures`, which it imports, refuses to be imported once
        threads have been shut down; so it is told that they have not.
        """
        exc = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
        if exc is None or hasattr(sys, "ps1"):
            return
        threading = sys.modules.get("threading")
        shut = getattr(threading, "_SHUTTING_DOWN", None)
        try:
            if shut:
                threading._SHUTTING_DOWN = False  # type: ignore[union-attr]  # noqa: SLF001  # see above
            self._tell(exc, "excepthook")
        finally:
            if shut:
                threading._SHUTTING_DOWN = shut  # type: ignore[union-attr]  # noqa: SLF001  # as it was

    def _tell(self, exc: BaseException | None, place: str) -> None:
        if self.active and exc is not None and is_crash(exc):
            self._caught(exc, place)

    def _in_threads(self) -> None:
        import threading

        previous = threading.excepthook

        def excepthook(args: Any) -> None:
            try:
                previous(args)
            finally:
                self._tell(args.exc_value, "threading")

        threading.excepthook = excepthook

    def _in_asyncio(self) -> None:
        from asyncio import base_events

        previous = base_events.BaseEventLoop.call_exception_handler

        def call_exception_handler(loop: Any, context: Any) -> None:
            try:
                previous(loop, context)
            finally:
                self._tell(context.get("exception"), "asyncio")

        base_events.BaseEventLoop.call_exception_handler = call_exception_handler  # type: ignore[method-assign, assignment]  # one more name for self

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
