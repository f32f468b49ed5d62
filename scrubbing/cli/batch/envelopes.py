"""Envelopes: the items that leave under the preset, their payloads rewritten; of headers what the fence admits."""

from __future__ import annotations

import re
from typing import Any

from scrubbing import wire
from scrubbing.cli.batch.pieces import MAX_WHOLE, Done
from scrubbing.errors import SchemaError
from scrubbing.policy import Policy
from scrubbing.rewrite import rewritten, subject
from scrubbing.schema.forms import STAMP

_Json = dict[str, Any]

_EVENTS = frozenset({"event", "feedback", "transaction"})
_CONTENT = re.compile(r"application/(?:json|vnd\.sentry\.items\.(?:log|trace-metric|span\.v2)\+json)", re.ASCII)


def envelope(first: int, data: bytes, policy: Policy) -> Done:
    """Scrub an envelope; an item that cannot be read is kept out, and an envelope without items is nothing.

    Args:
        first: the number of its first line.
        data: all of it.
        policy: by which.
    """
    try:
        read = wire.read(data, max_bytes=MAX_WHOLE)
    except SchemaError as error:
        return Done(bad=((first, str(error)),))
    made: list[tuple[_Json, _Json]] = []
    bad: list[tuple[int, str]] = []
    dropped = []
    for number, item in enumerate(read.items):
        if policy.shape(item.type) is None:
            dropped.append(item.type)
            continue
        try:
            made.append(_item(item, policy))
        except Exception as error:  # noqa: BLE001  # closed: what cannot be scrubbed is kept out
            bad.append((_line(read.items[:number], first), _reason(error)))
    return Done(_built(read.headers, made), len(made), bad=tuple(bad), dropped=tuple(dropped))


def _item(item: wire.Item, policy: Policy) -> tuple[_Json, _Json]:
    payload = wire.parse(item.payload, "$")
    if not isinstance(payload, dict):
        raise SchemaError("$: expected an object of JSON")
    about = subject(payload, policy, None, prove=False) if item.type in _EVENTS else None
    made = rewritten(payload, policy, item.type, about)
    wire.dumps(made)
    return _headers(item, made), made


def _headers(item: wire.Item, payload: _Json) -> _Json:
    headers: _Json = {"type": item.type}
    content = item.headers.get("content_type")
    if isinstance(content, str) and _CONTENT.fullmatch(content):
        headers["content_type"] = content
    if item.type not in _EVENTS and isinstance(payload.get("items"), list):
        headers["item_count"] = len(payload["items"])
    return headers


def _built(headers: _Json, made: list[tuple[_Json, _Json]]) -> bytes:
    if not made:
        return b""
    kept: _Json = {}
    if any(headers.get("event_id") == payload.get("event_id") is not None for _, payload in made):
        kept["event_id"] = headers["event_id"]
    sent = headers.get("sent_at")
    if isinstance(sent, str) and re.fullmatch(STAMP, sent, re.ASCII):
        kept["sent_at"] = sent
    return wire.build(kept, [(header, wire.dumps(payload)) for header, payload in made])


def _line(before: tuple[wire.Item, ...], first: int) -> int:
    """Return the line on which the payload of the item behind these begins."""
    lines = sum(item.payload.count(b"\n") + 2 for item in before)
    return first + lines + 2


def _reason(error: Exception) -> str:
    if isinstance(error, SchemaError) and error.__context__ is None:
        return str(error)
    return f"expected an item that can be scrubbed ({type(error.__context__ or error).__name__})"
