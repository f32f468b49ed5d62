"""What a symbol may hold, by every way that leads there, and the texts that may stand for; within a budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scrubbing.provenance.flow.facts import Ways
from scrubbing.provenance.flow.symbols import Attribute, Call, Choice, Const, Free, Local, Subscript, Symbol
from scrubbing.provenance.skeletons.calls import returned
from scrubbing.provenance.skeletons.conditions import closed_ways
from scrubbing.provenance.skeletons.lists import listed
from scrubbing.provenance.skeletons.scopes import Budget, Scope, Source, around, changed_outside, facts, key, within
from scrubbing.provenance.skeletons.templates import OPAQUE, Template, distinct

#: Symbols within symbols that are followed; instructions that may be gone over for one step of the budget.
DEEPEST, WALKED_FOR_A_STEP = 40, 100


class Reader:
    """Reads symbols.

    Args:
        budget: how much may be looked at.
        read: what reads each kind of symbol as text.
    """

    __slots__ = ("_read", "budget", "packages", "reading")

    def __init__(self, budget: Budget, read: Mapping[type, Callable[..., list[Template]]]) -> None:
        self.budget, self.packages, self._read = budget, budget.packages, read
        self.reading: list[tuple[Any, ...]] = []

    def within(self, one: tuple[Any, ...]) -> bool:
        """Begin to follow something; say no where it is followed already, or too deep. Whoever began it ends it."""
        if one in self.reading or len(self.reading) > DEEPEST:
            return False
        self.reading.append(one)
        return True

    def texts(self, symbol: Symbol, scope: Scope) -> list[Template]:
        """Return the templates a symbol's text may follow, as ``str()`` gives it."""
        self.budget.spend()
        read = self._read.get(type(symbol))
        if read is None or not self.within(key("text", symbol, scope)):
            return OPAQUE
        try:
            return read(self, symbol, scope)
        finally:
            self.reading.pop()

    def all_texts(self, sources: list[Source] | None) -> list[Template]:
        """Return the templates of every source; no source at all is an opaque one."""
        if not sources:
            return OPAQUE
        return distinct(template for symbol, scope in sources for template in self.texts(symbol, scope))

    def sources(self, symbol: Symbol, scope: Scope) -> list[Source] | None:
        """Return what a variable may hold, or ``None``."""
        if isinstance(symbol, Local):
            return self._of_local(symbol, scope)
        if isinstance(symbol, Free):
            return _of_free(symbol, scope)
        if isinstance(symbol, Choice):
            return [(option, scope) for option in symbol.options]
        if isinstance(symbol, Attribute) and scope.receiver is not None and scope.is_receiver(symbol.base):
            found: list[Source] | None = scope.receiver.attribute(symbol.name)
            return found
        if isinstance(symbol, Subscript) and isinstance(symbol.index, Const) and type(symbol.index.value) is int:
            return self._of_item(symbol.base, symbol.index.value, scope)
        if isinstance(symbol, Call):
            return returned(self, symbol, scope)
        return None

    def _of_item(self, base: Symbol, index: int, scope: Scope) -> list[Source] | None:
        found = listed(self, base, scope)
        return [found[index]] if found is not None and -len(found) <= index < len(found) else None

    def closed(self, scope: Scope) -> Ways:
        """Return the ways a function never goes with what it was given."""
        if scope.closed is None:
            scope.closed = frozenset()  # as long as it is found out
            scope.closed = closed_ways(self, scope)
        return scope.closed

    def _of_local(self, symbol: Local, scope: Scope) -> list[Source] | None:
        stored, start = scope.facts.sources(symbol.name, symbol.at)
        if len(stored) + start > 1 and (closed := self.closed(scope)):
            stored, start = scope.facts.sources(symbol.name, symbol.at, closed)
        self.pay(scope)
        found: list[Source] = [(value, scope) for value in stored]
        if start and scope.is_parameter(symbol.name):  # of another variable there is nothing as yet, and no text
            bound = scope.bound(symbol.name)
            if bound is None:
                return None
            found.append(bound)
        return found

    def pay(self, scope: Scope) -> None:
        """Spend what it took to go over a function's instructions."""
        steps, scope.facts.walked = divmod(scope.facts.walked, WALKED_FOR_A_STEP)
        self.budget.spend(steps)

    def results(self, scope: Scope) -> list[Source]:
        """Return what a function may return with what it was given."""
        returned = scope.facts.told.returned
        closed = self.closed(scope) if len(returned) > 1 else None
        reached = scope.facts.reached(closed) if closed else None
        return [(value, scope) for number, value in returned.items() if reached is None or number in reached]


def _of_free(symbol: Free, scope: Scope) -> list[Source] | None:
    """Every store of a shared variable, in the function it belongs to and in those nested in that."""
    home: Scope | None = scope
    while home is not None and symbol.name not in home.code.co_cellvars:
        home = around(home)
    if home is None or changed_outside(scope.known, "cell_contents"):
        return None
    found: list[Source] = []
    for code in within(home.code):
        inner = scope if code is scope.code else Scope(code, scope.known, scope.namespace)
        found += [(value, inner) for name, value in facts(scope.known, code).told.shared if name == symbol.name]
    if home.is_parameter(symbol.name):
        bound = scope.bound(symbol.name) if home is scope else None
        if bound is None:
            return None
        found.append(bound)
    return found
