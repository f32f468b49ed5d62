"""The files consent reads, each again only when it changed, and the one it writes: the stored choice."""

from __future__ import annotations

import os
import sys
import time

from scrubbing import files
from scrubbing.consent.words import CONSENT_VERSION, MODES, PURPOSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

_CHOICE_KEYS = frozenset({"version", "date", "who", *PURPOSES})

# File systems tell times in ticks of a few milliseconds (FAT: 2 s): a file younger than this may change once more
# without its signature changing.
_SETTLED_NS = 3_000_000_000

_WAIT = 0.2  # seconds; a writer holds the directory for one fsync


class Found:
    """What stands in a file: ``lines`` is ``None`` when there is no file or when it has a ``problem``."""

    __slots__ = ("lines", "problem")

    def __init__(self, lines: dict[str, str] | None, problem: str = "") -> None:
        self.lines = lines
        self.problem = problem


class Reader:
    """Reads line files, and remembers what stood in those that have not changed since.

    Args:
        clock: nanoseconds since the epoch, to compare with when a file changed last.
    """

    __slots__ = ("_clock", "_kept")

    def __init__(self, clock: Callable[[], int] = time.time_ns) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[tuple[int, ...], Found]] = {}

    def read(self, path: str | None) -> Found:
        """What stands in the file now. Nothing is raised: a damaged file is a ``problem``."""
        signature = None if path is None else files.signature(path)
        if path is None or signature is None:
            return Found(None)
        kept = self._kept.get(path)
        if kept is not None and kept[0] == signature:
            return kept[1]
        try:
            found = Found(files.read_lines(path))
        except files.Damaged as damaged:
            found = Found(None, damaged.problem)
        if signature and self._clock() - signature[-1] > _SETTLED_NS:
            self._kept[path] = (signature, found)
        return found


class Choice:
    """The stored choice: a mode for each purpose somebody chose about, and the version of what they said yes to."""

    __slots__ = ("modes", "problem", "version")

    def __init__(self, modes: dict[str, str], version: str = CONSENT_VERSION, problem: str = "") -> None:
        self.modes = modes
        self.version = version
        self.problem = problem

    @property
    def current(self) -> bool:
        """Whether its yeses are for what is collected today."""
        return self.version == CONSENT_VERSION


def as_choice(found: Found) -> Choice:
    """The choice that stands in a file; one with a ``problem`` says off to everything."""
    if found.lines is None:
        return _damaged(found.problem) if found.problem else Choice({})
    modes = {purpose: found.lines[purpose] for purpose in PURPOSES if purpose in found.lines}
    if not found.lines.get("version"):
        return _damaged("has no version")
    if not _CHOICE_KEYS.issuperset(found.lines):
        return _damaged("has a key there is not")
    if not all(mode in MODES for mode in modes.values()):
        return _damaged("has a mode there is not")
    return Choice(modes, found.lines["version"])


def _damaged(problem: str) -> Choice:
    return Choice(dict.fromkeys(PURPOSES, "off"), CONSENT_VERSION, problem)


def store(path: str, chosen: Mapping[str, str], who: str, seconds: float) -> None:
    """Write what was chosen now, and what was chosen about other purposes before.

    A no to another purpose is kept always, a yes only at the current version; a file that was damaged, which said no to
    everything, becomes a written no to everything else.

    Args:
        path: the choice file.
        chosen: the mode of each purpose that is chosen about now.
        who: by what it was chosen, a printable line.
        seconds: the time, for the date.

    Raises:
        OSError: it cannot be written. ``files.Busy``: another process is writing; never raised for a mere no.
    """
    with _Alone(os.path.dirname(path)) as alone:
        if not alone and set(chosen.values()) != {"off"}:
            raise files.Busy(f"{path}: another process is writing it")
        modes = {**_kept(as_choice(Reader().read(path))), **chosen}
        lines = {"version": CONSENT_VERSION, "date": date(seconds), "who": who}
        lines.update((purpose, modes[purpose]) for purpose in PURPOSES if purpose in modes)
        files.write_lines(path, lines, sync=True)


def _kept(before: Choice) -> dict[str, str]:
    if before.current:
        return before.modes
    # An old yes may not become a yes to more; an old "local" asked for less than on, which only off keeps for sure.
    return {purpose: "off" for purpose, mode in before.modes.items() if mode != "on"}


def date(seconds: float) -> str:
    """The UTC day of a time, like ``2026-11-22``."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


class _Alone:
    """Holds a directory for a ``with`` block, so that two choices at once do not undo each other.

    Leaves nothing on disk, unlike a lock file: there may be nothing but the recorded no. Entering gives whether it is
    held; where a system knows no such locks it counts as held. A process that dies frees it.
    """

    __slots__ = ("_descriptor", "_directory")

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._descriptor: int | None = None

    def __enter__(self) -> bool:
        files.make_directory(self._directory)
        deadline = time.monotonic() + _WAIT
        while not self._take():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        return True

    def _take(self) -> bool:
        if sys.platform == "win32":
            try:  # the system removes such a file when its last handle is closed, whoever closes it
                name = os.path.join(self._directory, files.UNFINISHED)
                self._descriptor = os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY)
            except (FileExistsError, PermissionError):
                return False
            return True
        try:
            import fcntl
        except ImportError:
            return True
        if self._descriptor is None:
            self._descriptor = os.open(self._directory, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
        return True

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
