"""The uploader: one daemon thread that posts what waits in the outbox, one envelope after the other.

State is on disk, so a fork, a kill or an exit loses nothing: what was not answered waits for the next start. Consent
is asked before every single envelope, which is then judged again, and once more when the line to the server stands.
One process uploads at a time; another one leaves it to that one. Nothing here raises into the app or prints.

This module says when; what becomes of each envelope is the business of ``sending``.
"""

from __future__ import annotations

import _thread
import os
import time

from scrubbing import files
from scrubbing.outbox.http import HttpOptions
from scrubbing.outbox.sending import Sender

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scrubbing.outbox.dsn import Dsn
    from scrubbing.outbox.store import Entry, Outbox

#: Seconds between two envelopes that waited, so that a backlog is no burst.
_PACE = 0.1
#: Seconds after a first failure, doubled after each further one, and the most of it.
_BACKOFF = 1.0
_LONGEST_BACKOFF = 600.0
#: Tries in a row, then it takes the longest pause.
_TRIES = 3
#: When a limit ends, each process comes back at a moment of its own within this share of the wait, and these seconds.
_SPREAD, _MOST_SPREAD = 0.25, 60.0
#: Seconds until the lock is tried again while another process uploads: at leisure, and first within a flush, then
#: twice as long each time.
_BUSY = 0.5
_BUSY_IN_HASTE = 0.03

#: How a round ended: nothing is left to send, the server is not there, another process is at it.
_DONE, _FAILED, _ELSEWHERE = "done", "failed", "elsewhere"


class Uploader:
    """Posts what waits in an outbox.

    Args:
        outbox: the directory of envelopes.
        dsn: where they go.
        allowed: the mode of a purpose at this moment: ``on`` sends, ``local`` keeps, anything else (an exception
            too) removes.
        prepare: judges an envelope with its seal once more and returns the bytes to send; what it raises removes the
            envelope, but for `NotHere`.
        drop: counts what is removed without having arrived, by its reason: ``consent``, ``fence:<word>``,
            ``http:<status>``, ``outbox:unreadable``, ``upload:no-answer``; also ``upload:error``,
            ``limits:unwritable``.
        sent: told of each envelope that arrived, with the exact bytes.
        told: hears what became of each envelope: a word of `history` and the server's status or the reason.
        load: called in the thread before each round: imports what the others need.
        limits_path: the file that keeps the server's rate limits; None where no directory can be had.
        version: this library's version, for the server to see.
        options: how the server is reached.
        clock: seconds since 1970.
    """

    _news: threading.Condition | None
    _thread: threading.Thread | None

    def __init__(
        self,
        outbox: Outbox,
        dsn: Dsn,
        *,
        allowed: Callable[[str], str],
        prepare: Callable[[bytes, str], bytes],
        drop: Callable[[str], None],
        sent: Callable[[Entry, bytes], None] = lambda _entry, _data: None,
        told: Callable[[Entry, str, str], None] = lambda _entry, _what, _detail: None,
        load: Callable[[], None] = lambda: None,
        limits_path: str | None,
        version: str,
        options: HttpOptions | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._outbox = outbox
        self._drop = drop
        self._load = load
        self._sender = Sender(
            outbox,
            dsn,
            allowed=allowed,
            prepare=prepare,
            drop=drop,
            sent=sent,
            told=told,
            limits_path=limits_path,
            version=version,
            options=options or HttpOptions(),
            clock=clock,
        )
        self._clock = clock
        self._closed = False
        self._begin()

    def start(self, after: float = 0.0) -> None:
        """Start the thread, unless it runs. At interpreter shutdown none is started: what waits waits on.

        Args:
            after: seconds until it sends, unless a flush asks for it sooner.
        """
        self._notice_fork()
        try:
            import threading
        except ImportError:  # the interpreter has shut down its imports
            return
        news = self._condition()
        with self._guard:
            if self._closed or (self._thread is not None and self._thread.is_alive()):
                return
            if not threading.main_thread().is_alive():  # it is over, and the interpreter waits for no new thread
                return
            thread = threading.Thread(target=self._run, args=(news, after), name="scrubbing-upload", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return
            self._thread = thread

    def wake(self) -> None:
        """Say that something was put, or that a mode changed; starts the thread when it does not run."""
        self.start()
        if self._news is None:
            return
        with self._news:
            self._woken = True
            self._news.notify_all()

    def sendable(self) -> list[Entry]:
        """What waits and may go now, by consent and by the server's limits; oldest first."""
        return [entry for entry in self._sender.sendable() if self._sender.mode(entry.purpose) == "on"]

    def flush(self, timeout: float) -> bool:
        """Try at once to send what may be sent, and wait for it; whether nothing of it is left.

        Args:
            timeout: most seconds to wait. A server that refuses ends the wait sooner, nothing to send ends it at
                once.
        """
        self._notice_fork()
        if self._is_over():
            return True
        news = self._condition()
        with news:
            self._asked += 1
            mine = self._asked
            self._waiters += 1
            self.start()
            news.notify_all()
            try:
                if self._thread is not None and self._thread.is_alive():
                    news.wait_for(lambda: self._done >= mine or self._closed, timeout)
            finally:
                self._waiters -= 1
        return self._is_over()

    def _is_over(self) -> bool:
        # What is claimed waits no more, and is not over before its answer is there.
        return not self._sender.passes and not self._sender.sendable()

    def close(self) -> None:
        """Let the thread end after the envelope that is on its way, if any. Waits for nothing."""
        self._closed = True
        self._notice_fork()
        if self._news is not None:
            with self._news:
                self._news.notify_all()

    def _condition(self) -> threading.Condition:
        import threading

        with self._guard:
            self._news = self._news or threading.Condition()
            return self._news

    def _notice_fork(self) -> None:
        # A child has neither the thread nor anything that thread held; what waits is on disk for whoever comes first.
        if self._pid != os.getpid():
            self._begin()

    def _begin(self) -> None:
        # Reentrant, since a signal may end up here in the middle of a start.
        self._guard = _thread.RLock()
        self._news = None
        self._thread = None
        self._asked = self._done = self._waiters = self._failures = self._elsewhere = 0
        self._woken = False
        self._sender.forget()
        self._pid = os.getpid()

    def _run(self, news: threading.Condition, after: float) -> None:
        try:
            # For the lock, and now: at interpreter shutdown some Pythons refuse to import what it imports.
            import filelock  # noqa: F401
        except Exception:  # noqa: BLE001 - it is that late already, and what waits waits on
            self._drop("upload:error")
            with news:
                self._done = self._asked
                news.notify_all()
            return

        if after:
            with news:
                news.wait_for(lambda: self._closed or self._woken or self._asked > self._done, after)
        while not self._closed:
            with news:
                asked, self._woken = self._asked, False
            try:
                self._load()
                outcome = self._round(news)
            except Exception:  # noqa: BLE001 - a full disk, a room of the caller's: it waits, and the app goes on
                self._drop("upload:error")
                outcome = _FAILED
            with news:
                self._sleep(news, asked, outcome)

    def _sleep(self, news: threading.Condition, asked: int, outcome: str) -> None:
        # Who asked in the middle of a round that failed knows as much as after one more failure.
        seen = asked if outcome == _DONE else self._asked
        self._elsewhere = self._elsewhere + 1 if outcome == _ELSEWHERE else 0
        if outcome != _ELSEWHERE:
            self._done = seen
            self._failures = self._failures + 1 if outcome == _FAILED else 0
            news.notify_all()
        # A new flush is answered at once, something new to send only where the server is there.
        news.wait_for(
            lambda: self._closed or self._asked != seen or (self._woken and outcome == _DONE), self._pause(outcome)
        )

    def _pause(self, outcome: str) -> float | None:
        if outcome == _ELSEWHERE:
            haste = _BUSY_IN_HASTE * 2.0 ** min(self._elsewhere - 1, 10)
            return min(haste, _BUSY) if self._waiters else _BUSY
        if outcome == _FAILED:
            # Different in each process, so that a fleet does not return as one.
            pause = _BACKOFF * 2.0 ** (self._failures - 1) if self._failures < _TRIES else _LONGEST_BACKOFF
            return pause * (0.5 + _chance() / 2)
        now = self._clock()
        wait = min((max(at - now, _PACE) for at in self._sender.limits(now).values()), default=None)
        return None if wait is None else wait + min(_SPREAD * wait, _MOST_SPREAD) * _chance()

    def _round(self, news: threading.Condition) -> str:
        if self._outbox.directory is None or not (self._sender.sendable() or self._sender.claimed()):
            return _DONE
        try:
            with files.locked(self._outbox.directory, timeout=0), self._sender:
                return self._send_all(news)
        except files.Busy:
            return _ELSEWHERE

    def _send_all(self, news: threading.Condition) -> str:
        used = False
        while entries := self._sender.sendable():
            if used:
                with news:
                    news.wait_for(lambda: self._closed or self._waiters, _PACE)
            if self._closed:
                return _DONE
            # A crash that was put in the middle of a backlog goes before it: the program may be about to end.
            if not self._sender.send(min(entries, key=_urgency)):
                return _FAILED
            used = True
        return _DONE


def _chance() -> float:
    """A number from 0 to 1, different in each process: a fleet does not return as one herd."""
    return os.urandom(1)[0] / 255


def _urgency(entry: Entry) -> tuple[bool, float]:
    return entry.purpose != "crashes", entry.created
