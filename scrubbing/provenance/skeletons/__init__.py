"""Message skeletons: what may be said under ``strict`` of an exception's message, made of code constants alone.

The templates that can flow into the exception are read from the code that raised it; its message accepts one of them or
none. Among several the least revealing is taken, and one way that cannot be followed makes the whole message ``<?>``.
"""

from __future__ import annotations

from types import FrameType
from typing import Any

from scrubbing.provenance.classes import type_names
from scrubbing.provenance.flow.symbols import Attribute, Call, Symbol
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.skeletons.lookup import member
from scrubbing.provenance.skeletons.raised import Raised
from scrubbing.provenance.skeletons.reader import Reader
from scrubbing.provenance.skeletons.scopes import Budget, Scope, TooMuch, arguments
from scrubbing.provenance.skeletons.sites import repeats, sites
from scrubbing.provenance.skeletons.strings import put_in
from scrubbing.provenance.skeletons.templates import (
    CAUGHT,
    Template,
    distinct,
    fill,
    groups,
    joined,
    least,
    rendered,
    says_something,
)
from scrubbing.provenance.skeletons.texts import reader as text_reader
from scrubbing.provenance.skeletons.trace import MAX_ENTRIES, Trace, called_now
from scrubbing.provenance.tracebacks import entries
from scrubbing.schema.strings import EXTERNAL, UNKNOWN

#: Characters of a message that is looked at, answers kept, notes of one exception.
MAX_TEXT, MAX_KEPT, MAX_NOTES = 1 << 20, 512, 10

_CONTEXT = BaseException.__dict__["__context__"].__get__
_CAUSE = BaseException.__dict__["__cause__"].__get__
_DICT = BaseException.__dict__["__dict__"].__get__

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
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # whatever is odd about an exception or its code: nothing of it is proven
        return UNKNOWN


def read_skeleton(exc: BaseException, packages: Packages) -> str:
    """Return the skeleton as `skeleton` does, and raise what goes wrong on the way."""
    trace = Trace([(one.tb_frame, one.tb_lasti) for one in entries(exc, MAX_ENTRIES)], packages)
    notes = [note for note in _notes(exc, trace) if note != UNKNOWN]
    return "\n".join([_of_text(exc, trace), *notes])


def _of_text(exc: BaseException, trace: Trace) -> str:
    text = text_of(exc)
    if text is None:
        return UNKNOWN
    made = chosen(_kept(type(exc), trace), text, exc, trace.packages) if trace.entries else UNKNOWN
    return (_of_python(exc, text, trace) or UNKNOWN) if made == UNKNOWN else made


def _notes(exc: BaseException, trace: Trace) -> list[str]:
    """Return the skeletons of an exception's notes, as the functions it went through may have made them."""
    notes = _DICT(exc).get("__notes__")
    if type(notes) is not list:
        return []
    reader = text_reader(Budget(trace.packages))
    made = distinct(template for note, scope in trace.noted() for template in reader.texts(note, scope))
    texts = [note for note in notes[:MAX_NOTES] if type(note) is str and len(note) <= MAX_TEXT]
    return [chosen(answers(made), text, exc, trace.packages) for text in texts] if made else []


def _of_python(exc: BaseException, text: str, trace: Trace) -> str | None:
    """Return the skeleton of a message that Python itself or the operating system made."""
    # Imported here: its table is read when a message needs it, not at the first exception of a process.
    from scrubbing.provenance.cpython import builtin_message, os_message
    from scrubbing.provenance.flow.used import used

    scope = trace.scope(len(trace.entries) - 1) if trace.entries and not trace.swapped else None
    number = trace.number(len(trace.entries) - 1, scope.facts) if scope is not None else None
    does = used(scope.facts, number) if scope is not None and number is not None else None
    made = builtin_message(exc, text, does, trace.packages) if does is not None else None
    return made if made is not None else os_message(exc, trace.packages)


def _kept(cls: type, trace: Trace) -> list[Answer]:
    """Return what may be said, remembered by the class and as many of the innermost places as they depend on."""
    if trace.is_odd():
        return answers(raised_templates(cls, trace))
    memory = trace.packages.memory
    makers = [member(cls, name, trace.packages) for name in ("__init__", "__new__", "__str__")]
    kind = id(cls), *map(id, makers)
    first = ("used", *kind, *trace.key(1))
    found: tuple[list[Answer], object, object, object] | None = memory.get((*kind, *trace.key(memory.get(first, 1))))
    if found is None:
        made = answers(raised_templates(cls, trace))
        if len(memory) > MAX_KEPT:
            memory.clear()
        memory[first] = deep = max(trace.used, memory.get(first, 1))
        found = made, cls, makers, trace.codes(deep)  # held, so that an id is not given to another
        whole = (*kind, *trace.key(deep))
        memory[whole] = found
    return found[0]


def said_by(exc: BaseException) -> str | None:
    """Return what an exception says of itself: its class's own code runs, as when a traceback is printed.

    Returns:
        The text, of any length; ``None`` where it has none that can be had.
    """
    try:
        text: Any = str(exc)
    except KeyboardInterrupt:  # the app's own
        raise
    except BaseException:  # noqa: BLE001  # whatever a `__str__` raises is no message
        return None
    return str.__str__(text)


def text_of(exc: BaseException) -> str | None:
    """Return an exception's message; ``None`` where it has none that can be had, or one that is too long."""
    text = said_by(exc)
    return text if text is not None and len(text) <= MAX_TEXT else None


def chosen(answers: list[Answer], text: str, exc: BaseException | None, packages: Packages) -> str:
    """Choose what is said of a message: what all templates say that could account for the whole of it."""
    for templates, said in answers:
        if any(fill(template, text) is not None for template in templates):
            follows = fill(said, text) is not None and (says_something(said) or not said)
            return _rendered(said, text, exc, packages) if follows else UNKNOWN
    return UNKNOWN


def answers(templates: list[Template]) -> list[Answer]:
    """Return each group of templates with what may be said where a message follows one of them."""
    return [(group, least(group)) for group in groups(templates)]


def _rendered(template: Template, text: str, exc: BaseException | None, packages: Packages) -> str:
    """Write a template; where a caught exception's text stands, that exception's own skeleton stands."""
    if exc is None or CAUGHT not in template:
        return rendered(template)
    for other in (_CONTEXT(exc), _CAUSE(exc)):
        held = text_of(other) if other is not None and other is not exc else None
        # Where a hole ends is not told by what stands in it: another value may have the literals of the template.
        if other is None or held is None or _is_handled_around(other, exc):
            continue
        if fill(_holding(template, held), text) is not None:
            return rendered(_holding(template, skeleton(other, packages)))
    return rendered(template)


def _is_handled_around(exc: BaseException, later: BaseException) -> bool:
    """Say whether the function that raised a later exception is handling another one around this."""
    frames = [entry.tb_frame for entry in entries(later, 1)]
    older, steps = _CONTEXT(exc), 0
    while older is not None and older is not later and steps < MAX_ENTRIES:
        if any(entry.tb_frame in frames for entry in entries(older, MAX_ENTRIES)):
            return True
        older, steps = _CONTEXT(older), steps + 1
    return False


def _holding(template: Template, text: str) -> Template:
    return joined(text if part is CAUGHT else part for part in template)


def raised_templates(cls: type, trace: Trace) -> list[Template]:
    """Return the templates of the message of an exception, as the function that raised it made it; none if unknown."""
    reader = text_reader(Budget(trace.packages))
    try:
        found = trace.raise_of(reader)
        return (_raised_templates(cls, trace, *found, reader) or []) if found is not None else []
    except (TooMuch, RecursionError):
        return []


def _raised_templates(cls: type, trace: Trace, scope: Scope, symbol: Symbol, reader: Reader) -> list[Template] | None:
    found = sites(symbol, scope, reader, cls)
    if found is None and repeats(symbol, scope, reader):
        return [(CAUGHT,)]
    if not found or trace.changes_args({id(call) for call, _ in found}, (where for _, where in found), reader):
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
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # as above
        return UNKNOWN


def _message(text: str, frame: FrameType | None, packages: Packages) -> str:
    found = called_now(frame, packages)
    if found is None:
        return UNKNOWN
    reader = text_reader(Budget(packages))
    return chosen(answers(_said(*found, reader)), text, None, packages)


def _said(call: Call, scope: Scope, reader: Reader) -> list[Template]:
    """What a call says: its text, as a record's arguments fill it in."""
    made = arguments(call, scope)
    if made is None:
        return []
    positional, keywords, _ = made
    is_log = isinstance(call.function, Attribute) and call.function.name == "log"
    given = positional[int(is_log) :] or [keywords[name] for name in ("msg", "message") if name in keywords]
    if not given:
        return []
    text, *values = given
    return put_in(reader, reader.texts(*text), values) if values else reader.texts(*text)
