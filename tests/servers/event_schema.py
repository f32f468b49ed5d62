"""The public schema of events, ``event.schema.json``, as the test server ships it.

It is read, and asked, in the server's own environment, which has a validator for it.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from servers.bugsink import interpreter
from servers.environments import quiet_environ

READ = """
import pathlib, sys
import api
sys.stdout.buffer.write((pathlib.Path(list(api.__path__)[0]) / "event.schema.json").read_bytes())
"""
VALIDATE = """
import json, sys
import jsonschema
schema, events = json.load(sys.stdin)
validator = jsonschema.Draft7Validator(schema)
json.dump({
    name: [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(event)]
    for name, event in events.items()
}, sys.stdout)
"""


class EventSchema:
    """The schema.

    Raises:
        UnavailableError: the server that ships it cannot be installed here.
    """

    def __init__(self) -> None:
        self._python = interpreter()
        schema = self._run(READ, "")
        (self._event,) = schema.pop("anyOf")  # by itself, so that a validator says what is wrong inside
        self._definitions = schema["definitions"]

    @property
    def definitions(self) -> dict[str, Any]:
        """Its definitions by name, and the event itself as ``Event``."""
        return {**self._definitions, "Event": self._event}

    def problems(self, events: dict[str, Any]) -> list[str]:
        """What it finds wrong with events, each line beginning with the event's name."""
        found = self._run(VALIDATE, json.dumps([{**self._event, "definitions": self._definitions}, events]))
        return [f"{name}: {problem}" for name, problems in found.items() for problem in problems]

    def _run(self, code: str, given: str) -> Any:
        run = subprocess.run(
            [self._python, "-c", code], input=given.encode(), env=quiet_environ(), capture_output=True, check=False
        )
        if run.returncode:
            raise RuntimeError(run.stderr.decode(errors="replace"))
        return json.loads(run.stdout)
