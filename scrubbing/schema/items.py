"""The items of an envelope: what else than events is sent, and under which preset.

An item type that is not in `ITEMS` does not leave, whatever it holds; the ones the SDK emits and nobody may send are
named in `NEVER_SENT`, with the reason. Payloads are named, not imported: their classes are not needed to send anything.
"""

from __future__ import annotations

from typing import Literal

import attrs


@attrs.frozen
class ItemType:
    """An item type that may leave, the name of its payload's class and the most closed preset under which it does."""

    name: str
    payload: str
    leaves: Literal["strict", "standard", "verbose"]
    category: str  # the rate-limit category of Sentry's protocol


ITEMS: dict[str, ItemType] = {
    item.name: item
    for item in (
        ItemType("event", "Event", "strict", "error"),
        ItemType("session", "Session", "strict", "session"),
        ItemType("sessions", "Sessions", "strict", "session"),
        ItemType("feedback", "Event", "strict", "feedback"),
        ItemType("transaction", "Event", "standard", "transaction"),
        ItemType("check_in", "CheckIn", "standard", "monitor"),
        ItemType("log", "Logs", "verbose", "log_item"),
        ItemType("trace_metric", "Metrics", "verbose", "trace_metric"),
        ItemType("span", "Spans", "verbose", "span"),
    )
}

#: Item types sentry-sdk can emit that never leave, with the reason. A test holds this against the installed SDK.
NEVER_SENT: dict[str, str] = {
    "attachment": "arbitrary bytes nobody can read before they leave",
    "profile": "samples of everything that ran",
    "profile_chunk": "samples of everything that ran",
    "client_report": "says what the user's machine dropped, and passes no hook",
    "statsd": "measured values as older SDKs sent them, past all hooks",
    "metric_meta": "where in the code they were measured",
}

#: The purpose a user agrees to when an item of this type is sent.
PURPOSES: dict[str, str] = {
    "event": "crashes",
    "feedback": "feedback",
    "session": "usage",
    "sessions": "usage",
    "transaction": "usage",
    "check_in": "usage",
    "log": "usage",
    "trace_metric": "usage",
    "span": "usage",
}

#: The payloads of item types that never leave; those of others are bytes, or unknown.
_NEVER_SENT_PAYLOADS = {
    "client_report": "ClientReport",
    "profile": "Profile",
    "profile_chunk": "ProfileChunk",
    "user_report": "UserReport",
}


def payload_class(item_type: str) -> str | None:
    """Name the class of an item type's payload; ``None`` where it is bytes (attachments, statsd) or unknown.

    Args:
        item_type: the ``type`` of an item's header.
    """
    item = ITEMS.get(item_type)
    return item.payload if item is not None else _NEVER_SENT_PAYLOADS.get(item_type)
