"""Long stacks lose what is around their middle frames here, and nothing more at Sentry."""

from __future__ import annotations

import copy
import random

from scrubbing.policy import Policy
from scrubbing.rewrite import scrub
from scrubbing.rewrite.stacks import WHOLE, slim

AROUND = {"vars", "pre_context", "post_context"}


def stack(size, ours, rng):
    """An event with so many frames, so many of them the app's, anywhere."""
    own = set(rng.sample(range(size), ours))
    frames = [
        {
            "function": f"f{n}",
            "lineno": n + 1,
            "in_app": n in own,
            "vars": {"a": n},
            "pre_context": ["x"],
            "context_line": "y",
            "post_context": ["z"],
        }
        for n in range(size)
    ]
    value = {"type": "E", "value": "no", "stacktrace": {"frames": frames}}
    return {"event_id": "a" * 32, "platform": "python", "exception": {"values": [value]}}


def frames(event):
    return event["exception"]["values"][0]["stacktrace"]["frames"]


def test_sentry_takes_nothing_more_away(relay):
    """Whatever the size of a stack and the app's share of it, its normaliser keeps what we send."""
    rng = random.Random(20261127)
    sizes = [(size, rng.randrange(size + 1)) for size in (1, 49, 50, 51, 52, 60, 75, 101, 250) for _ in range(6)]
    events = {f"{size} {ours}": stack(size, ours, rng) for size, ours in sizes}
    whole = copy.deepcopy(events)
    for event in events.values():
        slim(event)
    stored = relay.normalised(events)
    for name, event in events.items():
        kept = [sorted(AROUND & frame.keys()) for frame in frames(stored[name])]
        assert kept == [sorted(AROUND & frame.keys()) for frame in frames(event)], name
    control = relay.normalised({"control": whole["250 " + next(n.split()[1] for n in whole if n.startswith("250"))]})
    assert any(not AROUND & frame.keys() for frame in frames(control["control"]))


def test_the_useful_ends_stay_whole():
    """Where the app was entered and where it broke keep everything; every frame keeps its name and its line."""
    made = frames(scrub(stack(200, 0, random.Random(1)), Policy.verbose()))
    assert len(made) == 200
    assert [frame.keys() >= AROUND for frame in made] == [n < WHOLE // 2 or n >= 200 - WHOLE // 2 for n in range(200)]
    assert all({"function", "lineno", "context_line"} <= frame.keys() for frame in made)


def test_the_apps_frames_come_before_others():
    """Ten frames of the app in the middle of two hundred keep what is around them."""
    rng = random.Random(2)
    event = stack(200, 10, rng)
    slim(event)
    assert all(frame.keys() >= AROUND for frame in frames(event) if frame["in_app"])


def test_short_stacks_are_left_alone():
    """Up to fifty frames nothing goes; frames that are null and stacks that are none are no trouble."""
    event = stack(WHOLE, 7, random.Random(3))
    whole = copy.deepcopy(event)
    slim(event)
    assert event == whole
    for odd in ({}, {"exception": None}, {"exception": {"values": [None, {"stacktrace": None}]}}, {"threads": {}}):
        slim(odd)
