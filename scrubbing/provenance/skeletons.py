"""Message skeletons: what may be said under ``strict`` of an exception's message, made of code constants alone."""

from __future__ import annotations

from types import FrameType

from scrubbing.provenance.packages import Packages
from scrubbing.schema.strings import UNKNOWN


def skeleton(exc: BaseException, packages: Packages) -> str:  # noqa: ARG001  # nothing is resolved yet
    """Return the message of a live exception with every run-time value in it replaced by a placeholder.

    Args:
        exc: the live exception.
        packages: the code that may contribute.

    Returns:
        The skeleton; ``<?>`` where nothing of the message is proven to be code.
    """
    return UNKNOWN


def message(text: str, frame: FrameType | None, packages: Packages) -> str:  # noqa: ARG001  # as above
    """Return the skeleton of a message without an exception, as a live stack sends it.

    Args:
        text: the message as it was sent.
        frame: the innermost frame of the live stack; its callers follow.
        packages: the code that may contribute.
    """
    return UNKNOWN
