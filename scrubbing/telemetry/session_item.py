"""A session's update as an envelope: made from the schema's fields, not by the SDK, which would say who the user is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrubbing import wire
from scrubbing.fence import admit
from scrubbing.sentry import Parcel

if TYPE_CHECKING:
    from scrubbing.sentry import Middleware
    from scrubbing.usage.update import SessionUpdate


def parcel_of(update: SessionUpdate, middleware: Middleware, release: str, environment: str) -> Parcel:
    """Build and admit the envelope of one update.

    Args:
        update: what is to be told.
        middleware: whose fence judges.
        release: ``app@version``.
        environment: the environment.

    Raises:
        Refused: by the quota or the fence.
    """
    reservation = middleware.gate.reserve("usage", crash=False, fingerprint=None)
    payload = {
        "sid": update.sid,
        "init": update.init,
        "seq": update.seq,
        "started": wire.at(update.started),
        "timestamp": wire.now(),
        "status": update.status,
        "errors": update.errors,
        "attrs": {"release": release, "environment": environment},
    }
    try:
        middleware.seen.remember_id(update.sid)
        data = admit(wire.build({}, [({"type": "session"}, wire.dumps(payload))]), middleware.policy(), middleware.seen)
    except BaseException:
        if reservation is not None:
            reservation.give_back()
        raise
    if reservation is not None:
        reservation.settle(len(data))
    return Parcel(data, "usage", "session", None)
