"""Signals: whatever of ours a signal lands in, the program does what it would have done without us."""

from __future__ import annotations

import signal

import pytest

HOOK = """
import os, signal, sys
def before_send(event, hint):
    ACT
    return event
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True,
                           before_send=before_send)
"""
INTERRUPTS = {
    "SIGTERM that exits": (
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))",
        "os.kill(os.getpid(), signal.SIGTERM)",
        7,
    ),
    "a method that exits": (
        "class App:\n    def stop(self, *_):\n        raise SystemExit(7)\nsignal.signal(signal.SIGTERM, App().stop)",
        "os.kill(os.getpid(), signal.SIGTERM)",
        7,
    ),
    "a time-out": (
        "def late(*_):\n    raise TimeoutError\nsignal.signal(signal.SIGALRM, late)",
        "signal.setitimer(signal.ITIMER_REAL, 0.01); import time; time.sleep(20)",
        "TimeoutError",
    ),
    "Ctrl-C": ("", "os.kill(os.getpid(), signal.SIGINT)", "KeyboardInterrupt"),
}


@pytest.mark.parametrize("how", INTERRUPTS)
def test_a_signal_that_lands_in_a_capture_is_the_apps(app, how):
    """What a handler raises in the middle of our work reaches the program: it exits, or handles its time-out."""
    before, act, outcome = INTERRUPTS[how]
    run = app.crash(
        f"{before}\n"
        "try:\n    telemetry.capture_message('hello')\nexcept (TimeoutError, KeyboardInterrupt) as error:\n"
        "    print(type(error).__name__)\nelse:\n    print('went on')\n",
        init=HOOK.replace("ACT", act),
    )
    assert (run.code, run.out.strip()) == ((outcome, "") if isinstance(outcome, int) else (0, outcome))
    assert run.err == ""
    assert app.items() == []


RAISES = ["sys.exit(9)", "raise GeneratorExit", "raise BaseException('hunter2')", "raise ValueError('hunter2')"]


@pytest.mark.parametrize("act", RAISES)
def test_a_hook_that_wants_to_exit_ends_nothing(app, act):
    """An app's hook that raises, even SystemExit, loses its event and nothing else; a good one is the control."""
    run = app.crash(
        "telemetry.capture_message('hello')\n"
        "import sentry_sdk\nsentry_sdk.capture_message('hello')\n"
        "try:\n    raise ValueError\nexcept ValueError as error:\n    telemetry.capture_exception(error)\n"
        "print('went on')\n",
        init=HOOK.replace("ACT", act),
    )
    assert (run.code, run.out, run.err) == (0, "went on\n", "")
    assert app.items() == []
    assert app.drops() == {"before_send:app-raised": 3}
    app.crash("telemetry.capture_message('hello')\n", init=HOOK.replace("ACT", "pass"))
    assert len(app.items()) == 1


def test_other_hooks_that_want_to_exit_end_nothing(app):
    """The hooks of breadcrumbs and transactions neither."""
    run = app.crash(
        "import sentry_sdk\n"
        "sentry_sdk.add_breadcrumb(message='hello')\n"
        "with sentry_sdk.start_transaction(name='hello'):\n    pass\n"
        "telemetry.capture_message('hello')\nprint('went on')\n",
        init="import sys\ndef leave(*_):\n    sys.exit(9)\n"
        "telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=True,"
        " policy='standard', traces_sample_rate=1.0, before_breadcrumb=leave, before_send_transaction=leave)\n",
    )
    assert (run.code, run.out, run.err) == (0, "went on\n", "")
    assert (len(app.items()), app.items("transaction")) == (1, [])


def test_ctrl_c_while_a_crash_is_told(app):
    """Who interrupts the end of a crashed program sees its traceback and nothing of ours, and it ends at once."""
    app.write("raise ValueError('mine')\n", init=HOOK.replace("ACT", "os.kill(os.getpid(), signal.SIGINT)"))
    app.server.mode = "black hole"
    run, silent = app.run(), app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert run == silent
    assert run.code == 1
    assert app.items() == []


#: An alarm that rings while we wait at exit for a server that does not answer: its callback runs just before ours.
AT_EXIT = """
import atexit, signal, sys, time
def ring(*_):
    print("rang", time.monotonic() - began < 20, flush=True)
    RAISE
signal.signal(signal.SIGALRM, ring)
telemetry.capture_message("hello")
began = time.monotonic()
@atexit.register
def last():
    signal.setitimer(signal.ITIMER_REAL, 0.03)
"""


@pytest.mark.parametrize("raised", ["raise KeyboardInterrupt", "sys.exit(9)", "raise TimeoutError"])
def test_an_interrupted_wait_at_exit_is_silent(app, raised):
    """Ctrl-C and signals while we wait at exit end the wait: no output, the program's own exit code, nothing lost."""
    app.server.mode = "black hole"
    run = app.crash(AT_EXIT.replace("RAISE", raised))
    assert (run.code, run.out, run.err) == (0, "rang True\n", "")
    assert len(app.items()) == 1


SIGNALS = {
    "SIGTERM": ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
    "SIGINT": ("os.kill(os.getpid(), signal.SIGINT); time.sleep(5)", -signal.SIGINT),
    "SIGKILL": ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    "SIGTERM, handled": ("signal.signal(15, lambda *_: sys.exit(4)); os.kill(os.getpid(), 15); time.sleep(5)", 4),
    "SIGPIPE": ("signal.signal(signal.SIGPIPE, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGPIPE)", -13),
    "_exit": ("os._exit(3)", 3),
    "execv": ("os.execv(sys.executable, [sys.executable, '-c', 'print(7)'])", 0),
}


def test_ends_by_signals_are_what_they_were(app):
    """Each way of ending at once has the exit code it has without us, and what was captured is sent once, later."""
    app.server.mode = "black hole"
    app.write(
        "import signal, sys, time\ntelemetry.capture_message('hello')\n"
        f"exec({ {name: act for name, (act, _) in SIGNALS.items()}!r}[sys.argv[1]])\n"
    )
    for name, (_, code) in SIGNALS.items():
        run, silent = app.run(name), app.run(name, environ=app.environ(FROB_TELEMETRY="off"))
        assert (name, run.code, run.out) == (name, code, silent.out)
        assert (run.code, run.err) == (silent.code, silent.err)
    assert len(app.items()) == len(SIGNALS)
    app.server.mode = "ok"
    app.crash("telemetry.flush(20)\n")
    ids = [event["event_id"] for event in app.items()]
    assert len(ids) == len(set(ids)) == len(SIGNALS) == len(app.server.received)
