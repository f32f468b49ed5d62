"""The rows, read when a class of exceptions is first asked for: those of the running Python, indexed by class.

A section begins with ``= Class Class: kinds``; a row is a template, with ``@3.11+``, ``@-3.11`` or ``@3.11-3.12``
before it where not every Python from 3.10 to 3.13 has it.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator

import attrs

from scrubbing.provenance.cpython.templates import Index, Template, parsed

#: The modules of `scrubbing.provenance.cpython.rows`.
SUBJECTS = ("calls", "classes", "operators", "containers", "numbers", "text", "dates", "imports", "syntax", "library",
            "databases", "files", "networks", "processes")  # fmt: skip
#: Instructions that can run C code, and with it each kind of operation: ``sum`` adds, ``sorted`` compares.
RUN = frozenset(
    ["attribute", "binary", "unary", "compare", "contains", "subscript", "call", "iterate", "unpack", "with", "await",
     "format", "build"]
)  # fmt: skip
_AT = {"SyntaxError": ("", " ({file}, line {int})", " (line {int})")}
_AT["IndentationError"] = _AT["TabError"] = _AT["SyntaxError"]
_FIRST, _LAST = (3, 10), (3, 99)


@attrs.frozen
class Row:
    """One message.

    Args:
        classes: names of the exceptions, with their module if that is not ``builtins``.
        kinds: instructions that can raise it; ``None``: any.
        first: the first version that has it.
        last: the last version that has it.
        template: its source.
    """

    classes: tuple[str, ...]
    kinds: frozenset[str] | None
    first: tuple[int, int]
    last: tuple[int, int]
    template: str

    def holds(self, version: tuple[int, int]) -> bool:
        """Say whether a version of Python has it."""
        return self.first <= version <= self.last


def rows(subject: str) -> Iterator[Row]:
    """Read the rows of one subject."""
    text: str = importlib.import_module(f"scrubbing.provenance.cpython.rows.{subject}").ROWS
    classes: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    for line in text.splitlines():
        if line.startswith("= "):
            named, _, said = line[2:].partition(":")
            classes, kinds = tuple(named.split()), _kinds(said.split())
        elif line:
            yield _row(classes, kinds, line)


def _kinds(said: list[str]) -> frozenset[str] | None:
    return None if said == ["any"] else frozenset(said) - {"run"} | (RUN if "run" in said else frozenset())


def _row(classes: tuple[str, ...], kinds: frozenset[str] | None, line: str) -> Row:
    if not line.startswith("@"):
        return Row(classes, kinds, _FIRST, _LAST, line.replace("⏎", "\n"))
    versions, _, template = line[1:].partition(" ")
    first, dash, last = versions.rstrip("+").partition("-")
    return Row(
        classes, kinds, _version(first, _FIRST), _version(last if dash else "", _LAST), template.replace("⏎", "\n")
    )


def _version(text: str, default: tuple[int, int]) -> tuple[int, int]:
    major, _, minor = text.partition(".")
    return (int(major), int(minor)) if text else default


@functools.cache
def _by_class() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for subject in SUBJECTS:
        for row in rows(subject):
            if row.holds(sys.version_info[:2]):
                for name in row.classes:
                    found.setdefault(name, []).append(row)
    return found


@functools.cache
def _indexed(name: str) -> Index:
    return Index(template for row in _by_class()[name] for template in _templates(row, name))


def _templates(row: Row, name: str) -> Iterator[Template]:
    return parsed(row.template, row.kinds, _AT.get(name, ("",)))


def index(name: str) -> Index | None:
    """Return the templates of a class of exceptions, or ``None`` if Python raises none of it."""
    return _indexed(name) if name in _by_class() else None
