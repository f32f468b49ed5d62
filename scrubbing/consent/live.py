"""Consent as an app holds it: asked anew each time, and changed by the user's choice."""

from __future__ import annotations

import time

from scrubbing import files
from scrubbing.consent.choice import Reader, as_choice, complete, date, store
from scrubbing.consent.decision import Decision, decide
from scrubbing.consent.flag import validate_enabled
from scrubbing.consent.question import Question
from scrubbing.consent.words import (
    PURPOSES,
    USUAL_PURPOSES,
    check_app_name,
    check_mode,
    check_purposes,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from scrubbing.consent.contents import Contents
    from scrubbing.consent.decision import Verdict
    from scrubbing.consent.flag import Enabled

# Whom a choice without purposes is about. A no and a "local" are about everything: after either nothing may be sent.
_ABOUT = {"on": USUAL_PURPOSES, "local": PURPOSES, "off": PURPOSES}


class Consent:
    """May anything happen, and for what? Each question looks at everything again (unchanged files are remembered).

    Args:
        app: the app's name.
        enabled: the app's own setting: a bool, a mapping of purposes to modes, ``None``, or a callable returning one.
        release: ``1.4.2`` or ``frob@1.4.2``; ``None`` when not known.
        has_dsn: whether there is a server to send to; without one ``local`` is the most there is.
        app_dir: the directory of the app's package, where a packager's marker would be.
        dev_ok: reports from development versions are wanted too.
        environ: instead of ``os.environ``.
        places: instead of ``files.places(app, environ)``.
        outside: asked by another program than the app; rows that only the app knows say nothing.
        modules: names of imported modules, instead of ``sys.modules``.
        clock: seconds since the epoch, for the date of a stored choice.
        contents: what a purpose may send now; stored with each yes and compared with it. ``None``: not known here.

    Raises:
        ConfigurationError: ``app`` or ``enabled`` cannot be what they are.
    """

    __slots__ = (
        "_app_dir",
        "_clock",
        "_contents",
        "_dev_ok",
        "_enabled",
        "_environ",
        "_has_dsn",
        "_modules",
        "_outside",
        "_reader",
        "_release",
        "_unwritten",
        "app",
        "places",
    )

    def __init__(
        self,
        *,
        app: str,
        enabled: Enabled = None,
        release: str | None = None,
        has_dsn: bool = False,
        app_dir: str | None = None,
        dev_ok: bool = False,
        environ: Mapping[str, str] | None = None,
        places: files.Places | None = None,
        outside: bool = False,
        modules: Container[str] | None = None,
        clock: Callable[[], float] = time.time,
        contents: Callable[[str], Contents] | None = None,
    ) -> None:
        check_app_name(app)
        validate_enabled(enabled)
        self.app = app
        self.places = places or files.places(app, environ)
        self._enabled = enabled
        self._release = release
        self._has_dsn = has_dsn
        self._app_dir = app_dir
        self._dev_ok = dev_ok
        self._environ = environ
        self._outside = outside
        self._modules = modules
        self._clock = clock
        self._contents = contents
        self._reader = Reader()
        self._unwritten: dict[str, str] = {}

    def decision(self, *, compare: bool = True) -> Decision:
        """Ask the table now.

        Args:
            compare: whether a stored yes counts only if it is to what may be sent now.
        """
        question = Question(
            self.app,
            self.places,
            enabled=self._enabled,
            release=self._release,
            has_dsn=self._has_dsn,
            app_dir=self._app_dir,
            dev_ok=self._dev_ok,
            environ=self._environ,
            modules=self._modules,
            outside=self._outside,
            unwritten=self._unwritten,
            reader=self._reader,
            contents=self._contents if compare else None,
        )
        return decide(question)

    def mode(self, purpose: str) -> str:
        """``off``, ``local`` or ``on``, now."""
        return self.decision().mode(purpose)

    def allows(self, purpose: str) -> bool:
        """Whether what is collected for this purpose may be sent, now."""
        return self.decision().allows(purpose)

    def collects(self, purpose: str) -> bool:
        """Whether anything may be collected for this purpose, now."""
        return self.decision().collects(purpose)

    @property
    def why(self) -> tuple[Verdict, ...]:
        """Every row of the table with what it says about crashes now, the one that decides marked."""
        return self.why_for("crashes")

    def why_for(self, purpose: str) -> tuple[Verdict, ...]:
        """Every row of the table with what it says about a purpose now, the one that decides marked."""
        return self.decision().why(purpose)

    def set(self, mode: str, purposes: Iterable[str] | None = None, who: str = "app") -> None:
        """Store the user's choice. It counts from the next question on, here and in other processes.

        A ``local`` or ``off`` that cannot be written still holds for this run.

        Args:
            mode: ``on``, ``local`` or ``off``.
            purposes: what it is about; ``None``: crashes and usage for ``on``, everything for ``local`` and ``off``.
            who: by what it was chosen, one printable line.

        Raises:
            ConfigurationError: no such mode or purpose.
            ValueError: ``who`` is not one printable line.
            OSError: it could not be written. ``files.Busy``: another process is writing; never raised for ``off``.
        """
        check_mode(mode)
        self.choose(dict.fromkeys(_ABOUT[mode] if purposes is None else check_purposes(purposes), mode), who)

    def choose(self, chosen: Mapping[str, str], who: str = "app") -> None:
        """Store a mode for each of some purposes, in one step; see ``set``.

        Args:
            chosen: modes by purpose.
            who: by what they were chosen, one printable line.

        Raises:
            ConfigurationError: no such mode or purpose.
            ValueError: ``who`` is not one printable line.
            OSError: as for ``set``.
        """
        for mode in chosen.values():
            check_mode(mode)
        check_purposes(chosen)
        self._unwritten.update((purpose, mode) for purpose, mode in chosen.items() if mode != "on")
        if self.places.choice is None:
            raise FileNotFoundError("there is no home directory to store the choice in; set HOME")
        yeses = [purpose for purpose, mode in chosen.items() if mode == "on"]
        store(self.places.choice, chosen, who, self._clock(), self._covers(yeses))
        for purpose in chosen:
            self._unwritten.pop(purpose, None)

    @property
    def has_unwritten(self) -> bool:
        """Whether this run was told a no, or a ``local``, that could not be stored."""
        return bool(self._unwritten)

    @property
    def has_server(self) -> bool:
        """Whether there is a server to send to."""
        return self._has_dsn

    def contents(self, purpose: str) -> Contents | None:
        """What a purpose may send now; ``None`` where only the app knows. What making the policy raises is raised."""
        return None if self._contents is None else self._contents(purpose)

    def complete(self) -> None:
        """Write down what yeses are to that were given outside the app, where nobody knows what it sends.

        Raises:
            OSError: it could not be written.
        """
        choice = as_choice(self._reader.read(self.places.choice))
        open_ = [purpose for purpose, said in choice.said.items() if said.mode == "on" and said.covers is None]
        if self.places.choice is not None and choice.known and open_:
            complete(self.places.choice, self._covers(open_))

    def _covers(self, purposes: Iterable[str]) -> dict[str, Contents]:
        """What each purpose may send. Where that cannot be told it is not written, and off until it can be."""
        if self._contents is None:
            return {}
        try:
            return {purpose: self._contents(purpose) for purpose in purposes}
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001 - the app's own policy; every decision meets it again and says so
            return {}


def record_verdict(
    places: files.Places, decision: Decision, release: str | None, clock: Callable[[], float] = time.time
) -> bool:
    """Write down what the app decided, for ``scrubbing status`` to show from outside, if it is not written already.

    While everything is off no file is made; one that is there is brought up to date.

    Returns:
        Whether it was written.

    Raises:
        OSError: it could not be written.
    """
    path = places.verdict
    modes = {purpose: decision.mode(purpose) for purpose in PURPOSES}
    if path is None or (set(modes.values()) == {"off"} and files.signature(path) is None):
        return False
    said = {"release": release or "", **{p: f"{mode} {decision.decided_by(p)}" for p, mode in modes.items()}}
    try:
        before = files.read_lines(path)
    except files.Damaged:
        before = {}
    if {**before, "date": ""} == {**said, "date": ""}:
        return False
    files.write_lines(path, {"date": date(clock()), **said})
    return True


def last_verdict(places: files.Places) -> dict[str, str]:
    """What ``record_verdict`` wrote last: ``date``, ``release``, ``<mode> <row's key>`` by purpose; ``{}`` if nothing.

    Raises:
        files.Damaged: the file is there and cannot be read.
    """
    return {} if places.verdict is None else files.read_lines(places.verdict)
