"""What is said of messages: as much as the policy has it, and nothing of them anywhere else."""

from __future__ import annotations

import sys

import attrs
import pytest
from worlds import CANARY, World, caught

import scrubbing
from scrubbing.errors import PolicyError
from scrubbing.identity import Machine
from scrubbing.policy import MESSAGES, Policy
from scrubbing.provenance.packages import Packages
from scrubbing.rewrite import Subject, rewritten, scrub, subject
from scrubbing.schema import PRESETS
from scrubbing.wire import dumps

MACHINE = Machine(username="erikagaertner", home="/home/erikagaertner")
ERRORS = '''\
class ConfigError(Exception):
    """The app's own."""


class Nearer(ConfigError, ValueError):
    detail = "detail"


class Mute(Exception):
    def __str__(self):
        raise SystemExit("no")


class Lying(Exception):
    def __str__(self):
        class Text(str):
            def __getitem__(self, key):
                return "CanaryErika"

            __str__ = __repr__ = lambda self: "CanaryErika"

        return Text("hello erikagaertner")


class Long(Exception):
    def __str__(self):
        return "\\x01" * 5_000_000 + "CanaryErika"


def fail(cls, *args):
    raise cls(*args)


def chain(value):
    try:
        raise ConfigError(value)
    except ConfigError as error:
        raise KeyError(value) from error


def group(value):
    raise ExceptionGroup("several", [ValueError(value), Nearer(value)])


def below(value):
    try:
        group(value)
    except Exception as error:
        raise KeyError(value) from error


def ask(value):
    import scrubbing

    try:
        raise ValueError(f"order {value} failed")
    except ValueError as exc:
        return scrubbing.skeleton(exc)
'''


@pytest.fixture
def world(tmp_path, monkeypatch):
    made = World(tmp_path)
    made.write(f"app/{made.own}/errors.py", ERRORS)
    for part in ("app", "site", "home"):
        monkeypatch.syspath_prepend(str(tmp_path / part))
    return made


@pytest.fixture
def errors(world):
    return world.module(f"{world.own}.errors")


def policy(world, preset="strict", messages=None):
    return Policy(preset=preset, machine=MACHINE, packages=world.packages(), messages=messages)


def sdk_event(exc, **more):
    """The event as the SDK makes it, a message with it."""
    from sentry_sdk.utils import event_from_exception

    event, _ = event_from_exception((type(exc), exc, exc.__traceback__))
    for value in event["exception"]["values"]:
        for frame in value.get("stacktrace", {}).get("frames", ()):
            frame.pop("vars", None)  # they leave under verbose, whatever is said of messages
    return {**event, **more}


def values(exc, policy, **more):
    made = scrub(sdk_event(exc, **more), policy, exc)
    return [value["value"] for value in made["exception"]["values"]]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_type_alone_says_nothing(world, errors, preset):
    """Under `type` no byte of a message leaves, whatever the preset; exceptions are told apart by their fingerprint."""
    said = policy(world, preset, "type")
    exc = caught(errors.chain, CANARY)
    exc.add_note(CANARY) if sys.version_info >= (3, 11) else None

    made = scrub(sdk_event(exc, logentry={"message": CANARY, "formatted": CANARY, "params": [CANARY]}), said, exc)

    assert [value["value"] for value in made["exception"]["values"]] == ["<?>", "<?>"]
    assert set(made["logentry"].values()) == {"<?>"}
    assert b"Canary" not in dumps(made)
    assert made["fingerprint"] == ["{{ default }}", subject({}, said, exc).fingerprint]


def test_all_of_a_message_leaves_if_the_author_says_so(world, errors):
    """Under `scrubbed` it is str() after the rules, under strict too; the SDK's own choice of words is not asked."""
    said = policy(world, messages="scrubbed")
    exc = caught(errors.fail, errors.Nearer, "mail erika@example.org about order 7731")

    assert values(exc, said) == ["mail [email] about order 7731"]
    assert values(exc, said, exception=[{"type": "Nearer", "value": CANARY}]) == ["mail [email] about order 7731"]
    assert values(exc, policy(world, "standard")) == ["detail"]


def test_control_of_the_words_of_an_exception(world, errors):
    """By default an open preset says all of a message, and strict no value of it."""
    exc = caught(errors.fail, errors.ConfigError, CANARY)

    assert values(exc, policy(world, "standard")) == [CANARY]
    assert values(exc, policy(world)) == ["<?>"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("bug", ["chain", "group", "below"])
def test_a_skeleton_says_no_value_under_any_preset(world, errors, preset, bug):
    """Under `skeleton` our words take the place of the SDK's, whatever the preset."""
    if bug != "chain" and sys.version_info < (3, 11):
        pytest.skip("groups")
    exc = caught(getattr(errors, bug), CANARY)

    made = scrub(sdk_event(exc), policy(world, preset, "skeleton"), exc)

    said = [value["value"] for value in made["exception"]["values"]]
    assert len(said) >= 2
    assert all("<?>" in text or text.startswith("several") for text in said)
    assert b"Canary" not in dumps(made)
    assert all("stacktrace" in value for value in made["exception"]["values"][-1:])


@pytest.mark.parametrize("preset", ["strict", "standard"])
@pytest.mark.parametrize(
    ("messages", "cls", "said"),
    [
        ({"{own}.errors.ConfigError": "scrubbed", "*": "type"}, "ConfigError", CANARY),
        ({"{own}.errors.ConfigError": "scrubbed", "*": "type"}, "Nearer", CANARY),
        ({"ConfigError": "scrubbed", "Nearer": "type", "*": "scrubbed"}, "Nearer", "<?>"),
        ({"{own}.errors.Nearer": "scrubbed", "Nearer": "type", "*": "type"}, "Nearer", CANARY),
        ({"ValueError": "type", "ConfigError": "scrubbed", "*": "type"}, "Nearer", CANARY),
        ({"Exception": "type", "*": "scrubbed"}, "ConfigError", "<?>"),
        ({"other.errors.ConfigError": "scrubbed", "*": "type"}, "ConfigError", "<?>"),
        ({"KeyError": "type", "*": "scrubbed"}, "ConfigError", CANARY),
    ],
)
def test_the_nearest_class_counts(world, errors, preset, messages, cls, said):
    """Classes are found in the order an exception inherits from them, the full name before the short one."""
    words = {name.format(own=world.own): word for name, word in messages.items()}
    exc = caught(errors.fail, getattr(errors, cls), CANARY)
    event = sdk_event(exc)
    event["exception"]["values"][0]["value"] = CANARY

    made = scrub(event, policy(world, preset, words), exc)

    assert [value["value"] for value in made["exception"]["values"]] == [said]


def test_a_class_that_only_says_its_name_is_not_that_class(world, errors):
    """A name counts where it is proven: a stranger's class of the same name is one of those that are left."""
    liar = type("ConfigError", (RuntimeError,), {"__module__": f"{world.own}.errors"})
    exc = caught(errors.fail, liar, CANARY)

    for preset in PRESETS:
        made = scrub(sdk_event(exc), policy(world, preset, {"ConfigError": "scrubbed", "*": "type"}), exc)
        assert b"Canary" not in dumps([value["value"] for value in made["exception"]["values"]])


@pytest.mark.parametrize("preset", PRESETS)
def test_each_exception_of_a_chain_has_its_own_word(world, errors, preset):
    """A cause's message is judged by the cause's class."""
    said = policy(world, preset, {"KeyError": "type", "*": "scrubbed"})

    assert values(caught(errors.chain, CANARY), said) == [CANARY, "<?>"]


@pytest.mark.skipif(sys.version_info < (3, 11), reason="groups")
@pytest.mark.parametrize("preset", PRESETS)
def test_each_member_of_a_group_has_its_own_word(world, errors, preset):
    """A group's members too, in the order the SDK lists them."""
    said = policy(world, preset, {"ConfigError": "type", "ExceptionGroup": "type", "*": "scrubbed"})
    event = sdk_event(exc := caught(errors.group, CANARY))
    event["exception"]["values"] = [{**value, "value": CANARY} for value in event["exception"]["values"]]

    made = scrub(event, said, exc)

    assert {v["type"]: v["value"] for v in made["exception"]["values"]} == {
        "Nearer": "<?>",
        "ValueError": CANARY,
        "ExceptionGroup": "<?>",
    }


@pytest.mark.skipif(sys.version_info < (3, 11), reason="groups")
@pytest.mark.parametrize("preset", ["standard", "verbose"])
def test_a_group_below_another_exception_is_one_of_the_chain(world, errors, preset):
    """Where the SDK lists no members of a group, the others have their words all the same."""
    said = policy(world, preset, {"ConfigError": "type", "ExceptionGroup": "type", "*": "scrubbed"})
    exc = caught(errors.below, CANARY)

    made = scrub(sdk_event(exc), said, exc)

    assert [(v["type"], v["value"]) for v in made["exception"]["values"]] == [
        ("ExceptionGroup", "<?>"),
        ("KeyError", repr(CANARY)),
    ]


@pytest.mark.parametrize("preset", ["standard", "verbose"])
@pytest.mark.parametrize("change", ["more", "fewer", "others", "none"])
def test_exceptions_that_are_not_those_of_the_live_one_say_nothing(world, errors, preset, change):
    """Where an event lists other exceptions than are in hand, nobody knows their class: nothing is said of any."""
    exc = caught(errors.chain, CANARY)
    event = sdk_event(exc)
    listed = event["exception"]["values"]
    event["exception"]["values"] = {
        "more": [*listed, {"type": "ValueError", "value": CANARY}],
        "fewer": listed[:1],
        "others": [{**one, "type": "ValueError"} for one in listed],
        "none": listed,
    }[change]

    made = scrub(event, policy(world, preset, {"OSError": "type"}), None if change == "none" else exc)

    assert {value["value"] for value in made["exception"]["values"]} == {"<?>"}


def test_an_exception_that_cannot_say_itself_says_nothing(world, errors):
    """What `__str__` raises, returns or returns too much of: `<?>`, or as much as fits, after the rules."""
    said = policy(world, messages="scrubbed")

    def said_of(cls):
        (value,) = scrub({}, said, caught(errors.fail, cls))["exception"]["values"]
        return value["value"]

    assert said_of(errors.Mute) == "<?>"
    assert said_of(errors.Lying) == "hello [user]"
    long = said_of(errors.Long)
    assert len(long) <= 8192
    assert CANARY not in long


def test_an_interrupt_is_the_apps(world, errors):
    """Ctrl-C while an exception says itself is not swallowed here."""

    class Interrupted(Exception):
        def __str__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scrub({}, policy(world, messages="scrubbed"), Interrupted())


@pytest.mark.parametrize("messages", [None, *MESSAGES])
def test_a_fingerprint_is_made_of_code_whatever_is_said(world, errors, messages):
    """Values do not change it, and what the policy says of messages does not either."""
    said, plain = policy(world, messages=messages), policy(world)
    prints = {
        subject({}, policy_, caught(errors.chain, value)).fingerprint
        for policy_ in (said, plain)
        for value in (CANARY, 7731)
    }

    assert len(prints) == 1


SKELETON = "mail erika@example.org about order <?> of erikagaertner"


def test_skeletons_pass_the_rules_as_code():
    """A literal with an address or this user's name in it is rewritten; what is a finding in text alone stays."""
    strict = Policy.strict(machine=MACHINE)
    about = Subject([{"type": "ValueError", "value": SKELETON}], "f" * 32, message="token: a1b2c3d4e5f6a7b8")

    made = rewritten({"event_id": "0" * 32, "logentry": {"message": CANARY}}, strict, "event", about)

    assert made["exception"]["values"][0]["value"] == "mail [email] about order <?> of [user]"
    assert made["logentry"] == {"message": "token: a1b2c3d4e5f6a7b8", "formatted": "token: a1b2c3d4e5f6a7b8"}


def test_a_long_skeleton_is_cut_and_a_broken_one_whole():
    """Messages have their limit, whoever made them."""
    strict = Policy.strict(machine=MACHINE)
    texts = ["x <?> " * 5000, "half \udc80 <?>", "\0\0<?>"]
    about = Subject([{"type": "ValueError", "value": text} for text in texts], "f" * 32)

    made = [value["value"] for value in rewritten({}, strict, "event", about)["exception"]["values"]]

    assert len(made[0]) <= 8192
    assert made[0].endswith("...")
    assert made[1:] == ["half \N{REPLACEMENT CHARACTER} <?>", "<?>"]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("messages", [None, *MESSAGES])
@pytest.mark.parametrize(
    "entry",
    [
        {"logentry": {"formatted": CANARY}},
        {"logentry": {"message": CANARY, "params": [CANARY]}},
        {"logentry": {"message": "%s", "formatted": CANARY, "params": {CANARY: CANARY}}},
        {"message": CANARY},
        {"message": CANARY, "logentry": {"params": [CANARY]}},
        {"logentry": {"formatted": 7731, "message": [CANARY]}},
        {"logentry": CANARY},
        {"logentry": {CANARY: CANARY}},
    ],
)
def test_a_message_without_an_exception_is_as_the_rest(preset, messages, entry):
    """It leaves as its skeleton, as `<?>`, or as text; the values of its template only where all of it is text."""
    said = Policy(preset=preset, machine=MACHINE, messages=messages)
    about = attrs.evolve(subject(entry, said, None, message="order <?>"), values=[])

    made = rewritten(entry, said, "event", about)
    left = made.get("logentry") or {}

    if said.rest == "scrubbed":
        assert preset == "verbose" or "params" not in left
    else:
        assert set(left.values()) <= {"order <?>" if said.rest == "skeleton" else "<?>"}
        assert b"Canary" not in dumps(made)
        assert b"7731" not in dumps(made)


def test_a_message_has_an_issue_of_its_place_and_its_skeleton(world):
    """Two messages of one line are two issues if their code says so; a value changes nothing."""
    strict = policy(world)
    here = {"module": "frob", "function": "f+1", "in_app": True}
    events = [{"level": "error", "logentry": {"formatted": text}} for text in ("order 1", "order 2")]

    def prints(event, place, message):
        return subject(event, strict, None, place, message).fingerprint

    assert prints(events[0], here, "order <?>") == prints(events[1], here, "order <?>")
    assert len({prints(events[0], here, text) for text in ("order <?>", "<?>", "user <?>")}) == 3
    assert prints(events[0], here, "order <?>") != prints(events[0], None, "order <?>")


@pytest.mark.parametrize("preset", ["standard", "verbose"])
def test_what_is_reduced_is_still_grouped(preset, world, errors):
    """Where nothing is left of a message the fingerprint tells bugs apart, unless the app has one of its own."""
    said = policy(world, preset, {"ConfigError": "type"})
    exc = caught(errors.fail, errors.ConfigError, CANARY)
    plain = caught(errors.fail, KeyError, CANARY)

    def fingerprint(exc, **more):
        return scrub(sdk_event(exc, **more), said, exc).get("fingerprint")

    assert fingerprint(exc) == ["{{ default }}", subject({}, said, exc).fingerprint]
    assert fingerprint(exc, fingerprint=["mine"]) == ["mine"]
    assert fingerprint(plain) is None


def test_the_public_skeleton_never_says_a_value(world, errors):
    """Of the calling module's own code, of named packages, of a `Packages`: code or `<?>`."""
    exc = caught(errors.fail, errors.ConfigError, CANARY)
    for packages in (None, [world.own], (), world.packages(), Packages()):
        assert scrubbing.skeleton(exc, packages) == "<?>"
    for said in (errors.ask("7731"), scrubbing.skeleton(caught(int, CANARY)), scrubbing.skeleton(ValueError(CANARY))):
        assert "<?>" in said
        assert "7731" not in said
        assert CANARY not in said


@pytest.mark.parametrize("wrong", ["frob", b"frob", 3, [3], [""], [None]])
def test_packages_are_names(wrong):
    """A string is an iterable of names by accident only."""
    with pytest.raises(PolicyError, match="packages: expected names"):
        scrubbing.skeleton(ValueError(), wrong)


def test_only_exceptions_have_skeletons():
    """Text and classes have none."""
    for wrong in ("x", ValueError, None):
        with pytest.raises(TypeError, match="expected an exception"):
            scrubbing.skeleton(wrong)
