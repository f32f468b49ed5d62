"""What is said of messages: of each exception and of a log call as much as the policy has it.

An exception's message is our skeleton of the live object, or ``str`` of it where the author wants all of it; the text
the SDK made of it (which prefers ``.message`` and ``.detail``) is left alone under the open presets only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from scrubbing.policy import REST, Policy
from scrubbing.provenance.classes import type_names
from scrubbing.provenance.frames import Link, is_group
from scrubbing.provenance.skeletons import said_by
from scrubbing.schema.strings import EXTERNAL, MARGIN, STRING_LIMIT, UNKNOWN, whole

Json = dict[str, Any]
#: The names SDKs give an exception, its module, and what is said of it: ``None`` leaves the SDK's own text.
Said = tuple[tuple[str, str], str | None, str | None]

_MRO = type.__dict__["__mro__"].__get__
_NAME = type.__dict__["__name__"].__get__
_QUALNAME = type.__dict__["__qualname__"].__get__
_MODULE = type.__dict__["__module__"].__get__


def spoken(links: list[Link], values: list[Json], policy: Policy) -> list[Json]:
    """Say of each exception what the policy has it.

    Args:
        links: a live chain, the exception itself first.
        values: the same described, oldest first, with their skeletons.
        policy: whose words.
    """
    words = (policy.word(_classes(link.exc, policy)) for link in reversed(links))
    return [
        {**value, "value": _message(word, value["value"], link.exc)}
        for word, value, link in zip(words, values, reversed(links), strict=True)
    ]


def by_name(links: list[Link], values: list[Json], policy: Policy) -> list[Said]:
    """Say the same of the exceptions the SDK lists of this chain, oldest first, with the names it gives them.

    Below an exception that is no group the SDK lists no members of groups.
    """
    found: list[Said] = []
    left_out: set[int] = set()
    for link, value in zip(links, reversed(values), strict=True):
        below = link.parent in left_out or str(link.source).startswith("exceptions[")
        if below and not is_group(links[0].exc):
            left_out.add(link.number)
            continue
        cls, word = type(link.exc), policy.word(_classes(link.exc, policy))
        said = None if word == "scrubbed" else _message(word, value["value"], link.exc)
        module = None if _MODULE(cls) == "builtins" else _MODULE(cls)
        found.append(((_NAME(cls), _QUALNAME(cls)), module, said))
    return found[::-1]


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


def _classes(exc: BaseException, policy: Policy) -> Iterator[tuple[str, str | None]]:
    """The proven names of an exception's class and those it inherits from, nearest first."""
    if policy.messages.keys() <= {REST}:
        return
    for cls in itertools.islice(_MRO(type(exc)), 100):
        named = type_names(cls, policy.packages)
        if named[0] != EXTERNAL:
            yield named


def _message(word: str, skeleton: str, exc: BaseException) -> str:
    if word == "skeleton":
        return skeleton
    return _said_by(exc) if word == "scrubbed" else UNKNOWN


def _said_by(exc: BaseException) -> str:
    text = said_by(exc)
    return UNKNOWN if text is None else whole(text[: STRING_LIMIT + MARGIN])
