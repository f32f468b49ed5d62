"""What is loaded, stored, copied, raised and returned."""

from __future__ import annotations

import sys

from scrubbing.provenance.flow.stack import MOST_ITEMS, Stack, Tell, telling
from scrubbing.provenance.flow.symbols import (
    BOUND,
    BUILD_CLASS,
    NULL,
    OPAQUE,
    Attribute,
    Call,
    Caught,
    Const,
    Free,
    Global,
    Items,
    Module,
    Pairs,
    Super,
    Symbol,
)

_VERSION = sys.version_info[:2]
#: The functions of this module, by instruction.
LOADS: dict[str, Tell] = {}
_told = telling(LOADS)


def listed(symbol: Symbol) -> tuple[Symbol, ...] | None:
    """Return the items of a tuple or list that is written out."""
    if isinstance(symbol, Items):
        return symbol.items
    if isinstance(symbol, Const) and isinstance(symbol.value, tuple):
        return tuple(Const(one) for one in symbol.value)
    return None


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
    _, *given = stack.take(3)
    loaded = Attribute(Super(*given) if arg & 2 else Super(), stack.code.co_names[arg >> 2])
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
    known = 0 < arg <= len(stack.values)
    if known and (isinstance(value := stack.values[-arg], Pairs) or (isinstance(value, Items) and value.grows)):
        stack.values[-arg] = OPAQUE  # what two names stand for may be changed by either
    stack.push(stack.values[-arg] if known else OPAQUE)


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
    items = listed(stack.pop())
    known = items is not None and len(items) == arg
    stack.values.extend(items[::-1] if items is not None and known else [OPAQUE] * min(arg, MOST_ITEMS))


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
