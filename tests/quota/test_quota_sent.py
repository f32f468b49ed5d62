"""Quotas of real programs: what is dropped gives back what it took, and a session tells the truth all the same."""

from __future__ import annotations

import pytest
from apps import App
from servers.faulty import Faulty

from scrubbing import files
from scrubbing.quota import LIMITS


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


def counted(app):
    """Today's counters; 0 where nothing was counted yet."""
    lines = files.read_lines(str(app.outbox.parent / "quota"))
    return {name: int(lines.get(name, "0")) for name in ("events", "crashes", "bytes")}


CRASHES = """
def fail(number):
    raise [KeyError, IndexError, ValueError][number % 3](os.environ["PLANTED"])
for number in range(6):
    try:
        fail(number)
    except Exception as error:
        telemetry.capture_exception(error)
telemetry.flush(10)
"""

#: Ways an event is dropped after its room was reserved: what is said to ``init``, and the reason that is counted.
DROPS = {
    "sample_rate": (", sample_rate=0.0", "sampled"),
    "error_sampler": (", error_sampler=lambda event, hint: 0.0", "sampled"),
    "error_sampler False": (", error_sampler=lambda event, hint: False", "sampled"),
    "error_sampler raises": (", error_sampler=lambda event, hint: 1 / 0", "error_sampler:app-raised"),
    "before_send": (", before_send=lambda event, hint: None", "before_send:app"),
    "before_send raises": (", before_send=lambda event, hint: 1 / 0", "before_send:app-raised"),
}


@pytest.mark.parametrize("drop", DROPS)
def test_what_is_dropped_on_the_way_gives_back_what_it_took(app, drop):
    """Nothing is sent, nothing stays counted, and the reason is told."""
    more, reason = DROPS[drop]
    run = app.crash(CRASHES, more=more)
    assert (run.code, run.err) == (0, "")
    assert app.items() == []
    assert set(counted(app).values()) == {0}
    assert app.drops()[reason] == 6


def test_the_fence_gives_back_what_it_refuses(app):
    """A hook that was broken by somebody: the fence refuses, and the day's quota is whole."""
    run = app.crash(
        CRASHES.replace("telemetry.flush(10)", ""),
        more=")\nimport scrubbing.sentry.middleware as m\n"
        "def put(payload, *rest): return {**payload, 'server_name': 'moonlight'}\n"
        "real = m.rewritten\nm.rewritten = lambda *a: put(real(*a)",
    )
    assert (run.code, run.err) == (0, "")
    assert app.items() == []
    assert set(counted(app).values()) == {0}
    assert sum(number for reason, number in app.drops().items() if reason.startswith("fence:")) == 6


def test_the_same_program_without_a_drop_is_counted(app):
    """The control: each crash takes what it takes."""
    app.crash(CRASHES)
    assert len(app.items()) == 6
    assert counted(app)["crashes"] == 6
    assert counted(app)["bytes"] > 1000


@pytest.mark.parametrize("share", ["1", "2.0", "'half'"])
def test_a_sampler_that_keeps_keeps(app, share):
    """As with the SDK: a share of one or more, and what is no number, keeps the event."""
    app.crash(CRASHES, more=f", error_sampler=lambda event, hint: {share}, policy='standard'")
    assert len(app.items()) == 6


def test_a_share_is_a_share(app):
    """Of many messages about half pass, and those that do not are not counted."""
    body = "for n in range(10):\n    telemetry.capture_message('hello')\ntelemetry.flush(10)\n"
    app.crash(body, more=", sample_rate=0.5")
    kept = len(app.items())
    assert counted(app)["events"] == kept
    assert kept + app.drops().get("sampled", 0) == 10


def test_a_sampler_sees_the_event_and_its_exception(app):
    """It can tell one error from another, before anything is scrubbed."""
    sampler = "lambda event, hint: float(hint['exc_info'][0] is KeyError)"
    app.crash(CRASHES, more=f", error_sampler={sampler}, policy='standard'")
    assert {event["exception"]["values"][0]["type"] for event in app.items()} == {"KeyError"}


FLOOD = """
for number in range(30):
    telemetry.capture_message("flood")
with telemetry.command("watch"):
    raise ValueError(os.environ["PLANTED"])
"""


def test_a_flood_of_messages_does_not_cost_the_crash(app):
    """Ten of them pass at once, and the crash after them does too."""
    app.crash(FLOOD)
    kinds = ["crash" if "exception" in event else "message" for event in app.items()]
    assert kinds.count("crash") == 1
    assert LIMITS["second"] <= kinds.count("message") < 30
    assert app.drops()["quota:second"] == 30 - kinds.count("message")


USED_UP = {
    "fingerprint": None,
    "crashes": {"crashes": "10"},
    "events": {"events": "200"},
    "bytes": {"bytes": "1048576"},
}
CRASH = """
with telemetry.command("watch"):
    raise ValueError(os.environ["PLANTED"])
"""


@pytest.mark.parametrize("limit", USED_UP)
def test_a_session_is_right_where_its_crash_was_over_quota(app, limit):
    """Whatever is used up: the day's session with the command is told, and told crashed."""
    import time

    app.write(CRASH)
    if limit == "fingerprint":
        for _ in range(3):
            app.run()
        (app.outbox.parent / "sessions").unlink()
    else:
        day = str(int(time.time() // 86400))
        path = app.outbox.parent / "quota"
        files.write_lines(str(path), {"day": day, "greatest": day, **USED_UP[limit]})
    before = {session["sid"] for session in app.items("session")}
    events = len(app.items())

    app.run()

    assert len(app.items()) == events
    told = [session for session in app.items("session") if session["sid"] not in before]
    assert [(one["status"], one["errors"]) for one in sorted(told, key=lambda one: one["seq"])][-1] == ("crashed", 1)
    assert app.drops()[f"quota:{limit}"] >= 1


def test_a_sampled_error_makes_its_session_errored(app):
    """A session tells how the day was, and not what was sent."""
    body = """
with telemetry.command("watch"):
    try:
        int(os.environ["PLANTED"])
    except ValueError as error:
        telemetry.capture_exception(error)
telemetry.flush(10)
"""
    app.crash(body, more=", sample_rate=0.0")
    assert app.items() == []
    assert max(session["errors"] for session in app.items("session")) == 1
