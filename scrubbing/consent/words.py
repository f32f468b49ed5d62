"""The words of consent: purposes, modes, the names an app can have, what counts as said in the environment."""

from __future__ import annotations

from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What somebody can say yes to, each on its own.
PURPOSES = ("crashes", "usage", "extra", "feedback")

#: What a yes that names no purpose is for.
USUAL_PURPOSES = ("crashes", "usage")

#: What a yes is for, by purpose, as people read it.
COLLECTED = {
    "crashes": "types of errors, the program's own lines of code, its version, Python and the system",
    "usage": "which command ran on a day and whether it crashed, at most once a day and command",
    "extra": "what the program's author declares beside",
    "feedback": "what you write to the author yourself",
}

#: What never leaves, or does, by preset; ``None`` where only the app knows its preset.
BESIDE = {
    "strict": "Never sent: messages, values, your files and their names, your name, this computer's name.",
    "standard": "Sent too: messages and log lines, after names, paths and secrets were taken out.",
    "verbose": "Sent too: messages, variables and requests, after names, paths and secrets were taken out.",
    None: "Unless {app}'s author chose to send more: no messages, values, files, names. See `show --example` in {app}.",
}

#: From closed to open: nothing happens; collected and readable, never sent; sent.
MODES = ("off", "local", "on")

#: What leaves, from closed to open.
PRESETS = ("strict", "standard", "verbose")

#: The file by which a packager switches everything off, in the directory of the app's package.
MARKER = "scrubbing-disabled"

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NAME = _LETTERS | frozenset("0123456789._-")
_MAX_NAME = 64

# Windows' devices, which no file can be called, and the two files that stand beside the apps' directories.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_TAKEN = frozenset({"everyone", "policy"})

_TELEMETRY_WORDS = {
    "on": "on",
    "1": "on",
    "true": "on",
    "yes": "on",
    "local": "local",
    "off": "off",
    "0": "off",
    "false": "off",
    "no": "off",
}


def check_app_name(app: str) -> None:
    """Refuse a name that cannot be a directory, a release and an environment variable everywhere.

    Raises:
        ConfigurationError: not ``[A-Za-z][A-Za-z0-9._-]{0,63}``, or ``..`` in it, a dot at its end, a Windows device's
            name, or a name that a file of ours has.
    """
    expected = "app: expected a letter and up to 63 letters, digits, '.', '_', '-'"
    if not isinstance(app, str):
        raise ConfigurationError(f"{expected}; came {type(app).__name__}")
    if not (0 < len(app) <= _MAX_NAME and app[0] in _LETTERS and _NAME.issuperset(app)):
        raise ConfigurationError(f"{expected}; came {app!r}")
    if app.endswith(".") or ".." in app:
        raise ConfigurationError(f"app: expected a name without '..' and without '.' at its end; came {app!r}")
    if app.partition(".")[0].lower() in _DEVICES or app.lower() in _TAKEN:
        raise ConfigurationError(f"app: {app!r} is reserved for a device or a file; choose another name")


def variable(app: str) -> str:
    """The environment variable that speaks for one app: ``FROB_TELEMETRY`` for ``frob``."""
    return app.upper().replace("-", "_").replace(".", "_") + "_TELEMETRY"


def telemetry_word(value: str) -> str | None:
    """The mode that ``<APP>_TELEMETRY`` says; ``None`` when it is no word we know."""
    return _TELEMETRY_WORDS.get(value.strip().lower())


def is_set(environ: Mapping[str, str], name: str) -> bool:
    """Whether a switch like ``DO_NOT_TRACK`` is set: to anything but nothing, ``0`` and ``false``."""
    return environ.get(name, "").lower() not in ("", "0", "false")


def check_purposes(purposes: Iterable[str]) -> tuple[str, ...]:
    """The purposes as a tuple.

    Raises:
        ConfigurationError: a string, nothing, or a purpose there is not.
    """
    expected = f"purposes: expected some of {', '.join(PURPOSES)}"
    if isinstance(purposes, str):
        raise ConfigurationError(f"{expected} in a tuple or list; came a string")
    named = tuple(purposes)
    unknown = [purpose for purpose in named if purpose not in PURPOSES]
    if unknown or not named:
        raise ConfigurationError(f"{expected}; came {unknown[0]!r}" if unknown else f"{expected}; came none")
    return named


def check_mode(mode: str) -> None:
    """Refuse a mode there is not.

    Raises:
        ConfigurationError: neither ``off`` nor ``local`` nor ``on``.
    """
    if mode not in MODES:
        raise ConfigurationError(f"mode: expected one of {', '.join(MODES)}; came {mode!r}")
