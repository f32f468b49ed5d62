"""The app's own hooks may take objects of the schema, chosen by their annotation, and dicts as ever."""

from __future__ import annotations

import pytest

from scrubbing.sentry.typed import typed

#: Hooks by what they take; each does the same to what it gets.
HOOKS = {
    "an object": """
        from scrubbing import schema
        def hook(event: schema.Event, hint) -> schema.Event | None:
            assert type(event) is schema.Event, type(event)
            event.dist = "lost"
            event.tags = event.tags or schema.structure({"tags": {}}).tags
            event.tags.other["colour"] = "blue"
            return event
    """,
    "an object, annotated as a string": """
        from __future__ import annotations
        from scrubbing.schema import Event
        def hook(event: Event, hint: dict) -> Event | None:
            event.tags = event.tags or __import__("scrubbing").schema.structure({"tags": {}}).tags
            event.tags.other["colour"] = "blue"
            return event
    """,
    "an object, as a method": """
        from scrubbing.schema import Event, structure
        class Hook:
            def __call__(self, event: Event, hint):
                event.tags = event.tags or structure({"tags": {}}).tags
                event.tags.other["colour"] = "blue"
                return event
        hook = Hook()
    """,
    "an object, given back as a dict": """
        from scrubbing.schema import Event, unstructure
        def hook(event: Event, hint):
            return {**unstructure(event), "tags": {"colour": "blue"}}
    """,
    "a dict": """
        def hook(event, hint):
            return {**event, "tags": {"colour": "blue"}}
    """,
    "a dict, annotated as the SDK's": """
        from sentry_sdk.types import Event, Hint
        def hook(event: Event, hint: Hint) -> Event | None:
            return {**event, "tags": {"colour": "blue"}}
    """,
    "a dict, annotated with what is not there": """
        from __future__ import annotations
        def hook(event: Nothing, hint) -> Nothing:
            return {**event, "tags": {"colour": "blue"}}
    """,
}


def prelude(source: str) -> str:
    """The hook stands in a module of its own, so that its imports are its own."""
    lines = "\n".join(line[8:] for line in source.strip("\n").splitlines())
    return f"""
import pathlib
pathlib.Path(__file__).with_name("hooks.py").write_text({lines!r})
from frob.hooks import hook
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True, policy="standard", before_send=hook
)
"""


@pytest.mark.parametrize("takes", HOOKS)
def test_a_hook_gets_what_it_asks_for(app, takes):
    """An annotation of ours is an object, everything else a dict; what the hook did arrives either way."""
    app.write("raise ValueError('no')\n", init=prelude(HOOKS[takes]))
    app.run(environ=app.environ(FROB_TELEMETRY="local"))
    (event,) = app.items()
    assert event["tags"]["colour"] == "blue"
    assert "dist" not in event  # the app's facts are what it said at init
    assert app.drops() == {}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return None", "before_send:app"),
        ("raise KeyError", "before_send:app-raised"),
        ("raise __import__('scrubbing').errors.Refused('hunter2')", "before_send:app-raised"),  # no words of the app's
        ("return 3", "before_send:app"),
    ],
)
def test_a_hook_over_objects_can_drop(app, body, reason):
    """What it drops or breaks is dropped and counted, as with dicts."""
    hook = f"        from scrubbing.schema import Event\n        def hook(event: Event, hint):\n            {body}\n"
    app.write("raise ValueError('no')\n", init=prelude(hook))
    run = app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert run.err.endswith("ValueError: no\n")
    assert app.items() == []
    assert app.drops() == {reason: 1}


def test_an_event_that_is_none_is_dropped_before_such_a_hook(app):
    """Where an event does not fit the schema, a hook that wants an object is not asked, and the reason is counted."""
    hook = (
        "        from scrubbing.schema import Event\n        def hook(event: Event, hint):\n            return event\n"
    )
    body = "import sentry_sdk\nsentry_sdk.capture_event({'level': {'odd': 1}, 'logentry': {'formatted': 'no'}})\n"
    app.write(body, init=prelude(hook))
    app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert app.items() == []
    assert app.drops() == {"before_send:schema": 1}
    from scrubbing.cli.reasons import explain

    assert "objects" in explain("before_send:schema")


def test_breadcrumbs_and_transactions_can_be_objects_too(app):
    """Each hook may name the class of what it is given."""
    source = """
import pathlib
pathlib.Path(__file__).with_name("hooks.py").write_text('''
from scrubbing.schema import Event
from scrubbing.schema.model.event import Breadcrumb
def crumb(crumb: Breadcrumb, hint):
    crumb.category = "mine"
    return crumb
def transaction(event: Event, hint):
    event.transaction = "renamed"
    return event
''')
from frob.hooks import crumb, transaction
telemetry = scrubbing.init(
    dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2", enabled=True, policy="standard",
    before_breadcrumb=crumb, before_send_transaction=transaction, traces_sample_rate=1,
)
"""
    body = """
import sentry_sdk
with sentry_sdk.start_transaction(name="work", op="task"):
    pass
sentry_sdk.add_breadcrumb(message="crumb")
sentry_sdk.capture_message("hello")
"""
    app.write(body, init=source)
    app.run(environ=app.environ(FROB_TELEMETRY="local"))
    assert [crumb["category"] for crumb in app.items()[0]["breadcrumbs"]["values"]] == ["mine"]
    assert [event["transaction"] for event in app.items("transaction")] == ["renamed"]


class Odd(type):
    """The class of a class whose attributes cannot be read."""

    def __getattribute__(cls, name):
        """Raise what no reader of annotations expects."""
        if name == "__module__":
            raise RuntimeError
        return super().__getattribute__(name)


@pytest.mark.parametrize(
    "annotation", [type("Nowhere", (), {"__module__": None}), Odd("Hidden", (), {})], ids=["none", "hidden"]
)
def test_an_annotation_that_cannot_be_read_asks_for_nothing(annotation):
    """A hook is taken as it is, and nothing is raised where the program starts."""

    def hook(event, hint):
        return event

    hook.__annotations__["event"] = annotation

    assert typed("before_send", hook) is hook
