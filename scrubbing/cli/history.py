"""The verbs that look back: ``log`` says what became of each envelope, ``show`` prints one in exact bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from scrubbing.cli.reasons import explain
from scrubbing.cli.report import moment, table
from scrubbing.cli.said import FAILED, WRONG_USE, Said
from scrubbing.cli.subject import shelves
from scrubbing.drops import Drops
from scrubbing.errors import PolicyError, Refused, ScrubbingError
from scrubbing.outbox import history
from scrubbing.outbox.history import History, Told

if TYPE_CHECKING:
    from scrubbing.cli.subject import Shelf, Subject
    from scrubbing.outbox.store import Entry

_WAITING = "waiting"
_SENTENCES = {
    history.SENT: "sent, and the server took it ({detail})",
    history.UNANSWERED: "sent, perhaps: the line broke before the server answered, and it may go once only",
    history.EXPIRED: "expired: it waited too long for a server that answers",
    history.FULL: "gave way to newer ones while the server did not answer",
    history.ERASED: "erased, not sent: the yes was taken back",
    _WAITING: "waits to be sent",
}


def log(subject: Subject, *, which: str | None = None, as_json: bool = False) -> Said:
    """Say what became of each envelope of the last 90 days, the newest last, and what waits.

    Args:
        subject: the app.
        which: the id of the one envelope to tell of.
        as_json: a list of all there is to know of each.
    """
    try:
        found = [one for one in _known(subject) if which in (None, one["id"])]
    except (OSError, ScrubbingError) as error:
        return Said(FAILED, note=f"log: {error}")
    if as_json:
        return Said(out=json.dumps(found, indent=2))
    if which is not None and not found:
        return Said(WRONG_USE, note="log: nothing is known of this ID; `log` lists what there is")
    if not found:
        return Said(out="Nothing was sent or kept from being sent in the last 90 days, and nothing waits.")
    rows = ((moment(one["at"]), one["id"], one["purpose"], f"{one['bytes']} bytes", one["sentence"]) for one in found)
    return Said(out="\n".join([*table(rows), "`show ID` prints what still lies here in exact bytes."]))


def show(subject: Subject, *, which: str | None = None, example: bool = False) -> Said:
    """List what waits, or print an envelope's exact bytes.

    Args:
        subject: the app.
        which: the id of the envelope to print.
        example: print what a crash would send.
    """
    if example:
        return Said(WRONG_USE, note="show: expected either an ID or --example") if which else _example(subject)
    drops = Drops(subject.consent.places.drops)
    try:
        found = [(shelf, entry) for shelf in shelves(subject, drops) for entry in shelf.outbox.waiting()]
        return _list(found) if which is None else _bytes(subject, found, which)
    except (OSError, ScrubbingError) as error:
        return Said(FAILED, note=f"show: {error}")
    finally:
        drops.save()


def _known(subject: Subject) -> list[dict[str, Any]]:
    """What became of envelopes, oldest first, then what waits."""
    drops = Drops(subject.consent.places.drops)
    try:
        # First, since looking at what waits lets go of what expired, which is told.
        waiting = [entry for shelf in shelves(subject, drops) if shelf.is_outbox for entry in shelf.outbox.waiting()]
    finally:
        drops.save()
    told = sorted(History(subject.consent.places.history).told(), key=lambda one: one.at)
    return [*map(_of_told, told), *map(_of_waiting, waiting)]


def _of_told(one: Told) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at,
        "what": one.what,
        "detail": one.detail,
        "sentence": _sentence(one),
        "put": one.created,
        "purpose": one.purpose,
        "category": one.category,
        "bytes": one.size,
    }


def _of_waiting(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": int(entry.created),
        "what": _WAITING,
        "detail": "",
        "sentence": _SENTENCES[_WAITING],
        "put": int(entry.created),
        "purpose": entry.purpose,
        "category": entry.category,
        "bytes": entry.size,
    }


def _sentence(one: Told) -> str:
    if one.what == history.REFUSED:
        return f"refused, not kept: {explain(one.detail)} ({one.detail})"
    return _SENTENCES[one.what].format(detail=one.detail)


def _list(found: Iterable[tuple[Shelf, Entry]]) -> Said:
    lines: list[str] = []
    found = list(found)
    for title in dict.fromkeys(shelf.title for shelf, _ in found):
        rows = [entry for shelf, entry in found if shelf.title == title]
        lines += [title, *table((one.id, moment(one.created), f"{one.size} bytes", one.purpose) for one in rows)]
    if not any(shelf.is_outbox for shelf, _ in found):
        lines.insert(0, "Nothing waits to be sent.")
    if found:
        lines.append("`show ID` prints one in exact bytes; the moment of sending is added to its first line.")
    return Said(out="\n".join(lines))


def _bytes(subject: Subject, found: Iterable[tuple[Shelf, Entry]], which: str) -> Said:
    for shelf, entry in found:
        if entry.id == which:
            return Said(out=shelf.outbox.read(entry))
    for one in reversed(History(subject.consent.places.history).told()):
        if one.id == which:
            return Said(WRONG_USE, note=f"show: it lies here no more. {moment(one.at)}: {_sentence(one)}")
    return Said(WRONG_USE, note="show: nothing that waits or was kept has this ID; `show` lists what there is")


def _example(subject: Subject) -> Said:
    note = "By the strict preset, since the app's own is known to the app only." if subject.is_outside else ""
    try:
        return Said(out=subject.example(), note=note)
    except Refused as refused:
        return Said(FAILED, note=f"show: a crash would not be sent: {explain(refused.reason)} ({refused.reason})")
    except PolicyError as error:
        return Said(FAILED, note=f"show: a crash would not be sent: {error}")
