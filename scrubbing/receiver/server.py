"""The endpoint itself: ``POST /api/<project>/envelope/`` takes an envelope, ``GET /`` shows the page."""

from __future__ import annotations

import json
import os
import re
import secrets
import socketserver
import threading
import zlib
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any

from scrubbing.errors import SchemaError
from scrubbing.receiver.page import POLICY, page
from scrubbing.receiver.store import Received, Store
from scrubbing.wire import read

#: Bytes of a request, zipped and unzipped. Stock Sentry's largest event has 1 MiB.
MAX_REQUEST = 2 * 1024 * 1024
#: Seconds a client may take between two bytes.
_PATIENCE = 10.0
_ENVELOPE = re.compile(r"/api/([A-Za-z0-9]{1,32})/envelope/?(?:\?.*)?")
_KEY = re.compile(r"\bsentry_key=([^,\s]+)")
_HOSTS = ("127.0.0.1", "localhost")


class Receiver:
    """A receiver that listens from ``with`` to its end.

    Args:
        port: where to listen on 127.0.0.1; 0 takes a free one.
        key: the public key that senders must show; ``None`` makes one.

    Raises:
        OSError: on entering, the port cannot be had.
    """

    def __init__(self, port: int = 0, key: str | None = None) -> None:
        self.key = key or secrets.token_hex(16)
        self._wanted = port
        self._store = Store()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Receiver:  # noqa: PYI034  # Self is no part of the standard library in 3.10
        """Listen."""
        self._server = _Server(("127.0.0.1", self._wanted), self.key, self._store)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="scrubbing-receiver", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Listen no more; what arrived can still be read."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    @property
    def address(self) -> str:
        """Where the page is, such as ``http://127.0.0.1:8123``.

        Raises:
            RuntimeError: it has not been entered.
        """
        if self._server is None:
            raise RuntimeError("expected `with Receiver() as receiver:` first")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def dsn(self) -> str:
        """What to give ``init``."""
        return f"{self.address.replace('://', f'://{self.key}@')}/1"

    @property
    def envelopes(self) -> tuple[Received, ...]:
        """The last envelopes that arrived, oldest first."""
        return self._store.all()

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events among them."""
        return [event for received in self.envelopes for event in received.events]

    def wait_for(self, number: int, timeout: float) -> bool:
        """Wait until envelopes have arrived; whether they have.

        Args:
            number: how many, counted from the start.
            timeout: seconds to wait at most.
        """
        return self._store.wait_for(number, timeout)


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """A server that does not ask a name server for its own name, as ``http.server``'s does."""

    daemon_threads = True
    # TCP's own word for clients that knock at the same time; five of them would be all otherwise.
    request_queue_size = 128
    # On Windows this would let two programs have one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: tuple[str, int], key: str, store: Store) -> None:
        self.key, self.store = key, store
        super().__init__(address, _Request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is nothing to print."""


class _Answered(Exception):
    """The request is refused with a status and a reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class _Request(BaseHTTPRequestHandler):
    """One request of a client."""

    server: _Server
    timeout = _PATIENCE

    def do_POST(self) -> None:
        """Take an envelope."""
        try:
            self._answer(200, "application/json", json.dumps(self._taken()).encode())
        except _Answered as refused:
            self._refuse(refused)

    def do_GET(self) -> None:
        """Show what arrived."""
        try:
            self._answer(200, "text/html; charset=utf-8", self._page().encode("utf-8", "replace"))
        except _Answered as refused:
            self._refuse(refused)

    def _page(self) -> str:
        self._check_host()
        if self.path != "/":
            raise _Answered(404, "there is one page, at /")
        return page(self.server.store.all())

    def _taken(self) -> dict[str, Any]:
        # The body is read whatever is wrong, since closing with unread bytes resets the connection under the answer.
        body = self._body()
        self._check_host()
        path = _ENVELOPE.fullmatch(self.path)
        if path is None:
            raise _Answered(404, "expected /api/<project>/envelope/")
        self._check_key()
        data = self._unzipped(body)
        try:
            envelope = read(data)
        except SchemaError:
            raise _Answered(400, "expected an envelope") from None
        self.server.store.put(Received(path[1], data, envelope))
        own = envelope.headers.get("event_id")
        return {"id": own} if isinstance(own, str) else {}

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise _Answered(411, "expected a Content-Length")
        if len(length) > len(str(MAX_REQUEST)) or int(length) > MAX_REQUEST:
            raise _Answered(413, "too large")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise _Answered(400, "expected as many bytes as Content-Length says")
        return body

    def _check_host(self) -> None:
        """A web page of somebody else's that pretends to be at this address is not let in."""
        if self.headers.get("Host", "").rpartition(":")[0] not in _HOSTS:
            raise _Answered(403, "expected to be asked as 127.0.0.1")

    def _check_key(self) -> None:
        found = _KEY.search(self.headers.get("X-Sentry-Auth", ""))
        if found is None or not secrets.compare_digest(found[1].encode(), self.server.key.encode()):
            raise _Answered(403, "expected X-Sentry-Auth with this receiver's key")

    def _unzipped(self, body: bytes) -> bytes:
        encoding = self.headers.get("Content-Encoding", "identity").lower()
        if encoding == "identity":
            return body
        if encoding != "gzip":
            raise _Answered(415, "expected gzip")
        unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: with the header of gzip
        try:
            data = unzip.decompress(body, MAX_REQUEST)
        except zlib.error:
            raise _Answered(400, "expected gzip") from None
        if unzip.unconsumed_tail:
            raise _Answered(413, "too large")
        if not unzip.eof:
            raise _Answered(400, "expected all of the gzip")
        return data

    def _refuse(self, refused: _Answered) -> None:
        self._answer(refused.status, "application/json", json.dumps({"detail": refused.reason}).encode())

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's signature
        """Requests are shown on the page, not in the terminal."""
