"""Payloads as objects: of the class their item's type has, or kept as bytes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from envelopes import envelopes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import CLASSES, values

from scrubbing.errors import SchemaError
from scrubbing.schema import ITEMS, NEVER_SENT, Event, unstructure
from scrubbing.schema.items import payload_class
from scrubbing.schema.model.envelope import UnknownItem
from scrubbing.wire import Item, build, dumps, payload, read

TYPES = [*ITEMS, *NEVER_SENT, "user_report"]
TYPED = [name for name in TYPES if payload_class(name)]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(TYPED), st.data())
def test_a_payload_is_an_object_of_its_type_and_comes_back(name, data):
    """Read from bytes, made an object and written again, a payload is the JSON it was."""
    cls = CLASSES[payload_class(name)]
    value = data.draw(values(cls))
    (item,) = read(build({}, [({"type": name}, dumps(value))])).items

    made = payload(item)

    assert type(made) is cls
    assert unstructure(made) == value


@pytest.mark.parametrize("name", [*(name for name in TYPES if name not in TYPED), "of_next_year", ""])
def test_what_has_no_class_is_kept_byte_for_byte(name):
    """Attachments, older metrics and what is invented next year: type, header and bytes stay."""
    data = b'{}\n{"type":"%s","length":4,"more":[1]}\n\0\n{"\n' % name.encode()

    assert payload(read(data).items[0]) == UnknownItem(name, {"type": name, "length": 4, "more": [1]}, b'\0\n{"')


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "$: expected JSON"),
        (b"{", "$: expected JSON"),
        (b'{"a":1,"a":1}', "$: expected JSON"),
        (b"[" * 100_000, "$: expected JSON"),
        (b"[]", "$: expected an object"),
        (b"null", "$: expected an object"),
        (b'{"extra":' + b"[" * 300 + b"]" * 300 + b"}", "$: expected at most "),
        (b'{"level":3}', "$.level: expected a string"),
        (
            b'{"exception":{"values":[{"stacktrace":{"frames":[{"lineno":"3"}]}}]}}',
            "$.exception.values[0].stacktrace.frames[0].lineno: expected a number",
        ),
    ],
)
def test_a_payload_that_is_not_what_its_type_says_tells_where(data, problem):
    """No JSON, no object, the wrong type somewhere in it: a `SchemaError` with the place."""
    with pytest.raises(SchemaError) as caught:
        payload(Item("event", {}, data))
    assert str(caught.value).startswith(problem)


@given(envelopes())
def test_any_item_is_an_object_or_an_error(made):
    """Whatever a type's payload holds, taking it apart raises nothing else."""
    for item in read(made[0]).items:
        check_that_it_is_an_object_or_an_error(item)


def check_that_it_is_an_object_or_an_error(item):
    """Unknown where its type has no class."""
    try:
        found = payload(item)
    except SchemaError as error:
        assert ": expected" in str(error)
    else:
        assert isinstance(found, UnknownItem) == (payload_class(item.type) is None)


def test_an_event_is_typed():
    """What an editor completes: fields, not keys."""
    event = payload(Item("event", {}, b'{"exception":{"values":[{"type":"KeyError"}]},"of_next_year":1}'))

    assert isinstance(event, Event)
    assert event.exception[0].type == "KeyError"
    assert event.other == {"of_next_year": 1}


def test_reading_makes_no_classes():
    """What captures and uploads import of this room brings neither the model nor cattrs along."""
    code = (
        "import json, sys, scrubbing.wire as wire\n"
        "wire.write(wire.read(b'{}'))\n"
        "print(json.dumps([name in sys.modules for name in ('scrubbing.schema.model.event', 'cattrs')]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(run.stdout) == [False, False]
