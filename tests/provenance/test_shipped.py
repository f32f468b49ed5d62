"""Shipped code is read from where a module's name and origin say it lies, in whichever way it was shipped."""

from __future__ import annotations

import os
import py_compile
import sys
import zipfile
from importlib.util import cache_from_source

import pytest

from scrubbing.provenance.packages import Packages, Root, module_of
from scrubbing.provenance.places import dotted, normal, spelled
from scrubbing.roots.shipped import MAX_SOURCE, shipped

TEXT = "def frob():\n    return 1\n"


def functions(found):
    return [const.co_name for const in found.code.co_consts if hasattr(const, "co_name")]


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "frob.py"
    file.write_text(TEXT)
    return file


@pytest.mark.parametrize("mode", ["TIMESTAMP", "CHECKED_HASH", "UNCHECKED_HASH"])
def test_a_cache_made_of_the_source_is_read(source, mode):
    """A cached file counts if its time and size, or its hash, are the source's."""
    py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode[mode])
    cache = cache_from_source(str(source))
    with open(cache, "rb+") as file:
        data = file.read()
        file.seek(0)
        file.write(data.replace(b"frob", b"barf"))

    assert functions(shipped("frob", str(source))) == ["barf"]
    source.write_text(TEXT + "# longer\n")
    assert functions(shipped("frob", str(source))) == ["frob"]


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\0" * 16])
def test_a_damaged_cache_is_not_read(source, damage):
    """What is no cache of this Python's is passed over for the source."""
    os.makedirs(os.path.dirname(cache_from_source(str(source))))
    with open(cache_from_source(str(source)), "wb") as file:
        file.write(damage)

    assert functions(shipped("frob", str(source))) == ["frob"]


def test_a_source_is_shown_while_it_is_the_shipped_one(source):
    """Lines are read when they are asked for, and not after the file has changed."""
    found, late = shipped("frob", str(source)), shipped("frob", str(source))

    assert found.lines() == TEXT.splitlines()
    source.write_text(TEXT + "# longer\n")
    assert late.lines() == []


def test_lines_are_counted_as_python_counts_them(source, tmp_path):
    """Form feeds and Unicode's separators end no line of a source, in a file or in an archive."""
    text = "\x0c\nx = '\x1c\u2028'  # \x0b\x85\ny = 1"
    source.write_bytes(text.replace("\n", "\r\n").encode())
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("frob.py", text + "\n")

    for origin in (source, tmp_path / "app.zip" / "frob.py"):
        found = shipped("frob", str(origin))
        assert found.lines() == text.split("\n")
        assert len(found.lines()) == max(line for *_, line in found.code.co_lines() if line)


def test_a_source_that_cannot_be_code_proves_nothing(source):
    """Files that are too large, broken, of an unknown encoding, or gone are not proven."""
    for text in ("x = 1\n" * MAX_SOURCE, "def (", "# coding: nothing\n", "\0"):
        source.write_text(text)
        assert shipped("frob", str(source)) is None
    source.unlink()
    assert shipped("frob", str(source)) is None


def test_an_archive_is_read_by_its_files(tmp_path):
    """Modules and packages in a zip file are found by their origin, with their lines."""
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("frob/__init__.py", TEXT)
        archive.writestr("frob/sync.py", TEXT.replace("frob", "sync"))

    package = shipped("frob", str(tmp_path / "app.zip" / "frob" / "__init__.py"))
    module = shipped("frob.sync", str(tmp_path / "app.zip" / "frob" / "sync.py"))

    assert (functions(package), functions(module)) == (["frob"], ["sync"])
    assert package.lines() == TEXT.splitlines()
    assert shipped("frob.no", str(tmp_path / "app.zip" / "frob" / "no.py")) is None


def test_a_module_of_c_code_mentions_names(tmp_path):
    """Of a compiled module it is known which names occur in it."""
    file = tmp_path / "_fast.so"
    file.write_bytes(b"\x7fELF...\0_fast.FastError\0")

    found = shipped("_fast", str(file))

    assert found.code is None
    assert found.mentions("FastError") and not found.mentions("Canary")
    file.unlink()
    assert not found.mentions("Other")


def test_what_python_has_inside_is_read_from_python():
    """Frozen modules have their code, built-in ones none."""
    assert shipped("zipimport", "frozen").code is not None
    assert shipped("canary", "frozen") is None
    assert shipped("sys", "built-in").code is None


def test_frozen_modules_are_named(world):
    """Python's own import system is in tracebacks, and is named."""
    import importlib._bootstrap as bootstrap

    known = module_of(vars(bootstrap), world.packages())

    assert (known.owner, known.file) == ("standard library", "<frozen _frozen_importlib>")
    assert known.proven(bootstrap._find_and_load.__code__).function == "_find_and_load"


@pytest.mark.parametrize(
    ("path", "folded"),
    [
        ("/a/b.py", "/a/b.py"),
        ("/a/./b/../c.py", "/a/c.py"),
        ("/a//b.py", "/a/b.py"),
        ("/../../a.py", "/a.py"),
        ("/a/.hidden/b.py", "/a/.hidden/b.py"),
        ("C:\\App\\..\\x.py", "C:/x.py"),
    ],
)
def test_paths_are_folded_as_text(path, folded):
    """Dots and doubled slashes go; no disk is asked."""
    assert normal(path) == folded


def test_windows_paths_compare_without_capitals():
    """A drive's letter or a share makes capitals equal; elsewhere they differ."""
    assert spelled(normal("C:\\App\\X.py")) == spelled(normal("c:\\app\\x.py"))
    assert spelled("/App/x.py") != spelled("/app/x.py")


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("frob/sync.py", "frob.sync"),
        ("frob/__init__.py", "frob"),
        ("frob/__init__.pyc", "frob"),
        ("_json.cpython-312-x86_64-linux-gnu.so", "_json"),
        ("frob/not a name.py", ""),
        ("frob/sync.mustermann.py", ""),  # no importer of Python's finds it
        ("frob/sync.cpython-312.pyc", ""),
        ("frob/data.txt", ""),
        ("site-packages/json/x.py", ""),
        (".py", ""),
    ],
)
def test_a_file_says_its_modules_name(below, name):
    """A module's name is read from where its file lies."""
    assert dotted(below) == name


def test_a_root_on_windows_is_found(source):
    """Origins written with backslashes are shown with slashes, relative to their root."""
    import types
    from importlib.machinery import ModuleSpec

    code = shipped("frob", str(source))
    module = types.ModuleType("frob.sync")
    module.__spec__ = ModuleSpec("frob.sync", None, origin="c:\\programs\\App\\frob\\sync.py")
    roots = (Root("C:\\Programs\\App", "own", "", frozenset({"frob"})),)
    packages = Packages(own=("frob",), roots=roots, load=lambda _n, _o: code, modules={"frob.sync": module})

    assert module_of(vars(module), packages).file == "frob/sync.py"
    assert sys.modules.get("frob.sync") is None
