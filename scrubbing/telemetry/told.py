"""Telling of the day's sessions: one a day and command, made from the schema's fields.

Not by the SDK, which would put the user's id, e-mail or name into them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading

    from scrubbing.consent import Consent
    from scrubbing.identity.ids import Ids
    from scrubbing.policy import Policy
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
        ids: gives the id a session leaves with.
    """

    def __init__(self, config: Config, consent: Consent, delivery: Delivery, ids: Ids) -> None:
        from _thread import RLock

        self._config, self._consent, self._delivery, self._ids = config, consent, delivery, ids
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

        How many there may be `Sessions` says, and not the quota of events: whatever used that up, a day's status
        stays right.

        Raises:
            Refused: no consent, or the fence or the outbox says so.
        """
        with self._turn:  # the first word about a session is put before the second
            if not self.is_news(command, status):
                return
            self._ids.prepare()  # before there is a session: with a new secret the day's sessions begin anew
            update = self._sessions().record(command, status)
            if not self._consent.collects("usage"):  # whoever said no meanwhile has erased without seeing it
                self._sessions().forget()
                return
            if update is None:
                return
            # The id is that of the session's beginning: one session under two ids would tell that both are one user's.
            user = self._ids.id("usage", at=update.started, make=False)
            environment = str(self._config.options.get("environment") or "production")
            self._delivery.deliver(
                session_parcel(update, self._delivery.policy(), self._config.release, environment, user)
            )

    def _sessions(self) -> Sessions:
        from scrubbing.usage.sessions import Sessions

        delivery = self._delivery
        return delivery.once("sessions", lambda: Sessions(delivery.places.sessions, drop=delivery.count))


def session_parcel(
    update: SessionUpdate, policy: Policy, release: str, environment: str, user: str | None, *, preview: bool = False
) -> Parcel:
    """Build the envelope of one update, and let the fence judge it.

    Args:
        update: what is told.
        policy: by which it is judged.
        release: the app's.
        environment: the app's.
        user: the id of our own that its user leaves with, if any.
        preview: whether it is only to be read: it then says ``null`` where the id would stand.
    """
    from scrubbing import wire
    from scrubbing.clock import at, now
    from scrubbing.fence import Seen, admit, seal

    payload = {
        "sid": update.sid,
        **({"did": user} if user is not None or preview else {}),
        "init": update.init,
        "seq": update.seq,
        "started": at(update.started),
        "timestamp": now(),
        "status": update.status,
        "errors": update.errors,
        "attrs": {"release": release, "environment": environment},
    }
    seen = Seen()
    for own in filter(None, (update.sid, user)):
        seen.remember_id(own)
    data = admit(wire.build({}, [({"type": "session"}, wire.dumps(payload))]), policy, seen)
    return wire.Parcel(data, "usage", "session", seal=seal(data, None) if user is not None else "")
