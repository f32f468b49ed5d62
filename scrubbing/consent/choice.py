"""The files consent reads, each again only when it changed, and the one it writes: the stored choice."""

from __future__ import annotations

import os
import sys
import time

from scrubbing import files
from scrubbing.consent.words import MODES, PURPOSES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from scrubbing.consent.contents import Contents

#: How the choice file is written. Version 1 had no ``covers`` and no word of its own for each purpose's date and giver.
VERSION = "2"
_FIRST_VERSION = "1"
_OWN = ("date", "who", "covers")
_COMMON_KEYS = frozenset({"version", "date", "who", *PURPOSES})
_KEYS = {
    _FIRST_VERSION: _COMMON_KEYS,
    VERSION: _COMMON_KEYS | {f"{purpose}.{own}" for purpose in PURPOSES for own in _OWN},
}

# File systems tell times in ticks of a few milliseconds (FAT: 2 s): a file younger than this may change once more
# without its signature changing.
_SETTLED_NS = 3_000_000_000

_WAIT = 1.0  # seconds; a writer holds the directory for one fsync, which takes its time on a busy disk


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
        if path is None:
            return Found(None)
        signature = files.signature(path)
        problem = files.laid_open(
            path
        )  # which does not show in the signature of what is in it, and an absent no is a yes
        if problem or signature is None:
            return Found(None, problem)
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


class Said:
    """What somebody chose about one purpose.

    Args:
        mode: ``off``, ``local`` or ``on``.
        date: the UTC day.
        who: by what it was chosen.
        covers: what a yes is to; ``None``: to whatever the app sends when it next starts, which then is written down.
    """

    __slots__ = ("covers", "date", "mode", "who")

    def __init__(self, mode: str, date: str = "", who: str = "", covers: Contents | None = None) -> None:
        self.mode = mode
        self.date = date
        self.who = who
        self.covers = covers


class Choice:
    """The stored choice: what was said about each purpose somebody chose about.

    Args:
        said: by purpose.
        problem: what is wrong with the file, which then says off to everything.
        known: whether its yeses are written in a way that this version of the library knows.
    """

    __slots__ = ("known", "problem", "said")

    def __init__(self, said: dict[str, Said], problem: str = "", *, known: bool = True) -> None:
        self.said = said
        self.problem = problem
        self.known = known

    def mode(self, purpose: str) -> str:
        """The mode of a purpose; empty where nothing was chosen."""
        return self.said[purpose].mode if purpose in self.said else ""


def as_choice(found: Found) -> Choice:
    """The choice that stands in a file; one with a ``problem`` says off to everything."""
    lines = found.lines
    if lines is None:
        return _damaged(found.problem) if found.problem else Choice({})
    version = lines.get("version")
    if not version:
        return _damaged("has no version")
    if not _KEYS.get(version, _COMMON_KEYS).issuperset(lines):
        return _damaged("has a key there is not")
    chosen = [purpose for purpose in PURPOSES if purpose in lines]
    if not all(lines[purpose] in MODES for purpose in chosen):
        return _damaged("has a mode there is not")
    covers = {purpose: _covers(lines, purpose, version) for purpose in chosen if lines[purpose] == "on"}
    if any(one is None and f"{purpose}.covers" in lines for purpose, one in covers.items()):
        return _damaged("has a yes to what cannot be read")
    said = {purpose: Said(lines[purpose], *_given(lines, purpose), covers.get(purpose)) for purpose in chosen}
    return Choice(said, known=version in _KEYS)


def _given(lines: dict[str, str], purpose: str) -> tuple[str, str]:
    """When something was said about a purpose, and by what."""
    return lines.get(f"{purpose}.date", lines.get("date", "")), lines.get(f"{purpose}.who", lines.get("who", ""))


def _covers(lines: dict[str, str], purpose: str, version: str) -> Contents | None:
    """What a yes is to, where that is written down and can be read."""
    from scrubbing.consent.contents import first_contents, read_contents

    return first_contents(purpose) if version == _FIRST_VERSION else read_contents(lines.get(f"{purpose}.covers", ""))


def _damaged(problem: str) -> Choice:
    return Choice({purpose: Said("off") for purpose in PURPOSES}, problem)


def store(path: str, chosen: Mapping[str, str], who: str, seconds: float, covers: Mapping[str, Contents]) -> None:
    """Write what was chosen now, and what was chosen about other purposes before.

    What others said before keeps its date, its giver and what it was to; a file that was damaged, which said no to
    everything, becomes a written no to everything else.

    Args:
        path: the choice file.
        chosen: the mode of each purpose that is chosen about now.
        who: by what it was chosen, a printable line.
        seconds: the time, for the date.
        covers: what each yes is to, by purpose, where that is known.

    Raises:
        OSError: it cannot be written. ``files.Busy``: another process is writing; never raised for a mere no.
    """
    with Alone(os.path.dirname(path)) as alone:
        if not alone and set(chosen.values()) != {"off"}:
            raise files.Busy(f"{path}: another process is writing it")
        today = date(seconds)
        now = {
            purpose: Said(mode, today, who, covers.get(purpose) if mode == "on" else None)
            for purpose, mode in chosen.items()
        }
        said = {**_kept(as_choice(Reader().read(path))), **now}
        if alone:
            _sweep(path)
        _write(path, said, today, who)


def complete(path: str, covers: Mapping[str, Contents]) -> bool:
    """Write down what yeses are to that were given where nobody knew.

    Args:
        path: the choice file.
        covers: what each purpose may send, by purpose.

    Returns:
        Whether anything was written; ``False`` too where another process writes just now.

    Raises:
        OSError: it cannot be written.
    """
    with Alone(os.path.dirname(path), wait=0) as alone:
        found = Reader().read(path)
        choice = as_choice(found)
        open_ = [
            purpose
            for purpose, said in choice.said.items()
            if said.mode == "on" and said.covers is None and purpose in covers
        ]
        if not (alone and open_ and choice.known and found.lines):
            return False
        for purpose in open_:
            choice.said[purpose].covers = covers[purpose]
        _write(path, choice.said, found.lines.get("date", ""), found.lines.get("who", ""))
        return True


def _kept(before: Choice) -> dict[str, Said]:
    if before.known:
        return before.said
    # A yes that cannot be read may not become one to more; a "local" among such asked for less than on, which only off
    # keeps for sure.
    kept = {purpose: said for purpose, said in before.said.items() if said.mode != "on"}
    return {purpose: Said("off", said.date, said.who) for purpose, said in kept.items()}


def _write(path: str, said: Mapping[str, Said], today: str, who: str) -> None:
    lines = {"version": VERSION, "date": today, "who": who}
    for purpose in PURPOSES:
        if purpose not in said:
            continue
        one = said[purpose]
        lines[purpose] = one.mode
        lines.update({f"{purpose}.date": one.date} if one.date != today else {})
        lines.update({f"{purpose}.who": one.who} if one.who != who else {})
        lines.update({f"{purpose}.covers": one.covers.written()} if one.covers is not None else {})
    files.write_lines(path, lines, sync=True)


def _sweep(path: str) -> None:
    """Remove what killed writers left beside the file: while the directory is held nobody else is at it."""
    directory, name = os.path.split(path)
    for stray in os.listdir(directory):
        if stray.startswith(f".{name}.") and stray.endswith(files.UNFINISHED):
            try:  # noqa: SIM105  # contextlib is not for the off path
                os.unlink(os.path.join(directory, stray))
            except OSError:  # it stays; no reader takes it for the file
                pass


def date(seconds: float) -> str:
    """The UTC day of a time, like ``2026-11-22``."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


class Alone:
    """Holds a directory for a ``with`` block, so that two choices at once do not undo each other.

    Leaves nothing on disk, unlike a lock file: there may be nothing but the recorded no. Entering gives whether it is
    held; where a system knows no such locks it counts as held. A process that dies frees it.

    Args:
        directory: made where it is missing.
        wait: seconds to wait for it.
    """

    __slots__ = ("_descriptor", "_directory", "_wait")

    def __init__(self, directory: str, wait: float = _WAIT) -> None:
        self._directory = directory
        self._wait = wait
        self._descriptor: int | None = None

    def __enter__(self) -> bool:
        """Hold it, or give up after a while."""
        files.make_directory(self._directory)
        deadline = time.monotonic() + self._wait
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
        """Let it go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
