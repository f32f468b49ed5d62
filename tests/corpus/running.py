"""Runs the corpus where its packages are."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from corpus.cases import APP
from servers.environments import python_with, quiet_environ

ROOT = Path(__file__).parents[2]
#: What the app depends on, by the name it is imported by, in versions that run on every Python the library does.
PACKAGES = {
    "pandas": "pandas==2.3.3",
    "click": "click==8.3.1",
    "requests": "requests==2.32.5",
    "flask": "flask==3.1.3",
    "sqlalchemy": "sqlalchemy==2.0.46",
    "pydantic": "pydantic==2.12.5",
    "yaml": "pyyaml==6.0.3",
    "toml": "toml==0.10.2",
    "httpx": "httpx==0.28.1",
    "django": "django==5.2.19",
}
#: What the library itself needs there, and what the packages are to take of theirs.
MORE = ("attrs==25.4.0", "numpy==2.2.6", "greenlet==3.2.4", "urllib3==2.6.0")
SECONDS = 300


def ran(directory: Path) -> list[dict[str, Any]]:
    """Run all cases once; what became of each, as `corpus.run` tells it.

    Args:
        directory: an empty one, or none yet.

    Raises:
        UnavailableError: the packages cannot be installed here.
        RuntimeError: the program did not get to its end, or a case did not fail.
    """
    python = python_with(*PACKAGES.values(), *MORE, same=True)
    site, work = directory / "site", directory / "work"
    work.mkdir(parents=True)
    declare(site)
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests", APP, site)))
    done = subprocess.run(
        [python, "-m", "corpus.run", work],
        cwd=work,
        env=quiet_environ(PYTHONPATH=path, PYTHONIOENCODING="utf-8", HOME=str(work), NO_PROXY="*", COLUMNS="80"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"id": ')]
    if done.returncode != 0:
        raise RuntimeError(f"the corpus ended after {len(lines)} cases:\n{done.stderr[-3000:]}")
    return [json.loads(line) for line in lines]


def declare(site: Path) -> None:
    """Write the metadata by which the app declares what it depends on."""
    info = site / "frobapp-1.0.dist-info"
    info.mkdir(parents=True)
    lines = [
        "Metadata-Version: 2.1",
        "Name: frobapp",
        "Version: 1.0",
        *(f"Requires-Dist: {one}" for one in PACKAGES.values()),
    ]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
