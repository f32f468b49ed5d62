"""How a class of the schema declares its fields.

Every attribute says what it holds (`Kind`), the most closed preset under which it leaves (or ``NEVER``), its limit
where servers have one, and what it is. The walker, the fence and the documentation read this metadata; none of them has a
list of fields of its own. There is no default: a field without kind and preset does not compile.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import attrs

from scrubbing.schema.kinds import PRESETS, Kind

Leaves = Literal["strict", "standard", "verbose", "never"]

#: The preset of fields that do not leave under any preset.
NEVER: Leaves = "never"

#: RFC 3339 in UTC, as the SDK and the servers write it, or seconds since the epoch.
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)|\d{9,11}(\.\d{1,9})?"
#: ``app@version`` or a bare version; servers drop longer ones (FACTS: 200).
RELEASE = r"(?=.{1,200}\Z)([A-Za-z][A-Za-z0-9._-]*@)?[0-9A-Za-z][0-9A-Za-z.+!_-]*"
#: What servers take for an environment or a distribution (64 characters, no slash, not "none").
ENVIRONMENT = r"(?!none\Z)[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
#: A name an app gives to one of its commands, or the mark of one that is not declared.
COMMAND = r"[A-Za-z][A-Za-z0-9 _.:-]{0,63}|<\?>"
#: A version number of something, digits first.
VERSION = r"\d[0-9A-Za-z.+_-]{0,63}"
#: A short lower-case word, as protocols use for types and states.
WORD = r"[a-zA-Z][a-zA-Z0-9_.-]{0,63}"
LEVELS = ("fatal", "critical", "error", "warning", "info", "debug")
STATUSES = ("ok", "exited", "errored", "crashed", "abnormal")


@attrs.frozen
class Meta:
    """What a field declares about itself."""

    kind: Kind | None  # None: an object or a list of objects of the schema
    leaves: Leaves
    doc: str
    limit: int | None = None  # characters of a string, entries of a list or mapping
    pattern: str | None = None  # what a FACT or an ID must match as a whole
    of: Any = None  # the class of the object, or of the members
    many: Literal["", "list", "values", "map"] = ""  # a list; {"values": [...]}; a mapping of names to `of` or `kind`
    rest: bool = False  # this mapping takes the keys the class does not name


def leaf(  # a field's declaration is a row: its columns are the arguments
    kind: Kind,
    leaves: Leaves,
    doc: str,
    *,
    limit: int | None = None,
    pattern: str | None = None,
    values: tuple[str, ...] | None = None,
    many: Literal["", "list", "map"] = "",
) -> Any:
    """Declare a plain value, or with `many` a list or a mapping of them.

    Args:
        kind: what it holds.
        leaves: the most closed preset under which it leaves, or ``"never"``.
        doc: one line for the documentation.
        limit: characters of a string (entries, with `many`) that every server takes.
        pattern: a regular expression the whole value of an ID or FACT matches.
        values: the values a FACT can have, instead of a pattern.
        many: ``"list"`` or ``"map"``.

    Raises:
        TypeError: a FACT that leaves has neither pattern nor values, or the preset is unknown.
    """
    if values is not None:
        pattern = "|".join(re.escape(value) for value in values)
    if kind is Kind.FACT and pattern is None and leaves != NEVER:
        raise TypeError(f"a fact that leaves says what it can be: {doc}")
    if leaves not in (*PRESETS, NEVER):
        raise TypeError(f"expected one of {PRESETS} or {NEVER!r}, got {leaves!r}")
    meta = Meta(kind=kind, leaves=leaves, doc=doc, limit=limit, pattern=pattern, many=many)
    return attrs.field(default=None, metadata={Meta: meta})


def part(
    of: type | str,
    leaves: Leaves,
    doc: str,
    *,
    many: Literal["", "list", "values", "map"] = "",
    limit: int | None = None,
) -> Any:
    """Declare an object of the schema, or with `many` a list (``"values"``: wrapped as servers want it)."""
    return attrs.field(default=None, metadata={Meta: Meta(None, leaves, doc, limit=limit, of=of, many=many)})


def rest(kind: Kind, leaves: Leaves, doc: str, *, limit: int | None = None) -> Any:
    """Declare what happens with the keys the class does not name: they are kept in this mapping, each of `kind`."""
    meta = Meta(kind, leaves, doc, limit=limit, many="map", rest=True)
    return attrs.field(factory=dict, metadata={Meta: meta})


def meta_of(attribute: attrs.Attribute[Any]) -> Meta:
    """Return what an attribute declared.

    Raises:
        TypeError: the attribute was not made by `leaf`, `part` or `rest`.
    """
    meta = attribute.metadata.get(Meta)
    if not isinstance(meta, Meta):
        raise TypeError(f"{attribute.name} declares neither kind nor preset")
    return meta
