"""What each row looks at, and what it makes of what is wrong there."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubbing.consent import PURPOSES
from scrubbing.consent.table import is_development


def _deciding(decision, purpose="crashes"):
    (verdict,) = (verdict for verdict in decision.why(purpose) if verdict.decides)
    return verdict


def _modes(decision):
    return [decision.mode(purpose) for purpose in PURPOSES]


@pytest.mark.parametrize("make", ["file", "directory", "link to nothing"])
def test_whatever_has_the_marker_s_name_is_a_marker(home, make):
    """A packager's marker counts by its name, whatever it is and whatever stands in it."""
    path = home.app_dir / "scrubbing-disabled"
    {
        "file": path.touch,
        "directory": path.mkdir,
        "link to nothing": lambda: path.symlink_to(home.directory / "gone"),
    }[make]()

    assert _deciding(home.decide(enabled=True)).row == "marker"


def test_without_a_package_directory_there_is_no_marker(home):
    """An app in a zip file or without a package is simply not marked."""
    assert home.decide(enabled=True, app_dir=None).mode("crashes") == "on"
    assert home.decide(enabled=True, app_dir=str(home.app_dir / "app.pyz" / "x")).mode("crashes") == "on"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("telemetry = off\n", "off"),
        ("telemetry = OFF\n", "off"),
        ("frob = off\n", "off"),
        ("Frob = Off\n", "off"),
        ("telemetry = local\nfrob = off\n", "off"),
        ("telemetry = off\nfrob = local\n", "off"),
        ("telemetry = local\n", "local"),
        ("frob = local\nother = off\n", "local"),
        ("other = off\nfrobnicate = off\n", "on"),
        ("# nothing here\n", "on"),
        ("", "on"),
        ("telemetry = on\n", "off"),
        ("frob = maybe\n", "off"),
        ("frob =\n", "off"),
        ("telemetry off\n", "off"),
        ("telemetry = off\ntelemetry = off\n", "off"),
    ],
)
def test_the_admin_s_policy(home, text, mode):
    """Lines for all apps and for this one count, the more closed of them; what cannot be read is off."""
    home.admin(text)
    decision = home.decide(enabled=dict.fromkeys(PURPOSES, "on"))

    assert _modes(decision) == [mode] * 4
    assert mode != "off" or _deciding(decision).row == "admin"


def test_every_site_directory_s_policy_counts(home):
    """An off in the second site directory is as good as in the first."""
    second = home.directory / "second" / "policy"
    home.places.admins = (home.places.admin, str(second))
    home.admin("telemetry = local\n")
    home.put(str(second), "telemetry = off\n")

    assert home.decide(enabled=True).mode("crashes") == "off"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("telemetry = off\n", "off"),
        ("telemetry = Local\n", "local"),
        ("telemetry = ask\n", "on"),
        ("", "on"),
        ("telemetry = on\n", "off"),
        ("telemetry =\n", "off"),
        ("frob = off\n", "off"),
        ("telemetry = ask\nmore = less\n", "off"),
        ("off\n", "off"),
    ],
)
def test_the_file_for_everyone(home, text, mode):
    """Lines off and local count, ask says nothing, anything else means off."""
    home.everyone(text)
    decision = home.decide(enabled=dict.fromkeys(PURPOSES, "on"))

    assert _modes(decision) == [mode] * 4
    assert mode != "off" or _deciding(decision).row == "everyone"


@pytest.mark.parametrize("place", ["admin", "everyone", "choice"])
@pytest.mark.parametrize("damage", ["not UTF-8", "open to others", "a directory", "too large", "a link to nothing"])
def test_a_damaged_file_means_off_and_the_verdict_says_so(home, place, damage):
    """In every row that reads a file, damage is off and named with its file, never with what stands in it."""
    path = getattr(home.places, place)
    home.put(path, "")
    damages = {
        "not UTF-8": lambda: Path(path).write_bytes(b"telemetry = s\xe9cret\n"),
        "open to others": lambda: Path(path).chmod(0o666),
        "a directory": lambda: (Path(path).unlink(), Path(path).mkdir()),
        "too large": lambda: Path(path).write_bytes(b"#" * 70_000),
        "a link to nothing": lambda: (Path(path).unlink(), Path(path).symlink_to("gone")),
    }
    damages[damage]()

    decision = home.decide(enabled=dict.fromkeys(PURPOSES, "on"))

    assert _modes(decision) == ["off"] * 4
    assert _deciding(decision).row == {"admin": "admin", "everyone": "everyone", "choice": "stored"}[place]
    assert _deciding(decision).note.startswith(f"{path}: ")
    assert "cret" not in _deciding(decision).note


@pytest.mark.parametrize("name", ["DO_NOT_TRACK", "SCRUBBING_DISABLE"])
def test_the_switches_name_themselves(home, name):
    """Either switch is off for every purpose and is named; 0 leaves everything as it is."""
    home.environ[name] = "0"
    assert home.decide(enabled=True).mode("crashes") == "on"
    home.environ[name] = "yes please"

    decision = home.decide(enabled=True)

    assert _modes(decision) == ["off"] * 4
    assert _deciding(decision).note == f"{name} in the environment"


@pytest.mark.parametrize(
    ("value", "modes", "row"),
    [
        ("on", ["on", "on", "off", "off"], "yes"),
        ("1", ["on", "on", "off", "off"], "yes"),
        ("local", ["local", "local", "off", "off"], "yes"),
        ("off", ["off"] * 4, "environment"),
        ("no", ["off"] * 4, "environment"),
        ("perhaps", ["off"] * 4, "environment"),
        ("on,usage", ["off"] * 4, "environment"),
        ("", ["off"] * 4, "nothing-said"),
    ],
)
def test_the_app_s_variable(home, value, modes, row):
    """The words on and local speak for crashes and usage, off and unknown words for everything, nothing for nothing."""
    home.environ["FROB_TELEMETRY"] = value
    decision = home.decide()

    assert _modes(decision) == modes
    assert _deciding(decision).row == row
    assert "perhaps" not in _deciding(decision).note


@pytest.mark.parametrize("value", ["false", "off", "typo"])
def test_a_no_in_the_variable_beats_every_yes(home, value):
    """The app's flag and the stored choice do not lift the variable's no."""
    home.environ["FROB_TELEMETRY"] = value
    home.stored(crashes="on")

    assert home.decide(enabled=True).mode("crashes") == "off"


@pytest.mark.parametrize(
    ("environ", "modules", "release", "note"),
    [
        ({"CI": "true"}, (), "1.4.2", "CI is set"),
        ({"CI": "woodpecker"}, (), "1.4.2", "CI is set"),
        ({"PYTEST_CURRENT_TEST": "t.py::t (call)"}, (), "1.4.2", "runs under pytest"),
        ({"PYTEST_VERSION": ""}, (), "1.4.2", "runs under pytest"),
        ({}, ("pytest",), "1.4.2", "runs under pytest"),
        ({}, (), "1.5.dev3", "development version"),
        ({"CI": "1"}, ("pytest",), "frob@1.5+g1", "CI is set, runs under pytest, development version"),
    ],
)
def test_where_nobody_is_asked_everything_is_off(home, environ, modules, release, note):
    """CI, pytest and development versions are off, each named, unless the app's variable says otherwise."""
    home.environ.update(environ)
    home.stored(crashes="on")
    given = {"enabled": True, "modules": modules, "release": release}

    assert _deciding(home.decide(**given)).note == note
    for value in ("on", "local"):
        home.environ["FROB_TELEMETRY"] = value
        assert home.decide(**given).mode("crashes") == value


@pytest.mark.parametrize("value", ["", "0", "false", "False"])
def test_ci_that_says_no_is_no_ci(home, value):
    """CI set to nothing, 0 or false does not switch anything off."""
    home.environ["CI"] = value

    assert home.decide(enabled=True).mode("crashes") == "on"


def test_dev_ok_is_about_the_version_alone(home):
    """dev_ok lets development versions report, and CI stays off."""
    assert home.decide(enabled=True, release="1.5.dev3", dev_ok=True).mode("crashes") == "on"
    home.environ["CI"] = "1"
    assert home.decide(enabled=True, release="1.5.dev3", dev_ok=True).mode("crashes") == "off"


@pytest.mark.parametrize(
    ("release", "development"),
    [
        ("1.5.dev3", True),
        ("1.5.dev", True),
        ("1.5dev0", True),
        ("1.5-DEV-3", True),
        ("1.5.post1.dev2", True),
        ("1.5a1.dev2+g1a2b3c4", True),
        ("frob@1.5.dev3", True),
        ("1.5+local", True),
        ("frob@2024.1+20240101", True),
        ("dev", True),
        ("1.5", False),
        ("1.5rc1", False),
        ("1.5.post1", False),
        ("1!2.0", False),
        ("devtools@1.5", False),
        ("dev@1.5", False),
        ("frob+x@1.5", False),
        ("", False),
    ],
)
def test_development_versions(release, development):
    """.devN in all its spellings and local parts are development versions; names and other suffixes are not."""
    assert is_development(release) is development


def test_a_yes_in_a_file_of_another_kind_is_no_yes_and_says_so(home):
    """A yes that a version we do not know wrote down counts for nothing, since nobody knows what it is to."""
    for version in ("0", "3", "x"):
        home.stored(version=version, crashes="on", usage="local")

        verdicts = home.decide().why()

        assert home.decide().mode("crashes") == home.decide().mode("usage") == "off"
        assert verdicts[8].note == (
            "the stored yes of 2026-11-22 is not to this: another version of this library wrote it down"
        )


def test_an_old_no_is_still_a_no_and_an_old_local_still_a_cap(home):
    """What a user refused at another version stays refused."""
    home.stored(version="0", crashes="off", usage="local")
    decision = home.decide(enabled=True)

    assert (decision.mode("crashes"), decision.mode("usage")) == ("off", "local")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has no version"),
        ("crashes = on\n", "has no version"),
        ("version =\ncrashes = on\n", "has no version"),
        ("version = 1\ncrashes = yes\n", "has a mode there is not"),
        ("version = 1\ncrashes = ON\n", "has a mode there is not"),
        ("version = 1\ncrash = on\n", "has a key there is not"),
        ("version = 1\ncrashes = off\ncrashes = on\n", "line 3 has a key for the second time"),
    ],
)
def test_a_choice_file_that_says_anything_else_is_off(home, text, problem):
    """An empty, cut off or mistyped choice is a no to everything."""
    home.put(home.places.choice, text)
    decision = home.decide(enabled=dict.fromkeys(PURPOSES, "on"))

    assert _modes(decision) == ["off"] * 4
    assert _deciding(decision).note == f"{home.places.choice}: {problem}"


def test_a_stored_choice_speaks_for_the_purposes_it_names(home):
    """Purposes the choice does not name are left to the app's setting."""
    home.stored(crashes="off", extra="on")

    assert _modes(home.decide(enabled=True)) == ["off", "on", "on", "off"]


def test_whoever_says_yes_is_named(home):
    """The deciding yes names everybody who said it."""
    home.environ["FROB_TELEMETRY"] = "on"
    home.stored(crashes="on")

    assert _deciding(home.decide(enabled=True)).note == (
        "said by the app's setting and FROB_TELEMETRY and the stored choice of 2026-11-22"
    )


def test_without_a_home_the_rest_of_the_table_decides(home):
    """Where no user directory can be had, flags and variables still count and nothing fails."""
    home.places.choice = home.places.everyone = None

    assert home.decide().mode("crashes") == "off"
    assert home.decide(enabled=True).mode("crashes") == "on"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_from_outside_what_the_app_knows_is_unknown(home, purpose):
    """Asked by another program, the marker, the setting, the version and this program's modules decide nothing."""
    home.marker()
    given = {"outside": True, "enabled": False, "release": "1.0.dev1", "modules": ("pytest",), "has_dsn": False}
    home.stored(**dict.fromkeys(PURPOSES, "on"))
    decision = home.decide(**given)

    verdicts = decision.why(purpose)

    assert [(v.number, v.says, v.note) for v in verdicts if v.app_only] == [
        (1, "nothing", "known to the app only"),
        (7, "nothing", "known to the app only"),
    ]
    assert verdicts[5].note == "the version is known to the app only"
    assert decision.mode(purpose) == "on"
    Path(home.places.choice).unlink()
    assert home.decide(**given).why(purpose)[8].note == "the app's setting is known to the app only"
    assert home.decide(**given).mode(purpose) == "off"
