"""A program that tells of itself in every other way than by failing."""

import time

import sentry_sdk
import stock
from sentry_sdk.crons import capture_checkin, monitor
from sentry_sdk.envelope import Envelope, Item, PayloadRef
from sentry_sdk.sessions import track_session


def dropped(event, hint):
    return None if event.get("logger") == "dropped" else event


stock.init(
    enable_logs=True,
    _experiments={"enable_logs": True, "enable_metrics": True},
    before_send=dropped,
    traces_sample_rate=1.0,
    profiles_sample_rate=1.0,
)


NIGHTLY = {"schedule": {"type": "crontab", "value": "0 0 * * *"}, "timezone": "UTC", "checkin_margin": 10}


@monitor(monitor_slug="nightly", monitor_config=NIGHTLY)
def nightly():
    deadline = time.monotonic() + 0.2
    while time.monotonic() < deadline:
        sum(range(1000))


def told(logger):
    values = stock.nasties()
    for level in ("trace", "debug", "info", "warning", "error", "fatal"):
        more = {"values": values, "yes": True, "x": 0.5}
        getattr(logger, level)("{größe} of {n}", größe="straße", n=7, attributes=more)


def measured(metrics):
    metrics.count("frob.größe", 1, attributes={"colour": "grün", "n": 7, "yes": True})
    metrics.gauge("frob.gauge", 0.5)
    metrics.distribution("frob.distribution", 17.5, unit="millisecond")


def answered():
    client = sentry_sdk.get_client()
    event_id = sentry_sdk.capture_message("asked")
    words = {"message": "größer, please", "name": "Erika", "contact_email": "erika@example.org"}
    words |= {"associated_event_id": event_id, "url": "http://localhost/x", "source": "widget"}
    header = {"event_id": "7" * 32}
    feedback = {**header, "type": "feedback", "platform": "python", "contexts": {"feedback": words}, "level": "info"}
    report = {"event_id": event_id, "name": "Erika", "email": "erika@example.org", "comments": "größer"}
    for kind, payload in (("feedback", {**feedback, "timestamp": time.time()}), ("user_report", report)):
        client.transport.capture_envelope(Envelope(header, [Item(PayloadRef(json=payload), type=kind)]))


if __name__ == "__main__":
    sentry_sdk.set_user({"id": "erika", "email": "erika@example.org"})
    sentry_sdk.get_isolation_scope().start_session(session_mode="application")
    with sentry_sdk.start_transaction(op="task", name="nightly") as transaction:
        transaction.set_measurement("memory", 7.5, "byte")
        transaction.set_context("frob", {"größe": 7})
        nightly()
        if hasattr(sentry_sdk, "logger"):
            told(sentry_sdk.logger)
        if hasattr(sentry_sdk.metrics, "count"):  # older SDKs have a module of this name with other things in it
            measured(sentry_sdk.metrics)
    capture_checkin(monitor_slug="größe", status="in_progress")
    answered()
    sentry_sdk.capture_event({"logger": "dropped", "message": "x"})
    try:
        nightly(7)
    except TypeError:
        sentry_sdk.capture_exception()
    sentry_sdk.get_isolation_scope().end_session()
    with track_session(sentry_sdk.get_isolation_scope(), session_mode="request"):
        pass
