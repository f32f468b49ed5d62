"""Yes and no while programs run: in force for the next event, in every thread, child and process, and erased."""

from __future__ import annotations

import subprocess
import sys

import pytest
from apps import App
from servers.faulty import Faulty
from steps import BODY, Steps

from scrubbing import wire
from scrubbing.consent import PURPOSES
from scrubbing.outbox.store import Outbox

INIT = 'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2"{more})\n'
ITEMS = {"crashes": "event", "usage": "session"}


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


def environ(app):
    return app.environ(FROB_TELEMETRY=None, XDG_CONFIG_DIRS=str(app.home / "site"))


@pytest.fixture
def start(app):
    """Starts a program that takes steps."""

    def started(more=""):
        app.write(BODY, init=INIT.replace("{more}", more))
        return Steps(app, environ(app))

    return started


def command(app, *arguments):
    """``scrubbing ... --app frob``, as the user types it."""
    line = [sys.executable, "-m", "scrubbing.cli", *arguments, "--app", "frob"]
    subprocess.run(line, env=environ(app), check=True, capture_output=True)


def waiting(app, shelf="outbox"):
    return [one.purpose for one in Outbox(str(app.outbox.parent / shelf), drop=lambda _: None).waiting()]


def arrived(app):
    return [item.type for body in app.server.bodies for item in wire.read(body).items]


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(text)
    path.chmod(0o600)


#: Ways in which somebody else than the running program takes the yes back.
WAYS = {
    "another process of the app": lambda app, other: other("telemetry.set_consent('off')"),
    "the user's command": lambda app, other: command(app, "off"),
    "the file for all apps": lambda app, other: put(app.home / ".config/scrubbing/everyone", "telemetry = off\n"),
    "the admin": lambda app, other: put(app.home / "site/scrubbing/policy", "frob = off\n"),
    "a damaged choice": lambda app, other: put(app.home / ".config/scrubbing/frob/choice", "crashes on\n"),
    "a removed choice": lambda app, other: (app.home / ".config/scrubbing/frob/choice").unlink(),
    "a marker": lambda app, other: (app.home / "src/frob/scrubbing-disabled").touch(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_second_process_sees_a_no_before_its_next_capture_and_upload(app, start, way):
    """What waited there is not sent though the server is back, and the next event is not even built."""
    app.server.mode = "502"
    with start() as program, start() as other:
        program("telemetry.set_consent('on')")
        assert program("capture()")
        assert program("telemetry.flush(5)") is False
        assert waiting(app) == ["crashes"]
        tried = len(app.server.bodies)

        WAYS[way](app, other)
        app.server.mode = "ok"

        assert program("capture()") is None
        assert program("telemetry.flush(5)") is True
        assert program("modes()") == ["off"] * 4
    assert len(app.server.bodies) == tried
    assert waiting(app) == []


@pytest.mark.parametrize("purpose", ITEMS)
def test_a_purpose_is_taken_back_alone(app, start, purpose):
    """What waits for it is erased, in the outbox and among what was kept; what waits for others is sent."""
    (other,) = set(ITEMS) - {purpose}
    app.server.mode = "502"
    with start() as program:
        program("telemetry.set_consent('local')")
        assert program("capture()")
        program("telemetry.command('watch').__enter__() and None")
        program("telemetry.flush(5)")
        assert sorted(waiting(app, "kept")) == ["crashes", "usage"]
        program("telemetry.set_consent('on')")
        assert program("capture()")
        program("telemetry.command('build').__enter__() and None")
        program("telemetry.flush(5)")
        assert sorted(waiting(app)) == ["crashes", "usage"]

        program(f"telemetry.set_consent('off', [{purpose!r}])")

        assert (waiting(app), waiting(app, "kept")) == ([other], [other])
        tried = len(app.server.bodies)
        app.server.mode = "ok"
        assert program("telemetry.flush(10)") is True
    assert arrived(app)[tried:] == [ITEMS[other]]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_purpose_is_given_and_taken_as_easily(start, purpose):
    """One call each, in either direction, as often as anybody likes, and no other purpose moves."""
    with start() as program:
        for _ in range(2):
            program(f"telemetry.set_consent('on', [{purpose!r}])")
            assert program("modes()") == ["on" if one == purpose else "off" for one in PURPOSES]
            program(f"telemetry.set_consent('off', [{purpose!r}])")
            assert program("modes()") == ["off"] * 4


def test_a_yes_given_elsewhere_counts_without_a_restart(app, start):
    """A program that started with a no reports its next event, and so it does after a no in between."""
    with start() as program, start() as other:
        assert program("capture()") is None
        other("telemetry.set_consent('on')")
        assert program("capture()")
        assert program("telemetry.flush(10)") is True
        other("telemetry.set_consent('off')")
        assert program("capture()") is None
        command(app, "on")
        assert program("capture()")
        assert program("telemetry.flush(10)") is True
    assert arrived(app) == ["event", "event"]


def test_under_local_another_process_keeps_and_does_not_send(app, start):
    """The next event stays here."""
    with start() as program, start() as other:
        program("telemetry.set_consent('on')")
        other("telemetry.set_consent('local')")
        assert program("capture()")
        assert program("telemetry.flush(1)") is True
    assert app.server.connections == 0
    assert waiting(app, "kept") == ["crashes"]


THREADS = """
stop = threading.Event(); made = []
def loop():
    while not stop.is_set():
        before = off.is_set()
        made.append((before, capture()))
off = threading.Event()
threads = [threading.Thread(target=loop) for _ in range(4)]
"""


def test_in_every_thread_the_next_event_is_not_made(app, start):
    """Four threads that report all the time: what begins after the no comes to nothing, and nothing is left."""
    app.server.mode = "502"
    with start() as program:
        program("telemetry.set_consent('on')")
        program(f"exec({THREADS!r}, globals())")
        program("[thread.start() for thread in threads] and None")
        program("time.sleep(0.5)")
        program("telemetry.set_consent('off'); off.set()")
        program("time.sleep(0.2)")
        program("stop.set(); [thread.join() for thread in threads] and None")
        assert program("any(id for before, id in made if not before)") is True
        assert program("[id for before, id in made if before and id]") == []
        assert program("any(before for before, id in made)") is True
    assert waiting(app) == []


CHILDREN = {
    "fork": "import os; r, w = os.pipe(); pid = os.fork(); (os.waitpid(pid, 0)) if pid else "
    "(os.write(w, repr(capture()).encode()), os._exit(0)); told = os.read(r, 100).decode()",
    "a forked pool's worker": "import multiprocessing; pool = multiprocessing.get_context('fork').Pool(1); "
    "told = repr(pool.apply(capture)); pool.terminate()",
}


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("child", CHILDREN)
def test_a_child_sees_what_its_parent_said_and_the_other_way_round(app, start, child):
    """A child that was there before reports nothing after the parent's no."""
    with start() as program:
        program("telemetry.set_consent('on')")
        program(f"exec({CHILDREN[child]!r}, globals())")
        assert program("told") != "None"
        program("telemetry.set_consent('off')")
        program(f"exec({CHILDREN[child]!r}, globals())")
        assert program("told") == "None"


SLOW = """
import time
def slow():
    with open("made", "a") as file:
        file.write("x")
    time.sleep(1.0)
    return scrubbing.Policy()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_child_does_not_wait_for_a_thread_that_makes_the_policy(app):
    """Forked while another thread is at it, the child makes its own; nothing hangs."""
    app.write(BODY, init=SLOW + INIT.replace("{more}", ", enabled=True, policy=slow"))
    with Steps(app, environ(app)) as program:
        program("threading.Thread(target=telemetry.consent.contents, args=('crashes',)).start()")
        program("time.sleep(0.3)")
        program(f"exec({CHILDREN['fork']!r}, globals())")
        assert program("told") != "None"
        assert program("open('made').read()") == "xx"


def test_a_worker_that_lives_on_sees_the_no(app, start):
    """A worker process made under the yes is asked again for each event, and its own no counts in the parent."""
    with start() as program:
        program("telemetry.set_consent('on')")
        program("import multiprocessing; pool = multiprocessing.get_context('fork').Pool(1)")
        assert program("pool.apply(capture)")
        program("telemetry.set_consent('off')")
        assert program("pool.apply(capture)") is None
        program("pool.apply(say, ('on',))")
        assert program("capture()")
        program("pool.terminate()")


def test_a_no_while_an_upload_is_on_its_way_stops_at_that_one(app, start):
    """The envelope the server is reading arrives; of the others none does, though there was time."""
    app.server.mode = "502"
    with start() as program, start() as other:
        program("telemetry.set_consent('on')")
        for number in range(4):
            program(f"capture('number {number}')")
        program("telemetry.flush(5)")
        assert len(waiting(app)) >= 2
        tried = len(app.server.bodies)
        app.server.delay, app.server.mode = 1.0, "slow"
        program.begin("telemetry.flush(10)")
        assert app.server.wait(tried + 1)

        other("telemetry.set_consent('off')")

        program.done()
        program("telemetry.flush(1)")
    assert len(app.server.bodies) == tried + 1
    assert waiting(app) == []


AT_THE_HOOK = """
def before_send(event, hint):
    print('"in the hook"', flush=True)
    sys.stdin.readline()
    return event
"""


def test_a_no_between_the_hook_and_the_outbox_drops_the_event(app, start):
    """What was being built when the user said no is neither kept nor sent."""
    app.write(
        BODY,
        init="import sys\n" + AT_THE_HOOK + INIT.replace("{more}", ", before_send=before_send"),
    )
    with Steps(app, environ(app)) as program:
        program("telemetry.set_consent('on')")
        program.begin("capture()")
        assert program.done() == "in the hook"
        command(app, "off")
        program("go on")
        assert program("telemetry.flush(2)") is True
    assert waiting(app) == []
    assert app.server.connections == 0


#: The user's no, whole, between the last question and the file: whoever erases does not see what comes after.
LATE = """
from scrubbing.outbox.store import Outbox
real = Outbox.put
def put(self, *args, **named):
    import subprocess, sys
    subprocess.run([sys.executable, "-m", "scrubbing.cli", {verb}, "--app", "frob"], check=True, capture_output=True)
    return real(self, *args, **named)
Outbox.put = put
"""


@pytest.mark.parametrize("verb", ["off", "on"])
def test_a_no_between_the_question_and_the_file_leaves_no_file(app, start, verb):
    """Put after somebody erased, it is erased by who put it; the control: after a yes it stays."""
    app.server.mode = "502"
    with start() as program:
        program("telemetry.set_consent('on')")
        program(f"exec({LATE.replace('{verb}', repr(verb))!r})")
        program("capture()")
        assert waiting(app) == ([] if verb == "off" else ["crashes"])
        program("telemetry.flush(1)")
    assert waiting(app) == ([] if verb == "off" else ["crashes"])


@pytest.mark.parametrize("word", ["on", "local"])
def test_a_yes_in_the_environment_is_over_with_the_run(app, word):
    """It counts in CI, and is stored nowhere: the same program without it says nothing has been said."""
    app.write(
        "telemetry.capture_message('x')\nprint(telemetry.consent.mode('crashes'))\n", init=INIT.replace("{more}", "")
    )
    assert app.run(environ={**environ(app), "CI": "1", "FROB_TELEMETRY": word}).out == f"{word}\n"

    app.write("print([row.row for row in telemetry.consent.why if row.decides])\n", init=INIT.replace("{more}", ""))
    assert app.run(environ=environ(app)).out == "['nothing-said']\n"
    assert not (app.home / ".config").exists()


#: What a run can find said about crashes, in the environment, a file or the app's setting, and whether it is for good.
FOUND = {
    "the file for all apps": (
        True,
        {},
        "",
        lambda app: put(app.home / ".config/scrubbing/everyone", "telemetry = off\n"),
    ),
    "the admin": (True, {}, "", lambda app: put(app.home / "site/scrubbing/policy", "frob = off\n")),
    "a marker": (True, {}, "", lambda app: (app.home / "src/frob/scrubbing-disabled").touch()),
    "the app's setting": (True, {}, ", enabled={'crashes': 'off'}", lambda app: None),
    "DO_NOT_TRACK": (False, {"DO_NOT_TRACK": "1"}, "", lambda app: None),
    "CI": (False, {"CI": "1"}, "", lambda app: None),
    "the app's variable": (False, {"FROB_TELEMETRY": "off"}, "", lambda app: None),
}


@pytest.mark.parametrize("way", FOUND)
def test_a_no_for_good_erases_at_the_next_start_and_the_environment_s_does_not(app, way):
    """What waits for what is refused is gone, without a socket, and so are its ids; what only one run refuses stays."""
    for_good, variables, more, say = FOUND[way]
    app.server.mode = "502"
    app.write(
        "telemetry.set_consent('on')\ntelemetry.capture_message('x')\ntelemetry.flush(2)\n",
        init=INIT.replace("{more}", ", identity={'crashes': 'stable'}"),
    )
    app.run(environ=environ(app))
    assert waiting(app) == ["crashes"]
    ids = app.outbox.parent / "identity"
    assert "crashes" in ids.read_text()
    choice = (app.home / ".config/scrubbing/frob/choice").read_bytes()
    connections = app.server.connections
    say(app)
    app.write("print(telemetry.consent.mode('crashes'))\n", init=INIT.replace("{more}", more))

    run = app.run(environ={**environ(app), **variables})

    assert (run.out, run.err) == ("off\n", "")
    assert waiting(app) == ([] if for_good else ["crashes"])
    assert (ids.exists() and "crashes" in ids.read_text()) is not for_good
    assert app.server.connections == connections
    assert (app.home / ".config/scrubbing/frob/choice").read_bytes() == choice


def test_the_app_s_own_function_is_asked_for_each_event(app, start):
    """A setting that changes while the app runs counts for the next event, in both directions."""
    setting = app.home / "yes"
    with start(", enabled=lambda: os.path.exists(os.path.join(os.environ['HOME'], 'yes'))") as program:
        assert program("capture()") is None
        setting.touch()
        assert program("capture()")
        setting.unlink()
        assert program("capture()") is None
