"""A function retold: what it raises, calls, stores and returns, and which stores reach a place."""

from __future__ import annotations

import bisect
import sys
from types import CodeType

from scrubbing.provenance.flow.instructions import ENDS, SETUPS, Handler, Instruction, handlers, instructions
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


class Facts:
    """What a function does, as far as its bytecode says it.

    Args:
        code: the function.

    Attributes:
        told: its stores, calls, errors and results (see `Stack`).
    """

    __slots__ = ("_after", "_before", "_found", "_offsets", "_reached", "code", "handlers", "listed", "told")

    def __init__(self, code: CodeType) -> None:
        self.code = code
        listed = instructions(code)
        self.listed = listed if len(listed) <= MAX_INSTRUCTIONS else []
        self._offsets = [one.offset for one in self.listed]
        self.handlers = handlers(code, self.listed)
        self.told = _told(code, self.listed, self.handlers)
        self._before: list[list[int]] | None = None
        self._after: list[list[int]] | None = None
        self._reached: dict[Ways, set[int]] = {}
        self._found: dict[tuple[str, int, Ways], tuple[list[Symbol], bool]] = {}

    def number(self, offset: int) -> int | None:
        """Return the number of the instruction at an offset, or whose cache is there."""
        found = bisect.bisect_right(self._offsets, offset) - 1
        return found if found >= 0 else None

    def sources(self, name: str, at: int, closed: Ways = frozenset()) -> tuple[list[Symbol], bool]:
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
        before, reached = self._ways(), self.reached(closed) if closed else None
        stores = self.told.stores
        found: list[Symbol] = []
        start, seen, waiting = at == 0, {at}, [at]
        while waiting:
            after = waiting.pop()
            for number in before[after]:
                if number in seen or (reached is not None and ((number, after) in closed or number not in reached)):
                    continue
                seen.add(number)
                value = next((v for n, v in reversed(stores.get(number, ())) if n == name), None)
                if value is not None:
                    found.append(value)
                else:
                    start = start or number == 0
                    waiting.append(number)
        return found, start

    def avoids(self, numbers: set[int], closed: Ways = frozenset(), end: int | None = None) -> bool:
        """Say whether a way leads from the beginning to a return without going over some instructions.

        Args:
            numbers: the instructions.
            closed: ways that are never gone.
            end: where the ways lead, in place of every return.
        """
        before = self._ways()
        waiting = [n for n, one in enumerate(self.listed) if one.name in RETURNS] if end is None else [end]
        seen = set(waiting)
        while waiting:
            number = waiting.pop()
            if number == 0:
                return True
            ways = (one for one in before[number] if (one, number) not in closed)
            fresh = [one for one in ways if one not in seen and one not in numbers]
            seen.update(fresh)
            waiting += fresh
        return False

    def repeats(self, at: int) -> bool:
        """Say whether a way leads from an instruction back to it."""
        before, seen, waiting = self._ways(), set[int](), [at]
        while waiting:
            fresh = [one for one in before[waiting.pop()] if one not in seen]
            seen.update(fresh)
            waiting += fresh
        return at in seen

    def reached(self, closed: Ways) -> set[int]:
        """Return the instructions that can be reached from the beginning without the closed ways."""
        if self._after is None:
            self._after = [[] for _ in self.listed]
            for number, come in enumerate(self._ways()):
                for one in come:
                    self._after[one].append(number)
        if closed in self._reached:
            return self._reached[closed]
        seen, waiting = {0}, [0]
        while waiting:
            number = waiting.pop()
            fresh = [one for one in self._after[number] if one not in seen and (number, one) not in closed]
            seen.update(fresh)
            waiting += fresh
        if len(self._reached) < MOST_KEPT:
            self._reached[closed] = seen
        return seen

    def closed_by(self, number: int, *, jumps: bool) -> tuple[int, int] | None:
        """Return the way a conditional jump never goes, if it always jumps or never does."""
        target = self.listed[number].target
        if target is None:
            return None
        other = bisect.bisect_left(self._offsets, target)
        if other == number + 1:
            return None
        return (number, number + 1) if jumps else (number, other)

    def _ways(self) -> list[list[int]]:
        """For each instruction those that may come before it."""
        if self._before is None:
            self._before = _predecessors(self.listed, self._offsets, self.handlers)
        return self._before


def _predecessors(listed: list[Instruction], offsets: list[int], caught: list[Handler]) -> list[list[int]]:
    before: list[list[int]] = [[] for _ in listed]
    where = {offset: number for number, offset in enumerate(offsets)}
    for number, one in enumerate(listed):
        if one.name not in ENDS and number + 1 < len(listed):
            before[number + 1].append(number)
        if one.target is not None and one.target in where:
            before[where[one.target]].append(number)
    for handler in caught:
        if handler.target in where:
            first = bisect.bisect_left(offsets, handler.start)
            before[where[handler.target]].extend(range(first, bisect.bisect_left(offsets, handler.end)))
    return before


def _told(code: CodeType, listed: list[Instruction], caught: list[Handler]) -> Stack:
    """Retell a function from its beginning to its end, once: ways that meet are joined, loops are not gone round."""
    stack = Stack(code)
    arriving = {handler.target: _at_handler(handler) for handler in caught}
    again = {one.target for one in listed if one.target is not None and one.target <= one.offset}
    reached = True
    for number, one in enumerate(listed):
        come = arriving.get(one.offset)
        if come is not None:
            stack.values = _joined(stack.values, come) if reached else come
        if one.offset in again:
            stack.values = [_grown(value) for value in stack.values]
        stack.at = number
        before = list(stack.values) if one.name in _AS_BEFORE else None
        stack.tell(one)
        del stack.values[:-_DEEPEST]
        if one.target is not None and one.target > one.offset and one.name not in SETUPS:
            leaving = _leaving(one.name, before, stack.values)
            come = arriving.get(one.target)
            arriving[one.target] = leaving if come is None else _joined(come, leaving)
        reached = one.name not in ENDS
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
