"""What is made: calls, texts, tuples, lists, dicts, functions."""

from __future__ import annotations

import opcode
import sys
from types import CodeType

from scrubbing.provenance.flow.loads import listed
from scrubbing.provenance.flow.stack import Stack, Tell, telling
from scrubbing.provenance.flow.symbols import (
    BOUND,
    NULL,
    OPAQUE,
    Binary,
    Call,
    Const,
    Extended,
    Format,
    Function,
    Items,
    Joined,
    Pairs,
    Subscript,
    Symbol,
)

_VERSION = sys.version_info[:2]
#: The functions of this module, by instruction.
MAKES: dict[str, Tell] = {}
_told = telling(MAKES)
_CONVERSIONS = ("", "s", "r", "a")
_OPERATORS = (
    *("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"),
    *("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^"),
)
#: Where an argument of a comparison has the operator.
COMPARED = 5 if _VERSION >= (3, 13) else 4 if _VERSION >= (3, 12) else 0


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
    given = listed(positional)
    keywords = rest.values if isinstance(rest, Pairs) else {}
    named = {name: value for name, value in keywords.items() if isinstance(name, str)}
    made = Call(function, positional if given is None else given, named, None if isinstance(rest, Pairs) else rest)
    stack.calls[stack.at] = made
    stack.push(made)


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


@_told("LIST_APPEND")
def _list_append(stack: Stack, arg: int) -> None:
    value = stack.pop()
    where = len(stack.values) - arg
    if 0 <= where < len(stack.values):
        base = stack.values[where]
        stack.values[where] = Items((*base.items, value), grows=True) if isinstance(base, Items) else OPAQUE


@_told("DICT_UPDATE")
def _dict_update(stack: Stack, arg: int) -> None:
    stack.pop()
    _forget(stack, arg)


@_told("MAP_ADD")
def _map_add(stack: Stack, arg: int) -> None:
    stack.take(2)
    _forget(stack, arg)


def _forget(stack: Stack, depth: int) -> None:
    where = len(stack.values) - depth
    if 0 <= where < len(stack.values):
        stack.values[where] = OPAQUE


def _extended(base: Symbol, taken: Symbol) -> Symbol:
    if not isinstance(base, Items):
        return OPAQUE
    more = listed(taken)
    return Extended(base.items, taken) if more is None else Items(base.items + more, grows=True)


@_told("LIST_TO_TUPLE")
def _list_to_tuple(stack: Stack, _arg: int) -> None:
    value = stack.pop()
    stack.push(Items(value.items) if isinstance(value, Items) else value if isinstance(value, Extended) else OPAQUE)


@_told("CALL_INTRINSIC_1")
def _intrinsic(stack: Stack, arg: int) -> None:
    if arg == 6:  # noqa: PLR2004  # INTRINSIC_LIST_TO_TUPLE
        _list_to_tuple(stack, arg)
    else:
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
