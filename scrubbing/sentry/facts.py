"""Enumerated facts about where the app runs: nothing an owner chose, nothing that tells machines apart."""

from __future__ import annotations

import functools
import os
import platform
import re
import sys
import uuid
from typing import Any

from sentry_sdk.consts import VERSION

#: The form `uuid.uuid4().hex` has, which the SDK makes ids with.
_UUID4 = re.compile(r"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", re.ASCII)
#: A trace and the span in it, as the SDK finds them in the environment.
_TRACE = re.compile(r"([0-9a-fA-F]{32})-([0-9a-fA-F]{16})")


@functools.cache
def surroundings() -> dict[str, Any]:
    """The Python and the operating system as enumerated facts: no build, no kernel name, nothing an owner chose."""
    names = {"linux": "Linux", "darwin": "macOS", "win32": "Windows", "cygwin": "Windows"}
    name = names.get(sys.platform, "FreeBSD" if sys.platform.startswith("freebsd") else "Other")
    release = platform.mac_ver()[0] if name == "macOS" else platform.release()
    numbers = [part for part in release.replace("-", ".").split(".")[:2] if part.isdigit()]
    system = {"name": name, **({"version": ".".join(numbers)} if numbers else {})}
    implementation = platform.python_implementation()
    version = ".".join(str(number) for number in sys.version_info[:3])
    return {"runtime": {"name": implementation, "version": version}, "os": system}


@functools.cache
def sdk() -> dict[str, Any]:
    """The SDK, as itself says; an event can say anything."""
    return {"name": "sentry.python", "version": VERSION, "packages": [{"name": "pypi:sentry-sdk", "version": VERSION}]}


def random_id(given: object) -> str:
    """Return an event's id if it has the form of a random one, else a new one: an app can set it to anything."""
    return given if isinstance(given, str) and _UUID4.fullmatch(given) else uuid.uuid4().hex


def without_inherited_ids(payload: dict[str, Any]) -> dict[str, Any]:
    """Put ids of this process where the SDK put the trace of whoever started it, from ``SENTRY_TRACE``.

    That trace is a value of the environment: it would tell which other program of this user started this one.

    Args:
        payload: JSON; it is not changed.
    """
    found = _TRACE.search(os.environ.get("SENTRY_TRACE", ""))
    if found is None:
        return payload
    own = {theirs.lower(): _own_id(theirs.lower()) for theirs in found.groups()}
    return {key: _replaced(value, own) for key, value in payload.items()}


def _replaced(value: Any, own: dict[str, str]) -> Any:
    if isinstance(value, str):
        return own.get(value.lower(), value)
    if isinstance(value, dict):
        return {key: _replaced(child, own) for key, child in value.items()}
    return [_replaced(child, own) for child in value] if isinstance(value, list) else value


@functools.cache
def _own_id(theirs: str) -> str:
    return uuid.uuid4().hex[: len(theirs)]
