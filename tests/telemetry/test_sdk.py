"""`sentry_sdk`'s own functions work as people know them, through the fence, whichever is imported first."""

from __future__ import annotations

import pytest
from apps import PLANTED
from servers.faulty import Faulty

USER = "zaphodbeeblebrox"
MAIL = "zaphod@example.org"
INIT = 'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True{more})\n'
#: What people do with the SDK; `{text}` is run-time text.
USE = """
def use(sentry_sdk):
    text = f"cannot read {os.environ['HOME']}/notes.txt of " + os.environ["USER"]
    sentry_sdk.set_tag("customer", text)
    sentry_sdk.set_user({"id": os.environ["USER"], "email": os.environ["MAIL"]})
    sentry_sdk.set_extra("answer", text)
    sentry_sdk.set_context("order", {"note": text})
    sentry_sdk.add_breadcrumb(message=text, category="order")
    sentry_sdk.capture_message(text)
    try:
        raise ValueError(text)
    except ValueError as error:
        sentry_sdk.capture_exception(error)
"""
#: Where the SDK is imported: what stands before init, and what stands after it.
IMPORTED = {
    "before init": ("import sentry_sdk\n", "with telemetry.command('watch'):\n    use(sentry_sdk)\n"),
    "after init": ("", "import sentry_sdk\nwith telemetry.command('watch'):\n    use(sentry_sdk)\n"),
    "a part of it": ("", "from sentry_sdk import api\nwith telemetry.command('watch'):\n    use(api)\n"),
    "inside a function": (
        "",
        "def main():\n    import sentry_sdk\n    use(sentry_sdk)\nwith telemetry.command('watch'):\n    main()\n",
    ),
    "in a thread": (
        "",
        """
import threading
def main():
    import sentry_sdk
    use(sentry_sdk)
with telemetry.command('watch'):
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
""",
    ),
    "by telemetry": (
        "",
        """
telemetry.capture_message('first')
import sentry_sdk
with telemetry.command('watch'):
    use(sentry_sdk)
""",
    ),
}


def use(app, where="after init", **more):
    """Run the program; the message's event and the exception's."""
    before, after = IMPORTED[where]
    app.write(USE + after, init=before + INIT.format(more="".join(f", {key}={value!r}" for key, value in more.items())))
    run = app.run(environ=app.environ(USER=USER, MAIL=MAIL))
    assert (run.code, run.out, run.err) == (0, "", "")
    messages = [event for event in app.items() if "exception" not in event]
    (error,) = (event for event in app.items() if "exception" in event)
    return messages[-1], error


@pytest.mark.parametrize("where", IMPORTED)
def test_under_strict_only_what_the_program_is(app, where):
    """Wherever the SDK is imported, its functions send types and frames, and nothing that ran through them."""
    message, error = use(app, where)
    assert "<?>" in message["logentry"]["formatted"]
    for event in (message, error):
        assert event["release"] == "frob@1.4.2"
        assert event["tags"] == {"subcommand": "watch"}
        assert not {"user", "extra", "breadcrumbs", "server_name", "modules"} & set(event)
        assert set(event["contexts"]) <= {"runtime", "os", "trace"}
    (value,) = error["exception"]["values"]
    assert value["type"] == "ValueError"
    assert "<?>" in value["value"]
    assert value["stacktrace"]["frames"][-1]["function"] == "use"
    for word in (USER, str(app.home), MAIL):
        assert not any(word.encode() in raw for raw in app.raw())


def test_under_standard_text_leaves_after_the_rules(app):
    """Messages, tags, contexts and breadcrumbs lose this machine's home and user, and keep the rest."""
    message, error = use(app, policy="standard")
    for text in (
        message["logentry"]["formatted"],
        message["tags"]["customer"],
        error["tags"]["customer"],
        error["contexts"]["order"]["note"],
        error["exception"]["values"][0]["value"],
        error["breadcrumbs"]["values"][-1]["message"],
    ):
        assert text.startswith("cannot read ")
        assert text.endswith("/notes.txt of [user]")
    assert error["tags"]["subcommand"] == "watch"
    assert "extra" not in error
    assert "vars" not in error["exception"]["values"][0]["stacktrace"]["frames"][-1]
    for word in (USER, str(app.home), MAIL):
        assert not any(word.encode() in raw for raw in app.raw())


def test_under_verbose_variables_leave_too(app):
    """Variables and extra leave after the rules."""
    message, error = use(app, policy="verbose")
    assert message["extra"]["answer"].endswith("/notes.txt of [user]")
    assert error["exception"]["values"][0]["stacktrace"]["frames"][-1]["vars"]["text"].endswith("/notes.txt of [user]'")
    for word in (USER, str(app.home)):
        assert not any(word.encode() in raw for raw in app.raw())


@pytest.mark.parametrize("load", ["auto", "eager"])
def test_the_sdk_is_loaded_when_it_is_used(app, load):
    """After a yes the SDK is imported at its first use, or at init where the author said so."""
    run = app.crash(
        """
        import sys
        heavy = {"sentry_sdk", "attr", "cattrs", "urllib3", "scrubbing.sentry", "scrubbing.schema"}
        print(sorted(heavy & set(sys.modules)))
        with telemetry.command("watch"):
            pass
        print("sentry_sdk" in sys.modules)
        telemetry.capture_message("now")
        print("sentry_sdk" in sys.modules)
        """,
        more=f", load={load!r}",
    )
    loaded, after_command, after_use = run.out.splitlines()
    if load == "auto":
        assert (loaded, after_command, after_use) == ("[]", "False", "True")
    else:
        assert "'sentry_sdk'" in loaded
    assert len(app.items()) == 1


@pytest.mark.parametrize("name", ["sentry_sdk", "tkinter", "asyncio", "threading"])
def test_a_watched_module_is_as_if_nobody_had_watched(app, name):
    """Loader, spec and origin of a module that was watched are the ones Python gives it."""
    look = f"""
        import {name} as module, sys
        print(type(module.__spec__.loader).__name__, type(module.__loader__).__name__, module.__spec__.loader is
              module.__loader__, module.__spec__.origin, getattr(module.__spec__, "_initializing", False))
        import importlib
        importlib.reload(module)
        print(type(module.__loader__).__name__, [type(finder).__name__ for finder in sys.meta_path][-3:])
    """
    watched = app.crash(look)
    plain = app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert watched == plain
    assert watched.out.startswith("SourceFileLoader SourceFileLoader True ")


HOST = """
import sentry_sdk
sentry_sdk.init(dsn=os.environ["HOST_DSN"], release=os.environ["HOST_RELEASE"], default_integrations=False)
sentry_sdk.set_tag(os.environ["HOST_TAG"], os.environ["HOST_VALUE"])
sentry_sdk.set_user({"id": os.environ["HOST_USER"]})
sentry_sdk.add_breadcrumb(message=os.environ["HOST_CRUMB"])
client = sentry_sdk.get_client()
transport, options = client.transport, dict(client.options)
"""
BESIDE = """
same = sentry_sdk.get_client() is client and client.transport is transport and client.options == options
print(same)
sentry_sdk.capture_message(os.environ["HOST_MESSAGE"])
telemetry.capture_message("of ours")
try:
    int(os.environ["PLANTED"])
except ValueError as error:
    telemetry.capture_exception(error)
telemetry.flush(3)
sentry_sdk.flush(3)
"""


#: What only the host says; none of it stands in the source.
HOSTS = {
    "HOST_TAG": "hosttag",
    "HOST_VALUE": "hostvalue",
    "HOST_USER": "hostuser",
    "HOST_CRUMB": "hostcrumb",
    "HOST_RELEASE": "host@1",
    "HOST_MESSAGE": "of the host",
}


def hosted(app, body, **how):
    """Run a program in which somebody else's Sentry runs; what arrived at theirs."""
    with Faulty() as theirs:
        app.write(body, **how)
        run = app.run(environ=app.environ(HOST_DSN=theirs.dsn, **HOSTS))
        theirs.wait(1, 0.2)
        return run, list(theirs.bodies)


@pytest.mark.parametrize("policy", ["strict", "standard"])
def test_somebody_elses_client_is_left_alone(app, policy):
    """In a process whose Sentry runs, the host's events go to the host and ours to us, with nothing of the other."""
    run, theirs = hosted(app, BESIDE, init=HOST + INIT.format(more=f", policy={policy!r}"))
    assert run.out == "True\n"
    assert len(theirs) == 1
    for word in HOSTS.values():
        assert word.encode() in theirs[0]
    assert not any(b"of ours" in body or b"frob@1.4.2" in body for body in theirs)
    assert len(app.items()) == 2
    for word in HOSTS.values():
        assert not any(word.encode() in raw for raw in app.raw())


def test_isolated_is_isolated_without_a_host_too(app):
    """With ``isolated=True`` the SDK's functions speak to nobody, and telemetry's own to us."""
    app.crash(
        """
        import sentry_sdk
        print(sentry_sdk.get_client().is_active())
        sentry_sdk.set_tag("customer", "7731")
        sentry_sdk.capture_message("to nobody")
        telemetry.capture_message("to us")
        """,
        more=", isolated=True, policy='standard'",
    )
    assert [event["logentry"]["formatted"] for event in app.items()] == ["to us"]
    assert "tags" not in app.items()[0] or "customer" not in app.items()[0]["tags"]


def test_a_host_that_starts_later_is_said_in_status(app):
    """Where somebody calls `sentry_sdk.init` after us, status says so, and our crashes still arrive at ours."""
    run, theirs = hosted(
        app,
        HOST
        + """
print(telemetry.status()["problems"])
sentry_sdk.capture_message(os.environ["HOST_MESSAGE"])
sentry_sdk.flush(3)
with telemetry.command("watch"):
    raise ValueError(os.environ["PLANTED"])
""",
        init=INIT.format(more="") + "telemetry.capture_message('start')\nprint(telemetry.status()['problems'])\n",
    )
    before, after = run.out.splitlines()
    assert before == "[]"
    assert "sentry_sdk.init was called again" in after
    assert any(b"of the host" in body for body in theirs)
    crash = app.items()[-1]
    assert crash["exception"]["values"][0]["type"] == "ValueError"
    assert crash["tags"] == {"subcommand": "watch"}
    for word in (*HOSTS.values(), PLANTED):
        assert not any(word.encode() in raw for raw in app.raw())


def test_one_init_for_an_app_and_an_own_client_for_another(app):
    """A second init of one app raises; another app in the same process has a client, a server and files of its own."""
    with Faulty() as other:
        app.write(
            """
            try:
                scrubbing.init(dsn=None, app="frob", release="1.4.2")
            except scrubbing.errors.ConfigurationError as error:
                print(error)
            plugin = scrubbing.init(dsn=os.environ["OTHER_DSN"], app="plug", release="2", enabled=True)
            telemetry.capture_message("frob's")
            plugin.capture_message("plug's")
            try:
                int(os.environ["PLANTED"])
            except ValueError as error:
                telemetry.capture_exception(error)
                plugin.capture_exception(error)
            plugin.close()
            plugin = scrubbing.init(dsn=os.environ["OTHER_DSN"], app="plug", release="2", enabled=True)
            plugin.capture_message("again")
            """
        )
        run = app.run(environ=app.environ(OTHER_DSN=other.dsn, PLUG_TELEMETRY="on"))
        assert run.out == "app: expected one init for 'frob' in this process; close() the first\n"
        assert run.err == ""
        assert other.wait(3)
        assert [event["release"] for event in app.items()] == ["frob@1.4.2"] * 2
        assert [b"plug@2" in body for body in other.bodies] == [True] * 3
