from __future__ import annotations

import random
import re

import pytest
from cases import CASES, MACHINES
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scrubbing.identity import Machine
from scrubbing.rules import BUILTIN, TEXT_KINDS, Engine
from scrubbing.schema.kinds import Kind

AWKWARD = (
    "user",
    "host",
    "filtered",
    "email",
    "path",
    "a",
    "python",
    "root",
    "test",
    "web",
    "token",
    "auth",
    "ip",
    "Filtered",
    "[user]",
    "us",
    "*",
)
_NAMES = st.one_of(
    st.sampled_from(AWKWARD), st.text(min_size=0, max_size=12), st.sampled_from(["erika", "Ångström", "dead", "İpek"])
)
_HOMES = st.one_of(
    st.just(""), _NAMES.map("/home/{}".format), _NAMES.map("C:\\Users\\{}".format), _NAMES.map("/data/people/{}".format)
)
machines = st.builds(
    Machine,
    username=_NAMES,
    full_name=st.lists(_NAMES, max_size=3).map(" ".join),
    home=_HOMES,
    hostname=_NAMES,
    domain=_NAMES,
)
EXAMPLES = [example.text for row in BUILTIN for example in row.examples] + [case[2] for case in CASES]
GLUE = [
    "",
    " ",
    "/",
    "\\",
    "'",
    '"',
    ":",
    "=",
    "@",
    "-",
    ".",
    "\n",
    "\0",
    "[",
    "]",
    "%20",
    "?",
    "&",
    "--password ",
    "user=",
    "[user]",
    "[Filtered",
    "x",
    "7",
]
texts = st.lists(st.one_of(st.sampled_from(EXAMPLES), st.sampled_from(GLUE), st.text(max_size=8)), max_size=5).map(
    "".join
)
kinds = st.sampled_from(sorted(TEXT_KINDS, key=lambda kind: kind.name))
keys = st.one_of(st.none(), st.sampled_from(["password", "user", "host", "n", "domain"]), st.text(max_size=6))
relaxed = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENGINES = [Engine(BUILTIN, machine) for machine in MACHINES.values()]
PLACEHOLDERS = sorted(
    {getattr(row, "placeholder", f"[{row.name}]") for row in BUILTIN} | {"[user]", "[host]", "[domain]", "[Filtered]"}
)


@relaxed
@given(machine=machines, text=texts, kind=kinds, key=keys)
def test_what_was_scrubbed_is_clean_and_stays_as_it_is(machine, text, kind, key):
    """For any machine and text: nothing is left to find after scrubbing, and scrubbing again changes nothing."""
    engine = Engine(BUILTIN, machine)
    once = engine.scrub(text, kind, key)
    assert engine.clean(once, kind, key)
    assert once == engine.scrub(once, kind, key)


@pytest.mark.parametrize("name", [*AWKWARD, "www", "Ünal", "9"])
def test_placeholders_are_clean_whatever_anybody_is_called(name):
    """A placeholder is never a finding, alone or beside text, even where the user and the host are called like it."""
    engine = Engine(
        BUILTIN, Machine(username=name, full_name=f"{name} {name}", home=f"/home/{name}", hostname=name, domain=name)
    )
    for placeholder in PLACEHOLDERS:
        for text in (
            placeholder,
            f"/home/{placeholder}/x.py",
            f"{placeholder}@x",
            f"user={placeholder}",
            f"password={placeholder}",
            placeholder * 2,
        ):
            for kind in TEXT_KINDS:
                assert engine.clean(text, kind), (text, kind)
        assert engine.clean(placeholder, Kind.BAG, "password")
        assert engine.clean(placeholder, Kind.BAG, "user")


@relaxed
@given(text=texts, kind=kinds, seed=st.integers(0, 999))
def test_order_of_rules_does_not_matter(text, kind, seed):
    """Findings are the same whatever order the rules are given in."""
    shuffled = list(BUILTIN)
    random.Random(seed).shuffle(shuffled)
    machine = MACHINES["erika"]
    assert Engine(BUILTIN, machine).find(text, kind) == Engine(shuffled, machine).find(text, kind)


@relaxed
@given(
    items=st.lists(st.tuples(texts, st.sampled_from(Kind), keys), max_size=8), which=st.integers(0, len(ENGINES) - 1)
)
def test_a_batch_is_its_parts(items, which):
    """Scrubbing many texts at once gives for each what scrubbing it alone gives."""
    engine = ENGINES[which]
    assert engine.scrub_all(items) == [engine.scrub(*item) for item in items]


@relaxed
@given(text=texts, kind=kinds, which=st.integers(0, len(ENGINES) - 1))
def test_findings_are_in_order_and_apart(text, kind, which):
    """Findings lie inside the text, in order, and none overlaps another."""
    position = 0
    for finding in ENGINES[which].find(text, kind):
        assert position <= finding.start < finding.end <= len(text)
        position = finding.end


SURROUNDINGS = st.text(alphabet=st.sampled_from("abc XYZ \n\t.,;:()[]{}'\"<>|!"), max_size=30)


@relaxed
@given(before=SURROUNDINGS, after=SURROUNDINGS)
def test_a_planted_name_never_survives(before, after):
    """The user's name, the home and the host are found between any surroundings."""
    engine = ENGINES[list(MACHINES).index("erika")]
    for secret in ("erika", "/home/erika/x", "erikas-desktop", "Erika Mustermann", "mail erika.m@example.org"):
        scrubbed = engine.scrub(f"{before} {secret} {after}", Kind.TEXT)
        assert "erika" not in scrubbed.lower()
        assert "mustermann" not in scrubbed.lower()


@relaxed
@given(before=SURROUNDINGS, after=SURROUNDINGS, which=st.integers(0, 9**6))
def test_a_planted_secret_never_survives(before, after, which):
    """Tokens, cards and addresses are found between any surroundings that are no part of a word."""
    engine = ENGINES[0]
    serial = f"{which:06d}"
    token, key = f"ghp_{serial}abcdefABCDEF0123456789abcdef{serial}", f"AKIA{serial}ABCDEFGHIJ"
    for secret in (token, key, f"10.77.{which % 250}.9", f"x{serial}@example.org"):
        assert secret not in engine.scrub(f"{before} {secret} {after}", Kind.TEXT)


@relaxed
@given(before=SURROUNDINGS, after=SURROUNDINGS, which=st.integers(0, 9**6))
def test_what_stands_beside_its_name_never_survives(before, after, which):
    """Values told by what they stand beside are found between any surroundings, in every wording there is a row for."""
    secret, number = f"k{which:06d}Xz", f"+49 170 {which:07d}"
    for told in (
        f"password={secret}",
        f"pw: {secret}",
        f"'token': '{secret}'",
        f"('api_key', '{secret}')",
        f"<password>{secret}</password>",
        f"wrong password '{secret}'",
        f"Passwort: {secret}",
        f"\u5bc6\u7801\uff1a{secret}",
        f"tool --password {secret}",
        f"mysql -p{secret}",
        f"https://u:{secret}@example.org/x",
        f"https://example.org/x?token={secret}&n=1",
    ):
        assert secret not in ENGINES[0].scrub(f"{before}\n{told}\n{after}", Kind.TEXT), told
    if len(set(number)) > 6:
        assert number not in ENGINES[0].scrub(f"{before}\ncall {number}\n{after}", Kind.TEXT)


@relaxed
@given(
    name=st.from_regex(r"[a-z]{3,9}[0-9][a-z]?", fullmatch=True),
    rest=st.from_regex(r"[a-z]{1,8}/[a-z]{1,8}\.py", fullmatch=True),
)
def test_anybodys_home_loses_its_owner_and_keeps_the_rest(name, rest):
    """In every layout the owner goes, wherever it stands, and what follows stays if it does not look like an escape."""
    windows = rest.replace("/", "\\")
    assume(not re.match(r"x[0-9a-f]{2}|u[0-9a-f]{4}", rest))
    for path in (
        f"/home/{name}/{rest}", f"/home/CORP/{name}/{rest}", f"/home/users/{name}/{rest}", f"/var/home/{name}/{rest}",
        f"/Users/{name}/{rest}", f"/mnt/c/Users/{name}/{rest}", f"/cygdrive/c/Users/{name}/{rest}", f"~{name}/{rest}",
        f"/nix/var/nix/profiles/per-user/{name}/{rest}", f"/media/{name}/{rest}", f"file:///home/{name}/{rest}",
        f"C:\\Users\\{name}\\{windows}", f"C:\\Documents and Settings\\{name}\\{windows}", f"%2Fhome%2F{name}%2F{rest}",
        f"\\\\wsl$\\Ubuntu\\home\\{name}\\{windows}", f"\\\\?\\C:\\Users\\{name}\\{windows}",
    ):  # fmt: skip
        for text in (path, f"no such file: '{path}'", f"open {path} failed", f"x={path};y", f"[{path}]", f'("{path}")'):
            scrubbed = ENGINES[0].scrub(text, Kind.TEXT)
            assert name not in scrubbed, (text, scrubbed)
            assert (windows if "\\" in path else rest) in scrubbed, (text, scrubbed)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in TEXT_KINDS])
def test_declared_values_are_never_looked_at(kind):
    """Identifiers, symbols, facts and numbers stay as they are, whatever stands in them."""
    assert ENGINES[0].scrub("/home/erika erika password=x", kind, "password") == "/home/erika erika password=x"
