"""The ids that may leave: what they are made of, when there are any, and that nobody can link two of them."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files
from scrubbing.errors import ConfigurationError
from scrubbing.identity import ids
from scrubbing.identity.ids import Ids, Secret, period
from scrubbing.identity.words import DEFAULTS, PERIODS, WORDS, checked
from scrubbing.schema.forms import OWN_ID
from scrubbing.usage.sessions import Sessions

UUID4 = re.compile(OWN_ID, re.ASCII)
DAY = 86400
NOON = 20_000 * DAY + DAY // 2  # 2024-10-04, a Friday
KEY = bytes(range(32))
MOMENTS = st.floats(0, 253_402_300_799)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


class App:
    """The ids of an app in a directory, under a yes that a test can take back."""

    def __init__(self, directory, *, clock=lambda: NOON, **words):
        self.path, self.sessions = str(directory / "identity"), str(directory / "sessions")
        self.modes = dict.fromkeys(WORDS, "on")
        self.failures = []
        words = {**dict.fromkeys(WORDS, "none"), **{name.replace("_", "-"): word for name, word in words.items()}}
        self.ids = Ids(
            self.path,
            self.sessions,
            words,
            allowed=lambda purpose: self.modes[purpose] == "on",
            failed=self.failures.append,
            clock=clock,
        )

    def usage(self, **how):
        return self.ids.id("usage", **how)


@given(
    st.binary(min_size=32, max_size=32), st.sampled_from([*PERIODS, "stable"]), st.sampled_from(list(WORDS)), MOMENTS
)
def test_every_id_is_a_random_uuid_in_form(key, word, purpose, at):
    """Whatever the secret, the word and the moment: the form of a UUID4 and nothing else, which the fence demands."""
    assert UUID4.fullmatch(Secret(word, key).id(purpose, at=at))


@given(st.text(max_size=80))
def test_a_fingerprint_of_any_form_gives_an_id(fingerprint):
    """What a crash is counted by may be any text, lone surrogates and line ends included."""
    assert UUID4.fullmatch(Secret("per-issue", KEY).id("crashes", at=NOON, fingerprint=fingerprint))


def test_without_a_fingerprint_there_is_no_id_per_issue():
    """Crashes nobody can tell apart would share one id, which would link them."""
    assert Secret("per-issue", KEY).id("crashes", at=NOON) is None


def everything(key=KEY):
    """Ids of many periods, of both purposes and of many issues, by what they are for."""
    made = {}
    for purpose, words in WORDS.items():
        for word in set(words) & {*PERIODS, "stable"}:
            for day in range(800):
                what = period(word, NOON + day * DAY)
                made[purpose, word, what] = Secret(word, key).id(purpose, at=NOON + day * DAY)
    for number in range(800):
        made["crashes", "per-issue", number] = Secret("per-issue", key).id(
            "crashes", at=NOON, fingerprint=f"{number:x}"
        )
    return made


def common(one, other):
    """The longest run of digits that stands at the same place in two ids."""
    return max(map(len, re.findall("=+", "".join("=" if a == b else " " for a, b in zip(one, other, strict=True)))))


def test_no_two_ids_have_a_part_in_common():
    """Of thousands, no two are equal, and two of neighbouring periods share no more digits than random ones do."""
    made = everything()
    assert len(set(made.values())) == len(made) > 2500
    digits = [made["usage", "day", period("day", NOON + day * DAY)].replace("-", "") for day in range(800)]
    longest = max(common(one, other) for one, other in itertools.pairwise(digits))
    assert longest < 8  # of 32; a prefix, a counter or a part of a date would be longer
    assert len({text[:8] for text in digits}) == len({text[-8:] for text in digits}) == 800


def test_ids_look_random():
    """Every free bit is set in about half of them: no part is constant, none counts."""
    made = [int(text.replace("-", ""), 16) for text in everything().values()]
    shares = [sum(number >> bit & 1 for number in made) / len(made) for bit in range(128)]
    fixed = {*range(76, 80), 62, 63}  # version and variant
    assert all(0.44 < share < 0.56 for bit, share in enumerate(shares) if bit not in fixed)


def test_another_secret_makes_other_ids():
    """No id of one secret is one of another's."""
    assert not set(everything(KEY).values()) & set(everything(KEY[::-1]).values())


def test_ids_of_the_two_purposes_cannot_be_linked_by_a_shared_secret(tmp_path):
    """Each purpose has a secret of its own, so that one can be deleted without the other."""
    app = App(tmp_path, crashes="month", usage="month")
    app.ids.prepare()
    secrets = ids.read(app.path)
    assert secrets["crashes"].key != secrets["usage"].key
    assert app.ids.id("crashes") != app.usage()


@given(MOMENTS, MOMENTS, st.sampled_from(PERIODS))
def test_two_moments_have_the_same_id_if_and_only_if_they_lie_in_one_period(one, other, word):
    """Days, weeks from Monday and months, in UTC."""
    import datetime

    def name(at):
        date = datetime.datetime.fromtimestamp(at, datetime.timezone.utc)
        return {"day": date.date(), "week": date.isocalendar()[:2], "month": (date.year, date.month)}[word]

    same = Secret(word, KEY).id("usage", at=one) == Secret(word, KEY).id("usage", at=other)
    assert same == (name(one) == name(other))


@pytest.mark.parametrize("at", [-1e300, -1.0, 0.0, 1e300, float("inf")])
@pytest.mark.parametrize("word", PERIODS)
def test_a_clock_that_is_out_of_its_mind_still_gives_an_id(at, word):
    """Before 1970 and after the year 9999 nothing is raised."""
    assert UUID4.fullmatch(Secret(word, KEY).id("usage", at=at))


def test_a_stable_id_does_not_change_with_time():
    """Until the secret goes."""
    secret = Secret("stable", KEY)
    assert secret.id("usage", at=0) == secret.id("usage", at=NOON * 2)


TELLS = """
import json, os, sys, time
time.time = lambda: {clock}
from scrubbing.identity.ids import Ids
made = Ids({path!r}, None, {{"crashes": "per-issue", "usage": "stable"}}, allowed=lambda _: True)
print(json.dumps([made.id("usage"), made.id("crashes", fingerprint="ab12")]))
"""


def told(path, *, clock=float(NOON), **environ):
    ran = subprocess.run(
        [sys.executable, "-c", TELLS.format(path=str(path), clock=clock)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(ids.__file__).parents[2]), **environ},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(ran.stdout)


def test_nothing_of_host_user_or_time_enters_an_id(tmp_path):
    """The same secret gives the same ids for another user, host, home, zone, directory and year: in real processes."""
    app = App(tmp_path, crashes="per-issue", usage="stable")
    app.ids.prepare()
    first = told(app.path, USER="erika", HOSTNAME="kiste-7", HOME="/home/erika", TZ="UTC", PYTHONHASHSEED="1")
    other = tmp_path / "elsewhere" / "identity"
    other.parent.mkdir()
    shutil.copy(app.path, other)
    second = told(
        other, clock=9.9e9, USER="bob", LOGNAME="bob", HOSTNAME="web", HOME="/root", TZ="Asia/Tokyo", PYTHONHASHSEED="2"
    )
    assert first == second
    assert told(tmp_path / "fresh", USER="erika", HOSTNAME="kiste-7", HOME="/home/erika") != first


def test_the_same_environment_gives_two_secrets(tmp_path):
    """Two first yeses on one machine at one moment have nothing in common: a secret is random bytes."""
    (one, two) = (App(tmp_path / name, usage="stable") for name in "ab")
    assert one.usage() != two.usage()
    keys = [ids.read(app.path)["usage"].key for app in (one, two)]
    assert len(keys[0]) == 32
    assert not set(zip(keys[0], keys[0][1:], strict=False)) >= set(zip(keys[1], keys[1][1:], strict=False))


@pytest.mark.parametrize("mode", ["off", "local"])
def test_there_is_no_secret_before_a_yes(tmp_path, mode):
    """Neither a no nor local makes a file, or gives an id."""
    app = App(tmp_path, crashes="stable", usage="month")
    app.modes = dict.fromkeys(WORDS, mode)
    app.ids.prepare()
    assert app.usage() is app.ids.id("crashes") is None
    assert list(tmp_path.iterdir()) == []


def test_a_preview_makes_no_secret(tmp_path):
    """Looking at what would be sent stores nothing."""
    assert App(tmp_path, usage="month").usage(make=False) is None
    assert list(tmp_path.iterdir()) == []


def test_none_makes_no_secret(tmp_path):
    """An author who wants no ids has no file of secrets on anybody's disk."""
    app = App(tmp_path)
    app.ids.prepare()
    assert app.usage() is None
    assert list(tmp_path.iterdir()) == []


def test_a_yes_to_one_purpose_makes_one_secret(tmp_path):
    """The other purpose has none until its own yes."""
    app = App(tmp_path, crashes="stable", usage="month")
    app.modes["crashes"] = "off"
    app.ids.prepare()
    assert list(ids.read(app.path)) == ["usage"]


def test_an_id_is_gone_with_its_yes(tmp_path):
    """After a no there is no id, whether the file is there still or not; after a new yes there is another one."""
    app = App(tmp_path, usage="stable")
    first = app.usage()
    app.modes["usage"] = "off"
    assert app.usage() is None
    assert ids.forget(app.path, app.sessions, ["usage"])
    app.modes["usage"] = "on"
    assert app.usage() not in (None, first)


def test_forgetting_one_purpose_leaves_the_other(tmp_path):
    """A no to usage does not change who a crash is from."""
    app = App(tmp_path, crashes="stable", usage="stable")
    before = app.ids.id("crashes"), app.usage()
    assert ids.forget(app.path, app.sessions, ["usage", "extra"])
    assert app.ids.id("crashes") == before[0]
    assert app.usage() != before[1]
    assert not ids.forget(app.path, app.sessions, ["feedback"])


def test_forgetting_all_leaves_no_file(tmp_path):
    """Nothing but the empty lock is left of a secret."""
    app = App(tmp_path, crashes="stable", usage="stable")
    app.ids.prepare()
    ids.forget(app.path, app.sessions, WORDS)
    assert [path.name for path in tmp_path.iterdir() if path.stat().st_size] == []
    assert not ids.forget(app.path, app.sessions, WORDS)


def test_deleting_the_file_deletes_all_ids(tmp_path):
    """A user who removes it by hand has other ids from then on."""
    app = App(tmp_path, crashes="per-issue", usage="week")
    before = app.usage(), app.ids.id("crashes", fingerprint="ab")
    os.unlink(app.path)
    assert not {app.usage(), app.ids.id("crashes", fingerprint="ab")} & {*before, None}


def test_rotating_changes_every_id_and_keeps_the_words(tmp_path):
    """New secrets, and what the author said of them stays."""
    app = App(tmp_path, crashes="stable", usage="week")
    before = app.ids.id("crashes"), app.usage()
    assert ids.rotate(app.path, app.sessions)
    assert not {app.ids.id("crashes"), app.usage()} & set(before)
    assert {purpose: secret.word for purpose, secret in ids.read(app.path).items()} == {
        "crashes": "stable",
        "usage": "week",
    }


def test_rotating_before_a_yes_makes_nothing(tmp_path):
    """There is nothing to change, and nothing is written."""
    assert not ids.rotate(str(tmp_path / "identity"), None)
    assert not ids.rotate(None, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["rotate", "forget", "by hand"])
def test_a_session_does_not_go_on_under_a_new_id(tmp_path, how):
    """The day's sessions begin anew with a new id: one session under two ids would tell that both are one user's."""
    app = App(tmp_path, usage="stable")
    sessions = Sessions(app.sessions, drop=lambda _: None, clock=lambda: NOON)
    first = (app.usage(), sessions.record("watch", "ok").sid)
    if how == "rotate":
        ids.rotate(app.path, app.sessions)
    elif how == "forget":
        ids.forget(app.path, app.sessions, ["usage"])
    else:
        os.unlink(app.path)
    second = (app.usage(), sessions.record("watch", "crashed").sid)
    assert not set(first) & set(second)


def test_a_session_keeps_its_id_over_the_end_of_a_month(tmp_path):
    """A late word about a session has the id of its beginning."""
    app = App(tmp_path, usage="month", clock=lambda: NOON + 40 * DAY)
    assert app.usage(at=NOON) != app.usage()
    assert app.usage(at=NOON) == app.usage(at=NOON + 60)


def test_another_word_of_the_author_s_makes_another_id(tmp_path):
    """An update from stable to monthly ids leaves no link between the two; the file says the new word."""
    before = App(tmp_path, usage="stable").usage()
    assert App(tmp_path, usage="month").usage() != before
    assert ids.read(str(tmp_path / "identity"))["usage"].word == "month"


@POSIX
def test_the_file_is_the_user_s_alone(tmp_path):
    """0600 in a directory of 0700, whatever the umask."""
    app = App(tmp_path / "state", usage="month")
    before = os.umask(0)
    try:
        app.usage()
    finally:
        os.umask(before)
    assert stat.S_IMODE(os.stat(app.path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "state").st_mode) == 0o700


DAMAGES = {
    "bytes": b"\xff\xfe",
    "no secret": b"usage = month\n",
    "a short secret": b"usage = month abcd\n",
    "capitals": b"usage = month " + b"AB" * 32 + b"\n",
    "another word": b"usage = yearly " + b"ab" * 32 + b"\n",
    "another purpose's word": b"usage = per-issue " + b"ab" * 32 + b"\n",
    "another purpose": b"extra = month " + b"ab" * 32 + b"\n",
    "twice": (b"usage = month " + b"ab" * 32 + b"\n") * 2,
    "too long": b"#" * 70_000,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_gives_no_id_and_is_not_overwritten(tmp_path, damage):
    """Reports leave without an id, it is counted, and whatever stands there stays until the user changes it."""
    app = App(tmp_path, usage="month")
    Path(app.path).write_bytes(DAMAGES[damage])
    os.chmod(app.path, 0o600)
    assert app.usage() is None
    assert app.failures == ["identity:unusable"]
    assert Path(app.path).read_bytes() == DAMAGES[damage]
    assert ids.rotate(app.path, app.sessions)
    assert UUID4.fullmatch(app.usage())


def test_an_empty_file_is_as_good_as_none(tmp_path):
    """A power cut can leave one: there is no secret in it that could be lost."""
    app = App(tmp_path, usage="month")
    files.write_bytes(app.path, b"")
    assert UUID4.fullmatch(app.usage())


@POSIX
def test_a_file_that_others_can_write_is_not_used(tmp_path):
    """Somebody else could have put a secret there that they know."""
    app = App(tmp_path, usage="month")
    app.usage()
    os.chmod(app.path, 0o666)
    assert app.usage() is None
    assert ids.forget(app.path, app.sessions, ["usage"])
    assert not os.path.lexists(app.path)


def test_where_nothing_can_be_written_there_is_no_id(tmp_path):
    """A file in the place of the directory: no id, no exception."""
    (tmp_path / "state").write_text("")
    app = App(tmp_path / "state", usage="month")
    assert app.usage() is None
    assert app.failures == ["identity:unusable"]
    assert Ids(None, None, DEFAULTS, allowed=lambda _: True).id("usage") is None


def test_a_question_that_fails_is_a_no(tmp_path):
    """Consent that raises gives no id and no exception."""
    failed = []
    broken = Ids(str(tmp_path / "identity"), None, DEFAULTS, allowed=lambda _: 1 / 0, failed=failed.append)
    broken.prepare()
    assert broken.id("usage") is None
    assert set(failed) == {"identity:unusable"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("answers", [[True, False], [True, True]])
def test_a_no_that_comes_while_a_secret_is_made_leaves_none(tmp_path, answers):
    """Whoever said no looked for a file that was not there yet: so the maker looks once more, and deletes."""
    asked = iter(answers)
    made = Ids(str(tmp_path / "identity"), None, {"usage": "stable"}, allowed=lambda _: next(asked)).id("usage")
    assert (made is not None) == answers[-1]
    assert os.path.exists(tmp_path / "identity") == answers[-1]


MAKES = """
import sys, time
from scrubbing.identity.ids import Ids
made = Ids(sys.argv[1], None, {"usage": "stable", "crashes": "stable"}, allowed=lambda _: True)
while time.time() < float(sys.argv[2]):
    pass
print(made.id(sys.argv[3]))
"""


def test_processes_that_make_the_secret_at_once_agree(tmp_path):
    """Six processes begin at one moment: one secret for each purpose, however they mix."""
    import time

    start = str(time.time() + 1.0)
    path = str(tmp_path / "state" / "identity")
    purposes = ["usage", "crashes"] * 3
    children = [
        subprocess.Popen([sys.executable, "-c", MAKES, path, start, purpose], stdout=subprocess.PIPE, text=True)
        for purpose in purposes
    ]
    made = [
        (purpose, child.communicate(timeout=60)[0].strip()) for purpose, child in zip(purposes, children, strict=True)
    ]
    for purpose in set(purposes):
        found = {text for name, text in made if name == purpose} - {"None"}  # None: it waited too long for the lock
        assert found == {ids.read(path)[purpose].id(purpose, at=0)}


def test_a_copied_home_has_the_same_ids_until_one_of_the_two_changes_them(tmp_path):
    """A second machine, or a second container of an image that was used, counts as the same user; said in the docs."""
    first = App(tmp_path / "first", crashes="per-issue", usage="month")
    first.ids.prepare()
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    second = App(tmp_path / "second", crashes="per-issue", usage="month")
    assert second.usage() == first.usage()
    ids.rotate(second.path, second.sessions)
    assert second.usage() != first.usage()
    assert second.ids.id("crashes", fingerprint="ab") != first.ids.id("crashes", fingerprint="ab")


def test_an_image_that_was_never_used_has_no_ids(tmp_path):
    """Two containers of an image in which the app never ran after a yes are two users."""
    (tmp_path / "image").mkdir()
    users = []
    for name in ("one", "two"):
        shutil.copytree(tmp_path / "image", tmp_path / name)
        users.append(App(tmp_path / name, usage="month").usage())
    assert len(set(users)) == 2


def test_a_back_up_brings_back_the_ids_of_its_day(tmp_path):
    """Restored files are what they were: an id that was deleted since is back with its secret, until changed again."""
    app = App(tmp_path / "state", usage="stable")
    first = app.usage()
    shutil.copytree(tmp_path / "state", tmp_path / "back-up")
    ids.forget(app.path, app.sessions, ["usage"])
    assert app.usage() != first
    shutil.rmtree(tmp_path / "state")
    shutil.copytree(tmp_path / "back-up", tmp_path / "state")
    assert app.usage() == first


BAD = [
    "month", ["crashes"], {"crash": "none"}, {"usage": "per-issue"}, {"usage": "year"}, {"usage": None},
    {"usage": True},    {"extra": "month"}, {"feedback": "none"}, {7: "none"}, {"usage": []},
]  # fmt: skip


@pytest.mark.parametrize("identity", BAD, ids=repr)
def test_what_is_no_choice_of_ids_is_a_mistake(identity):
    """It is said at once what was expected."""
    with pytest.raises(ConfigurationError, match=r"^identity: .*expected"):
        checked(identity)


def test_what_is_not_named_is_as_by_default():
    """Crashes none, usage by the month; a word about one purpose says nothing of the other."""
    assert checked(None) == checked({}) == DEFAULTS == {"crashes": "none", "usage": "month"}
    assert checked({"crashes": "per-issue"}) == {"crashes": "per-issue", "usage": "month"}


def test_the_file_s_name_is_known_to_nobody_else():
    """It has a place of its own beside the app's other files."""
    found = files.places("frob", {"HOME": "/home/erika"}, "linux")
    assert found.identity == "/home/erika/.local/state/scrubbing/frob/identity"
