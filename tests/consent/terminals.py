"""A real terminal for a program, and somebody who types."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

SECONDS = 30


class Terminal:
    """A program called frob on a terminal of its own, in the foreground.

    Args:
        app: of ``apps.py``.
        environ: its environment.
        ahead: what was typed before it started.
        stdin, stdout, stderr: something else than the terminal for one of them.
    """

    def __init__(self, app, environ, *, ahead="", command=None, **streams):
        import fcntl
        import pty
        import termios

        self.master, slave = pty.openpty()
        self.seen = ""
        self.write(ahead)
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "frob"],
            cwd=app.home / "src",
            env=environ,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),
            **{"stdin": slave, "stdout": slave, "stderr": slave, **streams},
        )
        os.close(slave)

    def write(self, text):
        os.write(self.master, text.encode())

    def until(self, text):
        """Read until the program has said this."""
        end = time.monotonic() + SECONDS
        while text not in self.seen:
            assert time.monotonic() < end, f"{text!r} did not come; this did: {self.seen!r}"
            assert self._read(), f"{text!r} did not come before the end; this did: {self.seen!r}"

    def end(self):
        """Read to the end; the exit code."""
        end = time.monotonic() + SECONDS
        while self._read():
            assert time.monotonic() < end, f"the program does not end; it said: {self.seen!r}"
        os.close(self.master)
        return self.process.wait(SECONDS)

    def _read(self):
        if select.select([self.master], [], [], 0.1)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:  # nobody has the other end any more
                return False
            self.seen += data.decode().replace("\r\n", "\n")
            return bool(data)
        return self.process.poll() is None
