"""What an instruction does that failed, and the names it uses: only those may stay in a message of Python's own."""

from __future__ import annotations

import opcode
import sys

import attrs

from scrubbing.provenance.flow.facts import Facts
from scrubbing.provenance.flow.makes import COMPARED
from scrubbing.provenance.flow.symbols import Attribute, Call, Free, Global, Local

_KINDS = {
    "attribute": "LOAD_ATTR LOAD_METHOD STORE_ATTR DELETE_ATTR LOAD_SUPER_ATTR",
    "name": "LOAD_GLOBAL LOAD_NAME LOAD_FAST LOAD_FAST_CHECK LOAD_FAST_LOAD_FAST LOAD_DEREF LOAD_CLASSDEREF DELETE_FAST"
    " DELETE_NAME DELETE_GLOBAL DELETE_DEREF LOAD_FROM_DICT_OR_GLOBALS LOAD_FROM_DICT_OR_DEREF",
    "import": "IMPORT_NAME IMPORT_FROM IMPORT_STAR",
    "unary": "UNARY_POSITIVE UNARY_NEGATIVE UNARY_NOT UNARY_INVERT",
    "compare": "COMPARE_OP",
    "contains": "CONTAINS_OP",
    "subscript": "BINARY_SUBSCR STORE_SUBSCR DELETE_SUBSCR BINARY_SLICE STORE_SLICE",
    "call": "CALL CALL_KW CALL_FUNCTION CALL_FUNCTION_KW CALL_FUNCTION_EX CALL_METHOD PRECALL",
    "iterate": "GET_ITER FOR_ITER GET_YIELD_FROM_ITER GET_AITER GET_ANEXT END_ASYNC_FOR",
    "unpack": "UNPACK_SEQUENCE UNPACK_EX",
    "with": "BEFORE_WITH BEFORE_ASYNC_WITH SETUP_WITH SETUP_ASYNC_WITH WITH_EXCEPT_START",
    "await": "GET_AWAITABLE",
    "format": "FORMAT_VALUE FORMAT_SIMPLE FORMAT_WITH_SPEC CONVERT_VALUE BUILD_STRING",
    "build": "BUILD_MAP BUILD_SET BUILD_TUPLE BUILD_LIST BUILD_SLICE BUILD_CONST_KEY_MAP LIST_EXTEND LIST_APPEND"
    " SET_ADD SET_UPDATE DICT_UPDATE DICT_MERGE MAP_ADD LIST_TO_TUPLE CALL_INTRINSIC_1",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_LOADS_GLOBAL = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "DELETE_NAME", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"})
_LOADS_SHARED = frozenset({"LOAD_DEREF", "LOAD_CLASSDEREF", "DELETE_DEREF", "LOAD_FROM_DICT_OR_DEREF"})
#: Where an argument has flags below the number of the name.
_SHIFTS = {
    "LOAD_GLOBAL": int(sys.version_info >= (3, 11)),
    "LOAD_ATTR": int(sys.version_info >= (3, 12)),
    "LOAD_SUPER_ATTR": 2,
}
#: Instructions at which somebody else's exception comes in: thrown into a generator, waited for, raised again.
THROWN = frozenset(
    {
        *("RAISE_VARARGS", "RERAISE", "YIELD_VALUE", "YIELD_FROM", "SEND", "RESUME", "GEN_START", "RETURN_GENERATOR"),
        *("CLEANUP_THROW", "END_ASYNC_FOR"),
    }
)
#: Methods made by C code that raise an exception they were given.
_THROWING = frozenset({"throw", "athrow", "send", "asend", "result", "exception"})
_BINARY = {
    "ADD": "+",
    "AND": "&",
    "FLOOR_DIVIDE": "//",
    "LSHIFT": "<<",
    "MATRIX_MULTIPLY": "@",
    "MULTIPLY": "*",
    "MODULO": "%",
    "OR": "|",
    "POWER": "**",
    "RSHIFT": ">>",
    "SUBTRACT": "-",
    "TRUE_DIVIDE": "/",
    "XOR": "^",
}
_SIGNS = tuple(_BINARY.values())


@attrs.frozen
class Used:
    """What the instruction that failed does.

    Args:
        kind: what sort of instruction it is; ``unknown`` where that could not be found out.
        names: the names this very instruction uses: attribute, variable, module, keywords, the callee as written.
        operator: ``+``, ``//``, ``in``, ``<``, ``+=``; ``None`` if it has none.
    """

    kind: str = "unknown"
    names: frozenset[str] = frozenset()
    operator: str | None = None


def used(facts: Facts, number: int) -> Used | None:
    """Describe an instruction that failed.

    Args:
        facts: its function.
        number: its number.

    Returns:
        What it does; ``None`` where an exception can come in that somebody else made.
    """
    name = facts.listing.names[number]
    if name in THROWN:
        return None
    arg = facts.listing.args[number]
    if name.startswith(("BINARY_", "INPLACE_")) and name not in _KIND_OF:
        return Used("binary", operator=_sign(name, arg))
    kind = _KIND_OF.get(name, "other")
    call = _call(facts, number) if kind == "call" else None
    names = _names(name, arg, facts) if call is None else _names_of_call(call)
    if kind == "call" and (names & _THROWING or _throws(call, facts)):
        return None
    return Used(kind, names, _compared(arg, kind))


def _sign(operation: str, arg: int) -> str:
    if operation == "BINARY_OP":
        return _SIGNS[arg % len(_SIGNS)] + ("=" if arg >= len(_SIGNS) else "")
    start, _, name = operation.partition("_")
    return _BINARY.get(name, "") + ("=" if start == "INPLACE" else "")


def _compared(arg: int, kind: str) -> str | None:
    if kind == "contains":
        return "not in" if arg else "in"
    if kind == "compare":
        return opcode.cmp_op[arg >> COMPARED]
    return None


def _call(facts: Facts, number: int) -> Call | None:
    at = number + 1 if facts.listing.names[number] == "PRECALL" else number
    found = facts.told.calls.get(at)
    return found if isinstance(found, Call) else None


def _throws(call: Call | None, facts: Facts) -> bool:
    """Say whether a variable that is called holds a method that throws, or something nobody knows."""
    function = call.function if call is not None else None
    if not isinstance(function, Local):
        return False
    held, _ = facts.sources(function.name, function.at)
    return any(isinstance(one, Attribute) and one.name in _THROWING for one in held)


def _names_of_call(call: Call) -> frozenset[str]:
    named = call.function.name if isinstance(call.function, (Attribute, Global, Local, Free)) else None
    return frozenset(call.keywords) | ({named} if named is not None else set())


def _names(operation: str, arg: int, facts: Facts) -> frozenset[str]:
    if (
        operation in _LOADS_GLOBAL
        or operation in ("IMPORT_NAME", "IMPORT_FROM")
        or _KIND_OF.get(operation) == "attribute"
    ):
        name = facts.code.co_names[arg >> _SHIFTS.get(operation, 0)]
        return frozenset({name, name.partition(".")[0]})
    if operation in _LOADS_SHARED:
        return frozenset({facts.told.locals[arg]})
    if operation == "LOAD_FAST_LOAD_FAST":
        return frozenset({facts.told.locals[arg >> 4], facts.told.locals[arg & 15]})
    if _KIND_OF.get(operation) == "name":
        return frozenset({facts.told.local(arg)})
    return frozenset()
