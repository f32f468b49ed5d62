"""A function at work: what its code says, whose module it is, which call began it, what its parameters are bound to.

Functions and classes are looked up in live modules, and count only when their code is the shipped one. Values of
variables are not looked at.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any

from scrubbing.provenance.classes import reached
from scrubbing.provenance.flow.facts import Facts, Ways
from scrubbing.provenance.flow.scan import constant_before, stores
from scrubbing.provenance.flow.symbols import (
    Attribute,
    Call,
    Const,
    Free,
    Function,
    Global,
    Items,
    Local,
    Module,
    Pairs,
    Symbol,
)
from scrubbing.provenance.packages import Known, Packages, module_of

#: Functions of one module whose facts are kept.
MAX_FACTS = 2000
_VARARGS, _VARKEYWORDS, _STAR_NAMES = 0x04, 0x08, ("self", "cls", "mcs", "klass")
_MODULE_DICT = vars(ModuleType)["__dict__"].__get__
MRO = type.__dict__["__mro__"].__get__
ATTRIBUTES = type.__dict__["__dict__"].__get__

#: Nothing live was found.
NOTHING = object()


class TooMuch(Exception):
    """A message takes more work than it is worth."""


class Budget:
    """How much may be looked at for one exception.

    Args:
        packages: the code that may contribute.
        steps: how many symbols.
    """

    __slots__ = ("deep", "packages", "steps")

    def __init__(self, packages: Packages, steps: int = 4000) -> None:
        self.packages, self.steps, self.deep = packages, steps, 0

    def spend(self) -> None:
        """Count one step.

        Raises:
            TooMuch: there are none left.
        """
        self.steps -= 1
        if self.steps < 0:
            raise TooMuch


class Scope:
    """A function at work.

    Args:
        code: the function, as shipped.
        known: its module.
        namespace: the module's variables.
        call: the call that began it and where that stands; ``None`` where nobody knows.
        receiver: what its first parameter is, if that is an exception (see `raised.Raised`).
        implicit: whether its first parameter is not among the call's arguments; ``None``: by its name.
    """

    __slots__ = ("_bound", "_call", "closed", "code", "facts", "implicit", "known", "namespace", "receiver")

    def __init__(
        self,
        code: CodeType,
        known: Known,
        namespace: Mapping[str, Any],
        call: Callable[[], tuple[Call, Scope] | None] | None = None,
        receiver: Any = None,
        *,
        implicit: bool | None = None,
    ) -> None:
        self.code, self.known, self.namespace = code, known, namespace
        self.facts = facts(known, code)
        self.receiver, self.implicit = receiver, implicit
        self._call = call
        self._bound: dict[str, Source] | None = None
        self.closed: Ways | None = None  # found out by whoever reads

    @property
    def first(self) -> str | None:
        """The name of its first parameter."""
        return self.code.co_varnames[0] if self.code.co_argcount else None

    def is_receiver(self, symbol: Symbol) -> bool:
        """Say whether a symbol is the exception this method was called on."""
        if self.receiver is None or self.first is None:
            return False
        if isinstance(symbol, Free):
            return symbol.name == self.first and not any(name == self.first for name, _ in self.facts.told.shared)
        if not isinstance(symbol, Local) or symbol.name != self.first:
            return False
        found, start = self.facts.sources(symbol.name, symbol.at)
        return start and not found

    def bound(self, name: str) -> Source | None:
        """Return what a parameter is bound to, and where that stands."""
        if self._bound is None:
            call = self._call() if self._call is not None else None
            self._bound = _bound(self, *call) if call is not None else {}
        return self._bound.get(name)

    def star(self) -> str | None:
        """The name of its ``*args``."""
        return self.code.co_varnames[_named(self.code)] if self.code.co_flags & _VARARGS else None

    def star_star(self) -> str | None:
        """The name of its ``**kwargs``."""
        after = _named(self.code) + bool(self.code.co_flags & _VARARGS)
        return self.code.co_varnames[after] if self.code.co_flags & _VARKEYWORDS else None


Source = tuple[Symbol, Scope]


def _named(code: CodeType) -> int:
    return code.co_argcount + code.co_kwonlyargcount


def facts(known: Known, code: CodeType) -> Facts:
    """Return what is known of a function; read once."""
    memory = known.memory
    found = memory.get(id(code))
    if found is None:
        found = Facts(code)
        if len(memory) < MAX_FACTS:
            memory[id(code)] = found  # which holds the code, so that its id is not given to another
    return found


def _bound(scope: Scope, call: Call, outer: Scope) -> dict[str, Source]:
    """Bind parameters to a call's arguments, as Python does; a parameter nobody can tell is not bound."""
    code = scope.code
    given = arguments(call, outer)
    if given is None:
        return {}
    positional, keywords, complete = given
    names = code.co_varnames[: code.co_argcount]
    implicit = scope.implicit if scope.implicit is not None else bool(names) and names[0] in _STAR_NAMES
    names = names[1:] if implicit else names
    bound = dict(zip(names, positional, strict=False))
    free = {*names[code.co_posonlyargcount :], *code.co_varnames[code.co_argcount : _named(code)], *names}
    bound |= {name: source for name, source in keywords.items() if name in free}
    if complete:
        star, star_star = scope.star(), scope.star_star()
        for name, source in _defaults(scope).items():
            bound.setdefault(name, source)
        if star is not None:
            rest = positional[len(names) :]
            if len({id(where) for _, where in rest}) <= 1:
                bound[star] = (Items(tuple(symbol for symbol, _ in rest)), rest[0][1] if rest else outer)
        if star_star is not None:
            extra = {name: source for name, source in keywords.items() if name not in free}
            if len({id(where) for _, where in extra.values()}) <= 1:
                values: dict[object, Symbol] = {name: symbol for name, (symbol, _) in extra.items()}
                bound[star_star] = (Pairs(values), next((where for _, where in extra.values()), outer))
    return bound


def arguments(call: Call, outer: Scope) -> tuple[list[Source], dict[str, Source], bool] | None:
    """List a call's arguments.

    Args:
        call: the call.
        outer: where it stands.

    Returns:
        Positional arguments, keyword arguments, and whether these are all; ``None`` where the positional ones are not
        known.
    """
    if isinstance(call.positional, tuple):
        positional = [(symbol, outer) for symbol in call.positional]
    else:
        passed = passed_on(call.positional, outer, outer.star())
        if passed is None or not isinstance(passed[0], Items):
            return None
        positional = [(symbol, passed[1]) for symbol in passed[0].items]
    keywords = {name: (symbol, outer) for name, symbol in call.keywords.items()}
    if call.rest is None:
        return positional, keywords, True
    rest = passed_on(call.rest, outer, outer.star_star())
    if rest is None or not isinstance(rest[0], Pairs):
        return positional, keywords, False
    keywords |= {name: (symbol, rest[1]) for name, symbol in rest[0].values.items() if isinstance(name, str)}
    return positional, keywords, True


def passed_on(symbol: Symbol, scope: Scope, name: str | None) -> Source | None:
    """Return what ``*args`` or ``**kwargs`` of a function hold where it passes them on unchanged."""
    if name is None or not isinstance(symbol, Local) or symbol.name != name:
        return None
    found, start = scope.facts.sources(name, symbol.at)
    return scope.bound(name) if start and not found else None


def _defaults(scope: Scope) -> dict[str, Source]:
    """The defaults of a function's parameters that are written in the code around it."""
    parent = _parents(scope.known).get(id(scope.code))
    if parent is None:
        return {}
    around = Scope(parent, scope.known, scope.namespace)
    made = [one for one in around.facts.told.functions if one.code is scope.code]
    if len(made) != 1:
        return {}
    return {name: (symbol, around) for name, symbol in _written(made[0], scope.code).items()}


def _written(made: Function, code: CodeType) -> dict[str, Symbol]:
    positional: tuple[Symbol, ...] = ()
    if isinstance(made.defaults, Const) and isinstance(made.defaults.value, tuple):
        positional = tuple(Const(value) for value in made.defaults.value)
    elif isinstance(made.defaults, Items):
        positional = made.defaults.items
    names = code.co_varnames[: code.co_argcount]
    found = dict(zip(names[len(names) - len(positional) :], positional, strict=False)) if positional else {}
    if isinstance(made.keyword_defaults, Pairs):
        found |= {name: value for name, value in made.keyword_defaults.values.items() if isinstance(name, str)}
    return found


def _parents(known: Known) -> dict[int, CodeType]:
    """The code object around each of a module's."""
    found = known.memory.get("parents")
    if found is None:
        found = {id(inner): code for code in known.codes for inner in code.co_consts if isinstance(inner, CodeType)}
        known.memory["parents"] = found
    return found


def around(scope: Scope) -> Scope | None:
    """The function or module around a function."""
    parent = _parents(scope.known).get(id(scope.code))
    return Scope(parent, scope.known, scope.namespace) if parent is not None else None


def within(code: CodeType) -> list[CodeType]:
    """A code object and all nested in it."""
    found, waiting = [], [code]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [inner for inner in one.co_consts if isinstance(inner, CodeType)]
    return found


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
        namespace = _MODULE_DICT(base)
        found = namespace.get(name, NOTHING)
        if found is NOTHING and type(namespace.get("__name__")) is str:
            return packages.modules.get(f"{namespace['__name__']}.{name}", NOTHING)
        return found
    if issubclass(type(base), type):
        return next((ATTRIBUTES(cls)[name] for cls in MRO(base) if name in ATTRIBUTES(cls)), NOTHING)
    return NOTHING


def plain(raw: object) -> object:
    """Return the function in a static method or class method."""
    return raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw


def overridden(cls: type, name: str, budget: Budget) -> bool:
    """Say whether a class below another has an attribute of its own."""
    below: list[type] = type.__subclasses__(cls)
    while below:
        budget.spend()
        one = below.pop()
        if name in ATTRIBUTES(one):
            return True
        below += type.__subclasses__(one)
    return False


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
