"""What three short runs of an app had no time to send is sent by other means: a process of its own, or a longer end.

How often an app ended with an envelope still waiting is counted in a small file, by the envelope's id. At three the app
starts a detached process (`detached` says what that does), at most one an hour; with ``deliver="inline"`` its end waits
instead, up to 2 s once a day. All that is needed to know is handed over in a pipe: nothing of it stands in a command
line or an environment that others could read.

The detached process has to judge by the app's policy without importing the app. A policy that can be said in words (a
preset, a TOML file, the fields of a `Policy` without rules of its own) is handed over in words; any other, made of the
app's functions and classes, is not, and then there is no such process: what waits goes when the app has time.
"""

from __future__ import annotations

import json
import os
import sys
import time

from scrubbing import files
from scrubbing.consent import PURPOSES, variable
from scrubbing.options import HTTP_OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from scrubbing.consent import Consent
    from scrubbing.outbox.upload import Uploader
    from scrubbing.telemetry.config import Config

#: Ends of the app that cut an envelope off before it is sent by other means.
CUT_OFF = 3
#: Seconds between two detached processes: a server that is down must not cost one with each command.
DETACHED_EVERY = 3600
#: Seconds the end of an app waits, once a day, where its author chose so.
INLINE_SECONDS = 2.0
#: Bytes that are handed over at most; they must fit into the pipe before anybody reads it.
_MOST_BYTES = 4096
_DETACHED, _INLINE = "detached", "inline"
#: What there is to say of a policy. One that says more, by a field that was not thought of here, is not handed over.
POLICY = frozenset({"preset", "machine", "rules", "packages", "commands", "app", "messages", "remarks", "cache"})
_PYTHONS = ("python", "pypy")

#: The variables a detached process may see: where files and authorities are, proxies, what consent asks, who must not
#: be named. None of them is a secret that the upload does not need.
# fmt: off
KEPT = frozenset({
    "HOME", "USER", "LOGNAME", "USERNAME", "SUDO_USER", "DOAS_USER", "EMAIL", "DEBEMAIL", "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_EMAIL", "DEBFULLNAME", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "HOSTNAME", "COMPUTERNAME",
    "USERDOMAIN", "USERDNSDOMAIN", "HOMEDRIVE", "HOMEPATH", "USERPROFILE", "LOCALAPPDATA", "PROGRAMDATA",
    "ALLUSERSPROFILE", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
    "XDG_CONFIG_DIRS", "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "DO_NOT_TRACK", "SCRUBBING_DISABLE", "CI",
    "PYTEST_VERSION", "PYTEST_CURRENT_TEST", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH",
})
# fmt: on

#: On Windows: no console, no Ctrl-C of the app's, and no haste.
_FLAGS = ("DETACHED_PROCESS", "CREATE_NEW_PROCESS_GROUP", "BELOW_NORMAL_PRIORITY_CLASS")

#: Steps back behind whatever the user does next. Finds this very library, whatever else is installed, and lets nothing
#: beside it hide the standard library. Where that is it reads from the pipe's first line: everybody on a machine can
#: read command lines, and paths name people.
_PROGRAM = (
    "import json, os, sys; getattr(os, 'nice', int)(10); paths = json.loads(sys.stdin.buffer.readline()); "
    "sys.path.insert(0, paths[0]); import scrubbing; del sys.path[0]; sys.path += paths; "
    "from scrubbing.telemetry.detached import main; main()"
)


def at_exit(config: Config, consent: Consent, uploader: Uploader) -> None:
    """Count this end of the app for each envelope that could have been sent; do what is due.

    Args:
        config: what the author said.
        consent: asked for each purpose.
        uploader: knows what could be sent.
    """
    waiting = {entry.id for entry in uploader.sendable()}
    path = consent.places.starts
    if not waiting or path is None:
        return
    now = time.time()
    # No lock: it would cost the end more than the count that is lost when two programs end at once is worth, and
    # of two processes that are started then one finds nothing to do.
    counted = _counted(path)
    counts = {id_: min(counted.get(id_, 0) + 1, CUT_OFF) for id_ in sorted(waiting)}
    last = {name: counted[name] for name in (_DETACHED, _INLINE) if name in counted}
    act = _due(config, last, now) if max(counts.values()) >= CUT_OFF else None
    if act is not None:
        counts, last = {}, {**last, config.deliver: int(now)}
    files.write_lines(path, {name: str(number) for name, number in {**last, **counts}.items()})
    if act is not None:
        act(config, consent, uploader)


def is_near(config: Config, consent: Consent) -> bool:
    """Say whether this end of the app is one at which something is done, should something still wait then.

    Args:
        config: what the author said.
        consent: knows where the counts are.
    """
    path = consent.places.starts
    counted = {} if path is None else _counted(path)
    ends = [number for name, number in counted.items() if name not in (_DETACHED, _INLINE)]
    return max(ends, default=0) + 1 >= CUT_OFF and _due(config, counted, time.time()) is not None


def _counted(path: str) -> dict[str, int]:
    """What was counted; nothing where the file is damaged: it is written anew."""
    try:
        return {name: int(number) for name, number in files.read_lines(path).items()}
    except (files.Damaged, ValueError):
        return {}


def _due(config: Config, last: Mapping[str, int], now: float) -> Callable[[Config, Consent, Uploader], None] | None:
    if config.deliver == _INLINE:
        return None if _day(last.get(_INLINE, 0)) == _day(now) else _wait
    # A clock that was put back does not keep it from ever going again.
    rested = not 0 <= now - last.get(_DETACHED, 0) < DETACHED_EVERY
    return _detach if rested and can_detach() else None


def _day(seconds: float) -> int:
    return int(seconds) // 86400


def _wait(_config: Config, _consent: Consent, uploader: Uploader) -> None:
    uploader.flush(INLINE_SECONDS)


def can_detach() -> bool:
    """Say whether this process has a Python to start: no bundle has one, nor a program that embeds it."""
    name = os.path.basename(sys.executable or "").lower()
    bundled = getattr(sys, "frozen", False) or "__compiled__" in globals()
    return not bundled and name.startswith(_PYTHONS) and os.path.isfile(sys.executable)


def _detach(config: Config, consent: Consent, _uploader: Uploader) -> None:
    said = handed_over(config, consent)
    if said is not None:
        start(said, environment(os.environ, config.app))


def handed_over(config: Config, consent: Consent) -> bytes | None:
    """What a detached process must know, as JSON; None where the policy cannot be said in words.

    Args:
        config: what the author said.
        consent: what it allows now is the most that the process may do.
    """
    policy = _in_words(config)
    if policy is None:
        return None
    decision = consent.decision()
    modes = {purpose: decision.mode(purpose) for purpose in PURPOSES}
    options = {name: config.options[name] for name in HTTP_OPTIONS if config.options.get(name) is not None}
    enabled = config.enabled
    if callable(enabled):  # it cannot be asked there: what it makes of the question now is what it says
        enabled = {purpose: mode for purpose, mode in modes.items() if mode != "off"}
    said = {
        "dsn": config.dsn,
        "app": config.app,
        "release": config.release,
        "enabled": enabled if enabled is None or isinstance(enabled, bool) else dict(enabled),
        "modes": modes,
        "app_dir": getattr(consent, "_app_dir", None),
        "dev_ok": config.dev_ok,
        "policy": policy,
        "options": options,
    }
    data = json.dumps(said).encode()
    return data if len(data) <= _MOST_BYTES else None


def environment(environ: Mapping[str, str], app: str) -> dict[str, str]:
    """The variables of a detached process.

    Args:
        environ: the app's own.
        app: its name.
    """
    kept = KEPT | {variable(app)}
    return {name: value for name, value in environ.items() if name.upper() in kept}


def start(said: bytes, environ: Mapping[str, str]) -> None:
    """Start the process. It has a session of its own, no terminal, no pipe but the one it reads at once, no directory.

    Args:
        said: what it must know.
        environ: its variables.
    """
    import subprocess

    reader, writer = os.pipe()
    try:
        whole = _fits(writer, json.dumps(_paths()).encode() + b"\n" + said)
    finally:
        os.close(writer)
    if not whole:
        os.close(reader)
        return
    flags = sum(getattr(subprocess, name, 0) for name in _FLAGS)
    try:
        process = subprocess.Popen(  # noqa: S603 - this Python and this library, nothing of anybody's
            [sys.executable, "-I", "-c", _PROGRAM],
            stdin=reader,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),
            env=dict(environ),
            close_fds=True,
            start_new_session=True,
            creationflags=flags,
        )
    finally:
        os.close(reader)
    # We end before it does, so that nobody but the system waits for it; `Popen` need not complain of that.
    process.returncode = 0


def _fits(writer: int, data: bytes) -> bool:
    """Write into a pipe that nobody reads yet, if all of it fits: nothing here may wait for a reader."""
    if os.name == "posix":
        os.set_blocking(writer, False)
    elif len(data) > _MOST_BYTES:
        return False
    try:
        return os.write(writer, data) == len(data)
    except BlockingIOError:
        return False


def _paths() -> list[str]:
    """This library's place first, then where its dependencies may be."""
    import scrubbing

    own = os.path.dirname(os.path.dirname(os.path.abspath(scrubbing.__file__)))
    return list(dict.fromkeys([own, *(path for path in sys.path if os.path.isabs(path))]))


def _in_words(config: Config) -> dict[str, Any] | None:
    """The policy as JSON says it; what only judges names of code in live frames is not needed."""
    said: dict[str, Any] = {
        "app": config.app,
        "packages": [*config.packages, config.caller.partition(".")[0]],
        "commands": None if config.commands is None else sorted(config.commands),
    }
    chosen = config.policy
    if chosen is None or isinstance(chosen, str):
        path = config.policy_file
        return {**said, "toml": os.path.abspath(path)} if path else {**said, "preset": chosen or "strict"}
    if type(chosen).__module__ != "scrubbing.policy" or chosen.rules or _fields(chosen).keys() != POLICY:
        return None
    return {
        "preset": chosen.preset,
        "app": chosen.app or config.app,
        "packages": [*chosen.packages.own, *said["packages"]],
        "dependencies": sorted(chosen.packages.dependencies),
        "commands": said["commands"] if chosen.commands is None else sorted(chosen.commands),
        "messages": dict(chosen.messages),
        "remarks": chosen.remarks,
        "cache": chosen.cache,
        # The names of modules that are here are found again there.
        "machine": {name: value for name, value in _fields(chosen.machine).items() if name != "modules"},
    }


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in type(value).__attrs_attrs__}
