"""The corpus: code that fails in hundreds of ways says enough of how, and nothing of the values it was given."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from corpus.cases import APP
from corpus.judging import leaks, literals_of, readable, words
from corpus.planted import ERIKA, MAX
from corpus.running import PACKAGES

#: The least share of templates that must be readable; to be 0.85 once bytecode is read.
READABLE = 0.85
CASES, STANDARD, IN_PACKAGES, EACH_PACKAGE = 300, 120, 100, 8

pytestmark = pytest.mark.timeout(600)


def test_nothing_of_a_planted_value_comes_out(corpus):
    """No skeleton of an exception, nor of its causes, has four characters of a value that no literal has."""
    assert {one["id"]: one["leaks"] for one in corpus if one["leaks"]} == {}


def test_nothing_is_raised(corpus):
    """Whatever an exception is, there is a skeleton of it."""
    assert {one["id"]: one["broken"] for one in corpus if one["broken"]} == {}


def test_other_values_make_the_same_skeleton(corpus):
    """What a skeleton says depends on the way the code took, never on what it handled."""
    assert [one["id"] for one in corpus if one["differs"]] == []


def test_the_search_finds_what_messages_say(corpus):
    """The control: the messages themselves give values away, and the search sees it."""
    natural = [one for one in corpus if any(text in one["text"] for text in ERIKA.texts())]

    assert len(natural) > len(corpus) / 3
    assert [one["id"] for one in natural if not one["control"]] == []


def test_the_search_finds_a_leaky_skeleton(corpus):
    """The control of the control: one that keeps four characters of the value its message has is caught."""
    for one in corpus:
        said = next((text for text in ERIKA.texts() if text in one["text"]), None)
        assert said is None or leaks(one["skeleton"] + said[:4], ERIKA, "")


def test_the_packages_code_may_contribute(corpus):
    """The app declares its packages, so their frames are proven, but for code that was generated or made by C."""
    assert sum(bool(one["external"]) for one in corpus) < len(corpus) / 10


def test_skeletons_say_what_went_wrong(corpus):
    """At least half of a template's words come out, for most of the templates that have words."""
    judged = [readable(one["skeleton"], one["template"]) for one in corpus if one["template"]]
    counted = [one for one in judged if one is not None]

    assert sum(counted) >= READABLE * len(counted)


def test_the_corpus_is_as_large_as_it_says(corpus):
    """Errors of the standard library, of the app itself, and of ten packages."""
    groups = Counter(one["group"] for one in corpus)

    assert len({one["id"] for one in corpus}) == len(corpus) >= CASES
    assert groups["standard"] >= STANDARD
    assert sum(groups[name] for name in PACKAGES) >= IN_PACKAGES
    assert [name for name in PACKAGES if groups[name] < EACH_PACKAGE] == []


def test_templates_account_for_their_messages(corpus):
    """A template is the message with holes, whoever's values are in it, so that none can be made up."""
    assert {one["id"]: one["text"] for one in corpus if one["template"] is None} == {}


@pytest.mark.parametrize("who", [ERIKA, MAX])
def test_the_apps_code_has_no_value_in_it(who):
    """So whatever comes out of one did not come from the code."""
    assert {path.name: found for path in APP.rglob("*.py") if (found := leaks(path.read_text("utf-8"), who, ""))} == {}


def test_templates_have_no_value_in_them(corpus):
    """What is planted is a hole."""
    assert [one["id"] for one in corpus if one["template"] and leaks(one["template"], ERIKA, "")] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no zqxwvkjqpz here", ["zqxwvkjqpz"]),
        ("no ZQXW here", ["zqxw"]),
        ("no zqx here", []),
        ("kjqpz is in the code, wvkjqpz is not", ["wvkjqpz", "vkjqpz"]),
        ("order 7731", ["7731"]),
        ("/%C5%BDqxv%C3%B6", ["%c5%bdqxv%c3%b6"]),
        ("'\\u017dqxv", ["'\\u017dqxv"]),
        ("", []),
    ],
)
def test_four_characters_of_a_value_are_a_leak(text, found):
    """Parts of values are found in any case and as URLs quote them, unless the code has them as literals."""
    assert leaks(text, ERIKA, "a kjqpz literal")[: len(found)] == found
    assert bool(leaks(text, ERIKA, "a kjqpz literal")) == bool(found)


@pytest.mark.parametrize(
    ("skeleton", "template", "said"),
    [
        ("order <?> of <int> failed", "order <?> of <?> EUR failed", True),
        ("order <?> <?>", "order <?> of <?> EUR failed", False),
        ("order order", "order <?> failed", True),
        ("<path>", "path <?> of <?>", False),
        ("<?>", "<?>", None),
        ("anything", "a <?>: 12", None),
    ],
)
def test_half_of_the_words_are_readable(skeleton, template, said):
    """A template without words of two letters says nothing, so it does not count."""
    assert readable(skeleton, template) is said


def test_words_are_outside_of_holes():
    """Holes are no words, whatever they are called."""
    assert words("<path> is <?> in <int>x") == Counter({"is": 1, "in": 1})


def test_literals_are_read_wherever_they_stand():
    """Names, strings, and strings in tuples of nested code."""
    code = compile("def f(spam):\n    return spam in ('eggs', b'ham')\nclass Bacon:\n    x = 'toast'\n", "f", "exec")

    assert {"f", "spam", "eggs", "ham", "Bacon", "toast"} <= set(literals_of([code]))


def test_results_are_plain_data(corpus):
    """What a run tells can be kept."""
    assert json.loads(json.dumps(corpus)) == corpus
