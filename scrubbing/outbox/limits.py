"""What the server asked for: until when which categories must wait, kept across runs in a file of lines.

The words are Sentry's: ``X-Sentry-Rate-Limits: seconds:categories:scope:reason:namespaces, ...`` counts on any
status, empty categories mean all of them; else ``Retry-After`` counts on a 429, else 60 seconds.
"""

from __future__ import annotations

from scrubbing import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Stands for all categories.
ALL = "*"

_TOO_MANY = 429
_DEFAULT_SECONDS = 60.0
#: Longest wait believed, in seconds: a server's slip or a clock that was wrong must not silence an app for good.
_LONGEST_SECONDS = 86400.0
_CATEGORIES = 32
_LONGEST_HEADER = 4096
_WORD = frozenset("abcdefghijklmnopqrstuvwxyz_")


def asked(status: int, headers: Mapping[str, str], now: float) -> dict[str, float]:
    """Until when which categories must wait, by one answer of the server.

    Args:
        status: the HTTP status.
        headers: the answer's headers, looked up without regard to case.
        now: seconds since 1970.
    """
    until = {
        category: now + seconds
        for quota in headers.get("X-Sentry-Rate-Limits", "")[:_LONGEST_HEADER].split(",")
        for category, seconds in _parse(quota)
    }
    if not until and status == _TOO_MANY:
        return {ALL: now + _retry_after(headers.get("Retry-After", ""), now)}
    return dict(list(until.items())[:_CATEGORIES])


def read(path: str | None, now: float) -> dict[str, float]:
    """Until when which categories must wait still.

    Empty where the file cannot be understood: the server will say it again.

    Args:
        path: the file; None where no directory can be had.
        now: seconds since 1970.
    """
    try:
        lines = files.read_lines(path) if path is not None else {}
        until = {category: float(value) for category, value in lines.items()}
    except (OSError, ValueError):
        return {}
    return {category: at for category, at in until.items() if now < at <= now + _LONGEST_SECONDS}


def write(path: str | None, until: Mapping[str, float]) -> None:
    """Keep them for the next run. Call it under the outbox's lock.

    Raises:
        OSError: the file cannot be written.
    """
    if path is not None:
        files.write_lines(path, {category: f"{at:.0f}" for category, at in until.items()})


def is_limited(category: str, until: Mapping[str, float], now: float) -> bool:
    """Whether envelopes of a category must wait now."""
    return max(until.get(category, 0.0), until.get(ALL, 0.0)) > now


def _parse(quota: str) -> list[tuple[str, float]]:
    seconds, colon, rest = quota.strip().partition(":")
    if not colon:
        return []
    names = rest.partition(":")[0]
    wait = _seconds(seconds)
    return [(name or ALL, wait) for name in names.split(";") if _WORD.issuperset(name)]


def _retry_after(value: str, now: float) -> float:
    if value.strip()[:1].isdigit():
        return _seconds(value)
    from email.utils import parsedate_to_datetime

    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - now), _LONGEST_SECONDS)
    except (TypeError, ValueError, OverflowError):
        return _DEFAULT_SECONDS


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return _DEFAULT_SECONDS
    return min(max(0.0, seconds), _LONGEST_SECONDS) if seconds == seconds else _DEFAULT_SECONDS  # noqa: PLR0124 - not a number
