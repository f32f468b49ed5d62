"""The policy an author chose, made after a yes: a preset, TOML, a callable; then completed with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from scrubbing import roots
from scrubbing.errors import PolicyError
from scrubbing.policy import Policy
from scrubbing.schema import PRESETS

if TYPE_CHECKING:
    from scrubbing.telemetry.config import Config


def authored_policy(said: Any) -> Policy:
    """Make the policy an author said.

    Args:
        said: what `init` takes as ``policy``. A callable is called.

    Raises:
        PolicyError: it cannot be made.
    """
    chosen = said() if callable(said) and not isinstance(said, Policy) else said
    if chosen is None or chosen in PRESETS:
        chosen = Policy(preset=chosen or "strict")
    elif isinstance(chosen, str):
        chosen = Policy.from_toml(chosen)
    if not isinstance(chosen, Policy):
        raise PolicyError(f"policy: expected a Policy from the callable, got {type(chosen).__name__}")
    return chosen


def chosen_policy(config: Config) -> Policy:
    """Complete the policy of an app with what is known of it.

    Raises:
        PolicyError: it cannot be made.
    """
    chosen = config.authored()
    packages = chosen.packages
    if not packages.roots:
        packages = roots.detect([*packages.own, *config.packages], config.caller)
    commands = config.commands if chosen.commands is None else chosen.commands
    return attrs.evolve(chosen, packages=packages, commands=commands, app=chosen.app or config.app)
