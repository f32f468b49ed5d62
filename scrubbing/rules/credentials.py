"""Rows for secrets told by where they stand: in a URL, a header, a cookie, a query, between the lines of a PEM block.

Only the value goes; the scheme, the names and the rest of the line stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from scrubbing.rules.judging import telling
from scrubbing.rules.keywords import DECORATION
from scrubbing.rules.rows import FILTERED, STAND_IN, TEXT_KINDS, Example, Pattern, Redaction, compiled, hit, led, miss
from scrubbing.rules.views import Views, before
from scrubbing.rules.words import ACCOUNTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubbing.schema.kinds import Kind


_SHORT_TOKEN, _LONG_WORD = 4, 20
_LONGEST_NAME = 128
_PLAIN_WORD, _PLAIN_NUMBER = 8, 4  # cookies no longer than this are settings, such as dark or 1080


def _auth_value(text: str, start: int, end: int) -> bool:
    """Tell a header's value from a sentence about the header."""
    value = text[start:end].rstrip(f"{DECORATION}<>")
    if compiled(r"[A-Za-z_][\w.]*[(\[]").match(value):
        return False
    digits = any(map(str.isdigit, value)) and len(value) >= _SHORT_TOKEN
    return digits or len(value) >= _LONG_WORD or not value.replace("-", "").replace("_", "").isalpha()


def _basic(text: str, start: int, end: int) -> bool:
    """Basic credentials decode to ``user:password``; "basic authentication" does not."""
    import binascii

    try:
        decoded = binascii.a2b_base64(text[start:end] + "===")
    except (binascii.Error, ValueError):
        return False
    return b":" in decoded


def _userinfo(text: str, start: int, end: int) -> bool:
    """Tell who logs in from a tool's own account, and from a program's whose password a driver has masked."""
    user, _, password = text[start:end].lower().partition(":")
    if user in ACCOUNTS and password and not password.strip("*"):
        return False
    return text[start:end].lower() not in ("git", "hg", "svn", "ssh", "anonymous")


def _cut_userinfo(text: str, start: int, end: int) -> bool:
    """Tell user and password, where the text ends before the host, from host and port and from an image's tag."""
    password = text[start:end].partition(":")[2].rstrip(".")
    return (
        compiled(_LOGGED_IN).search(before(text, start, 24)) is not None
        and telling(password)
        and not password.isdigit()
    )


def _bare_userinfo(text: str, start: int, end: int) -> bool:
    """Tell a login without a scheme from an image's tag, a package's version or an address behind a label."""
    user, _, password = text[start:end].partition(":")
    mixed = any(map(str.isdigit, password)) and not password.replace(".", "").isdigit()
    return mixed and user.lower() not in ("mailto", "npm", "sip", "sips", "xmpp", "acct", "to", "from", "cc", "git")


def _pem_body(text: str, start: int, end: int) -> bool:
    begins = compiled(r"[\s\\nr]*(?:MI[IGHC]|b3BlbnNz)").match(text, start, end)  # what is left of one that was cut
    return begins is not None or compiled(r"[A-Za-z0-9+/=]{16}").search(text, start, end) is not None


@attrs.frozen(eq=False, repr=False)
class Pairs:
    """A rule for lists of ``name=value``: cookies and query strings, of which only the telling values go.

    Args:
        regex: the list, in the lowered text; it begins with a literal, and its last group holds the pairs.
        pair: what stands behind the name of a pair; the group is its value.
        name_end: the characters that no name has.
        open_names: names whose values are never secret.
        secret_names: an expression for names whose values always are; None: every value that is no plain word is.
        at_start: the list begins with its text instead.
    """

    name: str
    regex: str
    pair: str
    name_end: str
    open_names: frozenset[str]
    secret_names: str | None
    literals: tuple[str, ...]
    examples: tuple[Example, ...]
    placeholder: str = FILTERED
    kinds: frozenset[Kind] = TEXT_KINDS
    redaction: Redaction = Redaction.REPLACE
    over: str = "low"
    at_start: bool = False
    batched: bool = True

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the range of each value that must not leave."""
        return self.spans(Views.of(text))

    def spans(self, views: Views) -> Iterator[tuple[int, int]]:
        """Yield the range of each value in a text whose views are made already."""
        pair = compiled(self.pair)
        places = views.starts if self.at_start else views.at(self.literals)
        for match in led(compiled(self.regex), views.low, places):
            start, end = match.span(match.lastindex or 0)
            for each in pair.finditer(views.low, start, end):
                name = views.low[max(start, each.start() - _LONGEST_NAME) : each.start()]
                name = compiled(self.name_end).split(name)[-1]
                if name and self._secret(name, views.text[slice(*each.span(1))]):
                    yield each.span(1)

    def _secret(self, name: str, value: str) -> bool:
        if name in self.open_names or compiled(STAND_IN).match(value):
            return False
        if self.secret_names is not None:
            return compiled(self.secret_names).search(name) is not None
        plain = (value.isalpha() and len(value) <= _PLAIN_WORD) or (value.isdigit() and len(value) <= _PLAIN_NUMBER)
        return not plain


#: What is addressed with user and password.
_LOGGED_IN: Final = (
    r"(?:https?|s?ftps?|ssh|smb|ldaps?|rediss?|amqps?|mongodb(?:\+srv)?|postgres(?:ql)?(?:\+\w{1,12})?|my(?:sql)?(?:\+\w{1,12})?"
    r"|mariadb|mssql(?:\+\w{1,12})?|oracle(?:\+\w{1,12})?|snowflake|clickhouse|nats|smtps?|imaps?)://\Z"
)
#: Names in a query whose values are secret.
_QUERY_NAMES: Final = (
    r"(?:^|[_.-])(?:key|sig|signature|auth|credential|code|sid|jwt|otp|nonce|assertion|access[_-]?key|apikey|awsaccesskeyid"
    r"|(?:api|access|client|security|session|refresh|id)[_-]?(?:key|secret|token)|password|passwd|pwd|pass|secret|token|session)$"
)

CREDENTIALS: Final = (
    Pattern(
        "url-auth",
        r"://([^\s/\"'<>\0@\\]+(?:@[^\s/\"'<>\0@\\]+)*)@(?=[\w\[])",
        placeholder="[auth]",
        examples=(
            hit("postgresql://app:hunter2@db.example.org:5432/x", "postgresql://[auth]@db.example.org:5432/x"),
            hit("https://0a1b2c3d@errors.example.org/7", "https://[auth]@errors.example.org/7"),
            hit("redis://:p@ss@cache/0", "redis://[auth]@cache/0"),
            hit("postgresql://erika:***@db.example.org/x", "postgresql://[auth]@db.example.org/x"),
            miss("postgresql://app:***@db.example.org/x"),
            miss("ssh://git@example.org/x"),
            miss("git+https://example.org/x@main"),
            miss("https://example.org/@erika"),
        ),
        literals=("://",),
        check=_userinfo,
        batched=True,
    ),
    Pattern(
        "url-auth-cut",
        r"://([^\s/\"'<>\0@\\:{}$]{0,64}:[^\s/\"'<>\0@\\:{}$\u2026]{4,})(?=\u2026|[\s\"'\0]|\Z)",
        placeholder="[auth]",
        examples=(
            hit("no such host: 'postgresql://app:hunter2", "no such host: 'postgresql://[auth]"),
            miss("http://db.example.org:8080 docker://python:3.12-slim http://localhost:port"),
        ),
        literals=("://",),
        check=_cut_userinfo,
        batched=True,
    ),
    Pattern(
        "bare-auth",
        r":[^\s/\"'<>\0@\\:]{4,64}(?=@(?:[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|localhost|\[)[:/\"'\s\0])",
        placeholder="[auth]",
        examples=(
            hit("host 'erika:hunter2@10.1.2.3:80'", "host '[auth]@10.1.2.3:80'"),
            miss("mailto:erika7@example.org x, frob:1.2@sha256:0a1b, at 10:1234@x"),
        ),
        literals=("@",),
        before=r"[\w.%+-]{1,32}(?![\w.%+/-])",
        check=_bare_userinfo,
        batched=True,
    ),
    Pattern(
        "authorization",
        r"authorization\\?[\"']?\]?\s{0,4}[:=](?:>|&gt;)?\s{0,4}(?:b(?=\\?[\"']))?\\?[\"']?(?:(?:digest|aws4-hmac-sha256|hawk|oauth)\s+([^\r\n\0]{8,})"
        r"|(?:(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|bot)\s{1,4})?([^\s\"'\0\\,;)}\]<>]{4,}))",
        placeholder="[token]",
        examples=(
            hit("Authorization: Bearer 0a1b2c3d4e", "Authorization: Bearer [token]"),
            hit("{'authorization' => 'q8w1e2r3t4'}", "{'authorization' => '[token]'}"),
            hit("{'Authorization': 'Token 0a1b2c3d4e', 'n': 1}", "{'Authorization': 'Token [token]', 'n': 1}"),
            hit("Proxy-Authorization: Basic ZXJpa2E6aHVudGVyMg==", "Proxy-Authorization: Basic [token]"),
            miss("Authorization: required"),
            miss("authorization failed"),
        ),
        literals=("authorization",),
        over="low",
        check=_auth_value,
        batched=True,
    ),
    Pattern(
        "bearer",
        r"bearer\s{1,4}(?!(?:expires(?:_in)?|scopes?|format|realm|state|error|audience|client_id|resource)=)([\w.~+/=-]{8,})",
        placeholder="[token]",
        examples=(
            hit("sent Bearer 0a1b2c3d4e5f", "sent Bearer [token]"),
            miss("Bearer authentication required"),
            miss("the bearer of news"),
            miss("token_type=bearer expires_in=3600 scope=read"),
        ),
        literals=("bearer",),
        over="low",
        check=_auth_value,
        batched=True,
    ),
    Pattern(
        "basic",
        r"asic(?<=[Bb]asic)\s{1,4}([A-Za-z0-9+/_-]{4,}={0,2})",
        placeholder="[token]",
        examples=(hit("sent Basic ZXJpa2E6aHVudGVyMg==", "sent Basic [token]"), miss("Basic authentication required")),
        literals=("basic",),
        check=_basic,
        batched=True,
    ),
    Pattern(
        "pem",
        r"-----BEGIN [A-Z0-9 ]{3,40}-----((?:[^\0-]|-(?!----))*)",
        placeholder="[pemkey]",
        examples=(
            hit(
                "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn\n-----END RSA PRIVATE KEY----- end",
                "-----BEGIN RSA PRIVATE KEY-----[pemkey]-----END RSA PRIVATE KEY----- end",
            ),
            miss("expected -----BEGIN CERTIFICATE----- first"),
        ),
        literals=("-----begin ",),
        check=_pem_body,
        batched=True,
    ),
    Pairs(
        "cookie",
        r"cookie\\?[\"']?\]?\s{0,4}[:=]\s{0,4}(?:b(?=\\?[\"']))?\\?[\"']?([^\r\n\0\"']{3,})",
        r"=(?<![\s=;,]=)([^;\s,\\]+)",
        r"[\s=;,]",
        frozenset(
            {"path", "domain", "expires", "max-age", "samesite", "version", "lang", "theme", "locale", "tz", "currency"}
        ),
        None,
        ("cookie",),
        (
            hit("Cookie: sid=0a1b2c3d4e5f; theme=dark", "Cookie: sid=[Filtered]; theme=dark"),
            hit("Set-Cookie: id=a3fWa; Path=/; HttpOnly", "Set-Cookie: id=[Filtered]; Path=/; HttpOnly"),
            miss("cookie: not set"),
        ),
    ),
    Pairs(
        "query",
        r"[?#]([^\s\"'<>\0?#=]{1,64}=[^\s\"'<>\0]*)",
        r"=(?<![\s=&;?]=)([^&;#\s\\)]+)",
        r"[\s=&;?]",
        frozenset(),
        _QUERY_NAMES,
        ("?", "#"),
        (
            hit("https://example.org/cb?code=0a1b2c&page=2", "https://example.org/cb?code=[Filtered]&page=2"),
            hit("/x?X-Amz-Signature=0a1b2c&n=1#top", "/x?X-Amz-Signature=[Filtered]&n=1#top"),
            hit("https://example.org/cb#id_token=a.b.c&n=1", "https://example.org/cb#id_token=[Filtered]&n=1"),
            miss("/x?page=2&sort=name&keyword=a"),
            miss("really? a=b"),
        ),
    ),
    Pairs(
        "query-bare",
        r"(?:\A|(?<=\0))([^\s\"'<>\0?#=&]{1,64}=[^\s\"'<>\0&]*&[^\s\"'<>\0]*)",
        r"=(?<![\s=&;?]=)([^&;#\s\\)]+)",
        r"[\s=&;?]",
        frozenset(),
        _QUERY_NAMES,
        ("&",),
        (
            hit("code=0a1b2c&page=2", "code=[Filtered]&page=2"),
            hit("page=2&sid=99aa", "page=2&sid=[Filtered]"),
            miss("page=2&sort=name"),
            miss("if code=1 && sid=2"),
            miss("code=404"),
        ),
        at_start=True,
    ),
)
