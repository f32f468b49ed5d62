"""The first moments of a program: threads of ours that load and tell of the day's session, and a crash meanwhile."""

from __future__ import annotations

import pytest

#: Whoever waits for a thread that waits for them would do so until the test's own time is up.
PATIENT = """
import time
from scrubbing.telemetry import delivery, forks
delivery.PATIENCE = forks.PATIENCE = 3600
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
"""
MEANWHILE = {
    "a handled exception": "print(telemetry.capture_exception(ValueError('no')))",
    "a message": "print(telemetry.capture_message('hello'))",
    "the SDK": "import sentry_sdk\nprint(sentry_sdk.capture_message('hello'))",
    "a flush": "telemetry.flush(5)\nprint('flushed')",
    "another command": "with telemetry.command('other'):\n    print('other')",
    "a crash": "print('crash', flush=True)\nraise ValueError('no')",
}
DELAYS = (0, 0.02, 0.1)


@pytest.mark.parametrize("waits", [False, True], ids=["nothing waits", "an envelope waits"])
@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_nobody_waits_for_whoever_waits_for_them(app, meanwhile, waits):
    """Whatever the program does while the day's first session is told and what waits is sent, it goes on."""
    if waits:
        app.server.mode = "502"
        app.crash("telemetry.capture_message('earlier')\ntelemetry.flush(2)\n")
        app.server.mode = "ok"
        (app.outbox.parent / "sessions").unlink(missing_ok=True)
    for delay in DELAYS:
        body = f"with telemetry.command('watch{str(delay)[-1]}'):\n    time.sleep({delay})\n"
        app.write(body + "".join(f"    {line}\n" for line in MEANWHILE[meanwhile].splitlines()), init=PATIENT)
        run = app.run()
        assert run.out.strip()
        assert run.code == (1 if meanwhile == "a crash" else 0)
    assert app.items("session")


def test_what_is_asked_for_while_it_is_made_is_not_made_twice(app):
    """A policy whose making captures loses that one event, and neither the program nor the next event."""
    asking = ", policy=lambda: telemetry.capture_message('inner') or 'strict'"
    run = app.crash("print(telemetry.capture_message('outer') is not None)\ntelemetry.flush(5)\n", more=asking)
    assert (run.code, run.out, run.err) == (0, "True\n", "")
    assert len(app.items()) == 1
    assert sum(app.drops().values()) >= 1
