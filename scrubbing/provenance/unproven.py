"""What may be said under ``strict`` of an exception nobody has in hand: what its dict says, as far as names go.

Run-time text, source lines and paths that do not follow from a module's name are not believed.
"""

from __future__ import annotations

from typing import Any

from scrubbing.provenance.packages import Packages
from scrubbing.schema.strings import EXTERNAL, UNKNOWN, is_symbol

Json = dict[str, Any]

_LONGEST = 256  # characters of a name, as servers take it
#: Python's own exceptions, by name.
BUILTIN_ERRORS = frozenset(
    name
    for name, value in vars(__import__("builtins")).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


def unproven(value: Json, packages: Packages, *, prove: bool) -> Json:
    """Describe an exception from what an event says of it.

    Args:
        value: one of the event's ``exception.values``.
        packages: the code that may be named.
        prove: let no frame and no type but Python's own keep its name, since nothing of it can be proven.
    """
    name, module = value.get("type"), value.get("module")
    described: Json = {"type": EXTERNAL, "value": UNKNOWN, "mechanism": _mechanism(value.get("mechanism"))}
    if module in (None, "builtins"):
        described["type"] = name if isinstance(name, str) and name in BUILTIN_ERRORS else EXTERNAL
    elif not prove and _named(module, packages) and _is_name(name):
        described |= {"type": name, "module": module}
    stack = value.get("stacktrace")
    frames = stack.get("frames") if isinstance(stack, dict) else None
    if isinstance(frames, list):
        kept = [_frame(frame, packages, prove=prove) for frame in frames if isinstance(frame, dict)]
        described["stacktrace"] = {"frames": kept}
    return described


def _mechanism(said: object) -> Json | None:
    """How it was caught; numbers and details beside that are anybody's."""
    return {name: said.get(name) for name in ("type", "handled")} if isinstance(said, dict) else None


def _is_name(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST and is_symbol(text)


def _named(module: object, packages: Packages) -> bool:
    return isinstance(module, str) and _is_name(module) and packages.owner_by_name(module) is not None


def _frame(frame: Json, packages: Packages, *, prove: bool) -> Json:
    module, function = frame.get("module"), frame.get("function")
    if prove or not _named(module, packages) or not isinstance(module, str):
        return {"filename": EXTERNAL, "function": EXTERNAL, "in_app": False}
    kept: Json = {"module": module, "lineno": frame.get("lineno"), "in_app": packages.owner_by_name(module) == "own"}
    kept["function"] = function if _is_name(function) else UNKNOWN
    filename = frame.get("filename")
    if isinstance(filename, str) and _follows(filename, module):
        kept["filename"] = filename
    return kept


def _follows(filename: str, module: str) -> bool:
    """Say whether a relative file name says no more than the module's name."""
    path = module.replace(".", "/")
    return filename.replace("\\", "/") in (f"{path}.py", f"{path}/__init__.py")
