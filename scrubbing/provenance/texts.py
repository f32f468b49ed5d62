"""From a symbol to the templates of its text: which literals can stand where, by every way that leads there.

A way nobody can follow makes the text opaque: one opaque source is enough, since what came from it could be a value.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from scrubbing.provenance.classes import reached
from scrubbing.provenance.conditions import closed_ways
from scrubbing.provenance.flow.facts import Ways
from scrubbing.provenance.flow.scan import stores
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
    Items,
    Joined,
    Local,
    Pairs,
    Subscript,
    Super,
    Symbol,
)
from scrubbing.provenance.percent import percent_parts
from scrubbing.provenance.scopes import (
    ATTRIBUTES,
    MRO,
    NOTHING,
    Budget,
    Scope,
    Source,
    around,
    bodies,
    class_body,
    facts,
    function_scope,
    globals_stored,
    live,
    member,
    module_scope,
    overridden,
    plain,
    within,
)
from scrubbing.provenance.templates import (
    ANY,
    CAUGHT,
    INTEGER,
    OPAQUE_TEXT,
    PATH,
    QUOTE,
    Hole,
    Template,
    constant,
    distinct,
    fill,
    joined,
    sequences,
)

#: Symbols within symbols that are followed, and items of a list that may be missing.
DEEPEST, MOST_OPTIONAL = 40, 4
_OPAQUE = [OPAQUE_TEXT]
_PLAIN = (int, float, bool, complex, type(None))
_MODULE_DICT = vars(ModuleType)["__dict__"].__get__
#: Built-in functions that give whole numbers.
_NUMBERS = frozenset({len, int, ord, hash, id})
_EDGES = {"strip": str.strip, "lstrip": str.lstrip, "rstrip": str.rstrip}
_CHANGES = {"lower": str.lower, "upper": str.upper, "title": str.title, "capitalize": str.capitalize}
_PATH_MODULES, _PATHS = ("posixpath", "ntpath"), ("join", "abspath", "realpath", "normpath", "expanduser")
#: Functions that look a constant up in a catalogue of translations; without one they give it back.
_TRANSLATIONS = frozenset(
    {("gettext", "gettext"), ("gettext", "ngettext"), ("gettext", "pgettext"), ("django.utils.translation", "gettext")}
)


class Reader:
    """Reads symbols as text, within a budget.

    Args:
        budget: how much may be looked at.
    """

    __slots__ = ("budget", "packages", "reading")
    deepest = DEEPEST

    def __init__(self, budget: Budget) -> None:
        self.budget, self.packages = budget, budget.packages
        self.reading: list[tuple[Any, ...]] = []

    def texts(self, symbol: Symbol, scope: Scope) -> list[Template]:
        """Return the templates a symbol's text may follow, as ``str()`` gives it."""
        self.budget.spend()
        read = _READ.get(type(symbol))
        key = (type(symbol), getattr(symbol, "name", None), getattr(symbol, "at", id(symbol)), id(scope.facts))
        if read is None or key in self.reading or len(self.reading) > DEEPEST:
            return _OPAQUE
        self.reading.append(key)
        try:
            found: list[Template] = read(self, symbol, scope)
            return found
        finally:
            self.reading.pop()

    def all_texts(self, sources: list[Source] | None) -> list[Template]:
        """Return the templates of every source; no source at all is an opaque one."""
        if not sources:
            return _OPAQUE
        return distinct(template for symbol, scope in sources for template in self.texts(symbol, scope))

    def sources(self, symbol: Symbol, scope: Scope) -> list[Source] | None:
        """Return what a variable may hold, or ``None``."""
        if isinstance(symbol, Local):
            return self._of_local(symbol, scope)
        if isinstance(symbol, Free):
            return _of_free(symbol, scope)
        if isinstance(symbol, Choice):
            return [(option, scope) for option in symbol.options]
        if isinstance(symbol, Attribute) and scope.receiver is not None and scope.is_receiver(symbol.base):
            found: list[Source] | None = scope.receiver.attribute(symbol.name)
            return found
        if isinstance(symbol, Subscript) and isinstance(symbol.index, Const) and type(symbol.index.value) is int:
            return self._of_item(symbol.base, symbol.index.value, scope)
        if isinstance(symbol, Call):
            return self.returned(symbol, scope)
        return None

    def pairs(self, symbol: Symbol, scope: Scope) -> dict[object, Source] | None:
        """Return the members of a dict that is written out, and not changed before it is read."""
        if isinstance(symbol, Pairs):
            return {key: (value, scope) for key, value in symbol.values.items()}
        if isinstance(symbol, Call) and symbol.positional == () and symbol.rest is None:
            made = live(symbol.function, scope, self.packages) is dict
            return {key: (value, scope) for key, value in symbol.keywords.items()} if made else None
        if isinstance(symbol, Local) and scope.facts.told.loads.get(symbol.name) == 1:
            sources = self.sources(symbol, scope)
            if sources is not None and len(sources) == 1 and not isinstance(sources[0][0], Local):
                return self.pairs(*sources[0])
        return None

    def closed(self, scope: Scope) -> Ways:
        """Return the ways a function never goes with what it was given."""
        if scope.closed is None:
            scope.closed = frozenset()  # as long as it is found out
            scope.closed = closed_ways(self, scope)
        return scope.closed

    def _of_local(self, symbol: Local, scope: Scope) -> list[Source] | None:
        stored, start = scope.facts.sources(symbol.name, symbol.at)
        if len(stored) + start > 1 and (closed := self.closed(scope)):
            stored, start = scope.facts.sources(symbol.name, symbol.at, closed)
        found: list[Source] = [(value, scope) for value in stored]
        if start:
            bound = scope.bound(symbol.name)
            if bound is None:
                return None
            found.append(bound)
        return found

    def results(self, scope: Scope) -> list[Source]:
        """Return what a function may return with what it was given."""
        returned = scope.facts.told.returned
        closed = self.closed(scope) if len(returned) > 1 else None
        reached = scope.facts.reached(closed) if closed else None
        return [(value, scope) for number, value in returned.items() if reached is None or number in reached]

    def is_text(self, symbol: Symbol, scope: Scope) -> bool:
        """Say whether a symbol is a text for certain."""
        return is_text(self, symbol, scope)

    def _of_item(self, base: Symbol, index: int, scope: Scope) -> list[Source] | None:
        listed = self.listed(base, scope)
        return [listed[index]] if listed is not None and -len(listed) <= index < len(listed) else None

    def listed(self, symbol: Symbol, scope: Scope) -> list[Source] | None:
        """Return the items of a tuple or list that is written out, or that ``self.args`` is."""
        self.budget.spend()
        grown = self.grown(symbol, scope)
        if grown is not None:
            return None if any(optional for _, optional in grown) else [source for source, _ in grown]
        if isinstance(symbol, Const) and isinstance(symbol.value, tuple):
            return [(Const(item), scope) for item in symbol.value]
        if isinstance(symbol, Attribute) and symbol.name == "args" and scope.is_receiver(symbol.base):
            found: list[list[Source]] | None = scope.receiver.arguments()
            return found[0] if found is not None and len(found) == 1 else None
        sources = self.sources(symbol, scope) if isinstance(symbol, (Local, Attribute)) else None
        single = (
            sources is not None and len(sources) == 1 and not (isinstance(sources[0][0], Items) and sources[0][0].grows)
        )
        if sources is not None and single and len(self.reading) < DEEPEST:
            self.reading.append(("listed", id(symbol), id(scope)))
            try:
                return self.listed(*sources[0])
            finally:
                self.reading.pop()
        return None

    def grown(self, symbol: Symbol, scope: Scope) -> list[tuple[Source, bool]] | None:
        """Return the items of a list as it was written out and grew, and whether each may be missing."""
        if isinstance(symbol, Items):
            return [((item, scope), False) for item in symbol.items]
        if not isinstance(symbol, Local):
            return None
        found, start = scope.facts.sources(symbol.name, symbol.at)
        if start or len(found) != 1 or not isinstance(found[0], Items) or not found[0].grows:
            return None
        more = self._appended(symbol, scope)
        return None if more is None else [*[((item, scope), False) for item in found[0].items], *more]

    def _appended(self, symbol: Local, scope: Scope) -> list[tuple[Source, bool]] | None:
        """What ``append`` put on a list before it is read, once each, if nothing else is done with it."""
        told, facts_, closed = scope.facts.told, scope.facts, self.closed(scope)
        calls = [(n, call) for n, call in told.calls.items() if isinstance(call, Call) and _appends(call, symbol.name)]
        tests = sum(isinstance(test, Local) and test.name == symbol.name for test, _ in told.tests.values())
        if told.loads.get(symbol.name) != len(calls) + tests + 1 or any(facts_.repeats(n) for n, _ in calls):
            return None
        reached = facts_.reached(closed)
        return [
            ((call.positional[0], scope), facts_.avoids({n}, closed, symbol.at))  # type: ignore[index]  # a tuple of one
            for n, call in sorted(calls, key=lambda one: one[0])
            if n in reached and n < symbol.at
        ]

    def returned(self, call: Call, scope: Scope) -> list[Source] | None:
        """Return what a helper that returned already may have given, or ``None`` if it is none of the shipped code."""
        inner = self.called(call, scope)
        if inner is None or inner.code.co_flags & 0x2A0:  # generators and coroutines give something else
            return None
        return self.results(inner)

    def called(self, call: Call, scope: Scope) -> Scope | None:
        """Return the function a call begins, at work, or ``None``."""
        function = call.function
        if isinstance(function, Attribute):
            return self._method(function, call, scope)
        found = live(function, scope, self.packages)
        return function_scope(found, self.packages, (call, scope), implicit=False)

    def _method(self, function: Attribute, call: Call, scope: Scope) -> Scope | None:
        if scope.receiver is not None and (isinstance(function.base, Super) or scope.is_receiver(function.base)):
            found: Scope | None = scope.receiver.method(function, call, scope)
            return found
        base = live(function.base, scope, self.packages)
        if base is NOTHING:
            made = self.instance_class(function.base, scope)
            if made is not None:
                raw = member(made, function.name, self.packages)
                implicit = type(raw) is not staticmethod
                return function_scope(plain(raw), self.packages, (call, scope), implicit=implicit)
            return self._own_method(function, call, scope)
        raw = member(base, function.name, self.packages)
        implicit = type(raw) is classmethod
        return function_scope(plain(raw), self.packages, (call, scope), implicit=implicit)

    def instance_class(self, symbol: Symbol, scope: Scope) -> type | None:
        """The class of an object that was made in sight, by calling the class, on every way."""
        sources = self.sources(symbol, scope) if isinstance(symbol, (Local, Free)) else [(symbol, scope)]
        found: set[type] = set()
        for one, where in sources or ():
            self.budget.spend()
            if isinstance(one, Local) and one is not symbol and len(self.reading) < DEEPEST:
                self.reading.append(("class", id(one), id(where)))
                made = self.instance_class(one, where)
                self.reading.pop()
            else:
                made = live(one.function, where, self.packages) if isinstance(one, Call) else None  # type: ignore[assignment]
            if not issubclass(type(made), type) or type(made) is not type or "__new__" in ATTRIBUTES(made):
                return None
            found.add(made)
        return found.pop() if len(found) == 1 else None

    def _own_method(self, function: Attribute, call: Call, scope: Scope) -> Scope | None:
        """A method of the class that the calling method is written in, if no class below has another."""
        cls = self.own_class(function.base, scope)
        if cls is None or overridden(cls, function.name, self.budget):
            return None
        raw = member(cls, function.name, self.packages)
        implicit = type(raw) is not staticmethod
        return function_scope(plain(raw), self.packages, (call, scope), implicit=implicit)

    def own_class(self, base: Symbol, scope: Scope) -> type | None:
        """The class a method is written in, where `base` is that method's first parameter."""
        if not isinstance(base, Local) or base.name != scope.first or scope.receiver is not None:
            return None
        found, start = scope.facts.sources(base.name, base.at)
        parent = around(scope) if start and not found else None
        if parent is None or parent.code.co_flags & 0x3 or parent.code is scope.known.code:
            return None
        named = next((qualname for qualname, code in bodies(scope.known).items() if code is parent.code), "")
        cls = reached(scope.namespace, named)
        return cls if issubclass(type(cls), type) else None  # type: ignore[return-value]  # a class


def _appends(call: Call, name: str) -> bool:
    function = call.function
    one = isinstance(call.positional, tuple) and len(call.positional) == 1 and not call.keywords and call.rest is None
    appends = isinstance(function, Attribute) and function.name == "append" and isinstance(function.base, Local)
    return one and appends and function.base.name == name  # type: ignore[attr-defined]  # as was just asked


def _of_free(symbol: Free, scope: Scope) -> list[Source] | None:
    """Every store of a shared variable, in the function it belongs to and in those nested in that."""
    home: Scope | None = scope
    while home is not None and symbol.name not in home.code.co_cellvars:
        home = around(home)
    if home is None:
        return None
    found: list[Source] = []
    for code in within(home.code):
        inner = scope if code is scope.code else Scope(code, scope.known, scope.namespace)
        found += [(value, inner) for name, value in facts(scope.known, code).told.shared if name == symbol.name]
    if symbol.name in home.code.co_varnames[: home.code.co_argcount + home.code.co_kwonlyargcount]:
        bound = scope.bound(symbol.name) if home is scope else None
        if bound is None:
            return None
        found.append(bound)
    return found


def _const(_reader: Reader, symbol: Const, _scope: Scope) -> list[Template]:
    if type(symbol.value) is str:
        return [joined([symbol.value])]
    return [joined([str(symbol.value)])] if type(symbol.value) in _PLAIN else _OPAQUE


def _joined(reader: Reader, symbol: Joined, scope: Scope) -> list[Template]:
    return sequences([reader.texts(part, scope) for part in symbol.parts])


def _format(reader: Reader, symbol: Format, scope: Scope) -> list[Template]:
    spec = symbol.spec.value if isinstance(symbol.spec, Const) else None
    if symbol.spec is not None and spec != "":
        return [(INTEGER,)] if isinstance(spec, str) and spec.endswith("d") else _OPAQUE
    if symbol.conversion in ("r", "a"):
        return texts_of_repr(reader.texts(symbol.value, scope)) if is_text(reader, symbol.value, scope) else _OPAQUE
    return reader.texts(symbol.value, scope)


def texts_of_repr(templates: list[Template]) -> list[Template]:
    """Return the templates of ``repr()`` of a text.

    Which quotes stand around, and what is written with a backslash, may depend on values: such signs are holes.
    """
    found: list[Template] = []
    for template in templates:
        whole = constant(template)
        inner = [piece for part in template for piece in (_plain(part) if isinstance(part, str) else [part])]
        found.append(joined([repr(whole)] if whole is not None else [QUOTE, *inner, QUOTE]))
    return found


def _plain(text: str) -> Iterator[str | Hole]:
    """Take a text apart into what ``repr()`` leaves as it is and holes."""
    for plain_, group in itertools.groupby(text, lambda sign: repr(sign) == f"'{sign}'"):
        yield "".join(group) if plain_ else ANY


def _choice(reader: Reader, symbol: Choice, scope: Scope) -> list[Template]:
    return distinct(template for option in symbol.options for template in reader.texts(option, scope))


def _variable(reader: Reader, symbol: Symbol, scope: Scope) -> list[Template]:
    return reader.all_texts(reader.sources(symbol, scope))


def _caught(_reader: Reader, _symbol: Caught, _scope: Scope) -> list[Template]:
    return [(CAUGHT,)]


def _global(reader: Reader, symbol: Global, scope: Scope) -> list[Template]:
    value = scope.namespace.get(symbol.name)
    if type(value) is not str or scope.known.code is None:
        return _OPAQUE
    stored = globals_stored(scope.known, symbol.name) or []
    sources = [(found, Scope(code, scope.known, scope.namespace)) for code, found in stored]
    return _holding(reader.all_texts(sources), value)


def _holding(templates: list[Template], value: str) -> list[Template]:
    """Leave the templates a live text follows; if there are none, it came from elsewhere."""
    if any(not any(isinstance(part, str) for part in template) and template for template in templates):
        return _OPAQUE
    return [template for template in templates if fill(template, value) is not None] or _OPAQUE


def _attribute(reader: Reader, symbol: Attribute, scope: Scope) -> list[Template]:
    if symbol.name in ("__name__", "__qualname__"):
        return _class_name(reader, symbol, scope)
    if scope.is_receiver(symbol.base):
        return reader.all_texts(reader.sources(symbol, scope))
    base = live(symbol.base, scope, reader.packages)
    if type(base) is ModuleType:
        home = module_scope(_MODULE_DICT(base), reader.packages)
        return reader.texts(Global(symbol.name), home) if home is not None else _OPAQUE
    if issubclass(type(base), type):
        return class_constant(reader, base, symbol.name)  # type: ignore[arg-type]  # a class
    cls = reader.own_class(symbol.base, scope)
    return _own_constant(reader, cls, symbol.name, scope) if cls is not None else _OPAQUE


def _class_name(reader: Reader, symbol: Attribute, scope: Scope) -> list[Template]:
    """The name of the exception's own class, or of a class that code names."""
    cls = live(symbol.base, scope, reader.packages)
    if scope.receiver is not None and cls is scope.receiver.cls and scope.receiver.name is not None:
        return [(scope.receiver.name,)]
    return _OPAQUE


def class_constant(reader: Reader, cls: type, name: str) -> list[Template]:
    """Return the templates of a text or number that a class has from its body."""
    owner = next((one for one in MRO(cls) if name in ATTRIBUTES(one)), None)
    value = ATTRIBUTES(owner)[name] if owner is not None else None
    body = class_body(owner, reader.packages) if owner is not None and type(value) in (str, *_PLAIN) else None
    if body is None:
        return _OPAQUE
    sources: list[Source] = [(found, body) for stored, found in body.facts.told.names if stored == name]
    return _holding(reader.all_texts(sources), str(value))


def _own_constant(reader: Reader, cls: type, name: str, scope: Scope) -> list[Template]:
    """A constant of the class a method is written in, if nothing else of that name is stored in its module."""
    for code in scope.known.codes:
        if stores(code, "STORE_ATTR", name):
            return _OPAQUE
    if overridden(cls, name, reader.budget):
        return _OPAQUE
    return class_constant(reader, cls, name)


def _binary(reader: Reader, symbol: Binary, scope: Scope) -> list[Template]:
    if symbol.operator == "%" and is_text(reader, symbol.left, scope):
        return _percent(reader, symbol, scope)
    if symbol.operator == "+" and (is_text(reader, symbol.left, scope) or is_text(reader, symbol.right, scope)):
        return sequences([reader.texts(symbol.left, scope), reader.texts(symbol.right, scope)])
    return _OPAQUE


def _percent(reader: Reader, symbol: Binary, scope: Scope) -> list[Template]:
    found: list[Template] = []
    for template in reader.texts(symbol.left, scope):
        text = constant(template)
        parts = percent_parts(text) if text is not None else None
        if parts is None:
            found.append(OPAQUE_TEXT)
        else:
            found += sequences(_filled(reader, parts, symbol.right, scope))
    return distinct(found)


def _filled(reader: Reader, parts: list[Any], right: Symbol, scope: Scope) -> list[list[Template]]:
    fields = [part for part in parts if not isinstance(part, str)]
    pairs = reader.pairs(right, scope)
    given = reader.listed(right, scope) if pairs is None else None
    if given is None and len(fields) == 1 and fields[0].key is None and _is_single(reader, right, scope):
        given = [(right, scope)]
    given = given if given is not None and len(given) == len(fields) else None
    made: list[list[Template]] = []
    waiting = list(given or ())
    for part in parts:
        if isinstance(part, str):
            made.append([joined([part])])
            continue
        source = waiting.pop(0) if waiting else None
        if source is None and part.key is not None and pairs is not None:
            source = pairs.get(part.key)
        made.append(_field(reader, part.conversion, source, plain=part.plain))
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
        return _OPAQUE
    if conversion == "s":
        return hole(reader, *source)
    if conversion == "r" and is_text(reader, *source):
        return texts_of_repr(reader.texts(*source))
    return _OPAQUE


def hole(reader: Reader, symbol: Symbol, scope: Scope) -> list[Template]:
    """Return the templates of a value that stands in a text."""
    return reader.texts(symbol, scope)


def _call(reader: Reader, symbol: Call, scope: Scope) -> list[Template]:
    function, positional = symbol.function, symbol.positional
    given = positional if isinstance(positional, tuple) else ()
    if isinstance(function, Attribute) and function.name == "__str__" and scope.receiver is not None:
        found_texts: list[Template] = scope.receiver.other_texts(function.base, given, scope)
        return found_texts
    if isinstance(function, Attribute) and is_text(reader, function.base, scope):
        return _method(reader, function, symbol, scope)
    found = live(function, scope, reader.packages)
    if found is str and len(given) == 1:
        return reader.texts(given[0], scope)
    if found is repr and len(given) == 1:
        return texts_of_repr(reader.texts(given[0], scope)) if is_text(reader, given[0], scope) else _OPAQUE
    if type(found) is not FunctionType and _is_number(found):
        return [(INTEGER,)]
    if _is_translation(found, reader) and given:
        texts = [template for one in given[:2] if is_text(reader, one, scope) for template in reader.texts(one, scope)]
        return distinct(texts) or _OPAQUE
    if _is_path(found):
        return [(PATH,)]
    return reader.all_texts(reader.returned(symbol, scope))


def _is_number(found: object) -> bool:
    return any(found is one for one in _NUMBERS)


def _is_path(found: object) -> bool:
    """Say whether what is called is a function of `os.path` that gives a path."""
    return type(found) is FunctionType and found.__module__ in _PATH_MODULES and found.__name__ in _PATHS


def _is_translation(found: object, reader: Reader) -> bool:
    if type(found) is not FunctionType or (found.__module__, found.__name__) not in _TRANSLATIONS:
        return False
    return function_scope(found, reader.packages) is not None


def _method(reader: Reader, function: Attribute, call: Call, scope: Scope) -> list[Template]:
    """A method of a text."""
    given = call.positional if isinstance(call.positional, tuple) else None
    bases = reader.texts(function.base, scope)
    if function.name == "format":
        return distinct(t for base in bases for t in _formatted(reader, constant(base), given, call, scope))
    if function.name == "join" and given is not None and len(given) == 1:
        grown = reader.grown(given[0], scope)
        if grown is None:
            listed = reader.listed(given[0], scope)
            grown = [(source, False) for source in listed] if listed is not None else None
        return distinct(t for base in bases for t in _put_between(reader, base, grown))
    if function.name in _EDGES and given == ():
        return [_stripped(base, function.name) for base in bases]
    if function.name in _CHANGES and given == ():
        texts = [constant(base) for base in bases]
        return [OPAQUE_TEXT if text is None else joined([_CHANGES[function.name](text)]) for text in texts]
    return _OPAQUE


def _stripped(template: Template, name: str) -> Template:
    """Strip what is literal at the edges; where a hole stands there, the edge is the hole's."""
    text = constant(template)
    if text is not None:
        return joined([_EDGES[name](text)])
    parts = list(template)
    if isinstance(parts[0], str) and name != "rstrip":
        parts[0] = parts[0].lstrip()
    if isinstance(parts[-1], str) and name != "lstrip":
        parts[-1] = parts[-1].rstrip()
    return joined([part for part in parts if part != ""])


def _put_between(reader: Reader, base: Template, grown: list[tuple[Source, bool]] | None) -> list[Template]:
    """Join items; each that may be missing is there in some ways and not in others."""
    if grown is None or sum(optional for _, optional in grown) > MOST_OPTIONAL:
        return _OPAQUE
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
        return _OPAQUE
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
            source = _argument(name, given, call, scope)
            parts.append(_replaced(reader, source, spec or "", conversion or ""))
    except ValueError:
        return _OPAQUE
    return sequences(parts)


def _argument(name: str, given: tuple[Symbol, ...] | None, call: Call, scope: Scope) -> Source | None:
    if name.isdecimal():
        return (given[int(name)], scope) if given is not None and int(name) < len(given) else None
    found = call.keywords.get(name)
    return (found, scope) if found is not None else None


def _replaced(reader: Reader, source: Source | None, spec: str, conversion: str) -> list[Template]:
    if spec:
        return [(INTEGER,)] if spec.endswith("d") and "{" not in spec else _OPAQUE
    if source is None:
        return _OPAQUE
    if conversion in ("r", "a"):
        return texts_of_repr(reader.texts(*source)) if is_text(reader, *source) else _OPAQUE
    return hole(reader, *source)


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
    return any(any(isinstance(part, str) for part in template) for template in _attribute(reader, symbol, scope))


def _gives_text(reader: Reader, call: Call, scope: Scope) -> bool:
    if isinstance(call.function, Attribute):
        names = {"format", "join", *_EDGES, *_CHANGES}
        if call.function.name in names and is_text(reader, call.function.base, scope):
            return True
    found = live(call.function, scope, reader.packages)
    return found is str or found is repr or _is_translation(found, reader) or _all_texts(reader, call, scope)


def _all_texts(reader: Reader, symbol: Symbol, scope: Scope) -> bool:
    key = ("text", type(symbol), getattr(symbol, "name", None), getattr(symbol, "at", id(symbol)), id(scope.facts))
    if key in reader.reading or len(reader.reading) > DEEPEST:
        return True  # asked already, further out
    reader.reading.append(key)
    try:
        sources = reader.sources(symbol, scope)
        return bool(sources) and all(is_text(reader, *source) for source in sources or ())
    finally:
        reader.reading.pop()


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
}

__all__ = ["ANY", "NOTHING", "Reader", "class_constant", "is_text"]
