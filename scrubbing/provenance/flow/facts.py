"""A function retold: what it raises, calls, stores and returns, and which stores reach a place."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import CodeType

from scrubbing.provenance.flow.effects import tell
from scrubbing.provenance.flow.instructions import ENDS, SETUPS, Handler, Listing
from scrubbing.provenance.flow.stack import Stack
from scrubbing.provenance.flow.symbols import OPAQUE, Caught, Items, Pairs, Symbol, either

#: Instructions of a function that is retold; of a longer one nothing is known.
MAX_INSTRUCTIONS = 20_000
#: Answers of one kind kept for a function.
MOST_KEPT = 256
#: Values a stack has at most.
_DEEPEST = 500
_VERSION = sys.version_info[:2]
#: Ways from one instruction to another.
Ways = frozenset[tuple[int, int]]
RETURNS = ("RETURN_VALUE", "RETURN_CONST")
EVERY: Ways = frozenset()


class Facts:
    """What a function does, as far as its bytecode says it.

    Args:
        code: the function.

    Attributes:
        listing: its instructions.
        told: its stores, calls, errors and results (see `Stack`).
        walked: how many instructions were gone over to find answers, and not paid for yet.
    """

    __slots__ = ("_come", "_found", "_reached", "_thrown", "code", "listing", "told", "walked")

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.listing = Listing(code)
        if len(self.listing.names) > MAX_INSTRUCTIONS:
            self.listing = Listing(code.replace(co_code=b""))
        self.told = _told(code, self.listing)
        self.walked = 0
        self._come: dict[int, list[int] | range] | None = None
        self._thrown: dict[int, list[int]] | None = None
        self._reached: dict[Ways, set[int]] = {}
        self._found: dict[tuple[str, int, Ways], tuple[list[Symbol], bool]] = {}

    def sources(self, name: str, at: int, closed: Ways = EVERY) -> tuple[list[Symbol], bool]:
        """Find what a local variable may hold at an instruction.

        Args:
            name: the variable.
            at: the number of the instruction.
            closed: ways that are never gone: from one instruction to another.

        Returns:
            What is stored in it on the ways that lead there, and whether one of them comes from the beginning of the
            function without a store.
        """
        key = name, at, closed
        held = self._found.get(key)
        if held is None:
            held = self._sources(name, at, closed)
            if len(self._found) < MOST_KEPT:
                self._found[key] = held
        return held

    def _sources(self, name: str, at: int, closed: Ways) -> tuple[list[Symbol], bool]:
        reached = self.reached(closed) if closed else None
        found: list[Symbol] = []
        start, seen, waiting = at == 0, {at}, [at]
        while waiting:
            after = waiting.pop()
            for number in self._before(after):
                if number in seen or (reached is not None and ((number, after) in closed or number not in reached)):
                    continue
                seen.add(number)
                value = self._stored(name, number)
                if value is not None:
                    found.append(value)
                else:
                    start = start or number == 0
                    waiting.append(number)
        self.walked += len(seen)
        return found, start

    def _stored(self, name: str, number: int) -> Symbol | None:
        stored = self.told.stores.get(number)
        return next((value for n, value in reversed(stored) if n == name), None) if stored is not None else None

    def avoids(self, numbers: set[int], closed: Ways = EVERY, end: int | None = None) -> bool:
        """Say whether a way leads from the beginning to a return without going over some instructions.

        Args:
            numbers: the instructions.
            closed: ways that are never gone.
            end: where the ways lead, in place of every return.
        """
        waiting = [n for n, name in enumerate(self.listing.names) if name in RETURNS] if end is None else [end]
        seen = set(waiting)
        while waiting:
            after = waiting.pop()
            if after == 0:
                self.walked += len(seen)
                return True
            for number in self._before(after):
                if number not in seen and number not in numbers and (number, after) not in closed:
                    seen.add(number)
                    waiting.append(number)
        self.walked += len(seen)
        return False

    def repeats(self, at: int) -> bool:
        """Say whether a way leads from an instruction back to it."""
        seen, waiting = set[int](), [at]
        while waiting:
            fresh = [one for one in self._before(waiting.pop()) if one not in seen]
            seen.update(fresh)
            waiting += fresh
        self.walked += len(seen)
        return at in seen

    def reached(self, closed: Ways) -> set[int]:
        """Return the instructions that can be reached from the beginning without the closed ways."""
        held = self._reached.get(closed)
        if held is not None:
            return held
        seen, waiting = {0}, [0]
        while waiting:
            number = waiting.pop()
            for after in self._after(number):
                if after not in seen and (number, after) not in closed:
                    seen.add(after)
                    waiting.append(after)
        self.walked += len(seen)
        if len(self._reached) < MOST_KEPT:
            self._reached[closed] = seen
        return seen

    def closed_by(self, number: int, *, jumps: bool) -> tuple[int, int] | None:
        """Return the way a conditional jump never goes, if it always jumps or never does."""
        target = self.listing.targets.get(number)
        if target is None or target == number + 1:
            return None
        return (number, number + 1) if jumps else (number, target)

    def _before(self, number: int) -> Iterable[int]:
        """The instructions that may come before one."""
        if self._come is None:
            self._come = _jumps_to(self.listing)
        others = self._come.get(number)
        falls = number > 0 and self.listing.names[number - 1] not in ENDS
        if others is None:
            return (number - 1,) if falls else ()
        return (number - 1, *others) if falls else others

    def _after(self, number: int) -> Iterator[int]:
        """The instructions that may come after one."""
        listing = self.listing
        if listing.names[number] not in ENDS and number + 1 < len(listing.names):
            yield number + 1
        if number in listing.targets:
            yield listing.targets[number]
        if self._thrown is None:
            self._thrown = {}
            for one in listing.handlers:
                for covered in range(one.start, one.end):
                    self._thrown.setdefault(covered, []).append(one.target)
        yield from self._thrown.get(number, ())


def _jumps_to(listing: Listing) -> dict[int, list[int] | range]:
    found: dict[int, list[int] | range] = {}
    for number, target in listing.targets.items():
        others = found.setdefault(target, [])
        others.append(number)  # type: ignore[union-attr]  # a list as yet
    for handler in listing.handlers:
        covered, before = range(handler.start, handler.end), found.get(handler.target)
        if before is None:
            found[handler.target] = covered
        elif isinstance(before, range):
            found[handler.target] = [*before, *covered]
        else:
            before += covered
    return found


def _told(code: CodeType, listing: Listing) -> Stack:
    """Retell a function from its beginning to its end, once: ways that meet are joined, loops are not gone round."""
    stack = Stack(code)
    arriving = {handler.target: _at_handler(handler) for handler in listing.handlers}
    again = {target for number, target in listing.targets.items() if target <= number}
    targets, args = listing.targets, listing.args
    reached = True
    for number, name in enumerate(listing.names):
        if number in arriving:
            come = arriving[number]
            stack.values = _joined(stack.values, come) if reached else come
            del stack.values[:-_DEEPEST]
        if number in again:
            stack.values = [_grown(value) for value in stack.values]
        stack.at = number
        before = list(stack.values) if name in _AS_BEFORE else None
        tell(stack, name, args[number])
        target = targets.get(number, 0)
        if target > number and name not in SETUPS:
            leaving = _leaving(name, before, stack.values)
            arriving[target] = _joined(arriving[target], leaving) if target in arriving else leaving
        reached = name not in ENDS
        if not reached:
            stack.values = []
    return stack


#: Jumps that leave a stack other than the one the next instruction finds.
_AS_BEFORE = frozenset({"JUMP_IF_FALSE_OR_POP", "JUMP_IF_TRUE_OR_POP", "FOR_ITER", "SEND"})


def _leaving(name: str, before: list[Symbol] | None, now: list[Symbol]) -> list[Symbol]:
    """The stack as a jump leaves it; until 3.11 a loop and a wait take their iterator off, since then others do."""
    if before is None:
        return list(now)
    if name == "FOR_ITER":
        return [*before, OPAQUE] if _VERSION >= (3, 12) else before[:-1]
    if name == "SEND":
        return [*before[:-1], OPAQUE] if _VERSION >= (3, 12) else [*before[:-2], OPAQUE]
    return before


def _at_handler(handler: Handler) -> list[Symbol]:
    """What a handler finds on the stack: the error at the top, or, in Python 3.10, below its type."""
    if handler.depth is None:
        return [OPAQUE, OPAQUE, OPAQUE, OPAQUE, Caught(), OPAQUE]
    below = min(handler.depth + int(handler.place), _DEEPEST)
    return [*[OPAQUE] * below, Caught()]


def _joined(one: list[Symbol], other: list[Symbol]) -> list[Symbol]:
    """Join two stacks; what one of them does not know is not known."""
    size = min(len(one), len(other))
    return [either(a, b) for a, b in zip(one[len(one) - size :], other[len(other) - size :], strict=True)]


def _grown(value: Symbol) -> Symbol:
    """A list that stands on the stack of a loop may grow in it."""
    return OPAQUE if isinstance(value, (Items, Pairs)) else value
