"""The outbox directory: one envelope a file, bounded in number, bytes and age.

A file's name says when it was put, for which purpose, in which of the server's categories, the beginning of a crash's
fingerprint, and what vouches for what is in it, so that listing needs no reading. Files appear whole or not at all, in
any number of processes, and nothing here takes a lock: every put trims what stands there afterwards, always in the
same order. A directory that is a symbolic link, somebody else's, or writable by others is not used.
"""

from __future__ import annotations

import os
import stat
import time

from scrubbing import files
from scrubbing.errors import ScrubbingError
from scrubbing.outbox import history

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_SUFFIX, _CLAIMED = ".envelope", ".claimed"
_PARTS = 5  # and a seal, where there is one
_NO_FINGERPRINT = "0"
_FINGERPRINT_DIGITS = 12
_LONGEST_WORD = 32
_SEAL_DIGITS = 32
_ID_BYTES = 8
_SECONDS_A_DAY = 86400
_STRAY_SECONDS = 3600
#: Files that may lie there beside as many as may wait: looking at more would make the app wait.
_MOST_FILES = 4096
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz_")
_HEX = frozenset("0123456789abcdef")


class TooBig(ScrubbingError):
    """An envelope is bigger than the outbox keeps."""


class Unusable(ScrubbingError):
    """The outbox directory cannot be used; says why."""


class OutboxLimits:
    """Bounds of an outbox.

    Args:
        envelopes: most envelopes that wait.
        envelope_bytes: most bytes of one envelope.
        bytes: most bytes of all of them.
        days: days an envelope waits before it expires.
    """

    __slots__ = ("bytes", "days", "envelope_bytes", "envelopes")

    def __init__(
        self,
        *,
        envelopes: int = 30,
        envelope_bytes: int = 256 * 1024,
        bytes: int = 1024 * 1024,  # noqa: A002 - the word of the table
        days: float = 14,
    ) -> None:
        self.envelopes = envelopes
        self.envelope_bytes = envelope_bytes
        self.bytes = bytes
        self.days = days


class Entry:
    """One waiting envelope, by its file's name.

    Args:
        name: the file's name.
        size: bytes.
        created: when it was put, in seconds since 1970.
        purpose: the purpose it serves.
        category: the server's category for rate limits.
        fingerprint: the first digits of its crash's fingerprint, or None.
        id: random, to name it to the user.
        seal: what was put with it, or nothing.
    """

    __slots__ = ("category", "created", "fingerprint", "id", "name", "purpose", "seal", "size")

    @property
    def is_claimed(self) -> bool:
        """Whether somebody is sending it, or was when they were killed."""
        return self.name.endswith(_CLAIMED)

    def __init__(
        self,
        *,
        name: str,
        size: int,
        created: float,
        purpose: str,
        category: str,
        fingerprint: str | None,
        id: str,  # noqa: A002 - the word of the protocol
        seal: str = "",
    ) -> None:
        self.name = name
        self.size = size
        self.created = created
        self.purpose = purpose
        self.category = category
        self.fingerprint = fingerprint
        self.id = id
        self.seal = seal

    def __repr__(self) -> str:
        """The name, for a failing test."""
        return f"Entry({self.name!r}, {self.size} bytes)"


class Outbox:
    """Envelopes waiting in a directory.

    Args:
        directory: it is made, private to the user, at the first put; None where none can be had.
        drop: counts what expired or had to go, by its reason: ``outbox:expired``, ``outbox:full``.
        told: hears what became of an envelope that expired, had to go or was erased.
        limits: the bounds.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        directory: str | None,
        *,
        drop: Callable[[str], None],
        told: Callable[[Entry, str], None] = lambda _entry, _what: None,
        limits: OutboxLimits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.directory = directory
        self.limits = limits or OutboxLimits()
        self._drop = drop
        self._told = told
        self._clock = clock

    def put(
        self,
        data: bytes,
        *,
        purpose: str,
        category: str,
        fingerprint: str | None = None,
        seal: str = "",
        id: str = "",  # noqa: A002 - the word of the protocol
    ) -> Entry:
        """Write one envelope, then let the oldest go where there are too many.

        Args:
            data: the envelope's bytes.
            purpose: lower-case letters and underscores.
            category: the server's category of its first item, such as ``error``; lower-case letters and underscores.
            fingerprint: a crash's fingerprint in hexadecimal digits; the newest crash of each is kept longest.
            seal: 32 hexadecimal digits that whoever judges the envelope again wants back, or nothing.
            id: the id it had on another shelf; a random one is made for what is new.

        Raises:
            TooBig: the envelope is over the limit of one.
            Unusable: the directory is not ours alone, or there is none.
            OSError: it cannot be written.
            ValueError: purpose, category, fingerprint, seal or id are not such words.
        """
        if len(data) > self.limits.envelope_bytes:
            raise TooBig(f"expected at most {self.limits.envelope_bytes} bytes, got {len(data)}")
        directory = self._checked()
        name = _name(self._clock(), purpose, category, fingerprint, id, seal)
        entry = _entry(name, len(data))
        files.write_bytes(os.path.join(directory, name), data)
        try:
            self._trim(keep=name)
        except BaseException:  # an outbox that cannot be kept within its bounds does not grow
            self.remove(entry)
            raise
        return entry

    def waiting(self) -> list[Entry]:
        """What waits, oldest first; expired envelopes are removed and counted on the way.

        Raises:
            Unusable: the directory is not ours alone, or there is none.
            OSError: it cannot be listed.
        """
        oldest = self._clock() - self.limits.days * _SECONDS_A_DAY
        entries = [entry for entry in self._list() if not entry.is_claimed]
        for entry in entries:
            if entry.created < oldest and self.remove(entry):
                self._drop("outbox:expired")
                self._told(entry, history.EXPIRED)
        return [entry for entry in entries if entry.created >= oldest]

    def claim(self, entry: Entry) -> Entry | None:
        """Take an envelope out of what waits, to send it; None where somebody else has removed it. Never raises."""
        return self._renamed(entry, _CLAIMED)

    def unclaim(self, entry: Entry) -> Entry | None:
        """Put a claimed envelope back to what waits, since nobody can have got it. Never raises."""
        return self._renamed(entry, _SUFFIX)

    def claimed(self) -> list[Entry]:
        """What is claimed; to be asked under the outbox's lock, where nobody is sending.

        Raises:
            Unusable: the directory is not ours alone, or there is none.
            OSError: it cannot be listed.
        """
        return [entry for entry in self._list() if entry.is_claimed]

    def _renamed(self, entry: Entry, suffix: str) -> Entry | None:
        renamed = _entry(_stem(entry.name) + suffix, entry.size)
        try:
            os.rename(self._path(entry), self._path(renamed))
        except (OSError, Unusable):
            return None
        return renamed

    def read(self, entry: Entry) -> bytes:
        """An envelope's bytes.

        Raises:
            FileNotFoundError: it is gone meanwhile.
            OSError: it cannot be read, or is no file of ours.
        """
        # Neither a link nor a pipe that somebody put in its place is followed or waited for.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with open(os.open(self._path(entry), flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise files.Damaged(entry.name, "is not a regular file")
            data = file.read(self.limits.envelope_bytes + 1)
        if len(data) > self.limits.envelope_bytes:
            raise files.Damaged(entry.name, "is bigger than any envelope of ours")
        return data

    def remove(self, entry: Entry) -> bool:
        """Remove an envelope; whether it was this call that did. Never raises."""
        try:
            os.unlink(self._path(entry))
        except (OSError, Unusable):
            return False
        return True

    def erase(self, purpose: str | None = None) -> int:
        """Remove what waits for a purpose, or for all of them; how many there were. A stuffed directory takes longer.

        Raises:
            Unusable: the directory is not ours alone, or there is none.
            OSError: it cannot be listed.
        """
        erased = [
            entry for entry in self._list(bounded=False) if purpose in (None, entry.purpose) and self.remove(entry)
        ]
        for entry in erased:
            self._told(entry, history.ERASED)
        return len(erased)

    def _list(self, *, bounded: bool = True) -> list[Entry]:
        entries = []
        most = self.limits.envelopes + _MOST_FILES
        try:
            with os.scandir(self._checked()) as found:
                for number, file in enumerate(found):
                    if bounded and number >= most:
                        raise Unusable(f"the outbox directory holds more than {most} files")
                    entry = _entry_of(file)
                    if entry is not None:
                        entries.append(entry)
                    else:
                        self._sweep(file)
        except FileNotFoundError:
            return []  # nothing was put yet
        return sorted(entries, key=lambda entry: (entry.created, entry.name))

    def _trim(self, keep: str) -> None:
        entries = self._list()
        number, total = len(entries), sum(entry.size for entry in entries)
        for entry in _victims(entries, keep):
            if number <= self.limits.envelopes and total <= self.limits.bytes:
                return
            if self.remove(entry):
                self._drop("outbox:full")
                self._told(entry, history.FULL)
            # Gone in any case: another process trims in the same order.
            number, total = number - 1, total - entry.size

    def _sweep(self, file: os.DirEntry[str]) -> None:
        """Remove what a killed writer left behind, once no writer can be at it any more."""
        try:
            stray = file.name.endswith(files.UNFINISHED)
            if stray and self._clock() - file.stat(follow_symlinks=False).st_mtime > _STRAY_SECONDS:
                os.unlink(file.path)
        except OSError:
            return

    def _checked(self) -> str:
        if self.directory is None:
            raise Unusable("there is no directory for it")
        try:
            found = os.lstat(self.directory)
        except FileNotFoundError:
            return self.directory
        reason = _why_not(found)
        if reason:
            raise Unusable(f"the outbox directory is {reason}")
        return self.directory

    def _path(self, entry: Entry) -> str:
        return os.path.join(self._checked(), entry.name)


def _why_not(found: os.stat_result) -> str | None:
    if not stat.S_ISDIR(found.st_mode):
        return "a symbolic link or a file"
    if hasattr(os, "geteuid"):
        if found.st_uid != os.geteuid():
            return "somebody else's"
        if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return "writable by others"
    return None


def _victims(entries: list[Entry], keep: str) -> list[Entry]:
    """Who goes first: by age, then the newest crash of each fingerprint, then what is on its way; the new one never."""
    newest = {entry.fingerprint: entry.name for entry in entries if entry.fingerprint}
    kept = set(newest.values())
    first = [entry for entry in entries if entry.name not in kept]
    last = [entry for entry in entries if entry.name in kept]
    order = sorted(first + last, key=lambda entry: entry.is_claimed)  # stable
    return [entry for entry in order if entry.name != keep]


def _name(created: float, purpose: str, category: str, fingerprint: str | None, id_: str, seal: str) -> str:
    prefix = fingerprint[:_FINGERPRINT_DIGITS] if fingerprint else _NO_FINGERPRINT
    words = all(0 < len(word) <= _LONGEST_WORD and _WORD.issuperset(word) for word in (purpose, category))
    digits = _HEX.issuperset(prefix + seal + id_)
    if not (words and digits and len(seal) in (0, _SEAL_DIGITS) and len(id_) in (0, 2 * _ID_BYTES)):
        raise ValueError("expected words for purpose and category, hexadecimal digits for a fingerprint, seal and id")
    id_ = id_ or os.urandom(_ID_BYTES).hex()
    parts = (f"{int(created * 1_000_000):017d}", purpose, category, prefix, id_, seal)
    return ".".join(filter(None, parts)) + _SUFFIX


def _entry_of(file: os.DirEntry[str]) -> Entry | None:
    if not is_name(file.name):  # before anything that costs: most of what lies there may be somebody else's
        return None
    try:
        found = file.stat(follow_symlinks=False)
    except OSError:
        return None
    return _entry(file.name, found.st_size) if stat.S_ISREG(found.st_mode) else None


def _entry(name: str, size: int) -> Entry:
    created, purpose, category, prefix, id_, *seal = _stem(name).split(".")
    return Entry(
        name=name,
        size=size,
        created=int(created) / 1_000_000,
        purpose=purpose,
        category=category,
        fingerprint=None if prefix == _NO_FINGERPRINT else prefix,
        id=id_,
        seal="".join(seal),
    )


def is_name(name: str) -> bool:
    """Say whether a file's name is one that an envelope can have."""
    if not name.endswith((_SUFFIX, _CLAIMED)):
        return False
    parts = _stem(name).split(".")
    sealed = parts[_PARTS:]
    if sealed and not (len(sealed) == 1 and len(sealed[0]) == _SEAL_DIGITS and _HEX.issuperset(sealed[0])):
        return False
    return len(parts) >= _PARTS and parts[0].isascii() and parts[0].isdigit()


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
