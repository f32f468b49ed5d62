"""From an admitted envelope to the server: quota, outbox, uploader, and the policy that judges once more on the way.

Each is made when it is first needed. What goes wrong drops the item and is counted; nothing is raised into the app.
What a short program has no time to send, again and again, is handed over at its end (`handover`).
"""

from __future__ import annotations

import atexit
import os
import sys

from scrubbing import __version__
from scrubbing.consent import PURPOSES
from scrubbing.drops import Drops
from scrubbing.errors import Refused
from scrubbing.interrupts import is_interrupt
from scrubbing.options import HTTP_OPTIONS
from scrubbing.telemetry.forks import PATIENCE, Loading, load, load_for_work

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import Any, TypeVar

    from scrubbing.consent import Consent
    from scrubbing.outbox.history import History
    from scrubbing.outbox.store import Entry, Outbox
    from scrubbing.outbox.upload import Uploader
    from scrubbing.policy import Policy
    from scrubbing.quota import Quota, Reservation
    from scrubbing.telemetry.config import Config
    from scrubbing.wire import Parcel

    T = TypeVar("T")

#: Seconds after the start of a program until what waits from earlier is sent, unless the program ends before.
_BEFORE_SENDING = 1.0
#: How the names of waiting envelopes end, those that were cut off on their way too.
_WAITING = (".envelope", ".claimed")
_MOST_LOOKED_AT = 4096


class Delivery:
    """The way of an envelope.

    Args:
        config: what the author said.
        consent: asked again at each step.
    """

    def __init__(self, config: Config, consent: Consent) -> None:
        from _thread import RLock

        self._config, self._consent = config, consent
        self.places = consent.places
        self._drops = Drops(self.places.drops)
        self._lock: threading.RLock = RLock()
        self._made: dict[str, Any] = {}
        self._making: set[str] = set()
        self._closed = False
        self._pid = os.getpid()
        # Before whoever flushes at the end registers, and so after it.
        atexit.register(self._at_exit)

    def policy(self) -> Policy:
        """The policy."""
        from scrubbing.telemetry.chosen import chosen_policy

        return self.once("policy", lambda: chosen_policy(self._config))

    def preset(self) -> str:
        """The policy's preset; known without building the policy in the usual case."""
        return self._config.preset or self.policy().preset

    def reserve(self, purpose: str, *, crash: bool, fingerprint: str | None) -> Reservation:
        """Reserve room for one item.

        Raises:
            Refused: no consent, or over quota.
        """
        from scrubbing.quota import Over

        self._check_consent(purpose)
        reserved = self._quota().reserve(crash=crash, fingerprint=fingerprint)
        if isinstance(reserved, Over):
            raise Refused(reserved.reason)
        return reserved

    def deliver(self, parcel: Parcel) -> None:
        """Disk first; then, if the mode of this purpose is on, the network.

        Raises:
            Refused: no consent, or the outbox cannot take it.
        """
        self._check_consent(parcel.purpose)
        outbox, entry = self._put(parcel)
        # Whoever took consent back while it was put, here or in another process, has erased without seeing it.
        if not self._consent.collects(parcel.purpose):
            outbox.remove(entry)
            raise Refused("consent")
        if self._config.parsed_dsn is not None and self._consent.allows(parcel.purpose):
            self.guarded("upload", lambda: self._uploader().wake())  # it is stored already

    def anything_to_send(self) -> bool:
        """Say whether there is a server and something waits for it."""
        return self._config.parsed_dsn is not None and _any_file(self.places.outbox)

    def send_waiting(self) -> None:
        """Send what waits from earlier: not at once, so that a command that says no comes first."""
        if not self._closed:
            load("filelock")  # which its thread imports at once
            self._uploader().start(after=_BEFORE_SENDING)

    def flush(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; whether nothing is left that may be sent."""
        sent = self.guarded("flush", lambda: not self.anything_to_send() or self._uploader().flush(timeout))
        return bool(sent)

    def flush_at_exit(self, timeout: float) -> None:
        """Use the rest of the exit budget; half of it where what waits is handed over next, which costs time too."""

        def work() -> None:
            from scrubbing.telemetry import handover

            near = not _is_child(self._pid) and handover.is_near(self._config, self._consent)
            self._uploader().flush(timeout / 2 if near else timeout)

        if self.anything_to_send():
            self.guarded("flush", work)

    def close(self) -> None:
        """Send nothing more."""
        self._closed = True
        atexit.unregister(self._at_exit)
        uploader = self._made.get("uploader")
        if uploader is not None:
            uploader.close()
        self.save()

    def count(self, reason: str) -> None:
        """Count a drop, and let not even the counter disturb the app.

        After a No to everything, and after the end, nothing is counted: a count is a file.
        """
        try:
            if reason == "closed" or (reason == "consent" and not self._collects_anything()):
                return
            self._drops.count(reason)
        except Exception:  # noqa: BLE001  # there is nothing behind the counter to count with
            return

    def save(self, *, every: float = 0.0) -> None:
        """Write the counters down; at most `every` so many seconds."""
        try:
            if not self._is_over():  # what was counted before a no is no file after it: it may have been erased
                self._drops.save(every=every)
        except Exception:  # noqa: BLE001  # as above
            return

    def guarded(self, where: str, work: Callable[[], T]) -> T | None:
        """Work, fail closed and silently, and count."""
        try:
            return work()
        except Refused as refused:
            self.count(refused.reason)
        except BaseException as error:
            # Whatever it is, SystemExit in somebody's __str__ too: the app goes on. Ctrl-C and signals are the app's.
            if is_interrupt(error):
                raise
            self.count(f"{where}:error")
        return None

    def forked(self) -> None:
        """Go on in a child process, where whoever held the lock is not."""
        from _thread import RLock

        self._lock = RLock()
        self._making = set()

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Make a thing when it is first asked for. Not to be called while `Loading`: whoever makes one waits for that.

        Raises:
            TimeoutError: somebody else makes one, and for so long that they may be waiting for the caller: for a module
                that this thread is importing.
            RuntimeError: it is asked for while it is made, by a signal's handler say: the SDK takes locks meanwhile
                that it would wait for.
        """
        if name not in self._made:
            if not self._lock.acquire(timeout=PATIENCE):
                raise TimeoutError(f"{name}: made by another thread for more than {PATIENCE} s")
            try:
                if name not in self._made:
                    self._made[name] = self._make(name, make)
            finally:
                self._lock.release()
        made: T = self._made[name]
        return made

    def _make(self, name: str, make: Callable[[], T]) -> T:
        if name in self._making:
            raise RuntimeError(f"{name}: asked for while it is made")
        self._making.add(name)
        try:
            with Loading():
                return make()
        finally:
            self._making.discard(name)

    def _at_exit(self) -> None:
        """Count a start that was too short for what waits, and have it sent by other means when there were three."""
        try:
            if not self._closed and not _is_child(self._pid) and self.anything_to_send():
                from scrubbing.telemetry import handover

                self.guarded("handover", lambda: handover.at_exit(self._config, self._consent, self._uploader()))
                self.save()
        except BaseException:  # noqa: BLE001  # whoever interrupts this wants the end, and it comes
            return

    def made(self, name: str) -> Any:
        """A thing that was made already, or ``None``."""
        return self._made.get(name)

    def _check_consent(self, purpose: str) -> None:
        if self._closed:
            raise Refused("closed")
        if not self._consent.collects(purpose):
            raise Refused("consent")

    def _is_over(self) -> bool:
        """Say whether there is a no to everything; a question that fails is none."""
        try:
            return not self._collects_anything()
        except Exception:  # noqa: BLE001  # what it fails by is what is to be written down
            return False

    def _collects_anything(self) -> bool:
        decision = self._consent.decision()
        return any(decision.collects(purpose) for purpose in PURPOSES)

    def _put(self, parcel: Parcel) -> tuple[Outbox, Entry]:
        from scrubbing.outbox.store import TooBig, Unusable

        # What is collected under `local` is kept where no upload looks, so that a later yes does not send it.
        outbox = self._outbox() if self._consent.allows(parcel.purpose) else self._shelf("kept", self.places.kept)
        try:
            entry = outbox.put(
                parcel.data,
                purpose=parcel.purpose,
                category=parcel.category,
                fingerprint=parcel.fingerprint,
                seal=parcel.seal,
            )
        except TooBig:
            raise Refused("outbox:too-big") from None
        except (Unusable, OSError):
            raise Refused("outbox:unusable") from None
        return outbox, entry

    def load(self) -> None:
        """Import what judging and sending need, while nobody forks."""
        load_for_work()
        policy = self.policy()
        with Loading():
            policy.shape("event")

    def _prepare(self, data: bytes, seal: str) -> bytes:
        """Judge an envelope again, by the policy of this moment, as it will be on the wire."""
        from scrubbing.clock import now
        from scrubbing.fence import admit
        from scrubbing.wire import stamped

        return admit(stamped(data, now()), self.policy(), sealed=seal)

    def _quota(self) -> Quota:
        from scrubbing.quota import Quota

        return self.once("quota", lambda: Quota(self.places.quota))

    def _outbox(self) -> Outbox:
        from scrubbing.outbox.store import Outbox

        told = self._history().note
        return self.once("outbox", lambda: Outbox(self.places.outbox, drop=self.count, told=told))

    def _history(self) -> History:
        from scrubbing.outbox.history import History

        return self.once("history", lambda: History(self.places.history))

    def _shelf(self, name: str, directory: str | None) -> Outbox:
        """A directory of envelopes to be read, never sent; those that give way to newer ones are no loss."""
        from scrubbing.outbox.store import Outbox

        return self.once(name, lambda: Outbox(directory, drop=lambda _reason: None))

    def _record_sent(self, entry: Entry, data: bytes) -> None:
        """Keep what was sent, in exact bytes, for the user to read."""
        shelf = self._shelf("sent", self.places.sent)
        self.guarded(
            "sent",
            lambda: shelf.put(
                data, purpose=entry.purpose, category=entry.category, fingerprint=entry.fingerprint, id=entry.id
            ),
        )

    def _uploader(self) -> Uploader:
        from scrubbing.outbox.http import HttpOptions
        from scrubbing.outbox.upload import Uploader

        dsn = self._config.parsed_dsn
        if dsn is None:
            raise Refused("no-dsn")
        options = self._config.options
        chosen: dict[str, Any] = {key: options[key] for key in HTTP_OPTIONS if options.get(key) is not None}
        return self.once(
            "uploader",
            lambda: Uploader(
                self._outbox(),
                dsn,
                allowed=self._consent.mode,
                prepare=self._prepare,
                drop=self.count,
                sent=self._record_sent,
                told=self._history().note,
                load=self.load,
                limits_path=self.places.limits,
                version=__version__,
                options=HttpOptions(**chosen),
            ),
        )


def _any_file(directory: str | None) -> bool:
    """Say whether anything waits, without importing what could read it."""
    if directory is None:
        return False
    try:
        with os.scandir(directory) as entries:
            # Somebody else's files are not looked at one by one: the uploader says what is wrong with them.
            return any(
                entry.name.endswith(_WAITING) or number >= _MOST_LOOKED_AT for number, entry in enumerate(entries)
            )
    except OSError:
        return False


def _is_child(pid: int) -> bool:
    """Say whether this is a forked child or a worker of the process that began: its end is no end of the program."""
    process = sys.modules.get("multiprocessing.process")
    return os.getpid() != pid or (process is not None and process.parent_process() is not None)
