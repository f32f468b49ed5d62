"""Of a long stack servers keep the variables and the lines around of some frames; the others go here, knowingly.

Sentry keeps them for 50 frames of a stack: those of the app before all others, and of each sort the outermost and the
innermost. A recursion's middle says the same a hundred times.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

#: Frames of one stack that keep everything.
WHOLE = 50
_AROUND = ("vars", "pre_context", "post_context")


def slim(event: Json) -> None:
    """Take what is around from frames in the middle of long stacks.

    Args:
        event: an event that may leave; it is changed.
    """
    for part in ("exception", "threads"):
        for value in (event.get(part) or {}).get("values") or ():
            frames = ((value or {}).get("stacktrace") or {}).get("frames") or ()
            if len(frames) > WHOLE:
                for frame in _middle([frame for frame in frames if isinstance(frame, dict)]):
                    for name in _AROUND:
                        frame.pop(name, None)


def _middle(frames: list[Json]) -> Iterator[Json]:
    """The frames that are too many: others' before the app's, and of each the middle (of an odd number one more)."""
    ours = [frame for frame in frames if frame.get("in_app")]
    others = [frame for frame in frames if not frame.get("in_app")]
    for some, kept in ((others, max(WHOLE - len(ours), 0)), (ours, min(WHOLE, len(ours)))):
        half = kept // 2
        yield from some[half : len(some) - half]
