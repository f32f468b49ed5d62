"""The walker over dicts does what one would do with objects: structure, drop what does not leave, unstructure."""

from __future__ import annotations

import math
import re
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import values

from scrubbing.errors import SchemaError
from scrubbing.schema import PRESETS, Kind, structure, unstructure
from scrubbing.schema.fields import Meta, Node, meta_of, wire_name
from scrubbing.schema.strings import UNKNOWN, is_bare_address, is_relative, is_symbol
from scrubbing.schema.walker import compiled, copy

GONE = object()
FORMS = {Kind.SYMBOL: is_symbol, Kind.URL: is_bare_address}


def slowly(node: Node, preset: str) -> dict[str, Any]:
    """What of an object leaves under a preset, read off its fields one by one."""
    made: dict[str, Any] = {}
    for field in attrs.fields(type(node)):
        meta, value = meta_of(field), getattr(node, field.name)
        if meta.leaves not in PRESETS[: PRESETS.index(preset) + 1]:
            continue
        if meta.rest:
            declared = {wire_name(one) for one in attrs.fields(type(node)) if not meta_of(one).rest}
            for key, child in value.items():
                name = _plain(key)
                one = GONE if name in declared or name in made else leaf(child, meta, preset)
                if one is not GONE:
                    made[name] = one
            continue
        if meta.kind is Kind.BAG and value is None and wire_name(field) in node.other:
            made[wire_name(field)] = None  # a bag may be null, as any value in it
            continue
        if meta.many:
            kept = _kept(value, meta, preset)
            if meta.many == "values" and kept is not GONE:
                kept = {"values": kept}
        else:
            kept = one_of(value, meta, preset)
        if kept is not GONE:
            made[wire_name(field)] = kept
    return made


def _kept(value: Any, meta: Meta, preset: str) -> Any:
    if value is None:
        return GONE
    most = meta.most or 100
    members = (one_of(child, meta, preset) for child in value[-most:])
    return [one for one in members if one is not GONE]


def one_of(value: Any, meta: Meta, preset: str) -> Any:
    if value is None:
        return GONE
    return slowly(value, preset) if meta.of else leaf(value, meta, preset)


def leaf(value: Any, meta: Meta, preset: str) -> Any:
    """A plain value within all bounds, if it has its field's form."""
    kind = meta.kind
    if kind is Kind.NUMBER:
        if meta.flag:
            return value if isinstance(value, bool) else GONE
        if meta.limit is not None:
            return value if type(value) is int and 0 <= value <= meta.limit else GONE
        return value if _is_number(value) else GONE
    if kind in (Kind.FACT, Kind.ID):
        text = repr(value) if _is_number(value) and meta.values is None else value
        if not isinstance(text, str):
            return GONE
        good = text in meta.values if meta.values is not None else re.fullmatch(meta.pattern, text, re.ASCII)
        return value if good else GONE
    if kind is Kind.BAG:
        return _bag(value)
    if kind in (Kind.TEXT, Kind.MESSAGE) and (_is_number(value) or isinstance(value, bool)):
        value = str(value)
    if not isinstance(value, str):
        return GONE
    value = _plain(value)
    form = is_relative if kind is Kind.PATH and preset == "strict" else FORMS.get(kind)
    if kind is Kind.URL:
        value = value.partition("?")[0].partition("#")[0]
    return value if form is None or form(value) else UNKNOWN


def _bag(value: Any) -> Any:
    if isinstance(value, dict):
        made: dict[str, Any] = {}
        for key, child in value.items():
            made.setdefault(_plain(key), _bag(child))  # of two that become one the first stays
        return made
    if isinstance(value, list):
        return [_bag(child) for child in value]
    return _plain(value) if isinstance(value, str) else value


def _plain(text: str) -> str:
    return UNKNOWN if text.count("\0") > 1 else text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return -(2**63) <= value <= 2**64 - 1 if isinstance(value, int) else math.isfinite(value)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_walker_equals_the_slow_way(preset):
    """For every event that structures, walking the dict and filtering the objects give the same."""

    @settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
    @given(st.booleans().flatmap(lambda forms: values(forms=forms)))
    def check(event: dict[str, Any]) -> None:
        try:
            node = structure(event)
        except SchemaError:
            assume(False)
        today = unstructure(node)
        made, _ = copy(compiled("Event", preset), today)
        assert made == slowly(node, preset)
        assert made == copy(compiled("Event", preset), event)[0]

    check()


def test_the_comparison_would_find_a_field_that_leaves():
    """The slow way drops what the preset is closed to, and keeps what it is open to."""
    node = structure({"server_name": "alice-pc", "extra": {"a": 1}, "level": "error", "transaction": "t"})
    assert slowly(node, "strict") == {"level": "error"}
    assert slowly(node, "standard") == {"level": "error", "transaction": "t"}
    assert slowly(node, "verbose") == {"level": "error", "transaction": "t", "extra": {"a": 1}}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ({"level": {"a": 1}}, {"platform": "python"}),
        (
            {"exception": {"values": [{"type": 3, "stacktrace": {"frames": ["x", {"lineno": "41"}, {"lineno": 4}]}}]}},
            None,
        ),
        ({"tags": 3, "contexts": [1], "logentry": "no", "sdk": [None]}, {"level": "info"}),
    ],
)
def test_a_bad_field_is_dropped_and_counted_and_the_event_stays(preset, bad, good):
    """Where an event does not structure, what is wrong goes, what is right stays, and it is known how much went."""
    with pytest.raises(SchemaError):
        structure(bad)
    made, walk = copy(compiled("Event", preset), {**bad, **(good or {})})
    assert walk.dropped > 0
    if good is not None:
        assert made == good
    else:
        assert made == {"exception": {"values": [{"stacktrace": {"frames": [{}, {"lineno": 4}]}}]}}
