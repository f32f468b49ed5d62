"""What was taken out is said: all of it, where it stood, and never again what it was."""

from __future__ import annotations

import json
import random
import re

import attrs
import pytest
from generated_payloads import SEEDS, shaped
from hypothesis import given, settings

import scrubbing
from scrubbing import Machine, Pattern, Policy, Redaction, wire
from scrubbing.errors import Refused, SchemaError
from scrubbing.fence import Seen, admit
from scrubbing.rewrite import remember
from scrubbing.rewrite.remarks import Remark
from scrubbing.schema import PRESETS
from scrubbing.schema.remarks import META, REASONS
from scrubbing.schema.walker.table import ROWS

MACHINE = Machine(username="erikagaertner", full_name="Erika Gärtner", hostname="kiste-7")
POLICIES = {preset: Policy(preset=preset, machine=MACHINE, remarks=True) for preset in PRESETS}
DECLARED = {row[0] for rows in ROWS.values() for row in rows} | {"values"}
ID = {"event_id": "0" * 32, "timestamp": "2026-11-22T04:13:17Z"}
SECRETS = {
    "mail": "erika.canary@example.org",
    "password": "password=canary-hunter2",
    "token": "ghp_aB3dE5fG7hJ9kL1mN3pQaB3dE5fG7hJ9kLcanary",
    "user": "erikagaertner",
    "home": "/home/canaryowner/x.py",
    "mixed": "ünïcode 😀 erika.canary@example.org und 10.1.2.3",
    "nothing of the rules'": "canary of no rule",
}


def event_with(secret):
    """An event with a secret in every sort of place, keys too."""
    frame = {"function": "f", "module": "frob.x", "filename": secret, "context_line": secret, "vars": {secret: secret}}
    value = {"type": "ValueError", "value": secret, "stacktrace": {"frames": [frame]}, secret: secret}
    return {
        **ID, secret: secret, "server_name": secret, "message": secret, "logger": secret, "transaction": secret,
        "exception": [value], "breadcrumbs": {"values": [{"message": secret, "data": {"password": secret}}] * 3},
        "extra": {secret: {secret: [secret, [secret, secret], {"n": 4242424242424242}]}, "x": [[secret, 1]]},
        "tags": {secret: secret, "ok": secret}, "contexts": {secret: {secret: secret}, "runtime": {"name": secret}},
        "request": {"url": f"http://x/{secret}?{secret}", "headers": [["Cookie", secret], [secret, "x"]]},
        "user": {"email": secret, secret: secret}, "level": secret, "fingerprint": [secret],
        "threads": {"values": [{"id": 1, "name": secret}]}, "modules": {secret: secret},
    }  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", SECRETS)
def test_nothing_is_said_that_does_not_leave(preset, name):
    """In no remark and in no `_meta` stands a word that the event that leaves does not say."""
    policy, secret = POLICIES[preset], SECRETS[name]
    event = event_with(secret)
    made = scrubbing.scrub(event, policy)
    found = scrubbing.explain(event, policy)
    kept = json.dumps({key: value for key, value in made.items() if key != META}, ensure_ascii=False)
    said = json.dumps([*map(attrs.asdict, found), [each.path for each in found], made.get(META)], ensure_ascii=False)

    assert found
    for word in ("canary", "erikagaertner", "4242", "hunter2", secret):
        assert word not in said or word in kept, word


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=150, deadline=None)
@given(SEEDS)
def test_every_difference_has_a_remark(preset, rng):
    """Whatever an event holds: what is not there any more is accounted for, and only in words that may leave."""
    event, policy = {**shaped(rng, "Event"), **ID}, POLICIES[preset]
    planted = {}
    event = _planted(event, (), planted)
    try:
        made = scrubbing.scrub(event, policy)
    except SchemaError:
        with pytest.raises(SchemaError):
            scrubbing.explain(event, policy)
        return
    found = scrubbing.explain(event, policy)
    kept = json.dumps({key: value for key, value in made.items() if key != META})
    for word, place in planted.items():
        if word not in kept:
            assert any(_covers(one.place, place) for one in found), place
    for one in found:
        assert one.rule in REASONS or one.rule in policy.engine.names
        assert not any("planted" in str(part) and str(part) not in kept for part in one.place)


def _planted(value, place, planted):
    """Put a word of its own into each string."""
    if len(place) > 12:  # some hold themselves
        return value
    if isinstance(value, dict):
        return {key: _planted(child, (*place, str(key)), planted) for key, child in value.items()}
    if isinstance(value, list):
        return [_planted(child, (*place, number), planted) for number, child in enumerate(value)]
    if isinstance(value, str) and value and place[0] not in ID:
        word = f"planted{len(planted)}x"
        planted[word] = place
        return word
    return value


def _named(parts):
    """The names in a place, without the lists that Sentry wraps and without numbers."""
    below = (*parts[1:], None)
    wrapped = [part == "values" and type(under) in (int, type(None)) for part, under in zip(parts, below, strict=True)]
    return [part for part, list_ in zip(parts, wrapped, strict=True) if type(part) is not int and not list_]


def _covers(said, place):
    """Whether a remark is about a place or what it is in; lists move, keys of the app's own are not said."""
    said, place = map(_named, (said, place))
    if place[:1] == ["message"]:
        place = ["logentry", "formatted"]
    same = all(one in (other, "[key]") or one not in DECLARED for one, other in zip(said, place, strict=False))
    return same and len(said) <= len(place)


@pytest.mark.parametrize("redaction", Redaction)
def test_ranges_are_those_of_the_text_that_leaves(redaction):
    """In bytes of UTF-8, before and behind characters of one to four of them; removed text has an empty range."""
    rules = [Pattern("order", r"ORD-\d{4}", redaction=redaction), Pattern("b", "B{3}")]
    policy = Policy.standard(machine=MACHINE, rules=rules)
    event = {**ID, "logentry": {"formatted": "é😀 ORD-1234 ü BBB ORD-5678 ORD-1"}}
    text = scrubbing.scrub(event, policy)["logentry"]["formatted"].encode()
    found = scrubbing.explain(event, policy)

    letter, left = {
        Redaction.REMOVE: ("x", ""), Redaction.REPLACE: ("s", "[order]"), Redaction.MASK: ("m", "*" * 8),
        Redaction.HASH: ("s", "[order]"),
    }[redaction]  # fmt: skip
    said = [(one.rule, one.redaction, text[one.start : one.end].decode()) for one in found]
    assert said == [("order", letter, left), ("b", "s", "[b]"), ("order", letter, left)]
    assert {(one.path, one.kind, one.length) for one in found} == {("$.logentry.formatted", "message", 32)}


def test_what_the_schema_and_limits_take_is_said_too():
    """Fields that are not declared, facts of another form, texts and lists that are too long."""
    event = {
        **ID, "server_name": "kiste-7", "colour": "blue", "level": "odd", "transaction": "x " * 300,
        "breadcrumbs": [{"message": str(number)} for number in range(120)], "tags": {"a b": "c", "d": None},
    }  # fmt: skip
    said = {(one.path, one.rule, one.redaction) for one in scrubbing.explain(event, POLICIES["standard"])}

    assert said == {
        ("$.server_name", "undeclared", "x"), ("$.[key]", "undeclared", "x"), ("$.level", "malformed", "x"),
        ("$.transaction", "cut", "x"), ("$.breadcrumbs.values", "bounded", "x"), ("$.tags.[key]", "malformed", "x"),
    }  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
def test_what_leaves_as_it_is_has_no_remark(preset):
    """An event with facts alone."""
    event = {**ID, "level": "error", "platform": "python", "tags": {"subcommand": "build"}, "extra": {}, "user": None}
    assert scrubbing.explain(event, POLICIES[preset]) == []
    assert META not in scrubbing.scrub(event, POLICIES[preset])


def test_the_types_are_those_of_live_exceptions():
    """With the exception the skeleton is known: what of it is a value is said, nothing else."""
    try:
        raise ValueError("canary " + str(random.random()))
    except ValueError as error:
        event = {**ID, "exception": {"values": [{"type": "ValueError", "value": str(error)}]}}
        said = [one.path for one in scrubbing.explain(event, Policy.strict(machine=MACHINE), error)]
    assert said == ["$.exception.values[0].value"]


def test_a_remark_is_a_value():
    """Frozen, equal by what it says, with its path and its reason in words."""
    one = Remark(("extra", "a b", 0), "undeclared", "bag", "x")
    assert (one.path, one.reason) == ("$.extra['a b'][0]", REASONS["undeclared"])
    assert one == attrs.evolve(one)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.rule = "x"


def envelope(payload):
    return wire.build({"event_id": payload["event_id"]}, [({"type": "event"}, wire.dumps(payload))])


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", SECRETS)
def test_the_fence_admits_our_remarks_where_the_policy_asks_for_them(preset, name):
    """And refuses the same bytes under a policy that does not."""
    policy, seen = POLICIES[preset], Seen()
    made = scrubbing.scrub(event_with(SECRETS[name]), policy)
    remember(made, policy.shape("event"), seen.remember_text, lambda text: seen.remember_message(text, policy.terms))
    seen.remember_id(made["event_id"])

    assert META in made
    assert admit(envelope(made), policy, seen)
    with pytest.raises(Refused, match="fence:field"):
        admit(envelope(made), attrs.evolve(policy, remarks=False), seen)


GOOD = {**ID, "logentry": {"formatted": "mail [email]"}, "tags": {"a": "b"}, META: {}}


@pytest.mark.parametrize(
    "meta",
    [
        {"": {"rem": [["email", "s", 0, 1]], "len": "erika"}},
        {"erikagaertner": {}},
        {"logentry": {"formatted": {"x": {}}}},
        {"logentry": {"formatted": {"": {"rem": [["erikagaertner", "s", 0, 7]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [["email", "erika", 0, 7]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [["email", "s", 0, 70]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [["email", "s", 3, 2]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [["email", "s", True, 2]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [["email", "s", 0, 2, "erika"]], "len": 3}}}},
        {"logentry": {"formatted": {"": {"rem": [], "len": 3, "val": "erika"}}}},
        {"logentry": {"formatted": {"": {"rem": {"erika": 1}, "len": 3}}}},
        {"logentry": ["erika"]},
        {"tags": {"0": {}}},
        "erika",
        ["erika"],
    ],
)
def test_the_fence_refuses_remarks_that_are_not_ours(meta):
    """A place that is not in the event, another form, a word that is no rule's: each could say something."""
    with pytest.raises(Refused, match=re.escape("fence:")):
        admit(envelope({**GOOD, META: meta}), POLICIES["standard"])


def test_remarks_of_the_sdk_do_not_leave():
    """What the SDK noted names keys that may be gone; ours take their place, or nothing."""
    event = {**ID, "logentry": {"formatted": "erika.canary@example.org"}, META: {"extra": {"erikagaertner": {"": {}}}}}
    made = scrubbing.scrub(event, POLICIES["standard"])
    assert made[META] == {"logentry": {"formatted": {"": {"rem": [["email", "s", 0, 7]], "len": 24}}}}
    assert META not in scrubbing.scrub(event, attrs.evolve(POLICIES["standard"], remarks=False))


def test_too_many_remarks_are_given_up_before_the_event():
    """An event that fits keeps fitting."""
    crumbs = [{"message": "a@example.org " * 500} for _ in range(60)]
    made = scrubbing.scrub({**ID, "breadcrumbs": {"values": crumbs}}, POLICIES["standard"])
    assert len(wire.dumps(made)) <= wire.MAX_BYTES


@pytest.mark.parametrize("remarks", ["yes", 1, None])
def test_remarks_are_a_switch(remarks):
    """Anything but true or false is an error."""
    with pytest.raises(scrubbing.errors.PolicyError, match="remarks: expected true or false"):
        Policy(machine=MACHINE, remarks=remarks)
