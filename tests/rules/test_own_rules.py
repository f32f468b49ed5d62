"""Rules of the app's own: whatever form they come in, a mistake is an error that says where, and none is slow."""

from __future__ import annotations

import re
import subprocess
import sys

import attrs
import pytest

from scrubbing import Machine, Policy, Redaction, scrub_text, trials
from scrubbing.errors import PolicyError
from scrubbing.rules import BUILTIN, TEXT_KINDS, Keys, Pattern, hit, rule

MACHINE = Machine(username="erikagaertner")
EVIL = (
    r"(a+)+$", r"(a|aa)+$", r"(.*a){20}", r"\s*,\s*", r"(a?){30}b", r"(\w+\s?)*$x", r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+", r"(x+x+)+y", r"\w+@example\.com", r"<[^>]*>",
    r".*b", r"foo(?:\d+|\d\d)+!", r"(?:a|a)*c", r"(?=(a+)+b)a", r"(\d+)*-", r"key=(.*);end", r"((ab)*)*c",
    r"[\s\S]*x", r"\d+ EUR", r"(?i)(A|a)+$", r'"(?:[^"\\]|\\.)*"', "a?" * 30 + "a" * 30, r"(?:\w+\.)+\w",
)  # fmt: skip
GOOD = (
    r"ORD-\d+", r"[A-Z]{2}\d{6}", r"customer \S+", r"\bacct[:=]\s?\w+", r"(?<!\w)\d{3}-\d{2}(?!\d)", r"\w{1,64}@x",
    r"tok_[\w-]{20,}", r"https?://[^\s/]+", r"(?:foo|bar)+", r"\d{1,3}(?:\.\d{1,3}){3}",
    r"(?i)secret\s{0,4}=\s{0,4}\S+",
)  # fmt: skip


@pytest.mark.parametrize("regex", EVIL)
def test_an_expression_that_backtracks_is_refused(regex):
    """Exponential, polynomial and quadratic ones, with the part of the row and a way out."""
    with pytest.raises(PolicyError, match=r"rule 'evil': regex: takes a time that grows .* upper bound"):
        Pattern("evil", regex)


def test_keys_and_what_stands_before_are_tried_too(tmp_path):
    """Keys can be long as well; TOML says which row it was."""
    with pytest.raises(PolicyError, match="rule 'evil': regex: takes a time"):
        Keys("evil", r"(a+)+$")
    with pytest.raises(PolicyError, match="rule 'evil': before: takes a time"):
        Pattern("evil", "x", before=r"(a+)+!")
    (tmp_path / "policy.toml").write_text("[[rules]]\nname = 'evil'\npattern = '(a+)+$'\n")
    with pytest.raises(PolicyError, match=r"policy.toml: rules\[0\]: rule 'evil': regex: takes"):
        Policy.from_toml(tmp_path / "policy.toml")


@pytest.mark.parametrize("regex", GOOD)
def test_an_expression_that_does_not_is_taken(regex):
    """Bounded repeats, repeats at the end, repeats behind something rare."""
    assert Pattern("good", regex).regex == regex


@pytest.mark.parametrize("row", BUILTIN, ids=lambda row: row.name)
def test_ours_are_as_good_as_what_is_asked_of_others(row):
    """Each expression of each row, on the texts that are worst for it."""
    for part in ("regex", "before", "pair", "secret_names"):
        assert trials.slow_on(getattr(row, part, None) or "x") is None, part


class Order:
    name, kinds, redaction = "order", TEXT_KINDS, Redaction.REPLACE

    def find(self, text):
        at = text.find("ORD-1")
        return [(at, at + 5)] if at >= 0 else []


def test_a_class_is_a_rule():
    """The class, or an object of it."""
    for given in (Order, Order()):
        assert scrub_text("x ORD-1", Policy.strict(machine=MACHINE, rules=[given])) == "x [order]"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": 3}, "a name is"),
        ({"name": "[x]"}, "a name is"),
        ({"kinds": "TEXT"}, "kinds: expected a set of Kind, got str"),
        ({"kinds": [3]}, "kinds: rules look at"),
        ({"redaction": "remove"}, "redaction: expected a Redaction"),
        ({"placeholder": "erika"}, "placeholder: expected a short word"),
        ({"find": lambda _: []}, "find: TypeError"),
        ({"find": lambda _, text: 3}, "find: TypeError"),
        ({"find": lambda _, text: ["ab"]}, "find: TypeError"),
        ({"find": lambda _, text: 1 / 0}, "find: ZeroDivisionError"),
        ({"__init__": lambda _, more: None}, r"rules\[0\]: Bad: cannot be made: TypeError"),
    ],
)
def test_a_class_that_is_wrong_is_an_error(change, said):
    """At once, with the rule and the part."""
    with pytest.raises(PolicyError, match=said):
        Policy.strict(machine=MACHINE, rules=[type("Bad", (Order,), change)])


def exponential(text):
    return [match.span() for match in re.finditer("(?:a+)+$", text)]


def quadratic(text):
    return [(at, at + 1) for at in range(len(text)) if sum(text[at:].encode()) < 0]


def only_after_the_word(text):
    """Slow behind a word that only its examples say."""
    return [match.span() for match in re.finditer("zebra(?:[a-z]+)+[0-9]", text)]


def linear(text):
    return [match.span() for match in re.finditer("zebra [0-9]+", text)]


def failing(text):
    return [(0, text.index("a"))]


def as_class(find):
    members = {"name": "own", "kinds": TEXT_KINDS, "redaction": Redaction.REPLACE, "find": lambda _, text: find(text)}
    return type("Own", (), members)


@pytest.mark.parametrize("make", [lambda find: rule("own", examples=[hit("zebraa 1", "zebraa 1")])(find), as_class])
@pytest.mark.parametrize(
    ("find", "said"),
    [
        (exponential, "find: takes a time that grows exponentially"),
        (quadratic, "find: takes a time that grows with the square of the text"),
        (failing, "find: ValueError"),
    ],
)
def test_a_function_that_takes_too_long_is_refused(make, find, said):
    """Nothing can stop one while it runs, so it is tried before it ever sees a crash; so are objects."""
    with pytest.raises(PolicyError, match=f"rule 'own': {said}"):
        Policy.strict(machine=MACHINE, rules=[make(find)])


def test_a_function_is_tried_on_what_its_examples_say():
    """A slow path behind a word is reached through the examples alone; a linear one is taken, and tried once."""
    with pytest.raises(PolicyError, match="exponentially"):
        Policy.strict(machine=MACHINE, rules=[rule("own", examples=[hit("zebra" + "a" * 8, "x")])(only_after_the_word)])
    asked = []
    made = rule("own")(lambda text: asked.append(text) or linear(text))
    for _ in range(2):
        assert scrub_text("zebra 12", Policy.strict(machine=MACHINE, rules=[made])) == "[own]"
    assert asked.count("zebra 12") == 2
    assert asked.count("aaa\x01") == 1


def test_an_object_that_is_no_key_is_a_rule_too():
    """Classes that compare by value have no hash; that says nothing against them as rules."""

    @attrs.define
    class Own:
        word: str
        name = "own"
        kinds = TEXT_KINDS
        redaction = Redaction.REPLACE

        def find(self, text):
            return [(text.index(self.word), text.index(self.word) + len(self.word))] if self.word in text else []

    assert Own.__hash__ is None
    assert scrub_text("a zebra", Policy.strict(machine=MACHINE, rules=[Own("zebra")])) == "a [own]"


def test_a_long_text_is_not_given_to_a_function():
    """It was tried on shorter ones: what is longer goes whole, unasked. Expressions may be asked about any length."""
    asked = []
    made = rule("own")(lambda text: asked.append(len(text)) or [])
    policy = Policy.strict(machine=MACHINE, rules=[made, Pattern("order", "ORD-1")])

    assert scrub_text("x " * 40_000, policy) == "[Filtered]"
    assert max(asked) <= 65_536
    assert scrub_text("x " * 30_000, policy) == "x " * 30_000
    only = Policy.strict(machine=MACHINE, rules=[Pattern("order", "ORD-1")])
    assert scrub_text("x " * 40_000 + "ORD-1", only) == "x " * 40_000 + "[order]"


def test_batched_keys_of_an_app_are_tried_too():
    """As rows for values are."""
    with pytest.raises(PolicyError, match="rule 'own': regex: takes a time"):
        Policy.strict(machine=MACHINE, rules=[Keys("own", "(a+)+$", batched=True)])


def test_no_row_of_ours_is_tried_when_a_program_starts():
    """The trials are for tests: no import, no policy and no event of ours reads the module they are in."""
    program = (
        "import sys, scrubbing; scrubbing.scrub({'message': 'x'}, 'verbose'); print('scrubbing.trials' in sys.modules);"
        "scrubbing.Policy(rules=[scrubbing.Pattern('own', 'ORD-1')]); print('scrubbing.trials' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100, check=True)
    assert said.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"regex": "(a+)+$"}, "regex: takes a time that grows exponentially"),
        ({"regex": "("}, "regex: missing"),
        ({"regex": "x*"}, "regex: matches the empty text"),
        ({"regex": "x", "before": "(a+)+$"}, "before: takes a time"),
    ],
)
def test_a_batched_row_of_an_app_is_tried_too(fields, said):
    """It says of itself that it may be run over many texts at once; that makes no expression of it a better one."""
    with pytest.raises(PolicyError, match=f"rule 'own': {said}"):
        Policy.strict(machine=MACHINE, rules=[Pattern("own", batched=True, **fields)])


@pytest.fixture
def packs(tmp_path, monkeypatch):
    """Installed packages that declare packs."""
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    names = ("one", "many", "made", "cls", "broken", "text", "number", "raises", "gone", "evil", "twice", "clash")
    lines = [f"{name} = acme_pack_{name}:RULES" for name in names]
    (info / "entry_points.txt").write_text("[scrubbing.rules]\n" + "\n".join(lines) + "\n")
    head = "from scrubbing.rules import *\n"
    for name, code in {
        "one": "RULES = Pattern('order', 'ORD-1')",
        "many": "RULES = [Pattern('order', 'ORD-1'), Keys('k', '^zip$')]",
        "made": "def RULES(): return (Pattern('order', 'ORD-1'),)",
        "cls": "class RULES:\n name, kinds, redaction = 'order', TEXT_KINDS, Redaction.REPLACE\n"
        " def find(self, text): return [(text.find('ORD-1'), len(text))] if 'ORD-1' in text else []",
        "broken": "import nothing_of_this_name",
        "text": "RULES = ['pack:one']",
        "number": "RULES = 3",
        "raises": "def RULES(): raise ValueError('no')",
        "gone": "",
        "evil": "RULES = Pattern('evil', '(a+)+$')",
        "twice": "RULES = [Pattern('order', 'x')] * 2",
        "clash": "RULES = Pattern('email', 'x')",
    }.items():
        (tmp_path / f"acme_pack_{name}.py").write_text(head + code + "\n")
        monkeypatch.delitem(sys.modules, f"acme_pack_{name}", raising=False)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("name", ["one", "many", "made", "cls"])
def test_a_pack_is_its_rules(name, tmp_path):
    """By name in code and in TOML; only the named one is imported."""
    (tmp_path / "policy.toml").write_text(f"rules = ['pack:{name}', {{name = 'own', pattern = 'OWN-1'}}]\n")
    for policy in (
        Policy.strict(machine=MACHINE, rules=[f"pack:{name}", Pattern("own", "OWN-1")]),
        Policy.from_toml(tmp_path / "policy.toml", machine=MACHINE),
    ):
        assert scrub_text("x ORD-1", policy) == "x [order]"
        assert scrub_text("OWN-1 x", policy) == "[own] x"
    assert [module for module in sys.modules if module.startswith("acme_pack_")] == [f"acme_pack_{name}"]


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "not installed; there is .*broken.*"),
        ("", "expected a rule, or a pack such as"),
        ("broken", "cannot be imported: ModuleNotFoundError"),
        ("text", "expected rules, got a text"),
        ("number", "expected an object with name"),
        ("raises", "cannot be made: ValueError: no"),
        ("gone", "cannot be imported: AttributeError"),
        ("evil", "rule 'evil': regex: takes a time"),
        ("twice", "two rules of this name"),
        ("clash", "two rules of this name"),
    ],
)
def test_a_pack_that_is_wrong_is_an_error(name, said):
    """That names the pack, or the rule in it."""
    with pytest.raises(PolicyError, match=said):
        Policy.strict(machine=MACHINE, rules=[f"pack:{name}"])


@pytest.mark.usefixtures("packs")
def test_a_policy_that_names_no_pack_imports_none():
    """Packages that are merely installed have no say."""
    assert scrub_text("x ORD-1", Policy.strict(machine=MACHINE)) == "x ORD-1"
    assert not [module for module in sys.modules if module.startswith("acme_pack_")]
