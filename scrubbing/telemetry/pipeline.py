"""Everything that exists only after a yes: hooks for crashes, the Sentry client, the day's sessions, delivery.

Each is made when it is first needed; what is heavy (the SDK, the schema, the rules) at the first capture. Nothing here
raises into the app: a failure drops the item and is counted.
"""

from __future__ import annotations

import atexit
import os
import sys
import time

from scrubbing.errors import Refused
from scrubbing.identity.ids import Ids
from scrubbing.identity.words import DEFAULTS
from scrubbing.telemetry.crashes import Hooks, Importable, is_crash
from scrubbing.telemetry.delivery import Delivery
from scrubbing.telemetry.forks import Loading, at_fork, load_for_work
from scrubbing.telemetry.told import Told
from scrubbing.telemetry.workers import is_worker, pack

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
    from scrubbing.telemetry.hard import Hard

#: Seconds a program's end may be delayed by all of this; of the promised 0.3 the interpreter needs some to end, more
#: the more was imported for a capture and the sending: 0.06 and more.
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
        self._pid, self._has_news = os.getpid(), False
        self._client: Any = None
        self._hard: Hard | None = None
        self.delivery = Delivery(config, consent)
        places = self.delivery.places
        self.ids = Ids(
            places.identity,
            places.sessions,
            DEFAULTS if config.identity is None else config.identity,
            allowed=consent.allows,
            failed=self.delivery.count,
        )
        self._told = Told(config, consent, self.delivery, self.ids)
        self.hooks = Hooks(self._caught, self._sdk_loaded, self._at_exit, self._packed)

    def start(self) -> None:
        """Install the hooks; send what waits from earlier."""
        self.hooks.install()
        atexit.register(self._at_exit)
        at_fork(self)
        self.ids.prepare()
        self.watch_hard_crashes()
        if self._config.load == "eager":
            self.delivery.guarded("start", self.client)
        if not is_worker() and self.delivery.anything_to_send():
            self.delivery.guarded("upload", self.delivery.send_waiting)

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
            self._in_thread("sessions", lambda: self._tell_of_start(name), awaited=True)

    def _tell_of_start(self, name: str) -> None:
        self.delivery.load()  # most of it is importing
        self._told.tell(name, "ok")

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

    def watch_hard_crashes(self) -> None:
        """Know of faults from here on, and tell of earlier ones, where the author wants it and the user agreed."""
        if self._config.hard_crashes:
            self.delivery.guarded("hard", self._watch_hard_crashes)

    def hard_crashes(self) -> str:
        """What is done about hard crashes, for `status`."""
        return "off" if self._hard is None else self._hard.state

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
        if self._hard is not None:
            self.delivery.guarded("hard", self._hard.disarm)
        self.delivery.close()
        atexit.unregister(self._at_exit)

    def forked(self, *, silent: bool) -> None:
        """Go on in a child process: without our threads, and without whoever held a lock of ours.

        Args:
            silent: do nothing there: even an import might wait for ever.
        """
        if silent:
            from scrubbing.telemetry import leave

            leave(self)
            self.hooks.retire()
            atexit.unregister(self._at_exit)
            return
        self._background = []
        self._crashing = self._has_news = False
        self.delivery.forked()
        self._told.forked()
        middleware = self.delivery.made("middleware")
        if middleware is not None:
            middleware.forked()

    def client(self) -> Any:
        """The Sentry client."""
        self._client = self.delivery.once("client", self._start_client)
        return self._client

    def middleware(self) -> Middleware:
        """The hooks and the fence."""
        made: Middleware = self.delivery.once("middleware", self._make_middleware)
        return made

    def _make_middleware(self) -> Any:
        return self._middleware_for(self, self._config.release, self._commands.current)

    def _middleware_for(self, gate: Any, release: str, subcommand: Callable[[], str | None]) -> Any:
        sentry = self._sentry()
        options = self._config.options
        environment = options.get("environment") or "production"
        facts: Facts = sentry.Facts(release, environment, options.get("dist"), subcommand)
        own = {name: hook for name, hook in options.items() if name.startswith("before_") and hook is not None}
        return sentry.Middleware(
            self.delivery.policy, self.delivery.deliver, self.delivery.count, gate, facts, own, self._crash_id,
            sentry.Sampling.of(options),
        )  # fmt: skip

    def _crash_id(self, fingerprint: str) -> str | None:
        return self.ids.id("crashes", fingerprint=fingerprint)

    def _watch_hard_crashes(self) -> None:
        directory = self.delivery.places.hard
        wanted = not self._closed and directory is not None and self._consent.collects("crashes")
        if self._hard is not None and not wanted:
            self._hard.disarm()
            self._hard = self._commands.changed = None
        if directory is None or not wanted or self._hard is not None:
            return
        from scrubbing.telemetry import hard

        earlier = not is_worker() and hard.traces.any_file(directory)
        known = {"release": self._config.release, "kind": hard.WORKER if is_worker() else hard.PROGRAM}
        try:
            self._hard = hard.Hard(directory, known)
            self._commands.changed = self._hard.command
        finally:  # where there are too many to add one, too
            if earlier:
                self._in_thread("hard", self._tell_of_earlier, awaited=True)

    def _tell_of_earlier(self) -> None:
        """Tell of processes that are gone; most of them said goodbye, and nothing heavy is imported for those."""
        from scrubbing.telemetry.hard.traces import sweep

        if not sweep(self.delivery.places.hard):
            return
        with Loading():
            load_for_work()
            from scrubbing.telemetry.hard import earlier

        config, delivery = self._config, self.delivery
        earlier.tell(delivery, self._told, lambda *of: self._middleware_for(delivery, of[0], lambda: of[1]), config)

    def _start_client(self) -> Any:
        sentry = self._sentry()
        with Loading():  # the SDK has locks, and no child of a fork has whoever holds one
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
            if "scrubbing.sentry" not in sys.modules:
                with Loading():
                    from scrubbing import sentry

                    load_for_work()
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
        try:
            self.exception(exc, place, handled=False)
            if command is not None:
                self.delivery.guarded("sessions", lambda: self._told.tell(command, "crashed"))
        except BaseException:
            self._spent = EXIT_BUDGET  # whoever interrupts this wants no more of it
            raise
        finally:
            self._crashing = False
            self._spent += time.monotonic() - began

    def _packed(self) -> bytes | None:
        from scrubbing.telemetry import app_dir

        config = self._config
        # A no that could not be written holds here and would not be known there.
        if self._closed or self._consent.has_unwritten:
            return None
        return pack(config.said(), app_dir(config.caller), self._commands.current())

    def _capture(self, capture: Callable[[Any], None]) -> str | None:
        def work() -> str | None:
            if self._closed or not self._consent.collects("crashes"):
                raise Refused("consent")
            middleware = self.middleware()
            middleware.delivered()  # what came before is not this one
            capture(self._sentry())
            interrupted, middleware.interrupted = middleware.interrupted, None
            if interrupted is not None:
                raise interrupted
            return middleware.delivered()

        self._has_news = True
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
        """Report what only a framework's hook saw, then use what is left of the exit budget.

        A child process, or a worker, has no time for what others left waiting. Whoever interrupts this, by Ctrl-C or a
        signal that the app handles, wants the end, and it comes: with the exit code it would have come with.
        """
        try:
            self.delivery.guarded("exit", self.hooks.unreported)
            began = time.monotonic()
            deadline = began + EXIT_BUDGET - self._spent
            self._await_background(deadline)
            if self._has_news or not (is_worker() or self._pid != os.getpid()):
                self.delivery.flush_at_exit(_left(deadline))
            self._spent += time.monotonic() - began
            self.delivery.save()
        except BaseException:  # noqa: BLE001  # see above
            return
        finally:
            if self._hard is not None:
                self._hard.goodbye()


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
