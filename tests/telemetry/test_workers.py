"""Workers of `multiprocessing`: a crash in one is reported once, with its function, and its end stays its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from apps import App

METHODS = ("spawn", "fork", "forkserver")
#: What workers run, in a module of the package.
WORK = """
import os
def fail():
    raise ValueError(os.environ["PLANTED"])
def leave():
    raise SystemExit(3)
def fine():
    import traceback
    try:
        raise KeyError(os.environ["PLANTED"])
    except KeyError:
        traceback.print_exc()
def starts_telemetry():
    import scrubbing
    scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
    fail_later()
def fail_later():
    raise ValueError(os.environ["PLANTED"])
"""
MAIN = """
import multiprocessing
from frob import work
def own():
    raise ValueError(os.environ["PLANTED"])
if __name__ == "__main__":
    context = multiprocessing.get_context(os.environ["METHOD"])
    for target in TARGETS:
        process = context.Process(target=target)
        with telemetry.command("watch"):
            process.start()
            process.join()
        print(process.exitcode)
"""


def program(app: App, targets: str, **how: str) -> None:
    """Write the program and the module its workers run."""
    package = app.write(MAIN.replace("TARGETS", targets), **how)
    (package / "work.py").write_text(WORK)


def steady(text: str) -> str:
    """Without what differs between two runs of any program."""
    return re.sub(r"\w*Process-\d+(:\d+)?|0x[0-9a-f]+", "N", text)


def innermost(event: dict) -> str:
    return event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"]


@pytest.mark.parametrize("method", METHODS)
def test_a_crash_in_a_worker_is_one_event(app, method):
    """However a worker is started, its crash is reported once with its function; its exit and output are its own."""
    targets = "(work.fail, work.leave, work.fine)"
    if method != "fork":
        targets = "(work.fail, work.leave, work.fine, work.starts_telemetry)"
    program(app, targets)
    run = app.run(environ=app.environ(METHOD=method))
    silent = app.run(environ=app.environ(METHOD=method, FROB_TELEMETRY="off"))
    assert (run.code, run.out, steady(run.err)) == (silent.code, silent.out, steady(silent.err))
    assert run.out.split()[:3] == ["1", "3", "0"]
    # What came with a worker gives way to the worker's own init.
    assert [innermost(event) for event in app.items()] == ["fail", "fail_later"][: 1 if method == "fork" else 2]
    assert {event["exception"]["values"][-1]["mechanism"]["type"] for event in app.items()} == {"multiprocessing"}
    assert app.items()[0]["tags"] == {"subcommand": "watch"}
    assert "crashed" in [session["status"] for session in app.items("session")]
    assert not any(b"hunter2" in raw for raw in app.raw())


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_worker_of_a_single_file(app, method):
    """A worker runs the file again, and its crash in a function of that file has the function's name."""
    program(app, "(own,)")
    (app.home / "src/tool.py").write_text((app.home / "src/frob/__main__.py").read_text())
    done = subprocess.run(
        [sys.executable, "tool.py"],
        cwd=app.home / "src",
        env=app.environ(METHOD=method),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "1\n"
    (event,) = app.items()
    frame = event["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    assert (frame["filename"], frame["function"], frame["in_app"]) == ("tool.py", "own", True)


@pytest.mark.parametrize("method", METHODS)
def test_a_no_that_could_not_be_stored_holds_in_workers(app, method):
    """A worker that begins with nothing could not know of it, so that nothing is told from one."""
    no = "try:\n    telemetry.set_consent('off')\nexcept OSError:\n    print('not stored')\n"
    program(app, "(work.fail,)")
    main = app.home / "src/frob/__main__.py"
    main.write_text(main.read_text().replace("    context =", textwrap.indent(no, "    ") + "    context ="))
    assert app.run(environ=app.environ(METHOD=method)).out == "1\n"  # it is stored
    shutil.rmtree(app.home / ".config")
    (app.home / ".config").touch()
    assert app.run(environ=app.environ(METHOD=method)).out == "not stored\n1\n"
    assert app.items() == []


def test_nothing_passes_the_apps_own_hooks(app):
    """Where the app's hook cannot travel to a spawned worker, the worker's crash is not reported; forked it is."""
    hook = ", before_send=lambda event, hint: {**event, 'level': 'warning'}"
    program(app, "(work.fail,)", more=hook)
    assert app.run(environ=app.environ(METHOD="spawn")).out == "1\n"
    assert app.items() == []
    assert app.run(environ=app.environ(METHOD="fork")).out == "1\n"
    assert [event["level"] for event in app.items()] == ["warning"]


POOLS = {
    "executor, spawn": "ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn'))",
    "executor, fork": "ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('fork'))",
    "pool, fork": "multiprocessing.get_context('fork').Pool(1)",
}


@pytest.mark.parametrize("pool", POOLS)
def test_a_crash_in_a_pool_is_the_parents(app, pool):
    """A pool hands the exception to the parent: handled there it is no event, unhandled there it is one."""
    package = app.write(
        f"""
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from frob import work
def main():
    with {POOLS[pool]} as pool:
        return pool.submit(work.fail).result() if hasattr(pool, "submit") else pool.apply(work.fail)
if __name__ == "__main__":
    try:
        main()
    except ValueError:
        print("handled")
    main()
"""
    )
    (package / "work.py").write_text(WORK)
    run = app.run()
    assert (run.code, run.out) == (1, "handled\n")
    (event,) = app.items()
    assert event["exception"]["values"][-1]["type"] == "ValueError"
    assert event["exception"]["values"][-1]["mechanism"]["type"] == "excepthook"
    assert not any(b"hunter2" in raw for raw in app.raw())


def test_a_worker_after_the_end(app):
    """A closed telemetry hears of no worker, forked or spawned."""
    program(app, "(work.fail,)", more=")\ntelemetry.close(")
    for method in ("fork", "spawn"):
        assert app.run(environ=app.environ(METHOD=method)).out == "1\n"
    assert app.items() == []
