"""Values of the schema's classes as JSON, derived from what the classes declare."""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from scrubbing.schema import generate
from scrubbing.schema.fields import Meta, Node, meta_of, wire_name
from scrubbing.schema.kinds import Kind
from scrubbing.schema.model import event

CLASSES = {cls.__name__: cls for cls in generate.classes()}
NAMES = sorted({wire_name(field) for cls in CLASSES.values() for field in attrs.fields(cls)})

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts
json = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
#: Optional fields of one object: with all of them at once an event would be large, and its faults hard to find.
FEW = 4
#: Keys nobody declared, and keys somebody declared elsewhere.
strange = st.dictionaries(texts.filter(lambda name: name not in NAMES), json, max_size=2)


def values(cls: type[Node] = event.Event, *, strangers: bool = True, forms: bool = False) -> st.SearchStrategy[Any]:
    """Objects of a class as the protocol writes them: any subset of its fields, `null` among them, and unknown keys.

    Args:
        cls: a class of the schema.
        strangers: whether there are keys nobody declared.
        forms: whether facts and ids have the form their field asks for (else any string).
    """
    types = get_type_hints(cls)
    known = {field: meta_of(field) for field in attrs.fields(cls) if not meta_of(field).rest}
    required = {
        wire_name(f): _value(types[f.name], meta, strangers, forms) for f, meta in known.items() if meta.required
    }
    optional = {
        wire_name(f): st.none() | _value(types[f.name], meta, strangers, forms)
        for f, meta in known.items()
        if not meta.required
    }
    rest = any(meta_of(field).rest and meta_of(field).leaves != "never" for field in attrs.fields(cls))

    @st.composite
    def made(draw: Any) -> dict[str, Any]:
        chosen = draw(st.lists(st.sampled_from(sorted(optional)), max_size=FEW, unique=True)) if optional else []
        known = {name: draw(one) for name, one in required.items()}
        known |= {name: draw(optional[name]) for name in chosen}
        return {**draw(strange), **known} if strangers or rest else known

    return made()


def _value(annotation: Any, meta: Meta, strangers: bool, forms: bool) -> st.SearchStrategy[Any]:
    if meta.of:
        inner = st.deferred(lambda: values(CLASSES[meta.of], strangers=strangers, forms=forms))
        if meta.many:
            inner = st.lists(st.none() | inner, max_size=2)
        return inner if meta.many != "values" else inner.map(lambda items: {"values": items})
    if forms and meta.kind in (Kind.FACT, Kind.ID):
        one = st.sampled_from(meta.values) if meta.values else st.from_regex(meta.pattern or ".", fullmatch=True)
        return st.lists(one, max_size=2) if meta.many else one
    return _typed(annotation)


def _typed(annotation: Any) -> st.SearchStrategy[Any]:
    plain = {str: texts, bool: st.booleans(), float: numbers, int: st.integers(), Any: json}
    if annotation in plain:
        return plain[annotation]
    if get_origin(annotation) is dict:
        return st.dictionaries(texts, json, max_size=3)
    if get_origin(annotation) is list:
        (member,) = get_args(annotation)
        return st.lists(_typed(member) | st.none() if type(None) in get_args(member) else _typed(member), max_size=3)
    return st.one_of([_typed(one) for one in get_args(annotation) if one is not type(None)])
