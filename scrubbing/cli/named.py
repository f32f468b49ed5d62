"""The ids an app's reports leave with, asked from inside it or read from its file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

from scrubbing.identity import ids
from scrubbing.identity.words import DEFAULTS, WORDS

if TYPE_CHECKING:
    from scrubbing.consent import Consent
    from scrubbing.telemetry import Telemetry


@attrs.frozen
class Row:
    """A purpose's id.

    Args:
        purpose: the purpose.
        word: what the app's author said of it, one of `scrubbing.identity.words.WORDS`.
        id: the id of this moment; ``None`` where there is none, or one for each bug.
    """

    purpose: str
    word: str
    id: str | None


@attrs.frozen
class Ids:
    """All of them, and what is wrong with their file."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()


def of_app(telemetry: Telemetry, *, make: bool) -> Ids:
    """The ids of the app that runs.

    Args:
        telemetry: the app's.
        make: whether a missing secret may be made, where there is a yes.
    """
    pipeline = telemetry._pipeline  # noqa: SLF001  # the verbs are the telemetry's own
    words = telemetry._config.identity or DEFAULTS  # noqa: SLF001  # as above
    problems = _problems(telemetry.consent)

    def id_of(purpose: str) -> str | None:
        return None if pipeline is None or problems else pipeline.ids.id(purpose, make=make)

    return Ids(tuple(Row(purpose, words[purpose], id_of(purpose)) for purpose in WORDS), problems)


def of_file(consent: Consent) -> Ids:
    """The ids of an app that does not run; where its file says nothing, its author's word is not known.

    Args:
        consent: of the app.
    """
    problems = _problems(consent)
    path = consent.places.identity
    found = {} if problems or path is None else ids.read(path)
    rows = [
        Row(purpose, found[purpose].word, found[purpose].id(purpose, at=time.time()))
        if purpose in found
        else Row(purpose, DEFAULTS[purpose], None)
        for purpose in WORDS
    ]
    return Ids(tuple(rows), problems)


def _problems(consent: Consent) -> tuple[str, ...]:
    path = consent.places.identity
    try:
        if path is not None:
            ids.read(path)
    except OSError as error:
        return (f"identity: {type(error).__name__}: {error}",)
    return ()
