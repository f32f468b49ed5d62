"""Questions to bytecode that need no retelling: is a name stored in this function, and is it a constant that is stored?

Reading a module's outermost code whole takes milliseconds; most often one of its constants is asked for.
"""

from __future__ import annotations

import opcode
from types import CodeType

from scrubbing.provenance.flow.symbols import Const

_EXTENDED, _LOAD_CONST = opcode.opmap["EXTENDED_ARG"], opcode.opmap["LOAD_CONST"]


def stores(code: CodeType, operation: str, name: str) -> list[int]:
    """Find the instructions of a function that store a name.

    Args:
        code: the function.
        operation: ``STORE_NAME``, ``STORE_GLOBAL`` or ``STORE_ATTR``.
        name: the name.

    Returns:
        Their offsets, in bytes.
    """
    if name not in code.co_names:
        return []
    data, op, number = code.co_code, opcode.opmap[operation], code.co_names.index(name)
    found, at = [], data.find(op)
    while at >= 0:
        if at % 2 == 0 and _argument(data, at) == number:
            found.append(at)
        at = data.find(op, at + 1)
    return found


def constant_before(code: CodeType, offset: int) -> Const | None:
    """Return the constant an instruction stores, if one is loaded right before it."""
    data, at = code.co_code, offset - 2
    while at >= 0 and data[at] == _EXTENDED:
        at -= 2
    if at < 0 or data[at] != _LOAD_CONST:
        return None
    number = _argument(data, at)
    return Const(code.co_consts[number]) if number < len(code.co_consts) else None


def _argument(data: bytes, at: int) -> int:
    """The argument of an instruction, with what extends it."""
    value, shift, place = data[at + 1], 8, at - 2
    while place >= 0 and data[place] == _EXTENDED:
        value |= data[place + 1] << shift
        shift += 8
        place -= 2
    return value
