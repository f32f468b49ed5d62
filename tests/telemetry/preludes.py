"""What runs in a program before its own first line: a watcher, a room of ours that fails, a slow name server.

Python imports `sitecustomize` before anything else, so a prelude is one of these, in a directory of its own.
"""

from __future__ import annotations

import json
import os
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from apps import App

#: Writes down what a program opens, makes, starts and imports; the report is written when the program is over.
WATCHER = """
import _thread, atexit, os, sys
class Report:
    events, over = [], False
    prefixes = ("socket.", "subprocess.", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink",
                "os.chmod", "os.truncate", "os.utime", "os.fork", "os.posix_spawn", "os.exec", "os.system")
    @classmethod
    def hear(cls, event, args):
        if cls.over:
            return
        if event == "open":
            path, mode, flags = args
            writes = mode is not None and set(str(mode)) & set("wax+") or flags and flags & (
                os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
            if writes and str(path) != os.devnull:
                cls.events.append("writes " + str(path))
        elif event == "thread" or event.startswith(cls.prefixes):
            cls.events.append(event)
    @classmethod
    def write(cls):
        cls.over = True
        modules = sorted(sys.modules)
        telemetry = getattr(sys.modules["__main__"], "telemetry", None)
        consent = getattr(telemetry, "consent", None)
        decider = [verdict.row for verdict in consent.why if verdict.decides] if consent is not None else []
        import json
        with open(os.environ["REPORT"], "w") as file:
            json.dump({"events": cls.events, "modules": modules, "decider": decider}, file)
def noting(start):
    def noted(*args, **named):
        Report.hear("thread", ())
        return start(*args, **named)
    return noted
for name in ("start_new_thread", "start_joinable_thread"):  # not all versions raise an audit event
    if hasattr(_thread, name):
        setattr(_thread, name, noting(getattr(_thread, name)))
sys.addaudithook(Report.hear)
atexit.register(Report.write)
"""


def environ_with(app: App, source: str, **more: str | None) -> dict[str, str]:
    """The program's environment, with this source run first in it.

    Args:
        app: the program.
        source: Python, as ``sitecustomize``.
        more: further variables; ``None`` takes one away.
    """
    folder = app.home / "prelude"
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(textwrap.dedent(source), encoding="utf-8")
    environ = app.environ(**more)
    return {**environ, "PYTHONPATH": f"{folder}{os.pathsep}{environ['PYTHONPATH']}"}


def report(path: Path) -> dict:
    """What `WATCHER` wrote."""
    return json.loads(path.read_text(encoding="utf-8"))


#: Breaks one function, the moment its module has been executed: ``module:function`` or ``module:Class.f``.
BREAKER = """
import os, sys

def broken(real):
    left = [int(os.environ.get("SPARED", "0"))]
    def raising(*args, **named):
        left[0] -= 1
        if left[0] >= 0:
            return real(*args, **named)
        descriptor = os.open(os.environ["REACHED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.close(descriptor)
        raise eval(os.environ.get("RAISES", "RuntimeError('broken ' + os.environ['PLANTED'])"))
    return raising

class Breaker:
    def __init__(self):
        self.module, _, self.path = os.environ["BROKEN"].partition(":")
    def find_spec(self, name, path=None, target=None):
        if name != self.module:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec
        spec = find_spec(name)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            *above, last = self.path.split(".")
            for part in above:
                module = getattr(module, part)
            real = vars(module)[last]
            wrapped = broken(getattr(real, "__func__", real))
            setattr(module, last, type(real)(wrapped) if isinstance(real, (classmethod, staticmethod)) else wrapped)
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Breaker())
"""
