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


REPORTERS = {"stock": stock, "scrubbing": scrubbed, "unasked": lambda: scrubbed(None)}
REPORTERS[os.environ["FROB_REPORTER"]]()
