"""Rules as an app names them: rows, functions, classes, tables of TOML, and packs that installed packages declare.

A package declares a pack as an entry point of the group ``scrubbing.rules``::

    [project.entry-points."scrubbing.rules"]
    acme = "acme_rules:RULES"

where ``RULES`` is a rule, several, or a function without arguments that returns them. Nothing of a pack is imported
before a policy names it (``"pack:acme"``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from scrubbing.errors import PolicyError
from scrubbing.rules.rows import Keys, Pattern, check_expression

GROUP = "scrubbing.rules"
_PACK = "pack:"


def loaded(value: Any) -> tuple[Any, ...]:
    """Return the rules that a policy's ``rules`` stand for; the engine checks each.

    Raises:
        PolicyError: they are no list, a pack is not there or cannot be imported, a class cannot be instantiated, a
            function takes too long.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise PolicyError(f"rules: expected rules, got {type(value).__name__}")
    rules = tuple(rule for number, given in enumerate(value) for rule in _given(given, f"rules[{number}]"))
    for each in rules:
        _check(each)
    return rules


def _slow_in(rule: Any) -> str | None:
    """Try a function once; objects that cannot be told again are tried whenever a policy is made of them."""
    try:
        hash(rule)
    except TypeError:
        return _tried(rule)
    return _remembered(rule)


@functools.lru_cache(256)
def _remembered(rule: Any) -> str | None:
    return _tried(rule)


def _tried(rule: Any) -> str | None:
    from scrubbing.trials import slow_in  # reads a clock, and is of use only where somebody writes rules

    return slow_in(rule.find, [example.text for example in getattr(rule, "examples", ())])


def _check(rule: Any) -> None:
    """Check what only rules of somebody's own are asked: how long they take."""
    if type(rule) in (Pattern, Keys) and rule.batched:  # its expressions were not looked at when it was made
        for part in ("regex", "before"):
            if regex := getattr(rule, part, ""):
                check_expression(rule.name, part, regex if part == "regex" else f"x{regex}")
    elif type(rule) not in (Pattern, Keys) and callable(getattr(rule, "find", None)) and hasattr(rule, "name"):
        try:
            growth = _slow_in(rule)
        except Exception as problem:
            raise PolicyError(f"rule {rule.name!r}: find: {type(problem).__name__} instead of ranges") from problem
        if growth is not None:
            raise PolicyError(
                f"rule {rule.name!r}: find: takes a time that grows {growth}; look for something rare first, and look "
                "at each part of the text once"
            )


def _given(given: Any, where: str) -> Iterator[Any]:
    if isinstance(given, str):
        yield from _pack(given, where)
    elif isinstance(given, type):
        yield _called(given, f"{where}: {given.__name__}")
    else:
        yield given


def _pack(given: str, where: str) -> tuple[Any, ...]:
    name = given.removeprefix(_PACK)
    if not given.startswith(_PACK) or not name:
        raise PolicyError(f"{where}: expected a rule, or a pack such as 'pack:acme', got {given!r}")
    found = _import(name, f"{where}: pack {name!r}")
    made = _called(found, f"{where}: pack {name!r}") if callable(found) and not hasattr(found, "find") else found
    rules = (made,) if hasattr(made, "find") or not isinstance(made, Iterable) else tuple(made)
    if any(isinstance(rule, str) for rule in rules):
        raise PolicyError(f"{where}: pack {name!r}: expected rules, got a text")
    return tuple(rule for each in rules for rule in _given(each, f"{where}: pack {name!r}"))


def _import(name: str, where: str) -> Any:
    from importlib.metadata import entry_points

    found = {entry.value: entry for entry in entry_points(group=GROUP, name=name)}
    if len(found) != 1:
        there = ", ".join(sorted({entry.name for entry in entry_points(group=GROUP)})) or "none"
        many = f"declared {len(found)} times" if found else f"not installed; there is {there}"
        raise PolicyError(f"{where}: {many}")
    try:
        return next(iter(found.values())).load()
    except Exception as problem:
        raise PolicyError(f"{where}: cannot be imported: {type(problem).__name__}: {problem}") from problem


def _called(make: Any, where: str) -> Any:
    try:
        return make()
    except Exception as problem:
        raise PolicyError(f"{where}: cannot be made: {type(problem).__name__}: {problem}") from problem


def row_of(row: Any, where: str) -> Any:
    """Return the rule a table of TOML stands for; the name of a pack as it is.

    Raises:
        PolicyError: the table says something else; begins with `where`.
    """
    if isinstance(row, str) and row.startswith(_PACK):
        return row
    if not isinstance(row, dict) or "name" not in row or ("pattern" in row) == ("keys" in row):
        raise PolicyError(f"{where}: expected a table with name and either pattern or keys")
    unknown = set(row) - {"name", "pattern", "keys"}
    if unknown:
        raise PolicyError(f"{where}: expected name, pattern or keys, got {', '.join(sorted(unknown))}")
    try:
        return Pattern(row["name"], row["pattern"]) if "pattern" in row else Keys(row["name"], row["keys"])
    except PolicyError as error:
        raise PolicyError(f"{where}: {error}") from error
