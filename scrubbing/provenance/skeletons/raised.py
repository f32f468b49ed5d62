"""From what is raised to the texts it may have: the constructor, the ``__init__`` it ran, ``args``, ``__str__``.

A `Raised` is an exception as code made it: its class and the call. What a method of the class reads of ``self`` is
asked here. Attributes and classes are read with the descriptors of `type`, so that nothing a class overrides is called.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from types import FunctionType, MemberDescriptorType
from typing import Any

from scrubbing.provenance.flow.symbols import Attribute, Call, Items, Super, Symbol
from scrubbing.provenance.skeletons.lookup import ATTRIBUTES, MRO, function_scope, live, plain
from scrubbing.provenance.skeletons.reader import Reader
from scrubbing.provenance.skeletons.scopes import Scope, Source, arguments, changed_outside, may_store
from scrubbing.provenance.skeletons.templates import (
    ANY,
    INTEGER,
    MAYBE_PATHS,
    OPAQUE,
    PLURAL,
    Template,
    distinct,
    repr_of,
    sequences,
)
from scrubbing.provenance.skeletons.texts import Written, class_constant
from scrubbing.provenance.skeletons.textual import is_text

_GROUP: Any = getattr(builtins, "BaseExceptionGroup", None)  # from Python 3.11
_NEW = BaseException.__dict__["__new__"]
_STR = BaseException.__dict__["__str__"]
_BUILTIN = frozenset(value for value in vars(builtins).values() if isinstance(value, type))
#: Classes whose ``str()`` of several arguments is not that of a tuple, and those where it is not that of one argument.
_ODD = (ImportError, SyntaxError)
_NEVER = (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)
#: What a class may have under the name of an attribute of its objects: a value, or a slot.
_STORED = (str, int, float, bool, complex, type(None), tuple, MemberDescriptorType)
_ACCESS = ("__getattribute__", "__setattr__")
#: Methods that a constructor goes through.
MOST_METHODS = 12


class Raised:
    """An exception as code makes it.

    Args:
        reader: reads symbols as text.
        cls: its class.
        name: the name of the class, if that is proven to be code.
        call: the constructor's call, and where it stands.
    """

    __slots__ = ("_arguments", "_followed", "_scopes", "call", "cls", "mro", "name", "reader")

    def __init__(self, reader: Reader, cls: type, name: str | None, call: tuple[Call, Scope]) -> None:
        self.reader, self.cls, self.name, self.call = reader, cls, name, call
        self.mro: tuple[type, ...] = MRO(cls)
        self._scopes: list[Scope] | None = None
        self._arguments: list[list[Source]] | None = None
        self._followed = False  # until every `__init__` was

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
            return OPAQUE
        number, raw = found
        if type(raw) is FunctionType:
            return self._method_texts(raw)
        return self._built_in_texts(self.mro[number], raw)

    def other_texts(self, base: Symbol, given: tuple[Symbol, ...], scope: Scope) -> list[Template]:
        """Return the templates of ``__str__`` as a method of the class calls it: that of a class behind, or its own."""
        if isinstance(base, Super):
            return self.texts(self._place_of(base, scope))
        owner = live(base, scope, self.reader.packages)
        if len(given) == 1 and scope.is_receiver(given[0]):
            for index, one in enumerate(self.mro):
                if one is owner:
                    return self.texts(index - 1)
        return self.texts() if scope.is_receiver(base) else OPAQUE

    def _method_texts(self, function: FunctionType) -> list[Template]:
        scope = function_scope(function, self.reader.packages, None, self, implicit=True)
        if scope is None:
            return OPAQUE
        return self.reader.all_texts(self.reader.results(scope))

    def _built_in_texts(self, owner: type, raw: object) -> list[Template]:
        arguments_ = self.arguments()
        if arguments_ is None:
            return OPAQUE
        return distinct(template for given in arguments_ for template in self._of_args(owner, raw, given))

    def _of_args(self, owner: type, raw: object, given: list[Source]) -> list[Template]:
        if _GROUP is not None and owner is _GROUP:
            return self._group_texts(given)
        if owner is KeyError and len(given) == 1:
            return repr_of(self.reader.texts(*given[0])) if is_text(self.reader, *given[0]) else OPAQUE
        if owner is OSError and len(given) > 1:
            return self._os_texts(given)
        if raw is not _STR and (owner not in _BUILTIN or (owner in _ODD and len(given) > 1) or owner in _NEVER):
            return OPAQUE
        if len(given) > 1:
            return self._tuple_texts(given)
        return self.reader.texts(*given[0]) if given else [()]

    def _group_texts(self, given: list[Source]) -> list[Template]:
        if not given:
            return OPAQUE
        end: Template = (" (", INTEGER, " sub-exception", PLURAL, ")")
        return sequences([self.reader.texts(*given[0]), [end]])

    def _os_texts(self, given: list[Source]) -> list[Template]:
        end: Template = (MAYBE_PATHS,) if len(given) > 2 else ()  # noqa: PLR2004  # (errno, strerror, filename)
        return sequences([[("[Errno ", INTEGER, "] ")], self.reader.texts(*given[1]), [end]])

    def _tuple_texts(self, given: list[Source]) -> list[Template]:
        parts: list[list[Template]] = [[("(",)]]
        for number, source in enumerate(given):
            parts += [[(", ",)]] if number else []
            parts.append(repr_of(self.reader.texts(*source)) if is_text(self.reader, *source) else [(ANY,)])
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
        known = new is not None and (new[1] is _NEW or self.mro[new[0]] in _BUILTIN) and _is_called_plainly(self.cls)
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
        self._followed = known and not waiting and not self._answers_itself()
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
                yield number, owner if function.base.cls is None else self._place_of(function.base, scope), call, 0
            else:
                base = live(function.base, scope, self.reader.packages)
                for index, one in enumerate(self.mro):
                    if one is base:
                        yield number, index - 1, call, 1

    def attribute(self, name: str) -> list[Source] | None:
        """Return what an attribute of the exception may hold, or ``None``."""
        found = self.find(name)
        if found is not None and type(found[1]) is property:
            scope = function_scope(found[1].fget, self.reader.packages, None, self, implicit=True)
            return self.reader.results(scope) if scope is not None else None
        scopes = self.scopes()
        if not self._followed or self._stored_elsewhere(name, scopes):
            return None
        if found is not None and not any(type(found[1]) is plain for plain in _STORED):
            return None  # a descriptor gives what it likes
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

    def _answers_itself(self) -> bool:
        """Say whether the class has its own way to read or store attributes."""
        return any(type(found[1]) is FunctionType for name in _ACCESS if (found := self.find(name)) is not None)

    def _stored_elsewhere(self, name: str, scopes: list[Scope]) -> bool:
        """Say whether another method of the class, or code around it, stores the attribute."""
        seen = {id(scope.code) for scope in scopes}
        if any(changed_outside(scope.known, name) for scope in (self.call[1], *scopes)):
            return True
        for cls in self.mro:
            for raw in list(ATTRIBUTES(cls).values()):
                if type(raw) is FunctionType and may_store(raw.__code__, name):
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
            after = self._place_of(function.base, scope)
        found = self.find(function.name, after)
        if found is None:
            return None
        raw = found[1]
        receiver = self if type(raw) is FunctionType else None
        return function_scope(
            plain(raw), self.reader.packages, (call, scope), receiver, implicit=type(raw) is not staticmethod
        )

    def _place_of(self, base: Super, scope: Scope) -> int:
        """Where in the order of resolution the class stands that ``super`` goes on from."""
        if base.cls is not None:
            named = live(base.cls, scope, self.reader.packages)
            own = base.of is not None and scope.is_receiver(base.of)
            return next((n for n, cls in enumerate(self.mro) if own and cls is named), len(self.mro))
        return next((n for n, cls in enumerate(self.mro) if self._is_in(cls, scope)), len(self.mro))

    def _is_in(self, cls: type, scope: Scope) -> bool:
        return any(
            type(raw) is FunctionType and raw.__code__ == scope.code and raw.__globals__ is scope.namespace
            for raw in list(ATTRIBUTES(cls).values())
        )


def _is_called_plainly(cls: type) -> bool:
    """Say whether calling a class calls its constructor, and no method of its own class."""
    return next((one for one in MRO(type(cls)) if "__call__" in ATTRIBUTES(one)), None) is type


def _items(symbol: Symbol, scope: Scope) -> list[Source] | None:
    return [(item, scope) for item in symbol.items] if isinstance(symbol, Items) else None


def _listed(call: Call, scope: Scope, skip: int) -> list[Source] | None:
    made = arguments(call, scope)
    return made[0][skip:] if made is not None else None


def _without(call: Call, skip: int) -> Call:
    if not skip or not isinstance(call.positional, tuple):
        return call
    return Call(call.function, call.positional[skip:], call.keywords, call.rest)
