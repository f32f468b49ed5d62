"""What is proven of a live exception, and what is said of its messages; an event without one needs none of this.

An exception's message is our skeleton of the live object, or ``str`` of it where the author wants all of it; the text
the SDK made of it (which prefers ``.message`` and ``.detail``) is left alone under the open presets only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from scrubbing.policy import REST, Policy
from scrubbing.provenance.classes import type_names
from scrubbing.provenance.fingerprints import fingerprint
from scrubbing.provenance.frames import Link, chain, describe, is_group
from scrubbing.provenance.skeletons import said_by
from scrubbing.provenance.unproven import BUILTIN_ERRORS
from scrubbing.rewrite.messages import Said
from scrubbing.rewrite.subjects import Subject, names_of
from scrubbing.schema.strings import EXTERNAL, MARGIN, STRING_LIMIT, UNKNOWN, whole

Json = dict[str, Any]

_MRO = type.__dict__["__mro__"].__get__
_NAME = type.__dict__["__name__"].__get__
_QUALNAME = type.__dict__["__qualname__"].__get__
_MODULE = type.__dict__["__module__"].__get__


def proven(exc: BaseException, mechanism: Json, policy: Policy, message: str) -> Subject:
    """Prove what an exception is.

    Args:
        exc: the live exception.
        mechanism: how it was caught (``type``, ``handled``).
        policy: whose `packages` say which frames are the app's, whose `messages` what is said of messages.
        message: the skeleton of its event's message.
    """
    strict = policy.preset == "strict"
    links = chain(exc)
    values = describe(exc, policy.packages, mechanism, source=strict, links=links)
    names = BUILTIN_ERRORS.union(names_of(values))
    # The hash is of skeletons, whatever is said instead: it must not say a value, and two bugs stay two.
    about = Subject(values, fingerprint(values), names, message)
    if strict:
        return attrs.evolve(about, values=spoken(links, values, policy))
    return attrs.evolve(about, said=by_name(links, values, policy)) if policy.guarded else about


def spoken(links: list[Link], values: list[Json], policy: Policy) -> list[Json]:
    """Say of each exception what the policy has it.

    Args:
        links: a live chain, the exception itself first.
        values: the same described, oldest first, with their skeletons.
        policy: whose words.
    """
    words = (policy.word(_classes(link.exc, policy)) for link in reversed(links))
    return [
        {**value, "value": _message(word, value["value"], link.exc)}
        for word, value, link in zip(words, values, reversed(links), strict=True)
    ]


def by_name(links: list[Link], values: list[Json], policy: Policy) -> list[Said]:
    """Say the same of the exceptions the SDK lists of this chain, oldest first, with the names it gives them.

    Below an exception that is no group the SDK lists no members of groups.
    """
    found: list[Said] = []
    left_out: set[int] = set()
    for link, value in zip(links, reversed(values), strict=True):
        below = link.parent in left_out or str(link.source).startswith("exceptions[")
        if below and not is_group(links[0].exc):
            left_out.add(link.number)
            continue
        cls, word = type(link.exc), policy.word(_classes(link.exc, policy))
        said = None if word == "scrubbed" else _message(word, value["value"], link.exc)
        module = None if _MODULE(cls) == "builtins" else _MODULE(cls)
        found.append(((_NAME(cls), _QUALNAME(cls)), module, said))
    return found[::-1]


def _classes(exc: BaseException, policy: Policy) -> Iterator[tuple[str, str | None]]:
    """The proven names of an exception's class and those it inherits from, nearest first."""
    if policy.messages.keys() <= {REST}:
        return
    for cls in itertools.islice(_MRO(type(exc)), 100):
        named = type_names(cls, policy.packages)
        if named[0] != EXTERNAL:
            yield named


def _message(word: str, skeleton: str, exc: BaseException) -> str:
    if word == "skeleton":
        return skeleton
    return _said_by(exc) if word == "scrubbed" else UNKNOWN


def _said_by(exc: BaseException) -> str:
    text = said_by(exc)
    return UNKNOWN if text is None else whole(text[: STRING_LIMIT + MARGIN])
