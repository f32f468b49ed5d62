"""What the rows of the precedence table look at, as it is at one moment."""

from __future__ import annotations

import os
import sys

from scrubbing.consent import words
from scrubbing.consent.choice import Choice, Found, Reader, as_choice
from scrubbing.consent.flag import Flag, read_flag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from scrubbing.consent.contents import Contents
    from scrubbing.consent.flag import Enabled
    from scrubbing.files import Places


class Question:
    """One asking of the table: files and the app's function are looked at once at most.

    Args:
        app: the app's name.
        places: where its files are.
        enabled: the app's setting, as given to ``init``.
        release: ``1.4.2`` or ``frob@1.4.2``; ``None`` when not known.
        has_dsn: whether there is a server to send to.
        app_dir: the directory of the app's package, where a packager's marker would be.
        dev_ok: the app's author wants reports from development versions too.
        environ: instead of ``os.environ``.
        modules: names of imported modules, instead of ``sys.modules``.
        outside: asked by another program than the app: what only the app knows is unknown.
        unwritten: choices of this run that could not be written.
        reader: remembers unchanged files between questions.
        contents: what a purpose may send now, to compare with what a stored yes was to; asked only where there is such
            a yes. ``None``: not known, and not compared.
    """

    __slots__ = (
        "_choice",
        "_flag",
        "_found",
        "_grown",
        "_reader",
        "app",
        "app_dir",
        "contents",
        "dev_ok",
        "enabled",
        "environ",
        "has_dsn",
        "modules",
        "outside",
        "places",
        "release",
        "unwritten",
        "variable",
    )

    def __init__(
        self,
        app: str,
        places: Places,
        *,
        enabled: Enabled = None,
        release: str | None = None,
        has_dsn: bool = False,
        app_dir: str | None = None,
        dev_ok: bool = False,
        environ: Mapping[str, str] | None = None,
        modules: Container[str] | None = None,
        outside: bool = False,
        unwritten: Mapping[str, str] | None = None,
        reader: Reader | None = None,
        contents: Callable[[str], Contents] | None = None,
    ) -> None:
        self.app = app
        self.places = places
        self.enabled = enabled
        self.release = release
        self.has_dsn = has_dsn
        self.app_dir = app_dir
        self.dev_ok = dev_ok
        self.environ = os.environ if environ is None else environ
        self.modules = sys.modules if modules is None else modules
        self.outside = outside
        self.unwritten = unwritten or {}
        self.contents = contents
        self.variable = words.variable(app)
        self._reader = reader or Reader()
        self._found: dict[str, Found] = {}
        self._flag: Flag | None = None
        self._choice: Choice | None = None
        self._grown: dict[str, tuple[str, ...]] = {}

    def read(self, path: str | None) -> Found:
        """What stands in a file; the same for the whole question."""
        if path is None:
            return Found(None)
        if path not in self._found:
            self._found[path] = self._reader.read(path)
        return self._found[path]

    @property
    def flag(self) -> Flag:
        """What the app's setting says."""
        if self._flag is None:
            self._flag = Flag({}) if self.outside else read_flag(self.enabled)
        return self._flag

    @property
    def choice(self) -> Choice:
        """What the stored choice says."""
        if self._choice is None:
            self._choice = as_choice(self.read(self.places.choice))
        return self._choice

    def grown(self, purpose: str) -> tuple[str, ...]:
        """In words, what a purpose may send that the stored yes to it was not to; nothing where there is no yes."""
        if purpose not in self._grown:
            self._grown[purpose] = self._compare(purpose)
        return self._grown[purpose]

    def _compare(self, purpose: str) -> tuple[str, ...]:
        choice = self.choice
        mode = choice.mode(purpose)
        if mode in ("", "off"):
            return ()
        if not choice.known:
            return ("another version of this library wrote it down",)
        # Under local nothing leaves, so there is nothing that could have grown.
        agreed = choice.said[purpose].covers
        if mode == "local" or agreed is None or self.contents is None:
            return ()
        try:
            return self.contents(purpose).grown_since(agreed, purpose)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a policy that cannot be made: what it sends nobody agreed to
            return (f"what it may send cannot be told ({type(error).__name__})",)

    @property
    def variable_says(self) -> str | None:
        """The mode ``<APP>_TELEMETRY`` says: empty when it is not set, ``None`` when it is no word we know."""
        value = self.environ.get(self.variable, "")
        return words.telemetry_word(value) if value else ""
