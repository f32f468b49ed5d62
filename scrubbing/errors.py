"""Everything the library raises on purpose.

- ``ScrubbingError``: catch this to catch all of them.

  - ``ConfigurationError`` (a ``ValueError`` too): an argument of ``init``, a DSN, a release that servers drop.
  - ``PolicyError`` (a ``ValueError`` too): a rule or a policy that cannot be what it says.
  - ``SchemaError`` (a ``ValueError`` too): a value that is not the event or envelope it should be; has ``problems``.
  - ``Refused``: the fence does not let these bytes leave; has ``reason`` and ``where``.

Configuration mistakes raise at once. What goes wrong while an event is captured is counted, never raised into the app.
"""

from __future__ import annotations


class ScrubbingError(Exception):
    """The top of the tree."""


class ConfigurationError(ScrubbingError, ValueError):
    """The app's author configured something that cannot work; says what was expected and what came."""


class PolicyError(ScrubbingError, ValueError):
    """A policy or one of its rules is wrong; says where."""


class SchemaError(ScrubbingError, ValueError):
    """A value does not have the shape Sentry's protocol gives it.

    Args:
        problems: each problem as ``"<path>: <what was expected>"``, paths like ``$.exception.values[0].type``.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Refused(ScrubbingError):
    """The fence refuses an envelope.

    Args:
        reason: one of a fixed set of words (``fence.REASONS``), for counting.
        where: the path of the field that is not allowed; never the value found there.
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason} at {where}" if where else reason)
        self.reason = reason
        self.where = where
