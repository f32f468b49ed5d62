"""Who the app says its user is, and the request a web app was answering.

Sources: the SDKs' developer documentation, the public ``event.schema.json``, and events that sentry-sdk 2.x makes.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, leaf, part
from scrubbing.schema.forms import OWN_ID
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None
Label = str | int | None


@attrs.define(kw_only=True)
class Geo(Node):
    """A place, as a server guesses it from an address."""

    country_code: Text = leaf(Kind.FACT, NEVER, "the country")
    region: Text = leaf(Kind.TEXT, NEVER, "the region")
    subdivision: Text = leaf(Kind.TEXT, NEVER, "the part of the country")
    city: Text = leaf(Kind.TEXT, NEVER, "the town")


@attrs.define(kw_only=True)
class User(Node):
    """Who it was, as a random id of our own; what the app itself says of its user never leaves."""

    id: Label = leaf(Kind.ID, "strict", "random, made here and changed as the author chose", pattern=OWN_ID)
    email: Text = leaf(Kind.TEXT, NEVER, "an e-mail address")
    username: Text = leaf(Kind.TEXT, NEVER, "a name to log in")
    name: Text = leaf(Kind.TEXT, NEVER, "a name")
    ip_address: Text = leaf(Kind.TEXT, NEVER, "an address")
    geo: Geo | None = part(Geo, NEVER, "a place")
    segment: Text = leaf(Kind.TEXT, NEVER, "a group the app put them in")
    sentry_user: Text = leaf(Kind.TEXT, NEVER, "what a server made of all that")
    data: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "anything else")


@attrs.define(kw_only=True)
class Request(Node):
    """The request a web app was answering."""

    method: Text = leaf(Kind.FACT, "verbose", "the method", pattern=r"[A-Z]{1,16}")
    url: Text = leaf(Kind.URL, "verbose", "the address; of its query, names, numbers, dates and choices", limit=256)
    query_string: Any = leaf(Kind.BAG, "verbose", "the query", limit=100, depth=2, size=1024)
    headers: Any = leaf(Kind.BAG, "verbose", "the headers", limit=100)
    data: Any = leaf(Kind.BAG, "verbose", "the body", limit=100, depth=6, size=8192)
    cookies: Any = leaf(Kind.BAG, NEVER, "the cookies")
    env: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the server's environment")
    fragment: Text = leaf(Kind.TEXT, NEVER, "the part behind #")
    inferred_content_type: Text = leaf(Kind.TEXT, NEVER, "a guess")
    protocol: Text = leaf(Kind.FACT, NEVER, "http or https")
    body_size: Number = leaf(Kind.NUMBER, NEVER, "bytes of the body")
    api_target: Text = leaf(Kind.TEXT, NEVER, "which API")
