"""The functions at work when an exception was raised or a message was sent; each bound to the call before it."""

from __future__ import annotations

import opcode
from collections.abc import Callable, Iterable
from types import CodeType, FrameType, FunctionType, ModuleType

from scrubbing.provenance.flow.facts import Facts
from scrubbing.provenance.flow.scan import stores
from scrubbing.provenance.flow.symbols import Attribute, Call, Caught, Local, Symbol
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.skeletons.lookup import MODULE_DICT, NOTHING, frame_scope, live, member, plain, takes_first
from scrubbing.provenance.skeletons.reader import Reader
from scrubbing.provenance.skeletons.scopes import Scope, Source, changed_outside
from scrubbing.provenance.skeletons.templates import CAUGHT

Entry = tuple[FrameType, int]
_RAISE = opcode.opmap["RAISE_VARARGS"]
#: Innermost frames that parameters are followed through.
MAX_ENTRIES = 40
#: Modules that carry a message from the app to its event.
_CARRIERS = frozenset({"scrubbing", "sentry_sdk", "logging"})


class Trace:
    """The functions at work when an exception was raised, the innermost last; each bound to the call before it.

    Args:
        entries: the frame and the offset of the last instruction of each.
        packages: the code that may contribute.

    Attributes:
        used: how many of the innermost were asked for.
        swapped: whether the traceback is another exception's from some function on.
    """

    __slots__ = ("_scopes", "entries", "packages", "swapped", "used")

    def __init__(self, entries: list[Entry], packages: Packages) -> None:
        self.entries, self.packages = entries, packages
        self.used, self.swapped = 1, False
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

    def _is_passed_on(self, made: set[int], reader: Reader) -> bool:
        """Say whether an exception came into other hands: before it was raised, or from one that caught it."""
        raised = self._raise(len(self.entries) - 1)
        if raised is None or id(raised[1]) not in made:
            return True
        scopes = filter(None, map(self.scope, range(len(self.entries))))
        return any(_passes_caught(scope, reader) for scope in scopes)

    def is_odd(self) -> bool:
        """Say whether what is said depends on functions further out: by ``args``, or by a traceback of another."""
        return any("args" in frame.f_code.co_names for frame, _ in self.entries) or bool(self._raising())

    def _raising(self) -> list[int]:
        """The functions around the innermost that raise the exception, not for the first time perhaps."""
        found = []
        for number, (frame, offset) in enumerate(self.entries[:-1]):
            code = frame.f_code.co_code
            if 0 <= offset < len(code) and code[offset] == _RAISE:
                found.append(number)
        return found

    def raise_of(self, reader: Reader) -> tuple[Scope, Symbol] | None:
        """Return the function that raised the exception, and what it raises; ``None`` where Python itself did.

        That is the innermost, unless one further out made the exception, or gave it the traceback of another: what is
        inside of that one is another's. One that raises again what it caught gives it its own.
        """
        for number in self._raising():
            found = self._raise(number)
            if found is not None and (_is_made_here(*found, self.packages) or _swaps(*found, reader)):
                self.swapped = True
                return found
        return self._raise(len(self.entries) - 1)

    def _raise(self, number: int) -> tuple[Scope, Symbol] | None:
        scope = self.scope(number)
        at = self.number(number, scope.facts) if scope is not None else None
        symbol = scope.facts.told.raised.get(at) if scope is not None and at is not None else None
        return (scope, symbol) if scope is not None and symbol is not None else None

    def noted(self) -> list[Source]:
        """Return what the functions gave to ``add_note``."""
        named = [number for number, (frame, _) in enumerate(self.entries) if "add_note" in frame.f_code.co_names]
        return [
            (call.positional[0], scope)
            for scope in filter(None, map(self.scope, named))
            for call in scope.facts.told.calls.values()
            if isinstance(call, Call) and _notes(call) and isinstance(call.positional, tuple)
        ]

    def storing(self) -> list[int]:
        """Return the functions that store ``args`` of something."""
        return [number for number, (frame, _) in enumerate(self.entries) if stores(frame.f_code, "STORE_ATTR", "args")]

    def changes_args(self, made: set[int], where: Iterable[Scope], reader: Reader) -> bool:
        """Say whether one of the functions stores ``args`` of an exception: of one it caught, or of this one.

        Args:
            made: the ids of the calls that made this one.
            where: where these stand.
            reader: finds what a variable holds.
        """
        for scope in (self.scope(len(self.entries) - 1), *where):
            if scope is not None and _makes_again(scope, made, reader):
                return True
            if scope is not None and changed_outside(scope.known, "args") and self._is_passed_on(made, reader):
                return True
        for scope in map(self.scope, self.storing()):
            if scope is None:
                return True
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
        call = call_at(outer, at) if outer is not None and at is not None else None
        inner = self.scope(number)
        if outer is None or call is None or inner is None:
            return None
        inner.implicit = self._begins(call, outer, self.entries[number][0].f_code, inner)
        return (call, outer) if inner.implicit is not None else None

    def _begins(self, call: Call, outer: Scope, code: CodeType, inner: Scope) -> bool | None:
        """Say of a call that begins a function's code whether the first parameter is not among the arguments.

        Of a method whose object is not known, its name is known. ``None``: it does not begin it, or nobody can tell.
        """
        found = live(call.function, outer, self.packages)
        implicit = type(found) is classmethod
        if issubclass(type(found), type):
            found, implicit = member(found, "__init__", self.packages), True
        found = plain(found)
        if found is NOTHING and isinstance(call.function, Attribute):
            return takes_first(inner) if call.function.name == code.co_name else None
        return implicit if type(found) is FunctionType and found.__code__ is code else None


def _swaps(scope: Scope, symbol: Symbol, reader: Reader) -> bool:
    """Say whether what is raised has the traceback of another."""
    function = symbol.function if isinstance(symbol, Call) else None
    if not isinstance(function, Attribute) or function.name != "with_traceback":
        return False
    return any(template != (CAUGHT,) for template in reader.texts(function.base, scope))


def _is_made_here(scope: Scope, symbol: Symbol, packages: Packages) -> bool:
    """Say whether what is raised is made by the function that raises it."""
    if isinstance(symbol, Call) and isinstance(symbol.function, Attribute) and symbol.function.name == "with_traceback":
        symbol = symbol.function.base
    held = scope.facts.sources(symbol.name, symbol.at)[0] if isinstance(symbol, Local) else [symbol]
    return any(isinstance(one, Call) and issubclass(type(live(one.function, scope, packages)), type) for one in held)


#: Built-in functions that change nothing.
_HARMLESS = (str, repr, isinstance, issubclass, type, format, print, id, hash)


def _passes_caught(scope: Scope, reader: Reader) -> bool:
    """Say whether a function hands an exception that it caught to another, or a ``with`` does so for it."""
    for call in scope.facts.told.calls.values():
        if not isinstance(call, Call) or not isinstance(call.positional, tuple):
            continue
        if any(live(call.function, scope, reader.packages) is one for one in _HARMLESS):
            continue
        for given in (*call.positional, *call.keywords.values()):
            held = reader.sources(given, scope) or () if isinstance(given, Local) else [(given, scope)]
            if any(isinstance(one, Caught) for one, _ in held):
                return True
    return False


def _makes_again(scope: Scope, made: set[int], reader: Reader) -> bool:
    """Say whether a function calls what sets an exception's arguments, beside the constructor."""
    for call in scope.facts.told.calls.values():
        function = call.function if isinstance(call, Call) else None
        if isinstance(function, Attribute) and function.name in ("__init__", "__setstate__"):
            held = reader.sources(function.base, scope) or ()
            if any(isinstance(one, Caught) or id(one) in made for one, _ in held):
                return True
    return False


def _notes(call: Call) -> bool:
    named = isinstance(call.function, Attribute) and call.function.name == "add_note"
    return named and isinstance(call.positional, tuple) and len(call.positional) == 1


def called_now(frame: FrameType | None, packages: Packages) -> tuple[Call, Scope] | None:
    """Return the call that a live stack is in, as the innermost function makes it that carries no messages itself.

    Args:
        frame: the innermost frame; its callers follow.
        packages: the code that may contribute.
    """
    found: list[Entry] = []
    while frame is not None and len(found) < MAX_ENTRIES:
        if found or not _carries(frame, packages):
            found.append((frame, frame.f_lasti))
        frame = frame.f_back
    trace = Trace(found[::-1], packages)
    scope = trace.scope(len(found) - 1) if found else None
    number = trace.number(len(found) - 1, scope.facts) if scope is not None else None
    call = call_at(scope, number) if scope is not None and number is not None else None
    return (call, scope) if scope is not None and call is not None else None


def _carries(frame: FrameType, packages: Packages) -> bool:
    """Say whether a frame is of a module that carries a message from the app to its event, and not of one so called."""
    name = dict.get(frame.f_globals, "__name__")
    if type(name) is not str or name.partition(".")[0] not in _CARRIERS:
        return False
    module = packages.modules.get(name)
    return type(module) is ModuleType and MODULE_DICT(module) is frame.f_globals


def call_at(scope: Scope, number: int) -> Call | None:
    """The call an instruction makes, or waits for; Python 3.11 may stop one instruction before it."""
    if scope.facts.listing.names[number] == "PRECALL":
        number += 1
    found = scope.facts.told.calls.get(number)
    return found if isinstance(found, Call) else None
