"""Strict: nothing the program handled leaves, wherever in an event it stands."""

from __future__ import annotations

import copy
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubbing import roots
from scrubbing.errors import SchemaError
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import rewritten, scrub, scrub_text, subject
from scrubbing.schema import ITEMS
from scrubbing.wire import dumps

POLICY = Policy.strict(machine=Machine(username="erika"), packages=["frob"], app="frob")
NUMBER = 4111111111111111
#: What the app's author says of the app; everything else in an event is run-time.
FACTS = {"release", "environment", "dist", "subcommand"}

FRAME = {
    "filename": "frob/sync.py",
    "abs_path": "/x/frob/sync.py",
    "module": "frob.sync",
    "function": "f",
    "lineno": 3,
    "colno": 4,
    "context_line": "x",
    "pre_context": ["x"],
    "post_context": ["x"],
    "vars": {"x": "x", "y": {"z": ["x", 1]}},
    "package": "x",
    "in_app": True,
    "platform": "python",
}
EVENT = {
    "event_id": "0" * 32,
    "timestamp": "2026-11-22T04:13:17Z",
    "platform": "python",
    "level": "error",
    "logger": "x",
    "message": "x",
    "logentry": {"message": "x", "formatted": "x", "params": ["x", {"x": "x"}]},
    "release": "frob@1.4.2",
    "environment": "production",
    "dist": "1",
    "server_name": "x",
    "transaction": "x",
    "transaction_info": {"source": "x"},
    "modules": {"x": "1"},
    "extra": {"x": "x", "sys.argv": ["x"]},
    "fingerprint": ["x"],
    "culprit": "x",
    "tags": {"subcommand": "watch", "x": "x"},
    "user": {"id": "x", "email": "x", "ip_address": "x", "username": "x"},
    "request": {
        "url": "x",
        "method": "GET",
        "headers": {"x": "x"},
        "data": "x",
        "query_string": "x",
        "env": {"x": "x"},
    },
    "sdk": {
        "name": "sentry.python",
        "version": "2.75.0",
        "integrations": ["logging"],
        "packages": [{"name": "pypi:sentry-sdk", "version": "2.75.0"}],
        "settings": {"x": "x"},
    },
    "contexts": {
        "runtime": {"name": "CPython", "version": "3.11.7", "build": "x"},
        "os": {"name": "Linux", "version": "6.1", "kernel_version": "x"},
        "trace": {"trace_id": "0" * 32, "span_id": "0" * 16, "op": "x", "description": "x", "data": {"x": "x"}},
        "feedback": {"message": "x", "name": "x", "contact_email": "x", "associated_event_id": "0" * 32},
        "device": {"name": "x"},
        "x": {"x": "x"},
    },
    "exception": {
        "values": [
            {
                "type": "ValueError",
                "module": "frob.sync",
                "value": "x",
                "thread_id": 4,
                "mechanism": {
                    "type": "generic",
                    "handled": True,
                    "source": "__cause__",
                    "description": "x",
                    "help_link": "x",
                    "exception_id": 1,
                    "parent_id": 0,
                    "data": {"x": "x"},
                    "meta": {"errno": {"number": 2, "name": "x"}, "signal": {"x": "x"}},
                },
                "stacktrace": {"frames": [FRAME, {**FRAME, "module": "json.decoder"}], "registers": {"x": "x"}},
            },
            {"type": "ValueError", "module": None, "value": "x"},
        ]
    },
    "stacktrace": {"frames": [FRAME]},
    "threads": {"values": [{"id": 1, "name": "x", "stacktrace": {"frames": [FRAME]}}]},
    "breadcrumbs": {"values": [{"message": "x", "category": "x", "type": "x", "level": "info", "data": {"x": "x"}}]},
    "spans": [{"op": "x", "description": "x", "data": {"x": "x"}, "tags": {"x": "x"}}],
    "measurements": {"x": {"value": 1, "unit": "x"}},
    "debug_meta": {"images": [{"x": "x"}]},
    "_meta": {"x": {"": {"rem": [["x"]]}}},
}
CANARIES = [
    "CanaryErika", "canary.erika", "canary/erika.py", "canaryerika", "CANARYERIKA", "1.2.canary", "canary erika",
    "<canary>", "/home/canary/erika.py", "canary@erika.org", "E_CANARY", "__canary__",
]  # fmt: skip


def places(value, path=()):
    """The path of every leaf and every key."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield (*path, key), True
            yield from places(child, (*path, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from places(child, (*path, number))
    else:
        yield path, False


PLACES = [place for place in places(EVENT) if place[0] != ("event_id",)]


def planted(path, is_key, value):
    """The event with a value at a place, or with a key renamed to it."""
    event = copy.deepcopy(EVENT)
    inside = event
    for step in path[:-1]:
        inside = inside[step]
    if is_key:
        inside[str(value)] = inside.pop(path[-1])
    else:
        inside[path[-1]] = value
    return event


def sent(event, exc=None, *, prove=True) -> bytes:
    return dumps(rewritten(event, POLICY, "event", subject(event, POLICY, exc, prove=prove)))


def holds(data: bytes, value) -> bool:
    return ("canary" in str(value).lower() and b"canary" in data.lower()) or str(value).encode() in data


@pytest.mark.parametrize("value", [*CANARIES, NUMBER, -NUMBER, NUMBER / 7])
def test_no_value_leaves_from_any_place(value):
    """A canary as any value and any key of an event is in no byte of what is made of it."""
    for path, is_key in PLACES:
        event = planted(path, is_key, value)
        assert holds(dumps(event), value)
        if path[-1] in FACTS and not is_key:
            continue
        assert not holds(sent(event), value), path


@pytest.mark.parametrize("value", [*CANARIES, NUMBER])
def test_without_proof_only_names_leave(value):
    """`scrub` without the live exception believes the names of frames of known modules, and nothing else."""
    names = {"function", "module", "type"}
    for path, is_key in PLACES:
        if is_key or path[-1] not in FACTS | names:
            assert not holds(dumps(scrub(planted(path, is_key, value), POLICY)), value), path


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6))
def test_what_leaves_is_the_same_for_all_values(place, one, two):
    """Two texts at the same place of an event give the same bytes, the fingerprint included."""
    path, is_key = place
    if path[-1] in FACTS or is_key:
        return
    made = {sent(planted(path, is_key, f"canary {text}\0")) for text in (one, two)}

    assert len(made) == 1


def crash(value):
    secret = value
    try:
        raise KeyError(value)
    except KeyError as exc:
        made = type(f"Canary{value}", (ValueError,), {"__module__": f"canary.{value}"})(secret, value)
        made.detail = made.message = f"canary {value}"
        raise made from exc


def test_a_live_exception_says_only_what_the_code_is():
    """Message, args, notes, attributes, locals and dynamic types do not leave; two values give one event."""
    policy = Policy.strict(machine=Machine(username="erika"), packages=roots.detect(["json"]))

    def made(value: str) -> bytes:
        with pytest.raises(ValueError) as caught:  # the message is what must not matter
            crash(value)
        if sys.version_info >= (3, 11):
            caught.value.add_note(f"canary {value}")
        event = planted(("exception", "values", 0, "value"), False, f"canary {value}")
        return dumps(scrub(event, policy, caught.value))

    assert made("canary1") == made("canary2")
    assert b"canary" not in made("canary1").lower()


def test_a_module_may_be_a_logger():
    """A logger stays under strict only where it is the name of a loaded module that is proven to be code."""
    policy = Policy.strict(machine=Machine(username="erika"), packages=roots.detect(["frob"]), app="frob")

    assert scrub({"logger": "json.decoder"}, policy)["logger"] == "json.decoder"
    assert "logger" not in scrub({"logger": "json.decoder"}, POLICY)
    for name in ("frob.canary", "canary", "pytest", "json.", 3, None):
        assert "logger" not in scrub({"logger": name}, policy)


def test_an_undeclared_command_is_unknown():
    """Where commands are declared, another name is tagged as unknown."""
    policy = Policy.strict(machine=Machine(), commands=["watch"])

    assert scrub({"tags": {"subcommand": "watch"}}, policy)["tags"] == {"subcommand": "watch"}
    assert scrub({"tags": {"subcommand": "canary"}}, policy)["tags"] == {"subcommand": "<?>"}


@pytest.mark.parametrize("preset", ["standard", "verbose"])
def test_a_logger_of_a_value_is_dropped_elsewhere(preset):
    """Under the open presets a logger that is no module leaves only if no rule finds anything in it."""
    policy = Policy(preset=preset, machine=Machine(username="erikagaertner"))

    assert "logger" not in scrub({"logger": "worker.erikagaertner"}, policy)
    assert scrub({"logger": "worker.seven"}, policy)["logger"] == "worker.seven"


def test_keys_take_their_values_along():
    """A key that is run-time text is rewritten; its value stays under the new key, and equal keys keep the first."""
    policy = Policy.verbose(machine=Machine(username="erikagaertner", home="/home/erikagaertner"))

    made = scrub({"extra": {"erikagaertner": {"a": 1}, "[user]": "second"}}, policy)

    assert made["extra"] == {"[user]": {"a": 1}}


def test_the_event_given_is_not_changed():
    """`scrub` makes a new event."""
    before = copy.deepcopy(EVENT)
    for policy in (POLICY, Policy.verbose(machine=Machine(username="x"))):
        scrub(EVENT, policy)

    assert before == EVENT


@pytest.mark.parametrize("wrong", [None, [], "x", 3])
def test_what_is_no_event_is_refused(wrong):
    """Something that is no mapping, and an item that does not leave, raise."""
    with pytest.raises(SchemaError):
        scrub(wrong, POLICY)
    for item in sorted(set(ITEMS) - {"event", "feedback", "session", "sessions"}):
        with pytest.raises(SchemaError):
            rewritten({}, POLICY, item)


def test_a_text_is_rewritten_whatever_the_preset():
    """`scrub_text` runs the policy's rules."""
    assert scrub_text("mail erika@example.org", POLICY) == "mail [email]"
