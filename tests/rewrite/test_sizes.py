"""Bags are cut to what servers keep of them: here, visibly, and the useful end stays."""

from __future__ import annotations

import random

import pytest

from scrubbing.fence import admit
from scrubbing.policy import Policy
from scrubbing.rewrite import scrub
from scrubbing.wire import build, dumps

VERBOSE = Policy.verbose()
ID = "a" * 32


def around(bag):
    """An event with a bag wherever one can be that servers bound."""
    frame = {"function": "f", "lineno": 1, "vars": bag}
    return {
        "event_id": ID,
        "platform": "python",
        "exception": {
            "values": [
                {
                    "type": "E",
                    "value": "no",
                    "mechanism": {"type": "generic", "data": bag},
                    "stacktrace": {"frames": [frame]},
                }
            ]
        },
        "breadcrumbs": {"values": [{"message": "m", "timestamp": 1_700_000_000, "data": bag}]},
        "contexts": {"mine": bag, "app": {"app_name": "frob", "more": bag}},
        "logentry": {"formatted": "no", "message": "no", "params": bag},
        "request": {"url": "http://localhost/", "method": "POST", "data": bag},
        "extra": {"mine": bag},
    }


def bags(event):
    value = event["exception"]["values"][0]
    return {
        "vars": (value["stacktrace"]["frames"][0].get("vars"), 2048),
        "mechanism": (value["mechanism"].get("data"), 2048),
        "crumb": (event["breadcrumbs"]["values"][0].get("data"), 2048),
        "params": (event["logentry"].get("params"), 2048),
        "context": (event["contexts"].get("mine"), 8192),
        "body": (event["request"].get("data"), 8192),
    }


def grown(rng, depth=0):
    """Any JSON, some of it large, some of it deep."""
    sort = rng.random()
    if sort < 0.5 + depth / 10:
        word = rng.choice(("ä", "x", '"', "\\", "alpha ")) * rng.choice((1, 8, 40, 300, 3000))
        return rng.choice((word, rng.randrange(10**6), None, True, 1.5))
    wide = rng.choice((1, 3, 9, 60)) if depth < 2 else rng.randrange(3)
    if sort < 0.75:
        return [grown(rng, depth + 1) for _ in range(wide)]
    return {f"k{n}": grown(rng, depth + 1) for n in range(wide)}


@pytest.fixture(scope="module")
def events():
    """Events with bags of many sorts, as they were and as they are sent."""
    rng = random.Random(20261127)
    given = [around({f"v{n}": grown(rng) for n in range(rng.choice((1, 4, 20)))}) for _ in range(40)]
    return given, [scrub(event, VERBOSE) for event in given]


def test_bags_have_the_size_servers_keep(events):
    """Whatever stood in them, no bag is larger than its limit, and those that were small are whole."""
    for given, made in zip(*events, strict=True):
        for name, (bag, size) in bags(made).items():
            assert bag is None or len(dumps(bag)) <= size, name
        assert len(dumps(made)) < len(dumps(given)) + 10_000
    small = around({"a": 1, "b": {"c": ["d", None, 2.5]}})
    assert scrub(small, VERBOSE)["contexts"]["mine"] == small["contexts"]["mine"]
    assert scrub(small, VERBOSE)["exception"]["values"][0]["stacktrace"]["frames"][0]["vars"] == {
        "a": 1,
        "b": {"c": ["d", None, 2.5]},
    }


def test_sentry_has_nothing_left_to_cut(events, relay):
    """Its normaliser finds nothing to say about any of them; about the events as they were it does."""
    given, made = events
    plain = [{key: value for key, value in event.items() if key != "request"} for event in made]
    assert relay.complaints({str(n): event for n, event in enumerate(plain)}) == []
    assert relay.complaints({"control": given[0]}) != []


def test_what_was_cut_is_admitted(events):
    """The fence takes each as it is: nothing that a cut left behind is a finding."""
    for event in events[1]:
        payload = dumps(event)
        admit(build({"event_id": ID}, [({"type": "event"}, payload)]), VERBOSE)


def test_strings_keep_their_beginning_and_small_values_stay():
    """A long string is cut and says so, a large container gives way, the numbers beside them are all there."""
    bag = {"long": "begin " + "x" * 5000, "large": [{"n": n, "text": "y" * 20} for n in range(99)], "number": 41}
    made = scrub(around(bag), VERBOSE)["exception"]["values"][0]["stacktrace"]["frames"][0]["vars"]
    assert made["number"] == 41
    assert made["long"].startswith("begin ")
    assert made["long"].endswith("...")
    assert made["large"] == "<?>"


def test_too_many_small_values_say_that_there_were_more():
    """Of a hundred numbers with long names the first stay, and a mark where the others were."""
    bag = {f"{'name' * 9}{n:03}": n for n in range(100)}
    made = scrub(around(bag), VERBOSE)["breadcrumbs"]["values"][0]["data"]
    assert list(made)[:2] == [f"{'name' * 9}{n:03}" for n in range(2)]
    assert list(made.items())[-1] == ("...", "<?>")
    assert len(dumps(made)) <= 2048


def test_a_huge_value_costs_no_more_than_its_limit():
    """A hundred megabytes in a variable, a message and a tag are looked at as far as they are sent."""
    import tracemalloc

    huge = "x" * 100_000_000
    event = around({"huge": huge, "list": [huge] * 50})
    event["exception"]["values"][0]["value"] = huge
    event["tags"] = {"huge": huge}
    tracemalloc.start()
    made = scrub(event, VERBOSE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert len(dumps(made)) < 200_000
    assert len(made["exception"]["values"][0]["value"]) <= 8192
