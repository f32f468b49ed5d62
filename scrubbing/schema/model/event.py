"""Sentry's event: what a crash, a message, a transaction and their parts are made of.

Sources: the SDKs' developer documentation, the public ``event.schema.json``, and events that sentry-sdk 2.x makes.
Fields are in the protocol's spelling. What is not declared here does not leave.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, flag, leaf, part, rest
from scrubbing.schema.forms import COMMAND, ENVIRONMENT, HEX16, HEX32, INTEGRATIONS, LEVELS, RELEASE, TIME, VERSION
from scrubbing.schema.kinds import Kind
from scrubbing.schema.model.contexts import Contexts
from scrubbing.schema.model.debug import DebugMeta
from scrubbing.schema.model.request import Request, User
from scrubbing.schema.model.stacktrace import ExceptionValue, Stacktrace, Thread

Text = str | None
Number = float | None
Stamp = str | float | None


@attrs.define(kw_only=True)
class LogEntry(Node):
    """A message."""

    formatted: Text = leaf(Kind.MESSAGE, "strict", "the message; under strict its skeleton", limit=8192)
    message: Text = leaf(
        Kind.MESSAGE, "strict", "the template the message was made from; under strict its skeleton", limit=8192
    )
    params: Any = leaf(Kind.BAG, "verbose", "the values put into the template", limit=50, depth=4, size=2048)


@attrs.define(kw_only=True)
class Breadcrumb(Node):
    """Something that happened before."""

    timestamp: Stamp = leaf(Kind.FACT, "standard", "when", pattern=TIME)
    type: Text = leaf(Kind.TEXT, "standard", "what sort", limit=64)
    category: Text = leaf(Kind.TEXT, "standard", "where from", limit=128)
    level: Text = leaf(Kind.FACT, "standard", "how bad", values=LEVELS)
    message: Text = leaf(Kind.TEXT, "standard", "what", limit=8192)
    data: dict[str, Any] | None = leaf(Kind.BAG, "standard", "details", limit=50, depth=4, size=2048)
    origin: Text = leaf(Kind.FACT, NEVER, "how it was recorded")
    event_id: Text = leaf(Kind.ID, NEVER, "an event it belongs to")


@attrs.define(kw_only=True)
class Tags(Node):
    """Short searchable facts."""

    subcommand: Text = leaf(Kind.FACT, "strict", "the command that ran", pattern=COMMAND)
    other: dict[str, Any] = rest(Kind.TEXT, "standard", "tags of the app's own", limit=200)


@attrs.define(kw_only=True)
class SdkPackage(Node):
    """A package the SDK consists of."""

    name: Text = leaf(Kind.FACT, "strict", "its name", values=("pypi:sentry-sdk",))
    version: Text = leaf(Kind.FACT, "strict", "its version", pattern=VERSION)


@attrs.define(kw_only=True)
class Sdk(Node):
    """The SDK that made the event."""

    name: Text = leaf(
        Kind.FACT, "strict", "its name", values=("sentry.python", *(f"sentry.python.{name}" for name in INTEGRATIONS))
    )
    version: Text = leaf(Kind.FACT, "strict", "its version", pattern=VERSION)
    integrations: list[str | None] | None = leaf(Kind.FACT, "strict", "its integrations", values=INTEGRATIONS, most=100)
    packages: list[SdkPackage | None] | None = part(SdkPackage, "strict", "what it consists of", many="list", most=4)
    features: list[str | None] | None = leaf(Kind.FACT, NEVER, "what it can do", most=100)
    settings: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "what a server is to do")


@attrs.define(kw_only=True)
class Span(Node):
    """A timed piece of a transaction."""

    span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    trace_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    parent_span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    same_process_as_parent: bool | None = flag(NEVER, "whether the parent is in this process")
    op: Text = leaf(Kind.TEXT, "standard", "the operation", limit=64)
    origin: Text = leaf(Kind.TEXT, "standard", "who started it", limit=64)
    status: Text = leaf(Kind.TEXT, "standard", "how it ended", limit=64)
    description: Text = leaf(Kind.TEXT, "standard", "what it did", limit=8192)
    start_timestamp: Stamp = leaf(Kind.FACT, "standard", "its start", pattern=TIME)
    timestamp: Stamp = leaf(Kind.FACT, "standard", "its end", pattern=TIME)
    tags: Tags | None = part(Tags, "standard", "searchable facts")
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)
    exclusive_time: Number = leaf(Kind.NUMBER, NEVER, "milliseconds outside of its children")
    measurements: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "numbers")
    links: list[Any] | None = leaf(Kind.BAG, NEVER, "related spans")
    sentry_tags: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "what a server knows of it")


@attrs.define(kw_only=True)
class TransactionNameChange(Node):
    """One renaming of a transaction."""

    source: Text = leaf(Kind.FACT, NEVER, "where the name before came from")
    propagations: Number = leaf(Kind.NUMBER, NEVER, "how many had got it by then")
    timestamp: Stamp = leaf(Kind.FACT, NEVER, "when")


@attrs.define(kw_only=True)
class TransactionInfo(Node):
    """Where a transaction's name comes from."""

    source: Text = leaf(Kind.TEXT, "standard", "the source", limit=64)
    original: Text = leaf(Kind.TEXT, NEVER, "the name before a server changed it")
    changes: list[TransactionNameChange | None] | None = part(
        TransactionNameChange, NEVER, "how it was renamed", many="list", most=100
    )
    propagations: Number = leaf(Kind.NUMBER, NEVER, "how many were told")


@attrs.define(kw_only=True)
class EventProcessingError(Node):
    """Something a server found wrong."""

    type: Text = leaf(Kind.FACT, NEVER, "what sort")
    name: Text = leaf(Kind.TEXT, NEVER, "where")
    value: Any = leaf(Kind.BAG, NEVER, "what stood there")


@attrs.define(kw_only=True)
class Event(Node):
    """An event: an error, a message, a transaction or feedback."""

    event_id: Text = leaf(Kind.ID, "strict", "random, made for this event", pattern=HEX32)
    timestamp: Stamp = leaf(Kind.FACT, "strict", "when", pattern=TIME)
    platform: Text = leaf(Kind.FACT, "strict", "python", values=("python", "other"))
    level: Text = leaf(Kind.FACT, "strict", "how bad", values=LEVELS)
    logger: Text = leaf(
        Kind.SYMBOL, "strict", "the logger; under strict only where it is a module of the app", limit=64
    )
    release: Text = leaf(Kind.FACT, "strict", "the app's version", pattern=RELEASE)
    environment: Text = leaf(Kind.FACT, "strict", "production, staging, ...", pattern=ENVIRONMENT)
    dist: Text = leaf(Kind.FACT, "strict", "the build", pattern=ENVIRONMENT)
    tags: Tags | None = part(Tags, "strict", "searchable facts")
    contexts: Contexts | None = part(Contexts, "strict", "the surroundings")
    sdk: Sdk | None = part(Sdk, "strict", "the SDK that made it")
    exception: list[ExceptionValue | None] | None = part(
        ExceptionValue, "strict", "the chain of exceptions, oldest first", many="values", most=50
    )
    logentry: LogEntry | None = part(LogEntry, "strict", "a message")
    fingerprint: list[str | None] | None = leaf(
        Kind.TEXT, "strict", "what the server groups by; under strict our hash alone", limit=200, most=10
    )
    type: Text = leaf(Kind.FACT, "strict", "what sort of event", values=("error", "default", "transaction", "feedback"))
    threads: list[Thread | None] | None = part(
        Thread,
        "strict",
        "threads and where they were; under strict those of a hard crash alone",
        many="values",
        most=100,
    )
    breadcrumbs: list[Breadcrumb | None] | None = part(
        Breadcrumb, "standard", "what happened before", many="values", most=100
    )
    transaction: Text = leaf(Kind.TEXT, "standard", "what the app was doing", limit=200)
    transaction_info: TransactionInfo | None = part(TransactionInfo, "standard", "where that name comes from")
    start_timestamp: Stamp = leaf(Kind.FACT, "standard", "when a transaction began", pattern=TIME)
    spans: list[Span | None] | None = part(Span, "standard", "a transaction's pieces", many="list", most=1000)
    extra: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "anything the app added", limit=100, depth=6, size=16384)
    request: Request | None = part(Request, "verbose", "the request a web app was answering")
    user: User | None = part(User, "strict", "who it was, as a random id")
    measurements: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "numbers of a transaction", limit=50)
    modules: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "installed packages")
    server_name: Text = leaf(Kind.TEXT, NEVER, "the name of the computer")
    stacktrace: Stacktrace | None = part(Stacktrace, NEVER, "legacy")
    template: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a template that failed")
    debug_meta: DebugMeta | None = part(DebugMeta, NEVER, "loaded native images")
    errors: list[EventProcessingError | None] | None = part(
        EventProcessingError, NEVER, "what a server found wrong", many="list", most=100
    )
    site: Text = leaf(Kind.TEXT, NEVER, "legacy")
    time_spent: Number = leaf(Kind.NUMBER, NEVER, "legacy")
    culprit: Text = leaf(Kind.TEXT, NEVER, "legacy name of a transaction")
    checksum: Text = leaf(Kind.ID, NEVER, "legacy fingerprint")
    project: Any = leaf(Kind.BAG, NEVER, "legacy number of the project")
    received: Stamp = leaf(Kind.FACT, NEVER, "when a server got it")
    version: Text = leaf(Kind.FACT, NEVER, "of the protocol")
    profile: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a profile taken along")
    scores: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "how measurements were weighed")
    breakdowns: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "sums of spans by a server")
    metrics_summary: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "legacy measured values", wire="_metrics_summary")
    meta: dict[str, Any] | None = leaf(
        Kind.BAG,
        NEVER,
        "others' remarks about the other fields; ours are made anew, if the policy asks for them",
        wire="_meta",
    )
