"""Servers are installed once, whole, and by one run at a time; where they cannot be, tests skip or, under CI, fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from servers import environments
from servers.environments import UnavailableError, python_with, quiet_environ

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]

TESTS = Path(__file__).parent.parent
FOXRAY = "foxray==0.1.2"  # the smaller one: it has no dependencies


def _in_another_run(cache: Path, code: str) -> subprocess.Popen[str]:
    environ = {**quiet_environ(), "SCRUBBING_TEST_CACHE": str(cache), "PYTHONPATH": str(TESTS)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen([sys.executable, "-c", code], env=environ, **pipes)


def test_two_runs_build_one_environment(tmp_path: Path, foxray: object) -> None:
    """Two runs that both find a half-built environment end up with one whole one, which a third takes as it is."""
    assert foxray  # skips where no index answers
    half = tmp_path / f"foxray-0.1.2-py{sys.version_info[0]}.{sys.version_info[1]}"
    (half / "bin").mkdir(parents=True)
    (half / "bin" / "python").write_text("half")
    code = f"from servers.environments import python_with; print(python_with({FOXRAY!r}))"
    runs = [_in_another_run(tmp_path, code) for _ in range(2)]
    (first, _), (second, _) = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], first + second
    assert first == second
    python = Path(first.strip())
    made = (half / "ready").stat().st_mtime_ns
    assert subprocess.run([python, "-c", "import foxray"], check=False).returncode == 0
    third = _in_another_run(tmp_path, code)
    assert third.communicate()[0] == first
    assert (half / "ready").stat().st_mtime_ns == made


def test_packages_together_are_an_environment_of_their_own() -> None:
    """Packages that are installed together have one environment, and no other set of packages or versions has it."""
    together = [(FOXRAY,), (FOXRAY, "click==8.3.1"), (FOXRAY, "click==8.3.0"), (FOXRAY, "click==8.3.1", "flask==3.1.3")]
    names = [environments._name(requirements) for requirements in together]
    assert len(set(names)) == len(names)
    assert names[0] == "foxray-0.1.2"
    assert all(name.startswith("foxray-0.1.2") and len(name) < 64 for name in names)


def test_no_index_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package index the environment is said to be unavailable, with the reason, and counts as not built."""
    _without_an_index(tmp_path, monkeypatch)
    with pytest.raises(UnavailableError, match="No matching distribution"):
        python_with(FOXRAY)
    assert list(tmp_path.glob("*/ready")) == []


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_missing_servers_skip_or_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str) -> None:
    """A test that needs a server skips on a laptop without a package index, and fails where CI is set."""
    _without_an_index(tmp_path, monkeypatch)
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text("def test_it(foxray): pass\n")
    environ = {**quiet_environ(), "SCRUBBING_TEST_CACHE": str(tmp_path), "PYTHONPATH": str(TESTS), "CI": ci}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ended = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert outcome in ended.stdout


def _without_an_index(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PATH": ""}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SCRUBBING_TEST_CACHE", str(cache))
