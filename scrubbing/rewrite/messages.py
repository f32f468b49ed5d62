"""What is said of an event's messages as dicts: of each exception and of a log call as much as the policy has it.

What is said of a live exception is the business of `live`.
"""

from __future__ import annotations

from typing import Any

from scrubbing.policy import Policy
from scrubbing.schema.strings import UNKNOWN

Json = dict[str, Any]
#: The names SDKs give an exception, its module, and what is said of it: ``None`` leaves the SDK's own text.
Said = tuple[tuple[str, str], str | None, str | None]


def reduced(event: Json, values: list[Json], policy: Policy, said: list[Said], message: str) -> Json:
    """Say of an event's messages under an open preset what the policy has it.

    Args:
        event: the event.
        values: its exceptions.
        policy: whose words.
        said: what `by_name` says of them; if it names others, nothing is said of any.
        message: the skeleton of its message.
    """
    event = {**event}
    same = len(said) == len(values) and all(map(_is_of, values, said))
    texts = [text for *_, text in said] if same else [UNKNOWN] * len(values)
    if values:
        event["exception"] = {
            "values": [
                value if text is None else {**value, "value": text} for value, text in zip(values, texts, strict=True)
            ]
        }
    if policy.rest != "scrubbed":
        event["logentry"] = logentry(event, policy, message)
    return event


def logentry(event: Json, policy: Policy, message: str) -> Json | None:
    """Say of an event's message what the policy has it; the values of its template are not said.

    Args:
        event: the event.
        policy: whose word.
        message: the message's skeleton.
    """
    text = text_of(event)
    entry = event.get("logentry")
    if not isinstance(entry, dict) or (entry.get("formatted") is None and entry.get("message") is None):
        return None
    if policy.rest == "scrubbed":
        return {"formatted": text}
    said = message if policy.rest == "skeleton" else UNKNOWN
    return {"formatted": said} if entry.get("message") is None else {"formatted": said, "message": said}


def text_of(event: Json) -> str | None:
    """Return the message an event says without an exception, as it was sent."""
    entry = event.get("logentry")
    entry = entry if isinstance(entry, dict) else {}
    for text in (entry.get("formatted"), entry.get("message"), event.get("message")):
        if issubclass(type(text), str):
            return str.__str__(text)
    return None


def is_reduced(event: Json) -> bool:
    """Say whether nothing is left of what servers group an event by besides its type."""
    values = (event.get("exception") or {}).get("values") or []
    said = values[-1] if values else event.get("logentry")
    return isinstance(said, dict) and UNKNOWN in (said.get("value"), said.get("formatted"))


def _is_of(value: Json, said: Said) -> bool:
    names, module, _ = said
    return value.get("type") in names and value.get("module") == module
