"""Crashes of a real program, looked for on a real dashboard and in every file under it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from machines import Machine, namespaces_allowed
from servers.bugsink import item_types
from servers.canaries import Canaries, search

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers.bugsink import Bugsink, Project

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(600),  # the first run installs the server
    pytest.mark.skipif(sys.platform == "win32", reason="the server runs on POSIX"),
]

#: Values of one bug, a thousand where there is time (`make soak`); words, since the server takes numbers out itself.
VALUES = 1000 if os.environ.get("SOAK") else 60
OFTEN = [f"zv{''.join(chr(ord('k') + int(digit)) for digit in str(1000 + number))}" for number in range(VALUES)]
LEAKS = ("leaking", "customised", "talkative")


@pytest.fixture
def project(bugsink: Bugsink, request: pytest.FixtureRequest) -> Project:
    """A project of this test's own."""
    return bugsink.project(request.node.name[-50:])


def arrived(bugsink: Bugsink, project: Project, machine: Machine, count: int = 1) -> list[dict[str, Any]]:
    """The stored events, at the latest after the next start: a busy machine may miss the moment at exit."""
    if len(bugsink.events(project)) < count:
        assert machine.run("none", dsn=project.dsn).code == 0
    return bugsink.events(project)


def frames(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for exception in event["exception"]["values"]:
        yield from exception["stacktrace"]["frames"]


def test_control_finds_everything(bugsink: Bugsink, project: Project, each_machine: Machine) -> None:
    """What plain Sentry sends of the same crash has every canary in it, and the search finds each one."""
    ended = each_machine.run("leaking", dsn=project.dsn, reporter="stock")
    assert ended.code == 1
    canaries = each_machine.canaries.everything()
    assert bugsink.events(project) != []
    assert {hit.canary for hit in search(bugsink.data_dir, canaries)} == set(canaries)


@pytest.mark.parametrize(("bug", "missing"), [("customised", "message"), ("talkative", "username")])
def test_control_finds_what_other_bugs_tell(
    bugsink: Bugsink, project: Project, machine: Machine, bug: str, missing: str
) -> None:
    """The other bugs leak through plain Sentry too, so finding nothing of them later means something."""
    machine.run(bug, dsn=project.dsn, reporter="stock")
    assert bugsink.events(project) != []
    assert missing in {hit.canary for hit in search(bugsink.data_dir, machine.canaries.everything())}


def test_crash_is_an_issue(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """An exception that leaves a command is an issue with its release and subcommand, found by searching for it."""
    ended = machine.run("leaking", dsn=project.dsn)
    assert ended.code == 1
    assert "RuntimeError" in ended.err  # the user sees the traceback as ever
    events = arrived(bugsink, project, machine)
    (event,) = [event for event in events if "exception" in event]
    assert event["release"] == "frob@1.4.2"
    assert bugsink.releases(project) == ["frob@1.4.2"]
    tags = bugsink.tags(event)
    assert (tags["subcommand"], tags["release"]) == ("watch", "frob@1.4.2")
    (issue,) = [issue for issue in bugsink.issues(project) if issue["calculated_type"] == "RuntimeError"]
    assert issue["id"] in bugsink.found_by(project, "subcommand:watch")
    assert bugsink.found_by(project, "subcommand:build") == []


def test_frames_can_be_read(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """The frames of the app say module, function and line, and nothing of the machine."""
    machine.run("overdrawn", dsn=project.dsn)
    (event,) = arrived(bugsink, project, machine)
    last = list(frames(event))[-1]
    assert (last["module"], last["function"]) == ("frob.orders", "overdrawn")
    assert last["lineno"] > 1
    for frame in frames(event):
        assert "vars" not in frame
        assert not str(frame.get("filename", "")).startswith("/")
    (exception,) = event["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert "<?>" in exception["value"]
    assert {"server_name", "modules", "extra", "breadcrumbs", "user"}.isdisjoint(event)


@pytest.mark.parametrize("bug", LEAKS)
def test_no_canary_in_any_file(bugsink: Bugsink, project: Project, machine: Machine, bug: str) -> None:
    """Nothing of the person, their machine or their secrets is in any byte of the server's files, in any form."""
    machine.run(bug, dsn=project.dsn)
    assert arrived(bugsink, project, machine) != []
    assert search(bugsink.data_dir, machine.canaries.everything()) == []


@pytest.mark.parametrize("bug", ["leaking", "overdrawn", "customised", "talkative"])
def test_two_people_send_the_same(bugsink: Bugsink, project: Project, tmp_path: Path, bug: str) -> None:
    """Two people on two machines who run into one bug send the same event, but for its id and its time.

    So nothing of what the program handled is in it, not even as a length, an order or a part of a hash.
    """
    kind = "namespace" if namespaces_allowed() else "patched"
    people = [Machine.made(tmp_path / str(seed), Canaries.fresh(seed), kind) for seed in (1, 2)]
    sent = []
    for number, machine in enumerate(people):
        theirs = bugsink.project(f"{project.number} {number}")
        machine.run(bug, str(number), dsn=theirs.dsn)
        events = arrived(bugsink, theirs, machine)
        own = ("event_id", "timestamp")
        sent.append(sorted(json.dumps({k: v for k, v in e.items() if k not in own}, sort_keys=True) for e in events))
    assert sent[0] == sent[1] != []


def test_no_canary_on_either_kind_of_machine(bugsink: Bugsink, project: Project, each_machine: Machine) -> None:
    """Whether the system or the standard library tells the program who it runs for, none of it arrives."""
    each_machine.run("leaking", dsn=project.dsn)
    assert arrived(bugsink, project, each_machine) != []
    assert search(bugsink.data_dir, each_machine.canaries.everything()) == []


def test_two_bugs_are_two_issues(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """Two bugs of one exception type are two issues; one bug with two values is one issue with two events."""
    for bug, value in (("overdrawn", "7731"), ("overdrawn", "9002"), ("malformed", "7731")):
        machine.run(bug, value, dsn=project.dsn)
    events = arrived(bugsink, project, machine, count=3)
    assert all("<?>" in event["exception"]["values"][0]["value"] for event in events)
    issues = bugsink.issues(project)
    assert {issue["calculated_type"] for issue in issues} == {"ValueError"}
    assert sorted(issue["digested_event_count"] for issue in issues) == [1, 2]


@pytest.mark.parametrize("reporter", ["often", "often reduced"])
@pytest.mark.parametrize(("bug", "kind"), [("overdrawn", "ValueError"), ("reported", "Log Message")])
def test_one_bug_with_many_values_is_one_issue(
    bugsink: Bugsink, project: Project, machine: Machine, bug: str, kind: str, reporter: str
) -> None:
    """However often one bug happens, with another value each time, it is one issue, and no value arrives.

    Whether its message is a skeleton or nothing is left of it.
    """
    for start in range(0, len(OFTEN), 60):  # a process each, as a program is started again and again
        assert machine.run(bug, ",".join(OFTEN[start : start + 60]), dsn=project.dsn, reporter=reporter).code == 0
    events = bugsink.events(project)  # the first page of them
    assert len(bugsink.envelopes(project)) == len(OFTEN)
    issues = [issue for issue in bugsink.issues(project) if issue["calculated_type"] == kind]
    assert [issue["digested_event_count"] for issue in issues] == [len(OFTEN)]
    assert "zv" not in json.dumps([said(event) for event in events])
    if reporter == "often":
        assert search(bugsink.data_dir, machine.canaries.everything()) == []


def said(event: dict[str, Any]) -> Any:
    """What an event says of its message."""
    values = (event.get("exception") or {}).get("values") or ()
    return [*(value["value"] for value in values), event.get("logentry")]


def test_control_open_messages_are_many_issues(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """Of the same bug with its values, which are words, the server makes an issue each."""
    machine.run("overdrawn", ",".join(OFTEN[:5]), dsn=project.dsn, reporter="often open")
    assert len(bugsink.issues(project)) == 5


def test_server_down_at_the_crash(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """A crash while the server is down arrives once at the next start, and not again at the one after."""
    bugsink.stop()
    try:
        ended = machine.run("overdrawn", dsn=project.dsn)
    finally:
        bugsink.start()
    assert ended.code == 1
    assert bugsink.events(project) == []
    for _ in range(2):
        assert machine.run("none", dsn=project.dsn).code == 0
    assert len(bugsink.events(project)) == 1
    assert sum(item_types(envelope).count("event") for envelope in bugsink.envelopes(project)) == 1
    assert search(bugsink.data_dir, machine.canaries.everything()) == []


def test_sessions_break_nothing(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """Sessions go beside events, carry the release, and every event that came was stored."""
    machine.run("none", dsn=project.dsn)
    machine.run("overdrawn", dsn=project.dsn)
    arrived(bugsink, project, machine)
    envelopes = bugsink.envelopes(project)
    assert {kind for envelope in envelopes for kind in item_types(envelope)} == {"event", "session"}
    # One that was on its way when the program ended comes twice; a server stores it once.
    came = {
        json.loads(envelope.splitlines()[0])["event_id"] for envelope in envelopes if item_types(envelope) == ["event"]
    }
    assert came == {event["event_id"] for event in bugsink.events(project)}
    assert len(came) == 1
    (started, *_) = [envelope for envelope in envelopes if "session" in item_types(envelope)]
    assert json.loads(started.splitlines()[2])["attrs"]["release"] == "frob@1.4.2"


def test_without_a_yes_nothing_comes(bugsink: Bugsink, project: Project, machine: Machine) -> None:
    """With ``enabled=None`` and nothing stored, a crash leaves the machine in no form at all."""
    assert machine.run("leaking", dsn=project.dsn, reporter="unasked").code == 1
    assert bugsink.envelopes(project) == []
