"""Real events to measure with: what sentry-sdk makes of real crashes, variables and all."""

from __future__ import annotations

import json
import logging
from typing import Any

import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

DSN = "http://key@127.0.0.1:9/7"
#: Frames of each crash.
DEPTHS = {"small": 5, "medium": 40, "large": 155}


class Kept(Transport):
    """Keeps the events it is given, as a server would read them."""

    def __init__(self) -> None:
        super().__init__({"dsn": DSN})
        self.events: list[dict[str, Any]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        """Keep."""
        self.events += [json.loads(item.get_bytes()) for item in envelope.items if item.type == "event"]


def events() -> dict[str, dict[str, Any]]:
    """Crash, and return the events by size: small, medium and large."""
    kept = Kept()
    sentry_sdk.init(dsn=DSN, release="frob@1.4.2", transport=kept, add_full_stack=False)
    for number in range(30):
        logging.getLogger("frob.orders").info("order %d was read from /home/alice/orders/%d.json", number, number)
    made = {}
    for name, depth in DEPTHS.items():
        try:
            _charge(depth, {"card": "4111 1111 1111 1111", "of": ["alice", {"mail": "alice@example.org"}]})
        except ValueError as error:
            sentry_sdk.capture_exception(error)
        made[name] = kept.events[-1]
    return made


def _charge(depth: int, order: dict[str, Any]) -> None:
    label, total, lines = f"order {depth}", depth * 12.5, [{"number": n, "paid": n % 2 == 0} for n in range(3)]
    if depth > 1:
        return _charge(depth - 1, {**order, "label": label})
    raise ValueError(f"{label} of {total} EUR failed: {order} {lines}")
