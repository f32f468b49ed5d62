"""Envelopes as bytes: what is built is read back, what is no envelope is an error with an offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.errors import SchemaError
from scrubbing.wire import MAX_ITEMS, build, dumps, parse, read, stamped

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.lists(st.tuples(st.sampled_from(["event", "attachment", "x"]), st.binary(max_size=50)), max_size=4))
def test_what_is_built_is_read_back(items):
    """Payloads of any bytes, empty and with line ends, come back as they were."""
    envelope = read(build({"event_id": "x"}, [({"type": name}, payload) for name, payload in items]))

    assert envelope.headers == {"event_id": "x"}
    assert [(item.type, item.payload) for item in envelope.items] == items
    assert all(item.headers == {"type": item.type, "length": len(item.payload)} for item in envelope.items)


@given(JSON)
def test_json_is_written_one_way(value):
    """What is written is read as the same value, and written as the same bytes."""
    data = dumps(value)

    assert parse(data, "x") == value
    assert dumps(parse(data, "x")) == data


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"x", object(), "\ud800", {"\udce9": 1}])
def test_what_is_no_json_is_not_written(value):
    """NaN, sets, bytes, objects and lone surrogates raise instead of becoming something a server reads otherwise."""
    with pytest.raises(SchemaError, match="expected JSON"):
        dumps([value])


def test_what_holds_itself_is_not_written():
    """A list in itself and nesting beyond the stack raise."""
    looped = []
    looped.append(looped)
    deep = []
    for _ in range(200_000):
        deep = [deep]
    for value in (looped, deep):
        with pytest.raises(SchemaError):
            dumps(value)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"", 0),
        (b"[]\n", 0),
        (b"{}\nx", 3),
        (b'{}\n{"length":3}\nabc\n', 3),
        (b'{}\n{"type":"a","length":4}\nabc', 27),
        (b'{}\n{"type":"a","length":2}\nabc\n', 29),
        (b'{}\n{"type":"a","length":true}\nabc\n', 30),
        (b'{"a":1,"a":2}\n', 0),
        (b'{"a":NaN}\n', 0),
        (b"{}\n" + b'{"type":"a","length":0}\n\n' * (MAX_ITEMS + 1), 2528),
    ],
)
def test_what_is_no_envelope_says_where(data, offset):
    """Truncated, oversized and garbage bytes raise with the offset, and without the bytes."""
    with pytest.raises(SchemaError, match=rf"\Aoffset {offset}: expected "):
        read(data)


def test_an_item_without_length_ends_at_its_line():
    """The format lets an item have no length; it ends at the line's end or the envelope's."""
    assert [item.payload for item in read(b'{}\n{"type":"a"}\nabc\n{"type":"b"}\n').items] == [b"abc", b""]


def test_a_stamp_changes_the_header_alone():
    """`sent_at` is set when an envelope is sent; the rest stays byte for byte."""
    data = build({"event_id": "x"}, [({"type": "event"}, b"{}\n\n")])

    made = stamped(stamped(data, "1"), "2026-11-22T04:13:17Z")

    assert read(made).headers == {"event_id": "x", "sent_at": "2026-11-22T04:13:17Z"}
    assert made.partition(b"\n")[2] == data.partition(b"\n")[2]
