"""A sentence for each reason something was dropped by: what ``status`` tells an author whose events do not arrive."""

from __future__ import annotations

from scrubbing.quota import LIMITS

#: Reasons as they are; `fence.REASONS` has the fence's own.
_WHOLE = {
    "consent": "there was no consent for it, or it was taken back before it was sent",
    "quota:fingerprint": f"more than {LIMITS['fingerprint']} reports of one bug in a day",
    "quota:crashes": f"more than {LIMITS['crashes']} crashes in a day",
    "quota:events": f"more than {LIMITS['events']} events in a day",
    "quota:bytes": f"more than {LIMITS['bytes'] // 1024} KiB in a day",
    "quota:second": f"more than {LIMITS['second']} events in a second",
    "quota:unreadable": "the day's counters could not be read or written, which counts as a full day",
    "outbox:expired": "waited too long for a server that answers",
    "outbox:full": "newer ones needed the room while the server did not answer",
    "outbox:too-big": "it is larger than the outbox keeps",
    "outbox:unusable": "the outbox on disk cannot be used: look at its directory and the room on the disk",
    "outbox:unreadable": "its file could not be read",
    "fence:error": "it could not be judged just before it would have been sent",
    "upload:error": "the sending failed inside; what was to be sent waits on",
    "upload:no-answer": "the server gave no answer",
    "limits:unwritable": "what the server asked to wait for could not be noted",
    "sessions:unreadable": "the day's sessions could not be read or written",
    "sampled": "the app's author keeps a share of its reports alone",
    "identity:unusable": "its id could not be read or made, so that reports leave without one",
    "drops:unreadable": "these counters were damaged and began anew",
    "verdict:unwritable": "what was decided could not be noted for status to show",
    "memory:full": "newer ones needed the room while the server did not answer",
    "closed": "the program had closed its telemetry",
    "no-dsn": "there is no address to send it to",
    "other": "for a reason that has no name",
}

#: What was at work, where the reason ends in ``:error``, ``:interrupted`` or ``:app``.
_WORK = {
    "before_send": "an event was rewritten",
    "before_send_transaction": "a transaction was rewritten",
    "before_send_log": "a log record was rewritten",
    "before_send_metric": "a metric was rewritten",
    "before_send_span": "a span was rewritten",
    "error_sampler": "the app was asked whether to keep an event",
    "before_breadcrumb": "a breadcrumb was rewritten",
    "transport": "the report was judged and put into the outbox",
    "start": "Sentry's client was started",
    "capture": "the report was made",
    "sent": "what was sent was kept for you to read",
    "sessions": "the day's session was told",
    "upload": "the sending was started",
    "flush": "the program waited for the sending",
    "exit": "the program ended",
    "handover": "what waits was handed over to another process",
}

_STATUSES = {
    "400": "did not understand it",
    "401": "does not know the key in the DSN",
    "403": "does not know the key in the DSN, or this project takes nothing",
    "404": "has no such project: look at the DSN",
    "413": "finds it too large",
    "429": "asked for fewer reports",
}

_UNKNOWN = "for a reason this version does not know"


def explain(reason: str) -> str:
    """Say in a sentence what a reason means.

    Args:
        reason: as it was counted, such as ``quota:events`` or ``http:413``.
    """
    if reason in _WHOLE:
        return _WHOLE[reason]
    first, _, rest = reason.partition(":")
    explained = {"fence": _fence, "http": _http, "item": _item}.get(first, _work)(first, rest)
    return explained or _UNKNOWN


def _fence(first: str, rest: str) -> str | None:
    from scrubbing.fence import REASONS

    found = REASONS.get(f"{first}:{rest}")
    return found and f"the fence found {found}"


def _http(_: str, status: str) -> str:
    return f"the server {_STATUSES.get(status, 'failed on it' if status.startswith('5') else 'refused it')}"


def _item(_: str, kind: str) -> str:
    return f"items of type {kind} do not leave under the app's preset"


def _work(first: str, rest: str) -> str | None:
    work = _WORK.get(first)
    if work is None:
        return None
    return {
        "error": f"something failed while {work}",
        "interrupted": f"Ctrl-C came while {work}",
        "app": f"the app's own {first} dropped it",
        "app-raised": f"the app's own {first} raised an exception",
        "schema": f"the app's own {first} takes objects, and this was none of the schema's",
    }.get(rest)
