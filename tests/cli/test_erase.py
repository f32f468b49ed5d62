"""``off --erase``: every file that was written for a program goes, and only a recorded no stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from homes import APPS, EXAMPLES

from scrubbing import files
from scrubbing.consent import PURPOSES
from scrubbing.receiver import Receiver

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")


def named(home):
    """The places that have a file or directory now."""
    places = home.places
    return {
        name
        for name in places.__slots__
        if isinstance(getattr(places, name), str) and os.path.exists(getattr(places, name))
    }


def left(home):
    """Paths that are still there, as the user sees them; what coverage writes is nobody's."""
    return {path for path in home.tree() if "/.coverage" not in path}


@pytest.mark.parametrize("where", ["outside", "argparse", "click"])
def test_everything_goes_but_the_no(lived, where):
    """Each file is named, the ids first; directories go too; the no stays, and is in force."""
    home = lived
    before = left(home)
    there = named(home) - {"config_dir", "state_dir", "choice"}
    assert {"identity", "quota", "sessions", "drops", "limits", "verdict", "outbox", "kept", "sent", "hard"} <= there

    ran = home.scrubbing("off", "--erase") if where == "outside" else home.run(*APPS[where], "off", "--erase")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert left(home) == {home.places.choice}
    assert not os.path.exists(home.places.state_dir)
    assert {files.read_lines(home.places.choice)[purpose] for purpose in PURPOSES} == {"off"}
    lines = ran.stdout.splitlines()
    assert lines[:3] == [
        "No is stored for frob: nothing is collected or sent.",
        "Erased:",
        f"  {home.places.identity}",
    ]
    said = {line.strip() for line in lines}
    assert before - {home.places.choice} <= said
    assert f"The no itself stays, so that nobody asks again: {home.places.choice}" in said


def test_after_it_a_program_whose_own_setting_is_yes_collects_nothing(lived):
    """The recorded no is what keeps ``enabled=True`` from beginning again."""
    home = lived
    home.scrubbing("off", "--erase")
    assert home.crash().returncode == 1
    assert left(home) == {home.places.choice}


def test_it_is_a_no_where_there_was_nothing(home):
    """Nothing was written before, so there is nothing to erase; the no is stored."""
    ran = home.scrubbing("off", "--erase")
    assert ran.returncode == 0
    assert "There was no file to erase." in ran.stdout
    assert left(home) == {home.places.choice}


def test_purposes_and_erasing_do_not_go_together(home):
    """It removes everything; nothing is touched."""
    home.yes()
    before = home.tree()
    ran = home.scrubbing("off", "--erase", "usage")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert home.tree() == before


def test_what_somebody_else_put_there_is_left_and_named(lived):
    """A novel in the directory of this library stays, and the exit code is 0: all of ours is gone."""
    home = lived
    novels = [Path(home.places.state_dir, "novel.txt"), Path(home.places.outbox, "novel.envelope.txt")]
    for novel in novels:
        novel.write_text("Chapter one")
    ran = home.scrubbing("off", "--erase")
    assert ran.returncode == 0
    assert left(home) == {home.places.choice, *map(str, novels)}
    assert "Left alone, since scrubbing did not write it:" in ran.stdout
    assert all(str(novel) in ran.stdout for novel in novels)


@POSIX
def test_no_link_is_followed(lived):
    """A link in the place of a file or directory goes, and what it points at stays."""
    home = lived
    elsewhere = home.path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / f"{7:017d}.crashes.error.0.{'a' * 16}.envelope").write_text("Chapter one")
    (elsewhere / "quota").write_text("Chapter two")
    for path in Path(home.places.sent).iterdir():
        path.unlink()
    Path(home.places.sent).rmdir()
    os.unlink(home.places.quota)
    os.symlink(elsewhere, home.places.sent)
    os.symlink(elsewhere / "quota", home.places.quota)
    ran = home.scrubbing("off", "--erase")
    assert ran.returncode == 0
    assert len(list(elsewhere.iterdir())) == 2
    assert not os.path.lexists(home.places.sent)
    assert not os.path.lexists(home.places.quota)


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root removes anything")
def test_what_cannot_be_removed_is_said(lived):
    """With exit code 1, and the rest is gone."""
    home = lived
    os.chmod(home.places.sent, 0o500)
    ran = home.scrubbing("off", "--erase")
    os.chmod(home.places.sent, 0o700)
    assert ran.returncode == 1
    assert "Still there:" in ran.stdout
    assert files.signature(home.places.identity) is None


def test_erasing_goes_on_where_the_no_cannot_be_stored(home):
    """A file in the way of the choice is said, with exit code 1; what was written is gone all the same."""
    home.crash(FROB_TELEMETRY="on")
    assert files.signature(home.places.identity) is not None
    files.write_bytes(os.path.dirname(home.places.config_dir), b"")
    ran = home.scrubbing("off", "--erase")
    assert ran.returncode == 1
    assert "off: the choice could not be stored: " in ran.stderr
    assert not os.path.exists(home.places.state_dir)


LONG = """
import os, sys, scrubbing
telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True)
def work():
    with telemetry.command("watch"):
        for text in ("one", "two"):
            try:
                raise LookupError(os.environ["HOME"])
            except LookupError as error:
                telemetry.capture_exception(error)
            telemetry.capture_message("hello")
work()
print("ready", flush=True)
sys.stdin.readline()
for _ in range(30):
    work()
telemetry.flush(1)
"""


def test_a_program_that_runs_on_writes_nothing_any_more(home):
    """Erased while it runs: neither its next events nor its end bring a file back, its counters included."""
    home.yes()
    program = subprocess.Popen(
        [sys.executable, "-c", LONG], env=home.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout.readline() == "ready\n"
    assert files.signature(home.places.quota) is not None
    assert home.scrubbing("off", "--erase").returncode == 0
    assert left(home) == {home.places.choice}
    program.communicate("go on\n", timeout=60)
    assert program.returncode == 0
    assert left(home) == {home.places.choice}


LISTENED = """
import runpy, sys
heard = []
watched = ("socket.", "subprocess.", "os.fork", "os.exec")
sys.addaudithook(lambda event, args: heard.append(event) if event.startswith(watched) else None)
path, *sys.argv[1:] = sys.argv[1:]
sys.argv[0] = path
try:
    runpy.run_path(path, run_name="__main__")
except SystemExit:
    pass
print(heard, file=sys.stderr)
"""


@pytest.mark.parametrize("typed", [["off"], ["off", "--erase"]], ids=" ".join)
def test_no_socket_is_opened_inside_an_app(home, typed):
    """With reports waiting and a server that answers: a no that is typed into the program itself opens none."""
    with Receiver() as receiver:
        home.yes()
        home.put(3)
        ran = home.run("-c", LISTENED, str(EXAMPLES / "argparse_app.py"), "telemetry", *typed, FROB_DSN=receiver.dsn)
        assert ran.stderr == "[]\n"
        assert receiver.envelopes == ()


def test_the_listener_hears_a_socket_inside_an_app(home):
    """The control: a run with a yes and reports that wait opens sockets, and the same hook hears them."""
    with Receiver() as receiver:
        home.yes()
        home.put(1)
        init = "scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1')"
        body = f"import scrubbing, os\n{init}.flush(10)\n"
        path = home.path / "sends.py"
        path.write_text(body)
        assert "socket.connect" in home.run("-c", LISTENED, str(path), FROB_DSN=receiver.dsn).stderr


def test_what_is_only_called_like_ours_is_left_alone(lived):
    """A name that ends like those of envelopes or traces, and that no file of ours can have, is somebody's."""
    theirs = [f"{lived.places.outbox}/letter.envelope", f"{lived.places.hard}/mine.trace"]
    for path in theirs:
        files.write_bytes(path, b"the user's")
    ran = lived.scrubbing("off", "--erase")
    assert ran.returncode == 0
    assert {*theirs} <= left(lived)
    assert {path for path in left(lived) if os.path.isfile(path)} == {*theirs, lived.places.choice}
    assert all(f"  {path}" in ran.stdout for path in theirs)
