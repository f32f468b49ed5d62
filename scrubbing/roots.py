"""The packages on disk: where the app's code, its dependencies and the standard library lie, and how they were shipped.

This is the disk's side of `scrubbing.provenance`: it finds roots and reads shipped code, and hands both in as values.
Nothing is written (`SourceLoader.get_code` could write a cache, so it is not called), nothing is executed, and nothing
is read before an exception needs it.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
import sysconfig
import tokenize
from collections.abc import Callable, Iterable
from types import CodeType, ModuleType

from scrubbing.provenance.packages import Packages, Root, Shipped

#: Sources larger than this are not compiled to prove a frame.
MAX_SOURCE = 2 * 1024 * 1024
#: Distributions followed from the app's own: a bound, not a wish.
MAX_DISTRIBUTIONS = 300


def detect(names: Iterable[str] = (), caller: str | None = None) -> Packages:
    """Find the code that may be named.

    Args:
        names: top-level packages the author named.
        caller: the module that called ``init``, e.g. ``frob.cli`` or ``__main__``.
    """
    own = tuple(dict.fromkeys([*names, *([caller.partition(".")[0]] if caller else [])]))
    roots = [root for name in own for root in _own_roots(name)]
    declared = _declared(own)
    roots += [*_dependency_roots(declared), *_standard_roots()]
    own_tops = tuple(dict.fromkeys([*own, *(root.label.partition("/")[0] for root in roots if root.owner == "own")]))
    return Packages(own=own_tops, dependencies=frozenset(declared), roots=tuple(roots), load=shipped)


def own_package(module: ModuleType | None) -> str | None:
    """Return the top-level name a module belongs to; for ``python -m frob`` that is ``frob``, not ``__main__``."""
    if module is None:
        return None
    spec = getattr(module, "__spec__", None)
    name = getattr(spec, "name", None) or getattr(module, "__name__", None)
    return name.partition(".")[0] if isinstance(name, str) else None


def _own_roots(name: str) -> list[Root]:
    module = sys.modules.get(name)
    file = getattr(module, "__file__", None) if module is not None else None
    if module is None or not isinstance(file, str):
        return []
    path = os.path.abspath(file)
    if hasattr(module, "__path__"):
        return [Root(os.path.dirname(path), "own", name, frozenset({name}))]
    return [Root(file, "own", os.path.basename(path)), Root(path, "own", os.path.basename(path))]


def _standard_roots() -> list[Root]:
    paths = dict.fromkeys(
        filter(None, (sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.dirname(os.__file__)))
    )
    label = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    dynload = [os.path.join(path, "lib-dynload") for path in paths]
    names = frozenset(sys.stdlib_module_names)
    return [Root(path, "standard library", label, names) for path in [*dynload, *paths]]


def _declared(own: tuple[str, ...]) -> dict[str, str]:
    """Map the top-level names of the app's declared dependencies, transitively, to where they are installed."""
    from importlib import metadata

    waiting = [name for top in own for name in _distributions_of(top)]
    seen: set[str] = set()
    found: dict[str, str] = {}
    while waiting and len(seen) < MAX_DISTRIBUTIONS:
        name = _normal(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        where = str(distribution.locate_file(""))
        found.update((top, where) for top in _tops(distribution) if top not in own)
        waiting.extend(_required(distribution.requires or ()))
    return found


def _distributions_of(top: str) -> list[str]:
    """The distributions that ship a top-level name: its own name if installed so, else whoever lists it."""
    from importlib import metadata

    try:
        return [metadata.distribution(top).metadata["Name"]]
    except metadata.PackageNotFoundError:
        return list(metadata.packages_distributions().get(top, ()))


def _required(requirements: Iterable[str]) -> list[str]:
    """The names required without any extra."""
    wanted = (line for line in requirements if "extra ==" not in line.replace("extra==", "extra =="))
    return [name for name in (_leading_name(line) for line in wanted) if name]


def _leading_name(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "._-")), len(requirement))
    return requirement[:end]


def _normal(name: str) -> str:
    return "-".join(part for part in name.lower().replace("_", "-").replace(".", "-").split("-") if part)


def _tops(distribution: object) -> set[str]:
    read: Callable[[str], str | None] = distribution.read_text  # type: ignore[attr-defined]
    text = read("top_level.txt")
    if text:
        return {line.strip() for line in text.splitlines() if line.strip()}
    tops: set[str] = set()
    for file in distribution.files or ():  # type: ignore[attr-defined]
        first = file.parts[0]
        if len(file.parts) > 1 and first.isidentifier():
            tops.add(first)
        elif len(file.parts) == 1 and first.endswith((".py", ".so", ".pyd")):
            tops.add(first.partition(".")[0])
    return tops


def _dependency_roots(declared: dict[str, str]) -> list[Root]:
    by_place: dict[str, set[str]] = {}
    for top, where in declared.items():
        by_place.setdefault(os.path.abspath(where), set()).add(top)
    return [Root(path, "dependency", "site-packages", frozenset(tops)) for path, tops in by_place.items()]


def shipped(module: ModuleType) -> Shipped | None:
    """Read a module's shipped code: from its cache if that fits its source, from its loader, or from its source."""
    try:
        return _from_file(module) or _from_loader(module)
    except Exception:  # noqa: BLE001  # whatever is wrong with a file or loader: the module is not proven
        return None


def _from_file(module: ModuleType) -> Shipped | None:
    spec = getattr(module, "__spec__", None)
    path = getattr(spec, "origin", None) or getattr(module, "__file__", None)
    if not isinstance(path, str) or not path.endswith((".py", ".pyw")) or not os.path.isfile(path):
        return None
    code = _cached(getattr(spec, "cached", None), path) or _compiled(path)
    return Shipped(code, lambda: _lines(path)) if code is not None else None


def _cached(cache: str | None, path: str) -> CodeType | None:
    """Read a ``.pyc`` that was made from exactly this source (by time and size; PEP 552 hashes are compared too)."""
    if cache is None or not os.path.isfile(cache):
        return None
    with open(cache, "rb") as file:
        data = file.read()
    if data[:4] != importlib.util.MAGIC_NUMBER:
        return None
    flags = int.from_bytes(data[4:8], "little")
    if flags == 0:
        status = os.stat(path)
        fits = data[8:16] == (int(status.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + (
            status.st_size & 0xFFFFFFFF
        ).to_bytes(4, "little")
    else:
        with open(path, "rb") as file:
            fits = importlib.util.source_hash(file.read()) == data[8:16]
    code = marshal.loads(data[16:]) if fits else None  # noqa: S302  # the same file Python itself has just loaded
    return code if isinstance(code, CodeType) else None


def _compiled(path: str) -> CodeType | None:
    if os.stat(path).st_size > MAX_SOURCE:
        return None
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec", dont_inherit=True)


def _lines(path: str) -> list[str]:
    try:
        with tokenize.open(path) as file:
            return file.read(MAX_SOURCE).splitlines()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return []


def _from_loader(module: ModuleType) -> Shipped | None:
    """Ask a loader that keeps no cache: frozen modules, zip files, sourceless files, bundles."""
    spec = getattr(module, "__spec__", None)
    loader = getattr(spec, "loader", None)
    get_code = getattr(loader, "get_code", None)
    origin = getattr(spec, "origin", None)
    if get_code is None or (isinstance(origin, str) and origin.endswith(".py") and os.path.isfile(origin)):
        return None
    code = get_code(spec.name if spec is not None else module.__name__)
    return Shipped(code) if isinstance(code, CodeType) else None
