"""Bytecode as a list of instructions, the same for every Python here: where each leads, and what catches its errors."""

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
_RELATIVE = frozenset(opcode.hasjrel)
_HAS_JUMP = _ABSOLUTE | _RELATIVE
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


class Instruction:
    """One instruction.

    Args:
        offset: where it stands, in bytes.
        name: its name.
        arg: its argument, extended.
        target: the offset it may jump to.
    """

    __slots__ = ("arg", "name", "offset", "target")

    def __init__(self, offset: int, name: str, arg: int, target: int | None) -> None:
        self.offset, self.name, self.arg, self.target = offset, name, arg, target


class Handler:
    """A part of a function and what catches its errors: where, at which depth of the stack, whether with a place.

    Args:
        start: the offset of the first instruction.
        end: the offset behind the last.
        target: the handler's offset.
        depth: how many values stay on the stack; ``None`` where it is that of the instruction `start`.
        place: whether the handler finds the place of the error on the stack, too.
    """

    __slots__ = ("depth", "end", "place", "start", "target")

    def __init__(self, start: int, end: int, target: int, depth: int | None, *, place: bool) -> None:
        self.start, self.end, self.target, self.depth, self.place = start, end, target, depth, place


def instructions(code: CodeType) -> list[Instruction]:
    """List the instructions of a code object; caches and extensions of arguments are no instructions."""
    data = code.co_code
    found: list[Instruction] = []
    extended = 0
    for offset in range(0, len(data) - 1, 2):
        op = data[offset]
        if op == _CACHE:
            continue
        arg = data[offset + 1] | extended
        extended = arg << 8 if op == _EXTENDED else 0
        if op != _EXTENDED:
            target = _target(data, offset, op, arg) if op in _HAS_JUMP else None
            found.append(Instruction(offset, _NAMES[op], arg, target))
    offsets = [one.offset for one in found]
    for one in found:
        if one.target is not None:
            one.target = _proper(offsets, one.target)
    return found


def _proper(offsets: list[int], target: int) -> int:
    """Where an instruction itself stands: a jump leads to what extends its argument, if there is such."""
    number = bisect.bisect_left(offsets, target)
    return offsets[number] if number < len(offsets) else target


def _target(data: bytes, offset: int, op: int, arg: int) -> int:
    if op in _ABSOLUTE:
        return arg * 2
    after = offset + 2
    while _BEHIND_CACHES and after < len(data) and data[after] == _CACHE:
        after += 2
    return after - arg * 2 if "BACKWARD" in _NAMES[op] else after + arg * 2


def handlers(code: CodeType, listed: list[Instruction]) -> list[Handler]:
    """List what catches errors, inner parts after the outer ones that hold them."""
    if not _TABLE:
        return _blocks(listed)
    found, offsets = list(_table(getattr(code, "co_exceptiontable", b""))), [one.offset for one in listed]
    for handler in found:
        handler.target = _proper(offsets, handler.target)
    return found


def _table(table: bytes) -> Iterator[Handler]:
    """Read an exception table: numbers of 6 bits a byte, a bit that says go on, one that begins an entry."""
    numbers = _numbers(table)
    for start in numbers:
        length, target, depth = next(numbers), next(numbers), next(numbers)
        yield Handler(start * 2, (start + length) * 2, target * 2, depth >> 1, place=bool(depth & 1))


def _numbers(table: bytes) -> Iterator[int]:
    number = 0
    for byte in table:
        number = number << 6 | byte & 63
        if not byte & 64:
            yield number
            number = 0


def _blocks(listed: list[Instruction]) -> list[Handler]:
    """Python 3.10: a handler holds from its setup to the first instruction of the handler, wherever it was left."""
    return [
        Handler(one.offset, one.target, one.target, None, place=False)
        for one in listed
        if one.name in SETUPS and one.target is not None
    ]
