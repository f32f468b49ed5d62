"""The uploader: one daemon thread that posts what waits in the outbox, one envelope after the other.

State is on disk, so a fork, a kill or an exit loses nothing: what was not answered waits for the next start. Consent
is asked before every single envelope, which is then judged again, and once more when the line to the server stands.
One process uploads at a time; another one leaves it to that one. Nothing here raises into the app or prints.

What a server stores once however often it comes, events by their id, is removed when it has arrived: at least once on
the wire. Everything else is claimed before the first byte of its request leaves: at most once.
"""

from __future__ import annotations

import _thread
import os
import time

from scrubbing import files
from scrubbing.errors import Refused, ScrubbingError
from scrubbing.outbox import history, limits
from scrubbing.outbox.http import HttpOptions, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from scrubbing.outbox.dsn import Dsn
    from scrubbing.outbox.http import Answer
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
#: Seconds until the lock is tried again while another process uploads: at leisure, and within a flush.
_BUSY = 0.5
_BUSY_IN_HASTE = 0.03

#: Answers of a server that is not there just now: the envelope stays.
_STAY = (502, 503, 504)
#: The only one of them by which nobody behind the server can have got it.
_UNTAKEN = 503
#: Categories of what servers store by its id, once.
_STORED_ONCE = frozenset({"error", "transaction"})

#: How a round ended: nothing is left to send, the server is not there, another process is at it.
_DONE, _FAILED, _ELSEWHERE = "done", "failed", "elsewhere"


class NotHere(Exception):
    """Raised by ``prepare``: this process cannot judge the envelope, which stays as it is for one that can."""


class _Passing:
    """An envelope on its way: what the line asks before the first byte, and what came of the question."""

    def __init__(self, entry: Entry, may_go: Callable[[Entry], bool], claim: Callable[[Entry], Entry | None]) -> None:
        self.entry = entry
        self.withheld = False
        self._may_go = may_go
        self._claim = claim

    def may_begin(self) -> bool:
        """Ask for consent for the last time; then claim what may go once only."""
        taken: Entry | None = None
        if self._may_go(self.entry):
            taken = self.entry if self.entry.category in _STORED_ONCE else self._claim(self.entry)
        self.withheld = taken is None
        self.entry = taken or self.entry
        return taken is not None


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
        limits_path: str | None,
        version: str,
        options: HttpOptions | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._outbox = outbox
        self._dsn = dsn
        self._allowed = allowed
        self._prepare = prepare
        self._drop = drop
        self._sent = sent
        self._told = told
        self._limits_path = limits_path
        self._version = version
        self._options = options or HttpOptions()
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
        return [entry for entry in self._sendable() if self._mode(entry.purpose) == "on"]

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
                if self._thread is not None:
                    news.wait_for(lambda: self._done >= mine or self._closed, timeout)
            finally:
                self._waiters -= 1
        return self._is_over()

    def _is_over(self) -> bool:
        # What is claimed waits no more, and is not over before its answer is there.
        return not self._passes and not self._sendable()

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
        self._asked = self._done = self._waiters = self._failures = 0
        self._woken = self._passes = False
        self._until: dict[str, float] = {}
        self._settled: set[str] = set()
        self._pid = os.getpid()

    def _run(self, news: threading.Condition, after: float) -> None:
        # For the lock, and now: at interpreter shutdown some Pythons refuse to import what it imports.
        import filelock  # noqa: F401

        if after:
            with news:
                news.wait_for(lambda: self._closed or self._woken or self._asked > self._done, after)
        while not self._closed:
            with news:
                asked, self._woken = self._asked, False
            try:
                outcome = self._round(news)
            except Exception:  # noqa: BLE001 - a full disk, a room of the caller's: it waits, and the app goes on
                self._drop("upload:error")
                outcome = _FAILED
            with news:
                self._sleep(news, asked, outcome)

    def _sleep(self, news: threading.Condition, asked: int, outcome: str) -> None:
        # Who asked in the middle of a round that failed knows as much as after one more failure.
        seen = asked if outcome == _DONE else self._asked
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
            return _BUSY_IN_HASTE if self._waiters else _BUSY
        if outcome == _FAILED:
            # Different in each process, so that a fleet does not return as one.
            pause = _BACKOFF * 2.0 ** (self._failures - 1) if self._failures < _TRIES else _LONGEST_BACKOFF
            return pause * (0.5 + _chance() / 2)
        now = self._clock()
        wait = min((max(at - now, _PACE) for at in self._limits(now).values()), default=None)
        return None if wait is None else wait + min(_SPREAD * wait, _MOST_SPREAD) * _chance()

    def _round(self, news: threading.Condition) -> str:
        if self._outbox.directory is None or not (self._sendable() or self._claimed()):
            return _DONE
        try:
            with files.locked(self._outbox.directory, timeout=0):
                self._settle_claimed()
                line = Line(self._dsn, self._options, self._version)
                try:
                    return self._send_all(line, news)
                finally:
                    line.close()
        except files.Busy:
            return _ELSEWHERE

    def _send_all(self, line: Line, news: threading.Condition) -> str:
        used = False
        while entries := self._sendable():
            if used:
                with news:
                    news.wait_for(lambda: self._closed or self._waiters, _PACE)
            if self._closed:
                return _DONE
            # A crash that was put in the middle of a backlog goes before it: the program may be about to end.
            if not self._send(line, min(entries, key=_urgency)):
                return _FAILED
            used = True
        return _DONE

    def _send(self, line: Line, entry: Entry) -> bool:
        """Deal with one envelope; whether the server is there for the next one."""
        body = self._judged(entry) if self._may_go(entry) else None
        if body is None:
            return True
        # Judging and dialling take their time; the last question is asked with the socket at hand.
        passing = _Passing(entry, self._may_go, self._outbox.claim)
        self._passes = True
        try:
            answer = line.post(body, passing.may_begin)
            return passing.withheld or self._settle(passing.entry, body, answer)
        finally:
            self._passes = False

    def _settle_claimed(self) -> None:
        """Let go of what somebody claimed and was killed with: whether it arrived, nobody knows."""
        for entry in self._claimed():
            self._discard(entry, "upload:no-answer")

    def _claimed(self) -> list[Entry]:
        try:
            return [entry for entry in self._outbox.claimed() if entry.name not in self._settled]
        except (OSError, ScrubbingError):
            return []

    def _may_go(self, entry: Entry) -> bool:
        mode = self._mode(entry.purpose)
        if mode not in ("on", "local"):
            self._discard(entry, "consent")
        now = self._clock()
        return mode == "on" and not limits.is_limited(entry.category, self._limits(now), now)

    def _judged(self, entry: Entry) -> bytes | None:
        try:
            data = self._outbox.read(entry)
        except FileNotFoundError:
            return None  # erased, or expired, by somebody else
        except files.Damaged:
            self._discard(entry, "outbox:unreadable")
            return None
        try:
            return self._prepare(data, entry.seal)
        except NotHere:
            self._settled.add(entry.name)
        except Refused as refused:
            self._discard(entry, refused.reason)
        except Exception:  # noqa: BLE001 - fails closed: what cannot be judged does not leave
            self._discard(entry, "fence:error")
        return None

    def _settle(self, entry: Entry, body: bytes, answer: Answer | None) -> bool:
        """Do with an envelope what the answer says; whether the server is there for the next one."""
        if answer is None:
            if entry.is_claimed:
                self._discard(entry, "upload:no-answer")
            return False
        self._obey(answer)
        if 200 <= answer.status < 300:  # noqa: PLR2004 - the statuses of success
            self._remove(entry)
            self._told(entry, history.SENT, str(answer.status))
            self._sent(entry, body)
        elif answer.status in _STAY and not entry.is_claimed:
            return False
        elif answer.status == _UNTAKEN:
            return self._outbox.unclaim(entry) is None
        else:
            self._discard(entry, f"http:{answer.status}")
        return answer.status not in _STAY

    def _obey(self, answer: Answer) -> None:
        now = self._clock()
        asked = limits.asked(answer.status, answer.headers, now)
        if not asked:
            return
        self._until = {**self._limits(now), **asked}
        try:
            limits.write(self._limits_path, self._until)
        except (OSError, ValueError):
            self._drop("limits:unwritable")

    def _limits(self, now: float) -> dict[str, float]:
        return {**limits.read(self._limits_path, now), **{name: at for name, at in self._until.items() if at > now}}

    def _discard(self, entry: Entry, reason: str) -> None:
        if self._remove(entry):
            self._tell_lost(entry, reason)

    def _tell_lost(self, entry: Entry, reason: str) -> None:
        self._drop(reason)
        self._told(entry, _BECAME.get(reason, history.REFUSED), reason)

    def _remove(self, entry: Entry) -> bool:
        # What cannot be removed is not sent again by this process.
        self._settled.add(entry.name)
        return self._outbox.remove(entry)

    def _mode(self, purpose: str) -> str:
        try:
            return self._allowed(purpose)
        except Exception:  # noqa: BLE001 - consent that cannot be asked is none
            return "off"

    def _sendable(self) -> list[Entry]:
        """What waits and may go now, and what consent was taken back for; oldest first."""
        try:
            entries = [entry for entry in self._outbox.waiting() if entry.name not in self._settled]
        except (OSError, ScrubbingError):
            return []
        now = self._clock()
        until = self._limits(now)
        modes = {purpose: self._mode(purpose) for purpose in {entry.purpose for entry in entries}}
        return [
            entry
            for entry in entries
            if modes[entry.purpose] != "local"
            and (modes[entry.purpose] != "on" or not limits.is_limited(entry.category, until, now))
        ]


#: What became of an envelope that was removed for one of these reasons; any other is a refusal.
_BECAME = {"consent": history.ERASED, "upload:no-answer": history.UNANSWERED}


def _chance() -> float:
    """A number from 0 to 1, different in each process: a fleet does not return as one herd."""
    return os.urandom(1)[0] / 255


def _urgency(entry: Entry) -> tuple[bool, float]:
    return entry.purpose != "crashes", entry.created
