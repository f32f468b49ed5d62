"""``scrubbing demo``: one crash of one program, as stock Sentry would send it and as it leaves here.

The program runs twice in processes of its own, as a made-up user in a made-up home, and reports to receivers on this
computer. Neither the real user's files nor any other computer is touched.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

import scrubbing
from scrubbing.cli import program
from scrubbing.cli.report import report, table
from scrubbing.cli.said import DONE, FAILED, Said
from scrubbing.cli.subject import outside
from scrubbing.receiver import Received, Receiver

#: Seconds for one run of the program, and for its report to arrive after it.
_RUN, _ARRIVE = 60.0, 5.0
#: What a Python needs of the environment; the rest of it is the real user's.
_NEEDED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_WIDTH = 200


@attrs.frozen
class Person:
    """A made-up user: their home on disk, and what they keep to themselves, by what it is called."""

    home: Path
    secrets: dict[str, str]

    @classmethod
    def moved_in(cls, directory: Path) -> Person:
        """A new one, with a home below a directory.

        Args:
            directory: that exists.
        """
        username = f"quillfeather-{secrets.token_hex(3)}"
        home = directory / "home" / username
        kept = {
            "home directory": str(home),
            "user name": username,
            "account": f"{secrets.token_hex(4)}@mail.example",
            "password": f"moonlight-{secrets.token_hex(4)}",
            "API key": secrets.token_hex(16),
            "document": f"letter-to-my-lawyer-{secrets.token_hex(3)}.odt",
        }
        (home / "Documents").mkdir(parents=True)
        (home / "Documents" / kept["document"]).write_text("My dear Sir, ...", encoding="utf-8")
        settings = {"account": kept["account"], "password": kept["password"]}
        (home / "frob.json").write_text(json.dumps(settings), encoding="utf-8")
        return cls(home, kept)

    def environ(self, dsn: str) -> dict[str, str]:
        """The environment of this user's programs.

        Args:
            dsn: where the program reports to.
        """
        needed = {name: os.environ[name] for name in _NEEDED if name in os.environ}
        places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(self.home))
        names = dict.fromkeys(("USER", "USERNAME", "LOGNAME"), self.secrets["user name"])
        own = {"FROB_TELEMETRY": "on", "FROB_DSN": dsn, "FROB_API_KEY": self.secrets["API key"]}
        library = str(Path(scrubbing.__file__).resolve().parent.parent)
        installed = any(part in ("site-packages", "dist-packages") for part in Path(library).parts)
        return {**needed, **places, **names, **own, **({} if installed else {"PYTHONPATH": library})}

    def found_in(self, data: bytes) -> list[str]:
        """What of this user's is in these bytes, by what it is called."""
        text = data.decode("utf-8", "replace").lower()
        return [name for name, value in self.secrets.items() if any(form in text for form in _forms(value.lower()))]


@attrs.frozen
class Outcome:
    """What became of one run: the envelopes that arrived, where, and with which environment it ran."""

    received: tuple[Received, ...]
    address: str
    environ: dict[str, str]

    @property
    def data(self) -> bytes:
        """Every byte that arrived."""
        return b"".join(one.data for one in self.received)

    @property
    def event(self) -> dict[str, Any] | None:
        """The crash."""
        events = [event for one in self.received for event in one.events if "exception" in event]
        return events[-1] if events else None


def run() -> int:
    """Run the demo and print it.

    Returns:
        0 when the scrubbed crash arrived and nothing of the made-up user was in it; else 1.
    """
    with tempfile.TemporaryDirectory(prefix="scrubbing-demo-") as directory:
        person = Person.moved_in(Path(directory).resolve())
        stock, scrubbed = _crashed(person, "stock"), _crashed(person, "scrubbed")
        said = _told(person, stock, scrubbed)
    said.print()
    return said.code


def _crashed(person: Person, reporting: str) -> Outcome:
    """Run the program into its crash and take what it reports."""
    here = person.home / reporting
    for path, source in program.sources(reporting).items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_text(source, encoding="utf-8")
    with Receiver() as receiver:
        environ = person.environ(receiver.dsn)
        _run(["watch", str(person.home / "Documents"), person.secrets["API key"]], here, environ)
        if not _arrived(receiver, 0.2):
            _run(["flush"], here, environ)  # on a busy computer a report may wait for the program's next start
            _arrived(receiver, _ARRIVE)
        return Outcome(receiver.envelopes, receiver.address, environ)


def _run(arguments: list[str], here: Path, environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "frob", *arguments]
    subprocess.run(command, cwd=here, env=environ, capture_output=True, timeout=_RUN, check=False)  # noqa: S603  # our own program


def _arrived(receiver: Receiver, timeout: float) -> bool:
    """Wait for a crash; other items may come before it."""
    number = 0
    while not any("exception" in event for event in receiver.events):
        number = len(receiver.envelopes) + 1
        if not receiver.wait_for(number, timeout):
            return False
    return True


def _told(person: Person, stock: Outcome, scrubbed: Outcome) -> Said:
    problems = list(_problems(person, stock, scrubbed))
    lines = [
        f"1. What stock Sentry would have sent, {len(stock.data)} bytes, with",
        f"   {program.STOCK}",
        "",
        *(table(_telling(stock, person)) if stock.event else ["   nothing arrived"]),
        "",
        f"2. What left instead, {len(scrubbed.data)} bytes, with",
        f"   {program.SCRUBBED}",
        "",
        *_indented(json.dumps(scrubbed.event, indent=2, ensure_ascii=False) if scrubbed.event else "nothing arrived"),
        *_beside(scrubbed),
        "",
        "3. Where it arrived",
        "",
        *table(_arrival(scrubbed)),
        "",
        _verdict(person, stock, scrubbed),
    ]
    return Said(FAILED if problems else DONE, "\n".join(lines), "\n".join(problems))


def _telling(stock: Outcome, person: Person) -> list[tuple[str, str]]:
    event = stock.event or {}
    crash = event["exception"]["values"][-1]
    argv = (event.get("extra") or {}).get("sys.argv")
    home = max(stock.data.decode("utf-8", "replace").count(form) for form in _forms(str(person.home)))
    rows = [
        ("message", crash.get("value")),
        *_locals(crash, person.secrets["password"]),
        ("server_name", event.get("server_name")),
        ("sys.argv", argv),
        ("modules", f"{len(event.get('modules') or {})} installed packages with their versions"),
        ("home directory", f"{home} times"),
    ]
    return [(name, _short(str(value))) for name, value in rows]


def _locals(crash: dict[str, Any], secret: str) -> Iterator[tuple[str, str]]:
    """The first local variable that holds a secret."""
    for frame in (crash.get("stacktrace") or {}).get("frames") or ():
        for name, value in (frame.get("vars") or {}).items():
            if secret in json.dumps(value):
                yield "local variable", f"{name} = {json.dumps(value)} in {frame.get('function')}"
                return


def _beside(scrubbed: Outcome) -> list[str]:
    others = sorted({kind for one in scrubbed.received for kind in one.types} - {"event"})
    return ["", f"   Beside it: {', '.join(others)} (which command ran, and that it crashed)"] if others else []


def _arrival(scrubbed: Outcome) -> list[tuple[str, str]]:
    event = scrubbed.event or {}
    return [
        ("receiver", f"{scrubbed.address} (on this computer, gone with the demo)"),
        ("release", str(event.get("release"))),
        ("tag", f"subcommand:{(event.get('tags') or {}).get('subcommand')}"),
    ]


def _verdict(person: Person, stock: Outcome, scrubbed: Outcome) -> str:
    counts = [len(person.found_in(outcome.data)) for outcome in (stock, scrubbed)]
    return (
        f"Looked for {len(person.secrets)} things of the made-up user in every byte: {', '.join(person.secrets)}.\n"
        f"Stock Sentry sent {counts[0]} of them, scrubbing {counts[1]}."
    )


def _problems(person: Person, stock: Outcome, scrubbed: Outcome) -> Iterator[str]:
    if stock.event is None:
        yield "demo: stock Sentry's report did not arrive, so there is nothing to compare with."
    elif missing := [name for name in person.secrets if name not in person.found_in(stock.data)]:
        yield f"demo: the search is blind: stock Sentry's report has no {', '.join(missing)}."
    if found := person.found_in(scrubbed.data):
        yield f"demo: this left and may not: {', '.join(found)}."
    if scrubbed.event is None:
        frob = outside("frob", scrubbed.environ)
        yield f"demo: the scrubbed report did not arrive.\n\n{report(frob, frob.status(), why=True)}"


def _forms(value: str) -> set[str]:
    """A text as it is, and as it is written in JSON."""
    return {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _indented(text: str) -> list[str]:
    return [f"   {line}" for line in text.splitlines()]
