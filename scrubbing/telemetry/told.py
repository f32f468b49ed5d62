"""Telling of the day's sessions: one a day and command, made from the schema's fields.

Not by the SDK, which would put the user's id, e-mail or name into them.
"""

from __future__ import annotations

from scrubbing.errors import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading

    from scrubbing.consent import Consent
    from scrubbing.policy import Policy
    from scrubbing.quota import Reservation
    from scrubbing.telemetry.config import Config
    from scrubbing.telemetry.delivery import Delivery
    from scrubbing.usage.sessions import Sessions, Status
    from scrubbing.usage.update import SessionUpdate
    from scrubbing.wire import Parcel


class Told:
    """What has been told of today's sessions, and telling more.

    Args:
        config: what the author said.
        consent: asked each time.
        delivery: takes what is told.
    """

    def __init__(self, config: Config, consent: Consent, delivery: Delivery) -> None:
        from _thread import RLock

        self._config, self._consent, self._delivery = config, consent, delivery
        self._turn: threading.RLock = RLock()

    def forked(self) -> None:
        """Go on in a child process, where whoever had the turn is not."""
        from _thread import RLock

        self._turn = RLock()

    def is_news(self, command: str, status: Status) -> bool:
        """Say whether there is something new to tell: quick, and nothing is imported."""
        return self._consent.collects("usage") and self._sessions().is_news(command, status)

    def tell(self, command: str, status: Status) -> None:
        """Tell of a session, if there is something new to tell.

        Raises:
            Refused: no consent, or over quota.
        """
        with self._turn:  # the first word about a session is put before the second
            if not self.is_news(command, status):
                return
            reservation = self._delivery.reserve("usage", crash=False, fingerprint=None)
            try:
                self._tell(command, status, reservation)
            except BaseException:
                reservation.give_back()
                raise

    def _tell(self, command: str, status: Status, reservation: Reservation) -> None:
        update = self._sessions().record(command, status)
        if update is None:
            reservation.give_back()
            return
        environment = str(self._config.options.get("environment") or "production")
        parcel = _parcel(update, self._delivery.policy(), self._config.release, environment)
        over = reservation.settle(len(parcel.data))
        if over is not None:
            raise Refused(over.reason)
        self._delivery.deliver(parcel)

    def _sessions(self) -> Sessions:
        from scrubbing.usage.sessions import Sessions

        delivery = self._delivery
        return delivery.once("sessions", lambda: Sessions(delivery.places.sessions, drop=delivery.count))


def _parcel(update: SessionUpdate, policy: Policy, release: str, environment: str) -> Parcel:
    """Build the envelope of one update, and let the fence judge it."""
    from scrubbing import wire
    from scrubbing.clock import at, now
    from scrubbing.fence import Seen, admit

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
