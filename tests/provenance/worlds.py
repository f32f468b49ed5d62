"""A small world of code: an app, a dependency it declares, a package nobody declared, a user's plug-in."""

from __future__ import annotations

import importlib
import itertools
import time
from typing import TYPE_CHECKING, Any

from scrubbing import roots

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = "CanaryErika"
_NUMBERS = itertools.count()

SYNC = '''\
class SyncError(Exception):
    """Nothing worked."""


class Outer:
    class Inner(Exception):
        pass


def local_error(value):
    class Local(Exception):
        pass

    return Local(value)


def fail(value):
    raise SyncError(value)


def call(function):
    return function()
'''


class World:
    """The files of the world, and what of it is imported."""

    def __init__(self, directory: Path) -> None:
        number = next(_NUMBERS)
        self.directory = directory
        self.own, self.dependency = f"frob{number}", f"depo{number}"
        self.stranger, self.plugin = f"stranger{number}", f"plug{number}"
        self.write(f"app/{self.own}/__init__.py", "")
        self.write(f"app/{self.own}/sync.py", SYNC)
        for name in (self.dependency, self.stranger):
            self.write(f"site/{name}/__init__.py", "")
            self.write(f"site/{name}/api.py", SYNC)
            self.distribution(name, name)
        self.distribution(self.own, self.own, requires=[self.dependency])
        self.write(f"home/{self.plugin}.py", SYNC)

    def write(self, path: str, text: str) -> Path:
        file = self.directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def distribution(self, name: str, top: str, requires: list[str] | None = None) -> None:
        lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0", *(f"Requires-Dist: {r}" for r in requires or ())]
        self.write(f"site/{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n\nRequires-Dist: nothing\n")
        self.write(f"site/{name}-1.0.dist-info/RECORD", f"{top}/__init__.py,sha256=x,1\n{top}/api.py,,\n")

    def module(self, name: str) -> Any:
        return importlib.import_module(name)

    @property
    def sync(self) -> Any:
        return self.module(f"{self.own}.sync")

    def packages(self) -> Any:
        return roots.detect([self.own], since=time.time())


def caught(function: Callable[..., Any], *args: Any) -> BaseException:
    """What a call raises."""
    try:
        function(*args)
    except BaseException as exc:
        return exc
    raise AssertionError("nothing was raised")
