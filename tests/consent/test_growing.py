"""A yes is to what was sent when it was given: a purpose that grew is off until its user is asked again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from apps import App
from servers.faulty import Faulty

from scrubbing import files
from scrubbing.consent import PURPOSES
from scrubbing.consent.choice import complete
from scrubbing.consent.contents import contents_of

A, B = "https://a.example/7", "https://b.example/7"
SAID = {"address": A, "preset": "strict", "messages": {"*": "skeleton"}, "commands": ["watch"], "ids": "none"}


def sends(**more):
    """What an app may send, by purpose."""
    return lambda purpose: contents_of(purpose, **{**SAID, **more})


def modes(consent):
    return [consent.mode(purpose) for purpose in PURPOSES]


def note(consent, purpose="crashes", number=9):
    return consent.why_for(purpose)[number - 1].note


def test_a_yes_is_stored_with_what_it_is_to(home):
    """The file says in words what each yes covers, since when and by whom; a no covers nothing."""
    consent = home.consent(contents=sends(), clock=lambda: 1_795_348_800.0)
    consent.set("on", ["crashes", "usage"], who="ask")
    consent.set("off", ["extra"])

    assert files.read_lines(home.places.choice) == {
        "version": "2",
        "date": "2026-11-22",
        "who": "app",
        "crashes": "on",
        "crashes.who": "ask",
        "crashes.covers": f"address {A}; preset strict; edition 1; messages * skeleton; commands -; ids none",
        "usage": "on",
        "usage.who": "ask",
        "usage.covers": f"address {A}; preset strict; edition 1; messages -; commands watch; ids none",
        "extra": "off",
    }


@pytest.mark.parametrize(
    ("more", "after"),
    [
        ({}, ["on", "on", "on", "on"]),
        ({"address": B}, ["off"] * 4),
        ({"preset": "standard"}, ["off"] * 4),
        ({"messages": {"*": "scrubbed"}}, ["off", "on", "on", "on"]),
        ({"commands": ["watch", "build"]}, ["on", "off", "on", "on"]),
        ({"commands": None}, ["on", "off", "on", "on"]),
        ({"ids": "day"}, ["off"] * 4),
        ({"messages": {"*": "type"}, "commands": []}, ["on", "on", "on", "on"]),
    ],
)
def test_only_what_grew_is_off(home, more, after):
    """Each purpose by itself: what grew is off and says why, what did not or shrank goes on."""
    home.consent(contents=sends()).set("on", PURPOSES)
    consent = home.consent(contents=sends(**more))

    assert modes(consent) == after
    for purpose, mode in zip(PURPOSES, after, strict=True):
        assert ("is not to this: " in note(consent, purpose)) is (mode == "off")
        assert ("nobody has said yes to this: " in note(consent, purpose, 10)) is (mode == "off")


def test_what_grew_is_said_in_words(home):
    """The note has the date of the yes and each thing that is new."""
    home.consent(contents=sends(), clock=lambda: 1_795_348_800.0).set("on")
    consent = home.consent(contents=sends(address=B, preset="standard", commands=["watch", "build"]))

    assert note(consent, "usage") == (
        f"the stored yes of 2026-11-22 is not to this: it goes to {B} now, not to {A}; "
        "the preset is standard now, not strict; the command build may be told now"
    )


def test_a_new_yes_is_to_what_is_sent_then(home):
    """Asked again and answered yes, it is on; back at the smaller version it stays on."""
    home.consent(contents=sends()).set("on")
    larger = home.consent(contents=sends(preset="standard"))
    assert modes(larger)[0] == "off"

    larger.set("on", ["crashes"])

    assert modes(larger) == ["on", "off", "off", "off"]
    assert modes(home.consent(contents=sends()))[:2] == ["on", "on"]


def test_a_yes_to_another_purpose_renews_none(home):
    """Saying yes to extra does not make the old yes to crashes one to more."""
    home.consent(contents=sends()).set("on", ["crashes"])
    consent = home.consent(contents=sends(address=B))

    consent.set("on", ["extra"])

    assert modes(consent) == ["off", "off", "on", "off"]


def test_a_no_and_a_local_do_not_grow(home):
    """A no stays a no; under local nothing leaves, so nothing is asked about."""
    consent = home.consent(contents=sends())
    consent.set("off", ["crashes"])
    consent.set("local", ["usage"])

    assert modes(home.consent(contents=sends(address=B, preset="verbose")))[:2] == ["off", "local"]


@pytest.mark.parametrize("given", [{"enabled": {"crashes": "on"}}, {"environ": {"FROB_TELEMETRY": "on"}}])
def test_the_app_s_word_and_the_environment_s_are_to_what_is_sent_now(home, given):
    """Whoever says yes outside the file says it now: the app's author vouches for the app's own setting."""
    home.environ.update(given.pop("environ", {}))
    home.consent(contents=sends()).set("on", ["crashes"])
    consent = home.consent(contents=sends(address=B), **given)

    assert consent.mode("crashes") == "on"
    assert "the stored choice" not in note(consent)


def test_a_choice_of_the_first_version_is_to_strict(home):
    """It counts where strict is sent still, wherever to; more than that asks, and it is kept when another is made."""
    home.stored(crashes="on", usage="on")
    assert modes(home.consent(contents=sends(commands=None)))[:2] == ["on", "on"]
    assert modes(home.consent(contents=sends(preset="standard")))[:2] == ["off", "off"]

    home.consent(contents=sends()).set("off", ["extra"])

    assert modes(home.consent(contents=sends(address=B)))[:2] == ["on", "on"]
    assert modes(home.consent(contents=sends(preset="standard")))[:2] == ["off", "off"]
    assert files.read_lines(home.places.choice)["crashes.date"] == "2026-11-22"


def test_a_yes_from_outside_is_to_what_the_app_then_sends(home):
    """Given where nobody knows what the app sends, a yes counts, and what it is to is written down by the app."""
    home.consent(outside=True).set("on", ["crashes"], who="scrubbing")
    app = home.consent(contents=sends())
    assert app.mode("crashes") == "on"

    app.complete()

    assert f"address {A}" in files.read_lines(home.places.choice)["crashes.covers"]
    assert files.read_lines(home.places.choice)["who"] == "scrubbing"
    assert home.consent(contents=sends(address=B)).mode("crashes") == "off"
    signature = files.signature(home.places.choice)
    app.complete()
    home.consent(contents=sends(address=B)).complete()
    assert files.signature(home.places.choice) == signature


def test_what_a_yes_is_to_is_not_written_after_a_no(home):
    """Between the look and the writing the user may say no: it stays a no, and the file as it is."""
    home.consent().set("on", ["crashes"])
    home.consent().set("off", ["crashes"])
    before = files.signature(home.places.choice)

    assert complete(home.places.choice, {"crashes": sends()("crashes")}) is False

    assert files.signature(home.places.choice) == before


@pytest.mark.parametrize("error", [ValueError("secret"), SystemExit(3), RecursionError()])
def test_where_what_is_sent_cannot_be_told_it_is_off(home, error):
    """A policy that cannot be made is a no to the stored yes, by its type alone; without such a yes it is not asked."""

    def broken(purpose):
        raise error

    assert home.consent(contents=broken).mode("crashes") == "off"
    home.consent(contents=broken).set("on")  # the user's word is kept
    home.consent(contents=sends()).complete()
    consent = home.consent(contents=broken)

    assert consent.mode("crashes") == "off"
    assert note(consent).endswith(f": what it may send cannot be told ({type(error).__name__})")
    assert home.consent(contents=sends()).mode("crashes") == "on"


def test_an_interrupt_is_the_app_s(home):
    """Ctrl-C while the app's policy is made is not swallowed."""
    home.consent(contents=sends()).set("on")

    def interrupted(purpose):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.consent(contents=interrupted).mode("crashes")
    with pytest.raises(KeyboardInterrupt):
        home.consent(contents=interrupted).set("on")


def test_where_there_is_no_yes_nobody_asks_what_is_sent(home):
    """A no, silence and another row's off do not make the policy."""

    def unasked(purpose):
        raise AssertionError

    assert modes(home.consent(contents=unasked)) == ["off"] * 4
    home.stored(crashes="off", usage="local")
    assert modes(home.consent(contents=unasked))[:2] == ["off", "local"]
    home.stored(crashes="on")
    home.environ["DO_NOT_TRACK"] = "1"
    assert modes(home.consent(contents=unasked))[0] == "off"


@pytest.mark.parametrize(
    "covers", ["", "everything", "address x; preset strict; edition 1; messages -; commands -", "preset strict" * 900]
)
def test_a_yes_to_what_cannot_be_read_is_damage(home, covers):
    """A damaged line is a no to everything, over the app's setting too."""
    home.consent(contents=sends()).set("on")
    path = Path(home.places.choice)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("crashes.covers")]
    home.put(str(path), "\n".join([*lines, f"crashes.covers = {covers}"]) + "\n")
    consent = home.consent(contents=sends(), enabled=True)

    assert modes(consent) == ["off"] * 4
    assert "has a yes to what cannot be read" in note(consent, number=8)


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


INIT = """
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", {more})
"""
SAYS = """
import json, sys
heavy = [name for name in ("attr", "scrubbing.policy", "sentry_sdk") if name in sys.modules]
telemetry.capture_message("hello")
telemetry.flush(10)
status = telemetry.status()
print(json.dumps([status["modes"]["crashes"], status["why"][8]["note"], heavy]))
"""


def ran(app, more, body=SAYS, **environ):
    app.write(body, init=INIT.format(more=more))
    run = app.run(environ=app.environ(FROB_TELEMETRY=None, **environ))
    assert run.err == ""
    return json.loads(run.out) if run.out else None


#: What becomes of a program between two versions, and what is said about it.
GREW = {
    "policy=scrubbing.Policy.standard()": "the preset is standard now, not strict",
    "policy=lambda: scrubbing.Policy.strict(messages='scrubbed')": "messages leave as their text",
    "policy=os.environ['HOME'] + '/policy.toml'": "messages of KeyError leave as their text",
    "policy=lambda: 1 / 0": "what it may send cannot be told (ZeroDivisionError)",
}


@pytest.mark.parametrize("more", GREW)
def test_a_program_that_grew_sends_nothing_until_asked(app, more):
    """Whichever form its policy has: the old yes sends, the new start does nothing and says why, a new yes sends."""
    (app.home / "policy.toml").write_text('messages = {KeyError = "scrubbed"}\n')
    ran(app, "", "telemetry.set_consent('on')\n")
    assert ran(app, "")[0] == "on"
    assert app.server.wait(1)
    before = len(app.server.bodies)

    mode, why, _ = ran(app, more)

    assert (mode, len(app.server.bodies)) == ("off", before)
    assert GREW[more] in why
    assert not list(app.outbox.glob("*.envelope"))
    if "1 / 0" not in more:
        ran(app, more, "telemetry.set_consent('on')\n")
        assert ran(app, more)[0] == "on"
        assert len(app.server.bodies) > before


def test_a_yes_from_the_command_is_to_what_the_program_sends_at_its_next_start(app):
    """``scrubbing on`` knows no policy: the app's next start writes it down, and another address asks again."""
    command = [sys.executable, "-m", "scrubbing.cli", "on", "--app", "frob"]
    subprocess.run(command, env=app.environ(FROB_TELEMETRY=None), check=True, capture_output=True)

    assert ran(app, "policy='standard'")[0] == "on"
    assert len(app.server.bodies) == 1
    covers = files.read_lines(str(app.home / ".config/scrubbing/frob/choice"))["crashes.covers"]
    assert covers.startswith(f"address http://127.0.0.1:{app.server.port}/7; preset standard;")
    assert "publickey" not in covers

    mode, why, _ = ran(app, "policy='standard'", FROB_DSN="http://publickey@127.0.0.1:9/7")
    assert mode == "off"
    (words,) = ran(app, "policy='verbose'", "import json\nprint(json.dumps(telemetry.status()['grown']))\n")["usage"]
    assert words == "the preset is verbose now, not standard"
    assert "it goes to http://127.0.0.1:9/7 now, not to http://127.0.0.1:" in why


def test_a_usual_yes_makes_no_policy_at_the_start(app):
    """With a preset's name nothing has to be made to compare: the heavy modules come with the first capture."""
    ran(app, "", "telemetry.set_consent('on')\n")

    assert ran(app, "policy='strict', commands=['watch']")[2] == []


def test_the_policy_that_was_compared_is_the_one_that_judges(app):
    """A callable is called once: it cannot show one policy to consent and another to the fence."""
    ran(app, "", "telemetry.set_consent('on')\n")
    turns = "lambda made=[]: (made.append(1), scrubbing.Policy(preset=['strict', 'verbose'][len(made) > 1]))[1]"
    secret = "sentry_sdk.set_extra('word', os.environ['PLANTED'])\n"

    assert ran(app, f"policy={turns}", f"import sentry_sdk\n{secret}{SAYS}")[0] == "on"

    assert len(app.server.bodies) == 1
    assert not any(b"hunter2" in body for body in app.server.bodies)


def test_more_commands_than_can_be_kept_are_refused(app):
    """They are written beside the yes, so there is a bound, which is said."""
    app.write("", init=INIT.format(more="commands=[f'c{n}' for n in range(501)]"))

    assert "commands: expected at most 500, got 501" in app.run().err


def test_five_hundred_long_commands_can_be_agreed_to(home):
    """The most that can be declared fits the file."""
    names = [f"{'c' * 60}{number:04}" for number in range(500)]

    home.consent(contents=sends(commands=names)).set("on", PURPOSES)

    assert modes(home.consent(contents=sends(commands=names))) == ["on"] * 4
