"""A sender without a disk: for apps that run Sentry already and want the middleware alone."""

from __future__ import annotations

import atexit
import collections
import os
import time

from scrubbing.errors import Refused
from scrubbing.outbox import limits
from scrubbing.outbox.http import HttpOptions, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scrubbing.outbox.dsn import Dsn

#: Envelopes that wait in memory; a newer one pushes the oldest out.
_MOST = 30
#: Seconds a program's end may be delayed.
_AT_EXIT = 0.3


class MemorySender:
    """Posts envelopes from memory, in a daemon thread; what a server does not take is lost, as with the SDK's own.

    Args:
        dsn: where they go.
        prepare: judges an envelope with its seal just before the socket and returns the bytes to send; raises
            `Refused`.
        drop: counts a reason.
        version: of this library, for the server to see.
        options: how the server is reached.
    """

    def __init__(
        self,
        dsn: Dsn,
        *,
        prepare: Callable[[bytes, str], bytes],
        drop: Callable[[str], None],
        version: str,
        options: HttpOptions | None = None,
    ) -> None:
        import threading

        self._dsn, self._prepare, self._drop, self._version = dsn, prepare, drop, version
        self._options = options or HttpOptions()
        self._waiting: collections.deque[tuple[str, bytes, str]] = collections.deque()
        self._news = threading.Condition()
        self._busy = False
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()
        self._limited: dict[str, float] = {}
        atexit.register(self.flush, _AT_EXIT)

    def put(self, data: bytes, category: str, seal: str = "") -> None:
        """Take an admitted envelope.

        Args:
            data: its bytes.
            category: the server's category for rate limits.
            seal: what vouches for its messages.
        """
        self._notice_fork()
        with self._news:
            self._waiting.append((category, data, seal))
            while len(self._waiting) > _MOST:
                self._waiting.popleft()
                self._drop("memory:full")
            self._start()
            self._news.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds until nothing waits; whether nothing does."""
        self._notice_fork()
        with self._news:
            return self._news.wait_for(lambda: not self._waiting and not self._busy, timeout)

    def _start(self) -> None:
        import threading

        if self._thread is not None and self._thread.is_alive():
            return
        thread = threading.Thread(target=self._run, name="scrubbing-upload", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the interpreter is shutting down
            return
        self._thread = thread

    def _run(self) -> None:
        line = Line(self._dsn, self._options, self._version)
        while True:
            with self._news:
                self._busy = False
                self._news.notify_all()
                self._news.wait_for(lambda: bool(self._waiting))
                category, data, seal = self._waiting.popleft()
                self._busy = True
            try:
                self._send(line, category, data, seal)
            except Refused as refused:
                self._drop(refused.reason)
            except Exception:  # noqa: BLE001  # fail closed, counted
                self._drop("upload:error")

    def _send(self, line: Line, category: str, data: bytes, seal: str) -> None:
        now = time.time()
        if limits.is_limited(category, self._limited, now):
            raise Refused("http:429")
        answer = line.post(self._prepare(data, seal))
        if answer is None:
            raise Refused("upload:no-answer")
        self._limited |= limits.asked(answer.status, answer.headers, now)
        if not 200 <= answer.status < 300:  # noqa: PLR2004  # HTTP's successes
            raise Refused(f"http:{answer.status}")

    def _notice_fork(self) -> None:
        """A child sends nothing of its parent's, and needs a thread and a lock of its own."""
        if self._pid == os.getpid():
            return
        import threading

        self._pid, self._thread, self._busy = os.getpid(), None, False
        self._news = threading.Condition()
        self._waiting.clear()
