"""The stack while a function is retold, and what is kept of it.

The values are symbols. A stack that is not known is an empty one: what is taken from below its end is opaque.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType

from scrubbing.provenance.flow.symbols import OPAQUE, Call, Free, Function, Global, Local, Super, Symbol

_VERSION = sys.version_info[:2]
#: Beyond so many values an instruction's result is opaque, and no longer a record of each.
MOST_ITEMS = 1000


class Stack:
    """The stack while a function is retold.

    Args:
        code: the function.

    Attributes:
        values: what is known of its upper end.
        at: the number of the instruction that is told.
        stores: local variables stored, by the number of the instruction.
        attributes: attributes stored: of what, the name, the value, the number of the instruction.
        shared: variables stored that are shared with nested functions.
        names: variables of the module or class stored.
        calls: calls, by the number of the instruction.
        raised: what is raised, by the number of the instruction; ``None`` for what is raised again.
        returned: what is returned, by the number of the instruction.
        functions: functions made.
        tests: what a conditional jump looks at, and when it jumps: where that is true, false, none or not none.
        loads: how often each local variable is used.
    """

    __slots__ = (
        *("loads", "tests"),
        *("at", "attributes", "calls", "code", "functions", "keywords", "locals", "names", "raised", "returned"),
        *("shared", "stores", "values"),
    )

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.values: list[Symbol] = []
        self.at = 0
        self.keywords: tuple[str, ...] = ()
        cells = tuple(name for name in code.co_cellvars if _VERSION < (3, 11) or name not in code.co_varnames)
        shared = cells + code.co_freevars
        self.locals = shared if _VERSION < (3, 11) else code.co_varnames + shared
        self.stores: dict[int, list[tuple[str, Symbol]]] = {}
        self.attributes: list[tuple[Symbol, str, Symbol, int]] = []
        self.shared: list[tuple[str, Symbol]] = []
        self.names: list[tuple[str, Symbol]] = []
        self.calls: dict[int, Symbol] = {}
        self.raised: dict[int, Symbol | None] = {}
        self.returned: dict[int, Symbol] = {}
        self.functions: list[Function] = []
        self.tests: dict[int, tuple[Symbol, str]] = {}
        self.loads: dict[str, int] = {}

    def push(self, value: Symbol) -> None:
        """Put a value on."""
        self.values.append(value)

    def pop(self) -> Symbol:
        """Take the uppermost value off."""
        return self.values.pop() if self.values else OPAQUE

    def take(self, count: int) -> list[Symbol]:
        """Take several values off, the lowest first."""
        if count <= 0:
            return []
        missing = count - len(self.values)
        if missing > 0:
            taken, self.values = self.values, []
            return [OPAQUE] * min(missing, MOST_ITEMS) + taken
        taken, self.values = self.values[-count:], self.values[:-count]
        return taken

    def local(self, number: int) -> str:
        """Return the name of a local variable."""
        return self.locals[number] if _VERSION >= (3, 11) else self.code.co_varnames[number]

    def load(self, name: str) -> None:
        """Put a local variable on; one that nested functions share is another matter."""
        shared = name in self.code.co_cellvars or name in self.code.co_freevars
        self.loads[name] = self.loads.get(name, 0) + 1
        self.push(Free(name) if shared else Local(name, self.at))

    def store(self, name: str, value: Symbol) -> None:
        """Keep what is stored in a local variable."""
        if name in self.code.co_cellvars or name in self.code.co_freevars:
            self.shared.append((name, value))
        else:
            self.stores.setdefault(self.at, []).append((name, value))

    def call(self, function: Symbol, positional: tuple[Symbol, ...], keywords: dict[str, Symbol]) -> None:
        """Put the result of a call on, and keep the call."""
        made: Symbol = Call(function, positional, keywords)
        if isinstance(function, Global) and function.name == "super" and not keywords:
            made = Super(*positional[:2]) if len(positional) in (0, 2) else OPAQUE
        self.calls[self.at] = made
        self.push(made)


Tell = Callable[[Stack, int], None]


def telling(table: dict[str, Tell]) -> Callable[..., Callable[[Tell], Tell]]:
    """Return a decorator that puts a function into a table, for the instructions it tells."""

    def of(*names: str) -> Callable[[Tell], Tell]:
        def keep(function: Tell) -> Tell:
            table.update(dict.fromkeys(names, function))
            return function

        return keep

    return of
