"""The ids that leave, in real programs at a real server: ours where the author wants them, and never the app's."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from scrubbing import files, wire
from scrubbing.errors import Refused
from scrubbing.fence import Seen, admit, seal
from scrubbing.identity import ids
from scrubbing.policy import Policy

OWN = "3f1c9b0e-5a77-4c1d-9e2b-0d6f8a4b7c21"
#: What an app says of its user: a name, and an id that has the very form of ours.
TELLING = """
import json, sentry_sdk
name = os.environ["NAME"]
sentry_sdk.set_user({"id": json.loads(os.environ["ID"]), "username": name, "email": name + "@example.org"})
for text in ("one", "one", "two"):
    try:
        raise KeyError(text) if text == "one" else LookupError(text)
    except LookupError as error:
        telemetry.capture_exception(error)
with telemetry.command("watch"):
    pass
telemetry.flush(10)
"""


def run(app, identity=None, *, more="", said=OWN, **environ):
    app.write(TELLING, more=f", identity={identity!r}{more}")
    return app.run(environ=app.environ(NAME="moonlight", ID=json.dumps(said), **environ))


def users(app):
    return [event.get("user") for event in app.items()]


def secrets(app):
    return app.outbox.parent / "identity"


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
@pytest.mark.parametrize("said", [OWN, "moonlight", 7])
def test_what_an_app_says_of_its_user_leaves_under_no_preset(app, preset, said):
    """Neither a name nor an id, not even one that looks like ours."""
    run(app, said=said, more=f", policy={preset!r}")
    assert len(app.items()) == 3
    assert users(app) == [None] * 3
    assert not any(b"moonlight" in raw or OWN.encode() in raw for raw in app.raw())


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
def test_crashes_leave_with_the_id_the_author_chose(app, preset):
    """One and the same for all of a period; a session has another."""
    run(app, {"crashes": "month"}, more=f", policy={preset!r}")
    found = users(app)
    own = ids.read(str(secrets(app)))["crashes"]
    assert len(found) == 3
    assert {len(user) for user in found} == {1}
    (crash,) = {user["id"] for user in found}
    assert crash in {own.id("crashes", at=seconds) for seconds in _around(app)}
    assert crash not in {session["did"] for session in app.items("session")} | {OWN}


def _around(app):
    """Moments of the run, on both sides of a midnight that came meanwhile."""
    at = os.stat(secrets(app)).st_mtime
    return at - 60, at + 60


def test_per_issue_ids_tell_how_many_have_a_crash_and_not_who_has_two(app):
    """Two crashes of one kind have one id, another kind has another; the same again in the next run."""
    run(app, {"crashes": "per-issue", "usage": "none"})
    first = [user["id"] for user in users(app)]
    assert len(set(first)) == 2
    run(app, {"crashes": "per-issue", "usage": "none"})
    again = [user["id"] for user in users(app)]
    assert set(again) == set(first)
    assert len(again) == 5  # of one kind three a day
    assert all("did" not in session for session in app.items("session"))


def test_servers_keep_the_id(app, event_schema, relay):
    """It is valid by the public schema of events, and Sentry's own normaliser leaves it as it is."""
    run(app, {"crashes": "per-issue"})
    events = {event["event_id"]: event for event in app.items()}
    assert event_schema.problems(events) == []
    normalised = relay.normalised(events)
    assert {name: made["user"]["id"] for name, made in normalised.items()} == {
        name: event["user"]["id"] for name, event in events.items()
    }


@pytest.mark.real
def test_a_server_shows_who_has_a_crash(app, foxray):
    """Two people with one bug are two ids at a real server; one person with it twice is one."""
    dsn = foxray.project("ids")
    for _ in range(2):
        run(app, {"crashes": "per-issue"}, FROB_DSN=dsn)
        shutil.rmtree(app.home / ".local")
    by_issue = {}
    for event in foxray.events(dsn):
        by_issue.setdefault(event["issue"], []).append(event["user"]["id"])
    assert sorted((len(found), len(set(found))) for found in by_issue.values()) == [(2, 2), (4, 2)]
    assert len({one for found in by_issue.values() for one in found}) == 4


def test_by_default_sessions_have_an_id_and_crashes_none(app):
    """What the documentation says."""
    run(app)
    assert users(app) == [None] * 3
    (did,) = {session["did"] for session in app.items("session")}
    assert did in {ids.read(str(secrets(app)))["usage"].id("usage", at=at) for at in _around(app)}


def test_two_users_of_one_machine_are_two(app, tmp_path):
    """The control of all that count users: another home is another id."""
    run(app)
    shutil.rmtree(app.home / ".local")
    run(app)
    assert len({session["did"] for session in app.items("session")}) == 2


def test_under_local_there_is_no_id_and_no_secret(app):
    """What is never sent needs none."""
    run(app, {"crashes": "stable", "usage": "stable"}, FROB_TELEMETRY="local")
    assert len(app.items()) == 3
    assert users(app) == [None] * 3
    assert all("did" not in session for session in app.items("session"))
    assert not secrets(app).exists()
    assert app.server.bodies == []


def test_a_damaged_file_of_secrets_costs_the_id_and_not_the_report(app):
    """Reports arrive without one, and it is counted."""
    secrets(app).parent.mkdir(parents=True)
    files.write_bytes(str(secrets(app)), b"usage = month moonlight\n")
    run(app, {"crashes": "stable"})
    assert users(app) == [None] * 3
    assert app.items("session")
    assert app.drops()["identity:unusable"] >= 2


def test_a_report_that_waits_keeps_the_id_it_was_made_with(app):
    """What could not be sent at once is sent at the next start, id and all: the fence knows it by its seal."""
    app.server.mode = "refuse"
    run(app, {"crashes": "per-issue"})
    waiting = {user["id"] for user in users(app)}
    app.server.mode = "ok"
    app.write("import time\ntime.sleep(2)\nprint(telemetry.flush(20))\n", more=", identity={'crashes': 'per-issue'}")
    assert app.run().out == "True\n"
    assert len(app.server.bodies) >= 4
    assert {user["id"] for user in users(app)} == waiting


@pytest.mark.parametrize("said", ["FROB_TELEMETRY=on", "enabled"])
def test_an_app_setting_that_becomes_no_deletes_the_ids(app, said):
    """An app that keeps the choice in its own settings says no by them; a new yes is another user."""
    run(app)
    first = {session["did"] for session in app.items("session")}
    app.write(
        "", init="telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=False)\n"
    )
    app.run(environ=app.environ(FROB_TELEMETRY=None if said == "enabled" else "on"))
    assert not secrets(app).exists()
    run(app)
    assert len({session["did"] for session in app.items("session")} - first) == 1


@pytest.mark.parametrize("variable", ["DO_NOT_TRACK", "SCRUBBING_DISABLE", "CI"])
def test_a_no_for_one_run_leaves_the_ids(app, variable):
    """The environment is never written down, and deletes nothing either."""
    run(app)
    before = secrets(app).read_bytes()
    run(app, **{variable: "1", "FROB_TELEMETRY": None if variable == "CI" else "on"})
    assert secrets(app).read_bytes() == before


@pytest.mark.parametrize("purposes", [None, ["usage"], ["crashes"]])
def test_set_consent_off_deletes_the_ids_of_its_purposes(app, purposes):
    """At once, in the running program; those of other purposes stay."""
    identity = {"crashes": "stable", "usage": "stable"}
    app.write(
        f"telemetry.set_consent('off', {purposes})\n"
        f"print(sorted(telemetry._pipeline.ids.id(p) is not None for p in ('crashes', 'usage')))\n",
        more=f", identity={identity}",
    )
    kept = 0 if purposes is None else 1
    assert app.run().out == f"{sorted([kept > 0, False])}\n"
    assert len(ids.read(str(secrets(app)))) == kept


def test_a_yes_in_the_middle_of_a_run_counts_its_user_once(app):
    """From local to on while the program runs: the session that is told has the new id, and goes on as the same one."""
    app.write(
        "telemetry.set_consent('local')\n"
        "with telemetry.command('watch'): pass\n"
        "telemetry.flush(0.5)\n"
        "while not os.path.isfile(telemetry.consent.places.sessions): pass\n"
        "telemetry.flush(0.5)\n"
        "telemetry.set_consent('on')\n"
        "with telemetry.command('watch'): pass\n"
        "telemetry.flush(10)\n"
        "with telemetry.command('watch'): raise ValueError(os.environ['PLANTED'])\n",
        init="telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2')\n",
    )
    app.run(environ=app.environ(FROB_TELEMETRY=None))
    told = [session for session in app.items("session") if "did" in session]
    assert len({(session["sid"], session["did"]) for session in told}) == 1
    assert [(session["init"], session["status"]) for session in sorted(told, key=lambda s: s["seq"])] == [
        (True, "ok"),
        (False, "crashed"),
    ]


EVENT = {"event_id": "ab" * 16, "platform": "python", "release": "frob@1.4.2", "user": {"id": OWN}}
SESSION = {
    "sid": OWN[:-1] + "0", "did": OWN, "init": True, "started": "2026-11-22T06:00:00Z", "status": "ok",
    "attrs": {"release": "frob@1.4.2"},
}  # fmt: skip
ITEMS = {"event": EVENT, "session": SESSION, "transaction": {**EVENT, "type": "transaction"}}


def envelope(item, payload):
    headers = {"event_id": payload["event_id"]} if "event_id" in payload else {}
    return wire.build(headers, [({"type": item}, wire.dumps(payload))])


def seen_of(payload):
    seen = Seen()
    for own in (payload.get("event_id"), payload.get("sid")):
        if own:
            seen.remember_id(own)
    for text in ("python",):
        seen.remember_text(text)
    return seen


@pytest.mark.parametrize("item", ["event", "session"])
@pytest.mark.parametrize(
    "policy", [Policy(), Policy(preset="standard"), Policy(preset="verbose")], ids=lambda p: p.preset
)
def test_the_fence_admits_an_id_that_a_hook_made_and_no_other(item, policy):
    """The very form of ours is not enough, in this process or from the disk; a seal that fits is."""
    data = envelope(item, ITEMS[item])
    for seen, sealed in ((seen_of(ITEMS[item]), ""), (None, ""), (None, "0" * 32)):
        with pytest.raises(Refused, match="fence:unseen"):
            admit(data, policy, seen, sealed)
    seen = seen_of(ITEMS[item])
    seen.remember_id(OWN)
    assert admit(data, policy, seen) == data
    assert admit(data, policy, None, seal(data, policy)) == data
    assert admit(data, policy, None, seal(data, None)) == data


def test_a_seal_is_of_these_very_bytes():
    """Another id in an envelope that was admitted is not admitted."""
    data = envelope("session", SESSION)
    other = data.replace(OWN.encode(), OWN.replace("3f1c", "4f1c").encode())
    assert len(other) == len(data)
    with pytest.raises(Refused, match="fence:unseen"):
        admit(other, Policy(), None, seal(data, None))


@pytest.mark.parametrize("said", ["moonlight", "", 7, OWN.upper(), OWN.replace("-", ""), OWN + "0", f" {OWN}", [OWN]])
def test_what_has_not_the_form_of_ours_is_refused_whoever_vouches(said):
    """An id can carry nothing but an id."""
    payload = {**EVENT, "user": {"id": said}}
    data = envelope("event", payload)
    seen = seen_of(payload)
    if isinstance(said, str):
        seen.remember_id(said)
        seen.remember_text(said)
    with pytest.raises(Refused):
        admit(data, Policy(), seen)
    with pytest.raises(Refused):
        admit(data, Policy(), None, seal(data, None))


@pytest.mark.parametrize("key", ["email", "username", "name", "ip_address", "segment", "data", "geo"])
def test_nothing_else_of_a_user_is_admitted(key):
    """Whoever vouches."""
    data = envelope("event", {**EVENT, "user": {"id": OWN, key: {"city": "Köln"} if key in ("data", "geo") else "x"}})
    with pytest.raises(Refused):
        admit(data, Policy(), None, seal(data, None))


def test_where_scrub_is_a_function_nobody_s_id_leaves():
    """``scrub`` does not know who made an id, so it lets none through."""
    import scrubbing

    for preset in ("strict", "standard", "verbose"):
        assert "user" not in scrubbing.scrub(EVENT, preset)
