"""A policy: a preset, its rules, this machine, the code that may be named. A frozen value that everything else reads.

The same value serves the hooks that rewrite and the fence that judges, so the two cannot disagree.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from scrubbing.errors import PolicyError
from scrubbing.identity import Machine
from scrubbing.provenance.packages import Packages
from scrubbing.rules import BUILTIN, Engine
from scrubbing.rules.loading import loaded, row_of
from scrubbing.schema.forms import COMMAND
from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import UNKNOWN, whole
from scrubbing.schema.walker import compiled
from scrubbing.schema.walker.walk import Shape

if TYPE_CHECKING:
    import os

    from scrubbing.relay import Gap

#: What may be said of a message: the type beside it alone, what of it is code, or all of it after the rules.
MESSAGES = ("type", "skeleton", "scrubbed")
#: Classes a policy says nothing of.
REST = "*"
_CLASS = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def _names(value: Any, what: str) -> tuple[str, ...]:
    """Read an iterable of names; a string is one by accident only."""
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise PolicyError(f"{what}: expected names such as ['frob'], got {value!r}")
    made = tuple(value)
    for name in made:
        if not isinstance(name, str) or not name:
            raise PolicyError(f"{what}: expected names, got {name!r}")
    return made


def as_policy(policy: Policy | str) -> Policy:
    """Return a policy; a preset's name stands for the preset on this machine."""
    return policy if isinstance(policy, Policy) else Policy(preset=policy)


def _packages(value: Packages | Iterable[str] | None) -> Packages:
    if isinstance(value, Packages):
        return value
    return Packages(own=() if value is None else _names(value, "packages"))


def _commands(value: Iterable[str] | None) -> frozenset[str] | None:
    if value is None:
        return None
    made = frozenset(_names(value, "commands"))
    for name in sorted(made):
        if re.fullmatch(COMMAND, name, re.ASCII) is None or name == UNKNOWN:
            raise PolicyError(
                f"commands: expected a letter, then letters, digits and ' _.:-' (64 at most), got {name!r}"
            )
    return made


def _messages(value: Any) -> Mapping[str, str]:
    """Read what is said of messages: one word for all, or a word for each class."""
    if value is None:
        return MappingProxyType({})
    said = {REST: value} if isinstance(value, str) else value
    if not isinstance(said, Mapping):
        raise PolicyError(
            f"messages: expected one of {', '.join(MESSAGES)}, or a mapping of classes to them, "
            f"got {type(value).__name__}"
        )
    for name, word in said.items():
        if not isinstance(name, str) or not (name == REST or _CLASS.fullmatch(name)):
            raise PolicyError(
                f"messages: expected a class such as 'frob.errors.ConfigError', 'ValueError' or '*', got {name!r}"
            )
        if word not in MESSAGES:
            where = "" if isinstance(value, str) else f" for {name!r}"
            raise PolicyError(f"messages: expected one of {', '.join(MESSAGES)}{where}, got {word!r}")
    return MappingProxyType(dict(said))


def _machine(value: Machine | None) -> Machine:
    if value is None:
        return Machine.detect()
    if not isinstance(value, Machine):
        raise PolicyError(f"machine: expected a Machine, got {type(value).__name__}")
    return value


def _preset(_instance: object, _attribute: object, value: object) -> None:
    if value not in PRESETS:
        raise PolicyError(f"preset: expected one of {', '.join(PRESETS)}, got {value!r}")


def _app(_instance: object, _attribute: object, value: object) -> None:
    if not isinstance(value, str):
        raise PolicyError(f"app: expected a name, got {value!r}")


def _bool(_instance: object, attribute: attrs.Attribute[bool], value: object) -> None:
    if not isinstance(value, bool):
        raise PolicyError(f"{attribute.name}: expected true or false, got {value!r}")


@attrs.frozen(slots=False, eq=False, kw_only=True)
class Policy:
    """What may leave and how.

    Args:
        preset: ``"strict"``, ``"standard"`` or ``"verbose"``.
        machine: whose machine this is; its names are hidden. ``None`` looks at this one.
        rules: rules of the app's own, added to the built-in ones; ``"pack:acme"`` stands for the rules that an
            installed package declares under this name (entry points of the group ``scrubbing.rules``). Packs are
            imported when the policy is made: a TOML file or a callable is read after a yes alone.
        packages: the app's packages by name, or a `Packages` that can prove frames.
        commands: the app's commands; a name that is not among them is tagged ``<?>``. ``None``: any well-formed name.
        app: the app's name; not taken for a user's or host's name.
        messages: what leaves of messages: ``"type"`` (``<?>``; the exception's type stands beside it), ``"skeleton"``
            (what of it is proven to be code) or ``"scrubbed"`` (all of it after the rules, under ``strict`` too). One
            word for all, or a mapping of exception classes to words: ``"frob.errors.ConfigError"``, ``"ConfigError"``,
            or ``"*"`` for what is left and for messages without an exception. The nearest class an exception inherits
            from counts, by names that are proven. ``None``: the preset's word, ``skeleton`` under ``strict``, else
            ``scrubbed``. An exception's notes belong to its message;
            only where the SDK's own text is ``scrubbed``, under the open presets, do they leave.
        remarks: whether events say which rule took something out and where (``_meta``, in Relay's form). Off, since
            servers that check events refuse them for it.
        cache: whether the rules remember, as a hash of each, which texts had nothing in them, which keys and words mean
            what to them, so that the strings of one event are not searched again in the next. No text is kept; 3 MiB at
            most. Off: all are searched anew.

    Raises:
        PolicyError: an argument is not what it must be, or a rule is not a rule; says which.
    """

    preset: str = attrs.field(default="strict", validator=_preset)
    machine: Machine = attrs.field(default=None, converter=_machine)
    rules: tuple[Any, ...] = attrs.field(default=(), converter=loaded)
    packages: Packages = attrs.field(default=None, converter=_packages)
    commands: frozenset[str] | None = attrs.field(default=None, converter=_commands)
    app: str = attrs.field(default="", validator=_app)
    messages: Mapping[str, str] = attrs.field(default=None, converter=_messages)
    remarks: bool = attrs.field(default=False, validator=_bool)
    cache: bool = attrs.field(default=True, validator=_bool)

    def __attrs_post_init__(self) -> None:
        """Check rules of the app's own at once: a mistake in them must not wait for the first crash."""
        if self.rules:
            _ = self.engine

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
            path: the file; keys ``preset``, ``packages``, ``commands``, ``remarks``, ``cache``, ``messages`` (a word,
                or a table of classes) and ``rules``: tables ``[[rules]]`` with ``name`` and ``pattern`` (looks at
                values) or ``keys`` (looks at keys), or in a list also ``"pack:acme"``.
            fields: what the file does not say; the file's word counts.

        Raises:
            PolicyError: the file is missing or says something else; names the place.
        """
        where = str(path)
        said = _fields_of(_toml(where), where)
        try:
            return cls(**{**fields, **said})
        except PolicyError as error:
            raise PolicyError(f"{where}: {error}") from error

    @classmethod
    def from_relay(cls, config: Mapping[str, Any], **fields: Any) -> Policy:
        """Read the rules of a Relay PII configuration, in addition to the built-in ones.

        Args:
            config: the configuration. A rule that Relay applies to one place looks everywhere here.
            fields: everything else, as for the class.

        Raises:
            PolicyError: it holds what cannot be read; names it.
        """
        from scrubbing.relay import rules_of

        return cls(**{**fields, "rules": (*rules_of(config), *fields.get("rules", ()))})

    def to_relay(self, *, names: bool = False) -> dict[str, Any]:
        """Write the rules as a Relay PII configuration, for Sentry's own ingest.

        Args:
            names: write this machine's names too; the configuration then says them.
        """
        from scrubbing.relay import written

        return written((*BUILTIN, *self.rules), self.engine.machine if names else None)

    def relay_gaps(self, *, names: bool = False) -> list[Gap]:
        """Return what `to_relay` cannot say as it is here: where less is removed there, where more, and why."""
        from scrubbing.relay import gaps

        return gaps((*BUILTIN, *self.rules), names=names)

    @functools.cached_property
    def engine(self) -> Engine:
        """The compiled rules."""
        names = {self.app, *self.packages.own, *self.packages.dependencies, *(self.commands or ())}
        ordinary = {name for name in names if name} | sys.stdlib_module_names | self.machine.modules
        rules, machine = (*BUILTIN, *self.rules), _as_written(self.machine)
        return Engine(rules, machine, ordinary, cache=self.cache)

    @functools.cached_property
    def rest(self) -> str:
        """What leaves of messages whose class the policy does not name, and of those without an exception."""
        return self.messages.get(REST, "skeleton" if self.preset == "strict" else "scrubbed")

    def word(self, classes: Iterable[tuple[str, str | None]]) -> str:
        """Return what leaves of the message of an exception.

        Args:
            classes: names and modules of its class and those it inherits from, nearest first.
        """
        for name, module in classes:
            for spelled in (f"{module}.{name}", name):
                if spelled in self.messages:
                    return self.messages[spelled]
        return self.rest

    @functools.cached_property
    def guarded(self) -> bool:
        """Whether a message leaves only as a hook made it by this very policy; else it is one text among others."""
        return self.preset == "strict" or {self.rest, *self.messages.values()} != {"scrubbed"}

    @functools.cached_property
    def terms(self) -> str:
        """What this policy says of messages: what was let through under other terms was not under these."""
        return json.dumps([self.preset, self.rest, sorted(self.messages.items())])

    def looks_at(self, kind: Kind) -> Kind:
        """Return as what the rules look at a field.

        Where all messages are skeletons they are lines of code; where one may be made at run time, all are text: on
        disk and on the wire nothing tells them apart.
        """
        if kind is not Kind.MESSAGE:
            return kind
        return Kind.TEXT if "scrubbed" in (self.rest, *self.messages.values()) else Kind.CODE

    def shape(self, item: str) -> Shape | None:
        """Return the compiled form of an item type's payload, or ``None`` where the type does not leave."""
        kind = ITEMS.get(item)
        if kind is None or PRESETS.index(kind.leaves) > PRESETS.index(self.preset):
            return None
        return compiled(kind.payload, self.preset)

    def subcommand(self, name: str | None) -> str | None:
        """Return the name under which a command is tagged: ``<?>`` where commands are declared without it."""
        return name if name is None or self.commands is None or name in self.commands else UNKNOWN


def _as_written(machine: Machine) -> Machine:
    """Spell a machine's names as strings are spelled when the rules see them: no byte that is no character."""
    names = {field.name: getattr(machine, field.name) for field in attrs.fields(Machine)}
    spelled = {name: whole(value) for name, value in names.items() if isinstance(value, str)}
    return attrs.evolve(machine, **spelled, aliases=tuple(whole(alias) for alias in machine.aliases))


def _toml(path: str) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        with open(path, "rb") as file:
            document: Any = tomllib.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise PolicyError(f"policy: cannot read {path!r}: {error}") from error
    if path.replace("\\", "/").rpartition("/")[2] == "pyproject.toml":
        for name in ("tool", "scrubbing"):
            document = document.get(name, {}) if isinstance(document, dict) else None
    if not isinstance(document, dict):
        raise PolicyError(f"{path}: expected a table [tool.scrubbing]")
    return document


def _fields_of(document: Mapping[str, Any], where: str) -> dict[str, Any]:
    unknown = set(document) - {"preset", "packages", "commands", "messages", "remarks", "cache", "rules"}
    if unknown:
        raise PolicyError(
            f"{where}: expected preset, packages, commands, messages, remarks, cache or rules, "
            f"got {', '.join(sorted(unknown))}"
        )
    fields = dict(document)
    for key in ("packages", "commands", "rules"):
        if key in fields and not isinstance(fields[key], list):
            raise PolicyError(f"{where}: {key}: expected a list, got {type(fields[key]).__name__}")
    if "rules" in fields:
        fields["rules"] = tuple(row_of(row, f"{where}: rules[{number}]") for number, row in enumerate(fields["rules"]))
    return fields
