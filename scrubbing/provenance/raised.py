"""From what is raised to the texts it may have: the constructor, the ``__init__`` it ran, ``args``, ``__str__``.

A `Raised` is an exception as code made it: its class and the call. What a method of the class reads of ``self`` is
asked here. Attributes and classes are read with the descriptors of `type`, so that nothing a class overrides is called.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from scrubbing.provenance.flow.scan import stores
from scrubbing.provenance.flow.symbols import (
    BUILD_CLASS,
    Attribute,
    Call,
    Choice,
    Const,
    Global,
    Items,
    Local,
    Super,
    Symbol,
)
from scrubbing.provenance.scopes import ATTRIBUTES, MRO, NOTHING, Scope, Source, arguments, function_scope, live, plain
from scrubbing.provenance.templates import (
    ANY,
    CAUGHT,
    INTEGER,
    MAYBE_PATHS,
    OPAQUE_TEXT,
    PLURAL,
    Template,
    distinct,
    sequences,
)
from scrubbing.provenance.texts import Reader, class_constant, is_text, texts_of_repr

_GROUP: Any = getattr(builtins, "BaseExceptionGroup", None)  # from Python 3.11
_NEW = BaseException.__dict__["__new__"]
_STR = BaseException.__dict__["__str__"]
_BUILTIN = frozenset(value for value in vars(builtins).values() if isinstance(value, type))
#: Classes whose ``str()`` of several arguments is not that of a tuple, and those where it is not that of one argument.
_ODD = (ImportError, SyntaxError)
_NEVER = (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
_NAME, _QUALNAME = type.__dict__["__name__"].__get__, type.__dict__["__qualname__"].__get__
#: Ways in which an exception may have been made, and methods one way goes through.
MOST_SITES, MOST_METHODS = 16, 12


class Raised:
    """An exception as code makes it.

    Args:
        reader: reads symbols as text.
        cls: its class.
        name: the name of the class, if that is proven to be code.
        call: the constructor's call, and where it stands.
    """

    __slots__ = ("_arguments", "_scopes", "call", "cls", "mro", "name", "reader")

    def __init__(self, reader: Reader, cls: type, name: str | None, call: tuple[Call, Scope]) -> None:
        self.reader, self.cls, self.name, self.call = reader, cls, name, call
        self.mro: tuple[type, ...] = MRO(cls)
        self._scopes: list[Scope] | None = None
        self._arguments: list[list[Source]] | None = None

    def find(self, name: str, after: int = -1) -> tuple[int, Any] | None:
        """Find an attribute of the class behind a place in its order of resolution."""
        for number in range(after + 1, len(self.mro)):
            attributes = ATTRIBUTES(self.mro[number])
            if name in attributes:
                return number, attributes[name]
        return None

    def texts(self, after: int = -1) -> list[Template]:
        """Return the templates of ``str()`` of the exception."""
        found = self.find("__str__", after)
        if found is None:
            return [OPAQUE_TEXT]
        number, raw = found
        if type(raw) is FunctionType:
            return self._method_texts(raw)
        return self._built_in_texts(self.mro[number], raw)

    def other_texts(self, base: Symbol, given: tuple[Symbol, ...], scope: Scope) -> list[Template]:
        """Return the templates of ``__str__`` as a method of the class calls it: that of a class behind, or its own."""
        if isinstance(base, Super):
            return self.texts(self._place_of(scope))
        owner = live(base, scope, self.reader.packages)
        if owner in self.mro and len(given) == 1 and scope.is_receiver(given[0]):
            return self.texts(self.mro.index(owner) - 1)
        return self.texts() if scope.is_receiver(base) else [OPAQUE_TEXT]

    def _method_texts(self, function: FunctionType) -> list[Template]:
        scope = function_scope(function, self.reader.packages, None, self, implicit=True)
        if scope is None:
            return [OPAQUE_TEXT]
        return self.reader.all_texts(self.reader.results(scope))

    def _built_in_texts(self, owner: type, raw: object) -> list[Template]:
        arguments_ = self.arguments()
        if arguments_ is None:
            return [OPAQUE_TEXT]
        return distinct(template for given in arguments_ for template in self._of_args(owner, raw, given))

    def _of_args(self, owner: type, raw: object, given: list[Source]) -> list[Template]:
        if _GROUP is not None and owner is _GROUP:
            return self._group_texts(given)
        if owner is KeyError and len(given) == 1:
            return texts_of_repr(self.reader.texts(*given[0])) if is_text(self.reader, *given[0]) else [OPAQUE_TEXT]
        if owner is OSError and len(given) > 1:
            return self._os_texts(given)
        if raw is not _STR and (owner not in _BUILTIN or (owner in _ODD and len(given) > 1) or owner in _NEVER):
            return [OPAQUE_TEXT]
        if len(given) > 1:
            return self._tuple_texts(given)
        return self.reader.texts(*given[0]) if given else [()]

    def _group_texts(self, given: list[Source]) -> list[Template]:
        if not given:
            return [OPAQUE_TEXT]
        end: Template = (" (", INTEGER, " sub-exception", PLURAL, ")")
        return sequences([self.reader.texts(*given[0]), [end]])

    def _os_texts(self, given: list[Source]) -> list[Template]:
        end: Template = (MAYBE_PATHS,) if len(given) > 2 else ()  # noqa: PLR2004  # (errno, strerror, filename)
        return sequences([[("[Errno ", INTEGER, "] ")], self.reader.texts(*given[1]), [end]])

    def _tuple_texts(self, given: list[Source]) -> list[Template]:
        parts: list[list[Template]] = [[("(",)]]
        for number, source in enumerate(given):
            parts += [[(", ",)]] if number else []
            parts.append(texts_of_repr(self.reader.texts(*source)) if is_text(self.reader, *source) else [(ANY,)])
        return sequences([*parts, [(")",)]])

    def arguments(self) -> list[list[Source]] | None:
        """Return what ``args`` may be, by every way the constructor goes; ``None`` where nobody can tell."""
        if self._arguments is None:
            self._walk()
        return self._arguments or None

    def scopes(self) -> list[Scope]:
        """Return the ``__init__`` methods that ran, at work."""
        if self._scopes is None:
            self._walk()
        return self._scopes or []

    def _walk(self) -> None:
        """Go from one ``__init__`` to the next; where one cannot be followed, ``args`` is unknown."""
        self._scopes, found = [], []
        self._arguments = []
        new = self.find("__new__")
        known = new is not None and (new[1] is _NEW or not isinstance(new[1], (FunctionType, staticmethod)))
        waiting: list[tuple[int, list[Source] | None, tuple[Call, Scope]]] = [(-1, self._given(), self.call)]
        steps = 0
        while waiting and steps < MOST_METHODS:
            steps += 1
            after, given, call = waiting.pop()
            place = self.find("__init__", after)
            if place is None or type(place[1]) is not FunctionType:
                found.append(given)
                continue
            scope = function_scope(place[1], self.reader.packages, call, self, implicit=True)
            if scope is None:
                known = False
                continue
            self._scopes.append(scope)
            calls = list(self._inner(scope, place[0]))
            waiting += [
                (index, _listed(one, scope, skip), (_without(one, skip), scope)) for _, index, one, skip in calls
            ]
            if not calls or scope.facts.avoids({number for number, *_ in calls}, self.reader.closed(scope)):
                found.append(self._given())
            found += [_items(value, scope) for _, name, value, _ in scope.facts.told.attributes if name == "args"]
        complete = known and not waiting and all(given is not None for given in found)
        self._arguments = [given for given in found if given is not None] if complete else []

    def _given(self) -> list[Source] | None:
        made = arguments(*self.call)
        return made[0] if made is not None else None

    def _inner(self, scope: Scope, owner: int) -> Iterator[tuple[int, int, Call, int]]:
        """Calls of other ``__init__`` methods: the instruction, the class it is behind, arguments to skip."""
        for number, call in scope.facts.told.calls.items():
            function = call.function if isinstance(call, Call) else None
            if not isinstance(function, Attribute) or function.name != "__init__" or not isinstance(call, Call):
                continue
            if isinstance(function.base, Super):
                yield number, owner, call, 0
            else:
                base = live(function.base, scope, self.reader.packages)
                if base in self.mro:
                    yield number, self.mro.index(base) - 1, call, 1

    def attribute(self, name: str) -> list[Source] | None:
        """Return what an attribute of the exception may hold, or ``None``."""
        found = self.find(name)
        if found is not None and type(found[1]) is property:
            scope = function_scope(found[1].fget, self.reader.packages, None, self, implicit=True)
            return self.reader.results(scope) if scope is not None else None
        scopes = self.scopes()
        if self._stored_elsewhere(name, scopes):
            return None
        stored: list[Source] = []
        always = False
        for scope in scopes:
            closed = self.reader.closed(scope)
            reached = scope.facts.reached(closed)
            places = {
                at: value
                for base, n, value, at in scope.facts.told.attributes
                if n == name and at in reached and scope.is_receiver(base)
            }
            stored += [(value, scope) for value in places.values()]
            always = always or (bool(places) and not scope.facts.avoids(set(places), closed))
        constant = self._constant(name) if found is not None and not always else None
        return [*stored, *(constant or [])] or None

    def _stored_elsewhere(self, name: str, scopes: list[Scope]) -> bool:
        """Say whether another method of the class stores the attribute."""
        seen = {id(scope.code) for scope in scopes}
        for cls in self.mro:
            for raw in list(ATTRIBUTES(cls).values()):
                if type(raw) is FunctionType and stores(raw.__code__, "STORE_ATTR", name):
                    scope = function_scope(raw, self.reader.packages)
                    if scope is None or id(scope.code) not in seen:
                        return True
        return False

    def _constant(self, name: str) -> list[Source] | None:
        templates = class_constant(self.reader, self.cls, name)
        scope = self.scopes()[0] if self.scopes() else self.call[1]
        return [(Written(templates), scope)]

    def method(self, function: Attribute, call: Call, scope: Scope) -> Scope | None:
        """Return a method called on the exception, at work."""
        after = -1
        if isinstance(function.base, Super):
            after = self._place_of(scope)
        found = self.find(function.name, after)
        if found is None:
            return None
        raw = found[1]
        receiver = self if type(raw) is FunctionType else None
        return function_scope(
            plain(raw), self.reader.packages, (call, scope), receiver, implicit=type(raw) is not staticmethod
        )

    def _place_of(self, scope: Scope) -> int:
        """Where in the order of resolution the class stands that a method is written in."""
        return next((n for n, cls in enumerate(self.mro) if self._is_in(cls, scope)), len(self.mro))

    def _is_in(self, cls: type, scope: Scope) -> bool:
        return any(
            type(raw) is FunctionType and raw.__code__ == scope.code and raw.__globals__ is scope.namespace
            for raw in list(ATTRIBUTES(cls).values())
        )


class Written(Symbol):
    """Text whose templates are known already."""

    __slots__ = ("templates",)

    def __init__(self, templates: list[Template]) -> None:
        self.templates = templates


def _items(symbol: Symbol, scope: Scope) -> list[Source] | None:
    return [(item, scope) for item in symbol.items] if isinstance(symbol, Items) else None


def _listed(call: Call, scope: Scope, skip: int) -> list[Source] | None:
    made = arguments(call, scope)
    return made[0][skip:] if made is not None else None


def _without(call: Call, skip: int) -> Call:
    if not skip or not isinstance(call.positional, tuple):
        return call
    return Call(call.function, call.positional[skip:], call.keywords, call.rest)


def sites(symbol: Symbol, scope: Scope, reader: Reader, cls: type) -> list[tuple[Call, Scope]] | None:
    """Find where a raised exception may have been made.

    Args:
        symbol: what is raised.
        scope: where.
        reader: reads symbols.
        cls: the live exception's class.

    Returns:
        Constructors' calls and where they stand; ``None`` where one way cannot be followed.
    """
    found: list[tuple[Call, Scope]] = []
    waiting: list[Source] = [(symbol, scope)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        reader.budget.spend()
        one, where = waiting.pop()
        if (id(one), id(where.facts)) in seen:
            continue
        seen.add((id(one), id(where.facts)))
        made = _made(one, where, reader, cls)
        if made is None or len(found) > MOST_SITES:
            return None
        found += made[0]
        waiting += made[1]
    return found


_Made = tuple[list[tuple[Call, Scope]], list[Source]]


def _made(symbol: Symbol, scope: Scope, reader: Reader, cls: type) -> _Made | None:
    """What one symbol says of where an exception was made: sites, and other symbols to ask."""
    if isinstance(symbol, Call):
        return _called(symbol, scope, reader, cls)
    if isinstance(symbol, Choice):
        return [], [(option, scope) for option in symbol.options]
    if isinstance(symbol, (Global, Attribute, Const)):
        if isinstance(symbol, Const) and symbol.value is None:
            return [], []  # raising it raises a TypeError
        found = live(symbol, scope, reader.packages)
        if found is cls:
            return [(Call(symbol, (), {}), scope)], []
        return ([], []) if issubclass(type(found), type) and not _may_become(found, cls) else None
    if isinstance(symbol, Local):
        sources = reader.sources(symbol, scope)
        return ([], sources) if sources else None
    return None


def repeats(symbol: Symbol, scope: Scope, reader: Reader) -> bool:
    """Say whether what is raised is made of the text or arguments of the caught exception, whatever makes it.

    Its message is then that exception's, if both are the same text: nothing else is said of it.
    """
    if isinstance(symbol, Local):
        sources = reader.sources(symbol, scope) or []
        return bool(sources) and all(
            not isinstance(one, Local) and repeats(one, where, reader) for one, where in sources
        )
    if not isinstance(symbol, Call):
        return False
    if isinstance(symbol.function, Attribute) and symbol.function.name == "with_traceback":
        return repeats(symbol.function.base, scope, reader)
    given = symbol.positional
    if not isinstance(given, tuple):
        return isinstance(given, Attribute) and given.name == "args" and _is_caught(given.base, scope, reader)
    return bool(given) and reader.texts(given[0], scope) == [(CAUGHT,)]


def _is_caught(symbol: Symbol, scope: Scope, reader: Reader) -> bool:
    return reader.texts(symbol, scope) == [(CAUGHT,)]


def _called(call: Call, scope: Scope, reader: Reader, cls: type) -> _Made | None:
    if isinstance(call.function, Attribute) and call.function.name == "with_traceback":
        return [], [(call.function.base, scope)]
    found: list[tuple[Call, Scope]] = []
    more: list[Source] = []
    for function, where in _callables(call.function, scope, reader):
        called = live(function, where, reader.packages)
        if called is cls or _may_become(called, cls) or (called is NOTHING and _is_named(function, where, cls)):
            found.append((call, scope))
        elif not issubclass(type(called), type):
            inner = reader.returned(call, scope) if function is call.function else None
            if not inner:
                return None
            more += inner
    return found, more


def _callables(function: Symbol, scope: Scope, reader: Reader) -> list[Source]:
    """What may be called: a variable may hold one of several classes."""
    sources = reader.sources(function, scope) if isinstance(function, (Local, Choice)) else None
    return sources or [(function, scope)]


def _is_named(function: Symbol, scope: Scope, cls: type) -> bool:
    """Say whether a symbol is a class by its name: something's attribute, or a class made in this function."""
    name: str = _NAME(cls)
    if isinstance(function, Attribute):
        return function.name == name
    made = function.positional if isinstance(function, Call) and function.function is BUILD_CLASS else ()
    if not isinstance(made, tuple) or len(made) < 2:  # noqa: PLR2004  # a body and a name
        return False
    local = isinstance(made[1], Const) and made[1].value == name
    return local and _QUALNAME(cls) == f"{_qualname(scope)}.<locals>.{name}"


def _qualname(scope: Scope) -> str:
    return str(getattr(scope.code, "co_qualname", scope.code.co_name))


def _may_become(found: object, cls: type) -> bool:
    """`OSError` makes an object of the class its number stands for, a group one of the class its members need."""
    return (found is OSError and issubclass(cls, OSError)) or (_GROUP is not None and found is _GROUP)


def _written(_reader: Reader, symbol: Written, _scope: Scope) -> list[Template]:
    return symbol.templates


def _register() -> None:
    from scrubbing.provenance.texts import _READ

    _READ[Written] = _written


_register()
