"""Everything that exists only after a yes: hooks for crashes, the Sentry client, the day's sessions, delivery.

Each is made when it is first needed; what is heavy (the SDK, the schema, the rules) at the first capture. Nothing here
raises into the app: a failure drops the item and is counted.
"""

from __future__ import annotations

import atexit
import sys
import time

from scrubbing.errors import Refused
from scrubbing.telemetry.crashes import Hooks, Importable, is_crash
from scrubbing.telemetry.delivery import Delivery
from scrubbing.telemetry.told import Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import Any

    from scrubbing.consent import Consent
    from scrubbing.quota import Reservation
    from scrubbing.sentry import Facts, Middleware
    from scrubbing.telemetry.command import Commands
    from scrubbing.telemetry.config import Config

#: Seconds a program's end may be delayed by all of this; of the promised 0.3 the interpreter needs some to end, more
#: the more was imported for the sending.
EXIT_BUDGET = 0.2
#: Where an exception carries the apps that were told of it: a crash passes a command, a hook and the program's end.
_TOLD = "__scrubbing_told__"


class Pipeline:
    """The way of a crash, from the hook to the delivery.

    Args:
        config: what the author said.
        consent: asked again at each step.
        commands: which command runs.
    """

    def __init__(self, config: Config, consent: Consent, commands: Commands) -> None:
        self._config, self._consent, self._commands = config, consent, commands
        self._background: list[threading.Thread] = []
        self._spent = 0.0
        self._closed = self._shared = self._crashing = False
        self._client: Any = None
        self.delivery = Delivery(config, consent)
        self._told = Told(config, consent, self.delivery)
        self.hooks = Hooks(self._caught, self._sdk_loaded)

    def start(self) -> None:
        """Install the hooks; send what waits from earlier."""
        self.hooks.install()
        atexit.register(self._at_exit)
        if self._config.load == "eager":
            self.delivery.guarded("start", self.client)
        if self.delivery.anything_to_send():
            self._in_thread("upload", self.delivery.send_waiting)

    def exception(self, exc: BaseException, place: str, *, handled: bool) -> str | None:
        """Capture an exception; returns the event's id, or ``None`` if it was dropped."""
        mechanism = {"type": place, "handled": handled}
        return self._capture(
            lambda sentry: sentry.capture_exception(self.client(), exc, mechanism, self.delivery.preset())
        )

    def message(self, text: str, level: str) -> str | None:
        """Capture a message; returns the event's id, or ``None`` if it was dropped."""
        return self._capture(lambda sentry: sentry.capture_message(self.client(), text, level))

    def command_begins(self, name: str) -> None:
        """Tell of the day's session with this command, if it has not been told: in the background, once a day."""
        if self.delivery.guarded("sessions", lambda: self._told.is_news(name, "ok")):
            self._in_thread("sessions", lambda: self._told.tell(name, "ok"), awaited=True)

    def left_command(self, exc: BaseException) -> None:
        """An exception leaves a command."""
        if self.delivery.guarded("capture", lambda: is_crash(exc)):
            self._caught(exc, "command")

    def reserve(self, purpose: str, *, crash: bool, fingerprint: str | None) -> Reservation:
        """Reserve room for one item of the SDK's; an error the app handled is told to the day's session first.

        Raises:
            Refused: no consent, or over quota.
        """
        command = self._commands.current()
        if crash and command is not None and not self._crashing:
            self.delivery.guarded("sessions", lambda: self._told.tell(command, "errored"))
        return self.delivery.reserve(purpose, crash=crash, fingerprint=fingerprint)

    def flush(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds until everything is sent."""
        deadline = time.monotonic() + timeout
        self._await_background(deadline)
        if self._client is not None:
            self.delivery.guarded("flush", lambda: self._client.flush(timeout=_left(deadline)))
        sent = self.delivery.flush(_left(deadline))
        self.delivery.save()
        return sent

    def problems(self) -> list[str]:
        """What an author should know besides drops."""
        if self._client is None or not self._shared:
            return []
        from scrubbing import sentry

        if sentry.is_global(self._client):
            return []
        return ["sentry_sdk.init was called again by somebody else: messages and tags set through sentry_sdk go there"]

    def close(self) -> None:
        """Catch and send nothing more."""
        self._closed = True
        self.hooks.retire()
        self.delivery.close()
        atexit.unregister(self._at_exit)

    def client(self) -> Any:
        """The Sentry client."""
        self._client = self.delivery.once("client", self._start_client)
        return self._client

    def middleware(self) -> Middleware:
        """The hooks and the fence."""
        made: Middleware = self.delivery.once("middleware", self._make_middleware)
        return made

    def _make_middleware(self) -> Any:
        sentry = self._sentry()
        options = self._config.options
        environment = options.get("environment") or "production"
        facts: Facts = sentry.Facts(self._config.release, environment, options.get("dist"), self._commands.current)
        own = {name: hook for name, hook in options.items() if name.startswith("before_") and hook is not None}
        return sentry.Middleware(self.delivery.policy, self.delivery.deliver, self.delivery.count, self, facts, own)

    def _start_client(self) -> Any:
        sentry = self._sentry()
        client = sentry.start(
            self.middleware(),
            self._config.options,
            self.delivery.preset(),
            dsn=self._config.dsn,
            isolated=self._isolated(),
            flush=self.delivery.flush,
        )
        self._shared = sentry.is_global(client)
        return client

    def _sentry(self) -> Any:
        """Our room around the SDK; we need not hear that it was imported when we import it."""
        self.hooks.expect_sdk()
        with Importable():
            from scrubbing import sentry

        return sentry

    def _sdk_loaded(self) -> None:
        # Where our own room is what imports the SDK, it is not ready yet; the first capture starts the client.
        if not self._closed and "scrubbing.sentry" not in sys.modules:
            self.delivery.guarded("start", lambda: self.client() if self._consent.collects("crashes") else None)

    def _isolated(self) -> bool | None:
        from scrubbing.telemetry import _STARTED

        others = any(name != self._config.app for name in _STARTED)
        return True if others and self._config.isolated is None else self._config.isolated

    def _caught(self, exc: BaseException, place: str) -> None:
        if not _is_news(exc, self._config.app):
            return
        began = time.monotonic()
        command = self._commands.current()
        self._crashing = True
        self.exception(exc, place, handled=False)
        self._crashing = False
        if command is not None:
            self.delivery.guarded("sessions", lambda: self._told.tell(command, "crashed"))
        self._spent += time.monotonic() - began

    def _capture(self, capture: Callable[[Any], str | None]) -> str | None:
        def work() -> str | None:
            if self._closed or not self._consent.collects("crashes"):
                raise Refused("consent")
            captured = capture(self._sentry())
            middleware = self.middleware()
            if middleware.interrupted:
                middleware.interrupted = False
                raise KeyboardInterrupt
            return captured

        captured = self.delivery.guarded("capture", work)
        self.delivery.save(every=5.0)
        return captured

    def _in_thread(self, where: str, work: Callable[[], None], *, awaited: bool = False) -> None:
        """Work beside the app; `awaited` at exit, within the budget."""
        import threading

        guarded = self.delivery.guarded
        thread = threading.Thread(target=lambda: guarded(where, work), name=f"scrubbing-{where}", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the interpreter is shutting down
            return
        if awaited:
            self._background.append(thread)

    def _await_background(self, deadline: float) -> None:
        for thread in self._background:
            thread.join(_left(deadline))
        self._background = [thread for thread in self._background if thread.is_alive()]

    def _at_exit(self) -> None:
        """Report what only a framework's hook saw, then use what is left of the exit budget."""
        self.delivery.guarded("exit", self.hooks.unreported)
        deadline = time.monotonic() + EXIT_BUDGET - self._spent
        self._await_background(deadline)
        self.delivery.flush(_left(deadline))
        self.delivery.save()


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _is_news(exc: BaseException, app: str) -> bool:
    """Say whether this app was not told of this exception yet: what failed once is not tried again further on."""
    try:
        marks = BaseException.__dict__["__dict__"].__get__(exc)  # past anything its class overrides
        told = marks.get(_TOLD, ())
        marks[_TOLD] = (*told, app)
    except Exception:  # noqa: BLE001  # an exception that cannot be marked may come twice
        return True
    return app not in told
