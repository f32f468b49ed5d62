"""Every way a server can fail: what is lost, what is kept, how long the app waits. The table is that of the docs."""

from __future__ import annotations

import os
import pathlib
import socket
import threading
import time

import pytest
from servers.certificates import certificate
from servers.faulty import Faulty
from settings import Setting

from scrubbing.outbox.http import HttpOptions

DOCS = pathlib.Path(__file__).parents[2] / "docs/outbox.md"
#: Seconds a flush of 0.3 s may take on a busy machine.
GENEROUS = 1.5

KEPT, SENT, UNKNOWN = "waits", "sent", "lost: may have arrived, and may go once only"
BROKEN = (KEPT, UNKNOWN)


def refused(status):
    return (f"lost: http:{status}", f"lost: http:{status}")


#: How the server fails: the mode of the test server, what becomes of an event, and of a session.
FAULTS = {
    "nobody listens": ("refuse", (KEPT, KEPT)),
    "the connection is taken and nothing read": ("black hole", BROKEN),
    "reset at the request's first byte": ("cut request 1", BROKEN),
    "reset within the request's headers": ("cut request 60", BROKEN),
    "reset within the request's body": ("cut request 20000", BROKEN),
    "reset before the answer": ("reset", BROKEN),
    "reset within the answer's first line": ("cut answer 7", BROKEN),
    "reset within the answer's headers": ("cut answer 30", BROKEN),
    "reset within the answer's body": ("cut answer 75", (SENT, SENT)),
    "half of the answer's body, then the end": ("half", (SENT, SENT)),
    "no answer": ("mute", BROKEN),
    "an answer of a byte now and then": ("drip", BROKEN),
    "a slow answer": ("slow", (SENT, SENT)),
    "an answer that is no HTTP": ("garbage", BROKEN),
    "200": ("ok", (SENT, SENT)),
    "301 to elsewhere": ("301", refused(301)),
    "400": ("400", refused(400)),
    "403": ("403", refused(403)),
    "413": ("413", refused(413)),
    "429": ("429", refused(429)),
    "500": ("500", refused(500)),
    "502": ("502", (KEPT, "lost: http:502")),
    "503": ("503", (KEPT, KEPT)),
    "504": ("504", (KEPT, "lost: http:504")),
}
#: The same where no connection comes to be that could be trusted.
UNTRUSTED = (
    "a certificate that expired",
    "a certificate for another host",
    "a certificate nobody trusts",
    "no TLS where it is expected",
    "a name that does not exist",
    "a name server that never answers",
)
EITHER = {"event": ("crashes", "error", 0), "session": ("usage", "session", 1)}
BODY = os.urandom(60_000)


@pytest.fixture
def setting(tmp_path):
    setting = Setting(tmp_path / "state")
    yield setting
    setting.close()


def outcome(setting):
    """What became of the one envelope, in the words of the table."""
    if setting.outbox.waiting():
        assert (setting.became(), setting.dropped) == ([], [])
        return KEPT
    ((what, detail),) = setting.became()
    if what == "sent":
        assert setting.dropped == []
        return SENT
    assert setting.dropped == [detail]
    return UNKNOWN if what == "unanswered" else f"lost: {detail}"


def at_the_end(setting, dsn, **options):
    """The seconds the end of an app takes, which gives it 0.3 s; then the thread comes to its end."""
    uploader = setting.uploader(dsn, options=HttpOptions(**{"connect": 0.3, "total": 0.8, **options}))
    uploader.start()
    began = time.monotonic()
    uploader.flush(0.3)
    took = time.monotonic() - began
    uploader.flush(5)
    return took


@pytest.mark.parametrize("kind", EITHER)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_becomes_of_an_envelope(setting, fault, kind):
    """As the table says; the app waits no longer than it wants to; no redirect is followed; nothing goes twice."""
    mode, outcomes = FAULTS[fault]
    purpose, category, column = EITHER[kind]
    setting.put(BODY, purpose=purpose, category=category)
    with Faulty(mode, headers={"Location": "/elsewhere/"} if mode == "301" else None) as server:
        assert at_the_end(setting, server.dsn) < GENEROUS
        assert outcome(setting) == outcomes[column]
        if kind == "session":
            assert len(server.received) <= 1 or outcomes[column] == KEPT
        server.mode = "ok"
        setting.close()
        before = len(server.received)
        assert setting.uploader(server.dsn).flush(5)
        assert [one.body for one in server.received[before:]] == ([BODY] if outcomes[column] == KEPT else [])


@pytest.mark.parametrize("kind", EITHER)
def test_a_reset_before_the_request_is_seen_in_time_or_too_late(setting, kind):
    """Where it is seen before the first byte nobody can have got any, and both kinds wait; else it is as above."""
    purpose, category, column = EITHER[kind]
    setting.put(BODY, purpose=purpose, category=category)
    with Faulty("cut request 0") as server:
        assert at_the_end(setting, server.dsn) < GENEROUS
        assert outcome(setting) in (KEPT, BROKEN[column])
        assert not any(one.body for one in server.received)


def never(*args, **named):
    time.sleep(60)


@pytest.mark.parametrize("kind", EITHER)
@pytest.mark.parametrize("fault", UNTRUSTED)
def test_nothing_is_said_where_nobody_can_be_trusted(setting, tmp_path, monkeypatch, fault, kind):
    """Before the first byte of the request: both kinds wait, and nobody got a byte of either."""
    purpose, category, _ = EITHER[kind]
    setting.put(BODY, purpose=purpose, category=category)
    base = tmp_path / "tls"
    base.mkdir()
    name = "DNS:errors.example.org" if "another host" in fault else "IP:127.0.0.1"
    cert, context = certificate(base, name=name, days=-1 if "expired" in fault else 2)
    trusted = {} if "nobody trusts" in fault else {"ca_certs": cert}
    with Faulty(tls=None if "no TLS" in fault else context) as server:
        dsn = f"https://publickey@127.0.0.1:{server.port}/7"
        if "name" in fault:
            dsn, trusted = "https://publickey@errors.invalid/7", {}
        if "never answers" in fault:
            monkeypatch.setattr(socket, "getaddrinfo", never)
        assert at_the_end(setting, dsn, **trusted) < GENEROUS
        assert server.received == []
        assert outcome(setting) == KEPT


def test_the_control_trusts_the_right_certificate(setting, tmp_path):
    """With the same certificate, good and trusted, the envelope arrives: the faults above are what keeps it."""
    cert, context = certificate(tmp_path)
    setting.put(BODY)
    with Faulty(tls=context) as server:
        at_the_end(setting, server.dsn, ca_certs=cert, connect=2, total=5)
        assert outcome(setting) == SENT


def test_a_name_server_that_never_answers_does_not_hold_the_lock(setting, monkeypatch):
    """A look-up is left behind after the total time: the next process may upload while it hangs."""
    setting.put(BODY)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    setting.uploader("https://publickey@errors.invalid/7", options=HttpOptions(connect=0.3, total=0.5)).flush(5)
    monkeypatch.undo()
    dials = [thread for thread in threading.enumerate() if thread.name == "scrubbing-dial"]
    assert dials
    assert all(thread.daemon for thread in dials)
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
        assert server.bodies == [BODY]


FORMS = {
    "nothing": ({}, 60),
    "Retry-After in seconds": ({"Retry-After": "30"}, 30),
    "Retry-After as a date": ({"Retry-After": "DATE"}, 40),
    "Retry-After that is neither": ({"Retry-After": "soon"}, 60),
    "Retry-After below nothing": ({"Retry-After": "-5"}, 60),
    "Retry-After without end": ({"Retry-After": "99999999"}, 86400),
    "Sentry's header": ({"X-Sentry-Rate-Limits": "50:error:key"}, 50),
    "Sentry's header for all": ({"X-Sentry-Rate-Limits": "50::organization"}, 50),
    "Sentry's header before the other": ({"X-Sentry-Rate-Limits": "50:error:key", "Retry-After": "5"}, 50),
    "Sentry's header, two limits": ({"X-Sentry-Rate-Limits": "5:session:key, 50:default;error:key:reason:a;b"}, 50),
    "Sentry's header, which is none": ({"X-Sentry-Rate-Limits": "yes"}, 60),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_limit_is_kept_in_each_form(setting, form):
    """A 429's envelope is lost and counted; the next one waits as long as was asked, in this run and the next."""
    headers, seconds = FORMS[form]
    at = time.time()
    date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(at + 40))
    headers = {name: value.replace("DATE", date) for name, value in headers.items()}
    setting.put(b"first")
    setting.put(b"second")
    with Faulty("429", headers=headers) as server:
        assert setting.uploader(server.dsn, clock=lambda: at).flush(5)
        server.mode, server.headers = "ok", {}
        for ahead in (seconds - 3, seconds + 3):
            setting.close()
            assert setting.uploader(server.dsn, clock=lambda ahead=ahead: at + ahead).flush(5)
            assert server.bodies == [b"first", b"second"][: 1 if ahead < seconds else 2]
    assert setting.dropped == ["http:429"]


def test_the_docs_have_this_table():
    """What the page says of each fault is what the tests hold."""
    rows = [f"| {fault} | {event} | {session} |" for fault, (_, (event, session)) in FAULTS.items()]
    rows += [f"| {fault} | {KEPT} | {KEPT} |" for fault in UNTRUSTED]
    page = DOCS.read_text()
    assert [row for row in rows if row not in page] == []
