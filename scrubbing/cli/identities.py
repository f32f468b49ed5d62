"""What the verb ``id`` says: which random ids reports leave with, for how long, and how to be rid of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from scrubbing.cli.colour import TITLE, paint
from scrubbing.cli.report import table
from scrubbing.cli.said import FAILED, Said
from scrubbing.identity import ids

if TYPE_CHECKING:
    from scrubbing.cli.named import Row
    from scrubbing.cli.subject import Subject
    from scrubbing.outbox.store import Outbox

#: How an id stands in an envelope.
_MARKS = (b'"did":"', b'"user":{"id":"')
#: How long an id stays the same, by the author's word.
LIVES = {
    "none": "reports leave without an id",
    "day": "another one each day (UTC)",
    "week": "another one each week, from Monday (UTC)",
    "month": "another one each month (UTC)",
    "stable": "the same until you change it",
    "per-issue": "another one for each bug",
}


def said(subject: Subject) -> Said:
    """Say which ids reports leave with now.

    Args:
        subject: the app.
    """
    found = subject.ids(make=True)
    whose = "" if not subject.is_outside else ", as far as can be told from outside"
    lines = [paint(f"Reports of {subject.app} leave with these ids{whose}:", TITLE)]
    lines += table((row.purpose, row.id or _without(subject, row), LIVES[row.word]) for row in found.rows)
    if any(row.id for row in found.rows):
        lines += [
            f"They are made of random bytes in {subject.consent.places.identity} and of nothing else.",
            "`id --rotate` makes new ones, `off` deletes them.",
        ]
    return Said(FAILED if found.problems else 0, "\n".join(lines), "\n".join(f"id: {p}" for p in found.problems))


def renewed(subject: Subject) -> Said:
    """Make new ids.

    Args:
        subject: the app.
    """
    places = subject.consent.places
    try:
        changed = ids.rotate(places.identity, places.sessions)
    except OSError as error:
        return Said(FAILED, note=f"id: the old ids are still in use: {error}")
    first = "From now on ids are new ones." if changed else "There is no id to change: none was made yet."
    named = _named(subject) if changed else 0
    kept = {0: [], 1: ["One report that waits was made before and keeps its old id; `off` erases it."]}
    lines = kept.get(named, [f"{named} reports that wait were made before and keep their old id; `off` erases them."])
    shown = said(subject)
    return Said(shown.code, "\n".join([first, *lines, str(shown.out)]), shown.note)


def left(subject: Subject, purposes: Iterable[str]) -> bool:
    """Say whether there is still what ids of purposes could be made of; what cannot be read could be that.

    Args:
        subject: the app.
        purposes: which.
    """
    path = subject.consent.places.identity
    try:
        return path is not None and not set(purposes).isdisjoint(ids.read(path))
    except OSError:
        return True


def _without(subject: Subject, row: Row) -> str:
    if row.word in ("none", "per-issue"):
        return "-"
    mode = subject.consent.mode(row.purpose)
    return "null" if mode == "off" or not subject.is_outside else "none yet"


def _named(subject: Subject) -> int:
    """How many reports wait with an id in them."""
    from scrubbing.cli.subject import shelves
    from scrubbing.drops import Drops

    waiting = [one.outbox for one in shelves(subject, Drops(None)) if one.is_outbox]
    try:
        return sum(_has_id(outbox) for outbox in waiting)
    except OSError:
        return 0


def _has_id(outbox: Outbox) -> int:
    return sum(any(mark in outbox.read(entry) for mark in _MARKS) for entry in outbox.waiting())
