"""The policy an author chose, made after a yes: a preset, TOML, a callable; then completed with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scrubbing import roots
from scrubbing.errors import PolicyError
from scrubbing.policy import Policy
from scrubbing.schema import PRESETS

if TYPE_CHECKING:
    from scrubbing.telemetry.config import Config


def chosen_policy(config: Config) -> Policy:
    """Make the policy of an app.

    Raises:
        PolicyError: it cannot be made.
    """
    chosen = config.policy() if callable(config.policy) and not isinstance(config.policy, Policy) else config.policy
    if chosen is None or chosen in PRESETS:
        chosen = Policy(preset=chosen or "strict")
    elif isinstance(chosen, str):
        chosen = Policy.from_toml(chosen)
    if not isinstance(chosen, Policy):
        raise PolicyError(f"policy: expected a Policy from the callable, got {type(chosen).__name__}")
    packages = chosen.packages
    if not packages.roots:
        packages = roots.detect([*packages.own, *config.packages], config.caller)
    commands = config.commands if chosen.commands is None else chosen.commands
    return attrs.evolve(chosen, packages=packages, commands=commands, app=chosen.app or config.app)
