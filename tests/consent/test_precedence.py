"""The precedence table: every row, every pair of rows, every purpose."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrubbing.consent import MODES, PURPOSES, ROWS

ALL = dict.fromkeys(PURPOSES)


def _choice(mode):
    return lambda home, _: home.stored(**dict.fromkeys(PURPOSES, mode))


def _flag(mode):
    return lambda _, given: given.update(enabled=dict.fromkeys(PURPOSES, mode))


def _variable(name, value):
    return lambda home, _: home.environ.update({name: value})


NUMBERS = {row.key: row.number for row in ROWS}

#: What can be set: by what it is set in, the row that its off or local is in, and how each value is set. A yes, and a
#: local where it is one, is in the row "yes". A new row of the table needs a place here; until then tests fail.
FACETS = {
    "marker": ("marker", {"off": lambda home, _: home.marker()}),
    "admin": (
        "admin",
        {
            "off": lambda home, _: home.admin("telemetry = off\n"),
            "local": lambda home, _: home.admin("frob = local\n"),
        },
    ),
    "switch": ("do-not-track", {"off": _variable("DO_NOT_TRACK", "1")}),
    "variable": ("environment", {mode: _variable("FROB_TELEMETRY", mode) for mode in MODES}),
    "everyone": (
        "everyone",
        {
            "off": lambda home, _: home.everyone("telemetry = off\n"),
            "local": lambda home, _: home.everyone("telemetry = local\n"),
        },
    ),
    "ci": ("unattended", {"off": _variable("CI", "true")}),
    "flag": ("app-setting", {mode: _flag(mode) for mode in MODES}),
    "stored": ("stored", {mode: _choice(mode) for mode in MODES}),
}


def _ways(key, says):
    """The worlds of one thing said in which a row says this, as this file believes it."""
    if key == "nothing-said":
        return [{}]
    if key == "yes":
        return [{facet: says} for facet, (_, values) in FACETS.items() if "on" in values]
    return [{facet: says} for facet, (row, values) in FACETS.items() if row == key and says in values]


ONE = [(row.key, says) for row in ROWS for says in row.says]
PAIRS = [(one, other) for one, other in itertools.combinations(ONE, 2) if one[0] != other[0]]


def _worlds(pair):
    """Every way in which both rows of a pair can say it at once."""
    return [
        {**one, **other}
        for one in _ways(*pair[0])
        for other in _ways(*pair[1])
        if all(one[facet] == other[facet] for facet in one.keys() & other.keys())
    ]


def _expected(world, purpose):
    """The table once more, written as sets instead of rows: (mode, number of the deciding row)."""
    asked = world.get("variable") in ("on", "local")
    offs = [_number(facet) for facet, value in world.items() if value == "off" and not (facet == "ci" and asked)]
    if offs:
        return "off", min(offs)
    yes = {world.get("flag"), world.get("stored"), world.get("variable") if purpose in ("crashes", "usage") else None}
    if not yes & {"on", "local"}:
        return "off", 10
    return ("on" if "on" in yes and "local" not in world.values() else "local"), 9


def _number(facet):
    return NUMBERS[FACETS[facet][0]]


def _decided(home, world, **given):
    for facet, value in world.items():
        FACETS[facet][1][value](home, given)
    return home.decide(**given)


def _check(decision, world):
    for purpose in PURPOSES:
        mode, number = _expected(world, purpose)
        verdicts = decision.why(purpose)
        assert (decision.mode(purpose), [v.number for v in verdicts if v.decides]) == (mode, [number]), purpose
        assert [v.number for v in verdicts] == list(range(1, 11))
        assert verdicts[number - 1].says == mode
        assert verdicts[number - 1].row == decision.decided_by(purpose)
        assert decision.allows(purpose) is (mode == "on")
        assert decision.collects(purpose) is (mode != "off")


def test_the_table_is_the_one_that_is_documented():
    """Ten rows, numbered in order, each with a key and a sentence of its own."""
    assert [row.number for row in ROWS] == list(range(1, 11))
    assert len({row.key for row in ROWS}) == len({row.sentence for row in ROWS}) == 10
    assert [row.number for row in ROWS if row.app_only] == [1, 7]


def test_nothing_said_is_off(home):
    """Without any word from anybody everything is off, and nothing is on disk."""
    before = home.tree()

    _check(home.decide(), {})

    assert home.tree() == before


@pytest.mark.parametrize(("key", "says"), ONE)
def test_every_row_alone(new_home, key, says):
    """Each row says each of what the table says it can, when nothing else is said, and decides as the table says."""
    ways = _ways(key, says)
    assert ways, f"no test can make the row {key} say {says}: add to FACETS how it is set"
    for world in ways:
        decision = _decided(new_home(), world)
        said = {verdict.row: verdict.says for verdict in decision.why()}
        assert said[key] == says or (said[key], says) == ("caps at local", "local")
        _check(decision, world)


def test_no_row_says_what_the_table_does_not_list(new_home):
    """Over all the ways to say something, a row never says more than its line in the table and the documents."""
    for world in [world for one in ONE for world in _ways(*one)]:
        for verdict in _decided(new_home(), world).why():
            said = "local" if verdict.says == "caps at local" else verdict.says
            assert said in (*ROWS[verdict.number - 1].says, "nothing"), (world, verdict)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: " ".join("=".join(one) for one in pair))
def test_every_pair_of_rows(new_home, pair):
    """Of two rows the earlier off wins, a local caps, and neither is lifted by a yes, here or anywhere else."""
    for world in _worlds(pair):
        _check(_decided(new_home(), world), world)
        beside = {"flag": "on", "stored": "on", "variable": "on", **world}
        _check(_decided(new_home(), beside), beside)


def test_every_two_rows_are_a_pair():
    """None of the pairs is left out: all of them can be said at once but those that one place cannot both say."""
    assert {(one[0], other[0]) for one, other in PAIRS} == set(itertools.combinations([row.key for row in ROWS], 2))
    assert [pair for pair in PAIRS if not _worlds(pair)] == []


WORLDS = st.fixed_dictionaries(
    {}, optional={facet: st.sampled_from(list(values)) for facet, (_, values) in FACETS.items()}
)
LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAW
@given(world=WORLDS)
def test_any_world_is_decided_as_the_table_says(new_home, world):
    """Whatever is said in whichever places, the verdict is the table's."""
    _check(_decided(new_home(), world), world)


@LAW
@given(world=WORLDS, later=WORLDS, purpose=st.sampled_from(PURPOSES))
def test_an_off_is_never_overridden_by_later_rows(new_home, world, later, purpose):
    """Whatever is said in later rows, an off stays off and the same row decides."""
    before = _decided(new_home(), world)
    (decisive,) = (verdict for verdict in before.why(purpose) if verdict.decides)
    if decisive.says != "off" or decisive.number == 10:
        return
    earlier = {facet: value for facet, value in world.items() if _number(facet) <= decisive.number}
    changed = {facet: value for facet, value in later.items() if _number(facet) > decisive.number}

    after = _decided(new_home(), {**earlier, **changed})

    assert (after.mode(purpose), after.decided_by(purpose)) == ("off", decisive.row)


@LAW
@given(
    world=WORLDS,
    purpose=st.sampled_from(PURPOSES),
    facet=st.sampled_from(["admin", "variable", "everyone", "flag", "stored"]),
)
def test_a_local_anywhere_means_nothing_is_sent(new_home, world, purpose, facet):
    """With local in any place no mode is on, whatever the other places say."""
    assert _decided(new_home(), {**world, facet: "local"}).mode(purpose) != "on"


@LAW
@given(world=WORLDS, purpose=st.sampled_from(PURPOSES))
def test_without_a_server_local_is_the_most(new_home, world, purpose):
    """No DSN turns on into local and changes nothing else."""
    mode = _decided(new_home(), world).mode(purpose)

    assert _decided(new_home(), world, has_dsn=False).mode(purpose) == ("local" if mode == "on" else mode)


def test_a_cap_is_told_where_it_acts(home):
    """The deciding yes says local and names the row that caps it."""
    home.everyone("telemetry = local\n")

    verdicts = home.decide(enabled=True).why()

    assert verdicts[4].says == "caps at local"
    assert (verdicts[8].says, verdicts[8].decides) == ("local", True)
    assert "capped by row 5" in verdicts[8].note


def test_rows_after_the_deciding_one_are_listed_too(home):
    """why() shows what every row says, also those that were not asked any more."""
    home.marker()
    home.environ.update(CI="1", DO_NOT_TRACK="1")
    home.stored(crashes="off")

    assert [v.number for v in home.decide(enabled=True).why() if v.says == "off"] == [1, 3, 6, 8, 10]


def test_an_unknown_purpose_is_refused(home):
    """Asking about a purpose there is not is a mistake, not a no."""
    with pytest.raises(ValueError, match="purposes: expected"):
        home.decide().mode("crash")
