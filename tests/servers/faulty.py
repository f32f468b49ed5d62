"""A server on loopback that answers envelopes as told: well, badly, late, or never. Standard library only.

    with Faulty() as server:
        ... post to server.dsn ...
        server.mode = "502"

Modes: ``ok`` · ``refuse`` (nobody listens on the port) · ``black hole`` (accepts, never reads, never answers) ·
``mute`` (reads, never answers) · ``slow`` (answers after ``delay`` seconds) · ``drip`` (answers one byte every
``delay`` seconds, without end) · ``reset`` (reads, then resets the connection) · ``cut request 100`` (resets it after
that many bytes of the request) · ``cut answer 10`` (resets it after that many bytes of a good answer) · ``garbage``
(answers what is not HTTP) · ``half`` (promises more of a body than it sends) · any status as three digits (``429``,
``301``, ...), with ``headers``.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import socket
import struct
import threading


@dataclasses.dataclass(frozen=True)
class Received:
    """One request that arrived whole; header names in lower case, the body unzipped."""

    path: str
    headers: dict[str, str]
    body: bytes


class Faulty:
    """The server, from ``with`` to its end.

    Args:
        mode: see the module; can be set anew at any time, for the requests that come then.
        headers: sent with each answer.
        delay: seconds, for ``slow`` and ``drip``.
        tls: an ``ssl.SSLContext`` of a server, to be spoken to by https.
        family: ``socket.AF_INET`` or ``socket.AF_INET6``.
    """

    def __init__(self, mode="ok", *, headers=None, delay=0.05, tls=None, family=socket.AF_INET):
        self.headers = dict(headers or {})
        self.delay = delay
        self.received = []
        self.connections = 0
        self._mode = mode
        self._tls = tls
        self._over = threading.Event()
        self._news = threading.Condition()
        self._threads = []
        self._open = set()
        self._socket = socket.socket(family)
        self._socket.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self._listens = False

    @property
    def port(self):
        return self._socket.getsockname()[1]

    @property
    def dsn(self):
        host = "[::1]" if self._socket.family == socket.AF_INET6 else "127.0.0.1"
        return f"{'https' if self._tls else 'http'}://publickey@{host}:{self.port}/7"

    @property
    def bodies(self):
        return [request.body for request in self.received]

    @property
    def mode(self):
        return self._mode

    @mode.setter
    def mode(self, mode):
        self._mode = mode
        self._listen()

    def wait(self, number, timeout=10.0):
        """Wait until so many requests have arrived; whether they have."""
        with self._news:
            return self._news.wait_for(lambda: len(self.received) >= number, timeout)

    def wait_connected(self, number, timeout=10.0):
        """Wait until so many connections were accepted; whether they were."""
        with self._news:
            return self._news.wait_for(lambda: self.connections >= number, timeout)

    def __enter__(self):
        self._listen()
        return self

    def __exit__(self, *error):
        self._over.set()
        for connection in [self._socket, *self._open]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self):
        # A port that is bound and does not listen refuses, and nobody else can get it meanwhile.
        if self._mode != "refuse" and not self._listens:
            self._listens = True
            self._socket.listen(128)
            self._run(self._accept)

    def _run(self, target, *args):
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while not self._over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.add(connection)
            with self._news:
                self.connections += 1
                self._news.notify_all()
            self._run(self._serve, connection)

    def _serve(self, connection):
        try:
            if self._mode == "black hole":
                self._over.wait()
                return
            if self._tls:
                self._open.discard(connection)
                connection = self._tls.wrap_socket(connection, server_side=True)
                self._open.add(connection)
            if self._mode.startswith("cut request"):
                self._cut_request(connection, int(self._mode.split()[-1]))
                return
            with connection.makefile("rb") as stream:
                while (mode := self._receive(stream)) and self._answer(connection, mode):
                    pass
        except (OSError, ValueError):
            pass  # the client hung up, or spoke something else
        finally:
            self._open.discard(connection)
            connection.close()

    def _receive(self, stream):
        """Read one request; the mode it is answered by, or None where there is no further one."""
        path = stream.readline().decode("ascii").split(" ")[1:2]
        if not path:
            return None
        headers = {}
        while line := stream.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        body = stream.read(length)
        if len(body) < length:
            return None  # whoever asked is gone
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        # Taken before anybody knows of the request, so that who waits for it can set the mode of the next one.
        mode = self._mode
        with self._news:
            self.received.append(Received(path[0], headers, body))
            self._news.notify_all()
        return mode

    def _answer(self, connection, mode):
        """Answer by the mode; whether the connection goes on."""
        if mode == "mute":
            self._over.wait()
        elif mode == "reset":
            _reset(connection)
        elif mode.startswith("cut answer"):
            connection.sendall(self._reply(200)[: int(mode.split()[-1])])
            _reset(connection)
        elif mode == "garbage":
            connection.sendall(b"\x15\x03\x01\x00\x02 220 smtp.example.org ESMTP\r\n")
        elif mode == "half":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        elif mode == "drip":
            self._drip(connection)
        else:
            if mode == "slow":
                self._over.wait(self.delay)
            connection.sendall(self._reply(200 if mode in ("ok", "slow") else int(mode)))
            return True
        return False

    def _cut_request(self, connection, rest):
        while rest > 0 and (data := connection.recv(min(rest, 4096))):
            rest -= len(data)
        with self._news:
            self.received.append(Received("", {}, b""))
            self._news.notify_all()
        _reset(connection)

    def _drip(self, connection):
        head = b"HTTP/1.1 200 OK\r\n"
        while not self._over.wait(self.delay):
            connection.sendall(head[:1] or b"x")
            head = head[1:]

    def _reply(self, status):
        body = b"{}"
        fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode("latin-1") + body


def _reset(connection):
    """Let the closing of a connection be a reset: what was sent and not read yet is gone."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
