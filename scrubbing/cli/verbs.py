"""What the verbs do. Each takes the app it is about and its own arguments, and returns what it says.

Nothing in here prints, and nothing opens a socket: what may be sent is sent by the app.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scrubbing import files
from scrubbing.cli import identities
from scrubbing.cli.history import log, show  # noqa: F401 - verbs too
from scrubbing.cli.reasons import explain
from scrubbing.cli.report import because, deciding, report, table
from scrubbing.cli.said import FAILED, WRONG_USE, Said
from scrubbing.cli.subject import shelves
from scrubbing.consent import MODES, PURPOSES, last_verdict
from scrubbing.consent.contents import IDS
from scrubbing.consent.words import BESIDE, COLLECTED, USUAL_PURPOSES, check_purposes
from scrubbing.drops import Drops
from scrubbing.errors import ConfigurationError, PolicyError, Refused, ScrubbingError

if TYPE_CHECKING:
    from scrubbing.cli.erasure import Found
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
    ids = {row.purpose: f", with {IDS[row.word][0]}" for row in subject.ids(make=False).rows if row.word != "none"}
    lines += table((purpose, COLLECTED[purpose] + ids.get(purpose, "")) for purpose in named)
    lines += ["  " + BESIDE[subject.preset].format(app=subject.app)]
    return Said(out="\n".join([*lines, *_held_back(subject, named, "on"), *_unknown(subject)]))


def off(subject: Subject, purposes: Iterable[str] | None = None, *, erase: bool = False) -> Said:
    """Store a no and erase ids and what waits. No socket is opened.

    Args:
        subject: the app.
        purposes: what the no is for; none: everything.
        erase: remove every file that was written for the app, too; the no itself stays.

    Raises:
        ConfigurationError: no such purpose.
    """
    named = check_purposes(tuple(purposes)) if purposes else None
    if erase and named:
        return Said(WRONG_USE, note="off: expected either --erase, which removes everything, or purposes")
    from scrubbing.cli import erasure

    before = erasure.find(subject.consent.places) if erase else None
    waited = _count(subject, named)
    failed = _stored(subject, "off", named)
    left = _count(subject, named)
    if failed is None and left:
        failed = Said(FAILED, f"No is stored for {subject.app}, but {left} waiting reports could not be erased.")
    if failed is None and identities.left(subject, named or PURPOSES):
        failed = Said(FAILED, f"No is stored for {subject.app}, but the ids could not be deleted: look at their file.")
    if before is not None:
        return _erased(subject, before, failed)
    if failed:
        return failed
    erased = {0: "Nothing waited to be sent.", 1: "One waiting report was erased."}
    told = erased.get(waited or 0, f"{waited} waiting reports were erased.")
    if named:
        lines = [f"No to {_listed(named)} is stored for {subject.app}. {told}"]
    else:
        lines = [f"No is stored for {subject.app}: nothing is collected or sent. {told}"]
    return Said(out="\n".join([*lines, *_never_met(subject)]))


def _erased(subject: Subject, before: Found, failed: Said | None) -> Said:
    """Remove every file, also where the no could not be stored: then they are gone at least."""
    from scrubbing.cli import erasure

    places = subject.consent.places
    left = erasure.erase(places)
    erased = [path for path in before.ours if not os.path.lexists(path)]
    lines = [f"No is stored for {subject.app}: nothing is collected or sent."] if failed is None else []
    lines += ["Erased:", *table((path,) for path in erased)] if erased else ["There was no file to erase."]
    lines += ["Still there:", *table(left)] if left else []
    if before.others:
        lines += ["Left alone, since scrubbing did not write it:", *table((path,) for path in before.others)]
    if places.choice is not None and os.path.lexists(places.choice):
        lines.append(f"The no itself stays, so that nobody asks again: {places.choice}")
    note = failed.note or str(failed.out) if failed is not None else ""
    lines += [] if before.ours or left else _never_met(subject)
    return Said(FAILED if failed or left else 0, "\n".join(lines), note)


def local(subject: Subject, purposes: Iterable[str] | None = None) -> Said:
    """Store what may be collected here and not be sent.

    Args:
        subject: the app.
        purposes: which; none: everything.

    Raises:
        ConfigurationError: no such purpose.
    """
    named = check_purposes(tuple(purposes)) if purposes else None
    failed = _stored(subject, "local", named)
    if failed:
        return failed
    what = f"Local is stored for {subject.app}" + (f" and {_listed(named)}" if named else "")
    lines = [f"{what}: reports are kept on this computer, to be read with `show`, not sent."]
    return Said(out="\n".join([*lines, *_held_back(subject, named or PURPOSES, "local"), *_unknown(subject)]))


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


def preview(subject: Subject, *, which: str | None = None) -> Said:
    """Print what would be sent, in exact bytes; nothing is sent, kept or counted.

    Args:
        subject: the app.
        which: ``crashes`` or ``usage``; none: both.
    """
    made = {"crashes": subject.example, "usage": subject.session}
    if which is not None and which not in made:
        return Said(WRONG_USE, note=f"preview: expected {' or '.join(made)}, got {which!r}; nothing else is sent yet")
    try:
        out = b"\n".join(make() for purpose, make in made.items() if which in (None, purpose))
    except Refused as refused:
        return Said(FAILED, note=f"preview: it would not be sent: {explain(refused.reason)} ({refused.reason})")
    except PolicyError as error:
        return Said(FAILED, note=f"preview: it would not be sent: {error}")
    note = "By the strict preset, since the app's own is known to the app only." if subject.is_outside else ""
    return Said(out=out, note=note)


def id(subject: Subject, *, rotate: bool = False) -> Said:  # noqa: A001  # the verb's name
    """Say which ids reports leave with, or make new ones.

    Args:
        subject: the app.
        rotate: make new ones.
    """
    return identities.renewed(subject) if rotate else identities.said(subject)


def export(subject: Subject, *, path: str | None = None) -> Said:
    """Write everything that is stored and was sent as one JSON, whatever of it is damaged.

    Args:
        subject: the app.
        path: the file to write; none: standard output.
    """
    from scrubbing.cli.export import export as exported

    found = exported(subject)
    out = json.dumps(found, indent=2, ensure_ascii=False)
    note = "\n".join(f"export: could not be read: {problem}" for problem in found["problems"])
    if path is None:
        return Said(FAILED if note else 0, out, note)
    path = os.path.abspath(path)
    if not os.path.isdir(os.path.dirname(path)):
        return Said(WRONG_USE, note=f"export: there is no directory to write {path} in")
    try:
        files.write_bytes(path, out.encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        return Said(FAILED, note=f"export: {path} could not be written: {error.strerror or error}")
    return Said(FAILED if note else 0, f"Everything about {subject.app} is in {path}.", note)


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


def _count(subject: Subject, purposes: tuple[str, ...] | None = None) -> int | None:
    """How many envelopes wait for some purposes, or for all; ``None`` where that cannot be told."""
    if subject.consent.places.outbox is None:
        return 0
    try:
        entries = [entry for one in shelves(subject, Drops(None)) if not one.is_sent for entry in one.outbox.waiting()]
        return sum(purposes is None or entry.purpose in purposes for entry in entries)
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
