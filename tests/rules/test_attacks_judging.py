"""Attacks on what tells a secret from all else: what looks like a class, a place, a count, and what is in colours."""

from __future__ import annotations

import pytest

from scrubbing.identity import Machine
from scrubbing.rules import BUILTIN, Engine
from scrubbing.schema.kinds import Kind

ENGINE = Engine(BUILTIN, Machine(username="erika", hostname="erikas-desktop"))
#: Texts with a secret in place of ``{}``, and what stood there.
SECRETS = (
    ("Config::PASSWORD = '{}'", "hunter"),
    ('self::API_TOKEN = "{}"', "q8W1eRtYu2"),
    ("App::Db::password={}", "Trustno1"),
    ("MyApp::SECRET_KEY => '{}'", "1234"),
    ("authorization=>{}", "q8w1e2r3t4"),
    ("password={}", "123"),
    ("db_password: {}; path=/", "123"),
    ("env[pwd]={}\\n", "482"),
    ("API_KEY := {}", "482"),
    ("DB_PASS={}", "123"),
    ("cwd=%2Fhome%2F{}/.venv/bin", "data"),
    ('run "secret={}"', "zZ"),
    ('"user_pass={}"', "abc"),
    ("webhook_secret={}", "https://example.org/hook/0a1b2c3d4e5f6071"),
    ("GET /cards/{}/charge 500", "4242424242424242"),
    ("<QueryDict: {{'password': ['{}']}}>", "letmein"),
    ("cwd=%2Fhome%2F{}%2Fx", "build"),
    ("db_password: {} refused", "Tr0ub4dor&3"),
    ("user=x&password={}&page=2", "ab12&cd34"),
    ('got {{"db_password": {}}}', "482"),
    ('got {{\\"password\\": {}}}', "1234"),
)
OPEN = (
    "{'Pod::ParserToken' => '3.15', 'Net::Password' => '12'}",
    "secret=https://example.org/docs",
    "token: 12, 3 tokens, secrets: 12, password=1",
    "{'password': ['This field is required.'], 'token': ['min_length'], 'pwd': ['blank']}",
    "f(password=b''), pw=r''",
    "next=%2Fhome%2Fnews&n=1",
    "password=[Filtered]&page=2 token=[Filtered]&amp;x=1 pwd=[Filtered]&& make",
)
#: In colour, where each begins or ends.
COLOURED = (
    ("password={} next", "hunter22x"),
    ("--token {} -x", "s3cr3tv4lue"),
    ("Authorization: Bearer {}", "abcdef0123456789"),
    ("from {} to", "10.20.30.40"),
    ("/home/{}/x.py", "tomasz"),
    ("on {} now", "erikas-desktop"),
)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_may_be_a_secret_goes(text, secret):
    """Each goes, and what stands around it stays."""
    made = ENGINE.scrub(text.format(secret), Kind.TEXT)
    assert not [part for part in secret.split("&") if part in made]
    assert made.startswith(text[:4])


@pytest.mark.parametrize("text", OPEN)
def test_what_is_none_stays(text):
    """The control: versions, counts, documents, remarks, pages."""
    assert ENGINE.scrub(text, Kind.TEXT) == text


@pytest.mark.parametrize("colour", ["\x1b[31m", "\x1b[m", "\x1b[01;31m\x1b[K", "\x1b(B", "\\x1b[31m", "\\033[1m"])
@pytest.mark.parametrize(("text", "secret"), COLOURED)
def test_a_colour_within_a_secret_hides_no_half_of_it(colour, text, secret):
    """Tools that show a match in colour put it anywhere: neither half of a secret stays."""
    for at in range(len(secret) + 1):
        made = ENGINE.scrub(text.format(secret[:at] + colour + secret[at:]), Kind.TEXT)
        assert secret[:at] not in made or at <= 1, made
        assert secret[at:] not in made or at >= len(secret) - 1, made
        assert ENGINE.clean(made, Kind.TEXT)


def test_a_colour_parts_words():
    """What stands beside a colour is no part of what stands on its other side; plain text in colours stays."""
    assert ENGINE.scrub("\x1b[32mok\x1b[0merika", Kind.TEXT) == "\x1b[32mok\x1b[0m[user]"
    text = "\x1b[32mok\x1b[0m: \x1b[1m3\x1b[0m tests of \x1b[35mtests/\x1b[95mtest_x.py\x1b[0m"
    assert ENGINE.scrub(text, Kind.TEXT) == text
