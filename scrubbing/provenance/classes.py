"""What an exception's class is called, as its code has it; what cannot be proven is ``<external>``."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Mapping
from typing import Any

from scrubbing.provenance.natives import NATIVE
from scrubbing.provenance.packages import Known, Packages
from scrubbing.schema.strings import EXTERNAL

_NAME = type.__dict__["__name__"].__get__
_QUALNAME = type.__dict__["__qualname__"].__get__
_MODULE = type.__dict__["__module__"].__get__
_ATTRIBUTES = type.__dict__["__dict__"].__get__
_BUILTIN = {name: value for name, value in vars(builtins).items() if isinstance(value, type)}

#: What code of others may raise where it is reached all the same, by a key of a dict that compares itself, say; an
#: interrupt is the user's.
RAISED = (Exception, SystemExit, GeneratorExit)


def type_names(cls: type, packages: Packages) -> tuple[str, str | None]:
    """Return the name and module of an exception's class as its code has them; ``<external>`` if that is not proven."""
    name, qualname, module_name = _NAME(cls), _QUALNAME(cls), _MODULE(cls)
    if not type(name) is type(qualname) is type(module_name) is str:
        return EXTERNAL, None
    if module_name == "builtins":
        return (name, None) if _BUILTIN.get(name) is cls else (EXTERNAL, None)
    with contextlib.suppress(*RAISED):
        found = packages.module(module_name)
        if found is not None and _is_defined(cls, name, qualname, *found):
            return name, found[1].name
    return EXTERNAL, None


def _is_defined(cls: type, name: str, qualname: str, namespace: Mapping[str, Any], known: Known) -> bool:
    """Say whether a module's code defines a class of this name, and this is the class."""
    if "<locals>." in qualname:  # out of reach by now
        return f"<locals>.{qualname.rpartition('<locals>.')[2]}" in known.classes and _is_last(name, qualname)
    if qualname in known.classes and _is_last(name, qualname):
        return reached(namespace, qualname) is cls
    if namespace.get(name) is not cls:
        return False
    return name in known.mentioned or f"{known.name}.{name}" in NATIVE or (not known.codes and known.mentions(name))


def _is_last(name: str, qualname: str) -> bool:
    return qualname.rpartition(".")[2] == name


def reached(namespace: Mapping[str, Any], qualname: str) -> object:
    """Return what a module has under a qualified name, or ``None``."""
    first, *rest = qualname.split(".")
    one = namespace.get(first)
    for name in rest:
        one = _ATTRIBUTES(one).get(name) if issubclass(type(one), type) else None
    return one
