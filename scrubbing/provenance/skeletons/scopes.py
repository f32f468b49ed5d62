"""A function at work: what its code says, whose module it is, which call began it, what its parameters are bound to.

Values of variables are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

from scrubbing.provenance.flow.facts import Facts, Ways
from scrubbing.provenance.flow.scan import stores
from scrubbing.provenance.flow.symbols import Call, Const, Extended, Free, Function, Items, Local, Pairs, Symbol
from scrubbing.provenance.packages import Known, Packages

#: Functions of one module whose facts are kept.
MAX_FACTS = 300
_VARARGS, _VARKEYWORDS, CLASS_NAMES = 0x04, 0x08, ("cls", "mcs", "klass")
FIRST_NAMES = ("self", *CLASS_NAMES)


class TooMuch(Exception):
    """A message takes more work than it is worth."""


class Budget:
    """How much may be looked at for one exception.

    Args:
        packages: the code that may contribute.
        steps: how many symbols.
    """

    __slots__ = ("packages", "steps")

    def __init__(self, packages: Packages, steps: int = 4000) -> None:
        self.packages, self.steps = packages, steps

    def spend(self, steps: int = 1) -> None:
        """Count a step, or several.

        Raises:
            TooMuch: there are none left.
        """
        self.steps -= steps
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

    def is_parameter(self, name: str) -> bool:
        """Say whether a variable is one of the function's parameters."""
        stars = bool(self.code.co_flags & _VARARGS) + bool(self.code.co_flags & _VARKEYWORDS)
        return name in self.code.co_varnames[: _named(self.code) + stars]

    def star(self) -> str | None:
        """The name of its ``*args``."""
        return self.code.co_varnames[_named(self.code)] if self.code.co_flags & _VARARGS else None

    def star_star(self) -> str | None:
        """The name of its ``**kwargs``."""
        after = _named(self.code) + bool(self.code.co_flags & _VARARGS)
        return self.code.co_varnames[after] if self.code.co_flags & _VARKEYWORDS else None


Source = tuple[Symbol, Scope]


def key(what: str, symbol: Symbol, scope: Scope) -> tuple[Any, ...]:
    """Return what tells a symbol of a function from others while it is followed."""
    return what, type(symbol), getattr(symbol, "name", None), getattr(symbol, "at", id(symbol)), id(scope.facts)


def _named(code: CodeType) -> int:
    return code.co_argcount + code.co_kwonlyargcount


def facts(known: Known, code: CodeType) -> Facts:
    """Return what is known of a function; read once."""
    memory = known.memory.setdefault("facts", {})
    found: Facts | None = memory.get(id(code))
    if found is None:
        if len(memory) >= MAX_FACTS:
            memory.clear()
        found = memory[id(code)] = Facts(code)  # which holds the code, so that its id is not given to another
    return found


def _bound(scope: Scope, call: Call, outer: Scope) -> dict[str, Source]:
    """Bind parameters to a call's arguments, as Python does; a parameter nobody can tell is not bound."""
    code = scope.code
    given = arguments(call, outer)
    if given is None:
        return {}
    positional, keywords, complete = given
    names = code.co_varnames[: code.co_argcount]
    implicit = scope.implicit if scope.implicit is not None else bool(names) and names[0] in FIRST_NAMES
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
    positional = _positional(call.positional, outer)
    if positional is None:
        return None
    keywords = {name: (symbol, outer) for name, symbol in call.keywords.items()}
    if call.rest is None:
        return positional, keywords, True
    rest = passed_on(call.rest, outer, outer.star_star())
    if rest is None or not isinstance(rest[0], Pairs):
        return positional, keywords, False
    keywords |= {name: (symbol, rest[1]) for name, symbol in rest[0].values.items() if isinstance(name, str)}
    return positional, keywords, True


def _positional(given: tuple[Symbol, ...] | Symbol, outer: Scope) -> list[Source] | None:
    if isinstance(given, tuple):
        return [(symbol, outer) for symbol in given]
    first: tuple[Symbol, ...] = given.items if isinstance(given, Extended) else ()
    passed = passed_on(given.rest if isinstance(given, Extended) else given, outer, outer.star())
    if passed is None or not isinstance(passed[0], Items):
        return None
    return [*((symbol, outer) for symbol in first), *((symbol, passed[1]) for symbol in passed[0].items)]


def passed_on(symbol: Symbol, scope: Scope, name: str | None) -> Source | None:
    """Return what ``*args`` or ``**kwargs`` of a function hold where it passes them on unchanged."""
    if name is None or not isinstance(symbol, Local) or symbol.name != name:
        return None
    found, start = scope.facts.sources(name, symbol.at)
    changed = name == scope.star_star() and scope.facts.told.loads.get(name) != 1  # a dict, in more hands than one
    return scope.bound(name) if start and not found and not changed else None


def _defaults(scope: Scope) -> dict[str, Source]:
    """The defaults of a function's parameters that are written in the code around it."""
    parent = parents(scope.known).get(id(scope.code))
    if parent is None or any(changed_outside(scope.known, name) for name in ("__defaults__", "__kwdefaults__")):
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


def parents(known: Known) -> dict[int, CodeType]:
    """Return the code object around each of a module's."""
    found = known.memory.get("parents")
    if found is None:
        found = {id(inner): code for code in known.codes for inner in code.co_consts if isinstance(inner, CodeType)}
        known.memory["parents"] = found
    return found


def around(scope: Scope) -> Scope | None:
    """The function or module around a function."""
    parent = parents(scope.known).get(id(scope.code))
    return Scope(parent, scope.known, scope.namespace) if parent is not None else None


def within(code: CodeType) -> list[CodeType]:
    """A code object and all nested in it."""
    found, waiting = [], [code]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [inner for inner in one.co_consts if isinstance(inner, CodeType)]
    return found


#: Names by which code reaches the attributes of an object without saying which.
REACHING = frozenset({"setattr", "__setattr__", "__dict__", "vars", "globals"})


def may_store(code: CodeType, name: str) -> bool:
    """Say whether a function stores an attribute by its name."""
    named = name in code.co_consts and not REACHING.isdisjoint(code.co_names)
    return named or bool(stores(code, "STORE_ATTR", name))


def changed_outside(known: Known, name: str) -> bool:
    """Say whether a module stores an attribute of something else than the object a method was called on."""
    memory = known.memory.setdefault("changed outside", {})
    found: bool | None = memory.get(name)
    if found is None:
        found = any(_changes(known, code, name) for code in known.codes)
        if len(memory) < MAX_FACTS:
            memory[name] = found
    return found


def _changes(known: Known, code: CodeType, name: str) -> bool:
    if name in code.co_consts and not REACHING.isdisjoint(code.co_names):
        return True
    if not stores(code, "STORE_ATTR", name):
        return False
    parent = parents(known).get(id(code))
    method = parent is not None and parent is not known.code and not parent.co_flags & 0x3 and code.co_argcount
    stored = [base for base, n, *_ in facts(known, code).told.attributes if n == name]
    first = code.co_varnames[0] if method else ""
    own = first not in ("", *CLASS_NAMES) and all(isinstance(base, Local) and base.name == first for base in stored)
    return not own or not stored
