"""Attacks on the rules: names in scripts without spaces, apostrophes in disguise, letters glued to tokens."""

from __future__ import annotations

import pytest

from scrubbing.identity import Machine
from scrubbing.rules import BUILTIN, Engine
from scrubbing.schema.kinds import Kind

PEOPLE = {
    "李小龙": ["用户李小龙失败", "打开/home/李小龙/x失败", "李小龙的文件", "在李小龙", "x李小龙y"],
    "山田太郎": ["山田太郎さんのファイル", "ファイルは山田太郎です"],
    "さくらこ": ["ユーザーさくらこの", "私はさくらこです"],
    "カタリナ": ["は、カタリナさん"],
    "김철수": ["사용자김철수가", "김철수의 파일"],
    "สมชาย": ["ผู้ใช้สมชายล้มเหลว"],
    "ສົມຊາຍ": ["ຜູ້ໃຊ້ສົມຊາຍລົ້ມເຫຼວ"],
    "សុខា": ["អ្នកប្រើសុខាបរាជ័យ"],
    "အောင်ကြီး": ["အသုံးပြုသူအောင်ကြီးမအောင်မြင်"],
}


@pytest.mark.parametrize(("name", "texts"), PEOPLE.items())
@pytest.mark.parametrize("what", ["username", "hostname", "full_name"])
def test_a_name_without_spaces_around_it_is_found(name, texts, what):
    """Where a script has no spaces between words, a name needs no edge."""
    engine = Engine(BUILTIN, Machine(**{what: name}))

    for text in texts:
        made = engine.scrub(text, Kind.TEXT)
        assert name not in made, made
        assert made.startswith(text[: text.index(name)])


def test_a_computer_called_after_somebody_is_found_inside_a_sentence():
    """The same for hosts, and for full names of two words written together or apart."""
    engine = Engine(BUILTIN, Machine(hostname="李小龙的电脑", full_name="山田 太郎"))

    assert "李小龙" not in engine.scrub("在李小龙的电脑上", Kind.TEXT)
    assert engine.scrub("は山田太郎です", Kind.TEXT) == "は[user]です"
    assert engine.scrub("は山田 太郎です", Kind.TEXT) == "は[user]です"


def test_names_in_scripts_with_spaces_keep_their_edges():
    """A name of letters that make words with their neighbours is not cut out of them."""
    engine = Engine(BUILTIN, Machine(username="jörg", hostname="иван"))

    assert engine.scrub("bejörgt иванович", Kind.TEXT) == "bejörgt иванович"


@pytest.mark.parametrize(
    "written",
    [
        "o'brien", "O'Brien", "o%27brien", "o%2527brien", "o&#x27;brien", "o&#39;brien", "o&#039;brien",
        "o&apos;brien", "o\\'brien", "o\\u0027brien", "o\\x27brien", "o\u2019brien",
    ],
)  # fmt: skip
def test_an_apostrophe_is_known_however_it_is_escaped(written):
    """A name with an apostrophe is found as addresses, HTML and literals write it."""
    engine = Engine(BUILTIN, Machine(username="o'brien", home="/home/o'brien"))

    assert engine.scrub(f"for {written} there", Kind.TEXT) == "for [user] there"


TOKENS = [
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz",
    "glpat-abcdefghij0123456789",
    "xoxb-123456789012-abcdefGHIJ0123", "sk-ant-api03-aB3dE5fG7hJ9kL1mN3pQ", "dckr_pat_aB3dE5fG7hJ9kL1mN3pQ",
    "shpat_0123456789abcdef0123456789abcdef", "dop_v1_" + "0123456789abcdef" * 4,
    "sntrys_aB3dE5fG7hJ9kL1mN3pQ", "GOCSPX-aB3dE5fG7hJ9kL1mN3pQabc", "npm_aB3dE5fG7hJ9kL1mN3pQaB3dE5fG7hJ9kL1m",
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("glued", ["x", "X", "token", "7"])
def test_a_token_with_a_letter_before_it_is_found(token, glued):
    """Where a format is unmistakable, what is glued before it hides nothing."""
    assert token not in Engine(BUILTIN).scrub(f"got {glued}{token} here", Kind.TEXT)


@pytest.mark.parametrize(
    "text", ["the highpat_and lowpat", "enough_of that", "task-list and risk-ant-hill", "xnpm_config"]
)
def test_words_that_end_like_a_mark_stay(text):
    """A word in which a mark happens to stand is no token."""
    assert Engine(BUILTIN).scrub(text, Kind.TEXT) == text


@pytest.mark.parametrize(
    "home", ["/srv/nfs/janedoe", "/srv/janedoe", "/tmp/janedoe", "/var/lib/janedoe", "/opt/people9/janedoe"]
)
def test_a_home_below_a_system_directory_is_hidden(home):
    """A home directory names its owner wherever it lies, also where the login is another."""
    engine = Engine(BUILTIN, Machine(username="jd42", home=home))
    assert engine.scrub(f"no such file: {home}/notes.txt", Kind.TEXT) == f"no such file: {home[:-7]}[user]/notes.txt"
