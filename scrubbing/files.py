"""Where the library's files live, and the only ways they are read and written.

Read before anybody said yes, so: the standard library's lightest modules only, nothing is created by looking, and
whatever is not exactly a small file of ours with ``key = value`` lines is ``Damaged``, which consent reads as off.
Files are replaced whole (a reader sees the old one or the new one), files are 0600, directories made here 0700.

A file may be a symbolic link that the user made (dotfiles kept elsewhere): reading judges the link's target, writing
replaces the target and keeps the link.
"""

from __future__ import annotations

import os
import stat
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from logging import LogRecord
    from types import TracebackType

    from filelock import BaseFileLock

#: Bytes a line file may have; ours have a few hundred.
MAX_BYTES = 65536

#: How the names of unfinished files end. A kill -9 can leave one; no reader takes it for a file of ours.
UNFINISHED = ".unfinished"

_OPEN_TO_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OPEN_TO_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

# Windows refuses to replace a file while somebody reads it, which takes readers of ours well under a millisecond.
_REPLACE_PAUSES = (0.005, 0.01, 0.02, 0.05) if os.name == "nt" else ()


class Damaged(OSError):
    """A file is there and is not what it must be.

    Args:
        path: the file.
        problem: what is wrong with it; never what stands in it.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class Busy(TimeoutError):
    """Another process or thread holds the lock."""


class Places:
    """The paths one app's state has. ``None`` where no directory can be had (no home).

    ``admin`` is the policy file in the first site config directory and ``admins`` are the ones to obey: those of every
    site config directory, the system's own among them whatever the environment says.
    """

    __slots__ = (
        "admin",
        "admins",
        "asked",
        "choice",
        "config_dir",
        "drops",
        "everyone",
        "hard",
        "history",
        "identity",
        "kept",
        "limits",
        "outbox",
        "quota",
        "sent",
        "sessions",
        "starts",
        "state_dir",
        "verdict",
    )

    def __init__(self, app: str, config: str | None, state: str | None, sites: tuple[str, ...], sep: str) -> None:
        self.config_dir = _join(config, sep, "scrubbing", app)
        self.state_dir = _join(state, sep, "scrubbing", app)
        self.choice = _join(self.config_dir, sep, "choice")
        self.everyone = _join(config, sep, "scrubbing", "everyone")
        self.admins = tuple(_join(site, sep, "scrubbing", "policy") or "" for site in sites)
        self.admin = self.admins[0]
        self.asked = _join(self.state_dir, sep, "asked")
        self.verdict = _join(self.state_dir, sep, "verdict")
        self.outbox = _join(self.state_dir, sep, "outbox")
        self.kept = _join(self.state_dir, sep, "kept")
        self.hard = _join(self.state_dir, sep, "hard")
        self.sent = _join(self.state_dir, sep, "sent")
        self.quota = _join(self.state_dir, sep, "quota")
        self.sessions = _join(self.state_dir, sep, "sessions")
        self.identity = _join(self.state_dir, sep, "identity")
        self.drops = _join(self.state_dir, sep, "drops")
        self.limits = _join(self.state_dir, sep, "limits")
        self.history = _join(self.state_dir, sep, "history")
        self.starts = _join(self.state_dir, sep, "starts")


def places(app: str, environ: Mapping[str, str] | None = None, platform: str | None = None) -> Places:
    """Where ``app``'s files live: platformdirs' directories, not roaming, then ``scrubbing``, then the app's name.

    One difference: a macOS Python from Homebrew looks for the admin's policy in ``/Library/Application Support`` like
    any other, since what an admin says may not depend on which Python runs.

    Args:
        app: a name that ``consent.check_app_name`` lets pass; it becomes a directory's name.
        environ: instead of ``os.environ``.
        platform: instead of ``sys.platform``, in its words.
    """
    environ = os.environ if environ is None else environ
    platform = sys.platform if platform is None else platform
    if platform == "win32":
        return _windows_places(app, environ)
    home = _home(environ)
    config, state, site = ("/.config", "/.local/state", "/etc/xdg")
    if platform == "darwin":
        config = state = "/Library/Application Support"
        site = config
    listed = [path for path in environ.get("XDG_CONFIG_DIRS", "").split(":") if path.startswith("/")]
    sites = tuple(dict.fromkeys([*listed, site]))
    return Places(
        app,
        _absolute(environ, "XDG_CONFIG_HOME") or (home and home.rstrip("/") + config),
        _absolute(environ, "XDG_STATE_HOME") or (home and home.rstrip("/") + state),
        sites,
        "/",
    )


def _windows_places(app: str, environ: Mapping[str, str]) -> Places:
    profile = environ.get("USERPROFILE")
    local = environ.get("LOCALAPPDATA") or (profile and profile.rstrip("\\/") + "\\AppData\\Local") or None
    site = environ.get("PROGRAMDATA") or environ.get("ALLUSERSPROFILE") or "C:\\ProgramData"
    return Places(app, local, local, (site,), "\\")


def _absolute(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(name, "")
    return path if path.startswith("/") else None


def _home(environ: Mapping[str, str]) -> str | None:
    home = _absolute(environ, "HOME")
    if home is None and sys.platform != "win32":
        try:
            import pwd

            home = pwd.getpwuid(os.getuid()).pw_dir
        except (ImportError, KeyError):  # no such module (WASI), no entry for this uid (containers)
            return None
    return home if home is not None and home.startswith("/") else None


def _join(base: str | None, sep: str, *names: str) -> str | None:
    if base is None:
        return None
    return sep.join((base.rstrip(sep), *names))


def signature(path: str) -> tuple[int, ...] | None:
    """What changes when the file at ``path`` does; ``None`` when nothing is there, not even a link.

    Empty when something is there that cannot be looked at.
    """
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return () if os.path.lexists(path) else None
    except (OSError, ValueError):
        return ()
    return (
        found.st_dev,
        found.st_ino,
        found.st_mode,
        found.st_uid,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
    )


def laid_open(path: str) -> str:
    """What is wrong with the directory a file is in, or would be: everybody can put a file there, or take it away.

    Nothing for a group: many systems give each user one of their own. Empty too where there is no directory.
    """
    if sys.platform == "win32":
        return ""
    try:
        mode = os.stat(os.path.dirname(path)).st_mode
    except (OSError, ValueError):
        return ""
    # In one like /tmp nobody else can take a file away, and one they put there belongs to another user.
    return "is in a directory that everybody can write" if mode & stat.S_IWOTH and not mode & stat.S_ISVTX else ""


def read_lines(path: str) -> dict[str, str]:
    """The ``key = value`` lines of a file of ours; ``#`` starts a comment line; ``{}`` when there is no file.

    Raises:
        Damaged: anything else: over 64 KiB, not UTF-8, another line, a key twice, no regular file, not readable,
            writable by others, owned by somebody who is neither this user nor root.
    """
    try:
        data = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        # Not lexists: a file may have come meanwhile, which is no damage.
        if os.path.islink(path):
            raise Damaged(path, "is a link to nothing") from None
        return {}
    except Damaged:
        raise
    except (OSError, ValueError) as error:
        raise Damaged(path, f"cannot be read ({type(error).__name__})") from error
    return _parse(path, data)


def _read(path: str) -> bytes:
    descriptor = os.open(path, _OPEN_TO_READ)
    try:
        _judge(path, os.fstat(descriptor))
        data = b""
        while chunk := os.read(descriptor, MAX_BYTES + 1 - len(data)):
            data += chunk
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise Damaged(path, f"has more than {MAX_BYTES} bytes")
    return data


def _judge(path: str, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Damaged(path, "is not a regular file")
    if sys.platform == "win32":
        return
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Damaged(path, "can be written by others")
    if found.st_uid not in (0, os.geteuid()):
        raise Damaged(path, "belongs to another user")


def _parse(path: str, data: bytes) -> dict[str, str]:
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Damaged(path, "is not UTF-8") from None
    lines: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key, equals, value = (part.strip() for part in line.partition("="))
        if not (key and equals and key.isprintable() and value.isprintable()):
            raise Damaged(path, f"line {number} is not `key = value`")
        if key in lines:
            raise Damaged(path, f"line {number} has a key for the second time")
        lines[key] = value
    return lines


def write_lines(path: str, mapping: Mapping[str, str], *, sync: bool = False) -> None:
    """Write ``key = value`` lines that ``read_lines`` reads back as ``mapping``, in its order.

    Args:
        path: the file; its directory is made when it is missing.
        mapping: keys and values of one printable line each, without white space at their ends.
        sync: wait until the disk has it.

    Raises:
        ValueError: a key or value would not be read back as it is, or all of it would be too large.
        OSError: the file cannot be written.
    """
    text = "".join(f"{key} = {value}\n" if value else f"{key} =\n" for key, value in mapping.items())
    try:
        unchanged = _parse(path, text.encode("utf-8")) == dict(mapping) and len(text.encode("utf-8")) <= MAX_BYTES
    except (Damaged, UnicodeEncodeError):
        unchanged = False
    if not unchanged:
        raise ValueError("expected keys and values of one printable line each that can be read back")
    write_bytes(path, text.encode("utf-8"), sync=sync)


def write_bytes(path: str, data: bytes, *, sync: bool = False) -> None:
    """Put ``data`` at ``path`` in one step: whoever reads sees the old file or all of the new one.

    Args:
        path: the file; its directory is made when it is missing. A symbolic link stays and its target is replaced.
        data: all of the file.
        sync: wait until the disk has it.

    Raises:
        OSError: the file cannot be written; what was there is still there.
    """
    target = os.path.realpath(path) if os.path.islink(path) else path
    directory, name = os.path.split(target)
    unfinished = os.path.join(directory, f".{name}.{os.urandom(6).hex()}{UNFINISHED}")
    try:
        descriptor = os.open(unfinished, _OPEN_TO_WRITE, 0o600)
    except FileNotFoundError:
        make_directory(directory)
        descriptor = os.open(unfinished, _OPEN_TO_WRITE, 0o600)
    try:
        try:
            _write_all(descriptor, data, sync=sync)
        finally:
            os.close(descriptor)
        _replace(unfinished, target)
    except BaseException:
        _discard(unfinished)
        raise
    if sync and os.name == "posix":
        _sync_directory(directory)


def _write_all(descriptor: int, data: bytes, *, sync: bool) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    if sync:
        os.fsync(descriptor)


def _discard(unfinished: str) -> None:
    try:  # noqa: SIM105 - contextlib is not for the off path
        os.unlink(unfinished)
    except OSError:  # the error that brought us here is the one to tell
        pass


def _sync_directory(directory: str) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems cannot; the file itself is written
        pass
    finally:
        os.close(descriptor)


def _replace(unfinished: str, target: str) -> None:
    for pause in _REPLACE_PAUSES:
        try:
            return os.replace(unfinished, target)
        except PermissionError:  # noqa: PERF203 - the loop is the waiting
            time.sleep(pause)
    return os.replace(unfinished, target)


def make_directory(path: str) -> None:
    """Make a directory and those above it that are missing, each 0700.

    Raises:
        OSError: it cannot be made, or something else has its name.
    """
    try:
        _make(path)
    except FileNotFoundError:
        above = os.path.dirname(path)
        if above == path:
            raise
        # What is above may be there by now, made by another thread: it is tried again whether we make it or not, and
        # once only, since /proc, say, is there and takes none.
        make_directory(above)
        _make(path)


def _make(path: str) -> None:
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if not os.path.isdir(path):
            raise


#: Lock files of ours: what filelock logs of them at DEBUG is not for the app's terminal.
_OURS: set[str] = set()


def _of_others(record: LogRecord) -> bool:
    return not (isinstance(record.args, tuple) and any(isinstance(arg, str) and arg in _OURS for arg in record.args))


#: When locks were waited for in vain, lately: who holds one for long may hold them all.
_WAITED: list[tuple[float, float]] = []
_PATIENCE, _LATELY = 0.2, 2.0


def _patience(now: float) -> float:
    """Seconds a lock may still be waited for: 0.2 s within two, however many locks there are."""
    _WAITED[:] = [(began, ended) for began, ended in _WAITED if now - ended < _LATELY]
    return max(0.0, _PATIENCE - sum(ended - began for began, ended in _WAITED))


class _Locked:
    """What ``locked`` returns."""

    __slots__ = ("_lock", "_path", "_timeout")

    def __init__(self, path: str, timeout: float) -> None:
        self._path = path + ".lock"
        self._timeout = timeout
        self._lock: BaseFileLock | None = None

    def __enter__(self) -> None:
        import logging

        import filelock

        logging.getLogger("filelock").addFilter(_of_others)  # once: a filter that is there is not added again
        _OURS.add(self._path)
        make_directory(os.path.dirname(self._path))
        lock = filelock.FileLock(self._path, mode=0o600)
        began = time.monotonic()
        try:
            lock.acquire(timeout=min(self._timeout, _patience(began)), poll_interval=0.005)
        except filelock.Timeout:
            _WAITED.append((began, time.monotonic()))
            raise Busy(f"{self._path}: held by somebody else for more than {self._timeout} s") from None
        except NotImplementedError as error:  # a file system without locks
            raise OSError(f"{self._path}: cannot be locked here") from error
        self._lock = lock

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._lock is not None:
            self._lock.release()


def locked(path: str, timeout: float = 0.2) -> _Locked:
    """Hold the lock beside ``path`` (``<path>.lock``) for a ``with`` block: one process and thread at a time.

    A process that dies holding it leaves it free.

    Args:
        path: the file that is to be changed.
        timeout: seconds to wait for it.

    Raises:
        Busy: on entering, it was not free in time.
        OSError: on entering, there can be no lock there.
    """
    return _Locked(path, timeout)
