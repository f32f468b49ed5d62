"""Modules as they were shipped: their code, read from where their name and origin say they lie, never from themselves.

A live module's loader, cache path and source are not asked: whoever made the module could have made those too. Nothing
is written (`SourceLoader.get_code` could write a cache, so it is not called) and nothing is executed.
"""

from __future__ import annotations

import functools
import importlib.util
import marshal
import math
import os
import tokenize
import zipimport
from collections.abc import Callable
from importlib.machinery import FrozenImporter, SourcelessFileLoader
from types import CodeType

import attrs

from scrubbing.provenance.packages import Shipped

#: Bytes of a source that is compiled to prove a frame, of a cache that is read, of a compiled module that is searched.
MAX_SOURCE, MAX_CACHE, MAX_BINARY = 2 << 20, 16 << 20, 64 << 20


def shipped(name: str, origin: str, since: float = math.inf) -> Shipped | None:
    """Read a module's shipped code: from its cache if that fits its source, else from its source.

    Args:
        name: the module's full name.
        origin: the file it came from, ``built-in`` or ``frozen``.
        since: when the program began, in seconds since 1970; what is newer on disk shows no lines.

    Returns:
        The code, or ``None`` where it cannot be had.
    """
    try:
        found = _reader(origin)(name, origin)
        if found is None or origin in ("built-in", "frozen"):
            return found
        fresh = functools.partial(is_fresh, origin, since)
        return attrs.evolve(found, lines=lambda: [] if fresh() else found.lines(), fresh=fresh())
    except Exception:  # noqa: BLE001  # whatever is wrong with a file: the module is not proven
        return None


def is_fresh(path: str, since: float) -> bool:
    """Say whether a file, or the archive it is in, was made or changed later; a date that was set back is no help."""
    while not os.path.isfile(path):
        parent = os.path.dirname(path)
        if parent == path:
            return True
        path = parent
    status = os.stat(path)
    return max(status.st_mtime, status.st_ctime) > since


def _reader(origin: str) -> Callable[[str, str], Shipped | None]:
    if origin == "frozen":
        return _frozen
    if origin == "built-in":
        return lambda _name, _origin: Shipped(None)
    if not os.path.isfile(origin):
        return _zipped
    if origin.endswith(".pyc"):
        return _sourceless
    return _source if origin.endswith((".py", ".pyw")) else _binary


def _frozen(name: str, _origin: str) -> Shipped | None:
    code: object = FrozenImporter.get_code(name)
    return Shipped(code) if isinstance(code, CodeType) else None


def _sourceless(name: str, origin: str) -> Shipped | None:
    code = SourcelessFileLoader(name, origin).get_code(name)
    return Shipped(code) if code is not None else None


def _binary(_name: str, origin: str) -> Shipped | None:
    """A module of C code: all that can be known is which names occur in it."""
    return Shipped(None, mentions=functools.lru_cache(maxsize=256)(functools.partial(_occurs, origin)))


def _occurs(path: str, name: str) -> bool:
    try:
        with open(path, "rb") as file:
            return name.encode() in file.read(MAX_BINARY)
    except OSError:
        return False


def _zipped(_name: str, origin: str) -> Shipped | None:
    directory, file = os.path.split(origin)
    stem = file.partition(".")[0]
    if stem == "__init__":
        directory, stem = os.path.split(directory)
    archive = zipimport.zipimporter(directory)
    code = archive.get_code(stem)
    return Shipped(code, lambda: _split(archive.get_source(stem) or ""))  # not read yet


def _source(_name: str, path: str) -> Shipped | None:
    status = os.stat(path)
    code = _cached(path, status) or _compiled(path, status)
    return Shipped(code, functools.cache(functools.partial(_lines, path, status))) if code is not None else None


def _cached(path: str, status: os.stat_result) -> CodeType | None:
    """Read the ``.pyc`` Python keeps of this source, if it was made from exactly this source (PEP 3147, PEP 552)."""
    cache = importlib.util.cache_from_source(path)
    if not os.path.isfile(cache) or os.stat(cache).st_size > MAX_CACHE:
        return None
    with open(cache, "rb") as file:
        data = file.read()
    if data[:4] != importlib.util.MAGIC_NUMBER:
        return None
    if int.from_bytes(data[4:8], "little") == 0:
        made_from = b"".join((int(n) & 0xFFFFFFFF).to_bytes(4, "little") for n in (status.st_mtime, status.st_size))
        fits = data[8:16] == made_from
    else:
        with open(path, "rb") as file:
            fits = importlib.util.source_hash(file.read()) == data[8:16]
    code = marshal.loads(data[16:]) if fits else None  # noqa: S302  # the same file Python itself has just loaded
    return code if isinstance(code, CodeType) else None


def _compiled(path: str, status: os.stat_result) -> CodeType | None:
    if status.st_size > MAX_SOURCE:
        return None
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def _lines(path: str, status: os.stat_result) -> list[str]:
    """Read the source, if the file is still the one the code was read from."""
    try:
        now = os.stat(path)
        if (now.st_mtime_ns, now.st_size) != (status.st_mtime_ns, status.st_size) or now.st_size > MAX_SOURCE:
            return []
        with tokenize.open(path) as file:
            return _split(file.read())
    except (OSError, SyntaxError, UnicodeDecodeError):
        return []


def _split(text: str) -> list[str]:
    """Split a source where Python does; `str.splitlines` would count a form feed as well, and show other lines."""
    return text.removesuffix("\n").split("\n")
