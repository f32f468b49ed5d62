"""What is installed, as far as it says whose code a module is: the app's declared dependencies, transitively.

Reads the few lines of metadata that are needed. `importlib.metadata` would read whole descriptions with a parser of
e-mail, and every distribution there is to find one by the name of a package.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator

from scrubbing.provenance.places import dotted, normal, spelled

#: Distributions followed or searched, bytes read of one file: bounds, not wishes.
MAX_DISTRIBUTIONS, MAX_BYTES = 300, 1 << 20
#: Bytes read of the list of an app's own files.
MAX_RECORD = 16 << 20

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_FOR_EXTRA = re.compile(r"""extra\s*==\s*['"]([^'"]+)['"]""")
#: A requirement: the name, the extras wanted of it, and the extra it is wanted for.
Requirement = tuple[str, frozenset[str], str]
#: By directory and top-level name there, the metadata of the distributions that ship it.
Declared = dict[str, dict[str, set[str]]]


def declared(own: tuple[str, ...], places: list[str]) -> Declared:
    """Find the app's declared dependencies, transitively.

    Args:
        own: the app's own top-level names.
        places: the directories these lie in.

    Returns:
        The directories they are installed in, and for each top-level name there the metadata of who ships it; whatever
        the app's own distribution lists for any of its extras counts as declared.
    """
    index = _index()
    waiting = [(name, None) for top in own if top != "__main__" for name in _shipping(top, places, index)]
    return _followed(waiting, index, own)


def shipping(top: str, place: str) -> list[str]:
    """Return the metadata of the distributions that ship an app's package or module in a directory."""
    index = {name: (info, at) for name, (info, at) in _index().items() if spelled(normal(at)) == spelled(normal(place))}
    return [index[name][0] for name in _shipping(top, [place], index)]


def listed(top: str, infos: Iterable[str]) -> frozenset[str] | None:
    """List the files of a package or module as its installer wrote them down.

    Args:
        top: its top-level name.
        infos: the metadata of the distributions that ship it.

    Returns:
        Paths below the directory it is installed in; ``None`` where no list speaks of the package, as for one that is
        installed to be edited.
    """
    files = {
        path
        for info in infos
        for line in _read(os.path.join(info, "RECORD"), MAX_RECORD).splitlines()
        if (path := _path(line)).partition("/")[0].partition(".")[0] == top
    }
    code = {path for path in files if dotted(path).partition(".")[0] == top}
    return frozenset(code) or None


def _path(line: str) -> str:
    """The path a line of RECORD speaks of."""
    path = line[1:].partition('"')[0] if line.startswith('"') else line.partition(",")[0]
    return path.replace("\\", "/")


def _followed(first: list[tuple[str, None]], index: dict[str, tuple[str, str]], own: tuple[str, ...]) -> Declared:
    waiting: list[tuple[str, frozenset[str] | None]] = list(first)
    seen: set[tuple[str, frozenset[str] | None]] = set()
    found: Declared = {}
    while waiting and len(seen) < MAX_DISTRIBUTIONS:
        one = waiting.pop()
        name, extras = one
        if one in seen or name not in index:
            continue
        seen.add(one)
        info, place = index[name]
        for top in _tops(info).difference(own):
            found.setdefault(place, {}).setdefault(top, set()).add(info)
        waiting += [(r[0], r[1]) for r in _requirements(info) if not r[2] or extras is None or r[2] in extras]
    return found


def _index() -> dict[str, tuple[str, str]]:
    """Map the names of installed distributions to their metadata and the directory they are installed in."""
    found: dict[str, tuple[str, str]] = {}
    for place in dict.fromkeys(os.path.abspath(entry) for entry in sys.path if isinstance(entry, str)):
        for info in _infos(place):
            name = os.path.basename(info).rpartition(".")[0].partition("-")[0]
            found.setdefault(_normal(name), (info, place))
    return found


def _infos(place: str) -> list[str]:
    try:
        with os.scandir(place) as entries:
            return [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []


def _shipping(top: str, places: list[str], index: dict[str, tuple[str, str]]) -> list[str]:
    """The distributions that ship a package: the one of its name, or those beside it, or installed to be edited."""
    if _normal(top) in index:
        return [_normal(top)]
    searched = list(index.items())[:MAX_DISTRIBUTIONS]
    beside = [name for name, (info, place) in searched if place in places and top in _tops(info)]
    return beside or [name for name, (info, _) in searched if any(_is_edited(info, place) for place in places)]


def _is_edited(info: str, place: str) -> bool:
    """Say whether a distribution is installed to be edited where the app's code lies (PEP 610)."""
    text = _read(os.path.join(info, "direct_url.json"))
    if '"editable"' not in text:
        return False
    url = re.search(r'"url"\s*:\s*"file://[^/"]*(/[^"]*)"', text)
    if url is None:
        return False
    path = os.path.normpath(_unquoted(url.group(1)[1:] if os.name == "nt" else url.group(1)))
    return place == path or place.startswith(os.path.join(path, ""))


def _unquoted(text: str) -> str:
    return re.sub(
        r"(?:%[0-9A-Fa-f]{2})+", lambda m: bytes.fromhex(m[0].replace("%", "")).decode("utf-8", "replace"), text
    )


@functools.lru_cache(maxsize=2 * MAX_DISTRIBUTIONS)
def _tops(info: str) -> frozenset[str]:
    """The top-level names a distribution ships: as it says, or by the list of its files; read once, before a crash."""
    said = _read(os.path.join(info, "top_level.txt"))
    if said:
        return frozenset(line.strip() for line in said.splitlines() if line.strip())
    tops = {_top(line) for line in _read(os.path.join(info, "RECORD")).splitlines()}
    return frozenset(top for top in tops if top.isidentifier())


def _top(line: str) -> str:
    """The top-level name a line of RECORD speaks of, if any: a directory, or a module."""
    path = _path(line)
    first, slash, _ = path.partition("/")
    return first if slash else first.partition(".")[0] if first.endswith((".py", ".so", ".pyd")) else ""


def _requirements(info: str) -> Iterator[Requirement]:
    text = _read(os.path.join(info, "METADATA")) or _read(os.path.join(info, "PKG-INFO")) or _read(info)
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    prefix = "requires-dist:"
    lines = [line[len(prefix) :] for line in head.splitlines() if line.lower().startswith(prefix)]
    yield from _parsed((line, "") for line in lines)
    if not lines:
        yield from _parsed(_egg_lines(_read(os.path.join(info, "requires.txt"))))


def _egg_lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines of setuptools' own list: sections ``[extra:marker]``."""
    extra = ""
    for line in text.splitlines():
        if line.startswith("["):
            extra = line.strip("[] ").partition(":")[0]
        elif line.strip():
            yield line, extra


def _parsed(lines: Iterable[tuple[str, str]]) -> Iterator[Requirement]:
    for line, section in lines:
        requirement, _, marker = line.partition(";")
        match = _REQUIREMENT.match(requirement)
        extra = _FOR_EXTRA.search(marker)
        if match is not None:
            wanted = frozenset(one.strip() for one in (match.group(2) or "").split(",") if one.strip())
            yield _normal(match.group(1)), wanted, extra.group(1) if extra is not None else section


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _read(path: str, most: int = MAX_BYTES) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(most)
    except OSError:
        return ""
