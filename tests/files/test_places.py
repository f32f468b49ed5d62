"""Where files live: platformdirs' directories, without platformdirs."""

from __future__ import annotations

import posixpath
import sys
import types

import platformdirs.macos
import platformdirs.unix
import platformdirs.windows
import pytest

from scrubbing.files import places

UNIX = {"linux": platformdirs.unix.Unix, "darwin": platformdirs.macos.MacOS}
ENVIRONS = {
    "home only": {"HOME": "/home/alice"},
    "home with a slash at its end": {"HOME": "/home/alice/"},
    "home is the root": {"HOME": "/"},
    "home with spaces and accents": {"HOME": "/home/al ice é"},
    "XDG": {"HOME": "/home/alice", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s", "XDG_CONFIG_DIRS": "/d"},
    "XDG with slashes": {"HOME": "/home/alice", "XDG_CONFIG_HOME": "/c/", "XDG_STATE_HOME": "/s/"},
    "XDG empty": {"HOME": "/home/alice", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "XDG_CONFIG_DIRS": ""},
    "XDG relative": {
        "HOME": "/home/alice",
        "XDG_CONFIG_HOME": "c",
        "XDG_STATE_HOME": "~/s",
        "XDG_CONFIG_DIRS": "d:./e",
    },
    "two site directories": {"HOME": "/home/alice", "XDG_CONFIG_DIRS": "/etc/xdg/xdg-ubuntu:/etc/xdg"},
    "a relative site directory first": {"HOME": "/home/alice", "XDG_CONFIG_DIRS": "d::/e:/f"},
    "no HOME": {},
    "HOME empty": {"HOME": ""},
    "HOME relative": {"HOME": "alice"},
    "XDG and no HOME": {"XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"},
}


def _only(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], *more: str) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CONFIG_DIRS", *more):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX paths")
@pytest.mark.parametrize("platform", UNIX)
@pytest.mark.parametrize("environ", ENVIRONS.values(), ids=ENVIRONS)
def test_posix_directories_are_those_of_platformdirs(monkeypatch, platform, environ):
    """Config, state and site directories are platformdirs' for every environment, on Linux and macOS."""
    _only(monkeypatch, environ)
    theirs = UNIX[platform](appname="scrubbing")
    if not theirs.user_config_dir.startswith("/"):
        pytest.skip("this platformdirs takes a relative HOME as it is; newer ones do not")

    ours = places("frob", environ, platform)

    assert posixpath.join(theirs.user_config_dir, "frob") == ours.config_dir
    assert posixpath.join(theirs.user_state_dir, "frob") == ours.state_dir
    assert posixpath.join(theirs.user_config_dir, "everyone") == ours.everyone
    assert posixpath.join(theirs.site_config_dir, "policy") == ours.admin


@pytest.mark.parametrize(
    "environ",
    [
        {"LOCALAPPDATA": "C:\\Users\\al\\AppData\\Local", "ALLUSERSPROFILE": "C:\\ProgramData"},
        {"LOCALAPPDATA": "D:\\Local", "ALLUSERSPROFILE": "E:\\All", "PROGRAMDATA": "E:\\All"},
    ],
)
def test_windows_directories_are_those_of_platformdirs(monkeypatch, environ):
    """On Windows the directories are platformdirs' without roaming and without an author."""
    _only(monkeypatch, environ, "PROGRAMDATA")
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", platformdirs.windows.get_win_folder_from_env_vars)
    theirs = platformdirs.windows.Windows(appname="scrubbing", appauthor=False)

    ours = places("frob", environ, "win32")

    assert theirs.user_config_dir.replace("/", "\\") + "\\frob" == ours.config_dir
    assert theirs.user_state_dir.replace("/", "\\") + "\\frob" == ours.state_dir
    assert theirs.site_config_dir.replace("/", "\\") + "\\policy" == ours.admin


def test_windows_without_localappdata_uses_the_profile():
    """Without LOCALAPPDATA the profile's own Local directory is taken, and without both there is none."""
    assert places("frob", {"USERPROFILE": "C:\\Users\\al"}, "win32").choice == (
        "C:\\Users\\al\\AppData\\Local\\scrubbing\\frob\\choice"
    )
    assert places("frob", {}, "win32").choice is None
    assert places("frob", {}, "win32").admin == "C:\\ProgramData\\scrubbing\\policy"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX accounts")
def test_without_any_home_there_are_no_user_files(monkeypatch):
    """With HOME unset and no account for this uid, user paths are None and the admin's file is still known."""

    def nobody(_uid: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", nobody)

    ours = places("frob", {}, "linux")

    assert {None} == {ours.config_dir, ours.state_dir, ours.choice, ours.everyone, ours.verdict, ours.outbox}
    assert ours.admin == "/etc/xdg/scrubbing/policy"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX accounts")
@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "alice"}])
def test_a_home_that_is_no_absolute_path_is_looked_up(monkeypatch, environ):
    """Without HOME, or with a relative one, the account's home counts and never the working directory."""
    monkeypatch.setattr("pwd.getpwuid", lambda _uid: types.SimpleNamespace(pw_dir="/home/account"))

    assert places("frob", environ, "linux").config_dir == "/home/account/.config/scrubbing/frob"


def test_files_stand_where_the_design_says():
    """Choices are in the config directory, everything else in the state directory."""
    ours = places("frob", {"HOME": "/h", "XDG_STATE_HOME": "/s"}, "linux")

    assert ours.choice == "/h/.config/scrubbing/frob/choice"
    assert ours.everyone == "/h/.config/scrubbing/everyone"
    for name in ("verdict", "outbox", "quota", "sessions", "drops", "limits"):
        assert getattr(ours, name) == f"/s/scrubbing/frob/{name}"


def test_the_system_site_directory_is_always_read():
    """An admin's file in /etc/xdg counts whatever XDG_CONFIG_DIRS says, after those it names."""
    assert places("frob", {"HOME": "/h", "XDG_CONFIG_DIRS": "/a:/b"}, "linux").admins == (
        "/a/scrubbing/policy",
        "/b/scrubbing/policy",
        "/etc/xdg/scrubbing/policy",
    )


def test_looking_makes_nothing(tmp_path):
    """Asking where files live creates none of them."""
    places("frob", {"HOME": str(tmp_path)}, sys.platform)

    assert list(tmp_path.iterdir()) == []
