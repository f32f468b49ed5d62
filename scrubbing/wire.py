r"""Envelopes as bytes: built from payloads, read item by item, written back. Judging them is the fence's.

Source: the envelope format of the SDKs' developer documentation. A header line of JSON, then for each item a header
line of JSON and its payload. Lines end in ``\n`` alone: a ``\r`` before it is white space of a header, and a part of
a payload. An item with a ``length`` has so many bytes, whatever they are; one without ends with its line. The last
line end may be missing.

Where the documentation leaves room, what the SDK reads is read: an item's header at the very end has an empty
payload, and empty lines behind the last item are kept. Empty lines between items are an error.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import attrs

from scrubbing.errors import SchemaError
from scrubbing.schema.items import payload_class

if TYPE_CHECKING:
    from scrubbing.schema.fields import Node
    from scrubbing.schema.model.envelope import UnknownItem

#: Bytes of an envelope, items in one (the outbox keeps no larger one; Sentry takes 1 MiB an event, 100 sessions).
MAX_BYTES, MAX_ITEMS = 256 * 1024, 100

#: Bytes that are read of somebody else's envelope: what Relay takes, unzipped.
MAX_READ = 200 * 1024 * 1024

#: How deep a header may nest, itself included: what was read can be compared and written wherever the stack is then.
MAX_DEPTH = 100

Json = dict[str, Any]

_encoded = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@attrs.frozen
class Item:
    """One item of an envelope.

    Args:
        type: what it is; wins over the one in `headers` when it is written.
        headers: its header, ``type`` and ``length`` included where they were given.
        payload: its bytes.
        line: its header as it came, without the line end; empty for an item that was not read.
    """

    type: str
    headers: Json
    payload: bytes
    line: bytes = attrs.field(default=b"", eq=False, repr=False)


@attrs.frozen
class Parcel:
    """Bytes the fence admitted, and what the outbox must know of them.

    Args:
        data: an envelope.
        purpose: what the user agreed to.
        category: the server's category for rate limits.
        fingerprint: the crash's, if it is one.
        seal: what vouches for its messages (`fence.seal`), where something must.
    """

    data: bytes
    purpose: str
    category: str
    fingerprint: str | None = None
    seal: str = ""


@attrs.frozen
class Envelope:
    """An envelope as read from bytes; equal to another that says the same, however it was written.

    Args:
        headers: its own header.
        items: in their order.
        line: its header as it came, without the line end; empty for an envelope that was not read.
        tail: the line ends behind all else; ``None`` if there is not even one between the last item's header and its
            empty payload.
    """

    headers: Json
    items: tuple[Item, ...]
    line: bytes = attrs.field(default=b"", eq=False, repr=False)
    tail: bytes | None = attrs.field(default=b"\n", eq=False, repr=False)


def dumps(value: Any) -> bytes:
    """Write JSON: compact, UTF-8, and nothing that is not JSON.

    Raises:
        SchemaError: NaN, a lone surrogate, or something else JSON has no form for.
    """
    try:
        return _encoded(value).encode()
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


def read(data: bytes, *, max_bytes: int = MAX_READ, max_items: int = MAX_ITEMS) -> Envelope:
    """Read an envelope; ``write`` makes the same bytes of it.

    Args:
        data: the bytes, unzipped.
        max_bytes: more are refused before they are looked at.
        max_items: more items are refused.

    Raises:
        SchemaError: these bytes are no envelope; says at which offset.
    """
    if len(data) > max_bytes:
        raise SchemaError(f"offset {max_bytes}: expected the envelope to end, at most {max_bytes} bytes")
    line, headers = _header(data, 0)
    items: list[Item] = []
    end = len(line)
    while not _is_over(data, end):
        item, end = _item(data, end + 1)
        items.append(item)
        if len(items) > max_items:
            raise SchemaError(f"offset {end + 1}: expected at most {max_items} items")
    return Envelope(headers, tuple(items), line, data[end:] if end <= len(data) else None)


def payload(item: Item) -> Node | UnknownItem:
    """Make an object of an item's payload.

    Args:
        item: an item; ``scrubbing.schema.unstructure`` makes its payload's JSON of the object again.

    Returns:
        An object of the class that the schema names for the item's type; an ``UnknownItem``, byte for byte, for types
        it has no class for, attachments among them.

    Raises:
        SchemaError: the payload is not what its type says; with each place.
    """
    from scrubbing.schema import model, structure

    name = payload_class(item.type)
    if name is None:
        return model.UnknownItem(item.type, item.headers, item.payload)
    return cast("Node", structure(parse(item.payload, "$"), getattr(model, name)))


def write(envelope: Envelope) -> bytes:
    """Write an envelope: what was read byte for byte, what was changed since or made by hand as ``build`` does.

    A length is set where there was one, and where the payload would not be read as a whole without.

    Raises:
        SchemaError: changed headers that are no JSON (NaN, half a surrogate pair), or a tail of more than line ends.
    """
    tail = envelope.tail or b""
    if tail.strip(b"\n"):
        raise SchemaError("$.tail: expected line ends")
    lines = [_line(envelope.line, envelope.headers)]
    for item in envelope.items:
        lines += [_line(item.line, _whole(item)), item.payload]
    if envelope.tail is None and not lines[-1]:
        lines.pop()
    return b"\n".join(lines) + tail


def _line(line: bytes, headers: Json) -> bytes:
    return line if _says(line, headers) else dumps(headers)


def _says(line: bytes, headers: Json) -> bool:
    """Compare what would be written: ``1``, ``1.0`` and ``True`` are equal and not the same."""
    try:
        return json.dumps(_loads(line)) == json.dumps(headers)
    except (TypeError, ValueError, RecursionError):
        return False


def _whole(item: Item) -> Json:
    headers = {**item.headers, "type": item.type}
    if not item.line or headers.get("length") is not None or b"\n" in item.payload:
        headers["length"] = len(item.payload)
    return headers


def _is_over(data: bytes, end: int) -> bool:
    """Say whether nothing but line ends follows; asked of each item, so it looks further only where a line is empty."""
    following = data[end + 1 : end + 2]
    return not following or (following == b"\n" and not data[end:].strip(b"\n"))


def _header(data: bytes, at: int) -> tuple[bytes, Json]:
    end = data.find(b"\n", at)
    line = data[at : end if end >= 0 else len(data)]
    try:
        headers = _loads(line)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"offset {at + _place(error)}: expected JSON ({type(error).__name__})") from None
    if not isinstance(headers, dict):
        raise SchemaError(f"offset {at}: expected a header, an object of JSON")
    if _is_deep(headers):
        raise SchemaError(f"offset {at}: expected a header of at most {MAX_DEPTH} levels")
    return line, headers


def _place(error: Exception) -> int:
    """Return the byte of a line at which its JSON went wrong, as far as Python says."""
    if isinstance(error, json.JSONDecodeError):
        return len(error.doc[: error.pos].encode())
    return error.start if isinstance(error, UnicodeDecodeError) else 0


def _is_deep(headers: Json) -> bool:
    level, depth = _containers([headers]), 0
    while level and depth < MAX_DEPTH:
        level = _containers(inner for one in level for inner in (one.values() if isinstance(one, dict) else one))
        depth += 1
    return bool(level)


def _containers(values: Iterable[Any]) -> list[Json | list[Any]]:
    return [value for value in values if isinstance(value, (dict, list))]


def _item(data: bytes, at: int) -> tuple[Item, int]:
    line, headers = _header(data, at)
    if not isinstance(headers.get("type"), str):
        raise SchemaError(f"offset {at}: expected an item header with a type")
    start = at + len(line) + 1  # one behind the end, where the header has no line end
    end = _end(data, headers.get("length"), start)
    return Item(headers["type"], headers, data[start:end], line), end


def _end(data: bytes, length: Any, start: int) -> int:
    if length is None:
        end = data.find(b"\n", start)
        return end if end >= 0 else max(start, len(data))
    if not isinstance(length, int) or isinstance(length, bool) or length < 0:
        raise SchemaError(f"offset {min(start, len(data))}: expected the item's length to be a whole number from 0")
    if length > max(0, len(data) - start):
        raise SchemaError(f"offset {min(start, len(data))}: expected as many bytes as the item's length says")
    if data[start + length : start + length + 1] not in (b"\n", b""):
        raise SchemaError(f"offset {start + length}: expected a line to end behind the item")
    return start + length


def parse(data: bytes, where: str) -> Any:
    """Read JSON strictly: what a second reader would see must be what was judged.

    No NaN, no number that becomes infinite, no duplicate keys.

    Raises:
        SchemaError: not JSON; names `where`.
    """
    try:
        return _loads(data)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"{where}: expected JSON ({type(error).__name__})") from None


def _loads(data: bytes) -> Any:
    text = data.decode("utf-8")
    return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_unique)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("too large")  # 1e999 is JSON, but what Python makes of it is not
    return number


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
    line, headers = _header(data, 0)
    return dumps({**headers, "sent_at": sent_at}) + b"\n" + data[len(line) + 1 :]
