"""A policy is what it says, or an error that says where."""

from __future__ import annotations

import attrs
import pytest

from scrubbing.errors import PolicyError
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rules import Pattern
from scrubbing.schema import ITEMS, PRESETS, Kind

MACHINE = Machine(username="erikagaertner")


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_have_constructors(preset):
    """Each preset is a class method, and opens the item types it declares."""
    policy = getattr(Policy, preset)(machine=MACHINE, packages=["frob"], commands=["watch"])

    assert policy.preset == preset
    assert policy.packages.own == ("frob",)
    assert {name for name in ITEMS if policy.shape(name)} == {
        name for name, item in ITEMS.items() if PRESETS.index(item.leaves) <= PRESETS.index(preset)
    }
    assert policy.shape("attachment") is None
    assert [policy.subcommand(name) for name in ("watch", "other", None)] == ["watch", "<?>", None]


def test_this_machine_is_looked_at_by_default():
    """Without a machine the policy hides this one's names."""
    assert Policy.strict().machine == Machine.detect()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"preset": "open"}, "preset: expected one of strict, standard, verbose, got 'open'"),
        ({"preset": None}, "preset: expected one of"),
        ({"preset": ["strict"]}, "preset: expected one of"),
        ({"machine": "erika"}, "machine: expected a Machine, got str"),
        ({"packages": "frob"}, r"packages: expected names such as \['frob'\], got 'frob'"),
        ({"packages": [3]}, "packages: expected names, got 3"),
        ({"packages": [""]}, "packages: expected names, got ''"),
        ({"packages": 3}, "packages: expected names"),
        ({"commands": "watch"}, "commands: expected names"),
        ({"commands": ["wa/tch"]}, "commands: expected a letter, .* got 'wa/tch'"),
        ({"commands": ["<?>"]}, "commands: expected a letter"),
        ({"commands": [None]}, "commands: expected names, got None"),
        ({"rules": "email"}, "rules: expected rules, got str"),
        ({"rules": 3}, "rules: expected rules, got int"),
        ({"rules": [3]}, "rule"),
        ({"rules": [Pattern("email", "x+")]}, "email"),
        ({"app": 3}, "app: expected a name, got 3"),
        ({"messages": "all"}, "messages: expected one of type, skeleton, scrubbed, got 'all'"),
        ({"messages": ""}, "messages: expected one of"),
        ({"messages": 3}, "messages: expected one of type, skeleton, scrubbed, or a mapping .* got int"),
        ({"messages": ["type"]}, "messages: expected one of"),
        ({"messages": {"ValueError": "all"}}, "messages: expected one of .* for 'ValueError', got 'all'"),
        ({"messages": {"ValueError": ["type"]}}, "messages: expected one of"),
        ({"messages": {"Value Error": "type"}}, "messages: expected a class such as .* got 'Value Error'"),
        ({"messages": {"": "type"}}, "messages: expected a class"),
        ({"messages": {"frob.*": "type"}}, "messages: expected a class"),
        ({"messages": {ValueError: "type"}}, "messages: expected a class"),
    ],
)
def test_a_wrong_argument_raises_at_once(fields, said):
    """The message names the argument, what was expected and what came."""
    with pytest.raises(PolicyError, match=said):
        Policy(**{"machine": MACHINE, **fields})


def written(tmp_path, text, name="policy.toml"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_a_file_says_what_it_says(tmp_path):
    """Preset, packages, commands and rules come from TOML; what it does not say comes from the call."""
    text = """
        preset = "standard"
        commands = ["watch"]
        [[rules]]
        name = "order"
        pattern = "order-[0-9]+"
        [[rules]]
        name = "badge"
        keys = "badge"
    """
    policy = Policy.from_toml(written(tmp_path, text), machine=MACHINE, packages=["frob"], preset="verbose")

    assert (policy.preset, policy.packages.own, policy.commands) == ("standard", ("frob",), {"watch"})
    assert policy.engine.scrub("see order-77", Kind.TEXT) == "see [order]"
    assert not policy.engine.clean("x", Kind.BAG, "badge")


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", {}),
        ("messages = 'type'", {"*": "type"}),
        ("[messages]\n'*' = 'type'\n'frob.errors.ConfigError' = 'scrubbed'",
         {"*": "type", "frob.errors.ConfigError": "scrubbed"}),
    ],
)  # fmt: skip
def test_a_file_says_what_leaves_of_messages(tmp_path, text, messages):
    """One word, or a table of classes."""
    assert dict(Policy.from_toml(written(tmp_path, text), machine=MACHINE).messages) == messages


@pytest.mark.parametrize(
    ("preset", "messages", "rest"),
    [
        ("strict", None, "skeleton"),
        ("standard", None, "scrubbed"),
        ("verbose", None, "scrubbed"),
        ("strict", "scrubbed", "scrubbed"),
        ("standard", "type", "type"),
        ("standard", {"ValueError": "type"}, "scrubbed"),
        ("strict", {"ValueError": "type"}, "skeleton"),
        ("strict", {"*": "type"}, "type"),
    ],
)
def test_what_is_left_is_as_the_preset_has_it(preset, messages, rest):
    """A policy's word counts before the preset's; a mapping leaves the rest to the preset."""
    policy = Policy(preset=preset, machine=MACHINE, messages=messages)

    assert policy.rest == policy.word([]) == policy.word([("KeyError", None)]) == rest
    assert attrs.evolve(policy, app="frob").messages == policy.messages


def test_terms_are_what_a_policy_says_of_messages():
    """Two policies that say the same have the same terms, however they say it; others have others."""
    said = [
        *(Policy(preset=preset, machine=MACHINE) for preset in PRESETS),
        *(Policy.strict(machine=MACHINE, messages=word) for word in ("type", "scrubbed")),
        Policy.strict(machine=MACHINE, messages={"A": "scrubbed"}),
        Policy.strict(machine=MACHINE, messages={"A": "type"}),
        Policy.strict(machine=MACHINE, messages={"A": "type", "B": "scrubbed"}),
    ]
    assert len({policy.terms for policy in said}) == len(said)
    turned = Policy.strict(machine=MACHINE, messages={"B": "scrubbed", "A": "type"}, app="frob")
    assert turned.terms == said[-1].terms


def test_what_a_policy_says_of_messages_does_not_change():
    """Neither through the mapping it was given nor through its own."""
    given = {"ValueError": "type"}
    policy = Policy.strict(machine=MACHINE, messages=given)
    given["*"] = "scrubbed"

    assert policy.rest == "skeleton"
    with pytest.raises(TypeError):
        policy.messages["*"] = "scrubbed"


def test_a_table_of_a_project_is_read(tmp_path):
    """In a pyproject.toml the policy is [tool.scrubbing]; without one it is the default."""
    assert (
        Policy.from_toml(written(tmp_path, '[tool.scrubbing]\npreset = "verbose"', "pyproject.toml")).preset
        == "verbose"
    )
    assert Policy.from_toml(str(written(tmp_path, "[project]\nname = 'x'", "pyproject.toml"))).preset == "strict"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("preset = ", "cannot read"),
        (b"\xff\xfe", "cannot read"),
        ("x = " + "[" * 5000, "cannot read"),
        ("presets = 'strict'", "expected preset, packages, commands, messages, remarks, cache or rules, got presets"),
        ("preset = 'open'", "preset: expected one of"),
        ("preset = 3", "preset: expected one of"),
        ("packages = 'frob'", "packages: expected a list, got str"),
        ("packages = [3]", "packages: expected names, got 3"),
        ("commands = {}", "commands: expected a list, got dict"),
        ("messages = 'all'", "messages: expected one of type, skeleton, scrubbed, got 'all'"),
        ("messages = ['type']", "messages: expected one of"),
        ("[messages]\nConfigError = 'all'", "messages: expected one of .* for 'ConfigError'"),
        ("[messages]\nfrob.errors.ConfigError = 'type'", "messages: expected one of .* for 'frob'"),
        ("commands = ['a/b']", "commands: expected a letter"),
        ("rules = 3", "rules: expected a list, got int"),
        ("rules = [3]", r"rules\[0\]: expected a table with name"),
        ("[[rules]]\nname = 'x'", r"rules\[0\]: expected a table with name"),
        ("[[rules]]\nname = 'x'\npattern = 'x'\nkeys = 'x'", r"rules\[0\]: expected a table with name"),
        ("[[rules]]\nname = 'ok'\nkeys = 'x'\n[[rules]]\nname = 'x'\npattern = '('", r"rules\[1\]: .*x"),
        ("[[rules]]\nname = 'x'\npattern = 3", r"rules\[0\]: "),
        ("[[rules]]\nname = 3\npattern = 'x'", r"rules\[0\]: "),
        ("[[rules]]\nname = 'x'\npattern = 'x'\ncolor = 1", r"rules\[0\]: expected name, pattern or keys, got color"),
        ("[[rules]]\nname = 'x'\npattern = 'x'\n[[rules]]\nname = 'x'\npattern = 'y'", "x"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path, text, said):
    """Syntax, names, types and rules: the error names the file and the place in it."""
    file = written(tmp_path, text)

    with pytest.raises(PolicyError, match=said) as error:
        Policy.from_toml(file, machine=MACHINE)

    assert "policy.toml" in str(error.value)


@pytest.mark.parametrize("text", ["tool = 3", "[tool]\nscrubbing = 3"])
def test_a_project_without_the_table_is_no_policy(tmp_path, text):
    """Something else where the table should be is an error."""
    with pytest.raises(PolicyError, match=r"expected a table \[tool.scrubbing\]"):
        Policy.from_toml(written(tmp_path, text, "pyproject.toml"))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    """A missing file and a directory are named."""
    for path in (tmp_path / "nowhere.toml", tmp_path):
        with pytest.raises(PolicyError, match="cannot read"):
            Policy.from_toml(path)


def test_names_that_are_no_characters_are_hidden_as_they_are_written():
    """A login name with bytes that are no UTF-8 is found in strings as they leave."""
    policy = Policy.standard(machine=Machine(username="erik\udce9gaertner"))
    from scrubbing.rewrite import scrub

    made = scrub({"logentry": {"formatted": "hello erik\udce9gaertner"}}, policy)

    assert "gaertner" not in str(made)
