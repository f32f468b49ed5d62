"""The items of an envelope: what else than events is sent, and under which preset.

Sources: the SDKs' developer documentation and what sentry-sdk 2.x emits. An item type that is not in `ITEMS` does not
leave, whatever it holds; the ones the SDK emits and nobody may send are named in `NEVER_SENT`, with the reason.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.event import HEX16, HEX32, Event
from scrubbing.schema.fields import ENVIRONMENT, LEVELS, NEVER, RELEASE, STATUSES, TIME, WORD, Leaves, leaf, part
from scrubbing.schema.kinds import Kind

UUID = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"

Text = str | None
Number = float | None


@attrs.define(kw_only=True)
class SessionAttributes:
    """The version a session ran."""

    release: Text = leaf(Kind.FACT, "strict", "the app's version", pattern=RELEASE)
    environment: Text = leaf(Kind.FACT, "strict", "production, staging, ...", pattern=ENVIRONMENT)
    ip_address: Text = leaf(Kind.TEXT, NEVER, "an address")
    user_agent: Text = leaf(Kind.TEXT, NEVER, "a browser")


@attrs.define(kw_only=True)
class Session:
    """A user's day with one command."""

    sid: Text = leaf(Kind.ID, "strict", "random, new each day", pattern=UUID)
    init: bool | None = leaf(Kind.NUMBER, "strict", "whether this is the first word about it")
    seq: Number = leaf(Kind.NUMBER, "strict", "the number of this update")
    started: Any = leaf(Kind.FACT, "strict", "its start", pattern=TIME)
    timestamp: Any = leaf(Kind.FACT, "strict", "the time of this update", pattern=TIME)
    status: Text = leaf(Kind.FACT, "strict", "how it went", values=STATUSES)
    errors: Number = leaf(Kind.NUMBER, "strict", "how many errors")
    attrs: SessionAttributes | None = part(SessionAttributes, "strict", "the version")
    did: Text = leaf(Kind.ID, NEVER, "who: the SDK puts the user's id, e-mail or name here")
    duration: Number = leaf(Kind.NUMBER, NEVER, "how long")


@attrs.define(kw_only=True)
class SessionBucket:
    """How many sessions of a minute ended how."""

    started: Any = leaf(Kind.FACT, "strict", "the minute", pattern=TIME)
    exited: Number = leaf(Kind.NUMBER, "strict", "ended well")
    errored: Number = leaf(Kind.NUMBER, "strict", "had errors")
    crashed: Number = leaf(Kind.NUMBER, "strict", "crashed")
    abnormal: Number = leaf(Kind.NUMBER, "strict", "ended strangely")
    did: Text = leaf(Kind.ID, NEVER, "who")


@attrs.define(kw_only=True)
class Sessions:
    """Sessions of a server, counted."""

    aggregates: list[SessionBucket | None] | None = part(SessionBucket, "strict", "by minute", many="list", limit=100)
    attrs: SessionAttributes | None = part(SessionAttributes, "strict", "the version")


@attrs.define(kw_only=True)
class CheckIn:
    """A scheduled job's sign of life."""

    check_in_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    monitor_slug: Text = leaf(Kind.TEXT, "standard", "the job", limit=50)
    status: Text = leaf(Kind.FACT, "standard", "how it went", pattern=WORD)
    duration: Number = leaf(Kind.NUMBER, "standard", "seconds")
    release: Text = leaf(Kind.FACT, "standard", "the app's version", pattern=RELEASE)
    environment: Text = leaf(Kind.FACT, "standard", "production, staging, ...", pattern=ENVIRONMENT)
    monitor_config: dict[str, Any] | None = leaf(Kind.BAG, "standard", "when it is expected", limit=20)
    type: Text = leaf(Kind.FACT, "standard", "check_in", values=("check_in",))
    event_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    timestamp: Any = leaf(Kind.FACT, "standard", "when", pattern=TIME)
    platform: Text = leaf(Kind.FACT, "standard", "python", values=("python",))
    contexts: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the trace")
    sdk: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the SDK")
    server_name: Text = leaf(Kind.TEXT, NEVER, "the name of the computer")


@attrs.define(kw_only=True)
class Log:
    """One log record."""

    timestamp: Any = leaf(Kind.FACT, "verbose", "when", pattern=TIME)
    level: Text = leaf(Kind.FACT, "verbose", "how bad", values=(*LEVELS, "warn", "trace"))
    severity_number: Number = leaf(Kind.NUMBER, "verbose", "how bad, as a number")
    body: Text = leaf(Kind.TEXT, "verbose", "the message", limit=8192)
    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)


@attrs.define(kw_only=True)
class Logs:
    """A batch of log records."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[Log | None] | None = part(Log, "verbose", "the records", many="list", limit=100)


@attrs.define(kw_only=True)
class Metric:
    """One measured value."""

    timestamp: Any = leaf(Kind.FACT, "verbose", "when", pattern=TIME)
    name: Text = leaf(Kind.TEXT, "verbose", "what was measured", limit=200)
    type: Text = leaf(Kind.FACT, "verbose", "counter, gauge, distribution", pattern=WORD)
    value: Number = leaf(Kind.NUMBER, "verbose", "the value")
    unit: Text = leaf(Kind.FACT, "verbose", "its unit", pattern=WORD)
    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)


@attrs.define(kw_only=True)
class Metrics:
    """A batch of measured values."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[Metric | None] | None = part(Metric, "verbose", "the values", many="list", limit=1000)


@attrs.define(kw_only=True)
class StreamedSpan:
    """A timed piece of work, sent by itself."""

    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    parent_span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    name: Text = leaf(Kind.TEXT, "verbose", "what it did", limit=8192)
    status: Text = leaf(Kind.FACT, "verbose", "how it ended", pattern=WORD)
    is_segment: bool | None = leaf(Kind.NUMBER, "verbose", "whether it is the outermost")
    start_timestamp: Any = leaf(Kind.FACT, "verbose", "its start", pattern=TIME)
    end_timestamp: Any = leaf(Kind.FACT, "verbose", "its end", pattern=TIME)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)
    links: list[Any] | None = leaf(Kind.BAG, NEVER, "related spans")


@attrs.define(kw_only=True)
class Spans:
    """A batch of spans."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[StreamedSpan | None] | None = part(StreamedSpan, "verbose", "the spans", many="list", limit=1000)


@attrs.frozen
class ItemType:
    """An item type that may leave, the class of its payload and the most closed preset under which it does."""

    name: str
    payload: type
    leaves: Leaves
    category: str  # the rate-limit category of Sentry's protocol


ITEMS: dict[str, ItemType] = {
    item.name: item
    for item in (
        ItemType("event", Event, "strict", "error"),
        ItemType("session", Session, "strict", "session"),
        ItemType("sessions", Sessions, "strict", "session"),
        ItemType("feedback", Event, "strict", "feedback"),
        ItemType("transaction", Event, "standard", "transaction"),
        ItemType("check_in", CheckIn, "standard", "monitor"),
        ItemType("log", Logs, "verbose", "log_item"),
        ItemType("trace_metric", Metrics, "verbose", "trace_metric"),
        ItemType("span", Spans, "verbose", "span"),
    )
}

#: Item types sentry-sdk can emit that never leave, with the reason. A test holds this against the installed SDK.
NEVER_SENT: dict[str, str] = {
    "attachment": "arbitrary bytes nobody can read before they leave",
    "profile": "samples of everything that ran",
    "profile_chunk": "samples of everything that ran",
    "client_report": "says what the user's machine dropped, and passes no hook",
}

#: The purpose a user agrees to when an item of this type is sent.
PURPOSES: dict[str, str] = {
    "event": "crashes",
    "feedback": "feedback",
    "session": "usage",
    "sessions": "usage",
    "transaction": "usage",
    "check_in": "usage",
    "log": "usage",
    "trace_metric": "usage",
    "span": "usage",
}
