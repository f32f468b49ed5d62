"""A way to a test server that takes its time: bytes pass as they are, each so many seconds later, both ways."""

from __future__ import annotations

import asyncio
import contextlib
import threading


class Distant:
    """A port of this machine that leads to another one, from ``with`` to its end.

    Args:
        port: the server's.
        seconds: one way; a connection is open after a round trip, as it is over a network.
    """

    def __init__(self, port: int, seconds: float):
        self._to = port
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self):
        self._thread.start()
        made = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._met, "127.0.0.1", 0), self._loop)
        self._server = made.result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *error):
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self):
        self._server.close()
        ours = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in ours:
            task.cancel()
        await asyncio.gather(*ours, return_exceptions=True)

    async def _met(self, near, back):
        await asyncio.sleep(2 * self._seconds)
        with contextlib.suppress(OSError, asyncio.CancelledError):
            far, on = await asyncio.open_connection("127.0.0.1", self._to)
            await asyncio.gather(self._pass(near, on), self._pass(far, back))

    async def _pass(self, reader, writer):
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                asyncio.get_running_loop().call_later(self._seconds, _write, writer, data)
        asyncio.get_running_loop().call_later(self._seconds, writer.close)


def _write(writer, data):
    if not writer.is_closing():
        writer.write(data)
