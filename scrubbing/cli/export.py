"""``export``: everything that is stored and was sent, as one readable JSON.

The exact bytes of each envelope stand in it beside what they say, with their hash. What cannot be read is named under
``problems``, and the rest is there all the same. The secret that ids are made of stays where it is: who has an export
need not be able to make the ids of other months.
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from scrubbing import clock, drops, files, wire
from scrubbing.cli.subject import shelves
from scrubbing.outbox import limits
from scrubbing.outbox.history import History, Told

if TYPE_CHECKING:
    from scrubbing.cli.subject import Shelf, Subject
    from scrubbing.outbox.store import Entry

#: Files of lines with a key of their own; any further one of the app's stands under ``files``.
_LINES = ("choice", "verdict", "quota", "sessions")
#: Directories of envelopes.
_SHELVES = ("outbox", "kept", "sent")
_MOST_TEXT = 1024 * 1024
_APART = ("identity", "drops", "limits", "history", "everyone", "admin")


def export(subject: Subject) -> dict[str, Any]:
    """Collect everything.

    Args:
        subject: the app.
    """
    return _Export(subject).whole()


class _Export:
    """One export and what could not be read for it."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.places = subject.consent.places
        self.problems: list[str] = []

    def whole(self) -> dict[str, Any]:
        places = self.places
        return {
            "app": self.subject.app,
            "exported": clock.now(),
            **{name: self.lines(name) for name in _LINES},
            "ids": self.ids(),
            "drops": self.read("drops", places.drops, self.drops, {}),
            "limits": self.limits(),
            "log": self.read("history", self.places.history, lambda _: self.log(), []),
            "files": self.others(),
            **self.envelopes(),
            "problems": self.problems,
        }

    def read(self, what: str, path: str | None, read: Callable[[str], Any], otherwise: Any) -> Any:
        if path is None:
            return otherwise
        try:
            return read(path)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with a file is told here, in its own words
            self.problems.append(f"{what}: {type(error).__name__}: {error}")
            return otherwise

    def lines(self, name: str) -> dict[str, str]:
        found: dict[str, str] = self.read(name, getattr(self.places, name), files.read_lines, {})
        return found

    def ids(self) -> dict[str, Any]:
        found = self.subject.ids(make=False)
        self.problems += found.problems
        return {
            "secret": self.places.identity if self.places.identity and os.path.lexists(self.places.identity) else None,
            **{one.purpose: {"word": one.word, "id": one.id} for one in found.rows},
        }

    def drops(self, path: str) -> dict[str, Any]:
        return {reason: {"number": number, "last": date} for reason, (number, date) in drops.read(path).items()}

    def log(self) -> list[dict[str, Any]]:
        """What became of each envelope."""
        told = History(self.places.history).told()
        return [{name: getattr(one, name) for name in Told.__slots__} for one in told]

    def limits(self) -> dict[str, str]:
        self.lines("limits")  # says so where they are damaged; for whoever sends they are then as good as none
        until = limits.read(self.places.limits, time.time())
        return {category or "all": clock.at(at) for category, at in until.items()}

    def others(self) -> dict[str, Any]:
        """Files that have a place and no key of their own here: by their lines, or as the text they are."""
        apart = {*_LINES, *_APART, "admins", "config_dir", "state_dir"}
        paths = {name: getattr(self.places, name) for name in self.places.__slots__ if name not in apart}
        found: dict[str, Any] = {}
        for name, path in paths.items():
            if path is not None and os.path.isfile(path):
                found[name] = self.read(name, path, _lines_or_text, None)
            elif path is not None and name not in _SHELVES and os.path.isdir(path):
                texts = {file: os.path.join(path, file) for file in sorted(os.listdir(path))}
                # What a link points at is not ours, and a pipe would be waited for.
                texts = {file: inside for file, inside in texts.items() if _is_file(inside)}
                found[name] = {file: self.read(file, inside, _text, None) for file, inside in texts.items()}
        return found

    def envelopes(self) -> dict[str, list[dict[str, Any]]]:
        found = {}
        expired = drops.Drops(self.places.drops)
        for shelf in shelves(self.subject, expired):
            name = os.path.basename(shelf.outbox.directory or "")
            made = self.read(name, shelf.outbox.directory, partial(self.shelf, shelf), [])
            found["waiting" if shelf.is_outbox else name] = made
        expired.save()
        return {name: found.get(name, []) for name in ("waiting", "kept", "sent")}

    def shelf(self, shelf: Shelf, _: str) -> list[dict[str, Any]]:
        entries = [*shelf.outbox.waiting(), *shelf.outbox.claimed()]
        made = [self.read(entry.name, entry.name, partial(_envelope, shelf, entry), None) for entry in entries]
        return [one for one in made if one is not None]


def _is_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _lines_or_text(path: str) -> Any:
    try:
        return files.read_lines(path)
    except files.Damaged:
        return _text(path)


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="backslashreplace") as file:
        return file.read(_MOST_TEXT)


def _envelope(shelf: Shelf, entry: Entry, _: str) -> dict[str, Any]:
    data = shelf.outbox.read(entry)
    try:
        exact: dict[str, str] = {"exact": data.decode()}
    except UnicodeDecodeError:
        exact = {"exact_base64": base64.b64encode(data).decode()}
    return {
        "id": entry.id,
        "purpose": entry.purpose,
        "category": entry.category,
        "since": clock.at(entry.created),
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        **_readable(data),
        **exact,
    }


def _readable(data: bytes) -> dict[str, Any]:
    from scrubbing.errors import SchemaError

    try:
        envelope = wire.read(data)
        items = [{"header": one.headers, "payload": wire.parse(one.payload, one.type)} for one in envelope.items]
    except SchemaError as error:
        return {"envelope": None, "problem": str(error)}
    return {"envelope": {"header": envelope.headers, "items": items}}
