"""A home for consent: files, environment and modules as values, so that no test looks at the machine it runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubbing import files
from scrubbing.consent import Consent, Decision, Question, decide


class Home:
    """One user's machine with one app, ``frob``, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.app_dir = directory / "frob"
        self.app_dir.mkdir()
        self.environ = {
            "HOME": str(directory / "home"),
            "XDG_CONFIG_DIRS": str(directory / "site"),
        }
        self.places = files.places("frob", self.environ, "linux")
        self.places.admins = (self.places.admin,)  # not this machine's own

    def put(self, path: str | None, text: str) -> None:
        """Write a file as a person would."""
        assert path is not None
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
        Path(path).chmod(0o600)

    def marker(self) -> None:
        (self.app_dir / "scrubbing-disabled").touch()

    def admin(self, text: str) -> None:
        self.put(self.places.admin, text)

    def everyone(self, text: str) -> None:
        self.put(self.places.everyone, text)

    def stored(self, version: str = "1", **modes: str) -> None:
        lines = {"version": version, "date": "2026-11-22", "who": "test", **modes}
        self.put(self.places.choice, "".join(f"{key} = {value}\n" for key, value in lines.items()))

    def decide(self, **given: object) -> Decision:
        known = {"has_dsn": True, "app_dir": str(self.app_dir), "release": "1.4.2", "modules": (), **given}
        return decide(Question("frob", self.places, environ=self.environ, **known))

    def consent(self, **given: object) -> Consent:
        known = {"has_dsn": True, "app_dir": str(self.app_dir), "release": "1.4.2", "modules": (), **given}
        return Consent(app="frob", places=self.places, environ=self.environ, **known)

    def tree(self) -> list[str]:
        """Every path below the home and the site directory."""
        return sorted(str(path.relative_to(self.directory)) for path in self.directory.rglob("*"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def new_home(tmp_path_factory: pytest.TempPathFactory):
    """Make as many homes as a test needs."""
    return lambda: Home(tmp_path_factory.mktemp("machine"))
