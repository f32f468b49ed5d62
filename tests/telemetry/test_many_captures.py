"""A program that crashes all the time: what is over quota costs time, and neither memory nor files nor threads."""

from __future__ import annotations

import json
import os

import pytest

pytestmark = pytest.mark.skipif(not os.environ.get("SOAK"), reason="takes minutes; SOAK=1 asks for it")

#: Captures of each of four sorts.
MANY = 25_000
#: Bytes that the process may hold more after them than after the warm-up: forty a capture.
SLACK = 4 * 1024 * 1024
STORM = """
import gc, json, resource, threading
class Loud(Exception):
    pass
def deep(number, depth):
    if depth:
        return deep(number, depth - 1)
    raise Loud(f"{number} of many")
def storm(first, many):
    import sentry_sdk
    for number in range(first, first + many):
        with telemetry.command("watch"):
            try:
                deep(number, number % 5)
            except Loud as error:
                telemetry.capture_exception(error)
        try:
            exec(compile(f"raise ValueError({number})", f"made{number}.py", "exec"))
        except ValueError as error:
            telemetry.capture_exception(error)
        telemetry.capture_message(f"{number} of many")
        sentry_sdk.capture_message(f"{number} of many")
def held():
    telemetry.flush(20)
    gc.collect()
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * resource.getpagesize(), len(os.listdir("/proc/self/fd")), threading.active_count()
storm(0, 2500)
before = held()
storm(2500, int(os.environ["MANY"]))
print(json.dumps([before, held()]))
"""


def test_captures_over_quota_do_not_grow(app):
    """After many captures the program holds the memory, files and threads it held after some, and sent no more."""
    app.write(STORM)
    process = app.start(environ=app.environ(MANY=str(MANY)))
    out, err = process.communicate(timeout=1700)
    assert (process.returncode, err) == (0, "")
    (memory, descriptors, threads), (later, more_descriptors, more_threads) = json.loads(out)
    assert later - memory < SLACK, (memory, later)
    assert (more_descriptors, more_threads) == (descriptors, threads)
    assert len(app.items()) <= 200
    files = [path for path in app.outbox.parent.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3 * 1024 * 1024
    assert sum(number for reason, number in app.drops().items() if reason.startswith("quota:")) > MANY
