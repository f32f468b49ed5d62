"""Attacks on bags: secrets that are no strings, pairs that are no mappings, addresses that carry queries."""

from __future__ import annotations

import sys

import pytest

from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.walker import compiled, copy


def heard(bag):
    """What is heard of an extra as it is taken, with the names it stands under."""
    shape = compiled("Event", "verbose")
    out, _ = copy(shape, {"extra": bag})
    said = []
    shape.judge(out, "", lambda text, kind, name: said.append((text, name)) if kind is Kind.BAG else None)
    return said


def test_numbers_of_bags_are_heard_as_text():
    """Whoever judges hears each number under its key, whole ones without a decimal point."""
    assert {("4111111111111111", "card"), ("42", "f"), ("0.5", "g")} <= set(
        heard({"card": 4111111111111111, "f": 42.0, "g": 0.5})
    )


def test_containers_of_bags_are_heard():
    """Whoever judges hears that something stands under a key, though it is no string; nothing of empty ones."""
    said = heard({"password": {"a": None}, "token": [None], "none": {}, "nothing": []})

    assert ("{}", "password") in said
    assert ("[]", "token") in said
    assert {"none", "nothing"}.isdisjoint(name for _, name in said)


def test_true_false_and_nothing_are_not_heard():
    """That there is no value under a key is no secret."""
    assert [name for _, name in heard({"password": None, "token": True, "secret": False})] == ["", "", "", "extra"]


@pytest.mark.parametrize("pair", [["password", "x"], ("password", "x")])
def test_pairs_in_a_list_are_keys_and_values(pair):
    """The second of two in a list of lists is heard under the first."""
    assert ("x", "password") in heard({"headers": [pair]})
    assert ("password", "") in heard({"headers": [pair]})


def test_other_lists_are_no_pairs():
    """A list of two by itself, and lists of three, are not read as pairs."""
    assert ("x", "a") in heard({"a": ["password", "x"]})
    assert ("x", "a") in heard({"a": [["password", "x", "y"]]})


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        ("?token=xy", "?token=[Filtered]"),
        ("?page=2&q=x+y&n=1234567&s=", "?page=2&q=[Filtered]&n=[Filtered]&s="),
        ("?a=1&erika@example.org=1&b=[x]y", "?a=1&b=[Filtered]"),
        ("#x", "#x"),
        ("#x/y", ""),
        ("#x=y", ""),
        ("?a#b=1", ""),
        ("?c2VjcmV0", ""),
        ("?a=1#b=2", "?a=1"),
        ("?" + "&".join(["page=2"] * 60), ""),
        ("?a=1?b=x", "?a=[Filtered]"),
    ],
)
def test_an_address_leaves_without_what_it_was_asked_with(behind, left):
    """Of a query the names leave, and numbers; of fragments only a word does, and twice changes nothing."""
    for given in (behind, left):
        out, _ = copy(compiled("Event", "verbose"), {"request": {"url": f"https://h.example/p{given}"}})
        assert out["request"]["url"] == f"https://h.example/p{left}"


class Pretends:
    """An object that says it is of another class, as proxies and mocks do, and does something when asked."""

    def __init__(self, cls, asked=lambda: None):
        self.__dict__.update(cls=cls, asked=asked)

    @property
    def __class__(self):
        """What `isinstance` believes."""
        self.__dict__["asked"]()
        return self.__dict__["cls"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("cls", [dict, list, tuple, str])
def test_objects_that_pretend_are_objects(preset, cls):
    """A proxy is no container and no string: it is dropped, wherever it stands, and raises nothing."""
    proxy = Pretends(cls)
    for name in ("exception", "contexts", "tags", "breadcrumbs", "extra", "request", "level", "fingerprint"):
        made, _ = copy(compiled("Event", preset), {name: proxy})
        assert "Pretends" not in repr(made)
    deep = {"a": proxy, "b": [proxy, [proxy, proxy], {"c": proxy}]}
    frame = {"vars": deep, "pre_context": proxy, "filename": proxy, "module": proxy, "lineno": proxy}
    values = [proxy, {"type": proxy, "value": proxy, "stacktrace": {"frames": [proxy, frame]}}]

    made, _ = copy(compiled("Event", preset), {"exception": values, "extra": deep, "contexts": {"c": deep}})

    assert "Pretends" not in repr(made)


def test_a_list_that_changes_while_it_is_copied_is_copied_as_it_was():
    """What is looked at is what is kept: another thread must not be able to change what stands between the two."""
    given = [5, {"key": ["canary"]}, "x"]
    canary = given[1]

    def another_thread(frame, *_):
        if frame.f_code.co_name == "_member":
            given[1] = "short"

    sys.setprofile(another_thread)
    try:
        made, _ = copy(compiled("Event", "verbose"), {"extra": {"list": given}})
    finally:
        sys.setprofile(None)

    assert given[1] == "short"
    assert made["extra"]["list"] == [5, {"key": ["canary"]}, "x"]
    assert made["extra"]["list"][1] is not canary
