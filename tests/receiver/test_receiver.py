"""The receiver: takes what Sentry's SDKs send, refuses the rest, and keeps and shows it within bounds."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import subprocess
import sys
import threading
import zlib

import pytest

from scrubbing import wire
from scrubbing.receiver import Receiver, server, store

ID = "a" * 32


@pytest.fixture
def receiver():
    with Receiver() as one:
        yield one


def envelope(event_id=ID, **event):
    payload = wire.dumps({"event_id": event_id, **event})
    return wire.build({"event_id": event_id}, [({"type": "event"}, payload)])


def ask(receiver, method, path, body=None, headers=None, host=None):
    """Status, headers and body of the answer to one request."""
    connection = http.client.HTTPConnection("127.0.0.1", int(receiver.address.rpartition(":")[2]), timeout=10)
    sent = {"Host": host or receiver.address.partition("://")[2], **(headers or {})}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    told = answer.status, dict(answer.headers), answer.read()
    connection.close()
    return told


def post(receiver, body, path="/api/1/envelope/", key=None, **headers):
    auth = {"X-Sentry-Auth": f"Sentry sentry_version=7, sentry_client=test/1, sentry_key={key or receiver.key}"}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(receiver, "POST", path, body, {**auth, **names})


def test_an_envelope_is_answered_with_its_id_and_kept(receiver):
    """What arrives is kept byte for byte and answered as Sentry answers it."""
    data = envelope(message="hello")

    status, _, body = post(receiver, data)

    assert (status, json.loads(body)) == (200, {"id": ID})
    assert receiver.wait_for(1, 5)
    (received,) = receiver.envelopes
    assert (received.project, received.data, received.types) == ("1", data, ("event",))
    assert receiver.events == [{"event_id": ID, "message": "hello"}]


def test_gzip_is_unzipped(receiver):
    """A zipped envelope is kept unzipped."""
    assert post(receiver, gzip.compress(envelope()), Content_Encoding="gzip")[0] == 200
    assert receiver.envelopes[0].data == envelope()


def test_an_envelope_without_an_event_has_no_id(receiver):
    """A session has no event's id, and the answer says none."""
    status, _, body = post(receiver, wire.build({}, [({"type": "session"}, b"{}")]))
    assert (status, json.loads(body)) == (200, {})
    assert receiver.envelopes[0].types == ("session",)
    assert receiver.events == []


def bomb():
    return gzip.compress(b"\0" * (server.MAX_REQUEST + 1))


REFUSED = {
    "no key": (403, {"headers": {}}),
    "another key": (403, {"key": "0" * 32}),
    "a key outside ASCII": (403, {"key": "\xe9"}),
    "another path": (404, {"path": "/api/1/store/"}),
    "two projects": (404, {"path": "/api/1/2/envelope/"}),
    "no envelope": (400, {"body": b"hello\n"}),
    "a length that is not there": (400, {"body": b'{}\n{"type":"event","length":9}\n{}'}),
    "an unknown encoding": (415, {"Content_Encoding": "br"}),
    "no gzip": (400, {"Content_Encoding": "gzip"}),
    "half a gzip": (400, {"body": gzip.compress(envelope())[:-9], "Content_Encoding": "gzip"}),
    "a zip bomb": (413, {"body": bomb(), "Content_Encoding": "gzip"}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_envelope_of_ours_is_refused(receiver, case):
    """Each wrong request has its status and leaves nothing behind."""
    expected, given = REFUSED[case]
    given = {"body": envelope(), **given}
    if "headers" in given:
        status, _, body = ask(receiver, "POST", "/api/1/envelope/", given["body"], given["headers"])
    else:
        status, _, body = post(receiver, **given)
    assert status == expected
    assert "detail" in json.loads(body)
    assert receiver.envelopes == ()


def test_a_request_that_is_too_large_is_not_read(receiver):
    """Its length is enough to refuse it."""
    auth = f"X-Sentry-Auth: Sentry sentry_key={receiver.key}\r\n"
    head = f"POST /api/1/envelope/ HTTP/1.1\r\nHost: 127.0.0.1:1\r\n{auth}Content-Length: 999999999\r\n\r\n"
    with socket.create_connection(("127.0.0.1", int(receiver.address.rpartition(":")[2])), 10) as client:
        client.sendall(head.encode())
        assert client.recv(100).split()[1] == b"413"
    assert receiver.envelopes == ()


def test_a_request_without_a_length_is_refused(receiver):
    """There is no guessing where a body ends."""
    with socket.create_connection(("127.0.0.1", int(receiver.address.rpartition(":")[2])), 10) as client:
        client.sendall(b"POST /api/1/envelope/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert client.recv(100).split()[1] == b"411"


def test_the_page_shows_events_escaped(receiver):
    """Text that arrived cannot become a part of the page."""
    post(receiver, envelope(exception={"values": [{"type": "</pre><script>alert(1)</script>", "value": "<?>"}]}))

    status, headers, body = ask(receiver, "GET", "/")

    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert b"<script" not in body
    assert b"&lt;script&gt;alert(1)" in body


def test_the_page_survives_events_of_any_shape(receiver):
    """Whatever JSON calls itself an event, the page is shown."""
    shapes = [b"[]", b"3", b"null", b"{", b'{"exception":[]}', b'{"exception":{"values":[7]},"tags":[]}', b'"\\ud800"']
    for shape in [*shapes, b'{"message":"\\ud800"}']:
        assert post(receiver, wire.build({}, [({"type": "event"}, shape)]))[0] == 200
    assert ask(receiver, "GET", "/")[0] == 200


def test_the_empty_page_says_so(receiver):
    """Nothing arrived is something to say."""
    assert b"Nothing has arrived" in ask(receiver, "GET", "/")[2]


def test_another_page_is_not_there(receiver):
    """There is one page."""
    assert ask(receiver, "GET", "/../../etc/passwd")[0] == 404


def test_somebody_elses_web_page_is_not_let_in(receiver):
    """A name that points to this address is not this address: neither reads nor writes."""
    assert ask(receiver, "GET", "/", host="evil.example:80")[0] == 403
    assert ask(receiver, "POST", "/api/1/envelope/", envelope(), {}, host="evil.example")[0] == 403


def test_it_listens_on_loopback_alone(receiver):
    """No other machine can reach it."""
    assert receiver._server.server_address[0] == "127.0.0.1"


def test_waiting_ends_without_envelopes(receiver):
    """A wait for what does not come ends in time and says so."""
    assert receiver.wait_for(0, 0)
    assert not receiver.wait_for(1, 0.01)


def test_the_oldest_go_where_there_are_too_many(monkeypatch):
    """Number and bytes are bounded; what arrived is still counted."""
    kept = store.Store()
    monkeypatch.setattr(store, "MAX_ENVELOPES", 3)
    data = envelope()
    for number in range(5):
        kept.put(store.Received(str(number), data, wire.read(data)))
    assert [one.project for one in kept.all()] == ["2", "3", "4"]
    assert kept.wait_for(5, 0)

    monkeypatch.setattr(store, "MAX_BYTES", 2 * len(data))
    kept.put(store.Received("5", data, wire.read(data)))
    assert [one.project for one in kept.all()] == ["4", "5"]


def test_many_clients_at_once(receiver):
    """Nothing is lost when twenty threads send."""
    threads = [threading.Thread(target=post, args=(receiver, envelope(f"{n:032x}"))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {event["event_id"] for event in receiver.events} == {f"{n:032x}" for n in range(20)}


def test_what_arrived_can_be_read_afterwards():
    """The end of the block ends the listening alone, and frees the port."""
    with Receiver() as receiver:
        post(receiver, envelope())
        port = int(receiver.address.rpartition(":")[2])
    assert receiver.events
    with Receiver(port) as again:
        assert again.address == receiver.address


def test_an_address_before_the_beginning_is_a_mistake():
    """There is none yet, and the error says what to do."""
    with pytest.raises(RuntimeError, match="with Receiver"):
        assert Receiver().dsn


STOCK = """
import sys, sentry_sdk
sentry_sdk.init(dsn=sys.argv[1], release="frob@1.4.2")
sentry_sdk.capture_message("hello")
sentry_sdk.flush(5)
"""


def test_the_stock_sdk_is_understood(receiver, tmp_path):
    """A plain `sentry_sdk` finds nothing missing."""
    (tmp_path / "brotli.py").write_text("raise ImportError")  # where it is installed the SDK zips with it
    subprocess.run([sys.executable, "-c", STOCK, receiver.dsn], cwd=tmp_path, check=True, timeout=60)
    assert receiver.wait_for(1, 5)
    assert [event["message"] for event in receiver.events] == ["hello"]


def test_zlib_streams_are_no_gzip(receiver):
    """The two are told apart."""
    assert post(receiver, zlib.compress(envelope()), Content_Encoding="gzip")[0] == 400
