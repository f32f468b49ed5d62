"""How much: the caps of a day, kept across runs and processes in one small file of lines.

A day is a UTC day by its number since 1970. The file tells the day its entries belong to and the greatest day that
was ever given fresh entries, so that a clock which jumps back does not give one day twice (``Day.turn`` says how).
It is read without a lock, changed under one, and left alone once the quota is used up; a file that cannot be
understood counts as full until the day ends.

Nothing heavy may be imported here: the end of every command of the app passes through this module.
"""

from __future__ import annotations

import os
import time

from scrubbing import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Caps a UTC day: sessions, events of one fingerprint, events with an exception, all events, bytes of all events.
#: And one a second and process: events without an exception, since those with one have caps low enough.
LIMITS = {"sessions": 20, "fingerprint": 3, "crashes": 10, "events": 200, "bytes": 1024 * 1024, "second": 10}

SECONDS_A_DAY = 86400

#: A recorded day more than this many days ahead of the clock may have been recorded by a clock that was wrong.
_DAYS_AHEAD = 2

#: Fingerprints told apart in a day, so that the file stays at a few kB whatever the limits are.
_FINGERPRINTS = 100

_COUNTERS = ("events", "bytes", "crashes")
_FINGERPRINT = "fingerprint "
_UNREADABLE = "quota:unreadable"
_DIGITS = 15


class Day:
    """The entries of one day in a file of lines.

    Args:
        number: the day by the clock that wrote it, in days since 1970.
        greatest: the greatest day that was given fresh entries; it names the quota that the entries use up.
        entries: what the file's owner keeps.
        damaged: whether the file could not be understood; such a day is over, whatever its entries say.
        turned: whether the file does not know of this day yet.
    """

    __slots__ = ("damaged", "entries", "greatest", "number", "turned")

    def __init__(
        self, number: int, greatest: int, entries: dict[str, str], *, damaged: bool = False, turned: bool = False
    ) -> None:
        self.number = number
        self.greatest = greatest
        self.entries = entries
        self.damaged = damaged
        self.turned = turned

    def turn(self, today: int) -> Day:
        """This day as it stands today: fresh when a new day has begun, else with everything counted so far.

        A clock that jumped back keeps counting in the same entries. When it walks on from there into another day
        while the greatest day is still far ahead, the greatest day came from a wrong clock and is forgotten: one
        start in the year 2099 does not end the quota for good. A clock that jumps forward gets a fresh day; nothing
        tells that from time passing.

        Args:
            today: the clock's day, in days since 1970.
        """
        walked_on = today > self.number and self.greatest - today > _DAYS_AHEAD
        if today > self.greatest or walked_on:
            return Day(today, today, {}, turned=True)
        return Day(today, self.greatest, self.entries, damaged=self.damaged, turned=today != self.number)

    def write(self, path: str) -> None:
        """Replace the file by this day. Call it under the file's lock.

        Raises:
            OSError: it cannot be written.
        """
        lines = {"day": str(self.number), "greatest": str(self.greatest)}
        if self.damaged:
            lines["damaged"] = "yes"
        files.write_lines(path, {**lines, **self.entries})


def day_number(clock: Callable[[], float]) -> int:
    """The clock's UTC day, in days since 1970; a clock before that stands at 0."""
    return max(0, int(clock() // SECONDS_A_DAY))


def read_day(path: str, today: int, understands: Callable[[str, str], bool]) -> Day:
    """The day in the file, turned to today; a fresh one when there is no file.

    Args:
        path: the file of lines.
        today: the clock's day, in days since 1970.
        understands: whether an entry, by key and value, is one that the file's owner could have written.

    Raises:
        files.Damaged: the file is not one of ours, or cannot be read.
    """
    lines = files.read_lines(path)
    if not lines:
        # A power cut can leave an empty file where a full one was: only where nothing is has nothing been counted.
        if os.path.lexists(path):
            raise files.Damaged(path, "is empty")
        return Day(today, today, {}, turned=True)
    number, greatest = lines.pop("day", ""), lines.pop("greatest", "")
    damaged = lines.pop("damaged", "no") != "no"
    if not (is_count(number) and is_count(greatest) and all(understands(*entry) for entry in lines.items())):
        raise files.Damaged(path, "has lines of somebody else")
    return Day(int(number), int(greatest), lines, damaged=damaged).turn(today)


def read_or_close_day(path: str, today: int, understands: Callable[[str, str], bool]) -> Day:
    """Like ``read_day``; a damaged file is replaced by one that says today is over. Call it under the file's lock.

    Raises:
        OSError: the damaged file cannot be replaced.
    """
    try:
        return read_day(path, today, understands)
    except files.Damaged:
        day = Day(today, today, {}, damaged=True)
        day.write(path)
        return day


def is_count(text: str) -> bool:
    """Whether a text of a file is a number we could have written: plain digits, of a bounded length."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


class Over:
    """No: the day's quota is used up, or nobody can tell.

    Args:
        reason: one of ``quota:fingerprint``, ``quota:crashes``, ``quota:events``, ``quota:bytes``,
            ``quota:second``, ``quota:unreadable``, for counting the drop.
    """

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __repr__(self) -> str:
        """The reason, for a failing test."""
        return f"Over({self.reason!r})"


class Rate:
    """So many in a second at once, and as many again a second later: in memory, by a clock that nobody sets.

    Args:
        limit: how many.
        ticks: seconds since some moment.
    """

    __slots__ = ("_left", "_limit", "_since", "_ticks")

    def __init__(self, limit: int, ticks: Callable[[], float]) -> None:
        self._limit = limit
        self._ticks = ticks
        self._left = float(limit)
        self._since = ticks()

    def take(self) -> bool:
        """Take one, if there is one. Two threads at once may get one more: it is no exact number that protects."""
        now = self._ticks()
        self._left = min(float(self._limit), self._left + max(0.0, now - self._since) * self._limit)
        self._since = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True


class Quota:
    """The day's quota of events, shared by all processes of the app. Never raises.

    Args:
        path: the file that keeps the counters; None where no directory can be had, then everything is over.
        limits: caps a day, by the names in ``LIMITS``; without ``second`` there is no cap on the rate.
        clock: seconds since 1970.
        ticks: seconds since some moment, by a clock that is never set.
    """

    def __init__(
        self,
        path: str | None,
        *,
        limits: Mapping[str, int] = LIMITS,
        clock: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._limits = limits
        self._clock = clock
        self._rate = Rate(limits["second"], ticks) if "second" in limits else None

    def reserve(self, *, crash: bool, fingerprint: str | None) -> Reservation | Over:
        """Take one event out of today's quota, before any work is done for it.

        Args:
            crash: whether the event has an exception.
            fingerprint: the crash's fingerprint; crashes without one share the quota of a single fingerprint.
        """
        counters = _counters_of(crash, fingerprint)
        if not crash and self._rate is not None and not self._rate.take():
            return Over("quota:second")
        reservation = Reservation(self._change, counters)
        over = self._over_already(counters) or self._change(reservation.take)
        return over or reservation

    def _over_already(self, counters: tuple[str, ...]) -> Over | None:
        # Without the lock: nearly all rounds of a crash loop end here, having written nothing.
        if self._path is None:
            return Over(_UNREADABLE)
        try:
            day = read_day(self._path, day_number(self._clock), _understands)
        except OSError:
            return None  # said, and put right for tomorrow, under the lock
        return None if day.turned else _judge(day, counters, self._limits)

    def _change(self, step: Callable[[Day, Mapping[str, int]], Over | None]) -> Over | None:
        if self._path is None:
            return Over(_UNREADABLE)
        try:
            with files.locked(self._path):
                day = read_or_close_day(self._path, day_number(self._clock), _understands)
                before = dict(day.entries)
                over = step(day, self._limits)
                if day.entries != before or (day.turned and day.entries):
                    day.write(self._path)
        except (OSError, ValueError):
            return Over(_UNREADABLE)
        return over


class Reservation:
    """One event taken out of a day's quota; made by ``Quota.reserve``. Not for several threads at once."""

    __slots__ = ("_change", "_counters", "_quota_of", "_size", "_state")

    def __init__(
        self,
        change: Callable[[Callable[[Day, Mapping[str, int]], Over | None]], Over | None],
        counters: tuple[str, ...],
    ) -> None:
        self._change = change
        self._counters = counters
        self._quota_of = 0
        self._size = 0
        self._state = "new"

    def settle(self, size_bytes: int) -> Over | None:
        """Say how big the envelope became. An answer means: do not keep it; the event is given back already.

        Args:
            size_bytes: the envelope's size in bytes, as it will be stored.
        """
        if self._state != "taken":
            return None if self._state == "settled" else Over(_UNREADABLE)
        self._size = size_bytes
        over = self._change(self._weigh)
        if over is not None:
            self.give_back()
        return over

    def give_back(self) -> None:
        """Return the event, and its bytes when it was settled, to the day it was taken from; once.

        When the file cannot be changed the event stays counted.
        """
        if self._state in ("taken", "settled"):
            self._change(self._return)
            self._state = "returned"

    def take(self, day: Day, limits: Mapping[str, int]) -> Over | None:
        """Count the event in, unless the day is over; a step of ``Quota``."""
        over = _judge(day, self._counters, limits)
        if over is None:
            _add(day, self._counters, 1)
            self._quota_of = day.greatest
            self._state = "taken"
        return over

    def _weigh(self, day: Day, limits: Mapping[str, int]) -> Over | None:
        if day.damaged:
            return Over(_UNREADABLE)
        if int(day.entries.get("bytes", "0")) + self._size > limits["bytes"]:
            return Over("quota:bytes")
        _add(day, ("bytes",), self._size)
        self._state = "settled"
        return None

    def _return(self, day: Day, limits: Mapping[str, int]) -> Over | None:  # noqa: ARG002 - the shape of a step
        if (
            day.greatest == self._quota_of and not day.damaged and day.entries
        ):  # where nothing is counted the file is gone
            _add(day, self._counters, -1)
            if self._state == "settled":
                _add(day, ("bytes",), -self._size)
        return None


def _judge(day: Day, counters: tuple[str, ...], limits: Mapping[str, int]) -> Over | None:
    if day.damaged:
        return Over(_UNREADABLE)
    for counter in (*counters, "bytes"):
        limit = "fingerprint" if counter.startswith(_FINGERPRINT) else counter
        full = limit == "fingerprint" and counter not in day.entries and len(day.entries) >= _FINGERPRINTS
        if full or int(day.entries.get(counter, "0")) >= limits[limit]:
            return Over("quota:" + limit)
    return None


def _add(day: Day, counters: tuple[str, ...], number: int) -> None:
    for counter in counters:
        day.entries[counter] = str(max(0, int(day.entries.get(counter, "0")) + number))


def _counters_of(crash: bool, fingerprint: str | None) -> tuple[str, ...]:
    if not crash:
        return ("events",)
    return (_FINGERPRINT + _key(fingerprint or "none"), "crashes", "events")


def _key(fingerprint: str) -> str:
    # Hashed whatever it is: a key must not hold what would end a line or a key.
    import hashlib

    return hashlib.sha256(fingerprint.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _understands(key: str, value: str) -> bool:
    return is_count(value) and (key in _COUNTERS or key.startswith(_FINGERPRINT))
