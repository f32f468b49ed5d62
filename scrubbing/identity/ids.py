"""The random ids that may leave: made of a local secret, one for each purpose, and of nothing else.

An id is an HMAC, keyed with the purpose's secret, of the purpose, the author's word and what it is for: a period, a
crash's fingerprint, or nothing. So two ids cannot be linked by who has both but not the secret, and nothing of a
machine, a person or a moment can be read out of one. It has the form of a random UUID.

The secrets stand in one small file of lines, ``purpose = word secret``. They are made after a yes and when an id is
needed, never before; without the file there are no ids, and new secrets make new ones.

Nothing heavy may be imported here: this runs at the start of programs whose user said yes.
"""

from __future__ import annotations

import os
import time

from scrubbing import files
from scrubbing.identity.words import PERIODS, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_SECRET_BYTES = 32
_HEX = frozenset("0123456789abcdef")
_SECONDS_A_DAY = 86400
#: 1970-01-01 was a Thursday; weeks begin on Mondays.
_DAYS_BEFORE_MONDAY = 3
#: The end of the year 9999: systems differ in what they make of a later time.
_LATEST = 253_402_300_799.0


class Secret:
    """What a purpose's ids are made of.

    Args:
        word: what the app's author said of them, one of `words.WORDS`.
        key: random bytes.
    """

    __slots__ = ("key", "word")

    def __init__(self, word: str, key: bytes) -> None:
        self.word = word
        self.key = key

    def id(self, purpose: str, *, at: float, fingerprint: str | None = None) -> str | None:
        """The id of a moment, or of a crash; ``None`` for a crash nobody could tell from others.

        Args:
            purpose: the purpose whose secret this is.
            at: the time, in seconds since 1970; its period counts alone.
            fingerprint: the crash's; looked at under ``per-issue`` alone.
        """
        what = fingerprint if self.word == "per-issue" else period(self.word, at)
        if what is None:
            return None
        import hmac

        said = f"scrubbing\n{purpose}\n{self.word}\n{what}"
        return as_uuid(hmac.digest(self.key, said.encode("utf-8", "backslashreplace"), "sha256"))


class Ids:
    """The ids of one app on this machine. Never raises; where no id can be had there is none.

    Args:
        path: the file of secrets; ``None`` where no directory can be had, then there are no ids.
        sessions: the file of the day's sessions, which belong to an id and go with it.
        words: what the author said, by purpose.
        allowed: whether what is collected for a purpose may be sent, now; else it needs no id.
        failed: counts, by its reason, what went wrong.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        path: str | None,
        sessions: str | None,
        words: Mapping[str, str],
        *,
        allowed: Callable[[str], bool],
        failed: Callable[[str], None] = lambda _reason: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._sessions = sessions
        self._words = words
        self._allowed = allowed
        self._failed = failed
        self._clock = clock

    def prepare(self) -> None:
        """Make the secrets that are needed now: at a program's start, so that a preview can show the ids."""
        for purpose in self._words:
            self._secret(purpose)

    def id(
        self, purpose: str, *, at: float | None = None, fingerprint: str | None = None, make: bool = True
    ) -> str | None:
        """The id that a report for a purpose leaves with now; ``None``: without one.

        Args:
            purpose: the purpose.
            at: the time it is for, in seconds since 1970; now if ``None``.
            fingerprint: of a crash.
            make: whether a missing secret may be made.
        """
        secret = self._secret(purpose, make=make)
        if secret is None:
            return None
        return secret.id(purpose, at=self._clock() if at is None else at, fingerprint=fingerprint)

    def _secret(self, purpose: str, *, make: bool = True) -> Secret | None:
        word = self._words.get(purpose, "none")
        if self._path is None or word == "none":
            return None
        try:
            if not self._allowed(purpose):
                return None
            found = read(self._path).get(purpose)
            if found is None or (found.word != word and make):
                return self._make(self._path, purpose, word) if make else None
        except Exception:  # noqa: BLE001 - whatever it is: a report without an id is a good report
            self._failed("identity:unusable")
            return None
        return Secret(word, found.key)

    def _make(self, path: str, purpose: str, word: str) -> Secret | None:
        """Two processes that come here at once agree: the second finds what the first wrote."""
        with files.locked(path):
            secrets = read(path)
            found = secrets.get(purpose)
            made = Secret(word, os.urandom(_SECRET_BYTES) if found is None else found.key)
            if found is None and purpose == "usage":
                _forget_sessions(self._sessions)
            _write(path, {**secrets, purpose: made})
        if not self._allowed(purpose):  # whoever said no meanwhile may have found nothing to delete
            forget(path, self._sessions, [purpose])
            return None
        return made


def read(path: str) -> dict[str, Secret]:
    """The secrets in the file, by purpose; ``{}`` where there is no file.

    Raises:
        files.Damaged: the file is not one of ours, or others can write it.
    """
    secrets = {}
    for purpose, line in files.read_lines(path).items():
        word, _, key = line.partition(" ")
        whole = len(key) == 2 * _SECRET_BYTES and _HEX.issuperset(key)
        if not (word in WORDS.get(purpose, ()) and whole):
            raise files.Damaged(path, "has a line that is no purpose, word and secret")
        secrets[purpose] = Secret(word, bytes.fromhex(key))
    return secrets


def forget(path: str | None, sessions: str | None, purposes: Iterable[str]) -> bool:
    """Delete the secrets of purposes, and with them every id that was made of them; whether there were any.

    A damaged file, and one whose lock is not to be had, goes as a whole.

    Args:
        path: the file of secrets.
        sessions: the file of the day's sessions.
        purposes: which.

    Raises:
        OSError: it is still there.
    """
    if path is None or not os.path.lexists(path):
        return False
    try:
        with files.locked(path):
            secrets = read(path)
            left = {purpose: secret for purpose, secret in secrets.items() if purpose not in set(purposes)}
            if left == secrets:
                return False
            if left:
                _write(path, left)
            else:
                _unlink(path)
    except (files.Damaged, files.Busy):
        _unlink(path)
    _forget_sessions(sessions)
    return True


def rotate(path: str | None, sessions: str | None) -> bool:
    """Make new secrets for the purposes that have one; whether there were any. A damaged file goes.

    Args:
        path: the file of secrets.
        sessions: the file of the day's sessions.

    Raises:
        OSError: the old secrets are still there.
    """
    if path is None or not os.path.lexists(path):
        return False
    try:
        with files.locked(path):
            made = {purpose: Secret(old.word, os.urandom(_SECRET_BYTES)) for purpose, old in read(path).items()}
            _write(path, made)
    except files.Damaged:
        _unlink(path)
    _forget_sessions(sessions)
    return True


def period(word: str, at: float) -> str | None:
    """Name the period a moment lies in, UTC: ``day 20784``, ``week 2969``, ``month 2026-11``, or the one there is.

    Args:
        word: ``day``, ``week``, ``month`` or ``stable``; ``None`` comes back for others.
        at: seconds since 1970.
    """
    if word == "stable":
        return ""
    if word not in PERIODS:
        return None
    at = min(max(at, 0.0), _LATEST)
    day = int(at // _SECONDS_A_DAY)
    if word == "month":
        return time.strftime("month %Y-%m", time.gmtime(at))
    return f"day {day}" if word == "day" else f"week {(day + _DAYS_BEFORE_MONDAY) // 7}"


def _write(path: str, secrets: Mapping[str, Secret]) -> None:
    lines = {purpose: f"{secret.word} {secret.key.hex()}" for purpose, secret in secrets.items()}
    files.write_lines(path, lines)


def _forget_sessions(path: str | None) -> None:
    """Let the day's sessions begin anew: one that went on under a new id would tell that both are the same user's.

    A damaged file stays: there is no session in it, and for whoever keeps them it means that the day is over.
    """
    if path is None or not os.path.lexists(path):
        return
    try:
        with files.locked(path):
            files.read_lines(path)
            _unlink(path)
    except files.Damaged:
        return
    except files.Busy:
        _unlink(path)


def _unlink(path: str) -> None:
    # Where the file is a link the user made, what it points at is what must not be read again.
    _gone(os.path.realpath(path))
    _gone(path)


def _gone(path: str) -> None:
    try:  # noqa: SIM105 - contextlib is not for here
        os.unlink(path)
    except FileNotFoundError:
        pass


def as_uuid(random: bytes) -> str:
    """Write 16 random bytes as a UUID4 (RFC 9562, section 5.4), without the time that importing ``uuid`` takes."""
    digits = bytearray(random[:16])
    digits[6] = digits[6] & 0x0F | 0x40
    digits[8] = digits[8] & 0x3F | 0x80
    text = digits.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
