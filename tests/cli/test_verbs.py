"""The verbs from outside: the ``scrubbing`` command as a process, in a real home."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from homes import SCRUBBING

from scrubbing import files, wire
from scrubbing.consent import PURPOSES

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")


def test_status_of_an_app_nobody_has_heard_of(home):
    """Everything is off, the row that says so is named, and looking leaves nothing on disk."""
    ran = home.scrubbing("status")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "crashes   off  nobody has said yes (row 10, nothing-said)" in ran.stdout
    assert "Rows 1 and 7 and the app's part of row 9 are known to frob only." in ran.stdout
    assert "frob has not run with anything switched on yet." in ran.stdout
    assert home.tree() == {}


def test_status_why_has_every_row(home):
    """Each row of the table has its line; the deciding one is marked; what only the app knows is marked."""
    ran = home.scrubbing("status", "--why", DO_NOT_TRACK="1")

    rows = [line.split() for line in ran.stdout.splitlines()]
    assert [row[1] for row in rows if row[:1] == [">"]] == ["3"]
    numbers = {row[row[0] == ">"] for row in rows if len(row) > 2 and row[row[0] == ">"].isdigit()}
    assert numbers == {str(number) for number in range(1, 11)}
    assert ["1", "marker", "unknown", "here"] in [row[:4] for row in rows]
    assert ["7", "app-setting", "unknown", "here"] in [row[:4] for row in rows]
    assert "DO_NOT_TRACK in the environment" in ran.stdout


def test_status_shows_what_the_app_itself_decided(home):
    """From outside the app's last verdict stands beside what can be told without it, with release and date."""
    home.crash(FROB_TELEMETRY="on")

    ran = home.scrubbing("status")

    assert "crashes   off  nobody has said yes" in ran.stdout  # its setting is not known here
    assert f"frob@1.4.2 itself last decided on {files.read_lines(home.places.verdict)['date']}:" in ran.stdout
    assert "crashes   on   by row yes" in ran.stdout


def test_status_names_the_reason_of_a_crash_over_quota(home):
    """An author whose fifth crash of a kind does not arrive finds its reason and date, in a sentence."""
    for _ in range(5):
        home.crash()

    ran = home.scrubbing("status")

    (line,) = [line for line in ran.stdout.splitlines() if "quota:fingerprint" in line]
    assert line.split()[:2] == ["2", "x"]
    assert line.endswith("more than 3 reports of one bug in a day")
    assert files.read_lines(home.places.verdict)["date"] in line


def test_status_lists_what_waits_and_what_was_dropped(home):
    """Ids, sizes and purposes of what waits; the latest drops first, each with its sentence."""
    (entry, data), *_ = home.put(3)
    home.dropped(http__404=2, before_send__app=1, fence__finding=1, item__profile=4)

    ran = home.scrubbing("status")

    assert f"Waiting to be sent: 3, {3 * len(data)} bytes in all" in ran.stdout
    assert entry.id in ran.stdout
    for sentence in (
        "the server has no such project: look at the DSN",
        "the app's own before_send dropped it",
        "the fence found a text in which the rules still find something",
        "items of type profile do not leave under the app's preset",
    ):
        assert sentence in ran.stdout


def test_status_says_how_long_the_server_asked_to_wait(home):
    """Rate limits are shown with the seconds that are left."""
    import time

    files.write_lines(home.places.limits, {"error": f"{time.time() + 450:.0f}"})
    ran = home.scrubbing("status")
    assert "The server asked to wait:\n  error  4" in ran.stdout


def test_status_as_json_is_the_status(home):
    """The same facts, for programs."""
    home.put(1)
    found = json.loads(home.scrubbing("status", "--json").stdout)
    assert found["modes"] == dict.fromkeys(PURPOSES, "off")
    assert [row["number"] for row in found["why"]] == list(range(1, 11))
    assert [one["purpose"] for one in found["waiting"]] == ["crashes"]
    assert found["problems"] == []


DAMAGED = ("choice", "everyone", "verdict", "drops", "quota", "sessions", "limits")


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_status_says_what_is_damaged(home, name, form):
    """A file that cannot be understood is named, without a word of what stands in it; the exit code is 1."""
    path = getattr(home.places, name)
    files.write_bytes(path, b"moonlight\xff")

    ran = home.scrubbing("status", *form)

    assert ran.returncode == 1
    assert ran.stderr == ""
    assert "moonlight" not in ran.stdout
    assert json.dumps(path)[1:-1] in ran.stdout
    assert "is not UTF-8" in ran.stdout


@pytest.mark.parametrize("lines", [{"crashes": "on"}, {"version": "1", "crashes": "yes"}, {"version": "1", "x": "on"}])
def test_status_says_that_a_choice_is_none(home, lines):
    """A readable file that is no choice of ours is damaged too, and means off."""
    files.write_lines(home.places.choice, lines)
    ran = home.scrubbing("status")
    assert ran.returncode == 1
    assert "Something is wrong:" in ran.stdout
    assert "crashes   off" in ran.stdout


@POSIX
def test_status_says_that_the_outbox_is_somewhere_else(home):
    """An outbox that is a link is not followed, and said."""
    files.make_directory(home.places.state_dir)
    os.symlink(home.path, home.places.outbox)
    ran = home.scrubbing("status")
    assert ran.returncode == 1
    assert "the outbox directory is a symbolic link or a file" in ran.stdout


def test_status_without_a_home_is_said(home):
    """Where no directory can be had, status says so instead of failing."""
    code = (
        "import sys; from scrubbing import files; from scrubbing.cli import mounts, subject;"
        "from scrubbing.cli import verbs; from scrubbing.consent import Consent; import attrs;"
        "nowhere = files.Places('frob', None, None, ('/nowhere',), '/');"
        "from scrubbing.telemetry.status import status;"
        "consent = Consent(app='frob', outside=True, places=nowhere);"
        "one = attrs.evolve(subject.outside('frob'), consent=consent, status=lambda: status(consent));"
        "said = [verbs.status(one), verbs.show(one)];"
        "[print(one.code, one.out) for one in said]"
    )
    ran = home.run("-c", code)
    assert ran.stderr == ""
    assert "no directory can be had" in ran.stdout
    assert "0 Nothing waits to be sent." in ran.stdout


def test_what_expires_while_somebody_looks_is_counted(home):
    """Looking removes what waited too long, and says so."""
    old = f"{0:017d}.crashes.error.0.{'0' * 16}.envelope"
    files.write_bytes(os.path.join(home.places.outbox, old), b"{}\n")

    assert "outbox:expired" in home.scrubbing("status").stdout
    assert "1 x" in home.scrubbing("status").stdout
    assert home.waiting() == []


def test_on_stores_a_yes_and_says_what_for(home):
    """The choice is stored with its version, and what is collected is said in a line for each purpose."""
    ran = home.scrubbing("on")

    assert (ran.returncode, ran.stderr) == (0, "")
    stored = files.read_lines(home.places.choice)
    assert {stored[purpose] for purpose in ("crashes", "usage")} == {"on"}
    assert "extra" not in stored
    lines = ran.stdout.splitlines()
    assert lines[0] == "Yes to crashes and usage is stored for frob."
    assert [line.split()[0] for line in lines[1:4]] == ["crashes", "usage", "Unless"]
    assert "frob's own setting may still say no; only frob knows it." in ran.stdout


def test_on_names_purposes(home):
    """A yes to one purpose is no yes to another."""
    assert home.scrubbing("on", "feedback", "extra").returncode == 0
    stored = files.read_lines(home.places.choice)
    assert (stored["feedback"], stored["extra"]) == ("on", "on")
    assert not {"crashes", "usage"} & set(stored)


def test_on_with_a_purpose_there_is_not_stores_nothing(home):
    """Wrong use has exit code 2, says what there is, and changes nothing."""
    ran = home.scrubbing("on", "crashes", "everything")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "expected some of crashes, usage, extra, feedback" in ran.stderr
    assert home.tree() == {}


SAYS_NO = {
    "do-not-track": ({"DO_NOT_TRACK": "1"}, "off"),
    "environment": ({"FROB_TELEMETRY": "off"}, "off"),
    "unattended": ({"CI": "true"}, "off"),
    "yes": ({"FROB_TELEMETRY": "local"}, "local"),
}


@pytest.mark.parametrize("row", SAYS_NO)
def test_on_says_which_row_still_says_no(home, row):
    """A yes that changes nothing here and now is not said to be one."""
    environ, mode = SAYS_NO[row]
    ran = home.scrubbing("on", **environ)
    assert ran.returncode == 0
    assert f"But crashes and usage stay {mode}: " in ran.stdout
    assert f", {row})." in ran.stdout
    assert "on" in files.read_lines(home.places.choice).values()


def test_on_repeats_what_the_app_said_last(home):
    """The app's last verdict, with its date, is the best guess at its own setting."""
    home.crash(FROB_TELEMETRY="local")
    date = files.read_lines(home.places.verdict)["date"]
    assert f"On {date} it said: crashes local, usage local, extra off, feedback off." in home.scrubbing("on").stdout


def test_on_replaces_a_damaged_choice(home):
    """A yes heals a damaged file: what was not chosen about is a written no."""
    files.write_bytes(home.places.choice, b"\xff")
    assert home.scrubbing("on").returncode == 0
    assert files.read_lines(home.places.choice)["extra"] == "off"
    assert home.scrubbing("status").returncode == 0


def test_local_keeps_and_does_not_send(home):
    """Local is stored for everything, and is what status says then."""
    ran = home.scrubbing("local")
    assert ran.returncode == 0
    assert {files.read_lines(home.places.choice)[purpose] for purpose in PURPOSES} == {"local"}
    home.scrubbing("local", FROB_TELEMETRY="on")
    assert "crashes   local" in home.scrubbing("status", FROB_TELEMETRY="on").stdout


def test_off_erases_what_waits(home):
    """A no is stored, and nothing of what waited is left, for whatever purpose."""
    home.scrubbing("on")
    home.put(3)
    home.put(2, purpose="usage")

    ran = home.scrubbing("off")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "No is stored for frob: nothing is collected or sent. 5 waiting reports were erased.\n"
    assert home.waiting() == []
    assert {files.read_lines(home.places.choice)[purpose] for purpose in PURPOSES} == {"off"}


def test_off_the_first_time_leaves_the_choice_alone_on_disk(home):
    """A recorded no is all there is."""
    home.scrubbing("off")
    assert list(home.tree()) == [home.places.choice]


def test_off_erases_even_where_the_choice_cannot_be_stored(home):
    """A file in the way of the choice's directory is said, with exit code 1, and what waits is gone all the same."""
    home.put(2)
    files.write_bytes(os.path.dirname(home.places.config_dir), b"")

    ran = home.scrubbing("off")

    assert ran.returncode == 1
    assert "off: the choice could not be stored: " in ran.stderr
    assert home.waiting() == []


@POSIX
def test_off_says_what_it_could_not_erase(home):
    """An outbox that is a link to elsewhere is not touched; the no is stored."""
    elsewhere = home.path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "novel.txt").write_text("Chapter one")
    files.make_directory(home.places.state_dir)
    os.symlink(elsewhere, home.places.outbox)

    ran = home.scrubbing("off")

    assert ran.returncode == 1
    assert "the choice is stored, but what waits could not be erased" in ran.stderr
    assert (elsewhere / "novel.txt").read_text() == "Chapter one"
    assert files.read_lines(home.places.choice)["crashes"] == "off"


LISTENED = """
import sys
import filelock
before = set(sys.modules)  # what measures coverage is no verb's doing, nor is what the library of locks imports
heard = []
watched = ("socket.", "subprocess.", "os.fork", "os.exec", "_thread.start")
sys.addaudithook(lambda event, args: heard.append(event) if event.startswith(watched) else None)
from scrubbing.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(code, heard, sorted({"sentry_sdk", "urllib3", "socket", "ssl"} & set(sys.modules) - before), file=sys.stderr)
"""


@pytest.mark.parametrize("verb", ["off", "on", "local", "status", "log", "show"])
def test_no_verb_opens_a_socket(home, verb):
    """With envelopes waiting and a yes stored: no socket, no process, no thread, nothing that could send."""
    home.scrubbing("on")
    home.put(2)
    ran = home.run("-c", LISTENED, verb, "--app", "frob")
    assert ran.stderr.strip() == "0 [] []"


def test_the_listener_hears_sockets(home):
    """The control: the demo, which does open sockets, is heard by the same hook."""
    ran = home.run("-c", LISTENED, "demo")
    assert "socket.bind" in ran.stderr


def test_show_with_nothing_waiting_says_so(home):
    """An empty list is a sentence, and the exit code is 0."""
    ran = home.scrubbing("show")
    assert (ran.returncode, ran.stdout.startswith("Nothing waits to be sent.")) == (0, True)
    assert home.tree() == {}


def test_show_lists_and_prints_exact_bytes(home):
    """Each listed id prints the bytes of its file and nothing else."""
    made = home.put(3)
    listed = home.scrubbing("show").stdout
    for entry, data in made:
        assert f"{entry.id}  " in listed
        ran = home.scrubbing("show", entry.id, binary=True)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout == data == Path(home.places.outbox, entry.name).read_bytes()


def test_show_prints_the_bytes_of_a_real_crash(home):
    """What a crash left behind is printed byte for byte."""
    home.crash()
    waiting = home.waiting()
    assert "crashes" in [entry.purpose for entry in waiting]
    for entry in waiting:
        on_disk = Path(home.places.outbox, entry.name).read_bytes()
        assert home.scrubbing("show", entry.id, binary=True).stdout == on_disk


@pytest.mark.parametrize("which", ["nonsense", "../choice", "", "0" * 16])
def test_show_of_what_does_not_wait_is_wrong_use(home, which):
    """An id that is not there is said on stderr, nothing is printed, and no path is followed."""
    home.put(1)
    ran = home.scrubbing("show", which)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "nothing that waits or was kept has this ID" in ran.stderr


def test_show_example_is_a_crash_without_its_user(home):
    """The preview is an envelope with readable frames and nothing of the user; it is neither kept nor counted."""
    ran = home.scrubbing("show", "--example", binary=True, FROB_SECRET="moonlight")
    assert ran.returncode == 0
    (item,) = wire.read(ran.stdout).items
    event = wire.parse(item.payload, "event")
    assert event["exception"]["values"][0]["type"] == "FileNotFoundError"
    assert any(
        str(frame.get("module")).startswith("pathlib")
        for frame in event["exception"]["values"][0]["stacktrace"]["frames"][-3:]
    )
    for secret in (b"quillfeather", str(home.path).encode(), b"moonlight"):
        assert secret not in ran.stdout
    assert b"strict preset" in ran.stderr
    assert home.tree() == {}


def test_show_example_and_an_id_is_wrong_use(home):
    """One or the other."""
    assert home.scrubbing("show", "--example", "x").returncode == 2


def test_a_reader_who_has_gone_is_no_error(home):
    """A closed pipe ends the command without a traceback."""
    import subprocess

    ((entry, _),) = home.put(1)
    command = [sys.executable, *SCRUBBING, "show", "--app", "frob", entry.id]
    ran = subprocess.Popen(command, env=home.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    ran.stdout.close()
    assert ran.stderr.read() == b""
    ran.stderr.close()
    ran.wait(60)


def test_a_terminal_that_shows_ascii_alone_is_enough(home):
    """Paths are escaped where they cannot be shown."""
    home.environ.update(XDG_CONFIG_HOME=str(home.path / "für\udce4"), PYTHONIOENCODING="ascii")
    ran = home.scrubbing("status", binary=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"f\\xfcr" in ran.stdout
    assert json.loads(home.scrubbing("status", "--json").stdout)["files"]["choice"]["path"].startswith(str(home.path))


WRONG_USE = {
    "no verb": (),
    "no app": ("status",),
    "another verb": ("destroy", "--app", "frob"),
    "a slash": ("status", "--app", "a/b"),
    "nothing": ("off", "--app", ""),
    "up": ("off", "--app", ".."),
    "a device": ("on", "--app", "con"),
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_has_exit_code_2(home, case):
    """It is said what was expected, and nothing is touched."""
    ran = home.run(*SCRUBBING, *WRONG_USE[case])
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert ran.stderr + ran.stdout
    assert home.tree() == {}


def test_version(home):
    """The version is the library's."""
    import scrubbing

    assert home.run(*SCRUBBING, "--version").stdout == f"scrubbing {scrubbing.__version__}\n"
