"""Writes what is made from the classes: `scrubbing.schema.walker.table`, and from it the walker's source.

The table is the classes' metadata as constants, which cost nothing to import. ``python -m scrubbing.schema.generate``
after the classes changed; until then a test fails.
"""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.schema.fields import NEVER, Meta, Node, meta_of, wire_name
from scrubbing.schema.kinds import PRESETS
from scrubbing.schema.model import contexts, debug, envelope, event, payloads, request, stacktrace

_HEAD = '''"""The schema's fields as constants, made from its classes by `scrubbing.schema.generate`; not to be edited.

Class, then for each field: name, kind, leaves, limit, most, pattern, values, of, many, rest, flag, depth, size (see
`fields.Meta`).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    Most = int | None
    Words = tuple[str, ...] | None
    Row = tuple[str, str, str, Most, Most, str | None, Words, str, str, bool, bool, Most, Most]

# fmt: off
# ruff: noqa: E501, Q000  # rows as they were printed
'''


def classes() -> list[type]:
    """All classes of the schema, in the order they are declared."""
    found: list[type] = []
    for module in (stacktrace, contexts, request, debug, event, payloads, envelope):
        found += [value for value in vars(module).values() if _declared_in(value, module)]
    return found


def _declared_in(value: Any, module: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Node) and value.__module__ == module.__name__


def text() -> str:
    """The table's source."""
    lines = [
        _HEAD,
        "ROWS: dict[str, tuple[Row, ...]] = {\n",
    ]
    for cls in classes():
        lines.append(f"    {cls.__name__!r}: (\n")
        rows = [_row(wire_name(field), meta_of(field)) for field in attrs.fields(cls) if not _is_mere_rest(field)]
        lines += [f"        {row!r},\n" for row in rows]
        lines.append("    ),\n")
    return "".join([*lines, "}\n"])


def _is_mere_rest(field: attrs.Attribute[Any]) -> bool:
    """Whether it keeps what nobody declared: every class has one, and nothing of it leaves."""
    meta = meta_of(field)
    return meta.rest and meta.leaves == NEVER


def _row(name: str, meta: Meta) -> tuple[Any, ...]:
    kind = meta.kind.name if meta.kind is not None else ""
    return (
        name,
        kind,
        meta.leaves,
        meta.limit,
        meta.most,
        meta.pattern,
        meta.values,
        meta.of,
        meta.many,
        meta.rest,
        meta.flag,
        meta.depth,
        meta.size,
    )


def modules() -> dict[str, str]:
    """What is made from the classes: the paths of modules below this room, and their sources."""
    from scrubbing.schema.walker import source  # reads the table, which may be older than the classes

    made = {f"walker/compiled/{preset}.py": source.text(preset) for preset in PRESETS}
    return {"walker/table.py": text(), **made}


def main() -> None:
    """Write the table, and then what is made from it."""
    here = __file__.rpartition("generate.py")[0]
    with open(f"{here}walker/table.py", "w", encoding="utf-8") as file:
        file.write(text())
    for path, made in modules().items():
        with open(f"{here}{path}", "w", encoding="utf-8") as file:
            file.write(made)


if __name__ == "__main__":
    main()
