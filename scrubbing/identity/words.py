"""What an author can say about ids, by purpose: one table for `init`, the ids themselves, the verbs and the docs.

Nothing may be imported here but errors: `init` reads this in programs whose user said no.
"""

from __future__ import annotations

from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: For how long an id stays the same.
PERIODS = ("day", "week", "month")
#: Purposes whose reports can have an id, and what it can be; the others have none.
WORDS = {
    "crashes": ("none", *PERIODS, "stable", "per-issue"),
    "usage": ("none", *PERIODS, "stable"),
}
#: What it is where the author says nothing.
DEFAULTS = {"crashes": "none", "usage": "month"}


def checked(identity: object) -> Mapping[str, str]:
    """Give a word for each purpose that can have an id, from what an author said.

    Args:
        identity: a mapping of purposes to words, or ``None``.

    Raises:
        ConfigurationError: it is no such mapping; says what was expected.
    """
    if identity is None:
        return DEFAULTS
    if not isinstance(identity, dict):
        raise ConfigurationError(
            f"identity: expected a mapping such as {{'crashes': 'per-issue'}}, got {type(identity).__name__}"
        )
    for purpose, word in identity.items():
        words = WORDS.get(purpose) if isinstance(purpose, str) else None
        if words is None:
            raise ConfigurationError(f"identity: expected {' or '.join(WORDS)}, got {purpose!r}; others have no id")
        if word not in words:
            raise ConfigurationError(f"identity: {purpose}: expected one of {', '.join(words)}, got {word!r}")
    return {**DEFAULTS, **identity}
