"""What the first run of a command on a day would send, into nobody's hands: nothing is recorded, kept or sent."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from scrubbing import roots
from scrubbing.cli import named
from scrubbing.cli.example import COMMAND, declared, policy_of, release_of
from scrubbing.identity.ids import as_uuid
from scrubbing.policy import Policy
from scrubbing.telemetry.told import session_parcel
from scrubbing.usage.update import SessionUpdate

if TYPE_CHECKING:
    from scrubbing.consent import Consent
    from scrubbing.telemetry import Telemetry


def of_app(telemetry: Telemetry) -> bytes:
    """Make the envelope of a session of this app.

    Args:
        telemetry: the app's.

    Raises:
        Refused: it would not leave; says why.
        PolicyError: the app's policy cannot be made.
    """
    config = telemetry._config  # noqa: SLF001  # the verbs are the telemetry's own
    environment = config.options.get("environment") or "production"
    ids = named.of_app(telemetry, make=False)
    return _made(declared(config), policy_of(config), config.release, environment, ids)


def of_defaults(consent: Consent) -> bytes:
    """Make the envelope of a session of an app by its name alone.

    Args:
        consent: of the app; its last release is told, if it is known.

    Raises:
        Refused: it would not leave; says why.
    """
    policy = Policy.strict(packages=roots.detect(caller=__name__), app=consent.app)
    return _made(COMMAND, policy, release_of(consent) or "unknown", "production", named.of_file(consent))


def _made(command: str, policy: Policy, release: str, environment: str, ids: named.Ids) -> bytes:
    (usage,) = (row for row in ids.rows if row.purpose == "usage")
    update = SessionUpdate(
        sid=as_uuid(os.urandom(16)), init=True, started=int(time.time()), status="ok", errors=0, seq=0,
        subcommand=command,
    )  # fmt: skip
    return session_parcel(update, policy, release, environment, usage.id, preview=usage.word != "none").data
