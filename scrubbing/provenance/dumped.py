"""What `faulthandler` wrote of a process that is gone, and what may be said of it: code, by the proofs tracebacks need.

A dump has no objects, only lines ``File "...", line N in name``. A frame keeps its names where its file is a module of
a trusted root as it was shipped, and where a function of that name has that line there; every other is ``<external>``.
Names of threads, addresses and everything else in a dump are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

import attrs

from scrubbing.provenance.frames import source_around
from scrubbing.provenance.packages import Known, Packages, Proven
from scrubbing.provenance.places import normal
from scrubbing.schema.strings import EXTERNAL

Json = dict[str, Any]

#: What `faulthandler` calls the signals it waits for, and what everybody else does.
SIGNALS = {
    "Segmentation fault": "SIGSEGV",
    "Aborted": "SIGABRT",
    "Bus error": "SIGBUS",
    "Illegal instruction": "SIGILL",
    "Floating point exception": "SIGFPE",
}
#: As Python 3.13 and newer write it.
_NEWER = {"Floating-point exception": "Floating point exception"}
#: `faulthandler` writes as many threads and frames at most.
MAX_THREADS, MAX_FRAMES = 100, 100

_FATAL = re.compile("Fatal Python error: (" + "|".join([*SIGNALS, *_NEWER]) + ")", re.ASCII)
_THREAD = re.compile(r"(Current thread|Thread) 0x[0-9a-f]{1,16} (?:\[.*\] )?\(most recent call first\):", re.ASCII)
_FRAME = re.compile(r'  File "(.*)", line (\d{1,9}|\?\?\?) in (.*)', re.ASCII)
_FROZEN = re.compile(r"<frozen ([A-Za-z0-9_.]+)>", re.ASCII)
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\U(000[0-9a-f]{5}|0010[0-9a-f]{4})", re.ASCII)
_OURS = normal(__file__).rpartition("/provenance/")[0] + "/"


@attrs.frozen
class Line:
    """A frame as it was dumped: not to leave as it is."""

    file: str
    number: int | None
    function: str


@attrs.frozen
class Dump:
    """One dump.

    Args:
        signal: one of `SIGNALS`.
        stacks: each thread's frames, outermost first; that of the thread that crashed first, if it is known.
        known: whether it is known which thread crashed.
    """

    signal: str
    stacks: list[list[Line]]
    known: bool


def read(text: str) -> Dump | None:
    """Read a dump; ``None`` where there is none."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if _FATAL.fullmatch(line)), None)
    if start is None:
        return None
    said = lines[start].partition(": ")[2]
    signal = _NEWER.get(said, said)
    current: list[list[Line]] = []
    others: list[list[Line]] = []
    stack: list[Line] = []
    for line in lines[start + 1 :]:
        if _FATAL.fullmatch(line):  # a second process that wrote into the same file
            break
        thread, frame = _THREAD.fullmatch(line), _FRAME.fullmatch(line)
        if thread is not None:
            stack = []
            (current if thread[1] == "Current thread" else others).append(stack)
        elif frame is not None and len(stack) < MAX_FRAMES:
            stack.append(Line(frame[1], int(frame[2]) if frame[2].isdigit() else None, frame[3]))
    stacks = [one[::-1] for one in [*current, *others][:MAX_THREADS]]
    return Dump(signal, stacks, bool(current))


def described(dump: Dump, packages: Packages) -> tuple[list[Json], list[Json]]:
    """Describe a dump as Sentry's ``exception.values`` and ``threads.values``.

    Args:
        dump: what was read.
        packages: the code that may be named.
    """
    stacks = [[one for line in stack for one in _frame(line, packages)] for stack in dump.stacks]
    crashed = stacks[0] if dump.known and stacks else []
    value: Json = {
        "type": SIGNALS[dump.signal],
        "value": dump.signal,
        "mechanism": {"type": "faulthandler", "handled": False},
    }
    if crashed:
        value["stacktrace"] = {"frames": crashed}
    threads: list[Json] = []
    for number, stack in enumerate(stacks):
        first = dump.known and number == 0
        thread: Json = {"id": number, "crashed": first, "current": first}
        if not first and stack:  # that of the crashed one stands in the exception
            thread["stacktrace"] = {"frames": stack}
        threads.append(thread)
    return [value], threads


def _frame(line: Line, packages: Packages) -> Iterator[Json]:
    found = _proven(line, packages)
    if found is None:
        if not any(normal(file).startswith(_OURS) for file in _spellings(line.file)):
            yield {"filename": EXTERNAL, "function": EXTERNAL, "in_app": False}
        return
    known, proven = found
    own = known.owner == "own"
    frame: Json = {"filename": known.file, "module": known.name, "function": proven.function, "in_app": own}
    if line.number is not None:
        frame["lineno"] = line.number
        frame |= source_around(known.lines(), line.number) if own else {}
    yield frame


def _proven(line: Line, packages: Packages) -> tuple[Known, Proven] | None:
    for file in _places(line.file, packages):
        known = _module(file, packages)
        for code in _named(known).get(line.function, ()) if known is not None else ():
            proven = Proven(code)
            if known is not None and (line.number is None or line.number in proven.lines):
                return known, proven
    return None


def _module(file: str, packages: Packages) -> Known | None:
    key = ("dumped", file)
    if key not in packages.memory:
        frozen = _FROZEN.fullmatch(file)
        packages.memory[key] = packages.at("frozen", frozen[1]) if frozen is not None else packages.at(file)
    known: Known | None = packages.memory[key]
    return known


def _named(known: Known) -> dict[str, list[CodeType]]:
    """The functions of a module by the names a dump gives them."""
    found: dict[str, list[CodeType]] | None = known.memory.get("dumped")
    if found is None:
        found = known.memory["dumped"] = {}
        for code in known.codes.values():
            for name in {code.co_name, str(getattr(code, "co_qualname", code.co_name))}:
                found.setdefault(_dumped(name), []).append(code)
    return found


def _dumped(text: str) -> str:
    """Write a text as `faulthandler` does: what is not ASCII is escaped, a backslash is not."""
    return "".join(one if " " <= one <= "~" else _escape(ord(one)) for one in text)


def _escape(number: int) -> str:
    if number <= 0xFF:  # noqa: PLR2004  # two digits' worth
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004  # four digits' worth


def _places(file: str, packages: Packages) -> Iterator[str]:
    """Where a dumped file may lie; in bundles that PyInstaller made, code says where it lies below them alone."""
    for spelled in _spellings(file):
        yield spelled
        if spelled.endswith(".py") and not spelled.startswith(("/", "\\")) and spelled[1:2] != ":":
            for root in packages.roots:
                yield root.path if root.path.endswith(f"/{normal(spelled)}") else f"{root.path}/{spelled}"


def _spellings(text: str) -> Iterator[str]:
    """What a dumped text may have been: it does not tell an escaped character from a backslash that was there."""
    yield text
    if "\\" in text:
        yield _ESCAPED.sub(lambda found: chr(int(found[1] or found[2] or found[3], 16)), text)
