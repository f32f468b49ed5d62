"""Off costs nothing: what a child process imports, opens and starts while it finds out that everything is off."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scrubbing import files

REPOSITORY = str(Path(files.__file__).parents[1])

#: Modules a bare Python may not have loaded and the off path may load.
ALLOWED = {"__future__", "errno", "pwd"}
HEAVY = {
    "re",
    "typing",
    "json",
    "enum",
    "dataclasses",
    "threading",
    "attr",
    "attrs",
    "cattrs",
    "sentry_sdk",
    "pathlib",
} | {
    "functools",
    "contextlib",
    "collections",
    "filelock",
    "urllib3",
    "socket",
    "logging",
}

CHILD = """
import os, sys
before = set(sys.modules)
events = []
def hook(event, args):
    if event == "open":
        if args[1] is not None and set(str(args[1])) & set("wax+") or args[2] and args[2] & 3:
            events.append("writes " + str(args[0]))
    elif event.startswith(("socket.", "subprocess.", "os.mkdir", "os.rename", "os.remove", "os.fork", "_thread.start")):
        events.append(event)
sys.addaudithook(hook)
path, app_dir, release, enabled = sys.argv[1:]
sys.path.insert(0, path)
from scrubbing.consent import PURPOSES, Consent, record_verdict
consent = Consent(app="frob", enabled=eval(enabled), release=release, has_dsn=True, app_dir=app_dir)
decision = consent.decision()
modes = [decision.mode(purpose) for purpose in PURPOSES]
decider = decision.decided_by("crashes")
record_verdict(consent.places, decision, release)
loaded = sorted(set(sys.modules) - before)
seen = list(events)
print({"modes": modes, "decider": decider, "loaded": loaded, "events": seen})
"""


def _run(home, release="1.4.2", enabled="None"):
    """What the child printed, with the home's environment and nothing else in it."""
    command = [sys.executable, "-I", "-S", "-B", "-c", CHILD, REPOSITORY, str(home.app_dir), release, enabled]
    ran = subprocess.run(command, env=home.environ, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return json.loads(ran.stdout.replace("'", '"'))


SAYS_OFF = {
    "marker": lambda home: home.marker(),
    "admin": lambda home: home.admin("telemetry = off\n"),
    "do-not-track": lambda home: home.environ.update(DO_NOT_TRACK="1"),
    "environment": lambda home: home.environ.update(FROB_TELEMETRY="off"),
    "everyone": lambda home: home.everyone("telemetry = off\n"),
    "unattended": lambda home: home.environ.update(CI="true"),
    "stored": lambda home: home.stored(crashes="off", usage="off"),
}


@pytest.mark.parametrize("row", SAYS_OFF)
def test_finding_out_that_everything_is_off_touches_nothing(home, row):
    """For every row that says off: no heavy module, no file written, no directory, socket, thread or process."""
    SAYS_OFF[row](home)
    before = home.tree()

    ran = _run(home, enabled="True")

    assert (ran["modes"], ran["decider"]) == (["off"] * 4, row)
    assert ran["events"] == []
    assert not HEAVY & set(ran["loaded"])
    assert {name for name in ran["loaded"] if not name.startswith("scrubbing")} <= ALLOWED
    assert home.tree() == before


@pytest.mark.parametrize(
    ("row", "given"),
    [
        ("app-setting", {"enabled": "False"}),
        ("app-setting", {"enabled": "lambda: 1 / 0"}),
        ("unattended", {"enabled": "True", "release": "1.5.dev1"}),
        ("nothing-said", {}),
    ],
)
def test_the_rows_without_files_touch_nothing_either(home, row, given):
    """The app's no, its broken function, a development version and silence cost as little."""
    ran = _run(home, **given)

    assert (ran["modes"], ran["decider"]) == (["off"] * 4, row)
    assert ran["events"] == []
    assert {name for name in ran["loaded"] if not name.startswith("scrubbing")} <= ALLOWED


def test_a_home_that_has_to_be_looked_up_costs_one_module(home):
    """Without HOME the account is looked up, which loads nothing heavy."""
    del home.environ["HOME"]

    ran = _run(home, enabled="False")

    assert {name for name in ran["loaded"] if not name.startswith("scrubbing")} <= ALLOWED


def test_the_same_child_after_a_yes_is_seen_to_write(home):
    """The control: where a yes is recorded, the same hook sees directories and a file being made."""
    home.environ["FROB_TELEMETRY"] = "on"

    ran = _run(home)

    assert (ran["modes"], ran["decider"]) == (["on", "on", "off", "off"], "yes")
    assert {"os.mkdir", "os.rename"} <= set(ran["events"])
    assert any(event.startswith("writes ") for event in ran["events"])


SET_OFF = """
import os, sys
events = []
watched = ("socket.", "subprocess.", "_thread.start")
sys.addaudithook(lambda event, args: events.append(event) if event.startswith(watched) else None)
sys.path.insert(0, sys.argv[1])
from scrubbing.consent import Consent
before = set(sys.modules)
Consent(app="frob").set("off", who="test")
print(sorted(set(sys.modules) - before), events)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="names the module that locks on POSIX")
def test_set_off_opens_no_socket_and_loads_next_to_nothing(home):
    """Recording a no loads at most the module that locks, and opens no socket."""
    command = [sys.executable, "-I", "-S", "-B", "-c", SET_OFF, REPOSITORY]
    ran = subprocess.run(command, env=home.environ, capture_output=True, text=True, check=True)

    assert ran.stdout == "['fcntl'] []\n"
    assert ran.stderr == ""
    assert files.read_lines(home.places.choice)["crashes"] == "off"
