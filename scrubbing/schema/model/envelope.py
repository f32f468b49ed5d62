"""The envelope around the items: its header, the headers of its items, and items nobody knows.

Sources: the SDKs' developer documentation and what sentry-sdk 2.x emits. `scrubbing.wire` reads headers as mappings;
``structure(envelope.headers, EnvelopeHeader)`` makes an object of one.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, leaf, part
from scrubbing.schema.forms import HEX32, STAMP
from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import Kind
from scrubbing.schema.model.event import Sdk

Text = str | None
Number = float | None

#: What payloads are: JSON, and the batches' own names for theirs.
CONTENT_TYPES = (
    "application/json",
    *(f"application/vnd.sentry.items.{n}+json" for n in ("log", "trace-metric", "span.v2")),
)


@attrs.define(kw_only=True)
class EnvelopeHeader(Node):
    """What is said of all items of an envelope."""

    event_id: Text = leaf(Kind.ID, "strict", "the id of the event in it", pattern=HEX32)
    sent_at: Text = leaf(Kind.FACT, "strict", "when it was sent, UTC", pattern=STAMP)
    dsn: Text = leaf(Kind.URL, NEVER, "where to, for envelopes that are passed on; the request says it too")
    sdk: Sdk | None = part(Sdk, NEVER, "the SDK that made it; its event says it too")
    trace: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "how the trace is sampled: user ids and names among it")


@attrs.define(kw_only=True)
class ItemHeader(Node):
    """What an item is, and how long."""

    type: Text = leaf(Kind.FACT, "strict", "what it is", values=tuple(ITEMS), required=True)
    length: Number = leaf(Kind.NUMBER, "strict", "bytes of the payload; without it a line", limit=256 * 1024)
    content_type: Text = leaf(Kind.FACT, "strict", "what the payload is written in", values=CONTENT_TYPES)
    item_count: Number = leaf(Kind.NUMBER, "verbose", "members of a batch", limit=1000)
    filename: Text = leaf(Kind.PATH, NEVER, "an attachment's file")
    attachment_type: Text = leaf(Kind.FACT, NEVER, "what sort of attachment")
    meta_length: Number = leaf(Kind.NUMBER, NEVER, "bytes of JSON before an attachment's own")
    platform: Text = leaf(Kind.FACT, NEVER, "a profile's platform")


@attrs.frozen
class UnknownItem:
    """An item whose payload nobody here can take apart; kept byte for byte, and never sent.

    Args:
        type: what it calls itself.
        headers: its header.
        payload: its bytes.
    """

    type: str
    headers: dict[str, Any]
    payload: bytes
