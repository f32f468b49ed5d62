"""Hard crashes: what the next start tells of a process that a fault ended, and of one that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from apps import INIT, Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

YES = ", hard_crashes=True"
#: Crashes as its first argument says, in a function of its own; without one it runs a second and ends.
PROGRAM = """
import ctypes, faulthandler, signal, sys, threading, time
from frob.orders import crashing, external
def main():
    with telemetry.command("watch"):
        if len(sys.argv) < 2:
            return telemetry.flush(20)
        how, *where = sys.argv[1:]
        if "thread" in where:
            thread = threading.Thread(target=crashing, args=(how,), name=os.environ["PLANTED"])
            thread.start()
            thread.join()
        elif "external" in where:
            external(how)
        elif "deep" in where:
            crashing(how, 300)
        else:
            crashing(how)
main()
"""
ORDERS = """
import ctypes, faulthandler, os, signal, sys, time
def crashing(how, depth=0):
    secret = os.environ["PLANTED"]
    if depth:
        return crashing(how, depth - 1)
    return élan(how)
def élan(how):
    if how == "null":
        ctypes.string_at(0)
    elif how == "abort":
        os.abort()
    elif how == "fault":
        faulthandler._sigsegv()
    else:
        exec(how)
def external(how):
    sys.path.insert(0, os.environ["PLUGINS"])
    getattr(__import__(os.environ["PLANTED"]), os.environ["PLANTED"])(crashing, how)
"""
PLUGIN = "def hunter2(crashing, how):\n    hunter2_local = 'hunter2'\n    crashing(how)\n"
FAULTS = {
    "null": (signal.SIGSEGV, "Segmentation fault"),
    "abort": (signal.SIGABRT, "Aborted"),
    "fault": (signal.SIGSEGV, "Segmentation fault"),
    "os.kill(os.getpid(), signal.SIGBUS)": (signal.SIGBUS, "Bus error"),
    "os.kill(os.getpid(), signal.SIGFPE)": (signal.SIGFPE, "Floating point exception"),
    "os.kill(os.getpid(), signal.SIGILL)": (signal.SIGILL, "Illegal instruction"),
}
CALLS = [("frob.__main__", "<module>"), ("frob.__main__", "main"), ("frob.orders", "crashing"), ("frob.orders", "élan")]


@pytest.fixture
def frob(app):
    """The program, and a plug-in of its user's beside it."""
    (app.write(PROGRAM, more=YES) / "orders.py").write_text(ORDERS, encoding="utf-8")
    plugins = app.home / "hunter2"
    plugins.mkdir()
    (plugins / "hunter2.py").write_text(PLUGIN)
    return app


def ended(app, *arguments: str, **more: str) -> Run:
    """Run the program with what it is to do; without core files, which take their time."""
    environ = app.environ(PLUGINS=str(app.home / "hunter2"), **more)
    return app.run(*arguments, environ=environ)


def told(app) -> list[dict]:
    """What the next start tells: the events, each of which says nothing of the canary."""
    assert ended(app) == Run(0, "", "")
    assert not any(b"hunter2" in raw for raw in app.raw())
    return app.items()


def traces(app) -> list[Path]:
    return sorted(app.outbox.parent.glob("hard/*"))


def statuses(app) -> list[str]:
    return [session["status"] for session in app.items("session")]


def calls(event: dict) -> list[tuple]:
    """The frames of the crashed thread, by module and function; without those of Python's own start."""
    frames = event["exception"]["values"][0]["stacktrace"]["frames"]
    return [
        (frame.get("module"), frame["function"]) for frame in frames if not frame.get("module", "").startswith("run")
    ]


@pytest.mark.parametrize("how", FAULTS)
def test_a_fault_is_told_at_the_next_start(frob, how):
    """A fault ends the program as ever; the next start sends one event with the program's own frames, and once."""
    number, words = FAULTS[how]
    run = ended(frob, how)
    assert run == ended(frob, how, FROB_TELEMETRY="off") == Run(-number, "", "")
    (trace,) = traces(frob)
    assert (trace.stat().st_mode & 0o777, trace.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert trace.stat().st_size < 100_000

    (event,) = told(frob)
    (value,) = event["exception"]["values"]
    assert (value["type"], value["value"]) == (number.name, words)
    assert value["mechanism"] == {"type": "faulthandler", "handled": False}
    assert (event["level"], event["release"], event["tags"]) == ("fatal", "frob@1.4.2", {"subcommand": "watch"})
    assert event["event_id"] == trace.name.removesuffix(".trace")
    assert calls(event)[:4] == CALLS
    assert {"frob/orders.py", "frob/__main__.py"} <= {frame["filename"] for frame in value["stacktrace"]["frames"]}
    assert statuses(frob)[-1] == "crashed"

    assert len(told(frob)) == 1
    assert trace not in traces(frob)
    assert sum(event["event_id"].encode() in body for body in frob.server.bodies) == 1


def test_all_threads_have_their_frames(frob):
    """A fault in a thread: its own frames stand in the exception, those of the main thread among the threads."""
    assert ended(frob, "null", "thread").code == -signal.SIGSEGV
    (event,) = told(frob)
    assert calls(event)[-3:] == [("frob.orders", "crashing"), ("frob.orders", "élan"), ("ctypes", "string_at")]
    threads = event["threads"]["values"]
    assert [thread["crashed"] for thread in threads] == [True] + [False] * (len(threads) - 1)
    stacks = [thread.get("stacktrace", {}).get("frames", []) for thread in threads]
    functions = [[frame["function"] for frame in stack] for stack in stacks]
    assert any({"<module>", "main"} < set(stack) for stack in functions[1:])
    assert all("name" not in thread for thread in threads)


def test_a_deep_stack_is_bounded(frob):
    """Of a recursion the innermost hundred frames are told."""
    ended(frob, "null", "deep")
    (event,) = told(frob)
    frames = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert 90 < len(frames) <= 100
    assert {frame["function"] for frame in frames} == {"crashing", "élan", "string_at"}


def test_code_of_others_is_external(frob):
    """A user's plug-in in the stack leaves as such: neither its names nor its path; the canary is in the dump."""
    ended(frob, "null", "external")
    assert b"hunter2" in traces(frob)[0].read_bytes()
    (event,) = told(frob)
    assert calls(event)[2:5] == [("frob.orders", "external"), (None, "<external>"), ("frob.orders", "crashing")]


def test_open_presets_say_no_more(frob):
    """Under verbose the frames are proven all the same: a dump has no variables and no text that is wanted."""
    (frob.write(PROGRAM, more=YES + ", policy='verbose'") / "orders.py").write_text(ORDERS, encoding="utf-8")
    ended(frob, "null", "external")
    (event,) = told(frob)
    assert calls(event)[:2] == CALLS[:2]
    assert (None, "<external>") in calls(event)
    assert event["exception"]["values"][0]["value"] == "Segmentation fault"


KILLS = {
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL, ["ok", "abnormal"]),
    "asked to end": ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM, ["ok"]),
    "hung up": ("os.kill(os.getpid(), signal.SIGHUP)", -signal.SIGHUP, ["ok"]),
    "exits": ("sys.exit(3)", 3, ["ok"]),
    "crashes": ("raise ValueError(os.environ['PLANTED'])", 1, ["ok", "crashed"]),
    "leaves at once": ("os._exit(4)", 4, ["ok"]),
    "becomes another program": ("os.execv('/bin/sh', ['sh', '-c', 'exit 5'])", 5, ["ok"]),
    "has a child that leaves, and is killed": (
        "os.fork() == 0 and os._exit(0); time.sleep(0.1); os.kill(os.getpid(), signal.SIGKILL)",
        -signal.SIGKILL,
        ["ok", "abnormal"],
    ),
    "cannot become another program": (
        "\ntry:\n    os.execv('/nowhere', ['x'])\nexcept OSError:\n    os.kill(os.getpid(), signal.SIGKILL)",
        -signal.SIGKILL,
        ["ok", "abnormal"],
    ),
}


@pytest.mark.parametrize("how", KILLS)
def test_only_who_was_killed_is_abnormal(frob, how):
    """A kill is an abnormal session and no event; who was asked to end, or ended by itself, is neither."""
    act, code, expected = KILLS[how]
    ended(frob)  # the day's session begins
    run = ended(frob, f"time.sleep(0.4); {act}")
    assert (run.code, run.out) == (code, "")
    assert run.code == ended(frob, f"time.sleep(0.4); {act}", FROB_TELEMETRY="off").code
    events = told(frob)
    assert [event["exception"]["values"][0]["type"] for event in events] == ["ValueError"] * (how == "crashes")
    assert statuses(frob) == expected
    ended(frob)
    assert statuses(frob) == expected


def test_a_process_that_runs_is_left_alone(frob):
    """The file of a process that still runs is held; a start beside it tells nothing of it."""
    process = frob.start("time.sleep(30)", environ=frob.environ())
    try:
        for _ in range(1000):
            if traces(frob) and b"watch" in traces(frob)[0].read_bytes():
                break
            signal.sigtimedwait([], 0.02)
        (trace,) = traces(frob)
        assert told(frob) == []
        assert trace.exists()
    finally:
        process.kill()
        process.communicate()
    told(frob)
    assert not trace.exists()
    assert statuses(frob)[-1] == "abnormal"


def test_a_child_shares_its_parents_file(frob):
    """A fault in a forked child is told once the parent, which goes on and ends well, has ended."""
    run = ended(frob, "pid = os.fork()\nif pid == 0:\n    ctypes.string_at(0)\nprint(os.waitpid(pid, 0)[1] & 127)")
    assert (run.code, run.out) == (0, "11\n")
    (event,) = told(frob)
    assert event["exception"]["values"][0]["type"] == "SIGSEGV"


ALREADY = {
    "option": (["-X", "faulthandler"], {}),
    "variable": ([], {"PYTHONFAULTHANDLER": "1"}),
}


@pytest.mark.parametrize("how", ALREADY)
def test_somebody_elses_faulthandler_is_left_alone(frob, how):
    """Where faulthandler was enabled the user sees what they always saw, and status says that it was left alone."""
    options, more = ALREADY[how]
    body = "print(telemetry.status()['hard_crashes'], flush=True)\nimport ctypes\nctypes.string_at(0)\n"
    frob.write(body, more=YES)
    runs = [
        subprocess.run(
            [sys.executable, *options, "-m", "frob"],
            cwd=frob.home / "src",
            env=frob.environ(**more, FROB_TELEMETRY=mode),
            capture_output=True,
            text=True,
            check=False,
        )
        for mode in ("on", "off")
    ]
    assert [run.returncode for run in runs] == [-signal.SIGSEGV] * 2
    assert all("Segmentation fault" in run.stderr for run in runs)
    assert "left alone" in runs[0].stdout
    assert runs[1].stdout == "off\n"
    frob.crash("telemetry.flush(9)\n", more=YES)
    assert frob.items() == []


def test_it_is_off_unless_asked_for_and_agreed_to(app):
    """Without the option, or without a yes to crashes, faulthandler is not even imported and no file is made."""
    look = "import sys\nprint('faulthandler' in sys.modules, telemetry.status()['hard_crashes'])\n"
    assert app.crash(look).out == "False off\n"
    assert app.crash(look, more=YES.replace("True", "False")).out == "False off\n"
    usage_alone = INIT.format(more=YES).replace("enabled=True", "enabled={'usage': 'on'}")
    app.write(look, init=usage_alone)
    usage = app.run(environ=app.environ(FROB_TELEMETRY=None))
    assert usage.out == "False off\n"
    app.write(look, more=YES)
    assert app.run(environ=app.environ(FROB_TELEMETRY="off")).out == "False off\n"
    assert traces(app) == []
    assert app.run().out == "True armed\n"


def test_a_no_erases_what_was_found(frob):
    """A no, from wherever, removes what faults left; nothing of them is told after a later yes."""
    for erase in ("setting", "inside", "outside"):
        ended(frob, "null")
        assert traces(frob)
        if erase == "setting":
            frob.write("", init=INIT.format(more=YES).replace("enabled=True", "enabled=False"))
            frob.run(environ=frob.environ(FROB_TELEMETRY=None))
            (frob.write(PROGRAM, more=YES) / "orders.py").write_text(ORDERS, encoding="utf-8")
            assert traces(frob) == []
            continue
        if erase == "inside":
            frob.write("telemetry.set_consent('off')\n", more=YES)
            frob.run()
            (frob.write(PROGRAM, more=YES) / "orders.py").write_text(ORDERS, encoding="utf-8")
        else:
            assert b"No is stored" in verb(frob, "off")
        assert traces(frob) == []
        (frob.home / ".config/scrubbing/frob/choice").unlink()
    assert told(frob) == []


def test_a_program_that_faults_as_it_starts_leaves_so_many_files(frob):
    """There are as many as one start looks at, and no more; that start tells of them, and a no removes any number."""
    ended(frob, "null")
    (trace,) = traces(frob)
    for number in range(206):
        (trace.parent / f"{number:032x}.trace").write_bytes(trace.read_bytes())
    assert ended(frob, "null") == Run(-signal.SIGSEGV, "", "")
    assert len(traces(frob)) <= 207  # and less where there was time to tell of some
    for path in traces(frob)[199:]:
        path.unlink()
    assert len(told(frob)) == 3
    assert frob.drops()["quota:fingerprint"] > 100
    for number in range(206):
        (trace.parent / f"{number:032x}.trace").touch()
    assert b"No is stored" in verb(frob, "off")
    assert traces(frob) == []


def test_quota_and_the_apps_own_hook_count(frob):
    """Hard crashes count as crashes, three of a kind a day, and pass the app's own hook before they leave."""
    more = YES + ", before_send=lambda event, hint: None if os.path.exists('drop') else {**event, 'level': 'error'}"
    (frob.write(PROGRAM, more=more) / "orders.py").write_text(ORDERS, encoding="utf-8")
    for _ in range(5):
        ended(frob, "null")
    events = told(frob)
    assert [event["level"] for event in events] == ["error"] * 3
    assert frob.drops()["quota:fingerprint"] == 2
    ended(frob, "abort")
    (frob.home / "src/drop").touch()
    assert len(told(frob)) == 3
    assert frob.drops()["before_send:app"] == 1


BROKEN = {
    "garbage": os.urandom(3000),
    "nothing": b"",
    "a lie": b"release = hunter2@1\ncommand = \x1b[31mhunter2\nstate = runs\n".ljust(1024, b"\n")
    + b"Fatal Python error: Segmentation fault\n\nCurrent thread 0x01 (most recent call first):\n"
    b'  File "/home/hunter2/x.py", line 3 in hunter2\n  File "hunter2\n\n'
    b"Thread 0x0 [hunter2] (most recent call first):\nhunter2\n",
    "unknown": b"\n" * 1024 + b"Fatal Python error: hunter2\n",
    "endless": b"\n" * 1024 + b"Fatal Python error: Aborted\n\n" + b'  File "x", line 1 in hunter2\n' * 300_000,
}


def test_what_is_in_a_file_is_not_believed(frob):
    """Files with anything in them are read within bounds and removed; what cannot be proven does not leave."""
    ended(frob, "null")
    hard = frob.outbox.parent / "hard"
    for number, data in enumerate(BROKEN.values()):
        path = hard / f"{number:032x}.trace"
        path.write_bytes(data)
        os.utime(path, (os.stat(path).st_atime, os.stat(path).st_mtime - 100))
    (hard / f"{'a' * 32}.trace").symlink_to(frob.home / "src/frob/orders.py")
    (hard / "notes.txt").write_text("the user's")
    events = told(frob)
    assert {event["release"] for event in events} == {"frob@1.4.2"}
    assert sorted(event["exception"]["values"][0]["type"] for event in events) == ["SIGABRT", "SIGSEGV", "SIGSEGV"]
    assert (frob.home / "src/frob/orders.py").read_text(encoding="utf-8") == ORDERS
    assert [path.name for path in traces(frob) if path.suffix != ".trace" or path.is_symlink()] == [
        f"{'a' * 32}.trace",
        "notes.txt",
    ]


def test_from_a_zip_file_and_from_a_path_that_is_not_ascii(frob):
    """Frames of an app in an archive below a directory whose name is not ASCII have their names."""
    folder = frob.home / "Zoë's Ωμέγα 🎉"
    folder.mkdir()
    archive = folder / "frob.pyz"
    main = (frob.home / "src/frob/__main__.py").read_text()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("__main__.py", "import frob.start\n")
        file.writestr("frob/__init__.py", "")
        file.writestr("frob/start.py", main)
        file.writestr("frob/orders.py", ORDERS)
    for arguments, code in ((["null"], -signal.SIGSEGV), ([], 0)):
        command = [sys.executable, str(archive), *arguments]
        assert subprocess.run(command, env=frob.environ(), check=False, capture_output=True).returncode == code
    (event,) = frob.items()
    assert [call for call in calls(event) if call[0] and call[0].startswith("frob")] == [
        ("frob.start", "<module>"),
        ("frob.start", "main"),
        *CALLS[2:],
    ]
    assert not any(b"Zo" in raw for raw in frob.raw())


def test_a_fault_at_the_very_end_is_told(frob):
    """After the goodbye the stacks are still written: what callbacks and finalizers do that run after ours."""
    late = "import atexit, ctypes, sys\nif len(sys.argv) > 1:\n    atexit.register(ctypes.string_at, 0)\n"
    frob.write("telemetry.flush(20)\n", init=late + INIT.format(more=YES))
    assert frob.run("crash").code == -signal.SIGSEGV
    assert frob.run().code == 0
    (event,) = frob.items()
    assert event["exception"]["values"][0]["type"] == "SIGSEGV"


def verb(app, *words: str) -> bytes:
    command = [sys.executable, "-m", "scrubbing.cli", *words, "--app", "frob"]
    return subprocess.run(command, env=app.environ(), check=False, capture_output=True).stdout


def test_status_and_show_name_it(frob):
    """Status says what is done, and how much was found; what was made of it can be read in exact bytes."""
    ended(frob, "null")
    command = [sys.executable, "-m", "scrubbing.cli"]
    said = subprocess.run(
        [*command, "status", "--app", "frob"], env=frob.environ(), check=False, capture_output=True, text=True
    )
    assert "hard crash" in said.stdout
    frob.server.mode = "refuse"
    told(frob)
    lines = verb(frob, "show").decode().splitlines()
    ids = [line.split()[0] for line in lines if line.startswith("  ") and "crashes" in line]
    assert sum(b"SIGSEGV" in verb(frob, "show", one) for one in ids) == 1
