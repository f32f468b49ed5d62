"""The one web page: the events that arrived, newest first. Everything in it came from elsewhere and is escaped."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from scrubbing.receiver.store import Received

#: No script, no image, no form, no frame, whatever a text manages to become.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Arrived</title>
<style>body{{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}}
pre{{overflow:auto;background:#f4f4f4;padding:1rem}}summary{{cursor:pointer}}</style></head>
<body><h1>{count} of {envelopes} envelopes have events</h1>
{events}
</body></html>
"""
_EVENT = "<details><summary>{title} <small>{facts}</small></summary><pre>{event}</pre></details>"


def page(received: Iterable[Received]) -> str:
    """Write the page.

    Args:
        received: envelopes, oldest first.
    """
    kept = list(received)
    with_events = [one for one in reversed(kept) if one.events]
    shown = "\n".join(_shown(event) for one in with_events for event in one.events)
    return _PAGE.format(count=len(with_events), envelopes=len(kept), events=shown or "<p>Nothing has arrived.</p>")


def title(event: dict[str, Any]) -> str:
    """What an event is called: ``ValueError: <?>``, or its message."""
    exception = _at(event, "exception", "values", -1)
    if isinstance(exception, dict):
        return f"{exception.get('type')}: {exception.get('value')}"
    return str(_at(event, "logentry", "formatted") or event.get("message") or "event")


def _shown(event: dict[str, Any]) -> str:
    facts = [event.get("timestamp"), event.get("release"), _at(event, "tags", "subcommand")]
    return _EVENT.format(
        title=html.escape(title(event)),
        facts=html.escape(" · ".join(str(fact) for fact in facts if fact)),
        event=html.escape(json.dumps(event, indent=2, ensure_ascii=False)),
    )


def _at(value: Any, *path: Any) -> Any:
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return None
    return value
