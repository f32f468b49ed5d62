"""Servers that check events refuse a whole one for a part of the wrong form: such parts are put right or left out.

Source: the public ``event.schema.json``. What comes in has passed the walker already, so only what the schema of our
own leaves open is looked at: words it lets pass for their use to others, bags, and parts that lost what they need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrubbing.schema.forms import MECHANISMS

Json = dict[str, Any]

_SDK = "sentry.python"
#: Where servers know a transaction's name can come from.
_SOURCES = frozenset({"custom", "url", "route", "view", "component", "sanitized", "task", "unknown"})
#: Levels as Python calls them, and as servers do.
LEVEL_NAMES = {"critical": "fatal"}
#: Facts that can look like numbers.
_TEXTS = ("release", "environment", "dist")
_PAIR = 2


def valid(event: Json) -> None:
    """Put right what a server would refuse an event for.

    Args:
        event: an event that may leave; it is changed.
    """
    _words(event)
    _sdk(event)
    _request(event)
    logentry = event.get("logentry")
    if isinstance(logentry, dict) and not isinstance(logentry.get("params", []), (dict, list)):
        del logentry["params"]  # the values of a template, in order or by name
    for value in _members(event, "exception"):
        if isinstance(value.get("mechanism"), dict):  # how it was caught: an unknown word becomes the general one
            value["mechanism"] = {"type": MECHANISMS[0], **value["mechanism"]}
    for holder, name in _objects(event):
        if not isinstance(holder[name], dict):
            del holder[name]
    for holder in _stacks(event):
        if not holder["stacktrace"].get("frames"):
            del holder["stacktrace"]


def _words(event: Json) -> None:
    """Levels by their servers' names, facts as text, and no source of a transaction's name that is unheard of."""
    for part in (event, *_members(event, "breadcrumbs")):
        if part.get("level") in LEVEL_NAMES:
            part["level"] = LEVEL_NAMES[part["level"]]
    for name in _TEXTS:
        if isinstance(event.get(name), (int, float)):
            event[name] = str(event[name])
    info = event.get("transaction_info")
    if isinstance(info, dict) and info.get("source") not in (None, *_SOURCES):
        del info["source"]


def _sdk(event: Json) -> None:
    """Without a name or a version it says nothing; a name we do not know is one of the same SDK."""
    sdk = event.get("sdk")
    if not isinstance(sdk, dict):
        return
    if not isinstance(sdk.get("version"), str):
        del event["sdk"]
        return
    event["sdk"] = {"name": _SDK, **sdk}
    if "packages" in sdk:
        event["sdk"]["packages"] = [one for one in sdk["packages"] or () if one and {"name", "version"} <= one.keys()]


def _request(event: Json) -> None:
    """Headers and queries are texts under texts, in a mapping or in pairs; a query can be one text too."""
    request = event.get("request") or {}
    for name in ("query_string", "headers"):
        whole = isinstance(request.get(name), str) and name == "query_string"
        if not whole and not _textual(request.get(name)):
            del request[name]


def _textual(value: Any) -> bool:
    if isinstance(value, dict):
        value = value.items()
    elif value is None:
        return True
    elif not isinstance(value, list):
        return False
    pairs = [pair for pair in value if isinstance(pair, (list, tuple)) and len(pair) == _PAIR]
    return len(pairs) == len(value) and all(one is None or isinstance(one, str) for pair in pairs for one in pair)


def _objects(event: Json) -> list[tuple[Json, str]]:
    """The places of bags that have to be objects, where there is anything."""
    contexts = event.get("contexts") or {}
    mechanisms = [value.get("mechanism") or {} for value in _members(event, "exception")]
    frames = [frame for one in _stacks(event) for frame in one["stacktrace"].get("frames") or () if frame]
    data = [*_members(event, "breadcrumbs"), *mechanisms, *filter(None, event.get("spans") or ())]
    data += [contexts["trace"]] if isinstance(contexts.get("trace"), dict) else []
    places = [(event, "extra"), *((contexts, name) for name in contexts)]
    places += [*((holder, "data") for holder in data), *((frame, "vars") for frame in frames)]
    return [(holder, name) for holder, name in places if holder.get(name) is not None]


def _stacks(event: Json) -> list[Json]:
    """The parts that have a stack."""
    parts = (*_members(event, "exception"), *_members(event, "threads"))
    return [part for part in parts if isinstance(part.get("stacktrace"), dict)]


def _members(event: Json, name: str) -> Iterator[Json]:
    values = (event.get(name) or {}).get("values") or ()
    return (value for value in values if isinstance(value, dict))
