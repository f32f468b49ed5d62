"""Hard crashes: a process that ends without Python having a say, and how the next start knows of it.

`faulthandler` writes the stacks of a process that is killed by a fault into a file of ours, unless somebody has enabled
it for themselves. The file is held by a lock as long as the process lives, and says whether the process said goodbye:
one that did not, and has no stacks, was killed, or the machine was switched off.

Nothing is printed, and the process ends by the signal it would have ended by.
"""

from __future__ import annotations

import os
import signal

from scrubbing.telemetry.hard import traces

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Words of a file's head: a program, or a worker of one, which is killed by its parent as a matter of course.
PROGRAM, WORKER = "program", "worker"

ARMED = "armed"
LEFT_ALONE = "left alone: faulthandler was enabled by somebody else, which shows faults its own way"

#: Signals that ask a process to end. Unless the program handles them it does so at once, which is no crash.
_ASKING = ("SIGTERM", "SIGHUP")
_WITHOUT_END = ("_exit", "execv", "execve")


class Hard:
    """What one process does about hard crashes.

    Args:
        directory: where the files lie.
        known: what a file says of the process: ``release``, ``kind``.

    Raises:
        OSError: there can be no file.
    """

    def __init__(self, directory: str, known: dict[str, str]) -> None:
        import faulthandler

        self._pid = os.getpid()
        self._faults, self.state = faulthandler, LEFT_ALONE
        self._replaced: dict[str, tuple[Any, Any]] = {}
        self._asked: list[int] = []
        self._trace: traces.Trace | None = traces.Trace(directory, {**known, "state": traces.RUNS})
        if not faulthandler.is_enabled():
            faulthandler.enable(self._trace.descriptor, all_threads=True)
            self.state = ARMED
        self._hear_of_requests()
        for name in _WITHOUT_END:
            self._replace(name)

    def command(self, name: str | None) -> None:
        """Another command runs."""
        self._note(command=name or "")

    def goodbye(self) -> None:
        """The process ends by itself. What faults from here on, in finalizers of modules in C, is still written."""
        self._note(state=traces.ENDS)

    def disarm(self) -> None:
        """Leave no trace."""
        trace, self._trace = self._trace, None
        if trace is None or os.getpid() != self._pid:
            return
        if self.state == ARMED:
            self._faults.disable()
        for number in self._asked:
            if signal.getsignal(number) is signal.SIG_DFL:  # else the program handles it by now
                self._faults.unregister(number)
        for name, (ours, real) in self._replaced.items():
            if getattr(os, name) is ours:
                setattr(os, name, real)
        trace.remove()

    def _note(self, **known: str) -> None:
        # A child of a fork shares the file, where its faults are welcome; of its parent's end it knows nothing.
        if self._trace is None or os.getpid() != self._pid:
            return
        try:
            self._trace.note(**known)
        except OSError:  # a full disk: what was known stays
            return

    def _hear_of_requests(self) -> None:
        """Let `faulthandler` write a line where a signal asks the process to end, and pass it on at once.

        Python's own way would be a handler, which every child inherits and every program finds set.
        """
        if not hasattr(self._faults, "register") or self._trace is None:
            return
        for name in _ASKING:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                self._faults.register(number, self._trace.descriptor, all_threads=False, chain=True)
                self._asked.append(number)

    def _replace(self, name: str) -> None:
        """Say goodbye where a process ends, or becomes another program, without a word to Python."""
        real: Callable[..., Any] | None = getattr(os, name, None)
        if real is None:
            return

        def ours(*args: Any, **named: Any) -> Any:
            self.goodbye()
            try:
                return real(*args, **named)
            finally:
                self._note(state=traces.RUNS)  # it did not

        ours.__name__ = ours.__qualname__ = name
        ours.__doc__ = real.__doc__
        setattr(os, name, ours)
        self._replaced[name] = (ours, real)
