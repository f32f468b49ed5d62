"""What arrived, kept in memory: the last envelopes, bounded in number and bytes."""

from __future__ import annotations

import collections
import threading
from typing import Any

import attrs

from scrubbing.errors import SchemaError
from scrubbing.wire import Envelope, parse

#: Envelopes and bytes that are kept; older ones go first.
MAX_ENVELOPES, MAX_BYTES = 500, 16 * 1024 * 1024


@attrs.frozen
class Received:
    """One envelope as it arrived.

    Args:
        project: the project's id, from the path.
        data: the envelope's bytes, unzipped.
        envelope: the same, read.
    """

    project: str
    data: bytes = attrs.field(repr=False)
    envelope: Envelope = attrs.field(repr=False)

    @property
    def types(self) -> tuple[str, ...]:
        """The types of its items."""
        return tuple(item.type for item in self.envelope.items)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The payloads of its events; one that is no object of JSON is left out."""
        payloads = [_json(item.payload) for item in self.envelope.items if item.type == "event"]
        return [payload for payload in payloads if isinstance(payload, dict)]


class Store:
    """The last envelopes, for any number of threads."""

    def __init__(self) -> None:
        self._kept: collections.deque[Received] = collections.deque()
        self._bytes = 0
        self._arrived = 0
        self._news = threading.Condition()

    def put(self, received: Received) -> None:
        """Keep an envelope; the oldest go where there are too many."""
        with self._news:
            self._kept.append(received)
            self._arrived += 1
            self._bytes += len(received.data)
            while len(self._kept) > MAX_ENVELOPES or self._bytes > MAX_BYTES:
                self._bytes -= len(self._kept.popleft().data)
            self._news.notify_all()

    def all(self) -> tuple[Received, ...]:
        """What is kept, oldest first."""
        with self._news:
            return tuple(self._kept)

    def wait_for(self, number: int, timeout: float) -> bool:
        """Wait until so many envelopes have arrived in all; whether they have."""
        with self._news:
            return self._news.wait_for(lambda: self._arrived >= number, timeout)


def _json(payload: bytes) -> Any:
    try:
        return parse(payload, "event")
    except SchemaError:
        return None
