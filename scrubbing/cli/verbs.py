"""What the verbs do. Each takes the app it is about and its own arguments, and returns what it says.

Nothing in here prints, and nothing opens a socket: what may be sent is sent by the app.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scrubbing.cli.history import log, show  # noqa: F401 - verbs too
from scrubbing.cli.report import because, deciding, report, table
from scrubbing.cli.said import FAILED, Said
from scrubbing.cli.subject import shelves
from scrubbing.consent import MODES, PURPOSES, last_verdict
from scrubbing.consent.words import BESIDE, COLLECTED, USUAL_PURPOSES, check_purposes
from scrubbing.drops import Drops
from scrubbing.errors import ConfigurationError, ScrubbingError

if TYPE_CHECKING:
    from scrubbing.cli.subject import Subject


def on(subject: Subject, purposes: Iterable[str] | None = None) -> Said:
    """Store a yes, say what for, and say what may still say no.

    Args:
        subject: the app.
        purposes: what the yes is for; none: crashes and usage.

    Raises:
        ConfigurationError: no such purpose.
    """
    named = check_purposes(tuple(purposes or ()) or USUAL_PURPOSES)
    failed = _stored(subject, "on", named)
    if failed:
        return failed
    lines = [f"Yes to {' and '.join(named)} is stored for {subject.app}."]
    lines += table((purpose, COLLECTED[purpose]) for purpose in named)
    lines += ["  " + BESIDE[subject.preset].format(app=subject.app)]
    return Said(out="\n".join([*lines, *_held_back(subject, named, "on"), *_unknown(subject)]))


def off(subject: Subject) -> Said:
    """Store a no to everything and erase what waits. No socket is opened.

    Args:
        subject: the app.
    """
    waited = _count(subject)
    failed = _stored(subject, "off", None)
    left = _count(subject)
    if failed:
        return failed
    if left:
        return Said(FAILED, f"No is stored for {subject.app}, but {left} waiting reports could not be erased.")
    erased = {0: "Nothing waited to be sent.", 1: "One waiting report was erased."}
    told = erased.get(waited or 0, f"{waited} waiting reports were erased.")
    lines = [f"No is stored for {subject.app}: nothing is collected or sent. {told}", *_never_met(subject)]
    return Said(out="\n".join(lines))


def local(subject: Subject) -> Said:
    """Store that everything may be collected here and nothing sent.

    Args:
        subject: the app.
    """
    failed = _stored(subject, "local", None)
    if failed:
        return failed
    lines = [f"Local is stored for {subject.app}: reports are kept on this computer, to be read with `show`, not sent."]
    return Said(out="\n".join([*lines, *_held_back(subject, PURPOSES, "local"), *_unknown(subject)]))


def status(subject: Subject, *, why: bool = False, as_json: bool = False) -> Said:
    """Say what is decided and why, where files are, what waits, what was dropped and why.

    Args:
        subject: the app.
        why: every row of the table.
        as_json: everything, as JSON.
    """
    found = subject.status()
    out = json.dumps(found, indent=2) if as_json else report(subject, found, why=why)
    return Said(FAILED if found["problems"] else 0, out)


def _stored(subject: Subject, mode: str, purposes: tuple[str, ...] | None) -> Said | None:
    """Store a choice; what there is to say if that failed."""
    try:
        subject.choose(mode, purposes)
    except ConfigurationError:
        raise
    except OSError as error:
        return Said(FAILED, note=f"{mode}: the choice could not be stored: {error}")
    except ScrubbingError as error:
        return Said(FAILED, note=f"{mode}: the choice is stored, but what waits could not be erased: {error}")
    return None


def _count(subject: Subject) -> int | None:
    """How many envelopes wait; ``None`` where that cannot be told."""
    if subject.consent.places.outbox is None:
        return 0
    try:
        return sum(len(one.outbox.waiting()) for one in shelves(subject, Drops(None)) if not one.is_sent)
    except (OSError, ScrubbingError):
        return None


def _never_met(subject: Subject) -> list[str]:
    """From outside: a name that is mistyped is a choice for nobody."""
    state = subject.consent.places.state_dir
    if not subject.is_outside or state is None or os.path.isdir(state):
        return []
    return [f"No program called {subject.app} has collected anything here; names are case-sensitive."]


def _held_back(subject: Subject, purposes: Iterable[str], mode: str) -> list[str]:
    """What another row of the table makes of a choice: a line for each reason."""
    rows = {purpose: deciding(subject.consent.why_for(purpose)) for purpose in purposes}
    less = {purpose: row for purpose, row in rows.items() if MODES.index(row.says) < MODES.index(mode)}
    reasons: dict[str, list[str]] = {}
    for purpose, row in less.items():
        reasons.setdefault(f"{row.says}: {because(row)}.", []).append(purpose)
    return [
        f"But {_listed(named)} {'stay' if len(named) > 1 else 'stays'} {reason}" for reason, named in reasons.items()
    ]


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _unknown(subject: Subject) -> list[str]:
    """From outside: what the app itself may still say."""
    if not subject.is_outside:
        return []
    try:
        verdict = last_verdict(subject.consent.places)
    except OSError:
        verdict = {}
    said = {purpose: verdict[purpose].partition(" ")[::2] for purpose in PURPOSES if purpose in verdict}
    if any(row == "stored" for _, row in said.values()):
        return [f"{subject.app}'s own setting may still say no; only {subject.app} knows it."]  # that was this choice
    last = ", ".join(f"{purpose} {mode}" for purpose, (mode, _) in said.items())
    told = f" On {verdict.get('date', '?')} it said: {last}." if last else ""
    return [f"{subject.app}'s own setting may still say no; only {subject.app} knows it.{told}"]
