"""The same verbs inside apps of click, typer and argparse: as processes, each in the same home."""

from __future__ import annotations

import argparse
import re
import sys

import click
import pytest
from homes import APPS, EXAMPLES, SCRUBBING

import scrubbing
from scrubbing import files, wire
from scrubbing.cli.table import VERBS
from scrubbing.errors import ConfigurationError
from scrubbing.receiver import Receiver


def _yes(home):
    home.yes()


def _damaged(home):
    files.write_bytes(home.places.choice, b"\xff")


def _bad_ids(home):
    files.write_bytes(home.places.identity, b"moonlight")


def _waiting(home):
    files.write_bytes(f"{home.places.outbox}/{7:017d}.crashes.error.0.{'a' * 16}.envelope", b"{}\n{}\n")
    home.put(0)


def _nothing(home):
    del home


#: What was there before, what is typed, what the exit code is.
CASES = [
    (_nothing, ["status"], 0),
    (_nothing, ["status", "--why"], 0),
    (_nothing, ["status", "--json"], 0),
    (_nothing, ["status", "--json", "--why"], 0),
    (_damaged, ["status", "--why"], 1),
    (_damaged, ["status", "--json"], 1),
    (_nothing, ["on"], 0),
    (_nothing, ["on", "usage"], 0),
    (_nothing, ["on", "usage", "feedback"], 0),
    (_nothing, ["on", "nonsense"], 2),
    (_damaged, ["on"], 0),
    (_yes, ["local"], 0),
    (_yes, ["off"], 0),
    (_yes, ["off", "usage"], 0),
    (_yes, ["off", "--erase"], 0),
    (_yes, ["off", "--erase", "usage"], 2),
    (_yes, ["local", "usage", "crashes"], 0),
    (_nothing, ["id", "--rotate"], 0),
    (_bad_ids, ["id"], 1),
    (_nothing, ["preview", "nonsense"], 2),
    (_nothing, ["export", "nowhere/all.json"], 2),
    (_yes, ["show"], 0),
    (_waiting, ["show"], 0),
    (_nothing, ["log"], 0),
    (_waiting, ["log", "--json"], 0),
    (_nothing, ["log", "nonsense"], 2),
    (_nothing, ["show", "nonsense"], 2),
    (_nothing, ["show", "nonsense", "--example"], 2),
]

#: When what became of an envelope was noted, in the history and in JSON.
MOMENT = re.compile(rb'(?m)^\d{10} |"at": \d{10}')


def _ran(home, app, before, typed, **environ):
    home.clear()
    before(home)
    ran = home.run(*APPS[app], *typed, **environ)
    tree = {path: data for path, data in home.tree().items() if not path.endswith((".lock", "/identity"))}
    kept = {path: MOMENT.sub(b"", data) for path, data in tree.items()}
    return ran.returncode, MOMENT.sub(b"", ran.stdout.encode()), ran.stderr, kept


@pytest.mark.parametrize(("before", "typed", "code"), CASES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_verb_says_the_same_wherever_it_is_mounted(home, before, typed, code):
    """Same text, same exit code, same files, in the three frameworks."""
    said = {app: _ran(home, app, before, typed) for app in APPS}
    assert said["click"] == said["typer"] == said["argparse"]
    assert said["click"][0] == code
    assert "Traceback" not in said["click"][2]


@pytest.mark.parametrize("app", APPS)
def test_every_verb_is_there(home, app):
    """The help of each mount names each verb with its sentence."""
    shown = " ".join(home.run(*APPS[app], "--help").stdout.split())
    for verb in VERBS:
        assert f"{verb.name} {verb.sentence}" in shown


@pytest.mark.parametrize("app", APPS)
def test_a_verb_of_another_shape_is_the_framework_s_to_refuse(home, app):
    """Arguments there are not have exit code 2, in the framework's own words."""
    ran = home.run(*APPS[app], "off", "--everything")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert files.signature(home.places.choice) is None


@pytest.mark.parametrize("app", APPS)
def test_inside_the_app_its_own_rows_are_known(home, app):
    """No row is unknown, and where reports go is told without the key."""
    ran = home.run(*APPS[app], "status", "--why")
    assert "unknown here" not in ran.stdout
    assert "frob, which sends to http://127.0.0.1:9/7:" in ran.stdout
    assert "key@" not in ran.stdout


@pytest.mark.parametrize("app", APPS)
def test_exact_bytes_through_each_framework(home, app):
    """An envelope's bytes pass click, typer and argparse unchanged, and say what the preview promised."""
    home.run(*APPS[app], "local")
    assert home.run(APPS[app][0], "watch", "folder").returncode == 1
    (entry,) = [entry for entry in home.kept() if entry.purpose == "crashes"]
    ran = home.run(*APPS[app], "show", entry.id, binary=True)
    with open(f"{home.places.kept}/{entry.name}", "rb") as file:
        assert ran.stdout == file.read()

    event = wire.parse(wire.read(ran.stdout).items[0].payload, "event")
    example = wire.read(home.run(*APPS[app], "show", "--example", binary=True).stdout)
    shown = wire.parse(example.items[0].payload, "event")
    assert event["tags"] == {"subcommand": "watch"}
    assert shown["release"] == event["release"] == "frob@1.4.2"
    assert set(shown) == set(event)
    assert shown["exception"]["values"][0]["stacktrace"]["frames"][0]["module"] == "__main__"


@pytest.mark.parametrize("app", APPS)
def test_the_preview_leaves_no_trace(home, app):
    """Looking at an example sends nothing, keeps nothing and counts nothing, whatever the mode."""
    home.scrubbing("on")
    with Receiver() as receiver:
        home.run(*APPS[app], "status", FROB_DSN=receiver.dsn)
        before = home.tree()
        ran = home.run(*APPS[app], "show", "--example", FROB_DSN=receiver.dsn)
        assert ran.returncode == 0
        assert receiver.envelopes == ()
    assert home.tree() == before


@pytest.mark.parametrize("app", APPS)
def test_off_inside_the_app_erases_what_waits(home, app):
    """The app's own off does what the command's does."""
    home.scrubbing("local")
    home.put(4)
    ran = home.run(*APPS[app], "off")
    assert ran.stdout.endswith("4 waiting reports were erased.\n")
    assert home.waiting() == []


POLICIES = """
import sys, argparse, scrubbing
def broken():
    raise RuntimeError("moonlight")
policy = {"broken": broken, "number": lambda: 3, "standard": "standard", "verbose": "verbose"}[sys.argv.pop(1)]
hook = (lambda event, hint: None) if sys.argv[-1] == "hooked" and sys.argv.pop() else None
telemetry = scrubbing.init(
    dsn=None, app="frob", release="1.4.2", policy=policy, before_send=hook, commands=["zap", "build"]
)
parser = argparse.ArgumentParser()
telemetry.add_arguments(parser)
args = parser.parse_args()
args.func(args)
"""


@pytest.mark.parametrize(
    ("preset", "line"), [("standard", "Sent too: messages and log lines"), ("verbose", "Sent too: messages, variables")]
)
def test_on_tells_what_the_app_s_preset_sends(home, preset, line):
    """An app that sends more says so when it is switched on, and shows it in the preview."""
    assert line in home.run("-c", POLICIES, preset, "on").stdout
    shown = wire.read(home.run("-c", POLICIES, preset, "show", "--example", binary=True).stdout)
    event = wire.parse(shown.items[0].payload, "event")
    assert "No such file or directory" in event["exception"]["values"][0]["value"]
    assert event["tags"]["subcommand"] == "build"
    assert b"quillfeather" not in shown.items[0].payload
    assert (b'"password":"[Filtered]"' in shown.items[0].payload) == (preset == "verbose")


def test_on_without_a_dsn_says_that_nothing_is_sent(home):
    """A yes in an app that has no server is said to stay local."""
    assert "But crashes and usage stay local: " in home.run("-c", POLICIES, "standard", "on").stdout


@pytest.mark.parametrize("policy", ["broken", "number"])
def test_a_policy_that_cannot_be_made_is_said(home, policy):
    """The preview of an app whose policy is broken fails with exit code 1 and without the exception's words."""
    ran = home.run("-c", POLICIES, policy, "show", "--example")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Traceback" not in ran.stderr
    assert "moonlight" not in ran.stderr


def test_a_hook_that_drops_is_said(home):
    """The preview of an app whose own hook drops everything says so."""
    ran = home.run("-c", POLICIES, "standard", "show", "--example", "hooked")
    assert ran.returncode == 1
    assert "the app's own before_send dropped it" in ran.stderr


MOUNTED = """
import sys, argparse
import scrubbing
before = set(sys.modules)
telemetry = scrubbing.init(dsn=None, app="frob", release="1.4.2", enabled=False)
parser = argparse.ArgumentParser()
telemetry.add_arguments(parser.add_subparsers())
print(sorted(name for name in set(sys.modules) - before if not name.startswith("scrubbing")))
"""


def test_mounting_costs_next_to_nothing(home):
    """An app whose user said no imports nothing but this library's lightest modules for having the verbs."""
    ran = home.run("-S", "-c", MOUNTED)
    assert ran.stderr == ""
    assert not {"attrs", "attr", "sentry_sdk", "json", "click", "typer", "logging"} & set(eval(ran.stdout))


@pytest.fixture
def telemetry(tmp_path, monkeypatch):
    """An app whose user said nothing."""
    monkeypatch.setenv("HOME", str(tmp_path))
    made = scrubbing.init(dsn=None, app="frob", release="1.4.2", enabled=None)
    yield made
    made.close()


def test_another_framework_is_a_mistake(telemetry):
    """It is said which there are."""
    with pytest.raises(ConfigurationError, match="'click' or 'typer'"):
        telemetry.cli("cement")


@pytest.mark.parametrize("parser", [None, "parser", object()])
def test_no_parser_is_a_mistake(telemetry, parser):
    """It is said what was expected."""
    with pytest.raises(ConfigurationError, match="add_subparsers"):
        telemetry.add_arguments(parser)


def test_a_parser_without_commands_gets_the_verbs_themselves(telemetry):
    """So an author can call the group of verbs as they like."""
    parser = argparse.ArgumentParser()
    telemetry.add_arguments(parser.add_subparsers().add_parser("reports"))
    assert parser.parse_args(["reports", "on", "usage"]).purposes == ["usage"]
    with pytest.raises(SystemExit):
        parser.parse_args(["reports"])


def test_the_click_group_is_click_s(telemetry):
    """It mounts under the name `telemetry`."""
    group = telemetry.cli()
    assert isinstance(group, click.Group)
    assert group.name == "telemetry"


def test_the_verb_s_own_mistakes_are_raised(home):
    """A fault of ours in a verb is not hidden as wrong use of the user's."""
    code = "from scrubbing.cli import mounts, table; mounts.run(table.VERBS[3], lambda: None, {})"
    ran = home.run("-c", code)
    assert ran.returncode == 1
    assert "AttributeError" in ran.stderr


def test_examples_and_mounts_are_the_same_programs():
    """The programs of this file are the ones the documentation shows."""
    assert {EXAMPLES / f"{name}_app.py" for name in APPS} <= set(EXAMPLES.iterdir())
    assert sys.executable
    assert SCRUBBING
