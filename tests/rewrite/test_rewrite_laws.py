"""The law: what the hooks make of any event, on any machine, the fence lets pass."""

from __future__ import annotations

import builtins
import functools
import json
import random

import pytest
from generated_payloads import NAMES as NAMES_OF_FIELDS
from generated_payloads import SEEDS, SURROGATES, junk, shaped
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubbing.fence import Seen, admit, seal
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import remember, rewritten, scrub, subject
from scrubbing.schema import ITEMS, PRESETS
from scrubbing.wire import build, dumps, parse

NAMES = [
    "frob", "python", "test", "a", "web", "root", "user", "filtered", "Filtered", "event", "error", "external", "host",
    "runtime", "os", "trace", "subcommand", "main", "sync", "values", "type", "erika", "Erika Gärtner", "x" * 40,
    "\udce9rika", "[user]", "<?>", "*", "1", "0", "é", "李", "a.b", "json", "email", "token", "Ⅷ", "ﬁ",
]  # fmt: skip
MACHINES = st.builds(
    lambda user, host, full: Machine(username=user, hostname=host, full_name=full, home=f"/home/{user}", domain=host),
    st.sampled_from(NAMES) | SURROGATES,
    st.sampled_from(NAMES) | SURROGATES,
    st.sampled_from(NAMES),
)


@functools.lru_cache(maxsize=64)
def policy_of(preset: str, machine: Machine, messages: tuple | str | None = None) -> Policy:
    said = dict(messages) if isinstance(messages, tuple) else messages
    return Policy(preset=preset, machine=machine, packages=["frob"], app="frob", commands=["watch"], messages=said)


def texts(machine: Machine) -> list[str]:
    """Texts such as programs make them, about this machine."""
    user, host = machine.username, machine.hostname
    return [
        f"/home/{user}/frob/sync.py", f"C:\\Users\\{user}\\x", f"{user}@{host}", f"user={user}",
        f"hello {user} on {host}",
        f"http://{user}:pw@{host}/{user}?q={host}", f"password={user}", "frob.sync", "password", user, host,
        f"[{user}]", f"{user}{host}", "mail erika@example.org", "10.0.0.1", "ghp_" + "a1B2" * 9, f"{host}.local",
        machine.full_name, f"-----BEGIN PRIVATE KEY-----\n{'A1b2' * 2000}\n-----END PRIVATE KEY-----",
        ("x" * 8180) + f" {user}@{host} " + "y" * 5000, f"{user}\0{host}", "subcommand", "watch", "device", "values",
        f"{user}/{host}.py", f"frob/{user}.py", f"{user}.{host}",
    ]  # fmt: skip


def event_of(rng: random.Random, machine: Machine) -> dict:
    """An event about this machine, with anything in places."""
    words = texts(machine)

    def word() -> str:
        return rng.choice(words)

    def bag() -> dict:
        return {word(): rng.choice([word(), [word(), {word(): word()}], 7]) for _ in range(rng.randrange(5))}

    def frame() -> dict:
        return {
            "vars": bag(),
            **{name: word() for name in ("filename", "abs_path", "module", "function", "context_line")},
        }

    def exception() -> dict:
        return {**{n: word() for n in ("value", "type", "module")}, "stacktrace": {"frames": [frame(), frame()]}}

    said = {
        "logentry": lambda: {"formatted": word(), "params": [word()]},
        "message": word,
        "tags": lambda: {**bag(), "a.b": word(), word(): word()},
        "extra": bag,
        "contexts": lambda: {word(): bag(), "runtime": {"name": "CPython"}},
        "breadcrumbs": lambda: [{"message": word(), "data": bag(), "category": word(), "type": word()}],
        "user": lambda: {"id": word()},
        "request": lambda: {"url": word(), "headers": bag(), "query_string": word()},
        "logger": word,
        "transaction": word,
        "fingerprint": lambda: [word(), word()],
        "exception": lambda: [exception(), exception()],
    }
    chosen = [name for name in said if rng.random() < 0.5]
    return {**shaped(rng, "Event"), **{name: said[name]() for name in chosen}}


def envelope(payload: dict, item: str) -> bytes:
    headers = {"event_id": payload["event_id"]} if item in ("event", "transaction", "feedback") else {}
    return build(headers, [({"type": item}, dumps(payload))])


class Mute(Exception):
    def __str__(self):
        raise RecursionError


def chained(*args):
    """An exception with causes and, where there are groups, with members."""
    exc = KeyError(*args)
    exc.__cause__ = OSError(2, *args)
    exc.__cause__.__context__ = Mute(*args)
    group = getattr(builtins, "ExceptionGroup", None)
    return group("several", [exc, ValueError(*args)]) if group is not None else exc


WORDS = st.sampled_from(
    [None, "type", "skeleton", "scrubbed", (("OSError", "type"), ("LookupError", "scrubbed")), (("*", "scrubbed"),)]
)
IDS = {"event_id": "0" * 32, "check_in_id": "1" * 32, "sid": "2" * 32}


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=250, deadline=None)
@given(SEEDS, MACHINES, WORDS, st.sampled_from([None, ValueError, OSError, Mute, chained]), st.booleans())
def test_what_is_rewritten_is_admitted(preset, rng, machine, messages, raised, prove):
    """For any event and any user and host name, the fence admits what the hook made, by this process and by another.

    Whatever the policy has it say of messages, and whatever code says in them: a skeleton can hold the user's name.
    """
    policy = policy_of(preset, machine, messages)
    event = {**event_of(rng, machine), "event_id": IDS["event_id"]}
    exc = raised(rng.choice(texts(machine))) if raised is not None else None
    skeleton = rng.choice(["<?>", *texts(machine)])

    about = subject(event, policy, exc, message=skeleton, prove=prove)
    if policy.preset == "strict" and about.values:
        about.values[0]["value"] = skeleton
    made = rewritten(event, policy, "event", about)

    seen = Seen()
    remember(made, policy.shape("event"), seen.remember_text, lambda text: seen.remember_message(text, policy.terms))
    seen.remember_id(made["event_id"])
    seen.remember_text((made.get("tags") or {}).get("subcommand", ""))  # a fact the hooks know themselves
    sent = envelope(made, "event")
    assert admit(sent, policy, seen) is sent
    assert admit(sent, policy, sealed=seal(sent, policy)) is sent
    again = admit_again(made, policy)
    assert again == made or exc is not None or policy.guarded
    assert admit_again(again, policy) == again


def admit_again(made: dict, policy: Policy) -> dict:
    """What is left of an event that was rewritten and whose exception is out of reach."""
    again = scrub(made, policy)
    sent = envelope(again, "event")
    assert admit(sent, policy, sealed=seal(sent, policy)) is sent
    return again


@pytest.mark.parametrize("item", sorted(set(ITEMS) - {"event"}))
@settings(max_examples=100, deadline=None)
@given(SEEDS, MACHINES)
def test_items_that_are_rewritten_are_admitted(item, rng, machine):
    """The same holds for each other item type, under each preset under which it leaves."""
    policy = policy_of(rng.choice(PRESETS[PRESETS.index(ITEMS[item].leaves) :]), machine)

    made = rewritten({**shaped(rng, ITEMS[item].payload), **IDS}, policy, item)

    assert admit(envelope(made, item), policy)
    assert rewritten(made, policy, item) == made


@pytest.mark.parametrize("preset", PRESETS)
@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_a_dict_of_anything_becomes_an_event(preset, rng):
    """Whatever stands under the keys of an event, what is made of it passes, and is JSON."""
    policy = policy_of(preset, Machine(username="erika", hostname="gaertner"))

    made = rewritten({**{name: junk(rng) for name in rng.sample(NAMES_OF_FIELDS, 30)}, **IDS}, policy, "event")

    assert parse(dumps(made), "event") == made
    assert admit(envelope(made, "event"), policy)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(
    "huge",
    [
        {"exception": {"values": [{"type": "ValueError", "value": "v" * 10**6}] * 50}},
        {
            "exception": [
                {
                    "type": "ValueError",
                    "stacktrace": {
                        "frames": [
                            {
                                "module": "frob.sync",
                                "function": "f" * 200,
                                "filename": "frob/sync.py",
                                "context_line": "\x01" * 250,
                                "vars": {f"v{n}": "w" * 1000 for n in range(50)},
                            }
                        ]
                        * 10_000
                    },
                }
            ]
            * 40
        },
        {"extra": {f"k{n}": "\x01" * 8000 for n in range(100)}, "logentry": {"formatted": "kept"}},
        {"contexts": {f"c{n}": {f"k{m}": "\x01" * 2000 for m in range(50)} for n in range(40)}},
        {"tags": {f"t{n}": "\x01" * 5000 for n in range(1000)}, "fingerprint": ["\x01" * 9000] * 20},
        {"breadcrumbs": {"values": [{"message": "\x01" * 8000, "data": {"a": "b" * 8000}}] * 500}},
        {"threads": [{"stacktrace": {"frames": [{"abs_path": "/" + "p" * 1000}] * 300}}] * 100},
    ],
    ids=lambda value: next(iter(value)),
)
def test_huge_events_are_cut_until_they_pass(preset, huge):
    """An event of megabytes loses its least useful parts, and what is left is admitted."""
    policy = policy_of(preset, Machine(username="erika", hostname="gaertner"))

    made = rewritten({**huge, "level": "error", "event_id": IDS["event_id"]}, policy, "event")

    assert admit(envelope(made, "event"), policy)
    assert made["level"] == "error"
    assert json.loads(dumps(made)) == made
