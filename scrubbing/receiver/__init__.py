"""A small Sentry-compatible endpoint on this machine: takes envelopes, keeps the last ones in memory, shows them.

For the demo, for tests, for a look at what arrives. It listens on loopback alone, keeps nothing on disk, and uses the
standard library's HTTP server. What arrives is anybody's text: it is shown escaped, and bounded before it is kept.
"""

from __future__ import annotations

from scrubbing.receiver.server import Receiver
from scrubbing.receiver.store import Received

__all__ = ["Received", "Receiver"]
