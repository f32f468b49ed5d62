"""What each instruction does to the stack: a table of moves, and a function for each instruction that says more.

An instruction nobody knows costs knowledge and never invents any: it leaves nothing known.
"""

from __future__ import annotations

import opcode
import sys
from collections.abc import Callable
from types import CodeType

from scrubbing.provenance.flow.stack import MOST_ITEMS, Stack
from scrubbing.provenance.flow.symbols import (
    BOUND,
    BUILD_CLASS,
    NULL,
    OPAQUE,
    Attribute,
    Binary,
    Call,
    Caught,
    Const,
    Extended,
    Format,
    Free,
    Function,
    Global,
    Items,
    Joined,
    Module,
    Pairs,
    Subscript,
    Super,
    Symbol,
)

_VERSION = sys.version_info[:2]
_CONVERSIONS = ("", "s", "r", "a")
_OPERATORS = (
    *("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"),
    *("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"),
)
#: When a conditional jump jumps, by the end of its name.
_WHEN = {
    "TRUE": "true",
    "FALSE": "false",
    "NONE": "none",
    "NOT_NONE": "not none",
    "TRUE_OR_POP": "true",
    "FALSE_OR_POP": "false",
}
#: Where an argument of a comparison has the operator.
COMPARED = 5 if _VERSION >= (3, 13) else 4 if _VERSION >= (3, 12) else 0
#: Values taken off and opaque ones put on, for instructions whose number of either does not depend on an argument.
#: What is in neither table (patterns, asynchronous loops) leaves nothing known.
_ROWS: tuple[tuple[tuple[int, int], str], ...] = (
    ((0, 0), "NOP RESUME GEN_START MAKE_CELL COPY_FREE_VARS SETUP_ANNOTATIONS TO_BOOL POP_BLOCK PRECALL"),
    ((0, 0), "JUMP_FORWARD JUMP_ABSOLUTE JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT SETUP_FINALLY LIST_TO_TUPLE"),
    ((0, 0), "DELETE_FAST DELETE_NAME DELETE_GLOBAL DELETE_DEREF"),
    ((0, 0), "ASYNC_GEN_WRAP GET_ITER GET_YIELD_FROM_ITER GET_AWAITABLE"),
    ((1, 0), "POP_TOP PRINT_EXPR DELETE_ATTR IMPORT_STAR LIST_APPEND SET_ADD SET_UPDATE DICT_UPDATE"),
    ((1, 0), "POP_JUMP_IF_FALSE POP_JUMP_IF_TRUE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE"),
    ((1, 0), "POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_TRUE POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE"),
    ((1, 0), "POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE"),
    ((1, 0), "POP_JUMP_BACKWARD_IF_NONE POP_JUMP_BACKWARD_IF_NOT_NONE JUMP_IF_FALSE_OR_POP JUMP_IF_TRUE_OR_POP"),
    ((2, 0), "DELETE_SUBSCR MAP_ADD JUMP_IF_NOT_EXC_MATCH"),
    ((3, 0), "STORE_SUBSCR"),
    ((4, 0), "STORE_SLICE"),
    ((0, 1), "LOAD_LOCALS LOAD_FAST_AND_CLEAR RETURN_GENERATOR FOR_ITER"),
    ((0, 1), "GET_LEN MATCH_MAPPING MATCH_SEQUENCE"),
    ((1, 1), "UNARY_POSITIVE UNARY_NEGATIVE UNARY_INVERT GET_AITER YIELD_VALUE CHECK_EXC_MATCH"),
    ((1, 1), "LOAD_FROM_DICT_OR_GLOBALS LOAD_FROM_DICT_OR_DEREF"),
    ((2, 1), "CONTAINS_OP CALL_INTRINSIC_2 END_SEND"),
    ((3, 1), "BINARY_SLICE"),
    ((1, 2), "BEFORE_WITH BEFORE_ASYNC_WITH SETUP_WITH SETUP_ASYNC_WITH"),
    ((1, 0) if _VERSION >= (3, 11) else (3, 0), "POP_EXCEPT"),
    ((1, 0) if _VERSION >= (3, 13) else (2, 0), "END_FOR"),
)
_Told = Callable[[Stack, int], None]
#: What an instruction takes, puts, or does otherwise, and when it jumps. One nobody knows takes everything.
_NOTHING_KNOWN: tuple[int, int, _Told | None, str] = (-1, 0, None, "")
_DOES: dict[str, tuple[int, int, _Told | None, str]] = {
    name: (*moves, None, _WHEN.get(name.partition("_IF_")[2], "")) for moves, names in _ROWS for name in names.split()
}


def _told(*names: str) -> Callable[[_Told], _Told]:
    def keep(function: _Told) -> _Told:
        _DOES.update(dict.fromkeys(names, (0, 0, function, "")))
        return function

    return keep


@_told("LOAD_CONST")
def _load_const(stack: Stack, arg: int) -> None:
    stack.push(Const(stack.code.co_consts[arg]))


@_told("LOAD_FAST", "LOAD_FAST_CHECK", "LOAD_FAST_BORROW")
def _load_fast(stack: Stack, arg: int) -> None:
    stack.load(stack.local(arg))


@_told("LOAD_FAST_LOAD_FAST")
def _load_two(stack: Stack, arg: int) -> None:
    _load_fast(stack, arg >> 4)
    _load_fast(stack, arg & 15)


@_told("STORE_FAST", "STORE_FAST_MAYBE_NULL")
def _store_fast(stack: Stack, arg: int) -> None:
    stack.store(stack.local(arg), stack.pop())


@_told("STORE_FAST_LOAD_FAST")
def _store_load(stack: Stack, arg: int) -> None:
    value = stack.pop()
    stack.store(stack.locals[arg >> 4], value)
    if arg >> 4 == arg & 15:
        stack.push(value)
    else:
        _load_fast(stack, arg & 15)


@_told("STORE_FAST_STORE_FAST")
def _store_two(stack: Stack, arg: int) -> None:
    stack.store(stack.locals[arg >> 4], stack.pop())
    stack.store(stack.locals[arg & 15], stack.pop())


@_told("LOAD_DEREF", "LOAD_CLASSDEREF", "LOAD_CLOSURE")
def _load_deref(stack: Stack, arg: int) -> None:
    stack.push(Free(stack.locals[arg]))


@_told("STORE_DEREF")
def _store_deref(stack: Stack, arg: int) -> None:
    stack.shared.append((stack.locals[arg], stack.pop()))


@_told("LOAD_GLOBAL")
def _load_global(stack: Stack, arg: int) -> None:
    if _VERSION < (3, 11):
        stack.push(Global(stack.code.co_names[arg]))
        return
    pair = [NULL, Global(stack.code.co_names[arg >> 1])][1 - (arg & 1) :]
    stack.values.extend(pair if _VERSION < (3, 13) else pair[::-1])


@_told("LOAD_NAME")
def _load_name(stack: Stack, arg: int) -> None:
    stack.push(Global(stack.code.co_names[arg]))


@_told("STORE_NAME", "STORE_GLOBAL")
def _store_name(stack: Stack, arg: int) -> None:
    stack.names.append((stack.code.co_names[arg], stack.pop()))


@_told("LOAD_ATTR")
def _load_attr(stack: Stack, arg: int) -> None:
    method = _VERSION >= (3, 12) and arg & 1
    loaded = Attribute(stack.pop(), stack.code.co_names[arg >> 1 if _VERSION >= (3, 12) else arg])
    stack.values.extend((loaded, BOUND) if method else (loaded,))


@_told("LOAD_METHOD")
def _load_method(stack: Stack, arg: int) -> None:
    stack.values.extend((Attribute(stack.pop(), stack.code.co_names[arg]), BOUND))


@_told("LOAD_SUPER_ATTR")
def _load_super_attr(stack: Stack, arg: int) -> None:
    stack.take(3)
    loaded = Attribute(Super(), stack.code.co_names[arg >> 2])
    stack.values.extend((loaded, BOUND) if arg & 1 else (loaded,))


@_told("STORE_ATTR")
def _store_attr(stack: Stack, arg: int) -> None:
    base = stack.pop()
    stack.attributes.append((base, stack.code.co_names[arg], stack.pop(), stack.at))


@_told("IMPORT_NAME")
def _import_name(stack: Stack, arg: int) -> None:
    level, members = stack.take(2)
    known = level.value if isinstance(level, Const) and isinstance(level.value, int) else 0
    listed = isinstance(members, Const) and members.value is not None
    stack.push(Module(stack.code.co_names[arg], known, listed))


@_told("IMPORT_FROM")
def _import_from(stack: Stack, arg: int) -> None:
    base = stack.pop()
    stack.values.extend((base, Attribute(base, stack.code.co_names[arg])))


@_told("PUSH_NULL")
def _push_null(stack: Stack, _arg: int) -> None:
    stack.push(NULL)


@_told("LOAD_BUILD_CLASS")
def _load_build_class(stack: Stack, _arg: int) -> None:
    stack.push(BUILD_CLASS)


@_told("LOAD_ASSERTION_ERROR")
def _load_assertion_error(stack: Stack, _arg: int) -> None:
    stack.push(Const(AssertionError))


@_told("CALL_FUNCTION")
def _call_function(stack: Stack, arg: int) -> None:
    positional = tuple(stack.take(arg))
    stack.call(stack.pop(), positional, {})


@_told("CALL_METHOD")
def _call_method(stack: Stack, arg: int) -> None:
    positional = tuple(stack.take(arg))
    stack.pop()
    stack.call(stack.pop(), positional, {})


@_told("CALL_FUNCTION_KW")
def _call_function_kw(stack: Stack, arg: int) -> None:
    names, given = _names(stack.pop()), stack.take(arg)
    positional, keywords = _split(given, names)
    stack.call(stack.pop(), positional, keywords)


@_told("KW_NAMES")
def _kw_names(stack: Stack, arg: int) -> None:
    stack.keywords = _names(Const(stack.code.co_consts[arg]))


@_told("CALL")
def _call(stack: Stack, arg: int) -> None:
    names, stack.keywords = stack.keywords, ()
    _pair_call(stack, arg, names)


@_told("CALL_KW")
def _call_kw(stack: Stack, arg: int) -> None:
    _pair_call(stack, arg, _names(stack.pop()))


def _pair_call(stack: Stack, count: int, names: tuple[str, ...]) -> None:
    given = stack.take(count)
    first, second = stack.take(2)
    positional, keywords = _split(given, names)
    if first is NULL:  # before 3.13
        stack.call(second, positional, keywords)
    elif second is NULL or second is BOUND:
        stack.call(first, positional, keywords)
    else:  # what stands beside a callable is its first argument
        stack.call(first, (second, *positional), keywords)


def _names(symbol: Symbol) -> tuple[str, ...]:
    value = symbol.value if isinstance(symbol, Const) else ()
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, tuple) else ()


def _split(given: list[Symbol], names: tuple[str, ...]) -> tuple[tuple[Symbol, ...], dict[str, Symbol]]:
    border = len(given) - len(names)
    return tuple(given[:border]), dict(zip(names, given[border:], strict=True))


@_told("CALL_FUNCTION_EX")
def _call_function_ex(stack: Stack, arg: int) -> None:
    rest = stack.pop() if arg & 1 else None
    positional = stack.pop()
    function = stack.pop()
    if _VERSION >= (3, 13):
        function = stack.pop()
    elif _VERSION >= (3, 11):
        stack.pop()
    listed = _listed(positional)
    keywords = rest.values if isinstance(rest, Pairs) else {}
    named = {name: value for name, value in keywords.items() if isinstance(name, str)}
    made = Call(function, positional if listed is None else listed, named, None if isinstance(rest, Pairs) else rest)
    stack.calls[stack.at] = made
    stack.push(made)


def _listed(symbol: Symbol) -> tuple[Symbol, ...] | None:
    if isinstance(symbol, Items):
        return symbol.items
    if isinstance(symbol, Const) and isinstance(symbol.value, tuple):
        return tuple(Const(one) for one in symbol.value)
    return None


@_told("FORMAT_VALUE")
def _format_value(stack: Stack, arg: int) -> None:
    spec = stack.pop() if arg & 4 else None
    stack.push(Format(stack.pop(), _CONVERSIONS[arg & 3], spec))


@_told("CONVERT_VALUE")
def _convert_value(stack: Stack, arg: int) -> None:
    stack.push(Format(stack.pop(), _CONVERSIONS[arg & 3], None))


@_told("FORMAT_SIMPLE")
def _format_simple(stack: Stack, _arg: int) -> None:
    value = stack.pop()
    converted = isinstance(value, Format) and value.conversion and value.spec is None
    stack.push(value if converted else Format(value, "", None))


@_told("FORMAT_WITH_SPEC")
def _format_with_spec(stack: Stack, _arg: int) -> None:
    value, spec = stack.take(2)
    converted = isinstance(value, Format) and value.conversion and value.spec is None
    stack.push(
        Format(value.value, value.conversion, spec)
        if isinstance(value, Format) and converted
        else Format(value, "", spec)
    )


@_told("BUILD_STRING")
def _build_string(stack: Stack, arg: int) -> None:
    stack.push(Joined(tuple(stack.take(arg))))


@_told("BINARY_OP")
def _binary_op(stack: Stack, arg: int) -> None:
    left, right = stack.take(2)
    stack.push(Binary(_OPERATORS[arg], left, right) if arg < len(_OPERATORS) else OPAQUE)


for _number, _name in enumerate(
    [
        "ADD",
        "AND",
        "FLOOR_DIVIDE",
        "LSHIFT",
        "MATRIX_MULTIPLY",
        "MULTIPLY",
        "MODULO",
        "OR",
        "POWER",
        "RSHIFT",
        "SUBTRACT",
        "TRUE_DIVIDE",
        "XOR",
    ]
):
    _told(f"BINARY_{_name}", f"INPLACE_{_name}")(lambda stack, _arg, number=_number: _binary_op(stack, number))  # type: ignore[misc]  # bound now


@_told("COMPARE_OP")
def _compare_op(stack: Stack, arg: int) -> None:
    stack.push(Binary(opcode.cmp_op[arg >> COMPARED], *stack.take(2)))


@_told("IS_OP")
def _is_op(stack: Stack, arg: int) -> None:
    stack.push(Binary("is not" if arg else "is", *stack.take(2)))


@_told("UNARY_NOT")
def _unary_not(stack: Stack, _arg: int) -> None:
    value = stack.pop()
    stack.push(Binary("not", value, value))


@_told("BINARY_SUBSCR")
def _binary_subscr(stack: Stack, _arg: int) -> None:
    stack.push(Subscript(*stack.take(2)))


@_told("BUILD_TUPLE")
def _build_tuple(stack: Stack, arg: int) -> None:
    stack.push(Items(tuple(stack.take(arg))))


@_told("BUILD_LIST")
def _build_list(stack: Stack, arg: int) -> None:
    stack.push(Items(tuple(stack.take(arg)), grows=True))


@_told("LIST_EXTEND")
def _list_extend(stack: Stack, arg: int) -> None:
    taken = stack.pop()
    where = len(stack.values) - arg
    if 0 <= where < len(stack.values):
        stack.values[where] = _extended(stack.values[where], taken)


def _extended(base: Symbol, taken: Symbol) -> Symbol:
    if not isinstance(base, Items):
        return OPAQUE
    more = _listed(taken)
    return Extended(base.items, taken) if more is None else Items(base.items + more)


@_told("CALL_INTRINSIC_1")
def _intrinsic(stack: Stack, arg: int) -> None:
    if arg != 6:  # noqa: PLR2004  # INTRINSIC_LIST_TO_TUPLE
        stack.pop()
        stack.push(OPAQUE)


@_told("BUILD_MAP")
def _build_map(stack: Stack, arg: int) -> None:
    given = stack.take(2 * arg)
    keys = given[::2]
    known = all(isinstance(key, Const) for key in keys)
    stack.push(
        Pairs({k.value: v for k, v in zip(keys, given[1::2], strict=False) if isinstance(k, Const)})
        if known
        else OPAQUE
    )


@_told("BUILD_CONST_KEY_MAP")
def _build_const_key_map(stack: Stack, arg: int) -> None:
    keys = stack.pop()
    given = stack.take(arg)
    names = keys.value if isinstance(keys, Const) and isinstance(keys.value, tuple) else None
    stack.push(Pairs(dict(zip(names, given, strict=False))) if names is not None else OPAQUE)


@_told("DICT_MERGE")
def _dict_merge(stack: Stack, arg: int) -> None:
    more = stack.pop()
    where = len(stack.values) - arg
    if 0 <= where < len(stack.values):
        base = stack.values[where]
        both = isinstance(base, Pairs) and isinstance(more, Pairs)
        if isinstance(base, Pairs) and not base.values:
            stack.values[where] = more
        else:
            stack.values[where] = Pairs({**base.values, **more.values}) if both else OPAQUE  # type: ignore[attr-defined]  # both are


@_told("BUILD_SET", "BUILD_SLICE")
def _build_opaque(stack: Stack, arg: int) -> None:
    stack.take(arg)
    stack.push(OPAQUE)


@_told("MAKE_FUNCTION")
def _make_function(stack: Stack, arg: int) -> None:
    if _VERSION < (3, 11):
        stack.pop()  # the qualified name
    code = stack.pop()
    flags = 0 if _VERSION >= (3, 13) else arg
    if flags & 8:
        stack.pop()
    if flags & 4:
        stack.pop()
    keyword_defaults = stack.pop() if flags & 2 else None
    defaults = stack.pop() if flags & 1 else None
    if not isinstance(code, Const) or not isinstance(code.value, CodeType):
        stack.push(OPAQUE)
        return
    made = Function(code.value, defaults, keyword_defaults)
    stack.functions.append(made)
    stack.push(made)


@_told("SET_FUNCTION_ATTRIBUTE")
def _set_function_attribute(stack: Stack, arg: int) -> None:
    value, function = stack.take(2)
    if isinstance(function, Function):
        if arg == 1:
            function.defaults = value
        elif arg == 2:  # noqa: PLR2004  # the flags of MAKE_FUNCTION before
            function.keyword_defaults = value
    stack.push(function)


@_told("RAISE_VARARGS")
def _raise_varargs(stack: Stack, arg: int) -> None:
    if arg == 2:  # noqa: PLR2004  # a cause
        stack.pop()
    stack.raised[stack.at] = stack.pop() if arg else None


@_told("RERAISE")
def _reraise(stack: Stack, _arg: int) -> None:
    stack.raised[stack.at] = None


@_told("RETURN_VALUE")
def _return_value(stack: Stack, _arg: int) -> None:
    stack.returned[stack.at] = stack.pop()


@_told("RETURN_CONST")
def _return_const(stack: Stack, arg: int) -> None:
    stack.returned[stack.at] = Const(stack.code.co_consts[arg])


@_told("DUP_TOP")
def _dup_top(stack: Stack, _arg: int) -> None:
    _copy(stack, 1)


@_told("DUP_TOP_TWO")
def _dup_top_two(stack: Stack, _arg: int) -> None:
    _copy(stack, 2)
    _copy(stack, 2)


@_told("COPY")
def _copy(stack: Stack, arg: int) -> None:
    stack.push(stack.values[-arg] if 0 < arg <= len(stack.values) else OPAQUE)


@_told("SWAP")
def _swap(stack: Stack, arg: int) -> None:
    _fill(stack, arg)
    stack.values[-1], stack.values[-arg] = stack.values[-arg], stack.values[-1]


@_told("ROT_TWO")
def _rot_two(stack: Stack, _arg: int) -> None:
    _rot_n(stack, 2)


@_told("ROT_THREE")
def _rot_three(stack: Stack, _arg: int) -> None:
    _rot_n(stack, 3)


@_told("ROT_FOUR")
def _rot_four(stack: Stack, _arg: int) -> None:
    _rot_n(stack, 4)


@_told("ROT_N")
def _rot_n(stack: Stack, arg: int) -> None:
    _fill(stack, arg)
    stack.values.insert(len(stack.values) - arg, stack.values.pop())


def _fill(stack: Stack, count: int) -> None:
    """Know at least so many values, opaque ones if need be."""
    missing = count - len(stack.values)
    if missing > 0:
        stack.values = [OPAQUE] * missing + stack.values


@_told("UNPACK_SEQUENCE")
def _unpack_sequence(stack: Stack, arg: int) -> None:
    listed = _listed(stack.pop())
    stack.values.extend(listed[::-1] if listed is not None and len(listed) == arg else [OPAQUE] * min(arg, MOST_ITEMS))


@_told("UNPACK_EX")
def _unpack_ex(stack: Stack, arg: int) -> None:
    stack.pop()
    stack.values.extend([OPAQUE] * ((arg & 255) + (arg >> 8) + 1))


@_told("PUSH_EXC_INFO")
def _push_exc_info(stack: Stack, _arg: int) -> None:
    caught = stack.pop()
    stack.values.extend((OPAQUE, caught))


@_told("WITH_EXCEPT_START")
def _with_except_start(stack: Stack, _arg: int) -> None:
    """Call ``__exit__`` with the exception that is being handled."""
    stack.calls[stack.at] = Call(Attribute(OPAQUE, "__exit__"), (OPAQUE, Caught(), OPAQUE), {})
    stack.push(OPAQUE)


@_told("SEND", "YIELD_FROM")
def _send(stack: Stack, _arg: int) -> None:
    """Keep what is waited for as a call: it is one, most often."""
    awaited = stack.take(2)[0]
    stack.calls[stack.at] = stack.calls[stack.at - 1] = awaited
    stack.values.extend((OPAQUE,) if _VERSION < (3, 11) else (awaited, OPAQUE))


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
