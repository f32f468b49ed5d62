"""Real events to measure with: what stock Sentry makes of real crashes, variables and all, as a server reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import sentry_sdk
from sentry_sdk.transport import Transport

#: Frames of the events: of a click command, of a failed request, of a recursion that went wrong.
SIZES = {"small": 5, "medium": 20, "large": 155}
DSN = "http://key@127.0.0.1:9/7"


def events() -> dict[str, dict[str, Any]]:
    """Crash, and return the events by size."""
    return {name: event_of(partial(recursive, depth)) for name, depth in SIZES.items()}


class _Kept(Transport):
    """Keeps events as they would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []

    def capture_envelope(self, envelope: Any) -> None:
        """Keep."""
        self.events += [json.loads(item.get_bytes()) for item in envelope.items if item.type == "event"]


def recursive(depth: int) -> None:
    """Crash that many calls deep."""
    _sync("/home/erika/notes.txt", depth)


def event_of(crash: Callable[[], object]) -> Any:
    """Crash and return the event stock Sentry makes of it."""
    kept = _Kept()
    client = sentry_sdk.Client(dsn=DSN, release="frob@1.4.2", environment="production", transport=kept)
    try:
        crash()
    except Exception as error:  # noqa: BLE001 - whatever the crash is
        event, hint = sentry_sdk.utils.event_from_exception(error, client_options=client.options)
        client.capture_event(event, hint, scope=sentry_sdk.Scope())
    client.close()
    (event,) = kept.events
    return event


def _sync(path: str, left: int) -> int:
    """Call itself, with the local variables programs have."""
    headers = {"Accept": "*/*", "User-Agent": "frob/1.4.2", "Authorization": "Basic ZXJpa2E6aHVudGVyMg=="}
    options = ["--verbose", "--retries", 3, None]
    found = left % 2 == 0
    rest = left - 2
    if rest > 0:
        return _sync(f"{path}.{left}", left - 1)
    raise ValueError(f"no {path} in {len(headers) + len(options)}: {found}")
