"""Names, words and switches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.consent import check_app_name, variable
from scrubbing.consent.words import check_mode, check_purposes, is_set, telemetry_word
from scrubbing.errors import ConfigurationError

GOOD = ["a", "frob", "Frob", "frob-x.y_z", "a" * 64, "f1.2", "console", "com10", "nullable", "policy2", "a.nul"]
BAD = [
    "",
    "1frob",
    "-frob",
    ".frob",
    "_frob",
    "a" * 65,
    "fr ob",
    "fr/ob",
    "fr\\ob",
    "fr\nob",
    "frob\n",
    "frob.",
    "fr..ob",
    "../frob",
    "fröb",
    "fro\u0131",
    "frob\x00",
    "con",
    "NUL",
    "Aux",
    "com1",
    "lpt9.txt",
    "prn.app",
    "everyone",
    "Everyone",
    "policy",
]


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_works_everywhere_is_taken(name):
    """Letters, digits, dots, dashes and underscores after a letter make a name."""
    check_app_name(name)


@pytest.mark.parametrize("name", BAD)
def test_a_name_that_cannot_be_a_directory_everywhere_is_refused(name):
    """Slashes, dots at the wrong places, foreign letters, devices and names of our own files are refused."""
    with pytest.raises(ConfigurationError, match="app: "):
        check_app_name(name)


@pytest.mark.parametrize("name", [None, 7, b"frob", ["frob"]])
def test_a_name_that_is_no_string_is_refused_with_what_came(name):
    """The error names the type that came."""
    with pytest.raises(ConfigurationError, match=f"came {type(name).__name__}"):
        check_app_name(name)


@given(name=st.text(alphabet="abZ09._-/ é", max_size=66))
def test_no_name_passes_that_the_pattern_refuses(name):
    """Whatever passes matches the documented pattern."""
    try:
        check_app_name(name)
    except ConfigurationError:
        return
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]{0,63}", name)


def test_the_variable_is_the_name_in_upper_case():
    """Dashes and dots become underscores."""
    assert variable("frob") == "FROB_TELEMETRY"
    assert variable("frob-x.Y_z") == "FROB_X_Y_Z_TELEMETRY"


@pytest.mark.parametrize(("value", "said"), [("", False), ("0", False), ("false", False), ("FALSE", False)])
@pytest.mark.parametrize("name", ["DO_NOT_TRACK", "SCRUBBING_DISABLE", "CI"])
def test_nothing_zero_and_false_are_not_set(name, value, said):
    """A switch is off at nothing, 0 and false, in any case."""
    assert is_set({name: value}, name) is said
    assert is_set({}, name) is False


@pytest.mark.parametrize("value", ["1", "true", "yes", "no", "off", " ", "0 ", "00", "azure"])
def test_any_other_value_sets_a_switch(value):
    """A switch is on at whatever else stands there."""
    assert is_set({"DO_NOT_TRACK": value}, "DO_NOT_TRACK") is True


@pytest.mark.parametrize(
    ("value", "mode"),
    [
        *((value, "on") for value in ("on", "ON", "1", "true", "Yes")),
        *((value, "local") for value in ("local", " Local ")),
        *((value, "off") for value in ("off", "0", "False", "no")),
        *((value, None) for value in ("maybe", "2", "onn")),
    ],
)
def test_telemetry_words(value, mode):
    """on, local and off have the usual other spellings; anything else is no word."""
    assert telemetry_word(value) == mode


@pytest.mark.parametrize("purposes", ["crashes", (), ("crashes", "all"), [None]])
def test_purposes_are_some_of_those_there_are(purposes):
    """A bare string, none at all and unknown ones are refused."""
    with pytest.raises(ConfigurationError, match="purposes: expected some of crashes, usage, extra, feedback"):
        check_purposes(purposes)


@pytest.mark.parametrize("mode", ["ON", "yes", True, None, ""])
def test_modes_are_those_there_are(mode):
    """Anything but off, local and on is refused."""
    with pytest.raises(ConfigurationError, match="mode: expected one of off, local, on"):
        check_mode(mode)
