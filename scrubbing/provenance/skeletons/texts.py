"""From a symbol to the templates of its text: which literals can stand where, by every way that leads there.

A way nobody can follow makes the text opaque: one opaque source is enough, since what came from it could be a value.
"""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import Any

from scrubbing.provenance.flow.symbols import (
    Attribute,
    Binary,
    Call,
    Caught,
    Choice,
    Const,
    Format,
    Free,
    Global,
    Joined,
    Local,
    Subscript,
    Symbol,
)
from scrubbing.provenance.skeletons.calls import own_class, returned
from scrubbing.provenance.skeletons.lookup import (
    ATTRIBUTES,
    MODULE_DICT,
    MRO,
    class_body,
    globals_stored,
    is_bare,
    live,
    module_scope,
    overridden,
)
from scrubbing.provenance.skeletons.reader import Reader
from scrubbing.provenance.skeletons.scopes import Budget, Scope, Source, changed_outside, may_store
from scrubbing.provenance.skeletons.strings import percent, text_method
from scrubbing.provenance.skeletons.templates import (
    CAUGHT,
    INTEGER,
    OPAQUE,
    PATH,
    Template,
    distinct,
    fill,
    joined,
    repr_of,
    sequences,
)
from scrubbing.provenance.skeletons.textual import is_text, is_translation

_PLAIN = (int, float, bool, complex, type(None))
#: Built-in functions that give whole numbers.
_NUMBERS = frozenset({len, int, ord, hash, id})
_PATH_MODULES, _PATHS = ("posixpath", "ntpath"), ("join", "abspath", "realpath", "normpath", "expanduser")


class Written(Symbol):
    """Text whose templates are known already."""

    __slots__ = ("templates",)

    def __init__(self, templates: list[Template]) -> None:
        self.templates = templates


def _written(_reader: Reader, symbol: Written, _scope: Scope) -> list[Template]:
    return symbol.templates


def _const(_reader: Reader, symbol: Const, _scope: Scope) -> list[Template]:
    if type(symbol.value) is str:
        return [joined([symbol.value])]
    return [joined([str(symbol.value)])] if type(symbol.value) in _PLAIN else OPAQUE


def _joined(reader: Reader, symbol: Joined, scope: Scope) -> list[Template]:
    return sequences([reader.texts(part, scope) for part in symbol.parts])


def _format(reader: Reader, symbol: Format, scope: Scope) -> list[Template]:
    spec = symbol.spec.value if isinstance(symbol.spec, Const) else None
    if symbol.spec is not None and spec != "":
        return [(INTEGER,)] if isinstance(spec, str) and spec.endswith("d") else OPAQUE
    if symbol.conversion in ("r", "a"):
        return repr_of(reader.texts(symbol.value, scope)) if is_text(reader, symbol.value, scope) else OPAQUE
    return reader.texts(symbol.value, scope)


def _choice(reader: Reader, symbol: Choice, scope: Scope) -> list[Template]:
    return distinct(template for option in symbol.options for template in reader.texts(option, scope))


def _variable(reader: Reader, symbol: Symbol, scope: Scope) -> list[Template]:
    return reader.all_texts(reader.sources(symbol, scope))


def _caught(_reader: Reader, _symbol: Caught, _scope: Scope) -> list[Template]:
    return [(CAUGHT,)]


def _global(reader: Reader, symbol: Global, scope: Scope) -> list[Template]:
    value = scope.namespace.get(symbol.name)
    if type(value) is not str or scope.known.code is None or _is_of_body(symbol.name, scope):
        return OPAQUE
    if changed_outside(scope.known, symbol.name):
        return OPAQUE
    stored = globals_stored(scope.known, symbol.name) or []
    sources = [(found, Scope(code, scope.known, scope.namespace)) for code, found in stored]
    return _holding(reader.all_texts(sources), value)


def _is_of_body(name: str, scope: Scope) -> bool:
    """Say whether a name is a class's own, in the code of its body."""
    is_body = not scope.code.co_flags & 0x3 and scope.code is not scope.known.code
    return is_body and any(stored == name for stored, _ in scope.facts.told.names)


def _holding(templates: list[Template], value: str) -> list[Template]:
    """Return the templates if a live text follows one; if it follows none, it came from elsewhere.

    All of them: the text may be another one by the time of the next message, and what is said of this is kept.
    """
    if any(not any(isinstance(part, str) for part in template) and template for template in templates):
        return OPAQUE
    return templates if any(fill(template, value) is not None for template in templates) else OPAQUE


def _attribute(reader: Reader, symbol: Attribute, scope: Scope) -> list[Template]:
    if symbol.name in ("__name__", "__qualname__"):
        return _class_name(reader, symbol, scope)
    if scope.is_receiver(symbol.base):
        return reader.all_texts(reader.sources(symbol, scope))
    base = live(symbol.base, scope, reader.packages)
    if type(base) is ModuleType:
        home = module_scope(MODULE_DICT(base), reader.packages)
        return reader.texts(Global(symbol.name), home) if home is not None else OPAQUE
    if issubclass(type(base), type):
        return class_constant(reader, base, symbol.name)  # type: ignore[arg-type]  # a class
    cls = own_class(symbol.base, scope)
    return _own_constant(reader, cls, symbol.name, scope) if cls is not None else OPAQUE


def _class_name(reader: Reader, symbol: Attribute, scope: Scope) -> list[Template]:
    """The name of the exception's own class, or of a class that code names."""
    cls = live(symbol.base, scope, reader.packages)
    if scope.receiver is not None and cls is scope.receiver.cls and scope.receiver.name is not None:
        return [(scope.receiver.name,)]
    return OPAQUE


def class_constant(reader: Reader, cls: type, name: str) -> list[Template]:
    """Return the templates of a text or number that a class has from its body."""
    owner = next((one for one in MRO(cls) if name in ATTRIBUTES(one)), None)
    value = ATTRIBUTES(owner)[name] if owner is not None else None
    body = class_body(owner, reader.packages) if owner is not None and type(value) in (str, *_PLAIN) else None
    if body is None or changed_outside(body.known, name):
        return OPAQUE
    sources: list[Source] = [(found, body) for stored, found in body.facts.told.names if stored == name]
    return _holding(reader.all_texts(sources), str(value))


def _own_constant(reader: Reader, cls: type, name: str, scope: Scope) -> list[Template]:
    """A constant of the class a method is written in, if nothing else of that name is stored in its module."""
    for code in scope.known.codes:
        if may_store(code, name):
            return OPAQUE
    if overridden(cls, name, reader.budget) or not is_bare(cls, name, reader.packages, reader.budget):
        return OPAQUE
    return class_constant(reader, cls, name)


def _binary(reader: Reader, symbol: Binary, scope: Scope) -> list[Template]:
    if symbol.operator == "%" and is_text(reader, symbol.left, scope):
        return percent(reader, symbol, scope)
    if symbol.operator == "+" and (is_text(reader, symbol.left, scope) or is_text(reader, symbol.right, scope)):
        return sequences([reader.texts(symbol.left, scope), reader.texts(symbol.right, scope)])
    return OPAQUE


def _call(reader: Reader, symbol: Call, scope: Scope) -> list[Template]:
    function, positional = symbol.function, symbol.positional
    given = positional if isinstance(positional, tuple) else ()
    if isinstance(function, Attribute) and function.name == "__str__" and scope.receiver is not None:
        found_texts: list[Template] = scope.receiver.other_texts(function.base, given, scope)
        return found_texts
    if isinstance(function, Attribute) and is_text(reader, function.base, scope):
        return text_method(reader, function, symbol, scope)
    found = live(function, scope, reader.packages)
    if found is str and len(given) == 1:
        return reader.texts(given[0], scope)
    if found is repr and len(given) == 1:
        return repr_of(reader.texts(given[0], scope)) if is_text(reader, given[0], scope) else OPAQUE
    if type(found) is not FunctionType and _is_number(found):
        return [(INTEGER,)]
    if is_translation(found, reader) and given:
        texts = [template for one in given[:2] if is_text(reader, one, scope) for template in reader.texts(one, scope)]
        return distinct(texts) or OPAQUE
    if _is_path(found):
        return [(PATH,)]
    return reader.all_texts(returned(reader, symbol, scope))


def _is_number(found: object) -> bool:
    return any(found is one for one in _NUMBERS)


def _is_path(found: object) -> bool:
    """Say whether what is called is a function of `os.path` that gives a path."""
    return type(found) is FunctionType and found.__module__ in _PATH_MODULES and found.__name__ in _PATHS


_READ: dict[type, Any] = {
    Const: _const,
    Joined: _joined,
    Format: _format,
    Choice: _choice,
    Local: _variable,
    Free: _variable,
    Subscript: _variable,
    Caught: _caught,
    Global: _global,
    Attribute: _attribute,
    Binary: _binary,
    Call: _call,
    Written: _written,
}


def reader(budget: Budget) -> Reader:
    """Return what reads symbols as text."""
    return Reader(budget, _READ)
