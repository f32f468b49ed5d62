"""What a place on the stack may hold, as far as code says it: the words in which bytecode is retold.

Plain classes with slots: hundreds of them are made for one function, and none is ever changed.
"""

from __future__ import annotations

from types import CodeType


class Symbol:
    """Something a program computes; this very class: something that nothing is known of."""

    __slots__ = ()


#: Nothing is known of it.
OPAQUE = Symbol()
#: What stands beside a callable on the stack: no receiver, or one that was bound when the method was loaded.
NULL, BOUND = Symbol(), Symbol()
#: What makes a class of its body.
BUILD_CLASS = Symbol()


class Const(Symbol):
    """A constant of the code."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Local(Symbol):
    """A local variable as it is at one instruction (its number in the function)."""

    __slots__ = ("at", "name")

    def __init__(self, name: str, at: int) -> None:
        self.name, self.at = name, at


class Free(Symbol):
    """A variable that functions share with those nested in them."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Global(Symbol):
    """A name of the module, or a built-in one."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Attribute(Symbol):
    """An attribute of something."""

    __slots__ = ("base", "name")

    def __init__(self, base: Symbol, name: str) -> None:
        self.base, self.name = base, name


class Subscript(Symbol):
    """An item of something."""

    __slots__ = ("base", "index")

    def __init__(self, base: Symbol, index: Symbol) -> None:
        self.base, self.index = base, index


class Call(Symbol):
    """A call.

    Args:
        function: what is called.
        positional: the positional arguments, or, for ``f(*args)``, what they are taken from (see `Extended`, too).
        keywords: the keyword arguments by name.
        open: whether there are keyword arguments nobody can list (``**kwargs``); `rest` is what they are taken from.
        rest: what the others are taken from.
    """

    __slots__ = ("function", "keywords", "open", "positional", "rest")

    def __init__(
        self,
        function: Symbol,
        positional: tuple[Symbol, ...] | Symbol,
        keywords: dict[str, Symbol],
        rest: Symbol | None = None,
    ) -> None:
        self.function, self.positional, self.keywords, self.rest = function, positional, keywords, rest
        self.open = rest is not None


class Format(Symbol):
    """A replacement field of an f-string."""

    __slots__ = ("conversion", "spec", "value")

    def __init__(self, value: Symbol, conversion: str, spec: Symbol | None) -> None:
        self.value, self.conversion, self.spec = value, conversion, spec


class Joined(Symbol):
    """An f-string."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Symbol, ...]) -> None:
        self.parts = parts


class Binary(Symbol):
    """An operator between two operands; ``+=`` counts as ``+``."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Symbol, right: Symbol) -> None:
        self.operator, self.left, self.right = operator, left, right


class Items(Symbol):
    """A tuple or list written out; a list may grow afterwards."""

    __slots__ = ("grows", "items")

    def __init__(self, items: tuple[Symbol, ...], *, grows: bool = False) -> None:
        self.items, self.grows = items, grows


class Extended(Symbol):
    """The positional arguments of ``f(a, *rest)``."""

    __slots__ = ("items", "rest")

    def __init__(self, items: tuple[Symbol, ...], rest: Symbol) -> None:
        self.items, self.rest = items, rest


class Pairs(Symbol):
    """A dict written out, with constant keys."""

    __slots__ = ("values",)

    def __init__(self, values: dict[object, Symbol]) -> None:
        self.values = values


class Choice(Symbol):
    """One of several, by the way the program took."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[Symbol, ...]) -> None:
        self.options = options


class Caught(Symbol):
    """The exception a handler is about."""

    __slots__ = ()


class Super(Symbol):
    """What ``super()`` gives.

    Args:
        cls: the class it was given, if it was given one.
        of: the object it was given beside that.
    """

    __slots__ = ("cls", "of")

    def __init__(self, cls: Symbol | None = None, of: Symbol | None = None) -> None:
        self.cls, self.of = cls, of


class Function(Symbol):
    """A function made from a code object."""

    __slots__ = ("code", "defaults", "keyword_defaults")

    def __init__(self, code: CodeType, defaults: Symbol | None, keyword_defaults: Symbol | None) -> None:
        self.code, self.defaults, self.keyword_defaults = code, defaults, keyword_defaults


class Module(Symbol):
    """An imported module."""

    __slots__ = ("level", "members", "name")

    def __init__(self, name: str, level: int, members: bool) -> None:
        self.name, self.level, self.members = name, level, members


#: Beyond so many ways a place is opaque.
MOST_OPTIONS = 16


def either(one: Symbol, other: Symbol) -> Symbol:
    """Join what two ways lead to."""
    if one is other:
        return one
    options = [*(one.options if isinstance(one, Choice) else (one,))]
    options += [o for o in (other.options if isinstance(other, Choice) else (other,)) if o not in options]
    if OPAQUE in options or NULL in options or BOUND in options or len(options) > MOST_OPTIONS:
        return OPAQUE
    return Choice(tuple(options)) if len(options) > 1 else options[0]
