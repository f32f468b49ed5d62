"""There is no second way out: what the plain SDK would send elsewhere, print or hand to children stays where it is."""

from __future__ import annotations

import contextlib
import json
import subprocess

import attrs
import pytest
from apps import App, Run
from preludes import WATCHER, environ_with, report
from sentry_sdk import transport
from servers.faulty import Faulty

#: The plain SDK, as people start it, and ours at its most open.
PLAIN = 'import sentry_sdk\nsentry_sdk.init(dsn=os.environ["FROB_DSN"]{plain})\n'
OURS = (
    'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"] or None, app="frob", release="1.4.2", enabled=True, '
    'policy="verbose"{ours})\nimport sentry_sdk\n'
)
ALONE = 'import sentry_sdk\nsentry_sdk.init(**scrubbing.sentry_options("verbose", dsn=os.environ["FROB_DSN"]{ours}))\n'
CRASH = """
sentry_sdk.capture_message("started")
try:
    int(os.environ["PLANTED"])
except ValueError as error:
    sentry_sdk.capture_exception(error)
sentry_sdk.flush(3)
"""
REQUEST = """
import urllib.request
urllib.request.urlopen(os.environ["OTHER"]).read()
"""
CHILD = """
import subprocess, sys
look = "import os; print(sorted(name for name in os.environ if name.startswith('SUBPROCESS_')))"
print(subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.strip())
"""
TRACED = "with sentry_sdk.start_transaction(name='work', op='task'):\n    "
STDLIB = ", integrations=[__import__('sentry_sdk.integrations.stdlib').integrations.stdlib.StdlibIntegration()]"


#: What a program does in a world full of other ways out.
LIFE = CRASH + REQUEST + CHILD + TRACED + "exec(" + repr(REQUEST + CHILD) + ")\n"
TRACE = "c0ffeec0ffeec0ffeec0ffeec0ffee00"
VARIABLES = {
    "SENTRY_RELEASE": "canary-release",
    "SENTRY_ENVIRONMENT": "canary-environment",
    "SENTRY_TRACE": f"{TRACE}-c0ffeec0ffeec0ff-1",
    "SENTRY_BAGGAGE": f"sentry-trace_id={TRACE},sentry-user_segment=canary-segment,sentry-public_key=canarykey",
    "SENTRY_DEBUG": "1",
    "SENTRY_PRINT_ENVELOPES": "1",
}
CANARIES = ("canary-release", "canary-environment", "c0ffee", "canary-segment")
#: The ways ours is started: how, and with which options of the SDK.
STARTS = {
    "init": (OURS, ""),
    "init, chosen integration": (OURS, STDLIB),
    "init, traced": (OURS, ", traces_sample_rate=1.0" + STDLIB),
    "middleware": (ALONE, ""),
    "middleware, traced": (ALONE, ", traces_sample_rate=1.0" + STDLIB),
}


@attrs.frozen
class World:
    """What a program said and sent, and what arrived at addresses nothing of ours has any business with."""

    app: App
    run: Run
    spotlight: list
    requests: list


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Run each way of starting once, and look at it in many tests."""
    worlds: dict[str, World] = {}
    with contextlib.ExitStack() as stack:

        def world(init: str, options: str = "") -> World:
            if init + options not in worlds:
                server, spotlight, other = (stack.enter_context(Faulty()) for _ in range(3))
                app = App(tmp_path_factory.mktemp("world"), server)
                addresses = {
                    "SENTRY_SPOTLIGHT": f"http://127.0.0.1:{spotlight.port}/stream",
                    "OTHER": f"http://127.0.0.1:{other.port}/",
                }
                run = start(app, init, LIFE, app.environ(**VARIABLES, **addresses), ours=options)
                worlds[init + options] = World(app, run, spotlight.received, other.received)
            return worlds[init + options]

        yield world


@pytest.fixture
def other():
    """A second address on this machine, which nothing of ours has any business with."""
    with Faulty() as other:
        yield other


def start(app: App, init: str, body: str, environ: dict[str, str], *, plain: str = "", ours: str = ""):
    app.write(body, init=init.format(plain=plain, ours=ours))
    run = app.run(environ=environ)
    assert run.code == 0
    return run


def test_the_plain_sdk_leaks_in_each_of_these_ways(world):
    """The control: each way out is one, for the SDK as people start it."""
    plain = world(PLAIN)
    assert len(plain.spotlight) >= 2
    assert {"baggage", "sentry-trace"} <= set(plain.requests[0].headers)
    assert plain.run.out.count("SUBPROCESS_SENTRY_TRACE") == 2
    assert all(any(canary.encode() in raw for raw in plain.app.raw()) for canary in CANARIES)
    assert "[sentry]" in plain.run.err
    if hasattr(transport, "_EnvelopePrinterTransport"):  # older SDKs print nothing
        assert "--- Sentry Envelope ---" in plain.run.err


@pytest.mark.parametrize("way", STARTS)
def test_events_leave_by_the_one_way_out(world, way):
    """However ours is started, both events arrive at their server, and at no spotlight."""
    ours = world(*STARTS[way])
    assert len(ours.app.items()) == 2
    assert ours.spotlight == []


@pytest.mark.parametrize("way", STARTS)
def test_requests_of_the_app_carry_no_header_of_ours(world, way):
    """The app's own requests go out as the app made them, in and outside a transaction."""
    ours = world(*STARTS[way])
    assert len(ours.requests) == 2
    for request in ours.requests:
        assert not {"baggage", "sentry-trace", "traceparent"} & set(request.headers)


@pytest.mark.parametrize("way", STARTS)
def test_children_inherit_nothing_and_nothing_is_printed(world, way):
    """No child has a SUBPROCESS_ variable, and no SENTRY_ variable makes anything of ours appear on the terminal."""
    assert world(*STARTS[way]).run == Run(0, "[]\n[]\n", "")


@pytest.mark.parametrize("way", STARTS)
def test_variables_of_the_sdk_are_not_read(world, way):
    """No value of a SENTRY_ variable is in what leaves."""
    raw = world(*STARTS[way]).app.raw()
    assert not any(canary.encode() in envelope for envelope in raw for canary in CANARIES)


def test_no_dsn_is_no_dsn(app, other):
    """Without a DSN the plain SDK takes SENTRY_DSN; ours sends nothing anywhere, with and without its own init."""
    environ = app.environ(SENTRY_DSN=other.dsn, FROB_DSN="")
    start(app, PLAIN.replace('dsn=os.environ["FROB_DSN"]', ""), CRASH, environ)
    leaked = len(other.received)
    assert leaked >= 2

    start(app, OURS, CRASH, environ)
    start(app, ALONE.replace('dsn=os.environ["FROB_DSN"]', "release='1'"), CRASH, environ)

    assert len(other.received) == leaked
    assert len(app.items()) == 2  # in the outbox, for the user to read


def test_no_client_report_leaves(app):
    """The plain SDK reports what it dropped; ours counts that at home."""
    drop = ", before_send=lambda event, hint: None"
    start(app, PLAIN, CRASH, app.environ(), plain=drop)
    assert app.items("client_report") != []
    app.server.received.clear()

    start(app, OURS, CRASH, app.environ(), ours=drop)

    assert app.raw() == []
    assert app.drops() == {"before_send:app": 2}


@pytest.mark.parametrize("ours", [OURS, ALONE])
def test_git_is_not_asked(app, ours):
    """In a repository the plain SDK sends its SHA as the release; ours starts no process and sends no SHA."""
    (app.home / "src").mkdir()
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run([*git, *command], cwd=app.home / "src", check=True, env=app.environ())
    sha = subprocess.check_output([*git, "rev-parse", "HEAD"], cwd=app.home / "src").strip()[:12]
    environ = environ_with(app, WATCHER, REPORT=str(app.home / "seen.json"))
    start(app, PLAIN, CRASH, environ)
    assert any(sha in raw for raw in app.raw())
    assert "subprocess.Popen" in report(app.home / "seen.json")["events"]
    app.server.received.clear()

    start(app, ours, CRASH, environ)

    assert len(app.items()) == 2
    assert not any(sha in raw for raw in app.raw())
    assert not any("subprocess" in event for event in report(app.home / "seen.json")["events"])


DEBUGGING = """
import http.client, logging
http.client.HTTPConnection.debuglevel = 1
logging.basicConfig(level=logging.DEBUG)
logging.getLogger("frob").debug("the app's own")
"""


@pytest.mark.parametrize("ours", [OURS, ALONE])
def test_an_app_that_logs_at_debug_sees_nothing_of_ours(app, ours):
    """With all of logging and of its requests on the terminal, the plain SDK's uploads are there; ours are not."""
    body = DEBUGGING + CRASH
    plain = start(app, PLAIN, body, app.environ())
    assert "envelope" in plain.err
    assert "POST /api/7/envelope/" in plain.out
    app.server.received.clear()

    run = start(app, ours, body, app.environ())

    assert run.err == "DEBUG:frob:the app's own\n"
    assert run.out == ""
    assert len(app.items()) == 2


@pytest.mark.parametrize("ours", [OURS, ALONE])
@pytest.mark.parametrize("variables", [{"PYTHONDEVMODE": "1"}, {"PYTHONWARNINGS": "error"}])
def test_python_has_nothing_to_warn_of(app, ours, variables):
    """In Python's development mode, and with warnings as errors, nothing of ours is warned of or fails."""
    run = start(app, ours, CRASH, app.environ(**variables))
    assert (run.out, run.err) == ("", "")
    assert len(app.items()) == 2


def test_requests_of_an_app_that_logs_at_debug_are_still_logged(app, other):
    """What urllib3 says of the app's own requests stays on the app's stderr."""
    body = DEBUGGING + CRASH + "import urllib3\nurllib3.PoolManager().request('GET', os.environ['OTHER'])\n"

    run = start(app, OURS, body, app.environ(OTHER=f"http://127.0.0.1:{other.port}/"))

    assert [line.split(":")[:2] for line in run.err.splitlines()[1:]] == [["DEBUG", "urllib3.connectionpool"]] * 2
    assert f"127.0.0.1:{other.port}" in run.err.splitlines()[1]


@pytest.mark.parametrize("refused", ["integrations=[OTLPIntegration()]", "instrumenter='otel'"])
def test_otlp_is_refused(app, refused):
    """An OpenTelemetry exporter would send by itself, so init says no."""
    run = start(
        app,
        "import sentry_sdk.integrations\n"
        "class OTLPIntegration(sentry_sdk.integrations.Integration):\n    identifier = 'otlp'\n"
        "    setup_once = staticmethod(print)\n"
        "try:\n    scrubbing.init(dsn=None, app='frob', release='1.4.2', {ours})\n"
        "except scrubbing.errors.ConfigurationError as error:\n    print(error)\n",
        "",
        app.environ(),
        ours=refused,
    )
    assert "refused" in run.out
    assert run.err == ""


def test_the_header_of_an_envelope_says_nothing(app):
    """The plain SDK repeats release, environment and trace in each envelope's header; ours has an id and a time."""
    start(app, PLAIN, CRASH, app.environ(), plain=", release='1.4.2'")
    assert all("trace" in json.loads(raw.split(b"\n")[0]) for raw in app.raw())
    app.server.received.clear()

    start(app, OURS, CRASH, app.environ(), ours=", traces_sample_rate=1.0")

    assert {frozenset(json.loads(raw.split(b"\n")[0])) for raw in app.raw()} == {frozenset({"event_id", "sent_at"})}
