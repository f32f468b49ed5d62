"""What it costs to make objects of an event and an event of objects, beside the libraries people know for that.

Each library gets the same classes, made from ours by their annotations. They do not do the same work: msgspec and
plain cattrs forget unknown keys; plain cattrs makes a string of a mapping and a number of a string; pydantic and
msgspec keep explicit nulls and absent fields apart only with more work; none reads today's and older forms of a list.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import cattrs
import msgspec
import pydantic

from benchmarks.events import events
from benchmarks.table import interleaved, show
from scrubbing.schema import structure, unstructure
from scrubbing.schema.fields import Node, meta_of, wire_name
from scrubbing.schema.generate import classes

Json = dict[str, Any]


def main(rounds: int) -> None:
    """Print the tables."""
    libraries = {
        "ours: strict, lossless, all problems": (structure, unstructure),
        "cattrs, defaults": _cattrs(),
        "pydantic": _pydantic(),
        "msgspec": _msgspec(),
    }
    for name, event in events().items():
        made = {library: read(event) for library, (read, _) in libraries.items()}
        reads = {library: _timed(read, event) for library, (read, _) in libraries.items()}
        writes = {library: _timed(write, made[library]) for library, (_, write) in libraries.items()}
        base = next(iter(libraries))
        show(f"structure, {name} event", interleaved(reads, rounds * 8), base, "ms")
        show(f"unstructure, {name} event", interleaved(writes, rounds * 8), base, "ms")
    print(
        "Where we stand: checks in generated Python, in one pass that keeps what nobody declared. msgspec is C and\n"
        "pydantic Rust; both are ahead where they only read, and lose unknown keys, nulls or older forms on the way.\n"
        "The hooks that run in an app use neither: they walk the dict."
    )


def _timed(work: Callable[[Any], Any], value: Any) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        work(value)
        return (time.perf_counter() - began) * 1000

    return run


def _fields(cls: type[Node], others: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Attribute, spelling and type of each field, with other classes in the place of ours."""
    hints = get_type_hints(cls)
    found = []
    for field in attrs.fields(cls):
        if not meta_of(field).rest:
            kind = _exchanged(hints[field.name], others)
            if meta_of(field).many == "values":
                kind = dict[str, kind] | None
            found.append((field.name, wire_name(field), kind))
    return found


def _exchanged(annotation: Any, others: dict[str, Any]) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Node):
        return others[annotation.__name__]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return list[_exchanged(arguments[0], others)]
    if origin is None or origin is dict:
        return annotation
    made = _exchanged(arguments[0], others)
    for argument in arguments[1:]:
        made = made | _exchanged(argument, others)
    return made


def _msgspec() -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    others: dict[str, Any] = {}
    for cls in classes():
        fields = _fields(cls, others)
        others[cls.__name__] = msgspec.defstruct(
            cls.__name__,
            [(name, kind | None, None) for name, _, kind in fields],
            rename={name: wire for name, wire, _ in fields},
            omit_defaults=True,
            kw_only=True,
        )
    event = others["Event"]
    return (lambda value: msgspec.convert(value, event)), msgspec.to_builtins


def _pydantic() -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    others: dict[str, Any] = {}
    config = pydantic.ConfigDict(extra="allow", strict=True, populate_by_name=True, protected_namespaces=())
    for cls in classes():
        fields = {
            name: (kind | None, pydantic.Field(default=None, alias=wire if wire != name else None))
            for name, wire, kind in _fields(cls, others)
        }
        others[cls.__name__] = pydantic.create_model(cls.__name__, __config__=config, **fields)
    event = others["Event"]
    return event.model_validate, lambda value: value.model_dump(by_alias=True, exclude_unset=True)


def _cattrs() -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    """As somebody would begin: an attrs class, a converter, and unions of plain values let through."""
    others: dict[str, Any] = {}
    for cls in classes():
        others[cls.__name__] = attrs.make_class(
            cls.__name__,
            {name: attrs.field(default=None, type=kind) for name, _, kind in _fields(cls, others)},
            kw_only=True,
        )
    converter = cattrs.Converter(omit_if_default=True)
    for union in (str | float | None, str | int | None):
        converter.register_structure_hook(union, lambda value, _: value)
    return (lambda value: converter.structure(value, others["Event"])), converter.unstructure
