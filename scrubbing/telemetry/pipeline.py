"""Everything that exists only after a yes: hooks for crashes, quota, sessions, outbox, uploader, the Sentry client.

Each is made when it is first needed; what is heavy (the SDK, the schema, the rules) at the first capture. Nothing here
raises into the app: a failure drops the item and is counted.
"""

from __future__ import annotations

import atexit
import os
import sys
import time

from scrubbing import __version__
from scrubbing.drops import Drops
from scrubbing.errors import Refused
from scrubbing.options import HTTP_OPTIONS
from scrubbing.telemetry.crashes import Hooks, is_crash

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import Any, TypeVar

    from scrubbing.consent import Consent
    from scrubbing.outbox.store import Outbox
    from scrubbing.outbox.upload import Uploader
    from scrubbing.quota import Quota, Reservation
    from scrubbing.sentry import Middleware
    from scrubbing.telemetry.command import Commands
    from scrubbing.telemetry.config import Config
    from scrubbing.usage.sessions import Sessions
    from scrubbing.wire import Parcel

    T = TypeVar("T")

#: Seconds a program's end may be delayed by all of this together.
EXIT_BUDGET = 0.3
#: Seconds after the start of a program until what waits from earlier is sent, unless the program ends before.
_BEFORE_SENDING = 1.0
#: Where an exception carries the apps that were told of it: a crash passes a command, a hook and the program's end.
_TOLD = "__scrubbing_told__"


class Pipeline:
    """The way of a crash, from the hook to the outbox.

    Args:
        config: what the author said.
        consent: asked again at each step.
        commands: which command runs.
    """

    def __init__(self, config: Config, consent: Consent, commands: Commands) -> None:
        from _thread import RLock

        self._config, self._consent, self._commands = config, consent, commands
        self._places = consent.places
        self._lock: threading.RLock = RLock()
        self._telling: threading.RLock = RLock()
        self._made: dict[str, Any] = {}
        self._background: list[threading.Thread] = []
        self._spent = 0.0
        self._closed = False
        self._shared = self._crashing = False
        self.drops = Drops(self._places.drops)
        self.hooks = Hooks(self._caught, self._sdk_loaded)

    def start(self) -> None:
        """Install the hooks; send what waits from earlier."""
        self.hooks.install()
        atexit.register(self._at_exit)
        if self._config.load == "eager":
            self._guarded("start", self.client)
        if self._config.parsed_dsn is not None and _any_file(self._places.outbox):
            self._in_thread("upload", self._send_waiting)

    def exception(self, exc: BaseException, place: str, *, handled: bool) -> str | None:
        """Capture an exception; returns the event's id, or ``None`` if it was dropped."""
        return self._capture(
            "crashes",
            lambda sentry: sentry.capture_exception(
                self.client(), exc, {"type": place, "handled": handled}, self.preset()
            ),
        )

    def message(self, text: str, level: str) -> str | None:
        """Capture a message; returns the event's id, or ``None`` if it was dropped."""
        return self._capture("crashes", lambda sentry: sentry.capture_message(self.client(), text, level))

    def command_begins(self, name: str) -> None:
        """Tell of the day's session with this command, if it has not been told: in the background, once a day."""
        if self._guarded("sessions", lambda: self._consent.collects("usage") and self.sessions().is_news(name, "ok")):
            self._in_thread("sessions", lambda: self._record(name, "ok"), awaited=True)

    def left_command(self, exc: BaseException) -> None:
        """An exception leaves a command."""
        if is_crash(exc):
            self._caught(exc, "command")

    def flush(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds until everything is sent."""
        deadline = time.monotonic() + timeout
        for thread in self._background:
            thread.join(max(0.0, deadline - time.monotonic()))
        client = self._made.get("client")
        if client is not None:
            self._guarded("flush", lambda: client.flush(timeout=max(0.0, deadline - time.monotonic())))
        sent = self._guarded("flush", lambda: self._flush_outbox(max(0.0, deadline - time.monotonic())))
        self._save()
        return bool(sent)

    def problems(self) -> list[str]:
        """What an author should know besides drops."""
        client = self._made.get("client")
        if client is None:
            return []
        from scrubbing import sentry

        if not self._shared or sentry.is_global(client):
            return []
        return ["sentry_sdk.init was called again by somebody else: messages and tags set through sentry_sdk go there"]

    def close(self) -> None:
        """Catch and send nothing more."""
        self._closed = True
        self.hooks.retire()
        uploader = self._made.get("uploader")
        if uploader is not None:
            uploader.close()
        self._save()
        atexit.unregister(self._at_exit)

    # What is made when it is needed

    def client(self) -> Any:
        """The Sentry client."""
        return self._once("client", self._start_client)

    def _sentry(self) -> Any:
        """Our room around the SDK; we need not hear that it was imported when we import it."""
        self.hooks.expect_sdk()
        from scrubbing import sentry

        return sentry

    def _start_client(self) -> Any:
        sentry = self._sentry()
        client = sentry.start(
            self.middleware(),
            self._config.options,
            self.preset(),
            dsn=self._config.dsn,
            isolated=self._isolated(),
            flush=lambda timeout: self._guarded("flush", lambda: self._flush_outbox(timeout)),
        )
        self._shared = sentry.is_global(client)
        return client

    def middleware(self) -> Middleware:
        """The hooks and the fence."""
        sentry = self._sentry()
        options = self._config.options
        facts = sentry.Facts(
            self._config.release,
            options.get("environment") or "production",
            options.get("dist"),
            self._commands.current,
        )
        own = {name: hook for name, hook in options.items() if name.startswith("before_") and hook is not None}
        made: Middleware = self._once(
            "middleware",
            lambda: sentry.Middleware(self.policy, self._deliver, self.count, Gate(self, self._consent), facts, own),
        )
        return made

    def policy(self) -> Any:
        """The policy."""
        from scrubbing.telemetry.chosen import chosen_policy

        return self._once("policy", lambda: chosen_policy(self._config))

    def preset(self) -> str:
        """The policy's preset; known without building the policy in the usual case."""
        return self._config.preset or str(self.policy().preset)

    def quota(self) -> Quota:
        """The day's quota."""
        from scrubbing.quota import Quota

        return self._once("quota", lambda: Quota(self._places.quota))

    def sessions(self) -> Sessions:
        """The day's sessions."""
        from scrubbing.usage.sessions import Sessions

        return self._once("sessions", lambda: Sessions(self._places.sessions, drop=self.count))

    def outbox(self) -> Outbox:
        """The envelopes on disk."""
        from scrubbing.outbox.store import Outbox

        return self._once("outbox", lambda: Outbox(self._places.outbox, drop=self.count))

    def uploader(self) -> Uploader:
        """What sends them."""
        from scrubbing.outbox.http import HttpOptions
        from scrubbing.outbox.upload import Uploader

        dsn = self._config.parsed_dsn
        if dsn is None:
            raise Refused("no-dsn")
        options = self._config.options
        chosen: dict[str, Any] = {key: options[key] for key in HTTP_OPTIONS if options.get(key) is not None}
        return self._once(
            "uploader",
            lambda: Uploader(
                self.outbox(),
                dsn,
                allowed=self._consent.mode,
                prepare=self._prepare,
                drop=self.count,
                limits_path=self._places.limits,
                version=__version__,
                options=HttpOptions(**chosen),
            ),
        )

    def _once(self, name: str, make: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            made: T = self._made[name]
        return made

    # What happens

    def _caught(self, exc: BaseException, place: str) -> None:
        if not _is_news(exc, self._config.app):
            return
        began = time.monotonic()
        command = self._commands.current()
        self._crashing = True
        self.exception(exc, place, handled=False)
        self._crashing = False
        if command is not None:
            self._guarded("sessions", lambda: self._record(command, "crashed"))
        self._spent += time.monotonic() - began

    def _capture(self, purpose: str, capture: Callable[[Any], str | None]) -> str | None:
        def work() -> str | None:
            if self._closed or not self._consent.collects(purpose):
                raise Refused("consent")
            captured = capture(self._sentry())
            middleware = self.middleware()
            if middleware.interrupted:
                middleware.interrupted = False
                raise KeyboardInterrupt
            return captured

        captured = self._guarded("capture", work)
        self._save(every=5.0)
        return captured

    def count(self, reason: str) -> None:
        """Count a drop, and let not even the counter disturb the app."""
        try:
            self.drops.count(reason)
        except Exception:  # noqa: BLE001  # there is nothing behind the counter to count with
            return

    def _save(self, *, every: float = 0.0) -> None:
        try:
            self.drops.save(every=every)
        except Exception:  # noqa: BLE001  # as above
            return

    def _guarded(self, where: str, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except Refused as refused:
            self.count(refused.reason)
        except Exception:  # noqa: BLE001  # fail closed, silently, counted
            self.count(f"{where}:error")
        return None

    def _send_waiting(self) -> None:
        """Send what waits from earlier: not at once, so that a command that says no comes first."""
        time.sleep(_BEFORE_SENDING)
        if not self._closed:
            self.uploader().wake()

    def _sdk_loaded(self) -> None:
        # Where our own room is what imports the SDK, it is not ready yet; the first capture starts the client.
        if not self._closed and "scrubbing.sentry" not in sys.modules:
            self._guarded("start", lambda: self.client() if self._consent.collects("crashes") else None)

    def _isolated(self) -> bool | None:
        from scrubbing.telemetry import _STARTED

        others = any(name != self._config.app for name in _STARTED)
        return True if others and self._config.isolated is None else self._config.isolated

    def _record(self, command: str, status: str) -> None:
        """Tell of a session, if there is something new to tell."""
        if not self._consent.collects("usage"):
            return
        with self._telling:  # the first word about a session is put before the second
            if not self.sessions().is_news(command, status):  # type: ignore[arg-type]  # the words are ours
                return
            reservation = Gate(self, self._consent).reserve("usage", crash=False, fingerprint=None)
            try:
                self._tell(command, status, reservation)
            except BaseException:
                reservation.give_back()
                raise

    def _tell(self, command: str, status: str, reservation: Reservation) -> None:
        update = self.sessions().record(command, status)  # type: ignore[arg-type]  # as above
        if update is None:
            reservation.give_back()
            return
        from scrubbing.telemetry.session_item import parcel_of

        parcel = parcel_of(update, self.policy(), self._config.release, self._environment())
        settle(reservation, len(parcel.data))
        self._deliver(parcel)

    def errored(self) -> None:
        """A handled error happened in the command that runs."""
        command = self._commands.current()
        if command is not None and not self._crashing:
            self._guarded("sessions", lambda: self._record(command, "errored"))

    def _environment(self) -> str:
        return str(self._config.options.get("environment") or "production")

    def _deliver(self, parcel: Parcel) -> None:
        """Disk first; then, if the mode of this purpose is on, the network."""
        if not self._consent.collects(parcel.purpose):
            raise Refused("consent")
        self._put(parcel)
        if self._config.parsed_dsn is not None and self._consent.allows(parcel.purpose):
            self._guarded("upload", lambda: self.uploader().wake())  # it is stored already

    def _put(self, parcel: Parcel) -> None:
        from scrubbing.outbox.store import TooBig, Unusable

        try:
            self.outbox().put(
                parcel.data, purpose=parcel.purpose, category=parcel.category, fingerprint=parcel.fingerprint
            )
        except TooBig:
            raise Refused("outbox:too-big") from None
        except (Unusable, OSError):
            raise Refused("outbox:unusable") from None

    def _prepare(self, data: bytes) -> bytes:
        """Judge an envelope again, by the policy of this moment, as it will be on the wire."""
        from scrubbing.clock import now
        from scrubbing.fence import admit
        from scrubbing.wire import stamped

        return admit(stamped(data, now()), self.policy())

    def _flush_outbox(self, timeout: float) -> bool:
        if self._config.parsed_dsn is None or not _any_file(self._places.outbox):
            return True
        return self.uploader().flush(timeout)

    def _in_thread(self, where: str, work: Callable[[], None], *, awaited: bool = False) -> None:
        """Work beside the app; `awaited` at exit, within the budget."""
        import threading

        thread = threading.Thread(target=lambda: self._guarded(where, work), name=f"scrubbing-{where}", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the interpreter is shutting down
            return
        if awaited:
            self._background.append(thread)

    def _at_exit(self) -> None:
        """Report what only a framework's hook saw, then use what is left of the exit budget."""
        self._guarded("exit", self.hooks.unreported)
        left = EXIT_BUDGET - self._spent
        deadline = time.monotonic() + left
        for thread in self._background:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._guarded("exit", lambda: self._flush_outbox(max(0.0, deadline - time.monotonic())))
        self._save()


class Gate:
    """Consent and quota before each item; handled errors are told to the day's session here."""

    def __init__(self, pipeline: Pipeline, consent: Consent) -> None:
        self._pipeline, self._consent = pipeline, consent

    def reserve(self, purpose: str, *, crash: bool, fingerprint: str | None) -> Reservation:
        """Reserve room for one item.

        Raises:
            Refused: no consent, or over quota.
        """
        if not self._consent.collects(purpose):
            raise Refused("consent")
        if crash:
            self._pipeline.errored()
        reserved = self._pipeline.quota().reserve(crash=crash, fingerprint=fingerprint)
        reason = getattr(reserved, "reason", None)
        if reason is not None:
            raise Refused(reason)
        return reserved  # type: ignore[return-value]  # not Over: that has a reason


def settle(reservation: Any, size: int) -> None:
    """Tell the quota how large an item became.

    Raises:
        Refused: the day's bytes are used up.
    """
    over = reservation.settle(size)
    if over is not None:
        raise Refused(over.reason)


def _is_news(exc: BaseException, app: str) -> bool:
    """Say whether this app was not told of this exception yet: what failed once is not tried again further on."""
    try:
        marks = BaseException.__dict__["__dict__"].__get__(exc)  # past anything its class overrides
        told = marks.get(_TOLD, ())
        marks[_TOLD] = (*told, app)
    except Exception:  # noqa: BLE001  # an exception that cannot be marked may come twice
        return True
    return app not in told


def _any_file(directory: str | None) -> bool:
    """Say whether anything waits, without importing what could read it."""
    try:
        with os.scandir(directory) as entries:
            return directory is not None and any(True for _ in entries)
    except OSError:
        return False
