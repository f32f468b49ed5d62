"""The same crashes on a second server, written by other people from the same protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from servers.canaries import search

if TYPE_CHECKING:
    from machines import Machine
    from servers.foxray import Foxray

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]  # the first run installs the server


def arrived(foxray: Foxray, dsn: str, machine: Machine, count: int = 1) -> list[dict[str, Any]]:
    """The stored events, at the latest after the next start."""
    if len(foxray.events(dsn)) < count:
        assert machine.run("none", dsn=dsn).code == 0
    return foxray.events(dsn)


def test_control_is_seen(foxray: Foxray, machine: Machine) -> None:
    """Plain Sentry's crash shows on the page, with the person's words in it."""
    dsn = foxray.project("control")
    machine.run("leaking", dsn=dsn, reporter="stock")
    assert foxray.events(dsn) != []
    assert machine.canaries.message in foxray.page_of_issues("RuntimeError")
    found = {hit.canary for hit in search(foxray.data_dir, machine.canaries.everything())}
    assert {"username", "surname", "hostname", "folder", "argument", "variable", "message", "word"} <= found


def test_crash_is_seen(foxray: Foxray, machine: Machine) -> None:
    """A scrubbed crash shows on the page, with its release, subcommand and frames, and no canary in any file."""
    dsn = foxray.project("crash")
    machine.run("leaking", dsn=dsn)
    event = next(event for event in arrived(foxray, dsn, machine) if event.get("exception"))
    assert event["release"] == "frob@1.4.2"
    assert event["tags"]["subcommand"] == "watch"
    last = event["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    assert (last["module"], last["function"]) == ("frob.orders", "leaking")
    assert "RuntimeError" in foxray.page_of_issues("RuntimeError")
    assert search(foxray.data_dir, machine.canaries.everything()) == []


def test_two_bugs_are_two_issues(foxray: Foxray, machine: Machine) -> None:
    """Two bugs of one exception type are two issues; one bug with two values is one issue."""
    dsn = foxray.project("grouping")
    for bug, value in (("overdrawn", "7731"), ("overdrawn", "9002"), ("malformed", "7731")):
        machine.run(bug, value, dsn=dsn)
    events = arrived(foxray, dsn, machine, count=3)
    assert len(events) == 3
    assert len({event["issue"] for event in events}) == 2
