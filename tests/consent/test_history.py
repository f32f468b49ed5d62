"""The steps of what a purpose sends are held to what the schema lets leave."""

from __future__ import annotations

import pytest
from leaving import grown, leaving, written

from scrubbing.consent import PURPOSES
from scrubbing.consent.contents import HISTORY
from scrubbing.consent.words import PRESETS
from scrubbing.schema.kinds import PRESETS as SCHEMA_PRESETS


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_purpose_that_sends_more_has_a_step_that_says_so(purpose):
    """Whoever declares a field that leaves asks the users again who said yes before, and says what for."""
    then, now = written()[purpose], leaving()[purpose]
    new = grown(then["lines"], now)

    assert not new or len(HISTORY[purpose]) > then["steps"], (
        f"{purpose} may send more than its users said yes to: {', '.join(new)}. Add a step to HISTORY['{purpose}'] in "
        "scrubbing/consent/contents.py, with the most closed preset and what it is in words; then run "
        "`python tests/consent/leaving.py`."
    )
    assert (then["lines"], then["steps"]) == (now, len(HISTORY[purpose])), (
        f"what {purpose} may send has changed; run `python tests/consent/leaving.py` to write it down."
    )


def test_each_step_says_a_preset_and_what_in_words():
    """A step can be read by whoever is asked again."""
    assert set(HISTORY) == set(PURPOSES)
    for steps in HISTORY.values():
        assert steps
        assert all(preset in PRESETS and words.isprintable() and words for preset, words in steps)
    assert PRESETS == SCHEMA_PRESETS


def test_a_new_field_an_earlier_preset_and_another_kind_are_growth():
    """The control: each way in which more may leave is noticed, and each in which less may leave is not."""
    then = {"event A.b text": "standard", "event A.c fact": "strict", "event A.d bag": "verbose"}

    assert grown(then, then) == []
    assert grown(then, {"event A.b text": "strict"}) == ["event A.b text"]
    assert grown(then, {"event A.b bag": "standard"}) == ["event A.b bag"]
    assert grown(then, {**then, "event A.e fact": "verbose"}) == ["event A.e fact"]
    assert grown(then, {"event A.c fact": "verbose"}) == []


def test_what_leaves_under_strict_is_in_it():
    """The control: the list has the crash's type, the session's status, and nothing that never leaves."""
    found = leaving()

    assert found["crashes"]["event ExceptionValue.type symbol"] == "strict"
    assert found["crashes"]["event Frame.vars bag"] == "verbose"
    assert found["usage"]["session Session.status fact"] == "strict"
    assert found["usage"]["transaction Event.transaction text"] == "standard"
    assert not any(" Event.server_name " in f"{line} " for lines in found.values() for line in lines)
