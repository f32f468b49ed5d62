"""A session's update as an envelope: made from the schema's fields, not by the SDK, which would say who the user is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubbing import wire
from scrubbing.clock import at, now
from scrubbing.fence import Seen, admit

if TYPE_CHECKING:
    from scrubbing.policy import Policy
    from scrubbing.usage.update import SessionUpdate


def parcel_of(update: SessionUpdate, policy: Policy, release: str, environment: str) -> wire.Parcel:
    """Build the envelope of one update, and let the fence judge it.

    Args:
        update: what is to be told.
        policy: the app's.
        release: ``app@version``.
        environment: the environment.

    Raises:
        Refused: by the fence.
    """
    payload = {
        "sid": update.sid,
        "init": update.init,
        "seq": update.seq,
        "started": at(update.started),
        "timestamp": now(),
        "status": update.status,
        "errors": update.errors,
        "attrs": {"release": release, "environment": environment},
    }
    seen = Seen()
    seen.remember_id(update.sid)
    data = admit(wire.build({}, [({"type": "session"}, wire.dumps(payload))]), policy, seen)
    return wire.Parcel(data, "usage", "session")
