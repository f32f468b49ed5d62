"""Whose code is it? The app's, the standard library's, the app's declared dependencies'; all else is the user's.

Trust is by membership, not by file name: a frame counts when its globals are its module's own, the module came from a
root that was there when the app started, and its code object equals one in the shipped module. Names that leave are
read from the shipped code, never from the frame. Reading shipped code is the business of whoever makes a `Packages`:
this room only looks at what it is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import CodeType, ModuleType
from typing import Any, Literal

import attrs

Owner = Literal["own", "dependency", "standard library"]

#: How deep code nests and how many code objects of one module are indexed; beyond that a module is not trusted.
MAX_CODES = 20_000


@attrs.frozen
class Shipped:
    """A module as it was shipped: its code, and its source where that is the source of this code."""

    code: CodeType
    lines: Callable[[], list[str]] = list


@attrs.frozen
class Root:
    """A place on disk that modules come from.

    Args:
        path: an absolute directory, or one file; compared with a module's origin.
        owner: whose code lies there.
        label: what the file's path is shown relative to, e.g. ``site-packages`` or ``python3.12``.
        names: the top-level modules that count there; ``None``: all.
    """

    path: str
    owner: Owner
    label: str = ""
    names: frozenset[str] | None = None


def nothing_shipped(module: ModuleType) -> Shipped | None:  # noqa: ARG001  # the signature of `Packages.load`
    """Know no shipped code: no frame can be proven."""
    return None


@attrs.frozen(eq=False)
class Packages:
    """The code that may be named.

    Args:
        own: top-level names of the app's packages (``("frob",)``); their frames are ``in_app``.
        dependencies: top-level import names of the app's declared dependencies, transitively.
        roots: where modules of each owner come from; empty: nothing can be proven.
        load: gives a module's shipped code, or ``None``; asked when an exception needs it.
        modules: ``sys.modules``, or a stand-in.
    """

    own: tuple[str, ...] = ()
    dependencies: frozenset[str] = frozenset()
    roots: tuple[Root, ...] = ()
    load: Callable[[ModuleType], Shipped | None] = nothing_shipped
    modules: Mapping[str, ModuleType] = attrs.field(factory=lambda: sys.modules)
    _known: dict[int, tuple[ModuleType, Known | None]] = attrs.field(factory=dict, init=False, repr=False)

    def owner_by_name(self, module: str) -> Owner | None:
        """Say whose a module is by its name alone: for events without a live exception."""
        top = module.partition(".")[0]
        if top in self.own:
            return "own"
        if top in self.dependencies:
            return "dependency"
        return "standard library" if top in sys.stdlib_module_names or top == "builtins" else None

    def known(self, module: ModuleType) -> Known | None:
        """Return what is known of a trusted module, or ``None``; remembered by identity."""
        held = self._known.get(id(module))
        if held is None or held[0] is not module:
            held = self._known[id(module)] = (module, _learn(self, module))
        return held[1]


@attrs.frozen(eq=False)
class Known:
    """A trusted module: whose it is, its real name, its file below its root, and its shipped code."""

    owner: Owner
    name: str
    file: str
    codes: Mapping[CodeType, CodeType]
    names: frozenset[str]
    lines: Callable[[], list[str]]


def module_of(globals_: Mapping[str, Any], packages: Packages) -> Known | None:
    """Return the trusted module these globals belong to, or ``None``."""
    name = globals_.get("__name__")
    module = packages.modules.get(name) if isinstance(name, str) else None
    if module is None or getattr(module, "__dict__", None) is not globals_:
        return None
    return packages.known(module)


def _learn(packages: Packages, module: ModuleType) -> Known | None:
    spec = module.__dict__.get("__spec__")
    name = getattr(spec, "name", None) or module.__dict__.get("__name__")
    origin = getattr(spec, "origin", None) or module.__dict__.get("__file__")
    if not isinstance(name, str) or not isinstance(origin, str):
        return None
    found = _root_of(packages, name, origin)
    if found is None:
        return None
    root, file = found
    shipped = packages.load(module)
    if shipped is None:
        return Known(root.owner, name, file, {}, frozenset(), list)
    codes = _codes(shipped.code)
    return Known(root.owner, name, file, codes, frozenset(code.co_name for code in codes), shipped.lines)


def _root_of(packages: Packages, name: str, origin: str) -> tuple[Root, str] | None:
    if origin in ("built-in", "frozen"):
        label = f"<frozen {name}>"
        return (Root("", "standard library"), label) if name.partition(".")[0] in sys.stdlib_module_names else None
    top = name.partition(".")[0]
    for root in packages.roots:
        if root.names is not None and top not in root.names:
            continue
        if origin == root.path:
            return root, root.label
        if origin.startswith(root.path) and origin[len(root.path) : len(root.path) + 1] in ("/", "\\"):
            below = origin[len(root.path) + 1 :].replace("\\", "/")
            return root, f"{root.label}/{below}" if root.label else below
    return None


def _codes(code: CodeType) -> dict[CodeType, CodeType]:
    """All code objects nested in a module's code, each mapped to itself as shipped."""
    found: dict[CodeType, CodeType] = {}
    waiting = [code]
    while waiting:
        one = waiting.pop()
        found[one] = one
        if len(found) > MAX_CODES:
            return {}
        waiting.extend(const for const in one.co_consts if isinstance(const, CodeType))
    return found
