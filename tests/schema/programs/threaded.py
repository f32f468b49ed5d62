"""A program whose threads fail, in ways that few exceptions do."""

import subprocess
import sys
import threading

import sentry_sdk
import stock

stock.init(attach_stacktrace=True, max_breadcrumbs=5, add_full_stack=True, in_app_include=["stock"])


class OddError(Exception):
    def __str__(self):
        raise RuntimeError("no words")


def deep(n=500):
    return deep(n - 1) if n else [][n]


def empty():
    raise Exception


def code():
    exec(compile("\n\ndef f(x): return x / 0\nf(1)", "<größe>", "exec"), {"__name__": "made"})


def child():
    subprocess.run([sys.executable, "-c", "import sys; sys.exit(3)", "--token=hunter2"], check=True)


def mixed():
    try:
        raise UnicodeDecodeError("utf-8", b"\xff" * 100, 0, 1, "straße")
    except UnicodeDecodeError:
        raise OddError(stock.nasties()) from None


def half():
    raise ValueError("half of 🐍: \ud83d, and \x00", "\r\n" * 5000)


if __name__ == "__main__":
    sentry_sdk.set_user({"id": "erika", "username": "gärtner", "name": "Erika", "geo": {"city": "Köln"}})
    sentry_sdk.set_transaction_name("the whole")
    sentry_sdk.set_level("fatal")
    scope = sentry_sdk.get_current_scope()
    scope.fingerprint = ["{{ default }}", "größe"]
    for broken in (deep, empty, code, child, mixed, half):
        thread = threading.Thread(target=broken, name=f"größe of {broken.__name__}")
        thread.start()
        thread.join()
    sentry_sdk.capture_message("größer than %s", level="warning")
    sentry_sdk.capture_event(
        {
            "logentry": {"message": "hello %s", "params": ["erika"], "formatted": "hello erika"},
            "tags": [["colour", "blue"], ["rows", "7"]],
            "threads": {"values": [{"id": 7, "name": "main", "current": True, "crashed": False}]},
            "dist": "7",
            "logger": "frob.sync",
        }
    )
    sys.exit(7)
