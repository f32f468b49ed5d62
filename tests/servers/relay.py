"""What Sentry's own normaliser, sentry-relay 0.10.1, does to an event: a second opinion, asked in its own environment.

It is under a licence of its own; nothing of it is imported here or installed beside the library.
"""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from servers.environments import python_with, quiet_environ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUIREMENT = "sentry-relay==0.10.1"
NORMALISE = """
import json, sys
from sentry_relay import StoreNormalizer
normalizer = StoreNormalizer(project_id=1, enable_trimming=True, remove_other=True, max_secs_in_past=2592000)
json.dump({name: normalizer.normalize_event(event) for name, event in json.load(sys.stdin).items()}, sys.stdout)
"""
STRIP = """
import json, sys
from sentry_relay.processing import pii_strip_event, validate_pii_config
config, events = json.load(sys.stdin)
try:
    validate_pii_config(json.dumps(config))
except ValueError as problem:
    json.dump({"invalid": str(problem)}, sys.stdout)
else:
    json.dump({name: pii_strip_event(config, event) for name, event in events.items()}, sys.stdout)
"""
Path = tuple[str, ...]


class Relay:
    """The normaliser.

    Raises:
        UnavailableError: it cannot be installed here.
    """

    def __init__(self) -> None:
        self._python = python_with(REQUIREMENT)

    def normalised(self, events: dict[str, Any]) -> dict[str, Any]:
        """Events by name, as Sentry would store them."""
        return self._ran(NORMALISE, events)

    def stripped(self, config: Any, events: dict[str, Any]) -> dict[str, Any]:
        """Events by name, as its rules leave them.

        Raises:
            ValueError: it does not accept the configuration.
        """
        made = self._ran(STRIP, [config, events])
        if "invalid" in made:
            raise ValueError(made["invalid"])
        return made

    def _ran(self, code: str, given: Any) -> Any:
        command = [self._python, "-c", code]
        run = subprocess.run(
            command, input=json.dumps(given).encode(), env=quiet_environ(), capture_output=True, check=False
        )
        if run.returncode:
            raise RuntimeError(run.stderr.decode(errors="replace"))
        return json.loads(run.stdout)

    def complaints(self, events: dict[str, Any]) -> list[str]:
        """What it reports, drops, cuts or changes of events beyond what it does to any; lines begin with the name."""
        return [
            f"{name}: {complaint}"
            for name, made in self.normalised(events).items()
            for complaint in (*_remarks(made.get("_meta")), *_errors(made), *_lost(events[name], made, ()))
        ]


def _errors(made: dict[str, Any]) -> Iterator[str]:
    for error in made.get("errors") or ():
        yield f"error {json.dumps(error)[:200]}"


def _remarks(meta: Any, path: Path = ()) -> Iterator[str]:
    """All of them: each says that something was wrong, removed or cut."""
    for key, below in (meta or {}).items():
        if key == "":
            yield f"{'.'.join(path)}: remark {json.dumps(below)[:200]}"
        else:
            yield from _remarks(below, (*path, key))


def _seconds(value: Any) -> Any:
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
    return round(value, 6) if isinstance(value, float) else value


def _pairs(value: Any) -> list[list[Any]]:
    pairs = value.items() if isinstance(value, dict) else filter(None, value)
    return sorted(([key or "", found] for key, found in pairs), key=str)


def _headers(value: Any) -> list[list[Any]]:
    return sorted([key.title(), found] for key, found in _pairs(value))


def _query(value: Any) -> list[list[Any]]:
    if isinstance(value, str):
        value = [part.partition("=")[::2] for part in value.split("&")]
    return sorted([unquote(key), unquote(found or "")] for key, found in _pairs(value))


#: What Sentry documents to store in another form, and why, by the path (``[]`` for any member of a list): both sides
#: are compared in the form the function gives them.
FORMS: dict[str, Callable[[Any], Any]] = {
    r"(.+\.)?(start_)?timestamp": _seconds,  # any form of a time becomes seconds since 1970
    r"(spans\.\[\]\.)?tags": _pairs,  # what can have a key twice becomes pairs
    r"request\.headers": _headers,  # names of headers get capitals
    r"request\.query_string": _query,
    r"request\.url": unquote,  # it is written with percent signs
    r"transaction_info\.source": lambda source: {"url": "sanitized"}.get(source, source),  # ids in URLs become stars
}


def _lost(sent: Any, made: Any, path: Path) -> Iterator[str]:
    """What was sent and is not there any more, or is there as something else."""
    where = ".".join(path)
    for pattern, form in FORMS.items():
        if re.fullmatch(pattern, where) and sent and made:
            sent, made = form(sent), form(made)
    if isinstance(sent, dict) and isinstance(made, dict):
        for key, value in _kept(sent, path).items():
            yield from _lost(value, made.get(key), (*path, key))
    elif isinstance(sent, list) and isinstance(made, list) and len(sent) == len(made):
        for one, other in zip(sent, made, strict=True):
            yield from _lost(one, other, (*path, "[]"))
    elif sent != made:
        yield f"{where}: sent {json.dumps(sent)[:100]}, stored {json.dumps(made)[:100]}"


def _kept(sent: dict[str, Any], path: Path) -> dict[str, Any]:
    """Sentry leaves out what has nothing in it, and the template of a message that is the message itself."""
    kept = {key: value for key, value in sent.items() if not _empty(value)}
    if path == ("logentry",) and kept.get("message") == kept.get("formatted"):
        kept.pop("message", None)
    return kept


def _empty(value: Any) -> bool:
    if isinstance(value, (dict, list)):
        return all(map(_empty, value.values() if isinstance(value, dict) else value))
    return value is None or value == ""
