"""What `telemetry.status()` and ``scrubbing status`` say: read from files, so the same inside and outside."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from scrubbing import drops, files
from scrubbing.consent import PURPOSES, last_verdict
from scrubbing.consent.choice import Reader, as_choice
from scrubbing.outbox import limits
from scrubbing.outbox.history import History
from scrubbing.outbox.store import Outbox
from scrubbing.telemetry.hard import traces

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.consent import Consent
    from scrubbing.telemetry.pipeline import Pipeline


def status(consent: Consent, dsn: str | None = None, pipeline: Pipeline | None = None) -> dict[str, Any]:
    """Collect what an author or a user asks when something does not arrive, or does.

    Args:
        consent: of the app, asked from inside or outside.
        dsn: where reports go; its key is not shown.
        pipeline: of the running app, if any.

    Returns:
        JSON: ``modes`` by purpose, ``why`` (rows of the table for crashes), ``grown`` (by purpose that is off for it,
        what is new since the stored yes, in words), ``files``, ``waiting`` envelopes,
        those ``kept`` here under local and those ``sent``,
        ``hard_crashes`` (what is done about them), ``hard_crashes_found`` (those the next start tells of),
        ``dropped`` (reason to number and last date), ``limited`` (category to seconds left), ``last_verdict``,
        ``problems``.
    """
    problems: list[str] = []
    places = consent.places
    decision = consent.decision()
    found: dict[str, Any] = {
        "app": consent.app,
        "modes": {purpose: decision.mode(purpose) for purpose in PURPOSES},
        "why": [_row(verdict) for verdict in decision.why("crashes")],
        "grown": {purpose: list(grown) for purpose in PURPOSES if (grown := decision.grown(purpose))},
        "address": _address(dsn),
        "files": _files(places),
        "waiting": _read("outbox", lambda: _envelopes(places.outbox, places), [], problems),
        "kept": _read("kept", lambda: _envelopes(places.kept, None), [], problems),
        "sent": _read("sent", lambda: _envelopes(places.sent, None), [], problems),
        "dropped": _read("drops", lambda: _dropped(places.drops, pipeline), {}, problems),
        "limited": _read("limits", lambda: _limited(places.limits), {}, problems),
        "hard_crashes": "off" if pipeline is None else pipeline.hard_crashes(),
        "hard_crashes_found": _read("hard", lambda: traces.untold(places.hard), 0, problems),
        "last_verdict": _read("verdict", lambda: last_verdict(places), {}, problems),
    }
    problems += _damaged(places)
    if pipeline is not None:
        problems += pipeline.problems()
    return {**found, "problems": problems}


def _read(what: str, read: Callable[[], Any], otherwise: Any, problems: list[str]) -> Any:
    """A damaged file is something to say, not a reason to say nothing."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001  # whatever is wrong with a file is told here, in its own words
        problems.append(f"{what}: {type(error).__name__}: {error}")
        return otherwise


def _row(verdict: Any) -> dict[str, Any]:
    names = ("number", "row", "sentence", "says", "note", "decides", "app_only")
    return {name: getattr(verdict, name) for name in names}


def _address(dsn: str | None) -> str | None:
    if not dsn:
        return None
    scheme, _, rest = dsn.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _files(places: files.Places) -> dict[str, dict[str, Any]]:
    named = {"choice": places.choice, "everyone": places.everyone, "admin": places.admin, "state": places.state_dir}
    return {name: {"path": path, "exists": path is not None and os.path.exists(path)} for name, path in named.items()}


def _damaged(places: files.Places) -> list[str]:
    """The files that are read where nobody could say so: most of them mean off, or full, until somebody looks."""
    choice = as_choice(Reader().read(places.choice))
    problems = [f"{places.choice}: {choice.problem}"] if choice.problem else []
    own = (places.identity, places.quota, places.sessions, places.limits)
    for path in filter(None, (places.everyone, *places.admins, *own)):
        _read(os.path.basename(path), partial(files.read_lines, path), None, problems)
    return problems


def _envelopes(directory: str | None, lost: files.Places | None) -> list[dict[str, Any]]:
    if directory is None or not os.path.lexists(directory):
        return []
    expired = drops.Drops(lost.drops if lost else None)
    waiting = Outbox(directory, drop=expired.count, told=History(lost.history if lost else None).note).waiting()
    expired.save()
    return [
        {
            "id": entry.id,
            "purpose": entry.purpose,
            "category": entry.category,
            "bytes": entry.size,
            "created": int(entry.created),
        }
        for entry in waiting
    ]


def _dropped(path: str | None, pipeline: Pipeline | None) -> dict[str, dict[str, Any]]:
    if pipeline is not None:
        pipeline.delivery.save()
    known = {} if path is None else drops.read(path)
    return {reason: {"number": number, "last": date} for reason, (number, date) in sorted(known.items())}


def _limited(path: str | None) -> dict[str, int]:
    now = time.time()
    return {category or "all": int(until - now) for category, until in limits.read(path, now).items()}
