"""The end of the interpreter: late callbacks, finalizers, threads that still run. Nothing hangs, nothing is printed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest


def steady(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+|Thread-\d+", "N", text)


#: Programs whose end is odd; each ends by itself, crash or none.
ENDS = {
    "a late callback crashes": """
        import atexit
        atexit.register(lambda: int(os.environ["PLANTED"]))
    """,
    "a finalizer crashes": """
        class Odd:
            def __del__(self):
                raise ValueError(os.environ["PLANTED"])
        odd = Odd()
        odd.itself = odd
    """,
    "a thread exits": """
        import sys, threading
        thread = threading.Thread(target=sys.exit, args=(3,))
        thread.start(); thread.join()
    """,
    "a daemon waits": """
        import threading, time
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    """,
}


@pytest.mark.parametrize("how", ENDS)
def test_an_odd_end_is_the_same_as_ever(app, how):
    """What Python ignores at the end is no crash, and is shown as ever."""
    app.write(ENDS[how])
    run, silent = app.run(), app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert (run.code, run.out, steady(run.err)) == (silent.code, silent.out, steady(silent.err))
    assert app.raw() == []


LATE = """
import atexit
@atexit.register
def last():  # registered before ours, so it runs after
    try:
        int(os.environ["PLANTED"])
    except ValueError as error:
        print(telemetry.capture_exception(error) is not None)
        print(telemetry.flush(0.1))
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
"""


def test_what_is_captured_after_our_own_end_is_not_lost(app):
    """A capture in a callback that runs after ours is on disk, whatever the thread can still do; it is sent once."""
    run = app.crash("", init=LATE)
    assert (run.code, run.out.split()[0], run.err) == (0, "True", "")
    app.crash("telemetry.flush(5)\n")
    assert len(app.items()) == len(app.server.received) == 1


def test_threads_that_capture_until_the_end(app):
    """Daemon threads that capture while the interpreter ends neither keep it nor make it speak."""
    body = """
        import threading, time
        def work():
            while True:
                telemetry.capture_message("hello")
        telemetry.capture_message("hello")
        for _ in range(4):
            threading.Thread(target=work, daemon=True).start()
        time.sleep(0.05)
    """
    app.write(body)
    for _ in range(5):
        run = app.run()
        assert (run.code, run.out, run.err) == (0, "", "")


NOTHING = """
import atexit, sys, threading
def after():
    print(sorted(set(sys.modules) - before), threads == threading.enumerate())
atexit.register(after)  # registered before ours, so it runs after
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
"""


def test_nothing_is_done_at_exit_when_nothing_waits(app):
    """Where nothing waits the end imports nothing and starts no thread; where something does, it does (the control)."""
    app.crash("with telemetry.command('watch'):\n    pass\ntelemetry.flush(5)\n")
    ending = "before, threads = set(sys.modules), threading.enumerate()\n"
    assert app.crash(ending, init=NOTHING).out == "[] True\n"
    app.server.mode = "black hole"
    app.crash("telemetry.capture_message('hello')\n")
    assert "'urllib3'" in app.crash(ending, init=NOTHING).out


LOOP = """
class Loop:
    '''What uvloop has: a class in Python over one that is no child of asyncio's own loop.'''
    def call_exception_handler(self, context):
        print("shown", type(context["exception"]).__name__)
"""
LOOPS = """
import uvloop
try:
    int(os.environ["PLANTED"])
except ValueError as error:
    uvloop.Loop().call_exception_handler({"message": "never retrieved", "exception": error})
"""


def test_loops_that_are_not_asyncios_own(app):
    """A loop of uvloop's form tells of exceptions nobody retrieved, after it has shown them."""
    package = app.write(LOOPS)
    (package.parent / "uvloop.py").write_text(LOOP)
    run = app.run()
    assert (run.code, run.out, run.err) == (0, "shown ValueError\n", "")
    assert [event["exception"]["values"][-1]["mechanism"]["type"] for event in app.items()] == ["asyncio"]


def test_uvloop_itself(app):
    """Where uvloop is installed: a task whose exception nobody retrieves is one event."""
    uvloop = pytest.importorskip("uvloop")
    app.write(
        """
        import asyncio, gc, uvloop
        async def fail():
            raise ValueError(os.environ['PLANTED'])
        async def main():
            task = asyncio.ensure_future(fail())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            del task
            gc.collect()
        uvloop.run(main())
        """
    )
    environ = app.environ()
    where = [environ["PYTHONPATH"], str(Path(uvloop.__file__).parent.parent)]
    app.run(environ={**environ, "PYTHONPATH": os.pathsep.join(where)})
    assert [event["exception"]["values"][-1]["mechanism"]["type"] for event in app.items()] == ["asyncio"]
