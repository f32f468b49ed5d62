"""Ways of shipping a program that need tools of their own: PyInstaller's bundles, shiv's archives, pip's installations.

The tools live in an environment of their own, with the library's dependencies, of the versions the tests run with.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from servers.environments import BUILD_SECONDS, python_with, quiet_environ

ROOT = Path(__file__).parents[2]
TOOLS = ("pyinstaller==6.22.3", "setuptools==80.9.0", "shiv==1.0.8")
NEEDED = ("attrs", "cattrs", "sentry-sdk", "filelock", "urllib3", "certifi")
#: Modules that hooks of PyInstaller's would bring, and that no program of the tests imports.
EXCLUDED = ("setuptools", "pkg_resources", "tkinter", "numpy", "pandas", "IPython", "pytest")


class Shipping:
    """The tools.

    Raises:
        UnavailableError: they cannot be installed here.
    """

    def __init__(self) -> None:
        more = ("tomli",) if sys.version_info < (3, 11) else ()
        self.python = python_with(*TOOLS, *(f"{name}=={version(name)}" for name in (*NEEDED, *more)))

    def bundle(self, script: Path, to: Path, *options: str) -> Path:
        """Bundle a program, and return the executable; its modules lie beside it or in ``lib`` beside its directory."""
        work = to / f"work-{'-'.join(options).strip('-')}"
        paths = [script.parent, script.parent.parent / "lib", ROOT]
        command = [*(word for path in paths for word in ("--paths", path)), "--distpath", to, "--workpath", work]
        command += [word for name in EXCLUDED for word in ("--exclude-module", name)]
        command += ["--specpath", work, "--noconfirm", "--log-level", "WARN", *options, script]
        self._run("-m", "PyInstaller", *command, cwd=to, environ={"PYINSTALLER_CONFIG_DIR": str(to / "config")})
        made = to / (f"{script.stem}.exe" if sys.platform == "win32" else script.stem)
        return made if made.is_file() else made / made.name

    def archive(self, projects: list[Path], command: str, to: Path) -> Path:
        """Put projects into an archive that unpacks itself in its user's home, and return it."""
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-build-isolation"]
        self._run("-m", "pip", "install", *quiet, "--target", to / "site", *projects, cwd=to)
        made = to / f"{command}.pyz"
        self._run("-m", "shiv", "--site-packages", to / "site", "-c", command, "-o", made, cwd=to)
        return made

    def installed(self, project: Path, to: Path, *options: str) -> Path:
        """Install a project into a new virtual environment, and return its interpreter."""
        if not to.exists():
            self._run("-m", "venv", "--without-pip", to, cwd=to.parent)
        quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-build-isolation"]
        self._run("-m", "pip", "install", *quiet, "--prefix", to, *options, project, cwd=to.parent)
        return to / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def path(self) -> str:
        """What a program needs on its path to use the library in an environment that has nothing."""
        found = subprocess.run(
            [self.python, "-c", "import attr, os; print(os.path.dirname(os.path.dirname(attr.__file__)))"],
            env=quiet_environ(),
            check=True,
            capture_output=True,
            text=True,
        )
        return os.pathsep.join([str(ROOT), found.stdout.strip()])

    def _run(self, *command: object, cwd: Path, environ: dict[str, str] | None = None) -> None:
        cwd.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [self.python, *command],
            cwd=cwd,
            env=quiet_environ(**(environ or {})),
            check=False,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
        )
        if done.returncode != 0:
            raise AssertionError(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def moved(made: Path, to: Path) -> Path:
    """Move a bundle to where a user has it: the directory it lies in, or its one file."""
    whole = made.parent if made.parent.name == made.name.removesuffix(".exe") else made
    to.mkdir(parents=True, exist_ok=True)
    shutil.move(whole, to / whole.name)
    return to / whole.name / made.name if whole != made else to / made.name
