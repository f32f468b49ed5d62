"""The time as the protocol writes it: RFC 3339, UTC, whole seconds."""

from __future__ import annotations

import time

#: When this process first saw the library: what is newer on disk is not what the program was started with.
BEGAN = time.time()


def at(seconds: float) -> str:
    """Write a time.

    Args:
        seconds: since 1970.
    """
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def now() -> str:
    """Write the time of this moment."""
    return at(time.time())
