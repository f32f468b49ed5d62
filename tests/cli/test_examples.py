"""The examples run as they stand, as a user would run them, in a home of their own."""

from __future__ import annotations

import pytest
from homes import APPS, EXAMPLES

from scrubbing.receiver import Receiver


@pytest.fixture
def receiver():
    with Receiver() as one:
        yield one


#: The same program, which for once has more to do than to end at once.
STAYS = """
import os, scrubbing
scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True).flush(30)
"""


def _arrived(home, receiver, *again):
    """The crash; a busy machine may miss the moment at exit, then it comes at one of the next starts."""
    for _ in range(5):
        if receiver.events:
            break
        home.run(*again, FROB_DSN=receiver.dsn, FROB_REPORTS="yes")
        receiver.wait_for(len(receiver.envelopes) + 1, 1)
    else:  # too busy for every one of them
        home.run("-c", STAYS, FROB_DSN=receiver.dsn)
    return receiver.events


@pytest.mark.parametrize("app", APPS)
def test_nothing_is_sent_before_a_yes(home, receiver, app):
    """The crash is shown to the user as ever, and that is all."""
    ran = home.run(APPS[app][0], "watch", "folder", FROB_DSN=receiver.dsn)
    assert ran.returncode == 1
    assert "LookupError" in ran.stderr
    assert receiver.envelopes == ()
    assert home.tree() == {}


@pytest.mark.parametrize("app", APPS)
def test_a_crash_arrives_after_a_yes(home, receiver, app):
    """It has its release and command, and not its user's folder."""
    home.run(*APPS[app], "on", FROB_DSN=receiver.dsn)
    ran = home.run(APPS[app][0], "watch", str(home.path / "Documents"), FROB_DSN=receiver.dsn)
    assert ran.returncode == 1
    (event,) = _arrived(home, receiver, APPS[app][0], "--help")
    assert (event["release"], event["tags"]) == ("frob@1.4.2", {"subcommand": "watch"})
    assert event["exception"]["values"][0]["type"] == "LookupError"
    assert b"Documents" not in b"".join(one.data for one in receiver.envelopes)
    assert b"quillfeather" not in b"".join(one.data for one in receiver.envelopes)


@pytest.mark.parametrize("app", APPS)
def test_a_crash_after_a_no_stays(home, receiver, app):
    """Off is off."""
    home.run(*APPS[app], "on", FROB_DSN=receiver.dsn)
    home.run(*APPS[app], "off", FROB_DSN=receiver.dsn)
    home.run(APPS[app][0], "watch", "folder", FROB_DSN=receiver.dsn)
    assert receiver.events == []
    assert home.waiting() == []


@pytest.mark.parametrize(("setting", "events"), [({}, 0), ({"FROB_REPORTS": "no"}, 0), ({"FROB_REPORTS": "yes"}, 1)])
def test_the_single_file_goes_by_its_setting(home, receiver, setting, events):
    """Nothing said and a no send nothing, a yes sends the crash."""
    script = str(EXAMPLES / "single_file.py")
    ran = home.run(script, "folder", FROB_DSN=receiver.dsn, **setting)
    assert ran.returncode == 1
    assert "LookupError: folder is too full" in ran.stderr
    if not events:
        assert receiver.envelopes == ()
        return
    event, *_ = _arrived(home, receiver, script, "folder")
    assert event["exception"]["values"][0]["stacktrace"]["frames"][-1]["function"] == "main"
