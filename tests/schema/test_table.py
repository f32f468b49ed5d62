"""The classes and the table made from them: every field says what it is, and the two cannot differ."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from scrubbing import schema
from scrubbing.schema import ITEMS, PRESETS, Kind, generate
from scrubbing.schema import fields as declared
from scrubbing.schema.fields import NEVER, flag, leaf, meta_of
from scrubbing.schema.items import NEVER_SENT, PURPOSES
from scrubbing.schema.model import event
from scrubbing.schema.walker.table import ROWS

FIELDS = [(cls, field) for cls in generate.classes() for field in attrs.fields(cls)]


def test_the_table_is_what_the_classes_say():
    """`python -m scrubbing.schema.generate` was run after the last change, and so was the walker made from it."""
    here = Path(generate.__file__).parent

    assert set(generate.modules()) == {"walker/table.py", *(f"walker/compiled/{preset}.py" for preset in PRESETS)}
    for path, made in generate.modules().items():
        assert made == (here / path).read_text(encoding="utf-8"), path


def test_every_field_says_what_it_is():
    """Each attribute of each class has a kind or a class, a preset or never, and a line of documentation."""
    names = {"", *(one.__name__ for one in generate.classes())}
    for cls, field in FIELDS:
        meta = meta_of(field)
        where = f"{cls.__name__}.{field.name}"
        assert (meta.kind is None) == bool(meta.of), where
        assert meta.of in names, where
        assert meta.leaves in (*PRESETS, NEVER), where
        assert meta.doc.strip() == meta.doc != "", where
        assert cls.__doc__.strip().endswith("."), where


def test_what_leaves_under_strict_cannot_be_just_anything():
    """Under strict: facts of a closed form, whole numbers to a limit, flags, code; text only for skeletons."""
    messages = {"ExceptionValue.value", "LogEntry.formatted", "LogEntry.message"}  # skeletons
    words = {"Feedback.message", "Feedback.contact_email", "Feedback.name"}  # the user wrote and saw them
    for cls, field in FIELDS:
        meta = meta_of(field)
        where = f"{cls.__name__}.{field.name}"
        if meta.leaves != "strict" or meta.of:
            continue
        assert meta.kind not in (Kind.BAG, Kind.URL), where
        assert meta.kind is not Kind.NUMBER or meta.flag or meta.limit is not None, where
        assert meta.kind is not Kind.TEXT or where in words | {"Event.fingerprint"}, where
        assert (meta.kind is Kind.MESSAGE) == (where in messages), where
        if meta.kind in (Kind.FACT, Kind.ID) and meta.values is None:
            open_ended = re.sub(r"\\.|\[[^]]*\]|\.\{1,200\}", "", meta.pattern)
            assert "." not in open_ended, where


def test_items_name_their_payloads():
    """Each item type that may leave has a class, a purpose, and is not among those that never do."""
    assert {item.payload for item in ITEMS.values()} <= set(ROWS)
    assert set(PURPOSES) == set(ITEMS)
    assert not set(NEVER_SENT) & set(ITEMS)


def test_a_field_without_kind_or_form_is_a_mistake():
    """A fact that leaves without a form, an unknown preset and a plain attribute are refused at once."""
    with pytest.raises(TypeError, match="says what it can be"):
        leaf(Kind.FACT, "strict", "anything")
    with pytest.raises(TypeError, match="expected one of"):
        flag("sometimes", "whether")

    @attrs.define
    class Bare:
        name: str = ""

    with pytest.raises(TypeError, match="neither kind nor preset"):
        meta_of(attrs.fields(Bare).name)


def test_importing_the_room_makes_no_classes():
    """What a capture imports has no class of the model in it, and no regular expression but those that are needed."""
    code = (
        "import sys, scrubbing.schema.walker as walker\n"
        "from scrubbing.schema.strings import FORMS\n"
        "shape = walker.compiled('Event', 'verbose')\n"
        "print('scrubbing.schema.model.event' in sys.modules, len(FORMS))\n"
        "walker.copy(shape, {'release': '1', 'request': {'url': 'http://a/?b=1'}})\n"
        "print(len(FORMS))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["False", "0", "3"]
    assert schema.Event is event.Event
    with pytest.raises(AttributeError):
        _ = schema.Nothing
    assert declared.NEVER == "never"
