"""The fence: the last look at the bytes. It passes them or refuses them; it never repairs.

It reads what is about to leave as a server would: declared item types and fields only, every fact of its form, every
other string one that a hook let through in this process, and in no string anything that the rules or this machine's
identity still find. It knows nothing of how the bytes were made.
"""

from __future__ import annotations

import collections
import hashlib
import re
import threading
from typing import Any

from scrubbing.errors import Refused, SchemaError
from scrubbing.policy import Policy
from scrubbing.schema.fields import TIME
from scrubbing.schema.kinds import Kind
from scrubbing.schema.walker import UNKNOWN, Jury
from scrubbing.wire import MAX_BYTES, Item, parse, read

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
    "fence:command": "a command that is not declared",
}

#: Event ids and hashes of strings that are remembered: about 1 MiB at most.
MAX_IDS, MAX_TEXTS = 1024, 16_384

_ID = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(TIME)
_CONTENT_TYPE = re.compile(r"application/(json|vnd\.sentry\.items\.(log|trace-metric|span\.v2)\+json)")
_OWN_ID = {
    "event": "event_id",
    "feedback": "event_id",
    "transaction": "event_id",
    "check_in": "check_in_id",
    "session": "sid",
}
#: What we put ourselves where something was taken out.
_OURS = frozenset({UNKNOWN, "<external>", "[Filtered]", "{{ default }}"})


class Seen:
    """What the hooks of this process let through: ids and hashes of strings, in memory and bounded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: collections.OrderedDict[str, None] = collections.OrderedDict()
        self._texts: collections.OrderedDict[bytes, None] = collections.OrderedDict()

    def remember_id(self, identifier: str) -> None:
        """Remember an event's, check-in's or session's id."""
        _put(self._lock, self._ids, identifier, MAX_IDS)

    def remember_text(self, text: str) -> None:
        """Remember a string."""
        _put(self._lock, self._texts, _hash(text), MAX_TEXTS)

    def has_id(self, identifier: object) -> bool:
        """Say whether a hook let this id through."""
        return identifier in self._ids

    def has_text(self, text: str) -> bool:
        """Say whether a hook let this string through."""
        return text in _OURS or _hash(text) in self._texts


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _put(lock: Any, store: collections.OrderedDict[Any, None], key: Any, limit: int) -> None:
    with lock:
        store[key] = None
        store.move_to_end(key)
        while len(store) > limit:
            store.popitem(last=False)


def admit(data: bytes, policy: Policy, seen: Seen | None = None) -> bytes:
    """Pass an envelope or refuse it.

    Args:
        data: the bytes of one envelope.
        policy: the policy of this moment.
        seen: what the hooks of this process let through; ``None`` for an envelope another process admitted and kept
            on disk (everything else is judged again).

    Returns:
        The same bytes.

    Raises:
        Refused: with one of `REASONS` and the place; never with the value.
    """
    if len(data) > MAX_BYTES:
        raise Refused("fence:size")
    try:
        envelope = read(data)
    except SchemaError:
        raise Refused("fence:malformed") from None
    _judge_header(envelope.headers)
    if not envelope.items:
        raise Refused("fence:malformed", "no items")
    for item in envelope.items:
        _judge_item(item, policy, seen)
    return data


def _judge_header(headers: dict[str, Any]) -> None:
    for name, value in headers.items():
        pattern = {"event_id": _ID, "sent_at": _TIME}.get(name)
        if pattern is None or not isinstance(value, str) or pattern.fullmatch(value) is None:
            raise Refused("fence:header", "envelope header")


def _judge_item(item: Item, policy: Policy, seen: Seen | None) -> None:
    shape = policy.shape(item.type)
    if shape is None:
        raise Refused("fence:item")
    _judge_item_header(item)
    try:
        payload = parse(item.payload, item.type)
    except SchemaError:
        raise Refused("fence:malformed", item.type) from None
    if not isinstance(payload, dict):
        raise Refused("fence:type", item.type)
    texts: list[tuple[str, Kind, str | None, str]] = []
    shape.judge(payload, item.type, "", Jury(lambda *heard: texts.append(_heard(*heard, seen))))
    _judge_texts(texts, policy)
    own_id = _OWN_ID.get(item.type)
    if own_id is not None and seen is not None and not seen.has_id(payload.get(own_id)):
        raise Refused("fence:unseen", f"{item.type}.{own_id}")
    _judge_command(payload, policy, item.type)


def _judge_item_header(item: Item) -> None:
    for name, value in item.headers.items():
        good = (
            name == "type"
            or (name in ("length", "item_count") and isinstance(value, int))
            or (name == "content_type" and isinstance(value, str) and _CONTENT_TYPE.fullmatch(value) is not None)
        )
        if not good:
            raise Refused("fence:header", item.type)


def _judge_command(payload: dict[str, Any], policy: Policy, where: str) -> None:
    name = (payload.get("tags") or {}).get("subcommand")
    if policy.subcommand(name) != name:
        raise Refused("fence:command", where)


def _heard(text: str, kind: Kind, name: str, path: str, seen: Seen | None) -> tuple[str, Kind, str | None, str]:
    if seen is not None and not seen.has_text(text):
        raise Refused("fence:unseen", path)
    return text, kind, name or None, path


def _judge_texts(texts: list[tuple[str, Kind, str | None, str]], policy: Policy) -> None:
    """All strings in one batch; only if one of them is not clean it matters which."""
    asked = [(text, kind, name) for text, kind, name, _ in texts if text not in _OURS]
    if policy.engine.scrub_all(asked) == [text for text, _, _ in asked]:
        return
    for text, kind, name, path in texts:
        if text not in _OURS and not policy.engine.clean(text, kind, name):
            raise Refused("fence:finding", path)
    raise Refused("fence:finding")
