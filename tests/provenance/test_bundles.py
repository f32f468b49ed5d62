"""Bundles that PyInstaller makes: code is proven by the archive in the executable, and by nothing beside it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from crashing import CANARY, CLI, DEPO_FAIL, EXTERNAL, FAIL, FILES, MAIN, Home, after, at, frames, write
from servers.environments import quiet_environ
from servers.faulty import Faulty
from servers.shipping import Shipping, moved

from scrubbing import wire

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]

WAYS = {"one file": ("--onefile",), "a directory, optimised": ("--onedir", "--optimize", "2")}
START = [("run.py", "__main__", "<module>", 7, True), MAIN]


class Bundle(Home):
    """A bundle at home with its user."""

    def __init__(self, path: Path, executable: Path) -> None:
        super().__init__(path)
        self.executable = executable

    def crash(self, how: str, **environ: str) -> dict:
        return super().crash(self.executable, how, **environ)


@pytest.fixture(scope="session", params=WAYS)
def bundle(request: pytest.FixtureRequest, shipping: Shipping, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The program, bundled once for all tests, in each way."""
    source = tmp_path_factory.mktemp("source")
    write(source, FILES)
    made = shipping.bundle(source / "app" / "run.py", source / "dist", *WAYS[request.param])
    home = tmp_path_factory.mktemp(f"home-{CANARY}")
    executable = moved(made, home / "bin")
    shutil.rmtree(source)
    return Bundle(home, executable)


def sent(bundle: Bundle, server: Faulty, how: str, **more: str) -> list[dict]:
    """Let the bundle report a crash to a server, which it does by itself; the events that are new, and no word more."""
    mine = {"HOME": str(bundle.path), "TMPDIR": str(bundle.path / "tmp"), "FROB_DSN": server.dsn, **more}
    run = subprocess.run(
        [bundle.executable, how, CANARY],
        cwd=bundle.path,
        env=quiet_environ() | mine | {"FROB_TELEMETRY": "on"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.stderr == ""
    if "FAULT" in more:
        assert run.returncode in (-signal.SIGABRT, 128 + signal.SIGABRT)
    else:
        assert (run.returncode, run.stdout.splitlines()[1:]) == (0, ["True"])
    if "POLICY" not in more:
        assert not any(CANARY.encode() in body.lower() for body in server.bodies)
    found = [item for body in server.bodies for item in wire.read(body).items if item.type == "event"]
    server.received.clear()
    return [json.loads(item.payload) for item in found]


def test_a_bundle_reports_by_itself(bundle: Bundle) -> None:
    """Everything that is imported late is in the bundle: a crash, a session and a hard crash arrive at the server."""
    with Faulty() as server:
        (event,) = sent(bundle, server, "own")
        assert frames(event["exception"]["values"][0]) == [*START, at("own"), FAIL]
        sent(bundle, server, "own", FAULT="1")
        events = sent(bundle, server, "own")
        (open_event,) = sent(bundle, server, "dependency", POLICY="verbose")  # whose walker is imported by its name
    assert open_event["exception"]["values"][0]["type"] == "DepoError"
    fatal = next(event for event in events if event["level"] == "fatal")
    (value,) = fatal["exception"]["values"]
    assert value["type"] == "SIGABRT"
    assert frames(value)[0][:3] == START[0][:3]
    assert frames(value)[-1] == ("frob/cli.py", "frob.cli", "abort", after("def abort():", CLI), True)
    assert {event["exception"]["values"][0]["type"] for event in events} == {"SIGABRT", "SyncError"}


def test_own_code_is_named(bundle: Bundle) -> None:
    """The program's script and its packages have names and lines, and no source: there is none to prove."""
    value = bundle.crash("own")

    assert frames(value) == [*START, at("own"), FAIL]
    assert (value["type"], value["module"]) == ("SyncError", "frob.sync")
    assert not [key for frame in value["stacktrace"]["frames"] for key in frame if "context" in key]


def test_what_was_bundled_is_a_dependency(bundle: Bundle) -> None:
    """A bundle has no list of what was declared: all that its author put into the archive counts."""
    value = bundle.crash("dependency")

    assert frames(value) == [*START, at("dependency"), DEPO_FAIL]
    assert (value["type"], value["module"]) == ("DepoError", "depo.api")


def test_python_is_named_from_the_archive_and_from_its_zip_file(bundle: Bundle, shipping: Shipping) -> None:
    """Modules of the standard library are shown below Python's version, wherever the bundle has them."""
    of = subprocess.run(
        [shipping.python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (decoder, library) = (bundle.crash("python"), bundle.crash("library"))

    assert [frame[:2] for frame in frames(decoder)[-3:]] == [
        (f"{of}/json/__init__.py", "json"),
        *[(f"{of}/json/decoder.py", "json.decoder")] * 2,
    ]
    assert (decoder["type"], decoder["module"]) == ("JSONDecodeError", "json.decoder")
    assert frames(library)[-2][:2] == (f"{of}/encodings/__init__.pyc", "encodings")


def test_an_error_of_a_module_that_is_there_before_the_importer(bundle: Bundle) -> None:
    """PyInstaller's start imports ``struct``, which says it lies in the working directory."""
    value = bundle.crash("native")

    assert (value["type"], value["module"]) == ("error", "struct")
    assert frames(value) == [*START, at("native")]


@pytest.mark.parametrize("how", ["plugin", "extended", "executed", "faked", "replaced", "moved"])
def test_what_is_not_in_the_archive_is_external(bundle: Bundle, how: str) -> None:
    """Plug-ins, extended paths, text that is executed, importers that lie: the user's, whatever they say."""
    value = bundle.crash(how)

    assert frames(value)[-1] == EXTERNAL
    assert value["type"] in ("<external>", "ValueError") or (how, value["type"]) == ("replaced", "SyncError")


@pytest.mark.parametrize("how", ["renamed", "lying"])
def test_what_is_changed_in_the_archives_modules_is_external(bundle: Bundle, how: str) -> None:
    """A function with another's code, and a module that calls itself by a value, are nobody's."""
    assert frames(bundle.crash(how)) == [*START, at(how), EXTERNAL]


def test_a_type_made_of_a_value_is_external(bundle: Bundle) -> None:
    """A class that says it is the program's is looked for in the archive's code."""
    value = bundle.crash("typed")

    assert (value["type"], value["module"]) == ("<external>", None)
    assert frames(value) == [*START, at("typed")]


def test_the_app_may_be_its_script_alone(bundle: Bundle) -> None:
    """Where ``init`` is called in the script, packages are the app's that the author names; else they are libraries."""
    alone, named = (frames(bundle.crash("own", CALLER="__main__", NAMES=names)) for names in ("", "frob"))

    assert [frame[-1] for frame in alone] == [True, False, False, False]
    assert alone[-1] == ("site-packages/frob/sync.py", *FAIL[1:4], False)
    assert named == [*START, at("own"), FAIL]


def test_files_beside_the_executable_prove_nothing(bundle: Bundle) -> None:
    """Python code that somebody put into the directory of a bundle, or beside its modules, was not shipped."""
    places = [bundle.executable.parent, bundle.executable.parent / "_internal" / "frob"]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundle.plugins / f"{CANARY}.py", place)
        os.utime(place / f"{CANARY}.py", (1_000_000_000, 1_000_000_000))

    for place in places:
        value = bundle.crash("extended", PLUGINS=str(place))
        assert frames(value)[-1] == EXTERNAL
        assert value["type"] == "<external>"
