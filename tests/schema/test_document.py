"""What people and other programs read of the schema is made from its classes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from strategies import CLASSES, values
from strategies import json as any_json

from scrubbing.cli import main
from scrubbing.errors import SchemaError
from scrubbing.schema import ITEMS, NEVER_SENT, structure, unstructure
from scrubbing.schema.document import json_schema, markdown, rows, text
from scrubbing.schema.fields import NEVER, meta_of, wire_name

PAGE = Path(__file__).parents[2] / "docs/what-leaves.md"
VALIDATOR = jsonschema.Draft7Validator(json_schema())
several = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


def test_the_page_is_what_the_classes_say():
    """`python -m scrubbing.schema.document > docs/what-leaves.md` was run after the last change."""
    assert markdown() == PAGE.read_text(encoding="utf-8")


def test_every_field_is_on_the_page():
    """Field by field: its name, the preset under which it leaves, and what it is, under its class."""
    page = PAGE.read_text(encoding="utf-8")
    for name, cls in CLASSES.items():
        section = page.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        for field in attrs.fields(cls):
            meta = meta_of(field)
            if not meta.rest:
                line = next(line for line in section.splitlines() if line.startswith(f"| {wire_name(field)} |"))
                assert f"| {meta.leaves} |" in line
                assert meta.doc.replace("|", "\\|") in line
    assert all(f"`{name}`" in page for name in [*ITEMS, *NEVER_SENT])


def test_the_command_prints_the_table(capsys):
    """`scrubbing schema` lists each class and field in plain text."""
    assert main(["schema"]) == 0
    out = capsys.readouterr().out
    assert out.strip() == text().strip()
    frame = out.partition("Frame: ")[2].partition("\n\n")[0]
    assert "  vars " in frame
    assert len(frame.splitlines()) == 2 + len(rows(CLASSES["Frame"]))


def test_the_command_prints_json_schema(capsys):
    """`scrubbing schema --json` prints a schema that is one, with kind, preset and limit beside each field."""
    assert main(["schema", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json_schema()
    jsonschema.Draft7Validator.check_schema(printed)
    value = printed["definitions"]["ExceptionValue"]["properties"]["value"]
    assert (value["x-kind"], value["x-leaves"], value["x-limit"]) == ("message", "strict", 8192)
    assert printed["definitions"]["Event"]["properties"]["server_name"]["x-leaves"] == NEVER


def test_a_reader_that_has_seen_enough_is_no_error():
    """`scrubbing schema | head -1` ends quietly."""
    program = f"{sys.executable} -m scrubbing.cli schema --json | head -c 1"
    run = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("{", "")


@several
@given(values())
def test_what_structures_validates(event):
    """What `structure` takes, in today's form, the JSON Schema takes."""
    VALIDATOR.validate(unstructure(structure(event)))


@several
@given(any_json)
def test_what_the_json_schema_refuses_does_not_structure(value):
    """The two agree about anything at all, put where an exception's parts are."""
    event = {"exception": {"values": [{"type": value, "mechanism": value, "stacktrace": {"frames": [value]}}]}}
    try:
        structure(event)
    except SchemaError:
        with pytest.raises(jsonschema.ValidationError):
            VALIDATOR.validate(event)
    else:
        VALIDATOR.validate(event)
