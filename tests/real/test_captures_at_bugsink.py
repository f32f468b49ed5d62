"""Errors of real programs with real frameworks, at a server that checks every event strictly."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from servers.captures import scrubbed
from servers.web import Browser

from scrubbing import wire
from scrubbing.outbox.dsn import parse_dsn
from scrubbing.schema import PRESETS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servers.bugsink import Bugsink, Project
    from servers.captures import Capture

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(600),  # the first run installs the server
    pytest.mark.skipif(sys.platform == "win32", reason="the server runs on POSIX"),
]


def post(bugsink: Bugsink, project: Project, events: Iterable[dict[str, Any]]) -> None:
    """Sends events to a project, each in an envelope of its own."""
    dsn = parse_dsn(project.dsn)
    sentry = f"Sentry sentry_version=7, sentry_client=test/1, sentry_key={dsn.key}"
    browser = Browser(bugsink.base, {"X-Sentry-Auth": sentry, "Content-Type": "application/x-sentry-envelope"})
    for event in events:
        header = {"event_id": event["event_id"], "dsn": project.dsn}
        browser.text(dsn.envelope_path, wire.build(header, [({"type": "event"}, wire.dumps(event))]))


def stored(bugsink: Bugsink, project: Project) -> set[str]:
    """The ids of the events a project has."""
    sql = "select event_id from events_event where project_id = ?"
    return {event_id.replace("-", "") for (event_id,) in bugsink.rows(sql, project.number)}


def test_scrubbed_errors_are_stored(bugsink: Bugsink, captures: list[Capture]) -> None:
    """Each error, scrubbed under each preset, passes the server's strict check and is stored."""
    for preset in PRESETS:
        project = bugsink.project(f"scrubbed {preset}")
        events = [event for name, event in scrubbed(captures, preset).items() if name.endswith(" event")]
        post(bugsink, project, events)
        assert stored(bugsink, project) == {event["event_id"] for event in events} != set()


def test_control_is_not_stored(bugsink: Bugsink, captures: list[Capture]) -> None:
    """Of the same errors as plain Sentry sends them, the server drops those with a top-level message."""
    project = bugsink.project("plain messages")
    events = [capture.json for capture in captures if capture.type == "event"]
    messages = [event for event in events if "message" in event]
    post(bugsink, project, messages)
    assert messages != []
    assert stored(bugsink, project) == set()
