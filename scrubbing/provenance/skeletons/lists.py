"""Tuples, lists and dicts that are written out: what stands in them, and what grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubbing.provenance.flow.symbols import Attribute, Call, Const, Items, Local, Pairs, Symbol
from scrubbing.provenance.skeletons.lookup import live
from scrubbing.provenance.skeletons.scopes import Scope, Source

if TYPE_CHECKING:
    from scrubbing.provenance.skeletons.reader import Reader

#: Calls of ``append`` on one list that are looked at.
MOST_APPENDED = 20


def listed(reader: Reader, symbol: Symbol, scope: Scope, *, shared: bool = False) -> list[Source] | None:
    """Return the items of a tuple or list that is written out, or that ``self.args`` is.

    Args:
        reader: reads symbols.
        symbol: what is asked.
        scope: where.
        shared: whether another variable holds it, too, by which a list may be changed.
    """
    reader.budget.spend()
    items = None if shared and isinstance(symbol, Local) else grown(reader, symbol, scope)
    if items is not None:
        return None if any(optional for _, optional in items) else [source for source, _ in items]
    if isinstance(symbol, Const) and isinstance(symbol.value, tuple):
        return [(Const(item), scope) for item in symbol.value]
    if isinstance(symbol, Attribute) and symbol.name == "args" and scope.is_receiver(symbol.base):
        found: list[list[Source]] | None = scope.receiver.arguments()
        return found[0] if found is not None and len(found) == 1 else None
    sources = reader.sources(symbol, scope) if isinstance(symbol, (Local, Attribute)) else None
    single = (
        sources is not None and len(sources) == 1 and not (isinstance(sources[0][0], Items) and sources[0][0].grows)
    )
    if sources is not None and single and reader.within(("listed", id(symbol), id(scope))):
        try:
            return listed(reader, *sources[0], shared=True)
        finally:
            reader.reading.pop()
    return None


def grown(reader: Reader, symbol: Symbol, scope: Scope) -> list[tuple[Source, bool]] | None:
    """Return the items of a list as it was written out and grew, and whether each may be missing."""
    if isinstance(symbol, Items):
        return [((item, scope), False) for item in symbol.items]
    if not isinstance(symbol, Local):
        return None
    found, start = scope.facts.sources(symbol.name, symbol.at)
    if start or len(found) != 1 or not isinstance(found[0], Items) or not found[0].grows:
        return None
    more = _appended(reader, symbol, scope)
    return None if more is None else [*[((item, scope), False) for item in found[0].items], *more]


def _appended(reader: Reader, symbol: Local, scope: Scope) -> list[tuple[Source, bool]] | None:
    """What ``append`` put on a list before it is read, once each, if nothing else is done with it."""
    told, facts_, closed = scope.facts.told, scope.facts, reader.closed(scope)
    calls = [(n, call) for n, call in told.calls.items() if isinstance(call, Call) and _appends(call, symbol.name)]
    tests = sum(isinstance(test, Local) and test.name == symbol.name for test, _ in told.tests.values())
    read_once = told.loads.get(symbol.name) == len(calls) + tests + 1
    if len(calls) > MOST_APPENDED or not read_once or any(facts_.repeats(n) for n, _ in calls):
        return None
    reader.pay(scope)
    reached = facts_.reached(closed)
    return [
        ((call.positional[0], scope), facts_.avoids({n}, closed, symbol.at))  # type: ignore[index]  # a tuple of one
        for n, call in sorted(calls, key=lambda one: one[0])
        if n in reached and n < symbol.at
    ]


def _appends(call: Call, name: str) -> bool:
    function = call.function
    one = isinstance(call.positional, tuple) and len(call.positional) == 1 and not call.keywords and call.rest is None
    appends = isinstance(function, Attribute) and function.name == "append" and isinstance(function.base, Local)
    return one and appends and function.base.name == name  # type: ignore[attr-defined]  # as was just asked


def pairs(reader: Reader, symbol: Symbol, scope: Scope) -> dict[object, Source] | None:
    """Return the members of a dict that is written out, and not changed before it is read."""
    if isinstance(symbol, Pairs):
        return {key: (value, scope) for key, value in symbol.values.items()}
    if isinstance(symbol, Call) and symbol.positional == () and symbol.rest is None:
        made = live(symbol.function, scope, reader.packages) is dict
        return {key: (value, scope) for key, value in symbol.keywords.items()} if made else None
    if isinstance(symbol, Local) and scope.facts.told.loads.get(symbol.name) == 1:
        sources = reader.sources(symbol, scope)
        if sources is not None and len(sources) == 1 and not isinstance(sources[0][0], Local):
            return pairs(reader, *sources[0])
    return None
