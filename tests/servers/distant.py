"""A way to a test server that takes its time: bytes pass as they are, each so many seconds later, both ways."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time


class Distant:
    """A port of this machine that leads to another one, from ``with`` to its end.

    Args:
        port: the server's.
        seconds: one way; a connection is open after a round trip, as it is over a network.
    """

    def __init__(self, port, seconds):
        self._to = port
        self._seconds = seconds
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open = [self._socket]
        self._threads = []
        self._over = threading.Event()
        self.port = self._socket.getsockname()[1]

    def __enter__(self):
        self._run(self._accept)
        return self

    def __exit__(self, *error):
        self._over.set()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        for each in self._open:
            each.close()

    def _run(self, target, *args):
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while not self._over.is_set():
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(near)
            self._run(self._meet, near)

    def _meet(self, near):
        self._over.wait(2 * self._seconds)
        try:
            far = socket.create_connection(("127.0.0.1", self._to), 5)
        except OSError:
            return
        self._open.append(far)
        for reader, writer in ((near, far), (far, near)):
            on_the_way = queue.Queue()
            self._run(self._leave, reader, on_the_way)
            self._run(self._arrive, on_the_way, writer)

    def _leave(self, reader, on_the_way):
        data = b"x"
        while data:
            try:
                data = reader.recv(65536)
            except OSError:
                data = b""
            on_the_way.put((time.monotonic() + self._seconds, data))

    def _arrive(self, on_the_way, writer):
        with contextlib.suppress(OSError):
            while True:
                at, data = on_the_way.get()
                self._over.wait(max(0.0, at - time.monotonic()))
                if not data:
                    return writer.shutdown(socket.SHUT_WR)
                writer.sendall(data)
