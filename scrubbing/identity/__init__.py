"""Who this machine is, to hide it (``machine``), and the random ids that may leave, with their lives (``ids``).

The two have nothing to do with each other, and that is the point: no id is made of a machine's or a person's name.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from scrubbing.identity.machine import Machine as Machine

__all__ = ["Machine"]


def __getattr__(name: str) -> Any:
    # Imported when it is first used: ids are made at the end of commands that need nothing else of this room.
    if name != "Machine":
        raise AttributeError(f"module 'scrubbing.identity' has no attribute {name!r}")
    from scrubbing.identity.machine import Machine

    return Machine
