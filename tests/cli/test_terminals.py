"""Each verb in each framework on a terminal: in colour where tables have any, the same words as in a pipe."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from homes import APPS, SCRUBBING

from scrubbing.cli.table import VERBS

pty = pytest.importorskip("pty", reason="pseudo-terminals of POSIX")

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
#: What is typed for each verb: something that has an answer without a report.
TYPED = {
    "on": ["on"],
    "off": ["off"],
    "local": ["local"],
    "status": ["status", "--why"],
    "log": ["log"],
    "show": ["show"],
    "preview": ["preview", "usage"],
    "id": ["id"],
    "export": ["export"],
}
#: Verbs whose answer has colours on a terminal.
COLOURED = {"status", "id"}


def on_terminal(home, *command, **environ):
    """Run a program on a terminal of its own; its exit code and all that the terminal was told."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, *command],
        env={**home.environ, "TERM": "xterm-256color", **environ},
        cwd=home.path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux's word for: nobody is at the other end any more
            break
        if not part:
            break
        told += part
    os.close(ours)
    return program.wait(60), told.decode().replace("\r\n", "\n")


def same(text):
    """Less what differs from one run to the next: times and random ids."""
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "<time>", text)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", text)


@pytest.mark.parametrize("verb", TYPED)
def test_a_verb_on_a_terminal_says_what_it_says_in_a_pipe(home, verb):
    """In each framework the words and the exit code of the pipe; colours where the verb has any, none in the pipe."""

    def fresh():
        home.clear()
        home.yes()

    fresh()
    piped = home.run(*APPS["argparse"], *TYPED[verb])
    assert piped.returncode == 0
    assert "\x1b" not in piped.stdout
    for app in APPS.values():
        fresh()
        code, told = on_terminal(home, *app, *TYPED[verb])
        assert code == 0
        assert same(COLOUR.sub("", told)) == same(piped.stdout + piped.stderr)
        assert bool(COLOUR.search(told)) == (verb in COLOURED)


def test_every_verb_is_tried():
    """A verb that is new fails here until somebody says what it is tried with."""
    assert {verb.name for verb in VERBS} == set(TYPED)


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"NO_COLOR": "0"}, {"TERM": "dumb"}], ids=str)
def test_a_user_who_wants_no_colour_has_none(home, environ):
    """NO_COLOR with any value but nothing, and terminals that know none."""
    command = (*SCRUBBING, "status", "--app", "frob", "--why")
    assert "\x1b" not in on_terminal(home, *command, **environ)[1]
    assert "\x1b" in on_terminal(home, *command, NO_COLOR="")[1]  # the control, and what no-color.org says of empty


def test_modes_have_their_colours(home):
    """On is green, local yellow, off red, each reset behind it; widths are those of the words."""
    home.yes()
    home.scrubbing("local", "usage")
    _, told = on_terminal(home, *SCRUBBING, "status", "--app", "frob")
    assert "\x1b[32mon   \x1b[0m" in told
    assert "\x1b[33mlocal\x1b[0m" in told
    assert "\x1b[31moff  \x1b[0m" in told
    assert told.count("\x1b[0m") * 2 == told.count("\x1b[")


def test_what_is_wrong_is_red(home):
    """A damaged file catches the eye."""
    from scrubbing import files

    files.write_bytes(home.places.quota, b"\xff")
    code, told = on_terminal(home, *SCRUBBING, "status", "--app", "frob")
    assert code == 1
    assert "\x1b[31mquota: Damaged" in told


@pytest.mark.parametrize("typed", [["status", "--json"], ["export"], ["preview", "usage"]], ids=" ".join)
def test_what_programs_read_has_no_colour_on_a_terminal_either(home, typed):
    """JSON and exact bytes stay what they are."""
    verb, *rest = typed
    assert "\x1b" not in on_terminal(home, *SCRUBBING, verb, "--app", "frob", *rest)[1]
