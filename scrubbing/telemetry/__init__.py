"""`init` and the `Telemetry` it returns: the same class whether the user said yes or no, so the app has no branches.

This room is imported by programs whose user said no: it loads nothing but `consent` until somebody says yes. What
exists only after a yes is in `pipeline`.
"""

from __future__ import annotations

import os
import sys

from scrubbing.consent import PURPOSES, Consent, record_verdict
from scrubbing.consent.table import LASTING
from scrubbing.consent.words import check_purposes
from scrubbing.errors import ConfigurationError
from scrubbing.telemetry.command import Command, Commands
from scrubbing.telemetry.config import COMMAND_FORM, Config, Turn, is_command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from scrubbing.consent import Decision
    from scrubbing.consent.asking import Invitation
    from scrubbing.telemetry.pipeline import Pipeline

#: The telemetry of each app in this process, until it is closed.
_STARTED: dict[str, Telemetry] = {}
#: Those of a spawned worker that came with it; where the worker calls `init` by itself, that one counts.
_CARRIED: dict[str, Telemetry] = {}


def init(  # the one line has named arguments, one for each thing an author decides
    *,
    dsn: str | None,
    app: str,
    release: str,
    enabled: bool | Mapping[str, Any] | Callable[[], Any] | None = None,
    policy: Any = None,
    packages: Iterable[str] | None = None,
    commands: Iterable[str] | None = None,
    isolated: bool | None = None,
    load: str = "auto",
    deliver: str = "detached",
    dev_ok: bool = False,
    identity: Mapping[str, str] | None = None,
    hard_crashes: bool = False,
    **sentry_options: Any,
) -> Telemetry:
    """Start telemetry if the user agreed; else return a `Telemetry` that does nothing.

    Args:
        dsn: where reports go, ``https://key@host/project``; ``None``: nothing is sent, at most collected.
        app: the app's name, ``[A-Za-z][A-Za-z0-9._-]{0,63}``; the user's choice is stored under it.
        release: the app's version, ``"1.4.2"`` or ``"frob@1.4.2"``.
        enabled: the app's own setting. ``True`` grants crashes and usage; a mapping ``{purpose: mode}`` grants what it
            names; ``False`` is a no; ``None`` leaves it to the user's stored choice; a callable is asked at init, at
            each capture and before each upload, and anything but these from it is a no.
        policy: what may leave: ``None`` or ``"strict"``, ``"standard"``, ``"verbose"``, the path of a TOML file, a
            `scrubbing.Policy`, or a callable returning one, called only after a yes.
        packages: top-level packages of the app beside the caller's own.
        commands: the app's commands; others are tagged ``<?>``.
        isolated: ``True``: an own Sentry client, whatever else runs in the process; ``None``: only where somebody
            else's client is active.
        load: ``"auto"``: `sentry_sdk` is initialised at the first capture or when anybody imports it; ``"eager"``: now.
        deliver: what becomes of a report that three short runs of the app had no time to send. ``"detached"``: a
            process that outlives the app sends it; ``"inline"``: the app's end waits for it, up to 2 s once a day.
        dev_ok: whether development versions (``1.5.dev3``, ``1.5+local``) report too.
        identity: which random id reports leave with, by purpose: ``{"crashes": "per-issue", "usage": "month"}``. Words
            are ``none``, ``day``, ``week``, ``month``, ``stable``, and for crashes ``per-issue``; without one it is
            ``none`` for crashes and ``month`` for usage.
        hard_crashes: whether the next start tells of a process that a fault ended (a segmentation fault, an abort), or
            that was killed; see ``docs/hard-crashes.md``.
        sentry_options: what `sentry_sdk.init` takes; `scrubbing.options` says what becomes of each.

    Returns:
        The app's telemetry.

    Raises:
        ConfigurationError: an argument cannot work; says what was expected and what came.
        PolicyError: the policy's file says something that no policy can say (it is read after a yes alone).
    """
    if app in _CARRIED:
        _CARRIED.pop(app).close()
    if app in _STARTED:
        raise ConfigurationError(f"app: expected one init for {app!r} in this process; close() the first")
    caller = sys._getframe(1).f_globals  # noqa: SLF001  # the only way to know whose package this is
    config = Config(
        dsn=dsn, app=app, release=release, enabled=enabled, policy=policy, packages=packages, commands=commands,
        isolated=isolated, load=load, deliver=deliver, dev_ok=dev_ok, identity=identity, hard_crashes=hard_crashes,
        caller=_module_name(caller), options=sentry_options,
    )  # fmt: skip
    telemetry = Telemetry(config, app_dir(config.caller))
    _STARTED[app] = telemetry
    return telemetry


class Telemetry:
    """An app's telemetry; made by `init`. Nothing it does raises into the app or prints, whatever goes wrong."""

    def __init__(self, config: Config, app_dir: str | None) -> None:
        self._config = config
        self._commands = Commands()
        self._pipeline: Pipeline | None = None
        self._problems: list[str] = []
        self._closed = self._counted = self._failed = False
        self._turn = Turn()
        self.consent = Consent(
            app=config.app,
            enabled=config.enabled,
            release=config.release,
            has_dsn=config.parsed_dsn is not None,
            app_dir=app_dir,
            dev_ok=config.dev_ok,
            contents=config.contents,
        )
        self._check_policy()
        self._begin()

    def command(self, name: str) -> Command:
        """Say which command of the app runs: ``with telemetry.command("watch"):`` or ``@telemetry.command("watch")``.

        An exception that leaves it is a crash, tagged with the name. The name also counts one session a day.

        Args:
            name: a letter, then at most 63 letters, digits, spaces and ``_.:-``. If `init` was given ``commands``,
                others are tagged ``<?>``.

        Raises:
            ConfigurationError: it cannot be a command's name.
        """
        if not is_command(name):
            raise ConfigurationError(f"command: expected {COMMAND_FORM}, got {name!r}")
        known = self._config.commands is None or name in self._config.commands
        return Command(self, self._commands, name if known else "<?>")

    def capture_exception(self, exc: BaseException | None = None) -> str | None:
        """Report an exception the app has handled.

        Args:
            exc: the exception; ``None``: the one being handled.

        Returns:
            The id of the report, which is stored now, or ``None`` if nothing is reported.
        """
        exc = exc if exc is not None else sys.exc_info()[1]
        pipeline = self._running()
        return None if pipeline is None or exc is None else pipeline.exception(exc, "generic", handled=True)

    def capture_message(self, text: str, level: str = "info") -> str | None:
        """Report a message; under ``strict`` as its skeleton: what of it is a constant of the calling code.

        Args:
            text: the message.
            level: ``"fatal"``, ``"error"``, ``"warning"``, ``"info"`` or ``"debug"``.

        Returns:
            The id of the report, which is stored now, or ``None`` if nothing is reported.
        """
        pipeline = self._running()
        return None if pipeline is None else pipeline.message(text, level)

    def set_consent(self, mode: str, purposes: Iterable[str] | None = None) -> None:
        """Store the user's choice and act on it at once, in this process and in others.

        Args:
            mode: ``"on"``, ``"local"`` (collected and readable, never sent) or ``"off"``, which also erases what
                waits.
            purposes: which; ``None``: crashes and usage for ``"on"``, all otherwise.

        Raises:
            ConfigurationError: no such mode or purpose.
            OSError: the choice could not be stored; an ``"off"`` holds for this process all the same.
        """
        purposes = None if purposes is None else tuple(purposes)
        try:
            self.consent.set(mode, purposes)
        finally:
            if mode == "off":
                self._erase(PURPOSES if purposes is None else purposes)
            self._failed = False
            self._begin()
            if self._pipeline is not None:
                self._pipeline.watch_hard_crashes()

    def ask(
        self,
        *,
        purposes: Iterable[str] | None = None,
        quiet: bool = False,
        runs: int = 3,
        days: int = 2,
        seconds: float = 60.0,
        with_: Callable[[Invitation], Any] | None = None,
    ) -> bool | None:
        """Ask the user, once, if this is a good moment; to be called where a run of the app went well.

        On a terminal alone, and never in CI, in a pipe, in the background, in a thread, while an exception is handled,
        where anybody has said yes or no already, or where nothing could be sent. The answer is stored with its date,
        what it is to and who gave it. Enter alone is a no; Ctrl-C is the app's; the end of input or no answer in time
        stores nothing, and it is not asked again. Asked once more where a purpose has grown since its yes.

        Args:
            purposes: what to ask about; ``None``: crashes and usage.
            quiet: whether the user wants the app to be quiet: then it is not asked.
            runs: how many runs that called this there must be, this one among them.
            days: on how many days they must have been.
            seconds: how long a question on a terminal waits for each line.
            with_: asks in place of the terminal, in an app that has windows. Gets an object with ``text``,
                ``question``, ``purposes`` (each with what it collects), ``beside``, ``address`` and ``grown``; returns
                ``True``, ``False``, a mapping of purposes to them or to modes, or ``None``: no answer, and
                `set_consent` may follow.

        Returns:
            Whether there was a yes; ``None``: it was not asked, or not answered.

        Raises:
            ConfigurationError: no such purpose.
        """
        from scrubbing.consent.asking import ask

        purposes = None if purposes is None else check_purposes(purposes)
        if quiet or self._closed:
            return None
        is_new_run, self._counted = not self._counted, True
        try:
            answer = ask(
                self.consent, purposes=purposes, runs=runs, days=days, seconds=seconds, with_=with_,
                is_new_run=is_new_run,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001  # the app's callable, a full disk: said in status
            self._problems.append(f"ask: {type(error).__name__}")
            return None
        if answer is not None:
            self._begin()
        return answer

    def status(self) -> dict[str, Any]:
        """Say what is decided and why, where files are, what waits, what was dropped and why."""
        from scrubbing.telemetry.status import status

        found = status(self.consent, self._config.dsn, self._pipeline)
        return {**found, "problems": [*self._problems, *found["problems"]]}

    def cli(self, framework: str = "click") -> Any:
        """Return the user's verbs (``on``, ``off``, ``status``, ...) as a group of commands.

        ``app.add_command(telemetry.cli())`` in an app of click, ``app.add_typer(telemetry.cli("typer"))`` in one of
        typer: both have them under ``telemetry``. Typer has a click of its own, so a group of click's does not fit.

        Args:
            framework: ``"click"`` or ``"typer"``, which the app has installed.

        Raises:
            ConfigurationError: neither of them.
        """
        from scrubbing.cli import mounts

        return mounts.framework(self, framework)

    def add_arguments(self, parser: Any) -> None:
        """Give an app of argparse the user's verbs (``on``, ``off``, ``status``, ...).

        ``telemetry.add_arguments(commands)``, where ``commands`` is what ``parser.add_subparsers()`` returned, adds
        them as ``telemetry``; given a parser, it adds them to that. ``args.func(args)`` runs the verb the user typed,
        prints what it says, and raises ``SystemExit`` where the exit code is not 0.

        Args:
            parser: what ``add_subparsers()`` returned, or a parser without commands of its own.

        Raises:
            ConfigurationError: it is neither.
        """
        from scrubbing.cli import mounts

        mounts.arguments(self, parser)

    def flush(self, timeout: float = 2.0) -> bool:
        """Wait until nothing waits to be sent.

        Args:
            timeout: seconds to wait at most.

        Returns:
            Whether everything that may be sent was sent.
        """
        return self._pipeline is None or self._pipeline.flush(timeout)

    def close(self) -> None:
        """Stop for good: nothing is caught, kept or sent from here on. What waits is sent at the next start."""
        self._closed = True
        if self._pipeline is not None:
            self._pipeline.close()
            self._pipeline = None
        if _STARTED.get(self._config.app) is self:
            del _STARTED[self._config.app]

    def _check_policy(self) -> None:
        """Read a policy's file now, where there is a yes: a mistake in it is the author's to see at once.

        Raises:
            PolicyError: the file says something that no policy can say.
        """
        path = self._config.policy_file
        if path is None:
            return
        try:
            decision = self.consent.decision(compare=False)
        except Exception:  # noqa: BLE001  # a no; `_begin` meets it again and says so in status
            return
        if any(decision.collects(purpose) for purpose in PURPOSES):
            self._config.authored()

    def _running(self) -> Pipeline | None:
        """What exists only after a yes; started where the yes came meanwhile, from another process say."""
        if self._pipeline is None and not self._closed and not self._failed:
            self._begin(again=True)
        return self._pipeline

    def _begin(self, *, again: bool = False) -> None:
        """Start what exists only after a yes, if there is one and it does not run yet. Whatever fails here is a no.

        Args:
            again: whether this has been done before, so that a no needs no record.
        """
        with self._turn:
            try:
                decision = self.consent.decision()
                collects = any(decision.collects(purpose) for purpose in PURPOSES)
                if self._pipeline is None and not self._closed and collects:
                    self._pipeline = self._started()
                elif self._pipeline is not None:
                    self._pipeline.ids.prepare()  # a yes that came while the program ran
            except Exception as error:  # noqa: BLE001  # said in status; the app goes on
                self._failed = True
                self._problems.append(f"start: {type(error).__name__}")
                return
            self._erase_refused(decision)
            if collects or not again:
                self._record(decision)

    def _record(self, decision: Decision) -> None:
        """Write down what was decided, for ``scrubbing status`` to show, and what yeses from outside are to."""
        try:
            changed = record_verdict(self.consent.places, decision, self._config.release)
            over = [purpose for purpose in PURPOSES if changed and decision.decided_by(purpose) in LASTING]
            if over:
                from scrubbing.telemetry import erasing

                erasing.forget(self.consent.places, over)
            if self._pipeline is not None:
                self.consent.complete()
        except Exception as error:  # noqa: BLE001  # as above
            if self._pipeline is not None:
                self._pipeline.delivery.count("verdict:unwritable" if isinstance(error, OSError) else "verdict:error")

    def _started(self) -> Pipeline:
        from scrubbing.telemetry.pipeline import Pipeline

        pipeline = Pipeline(self._config, self.consent, self._commands)
        try:
            pipeline.start()
        except Exception:
            pipeline.delivery.count("start:error")
            pipeline.close()
            raise
        return pipeline

    def _erase_refused(self, decision: Decision) -> None:
        """Remove what waits from before a no that was not said here: in the app's own setting, or in a file."""
        refused = {
            purpose
            for purpose in PURPOSES
            if decision.mode(purpose) == "off" and decision.decided_by(purpose) in LASTING
        }
        places = self.consent.places
        traced = {"crashes"} if "trace" in _named(places.hard) else set()
        if refused & (_named(places.outbox) | _named(places.kept) | traced):
            self._erase(refused)

    def _erase(self, purposes: Iterable[str]) -> None:
        """Remove ids, what waits and what was kept; what cannot be removed is not sent: consent is asked again."""
        from scrubbing.telemetry import erasing

        left = erasing.erase(self.consent.places, purposes)
        self._problems += [f"{name}: {type(error).__name__}" for name, error in left]  # said in status


def carry_on(said: dict[str, Any], directory: str | None, command: str | None) -> None:
    """Start telemetry in a worker process as its parent has it, unless it is started there already.

    Args:
        said: the arguments of the parent's `Config`.
        directory: the directory of the app's package.
        command: the command the parent was running.
    """
    app = said["app"]
    if app in _STARTED:
        return
    _STARTED[app] = _CARRIED[app] = telemetry = Telemetry(Config(**said), directory)
    if command is not None:
        telemetry._commands.enter(command)  # noqa: SLF001  # it goes on here


def leave(pipeline: Pipeline) -> None:
    """Do nothing any more in this process, as if nobody had said yes."""
    for telemetry in _STARTED.values():
        if telemetry._pipeline is pipeline:  # noqa: SLF001  # the two are one
            telemetry._closed, telemetry._pipeline = True, None  # noqa: SLF001  # as above


def _named(directory: str | None) -> set[str]:
    """Second words of names: the purposes of envelopes, ``trace`` of hard crashes; nothing that reads is imported."""
    try:
        names = [] if directory is None else os.listdir(directory)
    except OSError:
        return set()
    return {part for name in names for part in name.split(".")[1:2]}


def _module_name(globals_: Mapping[str, Any]) -> str:
    """The calling module's real name: ``frob.__main__`` for ``python -m frob``, ``__main__`` for a single file."""
    spec = globals_.get("__spec__")
    name = getattr(spec, "name", None) or globals_.get("__name__")
    # Workers that `multiprocessing` spawns run the main module by another name.
    return name if isinstance(name, str) and name != "__mp_main__" else "__main__"


def app_dir(caller: str) -> str | None:
    """Where a packager puts the marker: the directory of the caller's package."""
    module = sys.modules.get(caller.partition(".")[0])
    file = getattr(module, "__file__", None)
    return os.path.dirname(os.path.abspath(file)) if isinstance(file, str) else None
