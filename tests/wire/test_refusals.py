"""What is no envelope is a `SchemaError` with an offset, whatever the bytes are, and soon."""

from __future__ import annotations

import json
import sys

import pytest
from envelopes import damaged, envelopes
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.errors import SchemaError
from scrubbing.wire import MAX_DEPTH, MAX_ITEMS, MAX_READ, read, stamped, write

CANARY = b"carmilla"


def refused(data, **limits):
    """Say why bytes are refused."""
    with pytest.raises(SchemaError) as caught:
        read(data, **limits)
    return str(caught.value)


def nested(levels):
    """A header of so many levels."""
    return b'{"a":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


#: Bytes, and the offset at which they stop being an envelope.
CASES = {
    "nothing": (b"", 0),
    "an empty line": (b"\n", 0),
    "empty lines between items": (b'{}\n{"type":"a"}\nx\n\n{"type":"b"}\ny\n', 18),
    "empty lines before the first item": (b'{}\n\n{"type":"a"}\nx\n', 3),
    "a last line of white space": (b"{}\n \n", 4),
    "a last line of carriage return": (b"{}\n\r\n", 4),
    "a list": (b"[{}]", 0),
    "a string": (b'{}\n"x"', 3),
    "null": (b"null\n", 0),
    "half a header": (b'{"a":', 5),
    "half a header behind letters of two bytes": ('{"\u00e4\u00f6":'.encode(), 8),
    "half a header of an item": (b'{}\n{"type":"a","len', 15),
    "two objects on one line": (b"{} {}\n", 3),
    "single quotes": (b"{'a':1}\n", 1),
    "no UTF-8": (b'{"a":"\xff"}\n', 6),
    "UTF-16": ('{"a":1}'.encode("utf-16"), 0),
    "a byte order mark": (b"\xef\xbb\xbf{}\n", 0),
    "a form feed": (b"\x0c{}\n", 0),
    "a NUL": (b'{"a":"\0"}\n', 6),
    "the same key twice": (b'{}\n{"type":"a","type":"b"}\n', 3),
    "NaN": (b'{"a":NaN}\n', 0),
    "minus infinity": (b'{"a":-Infinity}\n', 0),
    "a number beyond all": (b'{"a":1e999}\n', 0),
    "a number of too many digits": (b'{"a":' + b"9" * 5000 + b"}\n", 0),
    "nesting beyond what is read": (nested(MAX_DEPTH + 1), 0),
    "nesting beyond the stack": (nested(1_000_000), 0),
    "nesting that never ends": (b'{"a":' * 100_000, 0),
    "no type": (b'{}\n{"length":0}\n\n', 3),
    "a type that is no string": (b'{}\n{"type":7}\n\n', 3),
    "a length one too long": (b'{}\n{"type":"a","length":4}\nabc', 27),
    "a length one too long, with the line end": (b'{}\n{"type":"a","length":4}\nabc\n{}', 31),
    "a length one too short": (b'{}\n{"type":"a","length":2}\nabc\n', 29),
    "a length far too long": (b'{}\n{"type":"a","length":' + b"9" * 4000 + b"}\nabc\n", 4026),
    "a length of too many digits": (b'{}\n{"type":"a","length":' + b"9" * 5000 + b"}\nabc\n", 3),
    "a length below nothing": (b'{}\n{"type":"a","length":-1}\nabc\n', 28),
    "a length of a fraction": (b'{}\n{"type":"a","length":3.0}\nabc\n', 29),
    "a length of true": (b'{}\n{"type":"a","length":true}\na\n', 30),
    "a length of digits": (b'{}\n{"type":"a","length":"3"}\nabc\n', 29),
    "a length and nothing behind": (b'{}\n{"type":"a","length":1}', 26),
    "a length that is wrong and nothing behind": (b'{}\n{"type":"a","length":[]}', 27),
    "a carriage return behind a length": (b'{}\n{"type":"a","length":3}\nabc\r\n', 30),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_told_by_its_offset(case):
    """Truncated, mistaken and hostile bytes say where they go wrong and what was expected there."""
    data, offset = CASES[case]

    assert refused(data).startswith(f"offset {offset}: expected ")


@given(st.binary(max_size=300) | damaged())
def test_any_bytes_are_an_envelope_or_an_error(data):
    """No bytes make the reader raise anything else, and the error's offset is one of theirs."""
    try:
        read(data)
    except SchemaError as error:
        where, _, what = str(error).partition(": ")
        assert where.startswith("offset ")
        assert 0 <= int(where.removeprefix("offset ")) <= len(data)
        assert what.startswith("expected ")
        assert what.isascii()


@given(envelopes(), st.data())
def test_an_envelope_cut_anywhere_is_an_envelope_or_an_error(made, data):
    """What is left of it reads as items that begin like the ones it had, or does not read."""
    whole, _, items = made
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        found = read(cut).items
    except SchemaError:
        return
    assert len(found) <= len(items)
    for one, (name, headers, payload) in zip(found, items, strict=False):
        assert (one.type, one.headers) == (name, headers)
        assert payload.startswith(one.payload)


def test_an_error_does_not_say_what_it_found():
    """The bytes are somebody's: a canary in a header, a key, a length or a payload is not in the text."""
    for data in (
        CANARY,
        b'{"%s":' % CANARY,
        b'{"a":1,"%s":1,"%s":2}' % (CANARY, CANARY),
        b'{}\n{"%s":1}\n' % CANARY,
        b'{}\n{"type":"a","length":"%s"}\n' % CANARY,
        b'{}\n{"type":"a","length":1}\n%s\n' % CANARY,
    ):
        assert CANARY.decode() not in refused(data)


def test_more_bytes_than_asked_for_are_not_looked_at():
    """The size alone refuses them: what they would be refused for otherwise is not said."""
    data = b'{}\n{"type":"a"}\nabc\n'

    assert read(data, max_bytes=len(data)).items
    assert (
        refused(data, max_bytes=len(data) - 1)
        == f"offset {len(data) - 1}: expected the envelope to end, at most 19 bytes"
    )
    assert refused(b"x" * 11, max_bytes=10).startswith("offset 10: expected the envelope to end")
    assert refused(bytes(MAX_READ + 1)).startswith(f"offset {MAX_READ}: expected the envelope to end")


def test_more_items_than_asked_for_are_refused():
    """A hundred unless the caller says otherwise."""
    item = b'{"type":"a"}\nx\n'

    assert len(read(b"{}\n" + item * MAX_ITEMS).items) == MAX_ITEMS
    assert refused(b"{}\n" + item * (MAX_ITEMS + 1)).endswith(": expected at most 100 items")
    assert len(read(b"{}\n" + item * 5000, max_items=5000).items) == 5000
    assert refused(b"{}\n" + item, max_items=0).endswith(": expected at most 0 items")


@pytest.mark.parametrize(
    "data",
    [
        b"{}" + b"\n" * 4_000_000,
        b"{}" + b"\n" * 4_000_000 + b"x",
        b"{}\n" + b'{"type":"a"}\n\n' * 100_000,
        b"{}\n" + b'{"type":"a","length":0}\n\n' * 100_000 + b"\n" * 1_000_000,
        b'{}\n{"type":"a"}\n' + b"x" * 8_000_000,
        b"[" * 4_000_000,
        b'"' * 4_000_000,
        b'{"a":"' + b"\\u0041" * 500_000 + b'"}',
        b'{"a":[' + b"[]," * 500_000 + b"[]]}",
        b"{" + b",".join(b'"%d":0' % number for number in range(300_000)) + b"}",
    ],
    ids=range(10),
)
def test_large_bytes_are_read_in_one_pass(data):
    """Megabytes of what invites looking twice end as soon as small ones do, byte for byte."""
    try:
        envelope = read(data, max_items=100_000)
    except SchemaError as error:
        assert str(error).startswith("offset ")
    else:
        assert write(envelope) == data


def test_the_deepest_header_that_reads_is_written_deep_in_a_stack():
    """What was read at the top of a program can be compared and written a few hundred calls further down."""
    data = nested(MAX_DEPTH) + b"\n"
    envelope = read(data)

    def down(levels):
        return write(envelope) if not levels else down(levels - 1)

    assert down(sys.getrecursionlimit() - 450) == data


def test_only_an_envelope_is_stamped():
    """`stamped` reads the header as `read` does."""
    for data in (b"", b"[]\n", b'{"a":1,"a":2}\n', nested(MAX_DEPTH + 1)):
        with pytest.raises(SchemaError, match="offset 0: expected "):
            stamped(data, "2026-11-22T04:13:17Z")
    assert json.loads(stamped(b"{}", "x")) == {"sent_at": "x"}
