"""What goes to a process that scrubs, and what comes back; both plain values that can be pickled."""

from __future__ import annotations

from typing import Any

import attrs

from scrubbing.policy import Policy

#: Bytes that are read at once; a piece has about as many.
BLOCK = 256 * 1024
#: Bytes of one line; servers take events of 1 MiB. A longer line is kept out and never held as a whole.
MAX_LINE = 4 * 1024 * 1024
#: Bytes of what can only be scrubbed as a whole: a document of many lines that is one event, an envelope.
MAX_WHOLE = 16 * 1024 * 1024
#: Bytes within which a PEM block has to end to be taken for one.
WINDOW = 64 * 1024


@attrs.frozen
class Piece:
    """A part of an input.

    Args:
        format: what it is: ``event``, ``ndjson``, ``text`` or ``envelope``.
        line: the number of its first line.
        data: whole lines; ``None`` for one line that was too long to be kept.
        position: how many bytes of the file were read when it was complete.
    """

    format: str
    line: int
    data: bytes | None
    position: int = 0


@attrs.frozen
class Done:
    """What became of a piece.

    Args:
        data: what takes its place.
        made: how many events, items or lines are in it.
        changed: in how many of the lines something was found, where they are lines of text.
        bad: number and reason of each line that was kept out; the reason never has anything of the line.
        dropped: types of an envelope's items that do not leave under the preset.
    """

    data: bytes = b""
    made: int = 0
    changed: int = 0
    bad: tuple[tuple[int, str], ...] = ()
    dropped: tuple[str, ...] = ()


@attrs.frozen
class Recipe:
    """A policy in a form that can be sent to another process, which compiles it again."""

    fields: dict[str, Any] = attrs.field(repr=False)

    @classmethod
    def of(cls, policy: Policy) -> Recipe:
        """Take a policy apart; its packages are known by name alone."""
        same = {
            name: getattr(policy, name)
            for name in ("preset", "machine", "rules", "commands", "app", "remarks", "cache")
        }
        return cls({**same, "packages": policy.packages.own, "messages": dict(policy.messages)})

    def policy(self) -> Policy:
        """Put it together again."""
        return Policy(**self.fields)
