"""Files that tell how a process ended: one a process, held by a lock that dies with it.

A file begins with what was known of the process, in lines, padded to a fixed length so that it can be written again in
place; what `faulthandler` writes follows. Whoever finds a file that nobody holds knows that its process is gone, and
reads in it how.

The lock is on the file itself: the locks of `filelock` truncate theirs, and a child of a fork that gives one back
gives it back for its parent too.
"""

from __future__ import annotations

import os
import stat
import time

from scrubbing import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words of a file's head: whether the process has said goodbye.
RUNS, ENDS = "runs", "ends"

_SUFFIX = ".trace"
_DIGITS = 32
_HEAD = 1024
#: Bytes of a dump that are read; it has a hundred threads with a hundred frames at most.
_MOST = 512 * 1024
#: Files that are looked at in one start, and that there may be: of a program that faults as it starts, again and again.
_FILES = 200
#: Seconds in which a file without a head may still get it.
_YOUNG = 60
_OPEN = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
#: Where Windows, whose locks keep others from writing, locks a byte that is not there.
_FAR = 1 << 30


class Trace:
    """The file of this process.

    Args:
        directory: where these files lie; made when it is missing.
        known: lines to begin with.

    Raises:
        OSError: there can be none, or there are too many.
    """

    def __init__(self, directory: str, known: dict[str, str]) -> None:
        files.make_directory(directory)
        _check(directory)
        if len(_paths(directory)) >= _FILES:
            raise OSError(f"{directory}: holds as many files as are looked at in one start")
        self.path = os.path.join(directory, _random_name())
        self.descriptor = os.open(self.path, _OPEN | os.O_CREAT | os.O_EXCL, 0o600)
        if not _locked(self.descriptor):
            self.remove()
            raise OSError(f"{self.path}: cannot be locked here")
        self._known = dict(known)
        os.write(self.descriptor, self._head())

    def note(self, **known: str) -> None:
        """Write what is known of the process anew.

        Raises:
            OSError: it cannot be written.
        """
        self._known |= known
        if hasattr(os, "pwrite"):
            os.pwrite(self.descriptor, self._head(), 0)
            return
        end = os.lseek(self.descriptor, 0, os.SEEK_CUR)
        os.lseek(self.descriptor, 0, os.SEEK_SET)
        os.write(self.descriptor, self._head())
        os.lseek(self.descriptor, end, os.SEEK_SET)

    def remove(self) -> None:
        """Close and remove it."""
        os.close(self.descriptor)
        _unlink(self.path)

    def _head(self) -> bytes:
        text = "".join(f"{key} = {value}\n" for key, value in self._known.items() if value.isprintable())
        data = text.encode("utf-8", "replace")
        return data.ljust(_HEAD, b"\n") if len(data) <= _HEAD else b"\n" * _HEAD


class Found:
    """A file whose process is gone, held until it is given back.

    Args:
        path: the file.
        descriptor: open and locked.
    """

    def __init__(self, path: str, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor
        #: Random, from the file's name.
        self.id = os.path.basename(path)[:_DIGITS]
        #: When it was last written to, in seconds since 1970.
        self.at = os.fstat(descriptor).st_mtime
        data = os.read(descriptor, _HEAD + _MOST)
        #: What was known of the process.
        self.known = _lines(data[:_HEAD])
        #: What was written after that.
        self.text = data[_HEAD:].decode("ascii", "replace")

    @property
    def is_quiet(self) -> bool:
        """Whether the process said goodbye and left nothing else."""
        return self.known.get("state") == ENDS and not self.text

    def done(self) -> None:
        """It has been told of; remove it."""
        _unlink(self.path)
        os.close(self._descriptor)

    def leave(self) -> None:
        """Leave it to another start."""
        os.close(self._descriptor)


def found(directory: str | None) -> Iterator[Found]:
    """Find files whose processes are gone, and hold each while it is looked at; others' files are left alone."""
    for path in _paths(directory):
        try:
            descriptor = os.open(path, _OPEN | getattr(os, "O_NONBLOCK", 0))
        except OSError:
            continue
        try:
            one = Found(path, descriptor) if _is_free(path, descriptor) else None
        except OSError:
            one = None
        if one is None:
            os.close(descriptor)
        else:
            yield one


def sweep(directory: str | None) -> int:
    """Remove the files of processes that ended as they should; how many others there are."""
    left = 0
    for one in found(directory):
        if one.is_quiet:
            one.done()
        else:
            one.leave()
            left += 1
    return left


def untold(directory: str | None) -> int:
    """Say how many processes ended without a goodbye, and were not told of yet."""
    left = 0
    for one in found(directory):
        left += not one.is_quiet
        one.leave()
    return left


def any_file(directory: str | None) -> bool:
    """Say whether there is any file to look at."""
    return bool(_paths(directory))


def erase(directory: str | None) -> None:
    """Remove all files, also those of processes that run: they know of the No by themselves."""
    for path in _paths(directory, most=None):
        _unlink(path)


def _paths(directory: str | None, most: int | None = _FILES) -> list[str]:
    if directory is None:
        return []
    try:
        _check(directory)
        with os.scandir(directory) as entries:
            return [one.path for one in entries if is_name(one.name)][:most]
    except OSError:
        return []


def _is_free(path: str, descriptor: int) -> bool:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or not _locked(descriptor):
        return False
    if status.st_size == 0 and time.time() - status.st_mtime < _YOUNG:
        return False
    return os.path.exists(path)  # else somebody was quicker


def _check(directory: str) -> None:
    status = os.lstat(directory)
    alone = not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)
    if not stat.S_ISDIR(status.st_mode) or not alone:
        raise files.Damaged(directory, "is not a directory of this user alone")


def is_name(name: str) -> bool:
    """Say whether a file's name is one that a trace can have."""
    stem = name.removesuffix(_SUFFIX)
    return stem != name and len(stem) == _DIGITS and set("0123456789abcdef").issuperset(stem)


def _random_name() -> str:
    """The hexadecimal digits of a UUID4: the id of the event, should there be one."""
    digits = bytearray(os.urandom(16))
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    return digits.hex() + _SUFFIX


def _lines(head: bytes) -> dict[str, str]:
    pairs = (line.partition(" = ") for line in head.decode("utf-8", "replace").split("\n"))
    return {key: value for key, equals, value in pairs if equals}


def _locked(descriptor: int) -> bool:
    """Lock an open file, if nobody else holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
            finally:
                os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlink(path: str) -> None:
    try:  # noqa: SIM105  # contextlib is not for the start of a program
        os.unlink(path)
    except OSError:  # gone already
        pass
