"""Messages of real programs: what leaves, what waits for a later start, and what somebody did to it meanwhile."""

from __future__ import annotations

import pytest
from apps import PLANTED

YES = "telemetry = scrubbing.init(dsn=os.environ['FROB_DSN'], app='frob', release='1.4.2', enabled=True{more})\n"
NOWHERE = "http://key@127.0.0.1:9/7"
#: A policy under which a message can be told from `<?>`, whatever is proven of it.
ALL = ", policy=scrubbing.Policy.strict(messages='scrubbed')"
CRASH = "with telemetry.command('watch'):\n    raise ValueError('the word is ' + os.environ['PLANTED'])\n"


def holds(app, word=PLANTED):
    return any(word.encode() in raw for raw in app.raw())


def waiting(app):
    return sorted(app.outbox.glob("*.envelope"))


def crash_offline(app, more=ALL, body=CRASH):
    """Crash where no server is; the envelopes of crashes that wait then."""
    app.write(body, init=YES.format(more=more))
    app.run(environ=app.environ(FROB_DSN=NOWHERE))
    found = [path for path in waiting(app) if b'"exception"' in path.read_bytes()]
    assert found
    return found


def start(app, more=ALL):
    """The next start, at which the server is there."""
    app.crash("telemetry.flush(10)\n", init=YES.format(more=more))


def test_by_default_no_value_of_a_message_leaves(app):
    """Of a crash, its cause, a message and a log record, no run-time value is in any byte."""
    run = app.crash(
        """
        import logging, sentry_sdk
        word = os.environ["PLANTED"]
        sentry_sdk.capture_message("the word is " + word)
        telemetry.capture_message(f"the word is {word}")
        logging.error("the word is %s", word)
        logging.getLogger("frob").error(word)
        try:
            raise KeyError(word)
        except KeyError as error:
            logging.exception("no %s", word)
            raise ValueError(word, {word: word}) from error
        """
    )
    assert PLANTED in run.err
    events = app.items()
    assert len(events) == 6
    assert all(event["fingerprint"][0] == "{{ default }}" for event in events)
    assert not holds(app)
    said = [value["value"] for event in events for value in event.get("exception", {}).get("values", ())]
    said += [text for event in events for text in (event.get("logentry") or {}).values()]
    assert len(said) >= 7
    assert all("word" not in text or "<?>" in text for text in said)


def test_control_the_same_leaves_where_the_author_says_so(app):
    """With `scrubbed` the same crash under strict says its message: finding nothing elsewhere means something."""
    app.crash(CRASH, init=YES.format(more=ALL))
    (event,) = app.items()
    assert event["exception"]["values"][0]["value"] == f"the word is {PLANTED}"
    assert app.drops() == {}


def test_a_constant_message_is_itself_or_unknown(app):
    """A message that is all code leaves whole or not at all, and it arrives."""
    app.crash(
        """
        import sentry_sdk
        sentry_sdk.capture_message("the disk is full")
        raise ValueError("nothing to do")
        """
    )
    events = app.items()
    assert len(events) == 2
    said = {event["logentry"]["formatted"] for event in events if "exception" not in event}
    said |= {event["exception"]["values"][0]["value"] for event in events if "exception" in event}
    assert said <= {"<?>", "the disk is full", "nothing to do"}
    assert app.drops() == {}


def test_what_waits_is_delivered_by_a_later_process(app):
    """A message the policy lets out still leaves when another process of the same policy sends it."""
    (crash,) = crash_offline(app)
    assert PLANTED.encode() in crash.read_bytes()
    start(app)
    assert waiting(app) == []
    assert any(PLANTED.encode() in body for body in app.server.bodies)
    assert "fence:run-time" not in app.drops()


def test_what_waits_under_the_default_is_delivered_by_a_later_process(app):
    """The same for skeletons."""
    crash_offline(app, more="")
    start(app, more="")
    assert waiting(app) == []
    (event,) = app.items()
    assert "<?>" in event["exception"]["values"][0]["value"]
    assert app.drops() == {}


MIXED = ", policy=scrubbing.Policy.PRESET(messages={'KeyError': 'type', 'ValueError': 'scrubbed'})"


@pytest.mark.parametrize("preset", ["strict", "standard", "verbose"])
@pytest.mark.parametrize("offline", [True, False])
def test_each_class_has_its_word_on_the_wire(app, preset, offline):
    """Of one chain one message leaves and one does not, at once or by a later process of the same policy."""
    body = """
    def work():
        try:
            raise KeyError("not " + chr(104) + "idden")
        except KeyError as error:
            raise ValueError("the w" + chr(111) + "rd") from error
    work()
    """
    more = MIXED.replace("PRESET", preset)
    app.write(body, init=YES.format(more=more))
    app.run(environ=app.environ(FROB_DSN=NOWHERE) if offline else None)
    start(app, more)
    (event,) = app.items()
    assert waiting(app) == []
    assert [value["value"] for value in event["exception"]["values"]] == ["<?>", "the word"]
    assert not holds(app, "not hidden")
    assert app.drops() == {}


LATER = {
    "strict": "",
    "types": ", policy=scrubbing.Policy.strict(messages='type')",
    "another class": ", policy=scrubbing.Policy.strict(messages={'KeyError': 'scrubbed'})",
    "types of an open preset": ", policy=scrubbing.Policy.standard(messages='type')",
}


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("made", ["all messages", "standard"])
def test_what_waits_under_a_more_open_policy_is_deleted(app, made, later):
    """A message that was let out by another policy is refused, counted and gone."""
    crash_offline(app, more={"all messages": ALL, "standard": ", policy='standard'"}[made])
    assert holds(app)
    start(app, more=LATER[later])
    assert waiting(app) == []
    assert not holds(app)
    assert app.items() == []
    assert sum(count for reason, count in app.drops().items() if reason.startswith("fence:")) == 1


@pytest.mark.parametrize("more", ["", ALL])
@pytest.mark.parametrize("how", ["in place", "under another's name", "under a name without a seal"])
def test_a_message_that_was_written_by_hand_is_deleted(app, more, how):
    """A file somebody edited does not leave, whichever envelope's name it has."""
    body = "with telemetry.command('watch'):\n    raise ValueError('one')\n"
    (crash,) = crash_offline(app, more, body)
    data = crash.read_bytes()
    head, _, rest = data.partition(b'"value":"')
    changed = head + b'"value":"by hand' + rest[rest.index(b'"') :]
    lines = changed.split(b"\n")
    lines[1] = lines[1].replace(b"%d" % len(data.split(b"\n")[2]), b"%d" % len(lines[2]))
    crash.unlink()
    names = {
        "in place": crash.name,
        "under another's name": crash.name.replace(crash.name.split(".")[-2], "0f" * 16),
        "under a name without a seal": crash.name.replace("." + crash.name.split(".")[-2], ""),
    }
    crash.with_name(names[how]).write_bytes(b"\n".join(lines))
    assert holds(app, "by hand")
    start(app, more)
    assert waiting(app) == []
    assert not holds(app, "by hand")
    assert app.drops()["fence:run-time"] == 1


HOOK = """
def before_send(event, hint):
    event = CHANGE
    return event
"""


@pytest.mark.parametrize(
    "change",
    [
        "{**event, 'logentry': {'formatted': os.environ['PLANTED']}}",
        "event['logentry'].update(formatted=os.environ['PLANTED']) or event",
        "{**event, 'logentry': None, 'message': os.environ['PLANTED']}",
        "{**event, 'exception': {'values': [{'type': 'ValueError', 'value': os.environ['PLANTED']}]}}",
    ],
)
def test_a_message_of_the_apps_own_hook_is_run_time_text(app, change):
    """What `before_send` puts in place of a message stays at home."""
    app.write(
        "telemetry.capture_message('the disk is full')\n",
        init="import os\n" + HOOK.replace("CHANGE", change) + YES.format(more=", before_send=before_send"),
    )
    app.run()
    (event,) = app.items()
    assert not holds(app)
    if "exception" not in event:
        assert event["logentry"]["formatted"] == "<?>"
    else:
        assert event["exception"]["values"] == [{"type": "ValueError", "value": "<?>"}]


def test_a_processor_of_the_sdk_puts_nothing_in(app):
    """Text that an event processor puts in place of a message matches no constant of the call."""
    app.crash(
        """
        import sentry_sdk
        def processor(event, hint):
            event["logentry"] = {"formatted": os.environ["PLANTED"], "message": os.environ["PLANTED"]}
            return event
        sentry_sdk.get_current_scope().add_event_processor(processor)
        sentry_sdk.capture_message("the disk is full")
        raise ValueError(os.environ["PLANTED"])
        """
    )
    assert len(app.items()) == 2
    assert not holds(app)


def test_the_middleware_alone_sends_messages_too(app):
    """From memory, where the envelope is judged again just before the socket."""
    app.crash(
        """
        import sentry_sdk
        sentry_sdk.init(**scrubbing.sentry_options(policy, dsn=os.environ["FROB_DSN"], release="frob@1.4.2"))
        sentry_sdk.capture_message("the word is " + os.environ["PLANTED"])
        sentry_sdk.flush(10)
        """,
        init="policy = scrubbing.Policy.strict(messages='scrubbed')\n",
    )
    (event,) = app.items()
    assert event["logentry"] == {"formatted": f"the word is {PLANTED}"}


def test_a_notes_words_stay_where_the_message_does(app):
    """What was added to an exception belongs to its message."""
    app.crash(
        """
        error = ValueError("no")
        error.__notes__ = ["the word is " + os.environ["PLANTED"]]
        raise error
        """
    )
    assert len(app.items()) == 1
    assert not holds(app)
