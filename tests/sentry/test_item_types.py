"""Every item type the installed SDK can emit: what may leave does under its preset, all else is refused and counted."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path

import pytest
import sentry_sdk
from apps import App
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.envelope import Envelope, Item
from servers.faulty import Faulty

from scrubbing.schema import ITEMS, PRESETS
from scrubbing.schema.items import NEVER_SENT

SOURCES = Path(sentry_sdk.__file__).parent
#: Rate-limit categories of the protocol that no item of an SDK for Python has, or whose items never leave.
CATEGORIES = {
    *("default", "crash", "security", "internal", "attachment", "profile", "profile_chunk", "log_byte", "log"),
    *("trace_metric_byte", "metric_bucket", *(item.category for item in ITEMS.values())),
}


def added_types() -> set[str]:
    """The types of what `Envelope.add_*` adds."""
    envelope = Envelope()
    for name in dir(envelope):
        if name.startswith("add_") and name != "add_item":
            getattr(envelope, name)({})
    return {str(item.type) for item in envelope.items}


def categorised_types() -> set[str]:
    """The types `Item.data_category` knows."""
    source = inspect.getsource(Item.data_category.fget)
    tree = ast.parse(inspect.cleandoc(source))
    compared = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    return {str(ast.literal_eval(value)) for node in compared for value in node.comparators}


def written_types() -> set[str]:
    """The types the SDK's sources name: ``Item(type="...")``, and ``TYPE = "..."`` of what makes batches."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Item":
                found |= {word.value.value for word in node.keywords if word.arg == "type" and is_text(word.value)}
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TYPE" and is_text(node.value):
                found.add(node.value.value)
    return found - {""}


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


#: Whether this SDK can send spans by themselves.
STREAMS = "trace_lifecycle" in DEFAULT_OPTIONS
EMITTED = sorted(added_types() | categorised_types() | written_types())


def test_every_type_the_sdk_emits_has_been_decided_on():
    """A type is declared or never sent; one that a new SDK brings fails here until somebody decides."""
    assert {"event", "transaction", "log", "attachment", "client_report", "profile"} <= set(EMITTED)
    assert set(EMITTED) <= set(ITEMS) | set(NEVER_SENT)
    assert not set(ITEMS) & set(NEVER_SENT)


def test_every_category_of_the_sdk_is_known():
    """A new category in the SDK's own list of them means a new kind of item."""
    tree = ast.parse((SOURCES / "_types.py").read_text(encoding="utf-8"))
    (words,) = (
        node.value.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "EventDataCategory"
    )
    assert set(ast.literal_eval(words)) <= CATEGORIES


#: Does each thing, and says what was then kept, and what was counted.
PROGRAM = """
import json, sys, time
import sentry_sdk
from sentry_sdk import crons, logger
try:
    from sentry_sdk import metrics, traces
except ImportError:  # an older SDK
    metrics = traces = None
from sentry_sdk.envelope import Envelope, Item, PayloadRef
from scrubbing.wire import read

kept = telemetry.consent.places.kept
client = sentry_sdk.get_client()
planted, unseen = os.environ["PLANTED"], os.environ["UNSEEN"]
counted = {}

def outcome(act):
    time.sleep(0.1)  # events have a rate
    act()
    for name in ("log_batcher", "metrics_batcher", "span_batcher", "session_flusher"):
        batcher = getattr(client, name, None)
        if batcher is not None:
            batcher.flush()
    left = []
    for name in sorted(os.listdir(kept)) if os.path.isdir(kept) else ():
        if name.endswith(".envelope"):
            with open(os.path.join(kept, name), "rb") as file:
                data = file.read()
            left += [[item.type, item.payload.decode()] for item in read(data).items]
            os.unlink(os.path.join(kept, name))
    dropped = {reason: row["number"] for reason, row in telemetry.status()["dropped"].items()}
    new = sorted(reason for reason in dropped if dropped[reason] != counted.get(reason))
    counted.update(dropped)
    return {"left": left, "dropped": new}

def error():
    try:
        int(planted)
    except ValueError as error:
        sentry_sdk.capture_exception(error)

def transaction():
    with sentry_sdk.start_transaction(name="work " + planted, op="task"):
        with sentry_sdk.start_span(name="part " + planted, op="part"):
            pass

def session(mode):
    scope = sentry_sdk.get_isolation_scope()
    scope.set_user({"id": planted})
    scope.start_session(session_mode=mode)
    scope.end_session()

def attachment():
    with sentry_sdk.new_scope() as scope:
        scope.add_attachment(bytes=planted.encode(), filename=planted)
        sentry_sdk.capture_message("with an attachment")

def streamed():
    with traces.start_span(name="streamed " + planted, attributes={"note": planted}):
        pass

def event(**fields):
    return lambda: sentry_sdk.capture_event({"message": planted, **fields})

API = {
    "message": lambda: sentry_sdk.capture_message("hello " + planted),
    "error": error,
    "transaction": transaction,
    "session": lambda: session("application"),
    "sessions": lambda: session("request"),
    "check_in": lambda: crons.capture_checkin(monitor_slug="nightly-" + planted, status="ok"),
    "log": lambda: logger.info("logged {what}", what=planted),
    "trace_metric": lambda: metrics.count("counted", 1, attributes={"note": planted}),
    "attachment": attachment,
    "client_report": lambda: client.transport.record_lost_event("before_send", data_category="error"),
    "type feedback": event(type="feedback", contexts={"feedback": {"message": planted, "contact_email": planted}}),
    "type profile": event(type="profile"),
    "type made up": event(type="made_up"),
}
STREAMED = {"span": streamed}
if metrics is None:
    del API["trace_metric"]

def handed(items, **headers):
    return lambda: client.transport.capture_envelope(Envelope(headers=headers, items=items))

ID = "0123456789abcdef0123456789abcdef"
PAYLOADS = {
    "event": {"event_id": ID, "message": unseen, "level": "info", "platform": "python"},
    "transaction": {"event_id": ID, "type": "transaction", "transaction": unseen, "timestamp": 2.0},
    "session": {"sid": ID, "status": "ok", "did": unseen, "attrs": {"release": "frob@1.4.2"}},
    "sessions": {"aggregates": [{"started": "2026-11-22T06:00:00Z", "did": unseen, "exited": 1}]},
    "check_in": {"check_in_id": ID, "monitor_slug": unseen, "status": "ok"},
    "log": {"items": [{"timestamp": 1.0, "level": "info", "body": unseen}]},
    "trace_metric": {"items": [{"timestamp": 1.0, "name": unseen, "type": "counter", "value": 1}]},
    "span": {"items": [{"name": unseen, "trace_id": ID}]},
    "feedback": {"event_id": ID, "contexts": {"feedback": {"message": unseen}}},
}
HANDED = {
    name: handed([Item(type=name, payload=PayloadRef(json=PAYLOADS.get(name, {"note": unseen})))], event_id=ID)
    for name in json.loads(os.environ["TYPES"])
}
HANDED |= {
    "bytes": handed([Item(type="event", payload=unseen.encode())]),
    "no type": handed([Item(payload=unseen.encode())]),
    "a type that is no word": handed([Item(type=unseen + " !", payload=b"{}")]),
    "nothing": handed([]),
    "seen texts, unseen event": handed([Item(type="event", payload=PayloadRef(
        json={"event_id": ID, "logentry": {"formatted": "<?>"}, "level": "info", "platform": "python"}))]),
    "header": handed([Item(type="event", payload=PayloadRef(json=PAYLOADS["event"]))],
                     event_id=ID, trace={"user": unseen}, sdk={"name": unseen}),
}
if getattr(client, "span_batcher", None) is not None:
    acts = STREAMED
else:
    acts = {**API, **{"handed " + name: act for name, act in HANDED.items()}}
print(json.dumps({name: outcome(act) for name, act in acts.items()}))
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each under each preset; the program runs once for each preset and way of sending spans."""
    kept: dict[str, dict] = {}

    def outcomes(preset: str) -> dict:
        if preset not in kept:
            kept[preset] = {}
            with Faulty() as server:
                app = App(tmp_path_factory.mktemp(preset), server)
                for more in ("", ", trace_lifecycle='stream'") if STREAMS else ("",):
                    more += ", enable_logs=True"  # older SDKs want to be asked
                    app.write(PROGRAM, more=f", policy={preset!r}, traces_sample_rate=1.0, load='eager'{more}")
                    types = json.dumps([*EMITTED, *NEVER_SENT, "feedback", "replay_event", "made_up"])
                    run = app.run(environ=app.environ(FROB_TELEMETRY="local", TYPES=types, UNSEEN="never seen"))
                    assert (run.code, run.err) == (0, "")
                    kept[preset] |= json.loads(run.out)
                assert server.connections == 0
        return kept[preset]

    return outcomes


#: What is sent through the SDK's functions: the item types that then leave, by preset.
SENT = {
    "message": (["event"], ["event"], ["event"]),
    "error": (["event"], ["event"], ["event"]),
    "transaction": ([], ["transaction"], ["transaction"]),
    "session": ([], [], []),  # the SDK's sessions have no hook and say who the user is; ours are made elsewhere
    "sessions": (["sessions"], ["sessions"], ["sessions"]),
    "check_in": ([], ["check_in"], ["check_in"]),
    "log": ([], [], ["log"]),
    "trace_metric": ([], [], ["trace_metric"]),
    "span": ([], [], ["span"]),
    "attachment": (["event"], ["event"], ["event"]),
    "client_report": ([], [], []),
    "type feedback": (["event"], ["event"], ["event"]),
    "type profile": (["event"], ["event"], ["event"]),
    "type made up": (["event"], ["event"], ["event"]),
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("act", SENT)
def test_what_is_sent_through_the_sdk(outcomes, preset, act):
    """What may leave under a preset does, whatever else is in its envelope; what may not is counted."""
    outcome = outcomes(preset).get(act)
    if outcome is None:
        pytest.skip("this SDK cannot")
    leaves = SENT[act][PRESETS.index(preset)]
    assert [kind for kind, _ in outcome["left"]] == leaves
    if not leaves and act != "client_report":
        assert outcome["dropped"] != []
    if act == "attachment":
        assert outcome["dropped"] == ["item:attachment"]
    if preset == "strict":
        assert not any("hunter2" in payload for _, payload in outcome["left"])


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_handed_to_the_transport_is_refused(outcomes, preset):
    """An envelope past the hooks does not leave, whatever its type, and its drop is counted by a word of ours."""
    handed = {act: outcome for act, outcome in outcomes(preset).items() if act.startswith("handed ")}
    assert len(handed) >= len(EMITTED)
    for act, outcome in handed.items():
        assert outcome["left"] == [], act
        if act != "handed nothing":
            assert outcome["dropped"] != [], act
        assert not any("seen" in reason.replace("unseen", "") for reason in outcome["dropped"]), act


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("kind", [*NEVER_SENT, "replay_event", "made_up"])
def test_an_undeclared_type_is_counted_by_its_name(outcomes, preset, kind):
    """The author finds the item's type in status, where it is the protocol's: any other may hold a value of the app."""
    reason = f"item:{kind}" if kind in NEVER_SENT else "item:unknown"
    assert outcomes(preset)[f"handed {kind}"]["dropped"] == [reason]
