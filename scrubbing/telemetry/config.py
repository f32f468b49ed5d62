"""What the app's author said to `init`, checked at once: a mistake raises there and then, on the off path too.

Nothing heavy may be imported here: this runs in programs whose user said no.
"""

from __future__ import annotations

import os
from _thread import RLock

from scrubbing.consent import check_app_name, validate_enabled
from scrubbing.consent.words import PRESETS
from scrubbing.errors import ConfigurationError
from scrubbing.options import check_options, full_release
from scrubbing.outbox.dsn import parse_dsn

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Mapping
    from typing import Any

    from scrubbing.consent.contents import Contents
    from scrubbing.outbox.dsn import Dsn
    from scrubbing.policy import Policy

COMMAND_FORM = "a letter, then letters, digits, spaces and _.:- (64 at most)"
LOADS = ("auto", "eager")
#: Commands that can be declared: they are kept, by name, beside the user's yes.
MOST_COMMANDS = 500
DELIVERIES = ("detached", "inline")


class Turn:
    """A lock for one thread at a time. A forked child begins with one that nobody has, whoever had its parent's."""

    __slots__ = ("_lock", "_pid")
    _lock: threading.RLock

    def __init__(self) -> None:
        self._pid = 0

    def __enter__(self) -> None:
        """Wait for it."""
        pid = os.getpid()
        if self._pid != pid:
            self._pid, self._lock = pid, RLock()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        """Let the next one have it."""
        self._lock.release()


class Config:
    """The checked arguments of `init`; see there for what they mean."""

    __slots__ = (
        "_authored",
        "_turn",
        "app",
        "caller",
        "commands",
        "deliver",
        "dev_ok",
        "dsn",
        "enabled",
        "hard_crashes",
        "identity",
        "isolated",
        "load",
        "options",
        "packages",
        "parsed_dsn",
        "policy",
        "release",
    )

    def __init__(
        self,
        *,
        dsn: str | None,
        app: str,
        release: str,
        enabled: Any,
        policy: Any,
        packages: Iterable[str] | None,
        commands: Iterable[str] | None,
        isolated: bool | None,
        load: str,
        deliver: str,
        dev_ok: bool,
        identity: Mapping[str, str] | None,
        hard_crashes: bool,
        caller: Any,
        options: Mapping[str, Any],
    ) -> None:
        check_app_name(app)
        validate_enabled(enabled)
        check_options(options)
        if load not in LOADS:
            raise ConfigurationError(f"load: expected 'auto' or 'eager', got {load!r}")
        if deliver not in DELIVERIES:
            raise ConfigurationError(f"deliver: expected 'detached' or 'inline', got {deliver!r}")
        if isolated not in (None, True, False):
            raise ConfigurationError(f"isolated: expected None, True or False, got {isolated!r}")
        if not isinstance(dev_ok, bool):
            raise ConfigurationError(f"dev_ok: expected True or False, got {dev_ok!r}")
        if not isinstance(hard_crashes, bool):
            raise ConfigurationError(f"hard_crashes: expected True or False, got {hard_crashes!r}")
        self.hard_crashes = hard_crashes
        self.app, self.release = app, full_release(app, release)
        self.dsn, self.parsed_dsn = dsn, _dsn(dsn)
        self.enabled, self.policy = enabled, _policy(policy)
        self.packages, self.commands = _names("packages", packages), _commands(commands)
        self.isolated, self.load, self.dev_ok, self.deliver = isolated, load, dev_ok, deliver
        self.identity = _identity(identity)
        self.caller, self.options = caller, dict(options)
        self._authored: Policy | None = None
        self._turn = Turn()

    def authored(self) -> Policy:
        """The policy as the author said it, made once, after a yes: what is agreed to is what judges later.

        Raises:
            PolicyError: it cannot be made.
        """
        with self._turn:
            if self._authored is None:
                from scrubbing.telemetry.chosen import authored_policy

                self._authored = authored_policy(self.policy)
            return self._authored

    def contents(self, purpose: str) -> Contents:
        """What a purpose may send and where to, for the user to say yes to. Asked where there is a yes.

        Args:
            purpose: one of the purposes.

        Raises:
            PolicyError: the policy has to be made for it, and cannot be.
        """
        from scrubbing.consent.contents import REST, contents_of
        from scrubbing.identity.words import checked

        dsn = self.parsed_dsn
        address = None if dsn is None else f"{dsn.address}{dsn.path}{dsn.project}"
        if self.policy is None or self.policy in PRESETS:
            preset, commands = self.policy or "strict", self.commands
            messages = {REST: "skeleton" if preset == "strict" else "scrubbed"}
        else:
            policy = self.authored()
            preset, commands = policy.preset, self.commands if policy.commands is None else policy.commands
            messages = {**policy.messages, REST: policy.rest}
        ids = checked(self.identity).get(purpose, "none")
        return contents_of(purpose, address=address, preset=preset, messages=messages, commands=commands, ids=ids)

    def said(self) -> dict[str, Any]:
        """The arguments that make this again."""
        return {name: getattr(self, name) for name in self.__slots__ if name[0] != "_" and name != "parsed_dsn"}

    @property
    def policy_file(self) -> str | None:
        """The path of the policy, where it is one."""
        return self.policy if isinstance(self.policy, str) and self.policy not in PRESETS else None

    @property
    def preset(self) -> str | None:
        """The preset, where it is known without reading or building a policy."""
        if self.policy is None:
            return "strict"
        return self.policy if self.policy in PRESETS else getattr(self.policy, "preset", None)


def is_command(name: object) -> bool:
    """Say whether a name can name a command: a letter, then at most 63 letters, digits, spaces and ``_.:-``."""
    if not isinstance(name, str) or not 0 < len(name) <= 64:  # noqa: PLR2004  # said in the docstring
        return False
    return name.isascii() and name[0].isalpha() and all(c.isalnum() or c in " _.:-" for c in name)


def _identity(identity: object) -> Mapping[str, str] | None:
    """The words for each purpose; ``None``, and nothing imported, where the author leaves them as they are."""
    if identity is None:
        return None
    from scrubbing.identity.words import checked

    return checked(identity)


def _dsn(dsn: object) -> Dsn | None:
    if dsn is None or dsn == "":
        return None
    if not isinstance(dsn, str):
        raise ConfigurationError(
            f"dsn: expected a string such as 'https://key@host/7' or None, got {type(dsn).__name__}"
        )
    try:
        return parse_dsn(dsn)
    except ConfigurationError as error:
        raise ConfigurationError(f"dsn: {error}") from None


def _policy(policy: Any) -> Any:
    if policy is None or policy in PRESETS or callable(policy) or type(policy).__module__ == "scrubbing.policy":
        return policy
    if isinstance(policy, (str, os.PathLike)):
        if not os.path.isfile(policy):
            raise ConfigurationError(
                "policy: expected 'strict', 'standard', 'verbose' or the path of a TOML file; "
                f"there is no file {policy!r}"
            )
        return os.fspath(policy)
    raise ConfigurationError(f"policy: expected a preset, a path, a Policy or a callable, got {type(policy).__name__}")


def _names(what: str, names: Iterable[str] | None) -> tuple[str, ...]:
    if names is None:
        return ()
    if isinstance(names, str):
        raise ConfigurationError(f"{what}: expected names such as ['frob'], got the string {names!r}")
    try:
        made = tuple(names)
    except TypeError:
        raise ConfigurationError(f"{what}: expected names such as ['frob'], got {type(names).__name__}") from None
    for name in made:
        if not isinstance(name, str) or not name:
            raise ConfigurationError(f"{what}: expected names, got {name!r}")
    return made


def _commands(commands: Iterable[str] | None) -> frozenset[str] | None:
    if commands is None:
        return None
    made = _names("commands", commands)
    for name in made:
        if not is_command(name):
            raise ConfigurationError(f"commands: expected {COMMAND_FORM}, got {name!r}")
    if len(made) > MOST_COMMANDS:
        raise ConfigurationError(f"commands: expected at most {MOST_COMMANDS}, got {len(made)}")
    return frozenset(made)
