"""Envelopes for the tests: every way the format lets one be written, beside what it says."""

from __future__ import annotations

import json

from hypothesis import strategies as st

CHARACTERS = st.characters(exclude_categories=["Cs"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=8),  # lone surrogates too: JSON can spell them
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["event", "session", "attachment", "client_report", "of_next_year", ""])
#: How JSON may be spelled on one line: separators, escapes, and white space in and around it.
SPELLINGS = st.sampled_from(
    [
        ((",", ":"), True, "{}"),
        ((", ", ": "), True, "{}"),
        ((",\t", " :  "), True, "{}"),
        ((",", ":"), False, "{}"),
        ((",", ":"), True, "{}\r"),
        ((",", ":"), True, " {}\t"),
    ]
)
PAYLOADS = st.sampled_from([b"", b"\n", b"\r", b"{}\r\n", b"\0\n\0", b'{"type":"event"}'])


def mappings():
    """Headers as JSON can say them: halves of a surrogate pair, side by side, are its character."""
    drawn = st.dictionaries(st.text(st.characters(), max_size=5), VALUES, max_size=3)
    return drawn.map(lambda value: json.loads(json.dumps(value)))


@st.composite
def lines(draw, headers):
    """A header line that says `headers`."""
    separators, is_ascii, frame = draw(SPELLINGS)
    text = json.dumps(headers, separators=separators, ensure_ascii=is_ascii)
    try:
        return frame.replace("{}", text).encode()
    except UnicodeEncodeError:
        return json.dumps(headers).encode()


@st.composite
def items(draw):
    """An item: its type, its headers, the lines it is written in."""
    extra = draw(
        st.dictionaries(st.text(max_size=5).filter(lambda key: key not in {"type", "length"}), VALUES, max_size=2)
    )
    payload = draw(
        st.binary(max_size=30) | st.sampled_from([b"", b"\n", b"\r", b"{}\r\n", b"\0\n\0", b'{"type":"event"}'])
    )
    headers = {**extra, "type": draw(TYPES)}
    if draw(st.booleans()) or b"\n" in payload:
        headers["length"] = len(payload)
    elif draw(st.booleans()):
        headers["length"] = None
    return headers["type"], headers, payload, draw(lines(headers))


@st.composite
def envelopes(draw):
    """An envelope's bytes, its headers, and type, headers and payload of each of its items."""
    headers = draw(mappings())
    made = draw(st.lists(items(), max_size=4))
    parts = [draw(lines(headers))]
    for _, _, payload, line in made:
        parts += [line, payload]
    if made and not made[-1][2] and draw(st.booleans()):
        parts.pop()
        tail = b""
    else:
        tail = draw(st.sampled_from([b"", b"\n", b"\n\n", b"\n\n\n\n"]))
    return b"\n".join(parts) + tail, headers, [one[:3] for one in made]


@st.composite
def damaged(draw):
    """The bytes of an envelope with a few of them cut, doubled, replaced or put in."""
    data = draw(envelopes())[0]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 12)))
        put = draw(st.sampled_from([b"", b"\n", b"\r", b"}", b"{", b'"', b"9", b"-", b"\xff", data[start:end] * 2]))
        data = data[:start] + put + data[end:]
    return data
