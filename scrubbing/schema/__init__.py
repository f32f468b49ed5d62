"""Sentry's event and envelope items as attrs classes: what may leave, field by field, and nothing else.

The classes in `model` are the library's one list of fields. Rules, policy, fence and documentation read their metadata:
see `fields` for how a field is declared, `walker` for what is made from it to copy and to judge, `structured` for
events as objects, `document` for the page "what leaves". All classes are names of this room too, and are imported when
they are asked for: a capture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubbing.schema.items import ITEMS, NEVER_SENT, ItemType
from scrubbing.schema.kinds import PRESETS, Kind

if TYPE_CHECKING:
    from scrubbing.schema.model import *  # noqa: F403
    from scrubbing.schema.model import Event as Event
    from scrubbing.schema.structured import structure as structure
    from scrubbing.schema.structured import unstructure as unstructure

__all__ = ["ITEMS", "NEVER_SENT", "PRESETS", "Event", "ItemType", "Kind", "structure", "unstructure"]


def __getattr__(name: str) -> Any:
    if name in ("structure", "unstructure"):
        from scrubbing.schema import structured

        return getattr(structured, name)
    if name[:1].isupper():
        from scrubbing.schema import model

        if name in model.__all__:
            return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
