"""The fence: the last look at the bytes. It passes them or refuses them; it never repairs.

It reads what is about to leave as a server would: declared item types and fields only, every fact of its form, every
other string one that a hook let through in this process, and in no string anything that the rules or this machine's
identity still find. It knows nothing of how the bytes were made.

Bytes do not say whether a message is a skeleton, or an id one of ours, so somebody has to vouch for it. In the process
that made it the hooks do (`Seen`), under the terms of the policy they made it by. For an envelope that waits on disk
the *seal* does: a hash of those terms and of all items, which the fence's caller keeps beside the envelope once it was
admitted, and which a later fence computes again with the terms of its own moment. An envelope that was made under a
more open policy, or of which one byte was changed, has no seal that fits, and then no id in it leaves, and no message
where messages are guarded. The header is left out: the time of sending is written into it, and it is judged by itself.

The seal is no signature, and no secret goes into it. Whoever can write into the outbox is this user or a program of
theirs, who could read a key that lies beside it, and can send anything anywhere without asking us. It guards against
what can happen without malice: a policy that changed, a file somebody edited, one that another version wrote.
"""

from __future__ import annotations

import collections
import functools
import hashlib
import re
import threading
from collections.abc import Mapping
from typing import Any

from scrubbing.errors import Refused, SchemaError
from scrubbing.policy import Policy
from scrubbing.schema.forms import STAMP
from scrubbing.schema.kinds import Kind
from scrubbing.schema.remarks import META, judge
from scrubbing.schema.strings import OURS
from scrubbing.schema.walker.walk import Shape
from scrubbing.wire import MAX_BYTES, Envelope, Item, build, dumps, parse, read

#: Why the fence refuses; what is counted under these words is shown by ``status``.
REASONS = {
    "fence:size": "larger than an envelope may be",
    "fence:malformed": "not an envelope of JSON",
    "fence:header": "a header that is not declared",
    "fence:item": "an item type that does not leave under this preset",
    "fence:field": "a field that does not leave under this preset",
    "fence:type": "a value of the wrong type",
    "fence:value": "a fact that is not of its form",
    "fence:unseen": "a text or an event no hook let through",
    "fence:finding": "a text in which the rules still find something",
    "fence:run-time": "a text made at run time, which does not leave under this policy",
    "fence:command": "a command that is not declared",
}

#: Event ids and hashes of strings and of messages that are remembered: about 1 MiB at most.
MAX_IDS, MAX_TEXTS, MAX_MESSAGES = 1024, 16_384, 4096

_OWN_ID = {
    "event": "event_id",
    "feedback": "event_id",
    "transaction": "event_id",
    "check_in": "check_in_id",
    "session": "sid",
}
#: Item types that are batches: their payload's list, and what its content type is called.
_BATCHES = {"log": "log", "trace_metric": "trace-metric", "span": "span.v2"}

#: Item types that may say what was taken out of them.
_REMARKED = frozenset({"event", "transaction", "feedback"})

_Text = tuple[str, Kind, str | None]
#: Run-time text; under strict what stands in its fields is ours. Members of a list stand under no name: a fingerprint.
_RUN_TIME = frozenset({Kind.TEXT, Kind.BAG, Kind.URL})
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Seen:
    """What the hooks of this process let through: ids and hashes of strings, in memory and bounded.

    Args:
        facts: the app's own ``release``, ``environment`` and ``dist``; an item that says another is refused.
    """

    def __init__(self, facts: Mapping[str, str | None] | None = None) -> None:
        self.facts = dict(facts or {})
        # Reentrant: a signal handler or a destructor may capture in the middle of another capture.
        self._lock = threading.RLock()
        self._ids: collections.OrderedDict[str, None] = collections.OrderedDict()
        self._texts: collections.OrderedDict[int, None] = collections.OrderedDict()
        self._messages: collections.OrderedDict[int, None] = collections.OrderedDict()

    def forked(self) -> None:
        """Go on in a child process, where whoever held the lock is not."""
        self._lock = threading.RLock()

    def remember_id(self, identifier: str) -> None:
        """Remember an event's, check-in's or session's id."""
        _put(self._lock, self._ids, identifier, MAX_IDS)

    def remember_text(self, text: str) -> None:
        """Remember a string."""
        _put(self._lock, self._texts, hash(text), MAX_TEXTS)  # 64 bits, keyed by the process: enough to know a string

    def remember_message(self, text: str, terms: str) -> None:
        """Remember a message that was made by a policy of these terms (`Policy.terms`)."""
        _put(self._lock, self._messages, hash((terms, text)), MAX_MESSAGES)

    def forget_id(self, identifier: object) -> None:
        """An id is good for one envelope."""
        if isinstance(identifier, str):
            with self._lock:
                self._ids.pop(identifier, None)

    def has_id(self, identifier: object) -> bool:
        """Say whether a hook let this id through."""
        return isinstance(identifier, str) and identifier in self._ids

    def has_text(self, text: str) -> bool:
        """Say whether a hook let this string through."""
        return text in OURS or hash(text) in self._texts

    def has_message(self, text: str, terms: str) -> bool:
        """Say whether a hook made this message by a policy of these terms."""
        return hash((terms, text)) in self._messages


def _put(lock: Any, store: collections.OrderedDict[Any, None], key: Any, limit: int) -> None:
    with lock:
        store.pop(key, None)
        store[key] = None
        if len(store) > limit:
            store.popitem(last=False)


def seal(data: bytes, policy: Policy | None) -> str:
    """Return what vouches later for the messages and ids of an envelope that was admitted now.

    Args:
        data: the envelope.
        policy: the policy by which it was admitted; ``None``: vouch for ids alone, whatever the policy is then.

    Returns:
        32 hexadecimal digits.
    """
    terms = policy.terms if policy is not None else ""
    return hashlib.sha256(terms.encode() + data[data.find(b"\n") :]).hexdigest()[:32]


def admit(data: bytes, policy: Policy, seen: Seen | None = None, sealed: str = "") -> bytes:
    """Pass an envelope or refuse it.

    Args:
        data: the bytes of one envelope.
        policy: the policy of this moment.
        seen: what the hooks of this process let through; ``None`` for an envelope another process admitted and kept
            on disk (everything else is judged again).
        sealed: the `seal` that was kept beside it.

    Returns:
        The same bytes.

    Raises:
        Refused: with one of `REASONS` and the place; never with the value.
    """
    if len(data) > MAX_BYTES:
        raise Refused("fence:size")
    envelope = _read(data)
    vouched = sealed != "" and sealed == seal(data, policy)
    named = vouched or (sealed != "" and sealed == seal(data, None))
    payloads = [_judge_item(item, policy, seen, vouched=vouched, named=named) for item in envelope.items]
    _judge_header(envelope, payloads)
    return data


def _read(data: bytes) -> Envelope:
    """Read an envelope of at least one item, written the one way we write it: nothing can stand between the lines."""
    try:
        envelope = read(data)
        same = build(envelope.headers, [(item.headers, item.payload) for item in envelope.items]) == data
    except SchemaError:
        raise Refused("fence:malformed") from None
    if not same or not envelope.items:
        raise Refused("fence:malformed")
    return envelope


def _judge_header(envelope: Envelope, payloads: list[dict[str, Any]]) -> None:
    for name, value in envelope.headers.items():
        if name == "event_id":
            good = any(
                item.type in _OWN_ID and value == payload.get("event_id")
                for item, payload in zip(envelope.items, payloads, strict=True)
            )
        else:
            good = name == "sent_at" and isinstance(value, str) and _stamp().fullmatch(value) is not None
        if not good:
            raise Refused("fence:header", "envelope header")


@functools.cache
def _stamp() -> re.Pattern[str]:
    return re.compile(STAMP, re.ASCII)


def _judge_item(item: Item, policy: Policy, seen: Seen | None, *, vouched: bool, named: bool) -> dict[str, Any]:
    shape = policy.shape(item.type)
    if shape is None:
        raise Refused("fence:item")
    payload = _payload(item)
    _judge_item_header(item, payload)
    if policy.remarks and META in payload and item.type in _REMARKED:
        payload = dict(payload)
        judge(payload.pop(META), payload, policy.engine.names)
    try:
        closed = policy.preset == "strict" and item.type != "feedback"
        _judge_payload(payload, shape, policy, seen, closed=closed, vouched=vouched or not policy.guarded)
    except Refused as refused:
        raise Refused(refused.reason, f"{item.type}{refused.where}") from None
    _judge_id(item, payload, seen)
    _judge_user(payload, item.type, seen, vouched=named)
    _judge_command(payload, policy, item.type, seen)
    _judge_facts(payload, seen, item.type)
    return payload


def _payload(item: Item) -> dict[str, Any]:
    try:
        payload = parse(item.payload, item.type)
        same = dumps(payload) == item.payload
    except SchemaError:
        same = False
    if not same:
        raise Refused("fence:malformed", item.type)
    if not isinstance(payload, dict):
        raise Refused("fence:type", item.type)
    return payload


def _judge_payload(
    payload: dict[str, Any], shape: Shape, policy: Policy, seen: Seen | None, *, closed: bool, vouched: bool
) -> None:
    """Judge the fields; then all texts in one batch: only if one of them is not clean it matters where it stands.

    Where it is `closed` no run-time text is let through at all, whoever let it through before: an envelope that waited
    may have been made under a more open policy. Where it is not `vouched` for messages, the hooks must know each.
    """
    heard: dict[_Text, None] = {}
    known: set[_Text] = set()

    def listen(text: str, kind: Kind, name: str) -> None:
        if (text, kind, name) in known:
            return
        known.add((text, kind, name))  # most strings of an event stand in many places
        if kind is Kind.MESSAGE and not (vouched or text in OURS or _is_made(text, policy, seen)):
            raise Refused("fence:run-time")
        if closed and kind in _RUN_TIME and text not in OURS and _FINGERPRINT.fullmatch(name + text) is None:
            raise Refused("fence:run-time")
        if seen is not None and not seen.has_text(text):
            raise Refused("fence:unseen")
        if text not in OURS:
            heard[text, policy.looks_at(kind), name or None] = None

    shape.judge(payload, "", listen)
    texts = list(heard)
    rewritten = policy.engine.scrub_all(texts)
    dirty = {text for text, made in zip(texts, rewritten, strict=True) if made != text[0]}
    if dirty:
        shape.judge(payload, "", functools.partial(_find, dirty, policy))
        raise Refused("fence:finding")


def _is_made(text: str, policy: Policy, seen: Seen | None) -> bool:
    return seen is not None and seen.has_message(text, policy.terms)


def _find(dirty: set[_Text], policy: Policy, text: str, kind: Kind, name: str) -> None:
    if (text, policy.looks_at(kind), name or None) in dirty:
        raise Refused("fence:finding")


def _judge_id(item: Item, payload: dict[str, Any], seen: Seen | None) -> None:
    own = _OWN_ID.get(item.type)
    if own is not None and (payload.get(own) is None or (seen is not None and not seen.has_id(payload[own]))):
        raise Refused("fence:unseen", f"{item.type}.{own}")


def _judge_user(payload: dict[str, Any], where: str, seen: Seen | None, *, vouched: bool) -> None:
    """An id of a user is one that we made: a hook of this process put it there, or the seal vouches for it."""
    for name, own in (("user.id", (payload.get("user") or {}).get("id")), ("did", payload.get("did"))):
        if own is not None and not (vouched or (seen is not None and seen.has_id(own))):
            raise Refused("fence:unseen", f"{where}.{name}")


def _judge_item_header(item: Item, payload: dict[str, Any]) -> None:
    batch = _BATCHES.get(item.type)
    members = payload.get("items")
    allowed = {
        "type": (item.type,),
        "length": (len(item.payload),),
        "content_type": ("application/json", f"application/vnd.sentry.items.{batch}+json")[: 2 if batch else 1],
        "item_count": (len(members),) if batch and isinstance(members, list) else (),
    }
    for name, value in item.headers.items():
        if not any(type(value) is type(one) and value == one for one in allowed.get(name, ())):
            raise Refused("fence:header", item.type)


def _judge_command(payload: dict[str, Any], policy: Policy, where: str, seen: Seen | None) -> None:
    name = (payload.get("tags") or {}).get("subcommand")
    unknown = seen is not None and name is not None and not seen.has_text(name)
    if unknown or policy.subcommand(name) != name:
        raise Refused("fence:command", f"{where}.tags.subcommand")


def _judge_facts(payload: dict[str, Any], seen: Seen | None, where: str) -> None:
    """An item says of the app what the app said of itself, or nothing."""
    if seen is None:
        return
    for place in (payload, payload.get("attrs") or {}):
        for name, fact in seen.facts.items():
            if place.get(name) not in (None, fact):
                raise Refused("fence:value", f"{where}.{name}")
