"""urllib3's connections with a deadline for all of an exchange, however slowly its bytes drip.

urllib3's own read time-out starts anew with every byte. Imported when the first envelope goes.
"""

from __future__ import annotations

import functools
import http.client
import io
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Deadline:
    """When the exchange must be over, by ``time.monotonic``; set anew for each exchange."""

    def __init__(self) -> None:
        self.at = 0.0

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

    def __init__(self, sock: Any, deadline: Deadline) -> None:
        super().__init__()
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        self._sock.settimeout(self._deadline.rest())
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer that is read through a ``_Drip``."""

    def __init__(self, deadline: Deadline, sock: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Drip(sock, deadline))


def bounded(connection: Any, deadline: Deadline) -> Any:
    """A connection class of urllib3's with both directions bound to the deadline.

    Args:
        connection: the class a pool makes its connections with.
        deadline: when each exchange must be over.
    """

    def send(self: Any, data: Any) -> None:
        if self.sock is not None:
            self.sock.settimeout(deadline.rest())
        connection.send(self, data)

    response_class = staticmethod(functools.partial(_Response, deadline))
    # An app that debugs its own requests, by ``HTTPConnection.debuglevel``, would see the envelope and the key printed.
    silent = {"debuglevel": 0, "set_debuglevel": lambda _self, _level: None}
    return type("BoundedConnection", (connection,), {"response_class": response_class, "send": send, **silent})
