"""From the message of a C raise to its skeleton: the rows that fit, and what may stay in their slots."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from scrubbing.provenance.classes import type_names
from scrubbing.provenance.cpython import words
from scrubbing.provenance.cpython.table import index
from scrubbing.provenance.cpython.templates import Template
from scrubbing.provenance.flow.used import Used
from scrubbing.provenance.packages import Packages
from scrubbing.schema.strings import EXTERNAL, STRING_LIMIT, UNKNOWN

_OBJ: Any = AttributeError.__dict__["obj"].__get__


def builtin_message(exc: BaseException, text: str, used: Used, packages: Packages) -> str | None:
    """Return the skeleton of a message that Python itself made.

    Args:
        exc: the live exception; only classes that are Python's own count, and no subclass of them.
        text: its ``str``.
        used: what the instruction does that failed; never a ``raise``.
        packages: the code that may be named.

    Returns:
        The skeleton; ``None`` if no row accounts for the whole text.
    """
    if type(text) is not str or len(text) > STRING_LIMIT:
        return None
    if not text:
        return ""
    name, module = type_names(type(exc), packages)
    found = index(f"{module}.{name}" if module is not None else name)
    if found is None:
        return None
    fitting = found.fitting(text, used.kind, functools.partial(_filled, _Context(exc, used, packages)))
    # A slot that has no value raises its bare name.
    return text if fitting is None and name == "AttributeError" and text in used.names else fitting


def _filled(context: _Context, template: Template, holes: list[str]) -> str:
    parts = [template.literals[0]]
    for slot, hole, literal in zip(template.slots, holes, template.literals[1:], strict=True):
        parts += [_SLOTS[slot](hole, context), literal]
    return "".join(parts)


class _Context:
    """What decides over the words in a message."""

    __slots__ = ("exc", "names", "operator", "packages")

    def __init__(self, exc: BaseException, used: Used, packages: Packages) -> None:
        self.exc, self.names, self.operator, self.packages = exc, used.names, used.operator, packages

    def name(self, hole: str) -> str:
        return hole if hole in self.names else UNKNOWN

    def type(self, hole: str) -> str:
        """The name of a type, quoted or not, as rows leave it."""
        quoted = len(hole) > 1 and hole[0] == hole[-1] == "'"
        name = hole[1:-1] if quoted else hole
        known = name in words.TYPES or name in self.names or self._is_proven(name)
        shown = name if known else UNKNOWN
        return f"'{shown}'" if quoted else shown

    def _is_proven(self, name: str) -> bool:
        """Whether shipped code has it as the class of the object whose attribute failed; the object is not asked."""
        if type(self.exc) is not AttributeError:
            return False
        of = _OBJ(self.exc)
        classes = [cls for cls in (type(of), of) if issubclass(type(cls), type)]
        return any(type_names(cls, self.packages)[0] == name != EXTERNAL for cls in classes)

    def operation(self, hole: str) -> str:
        return hole if hole in words.OPERATORS or hole == self.operator else UNKNOWN

    def module(self, hole: str) -> str:
        if hole in self.names:
            return hole
        found = self.packages.module(hole)
        return hole if found is not None and found[1].name == hole else UNKNOWN

    def function(self, hole: str) -> str:
        """A function's qualified name, with or without brackets, as rows leave it."""
        return f"{self._qualified(hole[:-2])}()" if hole.endswith("()") else self._qualified(hole)

    def _qualified(self, name: str) -> str:
        """Its last part as the call has it, the rest as far as it is known."""
        if name in words.FUNCTIONS:
            return name
        *outer, last = name.split(".")
        if last not in self.names and last not in words.METHODS:
            return UNKNOWN
        known = all(one in self.names or one in words.TYPES or one == "<locals>" for one in outer)
        return name if known else f"{UNKNOWN}.{last}"


def _enumerated(allowed: frozenset[str]) -> Callable[[str, _Context], str]:
    return lambda hole, _: hole if hole in allowed else UNKNOWN


def _always(placeholder: str) -> Callable[[str, _Context], str]:
    return lambda _hole, _context: placeholder


#: What may stay of each slot.
_SLOTS: dict[str, Callable[[str, _Context], str]] = {
    "value": _always(UNKNOWN),
    "int": _always("<int>"),
    "path": _always("<path>"),
    "file": _always("<path>"),
    "name": lambda hole, context: context.name(hole),
    "type": lambda hole, context: context.type(hole),
    "op": lambda hole, context: context.operation(hole),
    "module": lambda hole, context: context.module(hole),
    "func": lambda hole, context: context.function(hole),
    "wanted": _enumerated(words.TYPES | words.WANTED),
    "codec": _enumerated(words.CODECS),
    "reason": _enumerated(words.REASONS),
    "ssl": _enumerated(words.SSL),
    "code": _enumerated(words.FORMAT_CODES),
    "signal": _enumerated(words.SIGNALS),
}
SLOTS = frozenset(_SLOTS)
