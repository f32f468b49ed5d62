"""Sentry's event and envelope items as attrs classes: what may leave, field by field, and nothing else.

The classes are the library's one list of fields. Rules, policy, fence and documentation read their metadata: see
`scrubbing.schema.fields` for how a field is declared, `scrubbing.schema.table` for the same in a form that costs
nothing to import, and `scrubbing.schema.walker` for what is compiled from it. The classes themselves are imported when
they are asked for: a capture needs the table alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubbing.schema.items import ITEMS, NEVER_SENT, ItemType
from scrubbing.schema.kinds import PRESETS, Kind

if TYPE_CHECKING:
    from scrubbing.schema.event import Event as Event
    from scrubbing.schema.structured import structure as structure
    from scrubbing.schema.structured import unstructure as unstructure

__all__ = ["ITEMS", "NEVER_SENT", "PRESETS", "Event", "ItemType", "Kind", "structure", "unstructure"]


def __getattr__(name: str) -> Any:
    if name == "Event":
        from scrubbing.schema.event import Event

        return Event
    if name in ("structure", "unstructure"):
        from scrubbing.schema import structured

        return getattr(structured, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
