"""Dependencies as installed distributions declare them, found without reading every one."""

from __future__ import annotations

import sys

import pytest
from worlds import caught

from scrubbing import roots


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A directory of installed things, alone on the path."""
    directory = tmp_path / "site"
    directory.mkdir()
    monkeypatch.setattr(sys, "path", [str(directory)])
    return directory


def install(site, name, *requires, record="", top="", url="", egg=False):
    info = site / (f"{name}-1.0.egg-info" if egg else f"{name.replace('-', '_')}-1.0.dist-info")
    info.mkdir()
    lines = [f"Name: {name}", *(f"Requires-Dist: {line}" for line in requires if not egg)]
    (info / ("PKG-INFO" if egg else "METADATA")).write_text("\n".join(lines) + "\n\nRequires-Dist: described\n")
    if egg:
        (info / "requires.txt").write_text("\n".join(requires))
    for file, text in (
        ("RECORD", record or f"{name}/__init__.py,,\n"),
        ("top_level.txt", top),
        ("direct_url.json", url),
    ):
        if text:
            (info / file).write_text(text)


def own_package(place, name):
    package = place / name
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")


def test_dependencies_are_followed_transitively(site):
    """What a declared dependency declares counts; what is only installed does not."""
    own_package(site, "frobby")
    install(site, "frobby", "depo (>=1)", "Other_Thing>=2; python_version>'3'")
    install(site, "depo", "deep")
    install(site, "deep", "frobby")
    install(
        site,
        "other-thing",
        record="otherthing/x.py,,\nother_mod.py,,\nother_thing-1.0.dist-info/METADATA,,\n../bin/x,,\n",
    )
    install(site, "stranger")

    assert roots.detect(["frobby"]).dependencies == {"depo", "deep", "otherthing", "other_mod"}


def test_extras_count_where_they_are_wanted(site):
    """All extras of the app's own; of a dependency those that are asked for."""
    own_package(site, "frobby")
    install(site, "frobby", "depo[fast,safe]", "gui; extra == 'gui'")
    install(
        site, "depo", "fast; extra == 'fast'", "unwanted; extra == 'slow'", "safe; python_version>'3' and extra=='safe'"
    )
    for name in ("gui", "fast", "safe", "unwanted"):
        install(site, name)

    assert roots.detect(["frobby"]).dependencies == {"depo", "gui", "fast", "safe"}


def test_setuptools_own_list_is_read(site):
    """Old installations list requirements by section."""
    own_package(site, "frobby")
    install(site, "frobby", "depo>=1", "", "[gui:python_version>'3']", "gui", egg=True, top="frobby")
    install(site, "depo", "[slow]", "unwanted", egg=True)
    for name in ("gui", "unwanted"):
        install(site, name)

    assert roots.detect(["frobby"]).dependencies == {"depo", "gui"}


@pytest.mark.parametrize("shipped", ["beside", "edited"])
def test_a_distribution_of_another_name_is_found(site, tmp_path, shipped):
    """A package is found in the distribution that lists it, or in one installed to be edited where it lies."""
    if shipped == "beside":
        own_package(site, "frobby")
        install(site, "the-frob-tool", "depo", record="frobby/__init__.py,,\n")
    else:
        own_package(tmp_path / "my src", "frobby")
        sys.path.append(str(tmp_path / "my src"))
        url = f'{{"dir_info": {{"editable": true}}, "url": "file://{tmp_path}/my%20src"}}'
        install(site, "the-frob-tool", "depo", record="__editable__.pth,,\n", url=url)
    install(site, "depo")
    install(site, "stranger", url='{"url": "https://example.org", "dir_info": {"editable": true}}')

    assert roots.detect(["frobby"]).dependencies == {"depo"}


def test_damaged_metadata_is_nothing(site):
    """Files that are missing, binary or directories declare nothing."""
    own_package(site, "frobby")
    (site / "frobby-1.0.dist-info").mkdir()
    (site / "frobby-1.0.dist-info" / "METADATA").mkdir()
    (site / "frobby-1.0.dist-info" / "RECORD").write_bytes(b"\xff\0" * 100)
    (site / "stray.egg-info").write_bytes(b"\xff")

    assert roots.detect(["frobby"]).dependencies == set()


def test_names_that_are_nowhere_have_no_root(site):
    """An app that is not there, or is no name at all, is no mistake and proves nothing."""
    packages = roots.detect(["nowhere", "not a name", "."], "also.nowhere")

    assert {root.owner for root in packages.roots} == {"standard library"}
    assert packages.owner_by_name("nowhere.x") == "own"


def test_own_package_is_the_one_python_runs(monkeypatch):
    """A module's top-level name comes from its spec, which knows what ``-m`` ran."""
    import email.mime.text

    assert roots.own_package(email.mime.text) == "email"
    assert roots.own_package(None) is None


def _libraries(monkeypatch, **files):
    for module, file in files.items():
        monkeypatch.setattr(f"{module}.__file__", file, raising=False)
    return [root.path for root in roots.detect().roots]


def test_pythons_own_modules_lie_beside_others_where_os_has_no_file(monkeypatch, tmp_path):
    """In programs that cx_Freeze made ``os`` has no file, and the library is a zip file with directories beside it."""
    zipped = str(tmp_path / "lib" / "library.zip" / "functools.pyc")

    assert {str(tmp_path / "lib"), str(tmp_path / "lib" / "library.zip")} <= set(
        _libraries(monkeypatch, os=None, functools=zipped)
    )


def test_a_python_that_says_nothing_of_its_place_has_no_library(monkeypatch, tmp_path):
    """Where no module of Python's has a file, none is proven, and the app goes on."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))

    assert _libraries(monkeypatch, os=None, functools=None) == [str(tmp_path / "DLLs")]


def test_nothing_is_read_before_an_exception_needs_it(world, monkeypatch):
    """Finding the roots opens no module of anybody's; one that is in a traceback is read once."""
    from scrubbing.provenance.frames import describe

    read, read_really = [], roots.shipped

    def reading(name, origin, since):
        read.append(name)
        return read_really(name, origin, since)

    monkeypatch.setattr(roots, "shipped", reading)
    packages, exc = world.packages(), caught(world.sync.fail, 1)
    assert read == []
    for _ in range(2):
        describe(exc, packages, {})
    assert read == [f"{world.own}.sync"]
