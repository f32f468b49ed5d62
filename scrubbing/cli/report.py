"""The text of ``status``: plain lines, the answer first."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from scrubbing.cli.colour import BAD, MODES, TITLE, paint
from scrubbing.cli.reasons import explain
from scrubbing.consent import PURPOSES, variable
from scrubbing.consent.table import OUTSIDE
from scrubbing.drops import EXACT

if TYPE_CHECKING:
    from scrubbing.cli.subject import Subject
    from scrubbing.consent import Verdict

_FOUND = {True: "", False: "not there"}
_SAYS = {"nothing": "does not apply", "caps at local": "at most local"}


def report(subject: Subject, found: dict[str, Any], *, why: bool) -> str:
    """Write what is decided and why, where files are, what waits and what was dropped.

    Args:
        subject: the app.
        found: what its status is.
        why: every row of the table, not the deciding ones alone.
    """
    rows = {purpose: subject.consent.why_for(purpose) for purpose in PURPOSES}
    parts = [
        _decided(subject, found, rows),
        _rows(subject.app, rows["crashes"]) if why else [],
        _last_verdict(subject, found["last_verdict"]),
        _waiting(found["waiting"]),
        _shelf("Collected under local, kept here", found["kept"]),
        _shelf("Sent, and kept here to be read", found["sent"]),
        _hard(found["hard_crashes"], found["hard_crashes_found"]),
        _dropped(found["dropped"]),
        _limited(found["limited"]),
        _files(found["files"]),
        _titled("Something is wrong", [f"  {paint(problem, BAD)}" for problem in found["problems"]]),
    ]
    return "\n\n".join("\n".join([paint(part[0], TITLE if part[1:] else ""), *part[1:]]) for part in parts if part)


def table(rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of columns, indented; the last column takes what it needs. Modes have colours, where there are any."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    padded = [[(cell, cell.ljust(width)) for cell, width in zip(row, widths, strict=True)] for row in texts]
    return ["  " + "  ".join(paint(text, MODES.get(cell, "")) for cell, text in row).rstrip() for row in padded]


def moment(seconds: float) -> str:
    """A time for people: UTC, to the minute."""
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(seconds))


def deciding(rows: Iterable[Verdict]) -> Verdict:
    """The row that decides."""
    return next(row for row in rows if row.decides)


def because(row: Verdict) -> str:
    """Why a row says what it says."""
    return f"{row.note or row.sentence} (row {row.number}, {row.row})"


def _decided(subject: Subject, found: dict[str, Any], rows: dict[str, tuple[Verdict, ...]]) -> list[str]:
    lines = table((purpose, found["modes"][purpose], because(deciding(rows[purpose]))) for purpose in PURPOSES)
    if not subject.is_outside:
        return [f"{subject.app}, which sends to {found['address'] or 'nobody: there is no DSN'}:", *lines]
    unknown = [str(row.number) for row in rows["crashes"] if row.app_only]
    known = f"Rows {' and '.join(unknown)} and the app's part of row 9 are known to {subject.app} only."
    return [f"{subject.app}, as far as can be told from outside:", *lines, known]


def _rows(app: str, rows: Iterable[Verdict]) -> list[str]:
    lines = table(
        (">" if row.decides else " ", row.number, row.row, _says(row), row.note or _sentence(app, row)) for row in rows
    )
    return ["Asked about crashes, row by row (> decides):", *lines]


def _says(row: Verdict) -> str:
    return "unknown here" if row.note == OUTSIDE else _SAYS.get(row.says, row.says)


def _sentence(app: str, row: Verdict) -> str:
    return row.sentence.replace("<APP>_TELEMETRY", variable(app))


def _last_verdict(subject: Subject, verdict: dict[str, str]) -> list[str]:
    if not subject.is_outside:
        return []
    if not verdict:
        return [f"{subject.app} has not run with anything switched on yet."]
    when = f"{verdict.get('release') or subject.app} itself last decided on {verdict.get('date', '?')}:"
    pairs = [(purpose, verdict[purpose].partition(" ")) for purpose in PURPOSES if purpose in verdict]
    return [when, *table((purpose, mode, f"by row {row}") for purpose, (mode, _, row) in pairs)]


def _waiting(waiting: list[dict[str, Any]]) -> list[str]:
    if not waiting:
        return ["Nothing waits to be sent."]
    total = sum(entry["bytes"] for entry in waiting)
    lines = table((entry["id"], moment(entry["created"]), entry["bytes"], entry["purpose"]) for entry in waiting)
    return [f"Waiting to be sent: {len(waiting)}, {total} bytes in all", *lines]


def _shelf(what: str, entries: list[dict[str, Any]]) -> list[str]:
    return [f"{what}: {len(entries)}, shown by `show`"] if entries else []


def _hard(state: str, number: int) -> list[str]:
    lines = [] if state == "off" else [f"Hard crashes: {state}."]
    if number:
        lines.append(f"Ended without a goodbye (a hard crash, or killed), to be told at the next start: {number}")
    return lines


def _dropped(dropped: dict[str, dict[str, Any]]) -> list[str]:
    latest = sorted(dropped.items(), key=lambda item: (item[1]["last"], item[1]["number"]), reverse=True)
    lines = table((_times(reason, one["number"]), one["last"], reason, explain(reason)) for reason, one in latest)
    return _titled("Dropped, with the last date", lines)


def _times(reason: str, number: int) -> str:
    return f"{'about ' if reason.startswith('quota:') and number > EXACT else ''}{number} x"


def _limited(limited: dict[str, int]) -> list[str]:
    return _titled("The server asked to wait", table((category, f"{left} s") for category, left in limited.items()))


def _files(files: dict[str, dict[str, Any]]) -> list[str]:
    lines = table(
        (name, place["path"] or "no directory can be had", _FOUND[place["exists"]]) for name, place in files.items()
    )
    return _titled("Files", lines)


def _titled(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *lines] if lines else []
