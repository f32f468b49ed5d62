"""Message skeletons: what may be said under ``strict`` of an exception's message, made of code constants alone.

The templates that can flow into the exception are read from the code that raised it; its message accepts one of them or
none. Among several the least revealing is taken, and one way that cannot be followed makes the whole message ``<?>``.
"""

from __future__ import annotations

from types import FrameType
from typing import Any

from scrubbing.provenance.classes import RAISED, type_names
from scrubbing.provenance.cpython import builtin_message, os_message
from scrubbing.provenance.flow.symbols import Attribute, Binary, Call, Items, Symbol
from scrubbing.provenance.flow.used import used
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.skeletons.raised import Raised
from scrubbing.provenance.skeletons.scopes import Budget, Scope, TooMuch
from scrubbing.provenance.skeletons.sites import repeats, sites
from scrubbing.provenance.skeletons.templates import (
    CAUGHT,
    Hole,
    Template,
    distinct,
    fill,
    groups,
    least,
    rendered,
    says_something,
)
from scrubbing.provenance.skeletons.texts import reader as text_reader
from scrubbing.provenance.skeletons.trace import Entry, Trace, call_at
from scrubbing.provenance.tracebacks import entries
from scrubbing.schema.strings import EXTERNAL, UNKNOWN

#: Innermost frames that parameters are followed through, characters of a message that is looked at, answers kept.
MAX_ENTRIES, MAX_TEXT, MAX_KEPT = 40, 1 << 20, 512

_CONTEXT = BaseException.__dict__["__context__"].__get__
_CAUSE = BaseException.__dict__["__cause__"].__get__

#: Templates of one group, and what is said of a message that follows one of them.
Answer = tuple[list[Template], Template]


def skeleton(exc: BaseException, packages: Packages) -> str:
    """Return the message of a live exception with every run-time value in it replaced by a placeholder.

    Args:
        exc: the live exception.
        packages: the code that may contribute.

    Returns:
        The skeleton; ``<?>`` where nothing of the message is proven to be code.
    """
    try:
        return read_skeleton(exc, packages)
    except RAISED:  # whatever is odd about an exception or its code: nothing of it is proven
        return UNKNOWN


def read_skeleton(exc: BaseException, packages: Packages) -> str:
    """Return the skeleton as `skeleton` does, and raise what goes wrong on the way."""
    text = text_of(exc)
    trace = Trace([(one.tb_frame, one.tb_lasti) for one in entries(exc, MAX_ENTRIES)], packages)
    if text is None:
        return UNKNOWN
    made = chosen(_kept(type(exc), trace), text, exc, packages) if trace.entries else UNKNOWN
    if made == UNKNOWN:
        return _of_python(exc, text, trace) or UNKNOWN
    return made


def _of_python(exc: BaseException, text: str, trace: Trace) -> str | None:
    """Return the skeleton of a message that Python itself or the operating system made."""
    scope = trace.scope(len(trace.entries) - 1) if trace.entries else None
    number = trace.number(len(trace.entries) - 1, scope.facts) if scope is not None else None
    does = used(scope.facts, number) if scope is not None and number is not None else None
    made = builtin_message(exc, text, does, trace.packages) if does is not None else None
    return made if made is not None else os_message(exc, trace.packages)


def _kept(cls: type, trace: Trace) -> list[Answer]:
    """Return what may be said, remembered by the class and as many of the innermost places as they depend on."""
    memory = trace.packages.memory
    first = ("used", id(cls), *trace.key(1))
    found: tuple[list[Answer], object, object] | None = memory.get((id(cls), *trace.key(memory.get(first, 1))))
    if found is None:
        made = answers(raised_templates(cls, trace) or [])
        if len(memory) > MAX_KEPT:
            memory.clear()
        memory[first] = used = max(trace.used, memory.get(first, 1))
        found = made, cls, trace.codes(used)  # held, so that an id is not given to another
        whole = (id(cls), *trace.key(used))
        memory[whole] = found
    return found[0]


def text_of(exc: BaseException) -> str | None:
    """Return an exception's message; ``None`` where it has none that can be had."""
    try:
        text: Any = str(exc)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # whatever a `__str__` raises is no message
        return None
    text = str.__str__(text)
    return text if len(text) <= MAX_TEXT else None


def chosen(answers: list[Answer], text: str, exc: BaseException | None, packages: Packages) -> str:
    """Choose what is said of a message: what all templates say that could account for the whole of it."""
    for templates, said in answers:
        if any(fill(template, text) is not None for template in templates):
            contents = fill(said, text)
            return (
                _rendered(said, contents, exc, packages) if contents is not None and says_something(said) else UNKNOWN
            )
    return UNKNOWN


def answers(templates: list[Template]) -> list[Answer]:
    """Return each group of templates with what may be said where a message follows one of them."""
    return [(group, least(group)) for group in groups(templates)]


def _rendered(template: Template, contents: list[str], exc: BaseException | None, packages: Packages) -> str:
    """Write a template; where a caught exception's text stands, that exception's own skeleton stands."""
    if exc is None or CAUGHT not in template:
        return rendered(template)
    holes = iter(contents)
    return "".join(part if isinstance(part, str) else _held(part, next(holes), exc, packages) for part in template)


def _held(hole: Hole, content: str, exc: BaseException, packages: Packages) -> str:
    if hole.caught:
        for other in (_CONTEXT(exc), _CAUSE(exc)):
            if other is not None and other is not exc and text_of(other) == content:
                return skeleton(other, packages)
    return hole.name


def raised_templates(cls: type, trace: Trace) -> list[Template] | None:
    """Return the templates of the message of an exception that was raised by its innermost frame, or ``None``."""
    last = len(trace.entries) - 1
    scope = trace.scope(last)
    number = trace.number(last, scope.facts) if scope is not None else None
    if scope is None or number is None or (symbol := scope.facts.told.raised.get(number)) is None:
        return None
    try:
        return _raised_templates(cls, trace, scope, symbol)
    except (TooMuch, RecursionError):
        return None


def _raised_templates(cls: type, trace: Trace, scope: Scope, symbol: Symbol) -> list[Template] | None:
    reader = text_reader(Budget(trace.packages))
    found = sites(symbol, scope, reader, cls)
    if found is None and repeats(symbol, scope, reader):
        return [(CAUGHT,)]
    if not found or trace.changes_args({id(call) for call, _ in found}, reader):
        return None
    name = _name(cls, trace.packages)
    return distinct(t for site in found for t in Raised(reader, cls, name, site).texts())


def _name(cls: type, packages: Packages) -> str | None:
    name = type_names(cls, packages)[0]
    return None if name == EXTERNAL else name


def message(text: str, frame: FrameType | None, packages: Packages) -> str:
    """Return the skeleton of a message without an exception, as a live stack sends it.

    Args:
        text: the message as it was sent.
        frame: the innermost frame of the live stack; its callers follow.
        packages: the code that may contribute.
    """
    try:
        return _message(text, frame, packages)
    except RAISED:
        return UNKNOWN


#: Modules that carry a message from the app to its event.
_CARRIERS = frozenset({"scrubbing", "sentry_sdk", "logging"})


def _message(text: str, frame: FrameType | None, packages: Packages) -> str:
    waiting: list[Entry] = []
    while frame is not None and len(waiting) < MAX_ENTRIES:
        name = dict.get(frame.f_globals, "__name__")
        carrier = type(name) is str and name.partition(".")[0] in _CARRIERS
        if waiting or not carrier:
            waiting.append((frame, frame.f_lasti))
        frame = frame.f_back
    trace = Trace(waiting[::-1], packages)
    last = len(waiting) - 1
    scope = trace.scope(last) if waiting else None
    number = trace.number(last, scope.facts) if scope is not None else None
    call = call_at(scope, number) if scope is not None and number is not None else None
    if scope is None or call is None:
        return UNKNOWN
    reader = text_reader(Budget(packages))
    symbols = _said(call)
    return chosen(answers(distinct(t for one in symbols for t in reader.texts(one, scope))), text, None, packages)


def _said(call: Call) -> list[Symbol]:
    """What a call says: its text, as a record's arguments fill it in."""
    positional = call.positional if isinstance(call.positional, tuple) else ()
    is_log = isinstance(call.function, Attribute) and call.function.name == "log"
    given = positional[1:] if is_log else positional
    if not given:
        return [symbol for name in ("msg", "message") if (symbol := call.keywords.get(name)) is not None]
    return [Binary("%", given[0], Items(given[1:]))] if len(given) > 1 else [given[0]]
