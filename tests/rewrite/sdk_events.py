"""Events as sentry-sdk makes them: programs of several kinds fail, and what reaches ``before_send`` is kept."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import sentry_sdk
from sentry_sdk.utils import event_from_exception

if TYPE_CHECKING:
    from collections.abc import Callable


class OrderError(Exception):
    """An error with more to it than its message."""

    def __init__(self, order: int, customer: str) -> None:
        super().__init__(f"order {order} of {customer} failed")
        self.order, self.customer = order, customer


def plain() -> None:
    password, home = "hunter2", os.path.expanduser("~")
    open(f"{home}/no/such/{password}").close()


def chained() -> None:
    try:
        json.loads("{'")
    except ValueError as error:
        raise OrderError(7731, "Erika Gärtner") from error


def deep(n: int = 400) -> int:
    return deep(n - 1) if n else [][n]


def grouped() -> None:
    async def one() -> None:
        await asyncio.sleep(0)
        raise KeyError("erika@example.org")

    async def both() -> None:
        results = await asyncio.gather(one(), one(), return_exceptions=True)
        raise ExceptionGroup("both", results) if sys.version_info >= (3, 11) else results[0]  # noqa: F821

    asyncio.run(both())


def threaded() -> None:
    found: list[BaseException] = []

    def work() -> None:
        try:
            subprocess.run([sys.executable, "-c", "import sys; sys.exit(3)", "--token=hunter2"], check=True)
        except subprocess.CalledProcessError as error:
            found.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    raise found[0]


def odd() -> None:
    bag: dict[Any, Any] = {1: {None: float("nan")}, "x\udce9": b"\xff" * 2000, "long": "y" * 200_000}
    bag["itself"] = bag
    raise UnicodeDecodeError("utf-8", b"\xff" * 100, 0, 1, "canary\udce9")


PROGRAMS: dict[str, Callable[[], Any]] = {
    made.__name__: made for made in (plain, chained, deep, grouped, threaded, odd)
}


def captured(program: Callable[[], Any], **options: Any) -> tuple[dict[str, Any], BaseException]:
    """The event the SDK makes when a program fails, after tags, contexts, breadcrumbs and a user were set."""
    kept: list[dict[str, Any]] = []
    client = sentry_sdk.Client(
        dsn="https://key@localhost/1",
        before_send=lambda event, _hint: kept.append(event),
        default_integrations=False,
        auto_enabling_integrations=False,
        release="frob@1.4.2",
        **options,
    )
    scope = sentry_sdk.Scope(client=client)
    scope.set_tag("color", "blue")
    scope.set_tag("a key with spaces", 7)
    scope.set_context("printer", {"model": "x", "serial": 4711, "nested": [{"deep": True}]})
    scope.set_extra("argv", sys.argv)
    scope.set_user({"id": 7, "email": "erika@example.org", "ip_address": "10.0.0.7"})
    with sentry_sdk.scope.use_scope(scope):  # breadcrumbs are added where a client is active
        for number in range(120):
            crumb = {"message": f"step {number}", "category": "frob", "level": "info", "data": {"n": number}}
            scope.add_breadcrumb(crumb)
    try:
        program()
    except Exception as error:
        event, hint = event_from_exception(error, client_options=client.options)
        client.capture_event(event, hint, scope=scope)
        return kept[0], error
    raise AssertionError("the program did not fail")


def message() -> dict[str, Any]:
    """The event of a log record with arguments."""
    kept: list[dict[str, Any]] = []
    client = sentry_sdk.Client(dsn="https://key@localhost/1", before_send=lambda event, _: kept.append(event))
    record = logging.LogRecord("frob.sync", 40, "x.py", 3, "hello %s", ("erika",), None)
    said = {"message": record.msg, "formatted": record.getMessage(), "params": list(record.args)}
    client.capture_event({"level": "error", "logger": record.name, "logentry": said})
    client.capture_event({"message": "hello erika", "level": "info"})
    return {"logged": kept[0], "unlogged": kept[1]}
