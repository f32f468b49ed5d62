"""The program that fails in every way of the corpus and prints, a line of JSON each, what its skeletons say.

It runs as ``python -m corpus.run DIRECTORY`` where the packages are, with the app and its metadata on the path.
"""

from __future__ import annotations

import contextlib
import dataclasses
import dis
import functools
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

import attrs
from corpus.cases import Case, cases
from corpus.judging import accounts_for, leaks, literals_of
from corpus.planted import ERIKA, MAX, SLY, Planted

from scrubbing import roots
from scrubbing.provenance.frames import chain, frames
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.skeletons import skeleton
from scrubbing.schema.strings import EXTERNAL

#: How often an exception whose template is known is asked for again; the median counts.
WARM = 5


class NotFailed(Exception):
    """A case did not fail."""


def main(directory: str) -> None:
    """Run all cases."""
    warnings.simplefilter("ignore")
    packages = roots.detect(["frobapp"], caller="frobapp.__main__")
    fine = [case.name for case in cases() if not _told(case, packages, Path(directory))]
    if fine:
        sys.exit("did not fail: " + ", ".join(fine))


def _told(case: Case, packages: Packages, directory: Path) -> bool:
    try:
        print(json.dumps(judged(case, packages, directory)), flush=True)
    except NotFailed:
        return False
    return True


def judged(case: Case, packages: Packages, directory: Path) -> dict[str, Any]:
    """Run one case: as it is met first, again, and with the values of others."""
    first, again, other = (failed(case, who, directory) for who in (ERIKA, ERIKA, MAX))
    asked, anew = Asked(packages), Asked(attrs.evolve(packages))  # a copy knows no module yet
    made = asked.timed(first)
    cold = asked.seconds
    anew_made = anew.timed(again)
    warm = statistics.median(_warm(asked, again) for _ in range(WARM))
    other_made = asked.timed(other)
    said = "\n".join([made, other_made, *asked.chained(first), *asked.chained(other)])
    written = "\n".join(case.templates) if _is_native(first) else ""  # the literals of C code stand in no code object
    found = leaks(said, ERIKA, written + _literals(first)) + leaks(said, MAX, written + _literals(other))
    with contextlib.suppress(NotFailed):  # what such values do to parsers is their business
        sly = failed(case, SLY, directory)
        found += leaks("\n".join([asked.timed(sly), *asked.chained(sly)]), SLY, written + _literals(sly))
    return {
        "id": case.name,
        "group": case.group,
        "type": type(first).__name__,
        "text": str(first),
        "skeleton": made,
        "template": next((one for one in case.templates if _accounts(one, first, other)), None),
        "differs": len({made, anew_made, other_made}) > 1 or type(first).__name__ != type(other).__name__,
        "leaks": found,
        "broken": sorted({*asked.broken, *anew.broken}),
        "control": leaks(str(first), ERIKA, _literals(first)),
        "native": _is_native(first),
        "external": sorted(_external(first, packages)),
        "anew": anew.seconds,
        "cold": cold,
        "warm": warm,
    }


class Asked:
    """Skeletons that were asked for.

    Args:
        packages: the code that may contribute.

    Attributes:
        seconds: what the last one took.
        broken: what was raised instead of an answer.
    """

    def __init__(self, packages: Packages) -> None:
        self.packages = packages
        self.seconds = 0.0
        self.broken: list[str] = []

    def timed(self, exc: BaseException) -> str:
        """Ask for the skeleton of an exception."""
        began = time.perf_counter()
        try:
            return skeleton(exc, self.packages)
        except Exception as error:
            self.broken.append(f"{type(error).__name__}: {error}")
            return ""
        finally:
            self.seconds = time.perf_counter() - began

    def chained(self, exc: BaseException) -> list[str]:
        """Ask for those of its causes, contexts and members."""
        return [self.timed(link.exc) for link in chain(exc)[1:]]


def _warm(asked: Asked, exc: BaseException) -> float:
    asked.timed(exc)
    return asked.seconds


def _accounts(template: str, *errors: BaseException) -> bool:
    return all(accounts_for(template, str(error)) for error in errors)


def failed(case: Case, who: Planted, directory: Path) -> BaseException:
    """Run a case once, with a home of its own."""
    home = Path(tempfile.mkdtemp(dir=directory)) / who.folder
    home.mkdir()
    try:
        case.fail(dataclasses.replace(who, home=home))
    except BaseException as exc:  # SystemExit is an ending like others
        return exc
    raise NotFailed(case.name)


def _literals(exc: BaseException) -> str:
    """The literals of the modules in the tracebacks of an exception and its chain."""
    files = {entry.tb_frame.f_code.co_filename for link in chain(exc) for entry in _entries(link.exc.__traceback__)}
    return "\n".join(_literals_in(file) for file in sorted(files - {__file__}))


def _entries(entry: TracebackType | None) -> Iterator[TracebackType]:
    while entry is not None:
        yield entry
        entry = entry.tb_next


def _is_native(exc: BaseException) -> bool:
    """Say whether C code made the error: the innermost instruction of Python's is no ``raise``."""
    *_, last = _entries(exc.__traceback__)
    operation = last.tb_frame.f_code.co_code[last.tb_lasti : last.tb_lasti + 1]  # the frames Cython makes have no code
    return not operation or not dis.opname[operation[0]].startswith(("RAISE", "RERAISE"))


def _external(exc: BaseException, packages: Packages) -> set[str]:
    """The modules whose frames are not proven, beside this one."""
    described = frames(exc, packages, source=False)
    entries = list(_entries(exc.__traceback__))[-len(described) :]
    names = [str(entry.tb_frame.f_globals.get("__name__")) for entry in entries]
    external = (name for name, frame in zip(names, described, strict=True) if frame["filename"] == EXTERNAL)
    return {name for name in external if name != __name__}


@functools.cache
def _literals_in(file: str) -> str:
    path = Path(file)
    if not path.is_file():
        return ""
    code: CodeType = compile(path.read_bytes(), file, "exec", dont_inherit=True)
    return "\n".join(literals_of([code]))


if __name__ == "__main__":
    main(sys.argv[1])
