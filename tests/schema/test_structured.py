"""Typed and lossless: what is structured and unstructured again is what it was, and nothing is guessed."""

from __future__ import annotations

import copy
import datetime
import json
import subprocess
import sys
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentry_sdk._types import AnnotatedValue
from strategies import CLASSES, values
from strategies import json as any_json

from scrubbing import schema
from scrubbing.errors import SchemaError
from scrubbing.schema import Event, structure, unstructure
from scrubbing.schema.fields import meta_of
from scrubbing.schema.model.event import Breadcrumb
from scrubbing.schema.model.payloads import CheckIn, Session
from scrubbing.schema.model.stacktrace import Frame
from scrubbing.schema.structured import ALIASES

slow = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=100)


@slow
@given(values())
def test_an_event_comes_back_as_it_was(event):
    """Whatever fields, nulls, null members and unknown keys an event of today's names has, nothing is lost."""
    before = copy.deepcopy(event)
    again = unstructure(structure(event))
    assert again == expected(before)
    assert event == before


def expected(event: dict[str, Any]) -> dict[str, Any]:
    """What the generator cannot help making: a message or an alias of an older protocol."""
    assert not ALIASES.keys() & event.keys()
    return event


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_class_comes_back_as_it_was(name):
    """Each class by itself is lossless, its strange keys included."""

    @settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=8)
    @given(values(CLASSES[name]))
    def check(value):
        made = structure(value, CLASSES[name])
        assert type(made) is CLASSES[name]
        assert unstructure(made) == value

    check()


@slow
@given(any_json | st.dictionaries(st.sampled_from([f.name for f in attrs.fields(Event)]), any_json))
def test_anything_ends_in_an_event_or_a_schema_error(value):
    """No JSON at all raises anything else, and what structures comes back."""
    try:
        made = structure(value)
    except SchemaError as error:
        assert all(problem.startswith("$") and ": expected" in problem for problem in error.problems)
    else:
        assert structure(unstructure(made)) == made


def test_unknown_keys_are_kept_at_their_level():
    """A field somebody invents next year is neither lost nor moved, however deep it stands."""
    event = {
        "invented": {"a": [1]},
        "exception": {"values": [{"type": "E", "stacktrace": {"frames": [{"lineno": 1, "shade": "x"}], "mood": 2}}]},
    }
    made = structure(event)
    stacktrace = made.exception[0].stacktrace
    assert made.other == {"invented": {"a": [1]}}
    assert stacktrace.other == {"mood": 2}
    assert stacktrace.frames[0].other == {"shade": "x"}
    assert unstructure(made) == event


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ({"level": {"password": "hunter2"}}, "$.level: expected a string, got an object"),
        ({"level": 3}, "$.level: expected a string, got a number"),
        ({"level": True}, "$.level: expected a string, got true or false"),
        ({"level": ["error"]}, "$.level: expected a string, got a list"),
        ({"timestamp": True}, "$.timestamp: expected a time: RFC 3339 or seconds, got true or false"),
        ({"timestamp": {}}, "$.timestamp: expected a time: RFC 3339 or seconds, got an object"),
        ({"extra": [1]}, "$.extra: expected an object, got a list"),
        ({"fingerprint": "one"}, "$.fingerprint: expected a list, got a string"),
        ({"fingerprint": ["one", 2]}, "$.fingerprint[1]: expected a string, got a number"),
        ({"user": "alice"}, "$.user: expected an object, got a string"),
        ({"tags": "a=b"}, "$.tags: expected an object, got a string"),
        ({"tags": [["a"]]}, "$.tags: expected an object, or a list of pairs of a key and a value"),
        (
            {"exception": {"values": [None, {"mechanism": {"handled": 1}}]}},
            "$.exception.values[1].mechanism.handled: expected true or false, got a number",
        ),
        (
            {"exception": [{"stacktrace": {"frames": [{"lineno": "41"}]}}]},
            "$.exception.values[0].stacktrace.frames[0].lineno: expected a number, got a string",
        ),
        (
            {"exception": [{"stacktrace": {"frames": [{"lineno": True}]}}]},
            "$.exception.values[0].stacktrace.frames[0].lineno: expected a number, got true or false",
        ),
        (
            {"contexts": {"cloud_resource": {"cloud.region": 1}}},
            "$.contexts.cloud_resource.cloud.region: expected a string, got a number",
        ),
        ({"contexts": {"feedback": {}}}, "$.contexts.feedback.message: expected, and is missing"),
    ],
)
def test_nothing_is_coerced(event, problem):
    """A mapping is no string, a string is no number, true is no number; the place is told, the value is not."""
    with pytest.raises(SchemaError) as caught:
        structure(event)
    assert caught.value.problems == (problem,)


def test_all_problems_are_told_at_once():
    """Whoever repairs an event sees everything that is wrong with it, and no value of it."""
    with pytest.raises(SchemaError) as caught:
        structure({"level": 1, "logger": {}, "exception": [{"type": 2}, {"value": ["canary"]}], "user": {"email": 3}})
    assert sorted(problem.partition(":")[0] for problem in caught.value.problems) == [
        "$.exception.values[0].type",
        "$.exception.values[1].value",
        "$.level",
        "$.logger",
        "$.user.email",
    ]
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("value", [None, 3, "event", [], [1], object()])
def test_what_is_no_mapping_is_no_event(value):
    """The top itself is checked like everything below it."""
    with pytest.raises(SchemaError, match=r"\$: expected an object"):
        structure(value)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ({"exception": [{"type": "E"}]}, {"exception": {"values": [{"type": "E"}]}}),
        ({"exception": {"type": "E"}}, {"exception": {"values": [{"type": "E"}]}}),
        ({"threads": [None]}, {"threads": {"values": [None]}}),
        ({"breadcrumbs": []}, {"breadcrumbs": {"values": []}}),
        ({"tags": [["a", "b"], None, ("c", None)]}, {"tags": {"a": "b", "c": None}}),
        ({"message": "no"}, {"logentry": {"formatted": "no"}}),
        ({"sentry.interfaces.Exception": [{"type": "E"}]}, {"exception": {"values": [{"type": "E"}]}}),
        ({"sentry.interfaces.Message": {"message": "no"}}, {"logentry": {"message": "no"}}),
        ({"sentry.interfaces.Http": {"method": "GET"}}, {"request": {"method": "GET"}}),
        ({"sentry.interfaces.User": {"id": 1}}, {"user": {"id": 1}}),
    ],
)
def test_what_is_normalised(given, normal):
    """Bare lists, pairs and the names of older protocols come back in today's form, and then stay so."""
    assert unstructure(structure(given)) == normal
    assert unstructure(structure(normal)) == normal


@pytest.mark.parametrize(
    "event",
    [
        {"exception": {}},
        {"exception": None},
        {"exception": {"values": None}},
        {"exception": {"values": [], "exc_omitted": [1, 2]}},
        {"message": "two", "logentry": {"formatted": "one"}},
        {"message": {"formatted": "odd"}},
        {"sentry.interfaces.User": {"id": 1}, "user": {"id": 2}},
        {"stacktrace": {"frames": None}, "contexts": {"os": None, "mine": None}, "tags": {"other": "x"}},
        {"_meta": {"level": {"": {"err": ["x"]}}}, "meta": 3},
    ],
)
def test_what_is_left_alone(event):
    """Where today's name is taken, and beside ``values``, everything stays where it was."""
    assert unstructure(structure(event)) == event


def test_annotations_of_the_sdk_become_remarks():
    """An ``AnnotatedValue`` is its value; what the SDK says of it stands in ``_meta`` under the same place."""
    event = {
        "level": AnnotatedValue("error", {"len": 9}),
        "extra": {"a": [0, AnnotatedValue(None, {"rem": [["!limit", "x"]]})]},
        "_meta": {"extra": {"b": {"": {"len": 1}}}},
    }
    made = unstructure(structure(event))
    assert made == {
        "level": "error",
        "extra": {"a": [0, None]},
        "_meta": {
            "level": {"": {"len": 9}},
            "extra": {"a": {"1": {"": {"rem": [["!limit", "x"]]}}}, "b": {"": {"len": 1}}},
        },
    }
    assert isinstance(event["level"], AnnotatedValue)


def test_times_of_the_sdk_stay_what_they_are():
    """Until an event is serialised the SDK has ``datetime`` objects in it."""
    crumb = {"timestamp": datetime.datetime(2026, 11, 22, tzinfo=datetime.timezone.utc), "message": "m"}
    assert unstructure(structure(crumb, Breadcrumb)) == crumb


def test_what_holds_itself_is_no_event():
    """A bag that holds itself ends in an error at once."""
    bag: dict[str, Any] = {"a": AnnotatedValue(1, {})}
    bag["b"] = bag
    with pytest.raises(SchemaError, match="levels"):
        structure({"extra": bag})


def test_what_holds_the_same_twice_and_twice_again_is_no_event():
    """A hundred bytes of JSON that would be a gigabyte written out end in an error, not in an hour of work."""
    bag: list[Any] = []
    for _ in range(40):
        bag = [bag, bag]
    with pytest.raises(SchemaError, match="objects and lists"):
        structure({"extra": {"x": bag}})


def test_objects_can_be_changed_and_made():
    """An object is plain attrs: what is set comes out, under the protocol's spelling, and what was null can be set."""
    made = structure({"level": None, "contexts": {"cloud_resource": {"cloud.region": "eu"}}})
    made.level = "error"
    made.contexts.cloud_resource.cloud_region = "us"
    assert unstructure(made) == {"level": "error", "contexts": {"cloud_resource": {"cloud.region": "us"}}}
    assert unstructure(Frame(lineno=3, vars={"a": 1})) == {"lineno": 3, "vars": {"a": 1}}


def test_what_servers_drop_an_item_for_is_required():
    """A session without its version and a check-in without its job are no such things."""
    with pytest.raises(SchemaError) as caught:
        structure({"sid": "1", "attrs": {}}, Session)
    assert set(caught.value.problems) == {
        "$.started: expected, and is missing",
        "$.attrs.release: expected, and is missing",
    }
    with pytest.raises(SchemaError, match=r"\$.monitor_slug: expected, and is missing"):
        structure({"check_in_id": "a", "status": "ok"}, CheckIn)
    assert structure({"check_in_id": "a", "status": "ok", "monitor_slug": "b"}, CheckIn).monitor_slug == "b"


def test_the_names_are_public():
    """`schema.structure` and its siblings are what they are called, and the model loads when it is asked for."""
    assert schema.structure is structure
    assert schema.unstructure is unstructure
    look = "print('cattrs' in sys.modules)"
    code = f"import sys, scrubbing.schema; {look}; scrubbing.schema.structure; {look}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_every_class_is_a_name_of_the_room():
    """`schema.Frame` and all others are found where one looks for them, and nothing else is."""
    for name, cls in CLASSES.items():
        assert getattr(schema, name) is cls
    assert schema.UnknownItem is not None
    for name in ("Node", "Nothing", "model_", "attrs"):
        with pytest.raises(AttributeError):
            getattr(schema, name)


def test_every_field_of_every_class_is_what_it_says():
    """The hooks know each annotation: a field whose type nobody can check would let anything pass."""
    for cls in CLASSES.values():
        for field in attrs.fields(cls):
            if meta_of(field).rest or meta_of(field).kind is schema.Kind.BAG:
                continue
            name = meta_of(field).wire or field.name
            with pytest.raises(SchemaError, match="expected"):
                structure({name: json}, cls)


class Broken(dict):
    """A mapping of which nothing can be asked."""

    def items(self):
        """Raise what no reader expects."""
        raise RuntimeError("canary")

    values = get = items


@pytest.mark.parametrize(
    "value",
    [
        AnnotatedValue(5, {"rem": []}),
        [AnnotatedValue(5, {"rem": []})],
        Broken(level="error"),
        {"extra": Broken(a=1)},
        {"exception": Broken(values=[])},
        {10**5000: AnnotatedValue(1, {})},
    ],
    ids=["annotated", "list of annotated", "broken", "broken bag", "broken part", "a key too long to print"],
)
def test_whatever_is_given_a_schema_error_says_so(value):
    """What is no event raises one thing, and does not repeat what it met."""
    with pytest.raises(SchemaError) as caught:
        structure(value)

    assert "canary" not in str(caught.value)
