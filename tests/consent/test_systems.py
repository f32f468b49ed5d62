"""Four real applications' ways to decide, as configuration of this library and without what they did wrong."""

from __future__ import annotations

import json

import pytest
import systems
from apps import App
from servers.faulty import Faulty
from steps import BODY, Steps

from scrubbing import files, wire


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


@pytest.fixture
def start(app):
    """Starts one of the systems, for a user who has said nothing in the environment."""

    def started(source, **environ):
        app.write(BODY, init=source)
        return Steps(app, app.environ(FROB_TELEMETRY=None, **environ))

    return started


def of_ours(app):
    """What of this library is on the disk."""
    return [path for name in (".config", ".local") for path in (app.home / name).rglob("*")]


def arrived(app):
    return [item.type for body in app.server.bodies for item in wire.read(body).items]


def choice(app):
    return files.read_lines(str(app.home / ".config/scrubbing/frob/choice"))


# The trading bot


def configure(app, **telemetry):
    (app.home / "bot.json").write_text(json.dumps({"telemetry": telemetry}))


@pytest.mark.parametrize("collect", [None, False])
def test_the_bot_does_nothing_unless_its_file_says_collect(app, start, collect):
    """Without the line, and with a no: no SDK, no file, no id, no socket."""
    if collect is not None:
        configure(app, collect=collect)
    with start(systems.BOT) as bot:
        assert bot("telemetry.command('watch').__enter__() and capture()") is None
        assert bot("'sentry_sdk' in sys.modules") is False
    assert of_ours(app) == []
    assert app.server.connections == 0


def test_the_bot_sends_from_its_first_start_on_a_fresh_machine(app, start):
    """Its directories are made when they are needed; the start of a command is told, whichever it is, once a day."""
    configure(app, collect=True)
    for command in ("watch", "watch", "evaluate"):
        with start(systems.BOT) as bot:
            bot(f"telemetry.command({command!r}).__enter__() and None")
            assert bot("telemetry.flush(10)") is True
    assert arrived(app) == ["session", "session"]


def test_the_bot_opted_out_sends_nothing_of_what_waited(app, start):
    """A no in its file counts at the next start, for what was collected before too."""
    configure(app, collect=True)
    app.server.mode = "502"
    with start(systems.BOT) as bot:
        assert bot("capture()")
        bot("telemetry.flush(2)")
    tried = len(app.server.bodies)
    configure(app, collect=False)
    app.server.mode = "ok"
    with start(systems.BOT) as bot:
        assert bot("capture()") is None
        assert not list(app.outbox.glob("*.envelope"))
        bot("time.sleep(1.5); telemetry.flush(2)")
    configure(app, collect=True)
    with start(systems.BOT) as bot:
        assert bot("telemetry.flush(2)") is True
    assert len(app.server.bodies) == tried


# The desktop program


def test_the_desktop_program_starts_with_every_switch_off(app, start):
    """Crash reports are no exception, as they were there."""
    with start(systems.DESKTOP) as desktop:
        assert desktop("capture()") is None
        assert desktop("modes()") == ["off"] * 4
    assert of_ours(app) == []


@pytest.mark.parametrize("purpose", ["crashes", "usage", "extra", "feedback"])
def test_each_switch_of_the_desktop_program_is_its_own(start, purpose):
    """None needs another one, as the number of users needed crash reports there; each turns without a restart."""
    with start(systems.DESKTOP) as desktop:
        desktop(f"settings[{purpose!r}] = 'on'")
        expected = ["on" if one == purpose else "off" for one in ("crashes", "usage", "extra", "feedback")]
        assert desktop("modes()") == expected
        assert (desktop("capture()") is not None) is (purpose == "crashes")
        desktop(f"settings[{purpose!r}] = 'off'")
        assert desktop("modes()") == ["off"] * 4
        assert desktop("capture()") is None


def test_the_desktop_program_works_without_the_server_and_looks_again(app, start):
    """A server that never answers holds nothing up; when it is back the report goes."""
    app.server.mode = "502"
    with start(systems.DESKTOP) as desktop:
        desktop("settings['crashes'] = 'on'")
        assert desktop("capture()")
        assert desktop("telemetry.flush(0.5)") is False
        app.server.mode = "ok"
        assert desktop("telemetry.flush(10)") is True
    assert arrived(app)[-1] == "event"


# The server for printers


def test_the_printer_server_is_unset_until_its_wizard(app, start):
    """Unset is off, without an id or a file; the wizard asks once and its answer is stored with what it is to."""
    with start(systems.PRINTER) as printer:
        assert printer("(capture(), modes())") == [None, ["off"] * 4]
        assert of_ours(app) == []
        assert printer("wizard(True)") is True
        assert printer("wizard(False)") is None
        assert printer("capture()")
    assert choice(app)["who"] == "ask in the app"
    assert choice(app)["usage.covers"].endswith("commands serve; ids month")
    with start(systems.PRINTER) as printer:
        assert printer("wizard(False)") is None
        assert printer("modes()") == ["on", "on", "off", "off"]


def test_the_printer_server_turns_off_and_on_again_while_it_runs(app, start):
    """Everything comes back with the yes, crash reports too, and the host's Sentry never hears of it."""
    with start(systems.PRINTER) as printer:
        printer("import sentry_sdk; host = []")
        printer("sentry_sdk.init(dsn='http://k@127.0.0.1:9/1', transport=lambda envelope: host.append(1)) and None")
        printer("wizard(True)")
        for mode, made in (("on", True), ("off", False), ("on", True)):
            printer(f"telemetry.set_consent({mode!r})")
            assert (printer("capture()") is not None) is made
            assert printer("telemetry.flush(10)") is True
        assert printer("host") == []
    assert arrived(app) == ["event", "event"]


def test_the_printer_server_is_quiet_in_ci(app, start):
    """CI mutes it, wizard and all, and is not remembered."""
    with start(systems.PRINTER, CI="1") as printer:
        assert printer("wizard(True)") is None
        assert printer("capture()") is None
    assert of_ours(app) == []
    with start(systems.PRINTER) as printer:
        assert printer("wizard(True)") is True


# The hosted application


def switched(app, state):
    (app.home / "site.json").write_text(json.dumps({"telemetry": state}))


def test_the_hosted_application_does_as_its_admin_switches(app, start):
    """Off by default; on and off take effect while it runs."""
    with start(systems.HOSTED) as hosted:
        assert hosted("capture()") is None
        assert of_ours(app) == []
        switched(app, True)
        assert hosted("capture()")
        switched(app, False)
        assert hosted("capture()") is None
        assert hosted("telemetry.flush(5)") is True
    assert app.server.bodies == [] or arrived(app) == ["event"]


def test_the_hosted_application_s_documented_variable_is_the_one_that_is_read(app, start):
    """Pointed at another collector, everything goes there and nothing to the first one."""
    switched(app, True)
    with Faulty() as other, start(systems.HOSTED, FROB_COLLECTOR=other.dsn) as hosted:
        assert hosted("capture()")
        assert hosted("telemetry.flush(10)") is True
        assert hosted("telemetry.status()['address']") == other.dsn.replace("publickey@", "")
        assert len(other.bodies) == 1
    assert app.server.connections == 0


def test_a_broken_switch_of_the_hosted_application_is_off(app, start):
    """A database that cannot be read is a no, and the application goes on."""
    switched(app, True)
    with start(systems.HOSTED) as hosted:
        assert hosted("capture()")
        (app.home / "site.json").write_text("{")
        assert hosted("capture()") is None
        assert hosted("telemetry.consent.why[6].note") == "the app's function raised JSONDecodeError"
