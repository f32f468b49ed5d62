"""What is told about a session; apart from the book-keeping, so that nothing new to tell costs no import."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class SessionUpdate:
    """One update of a session, in the words of Sentry's protocol.

    Args:
        sid: the session's random id, a UUID4 with dashes.
        init: whether this is the first update of this session.
        started: when the session was first told, in seconds since 1970.
        status: ``ok``, ``abnormal`` or ``crashed``.
        errors: errors so far; an errored session is ``ok`` with one or more.
        seq: the number of this update within its session, from 0.
        subcommand: the subcommand as it was recorded.
    """

    sid: str
    init: bool
    started: int
    status: str
    errors: int
    seq: int
    subcommand: str
