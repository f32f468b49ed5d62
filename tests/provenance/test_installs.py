"""Programs that are installed: what a distribution declares is named, whatever else is there is the user's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from crashing import CANARY, DEPO_FAIL, EXTERNAL, FAIL, FILES, MAIN, Home, at, frames, write
from servers.shipping import Shipping

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]

PROJECT = """\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "{name}"
version = "1.0"
dependencies = {needs}

[project.scripts]
{package} = "{package}.__main__:start"

[tool.setuptools]
packages = ["{package}"]
package-dir = {{"" = "{where}"}}
"""
START = [("frob/__main__.py", "frob.__main__", "start", 7, True), MAIN]


def _project(directory: Path, name: str, package: str, files: str, where: str = ".", needs: str = "[]") -> Path:
    project = directory / name
    write(project / where, {path: text for path, text in _files(files).items() if path.startswith(f"{package}/")})
    text = PROJECT.format(name=name, package=package, where=where, needs=needs)
    write(project, {"pyproject.toml": text})
    return project


def _files(of: str) -> dict[str, str]:
    return {path.removeprefix(f"{of}/"): text for path, text in FILES.items() if path.startswith(f"{of}/")}


class Install(Home):
    """The program in an environment of its user's, with a library it declares and one that it does not."""

    def __init__(self, path: Path, shipping: Shipping, *options: str, where: str = ".", of: str = "the-frob") -> None:
        super().__init__(path)
        self.shipping, self.environment = shipping, path / "venv"
        for name, package, files in (("depo", "depo", "lib"), ("stranger", "stranger", "other")):
            shipping.installed(_project(path / "projects", name, package, files), self.environment)
        self.project = _project(path / "projects", of, "frob", "app", where, '["depo>=1"]')
        self.python = shipping.installed(self.project, self.environment, *options)

    def crash(self, how: str, *command: object, **environ: str) -> dict:
        return super().crash(
            *(command or (self.python, "-m", "frob")), how, **{"PYTHONPATH": self.shipping.path} | environ
        )


WAYS = {
    "installed": {},
    "installed, as a distribution of the package's name": {"of": "frob"},
    "installed from src": {"where": "src"},
    "to be edited": {"options": ("--editable",)},
    "to be edited in src": {"options": ("--editable",), "where": "src"},
}


@pytest.fixture(scope="session", params=WAYS)
def install(request: pytest.FixtureRequest, shipping: Shipping, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """The program, installed once for all tests, in each way."""
    options = dict(WAYS[request.param])
    return Install(tmp_path_factory.mktemp(f"home-{CANARY}"), shipping, *options.pop("options", ()), **options)


def test_own_code_is_named_with_its_lines(install: Install) -> None:
    """Wherever installers put it, the program's code is shown below its own package, with its source."""
    value = install.crash("own")

    assert frames(value) == [*START, at("own"), FAIL]
    assert (value["type"], value["module"]) == ("SyncError", "frob.sync")
    assert value["stacktrace"]["frames"][-1]["context_line"] == '    raise SyncError(f"cannot sync {value} now")'


def test_a_script_that_was_installed_names_the_package(install: Install) -> None:
    """The script an installer wrote is nobody's, and the package it starts is the program."""
    script = install.python.with_name("frob" + install.python.suffix)

    assert frames(install.crash("own", install.python, script)) == [*START, at("own"), FAIL]


def test_what_is_declared_is_named_without_lines(install: Install) -> None:
    """A library that the program declares is shown below ``site-packages``."""
    value = install.crash("dependency")

    assert frames(value) == [*START, at("dependency"), DEPO_FAIL]
    assert (value["type"], value["module"]) == ("DepoError", "depo.api")
    assert "context_line" not in value["stacktrace"]["frames"][-1]


def test_what_is_not_declared_is_the_users(install: Install) -> None:
    """A package that is only installed has no names, until the author names it."""
    value, named = install.crash("stranger"), install.crash("stranger", NAMES="stranger")

    assert (frames(value)[-1], value["type"]) == (EXTERNAL, "<external>")
    assert frames(named)[-1] == ("stranger/api.py", "stranger.api", *DEPO_FAIL[2:4], True)
    assert named["type"] == "DepoError"


@pytest.mark.parametrize("how", ["plugin", "extended", "executed", "renamed", "typed", "lying"])
def test_what_the_user_adds_is_the_users(install: Install, how: str) -> None:
    """Plug-ins, extended paths, text that is executed, functions and types with another name."""
    value = install.crash(how)

    assert (frames(value)[-1] == EXTERNAL) is (how != "typed")
    assert value["type"] in {"executed": ["ValueError"], "renamed": ["SyncError"]}.get(how, ["<external>"])


def test_an_archive_that_unpacks_itself(shipping: Shipping, tmp_path: Path) -> None:
    """What an archive unpacked into its user's home is the program from its first run on; the home is not named."""
    home = Home(tmp_path / f"home-{CANARY}")
    projects = [_project(tmp_path, *names) for names in (("depo", "depo", "lib"), ("stranger", "stranger", "other"))]
    projects.append(_project(tmp_path, "the-frob", "frob", "app", needs='["depo"]'))
    archive = shipping.archive(projects, "frob", tmp_path / "made")

    values = {
        how: home.crash(shipping.python, archive, how, PYTHONPATH=shipping.path)
        for how in ("own", "dependency", "stranger", "plugin")
    }

    assert list((home.path / ".shiv").iterdir())
    assert frames(values["own"]) == [*START, at("own"), FAIL]
    assert (
        values["own"]["stacktrace"]["frames"][-1]["context_line"] == '    raise SyncError(f"cannot sync {value} now")'
    )
    assert frames(values["dependency"])[-1] == DEPO_FAIL
    assert frames(values["stranger"])[-1] == frames(values["plugin"])[-1] == EXTERNAL


def test_a_directory_that_pth_adds_declares_nothing(shipping: Shipping, tmp_path: Path) -> None:
    """A program that is only on the path is named by its place; of libraries the author says which."""
    home = tmp_path / f"home-{CANARY}"
    home.mkdir()
    install = Install(home, shipping)
    (site,) = install.environment.rglob("site-packages")
    code = "import sys; from pip._internal.cli.main import main; sys.exit(main(sys.argv[1:]))"
    pip = [shipping.python, "-c", code, "--python", install.python, "uninstall", "--yes", "the-frob"]
    subprocess.run(pip, check=True, capture_output=True)
    shutil.rmtree(install.project / "the_frob.egg-info")  # a list of what is needed, as good as any
    (site / "frob.pth").write_text(f"{install.project}\n")

    assert frames(install.crash("own")) == [*START, at("own"), FAIL]
    assert frames(install.crash("dependency"))[-1] == EXTERNAL
    assert frames(install.crash("dependency", NAMES="depo"))[-1] == ("depo/api.py", *DEPO_FAIL[1:4], True)


def test_an_installation_without_sources(shipping: Shipping, tmp_path: Path) -> None:
    """Where an image was made smaller by leaving out the sources, the .pyc files are those of the listed sources."""
    home = tmp_path / f"home-{CANARY}"
    home.mkdir()
    install = Install(home, shipping)
    (site,) = install.environment.rglob("site-packages")
    compile_ = [install.python, "-m", "compileall", "-q", "-b", site / "frob"]
    subprocess.run(compile_, check=True)
    for source in (site / "frob").glob("*.py"):
        source.unlink()

    assert frames(install.crash("own")) == [(f"{file}c", *rest) for file, *rest in [*START, at("own"), FAIL]]
