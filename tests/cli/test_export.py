"""``export``: everything that is stored and was sent, in one JSON that anybody can read and check."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from homes import APPS

from scrubbing import files, wire
from scrubbing.identity import ids

KEYS = [
    "app", "exported", "choice", "verdict", "quota", "sessions", "ids", "drops", "limits", "log", "files", "waiting",
    "kept", "sent", "problems",
]  # fmt: skip


def exported(home, *typed, code=0):
    ran = home.scrubbing("export", *typed)
    assert ran.returncode == code
    return json.loads(ran.stdout)


def exact(one):
    return one["exact"].encode() if "exact" in one else base64.b64decode(one["exact_base64"])


def test_of_an_app_nobody_has_heard_of_there_is_nothing(home):
    """Every key is there, empty; looking leaves nothing on disk."""
    found = exported(home)
    assert list(found) == KEYS
    assert not any(found[key] for key in KEYS if key not in ("app", "exported", "ids"))
    assert found["ids"] == {
        "secret": None,
        "crashes": {"word": "none", "id": None},
        "usage": {"word": "month", "id": None},
    }
    assert home.tree() == {}


def test_everything_that_is_stored_and_was_sent_is_in_it(lived):
    """Each file of lines with its lines, each envelope with what it says and its exact bytes."""
    home = lived
    found = exported(home)
    places = home.places

    assert list(found) == KEYS
    assert found["problems"] == []
    for name in ("choice", "verdict", "quota", "sessions"):
        assert found[name] == files.read_lines(getattr(places, name)) != {}
    assert found["ids"]["usage"]["id"] in home.scrubbing("id").stdout
    assert found["drops"]["quota:fingerprint"]["number"] >= 1
    assert list(found["limits"]) == ["error"]
    assert found["files"]["hard"] == {"ab" * 16 + ".trace": "runs = 1\nmoonlight\n"}
    assert {"sent"} <= {one["what"] for one in found["log"]} <= {"sent", "unanswered"}  # a busy machine answers late
    assert {one["id"] for one in found["log"]} >= {one["id"] for one in found["sent"]}
    for key, directory in (("waiting", places.outbox), ("kept", places.kept), ("sent", places.sent)):
        on_disk = sorted(path.read_bytes() for path in Path(directory).glob("*.envelope"))
        assert sorted(map(exact, found[key])) == on_disk != []
        for one in found[key]:
            data = exact(one)
            assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
            payloads = [item["payload"] for item in one["envelope"]["items"]]
            assert payloads == [wire.parse(item.payload, item.type) for item in wire.read(data).items]
            assert one["purpose"] in ("crashes", "usage")


def test_the_secret_is_not_in_it(lived):
    """Who gets an export to read cannot make the ids of other months; where the secret stands is said."""
    home = lived
    ran = home.scrubbing("export")
    for secret in ids.read(home.places.identity).values():
        assert secret.key.hex() not in ran.stdout
    assert json.loads(ran.stdout)["ids"]["secret"] == home.places.identity


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_it_is_the_same(lived, app):
    """Through each framework, on standard output and into a file."""
    home = lived
    inside = json.loads(home.run(*APPS[app], "export").stdout)
    outside = exported(home)
    for found in (inside, outside):
        for key in ("exported", "verdict", "waiting", "sent", "drops", "log"):  # the app's start may change these
            del found[key]
    assert inside == outside
    ran = home.run(*APPS[app], "export", "all.json")
    said = f"Everything about frob is in {home.path / 'all.json'}.\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, said, "")
    assert json.loads((home.path / "all.json").read_text(encoding="utf-8"))["choice"] == inside["choice"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_file_is_the_user_s_alone(home):
    """0600, and a file that was there is replaced as a whole."""
    target = home.path / "all.json"
    target.write_text("x" * 100_000)
    target.chmod(0o644)
    home.scrubbing("export", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert json.loads(target.read_text(encoding="utf-8"))["app"] == "frob"


def test_a_file_that_cannot_be_written_is_said(home):
    """In a directory there is not: wrong use, and none is made. Over a directory: a failure."""
    ran = home.scrubbing("export", str(home.path / "nowhere" / "all.json"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert home.tree() == {}
    (home.path / "taken").mkdir()
    ran = home.scrubbing("export", str(home.path / "taken"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "could not be written" in ran.stderr


@pytest.mark.parametrize("name", ["choice", "verdict", "quota", "sessions", "identity", "drops", "limits"])
def test_a_damaged_file_is_named_and_the_rest_is_there(home, name):
    """The exit code is 1; nothing of the file is shown; every other key is as it was."""
    home.yes()
    home.crash()
    files.write_lines(home.places.limits, {"error": "4102444800"})
    whole = exported(home)
    files.write_bytes(getattr(home.places, name), b"moonlight\xff")

    ran = home.scrubbing("export")
    found = json.loads(ran.stdout)

    assert ran.returncode == 1
    assert "moonlight" not in ran.stdout + ran.stderr
    assert any(problem.startswith(f"{name}: Damaged") for problem in found["problems"])
    assert f"export: could not be read: {name}: " in ran.stderr
    same = set(KEYS) - {"exported", "problems", "ids" if name == "identity" else name}
    assert {key: found[key] for key in same} == {key: whole[key] for key in same}


def test_an_envelope_nobody_understands_is_there_in_exact_bytes(home):
    """Text or not: its bytes can be had back, and it is said that they say nothing."""
    for number, data in enumerate((b"moonlight\n", b"\xff\x00\xfe", b"")):
        name = f"{7 + number:017d}.crashes.error.0.{number:016x}.envelope"
        files.write_bytes(os.path.join(home.places.kept, name), data)
        os.utime(os.path.join(home.places.kept, name))
    names = sorted(os.listdir(home.places.kept))
    import time

    for name in names:  # of today, so that they have not expired
        os.rename(
            os.path.join(home.places.kept, name),
            os.path.join(home.places.kept, f"{int(time.time() * 1e6):017d}{name[17:]}"),
        )
    found = exported(home)
    assert sorted(map(exact, found["kept"])) == [b"", b"moonlight\n", b"\xff\x00\xfe"]
    assert [one["envelope"] for one in found["kept"]] == [None] * 3
    assert all(one["problem"] for one in found["kept"])


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_an_outbox_that_is_a_link_is_named(home):
    """It is not followed."""
    files.make_directory(home.places.state_dir)
    os.symlink(home.path, home.places.outbox)
    found = exported(home, code=1)
    assert any(problem.startswith("outbox: Unusable") for problem in found["problems"])


@pytest.mark.parametrize("text", ["runs = 3\n", "2026-11-27 sent\n2026-11-28 dropped\n"])
def test_a_file_without_a_key_of_its_own_is_in_it_too(home, monkeypatch, text):
    """What other rooms keep in places of their own is not forgotten: by its lines, or as the text it is."""
    from scrubbing.cli import export, subject

    class More(files.Places):
        __slots__ = ("later",)

    one = subject.outside("frob", home.environ)
    places = More("frob", str(home.path), str(home.path), ("/nowhere",), "/")
    places.later = f"{places.state_dir}/later"
    one.consent.places = places
    monkeypatch.setattr(More, "__slots__", (*files.Places.__slots__, "later"))
    files.write_bytes(places.later, text.encode())

    found = export.export(one)

    assert found["files"] == {"later": {"runs": "3"} if "=" in text else text}
    assert found["problems"] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and links of POSIX")
def test_only_files_are_read(home):
    """A pipe among the traces of hard crashes is not waited for, and what a link points at is not ours."""
    files.write_bytes(f"{home.places.hard}/{'a' * 32}.trace", b"release = frob@1.4.2\n")
    os.mkfifo(f"{home.places.hard}/pipe")
    os.symlink(__file__, f"{home.places.hard}/link")
    assert list(exported(home)["files"]["hard"]) == [f"{'a' * 32}.trace"]
