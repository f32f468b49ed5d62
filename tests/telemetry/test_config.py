"""Bad input: the author's mistakes raise at init with what was expected and what came; damaged files mean off."""

from __future__ import annotations

import json
import os

import pytest
from preludes import environ_with

import scrubbing
from scrubbing.errors import ConfigurationError, ScrubbingError

KEY = "5ecre7key"
GOOD = {"dsn": f"https://{KEY}@errors.example.org/7", "app": "frob", "release": "1.4.2"}

DSNS = [
    "nonsense",
    "errors.example.org/7",
    "https://errors.example.org/7",
    f"https://{KEY}@/7",
    f"https://{KEY}@errors.example.org",
    f"https://{KEY}@errors.example.org/",
    f"https://{KEY}@errors.example.org:99999/7",
    f"https://{KEY}@errors.example.org:port/7",
    f"https://{KEY}@errors example.org/7",
    f"https://{KEY}@errors.example.org/7\n",
    f" https://{KEY}@errors.example.org/7",
    f"https://{KEY}:pass word@errors.example.org/7",
    f"https://{KEY},sentry_key=x@errors.example.org/7",
    f"https://{KEY}@[::1/7",
    f"https://{KEY}@érrors.example.org/7",
    f"http://{KEY}@errors.example.org/7",
    f"ftp://{KEY}@errors.example.org/7",
    f"//{KEY}@errors.example.org/7",
    7,
    True,
    GOOD["dsn"].encode(),
    [GOOD["dsn"]],
]
#: The argument, what it was, and what the message names besides.
MISTAKES = [
    *(("app", app) for app in ("a/b", "a\\b", "", "1app", "x" * 65, "two words", "../frob", "é", None, 7, "frob\n")),
    *(("enabled", value) for value in ("yes", 1, 0, [], {"crash": "on"}, {"crashes": "maybe"}, {"crashes": 1})),
    *(("policy", value) for value in ("open", "/nowhere/policy.toml", 7, ["strict"], {"preset": "strict"})),
    *(("packages", value) for value in ("frob", 7, [7], [""], [None])),
    *(("commands", value) for value in ("watch", 7, ["with/slash"], [""], [7], ["é"], ["x" * 65], ["line\n"])),
    *(("isolated", value) for value in ("yes", 2, [])),
    *(("load", value) for value in ("lazy", None, True, "")),
    *(("dev_ok", value) for value in ("no", 1, None)),
    *(("release", value) for value in ("", None, 1.4, "latest", "other@1.0", "1.4\n")),
    *(("environment", value) for value in ("a/b", "none", "", 7)),
    *(("before_send", value) for value in ("hook", 7)),
    *(("integrations", value) for value in (7, ["threading"], "threading")),
    *(("sample_rate", value) for value in ("half", [], True)),
    *(("max_breadcrumbs", value) for value in ("many", [7])),
    *(("transport", value) for value in ("mine", object())),
    *(("debug", value) for value in (True, "yes")),
    *(("colour", value) for value in ("blue", None)),
]


async def later():
    """Not a function that returns at once."""


@pytest.mark.parametrize("dsn", DSNS, ids=repr)
def test_a_malformed_dsn_raises_and_is_not_repeated(dsn):
    """The message says what was expected and what is wrong; the key would end up in somebody's log."""
    with pytest.raises(ConfigurationError, match=r"expected .*got") as caught:
        scrubbing.init(**{**GOOD, "dsn": dsn})
    assert KEY not in str(caught.value)
    assert "example.org" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("name", "value"), MISTAKES, ids=lambda one: repr(one).partition(" at 0x")[0])
def test_a_mistake_raises_with_its_name(name, value):
    """Each argument's mistake raises at once, whatever the user said, and leaves nothing started."""
    with pytest.raises(ConfigurationError, match=f"^{name}") as caught:
        scrubbing.init(**{**GOOD, "enabled": False, name: value})
    assert isinstance(caught.value, (ScrubbingError, ValueError))
    assert KEY not in str(caught.value)
    scrubbing.init(**GOOD).close()


def test_an_async_setting_is_refused():
    """A coroutine would be true, and nobody would have said yes."""
    with pytest.raises(ConfigurationError, match="async"):
        scrubbing.init(**GOOD, enabled=later)


@pytest.mark.parametrize("name", ["", "with/slash", "1st", "x" * 65, "é", None, 7, "line\n", "-x", " x"])
def test_a_command_that_cannot_be_tagged_is_refused(name):
    """A command's name is what servers keep as a tag."""
    telemetry = scrubbing.init(**GOOD)
    try:
        with pytest.raises(ConfigurationError, match=r"^command: expected"):
            telemetry.command(name)
    finally:
        telemetry.close()


@pytest.mark.parametrize(
    ("mode", "purposes"), [("yes", None), ("", None), (None, None), (True, None), ("on", ["crash"]), ("on", ["spam"])]
)
def test_a_choice_that_is_none_is_refused(app, mode, purposes):
    """Modes and purposes are the ones there are; nothing is stored."""
    app.write(
        f"try:\n    telemetry.set_consent({mode!r}, {purposes!r})\n"
        "except scrubbing.errors.ConfigurationError as error:\n    print('refused')\n"
    )
    run = app.run(environ=app.environ(FROB_TELEMETRY="off"))
    assert (run.out, run.err) == ("refused\n", "")
    assert not (app.home / ".config").exists()


def test_required_arguments_are_required():
    """Nothing is guessed: neither the app nor its release nor where to."""
    for name in GOOD:
        with pytest.raises(TypeError, match=name):
            scrubbing.init(**{key: value for key, value in GOOD.items() if key != name})


CHOICE = ".config/scrubbing/frob/choice"
EVERYONE = ".config/scrubbing/everyone"
SAYS = """
import json
status = telemetry.status()
(decides,) = [row for row in status["why"] if row["decides"]]
print(json.dumps([status["modes"]["crashes"], decides["row"], [*status["problems"], decides["note"]]]))
raise ValueError(os.environ["PLANTED"])
"""
YES = "version = 1\ndate = 2026-11-22\nwho = test\ncrashes = on\nusage = on\n"


def written(text, mode=0o600):
    def write(path):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)

    return write


#: What can be where a file of lines should be.
DAMAGES = {
    "garbage": written("crashes: on\n"),
    "nothing of ours": written("<html></html>"),
    "NUL": written(b"\0" * 100),
    "no UTF-8": written(b"crashes = \xff\n"),
    "too large": written(YES + "#" * 70_000),
    "an unknown mode": written(YES.replace("crashes = on", "crashes = maybe")),
    "an unknown key": written(YES + "colour = blue\n"),
    "everybody's": written(YES, 0o666),
    "a directory": lambda path: path.mkdir(),
    "a pipe": lambda path: os.mkfifo(path, 0o600),
    "a link to itself": lambda path: path.symlink_to(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("file", [CHOICE, EVERYONE])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_means_off_and_is_said(app, file, damage):
    """Whatever is wrong with it, nothing is sent or stored, and status names the file."""
    path = app.home / file
    path.parent.mkdir(parents=True, mode=0o700)
    DAMAGES[damage](path)
    app.write(SAYS)

    run = app.run()

    mode, decides, problems = json.loads(run.out)
    assert (mode, decides) == ("off", "stored" if file == CHOICE else "everyone")
    assert str(path) in " ".join(problems)
    assert run.err.endswith("ValueError: hunter2\n")
    assert app.raw() == []
    assert not (app.home / ".local").exists()


def test_a_whole_choice_is_taken(app):
    """The control: the same file undamaged is a yes."""
    path = app.home / CHOICE
    path.parent.mkdir(parents=True, mode=0o700)
    written(YES)(path)
    app.write(SAYS.replace("enabled=True", "enabled=None"))
    run = app.run(environ=app.environ(FROB_TELEMETRY=None))
    assert json.loads(run.out)[:2] == ["on", "yes"]
    assert len(app.items()) == 1


#: A machine that knows an account's home, or none.
ACCOUNT = """
import os, pwd
class Account:
    pw_dir, pw_name, pw_gecos = os.environ["ACCOUNT_HOME"], "zaphod", ""
pwd.getpwuid = lambda uid: Account
"""
NOBODY = """
import pwd
def nobody(uid):
    raise KeyError(uid)
pwd.getpwuid = nobody
"""
CHOOSES = """
try:
    telemetry.set_consent("on")
    print("stored")
except OSError as error:
    print(type(error).__name__, os.environ.get("HOME", "HOME") in str(error))
try:
    telemetry.set_consent("off")
except OSError:
    pass
print(telemetry.status()["modes"]["crashes"], telemetry.capture_message("after"))
"""


def test_without_home_the_account_tells_it(app):
    """Where HOME is not set, files are where the account's home is."""
    app.write(SAYS)
    environ = environ_with(app, ACCOUNT, HOME=None, ACCOUNT_HOME=str(app.home))
    run = app.run(environ=environ)
    assert json.loads(run.out)[:2] == ["on", "yes"]
    assert len(app.items()) == 1


@pytest.mark.parametrize("home", [None, "/proc/nowhere", "/dev/null", ""])
def test_without_a_home_that_can_be_written_nothing_is_kept_or_sent(app, home):
    """What cannot be counted is not sent; the app ends as ever, and status can be asked."""
    app.write(SAYS)
    environ = environ_with(app, NOBODY, HOME=home)

    run = app.run(environ=environ)

    silent = app.run(environ={**environ, "FROB_TELEMETRY": "off"})
    assert (run.code, run.err) == (silent.code, silent.err)
    assert json.loads(run.out)[:2] == ["on", "yes"]
    assert app.server.received == []


@pytest.mark.parametrize("home", [None, "/proc/nowhere"])
def test_a_choice_that_cannot_be_stored_raises_and_holds(app, home):
    """An app hears that a choice was not stored, and an off counts all the same for this run."""
    app.write(CHOOSES)
    run = app.run(environ=environ_with(app, NOBODY, HOME=home))
    first, last = run.out.splitlines()
    assert first != "stored"
    assert first.endswith("True")
    assert last == "off None"
    assert run.err == ""
    assert app.server.received == []
