"""Which command of the app runs, and what leaves it as a crash."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, TypeVar

    from scrubbing.telemetry import Telemetry

    F = TypeVar("F", bound=Callable[..., Any])

_COROUTINE = 0x80  # inspect.CO_COROUTINE, without importing inspect


class Commands:
    """The commands that run in this process, the innermost last. Threads started by a command belong to it."""

    def __init__(self) -> None:
        self._running: list[str] = []
        #: Told of the innermost command whenever it is another one.
        self.changed: Callable[[str | None], None] | None = None

    def current(self) -> str | None:
        """The innermost running command."""
        return self._running[-1] if self._running else None

    def enter(self, name: str) -> None:
        """A command begins."""
        self._running.append(name)
        if self.changed is not None:
            self.changed(name)

    def leave(self, name: str) -> None:
        """A command ends; commands of several threads may end in any order."""
        for at in range(len(self._running) - 1, -1, -1):
            if self._running[at] == name:
                del self._running[at]
                break
        if self.changed is not None:
            self.changed(self.current())


class Command:
    """One command: a context manager, and a decorator of functions and coroutine functions."""

    def __init__(self, telemetry: Telemetry, commands: Commands, name: str) -> None:
        self._telemetry, self._commands, self._name = telemetry, commands, name

    def __enter__(self) -> Command:  # noqa: PYI034  # Self is no part of the standard library in 3.10
        """The command begins."""
        self._commands.enter(self._name)
        pipeline = self._telemetry._running()  # noqa: SLF001  # the two are one
        if pipeline is not None:
            pipeline.command_begins(self._name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """The command ends; an exception that leaves it is a crash."""
        try:
            pipeline = self._telemetry._running() if exc is not None else None  # noqa: SLF001  # the two are one
            if pipeline is not None and exc is not None:
                pipeline.left_command(exc)
        finally:
            self._commands.leave(self._name)

    def __call__(self, function: F) -> F:
        """Decorate a function."""
        code = getattr(function, "__code__", None)
        if code is not None and code.co_flags & _COROUTINE:

            async def run_later(*args: Any, **kwargs: Any) -> Any:
                with self:
                    return await function(*args, **kwargs)

            return _dressed(run_later, function)

        def run(*args: Any, **kwargs: Any) -> Any:
            with self:
                return function(*args, **kwargs)

        return _dressed(run, function)


def _dressed(wrapper: Any, function: F) -> F:
    """What `functools.wraps` does, without importing it: frameworks read names, signatures and options from there."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__"):
        if hasattr(function, name):
            setattr(wrapper, name, getattr(function, name))
    wrapper.__dict__.update(getattr(function, "__dict__", {}))
    wrapper.__wrapped__ = function
    return wrapper  # type: ignore[no-any-return]  # it stands for the function
