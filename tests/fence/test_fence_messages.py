"""Messages at the fence: a skeleton passes where a hook or a seal vouches for it, and nothing else does."""

from __future__ import annotations

import pytest

from scrubbing.errors import Refused
from scrubbing.fence import MAX_MESSAGES, Seen, admit, seal
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import remember
from scrubbing.schema import PRESETS
from scrubbing.wire import build, dumps, stamped

MACHINE = Machine(username="erikagaertner", hostname="wonderland", home="/home/erikagaertner")
STRICT = Policy.strict(machine=MACHINE)
STANDARD = Policy.standard(machine=MACHINE)
ID = "0123456789abcdef" * 2
SKELETON = "order <?> of <int> failed"
PLACES = {
    "value": lambda text: {"exception": {"values": [{"type": "ValueError", "value": text}]}},
    "formatted": lambda text: {"logentry": {"formatted": text}},
    "message": lambda text: {"logentry": {"message": text}},
}


def event(place, text=SKELETON):
    return {"event_id": ID, **PLACES[place](text)}


def sent(payload, item="event"):
    return build({"event_id": ID}, [({"type": item}, dumps(payload))])


def seen_of(payload, policy, *, messages=True):
    seen = Seen()
    seen.remember_id(ID)
    mark = (lambda text: seen.remember_message(text, policy.terms)) if messages else None
    remember(payload, policy.shape("event"), seen.remember_text, mark)
    return seen


def reason(data, policy=STRICT, seen=None, sealed=""):
    with pytest.raises(Refused) as caught:
        admit(data, policy, seen, sealed)
    assert "order" not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("place", PLACES)
def test_a_skeleton_passes_where_a_hook_made_it(place):
    """In its process by the hook's word, later by its seal, also when the time of sending was written into it."""
    payload = event(place)
    data = sent(payload)

    assert admit(data, STRICT, seen_of(payload, STRICT)) is data
    assert admit(data, STRICT, None, seal(data, STRICT)) is data
    assert admit(stamped(data, "2026-11-22T04:13:18Z"), STRICT, None, seal(data, STRICT))


@pytest.mark.parametrize("place", PLACES)
def test_a_text_that_is_no_skeleton_of_a_hook_is_refused(place):
    """A text a hook let through elsewhere, another one than it made, and one nobody vouches for do not leave."""
    payload = event(place)
    assert reason(sent(payload), seen=seen_of(payload, STRICT, messages=False)) == "fence:run-time"
    assert reason(sent(event(place, "order 7731 failed")), seen=seen_of(payload, STRICT)) == "fence:run-time"
    for sealed in ("", "0" * 32, seal(sent(payload), STRICT)[:-1], seal(sent(payload), STRICT).upper()):
        assert reason(sent(payload), sealed=sealed) == "fence:run-time"


@pytest.mark.parametrize("place", PLACES)
def test_a_skeleton_is_one_in_its_place_alone(place):
    """Under strict the same text is refused wherever else text can stand."""
    payload = event(place)
    elsewhere = {**payload, "fingerprint": [SKELETON]}
    for seen in (seen_of(payload, STRICT), None):
        assert reason(sent(elsewhere), seen=seen, sealed=seal(sent(elsewhere), STRICT)) == "fence:run-time"
    for where in ({"message": SKELETON}, {"tags": {"x": SKELETON}}, {"contexts": {"x": {"a": SKELETON}}}):
        moved = {**payload, **where}
        assert reason(sent(moved), sealed=seal(sent(moved), STRICT)) in ("fence:field", "fence:run-time")


OTHERS = {
    "an open preset": STANDARD,
    "the other open preset": Policy.verbose(machine=MACHINE),
    "all messages": Policy.strict(machine=MACHINE, messages="scrubbed"),
    "one class": Policy.strict(machine=MACHINE, messages={"ValueError": "scrubbed"}),
    "another class": Policy.strict(machine=MACHINE, messages={"KeyError": "scrubbed"}),
    "types under an open preset": Policy.standard(machine=MACHINE, messages="type"),
}


@pytest.mark.parametrize("made", OTHERS)
@pytest.mark.parametrize("place", PLACES)
def test_what_was_made_under_other_terms_does_not_leave_under_these(place, made):
    """Neither the hook's word nor the seal of a policy that says something else of messages counts."""
    payload = event(place, "the patient is Erika")
    data, other = sent(payload), OTHERS[made]

    assert reason(data, seen=seen_of(payload, other)) == "fence:run-time"
    for judge in (STRICT, *OTHERS.values()):
        if judge is other or not judge.guarded:
            assert admit(data, judge, None, seal(data, other)) is data
        else:
            assert reason(data, judge, sealed=seal(data, other)) == "fence:run-time"


def test_the_seal_is_of_every_byte_but_the_header():
    """Whatever is changed in an item, its header or its number: the seal is another."""
    payload = event("formatted")
    data = sent(payload)
    changed = [
        sent(event("formatted", "order 7731 of <int> failed")),
        sent({**payload, "level": "error"}),
        sent(payload, item="feedback"),
        data + data.partition(b"\n")[2],
    ]

    assert len({seal(one, STRICT) for one in (data, *changed)}) == 5
    assert seal(stamped(data, "2026-11-22T04:13:18Z"), STRICT) == seal(data, STRICT)
    assert reason(changed[0], sealed=seal(data, STRICT)) == "fence:run-time"


def test_a_seal_vouches_for_messages_alone():
    """Sealed bytes are judged like any: rules, fields, facts, headers."""
    for payload in (
        event("formatted", "ask erika@example.org"),
        event("value", "cannot open '/home/erikagaertner/x'"),
        {**event("value"), "server_name": "wonderland"},
        {**event("value"), "extra": {"a": "b"}},
    ):
        assert reason(sent(payload), sealed=seal(sent(payload), STRICT)) in ("fence:finding", "fence:field")
    data = build({"event_id": "f" * 32}, [({"type": "event"}, dumps(event("value")))])
    assert reason(data, sealed=seal(data, STRICT)) == "fence:header"


def test_skeletons_are_looked_at_as_code():
    """What a rule finds in run-time text alone is no reason to lose a crash; where values may stand, it is one."""
    payload = event("value", "token: a1b2c3d4e5f6a7b8")
    data = sent(payload)
    open_ = Policy.strict(machine=MACHINE, messages={"KeyError": "scrubbed"})

    assert admit(data, STRICT, seen_of(payload, STRICT))
    assert reason(data, open_, seen_of(payload, open_)) == "fence:finding"
    assert reason(data, open_, sealed=seal(data, open_)) == "fence:finding"


@pytest.mark.parametrize("preset", PRESETS)
def test_messages_are_guarded_where_a_policy_says_something_of_them(preset):
    """Under the open presets they are texts like any other, unless the policy reduces some."""
    plain = Policy(preset=preset, machine=MACHINE)
    said = Policy(preset=preset, machine=MACHINE, messages="skeleton")
    data = sent(event("value"))

    assert (plain.guarded, said.guarded) == (preset == "strict", True)
    assert reason(data, said) == "fence:run-time"
    if preset != "strict":
        assert admit(data, plain)
        assert not Policy(preset=preset, machine=MACHINE, messages="scrubbed").guarded


def test_the_memory_of_messages_is_bounded():
    """The oldest messages are forgotten first."""
    seen = Seen()
    for number in range(MAX_MESSAGES + 1):
        seen.remember_message(f"{number} <?>", STRICT.terms)

    assert not seen.has_message("0 <?>", STRICT.terms)
    assert seen.has_message("1 <?>", STRICT.terms)
    assert not seen.has_text("1 <?>")
