"""The public schema of events, ``event.schema.json``: the classes know all of it, and what is sent is valid by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from servers.captures import scrubbed

from scrubbing.schema import PRESETS, Kind, generate
from scrubbing.schema.fields import meta_of, wire_name

if TYPE_CHECKING:
    from servers.captures import Capture
    from servers.event_schema import EventSchema

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]  # the first run installs what it needs

CLASSES = {cls.__name__: cls for cls in generate.classes()}

#: The definitions that have fields, or are made of others that have, by the class that declares them.
MATCHED = {
    "AppContext": "AppContext",
    "AppleDebugImage": "DebugImage",
    "Breadcrumb": "Breadcrumb",
    "BrowserContext": "BrowserContext",
    "CError": "CError",
    "ClientSdkInfo": "Sdk",
    "ClientSdkPackage": "SdkPackage",
    "CloudResourceContext": "CloudResourceContext",
    "Contexts": "Contexts",
    "DebugImage": "DebugImage",
    "DebugMeta": "DebugMeta",
    "DeviceContext": "DeviceContext",
    "Event": "Event",
    "EventProcessingError": "EventProcessingError",
    "Exception": "ExceptionValue",
    "Frame": "Frame",
    "Geo": "Geo",
    "GpuContext": "GpuContext",
    "JvmDebugImage": "DebugImage",
    "LinuxDistribution": "LinuxDistribution",
    "LockReason": "LockReason",
    "LogEntry": "LogEntry",
    "MachException": "MachException",
    "Mechanism": "Mechanism",
    "MechanismMeta": "MechanismMeta",
    "MonitorContext": "MonitorContext",
    "NativeDebugImage": "DebugImage",
    "NelContext": "NelContext",
    "NsError": "NsError",
    "OsContext": "OsContext",
    "OtelContext": "OtelContext",
    "PerformanceScoreContext": "PerformanceScoreContext",
    "PosixSignal": "PosixSignal",
    "ProfileContext": "ProfileContext",
    "ProguardDebugImage": "DebugImage",
    "RawStacktrace": "Stacktrace",
    "ReplayContext": "ReplayContext",
    "Request": "Request",
    "ResponseContext": "ResponseContext",
    "RuntimeContext": "RuntimeContext",
    "SourceMapDebugImage": "DebugImage",
    "Stacktrace": "Stacktrace",
    "SystemSdkInfo": "SystemSdkInfo",
    "Tags": "Tags",
    "Thread": "Thread",
    "TraceContext": "TraceContext",
    "TransactionInfo": "TransactionInfo",
    "TransactionNameChange": "TransactionNameChange",
    "User": "User",
    "UserReportV2Context": "Feedback",
}
_STRING, _WORDS, _BAG = "a string: a leaf", "one of some words: a leaf", "a bag: whatever is in it is read key by key"
#: The others, and why no class is needed.
UNMATCHED = {
    "Addr": _STRING,
    "CodeId": _STRING,
    "Context": "any of the contexts, each of which is a field of Contexts",
    "ContextInner": "a name for Context",
    "Cookies": _BAG,
    "DebugId": _STRING,
    "EventId": _STRING,
    "EventType": _WORDS,
    "Fingerprint": "a list of strings",
    "FrameVars": _BAG,
    "HeaderName": _STRING,
    "HeaderValue": _STRING,
    "Headers": _BAG,
    "InstructionAddrAdjustment": _WORDS,
    "JsonLenientString": _STRING,
    "Level": _WORDS,
    "LockReasonType": _WORDS,
    "Message": _STRING,
    "NativeImagePath": _STRING,
    "NetworkReportPhases": _WORDS,
    "RegVal": _STRING,
    "Route": "within SpanData",
    "SpanData": "the data of TraceContext, a bag: its keys are the app's too",
    "SpanId": _STRING,
    "SpanStatus": _WORDS,
    "String": _STRING,
    "TagEntry": "a pair of strings, which becomes an entry of Tags",
    "ThreadId": "a number or a string: a leaf",
    "Timestamp": "a number or a string: a leaf",
    "TraceId": _STRING,
    "TransactionSource": _WORDS,
}
WITHIN_BAGS = {"Route", "SpanData"}


def properties(definition: Any) -> set[str]:
    """The names of a definition's fields, wherever it has them."""
    found = set(definition.get("properties", ()))
    return found.union(*(properties(one) for many in ("allOf", "anyOf") for one in definition.get(many, ())))


def declared(name: str) -> dict[str, Any]:
    """What a class declares, by the protocol's names."""
    return {wire_name(field): meta_of(field) for field in attrs.fields(CLASSES[name]) if not meta_of(field).rest}


def test_each_definition_is_a_class_or_needs_none(event_schema: EventSchema) -> None:
    """The 80 definitions and the event itself are in one of the two tables, and nothing else is."""
    assert sorted(event_schema.definitions) == sorted([*MATCHED, *UNMATCHED])
    assert len(event_schema.definitions) == 81
    assert set(MATCHED.values()) <= set(CLASSES)


def test_classes_declare_every_field_of_the_definitions(event_schema: EventSchema) -> None:
    """Each field of each definition is a field of its class, the event's 31 among them."""
    definitions = event_schema.definitions
    missing = {
        (name, field) for name, cls in MATCHED.items() for field in properties(definitions[name]) - declared(cls).keys()
    }
    assert missing == set()
    assert len(properties(definitions["Event"])) == 31


def test_what_needs_no_class_has_no_fields(event_schema: EventSchema) -> None:
    """A definition without a class has no fields of its own, or lies in a bag."""
    fields = {name for name in UNMATCHED if properties(event_schema.definitions[name])}
    assert fields == WITHIN_BAGS
    assert declared("TraceContext")["data"].kind is Kind.BAG


def test_each_context_is_a_field(event_schema: EventSchema) -> None:
    """Every sort of context the schema knows is declared, as what its class says it is."""
    sorts = {one["$ref"].rpartition("/")[2] for one in event_schema.definitions["Context"]["anyOf"] if "$ref" in one}
    classes = {meta.of for meta in declared("Contexts").values()}
    assert {MATCHED[sort] for sort in sorts} <= classes


@pytest.mark.parametrize("preset", PRESETS)
def test_scrubbed_events_are_valid(captures: list[Capture], event_schema: EventSchema, preset: str) -> None:
    """Each error of a real program, scrubbed, is valid by the public schema."""
    events = {name: event for name, event in scrubbed(captures, preset).items() if name.endswith(" event")}
    assert len(events) >= 15
    assert event_schema.problems(events) == []


def test_control_finds_what_is_not_valid(captures: list[Capture], event_schema: EventSchema) -> None:
    """The schema rejects of the same errors, as plain Sentry sends them, what it does not know."""
    plain = {str(number): made.json for number, made in enumerate(captures) if made.type == "event"}
    problems = "\n".join(event_schema.problems(plain))
    assert "'_meta' was unexpected" in problems
    assert "'message' was unexpected" in problems
    assert "$.tags" in problems
