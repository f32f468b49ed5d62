"""Short programs far from their server: what three runs had no time for is sent by other means, and nobody notices."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
from pathlib import Path

import attrs
import pytest
from apps import PLANTED, App
from preludes import environ_with
from servers.certificates import certificate
from servers.distant import Distant
from servers.faulty import Faulty

import scrubbing
from scrubbing import files, wire
from scrubbing.consent import Consent
from scrubbing.consent.choice import store
from scrubbing.outbox.history import History
from scrubbing.outbox.store import Outbox
from scrubbing.telemetry import detached, handover
from scrubbing.telemetry.config import Config

#: Seconds one way to the server, and seconds an end may wait more than the budget on a busy machine.
AWAY, BUDGET, NOISE = 0.15, 0.3, 0.3
ENDS = "\nimport time\ntime.sleep(0.1)\nprint(time.time(), flush=True)\n"
CRASH = ENDS + "raise ValueError(f\"order {os.environ['PLANTED']} failed\")\n"
MORE = ", ca_certs=os.environ.get('FROB_CA'), deliver=os.environ.get('FROB_DELIVER', 'detached')"


def ends(app, environ):
    """Run the program: the seconds from its last line to its end, as whoever reads its output sees it."""
    run = app.run(environ=environ)
    now = time.time()
    assert "FROB" not in run.err
    return now - float(run.out.splitlines()[0])


def added(app, environ):
    """The seconds a run's end took longer than that of a run which was told no."""
    return ends(app, environ) - ends(app, {**environ, "FROB_TELEMETRY": "off"})


def waiting(app):
    return Outbox(str(app.outbox), drop=str).waiting()


def told(app):
    return [(one.what, one.detail) for one in History(str(app.outbox.parent / "history")).told()]


def until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


def test_a_short_command_far_away_is_heard(tmp_path, tls):
    """A crash of a 0.1 s command, 150 ms from its server by TLS, arrives within four starts, each on time."""
    cert, context = tls
    with Faulty(tls=context) as server, Distant(server.port, AWAY) as way:
        app = App(tmp_path, server)
        environ = app.environ(FROB_DSN=f"https://publickey@127.0.0.1:{way.port}/7", FROB_CA=cert)
        app.write(CRASH, more=MORE)
        took = [added(app, environ)]
        app.write(ENDS, more=MORE)
        while len(took) < 4 and not server.wait(1, 0):
            took.append(added(app, environ))
        assert server.wait(1, 20)
        (event,) = {json.loads(wire.read(body).items[0].payload)["event_id"] for body in server.bodies}
        assert sorted(took)[1] <= BUDGET + NOISE
        assert until(lambda: not waiting(app))
        assert until(lambda: told(app) == [("sent", "200")])
        (sent,) = Outbox(str(app.outbox.parent / "sent"), drop=str).waiting()
        assert event in Outbox(str(app.outbox.parent / "sent"), drop=str).read(sent).decode()
        assert PLANTED.encode() not in b"".join(server.bodies)


def mine(home):
    """The detached processes of this home, by what the system knows of them."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and f"HOME={home}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(entry)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_the_detached_process_holds_nothing(tmp_path):
    """A session of its own, no terminal, pipe or directory, no argument or variable of the app's; and it ends."""
    with Faulty("mute") as server:
        app = App(tmp_path, server)
        environ = app.environ(FROB_SECRET="moonlight", LD_PRELOAD="", https_proxy="http://127.0.0.1:1")
        app.crash(CRASH, more=MORE)
        for _ in range(2):
            app.run(environ=environ)
        (process,) = until(lambda: mine(app.home)) or [None]
        assert until(lambda: {os.readlink(f"{process}/fd/{number}") for number in range(3)} == {os.devnull})
        kept = [os.readlink(at) for at in (process / "fd").iterdir() if at.exists()]
        assert not [at for at in kept if at.startswith(("pipe:", "/dev/pts", "/dev/tty"))]
        assert os.readlink(process / "cwd") == "/"
        stat = (process / "stat").read_text().rpartition(")")[2].split()
        assert int(stat[3]) == int(process.name) != os.getsid(0)  # its own session
        assert stat[4] == "0"  # no terminal
        assert int(stat[16]) > 0  # no haste: what the user does next comes first
        variables = dict(pair.split("=", 1) for pair in (process / "environ").read_text().split("\0") if pair)
        assert variables["https_proxy"] == "http://127.0.0.1:1"
        assert {"FROB_SECRET", "PLANTED", "FROB_DSN", "PYTHONPATH"}.isdisjoint(variables)
        line = (process / "cmdline").read_text()
        assert "publickey" not in line
        assert str(app.home) not in line  # everybody on the machine can read it
        server.mode = "ok"
        assert until(lambda: not mine(app.home), 30)


def starts(app, number, **environ):
    for _ in range(number):
        app.run(environ=app.environ(**environ))


def counted(app):
    path = app.outbox.parent / "starts"
    return files.read_lines(str(path)) if path.exists() else {}


#: A program that cannot be in time, however near its server is: importing takes longer than it has.
SLOW = "import urllib3, time\nreal = urllib3.HTTPConnectionPool.urlopen\n"
SLOW += "urllib3.HTTPConnectionPool.urlopen = lambda *a, **k: time.sleep(0.6) or real(*a, **k)\n"


def test_a_start_is_counted_when_it_was_too_short(tmp_path):
    """Each end that leaves something counts; at the third a process is started, and then not again for an hour."""
    with Faulty("refuse") as server:
        app = App(tmp_path, server)
        app.crash(CRASH, more=MORE)
        app.write(ENDS, more=MORE)
        (entry,) = waiting(app)
        assert counted(app) == {entry.id: "1"}
        starts(app, 1)
        assert counted(app) == {entry.id: "2"}
        starts(app, 1)
        assert set(counted(app)) == {"detached"}
        first = counted(app)["detached"]
        starts(app, 4)
        assert counted(app) == {"detached": first, entry.id: "3"}
        path = str(app.outbox.parent / "starts")
        files.write_lines(path, {**counted(app), "detached": str(int(first) - handover.DETACHED_EVERY)})
        server.mode = "ok"
        starts(app, 1)
        assert until(lambda: not waiting(app))


def test_what_arrives_in_time_is_not_counted(tmp_path):
    """Where the server is near nothing is written and no process started."""
    with Faulty() as server:
        app = App(tmp_path, server)
        app.crash("telemetry.capture_message('hello')\ntelemetry.flush(10)\n", more=MORE)
        assert counted(app) == {}


def test_a_limit_of_the_server_is_no_short_start(tmp_path):
    """What waits because the server asked for it is not counted."""
    with Faulty("429", headers={"Retry-After": "1000"}) as server:
        app = App(tmp_path, server)
        app.crash("for _ in range(2): telemetry.capture_message('hello')\ntelemetry.flush(10)\n", more=MORE)
        assert len(waiting(app)) == 1
        starts(app, 4)
        assert counted(app) == {}


def test_inline_waits_once_a_day(tmp_path):
    """By the author's choice the third end waits until it is sent, up to 2 s; the others of the day do not."""
    with Faulty("refuse") as server:
        app = App(tmp_path, server)
        slow = environ_with(app, SLOW, FROB_DELIVER="inline")
        app.write(CRASH, more=MORE)
        app.run(environ=slow)
        app.write(ENDS, more=MORE)
        app.run(environ=slow)
        server.mode = "mute"
        took = ends(app, slow)
        assert 1.5 < took < 2.0 + 2 * BUDGET + NOISE
        assert set(counted(app)) == {"inline"}
        server.mode = "ok"
        assert len(waiting(app)) == 1
        path = str(app.outbox.parent / "starts")
        files.write_lines(path, {**counted(app), waiting(app)[0].id: "2", "inline": str(int(time.time()) - 86400)})
        app.run(environ=slow)
        assert waiting(app) == []
        assert mine(app.home) == []


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    """A crash that waits: its name and its bytes."""
    with Faulty("refuse") as server:
        app = App(tmp_path_factory.mktemp("crashed"), server)
        app.crash(CRASH, more=MORE)
        (entry,) = waiting(app)
        data = (app.outbox / entry.name).read_bytes()
        assert b"order <?> failed" in data
        return entry.name, data


@pytest.fixture
def handed(tmp_path, monkeypatch, crashed):
    """The crash in a home of its own, and what would be handed over for it."""
    name, data = crashed
    with Faulty() as server:
        app = App(tmp_path, server)
        files.write_bytes(str(app.outbox / name), data)
        for name in ("HOME", *(name for name in os.environ if name.startswith(("XDG", "PYTEST", "CI")))):
            monkeypatch.delenv(name, raising=False)
        for name, value in app.environ().items():
            monkeypatch.setenv(name, value)

        def said(**changed):
            config = configured(dsn=server.dsn, **changed)
            consent = Consent(app="frob", enabled=config.enabled, release="frob@1.4.2", has_dsn=True)
            return json.loads(handover.handed_over(config, consent) or b"null")

        yield app, said


def configured(**changed):
    usual = {
        "dsn": None, "app": "frob", "release": "1.4.2", "enabled": True, "policy": None, "packages": None,
        "commands": None, "isolated": None, "load": "auto", "deliver": "detached", "dev_ok": False, "identity": None,
        "hard_crashes": False,
        "caller": "frob.__main__", "options": {},
    }  # fmt: skip
    return Config(**{**usual, **changed})


def test_it_sends_what_it_was_handed(handed):
    """In words the policy is the app's: what waits passes it and arrives."""
    app, said = handed
    assert detached.send(said(), 10)
    assert len(app.server.received) == 1
    assert waiting(app) == []


def no(app):
    store(files.places("frob", app.environ()).choice, {"crashes": "off", "usage": "off"}, "test", time.time(), {})


def test_a_no_that_came_meanwhile_counts(handed):
    """The stored choice is asked again before each envelope: what waits is erased, and never sent."""
    app, said = handed
    handed_over = said()
    no(app)
    detached.send(handed_over, 5)
    assert app.server.received == []
    assert waiting(app) == []
    assert not (app.outbox.parent / "history").exists()  # and a no makes no file


@pytest.mark.parametrize("variable", ["DO_NOT_TRACK", "SCRUBBING_DISABLE", "CI"])
def test_the_environment_counts_there_too(handed, monkeypatch, variable):
    """A variable that says no is one of those the process keeps."""
    app, said = handed
    handed_over = said()
    monkeypatch.setenv(variable, "1")
    monkeypatch.delenv("FROB_TELEMETRY")
    assert variable in handover.environment(os.environ, "frob")
    detached.send(handed_over, 5)
    assert app.server.received == []


def test_it_never_may_more_than_the_app(handed):
    """Where the app was under local when it ended nothing is sent, and nothing erased."""
    app, said = handed
    handed_over = said()
    handed_over["modes"]["crashes"] = "local"
    detached.send(handed_over, 1)
    assert (app.server.received, len(waiting(app))) == ([], 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"ValueError", b"PrivateErr"),
        lambda data: data.replace(b"<?>", b"<!>"),
        lambda data: data + b"\n",
        lambda data: b"",
    ],
    ids=["another type", "another message", "a byte more", "nothing"],
)
def test_what_it_cannot_judge_stays(handed, change):
    """An envelope somebody edited is not sent by it, and is left to the app."""
    app, said = handed
    (entry,) = waiting(app)
    path = app.outbox / entry.name
    path.write_bytes(change(path.read_bytes()))
    detached.send(said(), 1)
    assert (app.server.received, len(waiting(app))) == ([], 1)


def test_another_policy_s_envelope_stays(handed):
    """What was made under other terms about messages is not vouched for."""
    app, said = handed
    handed_over = said()
    handed_over["policy"]["messages"] = {"*": "type"}
    detached.send(handed_over, 1)
    assert (app.server.received, len(waiting(app))) == ([], 1)


def rules(app):
    return scrubbing.Policy.strict(rules=[scrubbing.Pattern("order", r"order-\d+")])


def authored(chosen):
    return (
        scrubbing.Policy.from_toml(chosen) if chosen and "/" in chosen else scrubbing.Policy(preset=chosen or "strict")
    )


POLICIES = {
    "none": (lambda app: None, True),
    "a preset": (lambda app: "standard", True),
    "a Policy": (
        lambda app: scrubbing.Policy.strict(packages=["frob"], messages="type", remarks=True, cache=False),
        True,
    ),
    "a Policy with rules": (rules, False),
    "a callable": (lambda app: lambda: scrubbing.Policy.strict(), False),
    "a file": (lambda app: toml(app), True),
}


def toml(app):
    path = app.home / "policy.toml"
    path.write_text('preset = "standard"\n[[rules]]\nname = "order"\npattern = "order-[0-9]+"\n')
    return str(path)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_is_handed_over_in_words_or_not_at_all(handed, policy):
    """What is made again from the words judges as the app's own does; functions of the app's are not handed over."""
    app, said = handed
    make, can = POLICIES[policy]
    found = said(policy=make(app), packages=["frob"])
    assert (found is not None) is can
    if can:
        chosen = make(app)
        own = chosen if isinstance(chosen, scrubbing.Policy) else authored(chosen)
        again = detached.policy_of(found["policy"])
        words = ("preset", "terms", "remarks", "cache")
        assert [getattr(again, word) for word in words] == [getattr(own, word) for word in words]
        assert again.engine.names == own.engine.names
        assert again.machine == own.machine


def test_every_field_of_a_policy_was_thought_of(handed, monkeypatch):
    """A field that is new is handed over too, or nothing is: the process must not judge by less than the app."""
    _, said = handed
    assert {field.name for field in attrs.fields(scrubbing.Policy)} == handover.POLICY
    monkeypatch.setattr(handover, "POLICY", handover.POLICY - {"remarks"})
    assert said(policy=scrubbing.Policy.strict()) is None


def test_a_callable_is_asked_before(handed):
    """What the app's own setting makes of the question at its end is what is handed over."""
    app, said = handed
    assert said(enabled=lambda: {"crashes": "on", "usage": "off"})["enabled"] == {"crashes": "on"}
    assert said(enabled=None)["enabled"] is None
    assert said(enabled={"crashes": "on"})["enabled"] == {"crashes": "on"}
    assert app.server.received == []


def test_too_much_to_hand_over_is_not(handed):
    """What would not fit into the pipe at once is not handed over: the end never waits for a reader."""
    _, said = handed
    assert said(commands=[f"a-long-command-{number}" for number in range(400)]) is None


@pytest.mark.parametrize(
    ("executable", "frozen", "can"),
    [
        (sys.executable, False, True),
        (sys.executable, True, False),
        ("/usr/bin/uwsgi", False, False),
        ("", False, False),
        (None, False, False),
        ("/nowhere/python3", False, False),
    ],
)
def test_only_a_python_is_started(monkeypatch, executable, frozen, can):
    """A bundle, or a program with a Python in it, would start itself once more."""
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert handover.can_detach() is can


def test_deliver_is_one_of_two():
    """Anything else is a mistake of the author's, told at once."""
    with pytest.raises(scrubbing.errors.ConfigurationError, match="deliver: expected"):
        configured(deliver="later")


def test_the_variables_are_those_the_code_reads():
    """Every variable that consent, files and identity read is among those a detached process keeps."""
    room = Path(scrubbing.__file__).parent
    texts = [path.read_text() for path in [*room.glob("consent/*.py"), *room.glob("identity/*.py"), room / "files.py"]]
    read = {name for text in texts for name in re.findall(r'environ?(?:\.get\(|\[)"([A-Z_]+)"', text)}
    read |= {name for text in texts for name in re.findall(r'env(?:\.get\(|\[)"([A-Z_]+)"', text)}
    assert {"HOME", "USER", "XDG_CONFIG_DIRS"} <= read
    assert read <= handover.KEPT


def test_what_the_pipe_does_not_take_is_not_handed_over():
    """Nothing waits for a reader: where a pipe has no room for all of it no process is started."""
    reader, writer = os.pipe()
    try:
        assert not handover._fits(writer, b"x" * 4 * 1024 * 1024)
    finally:
        os.close(reader)
        os.close(writer)
    reader, writer = os.pipe()
    try:
        assert handover._fits(writer, b"x" * 1000)
    finally:
        os.close(reader)
        os.close(writer)
