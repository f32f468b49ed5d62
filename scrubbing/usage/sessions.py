"""Sessions: one is a user's UTC day with one subcommand; its status is the worst of that day.

Told by our hooks, whatever becomes of the events: a crash over quota still makes its session crashed. Each change is
told once, as an update of the same session. Sentry takes ``crashed`` as the last word, so a session's first good run
is told as ``ok``, and never as ended.

Nothing heavy may be imported here: this runs at the end of every command of the app, and mostly finds nothing new to
tell.
"""

from __future__ import annotations

import os
import time

from scrubbing import files, quota

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from scrubbing.usage.update import SessionUpdate

    Status = Literal["ok", "errored", "abnormal", "crashed"]

#: From good to bad.
STATUSES = ("ok", "errored", "abnormal", "crashed")
#: Those that Sentry has words for; an errored session is one that is ok, with errors.
_LAST = ("abnormal", "crashed")

_PREFIX = "session "
_LONGEST = 64
_UNNAMED = "<?>"
_SID_LENGTH = 36
_UNREADABLE = "sessions:unreadable"


class Sessions:
    """The day's sessions, shared by all processes of the app. Never raises.

    Args:
        path: the file that keeps them; None where no directory can be had, then no session is told.
        drop: counts what cannot be told, by its reason.
        limits: caps a day; the one named ``sessions`` counts here.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        path: str | None,
        *,
        drop: Callable[[str], None],
        limits: Mapping[str, int] = quota.LIMITS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._drop = drop
        self._limit = limits["sessions"]
        self._clock = clock

    def is_news(self, subcommand: str, status: Status) -> bool:
        """Whether ``record`` may have something to tell, by a look at the file without the lock.

        Args:
            subcommand: its name.
            status: one of ``STATUSES``.
        """
        if self._path is None:
            return True  # for record to say so
        try:
            day = quota.read_day(self._path, quota.day_number(self._clock), _understands)
        except OSError:
            return True  # said, and put right for tomorrow, under the lock
        return day.turned or self._changes(day, _key(subcommand), status)

    def record(self, subcommand: str, status: Status) -> SessionUpdate | None:
        """Record how a run of a subcommand began or ended.

        Args:
            subcommand: its name; one that no file can keep in a line is recorded as ``<?>``.
            status: one of ``STATUSES``.

        Returns:
            What is to be told now: None when today's session said as much already, or today has its sessions.
        """
        if self._path is None:
            self._drop(_UNREADABLE)
            return None
        if not self.is_news(subcommand, status):
            return None
        try:
            return self._tell(self._path, _key(subcommand), status)
        except (OSError, ValueError):
            self._drop(_UNREADABLE)
            return None

    def forget(self) -> None:
        """Leave nothing of them: there is a no, and all may have been erased before this was written."""
        for path in [] if self._path is None else [self._path, f"{self._path}.lock"]:
            try:
                os.unlink(path)
            except OSError:  # noqa: PERF203 - it is gone, or stays; without a yes nobody tells of it
                continue

    def _changes(self, day: quota.Day, key: str, status: str) -> bool:
        if day.damaged:
            return False
        told = day.entries.get(key)
        if told is None:
            return len(day.entries) < self._limit
        return STATUSES.index(status) > STATUSES.index(told.split()[0])

    def _tell(self, path: str, key: str, status: str) -> SessionUpdate | None:
        with files.locked(path):
            try:
                day = quota.read_day(path, quota.day_number(self._clock), _understands)
            except files.Damaged:
                self._drop(_UNREADABLE)
                day = quota.read_or_close_day(path, quota.day_number(self._clock), _understands)
            changes = self._changes(day, key, status)
            if changes:
                # Written before it is told: an update that gets lost is missing once, never counted twice.
                day.entries[key] = _next(day.entries.get(key), status, int(self._clock()))
            if changes or day.turned:
                day.write(path)
        return _update(key, day.entries[key]) if changes else None


def _key(subcommand: str) -> str:
    return _PREFIX + (subcommand if _fits(subcommand) else _UNNAMED)


def _next(told: str | None, status: str, now: int) -> str:
    if told is None:
        from scrubbing.identity.ids import as_uuid

        return f"{status} {as_uuid(os.urandom(16))} {now} {int(status != 'ok')} 0"
    _, sid, started, errors, seq = told.split()
    return f"{status} {sid} {started} {int(errors) + 1} {int(seq) + 1}"


def _update(key: str, entry: str) -> SessionUpdate:
    from scrubbing.usage.update import SessionUpdate

    status, sid, started, errors, seq = entry.split()
    return SessionUpdate(
        sid=sid,
        init=seq == "0",
        started=int(started),
        status=status if status in _LAST else "ok",
        errors=int(errors),
        seq=int(seq),
        subcommand=key[len(_PREFIX) :],
    )


def _fits(subcommand: str) -> bool:
    plain = subcommand.isascii() and subcommand.isprintable() and "=" not in subcommand
    return plain and 0 < len(subcommand) <= _LONGEST and subcommand == subcommand.strip()


def _understands(key: str, value: str) -> bool:
    if not key.startswith(_PREFIX):
        return False
    match value.split():
        case [status, sid, started, errors, seq]:
            return status in STATUSES and _is_sid(sid) and all(map(quota.is_count, (started, errors, seq)))
    return False


def _is_sid(text: str) -> bool:
    return len(text) == _SID_LENGTH and set("0123456789abcdef-").issuperset(text)
