"""Asking: on a real terminal, at a good moment, once, and nowhere else."""

from __future__ import annotations

import os
import sys
import time

import pytest
from apps import App
from preludes import WATCHER, environ_with, report
from servers.faulty import Faulty
from terminals import Terminal

from scrubbing import files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")

INIT = 'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"] or None, app="frob", release="1.4.2"{more})\n'
NOW = "print('asked', telemetry.ask(runs=1, days=1{more}))\n"
PROMPT = "(Enter alone: no): "


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


def environ(app, **more):
    """Somebody who has said nothing to anybody."""
    return app.environ(**{"FROB_TELEMETRY": None, "TERM": "dumb", **more})


def write(app, body=NOW, more="", ask=""):
    app.write(body.replace("{more}", ask), init=INIT.replace("{more}", more))


def choice(app):
    return files.read_lines(str(app.home / ".config/scrubbing/frob/choice"))


def counted(app):
    return files.read_lines(str(app.home / ".local/state/scrubbing/frob/asked"))


def typed(app, keys, prompt=PROMPT, **more):
    """Run it on a terminal, type when it asks, and return what was on the screen and the exit code."""
    terminal = Terminal(app, environ(app, **more))
    for key in keys:
        terminal.until(prompt)
        terminal.seen, before = "", terminal.seen
        terminal.write(key)
    code = terminal.end()
    return (before if keys else "") + terminal.seen, code


def test_the_question_says_what_is_collected_where_it_goes_and_how_to_take_it_back(app):
    """The whole text, as it stands on the screen."""
    write(app)

    seen, code = typed(app, ["y\n"])

    assert code == 0
    assert seen == (
        "\nMay frob report crashes and usage to its author?\n"
        "  crashes: types of errors, the program's own lines of code, its version, Python and the system\n"
        "  usage: which command ran on a day and whether it crashed, at most once a day and command, "
        "with a random id, new each month\n"
        "  Never sent: messages, values, your files and their names, your name, this computer's name.\n"
        f"  It goes to http://127.0.0.1:{app.server.port}/7, which sees this computer's IP address.\n"
        "  To take a yes back at any time: scrubbing off --app frob\n"
        "Type y for yes or n for no (Enter alone: no): y\n"
        "Yes is stored. Thank you.\nasked True\n"
    )


ANSWERS = {
    "y": ("y\n", "asked True", "on"),
    "YES": (" YES \n", "asked True", "on"),
    "n": ("n\n", "asked False", "off"),
    "no": ("no\n", "asked False", "off"),
    "Enter": ("\n", "asked False", "off"),
    "end of input": ("\x04", "asked None", None),
    "end of input after a word": ("y\x04\x04", "asked None", None),
}


@pytest.mark.parametrize("how", ANSWERS)
def test_an_answer_is_stored_and_it_is_not_asked_again(app, how):
    """Yes and no are stored with date, giver and what they are to; no answer stores nothing; nobody is asked twice."""
    keys, said, mode = ANSWERS[how]
    write(app)

    seen, code = typed(app, [keys])

    assert (said in seen, code) == (True, 0)
    stored = choice(app)
    if mode is None:
        assert stored == {}
        assert "you will not be asked again" in seen
    else:
        assert (stored["crashes"], stored["usage"], stored["who"]) == (mode, mode, "ask on the terminal")
        assert stored["date"] == time.strftime("%Y-%m-%d", time.gmtime())
        assert ("crashes.covers" in stored) is (mode == "on")
        assert "extra" not in stored
    assert app.server.connections == 0
    assert typed(app, []) == ("asked None\n", 0)


def test_a_word_that_is_none_is_asked_three_times(app):
    """Something else than yes or no is no answer."""
    write(app)

    seen, _ = typed(app, ["maybe\n", "yep\n", "nope\n"])

    assert "No answer: it stays off" in seen
    assert choice(app) == {}


def test_ctrl_c_at_the_question_is_the_app_s(app):
    """It ends the program as it would anywhere else, stores nothing, and the question does not come back."""
    write(app)

    seen, code = typed(app, ["\x03"])

    assert "KeyboardInterrupt" in seen
    assert code not in (0, None)
    assert choice(app) == {}
    assert typed(app, []) == ("asked None\n", 0)


def test_nobody_at_the_terminal_is_no_answer(app):
    """A terminal without anybody delays the program by the seconds the author said, once."""
    write(app, ask=", seconds=0.3")

    seen, code = typed(app, [])

    assert "No answer: it stays off" in seen
    assert (seen.endswith("asked None\n"), code) == (True, 0)
    assert typed(app, []) == ("asked None\n", 0)


def test_a_yes_is_in_force_at_once(app):
    """The crash that follows in the same run is reported."""
    write(app, NOW + "raise ValueError(os.environ['PLANTED'])\n")

    typed(app, ["y\n"])

    assert len(app.items()) == 1


def test_it_is_asked_after_three_runs_on_two_days(app):
    """Not before: the runs and the days are counted, in one file with nothing else in it, until it was asked."""
    clock = "import time; real = time.time; time.time = lambda: real() + 86400 * int(os.environ['DAY'])\n"
    write(app, "import threading\n" + clock + "print('asked', telemetry.ask(), telemetry.ask())\n")
    today = time.time()

    def day(number):
        return time.strftime("%Y-%m-%d", time.gmtime(today + 86400 * number))

    for ran, (number, days) in enumerate([(0, 1), (0, 1), (0, 1), (0, 1)], 1):
        assert typed(app, [], DAY=str(number)) == ("asked None None\n", 0)
        assert counted(app) == {"runs": str(ran), "days": str(days), "last": day(number)}
    seen, _ = typed(app, ["n\n"], DAY="1")

    assert "asked False None" in seen
    assert {key for key in counted(app) if "." not in key} == {"runs", "days", "last", "asked"}
    assert counted(app)["asked"] == day(1)
    assert sorted(path.name for path in app.outbox.parent.iterdir()) == ["asked"]


def stored(**modes):
    return "".join(
        f"{key} = {value}\n" for key, value in {"version": "1", "date": "2026-11-22", "who": "x", **modes}.items()
    )


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(text)
    path.chmod(0o600)


#: Where nobody is asked: what is put into the home, the environment, init's and ask's further arguments.
SILENT = {
    "marker": (lambda home: put(home / "src/frob/scrubbing-disabled", ""), {}, "", ""),
    "admin off": (lambda home: put(home / "site/scrubbing/policy", "telemetry = off\n"), {}, "", ""),
    "admin local": (lambda home: put(home / "site/scrubbing/policy", "telemetry = local\n"), {}, "", ""),
    "DO_NOT_TRACK": (None, {"DO_NOT_TRACK": "1"}, "", ""),
    "variable off": (None, {"FROB_TELEMETRY": "off"}, "", ""),
    "variable on": (None, {"FROB_TELEMETRY": "on"}, "", ""),
    "everyone off": (lambda home: put(home / ".config/scrubbing/everyone", "telemetry = off\n"), {}, "", ""),
    "CI": (None, {"CI": "true"}, "", ""),
    "pytest": (None, {"PYTEST_VERSION": "9"}, "", ""),
    "flag no": (None, {}, ", enabled=False", ""),
    "flag yes": (None, {}, ", enabled=True", ""),
    "flag about one": (None, {}, ", enabled={'crashes': 'off'}", ""),
    "stored no": (lambda home: put(home / ".config/scrubbing/frob/choice", stored(crashes="off")), {}, "", ""),
    "stored yes": (
        lambda home: put(home / ".config/scrubbing/frob/choice", stored(crashes="on", usage="on")), {}, "", "",
    ),
    "stored yes to one": (lambda home: put(home / ".config/scrubbing/frob/choice", stored(usage="on")), {}, "", ""),
    "damaged choice": (lambda home: put(home / ".config/scrubbing/frob/choice", "\0"), {}, "", ""),
    "damaged count": (lambda home: put(home / ".local/state/scrubbing/frob/asked", "runs = -1\n"), {}, "", ""),
    "no server": (None, {"FROB_DSN": ""}, "", ""),
    "quiet": (None, {}, "", ", quiet=True"),
}  # fmt: skip


@pytest.mark.parametrize("why", SILENT)
def test_where_anybody_has_said_anything_nobody_is_asked(app, why):
    """On a terminal too: no question, no count, no change on disk."""
    prepare, variables, more, ask = SILENT[why]
    write(app, more=more, ask=ask)
    if prepare:
        prepare(app.home)
    skipped = {"on": {".local"}}.get(
        variables.get("FROB_TELEMETRY"), {".local"} if "True" in more or "yes" in why else set()
    )
    before = tree(app, skipped)

    seen, code = typed(app, [], XDG_CONFIG_DIRS=str(app.home / "site"), **variables)

    assert (seen, code) == ("asked None\n", 0)
    assert tree(app, skipped) == before
    assert not (app.outbox.parent / "asked").exists() or why == "damaged count"


def tree(app, skipped=()):
    """Every file, with its bytes; not those of what runs after a yes."""
    found = sorted(path for path in app.home.rglob("*") if path.is_file() and path.suffix not in (".json", ".pyc"))
    return {str(path): path.read_bytes() for path in found if path.relative_to(app.home).parts[0] not in skipped}


BODIES = {
    "in a thread": "import threading\nanswers = []\n"
    "thread = threading.Thread(target=lambda: answers.append(telemetry.ask(runs=1, days=1)))\n"
    "thread.start(); thread.join(); print('asked', answers[0])\n",
    "while an exception is handled": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    " + NOW.replace("{more}", ""),
    "after a crash": "import atexit, sys\nsys.excepthook = lambda *_: None\n"
    "atexit.register(lambda: print('asked', telemetry.ask(runs=1, days=1)))\n1 / 0\n",
    "after close": "telemetry.close()\n" + NOW.replace("{more}", ""),
    "in a child": "import sys\npid = os.fork()\nif pid: os.waitpid(pid, 0); sys.exit()\nos.setpgid(0, 0)\n"
    + NOW.replace("{more}", ""),
}


@pytest.mark.parametrize("where", BODIES)
def test_at_no_good_moment_nobody_is_asked(app, where):
    """In threads, crashes, background jobs and after the end there is no question, and no hang."""
    write(app, BODIES[where])

    seen, _ = typed(app, [])

    assert seen == "asked None\n"
    assert not (app.home / ".local").exists()


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_where_one_stream_is_no_terminal_nobody_is_asked(app, stream, tmp_path):
    """A pipe, a file or nothing at any of the three is a program that is used by another one."""
    write(app)
    with (tmp_path / "file").open("w+") as file:
        terminal = Terminal(app, environ(app), **{stream: file})
        assert terminal.end() == 0

    assert PROMPT not in terminal.seen + (tmp_path / "file").read_text()
    assert not (app.home / ".local").exists()


def test_what_was_typed_ahead_is_no_answer(app):
    """Somebody who types the next command meanwhile has not read the question; it is asked another time."""
    write(app)

    terminal = Terminal(app, environ(app), ahead="y\n")

    assert terminal.end() == 0
    assert PROMPT not in terminal.seen
    assert choice(app) == {}
    assert "asked" not in counted(app)
    assert "asked False" in typed(app, ["n\n"])[0]


def test_where_the_count_cannot_be_kept_nobody_is_asked(app):
    """Who cannot be remembered to have been asked would be asked each time."""
    put(app.home / ".local", "a file where the directory should be")
    write(app)

    assert typed(app, []) == ("asked None\n", 0)


def test_two_programs_at_once_ask_once(app):
    """The second sees that the first one asks just now."""
    write(app)
    first = Terminal(app, environ(app))
    first.until(PROMPT)

    assert typed(app, []) == ("asked None\n", 0)

    first.write("y\n")
    assert first.end() == 0
    assert choice(app)["crashes"] == "on"


def test_who_is_killed_at_the_question_is_not_asked_for_ever(app):
    """The question counts as asked from the moment it is shown."""
    write(app)
    terminal = Terminal(app, environ(app))
    terminal.until(PROMPT)
    terminal.process.kill()
    terminal.end()

    assert typed(app, []) == ("asked None\n", 0)


def test_an_answer_that_cannot_be_stored_is_said_and_is_off(app):
    """The user hears it, the app goes on, and status tells the author."""
    put(app.home / ".config", "a file where the directory should be")
    write(app, NOW + "print(telemetry.status()['problems'], telemetry.consent.mode('crashes'))\n")

    seen, code = typed(app, ["y\n"])

    assert "That could not be stored, so it is off." in seen
    assert "['ask: NotADirectoryError'] off" in seen or "['ask: FileExistsError'] off" in seen
    assert code == 0


def test_a_purpose_that_grew_is_asked_about_again_once(app):
    """The question is about what grew alone and says what is new; an unanswered one comes again only for more."""
    write(app, "telemetry.set_consent('on')\n", more=", commands=['watch']")
    assert app.run(environ=environ(app)).code == 0
    more = ", commands=['watch', 'build']"
    write(app, "print('asked', telemetry.ask())\n", more=more)

    seen, _ = typed(app, ["\x04"])

    assert "You said yes to frob's usage. That has changed: the command build may be told now. Still yes?" in seen
    assert "  crashes: " not in seen
    assert choice(app)["usage.covers"].endswith("commands watch; ids month")
    assert typed(app, []) == ("asked None\n", 0)

    write(app, "print('asked', telemetry.ask())\n", more=more.replace("'build'", "'build', 'sell'"))
    assert "the commands build, sell" in typed(app, ["y\n"])[0].replace("commands build", "the commands build")
    assert choice(app)["usage.covers"].endswith("commands build, sell, watch; ids month")
    assert choice(app)["crashes"] == "on"
    write(app, "print('asked', telemetry.ask())\n", more=more)
    assert typed(app, []) == ("asked None\n", 0)


@pytest.mark.parametrize("why", ["in a pipe", "in CI", "quiet", "after a no"])
def test_not_asking_touches_nothing(app, why):
    """As if the call were not there: no file, socket, thread or process, and none but our own light modules."""
    variables = {"in CI": {"CI": "1"}}.get(why, {})
    if why == "after a no":
        put(app.home / ".config/scrubbing/frob/choice", stored(crashes="off", usage="off"))
    seen = {}
    for name, body in (
        ("without", "print('asked', None)\n"),
        ("with", NOW.replace("{more}", ", quiet=True" * (why == "quiet"))),
    ):
        write(app, body)
        watched = environ_with(
            app, WATCHER, FROB_TELEMETRY=None, REPORT=str(app.home / f"{name}.json"), PYTHONDONTWRITEBYTECODE="1",
            **dict.fromkeys((key for key in os.environ if key.startswith("COVERAGE_")), None), **variables,
        )  # fmt: skip
        before = tree(app, {"src"})
        if why == "in a pipe":
            run = app.run(environ=watched)
            assert run.out == "asked None\n"
        else:
            terminal = Terminal(app, watched)
            assert terminal.end() == 0
            assert terminal.seen == "asked None\n"
        assert tree(app, {"src"}) == before
        seen[name] = report(app.home / f"{name}.json")

    assert seen["with"]["events"] == seen["without"]["events"] == []
    further = set(seen["with"]["modules"]) - set(seen["without"]["modules"])
    assert {name for name in further if not name.startswith("scrubbing.consent.")} <= {"select"}
    assert app.server.connections == 0


def test_the_first_run_on_a_terminal_is_seen_to_count(app):
    """The control: the same watcher sees the file that counts being made, and no socket even then."""
    write(app, "print('asked', telemetry.ask())\n")
    variables = dict.fromkeys((key for key in os.environ if key.startswith("COVERAGE_")), None)
    watched = environ_with(app, WATCHER, FROB_TELEMETRY=None, REPORT=str(app.home / "seen.json"), **variables)

    terminal = Terminal(app, watched)

    assert (terminal.end(), terminal.seen) == (0, "asked None\n")
    events = report(app.home / "seen.json")["events"]
    assert {"os.mkdir", "os.rename"} <= set(events)
    assert not [event for event in events if event.startswith(("socket.", "thread", "subprocess."))]


WINDOW = """
def window(question):
    seen.append(question)
    return {answer}
seen = []
print('asked', telemetry.ask(runs=1, days=1, with_=window))
"""
RETURNED = {
    "True": ("True", {"crashes": "on", "usage": "on"}),
    "False": ("False", {"crashes": "off", "usage": "off"}),
    "None": ("None", {}),
    "{'crashes': True, 'usage': False}": ("True", {"crashes": "on", "usage": "off"}),
    "{'crashes': 'local'}": ("True", {"crashes": "local"}),
    "{'usage': None}": ("None", {}),
    "{}": ("None", {}),
    "'yes'": ("None", {}),
    "1": ("None", {}),
    "{'extra': True}": ("None", {}),
    "{'crashes': 'maybe'}": ("None", {}),
    "{}['x']": ("None", {}),
}


@pytest.mark.parametrize("answer", RETURNED)
def test_a_window_of_the_app_s_asks_in_place_of_the_terminal(app, answer):
    """Its answer is stored; anything that is no answer, and its failure, store nothing and are said in status."""
    said, modes = RETURNED[answer]
    write(app, WINDOW.replace("{answer}", answer) + "print(len(seen), telemetry.status()['problems'])\n")

    run = app.run(environ=environ(app))

    wrong = answer in ("'yes'", "1", "{'extra': True}", "{'crashes': 'maybe'}")
    problems = ["ask: ConfigurationError"] if wrong else ["ask: KeyError"] if "[" in answer else []
    assert run.out == f"asked {said}\n1 {problems}\n"
    assert {key: value for key, value in choice(app).items() if key in ("crashes", "usage", "extra")} == modes
    assert not modes or choice(app)["who"] == "ask in the app"
    assert app.run(environ=environ(app)).out.startswith("asked None\n0 ")


def test_a_window_gets_all_there_is_to_show(app):
    """The object has the text as a whole and its parts."""
    body = "print(q.app, q.address, list(q.purposes), q.grown, q.beside in q.text, q.question in q.text)\n"
    write(app, WINDOW.replace("{answer}", "None") + f"(q,) = seen\n{body}", more=", policy='standard'")

    out = app.run(environ=environ(app)).out.splitlines()[1]

    assert out == f"frob http://127.0.0.1:{app.server.port}/7 ['crashes', 'usage'] {{}} True True"


@pytest.mark.parametrize("why", ["CI", "quiet", "handled", "stored"])
def test_a_window_is_not_opened_where_nobody_is_asked(app, why):
    """The same rows and moments hold for windows."""
    body = WINDOW.replace("{answer}", "True")
    if why == "handled":
        body = (
            "def main():\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        import sys\n"
            + "".join(f"        {line}\n" for line in body.strip().splitlines())
            + "main()\n"
        )
    write(app, body.replace("with_=", "quiet=True, with_=") if why == "quiet" else body)
    if why == "stored":
        put(app.home / ".config/scrubbing/frob/choice", stored(crashes="off"))

    run = app.run(environ=environ(app, **({"CI": "1"} if why == "CI" else {})))

    assert (run.out, run.err) == ("asked None\n", "")


def test_a_wrong_purpose_raises(app):
    """The author hears it at once."""
    write(app, ask=", purposes=['crash']")

    assert "ConfigurationError: purposes: expected some of" in app.run(environ=environ(app)).err


def test_purposes_beyond_the_usual_are_asked_for_by_name(app):
    """Each has its line, and its yes."""
    write(app, ask=", purposes=('feedback', 'extra')")

    seen, _ = typed(app, ["y\n"])

    assert "May frob report feedback and extra to its author?" in seen
    assert {key for key in choice(app) if "." not in key} == {"version", "date", "who", "feedback", "extra"}


def test_outside_of_python_s_streams_nobody_is_asked(app):
    """A program without streams, or with streams that are closed, is not asked and does not fail."""
    for body in (
        "import sys\nout = sys.stdout\nsys.stdin = None\n",
        "import sys\nout = sys.stdout\nsys.stdin.close()\n",
    ):
        write(app, body + "print('asked', telemetry.ask(runs=1, days=1), file=out)\n")
        assert typed(app, []) == ("asked None\n", 0)
