"""Is it a text for certain? Only between texts do ``+`` and ``%`` put a message together."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING

from scrubbing.provenance.flow.symbols import (
    Attribute,
    Binary,
    Call,
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
from scrubbing.provenance.skeletons.calls import own_class
from scrubbing.provenance.skeletons.lookup import function_scope, live, member
from scrubbing.provenance.skeletons.scopes import Scope, key

if TYPE_CHECKING:
    from scrubbing.provenance.skeletons.reader import Reader

EDGES = {"strip": str.strip, "lstrip": str.lstrip, "rstrip": str.rstrip}
CHANGES = {"lower": str.lower, "upper": str.upper, "title": str.title, "capitalize": str.capitalize}
#: Functions that look a constant up in a catalogue of translations; without one they give it back.
_TRANSLATIONS = frozenset(
    {("gettext", "gettext"), ("gettext", "ngettext"), ("gettext", "pgettext"), ("django.utils.translation", "gettext")}
)


def is_text(reader: Reader, symbol: Symbol, scope: Scope) -> bool:
    """Say whether a symbol is a text for certain, so that ``+`` and ``%`` put texts together."""
    reader.budget.spend()
    if isinstance(symbol, Const):
        return type(symbol.value) is str
    if isinstance(symbol, (Joined, Format)):
        return True
    if isinstance(symbol, Binary):
        left = is_text(reader, symbol.left, scope)
        if symbol.operator != "+" or left:
            return left and symbol.operator in ("%", "+")
        return is_text(reader, symbol.right, scope)
    if isinstance(symbol, Choice):
        return all(is_text(reader, option, scope) for option in symbol.options)
    if isinstance(symbol, Global):
        return type(scope.namespace.get(symbol.name)) is str
    if isinstance(symbol, Call):
        return _gives_text(reader, symbol, scope)
    if isinstance(symbol, Attribute):
        return _is_text_attribute(reader, symbol, scope)
    if isinstance(symbol, (Local, Free, Subscript)):
        return _all_texts(reader, symbol, scope)
    return False


def _is_text_attribute(reader: Reader, symbol: Attribute, scope: Scope) -> bool:
    if symbol.name == "__name__":
        return True
    if scope.is_receiver(symbol.base):
        return _all_texts(reader, symbol, scope)
    base = live(symbol.base, scope, reader.packages)
    cls = base if issubclass(type(base), type) else own_class(symbol.base, scope)
    if cls is not None and type(member(cls, symbol.name, reader.packages)) is not str:
        return False  # a number has a text, and is none
    return any(any(isinstance(part, str) for part in template) for template in reader.texts(symbol, scope))


def _gives_text(reader: Reader, call: Call, scope: Scope) -> bool:
    if isinstance(call.function, Attribute):
        names = {"format", "join", "replace", *EDGES, *CHANGES}
        if call.function.name in names and is_text(reader, call.function.base, scope):
            return True
    found = live(call.function, scope, reader.packages)
    return found is str or found is repr or is_translation(found, reader) or _all_texts(reader, call, scope)


def _all_texts(reader: Reader, symbol: Symbol, scope: Scope) -> bool:
    asked = key("is text", symbol, scope)
    if not reader.within(asked):
        return asked in reader.reading  # what is asked further out decides
    try:
        sources = reader.sources(symbol, scope)
        return bool(sources) and all(is_text(reader, *source) for source in sources or ())
    finally:
        reader.reading.pop()


def is_translation(found: object, reader: Reader) -> bool:
    """Say whether a function looks a text up in a catalogue of translations."""
    if type(found) is not FunctionType or (found.__module__, found.__name__) not in _TRANSLATIONS:
        return False
    return function_scope(found, reader.packages) is not None
