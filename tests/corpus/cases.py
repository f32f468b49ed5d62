r"""The cases: every function of the app's modules that takes ``v``, with the template its comment gives.

A template is what a reader would ideally see of the message: the literal text of the code that makes it, and ``<?>``
for what is known at run time only. It stands in comments, ``# -> order <?> failed``, which leave no trace in the code
under test. Several are for several versions of Python; line breaks are written ``\n``.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

APP = Path(__file__).parent / "app"
_CASE = re.compile(r"^def (\w+)\(v\):\n((?:    # -> .*\n)*)", re.MULTILINE)


class Case:
    """A function that fails.

    Args:
        group: whose errors these are: ``standard``, ``own``, or a package.
        name: its module below the app, and its own name.
        fail: fails, given planted values.
        templates: of its message.
    """

    def __init__(self, group: str, name: str, fail: Callable[[Any], object], templates: list[str]) -> None:
        self.group, self.name, self.fail, self.templates = group, name, fail, templates


def modules() -> list[str]:
    """The app's modules that have cases and that this Python can read; some have a version in their names."""
    found = (path for path in sorted(APP.glob("frobapp/*/*.py")) if path.stem != "__init__" and _reads(path.stem))
    return [".".join(path.relative_to(APP).with_suffix("").parts) for path in found]


def _reads(name: str) -> bool:
    since = re.fullmatch(r"since_(\d+)_(\d+)", name)
    return since is None or sys.version_info >= (int(since[1]), int(since[2]))


def cases() -> Iterator[Case]:
    """All cases this Python can run, module by module."""
    for name in modules():
        yield from _of(importlib.import_module(name))


def _of(module: ModuleType) -> Iterator[Case]:
    _, kind, short = module.__name__.split(".")
    group = short if kind == "packages" else kind
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    for match in _CASE.finditer(source):
        templates = [
            line.partition("# -> ")[2].replace("\\n", "\n").replace("\\t", "\t") for line in match[2].splitlines()
        ]
        fail = vars(module).get(match[1])
        if fail is not None:
            yield Case(group, f"{kind}.{short}.{match[1]}", fail, templates)


def _unescaped(template: str) -> str:
    return template.replace("\\n", "\n").replace("\\t", "\t")
