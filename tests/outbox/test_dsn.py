"""DSNs: what is taken, what is refused, and that an error never shows the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubbing.errors import ConfigurationError
from scrubbing.outbox.dsn import parse_dsn

KEY = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "address", "path"),
    [
        (f"https://{KEY}@errors.example.org/7", "https://errors.example.org", "/api/7/envelope/"),
        (f"https://{KEY}:secret@errors.example.org/7", "https://errors.example.org", "/api/7/envelope/"),
        (f"https://{KEY}@errors.example.org:8443/7", "https://errors.example.org:8443", "/api/7/envelope/"),
        (f"https://{KEY}@errors.example.org:443/7", "https://errors.example.org", "/api/7/envelope/"),
        (f"https://{KEY}@example.org/deep/er/7", "https://example.org", "/deep/er/api/7/envelope/"),
        (f"HTTPS://{KEY}@Example.ORG/7", "https://example.org", "/api/7/envelope/"),
        (f"https://{KEY}@[2001:db8::1]:9000/7", "https://[2001:db8::1]:9000", "/api/7/envelope/"),
        (f"https://{KEY}@[2001:db8::1]/7", "https://[2001:db8::1]", "/api/7/envelope/"),
        (f"http://{KEY}@localhost:8000/1", "http://localhost:8000", "/api/1/envelope/"),
        (f"http://{KEY}@127.0.0.1/1", "http://127.0.0.1", "/api/1/envelope/"),
        (f"http://{KEY}@127.9.9.9:80/1", "http://127.9.9.9", "/api/1/envelope/"),
        (f"http://{KEY}@[::1]:8000/1", "http://[::1]:8000", "/api/1/envelope/"),
        (f"https://{KEY}@o1.ingest.sentry.io/4507", "https://o1.ingest.sentry.io", "/api/4507/envelope/"),
    ],
)
def test_a_dsn_says_where_envelopes_go(text, address, path):
    """Scheme, host, port, path and project come out of the text, and the repr keeps the key to itself."""
    dsn = parse_dsn(text)
    assert (dsn.address, dsn.envelope_path, dsn.key) == (address, path, KEY)
    assert KEY not in repr(dsn)
    assert "secret" not in repr(dsn)


def test_a_secret_is_kept_apart():
    """The old form with a secret key still works."""
    assert parse_dsn(f"https://{KEY}:hush@example.org/7").secret == "hush"
    assert parse_dsn(f"https://{KEY}@example.org/7").secret is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        KEY,
        f"{KEY}@example.org/7",
        f"ftp://{KEY}@example.org/7",
        f"http://{KEY}@example.org/7",
        f"http://{KEY}@localhost.example.org/7",
        f"http://{KEY}@127.example.org/7",
        f"http://{KEY}@127.0.0.1.example.org/7",
        f"http://{KEY}@0.0.0.0/7",
        "https://example.org/7",
        "https://@example.org/7",
        f"https://:{KEY}@example.org/7",
        f"https://{KEY}@/7",
        f"https://{KEY}@example.org",
        f"https://{KEY}@example.org/",
        f"https://{KEY}@example.org/7/",
        f"https://{KEY}@example.org/7?x=1",
        f"https://{KEY}@example.org/7#x",
        f"https://{KEY}@example.org:0/7",
        f"https://{KEY}@example.org:65536/7",
        f"https://{KEY}@example.org:https/7",
        f"https://{KEY}@[::1/7",
        f"https://{KEY}@[example.org]/7",
        f"https://{KEY}@[::1]x/7",
        f"https://{KEY}@::1/7",
        f"https://{KEY} @example.org/7",
        f"https://{KEY}@example.org/7\n",
        f"https://{KEY}\r\nX-Evil: 1@example.org/7",
        f"https://{KEY},sentry_key=x@example.org/7",
        f"https://{KEY}@bücher.example/7",
        f"https://a@b:{KEY}@example.org/7",
    ],
)
def test_anything_else_is_refused_without_its_key(text):
    """The error says what was expected and what is wrong, never what the text was."""
    with pytest.raises(ConfigurationError, match="expected https://key@host/project, got") as raised:
        parse_dsn(text)
    assert KEY not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("value", [7, b"https://key@example.org/7", ["https://key@example.org/7"]])
def test_a_value_of_another_type_is_refused(value):
    """The error names the type."""
    with pytest.raises(ConfigurationError, match=type(value).__name__):
        parse_dsn(value)


@given(st.text(alphabet=list("htps:/@[].1a%?# \n"), max_size=40) | st.text())
def test_any_text_is_a_dsn_or_a_configuration_error(text):
    """Nothing else comes out of parsing, and what is taken has a host, a key and a project."""
    try:
        dsn = parse_dsn(text)
    except ConfigurationError as error:
        assert len(text) < 8 or text not in str(error)
    else:
        assert dsn.host
        assert dsn.key
        assert dsn.project
        assert dsn.scheme == "https" or dsn.is_loopback


def test_a_dsn_does_not_change():
    """Its fields cannot be set."""
    with pytest.raises(AttributeError):
        parse_dsn(f"https://{KEY}@example.org/7").host = "example.com"
