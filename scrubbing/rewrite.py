"""The hooks' work: an event as the SDK made it goes in, a new event that may leave comes out.

Under ``strict`` the exceptions are described anew from the live exception and every message is a skeleton; under the
other presets every string passes the rules. What is taken out is never put anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from scrubbing.errors import SchemaError
from scrubbing.policy import Policy
from scrubbing.provenance.frames import EXTERNAL, describe, fingerprint
from scrubbing.provenance.packages import Packages
from scrubbing.schema import Kind
from scrubbing.schema.walker import UNKNOWN, Jury, Shape, Slot, Walk, copy, is_symbol, shorten
from scrubbing.wire import MAX_BYTES, dumps

Json = dict[str, Any]

#: What is given up, in this order, when an event is larger than an envelope may be.
_GIVE_UP = ("extra", "spans", "breadcrumbs", "request", "threads")
#: An event must leave room for headers.
_ROOM = MAX_BYTES - 2048
#: Sentry's form of a tag's key (32 characters is what every server of the family takes).
_TAG_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,32}")
_BUILTIN_ERRORS = frozenset(
    name
    for name, value in vars(__import__("builtins")).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


def scrub(event: Json, policy: Policy, exc: BaseException | None = None) -> Json:
    """Make an event that may leave.

    Args:
        event: an event as Sentry's SDK builds it, as a dict; it is not changed.
        policy: what may leave.
        exc: the live exception the event is about. Without it nothing of an exception can be proven: under
            ``strict`` its message is ``<?>`` and its frames are judged by the names of their modules.

    Returns:
        A new dict.

    Raises:
        SchemaError: `event` is no mapping.
    """
    return rewritten(event, policy, "event", exc)


def rewritten(
    payload: Json,
    policy: Policy,
    item: str,
    exc: BaseException | None = None,
    *,
    prove: bool = False,
    place: Json | None = None,
) -> Json:
    """Make a payload of any item type that may leave.

    Args:
        payload: the payload; it is not changed.
        policy: what may leave.
        item: the item type.
        exc: the live exception, for events.
        prove: without a live exception, let no frame or type keep its name (the hooks ask for this).
        place: the app's function a message without an exception was sent from (`provenance.frames.place`).

    Raises:
        SchemaError: `payload` is no mapping, or `item` does not leave under this preset.
    """
    shape = policy.shape(item)
    if shape is None or not isinstance(payload, dict):
        raise SchemaError(f"$: expected the payload of an item that leaves under {policy.preset}: {item}")
    strict = policy.preset == "strict"
    is_event = item in ("event", "transaction", "feedback")
    if is_event:
        payload = _with_logentry(payload)
        payload = _prepared(payload, policy, exc, prove=prove) if strict else payload
    out, walk = copy(shape, payload)
    _rewrite_slots(walk.slots, policy, strict=strict)
    if not strict:
        _rewrite_keys(walk, policy)
    elif is_event:
        out["fingerprint"] = ["{{ default }}", crash_fingerprint(payload, policy, exc, place)]
    _tidy_tags(out, policy)
    _fit(out)
    return dict(out)


def remember(payload: Json, shape: Shape, text: Callable[[str], None]) -> None:
    """Call `text` with every string of a payload the fence will ask about; raises `Refused` where it would refuse."""
    shape.judge(payload, "$", "", Jury(lambda string, _kind, _name, _path: text(string)))


def crash_fingerprint(event: Json, policy: Policy, exc: BaseException | None, place: Json | None = None) -> str:
    """Return the hash a crash is counted and grouped by; made of code alone, so that it says nothing of a value.

    Args:
        event: the event; its types and frames are used where there is no live exception.
        policy: whose `packages` say which frames are the app's.
        exc: the live exception.
        place: the app's function a message without an exception was sent from.
    """
    if exc is not None:
        return fingerprint(describe(exc, policy.packages, {}))
    values = [_unproven(value, policy.packages, prove=False) | {"value": UNKNOWN} for value in _values(event)]
    message = {"type": event.get("level"), "value": UNKNOWN, "stacktrace": {"frames": [place] if place else []}}
    return fingerprint([*values, message])


def _with_logentry(event: Json) -> Json:
    """Move the legacy top-level message, which servers' schema rejects, to where it belongs."""
    message = event.get("message")
    if not isinstance(message, str) or event.get("logentry"):
        return event
    return {**event, "logentry": {"formatted": message}}


def _prepared(event: Json, policy: Policy, exc: BaseException | None, *, prove: bool) -> Json:
    """Under strict: exceptions from the live object, a logger only where it is a module, no fingerprint of others."""
    event = dict(event)
    values = _values(event)
    if exc is not None:
        event["exception"] = {"values": describe(exc, policy.packages, _mechanism(values))}
    elif values:
        event["exception"] = {"values": [_unproven(value, policy.packages, prove=prove) for value in values]}
    logger = event.get("logger")
    if (
        not isinstance(logger, str)
        or policy.packages.owner_by_name(logger) is None
        or logger not in policy.packages.modules
    ):
        event.pop("logger", None)
    event.pop("fingerprint", None)
    return event


def _values(event: Json) -> list[Json]:
    exception = event.get("exception")
    values = exception.get("values") if isinstance(exception, dict) else exception
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _mechanism(values: list[Json]) -> Json:
    mechanism = values[-1].get("mechanism") if values else None
    if not isinstance(mechanism, dict):
        return {"type": "generic", "handled": True}
    return {"type": mechanism.get("type"), "handled": mechanism.get("handled")}


def _unproven(value: Json, packages: Packages, *, prove: bool) -> Json:
    """What a dict says of an exception nobody has in hand."""
    value = dict(value)
    top = str(value.get("module") or "builtins")
    named = packages.owner_by_name(top) is not None and not prove
    if not named and value.get("type") not in _BUILTIN_ERRORS:
        value |= {"type": EXTERNAL, "module": None}
    frames = (value.get("stacktrace") or {}).get("frames") if isinstance(value.get("stacktrace"), dict) else None
    if isinstance(frames, list):
        kept = [_unproven_frame(frame, packages, prove=prove) for frame in frames if isinstance(frame, dict)]
        value["stacktrace"] = {"frames": kept}
    return value


def _unproven_frame(frame: Json, packages: Packages, *, prove: bool) -> Json:
    module = frame.get("module")
    owner = packages.owner_by_name(module) if isinstance(module, str) and is_symbol(module) and not prove else None
    if owner is None:
        return {"filename": EXTERNAL, "function": EXTERNAL, "in_app": False}
    kept = {key: frame.get(key) for key in ("filename", "module", "function", "lineno", "colno")}
    kept["in_app"] = owner == "own"
    if owner == "own":
        kept |= {key: frame.get(key) for key in ("context_line", "pre_context", "post_context")}
    return kept


def _rewrite_slots(slots: Iterable[Slot], policy: Policy, *, strict: bool) -> None:
    asked = [slot for slot in slots if slot.kind is not Kind.SYMBOL]
    if strict:
        for slot in asked:
            if slot.kind in (Kind.TEXT, Kind.BAG, Kind.URL):
                slot.put(UNKNOWN)
        asked = [slot for slot in asked if slot.kind in (Kind.PATH, Kind.CODE)]
    engine = policy.engine
    rewritten_texts = engine.scrub_all([(slot.text, slot.kind, slot.name or None) for slot in asked])
    for slot, text in zip(asked, rewritten_texts, strict=True):
        slot.put(_fitting(text, slot, policy))


def _fitting(text: str, slot: Slot, policy: Policy) -> str:
    """What a rewritten string became must be short enough, clean again if it was cut, and of its form."""
    if len(text) > slot.limit:
        text = shorten(text, slot.limit)
        if not policy.engine.clean(text, slot.kind, slot.name or None):
            text = "[Filtered]"
    return text if slot.form is None or slot.form(text) else UNKNOWN


def _rewrite_keys(walk: Walk, policy: Policy) -> None:
    """Keys of bags are run-time text too. Two keys that become one keep the later value."""
    clean, scrub_text = policy.engine.clean, policy.engine.scrub
    for bag in walk.bags:
        if all(clean(key, Kind.BAG) for key in bag):
            continue
        pairs = [(scrub_text(key, Kind.BAG), value) for key, value in bag.items()]
        bag.clear()
        bag.update(pairs)


def _tidy_tags(out: Json, policy: Policy) -> None:
    """Servers drop tags with other keys, and values with line breaks."""
    tags = out.get("tags")
    if not isinstance(tags, dict):
        return
    kept = {key: " ".join(value.split("\n")) for key, value in tags.items() if _TAG_KEY.fullmatch(key)}
    if "subcommand" in kept:
        kept["subcommand"] = policy.subcommand(kept["subcommand"]) or UNKNOWN
    out["tags"] = {
        key: value if policy.engine.clean(value, Kind.TEXT, key) else "[Filtered]" for key, value in kept.items()
    }


def _fit(out: Json) -> None:
    """Give up the least useful parts until the event fits into an envelope."""
    for name in _GIVE_UP:
        if len(dumps(out)) <= _ROOM:
            return
        out.pop(name, None)
    if len(dumps(out)) > _ROOM:
        for value in _values(out):
            for frame in (value.get("stacktrace") or {}).get("frames") or []:
                for key in ("vars", "pre_context", "post_context"):
                    frame.pop(key, None)


def scrub_text(text: str, policy: Policy) -> str:
    """Rewrite one text by the policy's rules, whatever its preset.

    Args:
        text: anything.
        policy: whose rules and machine.
    """
    return policy.engine.scrub(text, Kind.TEXT)
