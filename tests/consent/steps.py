"""A program that does one step after the other as it is told, so that a test can put something between two of them."""

from __future__ import annotations

import json
import subprocess
import sys

BODY = """
import json, sys, threading, time
def capture(text="hello"):
    return telemetry.capture_message(text)
def say(mode):
    telemetry.set_consent(mode)
def modes():
    return [telemetry.consent.mode(purpose) for purpose in ("crashes", "usage", "extra", "feedback")]
for line in sys.stdin:
    try:
        answer = eval(line)
    except SyntaxError:
        answer = exec(line)
    print(json.dumps(answer), flush=True)
"""
SECONDS = 30


class Steps:
    """A running program called frob.

    Args:
        app: of ``apps.py``, whose program has been written with ``BODY``.
        environ: its environment.
    """

    def __init__(self, app, environ):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "frob"],
            cwd=app.home / "src",
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, step):
        """Tell it what to do next: one line of Python."""
        self.process.stdin.write(step + "\n")
        self.process.stdin.flush()

    def done(self):
        """What became of it."""
        line = self.process.stdout.readline()
        assert line, f"the program ended with {self.process.wait(SECONDS)}"
        return json.loads(line)

    def __call__(self, step):
        self.begin(step)
        return self.done()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.stdin.close()
        self.process.wait(SECONDS)
        self.process.stdout.close()
