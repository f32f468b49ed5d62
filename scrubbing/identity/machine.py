"""Who this machine is, so that the rules can hide it.

`Machine` is a plain value; `Machine.detect()` reads it from the environment, from the local account file and from the
kernel's host name. Nothing here asks a name server, a directory service, a subprocess or the hardware, and nothing
here is ever sent. Imported only after a yes.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: An account file larger than this is read in part: detection has a bound.
_PASSWD_BYTES = 1 << 20
#: macOS numbers the accounts it keeps itself from 501; accounts of a directory service have larger numbers.
_MAC_LOCAL = range(500, 1000)
#: Where people tell tools their names and addresses.
_MAILS = ("EMAIL", "DEBEMAIL", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")
_FULL_NAMES = ("DEBFULLNAME", "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")
_LONGEST_PATH = 16_384
#: Where installed packages lie, and how many entries of such directories are looked at: detection has a bound.
_SITES = ("site-packages", "dist-packages")
_MOST_MODULES = 4_096


def _string(_: object, attribute: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str):
        raise TypeError(f"Machine.{attribute.name} is a string, not {type(value).__name__}")


def _strings(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _names(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@attrs.frozen
class Machine:
    """The names that would tell whose machine a text comes from.

    Args:
        username: the login name.
        full_name: the person's name, words separated by spaces.
        home: the home directory, as an absolute path of this machine's platform.
        hostname: the host name, with its domain where known.
        domain: the Windows or DNS domain.
        aliases: further names of the same user, such as the one behind ``sudo`` or before the ``@`` of an address.
        modules: top-level modules that are installed here: a user or host called like one counts in a personal position
            only. They are no names of anybody, and make no difference between machines.
    """

    username: str = attrs.field(default="", validator=_string)
    full_name: str = attrs.field(default="", validator=_string)
    home: str = attrs.field(default="", validator=_string)
    hostname: str = attrs.field(default="", validator=_string)
    domain: str = attrs.field(default="", validator=_string)
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_strings)
    modules: frozenset[str] = attrs.field(default=frozenset(), converter=_names, repr=False, eq=False)

    @classmethod
    def detect(
        cls,
        environ: Mapping[str, str] | None = None,
        platform: str | None = None,
        passwd: str = "/etc/passwd",  # noqa: S107 - a file name, not a password
    ) -> Machine:
        """Read this machine's names, in less than 2 ms; what cannot be had is left empty.

        Args:
            environ: the environment; ``os.environ`` if None.
            platform: as ``sys.platform``, which is the default.
            passwd: the local account file of POSIX systems.
        """
        env = os.environ if environ is None else environ
        system = sys.platform if platform is None else platform
        found = _windows(env) if system == "win32" else _posix(env, system, passwd)
        return attrs.evolve(found, modules=_modules(sys.path))


def _windows(env: Mapping[str, str]) -> Machine:
    host = env.get("COMPUTERNAME", "") or _nodename()
    domain, zone = env.get("USERDOMAIN", ""), env.get("USERDNSDOMAIN", "")
    return Machine(
        username=env.get("USERNAME", ""),
        full_name=_full_name(env),
        home=env.get("USERPROFILE", "") or env.get("HOMEDRIVE", "") + env.get("HOMEPATH", ""),
        hostname=f"{host}.{zone}" if zone and "." not in host else host,
        domain="" if domain.lower() == host.lower() else domain,  # a machine outside a domain is its own
        aliases=_others(env, env.get("USERNAME", "")),
    )


def _posix(env: Mapping[str, str], system: str, passwd: str) -> Machine:
    account, gecos, folder = _account(system, passwd)
    username = account or env.get("USER", "") or env.get("LOGNAME", "")
    host = _nodename()
    qualified = env.get("HOSTNAME", "")
    if qualified.lower().startswith(f"{host.lower()}."):
        host = qualified
    return Machine(
        username=username,
        full_name=gecos.split(",")[0].replace("&", username.capitalize()).strip() or _full_name(env),  # &: since BSD
        home=env.get("HOME", "") or folder,
        hostname=host,
        domain=env.get("USERDOMAIN", ""),
        aliases=_others(env, username, folder),
    )


def _others(env: Mapping[str, str], username: str, folder: str = "") -> tuple[str, ...]:
    """Give the user's further names: of accounts, of mail boxes, of home directories that are in use."""
    names = [env.get(name, "") for name in ("USER", "LOGNAME", "USERNAME", "SUDO_USER", "DOAS_USER")]
    names += [env.get(name, "").partition("@")[0].strip("<\"' ") for name in _MAILS]
    names += _owners(f"{env.get('PATH', '')[:_LONGEST_PATH]}:{folder}/")
    return tuple(dict.fromkeys(name for name in names if name and name != username))


def _owners(path: str) -> list[str]:
    """Give whose directories programs are looked for in; under WSL the Windows user is among them."""
    import re

    return re.findall(r"(?:/home|[/\\]Users)[/\\]([^/\\:;]{1,64})[/\\]", path)


def _full_name(env: Mapping[str, str]) -> str:
    return next((env[name].strip() for name in _FULL_NAMES if env.get(name)), "")


def _modules(path: Iterable[str]) -> frozenset[str]:
    """Give the names of the modules in the directories of packages, from their listing alone."""
    found: set[str] = set()
    for folder in path:
        if isinstance(folder, str) and folder.rstrip("/\\").endswith(_SITES) and len(found) < _MOST_MODULES:
            with contextlib.suppress(OSError), os.scandir(folder) as entries:
                names = (entry.name.partition(".")[0] for entry in itertools.islice(entries, _MOST_MODULES))
                found.update(name.lower() for name in names if name.isidentifier())
    return frozenset(found)


def _nodename() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    import socket

    return socket.gethostname()


def _account(system: str, passwd: str) -> tuple[str, str, str]:
    """Give this process's login name, description and home; empty strings where its account is no local one."""
    if not hasattr(os, "getuid"):
        return "", "", ""
    uid = os.getuid()
    if system == "darwin":
        return _mac_account(uid)
    try:
        with open(passwd, "rb") as file:
            lines = file.read(_PASSWD_BYTES).decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return "", "", ""
    for line in lines:
        fields = line.split(":")
        if len(fields) >= 6 and fields[2] == str(uid):  # noqa: PLR2004 - name:password:uid:gid:description:home
            return fields[0], fields[4], fields[5]
    return "", "", ""


def _mac_account(uid: int) -> tuple[str, str, str]:
    """Ask for a local account: macOS keeps them elsewhere, and asks for them before any directory service."""
    if uid not in _MAC_LOCAL:
        return "", "", ""
    import pwd

    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return "", "", ""
    return entry.pw_name, entry.pw_gecos, entry.pw_dir
