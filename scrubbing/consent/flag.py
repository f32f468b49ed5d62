"""The app's own setting, ``enabled``: what its forms mean.

``True`` grants crashes and usage. ``False`` is a no to everything. A mapping of purposes to modes (or bools) says what
it names and nothing about the rest. ``None`` says nothing. A callable is asked each time, and whatever goes wrong in
it is a no; a mistake in the other forms is the author's and raises at once.
"""

from __future__ import annotations

# ``os`` has loaded this module before any code of ours runs; collections.abc would load all of collections.
from _collections_abc import Mapping

from scrubbing.consent.words import MODES, PURPOSES, USUAL_PURPOSES
from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Grant: TypeAlias = bool | Mapping[str, str | bool] | None
    Enabled: TypeAlias = Grant | Callable[[], Grant]

_ASYNC = 0x80  # inspect.CO_COROUTINE; inspect is not for the off path


class Flag:
    """What the app's setting says now.

    Args:
        modes: the mode of each purpose it says something about.
        problem: why all of them are off although nobody said so; else empty.
    """

    __slots__ = ("modes", "problem")

    def __init__(self, modes: dict[str, str], problem: str = "") -> None:
        self.modes = modes
        self.problem = problem


def validate_enabled(enabled: Enabled) -> None:
    """Refuse at ``init`` what ``enabled`` cannot be. A callable is not called.

    Raises:
        ConfigurationError: a wrong type, an unknown purpose, an unknown mode, an ``async`` function.
    """
    if isinstance(enabled, Mapping) or not callable(enabled):
        _modes(enabled)
    elif getattr(getattr(enabled, "__code__", None), "co_flags", 0) & _ASYNC:
        raise ConfigurationError("enabled: expected a function that returns at once; came an async function")


def read_flag(enabled: Enabled) -> Flag:
    """What ``enabled`` says now: a callable is called, a mapping is read again. Raises nothing but Ctrl-C."""
    try:
        grant = enabled() if callable(enabled) and not isinstance(enabled, Mapping) else enabled
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever goes wrong in the app's function is a no
        return _broken(f"the app's function raised {type(error).__name__}")
    try:
        return Flag(_modes(grant))
    except Exception:  # noqa: BLE001 - so is whatever its mapping does while it is read
        return _broken("expected a bool, a mapping of purposes to modes, or None")


def _broken(problem: str) -> Flag:
    return Flag(dict.fromkeys(PURPOSES, "off"), problem)


def _modes(grant: object) -> dict[str, str]:
    if grant is None:
        return {}
    if grant is True:
        return dict.fromkeys(USUAL_PURPOSES, "on")
    if grant is False:
        return dict.fromkeys(PURPOSES, "off")
    if not isinstance(grant, Mapping):
        raise ConfigurationError(
            "enabled: expected a bool, a mapping of purposes to modes, None, or a callable that returns one of them;"
            f" came {type(grant).__name__}"
        )
    return {_purpose(purpose): _mode(purpose, grant[purpose]) for purpose in grant}


def _purpose(purpose: object) -> str:
    if isinstance(purpose, str) and purpose in PURPOSES:
        return purpose
    raise ConfigurationError(f"enabled: expected purposes among {', '.join(PURPOSES)}; came {purpose!r}")


def _mode(purpose: object, mode: object) -> str:
    if isinstance(mode, bool):
        return "on" if mode else "off"
    if isinstance(mode, str) and mode in MODES:
        return mode
    raise ConfigurationError(f"enabled[{purpose!r}]: expected one of {', '.join(MODES)} or a bool; came {mode!r}")
