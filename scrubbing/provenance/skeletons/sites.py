"""Where an exception may have been made: constructors' calls, by every way that leads to the raise."""

from __future__ import annotations

import builtins
from typing import Any

from scrubbing.provenance.flow.symbols import BUILD_CLASS, Attribute, Call, Choice, Const, Global, Local, Symbol
from scrubbing.provenance.skeletons.calls import returned
from scrubbing.provenance.skeletons.lookup import NOTHING, live
from scrubbing.provenance.skeletons.reader import Reader
from scrubbing.provenance.skeletons.scopes import Scope, Source
from scrubbing.provenance.skeletons.templates import CAUGHT

_GROUP: Any = getattr(builtins, "BaseExceptionGroup", None)  # from Python 3.11
_NAME, _QUALNAME = type.__dict__["__name__"].__get__, type.__dict__["__qualname__"].__get__
#: Ways in which an exception may have been made.
MOST_SITES = 16


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
            inner = returned(reader, call, scope) if function is call.function else None
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
