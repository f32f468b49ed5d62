"""Where the output goes. A file is written beside its place under a name of its own, and put there in one step.

Until then what was there is there; whatever ends the work before, a ``kill -9`` too, leaves at most an unfinished file,
in which nothing is that was not scrubbed. A symbolic link that somebody named stays, and the file it leads to is
replaced; one that lies in a directory of outputs is replaced itself, for nobody knows who put it there. What is no file
(a device, a pipe) is written to as it is.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import stat
import sys
import time
from typing import Any, Protocol

from scrubbing.files import UNFINISHED

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
#: Windows refuses to replace a file that somebody reads, for that moment.
_PAUSES = (0.01, 0.05, 0.1, 0.2) if os.name == "nt" else ()


class Target(Protocol):
    """What can be written to, and is kept or dropped at the end."""

    def write(self, data: bytes) -> None: ...  # noqa: D102  # the protocol's docstring says it

    def keep(self) -> None: ...  # noqa: D102  # as above

    def drop(self) -> None: ...  # noqa: D102  # as above


class Stdout:
    """Standard output: what was written is gone; each time whole lines."""

    def write(self, data: bytes) -> None:
        """Write, and do not wait for more."""
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def keep(self) -> None:
        """Nothing is left to do."""

    def drop(self) -> None:
        """Nothing can be done."""


class _Open:
    """A file that is open for writing, zipped where it is to be."""

    def __init__(self, descriptor: int, *, zipped: bool) -> None:
        self.raw = os.fdopen(descriptor, "wb")
        self._file: Any = gzip.GzipFile("", "wb", fileobj=self.raw, mtime=0) if zipped else self.raw

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def end(self) -> None:
        if self._file is not self.raw:
            self._file.close()
        self.raw.flush()


class Device:
    """What is no file.

    Args:
        path: where it is.
        zipped: whether to write gzip.
        follow: whether it may be a symbolic link to one.
    """

    def __init__(self, path: str, *, zipped: bool, follow: bool) -> None:
        flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | (0 if follow else getattr(os, "O_NOFOLLOW", 0))
        self._open = _Open(os.open(path, flags), zipped=zipped)

    def write(self, data: bytes) -> None:
        """Write."""
        self._open.write(data)

    def keep(self) -> None:
        """Close it."""
        with self._open.raw:
            self._open.end()

    def drop(self) -> None:
        """Close it; what was written is gone."""
        with contextlib.suppress(OSError):
            self._open.raw.close()


class File:
    """A file that is replaced or made.

    Args:
        path: its place; what is there gives its permissions.
        like: what the input is, whose permissions a new file gets; ``None`` for the usual ones.
        zipped: whether to write gzip.
        follow: whether a symbolic link stays, and what it leads to is replaced.

    Raises:
        OSError: nothing can be written there.
    """

    def __init__(self, path: str, like: os.stat_result | None, *, zipped: bool, follow: bool) -> None:
        link = os.path.islink(path)
        self._path = os.path.realpath(path) if link and follow else path
        self._replaced = os.stat(self._path) if os.path.exists(self._path) and (follow or not link) else None
        self._like = self._replaced or like
        directory, name = os.path.split(self._path)
        self._unfinished = os.path.join(directory, f".{name[:100]}.{os.urandom(6).hex()}{UNFINISHED}")
        mode = 0o666 if self._like is None else 0o600
        self._open = _Open(os.open(self._unfinished, _NEW, mode), zipped=zipped)

    def write(self, data: bytes) -> None:
        """Write; nobody sees it yet."""
        self._open.write(data)

    def keep(self) -> None:
        """Put it in its place, once the disk has it."""
        with self._open.raw:
            self._open.end()
            self._permit()
            os.fsync(self._open.raw.fileno())
        self._replace()
        self._sync_directory()

    def drop(self) -> None:
        """Leave no trace of it."""
        with contextlib.suppress(OSError):
            self._open.raw.close()
        with contextlib.suppress(OSError):
            os.unlink(self._unfinished)

    def _permit(self) -> None:
        if self._like is None or not hasattr(os, "fchmod"):
            return
        descriptor = self._open.raw.fileno()
        if self._replaced is not None:
            with contextlib.suppress(OSError):  # somebody else's file becomes our own, where only root may give it away
                os.fchown(descriptor, self._replaced.st_uid, self._replaced.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(self._like.st_mode) & 0o777)

    def _replace(self) -> None:
        for pause in _PAUSES:
            try:
                return os.replace(self._unfinished, self._path)
            except PermissionError:  # noqa: PERF203  # the loop is the waiting
                time.sleep(pause)
        return os.replace(self._unfinished, self._path)

    def _sync_directory(self) -> None:
        if os.name != "posix":
            return
        descriptor = os.open(os.path.dirname(self._path) or ".", os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some network file systems cannot
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def target(path: str | None, like: os.stat_result | None, *, zipped: bool, follow: bool) -> Target:
    """Open where the output goes.

    Args:
        path: its place; ``None`` for standard output.
        like: what the input is.
        zipped: whether to write gzip.
        follow: whether a symbolic link there is followed.

    Raises:
        OSError: nothing can be written there.
    """
    if path is None:
        return Stdout()
    if os.path.exists(path) and not os.path.isfile(path) and (follow or not os.path.islink(path)):
        return Device(path, zipped=zipped, follow=follow)  # a directory says that it is one
    return File(path, like, zipped=zipped, follow=follow)
