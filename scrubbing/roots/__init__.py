"""The packages on disk: where the app's code, its dependencies and the standard library lie, and how they were shipped.

This is the disk's side of `scrubbing.provenance`: it finds roots and reads shipped code, and hands both in as values.
Nothing is written, nothing is executed, and no shipped code is read before an exception needs it.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterable
from types import ModuleType

from scrubbing.clock import BEGAN
from scrubbing.provenance.packages import Packages, Root
from scrubbing.roots.installed import Declared, declared, listed, shipping
from scrubbing.roots.shipped import shipped

__all__ = ["detect", "own_package", "shipped"]

_LABEL = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def detect(names: Iterable[str] = (), caller: str | None = None, since: float = BEGAN) -> Packages:
    """Find the code that may be named.

    Args:
        names: top-level packages the author named.
        caller: the module that called ``init``, e.g. ``frob.cli`` or ``__main__``.
        since: when the program began, in seconds since 1970: files that are newer are not what it was started with.
    """
    own = tuple(dict.fromkeys([*names, *([caller.partition(".")[0]] if caller else [])]))
    roots = [root for name in own if (root := _own_root(name, caller)) is not None]
    if getattr(sys, "frozen", False) and (found := _bundled(own, roots, since)) is not None:
        return found
    where = declared(own, [root.path for root in roots if root.names])
    roots += [*_dependency_roots(where), *_standard_roots()]
    return Packages(
        own=own,
        dependencies=frozenset(top for tops in where.values() for top in tops),
        roots=tuple(roots),
        load=functools.partial(shipped, since=since),
        strerror=os.strerror,
    )


def _bundled(own: tuple[str, ...], roots: list[Root], since: float) -> Packages | None:
    """Find the code of an app that PyInstaller bundled: all in its archive was shipped with it."""
    from scrubbing.roots import bundle

    found = bundle.opened()
    if found is None:
        return None
    roots = [root for root in roots if root.names.isdisjoint(found.tops())]  # else the archive alone has them
    roots += [*found.roots(own, _located("__main__")[0], _LABEL), *_standard_roots()]
    return Packages(
        own=own,
        dependencies=found.dependencies(own),
        roots=tuple(roots),
        load=functools.partial(found.load, since=since),
        strerror=os.strerror,
    )


def own_package(module: ModuleType | None) -> str | None:
    """Return the top-level name a module belongs to; for ``python -m frob`` that is ``frob``, not ``__main__``."""
    if module is None:
        return None
    spec = getattr(module, "__spec__", None)
    name = getattr(spec, "name", None) or getattr(module, "__name__", None)
    return name.partition(".")[0] if isinstance(name, str) else None


def _own_root(name: str, caller: str | None) -> Root | None:
    """The directory in which a package or module of the app lies; for a program of one file that file."""
    file, portions = _located(name)
    if file is None and not portions:
        return None
    if name == "__main__":
        return Root(file, "own") if file is not None else None
    at = _portion(portions, caller) if file is None else os.path.dirname(file) if portions else file
    place = os.path.dirname(at)
    return Root(place, "own", "", frozenset({name}), functools.cache(functools.partial(_own_files, place)))


def _own_files(place: str, top: str) -> frozenset[str] | None:
    return listed(top, shipping(top, place))


def _located(name: str) -> tuple[str | None, list[str]]:
    """The file of a top-level module, if it has one, and the directories of a package; found without importing it."""
    module = sys.modules.get(name)
    if module is None:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError, AttributeError):
            return None, []
        file, portions = getattr(spec, "origin", None), getattr(spec, "submodule_search_locations", None)
    else:
        file, portions = getattr(module, "__file__", None), getattr(module, "__path__", None)
    absolute = os.path.abspath(file) if isinstance(file, str) else None
    return absolute, [os.path.abspath(one) for one in portions or () if isinstance(one, str)]


def _portion(portions: list[str], caller: str | None) -> str:
    """The caller's part of a package without ``__init__``, to which anybody on the path may add; else the first."""
    file = getattr(sys.modules.get(caller or ""), "__file__", None)
    calling = os.path.abspath(file) if isinstance(file, str) else ""
    return next((one for one in portions if calling.startswith(os.path.join(one, ""))), portions[0])


def _dependency_roots(where: Declared) -> list[Root]:
    return [
        Root(place, "dependency", "site-packages", frozenset(tops), functools.cache(functools.partial(_listed, tops)))
        for place, tops in where.items()
    ]


def _listed(tops: dict[str, set[str]], top: str) -> frozenset[str] | None:
    return listed(top, tops[top])


def _standard_roots() -> list[Root]:
    """Where the standard library lies; `sysconfig` would know too, and takes 30 ms to say it."""
    compiled = [entry for entry in sys.path if isinstance(entry, str) and os.path.basename(entry) == "lib-dynload"]
    paths = dict.fromkeys([*compiled, *_libraries(), os.path.join(sys.base_prefix, "DLLs")])
    return [Root(path, "standard library", _LABEL, frozenset(sys.stdlib_module_names)) for path in paths]


def _libraries() -> list[str]:
    """The directory of Python's own modules; in frozen programs ``os`` has no file, and the directory may be zipped."""
    file = getattr(os, "__file__", None) or getattr(functools, "__file__", None)
    if not isinstance(file, str):
        return []
    library = os.path.dirname(os.path.abspath(file))
    beside = [os.path.dirname(library)] if library.endswith(".zip") else []
    return [os.path.join(library, "lib-dynload"), library, *beside]
