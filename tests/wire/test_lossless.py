"""What is read is written as the same bytes; what was changed since is written so that it is read as it is."""

from __future__ import annotations

import io
import json

import attrs
import pytest
from envelopes import CHARACTERS, TYPES, damaged, envelopes
from hypothesis import assume, given
from hypothesis import strategies as st
from sentry_sdk.envelope import Envelope as SdkEnvelope
from sentry_sdk.envelope import Item as SdkItem

from scrubbing import wire
from scrubbing.errors import SchemaError
from scrubbing.wire import Envelope, Item, build, dumps, read, write

ID = b'{"event_id":"5d1c3e0f8a9b4c7d9e0f1a2b3c4d5e6f"}'

#: Bytes, and what the items in them are: the documentation's rules, each in data of our own.
SHAPES = {
    "a header alone": (ID, []),
    "a header alone, its line ended": (ID + b"\n", []),
    "an empty header": (b"{}", []),
    "a header and empty lines": (b"{}\n\n\n", []),
    "two items": (
        ID + b'\n{"type":"attachment","length":9,"filename":"a.log"}\n\xef\xbb\xbfdone\r\n\n{"type":"event",'
        b'"length":14}\n{"level":"in"}\n',
        [("attachment", b"\xef\xbb\xbfdone\r\n"), ("event", b'{"level":"in"}')],
    ),
    "two items, the last line not ended": (
        b'{}\n{"type":"a","length":3}\nx\ny\n{"type":"b","length":2}\n{}',
        [("a", b"x\ny"), ("b", b"{}")],
    ),
    "two items of no bytes": (
        ID + b'\n{"type":"attachment","length":0}\n\n{"type":"attachment","length":0}\n\n',
        [("attachment", b"")] * 2,
    ),
    "two items of no bytes, the last line not ended": (
        ID + b'\n{"type":"attachment","length":0}\n\n{"type":"attachment","length":0}\n',
        [("attachment", b"")] * 2,
    ),
    "an item of no bytes whose header's line is not ended": (b'{}\n{"type":"a","length":0}', [("a", b"")]),
    "the same without a length": (b'{}\n{"type":"a"}', [("a", b"")]),
    "no length, ended by its line": (ID + b'\n{"type":"attachment"}\nfree text\n', [("attachment", b"free text")]),
    "no length, ended by the end": (b'{}\n{"type":"session"}\n{"sid": "x"}', [("session", b'{"sid": "x"}')]),
    "a length of null is none": (b'{}\n{"type":"a","length":null}\nabc\n', [("a", b"abc")]),
    "no lengths, one after another": (
        b'{}\n{"type":"a"}\n\n{"type":"b"}\nx\n{"type":"c"}\n\n\n\n',
        [("a", b""), ("b", b"x"), ("c", b"")],
    ),
    "carriage returns": (
        b'{}\r\n{"type":"a"}\r\nabc\r\n{"type":"b","length":1}\r\n\r\n',
        [("a", b"abc\r"), ("b", b"\r")],
    ),
    "any bytes under a length": (b'{}\n{"type":"a","length":6}\n\0\n{}\n\xff\n', [("a", b"\0\n{}\n\xff")]),
    "a payload that looks like a header": (
        b'{}\n{"type":"a","length":17}\n{"type":"event"}\n\n\n',
        [("a", b'{"type":"event"}\n')],
    ),
    "white space, escapes and numbers as they were": (
        b' { "a" : 1.00, "b" : "\\u0041\\ud800", "c" : 1E2 } \t\n{ "type" : "\\u0061" , "length" : 2 }\n{}\n',
        [("a", b"{}")],
    ),
    "a type nobody knows": (b'{}\n{"type":"of_next_year","more":{"x":[1]}}\n{}\n', [("of_next_year", b"{}")]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_of_the_format_is_read_and_written_back(shape):
    """The items are the ones the documentation's rules make of the bytes, and the bytes come back."""
    data, items = SHAPES[shape]

    envelope = read(data)

    assert [(item.type, item.payload) for item in envelope.items] == items
    assert write(envelope) == data


@given(envelopes())
def test_every_envelope_reads_as_what_it_says_and_writes_as_it_was(made):
    """However headers are spelled, whether or not lengths are given and lines are ended."""
    data, headers, items = made

    envelope = read(data)

    assert json.dumps(envelope.headers) == json.dumps(headers)
    assert [(item.type, item.headers, item.payload) for item in envelope.items] == items
    assert write(envelope) == data


@given(damaged() | st.binary(max_size=200))
def test_what_still_reads_writes_as_it_was(data):
    """Damage that leaves an envelope an envelope is kept as well."""
    try:
        envelope = read(data)
    except SchemaError:
        return
    assert write(envelope) == data


@given(envelopes(), st.data())
def test_what_was_changed_is_read_as_it_is(made, data):
    """Other headers, types, payloads and items, in any order: they are written, with lengths that are right."""
    text = st.text(CHARACTERS, max_size=3)
    values = st.none() | st.integers(0, 3) | st.booleans() | text
    headers = st.dictionaries(text.filter(lambda key: key != "length"), values, max_size=2)
    changes = {
        "type": TYPES,
        "payload": st.binary(max_size=9) | st.just(b"a\nb"),
        "headers": headers,
    }
    before = read(made[0])
    items = []
    for item in data.draw(st.permutations(before.items)):
        changed = {name: data.draw(values) for name, values in changes.items() if data.draw(st.booleans())}
        items.append(attrs.evolve(item, **changed))
    by_hand = st.builds(Item, type=TYPES, headers=headers, payload=st.binary(max_size=9))
    items += data.draw(st.lists(by_hand, max_size=1))
    changed = attrs.evolve(before, headers=data.draw(headers), items=tuple(items))

    assume(not any("\\ud" in json.dumps(one.headers) for one in items))  # a new line cannot say half a character
    after = read(write(changed))

    assert dumps(after.headers) == dumps(changed.headers)
    assert [(item.type, item.payload) for item in after.items] == [(item.type, item.payload) for item in items]
    for one, other in zip(after.items, items, strict=True):
        assert _but(one.headers) == _but({**other.headers, "type": other.type})
        assert one.headers.get("length") in (None, len(one.payload))


def _but(headers):
    return json.dumps({name: value for name, value in headers.items() if name != "length"}, sort_keys=True)


@given(st.lists(st.tuples(st.sampled_from(["event", "x"]), st.binary(max_size=9)), max_size=3))
def test_what_was_made_by_hand_is_written_as_it_is_built(items):
    """An envelope that was not read has one form, `build`'s, which the fence knows."""
    by_hand = Envelope({"event_id": "x"}, tuple(Item(name, {}, payload) for name, payload in items))

    assert write(by_hand) == build({"event_id": "x"}, [({"type": name}, payload) for name, payload in items])
    assert write(by_hand) == write(read(write(by_hand)))


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
def test_a_header_changed_in_place_is_written_anew(value):
    """Also where the new value is equal to the old one and still another JSON."""
    envelope = read(b'{ "a": 1 }\n{ "type": "x", "a": 1 }\nabc')
    envelope.headers["a"] = value
    envelope.items[0].headers["a"] = value

    assert write(envelope) == dumps({"a": value}) + b"\n" + dumps({"type": "x", "a": value}) + b"\nabc"


def test_only_what_was_changed_is_written_anew():
    """One item's new payload takes a new length, and the other lines stay as they were spelled."""
    envelope = read(b'{ }\n{ "type": "a" }\nx\n{"length":1 , "type":"b"}\ny\n\n')
    first, second = envelope.items

    longer = attrs.evolve(envelope, items=(first, attrs.evolve(second, payload=b"y\n")))
    split = attrs.evolve(envelope, items=(attrs.evolve(first, payload=b"x\n"), second))

    assert write(longer) == b'{ }\n{ "type": "a" }\nx\n{"length":2,"type":"b"}\ny\n\n\n'
    assert write(split) == b'{ }\n{"type":"a","length":2}\nx\n\n{"length":1 , "type":"b"}\ny\n\n'


def test_headers_that_are_no_json_are_not_written():
    """A changed header that cannot be written raises, and so does a tail that is more than line ends."""
    envelope = read(b"{}\n")

    for changes in (
        {"headers": {"a": float("nan")}},
        {"headers": {"a": {1}}},
        {"headers": {"a": "\ud800"}},
        {"tail": b"x"},
    ):
        with pytest.raises(SchemaError, match=r"\A\$.*: expected "):
            write(attrs.evolve(envelope, **changes))


def test_envelopes_that_say_the_same_are_equal():
    """How the lines were spelled is kept and not compared."""
    assert read(b'{"a":1}\n{"type":"x"}\nabc') == read(b'{ "a": 1 }\n{"type": "x"}\nabc\n\n')
    assert read(b'{"a":1}\n{"type":"x"}\nabc') != read(b'{"a":1}\n{"type":"x"}\nabd')


@given(
    st.dictionaries(st.text(CHARACTERS, max_size=3), st.none() | st.floats(0, 1) | st.text(CHARACTERS), max_size=2),
    st.lists(st.tuples(st.sampled_from(["attachment", "x"]), st.binary(max_size=20)), max_size=3),
)
def test_what_the_sdk_writes_is_read_and_written_back(headers, items):
    """The SDK's own envelopes, byte for byte."""
    theirs = SdkEnvelope(headers, [SdkItem(payload, type=name) for name, payload in items])
    data = theirs.serialize()

    envelope = read(data)

    assert [(item.type, item.payload) for item in envelope.items] == items
    assert [item.headers["content_type"] for item in envelope.items] == ["application/octet-stream"] * len(items)
    assert write(envelope) == data


@given(envelopes())
def test_the_sdk_reads_the_same_items(made):
    """An independent reader finds the same payloads in what we accept, up to the first type it takes apart itself."""
    data = made[0]
    theirs = io.BytesIO(data)
    theirs.readline()
    for item in wire.read(data).items:
        if item.type == "event":  # which it parses as JSON
            return
        read_by_them = SdkItem.deserialize_from(theirs)
        assert (read_by_them.type, read_by_them.get_bytes()) == (item.type, item.payload)
    assert SdkItem.deserialize_from(theirs) is None
