"""Sentry's event and envelope items as attrs classes: what may leave, field by field, and nothing else.

The classes are the library's one list of fields. Rules, policy, fence and documentation read their metadata; see
`scrubbing.schema.fields` for how a field is declared and `scrubbing.schema.walker` for what is compiled from it.
"""

from __future__ import annotations

from scrubbing.schema.event import Event
from scrubbing.schema.items import ITEMS, NEVER_SENT, ItemType
from scrubbing.schema.kinds import PRESETS, Kind

__all__ = ["ITEMS", "NEVER_SENT", "PRESETS", "Event", "ItemType", "Kind"]
