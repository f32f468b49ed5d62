"""The demo: both programs really run, the search finds what leaks, and the user's own state is left alone."""

from __future__ import annotations

import base64
import time

import pytest
from homes import SCRUBBING

from scrubbing.cli import demo


@pytest.fixture
def person(tmp_path):
    return demo.Person.moved_in(tmp_path)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """One run of each program, and whose they were."""
    someone = demo.Person.moved_in(tmp_path_factory.mktemp("demo").resolve())
    return someone, demo._crashed(someone, "stock"), demo._crashed(someone, "scrubbed")


def test_the_demo_shows_both_and_ends_well(home):
    """It takes seconds, shows what stock sends and what leaves instead, and touches nothing of the user's."""
    began = time.monotonic()
    ran = home.run(*SCRUBBING, "demo", DO_NOT_TRACK="1", CI="true", HTTP_PROXY="http://127.0.0.1:9", SENTRY_DEBUG="1")
    took = time.monotonic() - began

    assert (ran.returncode, ran.stderr) == (0, "")
    assert took < 30  # it takes 2 s on an idle machine
    for said in (
        "1. What stock Sentry would have sent",
        "2. What left instead",
        "3. Where it arrived",
        "server_name",
        "sys.argv",
        "moonlight-",
        '"release": "frob@1.4.2"',
        "subcommand:watch",
        "Stock Sentry sent 6 of them, scrubbing 0.",
    ):
        assert said in ran.stdout
    assert home.tree() == {}


def test_the_scrubbed_event_is_whole(outcomes):
    """The event has its frames, release and command, and the program's own lines."""
    _, _, scrubbed = outcomes
    (exception,) = scrubbed.event["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert "<?>" in exception["value"]
    assert [frame["module"] for frame in exception["stacktrace"]["frames"]] == [
        "frob.__main__",
        "frob.watch",
        "frob.watch",
    ]
    assert scrubbed.event["tags"] == {"subcommand": "watch"}
    assert "server_name" not in scrubbed.event


def test_nothing_of_the_person_leaves(outcomes):
    """All that is planted is in the one and none of it in the other."""
    person, stock, scrubbed = outcomes
    assert person.found_in(stock.data) == list(person.secrets)
    assert person.found_in(scrubbed.data) == []


def test_a_leak_fails_the_demo(outcomes):
    """If what left had anything of the person, the demo says which and ends with 1, without repeating it."""
    person, stock, scrubbed = outcomes
    assert demo._told(person, stock, scrubbed).code == 0
    for name, value in person.secrets.items():
        leaking = demo.Outcome((*scrubbed.received, _with(stock, value)), scrubbed.address, scrubbed.environ)
        told = demo._told(person, stock, leaking)
        assert told.code == 1
        assert name in told.note
        assert value not in told.note


def _with(outcome, value):
    import attrs

    return attrs.evolve(outcome.received[0], data=value.upper().encode())


def test_a_blind_search_fails_the_demo(outcomes):
    """If stock Sentry's report had nothing of the person, finding nothing in ours would say nothing."""
    person, _, scrubbed = outcomes
    told = demo._told(person, scrubbed, scrubbed)
    assert told.code == 1
    assert "the search is blind" in told.note


def test_a_report_that_does_not_arrive_fails_the_demo(outcomes):
    """The reason is looked up in the program's own state."""
    person, stock, scrubbed = outcomes
    lost = demo.Outcome((), scrubbed.address, scrubbed.environ)
    told = demo._told(person, stock, lost)
    assert told.code == 1
    assert "the scrubbed report did not arrive" in told.note
    assert "crashes   on" in told.note
    assert demo._told(person, lost, scrubbed).code == 1


def test_paths_of_windows_are_found_in_json(person):
    """A home with backslashes is found as JSON writes it."""
    there = demo.Person(person.home, {"home directory": "C:\\Users\\Quillfeather"})
    assert there.found_in(b'{"a": "C:\\\\Users\\\\quillfeather\\\\x"}') == ["home directory"]
    assert there.found_in(base64.b64encode(b"nothing")) == []


def test_the_environment_is_not_the_user_s(person, monkeypatch):
    """Only what a Python needs is handed on, and the program is asked to report."""
    monkeypatch.setenv("SECRET_OF_THE_REAL_USER", "x")
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere")
    environ = person.environ("http://key@127.0.0.1:1/1")
    assert not {"SECRET_OF_THE_REAL_USER", "XDG_STATE_HOME", "CI", "DO_NOT_TRACK"} & set(environ)
    assert environ["HOME"] == str(person.home)
    assert environ["FROB_TELEMETRY"] == "on"
