"""Attacks on what counts as code: values dressed as modules, sources that changed, files that were dropped in."""

from __future__ import annotations

from scrubbing.provenance.packages import Packages
from scrubbing.provenance.unproven import unproven


def test_a_mechanism_nobody_proved_says_how_it_was_caught_and_no_more():
    """Without a live exception numbers, meta and data of a mechanism are anybody's."""
    said = {
        "type": "chained",
        "handled": False,
        "exception_id": 777,
        "parent_id": 888,
        "source": "exceptions[9876]",
        "meta": {"errno": {"number": 1234}},
        "data": {"x": "canary"},
        "is_exception_group": True,
        "synthetic": True,
    }

    for prove in (True, False):
        made = unproven({"type": "ValueError", "mechanism": said}, Packages(), prove=prove)
        assert made["mechanism"] == {"type": "chained", "handled": False}


def test_a_mechanism_that_is_none_is_none():
    """What is no mapping says nothing of how an exception was caught."""
    for said in (None, "canary", 3, ["canary"]):
        assert not unproven({"type": "ValueError", "mechanism": said}, Packages(), prove=True).get("mechanism")
