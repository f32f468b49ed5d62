"""Where crashes are caught: each way a program can end badly is one event, and the user sees what they always saw."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

import pytest
from apps import INIT

CRASHES = {
    "excepthook": "raise ValueError(os.environ['PLANTED'])",
    "command": "with telemetry.command('watch'):\n    raise ValueError(os.environ['PLANTED'])",
    "decorated command": """
        @telemetry.command('watch')
        def main(*, times: int = 1) -> None:
            raise ValueError(os.environ['PLANTED'])
        main()
    """,
    "coroutine command": """
        import asyncio
        @telemetry.command('watch')
        async def main():
            raise ValueError(os.environ['PLANTED'])
        asyncio.run(main())
    """,
    "thread": """
        import threading
        thread = threading.Thread(target=lambda: int(os.environ['PLANTED']))
        thread.start(); thread.join()
    """,
    "thread before": """
        thread = threading.Thread(target=lambda: int(os.environ['PLANTED']))
        thread.start(); thread.join()
    """,
    "asyncio never retrieved": """
        import asyncio, gc
        async def fail():
            raise ValueError(os.environ['PLANTED'])
        async def main():
            task = asyncio.create_task(fail())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            del task
            gc.collect()
        asyncio.run(main())
    """,
    "click": """
        import click
        @click.command()
        def cli():
            raise ValueError(os.environ['PLANTED'])
        cli()
    """,
    "click command": """
        import click
        @click.command()
        @telemetry.command('watch')
        def cli():
            raise ValueError(os.environ['PLANTED'])
        cli()
    """,
    "typer": """
        import typer
        cli = typer.Typer()
        @cli.command()
        def watch():
            raise ValueError(os.environ['PLANTED'])
        cli()
    """,
    "typer command": """
        import typer
        cli = typer.Typer()
        @cli.command()
        @telemetry.command('watch')
        def watch(times: int = 1):
            raise ValueError(os.environ['PLANTED'])
        cli()
    """,
    "somebody else's hook": """
        import sys
        sys.excepthook = lambda *_: None
        raise ValueError(os.environ['PLANTED'])
    """,
    "argparse": """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument('--times', type=int, default=1)
        parser.parse_args()
        raise ValueError(os.environ['PLANTED'])
    """,
    "group": """
        import sys
        if sys.version_info >= (3, 11):
            raise ExceptionGroup(os.environ['PLANTED'], [ValueError(os.environ['PLANTED']), BrokenPipeError()])
        raise ValueError(os.environ['PLANTED'])
    """,
}
LATE = "import threading\n" + INIT.format(more="")
NOT_CRASHES = {
    "Ctrl-C": ("raise KeyboardInterrupt", -signal.SIGINT),
    "exit": ("raise SystemExit(3)", 3),
    "exit in a command": ("with telemetry.command('watch'):\n    raise SystemExit(3)", 3),
    "closed pipe": ("with telemetry.command('watch'):\n    raise BrokenPipeError", 1),
    "usage": (
        """
        import click
        @click.command()
        @telemetry.command('watch')
        def cli():
            raise click.UsageError('no')
        cli()
        """,
        2,
    ),
    "cancelled": (
        """
        import asyncio
        async def main():
            with telemetry.command('watch'):
                raise asyncio.CancelledError
        try:
            asyncio.run(main())
        except asyncio.CancelledError:
            pass
        """,
        0,
    ),
    "exit of a thread": (
        """
        import threading
        def leave():
            raise SystemExit
        thread = threading.Thread(target=leave)
        thread.start(); thread.join()
        """,
        0,
    ),
}


@pytest.mark.parametrize("how", CRASHES)
def test_a_crash_is_one_event_without_the_value(app, how):
    """Every way of crashing is reported once, and says nothing of the value."""
    app.crash(CRASHES[how], init=LATE if how == "thread before" else None)
    events = app.items()
    assert len(events) == 1
    assert events[0]["release"] == "frob@1.4.2"
    kinds = {value["type"] for value in events[0]["exception"]["values"]}
    assert "ValueError" in kinds
    assert not any(b"hunter2" in raw for raw in app.raw())


@pytest.mark.parametrize("how", [how for how in CRASHES if "command" in how])
def test_the_command_is_tagged(app, how):
    """An exception that leaves a command carries its name."""
    app.crash(CRASHES[how])
    assert [event["tags"] for event in app.items()] == [{"subcommand": "watch"}]


@pytest.mark.parametrize("how", NOT_CRASHES)
def test_an_end_that_is_no_crash_is_not_reported(app, how):
    """Ctrl-C, exits, closed pipes, usage errors and cancelled tasks are no crashes, and end the program as ever."""
    body, code = NOT_CRASHES[how]
    run = app.crash(body)
    assert app.items() == []
    assert run.code == code


@pytest.mark.parametrize("how", CRASHES)
def test_the_user_sees_what_they_would_have_seen(app, how):
    """Exit code and output are those of the same program without a yes."""
    app.write(CRASHES[how], init=LATE if how == "thread before" else None)
    reported = app.run()
    silent = app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert (reported.code, reported.out, steady(reported.err)) == (silent.code, silent.out, steady(silent.err))
    assert len(app.items()) == 1


def steady(text: str) -> str:
    """Without the addresses and task numbers that differ between two runs of any program."""
    import re

    return re.sub(r"Task-\d+|0x[0-9a-f]+|Thread-\d+", "N", text)


def test_one_exception_object_is_reported_once(app):
    """A handled exception that later ends the program is one event."""
    app.crash(
        """
        try:
            raise ValueError(os.environ['PLANTED'])
        except ValueError as error:
            telemetry.capture_exception(error)
            with telemetry.command('watch'):
                raise
        """
    )
    assert len(app.items()) == 1


def test_previous_hooks_always_run(app):
    """A hook that was there before runs, also when it raises."""
    run = app.crash(
        "raise ValueError(os.environ['PLANTED'])",
        init="import sys\ndef hook(*_):\n    print('mine')\n    raise RuntimeError('hook')\nsys.excepthook = hook\n"
        "telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=True)\n",
    )
    assert "mine" in run.out
    assert len(app.items()) == 1


def test_a_single_file_is_an_app(app):
    """An app that is one file keeps the names of its functions and its own lines."""
    script = app.home / "frob.py"
    app.write("")
    source = (
        app.home / "src/frob/__main__.py"
    ).read_text() + "def spam(eggs):\n    raise ValueError(eggs)\nspam(os.environ['PLANTED'])\n"
    script.write_text(source)
    subprocess.run(
        [shutil.which("python3") and os.sys.executable, str(script)],
        env=app.environ(),
        cwd=app.home,
        capture_output=True,
        check=False,
    )
    (event,) = app.items()
    frames = event["exception"]["values"][-1]["stacktrace"]["frames"]
    assert [frame["function"] for frame in frames] == ["<module>", "spam"]
    assert frames[-1]["filename"] == "frob.py"
    assert frames[-1]["context_line"].strip() == "raise ValueError(eggs)"
    assert frames[-1]["in_app"] is True


@pytest.fixture
def screen():
    """A virtual screen for tkinter."""
    pytest.importorskip("tkinter")
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb is not installed")
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [xvfb, "-displayfd", str(writer), "-nolisten", "tcp", "-ac"], pass_fds=[writer], stderr=subprocess.DEVNULL
    )
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    os.close(writer)
    yield f":{number}"
    process.terminate()
    process.wait()


def test_tkinter_callbacks(app, screen):
    """An exception in a tkinter callback is one event, and tkinter's own report still runs."""
    app.write(
        """
        import tkinter
        root = tkinter.Tk()
        def spam():
            root.after(10, root.destroy)
            raise ValueError(os.environ['PLANTED'])
        root.after(1, spam)
        root.mainloop()
        """
    )
    run = app.run(environ=app.environ(DISPLAY=screen))
    assert run.code == 0
    assert "Exception in Tkinter callback" in run.err
    assert len(app.items()) == 1
    assert not any(b"hunter2" in raw for raw in app.raw())
