"""``log`` and ``show``, looking back: real programs send, fail, expire, are told no, and the user reads of it."""

from __future__ import annotations

import json
import re

import pytest
from homes import EXAMPLES
from servers.faulty import Faulty

from scrubbing import files
from scrubbing.outbox import history
from scrubbing.outbox.history import History
from scrubbing.outbox.store import Outbox

REPORTS = """
import sys, time, scrubbing
telemetry = scrubbing.init(dsn=sys.argv[1], app="frob", release="1.4.2", enabled=True)
telemetry.capture_message("hello")
telemetry.flush(10)
"""


def said(home, *arguments):
    ran = home.scrubbing("log", *arguments)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def report(home, mode):
    with Faulty(mode) as server:
        ran = home.run("-c", REPORTS, server.dsn, FROB_TELEMETRY="on")
        assert (ran.returncode, ran.stderr) == (0, "")
        return server.bodies


def test_without_anything_it_says_so(home):
    """A sentence, the exit code of a success, and no file."""
    code, out = said(home)
    assert (code, home.tree()) == (0, {})
    assert "nothing waits" in out
    assert json.loads(said(home, "--json")[1]) == []


def test_what_was_sent_is_told_and_can_be_read(home):
    """The line of what a server took names an id by which ``show`` prints the bytes that the server got."""
    (body,) = report(home, "ok")
    code, out = said(home)
    assert code == 0
    assert "sent, and the server took it (200)" in out
    (id_,) = re.findall(r"\b[0-9a-f]{16}\b", out)
    assert home.scrubbing("show", id_, binary=True).stdout == body
    (one,) = json.loads(said(home, "--json")[1])
    assert (one["id"], one["what"], one["detail"], one["purpose"]) == (id_, "sent", "200", "crashes")
    assert b"hello" not in home.tree()[home.places.history]


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("413", "refused, not kept: the server finds it too large (http:413)"),
        ("500", "refused, not kept: the server failed on it (http:500)"),
        ("503", "waits to be sent"),
        ("reset", "waits to be sent"),
    ],
)
def test_what_a_server_does_is_told(home, mode, told):
    """Its answer, in a sentence and in its own word; or that it waits."""
    report(home, mode)
    assert told in said(home)[1]


def test_a_report_that_is_gone_is_told_of(home):
    """``show`` of what lies here no more says what became of it."""
    report(home, "413")
    (one,) = json.loads(said(home, "--json")[1])
    ran = home.scrubbing("show", one["id"])
    assert ran.returncode == 2
    assert "it lies here no more" in ran.stderr
    assert "http:413" in ran.stderr
    assert "http:413" in said(home, one["id"])[1]


def test_another_id_is_wrong_use(home):
    """Nothing is known of it."""
    report(home, "413")
    ran = home.scrubbing("log", "0" * 16)
    assert ran.returncode == 2
    assert "nothing is known" in ran.stderr


def test_what_expires_while_somebody_looks_is_told_at_once(home):
    """Looking is what lets go of it."""
    files.write_bytes(f"{home.places.outbox}/{7:017d}.crashes.error.0.{'a' * 16}.envelope", b"{}\n{}\n")
    assert "expired" in said(home)[1]


def test_a_no_is_told_where_something_was_before(home):
    """After ``off`` what was sent is still told, and what waited was erased; nothing makes a file where none was."""
    home.put(1)
    home.scrubbing("off")
    assert home.places.history not in home.tree()
    home.scrubbing("on")
    report(home, "ok")
    home.put(2)
    home.scrubbing("off")
    told = [one.what for one in History(home.places.history).told()]
    assert told == ["sent", "erased", "erased"]
    assert said(home)[1].count("erased, not sent: the yes was taken back") == 2


def test_an_app_s_own_no_is_told_too(home):
    """The verb mounted in an app, and ``set_consent``, leave the same lines."""
    report(home, "ok")
    home.put(1)
    home.run(str(EXAMPLES / "argparse_app.py"), "telemetry", "off")
    assert [one.what for one in History(home.places.history).told()] == ["sent", "erased"]


def test_every_word_has_a_sentence(home):
    """Whatever became of an envelope, a person can read it."""
    entry, _ = home.put(1)[0]
    kept = History(home.places.history)
    kept.note(entry, history.SENT, "200")
    for word in history.WORDS:
        kept.note(entry, word, "http:500" if word == history.REFUSED else "")
    code, out = said(home)
    assert code == 0
    assert len(out.splitlines()) == len(history.WORDS) + 3  # one was there, one waits, and what `show` does


def test_a_damaged_history_is_said(home):
    """A directory in its place: the exit code of a failure, and a note that names the file."""
    files.make_directory(home.places.history)
    ran = home.scrubbing("log")
    assert ran.returncode == 1
    assert "history" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_stuffed_outbox_is_said(home):
    """Where somebody else's files are too many, ``log`` and ``status`` say so."""
    Outbox(home.places.outbox, drop=str).put(b"{}\n", purpose="crashes", category="error")
    for number in range(4200):
        with open(f"{home.places.outbox}/{number}", "w"):
            pass
    for verb in ("log", "show"):
        ran = home.scrubbing(verb)
        assert ran.returncode == 1
        assert "holds more than" in ran.stderr
    assert "holds more than" in home.scrubbing("status").stdout
