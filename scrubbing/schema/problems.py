"""What is wrong with a value and where: cattrs collects errors in a tree, this tells them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from cattrs.errors import AttributeValidationNote, ClassValidationError, IterableValidationError, IterableValidationNote

from scrubbing.schema.fields import meta_of, wire_name

_NAMES: dict[type, str] = {
    dict: "an object", list: "a list", tuple: "a list", str: "a string", bool: "true or false", int: "a number",
    float: "a number", type(None): "null",
}  # fmt: skip


class UnfitError(ValueError):
    """A value is not what its place needs; says what was expected and what came, never the value."""


def unfit(expected: str, value: object) -> UnfitError:
    """Say what was expected and what came.

    Args:
        expected: in words.
        value: what came; its type alone is said.
    """
    return UnfitError(f"expected {expected}, got {_NAMES.get(type(value), type(value).__name__)}")


def noted(error: Exception, note: Any) -> Exception:
    """Say where an error belongs, as cattrs does; before 3.11 errors have no method for it."""
    notes = [*getattr(error, "__notes__", ()), note]
    vars(error)["__notes__"] = notes
    return error


def problems(error: BaseException, path: str) -> Iterator[tuple[str, str]]:
    """Walk what cattrs collected, down to what was wrong and where.

    Args:
        error: what structuring raised.
        path: where the value stands.

    Yields:
        The place and the problem.
    """
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        for inner in error.exceptions:
            note = next((n for n in getattr(inner, "__notes__", ()) if type(n) is not str), None)
            yield from problems(inner, path + _step(note, error))
    elif isinstance(error, UnfitError):
        yield path, str(error)
    else:
        yield path, f"expected something that can be read ({type(error).__name__})"


def _step(note: Any, error: Any) -> str:
    if isinstance(note, IterableValidationNote):
        return f"[{note.index}]"
    if not isinstance(note, AttributeValidationNote):
        return ""
    field = getattr(attrs.fields(error.cl), note.name)
    return f".{wire_name(field)}" + (".values" if meta_of(field).many == "values" else "")
