"""Attacks on what hooks make of events: secrets that are no strings, names nobody proved."""

from __future__ import annotations

import json
import sys
import types

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubbing import roots
from scrubbing.errors import Refused
from scrubbing.fence import admit
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import scrub
from scrubbing.rules import Keys, Pattern
from scrubbing.wire import build, dumps

MACHINE = Machine(username="erikagaertner", hostname="wonderland", home="/home/erikagaertner")
VERBOSE = Policy.verbose(machine=MACHINE)
STANDARD = Policy.standard(machine=MACHINE)
ID = "0123456789abcdef" * 2


def sent(event):
    """An envelope of one event."""
    return build({"event_id": ID}, [({"type": "event"}, dumps(event))])


def scrubbed(policy=VERBOSE, **fields):
    """An event after the hooks, which the fence admits."""
    made = scrub({"event_id": ID, **fields}, policy)
    assert admit(sent(made), policy)
    assert scrub(made, policy) == made
    return made


SECRETS = [
    73317331,
    7.25,
    {"value": "hunter2"},
    ["hunter2"],
    [["hunter2"], {"x": "hunter2"}],
    {"hunter2": 1},
    {"a": {"b": {"c": [5551234]}}},
    ("user", "hunter2"),
]


@pytest.mark.parametrize("secret", SECRETS, ids=repr)
@pytest.mark.parametrize("key", ["password", "api_key", "credentials", "authToken"])
def test_everything_under_a_sensitive_key_goes(key, secret):
    """A number or a container under a sensitive key becomes one placeholder, at any depth."""
    made = scrubbed(extra={key: secret, "deep": [{"er": {key: secret}}]})

    assert made["extra"] == {key: "[Filtered]", "deep": [{"er": {key: "[Filtered]"}}]}


def test_no_value_under_a_sensitive_key_stays():
    """That nothing stands under a sensitive key may be the bug, and leaves."""
    bag = {"password": None, "token": True, "secret": False, "credentials": {}, "pin": []}

    assert scrubbed(extra=bag)["extra"] == bag


@pytest.mark.parametrize("secret", SECRETS, ids=repr)
def test_the_fence_refuses_what_is_under_a_sensitive_key(secret):
    """A number or a container under a sensitive key is a finding, whoever put it there."""
    with pytest.raises(Refused) as caught:
        admit(sent({"event_id": ID, "extra": {"deep": {"password": json.loads(json.dumps(secret))}}}), VERBOSE)

    assert str(caught.value.reason) == "fence:finding"


def test_breadcrumbs_and_contexts_are_bags_too():
    """The same holds for all bags of the standard preset; a context stays an object, as servers want it."""
    made = scrubbed(
        STANDARD,
        breadcrumbs=[{"data": {"password": 5551234, "token": {"t": "hunter2h"}, "status": 404}}],
        contexts={"payment": {"card": 4111111111111111, "amount": 120}, "credentials": {"value": "hunter2"}},
    )

    assert made["breadcrumbs"]["values"][0]["data"] == {"password": "[Filtered]", "token": "[Filtered]", "status": 404}
    assert made["contexts"] == {"payment": {"card": "[Filtered]", "amount": 120}, "credentials": {}}


@pytest.mark.parametrize("number", [4111111111111111, 4242424242424242.0, [4111111111111111], {"x": 4111111111111111}])
def test_a_number_that_a_rule_finds_goes(number):
    """A number is looked at like the text it would be."""
    made = scrubbed(extra={"n": number})

    assert "4111" not in json.dumps(made) and "4242" not in json.dumps(made)
    with pytest.raises(Refused):
        admit(sent({"event_id": ID, "extra": {"n": number}}), VERBOSE)


def test_numbers_that_are_nothing_stay():
    """Counts, times, sizes and addresses in memory stay numbers."""
    bag = {
        "n": 1,
        "at": 1732250000.123,
        "ns": 1732250000123456789,
        "id": 140234567890123,
        "size": 2**40,
        "x": -0.25,
        "e": 1e300,
    }

    assert scrubbed(extra=bag)["extra"] == bag


def test_rules_of_the_apps_own_look_at_numbers_and_keys():
    """What an app declares as secret is so in numbers and whole containers too."""
    rules = [Pattern("order", r"\b77\d\d\b"), Keys("patient", "patient")]
    policy = Policy.verbose(machine=MACHINE, rules=rules)

    made = scrubbed(policy, extra={"n": 7731, "m": 120, "patientFile": {"age": 42}})

    assert made["extra"] == {"n": "[Filtered]", "m": 120, "patientFile": "[Filtered]"}


def test_variables_of_frames_are_bags_too():
    """A frame's variables lose numbers and containers under sensitive names."""
    frame = {"function": "f", "vars": {"pin": 1234, "password": {"a": "hunter2"}, "n": 3}}
    made = scrubbed(exception={"values": [{"type": "ValueError", "stacktrace": {"frames": [frame]}}]})

    variables = made["exception"]["values"][0]["stacktrace"]["frames"][0]["vars"]
    assert variables == {"pin": "[Filtered]", "password": "[Filtered]", "n": 3}


def test_pairs_are_read_as_key_and_value():
    """Headers and query strings given as lists of pairs lose what the key gives away."""
    made = scrubbed(
        request={
            "url": "https://h.example/p?token=hunter2a&name=mustermann#hunter2b",
            "query_string": [["password", "hunter2c"], ["page", "2"]],
            "headers": [("Authorization", "hunter2d1"), ["Cookie", ["hunter2e"]], ["X-Api-Key", 555111]],
            "data": {"form": [["csrfmiddlewaretoken", {"a": "hunter2f"}]]},
        }
    )

    assert made["request"] == {
        "url": "https://h.example/p?token=[Filtered]&name=[Filtered]",
        "query_string": [["password", "[Filtered]"], ["page", "2"]],
        "headers": [["Authorization", "[Filtered]"], ["Cookie", "[Filtered]"], ["X-Api-Key", "[Filtered]"]],
        "data": {"form": [["csrfmiddlewaretoken", "[Filtered]"]]},
    }


WORDS = st.sampled_from(
    ["password", "user", "user=test", "test", "a", "<?>", "[Filtered]", "ghp_" + "a1B2" * 9, "password=test", "host"]
)
BAGS = st.recursive(
    WORDS | st.sampled_from([1, 4111111111111111, None, True, 0.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(BAGS)
def test_any_bag_is_admitted_after_the_hooks(bag):
    """Whatever nests under whatever key or in whatever pair, what the hooks make of it passes and stays as it is."""
    policy = _ordinary()

    scrubbed(policy, extra={"bag": bag, "user": bag})


_POLICIES: list[Policy] = []


def _ordinary():
    if not _POLICIES:
        _POLICIES.append(Policy.verbose(machine=Machine(username="test", hostname="web", home="/home/test")))
    return _POLICIES[0]


def test_an_address_with_a_query_is_refused():
    """The fence refuses an address that still carries a query."""
    with pytest.raises(Refused):
        admit(sent({"event_id": ID, "request": {"url": "https://h.example/p?a=bc"}}), VERBOSE)


def test_a_logger_that_was_made_up_does_not_leave(monkeypatch):
    """Under strict a module somebody put among the loaded ones is no code, whatever it is called."""
    packages = roots.detect(["frob"])
    policy = Policy.strict(machine=MACHINE, packages=packages, app="frob")
    monkeypatch.setitem(sys.modules, "frob.patient_mustermann", types.ModuleType("frob.patient_mustermann"))
    monkeypatch.setitem(sys.modules, "json.patient_mustermann", types.ModuleType("json.patient_mustermann"))

    for name in ("frob.patient_mustermann", "json.patient_mustermann"):
        assert "logger" not in scrub({"event_id": ID, "logger": name}, policy)
    assert scrub({"event_id": ID, "logger": "json.decoder"}, policy)["logger"] == "json.decoder"


def test_an_alias_leaves_as_the_module_it_is():
    """The name of a logger that leaves is the proven module's."""
    import json.decoder as real

    packages = roots.detect(["frob"])
    aliased = attrs.evolve(packages, modules={"json.mustermann": real})

    made = scrub({"event_id": ID, "logger": "json.mustermann"}, Policy.strict(machine=MACHINE, packages=aliased))

    assert made.get("logger") == "json.decoder"


def _event_of(symbol):
    frames = [{"function": f"{symbol}_x", "module": f"{symbol}.notes", "lineno": 3}, {"function": "f", "module": "m"}]
    value = {"type": symbol, "module": f"mod_{symbol}", "value": "x", "stacktrace": {"frames": frames}}
    return {"exception": {"values": [value]}, "logger": f"x.{symbol}", "threads": [{"stacktrace": {"frames": frames}}]}


@pytest.mark.parametrize("symbol", ["erikagaertner", "ErikaGaertner", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"])
def test_symbols_nobody_proved_pass_the_rules(symbol):
    """Under the open presets a name of code in which a rule finds something becomes unknown."""
    made = scrubbed(STANDARD, **_event_of(symbol))

    assert symbol.lower() not in json.dumps(made).lower()
    value = made["exception"]["values"][0]
    assert (value["type"], value["module"]) == ("<?>", "<?>")
    assert value["stacktrace"]["frames"][1] == {"function": "f", "module": "m"}
    assert "logger" not in made


def test_proven_names_stay_for_a_user_of_that_name():
    """With a live exception a user called like a function or a module of the app's code blanks neither."""
    policy = Policy.standard(
        machine=Machine(username="scanstring", hostname="decoder", home="/home/scanstring"),
        packages=roots.detect(["frob"]),
    )
    with pytest.raises(json.JSONDecodeError) as caught:
        json.decoder.JSONDecoder().raw_decode("{")
    event = {
        "event_id": ID,
        "exception": {
            "values": [
                {
                    "type": "JSONDecodeError",
                    "module": "json.decoder",
                    "stacktrace": {
                        "frames": [
                            {"module": "json.decoder", "function": "raw_decode"},
                            {"module": "mine", "function": "scanstring"},
                        ]
                    },
                }
            ]
        },
    }

    value = scrub(event, policy, caught.value)["exception"]["values"][0]

    assert (value["type"], value["module"]) == ("JSONDecodeError", "json.decoder")
    assert value["stacktrace"]["frames"] == [
        {"module": "json.decoder", "function": "raw_decode"},
        {"module": "mine", "function": "<?>"},
    ]


def test_pythons_own_exceptions_stay_for_a_user_of_that_name():
    """A user called Index does not blank ``IndexError``, with or without a live exception."""
    policy = Policy.standard(machine=Machine(username="unicode", hostname="h7"))

    made = scrub({"event_id": ID, "exception": {"values": [{"type": "UnicodeError", "module": None}]}}, policy)

    assert made["exception"]["values"][0]["type"] == "UnicodeError"


LARGE = {f"k{n}": {f"v{m}": 1 for m in range(48)} for n in range(48)}


@pytest.mark.parametrize("policy", [STANDARD, VERBOSE], ids=["standard", "verbose"])
@pytest.mark.parametrize(
    "contexts",
    [
        {f"a{n}@example.org": {"a": 1} for n in range(2)} | {f"c{n}": {"a": 1} for n in range(98)},
        {"c": {f"a{n}@example.org": LARGE for n in range(5)}},
    ],
    ids=["width", "entries"],
)
def test_keys_that_come_in_where_others_fell_together_are_looked_at(policy, contexts):
    """Two keys that become one leave room for what was dropped before; its keys were not seen by the rules then."""
    first = next(iter(contexts))
    late = {"alice@example.org": {"zoe@example.org": {"erikagaertner": "x"}}}
    contexts = {**contexts, "late": late} if first != "c" else {"c": {**contexts["c"], "late": late}}

    made = str(scrubbed(policy, contexts=contexts))

    assert "late" in made  # or there was no room that somebody left
    assert "example.org" not in made
    assert "erika" not in made


@pytest.mark.parametrize("tail", [["password", "hunter2"], ["password", ["password", "hunter2"]], {"password": 1}])
def test_a_pair_whose_key_became_a_placeholder_stays_a_pair(tail):
    """Or it would be a list of two, of which the second is a pair that nobody looked at."""
    policy = Policy.verbose(machine=MACHINE, rules=[Pattern("order", r"order-\d+", placeholder="[Filtered]")])

    made = scrubbed(policy, extra={"pairs": [["order-77", tail], ["order-78", "kept"]]})

    assert made["extra"]["pairs"][1] == ["[Filtered]:", "kept"]
    assert "order" not in str(made)
    json.dumps(made)


@pytest.mark.parametrize(
    "places",
    [
        {"extra": {f"k{n}": "q " * 250 for n in range(60)}},
        {"extra": {f"k{n}": {"qqqqqqqq" * 4 + f"{m}": 1 for m in range(40)} for n in range(40)}},
    ],
    ids=["values", "keys"],
)
def test_what_placeholders_make_longer_is_measured(places):
    """A placeholder can be many times as long as what it stands for: an event that grew is cut like any other."""
    policy = Policy.verbose(machine=MACHINE, rules=[Pattern("quite-a-long-name-of-a-rule", "q")])

    scrubbed(policy, **places)


def test_what_stands_under_an_empty_key_is_rewritten_too():
    """A key of no characters is a key: what stands under it is rewritten where it stands."""
    bag = {"": "mail zoe@example.org", "a": 1}

    made = scrubbed(contexts={"app": bag, "gpu": bag, "c": bag}, spans=[{"tags": bag, "data": bag}], extra=bag)

    assert "zoe" not in str(made)
    assert str(made).count("mail [email]") == 6


@pytest.mark.parametrize("before", range(140, 200))
def test_no_half_of_a_secret_is_left_where_a_key_is_cut(before):
    """Keys are cut like other texts: after the rules saw what is cut off."""
    secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    key = "x" * before + " " + secret

    made = scrubbed(extra={key: 1, "pairs": [[key, 1]]}, contexts={key: {"a": 1}, "c": {key: 1}})

    assert "ghp_16C7" not in str(made)


def test_text_of_another_encoding_does_not_leave():
    """Names and secrets with NULs between their letters, which people read and no rule finds, are unknown."""
    for text in ("e\0r\0i\0k\0a\0", "password\0=\0hunter2", "erika".encode("utf-16-le").decode("latin-1")):
        made = scrub({"extra": {"a": text, text: 1}, "logentry": {"formatted": text}}, "verbose")
        assert made["extra"]["a"] == "<?>"
        assert made["logentry"] == {"formatted": "<?>"}
        assert not any("e\ufffdr" in str(part) or "hunter2" in str(part) for part in (made, list(made["extra"])))
    assert scrub({"extra": {"a": "one\0"}}, "verbose")["extra"] == {"a": "one\ufffd"}
