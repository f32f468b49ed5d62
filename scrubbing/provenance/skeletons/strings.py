"""Texts put together by ``%``, ``format``, ``join`` and other methods of `str`."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable
from typing import TYPE_CHECKING

from scrubbing.provenance.flow.symbols import Attribute, Binary, Call, Const, Symbol
from scrubbing.provenance.skeletons.lists import grown, listed, pairs
from scrubbing.provenance.skeletons.percent import Field, percent_parts
from scrubbing.provenance.skeletons.scopes import Scope, Source
from scrubbing.provenance.skeletons.templates import (
    ANY,
    CAUGHT,
    INTEGER,
    OPAQUE,
    OPAQUE_TEXT,
    Hole,
    Template,
    constant,
    distinct,
    joined,
    repr_of,
    sequences,
)
from scrubbing.provenance.skeletons.textual import CHANGES, EDGES, is_text

if TYPE_CHECKING:
    from scrubbing.provenance.skeletons.reader import Reader

#: Items of a list that may be missing.
MOST_OPTIONAL = 4


def percent(reader: Reader, symbol: Binary, scope: Scope) -> list[Template]:
    """Return the templates of ``text % values``."""
    right, named = symbol.right, pairs(reader, symbol.right, scope)
    given = listed(reader, right, scope) if named is None else None
    single = given is None and named is None and _is_single(reader, right, scope)
    return put_in(reader, reader.texts(symbol.left, scope), [(right, scope)] if single else given, named)


def put_in(
    reader: Reader, templates: list[Template], given: list[Source] | None, named: dict[object, Source] | None = None
) -> list[Template]:
    """Return the templates of a ``%`` template with values in it.

    Args:
        reader: reads symbols.
        templates: what the text may be; one with holes is opaque.
        given: the values in order; ``None`` where nobody knows.
        named: the values by name, if it takes a mapping.
    """
    found: list[Template] = []
    for template in templates:
        text = constant(template)
        parts = percent_parts(text) if text is not None else None
        found += [OPAQUE_TEXT] if parts is None else sequences(_filled(reader, parts, given, named))
    return distinct(found)


def _filled(
    reader: Reader, parts: list[str | Field], given: list[Source] | None, named: dict[object, Source] | None
) -> list[list[Template]]:
    fields = sum(isinstance(part, Field) for part in parts)
    waiting = iter(given if given is not None and len(given) == fields else ())
    made: list[list[Template]] = []
    for part in parts:
        if isinstance(part, str):
            made.append([joined([part])])
        else:
            source = next(waiting, None)
            by_name = named.get(part.key) if named is not None and part.key is not None else None
            made.append(_field(reader, part.conversion, source or by_name, plain=part.plain))
    return made


def _is_single(reader: Reader, right: Symbol, scope: Scope) -> bool:
    """Say whether what stands right of ``%`` is no tuple for certain: a text, a number, or a caught exception."""
    if isinstance(right, Const):
        return type(right.value) is not tuple
    return is_text(reader, right, scope) or all(template == (CAUGHT,) for template in reader.texts(right, scope))


def _field(reader: Reader, conversion: str, source: Source | None, *, plain: bool) -> list[Template]:
    if conversion in "diu":
        return [(INTEGER,)]
    if source is None or not plain:
        return OPAQUE
    if conversion == "s":
        return reader.texts(*source)
    if conversion == "r" and is_text(reader, *source):
        return repr_of(reader.texts(*source))
    return OPAQUE


def text_method(reader: Reader, function: Attribute, call: Call, scope: Scope) -> list[Template]:
    """Return the templates of what a method of a text gives."""
    given = call.positional if isinstance(call.positional, tuple) else None
    bases = reader.texts(function.base, scope)
    if function.name == "format":
        return distinct(t for base in bases for t in _formatted(reader, constant(base), given, call, scope))
    if function.name == "join" and given is not None and len(given) == 1:
        items = grown(reader, given[0], scope)
        if items is None:
            sources = listed(reader, given[0], scope)
            items = [(source, False) for source in sources] if sources is not None else None
        return distinct(t for base in bases for t in _put_between(reader, base, items))
    if function.name == "replace" and given is not None and len(given) == 2:  # noqa: PLR2004  # what, and by what
        old, new = given[0], reader.texts(given[1], scope)
        return distinct(t for base in bases for t in _replaced_in(constant(base), old, new))
    if function.name in EDGES and given == ():
        return [_stripped(base, function.name) for base in bases]
    if function.name in CHANGES and given == ():
        texts = [constant(base) for base in bases]
        return [OPAQUE_TEXT if text is None else joined([CHANGES[function.name](text)]) for text in texts]
    return OPAQUE


def _replaced_in(text: str | None, old: Symbol, new: list[Template]) -> list[Template]:
    """``text.replace(old, new)``, where both are constants."""
    if text is None or not isinstance(old, Const) or type(old.value) is not str or not old.value:
        return OPAQUE
    first, *others = text.split(old.value)
    parts: list[list[Template]] = [[joined([first])]]
    for piece in others:
        parts += [new, [joined([piece])]]
    return sequences(parts)


def _stripped(template: Template, name: str) -> Template:
    """Strip what is literal at the edges; where a hole stands there, the edge is the hole's."""
    text = constant(template)
    if text is not None:
        return joined([EDGES[name](text)])
    parts = list(template)
    if name != "rstrip":
        parts = _edge(parts, str.lstrip)
    if name != "lstrip":
        parts = _edge(parts[::-1], str.rstrip)[::-1]
    return joined(parts)


def _edge(parts: list[str | Hole], strip: Callable[[str], str]) -> list[str | Hole]:
    """Strip the first parts; behind a hole, which may be blank, what would be stripped belongs to the hole."""
    before: list[str | Hole] = []
    for number, part in enumerate(parts):
        if not isinstance(part, str):
            before.append(part)
        elif left := strip(part):
            return [*before, *([ANY] if before and left != part else []), left, *parts[number + 1 :]]
    return before


def _put_between(reader: Reader, base: Template, grown: list[tuple[Source, bool]] | None) -> list[Template]:
    """Join items; each that may be missing is there in some ways and not in others."""
    if grown is None or sum(optional for _, optional in grown) > MOST_OPTIONAL:
        return OPAQUE
    items = [[None, reader.texts(*source)] if optional else [reader.texts(*source)] for source, optional in grown]
    found: list[Template] = []
    for way in itertools.product(*items):
        parts: list[list[Template]] = []
        for texts in filter(None, way):
            parts += [[base]] if parts else []
            parts.append(texts)
        found += sequences(parts)
    return distinct(found)


def _formatted(
    reader: Reader, text: str | None, given: tuple[Symbol, ...] | None, call: Call, scope: Scope
) -> list[Template]:
    """``text.format(...)``."""
    if text is None:
        return OPAQUE
    parts: list[list[Template]] = []
    number = 0
    try:
        for literal, field, spec, conversion in string.Formatter().parse(text):
            parts.append([joined([literal])])
            if field is None:
                continue
            name = field
            if field == "":
                name, number = str(number), number + 1
            if "{" in (spec or ""):
                return OPAQUE  # fields in a field's format are counted, too
            source = _argument(name, given, call, scope)
            parts.append(_replaced(reader, source, spec or "", conversion or ""))
    except ValueError:
        return OPAQUE
    return sequences(parts)


def _argument(name: str, given: tuple[Symbol, ...] | None, call: Call, scope: Scope) -> Source | None:
    if name.isdecimal():
        return (given[int(name)], scope) if given is not None and int(name) < len(given) else None
    found = call.keywords.get(name) if name.isidentifier() else None
    return (found, scope) if found is not None else None


def _replaced(reader: Reader, source: Source | None, spec: str, conversion: str) -> list[Template]:
    if spec:
        return [(INTEGER,)] if spec.endswith("d") and "{" not in spec else OPAQUE
    if source is None:
        return OPAQUE
    if conversion in ("r", "a"):
        return repr_of(reader.texts(*source)) if is_text(reader, *source) else OPAQUE
    return reader.texts(*source)
