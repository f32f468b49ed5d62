"""Message skeletons: what may be said under ``strict`` of an exception's message, made of code constants alone.

The templates that can flow into the exception are read from the code that raised it; its message accepts one of them or
none. Among several the least revealing is taken, and one way that cannot be followed makes the whole message ``<?>``.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FrameType, FunctionType
from typing import Any

from scrubbing.provenance.classes import RAISED, type_names
from scrubbing.provenance.cpython import builtin_message, os_message
from scrubbing.provenance.flow.facts import Facts
from scrubbing.provenance.flow.scan import stores
from scrubbing.provenance.flow.symbols import Attribute, Binary, Call, Caught, Items, Symbol
from scrubbing.provenance.flow.used import used
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.raised import Raised, repeats, sites
from scrubbing.provenance.scopes import NOTHING, Budget, Scope, TooMuch, frame_scope, live, member, plain
from scrubbing.provenance.templates import (
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
from scrubbing.provenance.texts import Reader
from scrubbing.provenance.tracebacks import entries
from scrubbing.schema.strings import EXTERNAL, UNKNOWN

#: Innermost frames that parameters are followed through, characters of a message that is looked at, answers kept.
MAX_ENTRIES, MAX_TEXT, MAX_KEPT = 40, 1 << 20, 512

_CONTEXT = BaseException.__dict__["__context__"].__get__
_CAUSE = BaseException.__dict__["__cause__"].__get__

Entry = tuple[FrameType, int]
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


class Trace:
    """The functions at work when an exception was raised, the innermost last; each bound to the call before it.

    Args:
        entries: the frame and the offset of the last instruction of each.
        packages: the code that may contribute.

    Attributes:
        used: how many of the innermost were asked for.
    """

    __slots__ = ("_scopes", "entries", "packages", "used")

    def __init__(self, entries: list[Entry], packages: Packages) -> None:
        self.entries, self.packages = entries, packages
        self.used = 1
        self._scopes: dict[int, Scope | None] = {}

    def scope(self, number: int) -> Scope | None:
        """Return the function of an entry at work, if it is proven."""
        if number not in self._scopes:
            frame = self.entries[number][0]
            self._scopes[number] = frame_scope(frame.f_code, frame.f_globals, self.packages, self._caller(number))
        return self._scopes[number]

    def number(self, entry: int, facts: Facts) -> int | None:
        """Return the number of an entry's last instruction."""
        return facts.listing.at(self.entries[entry][1])

    def key(self, count: int) -> tuple[int, ...]:
        """What tells the places of some of the innermost functions apart."""
        return tuple(number for frame, offset in self.entries[-count:] for number in (id(frame.f_code), offset))

    def changes_args(self, made: set[int], reader: Reader) -> bool:
        """Say whether one of the functions stores ``args`` of an exception: of one it caught, or of this one.

        Args:
            made: the ids of the calls that made this one.
            reader: finds what a variable holds.
        """
        named = (number for number, (frame, _) in enumerate(self.entries) if stores(frame.f_code, "STORE_ATTR", "args"))
        for scope in filter(None, map(self.scope, named)):
            for base, name, *_ in scope.facts.told.attributes:
                held = [one for one, _ in reader.sources(base, scope) or ()] if name == "args" else []
                if any(isinstance(one, Caught) or id(one) in made for one in held):
                    return True
        return False

    def codes(self, count: int) -> list[CodeType]:
        """The code of some of the innermost functions."""
        return [frame.f_code for frame, _ in self.entries[-count:]]

    def _caller(self, number: int) -> Callable[[], tuple[Call, Scope] | None]:
        return lambda: self._call_of(number)

    def _call_of(self, number: int) -> tuple[Call, Scope] | None:
        """The call in the frame before that began this one, if it is certain that it did."""
        if number == 0:
            return None
        self.used = max(self.used, len(self.entries) - number + 1)
        outer = self.scope(number - 1)
        at = outer.facts.listing.at(self.entries[number - 1][1]) if outer is not None else None
        call = _call_at(outer, at) if outer is not None and at is not None else None
        if outer is None or call is None or not self._begins(call, outer, self.entries[number][0].f_code):
            return None
        return call, outer

    def _begins(self, call: Call, outer: Scope, code: CodeType) -> bool:
        """Say whether a call begins a function's code; of a method whose object is not known, its name is."""
        found = live(call.function, outer, self.packages)
        if issubclass(type(found), type):
            found = member(found, "__init__", self.packages)
        found = plain(found)
        if found is NOTHING and isinstance(call.function, Attribute):
            return call.function.name == code.co_name
        return type(found) is FunctionType and found.__code__ is code


def _call_at(scope: Scope, number: int) -> Call | None:
    """The call an instruction makes, or waits for; Python 3.11 may stop one instruction before it."""
    if scope.facts.listing.names[number] == "PRECALL":
        number += 1
    found = scope.facts.told.calls.get(number)
    return found if isinstance(found, Call) else None


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
    reader = Reader(Budget(trace.packages))
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
    call = _call_at(scope, number) if scope is not None and number is not None else None
    if scope is None or call is None:
        return UNKNOWN
    reader = Reader(Budget(packages))
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
