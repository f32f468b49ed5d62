"""The payloads of envelope items other than events: sessions, check-ins, and batches of logs, metrics and spans.

Sources: the SDKs' developer documentation and what sentry-sdk 2.x emits.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, flag, leaf, part
from scrubbing.schema.forms import ENVIRONMENT, HEX16, HEX32, LEVELS, OWN_ID, RELEASE, STATUSES, TIME, UUID
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None
Stamp = str | float | None


@attrs.define(kw_only=True)
class SessionAttributes(Node):
    """The version a session ran."""

    release: Text = leaf(Kind.FACT, "strict", "the app's version", pattern=RELEASE, required=True)
    environment: Text = leaf(Kind.FACT, "strict", "production, staging, ...", pattern=ENVIRONMENT)
    ip_address: Text = leaf(Kind.TEXT, NEVER, "an address")
    user_agent: Text = leaf(Kind.TEXT, NEVER, "a browser")


@attrs.define(kw_only=True)
class Session(Node):
    """A user's day with one command."""

    sid: Text = leaf(Kind.ID, "strict", "random, new each day", pattern=UUID, required=True)
    init: bool | None = flag("strict", "whether this is the first word about it")
    seq: Number = leaf(Kind.NUMBER, "strict", "the number of this update", limit=1_000_000)
    started: Stamp = leaf(Kind.FACT, "strict", "its start", pattern=TIME, required=True)
    timestamp: Stamp = leaf(Kind.FACT, "strict", "the time of this update", pattern=TIME)
    status: Text = leaf(Kind.FACT, "strict", "how it went", values=STATUSES)
    errors: Number = leaf(Kind.NUMBER, "strict", "how many errors", limit=1_000_000)
    # Not `attrs`: cattrs has an argument of that name.
    attributes: SessionAttributes | None = part(SessionAttributes, "strict", "the version", wire="attrs", required=True)
    did: Text = leaf(Kind.ID, "strict", "random, made here and changed as the author chose", pattern=OWN_ID)
    duration: Number = leaf(Kind.NUMBER, NEVER, "how long")


@attrs.define(kw_only=True)
class SessionBucket(Node):
    """How many sessions of a minute ended how."""

    started: Stamp = leaf(Kind.FACT, "strict", "the minute", pattern=TIME, required=True)
    exited: Number = leaf(Kind.NUMBER, "strict", "ended well", limit=1_000_000)
    errored: Number = leaf(Kind.NUMBER, "strict", "had errors", limit=1_000_000)
    crashed: Number = leaf(Kind.NUMBER, "strict", "crashed", limit=1_000_000)
    abnormal: Number = leaf(Kind.NUMBER, "strict", "ended strangely", limit=1_000_000)
    did: Text = leaf(Kind.ID, NEVER, "who")


@attrs.define(kw_only=True)
class Sessions(Node):
    """Sessions of a server, counted."""

    aggregates: list[SessionBucket | None] | None = part(
        SessionBucket, "strict", "by minute", many="list", most=100, required=True
    )
    # Not `attrs`: cattrs has an argument of that name.
    attributes: SessionAttributes | None = part(SessionAttributes, "strict", "the version", wire="attrs", required=True)


@attrs.define(kw_only=True)
class CheckIn(Node):
    """A scheduled job's sign of life."""

    check_in_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32, required=True)
    monitor_slug: Text = leaf(Kind.TEXT, "standard", "the job", limit=50, required=True)
    status: Text = leaf(Kind.FACT, "standard", "how it went", values=("in_progress", "ok", "error"), required=True)
    duration: Number = leaf(Kind.NUMBER, "standard", "seconds")
    release: Text = leaf(Kind.FACT, "standard", "the app's version", pattern=RELEASE)
    environment: Text = leaf(Kind.FACT, "standard", "production, staging, ...", pattern=ENVIRONMENT)
    monitor_config: dict[str, Any] | None = leaf(Kind.BAG, "standard", "when it is expected", limit=20)
    type: Text = leaf(Kind.FACT, "standard", "check_in", values=("check_in",))
    event_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    timestamp: Stamp = leaf(Kind.FACT, "standard", "when", pattern=TIME)
    platform: Text = leaf(Kind.FACT, "standard", "python", values=("python",))
    contexts: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the trace")
    sdk: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the SDK")
    server_name: Text = leaf(Kind.TEXT, NEVER, "the name of the computer")


@attrs.define(kw_only=True)
class Log(Node):
    """One log record."""

    timestamp: Stamp = leaf(Kind.FACT, "verbose", "when", pattern=TIME, required=True)
    level: Text = leaf(Kind.FACT, "verbose", "how bad", values=(*LEVELS, "warn", "trace"), required=True)
    severity_number: Number = leaf(Kind.NUMBER, "verbose", "how bad, as a number")
    body: Text = leaf(Kind.TEXT, "verbose", "the message", limit=8192, required=True)
    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)


@attrs.define(kw_only=True)
class Logs(Node):
    """A batch of log records."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[Log | None] | None = part(Log, "verbose", "the records", many="list", most=100, required=True)


@attrs.define(kw_only=True)
class Metric(Node):
    """One measured value."""

    timestamp: Stamp = leaf(Kind.FACT, "verbose", "when", pattern=TIME, required=True)
    name: Text = leaf(Kind.TEXT, "verbose", "what was measured", limit=200, required=True)
    type: Text = leaf(Kind.FACT, "verbose", "what sort", values=("counter", "gauge", "distribution"), required=True)
    value: Number = leaf(Kind.NUMBER, "verbose", "the value", required=True)
    unit: Text = leaf(Kind.TEXT, "verbose", "its unit", limit=64)
    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)


@attrs.define(kw_only=True)
class Metrics(Node):
    """A batch of measured values."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[Metric | None] | None = part(Metric, "verbose", "the values", many="list", most=1000, required=True)


@attrs.define(kw_only=True)
class StreamedSpan(Node):
    """A timed piece of work, sent by itself."""

    trace_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX32, required=True)
    span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16, required=True)
    parent_span_id: Text = leaf(Kind.ID, "verbose", "random", pattern=HEX16)
    name: Text = leaf(Kind.TEXT, "verbose", "what it did", limit=8192, required=True)
    status: Text = leaf(Kind.TEXT, "verbose", "how it ended", limit=64)
    is_segment: bool | None = flag("verbose", "whether it is the outermost")
    start_timestamp: Stamp = leaf(Kind.FACT, "verbose", "its start", pattern=TIME)
    end_timestamp: Stamp = leaf(Kind.FACT, "verbose", "its end", pattern=TIME)
    attributes: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)
    links: list[Any] | None = leaf(Kind.BAG, NEVER, "related spans")


@attrs.define(kw_only=True)
class Spans(Node):
    """A batch of spans."""

    version: Number = leaf(Kind.NUMBER, "verbose", "of the format")
    items: list[StreamedSpan | None] | None = part(
        StreamedSpan, "verbose", "the spans", many="list", most=1000, required=True
    )


@attrs.define(kw_only=True)
class Discarded(Node):
    """What a client did not send, and why."""

    reason: Text = leaf(Kind.FACT, NEVER, "why", required=True)
    category: Text = leaf(Kind.FACT, NEVER, "what sort of item", required=True)
    quantity: Number = leaf(Kind.NUMBER, NEVER, "how many", required=True)


@attrs.define(kw_only=True)
class ClientReport(Node):
    """What a client did not send; never sent itself: it passes no hook."""

    timestamp: Stamp = leaf(Kind.FACT, NEVER, "when")
    discarded_events: list[Discarded | None] | None = part(
        Discarded, NEVER, "what", many="list", most=1000, required=True
    )


@attrs.define(kw_only=True)
class UserReport(Node):
    """A user's words about one crash, as older SDKs sent them; `Feedback` came after it."""

    event_id: Text = leaf(Kind.ID, NEVER, "the crash", required=True)
    name: Text = leaf(Kind.TEXT, NEVER, "the name the user gave")
    email: Text = leaf(Kind.TEXT, NEVER, "how the user wants to be answered")
    comments: Text = leaf(Kind.TEXT, NEVER, "the text")


@attrs.define(kw_only=True)
class Profile(Node):
    """Samples of everything that ran during a transaction; never sent."""

    event_id: Text = leaf(Kind.ID, NEVER, "random", required=True)
    version: Text = leaf(Kind.FACT, NEVER, "of the format")
    platform: Text = leaf(Kind.FACT, NEVER, "python", required=True)
    environment: Text = leaf(Kind.FACT, NEVER, "production, staging, ...")
    release: Text = leaf(Kind.FACT, NEVER, "the app's version")
    timestamp: Stamp = leaf(Kind.FACT, NEVER, "when")
    device: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the machine")
    os: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the operating system")
    runtime: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the Python that runs the app")
    transactions: list[Any] | None = leaf(Kind.BAG, NEVER, "what was sampled")
    profile: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "frames, stacks, samples and threads", required=True)


@attrs.define(kw_only=True)
class ProfileChunk(Node):
    """Samples of everything that ran for a while; never sent."""

    chunk_id: Text = leaf(Kind.ID, NEVER, "random", required=True)
    profiler_id: Text = leaf(Kind.ID, NEVER, "random", required=True)
    version: Text = leaf(Kind.FACT, NEVER, "of the format", required=True)
    platform: Text = leaf(Kind.FACT, NEVER, "python", required=True)
    client_sdk: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the SDK")
    environment: Text = leaf(Kind.FACT, NEVER, "production, staging, ...")
    release: Text = leaf(Kind.FACT, NEVER, "the app's version")
    dist: Text = leaf(Kind.FACT, NEVER, "the build")
    profile: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "frames, stacks, samples and threads", required=True)
    measurements: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "numbers of the machine")
