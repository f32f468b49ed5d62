"""Off costs nothing: for each row that says off, the program runs as if this library were not there."""

from __future__ import annotations

import os

import pytest
from preludes import WATCHER, environ_with, report

#: Stands where the library would stand, so that one and the same program runs without it.
STAND_IN = """
class Nothing:
    def __enter__(self): return self
    def __exit__(self, *_): return None
    def command(self, name): return self
    def capture_message(self, text): return None
    def capture_exception(self, exc=None): return None
    def flush(self, timeout=2.0): return True
def init(**_): return Nothing()
"""
BODY = """
telemetry.capture_message("hello")
try:
    int(os.environ["PLANTED"])
except ValueError as error:
    telemetry.capture_exception(error)
def main():
    print("working")
    raise ValueError(os.environ["PLANTED"])
with telemetry.command("watch"):
    telemetry.flush()
    main()
"""
#: Standard modules the way to a no may load, beside those that any program has.
ALLOWED = {"__future__", "errno", "pwd"}


def stored(home, *, version="1", **modes):
    lines = {"version": version, "date": "2026-11-22", "who": "test", **modes}
    write(home / ".config/scrubbing/frob/choice", "".join(f"{key} = {value}\n" for key, value in lines.items()))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)


ELSEWHERE = "address https://elsewhere.example/7; preset verbose; edition 9; messages * scrubbed; commands *; ids none"
#: Name: the deciding row, what is put into the home, the environment, `enabled`, the release.
ROWS = {
    "marker": ("marker", lambda home: write(home / "src/frob/scrubbing-disabled", ""), {}, "True", "1.4.2"),
    "admin": ("admin", lambda home: write(home / "site/scrubbing/policy", "telemetry = off\n"), {}, "True", "1.4.2"),
    "admin damaged": ("admin", lambda home: write(home / "site/scrubbing/policy", "never!\n"), {}, "True", "1.4.2"),
    "DO_NOT_TRACK": ("do-not-track", None, {"DO_NOT_TRACK": "1"}, "True", "1.4.2"),
    "SCRUBBING_DISABLE": ("do-not-track", None, {"SCRUBBING_DISABLE": "yes"}, "True", "1.4.2"),
    "FROB_TELEMETRY off": ("environment", None, {"FROB_TELEMETRY": "off"}, "True", "1.4.2"),
    "FROB_TELEMETRY garbage": ("environment", None, {"FROB_TELEMETRY": "oui"}, "True", "1.4.2"),
    "everyone": (
        "everyone",
        lambda h: write(h / ".config/scrubbing/everyone", "telemetry = off\n"),
        {},
        "True",
        "1.4.2",
    ),
    "CI": ("unattended", None, {"CI": "true", "FROB_TELEMETRY": None}, "True", "1.4.2"),
    "pytest test": ("unattended", None, {"PYTEST_CURRENT_TEST": "x", "FROB_TELEMETRY": None}, "True", "1.4.2"),
    "pytest version": ("unattended", None, {"PYTEST_VERSION": "9", "FROB_TELEMETRY": None}, "True", "1.4.2"),
    "pytest imported": (
        "unattended",
        lambda home: write(home / "prelude/pytest.py", ""),
        {"FROB_TELEMETRY": None, "BESIDE": "pytest"},
        "True",
        "1.4.2",
    ),
    "dev version": ("unattended", None, {"FROB_TELEMETRY": None}, "True", "1.5.dev3"),
    "local version": ("unattended", None, {"FROB_TELEMETRY": None}, "True", "frob@1.5+g1a2b3c4"),
    "enabled False": ("app-setting", None, {}, "False", "1.4.2"),
    "enabled mapping": ("app-setting", None, {}, "{'crashes': 'off', 'usage': False}", "1.4.2"),
    "enabled raises": ("app-setting", None, {}, "lambda: 1 / 0", "1.4.2"),
    "enabled garbage": ("app-setting", None, {}, "lambda: 'yes'", "1.4.2"),
    "enabled number": ("app-setting", None, {}, "lambda: 1", "1.4.2"),
    "enabled garbage mapping": ("app-setting", None, {}, "lambda: {'crashes': 'maybe'}", "1.4.2"),
    "stored no": ("stored", lambda home: stored(home, crashes="off", usage="off"), {}, "True", "1.4.2"),
    "damaged choice": ("stored", lambda h: write(h / ".config/scrubbing/frob/choice", "\0on\n"), {}, "True", "1.4.2"),
    "unreadable choice": (
        "stored",
        lambda h: (h / ".config/scrubbing/frob/choice").mkdir(parents=True),
        {},
        "True",
        "1.4.2",
    ),
    "another version": (
        "nothing-said",
        lambda home: stored(home, version="0", crashes="on", usage="on"),
        {"FROB_TELEMETRY": None},
        "None",
        "1.4.2",
    ),
    "a yes to another address": (
        "nothing-said",
        lambda home: stored(home, version="2", crashes="on", **{"crashes.covers": ELSEWHERE}),
        {"FROB_TELEMETRY": None},
        "None",
        "1.4.2",
    ),
    "nothing said": ("nothing-said", None, {"FROB_TELEMETRY": None}, "None", "1.4.2"),
}


def watched(app, name, enabled="True", release="1.4.2", *, stand_in=False, **environ):
    """Run the program, watched; how it ended and what it did."""
    app.write(
        BODY,
        init='__import__(os.environ.get("BESIDE", "os"))\ntelemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], '
        f'app="frob", release={release!r}, enabled={enabled})\n',
    )
    variables = {
        "XDG_CONFIG_DIRS": str(app.home / "site"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "REPORT": str(app.home / f"{name}.json"),
        **dict.fromkeys((key for key in os.environ if key.startswith("COVERAGE_")), None),
        **environ,
    }
    environment = environ_with(app, WATCHER, **variables)
    if stand_in:
        write(app.home / "stand-in/scrubbing.py", STAND_IN)
        environment["PYTHONPATH"] = f"{app.home / 'stand-in'}{os.pathsep}{environment['PYTHONPATH']}"
    run = app.run(environ=environment)
    return run, report(app.home / f"{name}.json")


def tree(home):
    return sorted(str(path) for path in home.rglob("*") if path.suffix != ".json")


@pytest.mark.parametrize("row", ROWS)
def test_off_is_as_if_the_library_were_not_there(app, row):
    """No socket, file, thread, process or further module; code and output are those without the library."""
    decider, prepare, environ, enabled, release = ROWS[row]
    plain, alone = watched(app, "alone", stand_in=True)
    if prepare is not None:
        prepare(app.home)
    before = tree(app.home)

    run, seen = watched(app, "seen", enabled, release, **environ)

    assert run == plain
    assert run.code == 1
    assert "working" in run.out
    assert seen["decider"] == [decider]
    assert seen["events"] == alone["events"] == []
    further = set(seen["modules"]) - set(alone["modules"])
    assert {name for name in further if name.partition(".")[0] != "scrubbing"} <= ALLOWED | {environ.get("BESIDE")}
    assert tree(app.home) == before
    assert app.server.connections == 0


def test_the_same_program_after_a_yes_does_each_of_these(app):
    """The control: with a yes the same watcher sees files, directories, a thread, a socket and the SDK."""
    plain, _ = watched(app, "alone", stand_in=True)

    run, seen = watched(app, "seen")

    assert run == plain
    assert seen["decider"] == ["yes"]
    assert {"os.mkdir", "os.rename", "socket.connect", "thread"} <= set(seen["events"])
    assert any(event.startswith("writes ") for event in seen["events"])
    assert {"sentry_sdk", "attr", "urllib3", "filelock", "threading", "socket"} <= set(seen["modules"])
    assert len(app.items()) == 3
