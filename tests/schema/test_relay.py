"""Sentry's own normaliser takes what is sent as it is: it reports nothing, drops nothing and cuts nothing."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from servers.captures import scrubbed

from scrubbing.schema import PRESETS

if TYPE_CHECKING:
    from servers.captures import Capture
    from servers.relay import Relay

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]  # the first run installs it

NOW = datetime.now(timezone.utc).timestamp()
FRAME = {"function": "f", "module": "frob", "lineno": 7, "vars": {"x": "1"}, "pre_context": ["# before"]}
#: Events it does something to, and what it then says.
UNFIT: dict[str, tuple[dict[str, Any], str]] = {
    "a long message": ({"logentry": {"formatted": "x" * 9000}}, "!limit"),
    "a long type": ({"exception": {"values": [{"type": "X" * 300, "value": "x"}]}}, "!limit"),
    "a deep value": ({"extra": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}}, "extra.a"),
    "many frames": ({"stacktrace": {"frames": [FRAME] * 300}}, "frames"),
    "a strange time": ({"timestamp": "yesterday"}, "input contains invalid"),
    "an old time": ({"timestamp": NOW - 100 * 86400}, "past_timestamp"),
    "a strange level": ({"level": "odd"}, "invalid level"),
    "a release it has no use for": ({"release": "latest"}, "release"),
    "an environment with a slash": ({"environment": "a/b"}, "environment"),
    "a tag of two lines": ({"tags": {"colour": "blue\ngreen"}}, "tags"),
    "an unknown field": ({"colour": "blue"}, "invalid_attribute"),
    "an unknown field below": ({"exception": {"values": [{"type": "X", "value": "y", "colour": "blue"}]}}, "colour"),
    "sixty frames": ({"stacktrace": {"frames": [FRAME] * 60}}, "vars"),
}
#: Events it does to only what it does to any.
FIT: dict[str, dict[str, Any]] = {
    "a time": {"timestamp": datetime.fromtimestamp(NOW, timezone.utc).isoformat()},
    "a message that is its own template": {"logentry": {"formatted": "x", "message": "x"}},
    "things with nothing in them": {"extra": {"a": {}}, "tags": {}, "breadcrumbs": {"values": []}},
}


@pytest.mark.parametrize("preset", PRESETS)
def test_scrubbed_events_are_taken_as_they_are(captures: list[Capture], relay: Relay, preset: str) -> None:
    """Each error and transaction of a real program, scrubbed, keeps every field and value in Sentry."""
    events = scrubbed(captures, preset)
    assert len(events) >= 15
    assert relay.complaints(events) == []


def test_control_finds_what_does_not_fit(relay: Relay) -> None:
    """What is too long, too deep, malformed or unknown is found, each for its reason."""
    complaints = relay.complaints({name: event for name, (event, _) in UNFIT.items()})
    for name, (_, said) in UNFIT.items():
        assert said in "\n".join(line for line in complaints if line.startswith(f"{name}: ")), name


def test_control_finds_what_plain_sentry_sends(captures: list[Capture], relay: Relay) -> None:
    """The same events, as plain Sentry sends them, lose something in Sentry."""
    plain = {str(number): made.json for number, made in enumerate(captures) if made.type in ("event", "transaction")}
    assert relay.complaints(plain) != []


def test_every_allowance_is_one(relay: Relay) -> None:
    """What Sentry does to any event is no complaint."""
    assert relay.complaints(FIT) == []
