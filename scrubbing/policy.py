"""A policy: a preset, its rules, this machine, the code that may be named. A frozen value that everything else reads.

The same value serves the hooks that rewrite and the fence that judges, so the two cannot disagree.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from scrubbing.errors import PolicyError
from scrubbing.identity import Machine
from scrubbing.provenance.packages import Packages
from scrubbing.rules import BUILTIN, Engine, Keys, Pattern
from scrubbing.schema import ITEMS, PRESETS
from scrubbing.schema.walker import Shape, compiled


def _packages(value: Packages | Iterable[str] | None) -> Packages:
    if isinstance(value, Packages):
        return value
    if isinstance(value, str):
        raise PolicyError(f"packages: expected names such as ['frob'], got the string {value!r}")
    return Packages(own=tuple(value or ()))


def _preset(_instance: object, _attribute: object, value: object) -> None:
    if value not in PRESETS:
        raise PolicyError(f"preset: expected one of {', '.join(PRESETS)}, got {value!r}")


@attrs.frozen(slots=False, eq=False, kw_only=True)
class Policy:
    """What may leave and how.

    Args:
        preset: ``"strict"``, ``"standard"`` or ``"verbose"``.
        machine: whose machine this is; its names are hidden. ``None`` looks at this one.
        rules: rules of the app's own, added to the built-in ones.
        packages: the app's packages by name, or a `Packages` that can prove frames.
        commands: the app's commands; a name that is not among them is tagged ``<?>``. ``None``: any well-formed name.
        app: the app's name; not taken for a user's or host's name.

    Raises:
        PolicyError: the preset is unknown or a rule is not a rule.
    """

    preset: str = attrs.field(default="strict", validator=_preset)
    machine: Machine = attrs.field(default=None, converter=lambda m: Machine.detect() if m is None else m)
    rules: tuple[Any, ...] = attrs.field(default=(), converter=tuple)
    packages: Packages = attrs.field(default=None, converter=_packages)
    commands: frozenset[str] | None = attrs.field(default=None, converter=lambda c: None if c is None else frozenset(c))
    app: str = ""

    @classmethod
    def strict(cls, **fields: Any) -> Policy:
        """Only what the program is: types, frames, skeletons, enumerated facts. Arguments as for the class."""
        return cls(preset="strict", **fields)

    @classmethod
    def standard(cls, **fields: Any) -> Policy:
        """Also run-time text, each string after the rules. Arguments as for the class."""
        return cls(preset="standard", **fields)

    @classmethod
    def verbose(cls, **fields: Any) -> Policy:
        """Also variables, requests and extra, each string after the rules. Arguments as for the class."""
        return cls(preset="verbose", **fields)

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str], **fields: Any) -> Policy:
        """Read a policy from a TOML file, or from ``[tool.scrubbing]`` of a ``pyproject.toml``.

        Args:
            path: the file; keys ``preset``, ``packages``, ``commands`` and tables ``[[rules]]`` with ``name`` and
                ``pattern`` (looks at values) or ``keys`` (looks at keys).
            fields: what the file does not say; the file's word counts.

        Raises:
            PolicyError: the file is missing or says something else; names the place.
        """
        return cls(**{**fields, **_fields_of(_toml(path), str(path))})

    @functools.cached_property
    def engine(self) -> Engine:
        """The compiled rules."""
        names = {self.app, *self.packages.own, *self.packages.dependencies, *(self.commands or ())}
        ordinary = frozenset(filter(None, names)) | sys.stdlib_module_names
        return Engine((*BUILTIN, *self.rules), self.machine, ordinary)

    def shape(self, item: str) -> Shape | None:
        """Return the compiled form of an item type's payload, or ``None`` where the type does not leave."""
        kind = ITEMS.get(item)
        if kind is None or PRESETS.index(kind.leaves) > PRESETS.index(self.preset):  # type: ignore[arg-type]
            return None
        return compiled(kind.payload, self.preset)

    def subcommand(self, name: str | None) -> str | None:
        """Return the name under which a command is tagged: ``<?>`` where commands are declared without it."""
        return name if name is None or self.commands is None or name in self.commands else "<?>"


def _toml(path: str | os.PathLike[str]) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(path, "rb") as file:
            document = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"policy: cannot read {os.fspath(path)!r}: {error}") from error
    if os.path.basename(path) == "pyproject.toml":
        document = document.get("tool", {}).get("scrubbing", {})
    return document


def _fields_of(document: Mapping[str, Any], where: str) -> dict[str, Any]:
    unknown = set(document) - {"preset", "packages", "commands", "rules"}
    if unknown:
        raise PolicyError(f"{where}: expected preset, packages, commands or rules, got {', '.join(sorted(unknown))}")
    fields = {key: document[key] for key in ("preset", "packages", "commands") if key in document}
    for key in ("packages", "commands"):
        if key in fields and not (isinstance(fields[key], list) and all(isinstance(name, str) for name in fields[key])):
            raise PolicyError(f"{where}: {key}: expected a list of names, got {type(fields[key]).__name__}")
    if "rules" in document:
        fields["rules"] = tuple(_rule(row, f"{where}: rules[{number}]") for number, row in enumerate(document["rules"]))
    return fields


def _rule(row: Any, where: str) -> Any:
    if not isinstance(row, dict) or "name" not in row or ("pattern" in row) == ("keys" in row):
        raise PolicyError(f"{where}: expected a table with name and either pattern or keys")
    unknown = set(row) - {"name", "pattern", "keys"}
    if unknown:
        raise PolicyError(f"{where}: unknown {', '.join(sorted(unknown))}")
    try:
        return Pattern(row["name"], row["pattern"]) if "pattern" in row else Keys(row["name"], row["keys"])
    except PolicyError as error:
        raise PolicyError(f"{where}: {error}") from error
