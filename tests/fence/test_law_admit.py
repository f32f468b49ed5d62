"""The law between the rooms: what was scrubbed is admitted, on any machine, for any user or host name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrubbing.fence import Seen, admit
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import remember, scrub
from scrubbing.rules import BUILTIN
from scrubbing.wire import build, dumps

TEXTS = json.loads((Path(__file__).parents[1] / "rules" / "texts" / "tuned.json").read_text(encoding="utf-8"))
ID = "0123456789abcdef" * 2
AWKWARD = ["user", "host", "filtered", "email", "phone", "imei", "a", "python", "frob", "test", "error", "[user]", "*"]
names = st.one_of(st.sampled_from([*AWKWARD, "erika", "Åsa", "dead", "İpek", "o'brien"]), st.text(max_size=10))
machines = st.builds(
    Machine,
    username=names,
    full_name=st.lists(names, max_size=2).map(" ".join),
    home=st.one_of(st.just(""), names.map("/home/{}".format), names.map("C:\\Users\\{}".format)),
    hostname=names,
    domain=names,
)
texts = st.one_of(
    st.sampled_from([case["text"] for case in TEXTS["cases"]]),
    st.sampled_from([example.text for row in BUILTIN for example in row.examples]),
    st.text(max_size=20),
)


def _event(some):
    one, other, third = some
    frame = {"function": "f", "module": "frob.cli", "filename": one, "abs_path": other, "lineno": 3}
    frame |= {"context_line": third, "pre_context": [one], "vars": {"password": other, "x": [third, {"y": one}]}}
    return {
        "event_id": ID,
        "timestamp": "2026-11-22T04:13:17Z",
        "level": "error",
        "platform": "python",
        "exception": {"values": [{"type": "ValueError", "value": one, "stacktrace": {"frames": [frame]}}]},
        "breadcrumbs": {"values": [{"message": other, "category": "frob", "data": {third[:30]: one}}]},
        "request": {"url": one, "headers": {"Cookie": other}, "query_string": third},
        "tags": {"colour": third[:40]},
        "extra": {"notes": [one, other], other[:30]: third},
        "logentry": {"formatted": third},
    }


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(machine=machines, some=st.tuples(texts, texts, texts))
def test_what_was_scrubbed_is_admitted(preset, machine, some):
    """The fence refuses nothing that the hooks made, whatever anybody is called and whatever was handled."""
    policy = Policy(preset=preset, machine=machine)
    made = scrub(_event(some), policy)
    seen = Seen({"release": "frob@1.4.2"})
    seen.remember_id(ID)
    told = (lambda text: seen.remember_message(text, policy.terms)) if policy.guarded else None
    remember(made, policy.shape("event"), seen.remember_text, told)
    data = build({"event_id": ID}, [({"type": "event"}, dumps(made))])
    assert admit(data, policy, seen) is data
