"""A user's home for programs that run as processes, and ways to run them there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from scrubbing import files, wire
from scrubbing.consent.choice import VERSION
from scrubbing.drops import Drops
from scrubbing.outbox.store import Outbox

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples"
SCRUBBING = ("-c", "from scrubbing.cli import main; raise SystemExit(main())")
NOBODY = "http://key@127.0.0.1:9/7"  # the port of a service that no machine runs any more
APPS = {name: (str(EXAMPLES / f"{name}_app.py"), "telemetry") for name in ("click", "typer", "argparse")}


class Home:
    """A home directory, its environment, and the state of the app ``frob`` in it."""

    def __init__(self, path):
        self.path = path
        passed = {key: value for key, value in os.environ.items() if key.startswith("COVERAGE_")}
        self.environ = {
            **passed,
            "PATH": os.environ["PATH"],
            "HOME": str(path),
            "LOCALAPPDATA": str(path),
            "XDG_CONFIG_DIRS": str(path / "site"),
            "PYTHONPATH": str(REPOSITORY),
            "COLUMNS": "100",
            "FROB_DSN": NOBODY,
        }
        self.clear()

    @property
    def places(self):
        return files.places("frob", self.environ)

    def clear(self):
        """Everything as on the first day."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)

    def tree(self):
        """Every file with its bytes."""
        return {str(path): path.read_bytes() for path in sorted(self.path.rglob("*")) if path.is_file()}

    def run(self, *command, binary=False, **environ):
        """A Python program of this user's, to its end."""
        return subprocess.run(
            [sys.executable, *command],
            env={**self.environ, **environ},
            cwd=self.path,
            capture_output=True,
            text=not binary,
            encoding=None if binary else "utf-8",
            timeout=60,
            check=False,
        )

    def scrubbing(self, verb, *arguments, binary=False, **environ):
        """``scrubbing <verb> --app frob ...``."""
        return self.run(*SCRUBBING, verb, "--app", "frob", *arguments, binary=binary, **environ)

    def crash(self, **environ):
        """A crash of ``frob watch``."""
        return self.run(str(EXAMPLES / "single_file.py"), "folder", FROB_REPORTS="yes", **environ)

    def put(self, number=1, purpose="crashes"):
        """Envelopes that wait, with what they are named and their bytes."""
        outbox = Outbox(self.places.outbox, drop=lambda _: None)
        made = []
        for at in range(number):
            payload = wire.dumps({"event_id": f"{at:032x}", "platform": "python", "release": "frob@1.4.2"})
            data = wire.build({"event_id": f"{at:032x}"}, [({"type": "event"}, payload)])
            made.append((outbox.put(data, purpose=purpose, category="error"), data))
        return made

    def kept(self):
        """What was collected under local."""
        return Outbox(self.places.kept, drop=lambda _: None).waiting()

    def waiting(self):
        """What waits."""
        return Outbox(self.places.outbox, drop=lambda _: None).waiting()

    def dropped(self, **reasons):
        """Count drops, as the app does."""
        drops = Drops(self.places.drops)
        for reason, number in reasons.items():
            for _ in range(number):
                drops.count(reason.replace("__", ":"))
        drops.save()

    def yes(self):
        """What ``scrubbing on`` stores, without a process."""
        stored = {"version": VERSION, "date": "2026-11-27", "who": "scrubbing", "crashes": "on", "usage": "on"}
        files.write_lines(self.places.choice, stored)

    def live(self, receiver):
        """A user's life with a program: crashes sent, waiting and kept, drops, limits, ids; all files there can be."""
        self.scrubbing("local")
        self.crash(FROB_DSN=receiver.dsn)
        self.scrubbing("on")
        for _ in range(4):
            self.crash(FROB_DSN=receiver.dsn)
        self.put(1)
        files.write_lines(self.places.limits, {"error": f"{time.time() + 450:.0f}"})
        files.write_bytes(f"{self.places.state_dir}/.quota.abc{files.UNFINISHED}", b"x")
        files.write_bytes(f"{self.places.config_dir}/.choice.abc{files.UNFINISHED}", b"x")
