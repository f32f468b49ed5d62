"""Real programs in processes of their own: however an app is started and shipped, its code is named, no value is."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import zipapp
import zipfile
from pathlib import Path

import pytest

CANARY = "CanaryErika"
ROOT = Path(__file__).parents[2]

REPORT = """\
import json, os, sys, traceback

def report(exc):
    import scrubbing
    from scrubbing import roots
    from scrubbing.identity import Machine
    from scrubbing.policy import Policy
    globals_ = sys._getframe(1).f_globals
    caller = getattr(globals_.get("__spec__"), "name", None) or globals_["__name__"]
    policy = Policy.strict(machine=Machine(), packages=roots.detect(os.environ.get("NAMES", "").split(), caller))
    stock = "".join(traceback.format_exception(type(exc), exc, exc.__traceback__))
    print(json.dumps([scrubbing.scrub({}, policy, exc)["exception"]["values"], stock]))
"""
SYNC = """\
import json

class SyncError(Exception):
    pass

def fail(value):
    raise SyncError(f"cannot sync {value} now")
"""
MAIN = """\
import sys
from {package}sync import fail
from report import report

def main():
    try:
        fail(sys.argv[1])
    except Exception as exc:
        report(exc)

if __name__ == "__main__":
    main()
"""
SINGLE = """\
import sys
from report import report

class SyncError(Exception):
    pass

def fail(value):
    raise SyncError(f"cannot sync {value} now")

try:
    fail(sys.argv[1])
except Exception as exc:
    report(exc)
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app of two modules, and beside it the few lines that report a crash."""
    home = tmp_path / f"home-{CANARY}"
    for path, text in {
        "lib/report.py": REPORT,
        "app/frob/__init__.py": "",
        "app/frob/sync.py": SYNC,
        "app/frob/__main__.py": MAIN.format(package="frob."),
        "app/single.py": SINGLE,
    }.items():
        file = home / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return home


def crash(home: Path, *args: str, cwd: str = "app", **environ: str) -> dict:
    """Run a program that crashes with the canary, and return what leaves of its exception."""
    path = os.pathsep.join([str(home / "lib"), str(ROOT), *([p] if (p := environ.pop("path", "")) else [])])
    made = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": path, "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")}
    command = [sys.executable, *args, CANARY]
    run = subprocess.run(command, cwd=home / cwd, env=made | environ, capture_output=True, text=True, timeout=60)
    assert run.stderr == ""
    (value,), stock = json.loads(run.stdout)
    assert CANARY in stock  # what is looked for can be found
    assert CANARY.lower() not in json.dumps(value).lower()
    return value


def frames(value: dict) -> list[tuple]:
    """The frames, and that code which is proven says of its message what it made."""
    made = [
        (f["filename"], f.get("module"), f["function"], f.get("lineno"), f["in_app"])
        for f in value["stacktrace"]["frames"]
    ]
    if made[-1][2] == "fail":
        assert value["value"] == "cannot sync <?> now"
    return made


NO_ONES = ("<external>", None, "<external>", None, False)
FAIL = ("frob/sync.py", "frob.sync", "fail", 7, True)
PACKAGED = [("frob/__main__.py", "frob.__main__", "main", 7, True), FAIL]


@pytest.mark.parametrize("options", [(), ("-O",), ("-OO",), ("-B",)])
def test_a_package_run_as_a_module(app, options):
    """``python -m frob`` names the package's modules, not ``__main__``, with their own source lines."""
    value = crash(app, *options, "-m", "frob")

    assert frames(value) == PACKAGED
    assert (value["type"], value["module"]) == ("SyncError", "frob.sync")
    assert value["stacktrace"]["frames"][-1]["context_line"] == '    raise SyncError(f"cannot sync {value} now")'


def test_a_file_of_a_package_run_as_a_script(app):
    """A script inside a package is one file: the rest of the package is not known to be the app's."""
    value = crash(app, "frob/__main__.py", path=str(app / "app"))

    assert frames(value)[0] == ("__main__.py", "__main__", "main", 7, True)


def test_a_program_of_one_file(app):
    """A program that is one file is the app; its class and function are named."""
    value = crash(app, "single.py")

    assert frames(value) == [
        ("single.py", "__main__", "<module>", 11, True),
        ("single.py", "__main__", "fail", 8, True),
    ]
    assert (value["type"], value["module"]) == ("SyncError", "__main__")


def test_a_script_that_an_installer_wrote(app):
    """An entry point's script belongs to nobody; the package it calls is the app."""
    (app / "frob-script").write_text("import sys\nfrom frob.__main__ import main\nsys.exit(main())\n")

    assert frames(crash(app, str(app / "frob-script"), path=str(app / "app"))) == PACKAGED


@pytest.mark.parametrize("compressed", [False, True])
def test_an_app_in_an_archive(app, compressed):
    """A zip application names its modules below the archive, with their source."""
    (app / "app" / "__main__.py").write_text("from frob.__main__ import main\nmain()\n")
    (app / "app" / "report.py").write_text(REPORT)
    zipapp.create_archive(app / "app", app / "frob.pyz", compressed=compressed)

    value = crash(app, str(app / "frob.pyz"))

    assert frames(value) == PACKAGED
    assert value["stacktrace"]["frames"][-1]["context_line"] == '    raise SyncError(f"cannot sync {value} now")'


def test_an_archive_whose_script_is_the_app(app):
    """Where the archive's own ``__main__`` calls ``init``, it is the app, and packages are if the author names them."""
    (app / "app" / "__main__.py").write_text(MAIN.format(package="frob."))
    zipapp.create_archive(app / "app", app / "frob.pyz")

    main = ("__main__.py", "__main__", "main", 7, True)
    assert frames(crash(app, str(app / "frob.pyz"))) == [main, NO_ONES]
    assert frames(crash(app, str(app / "frob.pyz"), NAMES="frob")) == [main, FAIL]


def test_an_archive_without_sources(app):
    """A zip file of .pyc files is an app like one of sources, and has no lines to show."""
    (app / "app" / "__main__.py").write_text("from frob.__main__ import main\nmain()\n")
    compileall.compile_dir(app / "app", legacy=True, quiet=1)
    with zipfile.ZipFile(app / "frob.pyz", "w") as archive:
        for file in (app / "app").rglob("*.pyc"):
            if "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(app / "app"))

    value = crash(app, str(app / "frob.pyz"))

    assert frames(value) == [(name + "c", *rest) for name, *rest in PACKAGED]
    assert "context_line" not in value["stacktrace"]["frames"][-1]


@pytest.mark.parametrize("options", [(), ("-O",), ("-OO",)])
def test_an_app_shipped_without_sources(app, options):
    """Code shipped as .pyc files alone is named, and has no lines to show."""
    compileall.compile_dir(app / "app" / "frob", legacy=True, quiet=1, optimize=len("".join(options)[1:]))
    for source in (app / "app" / "frob").glob("*.py"):
        source.unlink()

    value = crash(app, *options, "-m", "frob")

    assert frames(value) == [(name + "c", *rest) for name, *rest in PACKAGED]
    assert "context_line" not in value["stacktrace"]["frames"][-1]


def test_a_package_without_init(app):
    """A namespace package is the caller's portion of it; what the user adds to it is the user's."""
    (app / "app" / "frob" / "__init__.py").unlink()
    plugins = app / "plugins" / "frob"
    plugins.mkdir(parents=True)
    (plugins / "plug.py").write_text(SYNC)
    main = MAIN.format(package="frob.").replace("frob.sync", "frob.plug")
    (app / "app" / "frob" / "other.py").write_text(main)

    assert frames(crash(app, "-m", "frob")) == PACKAGED
    assert frames(crash(app, "-m", "frob.other", path=str(app / "plugins")))[-1][:3] == (
        "<external>",
        None,
        "<external>",
    )


def test_code_given_on_the_command_line_is_nobodys(app):
    """``python -c`` has no file, so nothing of it can be proven."""
    (app / "app" / "code.txt").write_text(SINGLE)

    value = crash(app, "-c", SINGLE)

    assert {name for name, *_ in frames(value)} == {"<external>"}
    assert value["type"] == "<external>"
