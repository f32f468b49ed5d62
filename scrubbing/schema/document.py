"""The schema for people and for other programs: a table, JSON Schema, and the page "what leaves".

``python -m scrubbing.schema.document > docs/what-leaves.md`` after the classes changed; until then a test fails.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from scrubbing.schema.fields import NEVER, Meta, Node, meta_of, wire_name
from scrubbing.schema.generate import classes
from scrubbing.schema.items import ITEMS, NEVER_SENT, PURPOSES
from scrubbing.schema.kinds import Kind

Json = dict[str, Any]

_COLUMNS = ("field", "holds", "leaves", "limit", "what it is")
_PAGE = """\
# What leaves

Made from the schema's classes by `python -m scrubbing.schema.document`; `scrubbing schema` prints the same table for
the version that is installed, `scrubbing schema --json` as JSON Schema.

A field leaves under the preset that is named and under more open ones (`strict`, `standard`, `verbose`), or never. What
is not in this list does not leave under any. Where a field holds an object, the object's own table says what of it
leaves. Limits are what servers take: longer strings are cut visibly, of longer lists the useful end stays.

What the words mean:

{kinds}

## Items of an envelope

| item | holds | leaves | needs a yes to |
|---|---|---|---|
{items}

These never leave, whatever the preset; and neither does any item type that is not in the table above.

{never}

## Objects and their fields
"""


def rows(cls: type[Node]) -> list[tuple[str, str, str, str, str]]:
    """Return a class's fields in the words of the table: field, holds, leaves, limit, what it is.

    Args:
        cls: a class of the schema.
    """
    return [
        (_name(field), _holds(meta_of(field)), meta_of(field).leaves, _limit(meta_of(field)), meta_of(field).doc)
        for field in attrs.fields(cls)
        if not (meta_of(field).rest and meta_of(field).leaves == NEVER)
    ]


def text() -> str:
    """Return all classes as plain tables."""
    lines: list[str] = []
    for cls in classes():
        lines += [f"{cls.__name__}: {_sentence(cls)}", *_aligned([_COLUMNS, *rows(cls)]), ""]
    return "\n".join(lines)


def markdown() -> str:
    """Return the page "what leaves"."""
    page = _PAGE.format(
        kinds="\n".join(f"- **{kind.value}**: {_MEANINGS[kind]}" for kind in Kind),
        items="\n".join(
            f"| `{item.name}` | {item.payload} | {item.leaves} | {PURPOSES[item.name]} |" for item in ITEMS.values()
        ),
        never="\n".join(f"- `{name}`: {reason}" for name, reason in NEVER_SENT.items()),
    )
    parts = [page]
    for cls in classes():
        cells = [f"| {' | '.join(_escaped(cell) for cell in row)} |" for row in (_COLUMNS, *rows(cls))]
        cells.insert(1, "|" + "---|" * len(_COLUMNS))
        parts.append(f"\n### {cls.__name__}\n\n{_sentence(cls)}\n\n" + "\n".join(cells) + "\n")
    return "".join(parts)


def json_schema() -> Json:
    """Return the model as JSON Schema (draft 7): what `structure` takes, with each field's kind, preset and limit."""
    definitions = {cls.__name__: _definition(cls) for cls in classes()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Event",
        "$ref": "#/definitions/Event",
        "definitions": definitions,
    }


_MEANINGS = {
    Kind.ID: "random digits made for this report",
    Kind.SYMBOL: "a name from code; under strict only where the running code is proven to be what was shipped",
    Kind.CODE: "a line of source",
    Kind.PATH: "a file path; under strict relative to a root the program knows",
    Kind.URL: "an address; of its query, names, numbers, dates and choices",
    Kind.TEXT: "text made at run time, after the rules",
    Kind.MESSAGE: "a message; under strict its skeleton without any run-time value, else after the rules, unless the "
    "policy says otherwise",
    Kind.BAG: "any JSON; every string, key and number in it passes the rules",
    Kind.NUMBER: "a number, or true or false",
    Kind.FACT: "one of a closed list of words, or of a narrow form",
}


def _sentence(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split())


def _name(field: attrs.Attribute[Any]) -> str:
    return "(any other key)" if meta_of(field).rest else wire_name(field)


def _holds(meta: Meta) -> str:
    if meta.of:
        return {"": meta.of, "list": f"list of {meta.of}", "values": f"values: list of {meta.of}"}[meta.many]
    word = "true or false" if meta.flag else meta.kind.value if meta.kind is not None else ""
    return f"list of {word}" if meta.many else word


def _limit(meta: Meta) -> str:
    parts = []
    if meta.most is not None:
        parts.append(f"{meta.most} members")
    if meta.limit is not None:
        what = {Kind.BAG: "{} entries a level", Kind.NUMBER: "at most {}"}.get(meta.kind or Kind.TEXT, "{} characters")
        parts.append(what.format(meta.limit))
    if meta.depth is not None:
        parts.append(f"{meta.depth} levels")
    if meta.size is not None:
        parts.append(f"{meta.size} bytes of JSON")
    return ", ".join(parts)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


def _aligned(table: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in table) for column in range(len(_COLUMNS) - 1)]
    for row in table:
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        yield "  " + "  ".join([*cells, row[-1]]).rstrip()


def _definition(cls: type[Node]) -> Json:
    hints = get_type_hints(cls)
    made: Json = {"type": "object", "description": _sentence(cls), "properties": {}, "additionalProperties": True}
    for field in attrs.fields(cls):
        meta = meta_of(field)
        if not meta.rest:
            made["properties"][wire_name(field)] = _property(hints[field.name], meta)
    required = [wire_name(field) for field in attrs.fields(cls) if meta_of(field).required]
    return {**made, "required": required} if required else made


def _property(annotation: Any, meta: Meta) -> Json:
    shape = _shape(annotation)
    if meta.many == "values":
        shape = {"type": ["object", "null"], "properties": {"values": shape}, "additionalProperties": True}
    about: Json = {"description": meta.doc, "x-leaves": meta.leaves}
    about |= {"x-kind": meta.kind.value} if meta.kind is not None else {}
    about |= {"x-limit": meta.limit} if meta.limit is not None else {}
    about |= {"x-members": meta.most} if meta.most is not None else {}
    return {**shape, **about}


_TYPES: dict[Any, str] = {
    str: "string", float: "number", bool: "boolean", int: "integer", type(None): "null", dict: "object",
}  # fmt: skip


def _shape(annotation: Any) -> Json:
    """The JSON Schema of an annotation; everything may be null, as `structure` takes it."""
    members = get_args(annotation) if get_origin(annotation) not in (dict, list) else (annotation,)
    members = members or (annotation,)
    if Any in members:
        return {}
    nodes = [one for one in members if isinstance(one, type) and issubclass(one, Node)]
    if nodes:
        return {"anyOf": [{"type": "null"}, {"$ref": f"#/definitions/{nodes[0].__name__}"}]}
    lists = [one for one in members if get_origin(one) is list]
    if lists:
        return {"type": ["array", "null"], "items": _shape(get_args(lists[0])[0])}
    types = sorted({_TYPES[get_origin(one) or one] for one in members} | {"null"})
    return {"type": types}


if __name__ == "__main__":
    sys.stdout.write(markdown())
