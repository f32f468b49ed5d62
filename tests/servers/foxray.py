"""Foxray 0.1.2, a small error tracker, as a second server that understands the protocol by its own lights.

Run in a process and an environment of its own; nothing of it is imported here.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from servers.environments import python_with, quiet_environ
from servers.web import Browser, await_start, free_port, stop

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENT = "foxray==0.1.2"
PERSON = ("reader@example.org", "reads-only-test-events")


class Foxray:
    """A running server.

    Args:
        data_dir: an empty directory; all files of the server are in it.
    """

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self._python = python_with(REQUIREMENT)
        self._database = data_dir / "foxray.db"
        email, password = PERSON
        self._surroundings: dict[str, Any] = {
            "cwd": data_dir,
            "env": quiet_environ(
                HOME=str(data_dir),
                FOXRAY_DATABASE_URL=str(self._database),
                FOXRAY_BASE_URL=self.base,
                FOXRAY_PORT=str(port),
                FOXRAY_PASSWORD=password,
            ),
        }
        self._command("create-user", email, "--password-env")
        log = data_dir / "server.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [self._python, "-m", "foxray", "serve"], **self._surroundings, stdout=output, stderr=output
            )
        await_start(self._process, Browser(self.base), "/healthz", log)

    def stop(self) -> None:
        """Stops the server; its files stay."""
        stop(self._process)

    def project(self, name: str) -> str:
        """The DSN of a new project."""
        return self._command("create-project", name).strip().splitlines()[-1]

    def events(self, dsn: str) -> list[dict[str, Any]]:
        """The stored events of a project, oldest first, each with its issue's number as ``issue``."""
        sql = "select issue_id, data from foxray_event where project_id = ? order by id"
        return [{**json.loads(data), "issue": issue} for issue, data in self.rows(sql, _number(dsn))]

    def dropped(self, dsn: str) -> dict[str, int]:
        """How many items the server accepted without storing them, by its reason, such as ``dropped:sessions``."""
        return dict(self.rows("select reason, n from foxray_counter where project_id = ?", _number(dsn)))

    def page_of_issues(self, text: str) -> str:
        """The page a person sees who searches the issues for a text."""
        browser = Browser(self.base)
        email, password = PERSON
        browser.form("/login", email=email, password=password)
        return browser.text(f"/issues?q={quote(text)}")

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query of the server's database finds."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def _command(self, *arguments: str) -> str:
        command = [self._python, "-m", "foxray", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, **self._surroundings).stdout


def _number(dsn: str) -> int:
    return int(dsn.rpartition("/")[2])
