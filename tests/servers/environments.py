"""Virtual environments of the servers, and of the programs, that tests run.

A server is installed once into an environment of its own under the cache directory and found there by later runs:
nothing of it is ever imported by the tests or installed beside the library. So are the packages that programs of the
tests use. A run that died while it was building leaves no ``ready`` file behind, so the next one builds anew; two runs
at once wait for each other at a lock.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSIONS = ("3.13", "3.12", "3.11", "3.10")
BUILD_SECONDS = 900


class UnavailableError(Exception):
    """The packages cannot be installed here, most often because no package index answers."""


def cache_dir() -> Path:
    """Where the environments are kept: ``$SCRUBBING_TEST_CACHE``, else ``~/.cache/scrubbing-tests``."""
    named = os.environ.get("SCRUBBING_TEST_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "scrubbing-tests"


def quiet_environ(**more: str) -> dict[str, str]:
    """This process's environment without what would reach into a Python started beside it."""
    foreign = ("PYTHON", "COVERAGE", "COV_", "SENTRY_", "DJANGO_", "PYTEST_", "VIRTUAL_ENV")
    return {**{key: value for key, value in os.environ.items() if not key.startswith(foreign)}, **more}


def python_with(*requirements: str, prepare: Callable[[Path], None] | None = None, same: bool = False) -> Path:
    """The interpreter of an environment that has some requirements, built if there is none yet.

    Args:
        requirements: pinned ones, ``name==version``.
        prepare: called once with the new environment's directory, before it counts as built.
        same: whether only the running version of Python will do.

    Raises:
        UnavailableError: no interpreter here could install them; the message ends with what pip said.
    """
    root = cache_dir()
    root.mkdir(parents=True, exist_ok=True)
    name = _name(requirements)
    with FileLock(root / f"{name}.lock", timeout=BUILD_SECONDS):
        for found in sorted(root.glob(f"{name}-py{_running() if same else '*'}")):
            if (found / "ready").exists() and _runs(_python(found), "pass"):
                return _python(found)
        problems: list[str] = []
        for version, interpreter in itertools.islice(_interpreters(), 1 if same else None):
            home = root / f"{name}-py{version}"
            if _built(home, interpreter, requirements, problems):
                if prepare:
                    prepare(home)
                (home / "ready").write_text("\n".join(requirements) + "\n")
                return _python(home)
    raise UnavailableError(f"{', '.join(requirements)} could not be installed.\n" + "\n".join(problems))


def _name(requirements: tuple[str, ...]) -> str:
    """The first one's name and version, and a digest where there are more: names of files have a limit."""
    first, *more = (requirement.replace("==", "-") for requirement in requirements)
    return f"{first}-{hashlib.sha256(repr(more).encode()).hexdigest()[:8]}" if more else first


def _built(home: Path, interpreter: str, requirements: tuple[str, ...], problems: list[str]) -> bool:
    shutil.rmtree(home, ignore_errors=True)
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", *requirements]
    for command in ([interpreter, "-m", "venv", str(home)], [str(_python(home)), *pip]):
        options = {"capture_output": True, "text": True, "timeout": BUILD_SECONDS, "env": quiet_environ()}
        done = subprocess.run(command, check=False, **options)
        if done.returncode != 0:
            problems.append(f"{interpreter}: {(done.stderr or done.stdout).strip()[-600:]}")
            return False
    return True


def _running() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _interpreters() -> Iterator[tuple[str, str]]:
    """Interpreters that could carry a server: the running one first, then those on the path."""
    yield _running(), sys.executable
    for version in VERSIONS:
        found = shutil.which(f"python{version}")
        if version != _running() and found and _runs(Path(found), "import ensurepip, venv"):
            yield version, found


def _runs(python: Path, code: str) -> bool:
    if not python.exists():
        return False
    command = [str(python), "-c", code]
    return subprocess.run(command, capture_output=True, env=quiet_environ(), check=False).returncode == 0


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
