"""Rows for secrets that stand beside their name in other ways than ``name=value``.

Said in a sentence, in another language, as a pair, as an element of XML, as a short code.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.judging import OPEN_VALUES, bare_value, named, opens, parsed, quoted_value, secret_before, telling
from scrubbing.rules.keywords import BARE, ENCLOSED, IS, QUOTE, QUOTED, SECRET, TAIL
from scrubbing.rules.rows import FILTERED, STAND_IN, Pattern, compiled, hit, miss
from scrubbing.rules.values import NOT_CODE
from scrubbing.rules.views import after, before

#: How other languages call a password, and some its key; in lower case.
_FOREIGN = (
    *(
        "passwort",
        "kennwort",
        "losungswort",
        "mot de passe",
        "mot_de_passe",
        "mdp",
        "contrase\u00f1a",
        "contrasena",
        "contrasenya",
    ),
    *(
        "senha",
        "palavra-passe",
        "wachtwoord",
        "has\u0142o",
        "haslo",
        "heslo",
        "jelsz\u00f3",
        "l\u00f6senord",
        "passord",
    ),
    *("adgangskode", "kodeord", "salasana", "parola", "parol\u0103", "\u015fifre", "sifre", "lozinka", "geslo"),
    *("\u043f\u0430\u0440\u043e\u043b\u044c", "\u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2", "m\u1eadt kh\u1ea9u"),
    *("\u5bc6\u7801", "\u5bc6\u78bc", "\u53e3\u4ee4", "\u30d1\u30b9\u30ef\u30fc\u30c9", "\ube44\ubc00\ubc88\ud638"),
    *("\u0643\u0644\u0645\u0629 \u0627\u0644\u0645\u0631\u0648\u0631", "\u05e1\u05d9\u05e1\u05de\u05d4"),
)
_TOLD: Final = (
    rf"(?:name|key|id|field|header){QUOTE}?\s?[:=]\s?{QUOTE}?([\w.: -]{{1,64}}){QUOTE}?,?"
    rf"\s{{0,12}}{QUOTE}?value{QUOTE}?\s?[:=]\s?{QUOTE}?\Z"
)
_CODES: Final = (
    r"(?:verification|security|confirmation|one-time|login|sms|2fa|mfa|pass|auth\w{0,12})[ -]code\W.{0,30}\Z"
)
_NETRC: Final = r"\blogin \S{1,64}\s{1,4}(?:account \S{1,64} )?password \Z"
_SHORTEST, _LONG = 6, 16
_FEWEST, _MOST = 4, 80  # characters of a secret between quotes
#: What follows the name of a secret in a sentence: up to a word or two, then the secret.
_SAID = (
    r"(?:\s{1,2}(?:was|is|of|for user \w{1,32}|(?:changed |set |reset )?(?:to|from)|used|given|entered|supplied"
    r"|provided"
    r"|received"
    rf"|sent|[a-z]{{2,12}}:))?:?\s{{1,2}}(?:[\u201c\u2018<\[]|{QUOTE})?"
    r"([^\s\"'`\0,;)\]}>\u201d\u2019<(&\\]+)"
)
#: The same in languages in which a secret is called otherwise, with their verbs and quotes.
_SAID_ABROAD = (
    r"(?:s|en)?(?:\s{1,2}(?:ist|war|lautete?|est|\u00e9tait|es|era|\u00e8|\u00e9|(?:f\u00fcr|pour|para) \w{1,32}))?"
    r"\s?[:\uff1a]?\s{0,2}[\"'`\u201c\u201e\u2018\u201a\u00ab\u300c]?[\s\xa0]?"
    r"([^\s\"'`\0,;)\]}>\u201d\u201c\u2019\u2018\u00bb\u300d<(\u3002\uff0c]+)"
)
#: What is said of a secret between quotes rather than the secret.
_REMARKS: Final = OPEN_VALUES | {
    *("too", "short", "long", "weak", "common", "similar", "simple", "blank", "than", "more", "less", "only", "same"),
}


def _said(text: str, start: int, end: int) -> bool:
    """Tell a secret from a word of the sentence: digits among letters, and nothing of a path, a version or a call."""
    value = text[start:end].rstrip(".,:;!?")
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if len(value) < _SHORTEST or not mixed or compiled(STAND_IN).match(value) or compiled(r"0x|v\d").match(value):
        return False
    if after(text, end, 1) in ("(", "[") or compiled(r"[/\\]|\d\d:\d\d|sha\d|\A\w{2,}-\d+\Z").search(value):
        return False
    return len(value) >= _LONG or not parsed(text, start)


def _said_key(text: str, start: int, end: int) -> bool:
    return opens(text, start) and _said(text, start, end)


def _said_whole(text: str, start: int, end: int) -> bool:
    """Tell a secret of several words between quotes from a remark about one."""
    words = text[start:end].lower().split()
    if not _FEWEST <= end - start <= _MOST or len(words) == 0:
        return False
    return not _REMARKS.intersection(words) and quoted_value(text, start, end)


def _pair(text: str, start: int, end: int) -> bool:
    return quoted_value(text, start, end) and telling(text[start:end])


def _named_pair(text: str, start: int, end: int) -> bool:
    return _pair(text, start, end) and named(text, start)


def _named(text: str, start: int, end: int) -> bool:
    """Say whether the ``name`` beside a ``value`` is a secret's."""
    head = before(text, start, 120).lower()
    told = compiled(_TOLD).search(head)
    return told is not None and secret_before(f"{told[1].rstrip()}=") and quoted_value(text, start, end)


def _element(text: str, start: int, end: int) -> bool:
    value = text[start:end].strip()
    return bool(value) and compiled(STAND_IN).match(value) is None


def _code(text: str, start: int, end: int) -> bool:
    del end
    return (
        compiled(r"\b(?:gpio|board|arduino|led|port|bcm)\W{0,3}\w{0,12}\W{0,3}\Z").search(
            before(text, start, 40).lower()
        )
        is None
    )


def _signed(text: str, start: int, end: int) -> bool:
    """Tell a signature from the name of one."""
    value = text[start:end]
    return any(map(str.isdigit, value)) or not (value.islower() or value.isupper())


def _sent_code(text: str, start: int, end: int) -> bool:
    del end
    return compiled(_CODES).search(before(text, start, 80).lower()) is not None


def _after_login(text: str, start: int, end: int) -> bool:
    del end
    return compiled(_NETRC).search(before(text, start, 120).lower()) is not None


SPOKEN: Final = (
    *(
        Pattern(
            f"said-{name}",
            name + regex + _SAID,
            NOT_CODE,
            placeholder=FILTERED,
            examples=examples,
            literals=(name,),
            over="low",
            check=_said_key if name == "key" else _said,
            batched=True,
        )
        for name, regex, examples in (
            (
                "pass",
                "(?:word|wd|phrase|code)",
                (
                    hit("password hunter22 rejected", "password [Filtered] rejected"),
                    hit("wrong password 'hunter22' for x", "wrong password '[Filtered]' for x"),
                    miss("password must have 8 characters"),
                    miss("password hash sha512-crypt is weak"),
                ),
            ),
            (
                "token",
                "",
                (
                    hit("Invalid token: 0a1b2c3d4e5f6071", "Invalid token: [Filtered]"),
                    miss("token expired at 2024-05-03T10:11:12Z"),
                    miss("unexpected token v1alpha1, invalid token '0777'"),
                ),
            ),
            (
                "key",
                "(?:(?<=[a-z]key)|(?<=[a-z][_. -]key))",
                (
                    hit("API key 0a1b2c3d4e5f is not valid", "API key [Filtered] is not valid"),
                    miss("primary key 0a1b2c3d4e5f"),
                ),
            ),
            (
                "secret",
                r"s?(?:\sid)?",
                (
                    hit("the client secret 0a1b2c3d4e5f is wrong", "the client secret [Filtered] is wrong"),
                    miss("secret must have 8 characters, secrets3 is missing"),
                ),
            ),
            (
                "credential",
                "s?",
                (hit("bad credentials erika7:x", "bad credentials [Filtered]"), miss("credentials for 3 hosts")),
            ),
        )
    ),
    *(
        Pattern(
            f"foreign-{name}",
            "(?:" + "|".join(_FOREIGN) + r")(?:s|en)?\s?" + IS + body,
            NOT_CODE,
            placeholder=FILTERED,
            examples=examples,
            literals=_FOREIGN,
            over="low",
            check=check,
            batched=True,
        )
        for name, body, check, examples in (
            (
                "literal",
                QUOTED,
                quoted_value,
                (hit("Passwort: 'geheim 1'", "Passwort: '[Filtered]'"), miss("'Passwort': ''")),
            ),
            (
                "value",
                BARE,
                bare_value,
                (
                    hit("mot de passe : azerty1", "mot de passe : [Filtered]"),
                    hit("\u5bc6\u7801\uff1aabc123", "\u5bc6\u7801\uff1a[Filtered]"),
                    miss("Passwort ist falsch"),
                    miss("has\u0142o: "),
                ),
            ),
        )
    ),
    Pattern(
        "said-abroad",
        "(?:" + "|".join(_FOREIGN) + r")(?!(?<=[a-z])[._-])" + _SAID_ABROAD,
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("das Kennwort 'geheim12' ist falsch", "das Kennwort '[Filtered]' ist falsch"),
            hit("mot de passe \u00ab secret12 \u00bb refus\u00e9", "mot de passe \u00ab [Filtered] \u00bb refus\u00e9"),
            hit("\u5bc6\u7801 abc12345 \u9519\u8bef", "\u5bc6\u7801 [Filtered] \u9519\u8bef"),
            miss("das Passwort ist falsch, mot de passe incorrect"),
        ),
        literals=_FOREIGN,
        over="low",
        check=_said,
        batched=True,
    ),
    Pattern(
        "said-whole",
        r"(?:pass(?:word|phrase|code)|secret(?=\s(?:was|is|of)))"
        r"(?:\s(?:was|is|of|used|given|entered|set to|changed to))?:?\s" + ENCLOSED,
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("the passphrase was 'horse staple'", "the passphrase was '[Filtered]'"),
            miss("password is 'too short', secret is 'required'"),
        ),
        literals=("pass", "secret"),
        leads=True,
        over="low",
        check=_said_whole,
        batched=True,
    ),
    Pattern(
        "pair",
        rf"\(b?{QUOTE}[\w.-]{{2,60}}{QUOTE}"
        rf", ?b?{QUOTE}([^\"'\\\0\r\n&]+)(?={QUOTE}\)|\0|\Z)",
        placeholder=FILTERED,
        examples=(
            hit("[('db_password', 'hunter2'), ('n', 1)]", "[('db_password', '[Filtered]'), ('n', 1)]"),
            miss("fields = ('password', 'email')"),
        ),
        literals=("('", '("', "(b'", '(b"', "(\\", "(&"),
        over="low",
        check=_named_pair,
        batched=True,
    ),
    Pattern(
        "login-call",
        r"(?:auth|login)\s?(?:=\s?)?\(\s?"
        + QUOTE
        + r"[^\"'\\\0\r\n&]{1,80}"
        + QUOTE
        + ", ?"
        + QUOTE
        + r"([^\"'\\\0\r\n&]+)(?=[\\\"'&\0]|\Z)",
        placeholder=FILTERED,
        examples=(
            hit("get(url, auth=('erika', 'hunter2'))", "get(url, auth=('erika', '[Filtered]'))"),
            hit("HTTPBasicAuth('erika', 'hunter2')", "HTTPBasicAuth('erika', '[Filtered]')"),
            miss("login('user', 'password') and auth('x')"),
        ),
        literals=("auth", "login"),
        leads=True,
        over="low",
        check=_pair,
        batched=True,
    ),
    Pattern(
        "named-value",
        rf"value{QUOTE}?\s?[:=]\s?(?:{QUOTE}([^\"'\\\0\r\n&]+)|([^\s\"'\\\0,;<>{{}}()\[\]&]{{3,}}))",
        placeholder=FILTERED,
        examples=(
            hit('<add key="ApiKey" value="0a1b2c"/>', '<add key="ApiKey" value="[Filtered]"/>'),
            hit('{"name": "DB_PASSWORD", "value": "x1"}', '{"name": "DB_PASSWORD", "value": "[Filtered]"}'),
            hit(
                "- name: API_SECRET\n  value: x1y2\n- name: TZ\n  value: UTC",
                "- name: API_SECRET\n  value: [Filtered]\n- name: TZ\n  value: UTC",
            ),
            miss('{"name": "colour", "value": "x1"}'),
        ),
        literals=("value",),
        over="low",
        check=_named,
        batched=True,
    ),
    Pattern(
        "element",
        rf">([^<>\0]{{1,400}})</[\w:.-]{{0,30}}?{SECRET}{TAIL}>",
        placeholder=FILTERED,
        examples=(
            hit("<db:Password>hunter2</db:Password>", "<db:Password>[Filtered]</db:Password>"),
            miss("<name>x</name> <Password></Password>"),
        ),
        literals=("</",),
        over="low",
        check=_element,
        batched=True,
    ),
    Pattern(
        "short-code",
        r"(?:pin|cvv2?|cvc2?|otp|totp|tan|puk)(?<![a-z](?:pin|cvv|cvc|otp|tan|puk))(?<![a-z](?:cvv2|cvc2|totp))"
        r"(?:[ _-]?code)?[\"']?\s{0,2}[:=]\s{0,2}[\"']?(\d{3,8})(?!\w|\.\w)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("PIN: 4711, cvv=123", "PIN: [Filtered], cvv=[Filtered]"),
            miss("spin: 4711, pin=17, GPIO pin: 104"),
        ),
        literals=("pin", "cvv", "cvc", "otp", "totp", "tan", "puk"),
        leads=True,
        over="low",
        check=_code,
        batched=True,
    ),
    Pattern(
        "code-said",
        r"code(?:\s(?:is|was|for \w{1,20} is))?:?\s{1,2}[\"']?(\d{4,8})(?!\w|\.\w)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("your verification code is 123456", "your verification code is [Filtered]"),
            miss("exit code 1234, error code: 10054"),
        ),
        literals=("code",),
        over="low",
        check=_sent_code,
        batched=True,
    ),
    Pattern(
        "signature",
        r"sig(?:nature)?(?<![a-z]sig)(?<![a-z]signature)=([\w%+/=-]{12,})",
        placeholder=FILTERED,
        examples=(
            hit("sr=x&sig=aB3dE5fG7hJ9%3D&se=1", "sr=x&sig=[Filtered]&se=1"),
            hit("Credential=x, Signature=fe5f80f77d5fa3be", "Credential=x, Signature=[Filtered]"),
            miss("signature=None design=abcdefghijklm"),
        ),
        literals=("sig",),
        over="low",
        check=_signed,
        batched=True,
    ),
    Pattern(
        "netrc",
        r"password (?<=[\s\0]password )([^\s\0]+)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("machine x login y password hunter", "machine x login y password [Filtered]"),
            miss("the login password is missing"),
        ),
        literals=("password ",),
        over="low",
        check=_after_login,
        batched=True,
    ),
)
