"""What the installed SDK really makes of failing programs: it passes the fence, and servers' own schema."""

from __future__ import annotations

import functools

import pytest
from sdk_events import PROGRAMS, captured, message

from scrubbing import roots
from scrubbing.fence import Seen, admit
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import remember, rewritten, scrub, subject
from scrubbing.schema import PRESETS
from scrubbing.wire import build, dumps

NAMES = ["erika", "python", "test", "a", "web", "root", "user", "filtered", "event", "error", "frob", "x"]


@pytest.fixture(scope="module")
def events():
    """Events of all programs, as they reach the hooks, with what they are about."""
    made = {name: captured(program, include_local_variables=True) for name, program in PROGRAMS.items()}
    return made | {name: (event, None) for name, event in message().items()}


def policies(name="erika"):
    machine = Machine(username=name, hostname=name, full_name=name, home=f"/home/{name}")
    packages = roots.detect(["sdk_events", "json"])
    return {preset: Policy(preset=preset, machine=machine, packages=packages, app="frob") for preset in PRESETS}


@pytest.mark.parametrize("name", NAMES)
def test_events_of_the_sdk_pass(events, name):
    """Each event, rewritten with and without its exception, is admitted, and rewriting it again changes nothing."""
    for preset, policy in policies(name).items():
        for event, exc in events.values():
            for about in (subject(event, policy, exc), subject(event, policy, None, prove=False)):
                made = rewritten(event, policy, "event", about)
                seen = Seen()
                seen.remember_id(made["event_id"])
                mark = functools.partial(seen.remember_message, terms=policy.terms)
                remember(made, policy.shape("event"), seen.remember_text, mark)
                sent = build({"event_id": made["event_id"]}, [({"type": "event"}, dumps(made))])
                assert admit(sent, policy, seen)
                assert preset == "strict" or scrub(made, policy) == made


@pytest.fixture(scope="module")
def made(events):
    """All of them, rewritten under each preset, with and without their exception."""
    return {
        f"{preset} {name} {'live' if about else 'dead'}": rewritten(
            event, policy, "event", subject(event, policy, exc if about else None, prove=False)
        )
        for preset, policy in policies().items()
        for name, (event, exc) in events.items()
        for about in (True, False)
    }


def test_events_are_what_servers_take(made, event_schema):
    """Each event validates against the public event schema; one that is none does not."""
    assert event_schema.problems(made) == []
    assert event_schema.problems({"control": {"message": {}, "level": "unheard of"}}) != []


def test_events_are_what_sentry_keeps(made, relay):
    """Sentry's normaliser keeps every field of each event whole and finds nothing to say."""
    assert relay.complaints(made) == []
    assert relay.complaints({"control": {"logger": "x" * 200, "platform": "python"}}) != []


def test_events_stay_useful(events):
    """Under the open presets messages, tags, contexts and breadcrumbs are there; under strict frames and types are."""
    strict, standard, verbose = (
        scrub(events["chained"][0], policy, events["chained"][1]) for policy in policies().values()
    )

    assert [value["type"] for value in strict["exception"]["values"]] == ["JSONDecodeError", "OrderError"]
    assert strict["exception"]["values"][1]["stacktrace"]["frames"][-1]["function"] == "chained"
    assert standard["exception"]["values"][1]["value"].startswith("order 7731 of ")
    assert standard["tags"] == {"color": "blue"}
    assert standard["contexts"]["printer"] == {"model": "x", "serial": 4711, "nested": [{"deep": True}]}
    assert standard["breadcrumbs"]["values"][-1]["message"] == "step 119"
    assert "vars" in verbose["exception"]["values"][1]["stacktrace"]["frames"][-1]
    assert "user" not in verbose  # what an app says of its user leaves under no preset
