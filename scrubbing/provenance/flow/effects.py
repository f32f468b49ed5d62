"""What each instruction does to the stack: a table of moves, and a function for each instruction that says more.

An instruction nobody knows costs knowledge and never invents any: it leaves nothing known.
"""

from __future__ import annotations

import sys

from scrubbing.provenance.flow.loads import LOADS
from scrubbing.provenance.flow.makes import MAKES
from scrubbing.provenance.flow.stack import Stack, Tell
from scrubbing.provenance.flow.symbols import OPAQUE

_VERSION = sys.version_info[:2]
#: When a conditional jump jumps, by the end of its name.
_WHEN = {
    "TRUE": "true",
    "FALSE": "false",
    "NONE": "none",
    "NOT_NONE": "not none",
    "TRUE_OR_POP": "true",
    "FALSE_OR_POP": "false",
}
#: Values taken off and opaque ones put on, for instructions whose number of either does not depend on an argument.
#: What is in neither table (patterns, asynchronous loops) leaves nothing known.
_ROWS: tuple[tuple[tuple[int, int], str], ...] = (
    ((0, 0), "NOP RESUME GEN_START MAKE_CELL COPY_FREE_VARS SETUP_ANNOTATIONS TO_BOOL POP_BLOCK PRECALL"),
    ((0, 0), "JUMP_FORWARD JUMP_ABSOLUTE JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT SETUP_FINALLY SETUP_ASYNC_WITH"),
    ((0, 0), "DELETE_FAST DELETE_NAME DELETE_GLOBAL DELETE_DEREF"),
    ((0, 0), "ASYNC_GEN_WRAP GET_ITER GET_YIELD_FROM_ITER GET_AWAITABLE"),
    ((1, 0), "POP_TOP PRINT_EXPR DELETE_ATTR IMPORT_STAR SET_ADD SET_UPDATE"),
    ((1, 0), "POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE"),
    ((1, 0), "POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE"),
    ((1, 0), "POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE"),
    ((1, 0), "POP_JUMP_BACKWARD_IF_NONE POP_JUMP_BACKWARD_IF_NOT_NONE JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP"),
    ((2, 0), "DELETE_SUBSCR JUMP_IF_NOT_EXC_MATCH"),
    ((3, 0), "STORE_SUBSCR"),
    ((4, 0), "STORE_SLICE"),
    ((0, 1), "LOAD_LOCALS LOAD_FAST_AND_CLEAR RETURN_GENERATOR FOR_ITER"),
    ((0, 1), "GET_LEN MATCH_MAPPING MATCH_SEQUENCE"),
    ((1, 1), "UNARY_POSITIVE UNARY_NEGATIVE UNARY_INVERT GET_AITER YIELD_VALUE CHECK_EXC_MATCH"),
    ((1, 1), "LOAD_FROM_DICT_OR_GLOBALS LOAD_FROM_DICT_OR_DEREF"),
    ((2, 1), "CONTAINS_OP CALL_INTRINSIC_2 END_SEND"),
    ((3, 1), "BINARY_SLICE"),
    ((1, 2), "BEFORE_WITH BEFORE_ASYNC_WITH SETUP_WITH"),
    ((1, 0) if _VERSION >= (3, 11) else (3, 0), "POP_EXCEPT"),
    ((1, 0) if _VERSION >= (3, 13) else (2, 0), "END_FOR"),
)
#: What an instruction takes, puts, or does otherwise, and when it jumps. One nobody knows takes everything.
_NOTHING_KNOWN: tuple[int, int, Tell | None, str] = (-1, 0, None, "")
_DOES: dict[str, tuple[int, int, Tell | None, str]] = {
    **{
        name: (*moves, None, _WHEN.get(name.partition("_IF_")[2], ""))
        for moves, names in _ROWS
        for name in names.split()
    },
    **{name: (0, 0, function, "") for name, function in {**LOADS, **MAKES}.items()},
}


def tell(stack: Stack, name: str, arg: int) -> None:
    """Do what an instruction does; whatever nobody knows leaves nothing known."""
    takes, puts, told, when = _DOES.get(name, _NOTHING_KNOWN)
    if when and stack.values:
        stack.tests[stack.at] = stack.values[-1], when
    if told is not None:
        told(stack, arg)
    elif takes < 0:
        stack.values = []
    else:
        if takes:
            stack.take(takes)
        if puts:
            stack.values.extend([OPAQUE] * puts)
