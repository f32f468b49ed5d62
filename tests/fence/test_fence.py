"""The fence as somebody meets it who wants something out: each way is refused, with a reason and without the value."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubbing.errors import Refused
from scrubbing.fence import MAX_IDS, MAX_TEXTS, REASONS, Seen, admit
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import remember, rewritten
from scrubbing.schema import ITEMS, NEVER_SENT, PRESETS
from scrubbing.wire import MAX_BYTES, MAX_ITEMS, build, dumps, read, stamped

MACHINE = Machine(username="erikagaertner", hostname="wonderland", home="/home/erikagaertner")
POLICY = Policy.verbose(machine=MACHINE, commands=["watch"])
STRICT = Policy.strict(machine=MACHINE)
ID = "0123456789abcdef" * 2
EVENT = {
    "event_id": ID,
    "timestamp": "2026-11-22T04:13:17Z",
    "level": "error",
    "tags": {"subcommand": "watch", "color": "blue"},
    "contexts": {"runtime": {"name": "CPython"}, "trace": {"trace_id": "a" * 32}},
    "exception": {
        "values": [
            {
                "type": "ValueError",
                "value": "it broke",
                "mechanism": {"type": "generic", "handled": True, "meta": {"errno": {"number": 2}}},
                "stacktrace": {"frames": [{"function": "f", "lineno": 3, "vars": {"x": "y"}, "pre_context": ["a"]}]},
            }
        ]
    },
    "extra": {"depth": {"of": ["bag", 1, None, True]}},
    "breadcrumbs": {"values": [{"message": "before", "timestamp": "2026-11-22T04:13:16Z"}]},
}
CANARY = "CanaryValue"


def sent(event=EVENT, headers=None, item=None, **more):
    """An envelope of one event, with whatever is said instead."""
    header = {"type": "event", **(item or {})}
    return build({"event_id": ID} if headers is None else headers, [(header, dumps({**event, **more}))])


def seen_of(event=EVENT, policy=POLICY):
    """What hooks remember of an event, and of the command that runs."""
    seen = Seen({"release": "frob@1.4.2"})
    seen.remember_text("watch")
    seen.remember_id(event["event_id"])
    remember(event, policy.shape("event"), seen.remember_text)
    return seen


def refused(data, policy=POLICY, seen=None):
    """The reason and the place; the value is in neither."""
    with pytest.raises(Refused) as caught:
        admit(data, policy, seen)
    assert caught.value.reason in REASONS
    assert CANARY.lower() not in str(caught.value).lower()
    assert "canary" not in str(caught.value).lower()
    return caught.value.reason, caught.value.where


def test_a_clean_event_passes():
    """What hooks let through leaves, byte for byte; also stamped, also from the disk of another process."""
    data = sent()

    assert admit(data, POLICY, seen_of()) is data
    assert admit(data, POLICY) is data
    assert admit(stamped(data, "2026-11-22T04:13:18Z"), POLICY, seen_of())


@pytest.mark.parametrize(
    ("change", "reason", "where"),
    [
        ({"event_id": "f" * 32}, "fence:unseen", "event.event_id"),
        ({"event_id": None}, "fence:unseen", "event.event_id"),
        ({"event_id": CANARY}, "fence:value", "event.event_id"),
        ({"extra": {"x": CANARY}}, "fence:unseen", "event.extra"),
        ({"extra": {CANARY: 1}}, "fence:unseen", "event.extra"),
        ({"tags": {CANARY: "blue"}}, "fence:unseen", "event.tags.*"),
        ({"logentry": {"formatted": CANARY}}, "fence:unseen", "event.logentry.formatted"),
        ({"transaction": CANARY}, "fence:unseen", "event.transaction"),
        ({"logger": CANARY}, "fence:unseen", "event.logger"),
    ],
)
def test_what_no_hook_let_through_is_refused(change, reason, where):
    """An event's id, a text, a key or a name that no hook saw does not leave."""
    assert refused(sent(headers={}, **change), seen=seen_of()) == (reason, where)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({CANARY: 1}, "fence:field"),
        ({"server_name": CANARY}, "fence:field"),
        ({"modules": {}}, "fence:field"),
        ({"message": CANARY}, "fence:field"),
        ({"contexts": {"device": {"name": CANARY}}}, "fence:field"),
        ({"user": {"email": CANARY}}, "fence:field"),
        ({"level": CANARY}, "fence:value"),
        ({"timestamp": "2026-11-22T04:13:17Zcanary"}, "fence:value"),
        ({"timestamp": 4111111111111111}, "fence:value"),
        ({"release": "a b"}, "fence:value"),
        ({"exception": [{"type": "ValueError"}]}, "fence:type"),
        ({"exception": {"values": [], CANARY: 1}}, "fence:type"),
        ({"exception": {"values": {}}}, "fence:type"),
        ({"exception": {"values": [{"mechanism": {"type": CANARY}}]}}, "fence:value"),
        ({"exception": {"values": [{"mechanism": {"handled": 4111111111111111}}]}}, "fence:type"),
        ({"exception": {"values": [{"mechanism": {"exception_id": True}}]}}, "fence:type"),
        ({"exception": {"values": [{"thread_id": "7"}]}}, "fence:type"),
        ({"exception": {"values": [{"stacktrace": {"frames": [{"lineno": True}]}}]}}, "fence:type"),
        ({"exception": {"values": [{"stacktrace": {"frames": [{"lineno": 41111111111}]}}]}}, "fence:type"),
        ({"exception": {"values": [{"type": "a canary"}]}}, "fence:value"),
        ({"exception": {"values": [{}] * 51}}, "fence:size"),
        ({"tags": "x"}, "fence:type"),
        ({"tags": {"x": 3}}, "fence:type"),
        ({"tags": {"x": "y" * 201}}, "fence:size"),
        ({"tags": {"subcommand": CANARY}}, "fence:command"),
        ({"fingerprint": "x"}, "fence:type"),
        ({"extra": {"x": 10**30}}, "fence:type"),
        ({"extra": {"x": "y" * 8193}}, "fence:size"),
        ({"extra": {"x" * 201: 1}}, "fence:size"),
        ({"logentry": {"formatted": "mail canary@example.org"}}, "fence:finding"),
        ({"logentry": {"formatted": "/home/erikagaertner/canary"}}, "fence:finding"),
        ({"extra": {"password": CANARY}}, "fence:finding"),
        ({"extra": {"canary@example.org": 1}}, "fence:finding"),
        ({"extra": {"x": ["10.1.2.3"]}}, "fence:finding"),
    ],
)
def test_what_is_not_declared_or_found_is_refused(change, reason):
    """An undeclared field, a wrong type, a fact out of its form, a finding: refused, also from another process."""
    assert refused(sent(**change))[0] == reason


def deep(levels):
    return json.loads("[" * levels + "]" * levels)


@pytest.mark.parametrize("levels", [9, 50, 900])
def test_depth_is_refused(levels):
    """A bag that nests deeper than one that was taken is refused."""
    assert refused(sent(extra={"x": deep(levels)}))[0] == "fence:size"


def test_nesting_beyond_the_parser_is_refused():
    """What would overflow the parser's stack is no envelope."""
    payload = b'{"extra":' + b"[" * 100_000 + b"]" * 100_000 + b"}"

    assert refused(build({}, [({"type": "event"}, payload)]))[0] == "fence:malformed"


PAYLOAD = dumps(EVENT)
HEADER = dumps({"event_id": ID})
ITEM = dumps({"type": "event", "length": len(PAYLOAD)})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"garbage",
        b"\xff\xfe\0",
        HEADER,
        HEADER + b"\n",
        b"\n".join([HEADER, ITEM, PAYLOAD]),  # no line's end behind the item
        b"\n".join([HEADER, ITEM, PAYLOAD, b"", b""]),
        b"\n".join([HEADER, b"", ITEM, PAYLOAD, b""]),
        b"\r\n".join([HEADER, ITEM, PAYLOAD, b""]),
        b"\n".join([HEADER, b" " + ITEM, PAYLOAD, b""]),
        b"\n".join([HEADER, b'{"type":"event"}', PAYLOAD, b""]),  # no length
        b"\n".join([HEADER, dumps({"type": "event", "length": len(PAYLOAD) - 1}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": len(PAYLOAD) + 1}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": 10**9}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": -1}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": True}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": str(len(PAYLOAD))}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": "event", "length": float(len(PAYLOAD))}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"length": len(PAYLOAD)}), PAYLOAD, b""]),
        b"\n".join([HEADER, dumps({"type": 3, "length": len(PAYLOAD)}), PAYLOAD, b""]),
        b"\n".join([HEADER, b"[]", PAYLOAD, b""]),
        b"\n".join([b"[]", ITEM, PAYLOAD, b""]),
        b"\n".join([HEADER[:-1] + b',"event_id":"' + ID.encode() + b'"}', ITEM, PAYLOAD, b""]),
        sent() + b"canary",
        b"canary" + sent(),
        build({}, [({"type": "event"}, PAYLOAD)] * (MAX_ITEMS + 1)),
    ],
)
def test_bytes_that_are_no_envelope_of_ours_are_refused(data):
    """Garbage, other line ends, spaces, lengths that lie or are missing, no items or too many."""
    assert refused(data)[0] == "fence:malformed"


@pytest.mark.parametrize(
    "payload",
    [
        PAYLOAD[:-1] + b',"level":"error"}',
        PAYLOAD[:-1] + b',"level":"info"}',
        PAYLOAD.replace(b'"extra":{', b'"extra":{"x":NaN,'),
        PAYLOAD.replace(b'"extra":{', b'"extra":{"x":Infinity,'),
        PAYLOAD.replace(b'"extra":{', b'"extra":{"x":1e999,'),
        PAYLOAD.replace(b'"extra":{', b'"extra":{"x":1.00000000000000000000004111111,'),
        PAYLOAD.replace(b'"extra":{', b'"extra":{"x":' + b"1" * 5000 + b","),
        PAYLOAD.replace(b"it broke", b"it \\u0062roke"),
        PAYLOAD.replace(b"it broke", b"it \\ud800broke"),
        PAYLOAD.replace(b"it broke", b"it \xed\xa0\x80broke"),
        PAYLOAD.replace(b"it broke", b"it \xffbroke"),
        PAYLOAD.replace(b",", b", "),
        PAYLOAD + b" ",
        b"not json",
        b"",
    ],
)
def test_json_that_can_be_read_in_two_ways_is_refused(payload):
    """Duplicate keys, NaN, digits nobody keeps, escapes and spaces nobody needs: there is one way to write."""
    assert refused(build({"event_id": ID}, [({"type": "event"}, payload)]))[0] == "fence:malformed"


@pytest.mark.parametrize("payload", [b"[]", b"3", b'"canary"', b"null"])
def test_a_payload_that_is_no_object_is_refused(payload):
    """Other JSON than an object is of the wrong type."""
    assert refused(build({}, [({"type": "event"}, payload)])) == ("fence:type", "event")


@pytest.mark.parametrize(
    "headers",
    [
        {"event_id": "f" * 32},  # not the event's
        {"event_id": CANARY},
        {"event_id": [ID]},
        {"event_id": ID, "trace": {"release": CANARY}},
        {"event_id": ID, "dsn": "https://canary@example.org/1"},
        {"event_id": ID, "sdk": {"name": CANARY}},
        {"event_id": ID, "sent_at": 1732250000},
        {"event_id": ID, "sent_at": CANARY},
        {"event_id": ID, "sent_at": "2026-11-22T04:13:17Z canary"},
        {CANARY: 1},
    ],
)
def test_headers_of_an_envelope_are_its_event_and_its_time(headers):
    """Any other header, another event's id and a time of another form are refused."""
    assert refused(sent(headers=headers)) == ("fence:header", "envelope header")


@pytest.mark.parametrize(
    "item",
    [
        {"content_type": CANARY},
        {"content_type": "application/vnd.sentry.items.log+json"},
        {"item_count": 1},
        {"filename": "canary.txt"},
        {"attachment_type": "event.attachment"},
        {"platform": "python"},
        {CANARY: 1},
    ],
)
def test_headers_of_an_item_are_its_type_and_length(item):
    """Any other header of an item is refused."""
    assert refused(sent(item=item)) == ("fence:header", "event")


def test_a_batch_says_how_many_it_holds():
    """A batch may say its content type and its true number of members."""
    log = {"items": [{"body": "hello", "level": "info"}]}

    def batch(**header):
        return build({}, [({"type": "log", **header}, dumps(log))])

    assert admit(batch(item_count=1, content_type="application/vnd.sentry.items.log+json"), POLICY)
    for wrong in ({"item_count": 2}, {"item_count": True}, {"item_count": 1.0}, {"content_type": "text/plain"}):
        assert refused(batch(**wrong)) == ("fence:header", "log")


@pytest.mark.parametrize("preset", PRESETS)
def test_item_types_leave_under_their_presets_alone(preset):
    """An item type that is never sent, of a more open preset, or unheard of, is refused."""
    policy = Policy(preset=preset, machine=MACHINE)
    closed = [name for name, item in ITEMS.items() if PRESETS.index(item.leaves) > PRESETS.index(preset)]

    for name in (*closed, *NEVER_SENT, "replay_event", "canary", ""):
        assert refused(build({}, [({"type": name}, b"{}")]), policy) == ("fence:item", "")


def test_a_more_closed_policy_refuses_what_an_open_one_let_through():
    """The policy of the moment judges: text that left under standard does not under strict."""
    assert refused(sent(), STRICT)[0] == "fence:field"


def test_run_time_text_does_not_leave_under_strict_whoever_let_it_through():
    """Under strict only what stands for a text leaves, also from the disk and also if a hook let the text through."""
    for text, passes in (("<?>", True), (CANARY, False), ("f" * 32, False), ("it broke", False)):
        event = {"event_id": ID, "logentry": {"formatted": text}, "fingerprint": ["{{ default }}", "f" * 32]}
        for seen in (None, seen_of(event)):
            if passes:
                assert admit(sent(event), STRICT, seen)
            else:
                assert refused(sent(event), STRICT, seen) == ("fence:run-time", "event.logentry.formatted")
    assert refused(sent({"event_id": ID, "fingerprint": [CANARY]}), STRICT)[0] == "fence:run-time"


def test_an_item_says_of_the_app_what_the_app_said():
    """Another release than the app's own, and a command nobody runs, are refused in the process that knows them."""
    assert admit(sent(release="frob@1.4.2"), POLICY, seen_of())
    assert refused(sent(release="frob@canary"), seen=seen_of()) == ("fence:value", "event.release")
    loose = Policy.verbose(machine=MACHINE)
    changed = {"tags": {"subcommand": "canary"}}
    assert refused(sent(**changed), loose, seen_of()) == ("fence:command", "event.tags.subcommand")


def test_an_id_is_forgotten():
    """An id that was forgotten is one no hook saw."""
    seen = seen_of()
    seen.forget_id(ID)
    seen.forget_id(None)

    assert refused(sent(), seen=seen) == ("fence:unseen", "event.event_id")


def test_an_envelope_beyond_the_limit_is_refused():
    """More bytes than an envelope may have are not even read."""
    assert refused(b"x" * (MAX_BYTES + 1)) == ("fence:size", "")


def test_items_without_an_id_of_their_own_are_refused():
    """A session, a check-in and a transaction are known by their ids."""
    for name, own in (
        ("session", "sid"),
        ("check_in", "check_in_id"),
        ("transaction", "event_id"),
        ("feedback", "event_id"),
    ):
        assert refused(build({}, [({"type": name}, b"{}")])) == ("fence:unseen", f"{name}.{own}")


def test_every_item_is_judged():
    """A second item is judged like the first."""
    good = ({"type": "event"}, PAYLOAD)

    assert admit(build({"event_id": ID}, [good, good]), POLICY)
    assert (
        refused(build({"event_id": ID}, [good, ({"type": "event"}, dumps({"event_id": ID, "site": CANARY}))]))[0]
        == "fence:field"
    )


def test_what_is_remembered_is_bounded():
    """Ids and texts are forgotten, oldest first; placeholders of ours need no remembering."""
    seen = Seen()
    for number in range(MAX_IDS + 1):
        seen.remember_id(f"{number}")
    for number in range(MAX_TEXTS + 1):
        seen.remember_text(f"{number}")

    assert not seen.has_id("0") and seen.has_id("1")
    assert not seen.has_text("0") and seen.has_text("1")
    assert not seen.has_id(["1"])
    assert seen.has_text("<?>") and seen.has_text("[Filtered]")


GOOD = sent()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=0, max_size=6))
def test_bytes_changed_anywhere_are_refused_or_harmless(position, change):
    """Bytes put anywhere into a good envelope are refused, unless they change a number or a fact into another."""
    data = GOOD[:position] + change + GOOD[position + 1 :]
    try:
        admit(data, POLICY, seen_of())
    except Refused as one:
        assert one.reason in REASONS
    else:
        kept = {text for text in _texts(json.loads(read(data).items[0].payload)) if not _is_fact(text)}
        assert kept <= _texts(EVENT)


def _texts(value):
    if isinstance(value, dict):
        return set(value) | {text for child in value.values() for text in _texts(child)}
    if isinstance(value, list):
        return {text for child in value for text in _texts(child)}
    return {value} if isinstance(value, str) else set()


def _is_fact(text):
    return text in ("info", "error", "fatal") or text[:2] == "20" or set(text) <= set("0123456789abcdef")


def test_what_hooks_make_passes_under_every_preset():
    """The control: the same event after the hooks passes everywhere."""
    for preset in PRESETS:
        policy = Policy(preset=preset, machine=MACHINE)
        made = rewritten({**EVENT, "server_name": CANARY, "message": "mail canary@example.org"}, policy, "event")
        assert admit(sent(made), policy, seen_of(made, policy))
