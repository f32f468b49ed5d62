"""Bugsink 2.6.1, an error tracker people host themselves, run unmodified as a test server.

It keeps every envelope it receives, stores events before it answers, and checks them strictly against the public event
schema, so that what a test finds on its disk is all that ever left. Its own program is run in a process and an
environment of its own; nothing of it is imported here.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any

import attrs
from servers.environments import python_with, quiet_environ
from servers.web import Browser, await_start, free_port, stop

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENT = "bugsink==2.6.1"
PERSON = ("reader@example.org", "reads-only-test-events")

SETTINGS = """
from pathlib import Path
from bugsink.settings.default import *

HERE = Path(__file__).parent
SECRET_KEY = {secret!r}
TIME_ZONE = "UTC"
DATABASES["default"]["NAME"] = str(HERE / "db.sqlite3")
DATABASES["snappea"]["NAME"] = str(HERE / "snappea.sqlite3")
SNAPPEA = {{"TASK_ALWAYS_EAGER": True}}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
BUGSINK = {{
    "BASE_URL": {base!r},
    "SINGLE_USER": True,
    "PHONEHOME": False,
    "KEEP_ENVELOPES": 10_000,
    "MAX_EVENTS_PER_PROJECT_PER_5_MINUTES": 100_000,
    "MAX_EVENTS_PER_PROJECT_PER_HOUR": 100_000,
    "MAX_EVENTS_PER_5_MINUTES": 100_000,
    "MAX_EVENTS_PER_HOUR": 100_000,
    "VALIDATE_ON_DIGEST": "strict",
    "INGEST_STORE_BASE_DIR": str(HERE / "ingestion"),
    **{more!r},
}}
"""

TAGS_OF_EVENT = """
select key.key, value.value from tags_eventtag tag
join tags_tagvalue value on value.id = tag.value_id join tags_tagkey key on key.id = value.key_id
join events_event event on event.id = tag.event_id where event.event_id = ?
"""


@attrs.frozen
class Project:
    """A project of the server: its number, and the DSN that sends to it."""

    number: int
    dsn: str


class Bugsink:
    """A running server.

    Args:
        data_dir: an empty directory; all files of the server are in it, so a search of it is complete.
        settings: of Bugsink's own, such as ``MAX_EVENTS_PER_PROJECT_PER_5_MINUTES``.
    """

    def __init__(self, data_dir: Path, **settings: Any) -> None:
        self.data_dir = data_dir
        self.base = f"http://127.0.0.1:{free_port()}"
        self._python = interpreter()
        for made in (self._python.parent.parent / "template").iterdir():
            shutil.copy(made, data_dir)
        self._token = (data_dir / "token").read_text().strip()
        _write_settings(data_dir, self.base, settings)
        self._api = Browser(self.base, {"Authorization": f"Bearer {self._token}"})
        self._person: Browser | None = None
        self.start()
        self._team = self._api.json("/api/canonical/0/teams/", {"name": "team"})["id"]

    def start(self) -> None:
        """Starts the server, or starts it again, at the same address."""
        log = self.data_dir / "server.log"
        address = self.base.removeprefix("http://")
        flags = ["--workers=1", "--threads=4", "--access-logfile=access.log", "--control-socket=control.socket"]
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [self._python, "-m", "gunicorn", f"--bind={address}", *flags, "bugsink.wsgi"],
                **_surroundings(self.data_dir),
                stdout=output,
                stderr=output,
            )
        await_start(self._process, Browser(self.base), "/health/ready", log)

    def stop(self) -> None:
        """Stops the server; its files stay."""
        stop(self._process)

    def project(self, name: str) -> Project:
        """A new project."""
        self._api.json("/api/canonical/0/projects/", {"name": name, "team": self._team})
        (made,) = [found for found in self._all("/api/canonical/0/projects/") if found["name"] == name]
        return Project(made["id"], made["dsn"])

    def issues(self, project: Project) -> list[dict[str, Any]]:
        """The issues of a project, by REST, oldest first."""
        return self._all(f"/api/canonical/0/issues/?project={project.number}")

    def events(self, project: Project) -> list[dict[str, Any]]:
        """The stored events of a project, by REST, each as the server keeps it, in the order of their issues."""
        listed = [
            event["id"]
            for issue in self.issues(project)
            for event in self._all(f"/api/canonical/0/events/?order=asc&issue={issue['id']}")
        ]
        return [self._api.json(f"/api/canonical/0/events/{event}/")["data"] for event in listed]

    def releases(self, project: Project) -> list[str]:
        """The versions of a project's releases, by REST."""
        return [found["version"] for found in self._all(f"/api/canonical/0/releases/?project={project.number}")]

    def tags(self, event: dict[str, Any]) -> dict[str, str]:
        """The tags a stored event can be searched and counted by, from the database."""
        return dict(self.rows(TAGS_OF_EVENT, event["event_id"].replace("-", "")))

    def found_by(self, project: Project, query: str) -> list[str]:
        """The ids of the issues that a person finds who types a query into the search box."""
        page = self._signed_in().text(f"/issues/{project.number}/?q={query}")
        return sorted(set(re.findall(r'name="issue_ids\[\]" value="([0-9a-f-]{36})"', page)))

    def envelopes(self, project: Project) -> list[bytes]:
        """Every envelope that came for a project, decompressed, whatever became of its items."""
        kept = self.rows("select data from ingest_envelope where project_pk = ? order by id", project.number)
        return [bytes(data) for (data,) in kept]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query of the server's database finds."""
        with closing(sqlite3.connect(f"file:{self.data_dir / 'db.sqlite3'}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def _all(self, path: str) -> list[dict[str, Any]]:
        return list(self._api.json(path)["results"])

    def _signed_in(self) -> Browser:
        if self._person is None:
            self._person = Browser(self.base)
            self._person.text("/accounts/login/")
            (token,) = [cookie.value for cookie in self._person.cookies if cookie.name == "csrftoken"]
            username, password = PERSON
            path = "/accounts/login/"
            self._person.form(path, csrfmiddlewaretoken=token or "", username=username, password=password)
        return self._person


def interpreter() -> Path:
    """The Python of the server's environment.

    Raises:
        UnavailableError: it cannot be installed here.
    """
    return python_with(REQUIREMENT, prepare=_prepare)


def item_types(envelope: bytes) -> list[str]:
    """The types of an envelope's items, in their order."""
    _, _, rest = envelope.partition(b"\n")
    found = []
    while rest.strip():
        line, _, rest = rest.partition(b"\n")
        header = json.loads(line)
        found.append(header["type"])
        length = header.get("length", rest.find(b"\n") if b"\n" in rest else len(rest))
        rest = rest[length:].removeprefix(b"\n")
    return found


def _prepare(home: Path) -> None:
    """Makes the databases, the person and the token once for all servers of this environment: it takes ten seconds."""
    template = home / "template"
    template.mkdir()
    _write_settings(template, "http://127.0.0.1:1", {})
    python = str(home / "bin" / "python")
    for arguments in (["migrate", "-v0"], ["migrate", "-v0", "--database=snappea"], ["prestart"]):
        _manage(python, template, *arguments)
    (template / "token").write_text(_manage(python, template, "create_auth_token"))
    shutil.rmtree(template / "__pycache__", ignore_errors=True)


def _manage(python: str, directory: Path, *arguments: str) -> str:
    command = [python, "-m", "bugsink.scripts.manage", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, **_surroundings(directory)).stdout


def _surroundings(directory: Path) -> dict[str, Any]:
    environ = quiet_environ(
        DJANGO_SETTINGS_MODULE="settings_of_this_server",
        PYTHONPATH=str(directory),
        PYTHONDONTWRITEBYTECODE="1",
        HOME=str(directory),
        CREATE_SUPERUSER=":".join(PERSON),
    )
    return {"cwd": directory, "env": environ}


def _write_settings(directory: Path, base: str, more: dict[str, Any]) -> None:
    text = SETTINGS.format(secret=secrets.token_hex(32), base=base, more=more)
    (directory / "settings_of_this_server.py").write_text(text)
