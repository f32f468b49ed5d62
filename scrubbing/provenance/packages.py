"""Whose code is it? The app's, the standard library's, the app's declared dependencies'; all else is the user's.

Trust is by membership, not by file name: a frame counts when its globals are its module's own, the module came from a
root that was there when the app started, and its code object equals one in the shipped module. Names that leave are
read from the shipped code and from the place below the root, never from the frame or from what a module says of itself.
Reading shipped code is the business of whoever makes a `Packages`: this room only looks at what it is given.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any, Literal

import attrs

from scrubbing.provenance.places import dotted, normal, spelled

Owner = Literal["own", "dependency", "standard library"]

#: Code objects of one module that are indexed; beyond that a module is not trusted.
MAX_CODES = 20_000
#: Code objects known of a module beyond which those that are not the module's own are not remembered: a program that
#: executes texts makes new ones for ever.
MAX_STRANGERS = 1000

#: What `multiprocessing` calls the main module in a worker that it spawned.
SPAWNED = "__mp_main__"

_NAMESPACE = vars(ModuleType)["__dict__"].__get__
_PLAIN = (type(None), str, int, bytes, float, bool, type(...), complex, slice)
_CLASS_FLAGS = 0x1 | 0x2  # CO_OPTIMIZED, CO_NEWLOCALS: the code of a function has them, the body of a class has not


def _mentions_nothing(name: str) -> bool:  # noqa: ARG001  # the signature of `Shipped.mentions`
    return False


@attrs.frozen
class Shipped:
    """A module as it was shipped.

    Args:
        code: its code; ``None`` for one made by a C compiler.
        lines: its source, if that is still the source of this code.
        mentions: says whether a name occurs in a module made by a C compiler.
        fresh: whether its file is newer than the program's start; then its lines are nobody's.
    """

    code: CodeType | None
    lines: Callable[[], list[str]] = list
    mentions: Callable[[str], bool] = _mentions_nothing
    fresh: bool = False


def _no_list(top: str) -> frozenset[str] | None:  # noqa: ARG001  # the signature of `Root.files`
    return None


@attrs.frozen
class Root:
    """A place on disk that modules come from.

    Args:
        path: an absolute directory in which top-level modules lie, or the one file of an app; compared with origins.
        owner: whose code lies there.
        label: what files are shown below, e.g. ``site-packages`` or ``python3.12``; nothing for the app's own.
        names: the top-level modules that count there.
        files: gives the files below `path` that were installed for a top-level name; others are not the owner's.
            ``None`` where nobody made a list; then files that are newer than the program's start are not. Asked when an
            exception needs it.
    """

    path: str = attrs.field(converter=normal)
    owner: Owner
    label: str = ""
    names: frozenset[str] = frozenset()
    files: Callable[[str], frozenset[str] | None] = attrs.field(default=_no_list, eq=False)

    def ships(self, top: str, below: str) -> bool:
        """Say whether a file of a top-level name below this root was shipped, as far as that is known."""
        files = self.files(top)
        return files is None or below in files or (below.endswith(".pyc") and below[:-1] in files)  # compiled in place


def nothing_shipped(name: str, origin: str) -> Shipped | None:  # noqa: ARG001  # the signature of `Packages.load`
    """Know no shipped code: no frame can be proven."""
    return None


def nothing_said(number: int) -> str:  # noqa: ARG001  # the signature of `Packages.strerror`
    """Know no text of the operating system."""
    return ""


@attrs.frozen(eq=False)
class Packages:
    """The code that may be named.

    Args:
        own: top-level names of the app's packages (``("frob",)``); their frames are ``in_app``.
        dependencies: top-level import names of the app's declared dependencies, transitively.
        roots: where modules of each owner come from; empty: nothing can be proven.
        load: gives the shipped code of a module by its name and origin, or ``None``; asked when an exception needs it.
        modules: ``sys.modules``, or a stand-in.
        strerror: gives the operating system's text for an ``errno``; empty if it has none.

    Attributes:
        memory: what others learned about the code, as long as these packages are used.
    """

    own: tuple[str, ...] = ()
    dependencies: frozenset[str] = frozenset()
    roots: tuple[Root, ...] = ()
    load: Callable[[str, str], Shipped | None] = nothing_shipped
    modules: Mapping[str, ModuleType] = attrs.field(factory=lambda: sys.modules)
    strerror: Callable[[int], str] = nothing_said
    memory: dict[Any, Any] = attrs.field(factory=dict, init=False, repr=False)
    _known: dict[int, tuple[object, Known | None]] = attrs.field(factory=dict, init=False, repr=False)

    def owner_by_name(self, module: str) -> Owner | None:
        """Say whose a module is by its name alone: for events without a live exception."""
        top = module.partition(".")[0]
        if top in self.own:
            return "own"
        if top in self.dependencies:
            return "dependency"
        return "standard library" if top in sys.stdlib_module_names or top == "builtins" else None

    def module(self, name: object) -> tuple[Mapping[str, Any], Known] | None:
        """Return the namespace of a trusted module and what is known of it, or ``None``; remembered by identity."""
        module = self.modules.get(name) if type(name) is str else None
        if not issubclass(type(module), ModuleType):
            return None
        namespace = _NAMESPACE(module)
        held = self._known.get(id(module))
        if held is None or held[0] is not module:
            held = self._known[id(module)] = (module, _learn(self, namespace))
        return (namespace, held[1]) if held[1] is not None else None

    def at(self, origin: str, name: str = "__main__") -> Known | None:
        """Return what is known of a trusted module, imported or not.

        Args:
            origin: its file, or ``frozen``.
            name: its name, where its origin does not say it.
        """
        return _known(self, name, origin)


class Known:
    """A trusted module: whose it is, its real name, its file below its root, and what its shipped code says.

    Args:
        owner: whose it is.
        name: its real name.
        file: its file, as it is shown.
        shipped: how it was shipped.

    Attributes:
        codes: all its code objects, each mapped to itself as shipped; none for a module made by a C compiler.
        classes: the classes it defines, by qualified name; those inside functions by ``<locals>`` and their name.
        mentioned: names and strings its outermost code has, as a module has that exports classes of others.
        lines: its source, read once.
        code: its outermost code, if it has any.
        memory: what others learned by reading its code.
    """

    __slots__ = (
        *("_proven", "classes", "code", "codes", "file", "lines", "memory", "mentioned", "mentions", "name", "owner"),
    )

    def __init__(self, owner: Owner, name: str, file: str, shipped: Shipped) -> None:
        self.owner, self.name, self.file = owner, name, file
        self.code = shipped.code
        self.memory: dict[Any, Any] = {}
        self.codes, self.classes = _index(shipped.code)
        self.mentioned = frozenset(_mentioned(shipped.code)) if shipped.code is not None else frozenset()
        self.mentions = shipped.mentions
        self.lines = functools.lru_cache(maxsize=1)(shipped.lines)
        self._proven: dict[int, tuple[CodeType, Proven | None]] = {}

    def proven(self, code: CodeType) -> Proven | None:
        """Return what was shipped in place of a live code object; remembered by identity: comparing is not cheap."""
        held = self._proven.get(id(code))
        if held is None or held[0] is not code:
            shipped = self.codes.get(code) if _is_plain(code) else None
            held = code, Proven(shipped) if shipped is not None else None
            if len(self._proven) < (MAX_CODES if held[1] is not None else MAX_STRANGERS):
                self._proven[id(code)] = held
        return held[1]


class Proven:
    """What a shipped code object says of itself: the function's name, and the lines it stands on."""

    __slots__ = ("code", "function", "lines")

    def __init__(self, code: CodeType) -> None:
        self.code = code
        self.function = str(getattr(code, "co_qualname", code.co_name))
        self.lines = frozenset(line for _, _, line in code.co_lines() if line is not None)


def module_of(globals_: dict[str, Any], packages: Packages) -> Known | None:
    """Return the trusted module these globals belong to, or ``None``."""
    name = dict.get(globals_, "__name__")
    found = packages.module(name)
    # A spawned worker has run the main module in another namespace and copied that; its code is compared all the same.
    same = found is not None and (found[0] is globals_ or (type(name) is str and name == SPAWNED))
    return found[1] if found is not None and same else None


def _learn(packages: Packages, namespace: Mapping[str, Any]) -> Known | None:
    """Find out about a module; what it says of itself is only where to look."""
    spec = namespace.get("__spec__")
    described: Mapping[str, Any] = vars(spec) if type(spec) is ModuleSpec else {}
    name, origin = described.get("name", namespace.get("__name__")), described.get("origin", namespace.get("__file__"))
    if type(name) is not str or type(origin) is not str:
        return None
    return _known(packages, "__main__" if name == SPAWNED else name, origin)


def _known(packages: Packages, name: str, origin: str) -> Known | None:
    found = _found(packages, name, origin)
    if found is None:
        return None
    root, real_name, file = found
    shipped = packages.load(real_name, origin)
    if shipped is None or (shipped.fresh and root.files(real_name.partition(".")[0]) is None):
        return None
    return Known(root.owner, real_name, file, shipped)


_FROZEN = Root("", "standard library")


def _found(packages: Packages, name: str, origin: str) -> tuple[Root, str, str] | None:
    """Return the root, the real name and the shown file of a module that lies where its name says it lies."""
    if origin in ("built-in", "frozen"):
        trusted = name.partition(".")[0] in sys.stdlib_module_names
        return (_FROZEN, name, f"<frozen {name}>") if trusted else None
    path = normal(origin)
    for root in packages.roots:
        if spelled(path) == spelled(root.path):
            file = path.rpartition("/")[2]
            return root, name if name in (dotted(file), "__main__") else "__main__", file
        if not spelled(path).startswith(f"{spelled(root.path)}/"):
            continue
        below = path[len(root.path) + 1 :]
        real_name = dotted(below)
        top = real_name.partition(".")[0]
        if top in root.names and name in (real_name, "__main__") and root.ships(top, below):
            return root, real_name, f"{root.label}/{below}" if root.label else below
    return None


def _index(code: CodeType | None) -> tuple[dict[CodeType, CodeType], frozenset[str]]:
    """Index all code objects nested in a module's code, and the classes they define."""
    found: dict[CodeType, CodeType] = {}
    classes: set[str] = set()
    waiting = [(code, "")] if code is not None else []
    while waiting:
        one, path = waiting.pop()
        found[one] = one
        if len(found) > MAX_CODES:
            return {}, frozenset()
        for const in _codes_in(one):
            if const.co_flags & _CLASS_FLAGS:
                waiting.append((const, path if const.co_name.startswith("<generic") else "<locals>."))
            else:
                classes.add(f"{path}{const.co_name}")
                waiting.append((const, f"{path}{const.co_name}."))
    return found, frozenset(classes)


def _is_plain(one: Any) -> bool:
    """Say whether a code object has only what `marshal` makes: anything else may compare itself as it likes."""
    kind = type(one)
    if kind is CodeType:
        return type(one.co_name) is str and all(map(_is_plain, one.co_consts))
    if kind is tuple or kind is frozenset:
        return all(map(_is_plain, one))
    return any(kind is plain for plain in _PLAIN)


def _codes_in(code: CodeType) -> Iterator[CodeType]:
    return (const for const in code.co_consts if isinstance(const, CodeType))


def _mentioned(code: CodeType) -> Iterator[str]:
    """The names and strings of one code object; ``__all__`` is a tuple of them."""
    yield from code.co_names
    for const in code.co_consts:
        for one in const if isinstance(const, (tuple, frozenset)) else (const,):
            if isinstance(one, str):
                yield one
