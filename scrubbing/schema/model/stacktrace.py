"""Exceptions, threads and their frames.

Sources: the SDKs' developer documentation, the public ``event.schema.json``, and events that sentry-sdk 2.x makes.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Node, flag, leaf, part
from scrubbing.schema.forms import MECHANISMS
from scrubbing.schema.kinds import Kind

Text = str | None
Number = float | None
Label = str | int | None


@attrs.define(kw_only=True)
class LockReason(Node):
    """A monitor a thread holds or waits for."""

    type: Label = leaf(Kind.NUMBER, NEVER, "held, waited for, slept on or blocked")
    address: Text = leaf(Kind.FACT, NEVER, "where it is in memory")
    class_name: Text = leaf(Kind.SYMBOL, NEVER, "its class")
    package_name: Text = leaf(Kind.SYMBOL, NEVER, "its class's package")
    thread_id: Label = leaf(Kind.NUMBER, NEVER, "the thread that holds it")


@attrs.define(kw_only=True)
class Frame(Node):
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
    pre_context: list[str | None] | None = leaf(Kind.CODE, "strict", "the lines before", limit=256, most=8)
    post_context: list[str | None] | None = leaf(Kind.CODE, "strict", "the lines after", limit=256, most=8)
    abs_path: Text = leaf(Kind.PATH, "standard", "the file's absolute path", limit=1024)
    platform: Text = leaf(Kind.TEXT, "standard", "the frame's platform", limit=64)
    vars: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "local variables", limit=100, depth=4, size=2048)
    package: Text = leaf(Kind.PATH, NEVER, "the library a native frame came from")
    raw_function: Text = leaf(Kind.SYMBOL, NEVER, "a native frame's unprocessed name")
    symbol: Text = leaf(Kind.SYMBOL, NEVER, "a native frame's mangled name")
    instruction_addr: Text = leaf(Kind.FACT, NEVER, "a native frame's address")
    image_addr: Text = leaf(Kind.FACT, NEVER, "a native image's address")
    symbol_addr: Text = leaf(Kind.FACT, NEVER, "a native symbol's address")
    function_id: Text = leaf(Kind.FACT, NEVER, "the number of a function of .NET")
    addr_mode: Text = leaf(Kind.FACT, NEVER, "how a native address is meant")
    stack_start: bool | None = flag(NEVER, "whether a chained stack trace begins here")
    lock: LockReason | None = part(LockReason, NEVER, "a monitor the frame holds")


@attrs.define(kw_only=True)
class Stacktrace(Node):
    """The frames of one exception or thread."""

    frames: list[Frame | None] | None = part(Frame, "strict", "outermost first", many="list", most=250)
    registers: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "a native thread's registers")
    snapshot: bool | None = flag(NEVER, "whether it was taken from outside")
    lang: Text = leaf(Kind.FACT, NEVER, "the language")
    instruction_addr_adjustment: Text = leaf(Kind.FACT, NEVER, "how native addresses are to be corrected")


@attrs.define(kw_only=True)
class CError(Node):
    """The operating system's error number."""

    number: Number = leaf(Kind.NUMBER, "strict", "the number", limit=20_000)
    name: Text = leaf(Kind.FACT, NEVER, "its symbol, which servers know")


@attrs.define(kw_only=True)
class PosixSignal(Node):
    """The signal that ended a native process."""

    number: Number = leaf(Kind.NUMBER, NEVER, "the number")
    code: Number = leaf(Kind.NUMBER, NEVER, "what caused it")
    name: Text = leaf(Kind.FACT, NEVER, "its symbol")
    code_name: Text = leaf(Kind.FACT, NEVER, "the symbol of what caused it")


@attrs.define(kw_only=True)
class MachException(Node):
    """An exception of macOS's kernel."""

    exception: Number = leaf(Kind.NUMBER, NEVER, "the number")
    code: Number = leaf(Kind.NUMBER, NEVER, "its code")
    subcode: Number = leaf(Kind.NUMBER, NEVER, "its second code")
    name: Text = leaf(Kind.FACT, NEVER, "its symbol")


@attrs.define(kw_only=True)
class NsError(Node):
    """An error of Apple's frameworks."""

    code: Number = leaf(Kind.NUMBER, NEVER, "the number")
    domain: Text = leaf(Kind.TEXT, NEVER, "which framework's")


@attrs.define(kw_only=True)
class MechanismMeta(Node):
    """What the operating system said about an error."""

    errno: CError | None = part(CError, "strict", "errno of an OSError")
    signal: PosixSignal | None = part(PosixSignal, NEVER, "a POSIX signal")
    mach_exception: MachException | None = part(MachException, NEVER, "a Mach exception")
    ns_error: NsError | None = part(NsError, NEVER, "an error of Apple's frameworks")


@attrs.define(kw_only=True)
class Mechanism(Node):
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
    data: dict[str, Any] | None = leaf(Kind.BAG, "verbose", "anything else", limit=50, depth=4, size=2048)
    description: Text = leaf(Kind.TEXT, NEVER, "prose about the mechanism")
    help_link: Text = leaf(Kind.URL, NEVER, "a link to documentation")


@attrs.define(kw_only=True)
class ExceptionValue(Node):
    """One exception of a chain."""

    type: Text = leaf(Kind.SYMBOL, "strict", "the name of the class", limit=256)
    module: Text = leaf(Kind.SYMBOL, "strict", "the module of the class", limit=256)
    value: Text = leaf(
        Kind.MESSAGE, "strict", "the message; under strict its skeleton, without any run-time value", limit=8192
    )
    mechanism: Mechanism | None = part(Mechanism, "strict", "how it was caught")
    stacktrace: Stacktrace | None = part(Stacktrace, "strict", "where it was raised")
    thread_id: Label = leaf(Kind.NUMBER, "standard", "the thread it was raised in")
    raw_stacktrace: Stacktrace | None = part(Stacktrace, NEVER, "an unprocessed stack trace")


@attrs.define(kw_only=True)
class Thread(Node):
    """One thread and where it was."""

    id: Label = leaf(Kind.NUMBER, "strict", "its number", limit=(1 << 64) - 1)
    name: Text = leaf(Kind.TEXT, "standard", "its name", limit=200)
    crashed: bool | None = flag("strict", "whether it crashed")
    current: bool | None = flag("strict", "whether it was running")
    main: bool | None = flag("strict", "whether it is the main thread")
    state: Text = leaf(Kind.FACT, NEVER, "its state")
    stacktrace: Stacktrace | None = part(Stacktrace, "strict", "where it was")
    raw_stacktrace: Stacktrace | None = part(Stacktrace, NEVER, "an unprocessed stack trace")
    held_locks: dict[str, Any] | None = leaf(Kind.BAG, NEVER, "monitors it held")
