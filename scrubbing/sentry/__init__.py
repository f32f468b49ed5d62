"""The only room that imports `sentry_sdk`: hooks, transport, clients.

`middleware` holds the hooks and what stands before the fence; `client` builds the SDK's options and starts clients.
Nothing in here raises into the app or prints; what goes wrong drops the item, and the drop is counted with its reason.
"""

from __future__ import annotations

from scrubbing.sentry.client import capture_exception, capture_message, is_global, sentry_options, start
from scrubbing.sentry.middleware import Facts, FencedTransport, Gate, Middleware, Reservation
from scrubbing.sentry.sampling import Sampling

__all__ = [
    "Facts",
    "FencedTransport",
    "Gate",
    "Middleware",
    "Reservation",
    "Sampling",
    "capture_exception",
    "capture_message",
    "is_global",
    "sentry_options",
    "start",
]
