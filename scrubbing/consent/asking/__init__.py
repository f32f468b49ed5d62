"""Asking the user, once, at a good moment. Loaded by apps that call ``ask()`` alone.

When it is a good moment is in ``moment``, how a terminal is asked in ``terminal``. Here is what is asked about, and
what becomes of the answer: it is stored, and what nobody answered is not.
"""

from __future__ import annotations

# ``os`` has loaded this module before any code of ours runs; collections.abc would load all of collections.
from _collections_abc import Mapping

from scrubbing.consent.asking import moment, terminal
from scrubbing.consent.contents import IDS
from scrubbing.consent.words import BESIDE, COLLECTED, MODES, USUAL_PURPOSES, check_purposes
from scrubbing.errors import ConfigurationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from scrubbing.consent.contents import Contents
    from scrubbing.consent.live import Consent


class Invitation:
    """What the user is asked, as a callable of the app gets it to show.

    Args:
        app: the app's name.
        address: scheme, host, port and project of the server that reports go to.
        purposes: what is asked about, and what each collects in words.
        beside: what is never sent, or is sent too.
        grown: by purpose what is new, in words, where the user said yes to less before; empty where nothing was said.
    """

    __slots__ = ("address", "app", "beside", "grown", "purposes")

    def __init__(
        self, app: str, address: str, purposes: dict[str, str], beside: str, grown: dict[str, tuple[str, ...]]
    ) -> None:
        self.app = app
        self.address = address
        self.purposes = purposes
        self.beside = beside
        self.grown = grown

    @property
    def question(self) -> str:
        """One sentence."""
        if not self.grown:
            return f"May {self.app} report {' and '.join(self.purposes)} to its author?"
        new = "; ".join(dict.fromkeys(words for grown in self.grown.values() for words in grown))
        return f"You said yes to {self.app}'s {' and '.join(self.grown)}. That has changed: {new}. Still yes?"

    @property
    def text(self) -> str:
        """The question, what is collected, what is never sent, where it goes, and how to take it back."""
        lines = [self.question, *(f"  {purpose}: {words}" for purpose, words in self.purposes.items())]
        lines += [f"  {self.beside}", f"  It goes to {self.address}, which sees this computer's IP address."]
        lines += [f"  To take a yes back at any time: scrubbing off --app {self.app}"]
        return "\n".join(lines)


def ask(
    consent: Consent,
    *,
    purposes: Iterable[str] | None,
    runs: int,
    days: int,
    seconds: float,
    with_: Callable[[Invitation], Any] | None,
    is_new_run: bool,
) -> bool | None:
    """Ask if it is a good moment, and store what is answered; see ``Telemetry.ask``.

    Args:
        consent: of the app.
        purposes: what to ask about; ``None``: the usual ones.
        runs: how many runs there must be.
        days: on how many days.
        seconds: how long a terminal is waited for.
        with_: asks in the terminal's place.
        is_new_run: whether this run has not been counted.

    Raises:
        ConfigurationError: no such purpose; a callable answered what is no answer.
        OSError: the answer could not be stored; a no holds for this run all the same.
        Exception: whatever the app's callable or policy raises.
    """
    named = USUAL_PURPOSES if purposes is None else check_purposes(purposes)
    if moment.is_crash() or (with_ is None and not terminal.is_there()):
        return None
    about, grown = _open(consent, named)
    if not about:
        return None
    # Counting needs to know nothing of the policy, which may have to be made for it.
    if not grown and not moment.has_come(consent.places.asked, runs, days, is_new_run=is_new_run):
        return None
    contents = {purpose: consent.contents(purpose) for purpose in about}
    covers = {purpose: one.written() for purpose, one in contents.items() if one is not None}
    # Written down before anybody sees the question: who kills it, or is killed, is not asked for ever.
    if len(covers) != len(about) or not moment.take(consent.places.asked, covers, again=bool(grown)):
        return None
    invitation = _invitation(consent.app, contents, grown)
    if with_ is None:
        modes = _modes(terminal.answer(invitation, seconds), about)
        return terminal.told(modes, lambda: _stored(consent, modes, "ask on the terminal"))
    return _stored(consent, _modes(with_(invitation), about), "ask in the app")


def _open(consent: Consent, named: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """What to ask about: what has grown since a yes, else all of it where nobody has said anything about any of it."""
    if not consent.has_server:
        return (), {}
    decision = consent.decision()
    grown = {purpose: decision.grown(purpose) for purpose in named if decision.grown(purpose)}
    if grown:
        return tuple(grown), grown
    return (named if all(decision.is_open(purpose) for purpose in named) else ()), {}


def _stored(consent: Consent, modes: dict[str, str], who: str) -> bool | None:
    """Store what was answered; whether there was a yes, or ``None`` without an answer."""
    if not modes:
        return None
    consent.choose(modes, who)
    return set(modes.values()) != {"off"}


def _invitation(app: str, contents: dict[str, Contents | None], grown: dict[str, tuple[str, ...]]) -> Invitation:
    known = {purpose: one for purpose, one in contents.items() if one is not None}
    first = next(iter(known.values()))
    collected = {
        purpose: COLLECTED[purpose] + ("" if one.ids == "none" else f", with {IDS[one.ids][0]}")
        for purpose, one in known.items()
    }
    return Invitation(app, first.address, collected, BESIDE[first.preset], grown)


def _modes(answer: object, about: tuple[str, ...]) -> dict[str, str]:
    """The mode of each purpose that was answered about.

    Raises:
        ConfigurationError: it is no answer.
    """
    if answer is None:
        return {}
    if isinstance(answer, bool):
        return dict.fromkeys(about, "on" if answer else "off")
    if not isinstance(answer, Mapping):
        raise ConfigurationError(
            "ask: expected True, False, None or a mapping of purposes to them from the callable; "
            f"came {type(answer).__name__}"
        )
    modes: dict[str, str] = {}
    for purpose, said in answer.items():
        mode = ("on" if said else "off") if isinstance(said, bool) else said
        if purpose not in about or (mode not in MODES and mode is not None):
            raise ConfigurationError(f"ask: expected a mode for some of {', '.join(about)}; came {purpose!r}: {said!r}")
        modes.update({purpose: mode} if mode is not None else {})
    return modes
