"""What `import scrubbing` and `init` add to the start of a program, off and on, beside stock Sentry."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import interleaved, show
from scrubbing.receiver import Receiver

_INIT = (
    "import scrubbing\n"
    "telemetry = scrubbing.init(dsn={dsn!r}, app='frob', release='1.4.2', enabled={enabled})\n"
    "with telemetry.command('watch'):\n    pass\n"
)
PROGRAMS = {
    "bare Python": "pass",
    "off, stored in its file": _INIT.replace("{enabled}", "None"),
    "off, by the app's flag": _INIT.replace("{enabled}", "False"),
    "off, nobody said anything": _INIT.replace("{enabled}", "None"),
    "on, loaded lazily": _INIT.replace("{enabled}", "True"),
    "stock sentry_sdk.init": "import sentry_sdk\nsentry_sdk.init(dsn={dsn!r}, release='1.4.2')",
    "stock, only default integrations": (
        "import sentry_sdk\nsentry_sdk.init(dsn={dsn!r}, release='1.4.2', auto_enabling_integrations=False)"
    ),
}


def main(rounds: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as below, Receiver() as receiver:
        work = {
            name: _timed(name, source.replace("{dsn!r}", repr(receiver.dsn)), Path(below))
            for name, source in PROGRAMS.items()
        }
        show("start of a program, whole process", interleaved(work, rounds), "bare Python", "ms")


def _timed(name: str, source: str, below: Path) -> Callable[[], float]:
    home = below / name.replace(" ", "-").replace(",", "").replace("'", "")
    choice = home / ".config/scrubbing/frob"
    choice.mkdir(parents=True)
    if "stored" in name:
        (choice / "choice").write_text("version = 1\ndate = 2026-11-22\nwho = benchmark\ncrashes = off\nusage = off\n")
        (choice / "choice").chmod(0o600)
    program = home / "frob.py"
    program.write_text(source)
    mode = {"FROB_TELEMETRY": "on"} if name.startswith("on") else {}
    program.with_name("warm.py").write_text(source + "\ntelemetry.flush(5)\n" if name.startswith("on") else source)
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **mode}

    # The day's session is told and sent before anything is timed: that happens once a day, in the background.
    subprocess.run([sys.executable, str(program.with_name("warm.py"))], env=environ, check=True, capture_output=True)

    def run() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, str(program)], env=environ, check=True, capture_output=True)
        return (time.perf_counter() - began) * 1000

    return run
