"""Running a program as somebody else on some other machine.

Where the system allows it the program gets a name space of its own, with another host name, password file and hosts
file: it may ask whom it likes. Elsewhere the functions of the standard library that it would ask are replaced
in its process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import scrubbing

if TYPE_CHECKING:
    from servers.canaries import Canaries

PROGRAMS = Path(__file__).parent / "programs"
SECONDS = 60

IN_A_NAMESPACE = """
set -e
mount --bind "$1" /etc/passwd
mount --bind "$2" /etc/hosts
hostname "$3"
shift 3
exec "$@"
"""

IN_ITS_PROCESS = """
import collections, os, platform, pwd, socket
HOST, DOMAIN, USER, FULL_NAME, HOME = {values!r}
_uname = os.uname()
_kernel = os.uname_result((_uname.sysname, HOST, _uname.release, _uname.version, _uname.machine))
_person = pwd.struct_passwd((USER, "x", os.getuid(), os.getgid(), FULL_NAME, HOME, "/bin/sh"))
os.uname = lambda: _kernel
os.getlogin = lambda: USER
pwd.getpwuid = pwd.getpwnam = lambda _: _person
socket.gethostname = platform.node = lambda: HOST
socket.getfqdn = lambda name="": HOST + "." + DOMAIN
platform.uname = lambda: platform.uname_result(_uname.sysname, HOST, *_uname[2:])
"""


@attrs.frozen
class Ended:
    """How a program ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


@attrs.frozen
class Machine:
    """A person's machine, with their home and the program in it.

    Args:
        canaries: who they are and what they keep to themselves.
        home: their home directory.
        kind: ``namespace`` or ``patched``.
    """

    canaries: Canaries
    home: Path
    kind: str

    @classmethod
    def made(cls, below: Path, canaries: Canaries, kind: str) -> Machine:
        """A new one, its files below a directory."""
        home = below / canaries.folder / canaries.username
        shutil.copytree(PROGRAMS, home / "programs", ignore=shutil.ignore_patterns("__pycache__"))
        told = ("document", "password", "message", "word")
        settings = {name: canaries.everything()[name] for name in told}
        (home / "frob.json").write_text(json.dumps(settings))
        return cls(canaries, home, kind)

    def run(self, bug: str, value: str = "1", *, dsn: str, reporter: str = "scrubbing") -> Ended:
        """Runs ``frob watch`` into a bug.

        Args:
            bug: a function of ``frob.orders``.
            value: handed to it.
            dsn: where it reports to.
            reporter: ``scrubbing`` or ``stock``.
        """
        command = [sys.executable, "-m", "frob", "watch", bug, value, self.canaries.argument]
        done = subprocess.run(
            [*self._disguise(), *command],
            env={**self._environ(), "FROB_DSN": dsn, "FROB_REPORTER": reporter},
            cwd=self.home / "programs",
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def _environ(self) -> dict[str, str]:
        measured = {key: value for key, value in os.environ.items() if key.startswith("COVERAGE_")}
        library = str(Path(scrubbing.__file__).parent.parent)
        return {
            **measured,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join((library, *([str(self._patch())] if self.kind == "patched" else []))),
            "HOME": str(self.home),
            "USER": self.canaries.username,
            "LOGNAME": self.canaries.username,
            "FROB_KEY": self.canaries.variable,
        }

    def _patch(self) -> Path:
        directory = self.home / "site"
        directory.mkdir(exist_ok=True)
        known = self.canaries
        values = (known.hostname, known.domain, known.username, known.full_name, str(self.home))
        (directory / "sitecustomize.py").write_text(IN_ITS_PROCESS.format(values=values))
        return directory

    def _disguise(self) -> list[str]:
        if self.kind == "patched":
            return []
        known = self.canaries
        passwd, hosts = self.home.parent / "passwd", self.home.parent / "hosts"
        person = f"{known.username}:x:{os.getuid()}:{os.getgid()}:{known.full_name}:{self.home}:/bin/sh\n"
        passwd.write_text(person)
        hosts.write_text(f"127.0.0.1 localhost\n127.0.1.1 {known.hostname}.{known.domain} {known.hostname}\n")
        script = ["sh", "-c", IN_A_NAMESPACE, "sh", str(passwd), str(hosts), known.hostname]
        return ["unshare", "--uts", "--mount", *script]


def namespaces_allowed() -> bool:
    """Whether this system lets us have a name space with a host name and files of its own."""
    if not all(map(shutil.which, ("unshare", "mount", "hostname"))):
        return False
    tried = ["unshare", "--uts", "--mount", "sh", "-ec", "hostname other; mount --bind /etc/passwd /etc/hosts"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0
