"""Forks: nothing the parent had arrives twice, and no child waits for a thread that it does not have."""

from __future__ import annotations

import os

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")

#: How a child ends, and its exit code; whatever leads to a KeyError is one event of the child's own.
CHILDREN = {
    "crashes": ("raise KeyError(os.environ['PLANTED'])", 1),
    "leaves": ("sys.exit(5)", 5),
    "leaves at once": ("os._exit(6)", 6),
    "becomes another program": ("os.execv('/bin/sh', ['sh', '-c', 'exit 7'])", 7),
    "tells and leaves at once": ("telemetry.capture_exception(KeyError()); os._exit(8)", 8),
    "has a child that crashes": ("forked(\"raise KeyError(os.environ['PLANTED'])\", 1)", 0),
}
FAMILY = """
import sys
def forked(body, code):
    pid = os.fork()
    if pid == 0:
        exec(body, globals())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == code, flush=True)
try:
    raise ValueError(os.environ["PLANTED"])
except ValueError as error:
    telemetry.capture_exception(error)
for body, code in CHILDREN:
    forked(body, code)
"""
OWN = sum("KeyError" in body for body, _ in CHILDREN.values())


@pytest.mark.parametrize("mode", ["ok", "black hole"])
def test_nothing_arrives_twice_after_a_fork(app, mode):
    """What the parent captured is sent once, and so is what its children capture; the server may be there or not."""
    app.server.mode = mode
    app.write(FAMILY.replace("CHILDREN", repr(list(CHILDREN.values()))))
    run = app.run()
    assert (run.code, set(run.out.split())) == (0, {"True"})
    if mode == "black hole":
        assert app.server.received == []
        app.server.mode = "ok"
        app.crash("telemetry.flush(5)\n")
    types = sorted(event["exception"]["values"][-1]["type"] for event in app.items())
    assert types == ["KeyError"] * OWN + ["ValueError"]
    sent = [body for body in app.server.bodies if b'"type":"event"' in body]
    assert len(sent) == len(types)
    assert not any(b"hunter2" in raw for raw in app.raw())


#: Forks while a thread imports, starts the client, tells a session, uploads.
BUSY = """
import threading, time
children, codes = [], []
def work():
    telemetry.capture_message("from a thread")
with telemetry.command("watch"):
    threading.Thread(target=work).start()
    for number in range(12):
        time.sleep(0.015)
        pid = os.fork()
        if pid == 0:
            telemetry.capture_exception(KeyError(number))
            os._exit(0)
        children.append(pid)
deadline = time.monotonic() + 40
while children and time.monotonic() < deadline:
    for pid in list(children):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            children.remove(pid)
            codes.append(status)
    time.sleep(0.01)
for pid in children:
    os.kill(pid, 9)
print(len(codes), set(codes), len(children))
"""


def test_a_child_forked_in_the_middle_of_our_work_does_not_hang(app):
    """Whatever a thread imports for us or holds when a child is forked, the child captures and ends, and is silent."""
    run = app.crash(BUSY)
    assert (run.code, run.out, run.err) == (0, "12 {0} 0\n", "")
    events = [event for event in app.items() if "exception" in event]
    # The rest is counted, but for what a child could not count since another one was at it for long.
    assert 12 - 4 <= len(events) + app.drops().get("quota:fingerprint", 0) <= 12
    assert len({event["event_id"] for event in events}) == len(events) == 3


#: A thread imports a module for long while the program forks; the child imports it too.
SLOW = """
import frob, os
frob.reached.set()
frob.forked.wait(0.3 if os.environ["WHO"] == "ours" else 30)
"""
FORKS_MEANWHILE = """
import frob, threading, time
frob.reached, frob.forked = threading.Event(), threading.Event()
def load():
    if os.environ["WHO"] == "ours":
        from scrubbing.telemetry.forks import Loading
        with Loading():
            import frob.slow
    else:
        import frob.slow
threading.Thread(target=load).start()
frob.reached.wait()
pid = os.fork()
if pid == 0:
    if os.environ["WHO"] == "somebody else, and we":
        telemetry.capture_message("nothing is sent of this")
    else:
        import frob.slow
    os._exit(0)
frob.forked.set()
deadline = time.monotonic() + (1 if os.environ["WHO"] == "somebody else" else 30)
while time.monotonic() < deadline:
    done, status = os.waitpid(pid, os.WNOHANG)
    if done:
        print("ended", status)
        break
    time.sleep(0.01)
else:
    os.kill(pid, 9)
    print("hangs")
"""


def test_a_fork_waits_for_an_import_of_ours(app):
    """A child can import what we were importing; what others were importing hangs, but never by what we do there."""
    (app.write(FORKS_MEANWHILE) / "slow.py").write_text(SLOW)
    whose = ("ours", "somebody else", "somebody else, and we")
    outcome = {who: app.run(environ=app.environ(WHO=who)).out for who in whose}
    assert outcome == {"ours": "ended 0\n", "somebody else": "hangs\n", "somebody else, and we": "ended 0\n"}
    assert app.items() == []
