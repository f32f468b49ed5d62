"""Each room is made to fail in turn: nothing leaves that it should have looked at, and the app does not notice."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from preludes import BREAKER, environ_with

BODY = """
ids = [telemetry.capture_message("hello")]
try:
    int(os.environ["PLANTED"])
except ValueError as error:
    ids.append(telemetry.capture_exception(error))
with open(os.environ["HOME"] + "/ids", "a") as file:
    file.writelines(str(id) + "\\n" for id in ids)
def main():
    print("working")
    raise ValueError(os.environ["PLANTED"])
with telemetry.command("watch"):
    main()
"""

#: What is broken: how many events and whether sessions are then sent or stored, and a reason in the drops (None: the
#: counter itself is broken).
ROOMS = {
    "scrubbing.consent.live:Consent.decision": (0, False, None),
    "scrubbing.consent.live:record_verdict": (3, True, "verdict:error"),
    "scrubbing.quota:Quota.reserve": (0, True, "before_send:error"),
    "scrubbing.quota:Reservation.settle": (0, True, "transport:error"),
    "scrubbing.telemetry.chosen:chosen_policy": (0, False, "before_send:error"),
    "scrubbing.policy:Policy.shape": (0, False, "before_send:error"),
    "scrubbing.policy:Policy.subcommand": (0, False, "before_send:error"),
    "scrubbing.rewrite:rewritten": (0, True, "before_send:error"),
    "scrubbing.rewrite:remember": (0, True, "before_send:error"),
    "scrubbing.rewrite:subject": (0, True, "before_send:error"),
    "scrubbing.schema.walker:copy": (0, True, "before_send:error"),
    "scrubbing.schema.walker:compiled": (0, False, "before_send:error"),
    "scrubbing.rules.engine:Engine.changes": (0, False, "before_send:error"),
    "scrubbing.rules.engine:Engine.scrub_all": (0, False, "transport:error"),
    "scrubbing.rules.engine:Engine.__init__": (0, False, "before_send:error"),
    "scrubbing.provenance.frames:describe": (1, True, "before_send:error"),
    "scrubbing.provenance.frames:place": (2, True, "before_send:error"),
    "scrubbing.wire:dumps": (0, False, "transport:error"),
    "scrubbing.wire:build": (0, False, "transport:error"),
    "scrubbing.wire:read": (0, False, "transport:error"),
    "scrubbing.fence:admit": (0, False, "transport:error"),
    "scrubbing.fence:Seen.has_text": (0, True, "transport:error"),
    "scrubbing.outbox.store:Outbox.put": (0, False, "transport:error"),
    "scrubbing.files:locked": (0, False, None),
    "scrubbing.files:write_bytes": (0, False, None),
    "scrubbing.usage.sessions:Sessions.record": (3, False, "sessions:error"),
    "scrubbing.usage.sessions:Sessions.is_news": (3, False, "sessions:error"),
    "scrubbing.identity:Machine.detect": (0, False, "before_send:error"),
    "scrubbing.roots:detect": (0, False, "before_send:error"),
    "scrubbing.sentry.client:start": (0, True, "capture:error"),
    "scrubbing.sentry.client:fenced_options": (0, True, "capture:error"),
    "scrubbing.sentry.client:capture_exception": (1, True, "capture:error"),
    "scrubbing.sentry.facts:surroundings": (0, True, "before_send:error"),
    "scrubbing.drops:Drops.save": (3, True, None),
    "scrubbing.telemetry.crashes:Hooks.install": (0, False, "start:error"),
    "scrubbing.telemetry.watch:Watch.start": (0, False, "start:error"),
}
#: What is broken on the way to the network, and how many events then wait for the next start: what cannot be judged
#: again is removed.
WAYS = {
    "scrubbing.outbox.upload:Uploader.__init__": 3,
    "scrubbing.outbox.upload:Uploader.wake": 3,
    "scrubbing.outbox.upload:Uploader.flush": 3,
    "scrubbing.outbox.upload:Uploader._round": 3,
    "scrubbing.outbox.http:Line.__init__": 3,
    "scrubbing.outbox.http:Line.post": 3,
    "scrubbing.outbox.store:Outbox.waiting": 3,
    "scrubbing.outbox.store:Outbox.read": 3,
    "scrubbing.wire:stamped": 0,
}


def broken(app, room, body=BODY, **environ):
    """The program's run with the room broken, and without a yes."""
    reached = app.home / "reached"
    app.write(body)
    run = app.run(environ=environ_with(app, BREAKER, BROKEN=room, REACHED=str(reached), **environ))
    assert reached.exists(), "the room was never entered"
    return run, app.run(environ=app.environ(FROB_TELEMETRY="off"))


def told(app):
    """The ids that captures returned, of the run that was broken and of the one without a yes."""
    return {line for line in (app.home / "ids").read_text().split() if line != "None"}


def handled(app):
    """The ids of the events that there are, but for the crash."""
    values = [(event["event_id"], event.get("exception", {}).get("values", [])) for event in app.items()]
    return {id_ for id_, chain in values if all(one["mechanism"]["handled"] for one in chain)}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_that_fails_lets_nothing_through(app, room):
    """What the room should have looked at is not sent, the user sees what they always saw, and the drop is counted."""
    events, sessions, reason = ROOMS[room]

    run, silent = broken(app, room)

    assert run == silent
    assert len(app.items()) == events
    assert bool(app.items("session")) is sessions
    assert told(app) == handled(app)  # an id is that of a report that there is
    assert not any(b"hunter2" in raw for raw in app.raw())
    if reason is not None:
        assert not reason or reason in app.drops()
        assert not any("hunter2" in counted for counted in app.drops())


@pytest.mark.parametrize("way", WAYS)
def test_a_way_that_fails_sends_nothing(app, way):
    """Where the way to the network fails, nothing arrives, and what was stored waits."""
    run, silent = broken(app, way)

    assert run == silent
    if way not in ("scrubbing.outbox.upload:Uploader.flush", "scrubbing.outbox.upload:Uploader.wake"):  # one does
        assert app.server.received == []
    assert len(app.items()) == WAYS[way]


@pytest.mark.parametrize("error", ["MemoryError()", "RecursionError()", "OSError(28, 'full')", "StopIteration()"])
def test_whatever_is_raised(app, error):
    """The kind of the failure makes no difference."""
    run, silent = broken(app, "scrubbing.rewrite:rewritten", RAISES=error)
    assert run == silent
    assert app.items() == []
    assert app.drops() == {"before_send:error": 3}


def test_consent_that_cannot_be_asked_any_more_is_none(app):
    """After a good start, a question that fails is a no."""
    run, silent = broken(app, "scrubbing.consent.live:Consent.decision", SPARED="1")
    assert run == silent
    assert app.raw() == []
    assert app.drops()["capture:error"] == 3


def test_a_start_that_fails_is_said_in_status(app):
    """An author whose telemetry could not start finds the kind of the error."""
    run, _ = broken(app, "scrubbing.telemetry.watch:Watch.start", "print(telemetry.status()['problems'])\n")
    assert run.out == "['start: RuntimeError']\n"


POLICIES = {
    "raises": "lambda: 1 / 0",
    "garbage": "lambda: 7",
    "a preset that is not": "lambda: 'open'",
    "a file that is not": "lambda: '/nowhere/policy.toml'",
    "None": "lambda: None",
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_that_cannot_be_made(app, policy):
    """Without a policy nothing leaves; a callable that returns None means the default."""
    app.write(BODY, more=f", policy={POLICIES[policy]}")
    run, silent = app.run(), app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert run == silent
    assert len(app.items()) == (3 if policy == "None" else 0)
    assert policy == "None" or sum(app.drops().values()) >= 3


MISSING = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "sentry_sdk":
            raise ModuleNotFoundError("No module named 'sentry_sdk'", name=name)
sys.meta_path.insert(0, Missing())
"""
SDKS = {
    "missing": (MISSING, None),
    "raises": ("", "raise RuntimeError('broken')"),
    "is no Python": ("", "this is no Python"),
    "is something else": ("", ""),
    "is another version": ("", "__version__ = '0.1'\ndef init(): pass\ndef get_client(): return None\n"),
}


@pytest.mark.parametrize("sdk", SDKS)
def test_an_sdk_that_cannot_be_imported(app, sdk):
    """Without a working SDK no event leaves, and each is counted."""
    prelude, source = SDKS[sdk]
    environ = environ_with(app, prelude)
    if source is not None:
        package = app.home / "prelude/sentry_sdk"
        package.mkdir()
        (package / "__init__.py").write_text(source)
    app.write(BODY)
    run, silent = app.run(environ=environ), app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert run == silent
    assert app.items() == []
    assert app.drops()["capture:error"] == 3


STATE = ".local/state/scrubbing/frob"
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
"""


def put(home, name, text, mode=0o600):
    path = Path(os.path.normpath(home / STATE / name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def directory(home, name, mode):
    path = home / STATE / name
    path.mkdir(parents=True)
    path.chmod(mode)


#: What is wrong on disk: how it comes to be, a prelude, the environment, how many events arrive, what is counted.
DISKS = {
    "full": (None, FULL.format(bytes=0), {}, 0, None),
    "nearly full": (None, FULL.format(bytes=200), {}, 0, "outbox:unusable"),
    "read-only": (None, "", {"XDG_STATE_HOME": "/proc/scrubbing"}, 0, None),
    "no home": (None, "import os, pwd\npwd.getpwuid = None\n", {"HOME": None}, 0, None),
    "the state directory is a file": (lambda home: put(home, "../../scrubbing", "x"), "", {}, 0, None),
    "the outbox is a file": (lambda home: put(home, "outbox", "x"), "", {}, 0, "outbox:unusable"),
    "the outbox is everybody's": (lambda home: directory(home, "outbox", 0o777), "", {}, 0, "outbox:unusable"),
    "the quota is damaged": (lambda home: put(home, "quota", "\0"), "", {}, 0, "quota:unreadable"),
    "the quota is a directory": (lambda home: directory(home, "quota", 0o700), "", {}, 0, "quota:unreadable"),
    "the sessions are damaged": (lambda home: put(home, "sessions", "\0"), "", {}, 3, "sessions:unreadable"),
    "the drops are damaged": (lambda home: put(home, "drops", "\0"), "", {}, 3, None),
    "the limits are damaged": (lambda home: put(home, "limits", "\0"), "", {}, 3, None),
    "the verdict is a directory": (lambda home: directory(home, "verdict", 0o700), "", {}, 3, "verdict:unwritable"),
    "a lock is a directory": (lambda home: directory(home, "quota.lock", 0o700), "", {}, 0, "quota:unreadable"),
}


@pytest.mark.parametrize("disk", DISKS)
def test_a_disk_that_fails(app, disk):
    """Nothing is sent that was not stored, and the app never hears of the disk."""
    prepare, prelude, variables, events, reason = DISKS[disk]
    if prepare is not None:
        prepare(app.home)
    app.write(BODY)
    measured = dict.fromkeys((key for key in os.environ if key.startswith("COVERAGE_")), None)  # it writes files too
    environ = environ_with(app, prelude, **variables, **measured, PYTHONDONTWRITEBYTECODE="1")

    run = app.run(environ=environ)

    assert run == app.run(environ={**environ, "FROB_TELEMETRY": "off"})
    assert sum(b"exception" in body or b"logentry" in body for body in app.server.bodies) == events
    if reason is not None:
        assert reason in app.drops()


INTERRUPTED = """
try:
    telemetry.capture_message("hello")
except KeyboardInterrupt:
    print("the app's")
"""


@pytest.mark.parametrize(
    "room",
    [
        "scrubbing.rewrite:rewritten",
        "scrubbing.fence:admit",
        "scrubbing.outbox.store:Outbox.put",
        "scrubbing.quota:Quota.reserve",
        "scrubbing.sentry.client:start",
        "scrubbing.telemetry.chosen:chosen_policy",
    ],
)
def test_ctrl_c_stays_the_apps(app, room):
    """Ctrl-C in the middle of a capture reaches the app, and what was being captured is dropped."""
    run, _ = broken(app, room, INTERRUPTED, RAISES="KeyboardInterrupt()")
    assert (run.code, run.out, run.err) == (0, "the app's\n", "")
    assert app.raw() == []


def test_ctrl_c_in_the_capture_of_a_crash_ends_the_program(app):
    """The program ends by Ctrl-C, as it would have."""
    run, _ = broken(app, "scrubbing.rewrite:rewritten", RAISES="KeyboardInterrupt()")
    assert run.code == -signal.SIGINT
