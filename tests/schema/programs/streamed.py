"""A program whose spans leave one by one, and whose profile leaves in pieces."""

import sys
import time

import sentry_sdk
import stock

stock.init(
    traces_sample_rate=1.0,
    trace_lifecycle="stream",
    profile_session_sample_rate=1.0,
    profile_lifecycle="manual",
)


def busy():
    deadline = time.monotonic() + 0.2
    while time.monotonic() < deadline:
        sum(range(1000))


if __name__ == "__main__":
    sentry_sdk.profiler.start_profiler()
    traces = getattr(sentry_sdk, "traces", None)
    if traces:
        with traces.start_span(name="größe", attributes={"colour": "grün", "n": 7}), traces.start_span(name="inner"):
            busy()
    else:
        busy()
    sentry_sdk.profiler.stop_profiler()
    sys.exit(1 / 0)
