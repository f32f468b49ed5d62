"""``id`` and ``preview``: what a user sees of the ids reports leave with, before and after a yes."""

from __future__ import annotations

import re

import pytest
from homes import APPS

from scrubbing import files, wire
from scrubbing.identity import ids
from scrubbing.outbox.store import Outbox
from scrubbing.receiver import Receiver
from scrubbing.schema.forms import OWN_ID

#: An app whose author wants ids on everything.
NAMED = """
import argparse, os, scrubbing
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", commands=["build"],
    identity={"crashes": os.environ.get("WORD", "per-issue"), "usage": "week"},
)
parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
telemetry.add_arguments(commands)
def build(args):
    with telemetry.command("build"):
        raise LookupError(os.environ["HOME"])
commands.add_parser("build").set_defaults(func=build)
args = parser.parse_args()
args.func(args)
"""


def frob(home, *typed, binary=False, **environ):
    return home.run("-c", NAMED, *typed, binary=binary, **environ)


def agreed(home):
    """A yes, and the secrets that the program makes at its first start after it."""
    home.yes()
    words = {"crashes": "per-issue", "usage": "week"}
    ids.Ids(home.places.identity, home.places.sessions, words, allowed=lambda _: True).prepare()


def verb(home, *typed, **how):
    return frob(home, "telemetry", *typed, **how)


def previewed(home, which, **environ):
    ran = verb(home, "preview", which, binary=True, **environ)
    assert (ran.returncode, ran.stderr) == (0, b"")
    (item,) = wire.read(ran.stdout).items
    return wire.parse(item.payload, item.type)


def test_before_a_yes_the_id_is_null(home):
    """In what `id` says and in what `preview` shows; and looking stores nothing."""
    assert previewed(home, "crashes")["user"] == {"id": None}
    assert previewed(home, "usage")["did"] is None
    ran = verb(home, "id")
    assert [line.split()[:2] for line in ran.stdout.splitlines()[1:]] == [["crashes", "-"], ["usage", "null"]]
    assert home.tree() == {}


def test_without_ids_there_is_not_even_a_null(home):
    """An author who wants none has reports without the field."""
    assert "user" not in previewed(home, "crashes", WORD="none")


def test_after_a_yes_the_preview_has_the_very_ids_that_leave(home):
    """What was shown is what waits to be sent then: the session's id, and a crash's of the same form."""
    verb(home, "on")
    shown = previewed(home, "usage")["did"], previewed(home, "crashes")["user"]["id"]
    assert all(re.fullmatch(OWN_ID, one) for one in shown)
    assert shown[0] in verb(home, "id").stdout
    assert frob(home, "build").returncode == 1  # nobody listens at its address
    outbox = Outbox(home.places.outbox, drop=lambda _: None)
    waiting = [wire.read(outbox.read(entry)) for entry in (*outbox.waiting(), *outbox.claimed())]
    stored = [wire.parse(item.payload, item.type) for envelope in waiting for item in envelope.items]
    assert {one["did"] for one in stored if "did" in one} == {shown[0]}
    (crash,) = {one["user"]["id"] for one in stored if "user" in one}
    assert re.fullmatch(OWN_ID, crash)
    assert crash != shown[1]  # of another bug


def test_the_preview_shows_each_purpose_and_both(home):
    """Without a word both, an empty line between them; nothing is sent, kept or counted, whatever the mode."""
    agreed(home)
    with Receiver() as receiver:
        home.environ["FROB_DSN"] = receiver.dsn
        verb(home, "status")  # the app notes what is decided at its first start
        before = home.tree()
        ran = verb(home, "preview", binary=True)
        assert receiver.envelopes == ()
    crash, session = ran.stdout.split(b"\n\n")
    assert [item.type for item in wire.read(crash + b"\n").items] == ["event"]
    assert [item.type for item in wire.read(session).items] == ["session"]
    assert b"quillfeather" not in ran.stdout
    assert home.tree() == before


def test_the_preview_of_a_session_is_one_that_the_fence_admits(home):
    """It is made by what makes sessions, of the app's own release and environment."""
    agreed(home)
    shown = previewed(home, "usage")
    assert (shown["attrs"], shown["status"], shown["init"]) == (
        {"release": "frob@1.4.2", "environment": "production"}, "ok", True,
    )  # fmt: skip


def test_from_outside_the_ids_are_those_of_the_app(home):
    """The command reads what the app made; before that it knows none, and says what it cannot know."""
    assert "as far as can be told from outside" in home.scrubbing("id").stdout
    assert home.tree() == {}
    agreed(home)
    inside = [line.split()[1] for line in verb(home, "id").stdout.splitlines()[1:3]]
    outside = [line.split()[1] for line in home.scrubbing("id").stdout.splitlines()[1:3]]
    assert inside == outside
    assert re.fullmatch(OWN_ID, inside[1])
    shown = home.scrubbing("preview", "usage", binary=True).stdout
    assert wire.parse(wire.read(shown).items[0].payload, "session")["did"] == inside[1]


@pytest.mark.parametrize("where", ["inside", "outside"])
def test_rotating_makes_new_ids(home, where):
    """Through the app and through the command: other ids from now on, and the old ones are nowhere any more."""
    agreed(home)
    before = ids.read(home.places.identity)
    old = home.scrubbing("id").stdout
    ran = verb(home, "id", "--rotate") if where == "inside" else home.scrubbing("id", "--rotate")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("From now on ids are new ones.")
    after = ids.read(home.places.identity)
    assert set(after) == set(before)
    assert all(after[purpose].key != before[purpose].key for purpose in after)
    assert home.scrubbing("id").stdout in ran.stdout or where == "inside"
    assert home.scrubbing("id").stdout != old
    for secret in before.values():
        assert not any(secret.key.hex().encode() in data for data in home.tree().values())


def test_rotating_says_what_still_has_the_old_id(home):
    """A report that waits was made before."""
    agreed(home)
    frob(home, "build")
    ran = verb(home, "id", "--rotate")
    assert "reports that wait were made before and keep their old id; `off` erases them." in ran.stdout


def test_rotating_before_a_yes_makes_nothing(home):
    """There is no id to change."""
    assert verb(home, "id", "--rotate").stdout.startswith("There is no id to change")
    assert home.tree() == {}


def test_a_damaged_file_is_said_and_rotating_heals(home):
    """The exit code is 1, nothing of the file is shown, and new ids are made."""
    agreed(home)
    files.write_bytes(home.places.identity, b"moonlight")
    for said in (verb(home, "id"), home.scrubbing("id")):
        assert said.returncode == 1
        assert "moonlight" not in said.stdout + said.stderr
        assert "identity: Damaged" in said.stderr
    assert home.scrubbing("status").returncode == 1
    assert verb(home, "id", "--rotate").returncode == 0
    assert re.search(OWN_ID, verb(home, "id").stdout)


@pytest.mark.parametrize("app", APPS)
def test_off_deletes_the_ids_in_each_framework(home, app):
    """After a no there is no secret; a new yes has new ids."""
    home.run(*APPS[app], "on")
    home.run(*APPS[app], "id")
    first = ids.read(home.places.identity)["usage"].key
    home.run(*APPS[app], "off")
    assert not any(first.hex().encode() in data for data in home.tree().values())
    assert files.signature(home.places.identity) is None
    home.run(*APPS[app], "on")
    assert ids.read(home.places.identity)["usage"].key != first


def test_off_of_one_purpose_deletes_its_id_alone(home):
    """From outside too."""
    agreed(home)
    before = ids.read(home.places.identity)
    assert home.scrubbing("off", "usage").returncode == 0
    after = ids.read(home.places.identity)
    assert list(after) == ["crashes"]
    assert after["crashes"].key == before["crashes"].key


def test_local_makes_no_secret(home):
    """What is kept here needs no id."""
    verb(home, "local")
    frob(home, "build")
    assert home.kept()
    assert files.signature(home.places.identity) is None


@pytest.mark.parametrize("typed", [["off"], ["off", "usage"], ["off", "--erase"]], ids=" ".join)
@pytest.mark.parametrize("where", ["inside", "outside"])
def test_ids_that_cannot_be_deleted_are_said(home, where, typed):
    """The no is stored and what waits is gone; that something stands in the place of the ids is said, with code 1."""
    home.yes()
    home.put(1, purpose="usage")
    files.make_directory(home.places.identity)
    ran = verb(home, *typed) if where == "inside" else home.scrubbing(*typed)
    assert ran.returncode == 1
    assert "the ids could not be deleted" in ran.stdout + ran.stderr
    assert home.waiting() == []
    assert files.read_lines(home.places.choice)["usage"] == "off"
