from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest

from scrubbing import Policy, scrub_text
from scrubbing.identity import Machine

posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="reads an account by its user number")


def test_fields_default_to_nothing_and_are_strings():
    """A machine without names is allowed; anything but a string is a mistake of the caller."""
    assert Machine() == Machine("", "", "", "", "")
    with pytest.raises(TypeError, match="hostname"):
        Machine(hostname=7)


@posix
def test_linux_reads_the_account_file(tmp_path):
    """Names come from the account of this process's user number, more names and the home from the environment."""
    uid = os.getuid()
    (tmp_path / "passwd").write_text(
        f"erika:x:{uid}:100:Erika Mustermann,room 1,,:/home/erika:/bin/sh\n", encoding="utf-8"
    )
    path = str(tmp_path / "passwd")
    machine = Machine.detect({"USER": "otto", "SUDO_USER": "svenja", "HOME": "/srv/h"}, "linux", path)
    assert (machine.username, machine.full_name, machine.home) == ("erika", "Erika Mustermann", "/srv/h")
    assert machine.aliases == ("otto", "svenja")
    assert machine.hostname.lower().startswith(os.uname().nodename.lower())


@posix
@pytest.mark.parametrize("content", [b"", b"\xff\xfe::::\n\n:::", b"x" * 100])
def test_a_strange_account_file_leaves_the_environment(tmp_path, content):
    """Where the account file says nothing of use, the environment does."""
    (tmp_path / "passwd").write_bytes(content)
    machine = Machine.detect({"LOGNAME": "erika", "HOME": "/home/erika"}, "linux", str(tmp_path / "passwd"))
    assert (machine.username, machine.home, machine.full_name) == ("erika", "/home/erika", "")


@posix
def test_nothing_known_is_no_error(tmp_path):
    """Without an environment and an account file there is still a machine."""
    assert Machine.detect({}, "linux", str(tmp_path / "missing")).username == ""


@posix
def test_ampersand_in_the_description_is_the_login_name(tmp_path):
    """The old abbreviation in account files is written out, so that the full name is found."""
    (tmp_path / "passwd").write_text(f"erika:x:{os.getuid()}:1:& Mustermann:/home/erika:/bin/sh\n", encoding="utf-8")
    assert Machine.detect({}, "linux", str(tmp_path / "passwd")).full_name == "Erika Mustermann"


@posix
def test_the_qualified_host_name_is_taken_where_it_is_this_hosts(tmp_path):
    """HOSTNAME counts when it begins with the kernel's name, and not when it is another host's."""
    node = os.uname().nodename.partition(".")[0]
    missing = str(tmp_path / "missing")
    if "." not in os.uname().nodename:
        assert Machine.detect({"HOSTNAME": f"{node}.example.org"}, "linux", missing).hostname == f"{node}.example.org"
    assert Machine.detect({"HOSTNAME": "other.example.org"}, "linux", missing).hostname == os.uname().nodename


def test_windows_reads_the_environment():
    """Windows says all of it in the environment; a machine outside a domain has none."""
    env = {"USERNAME": "Mary P", "USERPROFILE": "C:\\Users\\Mary P", "COMPUTERNAME": "PC-1", "USERDOMAIN": "ACME"}
    assert Machine.detect(env, "win32") == Machine("Mary P", "", "C:\\Users\\Mary P", "PC-1", "ACME")
    assert Machine.detect({**env, "USERDOMAIN": "pc-1"}, "win32").domain == ""
    assert Machine.detect({"COMPUTERNAME": "PC-1", "HOMEDRIVE": "H:", "HOMEPATH": "\\m"}, "win32").home == "H:\\m"


def test_people_tell_tools_their_names_and_addresses():
    """The environment's addresses and full name are the user's, and so are the homes programs are looked for in."""
    env = {
        "USERNAME": "mp",
        "COMPUTERNAME": "PC-1",
        "USERDNSDOMAIN": "CORP.EXAMPLE.NET",
        "EMAIL": "mary.poppins@example.org",
        "GIT_AUTHOR_NAME": "Mary Poppins",
        "PATH": "C:\\Users\\mpoppins\\bin;C:\\Windows",
    }
    machine = Machine.detect(env, "win32")
    assert (machine.full_name, machine.hostname) == ("Mary Poppins", "PC-1.CORP.EXAMPLE.NET")
    assert machine.aliases == ("mary.poppins", "mpoppins")


@posix
def test_the_windows_user_is_known_under_wsl(tmp_path):
    """Paths of the other side are in the search path there."""
    env = {"USER": "erika", "PATH": "/usr/bin:/mnt/c/Users/EMuster/AppData/Local/bin:/home/otto/bin"}
    assert Machine.detect(env, "linux", str(tmp_path / "none")).aliases == ("EMuster", "otto")


def test_detection_is_quick_and_asks_nobody(monkeypatch):
    """No name server, no directory service and no subprocess is asked, and it takes about no time."""

    def forbidden(*_args, **_kwargs):
        raise AssertionError("asked somebody")

    for module, name in (
        (socket, "getfqdn"),
        (socket, "getaddrinfo"),
        (socket, "gethostbyname"),
        (subprocess, "Popen"),
    ):
        monkeypatch.setattr(module, name, forbidden)
    if sys.platform != "darwin" and hasattr(os, "getuid"):
        import pwd

        monkeypatch.setattr(pwd, "getpwuid", forbidden)
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        Machine.detect()
        best = min(best, time.perf_counter() - began)
    assert best < 0.02  # the aim is 2 ms


def test_installed_modules_are_read_from_listings(tmp_path, monkeypatch):
    """Packages, modules and extensions count, what only describes them does not; what is not there is passed over."""
    site = tmp_path / "site-packages"
    for name in ("moonbeam", "moonbeam-1.2.dist-info", "Six.py", "fast.cpython-312-x86_64-linux-gnu.so", "a-b"):
        (site / name).mkdir(parents=True)
    (tmp_path / "elsewhere" / "erika").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(site), str(tmp_path / "elsewhere"), "/none/dist-packages", str(site) + "/"])

    found = Machine.detect({"USER": "x"}, "linux", "/dev/null")

    assert found.modules == {"moonbeam", "six", "fast"}
    assert "moonbeam" not in repr(found)
    assert found == Machine.detect({"USER": "x"}, "linux", "/dev/null")


@pytest.mark.parametrize(("installed", "text"), [({"moonbeam"}, "moonbeam"), ((), "[user]")])
def test_a_user_called_like_an_installed_module_counts_in_personal_positions(installed, text):
    """The module's name stays in a traceback's text, the home directory does not; without the module all of it goes."""
    policy = Policy.verbose(machine=Machine(username="moonbeam", modules=installed))

    said = scrub_text("import moonbeam failed for moonbeam@build in /home/moonbeam/x", policy)

    assert said == f"import {text} failed for [user]@build in /home/[user]/x"
