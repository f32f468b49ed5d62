"""What a yes is to: written in one line, read back, and compared with what is sent today."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.consent import PURPOSES
from scrubbing.consent import contents as module
from scrubbing.consent.contents import HISTORY, IDS, MESSAGES, Contents, contents_of, first_contents, read_contents
from scrubbing.consent.words import PRESETS
from scrubbing.identity.words import WORDS

ADDRESS = "https://errors.example.org/7"
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9 _.:-]{0,6}", fullmatch=True).map(str.strip)
CLASSES = st.from_regex(r"[A-Za-z]\w{0,5}(\.[A-Z]\w{0,5})?", fullmatch=True).filter(str.isprintable)


@st.composite
def said_of_messages(draw):
    """What a policy says of messages: always something of those it does not name."""
    words = st.sampled_from(list(MESSAGES))
    return {**draw(st.dictionaries(CLASSES, words, max_size=3)), "*": draw(words)}


@st.composite
def contents(draw):
    """Anything a purpose may send."""
    return Contents(
        address=draw(st.sampled_from([ADDRESS, "https://[::1]:8000/a/b/7", "http://localhost/1", "nowhere"])),
        preset=draw(st.sampled_from(PRESETS)),
        edition=draw(st.integers(1, 3)),
        messages=draw(st.just({}) | said_of_messages()),
        commands=draw(st.none() | st.frozensets(NAMES, max_size=4)),
        ids=draw(st.sampled_from(list(IDS))),
    )


def crashes(**given):
    """What crashes of a strict app send."""
    known = {"address": ADDRESS, "preset": "strict", "messages": {"*": "skeleton"}, "commands": None, "ids": "none"}
    return contents_of("crashes", **{**known, **given})


def usage(**given):
    """What usage of a strict app sends."""
    known = {
        "address": ADDRESS,
        "preset": "strict",
        "messages": {"*": "skeleton"},
        "commands": ["watch"],
        "ids": "month",
    }
    return contents_of("usage", **{**known, **given})


@given(contents())
def test_what_is_written_is_read_back(one):
    """One printable line says all of it."""
    line = one.written()

    assert line.isprintable()
    assert line == line.strip()
    assert vars_of(read_contents(line)) == vars_of(one)


def vars_of(one):
    return {name: getattr(one, name) for name in Contents.__slots__}


@given(contents(), st.sampled_from(PURPOSES))
def test_nothing_has_grown_since_itself(one, purpose):
    """The same is within the same."""
    assert one.grown_since(one, purpose) == ()


@given(contents(), contents(), contents(), st.sampled_from(PURPOSES))
def test_what_is_within_what_is_within_is_within(small, middle, large, purpose):
    """A yes to more is a yes to less, by any number of steps."""
    if not small.grown_since(middle, purpose) and not middle.grown_since(large, purpose):
        assert small.grown_since(large, purpose) == ()


@given(contents(), contents(), st.sampled_from(PURPOSES))
def test_two_that_are_within_each_other_send_the_same(one, other, purpose):
    """Nothing is left out of the comparison: where neither has grown, address, preset and commands are the same."""
    if not one.grown_since(other, purpose) and not other.grown_since(one, purpose):
        assert (one.address, one.preset, one.commands, one.ids) == (
            other.address,
            other.preset,
            other.commands,
            other.ids,
        )
        # A class that is named for what it would be anyhow is no difference.
        assert one.messages.get("*") == other.messages.get("*")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "yes",
        "address x; preset strict; edition 1; messages -",
        "address x; preset strict; edition 1; messages -; commands -",
        "address x; preset strict; edition 1; messages -; commands -; ids none; more -",
        "address x; preset strict; edition 1; messages -; commands -; ids hardware",
        "preset strict; address x; edition 1; messages -; commands -; ids none",
        "address ; preset strict; edition 1; messages -; commands -; ids none",
        "address x; preset open; edition 1; messages -; commands -; ids none",
        "address x; preset strict; edition one; messages -; commands -; ids none",
        "address x; preset strict; edition -1; messages -; commands -; ids none",
        "address x; preset strict; edition \u0661; messages -; commands -; ids none",
        "address x; preset strict; edition 1; messages ; commands -; ids none",
        "address x; preset strict; edition 1; messages * all; commands -; ids none",
        "address x; preset strict; edition 1; messages * type, * type; commands -; ids none",
        "address x; preset strict; edition 1; messages -; commands ; ids none",
        "address x; preset strict; edition 1; messages -; commands a, , b; ids none",
    ],
)
def test_any_other_line_is_not_read(line):
    """What is not exactly such a line says nothing at all."""
    assert read_contents(line) is None


B = "https://errors.example.org/8"
TYPE, SKELETON, TEXT = ("*", "type"), ("*", "skeleton"), ("*", "scrubbed")
AS_TEXT = "leave as their text, after names and secrets were taken out now"


def said(*pairs):
    """What crashes of a policy with these messages send."""
    return crashes(messages=dict(pairs))


#: What changed, what it was, what it is, and what is said of it: nothing where it shrank.
CHANGES = [
    ("address", crashes(), crashes(address=B), [f"it goes to {B} now, not to {ADDRESS}"]),
    ("a server where there was none", crashes(address=None), crashes(), [f"it goes to {ADDRESS} now, not to nowhere"]),
    ("opened", usage(), usage(preset="standard"), ["the preset is standard now, not strict"]),
    ("opened twice", usage(), usage(preset="verbose"), ["the preset is verbose now, not strict"]),
    ("closed", usage(preset="verbose"), usage(), []),
    ("command", usage(), usage(commands=["watch", "build"]), ["the command build may be told now"]),
    ("commands", usage(), usage(commands=["b", "a"]), ["commands a, b may be told now"]),
    ("any command", usage(), usage(commands=None), ["any command is told now, not only those that were named"]),
    ("fewer commands", usage(commands=["watch", "build"]), usage(), []),
    ("named commands", usage(commands=None), usage(), []),
    ("commands are no part of crashes", crashes(commands=["a"]), crashes(commands=["b"]), []),
    ("messages", said(SKELETON), said(TEXT), [f"messages {AS_TEXT}"]),
    ("fewer messages", said(SKELETON), said(TYPE), []),
    ("one class", said(SKELETON), said(SKELETON, ("KeyError", "scrubbed")), [f"messages of KeyError {AS_TEXT}"]),
    ("one class less", said(SKELETON), said(SKELETON, ("KeyError", "type")), []),
    (
        "a class not named any more",
        said(SKELETON, ("KeyError", "type")),
        said(SKELETON),
        ["messages of KeyError leave as skeletons now"],
    ),
    (
        "a class opened by name",
        said(SKELETON, ("KeyError", "type")),
        said(SKELETON, ("KeyError", "skeleton")),
        ["messages of KeyError leave as skeletons now"],
    ),
    ("no id any more", usage(), usage(ids="none"), []),
    ("an id for less long", usage(), usage(ids="day"), []),
    (
        "an id for longer",
        usage(),
        usage(ids="stable"),
        ["its reports have a random id that stays the same now, where they had a random id, new each month"],
    ),
    (
        "an id where there was none",
        crashes(),
        crashes(ids="per-issue"),
        ["its reports have a random id, another one for each kind of crash now, where they had no id"],
    ),
    (
        "an id of another kind",
        crashes(ids="per-issue"),
        crashes(ids="day"),
        [f"its reports have {IDS['day'][0]} now, where they had {IDS['per-issue'][0]}"],
    ),
    ("messages are no part of usage", usage(), usage(messages={"*": "scrubbed"}), []),
]


@pytest.mark.parametrize(("then", "now", "words"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_grew_is_said_in_words_and_what_shrank_is_not(then, now, words):
    """Each way to send more or elsewhere is told; each way to send less is silent."""
    purpose = "usage" if then.messages == {} else "crashes"

    assert list(now.grown_since(then, purpose)) == words


def test_a_class_that_may_inherit_from_a_closed_one_asks():
    """Whether OrderError is an OrderedError's child is not known here: where one class was closed, a new name asks."""
    then = crashes(messages={"*": "scrubbed", "frob.Error": "type"})
    now = crashes(messages={"*": "scrubbed", "frob.Error": "type", "frob.OrderError": "scrubbed"})

    assert len(now.grown_since(then, "crashes")) == 1


def test_a_step_asks_those_whose_preset_it_is_in(monkeypatch):
    """A step under standard is new for standard and verbose, once, and never for strict."""
    steps = (*HISTORY["usage"], ("standard", "the size of the screen"))
    monkeypatch.setitem(module.HISTORY, "usage", steps)

    for preset, then in itertools.product(PRESETS, (1, 2)):
        agreed = Contents(address=ADDRESS, preset=preset, edition=then, messages={}, commands=None, ids="month")
        grown = usage(preset=preset).grown_since(agreed, "usage")
        assert list(grown) == (["it sends the size of the screen now"] if then == 1 and preset != "strict" else [])


def test_a_yes_of_the_first_version_is_to_strict_as_it_was(monkeypatch):
    """It counts for the strict preset at any address with any command; a step, a message or a preset more asks."""
    assert usage(commands=None).grown_since(first_contents("usage"), "usage") == ()
    assert crashes().grown_since(first_contents("crashes"), "crashes") == ()
    assert crashes(messages={"*": "scrubbed"}).grown_since(first_contents("crashes"), "crashes")
    assert crashes(preset="standard").grown_since(first_contents("crashes"), "crashes")
    monkeypatch.setitem(module.HISTORY, "crashes", (*HISTORY["crashes"], ("strict", "more")))
    assert crashes().grown_since(first_contents("crashes"), "crashes") == ("it sends more now",)


def test_the_words_for_ids_are_those_an_author_can_say():
    """Each is known here, tells no more than itself, and what it tells no more than is passed on."""
    assert set(IDS) == {word for words in WORDS.values() for word in words}
    for words, within in IDS.values():
        assert words.isprintable()
        assert all(set(IDS[one][1]) <= set(within) for one in within)
