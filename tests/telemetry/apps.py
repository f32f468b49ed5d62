"""Small real programs, run in processes of their own, that report to a server on loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import attrs

import scrubbing

SECONDS = 60
#: What programs crash with: read at run time, so that no line of their source says it.
PLANTED = "hunter2"
INIT = (
    'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"] or None, app="frob", release="1.4.2", enabled=True{more})\n'
)


@attrs.frozen
class Run:
    """How a program ended."""

    code: int
    out: str
    err: str


@attrs.frozen
class App:
    """A program called frob, and the home directory it runs in.

    Args:
        home: an empty directory.
        server: a `Faulty` of ``tests/servers/faulty.py``.
    """

    home: Path
    server: object

    @property
    def outbox(self) -> Path:
        return self.home / ".local/state/scrubbing/frob/outbox"

    def environ(self, **more: str | None) -> dict[str, str]:
        """The environment of a user who has said nothing but yes to this program."""
        kept = {key: value for key, value in os.environ.items() if key.startswith("COVERAGE_") or key == "PATH"}
        kept |= {
            "HOME": str(self.home),
            "PYTHONPATH": str(Path(scrubbing.__file__).parent.parent),
            "FROB_DSN": self.server.dsn,
            "FROB_TELEMETRY": "on",
            "PLANTED": PLANTED,
            **{key: os.environ[key] for key in ("DISPLAY",) if key in os.environ},
        }
        return {key: value for key, value in {**kept, **more}.items() if value is not None}

    def write(self, body: str, *, init: str | None = None, more: str = "", name: str = "frob") -> Path:
        """Write a package with a ``__main__``; `body` follows the one line."""
        package = self.home / "src" / name
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").write_text("")
        shutil.rmtree(package / "__pycache__", ignore_errors=True)  # as old and as long as what is written now
        start = "import os\nimport scrubbing\n" + (INIT.format(more=more) if init is None else init)
        (package / "__main__.py").write_text(start + textwrap.dedent(body))
        return package

    def start(
        self, *arguments: str, name: str = "frob", environ: dict[str, str] | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", name, *arguments],
            cwd=self.home / "src",
            env=environ if environ is not None else self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, name: str = "frob", environ: dict[str, str] | None = None) -> Run:
        process = self.start(*arguments, name=name, environ=environ)
        out, err = process.communicate(timeout=SECONDS)
        return Run(process.returncode, out, err)

    def crash(self, body: str, **how: str) -> Run:
        self.write(body, **how)
        return self.run()

    def raw(self) -> list[bytes]:
        """Every envelope that arrived or waits, as bytes."""
        waiting = [path for name in ("outbox", "kept") for path in sorted(self.outbox.parent.glob(f"{name}/*"))]
        return [
            *self.server.bodies,
            *(path.read_bytes() for path in waiting if path.name.endswith((".envelope", ".claimed"))),
        ]

    def items(self, kind: str = "event") -> list[dict]:
        """Every item of a type that arrived or waits; one that arrived just before the end may do both."""
        from scrubbing.wire import read

        found = [item.payload for data in self.raw() for item in read(data).items if item.type == kind]
        return [json.loads(payload) for payload in dict.fromkeys(found)]

    def drops(self) -> dict[str, int]:
        from scrubbing import drops

        return {
            reason: number
            for reason, (number, _) in drops.read(str(self.home / ".local/state/scrubbing/frob/drops")).items()
        }
