"""urllib3's connections with a deadline for all of an exchange, and a last question before its first byte.

urllib3's own read time-out starts anew with every byte, and nothing bounds the name server: a connection is made in a
thread that is left behind when it takes too long. Imported when the first envelope goes.
"""

from __future__ import annotations

import functools
import http.client
import io
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

#: What a proxy is asked before anything of the request is said.
_TUNNEL = b"CONNECT "


class Withheld(OSError):
    """The last question was answered with a no."""


class Exchange:
    """One exchange: when it must be over, by ``time.monotonic``, and whether a byte of the request may have left."""

    def __init__(self) -> None:
        self.at = 0.0
        self.begun = False
        self._may_begin: Callable[[], bool] = lambda: False

    def anew(self, seconds: float, may_begin: Callable[[], bool]) -> None:
        """Begin another one.

        Args:
            seconds: until it must be over.
            may_begin: asked once, when the line stands and before the first byte of the request.
        """
        self.at = time.monotonic() + seconds
        self.begun = False
        self._may_begin = may_begin

    def begin(self) -> None:
        """Ask whether the request may go, unless it is on its way.

        Raises:
            Withheld: it may not.
        """
        if not self.begun:
            if not self._may_begin():
                raise Withheld("not to be sent")
            self.begun = True

    def rest(self) -> float:
        """Seconds left.

        Raises:
            TimeoutError: none are.
        """
        rest = self.at - time.monotonic()
        if rest <= 0:
            raise TimeoutError("the exchange takes too long")
        return rest


class _Drip(io.RawIOBase):
    """The bytes of a socket until the deadline."""

    def __init__(self, sock: Any, exchange: Exchange) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._exchange = exchange

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        self._sock.settimeout(self._exchange.rest())
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer that is read through a ``_Drip``."""

    def __init__(self, exchange: Exchange, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Drip(sock, exchange))


class _Dialling(threading.Thread):
    """Makes a connection; the name server and the network may take as long as they like, whoever waits may not."""

    def __init__(self, dial: Callable[[], Any]) -> None:
        super().__init__(name="scrubbing-dial", daemon=True)
        self._dial = dial
        self._turn = threading.Lock()
        self._left = False
        self._made: Any = None
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            made = self._dial()
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            self._error = error
            return
        with self._turn:
            self._made = made
            if self._left:
                made.close()

    def made(self, seconds: float) -> Any:
        """The connected socket.

        Raises:
            TimeoutError: it takes longer.
        """
        if not threading.main_thread().is_alive():  # no thread begins when the interpreter ends; nobody waits for us
            return self._dial()
        self.start()
        self.join(seconds)
        with self._turn:
            self._left = self._made is None
        if self._error is not None:
            raise self._error
        if self._left:
            raise TimeoutError("no connection in time")
        return self._made


def bounded(connection: Any, exchange: Exchange) -> Any:
    """A connection class of urllib3's with all it does bound to the exchange.

    Args:
        connection: the class a pool makes its connections with.
        exchange: the one that is going on, one at a time.
    """

    def dial(self: Any) -> Any:
        return _Dialling(lambda: connection._new_conn(self)).made(exchange.rest())  # noqa: SLF001 - urllib3 has no other door

    def send(self: Any, data: Any) -> None:
        if self.sock is None:
            self.connect()
        if not (isinstance(data, bytes) and data.startswith(_TUNNEL)):
            exchange.begin()
        self.sock.settimeout(exchange.rest())
        connection.send(self, data)

    response_class = staticmethod(functools.partial(_Response, exchange))
    # An app that debugs its own requests, by ``HTTPConnection.debuglevel``, would see the envelope and the key printed.
    silent = {"debuglevel": 0, "set_debuglevel": lambda _self, _level: None}
    ours = {"_new_conn": dial, "response_class": response_class, "send": send}
    return type("BoundedConnection", (connection,), {**ours, **silent})
