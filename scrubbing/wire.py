"""Envelopes as bytes: built from payloads, read back item by item. Nothing is judged here; that is the fence's.

Source: the envelope format of the SDKs' developer documentation. A header line of JSON, then for each item a header
line of JSON and its payload.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import attrs

from scrubbing.errors import SchemaError

#: Bytes of an envelope, items in one (the outbox keeps no larger one; Sentry takes 1 MiB an event, 100 sessions).
MAX_BYTES, MAX_ITEMS = 256 * 1024, 100

Json = dict[str, Any]


@attrs.frozen
class Item:
    """One item of an envelope."""

    type: str
    headers: Json
    payload: bytes


@attrs.frozen
class Parcel:
    """Bytes the fence admitted, and what the outbox must know of them.

    Args:
        data: an envelope.
        purpose: what the user agreed to.
        category: the server's category for rate limits.
        fingerprint: the crash's, if it is one.
    """

    data: bytes
    purpose: str
    category: str
    fingerprint: str | None = None


@attrs.frozen
class Envelope:
    """An envelope as read from bytes."""

    headers: Json
    items: tuple[Item, ...]


def dumps(value: Any) -> bytes:
    """Write JSON: compact, UTF-8, and nothing that is not JSON.

    Raises:
        SchemaError: NaN, a lone surrogate, or something else JSON has no form for.
    """
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise SchemaError(f"$: expected JSON ({type(error).__name__})") from None


def build(headers: Json, items: Iterable[tuple[Json, bytes]]) -> bytes:
    """Build an envelope; each item's ``length`` is set here.

    Args:
        headers: the envelope's own header.
        items: header (with ``type``) and payload of each item.
    """
    lines = [dumps(headers)]
    for header, payload in items:
        lines += [dumps({**header, "length": len(payload)}), payload]
    return b"\n".join(lines) + b"\n"


def read(data: bytes) -> Envelope:
    """Read an envelope.

    Raises:
        SchemaError: these bytes are no envelope; says at which offset.
    """
    headers, at = _line(data, 0)
    items: list[Item] = []
    while at < len(data):
        header, start = _line(data, at)
        end = _end(data, header, start)
        if not isinstance(header.get("type"), str):
            raise SchemaError(f"offset {at}: expected an item header with a type")
        items.append(Item(header["type"], header, data[start:end]))
        at = end + 1
        if len(items) > MAX_ITEMS:
            raise SchemaError(f"offset {at}: expected at most {MAX_ITEMS} items")
    return Envelope(headers, tuple(items))


def _line(data: bytes, at: int) -> tuple[Json, int]:
    end = data.find(b"\n", at)
    end = len(data) if end < 0 else end
    header = parse(data[at:end], f"offset {at}")
    if not isinstance(header, dict):
        raise SchemaError(f"offset {at}: expected a header, an object of JSON")
    return header, end + 1


def _end(data: bytes, header: Json, start: int) -> int:
    length = header.get("length")
    if length is None:
        end = data.find(b"\n", start)
        return len(data) if end < 0 else end
    if not isinstance(length, int) or isinstance(length, bool) or length < 0 or start + length > len(data):
        raise SchemaError(f"offset {start}: expected as many bytes as the item's length says")
    if data[start + length : start + length + 1] not in (b"\n", b""):
        raise SchemaError(f"offset {start + length}: expected a line to end behind the item")
    return start + length


def parse(data: bytes, where: str) -> Any:
    """Read JSON strictly: no NaN, no duplicate keys (what a second reader would see must be what was judged).

    Raises:
        SchemaError: not JSON; names `where`.
    """
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{where}: expected JSON ({type(error).__name__})") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def stamped(data: bytes, sent_at: str) -> bytes:
    """Return an envelope with ``sent_at`` set in its header; the rest byte for byte.

    Args:
        data: an envelope.
        sent_at: RFC 3339, UTC.
    """
    headers, rest = _line(data, 0)
    return dumps({**headers, "sent_at": sent_at}) + b"\n" + data[rest:]
