"""An app that PyInstaller bundled: its code is in an archive in the executable, and is read from there.

Everything in that archive was put there by the app's author. A file beside it was not, or nobody can tell, so that
Python code on disk proves nothing here. Live modules and their loaders are not asked.

The layout is what PyInstaller's own `archive.readers` and `loader.pyimod01_archive` read: a cookie near the end of the
file points to a table of contents; one entry of it (``PYZ``) is an archive of modules with a table of its own (6.22.3).
"""

from __future__ import annotations

import contextlib
import marshal
import mmap
import os
import struct
import sys
import zlib
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER
from types import CodeType
from typing import BinaryIO

import attrs

from scrubbing.provenance.packages import Root, Shipped
from scrubbing.provenance.places import COMPILED, SUFFIXES, normal, spelled
from scrubbing.roots.shipped import MAX_CACHE, is_fresh, shipped

_MAGIC = bytes(byte ^ 0xFF for byte in b"\xb2\xba\xb6\xf3\xf4\xf5\xf4\xf1")  # not to be found in our own code
_COOKIE = struct.Struct("!8sIIII64s")  # magic, length of the archive, place and length of its table, Python, library
_ENTRY = struct.Struct("!IIIIBc")  # length of the entry, place, length, length unpacked, packed, kind; then a name
_PYZ = struct.Struct("!4s4sI")  # magic, Python's magic, place of its table
_PACKAGES, _NO_CODE = (1, 3), (2, 3)  # kinds of entries: 0 module, 1 package, 2 data, 3 package without __init__
_SCRIPT, _ARCHIVE, _BOOTSTRAP = b"s", b"z", b"mM"
_LIBRARY = "base_library.zip"


@attrs.frozen
class Entry:
    """Where one module's code is in the executable."""

    place: int
    length: int
    packed: bool = True
    package: bool = False


@attrs.frozen
class Bundle:
    """The code in an executable.

    Args:
        path: the executable.
        place: the directory its modules say they lie in (``sys._MEIPASS``).
        scripts: the programs that ran as ``__main__``, by their names without suffix.
        modules: the modules, by their full names.
        early: those of Python's that were there before their importer (``struct``): they say they lie in the directory
            the program was started in.
    """

    path: str
    place: str = attrs.field(converter=normal)
    scripts: dict[str, Entry] = attrs.field(repr=False)
    modules: dict[str, Entry] = attrs.field(repr=False)
    early: frozenset[str] = frozenset()

    def tops(self) -> frozenset[str]:
        """Name the top-level modules."""
        return frozenset(name.partition(".")[0] for name in self.modules)

    def dependencies(self, own: tuple[str, ...]) -> frozenset[str]:
        """Name the top-level modules that are neither the app's own nor Python's: the author shipped them too."""
        return self.tops().difference(own, sys.stdlib_module_names)

    def roots(self, own: tuple[str, ...], script: str | None, label: str) -> Iterator[Root]:
        """Make the roots of the archive.

        Args:
            own: the app's own top-level names.
            script: the file ``__main__`` says it is; the author's, if the archive has it.
            label: what files of the standard library are shown below.
        """
        if script is not None and self._script(normal(script)) is not None:
            yield Root(script, "own")
        yield Root(self.place, "own", "", self.tops().intersection(own))
        yield Root(self.place, "dependency", "site-packages", self.dependencies(own))
        for path in (self.place, f"{self.place}/{_LIBRARY}"):
            yield Root(path, "standard library", label, frozenset(sys.stdlib_module_names))
        for name in self.early:
            origin = getattr(getattr(sys.modules.get(name), "__spec__", None), "origin", None)
            if isinstance(origin, str):
                yield Root(os.path.dirname(origin), "standard library", label, frozenset({name}))

    def load(self, name: str, origin: str, since: float) -> Shipped | None:
        """Read a module's shipped code; as `scrubbing.roots.shipped`, with the executable as the file it came from."""
        path = normal(origin)
        if name not in self.early and self._is_elsewhere(path):
            return shipped(name, origin, since)
        entry = self._script(path) or self.modules.get(name)
        if entry is None or entry.package is not (path.rpartition("/")[2].partition(".")[0] == "__init__"):
            return None
        try:
            code = _code(self.path, entry)
            return Shipped(code, fresh=is_fresh(self.path, since)) if isinstance(code, CodeType) else None
        except Exception:  # noqa: BLE001  # whatever is wrong with the file: the module is not proven
            return None

    def _is_elsewhere(self, path: str) -> bool:
        """Say whether a module is not to be looked for in the archive: another place, C code, Python's own zip file."""
        return not self._has(path) or path.endswith(COMPILED) or self._has(path, f"{_LIBRARY}/")

    def _has(self, path: str, below: str = "") -> bool:
        return spelled(path).startswith(spelled(f"{self.place}/{below}"))

    def _script(self, path: str) -> Entry | None:
        directory, _, file = path.rpartition("/")
        return self.scripts.get(_stem(file)) if spelled(directory) == spelled(self.place) else None


def opened() -> Bundle | None:
    """Open the archive this program runs from, if there is one; a program that only says so has no archive."""
    place = getattr(sys, "_MEIPASS", None)
    if not isinstance(place, str):
        return None
    for path in (sys.executable, f"{os.path.splitext(sys.executable)[0]}.pkg"):
        with contextlib.suppress(Exception):  # a file that is not there, or is no such archive
            return read(path, place)
    return None


def read(path: str, place: str) -> Bundle:
    """Read the tables of an executable.

    Raises:
        ValueError: it has no archive of this Python's; other errors where it is damaged.
    """
    scripts: dict[str, Entry] = {}
    modules: dict[str, Entry] = {}
    early: list[str] = []
    with open(path, "rb") as file:
        for kind, name, entry in _contents(file):
            if kind == _SCRIPT:
                scripts[_stem(name)] = entry
            elif kind in _BOOTSTRAP:
                modules[name] = attrs.evolve(entry, package=kind == b"M")
                early.append(name)
            elif kind == _ARCHIVE:
                modules |= _modules(file, entry.place)
    return Bundle(path, place, scripts, modules, frozenset(early) & sys.stdlib_module_names)


def _contents(file: BinaryIO) -> Iterator[tuple[bytes, str, Entry]]:
    """List the outer archive; it is not the end of the file, since a signature or a section's table may follow."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.rfind(_MAGIC)
        if at < 0:
            raise ValueError("expected an executable with an archive, found none in it")
        _, length, table, size, *_ = _COOKIE.unpack_from(data, at)
        start = at + _COOKIE.size - length
        at = start + table
        end = at + size
        while at < end:
            entry, place, packed, _, compressed, kind = _ENTRY.unpack_from(data, at)
            name = data[at + _ENTRY.size : at + entry].rstrip(b"\0").decode()
            yield kind, name, Entry(start + place, packed, bool(compressed))
            at += max(entry, _ENTRY.size)


def _modules(file: BinaryIO, start: int) -> dict[str, Entry]:
    file.seek(start)
    magic, python, table = _PYZ.unpack(file.read(_PYZ.size))
    if magic != b"PYZ\0" or python != MAGIC_NUMBER:
        raise ValueError("expected an archive of modules of this Python")
    file.seek(start + table)
    contents = dict(marshal.load(file))  # noqa: S302  # the same file this program runs from
    return {
        name: Entry(start + place, length, package=kind in _PACKAGES)
        for name, (kind, place, length) in contents.items()
        if kind not in _NO_CODE
    }


def _code(path: str, entry: Entry) -> object:
    with open(path, "rb") as file:
        file.seek(entry.place)
        data = file.read(min(entry.length, MAX_CACHE))
    unpacked = zlib.decompressobj().decompress(data, MAX_CACHE) if entry.packed else data
    return marshal.loads(unpacked)  # noqa: S302  # the same file this program runs from


def _stem(file: str) -> str:
    return file.rpartition(".")[0] if file.endswith(SUFFIXES) else file
