"""Functions, classes, modules and constants that symbols name, looked up in live modules and proven by shipped code."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from types import CodeType, FunctionType, ModuleType
from typing import Any

from scrubbing.provenance.classes import reached
from scrubbing.provenance.flow.scan import constant_before, stores
from scrubbing.provenance.flow.symbols import Attribute, Call, Const, Global, Local, Module, Symbol
from scrubbing.provenance.packages import Known, Packages, module_of
from scrubbing.provenance.skeletons.scopes import FIRST_NAMES, REACHING, Budget, Scope, around, facts, may_store

MODULE_DICT = vars(ModuleType)["__dict__"].__get__
MRO = type.__dict__["__mro__"].__get__
ATTRIBUTES = type.__dict__["__dict__"].__get__
#: Nothing live was found.
NOTHING = object()


def live(symbol: Symbol, scope: Scope, packages: Packages) -> object:
    """Look up a function, class or module that a symbol names; `NOTHING` where it is none for certain."""
    if isinstance(symbol, Const):
        return symbol.value if symbol.value is AssertionError else NOTHING
    if isinstance(symbol, Global):
        found = scope.namespace.get(symbol.name, NOTHING)
        return vars(builtins).get(symbol.name, NOTHING) if found is NOTHING else found
    if isinstance(symbol, Module):
        return _imported(symbol, scope, packages)
    if isinstance(symbol, Attribute):
        if symbol.name == "__class__" and scope.is_receiver(symbol.base):
            return scope.receiver.cls
        return member(live(symbol.base, scope, packages), symbol.name, packages)
    if isinstance(symbol, Call) and len(symbol.positional if isinstance(symbol.positional, tuple) else ()) == 1:
        is_type = live(symbol.function, scope, packages) is type
        return scope.receiver.cls if is_type and scope.is_receiver(symbol.positional[0]) else NOTHING  # type: ignore[index]  # a tuple
    if isinstance(symbol, Local):
        found_here, start = scope.facts.sources(symbol.name, symbol.at)
        if len(found_here) == 1 and not start and not isinstance(found_here[0], Local):
            return live(found_here[0], scope, packages)
    return NOTHING


def member(base: object, name: str, packages: Packages) -> object:
    """Return an attribute of a module or a class as it is stored there; nothing else has any that count."""
    if type(base) is ModuleType:
        namespace = MODULE_DICT(base)
        found = namespace.get(name, NOTHING)
        if found is NOTHING and type(namespace.get("__name__")) is str:
            return packages.modules.get(f"{namespace['__name__']}.{name}", NOTHING)
        return found
    if issubclass(type(base), type):
        return next((ATTRIBUTES(cls)[name] for cls in MRO(base) if name in ATTRIBUTES(cls)), NOTHING)
    return NOTHING


def plain(raw: object) -> object:
    """Return the function in a static method or class method."""
    return raw.__func__ if type(raw) is classmethod or type(raw) is staticmethod else raw


def overridden(cls: type, name: str, budget: Budget) -> bool:
    """Say whether a class below another finds another attribute than that one: its own, or one beside."""
    owner = _owner(cls, name)
    return any(_owner(one, name) is not owner for one in below(cls, budget))


def _owner(cls: type, name: str) -> type | None:
    return next((one for one in MRO(cls) if name in ATTRIBUTES(one)), None)


def below(cls: type, budget: Budget) -> list[type]:
    """Return the classes below one, each once."""
    found: list[type] = []
    seen: set[int] = {id(cls)}
    waiting: list[type] = [cls]
    while waiting:
        closer: list[type] = type.__subclasses__(waiting.pop())
        for one in closer:
            budget.spend()
            if id(one) not in seen:
                seen.add(id(one))
                found.append(one)
                waiting.append(one)
    return found


def is_bare(cls: type, name: str, packages: Packages, budget: Budget) -> bool:
    """Say whether objects of a class and those below have no attribute of their own of a name, as far as code says."""
    asked: set[int] = set()
    for one in [cls, *below(cls, budget)]:
        if "__init__" in ATTRIBUTES(one) and function_scope(ATTRIBUTES(one)["__init__"], packages) is None:
            return False  # made by a decorator, that stores whatever it is given
        for base in MRO(one)[:-1]:
            budget.spend()
            if "__getattribute__" in ATTRIBUTES(base):
                return False
            if id(base) in asked:
                continue
            asked.add(id(base))
            codes = [raw.__code__ for raw in list(ATTRIBUTES(base).values()) if type(raw) is FunctionType]
            if any(may_store(code, name) or not REACHING.isdisjoint(code.co_names) for code in codes):
                return False
    return True


def takes_first(scope: Scope) -> bool | None:
    """Say whether a function's first parameter is what it was found on; ``None`` where nobody can tell."""
    parent = around(scope)
    if parent is None or parent.code.co_flags & 0x3 or parent.code is scope.known.code:
        return scope.first in FIRST_NAMES  # a function that stands in no class
    named = next((qualname for qualname, code in bodies(scope.known).items() if code is parent.code), "")
    cls = reached(scope.namespace, named)
    raw = ATTRIBUTES(cls).get(scope.code.co_name) if issubclass(type(cls), type) else None
    if type(plain(raw)) is FunctionType:
        return type(raw) is not staticmethod
    return True if scope.first in FIRST_NAMES else None


def _imported(symbol: Module, scope: Scope, packages: Packages) -> object:
    name = symbol.name
    if symbol.level:
        package = scope.known.name.split(".")
        is_package = scope.known.file.rpartition("/")[2].startswith("__init__.")
        package = package[: len(package) - symbol.level + is_package]
        name = ".".join([*package, *([name] if name else [])])
    elif not symbol.members:
        name = name.partition(".")[0]
    return packages.modules.get(name, NOTHING)


def function_scope(
    function: object,
    packages: Packages,
    call: tuple[Call, Scope] | None = None,
    receiver: Any = None,
    *,
    implicit: bool | None = None,
) -> Scope | None:
    """Return a live function at work, if its code is the shipped one."""
    if type(function) is not FunctionType:
        return None
    known = module_of(function.__globals__, packages)
    proven = known.proven(function.__code__) if known is not None else None
    if known is None or proven is None:
        return None
    return Scope(proven.code, known, function.__globals__, lambda: call, receiver, implicit=implicit)


def frame_scope(
    code: CodeType,
    namespace: dict[str, Any],
    packages: Packages,
    call: Callable[[], tuple[Call, Scope] | None] | None = None,
) -> Scope | None:
    """Return the function of a live frame at work, if its code is the shipped one."""
    known = module_of(namespace, packages)
    proven = known.proven(code) if known is not None else None
    return Scope(proven.code, known, namespace, call) if known is not None and proven is not None else None


def module_scope(namespace: object, packages: Packages, code: CodeType | None = None) -> Scope | None:
    """Return a module's outermost code, or that of a class in it, at work."""
    name = namespace.get("__name__") if isinstance(namespace, dict) else None
    found = packages.module(name)
    if found is None or found[0] is not namespace or found[1].code is None:
        return None
    return Scope(code or found[1].code, found[1], found[0])


def class_body(cls: type, packages: Packages) -> Scope | None:
    """Return the code of a class's body at work, if a shipped module has it under its name."""
    name, qualname = type.__dict__["__module__"].__get__(cls), type.__dict__["__qualname__"].__get__(cls)
    found = packages.module(name)
    if found is None or type(qualname) is not str:
        return None
    namespace, known = found
    body = bodies(known).get(qualname)
    if body is None or reached(namespace, qualname) is not cls:
        return None
    return Scope(body, known, namespace)


def bodies(known: Known) -> dict[str, CodeType]:
    """Return the code of the classes a module defines outside of functions, by qualified name."""
    found: dict[str, CodeType] | None = known.memory.get("bodies")
    if found is None:
        found = {}
        waiting = [(known.code, "")] if known.code is not None else []
        while waiting:
            code, path = waiting.pop()
            for inner in code.co_consts:
                if isinstance(inner, CodeType) and not inner.co_flags & 0x3:
                    found[f"{path}{inner.co_name}"] = inner
                    waiting.append((inner, f"{path}{inner.co_name}."))
        known.memory["bodies"] = found
    return found


#: Instructions of a module's outermost code that is read whole to find one store.
MOST_OUTERMOST = 3000


def globals_stored(known: Known, name: str) -> list[tuple[CodeType, Symbol]] | None:
    """Return every store of a module's variable in its own code; ``None`` where that is too much to read."""
    found: list[tuple[CodeType, Symbol]] = []
    for code in known.codes:
        operation = "STORE_NAME" if code is known.code else "STORE_GLOBAL"
        places = stores(code, operation, name)
        if code is known.code:  # where it may be deleted and stored by ``global``, too
            places += stores(code, "STORE_GLOBAL", name)
        constants = [constant_before(code, place) for place in places]
        if all(constant is not None for constant in constants):
            found += [(code, constant) for constant in constants if constant is not None]
        elif len(code.co_code) > 2 * MOST_OUTERMOST:
            return None
        else:
            found += [(code, value) for stored, value in facts(known, code).told.names if stored == name]
    return found
