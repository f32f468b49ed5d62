"""What was collected under local is never sent; what was sent can be read in exact bytes."""

from __future__ import annotations

import pytest

from scrubbing.outbox.store import Outbox


def shelf(app, name):
    outbox = Outbox(str(app.outbox.parent / name), drop=lambda _reason: None)
    return [outbox.read(entry) for entry in outbox.waiting()]


def test_what_was_collected_under_local_is_not_sent_by_a_later_yes(app):
    """A yes is a yes to what comes, not to what was kept."""
    app.write("raise ValueError(os.environ['PLANTED'])\n")
    app.run(environ=app.environ(FROB_TELEMETRY="local"))
    (kept,) = shelf(app, "kept")
    app.write("telemetry.flush(10)\n")
    app.run()
    assert app.server.bodies == []
    assert shelf(app, "kept") == [kept]


def test_what_was_sent_can_be_read_in_exact_bytes(app):
    """What the server got is what the user can read."""
    app.crash("telemetry.capture_message('hello')\nprint(telemetry.flush(10))\n")
    assert app.server.bodies
    assert sorted(shelf(app, "sent")) == sorted(app.server.bodies)


@pytest.mark.parametrize("purposes", ["None", "['crashes']"])
def test_a_no_erases_what_was_kept(app, purposes):
    """Taking consent back removes what was collected under local too."""
    app.write("telemetry.capture_message('hello')\n")
    app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert len(shelf(app, "kept")) == 1
    app.crash(f"telemetry.set_consent('off', {purposes})\n")
    assert shelf(app, "kept") == []


def test_a_broken_policy_file_is_said_at_init_after_a_yes(app):
    """A mistake in the policy's file raises where the author sees it, and not in a program whose user said no."""
    (app.home / "policy.toml").write_text('preset = "loud"\n')
    init = (
        "telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=True,"
        " policy=os.path.join(os.environ['HOME'], 'policy.toml'))\n"
    )
    app.write("print('ran')\n", init=init)
    assert "PolicyError" in app.run().err
    assert app.run(environ=app.environ(FROB_TELEMETRY="off")).out == "ran\n"


def test_two_messages_are_two_issues(app):
    """Under strict messages are grouped by the call that sent them."""
    app.crash("telemetry.capture_message('one')\ntelemetry.capture_message('two')\n" * 1)
    assert len({tuple(event["fingerprint"]) for event in app.items()}) == 2
