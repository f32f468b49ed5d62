"""All rows of ours, in the order in which they are listed and documented; the engine gives the order no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubbing.rules.commands import COMMANDS
from scrubbing.rules.credentials import CREDENTIALS
from scrubbing.rules.folders import FOLDERS
from scrubbing.rules.homes import HOMES
from scrubbing.rules.network import NETWORK
from scrubbing.rules.personal import PERSONAL
from scrubbing.rules.phones import PHONES
from scrubbing.rules.spoken import SPOKEN
from scrubbing.rules.systems import SYSTEMS
from scrubbing.rules.tokens import TOKENS
from scrubbing.rules.values import KEYS, VALUES

if TYPE_CHECKING:
    from scrubbing.rules.rows import Rule

_PLACES: Final[tuple[Rule, ...]] = (*HOMES, *FOLDERS)
_PEOPLE: Final[tuple[Rule, ...]] = (*PERSONAL, *PHONES, *NETWORK)
_SECRETS: Final[tuple[Rule, ...]] = (*VALUES, *KEYS, *COMMANDS, *SPOKEN, *SYSTEMS, *CREDENTIALS, *TOKENS)

BUILTIN: Final[tuple[Rule, ...]] = (*_PLACES, *_PEOPLE, *_SECRETS)
