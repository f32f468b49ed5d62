"""The live object: asked anew each time, and the choice it stores."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scrubbing import files
from scrubbing.consent import PURPOSES, Consent, last_verdict, record_verdict
from scrubbing.consent.choice import Reader
from scrubbing.errors import ConfigurationError

NOON = 1_795_348_800.0  # 2026-11-22 12:00 UTC
REPOSITORY = str(Path(files.__file__).parents[1])


def _modes(consent):
    return [consent.mode(purpose) for purpose in PURPOSES]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("on", ["on", "on", "off", "off"]), ("local", ["local"] * 4), ("off", ["off"] * 4)],
)
def test_a_choice_counts_at_once_and_in_other_processes(home, mode, expected):
    """A stored choice is what the next question finds, here and with another object."""
    consent = home.consent(clock=lambda: NOON)

    consent.set(mode)

    assert _modes(consent) == _modes(home.consent()) == expected


def test_the_choice_file_is_small_and_readable(home):
    """The file has a version, the UTC day, who chose, and one line a purpose; it is the user's alone."""
    home.consent(clock=lambda: NOON).set("off", who="scrubbing off")

    assert Path(home.places.choice).read_text(encoding="utf-8") == (
        "version = 2\ndate = 2026-11-22\nwho = scrubbing off\ncrashes = off\nusage = off\nextra = off\nfeedback = off\n"
    )
    if sys.platform != "win32":
        assert Path(home.places.choice).stat().st_mode & 0o777 == 0o600
        assert Path(home.places.config_dir).stat().st_mode & 0o777 == 0o700


def test_a_recorded_no_is_all_there_is_on_disk(home):
    """set("off") leaves the choice file and the directories above it, nothing else."""
    before = home.tree()
    home.consent().set("off")

    assert sorted(set(home.tree()) - set(before)) == [
        "home",
        "home/.config",
        "home/.config/scrubbing",
        "home/.config/scrubbing/frob",
        "home/.config/scrubbing/frob/choice",
    ]


def test_a_choice_about_some_purposes_keeps_the_others(home):
    """Purposes that are not named keep what was chosen about them."""
    consent = home.consent()
    consent.set("on", ["extra"])
    consent.set("local", ["crashes"])
    consent.set("off", ("usage",))

    assert _modes(consent) == ["local", "off", "on", "off"]
    consent.set("on")
    assert _modes(consent) == ["on", "on", "on", "off"]


def test_nothing_but_the_choice_is_stored(home):
    """What the environment, CI and the app's setting say does not get into the file."""
    home.environ.update(CI="true", DO_NOT_TRACK="1", FROB_TELEMETRY="off")
    consent = home.consent(enabled=False)
    consent.set("on", ["crashes"])
    assert _modes(consent) == ["off"] * 4
    home.environ.update(CI="", DO_NOT_TRACK="", FROB_TELEMETRY="")

    assert _modes(home.consent()) == ["on", "off", "off", "off"]


def test_a_new_choice_does_not_renew_an_old_yes(home):
    """A yes given for another version of what is collected does not become a yes to this one by a choice beside it."""
    home.stored(version="0", crashes="on", extra="off", feedback="local")
    consent = home.consent()

    consent.set("on", ["usage"])

    assert _modes(consent) == ["off", "on", "off", "off"]
    written = files.read_lines(home.places.choice)
    assert {key for key in written if "." not in key} == {"version", "date", "who", "usage", "extra", "feedback"}
    assert (written["extra.date"], written["extra.who"]) == ("2026-11-22", "test")


def test_a_choice_repairs_a_damaged_file_without_opening_more(home):
    """After damage, only what is chosen now is on; the rest stays off, over the app's setting too."""
    home.put(home.places.choice, "\0\0\0")
    consent = home.consent(enabled=dict.fromkeys(PURPOSES, "on"))
    assert _modes(consent) == ["off"] * 4

    consent.set("on", ["crashes"])

    assert _modes(consent) == ["on", "off", "off", "off"]


@pytest.mark.parametrize(
    ("mode", "purposes"), [("ON", None), ("yes", None), (True, None), ("on", "crashes"), ("on", []), ("off", ["all"])]
)
def test_a_wrong_choice_is_refused_and_changes_nothing(home, mode, purposes):
    """An unknown mode or purpose raises and writes nothing."""
    with pytest.raises(ConfigurationError):
        home.consent().set(mode, purposes)

    assert not Path(home.places.config_dir).exists()


@pytest.mark.parametrize("given", [{"app": "fr/ob"}, {"app": ""}, {"app": "frob", "enabled": "yes"}])
def test_a_wrong_configuration_is_refused_at_once(given):
    """A bad name or setting raises when the object is made."""
    with pytest.raises(ConfigurationError):
        Consent(**given)


@pytest.mark.parametrize("mode", ["off", "local"])
def test_a_refusal_that_cannot_be_written_holds_for_this_run(home, mode):
    """Where the choice cannot be stored the caller hears it, and off or local count all the same until the end."""
    home.put(str(home.directory / "home"), "a file where the home should be")
    consent = home.consent(enabled=True)
    assert consent.mode("crashes") == "on"

    with pytest.raises(OSError, match="home"):
        consent.set(mode)

    assert _modes(consent)[0] == mode
    assert consent.why[7].note == "it could not be written and holds for this run"


def test_a_yes_that_cannot_be_written_is_no_yes(home):
    """A yes that cannot be stored raises and grants nothing."""
    home.put(str(home.directory / "home"), "a file where the home should be")
    consent = home.consent()

    with pytest.raises(OSError, match="home"):
        consent.set("on")

    assert _modes(consent) == ["off"] * 4


def test_without_a_home_a_choice_says_what_to_do(home):
    """Where there is no directory at all the error says to set HOME, and off still holds."""
    home.places.choice = None
    consent = home.consent(enabled=True)

    with pytest.raises(FileNotFoundError, match="set HOME"):
        consent.set("off")

    assert consent.mode("crashes") == "off"


def test_a_written_choice_ends_what_held_for_the_run(home):
    """Once a choice can be written it is the one that counts."""
    blocked = home.directory / "home"
    home.put(str(blocked), "a file where the home should be")
    consent = home.consent()
    with pytest.raises(OSError, match="home"):
        consent.set("off")
    blocked.unlink()

    consent.set("on")

    assert _modes(consent) == ["on", "on", "off", "off"]


def test_who_must_be_one_line(home):
    """A text that would not be read back is a ValueError, and a no holds even then."""
    consent = home.consent(enabled=True)

    with pytest.raises(ValueError, match="read back"):
        consent.set("off", who="a\nb = c")

    assert consent.mode("crashes") == "off"
    assert not Path(home.places.choice).exists()


def test_every_change_outside_is_seen(home):
    """Environment, admin's policy, marker and choice of another process count from the next question on."""
    consent = home.consent(enabled=True)
    assert consent.mode("crashes") == "on"
    home.admin("telemetry = local\n")
    assert consent.mode("crashes") == "local"
    home.stored(crashes="off")
    assert consent.mode("crashes") == "off"
    Path(home.places.choice).unlink()
    assert consent.mode("crashes") == "local"
    Path(home.places.admin).unlink()
    home.environ["DO_NOT_TRACK"] = "1"
    assert consent.mode("crashes") == "off"
    del home.environ["DO_NOT_TRACK"]
    assert consent.mode("crashes") == "on"
    home.marker()
    assert consent.mode("crashes") == "off"


def test_one_decision_is_one_look_at_the_files(home):
    """A decision that was asked once keeps to what it saw; the next decision looks again."""
    consent = home.consent(enabled=True)
    decision = consent.decision()
    assert decision.mode("crashes") == "on"

    home.everyone("telemetry = off\n")
    home.stored(usage="off")

    assert decision.mode("usage") == "on"
    assert consent.mode("usage") == "off"


def test_a_change_of_the_same_size_in_the_same_moment_is_seen(home):
    """Edits in place that leave size and inode as they were are noticed every time."""
    consent = home.consent()
    text = "version = 1\ncrashes = on\nusage = off\n"
    other = "version = 1\ncrashes = off\nusage = on\n"
    home.put(home.places.choice, text)
    for _ in range(20):
        Path(home.places.choice).write_text(text, encoding="utf-8")
        assert [consent.mode("crashes"), consent.mode("usage")] == ["on", "off"]
        Path(home.places.choice).write_text(other, encoding="utf-8")
        assert [consent.mode("crashes"), consent.mode("usage")] == ["off", "on"]


def test_a_settled_file_is_remembered_until_it_changes(home):
    """A file nobody touched for some seconds is not read again while its signature stays, and is when it changes."""
    home.stored(crashes="on")
    path = home.places.choice
    fresh = Reader()
    later = Reader(clock=lambda: time.time_ns() + 10_000_000_000)
    assert fresh.read(path) is not fresh.read(path)
    settled = later.read(path)
    assert later.read(path) is settled

    Path(path).chmod(0o666)

    assert settled.lines["crashes"] == "on"
    assert later.read(path).problem == "can be written by others"
    Path(path).unlink()
    assert (later.read(path).lines, later.read(path).problem) == (None, "")


def test_environment_and_modules_of_the_process_are_the_default(home, monkeypatch):
    """Without values handed in, os.environ and sys.modules are looked at, each time."""
    consent = Consent(app="frob", enabled=True, has_dsn=True, places=home.places)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    assert consent.why[5].note == "runs under pytest"
    monkeypatch.setenv("FROB_TELEMETRY", "on")
    assert consent.mode("crashes") == "on"
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    assert consent.mode("crashes") == "off"


SETTER = """
import sys; sys.path.insert(0, sys.argv[1])
from scrubbing.consent import Consent
consent = Consent(app="frob", environ={"HOME": sys.argv[2]})
for _ in range(int(sys.argv[5])):
    consent.set(sys.argv[3], [sys.argv[4]])
"""


def _setter(home, mode, purpose, times):
    command = [sys.executable, "-I", "-c", SETTER, REPOSITORY, home.environ["HOME"], mode, purpose, str(times)]
    return subprocess.Popen(command)


def test_two_choices_at_once_do_not_undo_each_other(home):
    """Four processes that choose about one purpose each end with all four choices, and no file is left beside."""
    choosers = [
        _setter(home, mode, purpose, 12) for mode, purpose in zip(("on", "off", "local", "off"), PURPOSES, strict=True)
    ]

    assert [chooser.wait() for chooser in choosers] == [0] * 4
    assert _modes(home.consent()) == ["on", "off", "local", "off"]
    assert [path.name for path in Path(home.places.config_dir).iterdir()] == ["choice"]


@pytest.mark.skipif(sys.platform == "win32", reason="holds the directory itself")
def test_a_no_does_not_wait_for_a_stopped_writer(home):
    """While somebody holds the directory and never ends, a yes is Busy and a no is written all the same."""
    import fcntl

    consent = home.consent()
    consent.set("on")
    holder = os.open(home.places.config_dir, os.O_RDONLY)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(files.Busy):
            consent.set("on", ["extra"])
        consent.set("off")
    finally:
        os.close(holder)

    assert _modes(home.consent()) == ["off"] * 4


def test_a_verdict_is_written_once_and_when_it_changes(home):
    """The last verdict has its day, the release, and mode and row by purpose; the same again writes nothing."""
    consent = home.consent(enabled={"crashes": "on", "usage": "local"})

    assert record_verdict(home.places, consent.decision(), "frob@1.4.2", clock=lambda: NOON) is True
    assert last_verdict(home.places) == {
        "date": "2026-11-22",
        "release": "frob@1.4.2",
        "crashes": "on yes",
        "usage": "local yes",
        "extra": "off nothing-said",
        "feedback": "off nothing-said",
    }
    written = files.signature(home.places.verdict)
    assert record_verdict(home.places, consent.decision(), "frob@1.4.2", clock=lambda: NOON + 1e6) is False
    assert files.signature(home.places.verdict) == written
    assert record_verdict(home.places, consent.decision(), None, clock=lambda: NOON) is True
    assert last_verdict(home.places)["release"] == ""


def test_an_off_leaves_no_verdict_unless_there_was_one(home):
    """Before any yes nothing is written; after one, the off is."""
    consent = home.consent()
    before = home.tree()
    assert record_verdict(home.places, consent.decision(), "1") is False
    assert home.tree() == before
    assert last_verdict(home.places) == {}

    record_verdict(home.places, home.consent(enabled=True).decision(), "1")
    assert record_verdict(home.places, consent.decision(), "1") is True
    assert last_verdict(home.places)["crashes"] == "off nothing-said"


def test_a_damaged_verdict_is_replaced_and_told(home):
    """A verdict that cannot be read raises for the reader and is written anew by the app."""
    home.put(home.places.verdict, "?")

    with pytest.raises(files.Damaged):
        last_verdict(home.places)
    assert record_verdict(home.places, home.consent().decision(), "1") is True
    assert last_verdict(home.places)["crashes"] == "off nothing-said"


def test_a_verdict_without_a_home_is_not_written(home):
    """Where there is no directory there is no verdict and no error."""
    home.places.verdict = None

    assert record_verdict(home.places, home.consent(enabled=True).decision(), "1") is False
    assert last_verdict(home.places) == {}
