"""Whatever plain sentry-sdk sends of real programs fits the schema's classes, and comes back from them unchanged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sentry_sdk.consts import DEFAULT_OPTIONS
from servers.captures import programs

from scrubbing.schema import generate, structure, unstructure
from scrubbing.schema.items import payload_class

if TYPE_CHECKING:
    from servers.captures import Capture

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]  # the first run installs what the programs use

#: Keys the programs put there themselves, where the protocol has no room for any.
OWN_KEYS = {"User.plan"}
#: Programs that may say that their Python is too old for them.
YOUNG = {"grouped"}
#: Item types that every version of the SDK sends of these programs, and those that newer ones send too.
ALWAYS = {
    "check_in", "client_report", "event", "feedback", "log", "profile", "profile_chunk", "session", "sessions",
    "transaction", "user_report",
}  # fmt: skip
NEWER = {"span": "trace_lifecycle", "trace_metric": "before_send_metric"}
CLASSES = {cls.__name__: cls for cls in generate.classes()}


def normalised(payload: Any) -> Any:
    """What `structure` says it changes: bare lists, tags in pairs, and the one legacy name this SDK still uses."""
    made = dict(payload)
    for name in ("exception", "threads", "breadcrumbs"):
        if isinstance(made.get(name), list):
            made[name] = {"values": made[name]}
    if isinstance(made.get("tags"), list):
        made["tags"] = dict(made["tags"])
    if isinstance(made.get("message"), str) and not made.get("logentry"):
        made["logentry"] = {"formatted": made.pop("message")}
    return made


def test_programs_send_every_kind_of_item(captures: list[Capture]) -> None:
    """Every program was heard, and items of all types the SDK makes came: so the tests below are about all of them."""
    assert set(programs()) - {capture.program for capture in captures} <= YOUNG
    newer = {item for item, option in NEWER.items() if option in DEFAULT_OPTIONS}
    assert {capture.type for capture in captures} >= ALWAYS | newer


def test_payloads_come_back_as_they_were(captures: list[Capture]) -> None:
    """A payload of any type, made an object of its class and a mapping again, differs by the normalisations alone."""
    for capture in captures:
        cls = CLASSES[payload_class(capture.type)]
        payload = capture.json
        again = unstructure(structure(payload, cls))
        assert again == normalised(payload), capture.program
        assert json.dumps(again) != ""
        assert structure(again, cls) == structure(payload, cls)


def test_payloads_need_one_normalisation_at_most(captures: list[Capture]) -> None:
    """This SDK sends nothing that is normalised but a message, and tags where the program gave pairs."""
    changed = {name for capture in captures for name in capture.json.keys() ^ normalised(capture.json).keys()}
    assert changed == {"message", "logentry"}


def test_nothing_is_undeclared(captures: list[Capture]) -> None:
    """The classes declare every key the SDK sends of these programs, but for the programs' own."""
    found = {
        f"{type(node).__name__}.{key}"
        for capture in captures
        for node in nodes(structure(capture.json, CLASSES[payload_class(capture.type)]))
        for key, value in node.other.items()
        if value is not None and type(node).__name__ not in ("Tags", "Contexts")
    }
    assert found == OWN_KEYS


def nodes(node: Any) -> Any:
    """An object of the schema and all below it."""
    if isinstance(node, list):
        for member in node:
            yield from nodes(member)
    elif type(node) in CLASSES.values():
        yield node
        for name in node.__slots__:
            if name not in ("other", "__weakref__"):
                yield from nodes(getattr(node, name))
