"""What an input is, told from its name and its first lines.

Where it could be either, it is taken for events: an event that is taken for text would leave more than its preset says,
a text that is taken for events is kept out, line by line, and that is said.
"""

from __future__ import annotations

import json
import re
from typing import Any

#: Formats that can only be looked at as a whole.
WHOLE = frozenset({"event", "envelope"})

#: Bytes that are looked at.
_HEAD = 64 * 1024
_BY_NAME = {".ndjson": "ndjson", ".jsonl": "ndjson", ".envelope": "envelope"}
_ENVELOPE = frozenset({"event_id", "dsn", "sdk", "sent_at", "trace"})
_ITEM = frozenset({"type", "length", "content_type", "filename", "attachment_type", "item_count", "platform", "meta"})
#: How a list of events begins; and how any document does that has many lines.
_LIST = re.compile(rb"\s*\[\s*\{")
_OPEN = re.compile(rb"\s*(?:\[\s*)?\{\s*(?:\"|\}|$)")


def is_enough(head: bytes) -> bool:
    """Say whether the format can be told from these bytes: events by two lines, anything else by all that is looked at.

    So it does not depend on how a pipe cuts what goes through it.
    """
    lines = head.lstrip().split(b"\n", 2)
    return len(head) >= _HEAD or (len(lines) > 2 and isinstance(_json(lines[0]), dict))  # noqa: PLR2004  # two are whole


def of(head: bytes, path: str) -> str:
    """Say what an input is.

    Args:
        head: how it begins.
        path: its path, or nothing.
    """
    name = path.lower().removesuffix(".gz")
    for ending, format_ in _BY_NAME.items():
        if name.endswith(ending):
            return format_
    lines = head[:_HEAD].lstrip().split(b"\n")
    first = _json(lines[0])
    if isinstance(first, dict):
        return "envelope" if _is_envelope(first, lines) else "ndjson"
    if _LIST.match(head):
        return "event"  # a list of them, looked at as a whole
    if len(lines) == 1 and _OPEN.match(lines[0]):
        return "ndjson"  # one long line
    if any(line.startswith(b"{") and _json(line) for line in lines[1:]):
        return "ndjson"
    return "event" if _OPEN.match(head) or name.endswith(".json") else "text"


def _is_envelope(first: dict[str, Any], lines: list[bytes]) -> bool:
    item = _json(lines[1]) if len(lines) > 1 else None
    if not isinstance(item, dict) or not isinstance(item.get("type"), str):
        return False
    return first.keys() <= _ENVELOPE and item.keys() <= _ITEM


def _json(line: bytes) -> Any:
    try:
        return json.loads(line) if line.lstrip().startswith(b"{") else None
    except (ValueError, RecursionError):
        return None
