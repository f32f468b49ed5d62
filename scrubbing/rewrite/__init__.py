"""The hooks' work: an event as the SDK made it goes in, a new event that may leave comes out.

Under ``strict`` the exceptions are described anew from the live exception and every message is a skeleton (`messages`);
under the other presets every string passes the rules. What is taken out is never put anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrubbing.errors import SchemaError
from scrubbing.policy import Policy, as_policy
from scrubbing.rewrite.fit import ROOM, fit
from scrubbing.rewrite.messages import is_reduced, logentry, reduced
from scrubbing.rewrite.sizes import trim
from scrubbing.rewrite.stacks import slim
from scrubbing.rewrite.subjects import Subject, subject, values_of
from scrubbing.rewrite.texts import bag_strings, cut, scrub_texts, strings
from scrubbing.rewrite.valid import valid
from scrubbing.schema.kinds import Kind
from scrubbing.schema.remarks import META
from scrubbing.schema.strings import FILTERED, OURS, UNKNOWN
from scrubbing.schema.walker import copy
from scrubbing.schema.walker.bags import KEY_LIMIT
from scrubbing.schema.walker.walk import Shape, Walk

if TYPE_CHECKING:
    from scrubbing.rewrite.remarks import Remark

Json = dict[str, Any]

__all__ = [
    "Subject",
    "explain",
    "remember",
    "rewritten",
    "scrub",
    "scrub_text",
    "subject",
    "values_of",
]

#: Sentry's form of a tag's key (32 characters is what every server of the family takes).
_TAG_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,32}")
#: Run-time text: none of it leaves under strict.
_RUN_TIME = frozenset({Kind.TEXT, Kind.BAG, Kind.URL})
#: What the rules look at under strict, and otherwise; and what code is called.
_CODE = frozenset({Kind.PATH, Kind.CODE, Kind.MESSAGE})
_TEXT = _CODE | _RUN_TIME
_SYMBOL = frozenset({Kind.SYMBOL})
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
    # Where all of a message may be said, nothing is to be proven of an exception nobody has in hand.
    about = subject(event, policy, exc, prove=False) if policy.guarded or exc is not None else None
    return rewritten(event, policy, "event", about)


def explain(event: Json, policy: Policy | str, exc: BaseException | None = None) -> list[Remark]:
    """Say what `scrub` takes out of an event, and which rule or reason takes it.

    What is taken out is never said again: a remark has the rule's name, the place (of keys of the app's own only
    those that leave; ``[key]`` stands for others), what the field holds, and a range in the text that leaves.

    Args:
        event: as for `scrub`.
        policy: as for `scrub`.
        exc: as for `scrub`.

    Returns:
        Remarks in the order of the event; none where everything leaves as it is.

    Raises:
        SchemaError: `event` is no mapping.
    """
    from scrubbing.rewrite.remarks import remarks  # compares events, which no capture needs

    policy = as_policy(policy)
    return remarks(event, scrub(event, policy, exc), policy)


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
        out, spent = _scrubbed(payload, policy, item, shape, about)
    if item in _EVENTS:
        _name(out, about.user if about is not None else None)
        _tidy_tags(out, policy)
        slim(out)
        valid(out)
    made = fit(out, spent if item == "event" else None)
    if policy.remarks and item in _EVENTS:
        from scrubbing.rewrite.remarks import with_remarks

        with_remarks(payload, made, policy, ROOM)
    return made


def remember(
    payload: Json, shape: Shape, text: Callable[[str], None], message: Callable[[str], None] | None = None
) -> None:
    """Call `text` with every string of a payload the fence will ask about; raises `Refused` where it would refuse.

    `message` is called with those that are messages.
    """
    command = (payload.get("tags") or {}).get("subcommand")
    heard = {command} if isinstance(command, str) else set()  # a fact, but one the fence asks about
    messages: set[str] = set()
    payload = {name: value for name, value in payload.items() if name != META}  # the fence judges these by themselves
    shape.judge(payload, "", lambda string, kind, _name: (messages if kind is Kind.MESSAGE else heard).add(string))
    for string in heard | messages:
        text(string)
    if message is not None:
        for string in messages:
            message(string)


def _strict(payload: Json, policy: Policy, item: str, shape: Shape, about: Subject) -> tuple[Json, int]:
    """No run-time text leaves; what does is code or a fact, and the rules look at the code that is text."""
    blank = _RUN_TIME | {Kind.MESSAGE}
    if item in _EVENTS:
        payload = _prepared(payload, policy, item, about)
        blank = _RUN_TIME  # its messages are those of `about` now
    out, walk = copy(shape, payload)
    for container, key, _ in [*strings(walk, blank), *bag_strings(walk)]:
        container[key] = UNKNOWN
    scrub_texts(walk, policy, _CODE)
    if item in _EVENTS:
        out["fingerprint"] = ["{{ default }}", about.fingerprint]
    return out, walk.spent


def _scrubbed(payload: Json, policy: Policy, item: str, shape: Shape, about: Subject | None) -> tuple[Json, int]:
    """Run-time text leaves after the rules, keys too; a key that changes takes its value along under its new name."""
    about = about or Subject([], "")
    if item in _EVENTS:
        payload = _with_logentry(payload)
        if policy.guarded:
            payload = reduced(payload, values_of(payload), policy, about.said, about.message)
    out, walk = copy(shape, payload)
    renamed = _renamed(list(walk.keys), policy)
    if renamed:
        names = _Names({**{key: key for key in walk.keys}, **renamed})
        del out, walk  # two copies are one too many
        out, walk = copy(shape, payload, names)
    scrub_texts(walk, policy, _TEXT)
    trim(walk, policy)
    _blank(walk, policy, about.names)
    if item in _EVENTS and out.get("logger") == UNKNOWN:
        del out["logger"]
    if about.fingerprint and policy.guarded and not out.get("fingerprint") and is_reduced(out):
        out["fingerprint"] = ["{{ default }}", about.fingerprint]  # servers would group it by its type alone
    return out, walk.spent


def _blank(walk: Walk, policy: Policy, names: frozenset[str]) -> None:
    """Blank symbols in which a rule finds something, unless they are proven: code can be made of values."""
    asked = {text for _, _, text in strings(walk, _SYMBOL)}
    texts = [text for text in asked if text not in names and text not in OURS]
    (made,) = policy.engine.changes([(texts, Kind.TEXT, None)])
    found = {t for t, text in made.items() if t != text and _module(t, policy) != t}
    for container, key, text in strings(walk, _SYMBOL) if found else ():
        if text in found:
            container[key] = UNKNOWN


def _with_logentry(event: Json) -> Json:
    """Move the legacy top-level message, which servers' schema rejects, to where it belongs."""
    message = event.get("message")
    if not isinstance(message, str) or event.get("logentry"):
        return event
    return {**event, "logentry": {"formatted": message}}


def _name(out: Json, own: str | None) -> None:
    """Put our id, or nobody, where the app said who its user is; what it said there is a value, whatever its form."""
    out.pop("user", None)
    if own is not None:
        out["user"] = {"id": own}


def _prepared(event: Json, policy: Policy, item: str, about: Subject) -> Json:
    """Put described exceptions in; keep a logger only where it is a module, a user's words only in feedback."""
    event = dict(_with_logentry(event))
    event.pop("exception", None)
    event.pop("fingerprint", None)
    event.pop("threads", None)
    if about.values:
        event["exception"] = {"values": about.values}
    if about.threads:
        event["threads"] = {"values": about.threads}
    event["logentry"] = logentry(event, policy, about.message)
    event["logger"] = _module(event.get("logger"), policy)
    contexts = event.get("contexts")
    if item != "feedback" and isinstance(contexts, dict) and "feedback" in contexts:
        event["contexts"] = {name: context for name, context in contexts.items() if name != "feedback"}
    return event


def _module(name: object, policy: Policy) -> str | None:
    """Return the real name of a loaded module that is proven to be code that may be named."""
    found = policy.packages.module(name)
    return found[1].name if found is not None else None


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
    asked = [key for key in keys if key not in OURS]
    (made,) = policy.engine.changes([(asked, Kind.BAG, None)])
    return {
        key: cut(made.get(key, key), KEY_LIMIT, Kind.BAG, None, policy)
        for key in asked
        if made.get(key, key) != key or len(key) > KEY_LIMIT
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
