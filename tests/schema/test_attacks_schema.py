"""Attacks on bags: secrets that are no strings, pairs that are no mappings, addresses that carry queries."""

from __future__ import annotations

import pytest

from scrubbing.schema.kinds import Kind
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


@pytest.mark.parametrize("url", ["https://h.example/p?token=x", "https://h.example/p#x", "https://h.example/p?a#b"])
def test_an_address_leaves_without_query_and_fragment(url):
    """A request's address is cut where its query or its fragment begins."""
    out, _ = copy(compiled("Event", "verbose"), {"request": {"url": url}})

    assert out["request"]["url"] == "https://h.example/p"
