"""A program that is bundled: it crashes as it is told, and prints what would leave and what a stock traceback says."""

from __future__ import annotations

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
REPORT = """\
import json, os, traceback

def report(exc):
    from scrubbing import roots
    from scrubbing.provenance.frames import describe
    packages = roots.detect(os.environ.get("NAMES", "").split(), os.environ.get("CALLER", "frob.cli"))
    stock = traceback.TracebackException.from_exception(exc, capture_locals=True)
    print(json.dumps([describe(exc, packages, {}), "".join(stock.format())]))
"""
SYNC = '''\
class SyncError(Exception):
    """Nothing worked."""

def fail(value):
    raise SyncError(value)
'''
DEPO = """\
class DepoError(Exception):
    pass

def call(function, value):
    return function(value)

def fail(value):
    raise DepoError(value)
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

def moved(value):
    import scrubbing.provenance.frames, scrubbing.roots.bundle
    sys._MEIPASS = os.environ["PLUGINS"]
    plugin(value)

HOWS = {name: made for name, made in globals().items() if callable(made)}
'''
FILES = {
    "app/run.py": RUN,
    "app/frob/__init__.py": "",
    "app/frob/report.py": REPORT,
    "app/frob/sync.py": SYNC,
    "app/frob/cli.py": CLI,
    "lib/depo/__init__.py": "",
    "lib/depo/api.py": DEPO,
}
