"""Enumerated facts about where the app runs: nothing an owner chose, nothing that tells machines apart."""

from __future__ import annotations

import functools
import platform
import sys
from typing import Any


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
