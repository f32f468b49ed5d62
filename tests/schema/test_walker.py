"""The compiled walker: what it takes is always what the fence's half judges good, and both are bounded."""

from __future__ import annotations

import math

import pytest
from generated_payloads import SEEDS, junk, shaped
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubbing.errors import Refused
from scrubbing.schema.items import ITEMS
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import is_relative, is_symbol, shorten, whole
from scrubbing.schema.walker import compiled, copy
from scrubbing.schema.walker.places import slots
from scrubbing.schema.walker.walk import MAX_CHARACTERS, MAX_ENTRIES

OWN = "3f1c9b0e-5a77-4c1d-9e2b-0d6f8a4b7c21"


def finish(walk) -> None:
    """What hooks do after the walk: strings are cut to their limits."""
    for container, key, field, _ in slots(walk):
        container[key] = shorten(container[key], field.limit)


def strings(value) -> list[str]:
    if isinstance(value, dict):
        return [text for key, child in value.items() for text in (key, *strings(child))]
    if isinstance(value, list):
        return [text for child in value for text in strings(child)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("item", sorted(ITEMS))
@settings(max_examples=60, deadline=None)
@given(SEEDS, st.booleans())
def test_what_is_taken_is_judged_good(item, preset, rng, anything):
    """For any value, what `take` copies `judge` lets pass, and every string it tells of is whole and short enough."""
    value = junk(rng) if anything else shaped(rng, ITEMS[item].payload)
    shape = compiled(ITEMS[item].payload, preset)

    out, walk = copy(shape, value)
    finish(walk)

    heard = []
    shape.judge(out, "", lambda *one: heard.append(one))
    assert isinstance(value, dict) == (out is not None)
    assert all(isinstance(text, str) and text.encode() is not None for text, _, _ in heard)
    assert sorted(text for text, kind, _ in heard if kind is not Kind.BAG) == sorted(
        container[key] for container, key, field, _ in slots(walk) if field.kind is not Kind.BAG
    )
    assert all(text.encode() is not None for text in strings(out))


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_closer_preset_takes_no_more(rng):
    """What leaves under a closed preset leaves under the more open ones too."""
    value = shaped(rng, "Event")

    def paths(one, at=""):
        if isinstance(one, dict):
            return {p for key, child in one.items() for p in paths(child, f"{at}.{key}")} | {at}
        return {at}

    strict, standard, verbose = (paths(copy(compiled("Event", preset), value)[0] or {}) for preset in PRESETS)

    assert strict <= standard <= verbose


def take(name, value, preset="verbose"):
    return copy(compiled(name, preset), value)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("Frame", {"lineno": True}, {}),
        ("Frame", {"lineno": -1}, {}),
        ("Frame", {"lineno": 3.0}, {}),
        ("Frame", {"lineno": 10**9}, {}),
        ("Frame", {"in_app": 1}, {}),
        ("Frame", {"module": "a.b c"}, {"module": "<?>"}),
        ("Frame", {"function": "f.<locals>.<lambda>"}, {"function": "f.<locals>.<lambda>"}),
        ("Frame", {"function": "<generic parameters of f>"}, {"function": "<generic parameters of f>"}),
        ("Frame", {"pre_context": ["a", None, 3, "b"]}, {"pre_context": ["a", "b"]}),
        ("Frame", {"pre_context": list("abcdefghij")}, {"pre_context": list("cdefghij")}),
        ("Stacktrace", {"frames": [None, {"lineno": 1}]}, {"frames": [{"lineno": 1}]}),
        ("Stacktrace", None, None),
        ("Event", {"timestamp": 1732250000.5}, {"timestamp": 1732250000.5}),
        ("Event", {"timestamp": "٢٠٢٦-11-22T04:13:17Z"}, {}),
        ("Event", {"timestamp": 10**400}, {}),
        ("Event", {"exception": [{"type": "E"}]}, {"exception": {"values": [{"type": "E"}]}}),
        ("Event", {"exception": {"values": None}}, {}),
        (
            "Event",
            {"level": "mine", "sdk": {"integrations": ["logging", "mine"]}},
            {"sdk": {"integrations": ["logging"]}},
        ),
        ("Tags", {"a": 1, "b": True, "c": math.nan, "d": [], 3: "x"}, {"a": "1", "b": "True"}),
        ("Contexts", {"device": {"name": "x"}, "mine": {"a": {1: None}}}, {"mine": {"a": {"1": None}}}),
        ("User", {"id": OWN, "email": "x"}, {"id": OWN}),
        ("User", {"id": 7}, {}),
        ("User", {"id": OWN.replace("-", "")}, {}),
        (
            "Log",
            {"attributes": {"a": b"x", "b": math.inf, "c": 10**40}},
            {"attributes": {"a": None, "b": None, "c": None}},
        ),
    ],
)
def test_fields_take_what_they_declare(name, value, kept):
    """Each kind of field keeps what is of its form, and drops the rest without dropping its neighbours."""
    assert take(name, value)[0] == kept


def test_bags_are_bounded():
    """Deep, wide, self-containing and huge bags end, and say where they were cut."""
    deep = {}
    deep["again"] = deep
    numbers = list(range(1000))
    wide = {f"k{n}": numbers for n in range(100_000)}
    out, walk = take("Event", {"extra": {"deep": deep, "long": "x" * 10**6, "key" * 1000: 1, "wide": wide}})

    finish(walk)
    assert str(out["extra"]["deep"]).count("again") == 5  # of six levels, as Sentry keeps them
    assert "<?>" in str(out["extra"]["deep"])
    assert len(out["extra"]["wide"]) <= 100
    assert len(out["extra"]["long"]) == 8192
    assert max(len(key) for key in out["extra"]) <= 200
    assert walk.entries >= -200
    assert walk.dropped > 99_000


def test_no_payload_holds_more_characters_than_it_may():
    """Ten thousand long strings are as many as fit, and nothing after."""
    out, walk = take("Event", {"extra": {f"k{n}": ["y" * 8000] * 100 for n in range(100)}})

    assert sum(len(text) for text in strings(out)) <= MAX_CHARACTERS + 4 * MAX_ENTRIES
    assert walk.dropped > 0


def test_the_useful_end_of_a_list_is_kept():
    """Of ten thousand frames the innermost stay, also when there is no room for all strings."""
    frames = [{"lineno": n, "context_line": "z" * 250} for n in range(10_000)]
    (value,) = take("Event", {"exception": [{"stacktrace": {"frames": frames}}]})[0]["exception"]["values"]

    assert [frame["lineno"] for frame in value["stacktrace"]["frames"]] == list(range(9_750, 10_000))
    many = [{"message": "m" * 8000}] * 100 + [{"message": "last"}]
    crumbs = take("Event", {"breadcrumbs": {"values": many}})[0]["breadcrumbs"]["values"]
    assert crumbs[-1]["message"] == "last"
    assert crumbs[0]["message"] == "<?>"


def test_classes_that_lie_are_not_asked():
    """Subclasses of str, dict and list have none of their own methods called."""

    def boom(*_):
        raise SystemExit

    methods = ("__getitem__", "__iter__", "__len__", "items", "get", "keys", "__str__", "__contains__", "copy")
    lying = {
        base: type("Lying", (base,), {name: boom for name in methods if hasattr(base, name)})
        for base in (str, dict, list)
    }
    value = {
        "exception": lying[list]([lying[dict](type=lying[str]("E"))]),
        "extra": {lying[str]("k"): lying[list]([lying[str]("v")])},
    }

    out, _ = take("Event", value)

    assert out == {"exception": {"values": [{"type": "E"}]}, "extra": {"k": ["v"]}}
    assert type(out["extra"]["k"][0]) is str
    assert type(next(iter(out["extra"]))) is str


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"exception": [{"type": "E"}]}, ".exception"),
        (
            {"exception": {"values": [{}, {"stacktrace": {"frames": [{"vars": {}, "CANARY": 1}]}}]}},
            ".exception.values[1].stacktrace.frames[0].*",
        ),
        ({"tags": {"a": 1}}, ".tags.*"),
        ({"tags": {"subcommand": "1"}}, ".tags.subcommand"),
        ({"extra": {"a": {"b": 1e400}}}, ".extra"),
        ({"sdk": {"integrations": ["mine"]}}, ".sdk.integrations[0]"),
        ({"CANARY": 1}, ".*"),
        ([], ""),
    ],
)
def test_what_is_refused_says_where_and_not_what(value, where):
    """The place of a refused field is its path; names that are not declared do not show."""
    with pytest.raises(Refused) as refused:
        compiled("Event", "verbose").judge(value, "", lambda *_: None)

    assert refused.value.where == where
    assert "CANARY" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("frob/sync.py", True),
        ("site-packages/requests/api.py", True),
        ("python3.12/lib-dynload/_json.cpython-312-x86_64-linux-gnu.so", True),
        ("<frozen importlib._bootstrap>", True),
        ("<external>", True),
        ("/home/erika/x.py", False),
        ("C:\\Users\\erika\\x.py", False),
        ("C:/Users/x.py", False),
        ("../x.py", False),
        ("a/../x.py", False),
        ("a/..", False),
        ("~/x.py", False),
        ("<ipython-input-1-erika>", False),
        ("", False),
    ],
)
def test_paths_under_strict_are_relative(path, good):
    """No drive, no leading slash, no way up, no home: only a path below a root."""
    assert is_relative(path) is good


def test_strings_become_whole():
    """Lone surrogates and NUL become U+FFFD; pairs become the character they are; the rest stays."""
    assert whole("a\ud800b\0\ud83d\ude00é") == "a�b�😀é"
    assert whole("plain") == "plain"
    assert shorten("word " * 10, 23) == "word word word word..."
    assert shorten("x" * 50, 23) == "x" * 20 + "..."
    assert is_symbol("a.b") and not is_symbol("a..b") and not is_symbol("a b")
