"""How four real applications decide about telemetry, each written as configuration of this library.

Each is a small program as such an app would write it: what it calls its setting, where that comes from, and when it is
looked at. What they do wrong, as their code and documentation tell, is what the tests show not to happen.
"""

from __future__ import annotations

START = """
import json, os, sys, threading, time
"""

#: A trading bot: ``telemetry: {collect: true}`` in its own YAML, off unless it says so, read once at the start.
BOT = (
    START
    + """
path = os.path.join(os.environ["HOME"], "bot.json")
config = json.load(open(path)) if os.path.exists(path) else {}
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2",
    enabled=config.get("telemetry", {}).get("collect", False), commands=["watch", "test-drive", "evaluate"],
)
"""
)

#: A desktop program: four switches in its settings page, each by itself, changed while it runs.
DESKTOP = (
    START
    + """
settings = {}
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2",
    enabled=lambda: {purpose: settings.get(purpose, "off") for purpose in ("crashes", "usage", "extra", "feedback")},
)
"""
)

#: A server for printers: unset leads to a wizard, then yes or no, changed in its pages at run time; a plug-in host.
PRINTER = (
    START
    + """
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=None, isolated=True, commands=["serve"],
)
def wizard(answer):
    return telemetry.ask(runs=1, days=1, with_=lambda invitation: answer)
"""
)

#: A web application that others host: the admin's switch in its database, off by default; its address can be changed.
HOSTED = (
    START
    + """
database = os.path.join(os.environ["HOME"], "site.json")
def switch():
    return json.load(open(database))["telemetry"] if os.path.exists(database) else None
telemetry = scrubbing.init(
    dsn=os.environ.get("FROB_COLLECTOR", os.environ["FROB_DSN"]), app="frob", release="0.67.0", enabled=switch,
)
"""
)
