"""The hooks' work: an event as the SDK made it goes in, a new event that may leave comes out.

Under ``strict`` the exceptions are described anew from the live exception and every message is a skeleton; under the
other presets every string passes the rules. What is taken out is never put anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from scrubbing.errors import SchemaError
from scrubbing.policy import Policy, as_policy
from scrubbing.provenance.frames import describe, fingerprint
from scrubbing.provenance.unproven import BUILTIN_ERRORS, unproven
from scrubbing.rewrite.fit import fit
from scrubbing.rewrite.sizes import trim
from scrubbing.rewrite.stacks import slim
from scrubbing.rewrite.texts import bag_strings, cut, scrub_texts, strings
from scrubbing.rewrite.valid import LEVEL_NAMES, valid
from scrubbing.schema.forms import LEVELS
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import FILTERED, OURS, UNKNOWN
from scrubbing.schema.walker import copy
from scrubbing.schema.walker.bags import KEY_LIMIT
from scrubbing.schema.walker.walk import Shape, Walk

Json = dict[str, Any]

#: Sentry's form of a tag's key (32 characters is what every server of the family takes).
_TAG_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,32}")
#: Run-time text: none of it leaves under strict.
_RUN_TIME = frozenset({Kind.TEXT, Kind.BAG, Kind.URL})
#: What the rules look at under strict, and otherwise; and what code is called.
_CODE = frozenset({Kind.PATH, Kind.CODE})
_TEXT = _CODE | _RUN_TIME
_SYMBOL = frozenset({Kind.SYMBOL})
_NAMED = ("function", "module")
_EVENTS = frozenset({"event", "transaction", "feedback"})


def scrub(event: Json, policy: Policy | str, exc: BaseException | None = None) -> Json:
    """Make an event that may leave.

    What the event says of the app is believed and left as it is: release, environment, dist and the subcommand. (An app
    that runs under `init` or `sentry_options` says these itself; what its events say of them is replaced.)

    Args:
        event: an event as Sentry's SDK builds it, as a dict; it is not changed.
        policy: what may leave: a `Policy`, or the name of a preset.
        exc: the live exception the event is about. Without it nothing of an exception can be proven: under
            ``strict`` its message is ``<?>``, and its frames are judged by the names of their modules and leave without
            source lines.

    Returns:
        A new dict.

    Raises:
        SchemaError: `event` is no mapping.
    """
    policy = as_policy(policy)
    return rewritten(event, policy, "event", subject(event, policy, exc, prove=False))


@attrs.frozen
class Subject:
    """What an event is about, proven once.

    Args:
        values: its exceptions as they may be described under ``strict``.
        fingerprint: the hash a crash is counted and grouped by; made of code alone, so that it says nothing of a value.
        names: names in them that were proven on a live exception to be code, whatever this machine's user is called.
    """

    values: list[Json]
    fingerprint: str
    names: frozenset[str] = BUILTIN_ERRORS


def subject(
    event: Json,
    policy: Policy,
    exc: BaseException | None,
    place: Json | None = None,
    *,
    prove: bool = True,
) -> Subject:
    """Prove what an event is about.

    Args:
        event: the event; its types are used where there is no live exception.
        policy: whose `packages` say which frames are the app's.
        exc: the live exception.
        place: the app's function a message without an exception was sent from (`provenance.frames.place`).
        prove: without a live exception, let no frame or type keep its name.
    """
    event = event if isinstance(event, dict) else {}
    values = _described(event, policy, exc, prove=prove)
    names = BUILTIN_ERRORS if exc is None else BUILTIN_ERRORS.union(_names(values))
    return Subject(values, _fingerprint(values, event, exc, place), names)


def _names(values: list[Json]) -> Iterator[str]:
    """The names of code in described exceptions; qualified ones also as older SDKs have them."""
    for value in values:
        frames = (value.get("stacktrace") or {}).get("frames") or ()
        for name in (value.get("type"), value.get("module"), *(f.get(k) for f in frames for k in _NAMED)):
            if isinstance(name, str):
                yield name
                yield name.rpartition(".")[2]


def rewritten(
    payload: Json,
    policy: Policy,
    item: str,
    about: Subject | None = None,
) -> Json:
    """Make a payload of any item type that may leave.

    Args:
        payload: the payload; it is not changed.
        policy: what may leave.
        item: the item type.
        about: for events, what `subject` proved of it; without it nothing keeps its name under ``strict``.

    Raises:
        SchemaError: `payload` is no mapping, or `item` does not leave under this preset.
    """
    shape = policy.shape(item)
    if shape is None or not isinstance(payload, dict):
        raise SchemaError(f"$: expected the payload of an item that leaves under {policy.preset}: {item}")
    if policy.preset == "strict":
        out, spent = _strict(payload, policy, item, shape, about or subject(payload, policy, None))
    else:
        out, spent = _scrubbed(payload, policy, item, shape, about.names if about is not None else BUILTIN_ERRORS)
    if item in _EVENTS:
        _tidy_tags(out, policy)
        slim(out)
        valid(out)
    return fit(out, spent if item == "event" else None)


def remember(payload: Json, shape: Shape, text: Callable[[str], None]) -> None:
    """Call `text` with every string of a payload the fence will ask about; raises `Refused` where it would refuse."""
    command = (payload.get("tags") or {}).get("subcommand")
    heard = {command} if isinstance(command, str) else set()  # a fact, but one the fence asks about
    shape.judge(payload, "", lambda string, _kind, _name: heard.add(string))
    for string in heard:
        text(string)


def _fingerprint(values: list[Json], event: Json, exc: BaseException | None, place: Json | None) -> str:
    if exc is not None:
        return fingerprint(values)
    level = event.get("level")
    known = LEVEL_NAMES.get(level, level) if isinstance(level, str) and level in LEVELS else None
    frames = [place] if place is not None else []
    return fingerprint([*values, {"type": known, "value": UNKNOWN, "stacktrace": {"frames": frames}}])


def _strict(payload: Json, policy: Policy, item: str, shape: Shape, about: Subject) -> tuple[Json, int]:
    """No run-time text leaves; what does is code or a fact, and the rules look at the code that is text."""
    if item in _EVENTS:
        payload = _prepared(payload, policy, item, about.values)
    out, walk = copy(shape, payload)
    for container, key, _ in [*strings(walk, _RUN_TIME), *bag_strings(walk)]:
        container[key] = UNKNOWN
    scrub_texts(walk, policy, _CODE)
    if item in _EVENTS:
        out["fingerprint"] = ["{{ default }}", about.fingerprint]
    return out, walk.spent


def _scrubbed(payload: Json, policy: Policy, item: str, shape: Shape, names: frozenset[str]) -> tuple[Json, int]:
    """Run-time text leaves after the rules, keys too; a key that changes takes its value along under its new name."""
    payload = _with_logentry(payload) if item in _EVENTS else payload
    out, walk = copy(shape, payload)
    renamed = _renamed(list(walk.keys), policy)
    if renamed:
        out, walk = copy(shape, payload, _Names({**{key: key for key in walk.keys}, **renamed}))
    scrub_texts(walk, policy, _TEXT)
    trim(walk, policy)
    _blank(walk, policy, names)
    if item in _EVENTS and out.get("logger") == UNKNOWN:
        del out["logger"]
    return out, walk.spent


def _blank(walk: Walk, policy: Policy, names: frozenset[str]) -> None:
    """Blank symbols in which a rule finds something, unless they are proven: code can be made of values."""
    asked = {text for _, _, text in strings(walk, _SYMBOL)}
    texts = [text for text in asked if text not in names and text not in OURS]
    made = policy.engine.scrub_all([(text, Kind.TEXT, None) for text in texts])
    found = {t for t, text in zip(texts, made, strict=True) if t != text and _module(t, policy) != t}
    for container, key, text in strings(walk, _SYMBOL) if found else ():
        if text in found:
            container[key] = UNKNOWN


def _with_logentry(event: Json) -> Json:
    """Move the legacy top-level message, which servers' schema rejects, to where it belongs."""
    message = event.get("message")
    if not isinstance(message, str) or event.get("logentry"):
        return event
    return {**event, "logentry": {"formatted": message}}


def _prepared(event: Json, policy: Policy, item: str, values: list[Json]) -> Json:
    """Put described exceptions in; keep a logger only where it is a module, a user's words only in feedback."""
    event = dict(_with_logentry(event))
    event.pop("exception", None)
    event.pop("fingerprint", None)
    if values:
        event["exception"] = {"values": values}
    event["logger"] = _module(event.get("logger"), policy)
    contexts = event.get("contexts")
    if item != "feedback" and isinstance(contexts, dict) and "feedback" in contexts:
        event["contexts"] = {name: context for name, context in contexts.items() if name != "feedback"}
    return event


def _module(name: object, policy: Policy) -> str | None:
    """Return the real name of a loaded module that is proven to be code that may be named."""
    found = policy.packages.module(name)
    return found[1].name if found is not None else None


def _described(event: Json, policy: Policy, exc: BaseException | None, *, prove: bool) -> list[Json]:
    values = values_of(event)
    if exc is not None:
        return describe(exc, policy.packages, _mechanism(values), source=policy.preset == "strict")
    return [unproven(value, policy.packages, prove=prove) for value in values]


def values_of(event: Json) -> list[Json]:
    """Return the exceptions of an event, in any of the forms SDKs give the list."""
    exception = event.get("exception")
    values = exception.get("values") if isinstance(exception, dict) else exception
    return [value for value in values if isinstance(value, dict)] if isinstance(values, (list, tuple)) else []


def _mechanism(values: list[Json]) -> Json:
    mechanism = values[-1].get("mechanism") if values else None
    if not isinstance(mechanism, dict):
        return {"type": "generic", "handled": True}
    return {"type": mechanism.get("type"), "handled": mechanism.get("handled")}


class _Names(dict[str, str]):
    """Every key the rules were asked about, and the name it is kept under.

    Keys that become one another leave room for what was dropped when the rules were asked: what stands there now has
    keys nobody looked at, so they are not kept.
    """

    def __contains__(self, key: object) -> bool:
        return bool(self.get(key) != key)

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ARG002  # a mapping's signature
        return super().get(key, FILTERED)


def _renamed(keys: list[str], policy: Policy) -> Json:
    """Keys of bags are run-time text too."""
    asked: list[tuple[str, Kind, str | None]] = [(key, Kind.BAG, None) for key in keys if key not in OURS]
    made = policy.engine.scrub_all(asked)
    return {
        key: cut(text, KEY_LIMIT, Kind.BAG, None, policy)
        for (key, _, _), text in zip(asked, made, strict=True)
        if key != text or len(key) > KEY_LIMIT
    }


def _tidy_tags(out: Json, policy: Policy) -> None:
    """Servers drop tags with other keys, and values with line breaks."""
    tags = out.get("tags")
    if tags is None:
        return
    kept = {key: " ".join(value.splitlines()) for key, value in tags.items() if _TAG_KEY.fullmatch(key)}
    if "subcommand" in kept:
        kept["subcommand"] = policy.subcommand(kept["subcommand"]) or UNKNOWN
    changed = {key for key, value in kept.items() if value != tags[key] and key != "subcommand"}
    for key in changed:
        kept[key] = kept[key] if policy.engine.clean(kept[key], Kind.TEXT, key) else FILTERED
    out["tags"] = kept


def scrub_text(text: str, policy: Policy | str) -> str:
    """Rewrite one text by the policy's rules, whatever its preset.

    Args:
        text: anything.
        policy: whose rules and machine.
    """
    return as_policy(policy).engine.scrub(text, Kind.TEXT)
