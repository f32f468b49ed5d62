"""The generated walker does what the table says, for any value, and ends whatever it is given."""

from __future__ import annotations

import math
import random
import time
import tracemalloc

import pytest
from generated_payloads import SEEDS, junk, shaped
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import NOTHING, Reference

from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import MARGIN, RELATIVES, STRING_LIMIT, SYMBOLS, is_relative, is_symbol
from scrubbing.schema.walker import compiled, copy, source
from scrubbing.schema.walker.bags import KEY_LIMIT, WIDTH
from scrubbing.schema.walker.compiled import takes
from scrubbing.schema.walker.leaves import known_facts
from scrubbing.schema.walker.places import marks, slots
from scrubbing.schema.walker.table import ROWS
from scrubbing.schema.walker.walk import MAX_CHARACTERS, MAX_ENTRIES
from scrubbing.wire import dumps


def _boom(*_):
    raise SystemExit


_METHODS = ("__getitem__", "__iter__", "__len__", "items", "get", "keys", "values", "__str__", "copy", "pop")
LYING = {
    base: type(
        "Lying", (base,), {name: _boom for name in _METHODS if hasattr(base, name)} | {"__hash__": base.__hash__}
    )
    for base in (str, dict, list)
}


def hostile(rng: random.Random, value):
    """The same value with some of its parts of classes that lie, some in tuples, some strings odd or long."""
    if isinstance(value, dict):
        made = {
            hostile(rng, key) if type(key) is str and rng.random() < 0.03 else key: hostile(rng, child)
            for key, child in value.items()
            if child is not value
        }
        return LYING[dict](made) if rng.random() < 0.05 else made
    if isinstance(value, list):
        made = [hostile(rng, child) for child in value]
        return rng.choice([LYING[list](made), tuple(made)]) if rng.random() < 0.1 else made
    if isinstance(value, str) and rng.random() < 0.1:
        return rng.choice([LYING[str](value), value + "\0", value + "\ud800", value + "ü", value * 300])
    return value


def matches(name, preset, value, renamed=None):
    """Take a value by both, and compare everything that is found."""
    reference = Reference(preset, renamed)
    expected = reference.take(name, value)
    out, walk = copy(compiled(name, preset), value, renamed)

    assert out == (None if expected is NOTHING else expected)
    found = [(container[key], field.kind, under, field.limit) for container, key, field, under in slots(walk)]
    assert sorted(found, key=repr) == sorted(reference.strings, key=repr)
    assert sorted((text, under) for _, _, text, under, _ in marks(walk)) == sorted(reference.spoken)
    assert set(walk.keys) == reference.keys
    if any(len(text) > limit for text, _, _, limit in reference.strings):
        assert walk.long
    return out, walk


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", sorted(ROWS))
@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(["shaped", "hostile", "junk"]))
def test_what_is_taken_is_what_the_table_says(name, preset, rng, sort):
    """The copy, the strings with their kinds and names, the numbers and the keys are those of the slow reference."""
    value = junk(rng) if sort == "junk" else shaped(rng, name)
    matches(name, preset, hostile(rng, value) if sort == "hostile" else value)


USUAL = {
    "filename": "frob/sync.py",
    "abs_path": "/srv/frob/sync.py",
    "function": "run",
    "module": "frob.sync",
    "lineno": 7,
    "pre_context": ["a = 1", "b = 2"],
    "context_line": "    raise ValueError(a)",
    "post_context": [],
    "vars": {"a": "1", "b": {"c": ["d", 3]}},
    "in_app": True,
}
ODD = [
    None, True, 1.5, -1, 10**9, "", "x" * 257, "x" * 1025, "x" * 9000, "a b", "a\0", "a\ud800", "\ud83d", "\ude00", "ü",
    [], ["x"] * 9, ["x" * 257], [None], ["a\0"], [LYING[str]("x")], ("x",), {}, {"k": "\0"}, {"k\0": 1}, {1: "x"},
    {"k" * 33: "v", "b": {}}, {"k": [["password", "\ud800"]]}, LYING[str]("x"), LYING[list](["x"]), LYING[dict](k="x"),
]  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("field", USUAL)
def test_usual_frames_are_as_any_other(preset, field):
    """A frame of the fields they all have, with one of them odd, missing or of another name, is what the table says."""
    usual = {row[0] for row in ROWS["Frame"] if row[2] in PRESETS[: PRESETS.index(preset) + 1]} & set(USUAL)
    for frame in (USUAL, {name: USUAL[name] for name in USUAL if name in usual}):
        matches("Frame", preset, frame)
        for odd in ODD:
            matches("Frame", preset, {**frame, field: odd})
        for other in ("platform", "colno", "package", "mine", LYING[str]("lineno")):
            renamed = {other if name == field else name: value for name, value in frame.items()}
            matches("Frame", preset, renamed)
            matches("Frame", preset, {**frame, other: 1})


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_renamed_keys_take_their_values_along(rng):
    """Keys that stand for others are kept under those, wherever they stand."""
    value = shaped(rng, "Event")
    keys = sorted(Reference("verbose").take("Event", value) or {})
    _, walk = copy(compiled("Event", "verbose"), value)
    renamed = {key: rng.choice([f"new {at}", *keys, "[Filtered]"]) for at, key in enumerate(walk.keys) if at % 3 == 0}
    matches("Event", "verbose", value, renamed)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_class_that_leaves_has_its_function(preset):
    """There is a function for each class that an item reaches under a preset, and for no other."""
    reached = set(takes(preset))
    assert reached == set(source.reached(preset))
    assert {"Event", "Frame", "Session"} <= reached
    assert not {"DeviceContext", "DebugImage", "Profile"} & reached
    assert ("Request" in reached) == (preset == "verbose")


def _deep(times):
    made: object = "end"
    for _ in range(times):
        made = {"k": [made]}
    return made


def _itself():
    made: dict = {"a": 1}
    made["b"] = [made, {"c": made}]
    made["d"] = made
    return made


SHARED = ["x"] * 100
BAGS = {
    "deep": _deep(5_000),
    "wide": {f"k{n}": n for n in range(200_000)},
    "a long list": list(range(1_000_000)),
    "wide all the way": [[[[SHARED] * 100] * 100] * 100] * 100,
    "itself": _itself(),
    "no string for a key": {1: {2.5: {None: {(1,): {b"x": "v"}}}}, "1": 2},
    "no number": {"a": math.nan, "b": [math.inf, -math.inf, 10**400, 1j]},
    "one string of 10 MB": {"a": "x" * 10_000_000, "b": ["ü" * 10_000_000] * 100},
    "a key of 10 MB": {"k" * 10_000_000: 1, "\0" * 10_000_000: 2},
    "many strings that fit by themselves": {f"k{n}": ["y" * 1000] * 100 for n in range(100)},
    "many strings that do not": {f"k{n}": ["z" * 8000] * 100 for n in range(100)},
    "many long keys": [{f"{n:0200}": 1 for n in range(100)}] * 100,
    "many short keys again": [{f"{n:032}": "" for n in range(100)}] * 100,
    "odd keys at every level": {"a": {"b": {"c": {"d": {"x": "y", "\0": 1}, "\0": 1}, "\0": 1}, "\0": 1}, "\0": 1},
}


@pytest.mark.parametrize("bag", BAGS)
@pytest.mark.parametrize("many", [1, 150])
def test_bags_end(bag, many):
    """Whatever is in a bag, the copy is made in a second, is bounded, and is what the fence judges good."""
    frames = [{"vars": BAGS[bag]} for _ in range(many)]
    shape = compiled("Event", "verbose")
    began = time.perf_counter()

    out, walk = copy(shape, {"extra": BAGS[bag], "exception": [{"stacktrace": {"frames": frames}}]})

    assert time.perf_counter() - began < 5
    assert walk.entries >= -WIDTH - many
    for container, key, field, _ in slots(walk):
        assert len(container[key]) <= field.limit + MARGIN
        container[key] = container[key][: field.limit]
    assert len(slots(walk)) <= MAX_ENTRIES + 3 * many + 10
    shape.judge(out, "", lambda *_: None)
    assert len(dumps(out)) <= walk.spent + 64 * many
    assert walk.spent <= 6 * (MAX_CHARACTERS + KEY_LIMIT * MAX_ENTRIES) + 96 * (MAX_ENTRIES + WIDTH) + 999 * many


def test_strings_that_wait_are_few():
    """A payload full of wide characters takes no more memory at once than a few times what may leave of it."""
    bag = {f"k{n}": [chr(0x1F600 + n % 64) * 1000] * 100 for n in range(100)}

    tracemalloc.start()
    out, walk = copy(compiled("Event", "verbose"), {"extra": bag})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "<?>" in out["extra"]["k99"]
    assert not walk.texts
    assert peak < 20_000_000


def test_strings_stop_where_there_is_no_more_room():
    """All strings and the keys that are no short words are within what a payload may hold."""
    out, walk = copy(compiled("Event", "verbose"), {"extra": BAGS["many strings that fit by themselves"]})

    assert sum(len(container[key]) for container, key, _, _ in slots(walk)) <= MAX_CHARACTERS + 3 * MAX_ENTRIES
    assert "<?>" in str(out)
    assert STRING_LIMIT + MARGIN < MAX_CHARACTERS


def test_code_and_messages_come_before_bags():
    """Where there is no room for all strings, those of records stay, and of bags what still fits."""
    frames = [{"context_line": f"line {n}", "vars": {f"k{m}": f"{n}" * 200 for m in range(40)}} for n in range(240)]
    event = {"extra": {"first": "e" * 9000}, "exception": [{"value": "m", "stacktrace": {"frames": frames}}]}

    out, walk = copy(compiled("Event", "verbose"), event)

    (error,) = out["exception"]["values"]
    kept = error["stacktrace"]["frames"]
    assert [frame["context_line"] for frame in kept] == [frame["context_line"] for frame in frames]
    assert error["value"] == "m"
    assert set(kept[-1]["vars"].values()) == {"239" * 200}
    assert set(kept[0]["vars"].values()) == {"<?>"}
    assert sum(len(container[key]) for container, key, _, _ in slots(walk)) <= MAX_CHARACTERS + 3 * MAX_ENTRIES
    assert walk.dropped > 0
    assert walk.room < 0


@pytest.mark.parametrize("at", [0, 77, 149])
@pytest.mark.parametrize("broken", ["a\0b", "\ud83d", "\ude00 \0", "\0\0"])
def test_one_broken_string_among_thousands_is_mended(at, broken):
    """However many strings are looked at together, each is whole in the end, and all others are as they were."""
    frames = [{"context_line": f"{n}", "pre_context": ["a", "b"] * 3, "vars": {"k": [f"{n}"]}} for n in range(150)]
    event = {"exception": [{"stacktrace": {"frames": frames}}]}
    matches("Event", "verbose", event)
    for place in ("context_line", "vars", "pre_context"):
        odd = {"context_line": broken, "vars": {"k": ["x", broken]}, "pre_context": ["x", broken]}[place]
        changed = [{**frame, place: odd} if n == at else frame for n, frame in enumerate(frames)]
        _, walk = matches("Event", "verbose", {"exception": [{"stacktrace": {"frames": changed}}]})
        assert not walk.whole


@pytest.mark.parametrize("pattern", sorted({row[5] for rows in ROWS.values() for row in rows if row[5]}))
def test_known_facts_are_those_of_their_form(pattern):
    """What is remembered of a form is what its expression says, and not more than a few thousand."""
    import re

    known = known_facts(pattern)
    words = [*(f"{n}" for n in range(3_000)), "", "1.2.3", "frob@1.4.2", "none", "a" * 300, "1\n", "\u0661", "GET"]
    for word in words:
        assert bool(known[word]) is (re.fullmatch(pattern, word, re.ASCII) is not None)
    assert len(known) <= 2_048


@pytest.mark.parametrize("known", [SYMBOLS, RELATIVES])
def test_known_names_are_bounded_and_of_their_form(known):
    """Only short whole names of the form are remembered, and not more than a few thousand."""
    for n in range(5_000):
        assert known[f"name_{n}"] == len(f"name_{n}")
        assert not known["/" + "x" * n]
    assert len(known) <= 2_048
    assert known["x" * 257] == known["a\ud800"] == known["a\0"] == known[""] == 0
    assert all(known.form(text) for text in known)


FULL_SYMBOL = (
    r"(?:[^\W\d]\w*|<(?:lambda|module|listcomp|genexpr|dictcomp|setcomp|locals|external|string|stdin|\?)>"
    r"|<generic parameters of [^\W\d]\w*>)"
)
PIECE = r"(?!\.\.?(?:/|\Z))[\w.+\[\] -]+"


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("aé0_.<>/+[] -~\n\0?\\:") | st.characters(), max_size=8))
def test_forms_are_what_their_expressions_say(text):
    """What is looked at without a regular expression is what the expression would find."""
    import re

    symbol = re.fullmatch(rf"{FULL_SYMBOL}(?:\.{FULL_SYMBOL})*", text)
    relative = re.fullmatch(rf"<(?:external|string|\?)>|<frozen [\w.]+>|(?! ){PIECE}(?:/{PIECE})*", text)

    assert is_symbol(text) is (symbol is not None)
    assert is_relative(text) is (relative is not None)


def test_a_bag_under_no_record_is_no_fact():
    """Strings of bags declare what every bag's do."""
    _, walk = copy(compiled("Event", "verbose"), {"extra": {"a": "b"}, "logentry": {"params": "c"}})

    assert {(c[k], f.kind) for c, k, f, _ in slots(walk)} == {("b", Kind.BAG), ("c", Kind.BAG)}


def test_items_have_no_other_payloads():
    """All payloads of items are classes of the table."""
    assert {item.payload for item in ITEMS.values()} <= set(takes("verbose"))
