"""All forms of ``enabled``."""

from __future__ import annotations

import collections
import types

import pytest

from scrubbing.consent import PURPOSES, validate_enabled
from scrubbing.errors import ConfigurationError

ALL_OFF = dict.fromkeys(PURPOSES, "off")

STATIC = [
    (True, {"crashes": "on", "usage": "on", "extra": "off", "feedback": "off"}),
    (False, ALL_OFF),
    (None, ALL_OFF),
    ({}, ALL_OFF),
    ({"crashes": True}, {**ALL_OFF, "crashes": "on"}),
    ({"crashes": "on", "usage": False}, {**ALL_OFF, "crashes": "on"}),
    ({"crashes": "local", "extra": "on"}, {**ALL_OFF, "crashes": "local", "extra": "on"}),
    (dict.fromkeys(PURPOSES, "on"), dict.fromkeys(PURPOSES, "on")),
    (types.MappingProxyType({"feedback": "on"}), {**ALL_OFF, "feedback": "on"}),
    (collections.ChainMap({"usage": "on"}, {"usage": "off"}), {**ALL_OFF, "usage": "on"}),
]

WRONG = ["on", "yes", "", 1, 0, 1.0, b"on", ["crashes"], {"crashes"}, ("crashes", "on"), object()]
WRONG_MAPPINGS = [
    {"crash": "on"},
    {"crashes": "ON"},
    {"crashes": "yes"},
    {"crashes": 1},
    {"crashes": None},
    {None: "on"},
    {1: True},
    {"crashes": "on", "all": True},
    {"crashes": ["on"]},
]


def _modes(decision):
    return {purpose: decision.mode(purpose) for purpose in PURPOSES}


class Exploding(dict):
    def __iter__(self):
        raise RuntimeError


@pytest.mark.parametrize(("enabled", "expected"), STATIC)
def test_a_static_setting_grants_what_it_says(home, enabled, expected):
    """A bool, a mapping and None mean for each purpose what they say, and nothing for the rest."""
    validate_enabled(enabled)

    assert _modes(home.decide(enabled=enabled)) == expected


@pytest.mark.parametrize(("enabled", "expected"), STATIC)
def test_a_callable_means_what_it_returns(home, enabled, expected):
    """A callable is as good as its value."""
    validate_enabled(lambda: enabled)

    assert _modes(home.decide(enabled=lambda: enabled)) == expected


@pytest.mark.parametrize("enabled", WRONG + WRONG_MAPPINGS)
def test_a_wrong_static_setting_is_refused_at_once(enabled):
    """Another type, purpose or mode is the author's mistake and raises with what was expected and what came."""
    with pytest.raises(ConfigurationError, match=r"enabled.*: expected .*; came "):
        validate_enabled(enabled)


@pytest.mark.parametrize("value", [*WRONG, *WRONG_MAPPINGS, Exploding(crashes="on"), lambda: True])
def test_a_wrong_value_from_a_callable_is_off(home, value):
    """Whatever else a callable returns is a no to everything, over a stored yes too, and says so."""
    home.stored(crashes="on", usage="on", extra="on", feedback="on")
    decision = home.decide(enabled=lambda: value)

    assert _modes(decision) == ALL_OFF
    (verdict,) = (verdict for verdict in decision.why() if verdict.decides)
    assert (verdict.number, verdict.note) == (7, "expected a bool, a mapping of purposes to modes, or None")


@pytest.mark.parametrize("error", [ValueError("secret"), KeyError("x"), RecursionError(), OSError(2, "secret")])
def test_an_exception_in_a_callable_is_off(home, error):
    """An exception is a no to everything; its type is told and its text is not."""

    def broken():
        raise error

    decision = home.decide(enabled=broken)

    assert _modes(decision) == ALL_OFF
    (verdict,) = (verdict for verdict in decision.why() if verdict.decides)
    assert verdict.note == f"the app's function raised {type(error).__name__}"


def test_an_interrupt_in_a_callable_is_the_app_s(home):
    """Ctrl-C while the app's function runs is not swallowed."""

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.decide(enabled=interrupted).mode("crashes")


def test_an_async_function_is_refused():
    """An async function would give an object that is never awaited, so it is refused at init."""

    async def enabled():
        return True

    with pytest.raises(ConfigurationError, match="async"):
        validate_enabled(enabled)


def test_a_callable_is_asked_each_time_and_once_each(home):
    """Each decision asks the app's function anew, and asks it once for all purposes; validation does not call it."""
    calls = []

    def enabled():
        calls.append(1)
        return len(calls) % 2 == 1

    validate_enabled(enabled)
    assert calls == []
    consent = home.consent(enabled=enabled)
    assert [consent.mode("crashes") for _ in range(4)] == ["on", "off", "on", "off"]
    calls.clear()
    decision = consent.decision()
    assert _modes(decision) == {"crashes": "on", "usage": "on", "extra": "off", "feedback": "off"}
    assert decision.why("usage")[8].decides
    assert len(calls) == 1


def test_a_callable_is_not_asked_when_it_cannot_matter(home):
    """When an earlier row says off, the app's function is not run."""
    home.environ["DO_NOT_TRACK"] = "1"

    def enabled():
        raise AssertionError

    assert home.decide(enabled=enabled).mode("crashes") == "off"


def test_a_mapping_is_read_each_time(home):
    """A change in the app's mapping counts from the next question on, and a mistake in it is a no."""
    enabled = {"crashes": "on"}
    consent = home.consent(enabled=enabled)
    assert consent.allows("crashes")
    enabled["crashes"] = "local"
    assert consent.mode("crashes") == "local"
    enabled["crashes"] = "everything"
    assert consent.mode("crashes") == "off"
