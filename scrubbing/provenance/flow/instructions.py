"""Bytecode as lists of names and arguments, the same for every Python here: where each leads, what catches its errors.

Lists of plain values and no object for each instruction: those would be thousands, kept, and looked at by every run of
the garbage collector.
"""

from __future__ import annotations

import bisect
import opcode
import sys
from collections.abc import Iterator
from types import CodeType

#: Python 3.11 made jumps relative and moved handlers into a table; 3.12 counts a jump from behind its caches.
_TABLE, _BEHIND_CACHES = sys.version_info >= (3, 11), sys.version_info >= (3, 12)
_NAMES = tuple(opcode.opname)
_ABSOLUTE = frozenset(opcode.hasjabs)
_HAS_JUMP = _ABSOLUTE | frozenset(opcode.hasjrel)
_EXTENDED, _CACHE = opcode.opmap["EXTENDED_ARG"], opcode.opmap.get("CACHE", -1)
#: What begins a part of a function whose errors are caught, in Python 3.10.
SETUPS = frozenset({"SETUP_FINALLY", "SETUP_WITH", "SETUP_ASYNC_WITH"})
#: After these the next instruction is reached by jumps alone.
ENDS = frozenset(
    {
        *("RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE", "JUMP_FORWARD", "JUMP_ABSOLUTE"),
        *("JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT"),
    }
)


class Listing:
    """The instructions of a code object, by their numbers; caches and extensions of arguments are none.

    Args:
        code: the code object.

    Attributes:
        offsets: where each stands, in bytes.
        names: their names.
        args: their arguments, extended.
        targets: the numbers of the instructions that some may jump to.
        handlers: what catches errors.
    """

    __slots__ = ("args", "handlers", "names", "offsets", "targets")

    def __init__(self, code: CodeType) -> None:
        data = code.co_code
        self.offsets: list[int] = []
        self.names: list[str] = []
        self.args: list[int] = []
        jumps: dict[int, int] = {}
        extended = 0
        for offset in range(0, len(data) - 1, 2):
            op = data[offset]
            if op == _CACHE:
                continue
            arg = data[offset + 1] | extended
            if op == _EXTENDED:
                extended = arg << 8
                continue
            extended = 0
            if op in _HAS_JUMP:
                jumps[len(self.offsets)] = _target(data, offset, op, arg)
            self.offsets.append(offset)
            self.names.append(_NAMES[op])
            self.args.append(arg)
        self.targets = {number: self.at_or_after(target) for number, target in jumps.items()}
        self.handlers = list(_table(code, self) if _TABLE else _blocks(self))

    def at_or_after(self, offset: int) -> int:
        """Return the number of the instruction at an offset, or of the one whose argument is extended there."""
        return bisect.bisect_left(self.offsets, offset)

    def at(self, offset: int) -> int | None:
        """Return the number of the instruction at an offset, or whose cache is there."""
        found = bisect.bisect_right(self.offsets, offset) - 1
        return found if found >= 0 else None


class Handler:
    """A part of a function and what catches its errors.

    Args:
        start: the number of the first instruction.
        end: the number behind the last.
        target: the number of the handler's first instruction.
        depth: how many values stay on the stack; ``None`` where it is that of the instruction `start`.
        place: whether the handler finds the place of the error on the stack, too.
    """

    __slots__ = ("depth", "end", "place", "start", "target")

    def __init__(self, start: int, end: int, target: int, depth: int | None, *, place: bool) -> None:
        self.start, self.end, self.target, self.depth, self.place = start, end, target, depth, place


def _target(data: bytes, offset: int, op: int, arg: int) -> int:
    if op in _ABSOLUTE:
        return arg * 2
    after = offset + 2
    while _BEHIND_CACHES and after < len(data) and data[after] == _CACHE:
        after += 2
    return after - arg * 2 if "BACKWARD" in _NAMES[op] else after + arg * 2


def _table(code: CodeType, listing: Listing) -> Iterator[Handler]:
    """Read an exception table: numbers of 6 bits a byte, a bit that says go on, one that begins an entry."""
    numbers = _numbers(getattr(code, "co_exceptiontable", b""))
    at = listing.at_or_after
    for start in numbers:
        length, target, depth = next(numbers), next(numbers), next(numbers)
        yield Handler(at(start * 2), at((start + length) * 2), at(target * 2), depth >> 1, place=bool(depth & 1))


def _numbers(table: bytes) -> Iterator[int]:
    number = 0
    for byte in table:
        number = number << 6 | byte & 63
        if not byte & 64:
            yield number
            number = 0


def _blocks(listing: Listing) -> Iterator[Handler]:
    """Python 3.10: a handler holds from its setup to its own first instruction, wherever it was left."""
    for number, target in listing.targets.items():
        if listing.names[number] in SETUPS:
            yield Handler(number, target, target, None, place=False)
