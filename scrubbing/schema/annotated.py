"""sentry-sdk's ``AnnotatedValue``: a value with remarks about it, taken apart.

Until the SDK has serialised an event, values it shortened or removed are such objects. They are known by their two
attributes, since this room does not import the SDK.
"""

from __future__ import annotations

from typing import Any

from scrubbing.errors import SchemaError

Json = Any

#: Nesting that is followed: JSON's own reader gives up near 1,000, and no server takes a hundredth of it.
DEPTH = 200
#: Containers that are looked into: far more than an event of any server's size has, also where they stand in each other
#: twice and twice again.
MOST = 250_000


def unwrapped(value: Json) -> tuple[Json, dict[str, Json]]:
    """Return a value without annotations, and the remarks in the form of ``_meta``.

    Args:
        value: JSON, with annotated values in it or without.

    Returns:
        The very same value and ``{}`` where there is nothing annotated; else a copy of what had to change.

    Raises:
        SchemaError: it holds itself, is nested deeper than `DEPTH`, or has more than `MOST` containers.
    """
    return _unwrapped(value, 0, [MOST])


def _unwrapped(value: Json, depth: int, left: list[int]) -> tuple[Json, dict[str, Json]]:
    kind = type(value)
    if kind is str or kind is int or value is None or kind is bool or kind is float:
        return value, {}
    if depth > DEPTH:
        raise SchemaError(f"$: expected at most {DEPTH} levels")
    left[0] -= 1
    if left[0] < 0:
        raise SchemaError(f"$: expected at most {MOST} objects and lists")
    if isinstance(value, dict):
        return _in_items(value, list(value.items()), dict(value) if _has_objects(value.values()) else None, depth, left)
    if isinstance(value, (list, tuple)):
        return _in_items(value, list(enumerate(value)), list(value) if _has_objects(value) else None, depth, left)
    if is_annotated(value):
        inner, remarks = _unwrapped(value.value, depth + 1, left)
        return inner, {**remarks, "": value.metadata}
    return value, {}


def _has_objects(values: Any) -> bool:
    return any(type(value) not in (str, int, float, bool, type(None)) for value in values)


def _in_items(
    value: Json, items: list[tuple[Any, Json]], made: Json, depth: int, left: list[int]
) -> tuple[Json, dict[str, Json]]:
    """Look into a container; `made` is the copy to change, ``None`` where there is nothing to look into."""
    if made is None:
        return value, {}
    remarks: dict[str, Json] = {}
    changed = False
    for key, child in items:
        inner, about = _unwrapped(child, depth + 1, left)
        if about:
            remarks[str(key)] = about
        if inner is not child:
            made[key] = inner
            changed = True
    return (made if changed else value), remarks


def is_annotated(value: object) -> bool:
    """Say whether an object is one of sentry-sdk's annotated values."""
    return type(value).__name__ == "AnnotatedValue" and hasattr(value, "value") and hasattr(value, "metadata")
