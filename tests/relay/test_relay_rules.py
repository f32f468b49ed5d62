"""What a policy removes here is removed in Relay under the configuration written for it, and read back again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from scrubbing import Machine, Policy, Redaction, explain, rule, scrub, scrub_text
from scrubbing.errors import PolicyError
from scrubbing.rules import BUILTIN, Keys, Pattern
from scrubbing.schema.remarks import META

if TYPE_CHECKING:
    from servers.relay import Relay

real = [pytest.mark.real, pytest.mark.timeout(600)]
MACHINE = Machine(username="erikagaertner", full_name="Erika Gärtner", hostname="kiste-7", home="/home/erikagaertner")
OWN = (
    Pattern("order", r"ORD-\d{4,}", redaction=Redaction.MASK),
    Pattern("customer", r"customer (\w+)|client=(\w+)", placeholder="[customer]"),
    Keys("zip", r"^zip_code$"),
)
POLICY = Policy.verbose(machine=MACHINE, rules=OWN)
CONFIG = POLICY.to_relay(names=True)

#: Texts, and what must not be in them any more.
SECRETS = {
    **{
        f"{row.name} {number}": example.text
        for row in BUILTIN
        if type(row) is not Keys
        for number, example in enumerate(row.examples)
        if example.text != example.expected
    },
    "user": "hello erikagaertner!", "name": "by Erika Gärtner", "host": "on kiste-7 today", "order": "bad ORD-1234",
    "group": "customer Mustermann; client=Tomasz",
}  # fmt: skip
#: Texts of which Relay leaves a part that goes here, and why.
DIFFERENT: dict[tuple[str, str], str] = {}
PLACES: dict[str, Any] = {
    "exception": lambda texts: {"exception": {"values": [{"type": "E", "value": text} for text in texts]}},
    "path": lambda texts: _frames({"filename": f"{text} /x.py"} for text in texts),
    "variable": lambda texts: _frames({"vars": {"x": text}} for text in texts),
    "breadcrumb": lambda texts: {"breadcrumbs": {"values": [{"message": text} for text in texts]}},
    "extra": lambda texts: {"extra": {"x": {"y": texts}}},
    "tag": lambda texts: {"tags": {str(number): text for number, text in enumerate(texts)}},
    "span": lambda texts: {"spans": [{"description": text} for text in texts]},
}


def _frames(frames: Any) -> dict[str, Any]:
    return {"exception": {"values": [{"type": "E", "stacktrace": {"frames": list(frames)}}]}}


#: Where Relay's rules do not look: a transaction's name, names of functions, lines of source, types, loggers, keys.
UNREACHED: dict[str, Any] = {
    "transaction": lambda text: {"transaction": text},
    "logger": lambda text: {"logger": text},
    "fingerprint": lambda text: {"fingerprint": [text]},
    "exception.values.type": lambda text: {"exception": {"values": [{"type": text}]}},
    "frames.function": lambda text: {"exception": {"values": [{"stacktrace": {"frames": [{"function": text}]}}]}},
    "frames.context_line": lambda text: {
        "exception": {"values": [{"stacktrace": {"frames": [{"context_line": text}]}}]}
    },
    "breadcrumbs.values.category": lambda text: {"breadcrumbs": {"values": [{"category": text}]}},
    "threads.values.name": lambda text: {"threads": {"values": [{"name": text}]}},
    "the last part of frames.filename and frames.abs_path": lambda text: _frames([{"filename": f"/srv/{text}"}]),
    "keys of mappings": lambda text: {"extra": {text: "x"}},
}


def _strings(value: Any) -> list[str]:
    if isinstance(value, (dict, list)):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in _strings(one)]
    return [value] if isinstance(value, str) else []


def gone(text: str) -> list[str]:
    """The words that rules take out of a text here."""
    return [text[found.start : found.end] for found in POLICY.engine.find(text, next(iter(OWN[0].kinds)))]


def test_every_rule_is_written_or_is_a_gap() -> None:
    """Nothing is dropped in silence: a rule in code is a gap, with its name."""

    @rule("in-code")
    def in_code(text: str) -> list[tuple[int, int]]:
        return [(0, 1)] if text == "canary" else []

    policy = Policy.strict(machine=MACHINE, rules=[*OWN, in_code])
    config, gaps = policy.to_relay(), {gap.rule: gap for gap in policy.relay_gaps()}
    for each in (*BUILTIN, *policy.rules):
        assert each.name in config["rules"] or gaps[each.name].effect == "less", each.name
    assert gaps["in-code"].reason == "a rule in code cannot be written"
    assert set(UNREACHED) <= set(gaps)
    assert "erikagaertner" not in json.dumps(config)
    assert "this-user" in gaps
    assert "this-user" not in {gap.rule for gap in policy.relay_gaps(names=True)}


def test_a_hash_is_replaced_there_and_that_is_a_gap() -> None:
    """Relay's hash is the same for everybody, so that a list of names undoes it; a rule in code is one gap, not two."""

    @rule("in-code", redaction=Redaction.HASH)
    def in_code(text: str) -> list[tuple[int, int]]:
        return [(0, 1)] if text == "canary" else []

    rows = (Pattern("order", "ORD-1", redaction=Redaction.HASH), Keys("zip", "^zip$", redaction=Redaction.HASH))
    policy = Policy.strict(machine=MACHINE, rules=[*rows, in_code])
    config, gaps = policy.to_relay(), policy.relay_gaps()
    for name, text in (("order", "[order]"), ("zip", "[Filtered]")):
        assert config["rules"][name]["redaction"] == {"method": "replace", "text": text}
        assert [(gap.effect, gap.rule) for gap in gaps if "keyed hash" in gap.reason and gap.rule == name]
    assert [gap.reason for gap in gaps if gap.rule == "in-code"] == ["a rule in code cannot be written"]


class TestRelay:
    pytestmark = real

    def test_what_goes_here_goes_there(self, relay: Relay) -> None:
        """Each secret in each place that Relay reaches; the table says which do not, and every entry of it is true."""
        texts = {name: text for name, text in SECRETS.items() if gone(text)}
        assert len(texts) > 100
        made = relay.stripped(CONFIG, {place: make(list(texts.values())) for place, make in PLACES.items()})
        left = set()
        for place, event in made.items():
            event.pop(META, None)
            said = [text for text in _strings(event) if len(text) > 3]
            assert len(said) > 50, place
            left |= {(place, name) for name, text in texts.items() if {text, f"{text} /x.py"} & {*said}}
        assert left == set(DIFFERENT), (len(left), {place for place, _ in left}, sorted(left)[:5])

    def test_where_it_does_not_look_is_said(self, relay: Relay) -> None:
        """A secret in each place of the list stays: the list of gaps is not longer than the truth."""
        events = {place: make("erika.m@example.org") for place, make in UNREACHED.items()}
        made = relay.stripped(CONFIG, events)
        assert {place for place, event in made.items() if "erika.m" in json.dumps(event)} == set(UNREACHED)

    def test_keys_are_found_in_every_spelling(self, relay: Relay) -> None:
        """Those that are secret here are there; words that merely contain one stay."""
        keys = [row.text for row in BUILTIN if type(row) is Keys for row in row.examples if row.text != row.expected]
        keys += ["zip_code", "zipCode", "ZIP-CODE"]
        made = relay.stripped(CONFIG, {"it": {"extra": dict.fromkeys(keys, "canary")}})
        assert [key for key in keys if made["it"]["extra"][key] == "canary"] == []
        open_keys = ["author", "tokenizer", "keyboard", "primary_key"]  # not compass: the gap of this rule says why
        made = relay.stripped(CONFIG, {"it": {"extra": dict.fromkeys(open_keys, "canary")}})
        assert [key for key in open_keys if made["it"]["extra"][key] != "canary"] == []

    @pytest.mark.parametrize("redaction", [Redaction.MASK, Redaction.REMOVE, Redaction.REPLACE])
    def test_remarks_are_as_relay_writes_them(self, relay: Relay, redaction: Redaction) -> None:
        """Ranges in bytes, lengths in characters, letters: the same tree."""
        rules = [Pattern("order", "ORD-[0-9]{4}", redaction=redaction)]
        policy = Policy.verbose(machine=MACHINE, rules=rules, remarks=True)
        event = {"logentry": {"formatted": "é😀 ORD-1234 ü ORD-5678"}, "extra": {"a": ["x", "ORD-1111"]}}
        config = policy.to_relay()
        config["applications"] = {"**": ["order"]}
        theirs = relay.stripped(config, {"it": event})["it"]
        ours = scrub(event, policy)
        assert ours["logentry"]["formatted"] == theirs["logentry"]["formatted"]
        assert ours[META] == theirs[META]

    def test_the_round_trip_is_accepted(self, relay: Relay) -> None:
        """What was read can be written again."""
        read = Policy.from_relay(Policy.verbose(machine=MACHINE, rules=OWN).to_relay(), machine=MACHINE)
        assert relay.stripped(read.to_relay(), {}) == {}


@pytest.mark.parametrize("name", SECRETS)
def test_what_was_written_and_read_removes_the_same(name: str) -> None:
    """from_relay(to_relay(policy)), for every text of every rule."""
    read = Policy.from_relay(POLICY.to_relay(), machine=MACHINE)
    assert scrub_text(SECRETS[name], read) == scrub_text(SECRETS[name], POLICY)


def test_keys_and_redactions_come_back() -> None:
    """The app's own rules alone are read; ours are here already."""
    read = Policy.from_relay(POLICY.to_relay(), preset="verbose", machine=MACHINE)
    assert [each.name for each in read.rules] == ["order", "customer", "zip"]
    assert [each.redaction for each in read.rules] == [each.redaction for each in OWN]
    event = {"extra": {"zip_code": "canary", "zipCode": "canary", "zip": "open"}}
    assert scrub(event, read) == scrub(event, POLICY)


def test_a_configuration_of_somebody_else_is_read() -> None:
    """Built-in names with their redactions, patterns with groups, pairs, several, aliases, keys, types."""
    config = {
        "rules": {
            "device": {"type": "pattern", "pattern": r"(?i)dev/(?P<id>[a-f0-9]{4})\z", "replaceGroups": [1],
                       "redaction": {"method": "mask"}},
            "pair": {"type": "redact_pair", "keyPattern": "apiKey|x-token", "redaction": {"method": "remove"}},
            "both": {"type": "multiple", "rules": ["device", "other", "@email:mask"]},
            "other": {"type": "alias", "rule": "@uuid:replace", "hideInner": True},
        },
        "applications": {"**": ["both", "@ip"], "extra.foo || $user.'nick name'": ["@anything:remove"],
                         "$http.headers": ["pair"]},
    }  # fmt: skip
    policy = Policy.from_relay(config, preset="verbose", machine=MACHINE)
    assert scrub_text("x DEV/12ab", policy) == "x DEV/****"
    assert scrub_text("id 123e4567-e89b-12d3-a456-426614174000", policy) == "id [relay-uuid-replace]"
    extra = {"foo": "canary", "apiKey": "canary", "X-Token": "canary", "nick name": "canary", "bar": "open"}
    assert scrub({"extra": extra}, policy)["extra"] == dict.fromkeys(extra, "") | {"bar": "open"}
    assert {one.redaction for one in explain({"extra": extra}, policy)} == {"x"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"more": 1}, "expected rules, applications and vars"),
        ({"applications": {"a && b": ["r"]}}, "selector 'a && b' cannot be read"),
        ({"applications": {"!a": ["r"]}}, "selector '!a'"),
        ({"applications": {"(a)": ["r"]}}, r"selector '\(a\)'"),
        ({"applications": {"**": ["nope"]}}, "there is no rule 'nope'"),
        ({"applications": {"**": ["@nope"]}}, "'@nope': type 'nope'"),
        ({"applications": {"**": ["@email:nope"]}}, "'@email:nope': redaction 'nope'"),
        ({"rules": {"r": {"type": "nope"}}}, "'r': type 'nope' cannot be read"),
        ({"rules": {"r": 3}}, "'r': type None cannot be read"),
        ({"rules": {"r": {"type": "pattern", "pattern": r"\p{L}"}}}, "'r': pattern cannot be read"),
        ({"rules": {"r": {"type": "pattern", "pattern": "[a&&b]"}}}, "'r': pattern cannot be read"),
        ({"rules": {"r": {"type": "pattern", "pattern": "("}}}, "rule 'r'"),
        ({"rules": {"r": {"type": "pattern", "pattern": "(a+)+$"}}}, "rule 'r': regex: takes a time"),
        ({"rules": {"r": {"type": "alias", "rule": "r"}}}, "'r' stands for itself"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    """Nothing is ignored."""
    config = {"rules": {"r": {"type": "pattern", "pattern": "x"}}, "applications": {"**": ["r"]}, **change}
    with pytest.raises(PolicyError, match=said):
        Policy.from_relay(config, machine=MACHINE)
    assert attrs.has(type(POLICY))
