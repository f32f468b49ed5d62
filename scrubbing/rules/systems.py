"""Rows for what particular systems write in a way of their own: databases, shells, mail and directory services, clouds.

Each says which words mark its place, and takes what stands there: SQL's ``IDENTIFIED BY``, PowerShell's secure strings,
Windows' ``net use``, the lines of mail protocols, the names in ARNs and in distinguished names.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.judging import OPEN_VALUES, quoted_value
from scrubbing.rules.keywords import ENCLOSED
from scrubbing.rules.rows import FILTERED, STAND_IN, Pattern, compiled, hit, miss
from scrubbing.rules.values import NOT_CODE
from scrubbing.rules.views import before
from scrubbing.rules.words import ORDINARY

_NET_USE: Final = r"\b(?:net(?:\.exe)?\s+use|schtasks(?:\.exe)?)\s[^\n]*\Z"
#: The line above a value in the errors of a validating library, with the field's name.
_FIELD: Final = (
    r"\n[\w.]{0,40}(?:pass(?:word|wd|phrase|code)|secret|token|api_?key|private_?key|credential)[\w.]{0,16}"
    r"\n[^\n]{0,240}\Z"
)


def _mounted(text: str, start: int, end: int) -> bool:
    open_value = text[start:end].lower() in OPEN_VALUES or compiled(STAND_IN).match(text, start, end)
    return not open_value and compiled(_NET_USE).search(before(text, start, 200).lower()) is not None


def _of_field(text: str, start: int, end: int) -> bool:
    return quoted_value(text, start, end) and compiled(_FIELD).search(before(text, start, 320).lower()) is not None


def _person(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() not in ORDINARY


def _mixed(text: str, start: int, end: int) -> bool:
    """Tell a password from the name of a test that passed."""
    value = text[start:end]
    of_test = compiled(r"[/\\]|\A\w+\.\w{1,4}\W?\Z|\A(?i:test|step|case|suite|t\d)").search(value)
    return any(map(str.isdigit, value)) and not value.isupper() and of_test is None


SYSTEMS: Final = (
    Pattern(
        "identified-by",
        r"(?:identified\s(?:with\s[\w'\"]{1,40}\s)?(?:by|as)|password\s?\()\s?" + ENCLOSED,
        placeholder=FILTERED,
        examples=(
            hit("CREATE USER x IDENTIFIED BY 'kohl rabi'", "CREATE USER x IDENTIFIED BY '[Filtered]'"),
            hit("SET PASSWORD = PASSWORD('kohlrabi7')", "SET PASSWORD = PASSWORD('[Filtered]')"),
            miss("identified by 'x' in getpass.getpass('Password: ') and password('')"),
        ),
        literals=("identified", "password"),
        leads=True,
        over="low",
        check=lambda text, start, end: text[start - 1] != "`" and quoted_value(text, start, end) and end - start > 1,
        batched=True,
    ),
    Pattern(
        "secure-string",
        r"convertto-securestring\s(?:-\w{1,12}\s){0,3}" + ENCLOSED,
        placeholder=FILTERED,
        examples=(
            hit(
                "ConvertTo-SecureString -String 'K0hl!' -AsPlainText -Force",
                "ConvertTo-SecureString -String '[Filtered]' -AsPlainText -Force",
            ),
            miss("ConvertTo-SecureString $plain -AsPlainText"),
        ),
        literals=("convertto-securestring",),
        over="low",
        check=quoted_value,
        batched=True,
    ),
    Pattern(
        "net-use",
        r"(?: /u(?:ser)?:[^\s\0]{1,80}| /rp)\s(?![/\"*])([^\s\0]{3,64})",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit(r"net use Z: \\x\y /user:ACME\erika Kohl%9 /p", r"net use Z: \\x\y /user:ACME\erika [Filtered] /p"),
            miss("tool /user:erika started; net use /user:erika /delete"),
        ),
        literals=(" /user:", " /u:", " /rp "),
        over="low",
        check=_mounted,
        batched=True,
    ),
    Pattern(
        "mail-auth",
        r"auth(?:enticate)?\s(?:plain|login|xoauth2|oauthbearer|ntlm)\s([a-z0-9+/=]{8,2000})(?![\w-]|[:.]\w)",
        NOT_CODE,
        placeholder="[token]",
        examples=(
            hit("> AUTH PLAIN AGVyaWthAGtvaGwx", "> AUTH PLAIN [token]"),
            miss("250-AUTH PLAIN LOGIN and auth plain is off, auth login required: x"),
        ),
        literals=("auth",),
        over="low",
        check=lambda text, start, end: not text[start:end].isalpha() or not text[start:end].islower(),
        batched=True,
    ),
    Pattern(
        "protocol-pass",
        r"PASS (?:(?<=[>:]PASS )|(?<=[>:] PASS )|(?<=\nPASS ))([^\s\0]{3,64})(?=[\s\0\"']|\Z)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("---> PASS kohl7rabi", "---> PASS [Filtered]"),
            miss("> PASS src/x1.test.js, result: PASS test_2.py, C: PASS all"),
        ),
        literals=("pass ",),
        check=_mixed,
        batched=True,
    ),
    Pattern(
        "protocol-login",
        r"LOGIN (?:\"[^\"\0\r\n]{1,64}\"|[^\s\"\0]{1,64}) (?:\"([^\"\0\r\n]{3,64})\"|([^\s\"\0]{3,64})(?=[\s\0]|\Z))",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit('a1 LOGIN "erika" "kohl.rabi7"', 'a1 LOGIN "erika" "[Filtered]"'),
            miss("250-AUTH LOGIN PLAIN XOAUTH2, LOGIN of x failed, LOGIN OK test_2"),
        ),
        literals=("login ",),
        check=_mixed,
        batched=True,
    ),
    Pattern(
        "magic-cookie",
        r"mit-magic-cookie-1[\s\"']{1,8}([0-9a-f]{16,64})(?!\w)",
        placeholder="[token]",
        examples=(
            hit("x:0 MIT-MAGIC-COOKIE-1 0f1e2d3c4b5a69788796a5b4c3d2e1f0", "x:0 MIT-MAGIC-COOKIE-1 [token]"),
            miss("MIT-MAGIC-COOKIE-1 data did not match"),
        ),
        literals=("mit-magic-cookie-1",),
        over="low",
        batched=True,
    ),
    Pattern(
        "arn-user",
        r"arn:aws[\w-]{0,12}:(?:iam|sts)::\d{0,12}:(?:user|federated-user|assumed-role/[\w+=,.@-]{1,64})/([\w+=,.@/-]{1,128})",
        placeholder="[user]",
        examples=(
            hit(
                "User: arn:aws:iam::123456789012:user/erika is not allowed",
                "User: arn:aws:iam::123456789012:user/[user] is not allowed",
            ),
            miss("arn:aws:s3:::bucket/user/x and arn:aws:iam::aws:policy/ReadOnlyAccess"),
        ),
        literals=("arn:aws",),
        check=_person,
        batched=True,
    ),
    Pattern(
        "directory-name",
        r"(?:cn|uid|samaccountname)=([^,=+\0\r\n\"'<>]{2,64})(?=,(?:\s?[\w-]{1,24}=[^,=\0\r\n\"'<>]{1,64},){0,6}\s?dc=)",
        placeholder="[user]",
        examples=(
            hit("uid=erika,ou=people,dc=example,dc=org", "uid=[user],ou=people,dc=example,dc=org"),
            hit("CN=Erika Gross,OU=Sales,OU=Users,DC=acme", "CN=[user],OU=Sales,OU=Users,DC=acme"),
            miss("CN=R3,O=Let's Encrypt,C=US and CN=Users,DC=acme and cn=admin,dc=x"),
        ),
        literals=("cn=", "uid=", "samaccountname="),
        over="low",
        check=_person,
        batched=True,
    ),
    Pattern(
        "field-value",
        "(?:input_value|input|value)=" + ENCLOSED,
        placeholder=FILTERED,
        examples=(
            hit(
                "1 error for Login\npassword\n  Too short [type=short, input_value='kohl', n=1]",
                "1 error for Login\npassword\n  Too short [type=short, input_value='[Filtered]', n=1]",
            ),
            miss("1 error for Login\nname\n  Too short [type=short, input_value='kohl', n=1]"),
        ),
        literals=("input", "value="),
        over="low",
        check=_of_field,
        batched=True,
    ),
    Pattern(
        "pem-base64",
        r"LS0tLS1CRUdJTi[A-Za-z0-9+/=_-]{16,16000}",
        placeholder="[pemkey]",
        examples=(
            hit("tls.key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=", "tls.key: [pemkey]"),
            miss("LS0tLS1CRUdJTi is how it begins"),
        ),
        literals=("ls0tls1crudjti",),
        batched=True,
    ),
)
