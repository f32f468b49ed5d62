"""The fence's word on headers and the schema's are one: what a header declares to leave leaves, and nothing else."""

from __future__ import annotations

import attrs
import pytest

from scrubbing.errors import Refused
from scrubbing.fence import admit
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.schema import ITEMS, structure, unstructure
from scrubbing.schema.fields import NEVER, meta_of
from scrubbing.schema.model.envelope import CONTENT_TYPES, EnvelopeHeader, ItemHeader
from scrubbing.wire import MAX_BYTES, build, dumps

ID = "0123456789abcdef" * 2
POLICY = Policy.verbose(machine=Machine(username="erikagaertner"))
LOG = {"items": [{"timestamp": 1763781197.5, "level": "info", "body": "it began"}]}
#: A value each field may have: in an envelope of one event and one batch of one log record.
ENVELOPE = {
    "event_id": ID,
    "sent_at": "2026-11-22T04:13:17Z",
    "dsn": "https://key@example.com/1",
    "sdk": {"name": "sentry.python"},
    "trace": {"trace_id": ID},
}
ITEM = {
    "type": "log",
    "length": len(dumps(LOG)),
    "content_type": "application/vnd.sentry.items.log+json",
    "item_count": 1,
    "filename": "a.log",
    "attachment_type": "event.attachment",
    "meta_length": 2,
    "platform": "python",
}


def is_admitted(envelope, item):
    """Say whether an event and a batch leave under these headers."""
    data = build(envelope, [({"type": "event"}, dumps({"event_id": ID})), ({"type": "log", **item}, dumps(LOG))])
    try:
        return admit(data, POLICY) is data
    except Refused as refused:
        assert refused.reason == "fence:header"
        return False


@pytest.mark.parametrize(("cls", "example"), [(EnvelopeHeader, ENVELOPE), (ItemHeader, ITEM)])
def test_the_fence_admits_what_the_schema_declares(cls, example):
    """Each header field by itself: admitted if it is declared to leave, else refused."""
    declared = {field.name: meta_of(field).leaves for field in attrs.fields(cls) if field.name != "other"}

    assert declared.keys() == example.keys()
    for name, value in example.items():
        envelope, item = ({name: value}, {}) if cls is EnvelopeHeader else ({}, {name: value})
        assert is_admitted(envelope, item) == (declared[name] != NEVER), name


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_content_type_is_its_item_types_own(content_type):
    """Each of the declared ones leaves with one sort of item; plain JSON with all."""
    assert is_admitted({}, {"content_type": content_type}) == content_type.endswith(("/json", ".log+json"))


def test_what_is_undeclared_is_refused():
    """A header of next year's does not leave."""
    assert not is_admitted({"of_next_year": 1}, {})
    assert not is_admitted({}, {"of_next_year": 1})


def test_bounds_are_the_fences():
    """An item is not longer than an envelope, and has a type that may leave."""
    fields = attrs.fields(ItemHeader)

    assert meta_of(fields.length).limit == MAX_BYTES
    assert meta_of(fields.type).values == tuple(ITEMS)


@pytest.mark.parametrize(("cls", "example"), [(EnvelopeHeader, ENVELOPE), (ItemHeader, ITEM)])
def test_headers_are_typed_without_loss(cls, example):
    """A header becomes an object and comes back, with what nobody declared."""
    header = {**example, "of_next_year": {"a": [1]}, "retention": None}

    made = structure(header, cls)

    assert made.other == {"of_next_year": {"a": [1]}, "retention": None}
    assert unstructure(made) == header
