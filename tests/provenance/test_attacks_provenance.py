"""Attacks on what counts as code: values dressed as modules, sources that changed, files that were dropped in."""

from __future__ import annotations

import os
import time
import zipfile

import pytest
from worlds import SYNC, caught

from scrubbing import roots
from scrubbing.provenance.frames import describe
from scrubbing.provenance.packages import Packages
from scrubbing.provenance.unproven import unproven

EXTERNAL = {"filename": "<external>", "function": "<external>", "in_app": False}


def test_a_mechanism_nobody_proved_says_how_it_was_caught_and_no_more():
    """Without a live exception numbers, meta and data of a mechanism are anybody's."""
    said = {
        "type": "chained",
        "handled": False,
        "exception_id": 777,
        "parent_id": 888,
        "source": "exceptions[9876]",
        "meta": {"errno": {"number": 1234}},
        "data": {"x": "canary"},
        "is_exception_group": True,
        "synthetic": True,
    }

    for prove in (True, False):
        made = unproven({"type": "ValueError", "mechanism": said}, Packages(), prove=prove)
        assert made["mechanism"] == {"type": "chained", "handled": False}


def test_a_mechanism_that_is_none_is_none():
    """What is no mapping says nothing of how an exception was caught."""
    for said in (None, "canary", 3, ["canary"]):
        assert not unproven({"type": "ValueError", "mechanism": said}, Packages(), prove=True).get("mechanism")


def _last(world, exc, packages):
    return describe(exc, packages, {})[-1]["stacktrace"]["frames"][-1]


def test_a_module_made_while_the_program_ran_is_external(world):
    """For an app that is not installed, a file that appeared after the start is no code it was shipped with."""
    packages = world.packages()
    time.sleep(0.05)
    world.write(f"app/{world.own}/patient_mustermann.py", SYNC)

    exc = caught(world.module(f"{world.own}.patient_mustermann").fail, 1)

    assert _last(world, exc, packages) == EXTERNAL


def test_a_module_whose_date_was_set_back_is_external(world):
    """A file that was copied in with the date of its original is as new as it is."""
    packages = world.packages()
    time.sleep(0.05)
    file = world.write(f"app/{world.own}/patient_mustermann.py", SYNC)
    os.utime(file, (1_000_000_000, 1_000_000_000))

    exc = caught(world.module(f"{world.own}.patient_mustermann").fail, 1)

    assert os.name == "nt" or _last(world, exc, packages) == EXTERNAL  # Windows keeps no date of the change


def test_lines_edited_while_the_program_ran_do_not_leave(world):
    """A comment written beside an unchanged function is no source the program was shipped with."""
    packages, fail = world.packages(), world.sync.fail
    time.sleep(0.05)
    world.write(
        f"app/{world.own}/sync.py", SYNC.replace('"""Nothing worked."""', '"""Nothing worked."""  # mustermann')
    )

    assert _last(world, caught(fail, 1), packages) == EXTERNAL


def test_lines_edited_after_the_code_was_read_do_not_leave(world):
    """The same, where the code was proven before the edit."""
    packages, fail = world.packages(), world.sync.fail
    exc = caught(fail, 1)
    assert packages.module(fail.__module__) is not None
    time.sleep(0.05)
    world.write(
        f"app/{world.own}/sync.py", SYNC.replace('"""Nothing worked."""', '"""Nothing worked."""  # mustermann')
    )

    assert "context_line" not in _last(world, exc, packages)


@pytest.fixture
def installed(world):
    """The app where installers put it, with the list of its files."""
    name = f"in{world.own}"
    for file in ("__init__.py", "sync.py"):
        world.write(f"site/{name}/{file}", SYNC if file == "sync.py" else "")
    world.distribution(name, name)
    record = f'{name}/__init__.py,,\n"{name}/sync.py",,\n../../bin/{name},,\n{name}-1.0.dist-info/METADATA,,\n'
    world.write(f"site/{name}-1.0.dist-info/RECORD", record)
    world.write(f"site/{name}/plugins/mustermann.py", SYNC)
    world.write(f"site/{name}/plugins/__init__.py", "")
    return name


def test_a_file_that_was_not_installed_with_the_app_is_external(world, installed):
    """A plug-in that was dropped into an installed app's directory is the user's."""
    packages = roots.detect([installed], since=time.time())

    own, dropped = (world.module(f"{installed}.{name}") for name in ("sync", "plugins.mustermann"))

    assert _last(world, caught(own.fail, 1), packages)["context_line"] == "    raise SyncError(value)"
    assert _last(world, caught(dropped.fail, 1), packages) == EXTERNAL


def test_an_installed_apps_file_that_changed_keeps_its_names_alone(world, installed):
    """A file the app was installed with is its code; lines that are newer than the program's start are anybody's."""
    packages, fail = roots.detect([installed], since=time.time()), world.module(f"{installed}.sync").fail
    time.sleep(0.05)
    world.write(f"site/{installed}/sync.py", SYNC.replace("    pass", "    pass  # mustermann", 1))

    frame = _last(world, caught(fail, 1), packages)

    assert frame["function"] == "fail"
    assert "context_line" not in frame and "pre_context" not in frame


def test_a_file_that_was_not_installed_with_a_library_is_external(world):
    """A plug-in that was dropped into the directory of a declared dependency is the user's, and so is its name."""
    world.write(f"site/{world.dependency}/mustermann.py", SYNC)
    packages = world.packages()

    api, dropped = (world.module(f"{world.dependency}.{name}") for name in ("api", "mustermann"))

    assert _last(world, caught(api.fail, 1), packages)["function"] == "fail"
    assert _last(world, caught(dropped.fail, 1), packages) == EXTERNAL


def test_two_distributions_may_share_a_name(world):
    """Of a package that several distributions fill, the files of those that are declared count."""
    shared, packages = f"{world.dependency}s", {"first": True, "second": True, "third": False}
    for name in packages:
        world.write(f"site/{shared}/{name}.py", SYNC)
        world.distribution(f"{shared}-{name}", shared)
        world.write(f"site/{shared}-{name}-1.0.dist-info/RECORD", f"{shared}/{name}.py,,\n")
    needs = [f"{shared}-{name}" for name, declared in packages.items() if declared]
    world.distribution(world.own, world.own, requires=needs)
    for name in packages:
        os.rename(
            world.directory / f"site/{shared}-{name}-1.0.dist-info",
            world.directory / f"site/{shared}_{name}-1.0.dist-info",
        )

    found = world.packages()

    for name, declared in packages.items():
        frame = _last(world, caught(world.module(f"{shared}.{name}").fail, 1), found)
        assert (frame == EXTERNAL) is not declared


def test_an_app_installed_to_be_edited_is_not_judged_by_a_list(world):
    """The list of a distribution that was installed elsewhere says nothing of the files that run."""
    world.distribution(world.own, world.own)

    assert _last(world, caught(world.sync.fail, 1), world.packages())["function"] == "fail"


def test_an_archive_that_changed_proves_nothing(tmp_path):
    """Code in a zip file is as old as the file."""
    path = tmp_path / "app.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("frob/__init__.py", "x = 1\n")
    origin = str(path / "frob" / "__init__.py")

    old, new = (roots.shipped("frob", origin, since) for since in (path.stat().st_mtime + 9, 1_000_000_000.0))

    assert (old.fresh, old.lines()) == (False, ["x = 1"])
    assert (new.fresh, new.lines()) == (True, [])


def test_what_is_new_is_newer_than_the_import_of_the_library(world):
    """Unless somebody says since when, a file made after the library was imported is new."""
    assert _last(world, caught(world.sync.fail, 1), roots.detect([world.own])) == EXTERNAL
