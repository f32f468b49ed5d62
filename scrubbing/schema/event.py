"""Sentry's event: what a crash, a message, a transaction and their parts are made of.

Sources: the SDKs' developer documentation, the public ``event.schema.json``, and events that sentry-sdk 2.x makes.
Fields are in the protocol's spelling. What is not declared here does not leave.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, flag, leaf, part, rest
from scrubbing.schema.forms import (
    COMMAND,
    ENVIRONMENT,
    HEX16,
    HEX32,
    INTEGRATIONS,
    LEVELS,
    MECHANISMS,
    RELEASE,
    TIME,
    VERSION,
)
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None


@attrs.define(kw_only=True)
class Frame:
    """One frame of a stack trace, outermost first in its list."""

    filename: Text = leaf(Kind.PATH, "strict", "the file, relative to the root it was found under", limit=256)
    module: Text = leaf(Kind.SYMBOL, "strict", "the dotted name of the module", limit=256)
    function: Text = leaf(Kind.SYMBOL, "strict", "the name of the function", limit=256)
    lineno: Number = leaf(Kind.NUMBER, "strict", "the line, from 1", limit=10_000_000)
    colno: Number = leaf(Kind.NUMBER, "strict", "the column, from 1", limit=100_000)
    in_app: bool | None = flag("strict", "whether the frame belongs to the app")
    context_line: Text = leaf(
        Kind.CODE, "strict", "the line of source; under strict of the app's own code only", limit=256
    )
    pre_context: list[str] | None = leaf(Kind.CODE, "strict", "the lines before", limit=256, most=8)
    post_context: list[str] | None = leaf(Kind.CODE, "strict", "the lines after", limit=256, most=8)
    abs_path: Text = leaf(Kind.PATH, "standard", "the file's absolute path", limit=1024)
    platform: Text = leaf(Kind.TEXT, "standard", "the frame's platform", limit=64)
    vars: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "local variables", limit=100)
    package: Text = leaf(Kind.PATH, NEVER, "the library a native frame came from")
    raw_function: Text = leaf(Kind.SYMBOL, NEVER, "a native frame's unprocessed name")
    instruction_addr: Text = leaf(Kind.FACT, NEVER, "a native frame's address")
    image_addr: Text = leaf(Kind.FACT, NEVER, "a native image's address")
    symbol_addr: Text = leaf(Kind.FACT, NEVER, "a native symbol's address")
    addr_mode: Text = leaf(Kind.FACT, NEVER, "how a native address is meant")


@attrs.define(kw_only=True)
class Stacktrace:
    """The frames of one exception or thread."""

    frames: list[Frame | None] | None = part(Frame, "strict", "outermost first", many="list", most=250)
    registers: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a native thread's registers")
    snapshot: bool | None = flag(NEVER, "whether it was taken from outside")


@attrs.define(kw_only=True)
class Errno:
    """The operating system's error number."""

    number: Number = leaf(Kind.NUMBER, "strict", "the number", limit=20_000)
    name: Text = leaf(Kind.FACT, NEVER, "its symbol, which servers know")


@attrs.define(kw_only=True)
class MechanismMeta:
    """What the operating system said about an error."""

    errno: Errno | None = part(Errno, "strict", "errno of an OSError")
    signal: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a POSIX signal")
    mach_exception: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a Mach exception")


@attrs.define(kw_only=True)
class Mechanism:
    """How an exception was caught."""

    type: Text = leaf(Kind.FACT, "strict", "where it was caught", values=MECHANISMS)
    handled: bool | None = flag("strict", "false for a crash")
    source: Text = leaf(
        Kind.FACT,
        "strict",
        "the attribute of the parent that holds it",
        pattern=r"__cause__|__context__|__suppress_context__|exceptions\[\d{1,4}\]",
    )
    exception_id: Number = leaf(Kind.NUMBER, "strict", "its number in the chain", limit=1000)
    parent_id: Number = leaf(Kind.NUMBER, "strict", "its parent's number in the chain", limit=1000)
    is_exception_group: bool | None = flag("strict", "whether it is a group")
    synthetic: bool | None = flag("strict", "whether the exception itself says nothing")
    meta: MechanismMeta | None = part(MechanismMeta, "strict", "errno")
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "anything else", limit=50)
    description: Text = leaf(Kind.TEXT, NEVER, "prose about the mechanism")
    help_link: Text = leaf(Kind.URL, NEVER, "a link to documentation")


@attrs.define(kw_only=True)
class ExceptionValue:
    """One exception of a chain."""

    type: Text = leaf(Kind.SYMBOL, "strict", "the name of the class", limit=256)
    module: Text = leaf(Kind.SYMBOL, "strict", "the module of the class", limit=256)
    value: Text = leaf(
        Kind.TEXT, "strict", "the message; under strict its skeleton, without any run-time value", limit=8192
    )
    mechanism: Mechanism | None = part(Mechanism, "strict", "how it was caught")
    stacktrace: Stacktrace | None = part(Stacktrace, "strict", "where it was raised")
    thread_id: Number = leaf(Kind.NUMBER, "standard", "the thread it was raised in")
    raw_stacktrace: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "an unprocessed stack trace")


@attrs.define(kw_only=True)
class LogEntry:
    """A message."""

    formatted: Text = leaf(Kind.TEXT, "strict", "the message; under strict its skeleton", limit=8192)
    message: Text = leaf(
        Kind.TEXT, "strict", "the template the message was made from; under strict its skeleton", limit=8192
    )
    params: Any = leaf(Kind.BAG, "verbose", "the values put into the template", limit=50)


@attrs.define(kw_only=True)
class Breadcrumb:
    """Something that happened before."""

    timestamp: Any = leaf(Kind.FACT, "standard", "when", pattern=TIME)
    type: Text = leaf(Kind.TEXT, "standard", "what sort", limit=64)
    category: Text = leaf(Kind.TEXT, "standard", "where from", limit=200)
    level: Text = leaf(Kind.FACT, "standard", "how bad", values=LEVELS)
    message: Text = leaf(Kind.TEXT, "standard", "what", limit=8192)
    data: dict[str, Any] | None = leaf(Kind.BAG, "standard", "details", limit=50)
    origin: Text = leaf(Kind.FACT, NEVER, "how it was recorded")
    event_id: Text = leaf(Kind.ID, NEVER, "an event it belongs to")


@attrs.define(kw_only=True)
class Thread:
    """One thread and where it was."""

    id: Any = leaf(Kind.NUMBER, "standard", "its number")
    name: Text = leaf(Kind.TEXT, "standard", "its name", limit=200)
    crashed: bool | None = flag("standard", "whether it crashed")
    current: bool | None = flag("standard", "whether it was running")
    main: bool | None = flag("standard", "whether it is the main thread")
    state: Text = leaf(Kind.FACT, NEVER, "its state")
    stacktrace: Stacktrace | None = part(Stacktrace, "standard", "where it was")
    raw_stacktrace: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "an unprocessed stack trace")
    held_locks: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "locks it held")


@attrs.define(kw_only=True)
class Runtime:
    """The Python that runs the app."""

    name: Text = leaf(Kind.FACT, "strict", "CPython or PyPy", values=("CPython", "PyPy", "GraalPy"))
    version: Text = leaf(
        Kind.FACT, "strict", "its version", pattern=r"\d{1,2}\.\d{1,3}\.\d{1,3}([abrc]{1,2}\d{1,2})?\+?"
    )
    build: Text = leaf(Kind.TEXT, NEVER, "who built it and how")
    type: Text = leaf(Kind.FACT, "strict", "which context this is", values=("runtime",))


@attrs.define(kw_only=True)
class OperatingSystem:
    """The operating system, without anything its owner could have named."""

    name: Text = leaf(Kind.FACT, "strict", "its name", values=("Linux", "macOS", "Windows", "FreeBSD", "Other"))
    version: Text = leaf(Kind.FACT, "strict", "major and minor version", pattern=r"\d{1,5}(\.\d{1,5})?")
    type: Text = leaf(Kind.FACT, "strict", "which context this is", values=("os",))
    kernel_version: Text = leaf(Kind.TEXT, NEVER, "the kernel's version, which its builder names")
    build: Text = leaf(Kind.TEXT, NEVER, "the build")


@attrs.define(kw_only=True)
class Trace:
    """The trace an event belongs to."""

    trace_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    parent_span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    op: Text = leaf(Kind.TEXT, "standard", "the operation", limit=64)
    origin: Text = leaf(Kind.TEXT, "standard", "who started it", limit=64)
    status: Text = leaf(Kind.TEXT, "standard", "how it ended", limit=64)
    description: Text = leaf(Kind.TEXT, "standard", "what it does", limit=8192)
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=50)
    type: Text = leaf(Kind.FACT, "standard", "which context this is", values=("trace",))
    dynamic_sampling_context: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "baggage")


@attrs.define(kw_only=True)
class Feedback:
    """What a user wrote to the author."""

    message: Text = leaf(Kind.TEXT, "strict", "the text the user wrote and saw before it was sent", limit=4096)
    contact_email: Text = leaf(Kind.TEXT, "strict", "how the user wants to be answered", limit=254)
    name: Text = leaf(Kind.TEXT, "strict", "the name the user gave", limit=128)
    associated_event_id: Text = leaf(Kind.ID, "strict", "the crash it is about", pattern=HEX32)
    source: Text = leaf(Kind.TEXT, NEVER, "where it was written")
    url: Text = leaf(Kind.URL, NEVER, "the page it was written on")
    replay_id: Text = leaf(Kind.ID, NEVER, "a replay")


@attrs.define(kw_only=True)
class Contexts:
    """What is known about the surroundings."""

    runtime: Runtime | None = part(Runtime, "strict", "the Python that runs the app")
    os: OperatingSystem | None = part(OperatingSystem, "strict", "the operating system")
    trace: Trace | None = part(Trace, "standard", "the trace")
    feedback: Feedback | None = part(Feedback, "strict", "a user's words")
    device: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the machine")
    culture: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "language and time zone")
    cloud_resource: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "account and host in a cloud")
    other: dict[str, Any] = rest(Kind.BAG, "standard", "contexts of the app's own", limit=50)


@attrs.define(kw_only=True)
class Tags:
    """Short searchable facts."""

    subcommand: Text = leaf(Kind.FACT, "strict", "the command that ran", pattern=COMMAND)
    other: dict[str, Any] = rest(Kind.TEXT, "standard", "tags of the app's own", limit=200)


@attrs.define(kw_only=True)
class SdkPackage:
    """A package the SDK consists of."""

    name: Text = leaf(Kind.FACT, "strict", "its name", values=("pypi:sentry-sdk",))
    version: Text = leaf(Kind.FACT, "strict", "its version", pattern=VERSION)


@attrs.define(kw_only=True)
class Sdk:
    """The SDK that made the event."""

    name: Text = leaf(
        Kind.FACT, "strict", "its name", values=("sentry.python", *(f"sentry.python.{name}" for name in INTEGRATIONS))
    )
    version: Text = leaf(Kind.FACT, "strict", "its version", pattern=VERSION)
    integrations: list[str] | None = leaf(Kind.FACT, "strict", "its integrations", values=INTEGRATIONS, most=100)
    packages: list[SdkPackage] | None = part(SdkPackage, "strict", "what it consists of", many="list", most=4)


@attrs.define(kw_only=True)
class User:
    """Whoever the app says its user is."""

    id: Any = leaf(Kind.TEXT, "verbose", "an id the app gave", limit=128)
    email: Text = leaf(Kind.TEXT, NEVER, "an e-mail address")
    username: Text = leaf(Kind.TEXT, NEVER, "a name to log in")
    name: Text = leaf(Kind.TEXT, NEVER, "a name")
    ip_address: Text = leaf(Kind.TEXT, NEVER, "an address")
    geo: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a place")
    data: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "anything else")


@attrs.define(kw_only=True)
class Request:
    """The request a web app was answering."""

    method: Text = leaf(Kind.FACT, "verbose", "the method", pattern=r"[A-Z]{1,16}")
    url: Text = leaf(Kind.URL, "verbose", "the address without its query", limit=8192)
    query_string: Any = leaf(Kind.BAG, "verbose", "the query", limit=100)
    headers: Any = leaf(Kind.BAG, "verbose", "the headers", limit=100)
    data: Any = leaf(Kind.BAG, "verbose", "the body", limit=100)
    cookies: Any = leaf(Kind.BAG, NEVER, "the cookies")
    env: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "the server's environment")
    fragment: Text = leaf(Kind.TEXT, NEVER, "the part behind #")
    inferred_content_type: Text = leaf(Kind.TEXT, NEVER, "a guess")
    api_target: Text = leaf(Kind.TEXT, NEVER, "which API")


@attrs.define(kw_only=True)
class Span:
    """A timed piece of a transaction."""

    span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    trace_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX32)
    parent_span_id: Text = leaf(Kind.ID, "standard", "random", pattern=HEX16)
    same_process_as_parent: bool | None = flag("standard", "whether the parent is in this process")
    op: Text = leaf(Kind.TEXT, "standard", "the operation", limit=64)
    origin: Text = leaf(Kind.TEXT, "standard", "who started it", limit=64)
    status: Text = leaf(Kind.TEXT, "standard", "how it ended", limit=64)
    description: Text = leaf(Kind.TEXT, "standard", "what it did", limit=8192)
    start_timestamp: Any = leaf(Kind.FACT, "standard", "its start", pattern=TIME)
    timestamp: Any = leaf(Kind.FACT, "standard", "its end", pattern=TIME)
    tags: Tags | None = part(Tags, "standard", "searchable facts")
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "details", limit=100)


@attrs.define(kw_only=True)
class TransactionInfo:
    """Where a transaction's name comes from."""

    source: Text = leaf(Kind.TEXT, "standard", "the source", limit=64)


@attrs.define(kw_only=True)
class Event:
    """An event: an error, a message, a transaction or feedback."""

    event_id: Text = leaf(Kind.ID, "strict", "random, made for this event", pattern=HEX32)
    timestamp: Any = leaf(Kind.FACT, "strict", "when", pattern=TIME)
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
    fingerprint: list[str] | None = leaf(
        Kind.TEXT, "strict", "what the server groups by; under strict our hash alone", limit=200, most=10
    )
    type: Text = leaf(Kind.FACT, "strict", "what sort of event", values=("error", "default", "transaction", "feedback"))
    threads: list[Thread | None] | None = part(
        Thread, "standard", "threads and where they were", many="values", most=100
    )
    breadcrumbs: list[Breadcrumb | None] | None = part(
        Breadcrumb, "standard", "what happened before", many="values", most=100
    )
    transaction: Text = leaf(Kind.TEXT, "standard", "what the app was doing", limit=200)
    transaction_info: TransactionInfo | None = part(TransactionInfo, "standard", "where that name comes from")
    start_timestamp: Any = leaf(Kind.FACT, "standard", "when a transaction began", pattern=TIME)
    spans: list[Span | None] | None = part(Span, "standard", "a transaction's pieces", many="list", most=1000)
    extra: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "anything the app added", limit=100)
    request: Request | None = part(Request, "verbose", "the request a web app was answering")
    user: User | None = part(User, "verbose", "whoever the app says its user is")
    measurements: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "numbers of a transaction", limit=50)
    modules: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "installed packages")
    server_name: Text = leaf(Kind.TEXT, NEVER, "the name of the computer")
    stacktrace: Stacktrace | None = part(Stacktrace, NEVER, "legacy")
    template: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a template that failed")
    debug_meta: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "loaded native images")
    errors: list[Any] | None = leaf(Kind.BAG, NEVER, "what a server found wrong")
    site: Text = leaf(Kind.TEXT, NEVER, "legacy")
    time_spent: Number = leaf(Kind.NUMBER, NEVER, "legacy")
