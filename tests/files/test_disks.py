"""Disks that take nothing, nothing more, or not from us: read-only, full, open to others; real ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from apps import App
from servers.faulty import Faulty

from scrubbing import files
from scrubbing.consent import Consent

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX owners and permissions")


def can_mount():
    """Whether this machine lets us mount something in a namespace of our own."""
    line = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(line, capture_output=True, check=False).returncode == 0
    )


mounts = pytest.mark.skipif(not can_mount(), reason="needs to mount")


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)


def mounted(app, how, **environ):
    """Run the program while its home's ``.config`` and ``.local`` are mounted so."""
    line = f"{how} && exec {sys.executable} -m frob"
    home = app.environ(**environ)
    for name in (".config", ".local"):
        (app.home / name).mkdir(exist_ok=True, mode=0o700)
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", line],
        cwd=app.home / "src",
        env={**home, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


READ_ONLY = (
    'for d in .config .local; do mount --bind "$HOME/$d" "$HOME/$d" && mount -o remount,ro,bind "$HOME/$d"; done'
)
FULL = (
    'mount -t tmpfs -o size=32k,mode=700 none "$HOME/.local" && mkdir -p "$HOME/.local/state" '
    '&& (dd if=/dev/zero of="$HOME/.local/filler" bs=1k count=64 2>/dev/null || true)'
)
CHOOSES = """
def choose(mode):
    try:
        telemetry.set_consent(mode)
        return "stored"
    except OSError as error:
        return "not stored"
telemetry.capture_message("hello")
print(choose("on"), telemetry.consent.mode("crashes"))
print(choose("off"), telemetry.consent.mode("crashes"), telemetry.ask(runs=1, days=1, with_=lambda _: True))
raise ValueError(os.environ["PLANTED"])
"""
WITH_CHOICE = 'telemetry = scrubbing.init(dsn=os.environ["FROB_DSN"], app="frob", release="1.4.2")\n'


@mounts
@pytest.mark.parametrize("before", ["nothing", "yes", "no"])
def test_a_read_only_home_keeps_what_was_said_before(app, before):
    """A choice that cannot be stored is said, a no holds for the run, a yes is none, and the app's crash is its own."""
    app.write("", init=WITH_CHOICE)
    if before != "nothing":
        app.write(f"telemetry.set_consent('{'on' if before == 'yes' else 'off'}')\n", init=WITH_CHOICE)
        app.run(environ=app.environ(FROB_TELEMETRY=None))
    app.write(CHOOSES, init=WITH_CHOICE)
    found = sorted(path for path in app.home.rglob("*") if ".config" in path.parts or ".local" in path.parts)

    run = mounted(app, READ_ONLY, FROB_TELEMETRY=None)

    assert run.stdout == f"not stored {'on' if before == 'yes' else 'off'}\nnot stored off None\n"
    assert run.stderr.endswith("ValueError: hunter2\n")
    assert run.returncode == 1
    after = sorted(path for path in app.home.rglob("*") if ".config" in path.parts or ".local" in path.parts)
    assert {*after} - {*found} <= {app.home / ".config", app.home / ".local"}
    assert app.server.connections == 0  # what cannot be kept for the user to read is not sent


@mounts
def test_a_full_disk_drops_reports_and_leaves_nothing_half(app):
    """No report is kept or sent that does not fit, no unfinished file stays, and the app goes on as it would."""
    app.write(
        "print(telemetry.capture_message('hello') and 'made', telemetry.flush(1))\n"
        "os.system('find $HOME/.local/state/scrubbing/frob 2>/dev/null')\n"
        "raise ValueError(os.environ['PLANTED'])\n"
    )

    run = mounted(app, FULL)

    assert run.returncode == 1
    assert run.stderr.endswith("ValueError: hunter2\n")
    assert "unfinished" not in run.stdout
    assert ".envelope" not in run.stdout
    assert app.server.connections == 0


@mounts
def test_the_same_mounts_with_room_are_written_to(app):
    """The control: mounted with room, the same program keeps and sends its report."""
    app.write("telemetry.capture_message('hello')\nprint(telemetry.flush(10))\n")

    run = mounted(app, FULL.replace("count=64", "count=0").replace("size=32k", "size=4m"))

    assert (run.stdout, run.stderr) == ("True\n", "")
    assert len(app.server.bodies) == 1


@posix
@pytest.mark.parametrize("place", ["choice", "everyone"])
@pytest.mark.parametrize("there", [True, False])
def test_a_file_in_a_directory_that_everybody_can_write_is_not_believed(tmp_path, place, there):
    """Anybody could have put it there, or taken a no away: off, and said why; a group's and /tmp's are none."""
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "site")}
    consent = Consent(app="frob", environ=environ, modules=(), enabled=True, has_dsn=True)
    path = Path(getattr(consent.places, place))
    files.make_directory(str(path.parent))
    if there:
        files.write_lines(str(path), {"version": "1", "crashes": "on"} if place == "choice" else {"telemetry": "ask"})

    seen = {}
    for mode in (0o700, 0o777, 0o775, 0o1777, 0o702, 0o700):
        path.parent.chmod(mode)
        seen[mode] = consent.mode("crashes")
        if mode == 0o777:
            (note,) = [row.note for row in consent.why if row.decides]

    assert seen == {0o700: "on", 0o777: "off", 0o775: "on", 0o1777: "on", 0o702: "off"}
    assert note == f"{path}: is in a directory that everybody can write"


@posix
def test_what_killed_writers_left_is_gone_after_the_next_choice(tmp_path):
    """Unfinished files of the choice do not add up; those of others stay."""
    consent = Consent(app="frob", environ={"HOME": str(tmp_path)})
    consent.set("off")
    directory = Path(consent.places.config_dir)
    for name in (".choice.0123456789ab.unfinished", ".choice.ba9876543210.unfinished", ".other.unfinished", "mine"):
        (directory / name).touch()

    consent.set("off")

    assert sorted(path.name for path in directory.iterdir()) == [".other.unfinished", "choice", "mine"]


@posix
def test_a_link_to_the_dotfiles_stays_a_link(tmp_path):
    """A choice kept elsewhere is read and written there; a link to nothing is damage, which a choice repairs."""
    consent = Consent(app="frob", environ={"HOME": str(tmp_path)}, modules=(), has_dsn=True)
    kept = tmp_path / "dotfiles" / "frob"
    path = Path(consent.places.choice)
    path.parent.mkdir(parents=True, mode=0o700)
    path.symlink_to(kept)
    assert consent.mode("crashes") == "off"
    assert consent.why[7].note == f"{path}: is a link to nothing"

    consent.set("on")

    assert path.is_symlink()
    assert files.read_lines(str(kept))["crashes"] == "on"
    assert consent.mode("crashes") == "on"
