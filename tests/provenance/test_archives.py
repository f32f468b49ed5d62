"""The archive of a bundle, written here as PyInstaller's bootloader reads it: read whole, or not at all."""

from __future__ import annotations

import marshal
import struct
import sys
import types
import zlib
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER

import pytest
from worlds import CANARY, SYNC, caught

from scrubbing import roots
from scrubbing.provenance.frames import describe
from scrubbing.roots import bundle

MODULE, PACKAGE, DATA, NAMESPACE = range(4)
LABEL = f"python{sys.version_info[0]}.{sys.version_info[1]}"


def packed(text: str, file: str) -> bytes:
    return zlib.compress(marshal.dumps(compile(text, file, "exec", dont_inherit=True)))


def pyz(modules: dict[str, tuple[int, bytes]], magic: bytes = MAGIC_NUMBER) -> bytes:
    blobs, contents = b"", []
    for name, (kind, blob) in modules.items():
        contents.append((name, (kind, 12 + len(blobs), len(blob))))
        blobs += blob
    return struct.pack("!4s4sI", b"PYZ\0", magic, 12 + len(blobs)) + blobs + marshal.dumps(contents)


def executable(entries: list[tuple[str, bytes, int, bytes]], after: bytes = b"signature" * 9) -> bytes:
    """An executable: some machine code, the entries (kind, name, compressed, data), their table, the cookie."""
    blobs, table = b"", b""
    for kind, name, compressed, blob in [(kind, name, compressed, blob) for kind, name, compressed, blob in entries]:
        text = name + b"\0" * (16 - len(name) % 16)
        table += struct.pack("!IIIIBc", 18 + len(text), len(blobs), len(blob), len(blob), compressed, kind.encode())
        table += text
        blobs += blob
    size = len(blobs) + len(table) + 88
    cookie = struct.pack("!8sIIII64s", b"MEI\x0c\x0b\x0a\x0b\x0e", size, len(blobs), len(table), 311, b"libpython")
    return b"\x7fELF" * 99 + blobs + table + cookie + after


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """A program that runs from an archive: a script, a package, a library, one module of Python's."""
    library = {"depo": (PACKAGE, packed("", "depo/__init__.py")), "depo.api": (MODULE, packed(SYNC, "depo/api.py"))}
    own = {"frob": (PACKAGE, packed("", "frob/__init__.py")), "frob.sync": (MODULE, packed(SYNC, "frob/sync.py"))}
    more = {"json.decoder": (MODULE, packed(SYNC, "json/decoder.py")), "frob.data": (DATA, zlib.compress(b"text"))}
    more |= {"frob.notcode": (MODULE, zlib.compress(marshal.dumps("text"))), "spaced": (NAMESPACE, b"")}
    entries = [
        ("o", b"pyi-contents-directory _internal", 0, b""),
        ("m", b"struct", 1, packed(SYNC, "struct.py")),
        ("M", b"early", 1, packed("", "early/__init__.py")),
        ("s", b"pyi_rth_inspect", 1, packed("", "pyi_rth_inspect.py")),
        ("s", b"run", 1, packed(SYNC, "run.py")),
        ("x", b"base_library.zip", 0, b"PK"),
        ("z", b"PYZ.pyz", 0, pyz(own | library | more)),
    ]
    place = tmp_path / f"home-{CANARY}" / "_internal"
    place.mkdir(parents=True)
    path = place.parent / "frob-gui"
    path.write_bytes(executable(entries))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(place), raising=False)
    monkeypatch.setattr(sys, "executable", str(path))
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    sys.modules["__main__"].__file__ = str(place / "run.py")
    return place


def live(monkeypatch, name, origin, text=SYNC):
    """A module as an importer leaves it."""
    module = types.ModuleType(name)
    module.__spec__ = ModuleSpec(name, None, origin=str(origin)) if name != "__main__" else None
    module.__file__ = str(origin)
    exec(compile(text, "anywhere.py", "exec", dont_inherit=True), vars(module))
    monkeypatch.setitem(sys.modules, name, module)
    return module


def described(module, **options) -> dict:
    packages = roots.detect(**({"caller": "frob.cli", "since": 1 << 40} | options))
    (value,) = describe(caught(module.fail, CANARY), packages, {})
    assert CANARY not in str(value)
    return value | value["stacktrace"]["frames"][-1]


@pytest.mark.parametrize(
    ("name", "file", "shown", "owner"),
    [
        ("frob.sync", "frob/sync.py", "frob/sync.py", True),
        ("frob.sync", "frob/sync.pyc", "frob/sync.pyc", True),  # as an importer may say that has no source
        ("__main__", "run.py", "run.py", True),
        ("depo.api", "depo/api.py", "site-packages/depo/api.py", False),
        ("json.decoder", "json/decoder.py", f"{LABEL}/json/decoder.py", False),
    ],
)
def test_modules_of_the_archive_are_named(frozen, monkeypatch, name, file, shown, owner):
    """The program's script and packages are its own; the rest is a library's or Python's, by its name."""
    value = described(live(monkeypatch, name, frozen / file))

    assert (value["filename"], value["function"], value["in_app"]) == (shown, "fail", owner)
    assert (value["type"], value["module"]) == ("SyncError", name)


def test_what_was_there_before_the_importer_is_named(frozen, monkeypatch, tmp_path):
    """A module that says it lies in the working directory is read from the archive all the same."""
    text = SYNC.replace("fail", "canary")
    (tmp_path / "struct.py").write_text(text)
    value = described(live(monkeypatch, "struct", tmp_path / "struct.py"))

    assert (value["filename"], value["function"]) == (f"{LABEL}/struct.py", "fail")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("frob.sync", "frob/sync/__init__.py"),  # no package
        ("frob.other", "frob/other.py"),
        ("frob.data", "frob/data.py"),
        ("frob.notcode", "frob/notcode.py"),
        ("spaced", "spaced/__init__.py"),
        ("early", "early.py"),  # a package
        ("__main__", "other.py"),
        ("__main__", "frob/run.py"),
        ("frob.sync", "../plugins/frob/sync.py"),
    ],
)
def test_what_is_not_in_the_archive_is_external(frozen, monkeypatch, name, file):
    """Code that lies on disk in the place of a bundled module's, or calls itself one, is the user's."""
    (frozen / file).parent.mkdir(parents=True, exist_ok=True)
    (frozen / file).write_text(SYNC)

    assert described(live(monkeypatch, name, frozen / file))["filename"] == "<external>"


def test_a_package_that_says_it_lies_elsewhere_is_still_the_archives(frozen, monkeypatch, tmp_path):
    """What the program's own live package says of its place makes no other directory the program's."""
    live(monkeypatch, "frob", tmp_path / "plugins" / "frob" / "__init__.py", "")
    for at in (frozen, tmp_path / "plugins"):
        (at / "frob").mkdir(parents=True, exist_ok=True)
        (at / "frob" / "extra.py").write_text(SYNC)

    assert described(live(monkeypatch, "frob.sync", frozen / "frob" / "sync.py"))["filename"] == "frob/sync.py"
    for at in (frozen, tmp_path / "plugins"):
        assert described(live(monkeypatch, "frob.extra", at / "frob" / "extra.py"))["filename"] == "<external>"


def test_an_executable_that_changed_proves_nothing(frozen, monkeypatch):
    """An update under a running program may have moved everything."""
    module = live(monkeypatch, "frob.sync", frozen / "frob" / "sync.py")

    assert described(module, since=1_000_000_000.0)["filename"] == "<external>"


def test_an_executable_that_is_gone_proves_nothing(frozen, monkeypatch):
    """Code is read when an exception needs it; by then it must still be there."""
    module = live(monkeypatch, "frob.sync", frozen / "frob" / "sync.py")
    packages = roots.detect(caller="frob", since=1 << 40)
    (frozen.parent / "frob-gui").unlink()

    (value,) = describe(caught(module.fail, CANARY), packages, {})
    assert value["stacktrace"]["frames"][-1]["filename"] == "<external>"


def test_an_archive_may_lie_beside_the_executable(frozen):
    """PyInstaller can write the archive into a file of its own."""
    path = frozen.parent / "frob-gui"
    path.rename(path.with_suffix(".pkg"))
    path.write_bytes(b"\x7fELF")

    assert bundle.opened().path == str(path.with_suffix(".pkg"))


def test_damaged_archives_are_none(frozen):
    """Whatever is cut off or overwritten: nothing is proven, and nothing is raised."""
    path = frozen.parent / "frob-gui"
    whole = path.read_bytes()
    for damaged in (
        b"",
        whole.replace(b"MEI\x0c", b"MEI\x0d"),
        whole.replace(b"PYZ\0" + MAGIC_NUMBER, b"PYZ\0\0\0\0\0"),
        whole.replace(b"PYZ\0" + MAGIC_NUMBER, b"PYY\0" + MAGIC_NUMBER),
        whole[: whole.rindex(b"MEI") + 20],
    ):
        path.write_bytes(damaged)
        assert bundle.opened() is None, damaged[:40]
    path.unlink()
    assert bundle.opened() is None


def test_an_entry_of_no_length_ends(frozen):
    """A table that does not advance is not read for ever."""
    path = frozen.parent / "frob-gui"
    table = struct.pack("!IIIIBc", 0, 0, 0, 0, 0, b"o") * 9
    cookie = struct.pack("!8sIIII64s", b"MEI\x0c\x0b\x0a\x0b\x0e", len(table) + 88, 0, len(table), 311, b"")
    path.write_bytes(table + cookie)

    assert bundle.opened().modules == {}


def test_a_program_that_says_it_is_a_bundle_is_none(monkeypatch, tmp_path):
    """Who sets the marks of a bundle has no archive, and is treated as any program."""
    before = roots.detect(["email"])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert bundle.opened() is None
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert bundle.opened() is None
    assert roots.detect(["email"]).roots == before.roots
