"""The uploader against a real server that behaves in every way it can: what arrives, stays, or is lost and counted."""

from __future__ import annotations

import ast
import inspect
import os
import pathlib
import re
import socket
import threading
import time

import pytest
from servers.certificates import certificate
from servers.faulty import Faulty
from settings import Setting

from scrubbing import files
from scrubbing.errors import Refused
from scrubbing.outbox import http
from scrubbing.outbox.http import HttpOptions
from scrubbing.outbox.store import Outbox


@pytest.fixture
def setting(tmp_path):
    setting = Setting(tmp_path / "state")
    yield setting
    setting.close()


def test_a_waiting_envelope_arrives(setting):
    """What was put is posted as Sentry's protocol says, and removed once the server has it."""
    setting.put(b"envelope\n")
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
    (request,) = server.received
    assert request.body == b"envelope\n"
    assert request.path == "/api/7/envelope/"
    auth = "Sentry sentry_version=7, sentry_client=scrubbing/0.0.1, sentry_key=publickey"
    assert request.headers["x-sentry-auth"] == auth
    assert request.headers["content-type"] == "application/x-sentry-envelope"
    assert request.headers["content-encoding"] == "gzip"
    assert request.headers["user-agent"] == "scrubbing/0.0.1"
    known = {"host", "content-length", "accept-encoding", "connection"}
    assert set(request.headers) <= known | {"x-sentry-auth", "content-type", "content-encoding", "user-agent"}
    assert (setting.waiting(), setting.dropped) == ([], [])


def test_ipv6_and_paths_work(setting):
    """A server at [::1] below a path gets what is meant for it."""
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    try:
        server = Faulty(family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 loopback here")
    setting.put()
    with server:
        assert setting.uploader(server.dsn.replace("/7", "/deep/7")).flush(5)
    assert server.received[0].path == "/deep/api/7/envelope/"


def test_the_thread_sends_in_the_background(setting):
    """Started with a backlog, it sends all of it oldest first, not as a burst, and what is put later after a wake."""
    for number in range(3):
        setting.put(b"%d" % number)
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        begin = time.monotonic()
        uploader.start()
        assert server.wait(3)
        assert time.monotonic() - begin >= 0.2
        setting.put(b"3")
        uploader.wake()
        assert server.wait(4)
        assert server.bodies == [b"0", b"1", b"2", b"3"]
        assert server.connections <= 2


@pytest.mark.parametrize(
    ("mode", "kept", "dropped"),
    [
        ("ok", False, []),
        ("201", False, []),
        ("slow", False, []),
        ("half", False, []),
        ("refuse", True, []),
        ("black hole", True, []),
        ("mute", True, []),
        ("drip", True, []),
        ("reset", True, []),
        ("garbage", True, []),
        ("502", True, []),
        ("503", True, []),
        ("504", True, []),
        ("301", False, ["http:301"]),
        ("307", False, ["http:307"]),
        ("400", False, ["http:400"]),
        ("403", False, ["http:403"]),
        ("404", False, ["http:404"]),
        ("413", False, ["http:413"]),
        ("429", False, ["http:429"]),
        ("500", False, ["http:500"]),
        ("507", False, ["http:507"]),
    ],
)
def test_what_becomes_of_an_envelope(setting, mode, kept, dropped):
    """However a server behaves the envelope is delivered, kept, or lost and counted; no redirect is followed."""
    setting.put(b"envelope")
    with Faulty(mode, headers={"Location": "/elsewhere/"} if mode.startswith("3") else None) as server:
        assert setting.uploader(server.dsn).flush(5) is not kept
        assert len(server.received) == (mode not in ("refuse", "black hole"))
        assert setting.waiting() == ([b"envelope"] if kept else [])
        assert setting.dropped == dropped
        # The next start brings what was kept.
        server.mode = "ok"
        setting.uploaders[0].close()
        assert setting.uploader(server.dsn).flush(5)
        assert (b"envelope" in server.bodies) or not kept
        assert setting.waiting() == []


@pytest.mark.parametrize("mode", ["black hole", "mute", "drip"])
def test_an_exchange_ends_in_time(setting, mode):
    """A server that never answers, or drips forever, holds the thread for about the total time."""
    setting.put()
    with Faulty(mode) as server:
        begin = time.monotonic()
        assert not setting.uploader(server.dsn).flush(10)
        assert time.monotonic() - begin < 3


@pytest.mark.parametrize("mode", ["black hole", "mute", "drip"])
def test_a_flush_waits_no_longer_than_told(setting, mode):
    """However the server dawdles, flush(0.3) is back."""
    setting.put()
    with Faulty(mode) as server:
        uploader = setting.uploader(server.dsn, options=HttpOptions())
        begin = time.monotonic()
        assert not uploader.flush(0.3)
        assert time.monotonic() - begin < 1
        assert len(setting.waiting()) == 1


def test_a_flush_of_nothing_starts_nothing(setting):
    """Nothing waits: no thread, no connection, no time."""
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(0.3)
        assert not [thread for thread in threading.enumerate() if thread.name == "scrubbing-upload"]
        assert server.connections == 0


def test_after_a_failure_the_thread_backs_off(setting):
    """A server that is down is not hammered by every wake, only a flush tries at once."""
    setting.put()
    with Faulty("503") as server:
        uploader = setting.uploader(server.dsn)
        uploader.flush(5)
        for _ in range(20):
            uploader.wake()
            time.sleep(0.01)
        assert len(server.received) == 1
        server.mode = "ok"
        assert uploader.flush(5)
        assert len(server.received) == 2


def test_the_thread_comes_back_to_what_it_kept(setting):
    """After the backoff what a short outage kept is sent without anybody asking."""
    setting.put()
    with Faulty("reset") as server:
        setting.uploader(server.dsn).start()
        assert server.wait(1)
        server.mode = "ok"
        assert server.wait(2)
        assert setting.uploaders[0].flush(5)
    assert setting.waiting() == []


def test_off_stops_what_waits(setting):
    """With ten waiting and one on the wire, off lets at most that one arrive; the others are deleted and counted."""
    for number in range(11):
        setting.put(b"%d" % number)
    with Faulty("slow", delay=0.2) as server:
        uploader = setting.uploader(server.dsn)
        uploader.start()
        assert server.wait(1)
        setting.modes["crashes"] = "off"
        uploader.flush(5)
        assert server.bodies == [b"0"]
        assert setting.waiting() == []
        assert setting.dropped == ["consent"] * 10


def test_local_keeps_what_waits(setting):
    """Mode local sends nothing, deletes nothing, and costs no time at exit; on sends it later."""
    setting.put()
    setting.modes["crashes"] = "local"
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        assert uploader.flush(5)
        assert (server.connections, len(setting.waiting())) == (0, 1)
        setting.modes["crashes"] = "on"
        assert uploader.flush(5)
        assert len(server.received) == 1


def test_purposes_are_asked_for_apart(setting):
    """One purpose on, one local, one off: one arrives, one stays, one goes."""
    for purpose in ("crashes", "usage", "extra"):
        setting.put(purpose.encode(), purpose=purpose)
    setting.modes.update(usage="local", extra="off")
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
    assert (server.bodies, setting.waiting(), setting.dropped) == ([b"crashes"], [b"usage"], ["consent"])


@pytest.mark.parametrize("answer", [None, True, "ON", "yes", 1])
def test_a_mode_that_is_no_mode_is_off(setting, answer):
    """Only the word on sends."""
    setting.put()
    setting.modes["crashes"] = answer
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
        assert server.connections == 0
    assert setting.dropped == ["consent"]


def test_consent_that_raises_is_off(setting):
    """A callable that fails is no yes."""
    setting.put()
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        uploader._sender._allowed = lambda purpose: 1 / 0
        assert uploader.flush(5)
        assert server.connections == 0
    assert setting.dropped == ["consent"]


def test_consent_is_asked_before_each_envelope_and_then_the_fence(setting):
    """The order is consent, judgement, wire, for every single one."""
    seen = []
    for number in range(3):
        setting.put(b"%d" % number)
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        uploader._sender._allowed = lambda purpose: seen.append("consent") or "on"
        setting.prepare = lambda data: seen.append(data.decode()) or data + b" judged"
        assert uploader.flush(5)
    assert server.bodies == [b"0 judged", b"1 judged", b"2 judged"]
    assert [seen[seen.index(name) - 1] for name in "012"] == ["consent"] * 3


@pytest.mark.parametrize(
    ("error", "reason"), [(Refused("fence:finding", "$.message"), "fence:finding"), (KeyError("x"), "fence:error")]
)
def test_what_the_fence_refuses_is_deleted(setting, error, reason):
    """An envelope that is not let through, or cannot be judged, goes and is counted; the next one is sent."""
    setting.put(b"bad")
    setting.put(b"good")

    def prepare(data):
        if data == b"bad":
            raise error
        return data

    setting.prepare = prepare
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
    assert (server.bodies, setting.waiting(), setting.dropped) == ([b"good"], [], [reason])


@pytest.mark.parametrize(
    ("mode", "headers", "category"),
    [
        ("429", {}, "session"),
        ("429", {"Retry-After": "50"}, "session"),
        ("429", {"X-Sentry-Rate-Limits": "50:error:key"}, "error"),
        ("ok", {"X-Sentry-Rate-Limits": "50:error;default:organization"}, "error"),
        ("ok", {"X-Sentry-Rate-Limits": "50::organization"}, "session"),
    ],
)
def test_a_limited_category_waits_across_runs(setting, mode, headers, category):
    """What the server limited is not sent inside the window, by this run or the next, and costs no time at exit."""
    setting.put(b"first")
    setting.put(b"second", category=category)
    with Faulty(mode, headers=headers) as server:
        setting.uploader(server.dsn).flush(5)
        assert server.bodies == [b"first"]
        server.mode, server.headers = "ok", {}
        setting.uploaders[0].close()
        assert setting.uploader(server.dsn).flush(5)
        assert (server.bodies, setting.waiting()) == ([b"first"], [b"second"])
        later = setting.uploader(server.dsn, clock=lambda: time.time() + 70)
        assert later.flush(5)
        assert server.bodies == [b"first", b"second"]


def test_an_unlimited_category_goes_on(setting):
    """A limit for errors holds back no session."""
    setting.put(b"first")
    setting.put(b"session", purpose="usage", category="session")
    setting.put(b"second")
    with Faulty("ok", headers={"X-Sentry-Rate-Limits": "50:error:key"}) as server:
        assert setting.uploader(server.dsn).flush(5)
        assert server.bodies == [b"first", b"session"]


def test_the_thread_sends_when_a_limit_ends(setting):
    """A limit of a second delays, without anybody asking again."""
    setting.put(b"first")
    setting.put(b"second")
    with Faulty("ok", headers={"X-Sentry-Rate-Limits": "1:error:key"}) as server:
        setting.uploader(server.dsn).start()
        assert server.wait(2)


def test_limits_hold_where_they_cannot_be_written(setting):
    """Without a place for them this process still obeys."""
    setting.limits_path = None
    setting.put(b"first")
    setting.put(b"second")
    with Faulty("429") as server:
        assert setting.uploader(server.dsn).flush(5)
        assert setting.uploaders[0].flush(5)
        assert server.bodies == [b"first"]


def test_while_another_process_uploads_it_is_left_alone(setting):
    """The lock is somebody else's: nothing is sent, and it is, once the lock is free."""
    setting.put()
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        with files.locked(setting.outbox.directory):
            assert not uploader.flush(0.3)
            assert server.connections == 0
        assert uploader.flush(5)


class Stuck(Outbox):
    """An outbox in a directory that lets nothing go, as a read-only one does."""

    def remove(self, entry):
        return False


def test_what_cannot_be_removed_is_sent_once(setting):
    """A process does not send an envelope over and over when its file stays where it is."""
    setting.put()
    setting.outbox = Stuck(setting.outbox.directory, drop=setting.dropped.append)
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        assert uploader.flush(5)
        assert uploader.flush(5)
        assert len(server.received) == 1


def test_a_closed_uploader_sends_nothing(setting):
    """After close neither wake nor flush starts anything."""
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        uploader.close()
        setting.put()
        uploader.wake()
        assert not uploader.flush(0.2)
        assert server.connections == 0


def test_an_outbox_that_cannot_be_used_is_no_trouble(setting):
    """A file in its place: nothing is sent, nothing raised."""
    os.makedirs(setting.state)
    with open(setting.outbox.directory, "w"):
        pass
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        uploader.start()
        assert uploader.flush(0.3)
        assert server.connections == 0


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody signed but itself."""
    return certificate(tmp_path_factory.mktemp("tls"))


def test_tls_is_verified(setting, tls):
    """A certificate nobody trusts gets nothing; the same one, trusted by ca_certs, does."""
    cert, context = tls
    setting.put()
    with Faulty(tls=context) as server:
        assert not setting.uploader(server.dsn).flush(5)
        assert (server.received, len(setting.waiting())) == ([], 1)
        setting.uploaders[0].close()
        options = HttpOptions(connect=2, total=5, ca_certs=cert)
        assert setting.uploader(server.dsn, options=options).flush(5)
        assert len(server.received) == 1


def test_tls_that_drips_ends_in_time(setting, tls):
    """The bound on the exchange holds through TLS as well."""
    cert, context = tls
    setting.put()
    with Faulty("drip", tls=context) as server:
        begin = time.monotonic()
        options = HttpOptions(connect=0.5, total=1, ca_certs=cert)
        assert not setting.uploader(server.dsn, options=options).flush(10)
        assert time.monotonic() - begin < 4


def test_a_missing_file_of_authorities_sends_nothing(setting, tls):
    """What cannot be verified is not sent."""
    setting.put()
    with Faulty(tls=tls[1]) as server:
        options = HttpOptions(ca_certs=os.path.join(setting.state, "nothing.pem"))
        assert not setting.uploader(server.dsn, options=options).flush(5)
        assert server.received == []


class Proxy(threading.Thread):
    """Notes the first line and headers a client says to its proxy, and hangs up."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.said = b""
        self.start()

    def run(self):
        connection, _ = self.socket.accept()
        connection.settimeout(5)
        with connection:
            while b"\r\n\r\n" not in self.said:
                self.said += connection.recv(4096)
        self.socket.close()


@pytest.mark.parametrize("how", ["https_proxy", "http_proxy", "environment"])
def test_a_proxy_sees_only_a_tunnel(setting, monkeypatch, how):
    """Through a proxy goes CONNECT with its own password, and neither the key nor the path."""
    proxy = Proxy()
    url = f"http://user:p%40ss@127.0.0.1:{proxy.port}"
    options = HttpOptions(**{how: url}) if how != "environment" else HttpOptions()
    if how == "environment":
        monkeypatch.setenv("https_proxy", url)
        monkeypatch.delenv("no_proxy", raising=False)
    setting.put()
    assert not setting.uploader("https://publickey@errors.invalid/7", options=options).flush(5)
    proxy.join(5)
    assert proxy.said.startswith(b"CONNECT errors.invalid:443 ")
    assert b"Basic dXNlcjpwQHNz" in proxy.said
    assert b"publickey" not in proxy.said
    assert b"/api/" not in proxy.said


@pytest.mark.parametrize("how", ["option", "no_proxy", "loopback"])
def test_a_proxy_can_be_gone_round(setting, monkeypatch, how, tls):
    """An empty option, no_proxy, and a server on this machine need no proxy."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "localhost" if how == "no_proxy" else "")
    cert, context = tls
    setting.put()
    with Faulty(tls=context) as server:
        options = HttpOptions(connect=2, total=5, ca_certs=cert, https_proxy="" if how == "option" else None)
        assert setting.uploader(server.dsn, options=options).flush(5)
        assert len(server.received) == 1


def test_the_very_last_question_is_asked_when_the_line_stands(setting):
    """A no that comes while the connection is made still keeps everything at home."""
    setting.put()
    with Faulty() as server:
        uploader = setting.uploader(server.dsn)
        uploader._sender._allowed = lambda purpose: "off" if server.wait_connected(1, 0.5) else "on"
        assert uploader.flush(10)
        assert server.connections == 1
        assert server.received == []
    assert (setting.waiting(), setting.dropped, setting.became()) == ([], ["consent"], [])


def test_what_cannot_be_read_holds_up_nobody(setting, monkeypatch):
    """A file without permission, or no descriptor left: the others go, and that one stays for another time."""
    first = setting.put(b"first")
    setting.put(b"second")
    read = setting.outbox.read

    def reading(entry):
        if entry.name == first.name:
            raise PermissionError
        return read(entry)

    monkeypatch.setattr(setting.outbox, "read", reading)
    with Faulty() as server:
        assert setting.uploader(server.dsn).flush(5)
        assert server.bodies == [b"second"]
    assert os.listdir(setting.outbox.directory) == [first.name]
    assert setting.dropped == ["upload:error"]


def test_a_fleet_does_not_return_as_one(setting):
    """Three tries with more and more time between them, then five to ten minutes, each process at its own moment."""
    uploaders = [setting.uploader("http://key@127.0.0.1:9/7") for _ in range(50)]
    for failures, least, most in ((1, 0.5, 1), (2, 1, 2), (3, 300, 600), (30, 300, 600)):
        for uploader in uploaders:
            uploader._failures = failures
        pauses = [uploader._pause("failed") for uploader in uploaders]
        assert least <= min(pauses) <= max(pauses) <= most
        assert max(pauses) - min(pauses) > (most - least) / 2
        assert len(set(pauses)) > 25


def test_a_limit_s_end_is_no_herd_either(setting):
    """After the time a server asked for each process waits a share of it longer, up to a minute, and never less."""
    now = time.time()
    for asked, spread in ((100, 25), (80_000, 60)):
        files.write_lines(setting.limits_path, {"error": f"{now + asked:.0f}"})
        pauses = [setting.uploader("http://key@127.0.0.1:9/7", clock=lambda: now)._pause("done") for _ in range(50)]
        assert asked - 1 <= min(pauses) <= max(pauses) <= asked + spread + 1
        assert max(pauses) - min(pauses) > spread / 2


def test_what_goes_once_is_in_no_other_process_s_way(setting):
    """While a session is on its way it does not wait; a flush waits for its answer all the same."""
    setting.put(b"once", purpose="usage", category="session")
    with Faulty("slow", delay=0.5) as server:
        uploader = setting.uploader(server.dsn, options=HttpOptions())
        uploader.start()
        assert server.wait(1)
        assert setting.waiting() == []
        assert len(setting.outbox.claimed()) == 1
        assert uploader.flush(5)
        assert setting.became() == [("sent", "200")]
        assert os.listdir(setting.outbox.directory) == []


def test_what_somebody_was_killed_with_is_settled_first(setting):
    """A claim that nobody holds is let go of, told, and sent to nobody, though nothing else waits."""
    entry = setting.put(b"once", purpose="usage", category="session")
    setting.outbox.claim(entry)
    with Faulty() as server:
        setting.uploader(server.dsn).start()
        deadline = time.monotonic() + 10
        while os.listdir(setting.outbox.directory) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.connections == 0
    assert setting.dropped == ["upload:no-answer"]
    assert setting.became() == [("unanswered", "upload:no-answer")]


def test_who_bundles_an_app_sees_what_is_imported():
    """What the first request imports is written as import statements, which need no hint to a bundler."""
    tree = ast.parse(inspect.getsource(http))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {"http.client", "queue", "urllib.parse", "urllib3", "certifi", "gzip"} <= named
    room = pathlib.Path(http.__file__).parent
    hidden = [path.name for path in room.rglob("*.py") if re.search(r"import_module\(|__import__\(", path.read_text())]
    assert hidden == []
