"""Rate limits: what the server asked for, in each of its forms, kept across runs."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing import files
from scrubbing.outbox import limits

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (200, {}, {}),
        (400, {"Retry-After": "10"}, {}),
        (429, {}, {"*": 60}),
        (429, {"Retry-After": "10"}, {"*": 10}),
        (429, {"Retry-After": "soon"}, {"*": 60}),
        (429, {"Retry-After": "Tue, 14 Nov 2023 22:13:50 GMT"}, {"*": 30}),
        (429, {"Retry-After": "Tue, 14 Nov 1923 22:13:50 GMT"}, {"*": 0}),
        (429, {"Retry-After": "-5"}, {"*": 60}),
        (429, {"Retry-After": "1e99"}, {"*": 86400}),
        (200, {"X-Sentry-Rate-Limits": "50::organization"}, {"*": 50}),
        (429, {"X-Sentry-Rate-Limits": "50:error:key", "Retry-After": "99"}, {"error": 50}),
        (
            200,
            {"X-Sentry-Rate-Limits": "60:error;session:key:quota_exceeded, 2700:transaction:organization:x:ns"},
            {"error": 60, "session": 60, "transaction": 2700},
        ),
        (200, {"X-Sentry-Rate-Limits": "x:error:key"}, {"error": 60}),
        (200, {"X-Sentry-Rate-Limits": "nan:error:key"}, {"error": 60}),
        (200, {"X-Sentry-Rate-Limits": "inf:error:key"}, {"error": 86400}),
        (200, {"X-Sentry-Rate-Limits": "1:BAD = x\n;error:key"}, {"error": 1}),
        (200, {"X-Sentry-Rate-Limits": "nothing of the kind"}, {}),
        (429, {"X-Sentry-Rate-Limits": "nothing of the kind"}, {"*": 60}),
    ],
)
def test_what_an_answer_asks_for(status, headers, expected):
    """Each form of the headers comes out as seconds from now by category."""
    assert limits.asked(status, headers, NOW) == {name: NOW + seconds for name, seconds in expected.items()}


@given(st.sampled_from([200, 429, 503]), st.text(), st.text())
def test_no_header_breaks_it(tmp_path_factory, status, header, retry_after):
    """Whatever a server sends can be kept and read back, and never silences for longer than a day."""
    path = str(tmp_path_factory.getbasetemp() / "limits")
    until = limits.asked(status, {"X-Sentry-Rate-Limits": header, "Retry-After": retry_after}, NOW)
    assert all(NOW <= at <= NOW + 86400 for at in until.values())
    limits.write(path, until)
    assert set(limits.read(path, NOW)) <= set(until)


def test_categories_are_bounded(tmp_path):
    """A server cannot fill the file."""
    names = ";".join("".join(chr(97 + digit) for digit in divmod(n, 26)) for n in range(400))
    until = limits.asked(200, {"X-Sentry-Rate-Limits": f"60:{names}:key"}, NOW)
    limits.write(str(tmp_path / "limits"), until)
    assert (tmp_path / "limits").stat().st_size < 2000


def test_limits_are_kept_until_they_end(tmp_path):
    """A second run knows them, and forgets them when their time is over or cannot be true."""
    path = str(tmp_path / "limits")
    limits.write(path, {"error": NOW + 60})
    assert limits.is_limited("error", limits.read(path, NOW + 59), NOW + 59)
    assert not limits.is_limited("session", limits.read(path, NOW), NOW)
    assert limits.read(path, NOW + 61) == {}
    assert limits.read(path, NOW - 100_000) == {}


def test_all_means_every_category():
    """A limit for all holds back any category."""
    assert limits.is_limited("session", {limits.ALL: NOW + 1}, NOW)


@pytest.mark.parametrize("content", [b"error = soon\n", b"\xff", b"junk"])
def test_a_damaged_file_limits_nothing(tmp_path, content):
    """The server says again what nobody can read."""
    (tmp_path / "limits").write_bytes(content)
    os.chmod(tmp_path / "limits", 0o600)
    assert limits.read(str(tmp_path / "limits"), NOW) == {}


def test_without_a_place_limits_live_in_memory_only():
    """No directory: nothing is written, nothing raised."""
    limits.write(None, {"error": NOW})
    assert limits.read(None, NOW) == {}
    assert files.read_lines("/nowhere/limits") == {}
