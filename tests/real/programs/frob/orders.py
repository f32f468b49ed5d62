"""The program's work: each bug is a function that fails in its own way, with the user's values in its hands."""

from __future__ import annotations

import getpass
import json
import logging
import os
import pwd
import socket
import sys
from pathlib import Path

log = logging.getLogger("frob")


def main(bug: str, value: str) -> None:
    """Runs into a bug."""
    settings = json.loads(Path.home().joinpath("frob.json").read_text(encoding="utf-8"))
    log.warning("%s reads %s", getpass.getuser(), Path.home() / settings["document"])
    BUGS[bug](value, settings)


def leaking(value: str, settings: dict[str, str]) -> None:
    """Holds everything there is in its locals and says it all in its messages."""
    user = pwd.getpwuid(os.getuid())
    author = user.pw_gecos
    document = Path.home() / settings["document"]
    host = f"{socket.gethostname()} also called {socket.getfqdn()}"
    password = settings["password"]
    database = f"postgresql://{user.pw_name}:{password}@{socket.gethostname()}/orders"
    connection = os.environ["FROB_KEY"]
    arguments = list(sys.argv)
    word = settings["word"]
    log.error("%s (%s) cannot open %s on %s", author, word, database, host)
    try:
        document.open()
    except OSError as error:
        details = (user.pw_dir, connection, arguments)
        raise RuntimeError(f"{author} of {user.pw_dir}: {settings['message']} {word} {details}") from error


def overdrawn(value: str, settings: dict[str, str]) -> None:
    """One bug with a value in its message."""
    raise ValueError(f"order {value} of {settings['message']} is overdrawn")


def malformed(value: str, settings: dict[str, str]) -> None:
    """Another bug of the same exception type."""
    raise ValueError(f"{settings['message']} {value}")


def reported(value: str, settings: dict[str, str]) -> None:
    """Says that something failed, and goes on."""
    log.error("order %s of %s is overdrawn", value, settings["message"])


def customised(value: str, settings: dict[str, str]) -> None:
    """Runs the user's own script, in which even the names belong to the user."""
    del value
    secret = settings["message"]
    source = f"class {secret}(Exception): pass\ndef of_{secret}():\n    raise {secret}('{secret}')\nof_{secret}()\n"
    exec(compile(source, str(Path.home() / settings["document"]), "exec"), {"__name__": f"settings_of_{secret}"})


def talkative(value: str, settings: dict[str, str]) -> None:
    """Tells Sentry's API all about the user before it fails."""
    import sentry_sdk

    name = getpass.getuser()
    sentry_sdk.set_user({"id": name, "username": name, "email": f"{name}@{socket.gethostname()}.example"})
    sentry_sdk.set_tag("customer", settings["message"])
    sentry_sdk.set_tag(settings["password"], "1")
    sentry_sdk.set_extra("document", settings["document"])
    sentry_sdk.set_context("order", {"word": settings["word"], settings["document"]: value})
    sentry_sdk.add_breadcrumb(category="order", message=settings["message"], data={"path": str(Path.home())})
    sentry_sdk.get_current_scope().set_transaction_name(f"/orders/{settings['message']}")
    sentry_sdk.get_current_scope().add_attachment(bytes=os.environ["FROB_KEY"].encode(), filename=settings["document"])
    sentry_sdk.get_current_scope().fingerprint = [settings["message"]]
    sentry_sdk.capture_message(f"{name} is about to fail", level="info")
    with sentry_sdk.start_transaction(name=settings["message"], op=settings["password"]):
        raise LookupError(settings["document"])


def none(value: str, settings: dict[str, str]) -> None:
    """Runs well."""


BUGS = {bug.__name__: bug for bug in (leaking, overdrawn, malformed, reported, customised, talkative, none)}
