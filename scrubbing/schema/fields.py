"""How a class of the schema declares its fields, and the `Node` all of them are.

Every attribute says what it holds (`Kind`), the most closed preset under which it leaves (or ``NEVER``), its limit
where servers have one, and what it is. The walker, the fence and the documentation read this metadata; none of them has
a list of fields of its own. There is no default: a field without kind and preset does not compile.
"""

from __future__ import annotations

from typing import Any, Literal

import attrs

from scrubbing.schema.kinds import PRESETS, Kind

Leaves = Literal["strict", "standard", "verbose", "never"]
Many = Literal["", "list", "values"]

#: The preset of fields that do not leave under any preset.
NEVER: Leaves = "never"


@attrs.frozen
class Meta:
    """What a field declares about itself.

    Args:
        kind: what it holds; ``None`` for an object or a list of objects of the schema.
        leaves: the most closed preset under which it leaves, or ``"never"``.
        doc: one line for the documentation.
        limit: characters of a string; entries of a bag; the largest value of a whole number, from 0.
        most: members of a list.
        pattern: what an ID or a FACT matches as a whole.
        values: what a FACT can be, instead of a pattern.
        of: the name of the class of the object, or of the members.
        many: a list, or ``{"values": [...]}`` as servers want some lists.
        rest: this mapping takes the keys the class does not name.
        flag: a NUMBER that is ``true`` or ``false``.
        wire: the protocol's spelling, where that is no name in Python.
        required: servers drop the object without it.
        depth: containers that may stand in each other in a BAG, itself among them.
        size: bytes of JSON a BAG may have.
    """

    kind: Kind | None
    leaves: Leaves
    doc: str
    limit: int | None = None
    most: int | None = None
    pattern: str | None = None
    values: tuple[str, ...] | None = None
    of: str = ""
    many: Many = ""
    rest: bool = False
    flag: bool = False
    wire: str = ""
    required: bool = False
    depth: int | None = None
    size: int | None = None


def leaf(
    kind: Kind,
    leaves: Leaves,
    doc: str,
    *,
    limit: int | None = None,
    most: int | None = None,
    pattern: str | None = None,
    values: tuple[str, ...] | None = None,
    wire: str = "",
    required: bool = False,
    depth: int | None = None,
    size: int | None = None,
) -> Any:
    """Declare a plain value, or with `most` a list of them. Arguments as for `Meta`.

    Raises:
        TypeError: a FACT or an ID that leaves has neither pattern nor values, or the preset is unknown.
    """
    if kind in (Kind.FACT, Kind.ID) and pattern is None and values is None and leaves != NEVER:
        raise TypeError(f"a fact that leaves says what it can be: {doc}")
    many: Many = "list" if most is not None else ""
    return _field(
        Meta(
            kind, leaves, doc, limit=limit, most=most, pattern=pattern, values=values, many=many, wire=wire,
            required=required, depth=depth, size=size,
        )
    )  # fmt: skip


def flag(leaves: Leaves, doc: str) -> Any:
    """Declare a value that is true or false."""
    return _field(Meta(Kind.NUMBER, leaves, doc, flag=True))


def part(
    of: type,
    leaves: Leaves,
    doc: str,
    *,
    many: Many = "",
    most: int | None = None,
    wire: str = "",
    required: bool = False,
) -> Any:
    """Declare an object of the schema, or with `many` a list of `most` of them."""
    return _field(Meta(None, leaves, doc, most=most, of=of.__name__, many=many, wire=wire, required=required))


def rest(
    kind: Kind, leaves: Leaves, doc: str, *, limit: int | None = None, depth: int | None = None, size: int | None = None
) -> Any:
    """Declare what happens with the keys the class does not name: they are kept in this mapping, each of `kind`."""
    meta = Meta(kind, leaves, doc, limit=limit, rest=True, depth=depth, size=size)
    return attrs.field(factory=dict, metadata={Meta: meta})


def _field(meta: Meta) -> Any:
    if meta.leaves not in (*PRESETS, NEVER):
        raise TypeError(f"expected one of {PRESETS} or {NEVER!r}, got {meta.leaves!r}")
    return attrs.field(default=None, metadata={Meta: meta})


def meta_of(attribute: attrs.Attribute[Any]) -> Meta:
    """Return what an attribute declared.

    Raises:
        TypeError: the attribute was not made by `leaf`, `flag`, `part` or `rest`.
    """
    meta = attribute.metadata.get(Meta)
    if not isinstance(meta, Meta):
        raise TypeError(f"{attribute.name} declares neither kind nor preset")
    return meta


def wire_name(attribute: attrs.Attribute[Any]) -> str:
    """Return how the protocol spells an attribute: most are spelled alike."""
    return meta_of(attribute).wire or attribute.name


@attrs.define(kw_only=True)
class Node:
    """An object of the protocol.

    ``other`` keeps what the class has no field for, so that nothing is lost: keys nobody declared, and under the name
    of a declared field what that field cannot hold (an explicit ``null``, keys beside a list's ``values``).
    """

    other: dict[str, Any] = rest(Kind.BAG, NEVER, "keys nobody declared")
