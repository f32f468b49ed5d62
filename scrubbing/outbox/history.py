"""What became of each envelope, kept for the user to read: one file of lines, bounded in age and size.

A line says when, what, the server's answer or the reason, and of the envelope its id, when it was put, its purpose,
category, size and fingerprint: words and numbers of ours, nothing that an app handled. What waits is not in it: that is
said by the outbox itself. Lines are appended whole, from any number of processes; whoever finds the file too large or
too old rewrites it in one step, under its lock. A line that cannot be read is no line.

A no writes no new file: what was erased is noted only where there is a history already. ``erase`` removes it.
"""

from __future__ import annotations

import os
import stat
import time

from scrubbing import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.outbox.store import Entry

#: How an envelope can end; in words for people in ``cli.history``.
SENT, REFUSED, UNANSWERED, EXPIRED, FULL, ERASED = "sent", "refused", "unanswered", "expired", "full", "erased"
WORDS = (SENT, REFUSED, UNANSWERED, EXPIRED, FULL, ERASED)
#: How long what became of an envelope can be read.
DAYS = 90
#: Bytes the file may grow to, and what is left of it when it is rewritten for its size.
MAX_BYTES, _KEPT_BYTES = 128 * 1024, 96 * 1024

_SECONDS_A_DAY = 86400
#: Between two looks at whether the oldest line is too old.
_LOOK_SECONDS = 3600
_FIELDS = 9
_NONE = "-"
_LONGEST_LINE = 256
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-")
_OPEN = os.O_RDWR | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Told:
    """What became of one envelope.

    Args:
        at: when, in seconds since 1970.
        what: one of `WORDS`.
        detail: the server's status or the reason, or nothing.
        id: the envelope's id.
        created: when it was put.
        purpose: the purpose it served.
        category: the server's category.
        size: bytes.
        fingerprint: the first digits of its crash's fingerprint, or None.
    """

    __slots__ = ("at", "category", "created", "detail", "fingerprint", "id", "purpose", "size", "what")

    def __init__(
        self,
        *,
        at: int,
        what: str,
        detail: str,
        id: str,  # noqa: A002 - the word of the protocol
        created: int,
        purpose: str,
        category: str,
        size: int,
        fingerprint: str | None,
    ) -> None:
        self.at, self.what, self.detail = at, what, detail
        self.id, self.created, self.purpose, self.category = id, created, purpose, category
        self.size, self.fingerprint = size, fingerprint


class History:
    """What became of an app's envelopes.

    Args:
        path: the file; None where no directory can be had.
        clock: seconds since 1970.
    """

    def __init__(self, path: str | None, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._looked = float("-inf")

    def note(self, entry: Entry, what: str, detail: str = "") -> None:
        """Note what became of an envelope. Never raises; what cannot be noted is not.

        Args:
            entry: the envelope.
            what: one of `WORDS`.
            detail: the server's status or a reason, one word.
        """
        if self._path is None or what not in WORDS:
            return
        try:
            self._note(self._path, _line(entry, what, detail, int(self._clock())), make=what != ERASED)
        except (OSError, ValueError):  # a full disk, a directory in its place: the history is not worth an envelope
            return

    def told(self) -> list[Told]:
        """What is known, oldest first, of the last 90 days; damaged lines are passed over.

        Raises:
            OSError: the file is there and cannot be read, or is no file of ours.
        """
        if self._path is None:
            return []
        now = self._clock()
        found = [told for _, told in _parsed(self._read(self._path))]
        return [told for told in found if _is_young(told, now)]

    def erase(self) -> None:
        """Forget all of it.

        Raises:
            OSError: it cannot be removed.
        """
        if self._path is not None:
            try:
                os.unlink(self._path)
            except FileNotFoundError:
                return

    def _note(self, path: str, line: bytes, *, make: bool) -> None:
        try:
            with files.locked(path, timeout=0.05):
                self._append(path, line, make=make)
                self._tidy(path)
        except files.Busy:
            self._append(path, line, make=make)  # at worst it is lost to somebody who rewrites the file just now

    def _append(self, path: str, line: bytes, *, make: bool) -> None:
        try:
            descriptor = os.open(path, _OPEN | _SAFE | (os.O_CREAT if make else 0), 0o600)
        except FileNotFoundError:
            if not make:
                return
            files.make_directory(os.path.dirname(path))
            descriptor = os.open(path, _OPEN | _SAFE | os.O_CREAT, 0o600)
        try:
            size = _ours(path, descriptor).st_size
            # A line that was cut off by a full disk must not spoil the next one.
            torn = size > 0 and not _ends_whole(descriptor, size)
            os.write(descriptor, b"\n" * torn + line)
        finally:
            os.close(descriptor)

    def _tidy(self, path: str) -> None:
        """Rewrite a file that is too large, or whose first line is too old; the latter is looked at once an hour."""
        try:
            size = os.stat(path).st_size
        except OSError:
            return
        now = self._clock()
        if size <= MAX_BYTES:
            if 0 <= now - self._looked < _LOOK_SECONDS:
                return
            self._looked = now
            with open(path, "rb") as file:
                first = _parsed(file.read(_LONGEST_LINE))
            if first and _is_young(first[0][1], now):
                return
        lines = [(line, told) for line, told in _parsed(self._read(path)) if _is_young(told, now)]
        kept = _within(lines, _KEPT_BYTES) if size > MAX_BYTES else [line for line, _ in lines]
        files.write_bytes(path, b"".join(kept))

    def _read(self, path: str) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | _SAFE
        try:
            descriptor = os.open(path, flags)
        except FileNotFoundError:
            return b""
        try:
            size = _ours(path, descriptor).st_size
            # Somebody else's lines at its beginning do not make us read more than ours can be.
            os.lseek(descriptor, max(0, size - 2 * MAX_BYTES), os.SEEK_SET)
            data = b""
            while len(data) < 2 * MAX_BYTES and (chunk := os.read(descriptor, 2 * MAX_BYTES - len(data))):
                data += chunk
        finally:
            os.close(descriptor)
        return data


def _ours(path: str, descriptor: int) -> os.stat_result:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise files.Damaged(path, "is not a regular file")
    return found


def _ends_whole(descriptor: int, size: int) -> bool:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _line(entry: Entry, what: str, detail: str, now: int) -> bytes:
    words = (what, detail or _NONE, entry.id, entry.purpose, entry.category, entry.fingerprint or _NONE)
    if not all(word and _LETTERS.issuperset(word) for word in words):
        raise ValueError("expected words")
    what, detail, id_, purpose, category, fingerprint = words
    line = f"{now} {what} {detail} {id_} {int(entry.created)} {purpose} {category} {entry.size} {fingerprint}\n"
    if len(line) > _LONGEST_LINE:
        raise ValueError("expected short words")
    return line.encode("ascii")


def _parsed(data: bytes) -> list[tuple[bytes, Told]]:
    found = []
    for line in data.splitlines(keepends=True):
        told = _told(line) if line.endswith(b"\n") and len(line) <= _LONGEST_LINE else None
        if told is not None:
            found.append((line, told))
    return found


def _told(line: bytes) -> Told | None:
    try:
        parts = line.decode("ascii").rstrip("\n").split(" ")
    except UnicodeDecodeError:
        return None
    if len(parts) != _FIELDS or not all(part and _LETTERS.issuperset(part) for part in parts):
        return None
    at, what, detail, id_, created, purpose, category, size, fingerprint = parts
    if what not in WORDS or not all(0 < len(n) <= 15 and n.isdigit() for n in (at, created, size)):  # noqa: PLR2004 - no moment or size has more digits
        return None
    return Told(
        at=int(at),
        what=what,
        detail="" if detail == _NONE else detail,
        id=id_,
        created=int(created),
        purpose=purpose,
        category=category,
        size=int(size),
        fingerprint=None if fingerprint == _NONE else fingerprint,
    )


def _is_young(told: Told, now: float) -> bool:
    # A line from the future was written before the clock was put right: it goes when the others do.
    return told.at > now - DAYS * _SECONDS_A_DAY


def _within(lines: list[tuple[bytes, Told]], most: int) -> list[bytes]:
    """What fits: the newest line of each crash's fingerprint before all others, and of each kind the newest."""
    newest = {told.fingerprint: number for number, (_, told) in enumerate(lines) if told.fingerprint}
    kept = set(newest.values())
    order = sorted(range(len(lines)), key=lambda number: (number in kept, number), reverse=True)
    chosen, total = [], 0
    for number in order:
        total += len(lines[number][0])
        if total > most:
            break
        chosen.append(number)
    return [lines[number][0] for number in sorted(chosen)]
