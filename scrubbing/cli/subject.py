"""The app a verb is about, asked from inside it or by the ``scrubbing`` command from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from scrubbing.cli import named
from scrubbing.cli.named import Ids
from scrubbing.consent import PURPOSES, Consent
from scrubbing.drops import Drops
from scrubbing.outbox.history import History
from scrubbing.outbox.store import Outbox
from scrubbing.telemetry.erasing import erase

if TYPE_CHECKING:
    from scrubbing.telemetry import Telemetry


class Ask(Protocol):
    """How ids are asked for."""

    def __call__(self, *, make: bool = True) -> Ids: ...  # noqa: D102  # a protocol's call says itself


@attrs.frozen
class Subject:
    """An app, as the verbs need it.

    Args:
        consent: of the app.
        is_outside: whether somebody else than the app asks, so that its own setting, policy and address are not known.
        choose: stores a choice, given its mode and its purposes (``None``: the usual ones), and acts on it.
        status: what `scrubbing.telemetry.status.status` says.
        example: makes the envelope that a crash would send.
        session: makes the envelope that a command's first run of a day would send.
        ids: says which ids reports leave with; a missing secret is made only if ``make`` says so and a yes allows it.
        preset: the preset of the app's policy, where it is known without making the policy.
    """

    consent: Consent
    is_outside: bool
    choose: Callable[[str, tuple[str, ...] | None], None]
    status: Callable[[], dict[str, Any]]
    example: Callable[[], bytes]
    session: Callable[[], bytes]
    ids: Ask
    preset: str | None

    @property
    def app(self) -> str:
        """The app's name."""
        return self.consent.app


def inside(telemetry: Telemetry) -> Subject:
    """The app that mounted the verbs."""
    return Subject(
        consent=telemetry.consent,
        is_outside=False,
        choose=telemetry.set_consent,
        status=telemetry.status,
        example=lambda: _example(telemetry).of_app(telemetry),
        session=lambda: _session().of_app(telemetry),
        ids=lambda make=True: named.of_app(telemetry, make=make),
        preset=telemetry._config.preset,  # noqa: SLF001  # the verbs are the telemetry's own
    )


def outside(app: str, environ: Mapping[str, str] | None = None) -> Subject:
    """An app by its name alone.

    Args:
        app: the name it gives to ``init``.
        environ: instead of ``os.environ``.

    Raises:
        ConfigurationError: no app can be called so.
    """
    from scrubbing.telemetry.status import status

    consent = Consent(app=app, outside=True, environ=environ)
    return Subject(
        consent=consent,
        is_outside=True,
        choose=lambda mode, purposes: _choose(consent, mode, purposes),
        status=lambda: status(consent),
        example=lambda: _example().of_defaults(consent),
        session=lambda: _session().of_defaults(consent),
        ids=lambda make=True: named.of_file(consent),  # noqa: ARG005  # from outside nothing is made
        preset=None,
    )


@attrs.frozen
class Shelf:
    """A directory of envelopes and what they are."""

    title: str
    outbox: Outbox
    is_outbox: bool = False
    is_sent: bool = False


def shelves(subject: Subject, drops: Drops) -> list[Shelf]:
    """What waits to be sent, what is kept here under local, and what was sent; each where there is a directory."""
    places = subject.consent.places
    told = History(places.history).note
    found = [
        Shelf("Waiting to be sent:", Outbox(places.outbox, drop=drops.count, told=told), is_outbox=True),
        Shelf("Collected under local, not to be sent:", Outbox(places.kept, drop=_no_loss)),
        Shelf("Sent:", Outbox(places.sent, drop=_no_loss), is_sent=True),
    ]
    return [shelf for shelf in found if shelf.outbox.directory is not None]


def _no_loss(_reason: str) -> None:
    """What gives way to newer ones on a shelf is not lost: it was sent, or was never to be."""


def _example(telemetry: Telemetry | None = None) -> ModuleType:
    pipeline = telemetry._pipeline if telemetry is not None else None  # noqa: SLF001  # the verbs are the telemetry's own
    if pipeline is not None:
        pipeline.hooks.expect_sdk()  # with the example comes the SDK, which no other verb needs
    from scrubbing.cli import example

    return example


def _session() -> ModuleType:
    from scrubbing.cli import session

    return session


def _choose(consent: Consent, mode: str, purposes: tuple[str, ...] | None) -> None:
    """Store a choice from outside; a no erases ids and what waits, stored or not."""
    try:
        consent.set(mode, purposes, who="scrubbing")
    finally:
        if mode == "off":
            left = erase(consent.places, PURPOSES if purposes is None else purposes)
            for name, error in left:
                if name != "identity":  # whoever asked for it looks whether the ids are gone
                    raise error
