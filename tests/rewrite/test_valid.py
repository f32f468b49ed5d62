"""No part of an event is of a form for which a strict server would refuse the whole."""

from __future__ import annotations

import random
from typing import Any

import pytest
from generated_payloads import shaped

from scrubbing import scrub
from scrubbing.schema import PRESETS

FRAME = {"function": "main", "module": "json", "lineno": 7}
SDK = {"name": "sentry.python", "version": "2.75.0"}

#: Event, the part that is looked at, and what it is under verbose.
CASES: list[tuple[dict[str, Any], str, Any]] = [
    ({"level": "critical"}, "level", "fatal"),
    (
        {"breadcrumbs": {"values": [{"message": "x", "level": "critical", "data": "text"}]}},
        "breadcrumbs",
        {"values": [{"message": "x", "level": "fatal"}]},
    ),
    ({"extra": [1]}, "extra", None),
    ({"contexts": {"frob": 7, "printer": {"model": "x"}}}, "contexts", {"printer": {"model": "x"}}),
    ({"sdk": {**SDK, "name": "sentry.python.yet_unknown"}}, "sdk", SDK),
    ({"sdk": {"name": "sentry.python"}}, "sdk", None),
    ({"sdk": {**SDK, "packages": [{"name": "pypi:sentry-sdk"}]}}, "sdk", {**SDK, "packages": []}),
    ({"transaction_info": {"source": "nowhere"}}, "transaction_info", {}),
    ({"transaction_info": {"source": "task"}}, "transaction_info", {"source": "task"}),
    ({"dist": 7}, "dist", "7"),
    ({"threads": {"values": [{"id": 7, "stacktrace": {"frames": []}}]}}, "threads", {"values": [{"id": 7}]}),
    ({"request": {"method": "GET", "headers": "Host: x", "query_string": 7}}, "request", {"method": "GET"}),
    ({"request": {"headers": [["A", "b"]], "query_string": "q=1"}}, "request", ...),
    ({"request": {"headers": {"A": "b"}, "query_string": {"q": "1"}}}, "request", ...),
]


@pytest.mark.parametrize(("event", "name", "expected"), CASES, ids=lambda case: str(case)[:50])
def test_parts_of_the_wrong_form_are_put_right(event, name, expected):
    """A word that has another name is renamed, a bag that must be an object and is none is left out, and so on."""
    made = scrub(event, "verbose")
    assert made.get(name) == (event[name] if expected is ... else expected)
    assert scrub(made, "verbose") == made


def test_any_event_is_valid(event_schema):
    """Events with anything in places validate against the public schema when they are scrubbed, under each preset."""
    events = {}
    for seed in range(60):
        rng = random.Random(seed)
        event = {**shaped(rng, "Event"), "type": rng.choice(["error", "default", None])}
        for name in ("spans", "start_timestamp", "measurements"):  # of transactions, which this schema is not about
            event.pop(name, None)
        events |= {f"{preset} {seed}": scrub(event, preset) for preset in PRESETS}
    assert event_schema.problems(events) == []


def test_nothing_is_longer_than_sentry_keeps(relay):
    """Every text that is too long is cut to what Sentry keeps of it, before it is sent."""
    long = "word " * 3000
    frame = {**dict.fromkeys(("filename", "abs_path", "function", "module", "context_line"), long), "lineno": 7}
    value = {"type": long, "module": long, "value": long, "stacktrace": {"frames": [frame]}}
    crumb = dict.fromkeys(("type", "category", "message"), long)
    trace = {"trace_id": "7" * 32, "span_id": "7" * 16, "op": long, "origin": "word." * 3000}
    event = {
        "exception": {"values": [value]},
        "threads": {"values": [{"id": 7, "name": long}]},
        "breadcrumbs": {"values": [crumb] * 3},
        "contexts": {"trace": trace},
        "request": {"url": "http://localhost/" + "x/" * 3000},
        "user": {"id": long},
        "tags": {"colour": long},
        "fingerprint": [long],
        "logentry": {"message": long, "formatted": long},
        **dict.fromkeys(("logger", "transaction"), long),
    }
    assert relay.complaints({"as it is": event}) != []
    assert relay.complaints({preset: scrub(event, preset) for preset in PRESETS}) == []
