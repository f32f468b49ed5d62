"""Which function a call begins, and what it may have returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubbing.provenance.classes import reached
from scrubbing.provenance.flow.symbols import Attribute, Call, Free, Local, Super, Symbol
from scrubbing.provenance.skeletons.lookup import (
    NOTHING,
    bodies,
    function_scope,
    live,
    member,
    overridden,
    plain,
)
from scrubbing.provenance.skeletons.scopes import Scope, Source, around, changed_outside

if TYPE_CHECKING:
    from scrubbing.provenance.skeletons.reader import Reader

#: Flags of generators and coroutines: calling one returns no result of its code.
_LATER = 0x20 | 0x80 | 0x200
_NEW = object.__dict__["__new__"]


def returned(reader: Reader, call: Call, scope: Scope) -> list[Source] | None:
    """Return what a helper that returned already may have given, or ``None`` if it is none of the shipped code."""
    inner = called(reader, call, scope)
    if inner is None or inner.code.co_flags & _LATER:
        return None
    return reader.results(inner)


def called(reader: Reader, call: Call, scope: Scope) -> Scope | None:
    """Return the function a call begins, at work, or ``None``."""
    function = call.function
    if isinstance(function, Attribute):
        return _method(reader, function, call, scope)
    found = live(function, scope, reader.packages)
    return function_scope(found, reader.packages, (call, scope), implicit=False)


def _method(reader: Reader, function: Attribute, call: Call, scope: Scope) -> Scope | None:
    if scope.receiver is not None and (isinstance(function.base, Super) or scope.is_receiver(function.base)):
        found: Scope | None = scope.receiver.method(function, call, scope)
        return found
    base = live(function.base, scope, reader.packages)
    if base is NOTHING:
        made = instance_class(reader, function.base, scope)
        if made is not None and not changed_outside(scope.known, function.name):
            return _of_object(reader, made, function, call, scope)
        return _own_method(reader, function, call, scope)
    raw = member(base, function.name, reader.packages)
    implicit = type(raw) is classmethod
    return function_scope(plain(raw), reader.packages, (call, scope), implicit=implicit)


def _own_method(reader: Reader, function: Attribute, call: Call, scope: Scope) -> Scope | None:
    """A method of the class that the calling method is written in, if no class below has another."""
    cls = own_class(function.base, scope)
    if cls is None or changed_outside(scope.known, function.name) or overridden(cls, function.name, reader.budget):
        return None
    return _of_object(reader, cls, function, call, scope)


def _of_object(reader: Reader, cls: type, function: Attribute, call: Call, scope: Scope) -> Scope | None:
    """A method as an object of a class finds it; all but static ones get what they are called on."""
    raw = member(cls, function.name, reader.packages)
    implicit = type(raw) is not staticmethod
    return function_scope(plain(raw), reader.packages, (call, scope), implicit=implicit)


def instance_class(reader: Reader, symbol: Symbol, scope: Scope) -> type | None:
    """Return the class of an object that was made in sight, by calling the class, on every way."""
    sources = reader.sources(symbol, scope) if isinstance(symbol, (Local, Free)) else [(symbol, scope)]
    found: set[type] = set()
    for one, where in sources or ():
        reader.budget.spend()
        if isinstance(one, Local) and one is not symbol and reader.within(("class", id(one), id(where))):
            made = instance_class(reader, one, where)
            reader.reading.pop()
        else:
            made = live(one.function, where, reader.packages) if isinstance(one, Call) else None  # type: ignore[assignment]
        if type(made) is not type or member(made, "__new__", reader.packages) is not _NEW:
            return None
        found.add(made)
    return found.pop() if len(found) == 1 else None


def own_class(base: Symbol, scope: Scope) -> type | None:
    """Return the class a method is written in, where `base` is that method's first parameter."""
    if not isinstance(base, Local) or base.name != scope.first or scope.receiver is not None:
        return None
    found, start = scope.facts.sources(base.name, base.at)
    parent = around(scope) if start and not found else None
    if parent is None or parent.code.co_flags & 0x3 or parent.code is scope.known.code:
        return None
    named = next((qualname for qualname, code in bodies(scope.known).items() if code is parent.code), "")
    cls = reached(scope.namespace, named)
    return cls if issubclass(type(cls), type) else None  # type: ignore[return-value]  # a class
