"""What somebody tried: each is a program that once said too much, or was disturbed."""

from __future__ import annotations

import os
import sys
import time

import pytest
from apps import App

from scrubbing import files

YES = "telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=True{more})\n"


def holds(app: App, word: bytes) -> bool:
    return any(word in raw for raw in app.raw())


def test_after_close_nothing_is_kept_or_sent(app):
    """What sentry_sdk hears after close, or after a later init that says no, stays where it is."""
    app.crash(
        """
        import logging, sentry_sdk
        sentry_sdk.capture_message("before")
        telemetry.flush(5)
        telemetry.close()
        sentry_sdk.capture_message("after close")
        logging.error("after close")
        telemetry.set_consent("on")
        telemetry.capture_message("after close")
        later = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=False)
        logging.error("after a no")
        sentry_sdk.capture_message("after a no")
        """,
        init=YES.format(more=", load='eager'"),
    )
    assert len(app.items()) == 1


def test_what_waits_is_judged_by_the_policy_of_this_moment(app):
    """A text that waited under an open policy does not leave when the program has become strict."""
    words = "telemetry.capture_message('Patient Erika is ' + os.environ['PLANTED'])\n"
    app.write(words, init=YES.format(more=", policy='standard', isolated=True"))
    app.run(environ=app.environ(FROB_DSN="http://key@127.0.0.1:9/7"))
    assert holds(app, b"hunter2")
    app.crash("telemetry.flush(10)\n")
    assert app.items() == []
    assert app.drops()["fence:run-time"] == 1


HAND_MADE = """
import sentry_sdk
from sentry_sdk.envelope import Envelope, Item, PayloadRef
event_id = telemetry.capture_message("hello")
telemetry.flush(5)
event = {"event_id": event_id, "timestamp": "2026-11-22T00:00:00Z", "platform": "python", FIELD}
transport = sentry_sdk.get_client().transport
envelope = Envelope(headers={"event_id": event_id})
envelope.add_item(Item(PayloadRef(json=event), type="event"))
transport.capture_envelope(envelope)
sessions = {"attrs": {"release": "frob@" + PLANTED, "environment": "production"}, "aggregates": []}
other = Envelope()
other.add_item(Item(PayloadRef(json=sessions), type="sessions"))
transport.capture_envelope(other)
telemetry.flush(5)
"""


@pytest.mark.parametrize(
    "field",
    [
        '"release": "frob@" + PLANTED',
        '"environment": PLANTED',
        '"dist": PLANTED',
        '"tags": {"subcommand": PLANTED}',
        '"sdk": {"name": "sentry.python", "version": "1." + PLANTED}',
    ],
)
def test_a_fact_made_by_hand_does_not_leave(app, field):
    """An id that was seen once is good for one envelope, and facts are what the app said of itself."""
    app.crash("PLANTED = os.environ['PLANTED']\n" + HAND_MADE.replace("FIELD", field).replace("        ", ""))
    assert len(app.items()) == 1
    assert not holds(app, b"hunter2")


@pytest.mark.parametrize(
    "event",
    [
        "{'event_id': '11112222333344445555666677778888', 'level': 'error'}",
        "{'timestamp': '1999-01-02T03:04:05Z', 'level': 'error'}",
        "{'sdk': {'name': 'sentry.python', 'version': '192.168.178.44'}, 'level': 'error'}",
        "{'tags': {'subcommand': 'hunter2'}, 'level': 'error'}",
        "{'exception': {'values': [{'type': 'ValueError', 'mechanism': {'exception_id': 7777777}}]}}",
    ],
)
def test_facts_an_event_brings_along_are_not_believed(app, event):
    """Under strict an event's id is random, its time is now, its SDK is the SDK, its command is the running one."""
    app.crash(f"import sentry_sdk\nsentry_sdk.capture_event({event})\n")
    (sent,) = app.items()
    said = repr(sent)
    for word in ("11112222", "1999-01-02", "192.168", "hunter2", "7777777"):
        assert word not in said


@pytest.mark.parametrize("policy", ["strict", "standard", "verbose"])
def test_a_command_that_is_not_declared_meets_the_rules(app, policy):
    """A command's name made of a token is tagged <?>."""
    app.crash(
        "with telemetry.command('ghp_' + 'a1B2' * 9):\n    raise ValueError\n",
        init=YES.format(more=f", policy={policy!r}"),
    )
    (event,) = app.items()
    assert event["tags"] == {"subcommand": "<?>"}


ODD = {
    "deep group": "one = ValueError()\nfor _ in range(3000):\n    one = ExceptionGroup('g', [one])\nraise one",
    "lying group": "class ExceptionGroup(Exception):\n    exceptions = property(lambda self: 1 / 0)\n"
    "raise ExceptionGroup",
    "lying class": "class Odd(Exception):\n    __class__ = property(lambda self: 1 / 0)\nraise Odd",
    "lying type": "class Meta(type):\n    __name__ = property(lambda self: 1 / 0)\n"
    "class Odd(Exception, metaclass=Meta):\n    pass\nraise Odd",
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_exception_stays_the_apps(app, odd):
    """Whatever an exception does when it is looked at, the app sees its own exception."""
    if odd == "deep group" and sys.version_info < (3, 11):
        pytest.skip("no exception groups before 3.11")
    lines = "".join(f"        {line}\n" for line in ODD[odd].splitlines())
    app.write(
        f"try:\n    with telemetry.command('watch'):\n{lines}"
        "except BaseException as error:\n    print(type.__dict__['__name__'].__get__(type(error)))\n"
    )
    reported, silent = app.run(), app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert reported == silent
    assert reported.out.strip() in ("ExceptionGroup", "Odd")


def test_a_capture_in_the_middle_of_a_capture_does_not_hang(app):
    """Signal handlers capture while the main thread does: no lock of ours is waited for by who holds it."""
    run = app.crash(
        """
        import signal
        def handler(*_):
            telemetry.capture_message("from a handler")
            signal.setitimer(signal.ITIMER_REAL, 0.01)  # anew only now: the program is to get on
        signal.signal(signal.SIGALRM, handler)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        for _ in range(100):
            telemetry.capture_message("hello")
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        print("done")
        """
    )
    assert run.out == "done\n"


def test_locks_held_by_somebody_else_delay_nothing(app):
    """Whoever holds all our locks costs a crash one patience, not one for each lock."""
    app.write("raise ValueError(os.environ['PLANTED'])\n")
    app.run()
    state = app.home / ".local/state/scrubbing/frob"

    def took() -> float:
        began = time.monotonic()
        app.run()
        return time.monotonic() - began

    free = min(took() for _ in range(3))
    with files.locked(str(state / "quota")), files.locked(str(state / "sessions")), files.locked(str(state / "drops")):
        held = min(took() for _ in range(3))
    assert held - free < 0.5


def test_a_thread_that_outlives_the_main_one_can_crash(app):
    """The SDK can be imported after the main thread has ended."""
    app.crash(
        """
        import threading, time
        def work():
            time.sleep(0.3)
            raise ValueError(os.environ['PLANTED'])
        threading.Thread(target=work).start()
        """
    )
    assert len(app.items()) == 1


def test_mistakes_at_a_console_are_no_crashes(app):
    """What a user types into a console inside the program is theirs."""
    app.crash("import code\nconsole = code.InteractiveConsole()\nconsole.push(os.environ['PLANTED'])\n")
    assert app.items() == []


@pytest.mark.parametrize("error", ["SystemExit(9)", "GeneratorExit()", "ValueError()"])
def test_a_setting_that_raises_is_a_no(app, error):
    """A callable that raises anything but Ctrl-C is a no, and the app's end is its own."""
    asked = f"def asked():\n    raise {error}\n"
    run = app.crash("raise ValueError('mine')\n", init=asked + YES.format(more="").replace("True", "asked"))
    assert (run.code, app.raw()) == (1, [])
    assert "ValueError: mine" in run.err


def test_asking_where_the_sdk_is_does_not_start_it(app):
    """`find_spec` alone changes nothing; the real import later starts the client."""
    app.crash(
        """
        import importlib.util
        assert importlib.util.find_spec("sentry_sdk")
        import sentry_sdk
        sentry_sdk.capture_message("hello")
        """
    )
    assert len(app.items()) == 1


def test_nothing_is_written_after_a_no(app):
    """After off, captures leave no file behind, not even a counter."""
    app.crash(
        """
        telemetry.set_consent("off")
        import shutil
        shutil.rmtree(os.path.join(os.environ["HOME"], ".local"), ignore_errors=True)
        telemetry.capture_message("hello")
        telemetry.flush(1)
        """
    )
    assert not os.path.exists(app.home / ".local")


def test_a_hand_made_type_is_no_word_on_disk(app):
    """An item type somebody made up is counted as unknown."""
    app.crash(
        """
        import sentry_sdk
        from sentry_sdk.envelope import Envelope, Item
        envelope = Envelope()
        envelope.add_item(Item(b"x", type=os.environ["PLANTED"]))
        sentry_sdk.get_client().transport.capture_envelope(envelope)
        """
    )
    assert app.drops() == {"item:unknown": 1}
