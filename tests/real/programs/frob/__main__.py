"""``python -m frob <command> <bug> <value> ...``, reporting as ``FROB_REPORTER`` says."""

from __future__ import annotations

import os
import sys

from frob import orders


def stock() -> None:
    """What people have today: all of Sentry's own defaults."""
    import sentry_sdk

    sentry_sdk.init(dsn=os.environ["FROB_DSN"], release="frob@1.4.2")
    sentry_sdk.set_tag("subcommand", sys.argv[1])
    orders.main(sys.argv[2], sys.argv[3])


def scrubbed(enabled: bool | None = True) -> None:
    """The lines of the manual."""
    import scrubbing

    telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=enabled)
    with telemetry.command(sys.argv[1]):
        orders.main(sys.argv[2], sys.argv[3])
    if sys.argv[2] == "none":
        telemetry.flush(10)


def often(policy: str = "strict") -> None:
    """The middleware alone, which has no quota: the bug with each of several values."""
    import sentry_sdk

    import scrubbing

    chosen = scrubbing.Policy.standard(messages="type") if policy == "reduced" else policy
    sentry_sdk.init(**scrubbing.sentry_options(chosen, dsn=os.environ["FROB_DSN"], release="frob@1.4.2"))
    for value in sys.argv[3].split(","):
        try:
            orders.main(sys.argv[2], value)
        except Exception as error:
            sentry_sdk.capture_exception(error)
        sentry_sdk.flush(10)


REPORTERS = {
    "stock": stock,
    "scrubbing": scrubbed,
    "unasked": lambda: scrubbed(None),
    "often": often,
    "often open": lambda: often("standard"),
    "often reduced": lambda: often("reduced"),
}
REPORTERS[os.environ["FROB_REPORTER"]]()
