"""What becomes of one envelope on its way to the server: asked for, judged, sent, and settled by the answer.

What a server stores once however often it comes, events by their id, is removed when it has arrived: at least once on
the wire. Everything else is claimed before the first byte of its request leaves: at most once.
"""

from __future__ import annotations

import os
import time

from scrubbing import files
from scrubbing.errors import Refused, ScrubbingError
from scrubbing.outbox import history, limits
from scrubbing.outbox.http import Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.outbox.dsn import Dsn
    from scrubbing.outbox.http import Answer, HttpOptions
    from scrubbing.outbox.store import Entry, Outbox

#: Answers of a server that is not there just now: the envelope stays.
_STAY = (502, 503, 504)
#: The only one of them by which nobody behind the server can have got it.
_UNTAKEN = 503
#: Categories of what servers store by its id, once.
_STORED_ONCE = frozenset({"error", "transaction"})

#: What became of an envelope that was removed for one of these reasons; any other is a refusal.
_BECAME = {"consent": history.ERASED, "upload:no-answer": history.UNANSWERED}


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


class Sender:
    """Sends envelopes, one after the other, while it is entered; `Uploader` says what the arguments are."""

    def __init__(
        self,
        outbox: Outbox,
        dsn: Dsn,
        *,
        allowed: Callable[[str], str],
        prepare: Callable[[bytes, str], bytes],
        drop: Callable[[str], None],
        sent: Callable[[Entry, bytes], None],
        told: Callable[[Entry, str, str], None],
        limits_path: str | None,
        version: str,
        options: HttpOptions,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._outbox = outbox
        self._allowed = allowed
        self._prepare = prepare
        self._drop = drop
        self._sent = sent
        self._told = told
        self._limits_path = limits_path
        self._server = dsn, options, version
        self._clock = clock
        self._line: Line | None = None
        self.forget()

    def forget(self) -> None:
        """Begin anew, as in a child process that somebody forked while an envelope was on its way."""
        #: Whether an envelope is on its way.
        self.passes = False
        self._until: dict[str, float] = {}
        self._settled: set[str] = set()

    def __enter__(self) -> None:
        """Begin to send: call it under the outbox's lock, since what others claimed and were killed with is settled."""
        for entry in self.claimed():
            self._discard(entry, "upload:no-answer")
        self._line = Line(*self._server)

    def __exit__(self, *_error: object) -> None:
        """Hang up."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def send(self, entry: Entry) -> bool:
        """Deal with one envelope; whether the server is there for the next one."""
        body = self._judged(entry) if self._may_go(entry) else None
        if body is None or self._line is None:
            return True
        # Judging and dialling take their time; the last question is asked with the socket at hand.
        passing = _Passing(entry, self._may_go, self._outbox.claim)
        self.passes = True
        try:
            answer = self._line.post(body, passing.may_begin)
            return passing.withheld or self._settle(passing.entry, body, answer)
        finally:
            self.passes = False

    def claimed(self) -> list[Entry]:
        """What somebody claimed and has not settled: whoever holds the lock knows that they never will."""
        try:
            return [entry for entry in self._outbox.claimed() if entry.name not in self._settled]
        except (OSError, ScrubbingError):
            return []

    def _may_go(self, entry: Entry) -> bool:
        mode = self.mode(entry.purpose)
        if mode not in ("on", "local"):
            self._discard(entry, "consent")
        now = self._clock()
        return mode == "on" and not limits.is_limited(entry.category, self.limits(now), now)

    def _judged(self, entry: Entry) -> bytes | None:
        try:
            data = self._outbox.read(entry)
        except FileNotFoundError:
            return None  # erased, or expired, by somebody else
        except files.Damaged:
            self._discard(entry, "outbox:unreadable")
            return None
        except OSError:  # no permission, no descriptor left: the others go, and this one at another time
            self._settled.add(entry.name)
            self._drop("upload:error")
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
            if self._is_kept():
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
        self._until = {**self.limits(now), **asked}
        if not self._is_kept():
            return
        try:
            limits.write(self._limits_path, self._until)
        except (OSError, ValueError):
            self._drop("limits:unwritable")

    def _is_kept(self) -> bool:
        """Say whether there is a place for this still: whoever erases everything removes it, and nothing comes back."""
        return os.path.isdir(self._outbox.directory or "")

    def limits(self, now: float) -> dict[str, float]:
        """Until when the server's categories must wait."""
        return {**limits.read(self._limits_path, now), **{name: at for name, at in self._until.items() if at > now}}

    def _discard(self, entry: Entry, reason: str) -> None:
        if self._remove(entry):
            self._drop(reason)
            self._told(entry, _BECAME.get(reason, history.REFUSED), reason)

    def _remove(self, entry: Entry) -> bool:
        # What cannot be removed is not sent again by this process.
        self._settled.add(entry.name)
        return self._outbox.remove(entry)

    def mode(self, purpose: str) -> str:
        """The mode of a purpose now."""
        try:
            return self._allowed(purpose)
        except Exception:  # noqa: BLE001 - consent that cannot be asked is none
            return "off"

    def sendable(self) -> list[Entry]:
        """What waits and may go now, and what consent was taken back for; oldest first."""
        try:
            entries = [entry for entry in self._outbox.waiting() if entry.name not in self._settled]
        except (OSError, ScrubbingError):
            return []
        now = self._clock()
        until = self.limits(now)
        modes = {purpose: self.mode(purpose) for purpose in {entry.purpose for entry in entries}}
        return [
            entry
            for entry in entries
            if modes[entry.purpose] != "local"
            and (modes[entry.purpose] != "on" or not limits.is_limited(entry.category, until, now))
        ]
