"""A program that crashes as it is told, and prints what would leave and what a stock traceback says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from servers.environments import quiet_environ

CANARY = "canaryerika"
EXTERNAL = ("<external>", None, "<external>", None, False)

RUN = """\
import sys
from frob.report import report
from frob.cli import main

if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception as exc:
        report(exc)
"""
START = """\
import sys
from frob.report import report
from frob.cli import main

def start():
    try:
        main(*sys.argv[1:])
    except Exception as exc:
        report(exc)

if __name__ == "__main__":
    start()
"""
REPORT = """\
import json, os, traceback

def report(exc):
    if "FROB_DSN" in os.environ:
        return send(exc)
    from scrubbing import roots
    from scrubbing.provenance.frames import describe
    packages = roots.detect(os.environ.get("NAMES", "").split(), os.environ.get("CALLER", "frob.cli"))
    stock = traceback.TracebackException.from_exception(exc, capture_locals=True)
    print(json.dumps([describe(exc, packages, {}), "".join(stock.format())]))

def send(exc):
    import scrubbing
    dsn, policy = os.environ["FROB_DSN"], os.environ.get("POLICY", "strict")
    telemetry = scrubbing.init(dsn=dsn, app="frob", release="1.4.2", enabled=True, policy=policy, hard_crashes=True)
    with telemetry.command("report"):
        print(telemetry.capture_exception(exc))
        print(telemetry.flush(30))
    if os.environ.get("FAULT"):
        import frob.cli
        frob.cli.abort()
"""
SYNC = '''\
class SyncError(Exception):
    """Nothing worked."""

def fail(value):
    raise SyncError(f"cannot sync {value} now")
'''
DEPO = """\
class DepoError(Exception):
    pass

def call(function, value):
    return function(value)

def fail(value):
    raise DepoError("cannot call %s" % value)
"""
CLI = '''\
import encodings, importlib, importlib.util, json, os, struct, sys
import depo.api
import frob.sync

def main(how, value):
    HOWS[how](value)

def own(value):
    frob.sync.fail(value)

def dependency(value):
    depo.api.fail(value)

def python(value):
    depo.api.call(json.loads, "{" + value)

def library(value):
    encodings.normalize_encoding(Text(value))

class Text(str):
    def __iter__(self):
        raise ValueError(self)

def native(value):
    struct.unpack("i", value.encode())

def stranger(value):
    importlib.import_module("stranger.api").fail(value)

def plugin(value):
    sys.path.insert(0, os.environ["PLUGINS"])
    importlib.import_module(value).fail(value)

def extended(value):
    frob.__path__.append(os.environ["PLUGINS"])
    importlib.import_module("frob." + value).fail(value)

def executed(value):
    exec(compile(f"def {value}(): raise ValueError\\n{value}()", frob.sync.__file__, "exec"), frob.sync.__dict__)

def renamed(value):
    frob.sync.fail.__code__ = frob.sync.fail.__code__.replace(co_name=value)
    frob.sync.fail(value)

class Loader:
    """Says that a file of the user's is in the bundle."""
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)
    def get_code(self, name):
        with open(os.path.join(os.environ["PLUGINS"], sys.argv[2] + ".py")) as file:
            return compile(file.read(), "frob/extra.py", "exec")
    def find_spec(self, name, path=None, target=None):
        if not name.startswith("frob."):
            return None
        origin = os.path.join(sys._MEIPASS, *name.split(".")) + ".py"
        spec = importlib.util.spec_from_loader(name, self, origin=origin)
        spec.has_location = True
        return spec

def faked(value):
    sys.meta_path.insert(0, Loader())
    importlib.import_module("frob." + value).fail(value)

def replaced(value):
    sys.meta_path.insert(0, Loader())
    del sys.modules["frob.sync"]
    importlib.import_module("frob.sync").fail(value)

def lying(value):
    frob.sync.__spec__ = importlib.util.spec_from_loader("frob." + value, Loader(), origin=frob.sync.__file__)
    frob.sync.fail(value)

def typed(value):
    raise type(value, (Exception,), {"__module__": "frob.sync", "__qualname__": "SyncError"})(value)

def abort():
    os.abort()

def moved(value):
    import scrubbing.provenance.frames, scrubbing.roots.bundle
    sys._MEIPASS = os.environ["PLUGINS"]
    plugin(value)

HOWS = {name: made for name, made in globals().items() if callable(made)}
'''
FILES = {
    "app/run.py": RUN,
    "app/frob/__init__.py": "",
    "app/frob/__main__.py": START,
    "app/frob/report.py": REPORT,
    "app/frob/sync.py": SYNC,
    "app/frob/cli.py": CLI,
    "lib/depo/__init__.py": "",
    "lib/depo/api.py": DEPO,
    "other/stranger/__init__.py": "",
    "other/stranger/api.py": DEPO,
}


def write(directory: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text)


class Home:
    """The home directory of a user whose name is the canary, with a plug-in of that name."""

    def __init__(self, path: Path) -> None:
        self.path, self.plugins = path, path / "plugins"
        (path / "tmp").mkdir(parents=True)
        write(self.plugins, {f"{CANARY}.py": f"# {CANARY}\n{SYNC}"})

    def crash(self, *command: object, **environ: str) -> dict:
        """Let a program crash, and return what leaves: nothing of the user's, of which a stock traceback is full."""
        mine = {"HOME": str(self.path), "TMPDIR": str(self.path / "tmp"), "PLUGINS": str(self.plugins), **environ}
        run = subprocess.run(
            [*command, CANARY],
            cwd=self.path,
            env=quiet_environ() | mine,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert run.stderr == ""
        described, stock = json.loads(run.stdout)
        assert CANARY in stock.lower()
        assert CANARY not in json.dumps(described).lower()
        assert str(self.path) not in json.dumps(described)
        return described[-1]


SAID = {"frob.sync": "cannot sync <?> now", "depo.api": "cannot call <?>", "stranger.api": "cannot call <?>"}


def frames(value: dict) -> list[tuple]:
    """The frames, and that code which is proven says of its message what it made."""
    made = [
        (f["filename"], f.get("module"), f["function"], f.get("lineno"), f["in_app"])
        for f in value["stacktrace"]["frames"]
    ]
    _, module, function, *_ = made[-1]
    if function == "fail":
        assert value["value"] == SAID[module]
    return made


def after(text: str, of: str) -> int:
    """The number of the line after one that reads so."""
    return of.splitlines().index(text) + 2


def at(function: str) -> tuple:
    """The frame of one of the program's functions that ends with its last line."""
    last = CLI.splitlines().index("", after(f"def {function}(value):", CLI))
    return ("frob/cli.py", "frob.cli", function, last, True)


MAIN = ("frob/cli.py", "frob.cli", "main", after("def main(how, value):", CLI), True)
FAIL = ("frob/sync.py", "frob.sync", "fail", after("def fail(value):", SYNC), True)
DEPO_FAIL = ("site-packages/depo/api.py", "depo.api", "fail", after("def fail(value):", DEPO), False)
