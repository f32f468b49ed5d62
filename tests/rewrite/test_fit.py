"""What is given up depends on a payload's size in bytes, to the byte, however many frames it has."""

from __future__ import annotations

import pytest

from scrubbing.rewrite.fit import ROOM, fit
from scrubbing.wire import dumps

FRAME = {"function": "grüß", "lineno": 7, "vars": {"text": 'a "quoted" line\n', "many": [1, None, 2.5, True]}}
STACKS = {
    "no exception": None,
    "no stack": [{"type": "E"}, None],
    "no frames": [{"type": "E", "stacktrace": {"frames": []}}, {"stacktrace": None}, {"stacktrace": {"frames": None}}],
    "one frame": [{"type": "E", "stacktrace": {"frames": [FRAME]}}],
    "frames that are none": [{"type": "E", "stacktrace": {"frames": [None, FRAME, None], "registers": {"a": "0x1"}}}],
    "frames of two exceptions": [{"stacktrace": {"frames": [FRAME] * count}} for count in (8, 9)],
    "many frames": [{"stacktrace": {"frames": [FRAME] * count}} for count in (7, 250, 16)],
}


def payload(stack, size):
    """A payload of so many bytes of JSON."""
    made = {"event_id": "a" * 32, "extra": {"notes": ""}}
    if stack is not None:
        made["exception"] = {"values": stack}
    made["extra"]["notes"] = "x" * (size - len(dumps(made)))
    assert len(dumps(made)) == size
    return made


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)
def test_a_payload_of_the_largest_size_is_kept_and_one_byte_more_is_too_much(stack):
    """What fits is left as it is; of what does not the least useful part goes."""
    whole = payload(stack, ROOM)
    assert fit(payload(stack, ROOM)) == whole
    assert "extra" not in fit(payload(stack, ROOM + 1))
    assert len(dumps(fit(payload(stack, 2 * ROOM)))) <= ROOM
