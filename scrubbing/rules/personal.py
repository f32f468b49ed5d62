"""Rows for data about people: mail addresses, cards, accounts, social security numbers.

Numbers are confirmed by what makes them real (check digits, ranges, lengths), and left alone where they stand as
versions, hashes, times or parts of something longer. Rules for digits look at the shape of the text, where every
digit is the literal ``0``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from scrubbing.rules.network import NO_MAILBOX, remote
from scrubbing.rules.rows import Pattern, apart, compiled, hit, miss
from scrubbing.rules.views import after, before

_ENDINGS = """
png jpg jpeg gif svg webp ico py pyc js ts css html so dll exe txt json whl gz zip tgz xml yml yaml toml md
service socket timer slice target mount scope device catalog header conf
"""
#: File names and service units look like mail addresses at times: logo@2x.png, getty@tty1.service.
_NO_TLD: Final = frozenset(_ENDINGS.split())
_COUNTRIES = """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28
LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25
QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
"""
#: ISO 3166 code of each country with IBANs, and the length of those.
_IBAN_LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _COUNTRIES.split()}

#: First and last number that a kind of card begins with, and how many digits it has.
_ISSUERS: Final = (
    ("4", "4", (16, 19)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("30", "30", (14,)),
    ("36", "36", (14,)),
    ("38", "39", (14,)),
    ("3528", "3589", (16,)),
    ("50", "50", (16,)),
    ("56", "58", (16,)),
    ("60", "60", (16, 19)),
    ("62", "65", (16, 19)),
    ("67", "67", (16, 19)),
)


def _card(text: str, start: int, end: int) -> bool:
    digits = "".join(filter(str.isdigit, text[start:end]))
    known = any(first <= digits[: len(first)] <= last and len(digits) in lengths for first, last, lengths in _ISSUERS)
    return known and len(set(digits)) > 1 and luhn(digits) and not _counted(text[start:end])


def _counted(text: str) -> bool:
    """Say whether groups of digits go up by little, as in a table."""
    groups = [int(group) for group in compiled("[ -]").split(text)]
    steps = {after - before for before, after in pairwise(groups)}
    return len(groups) > 3 and all(0 < step < 16 for step in steps)  # noqa: PLR2004 - a card's four groups, and a row of a table


def luhn(digits: str) -> bool:
    """Say whether the last digit checks the others, as on cards and in devices (ISO/IEC 7812-1)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _iban(text: str, start: int, end: int) -> bool:
    compact = "".join(filter(str.isalnum, text[start:end])).upper()
    if _IBAN_LENGTHS.get(compact[:2]) != len(compact):
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _ssn(text: str, start: int, end: int) -> bool:
    del end
    area, group, serial = text[start : start + 3], text[start + 4 : start + 6], text[start + 7 : start + 11]
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def _mail(text: str, start: int, end: int) -> bool:
    local, _, domain = text[start:end].lower().replace("%40", "@").partition("@")
    labels = domain.split(".")
    if compiled(r"://[^\s/@]*\Z").search(before(text, start, 160)):
        return False  # user and password of a URL, which another row finds whole
    if remote(text, start):
        return False  # the host may be said: see "remote-login"
    if local in NO_MAILBOX or labels[-1] in _NO_TLD or local.startswith("."):
        return False
    return not all(label.isdigit() for label in labels[:-1]) and not after(text, end, 1).startswith("(")


_MAIL_DOMAIN: Final = r"[^\W_](?:[\w-]{0,62}\.){1,8}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})(?![\w@])"
_MAILBOX: Final = r"[\w+%.-]{0,63}[\w+]"
#: A mailbox in which another address stands, as mailing lists name the one a mail came back from:
#: ``bounce+erika=example.org@lists.example``; turned round, since it is read from its end.
_RETURNED: Final = (
    r"[^\W\d_]{2,24}(?:\.[\w-]{1,63}){1,4}=[\w%.-]{1,64}"
    r"(?:\+[\w.-]{1,32}|-(?:s?ecnuob|s?nruter|prev|renwo|rorre|nimda|tsil)[\w.-]{0,16})"
)

PERSONAL: Final = (
    Pattern(
        "email",
        "@" + _MAIL_DOMAIN,
        examples=(
            hit("mail to erika.m+x@post.example.org failed", "mail to [email] failed"),
            hit("<jörg@müller.example>", "<[email]>"),
            hit("<bounce+erika=example.org@lists.example>", "<[email]>"),
            hit("to=erika@example.org", "to=[email]"),
            miss("git@github.com:org/x.git"),
            miss("@pytest.mark.slow"),
            miss("x==1.2 frob@1.4.2 logo@2x.png getty@tty1.service"),
            miss("git+https://example.org/x@main"),
        ),
        literals=("@",),
        over="low",
        before=rf"(?:{_RETURNED}|{_MAILBOX})",
        check=_mail,
        batched=True,
    ),
    Pattern(
        "email-quoted",
        "%40" + _MAIL_DOMAIN,
        placeholder="[email]",
        examples=(hit("?to=erika%40example.org&n=1", "?to=[email]&n=1"), miss("frob%401.4.2")),
        literals=("%40",),
        over="low",
        before=_MAILBOX,
        check=_mail,
        batched=True,
    ),
    Pattern(
        "creditcard",
        "0000(?=[ 0-])"
        + apart("0000", "0Aa_.-")
        + r"(?:0{10,15}|(?: 0000){3}(?: 000)?|(?:-0000){3}(?:-000)?| 0{6} 0{4,5}|-0{6}-0{4,5})(?![0Aa_-]|\.0)",
        examples=(
            hit("charge 4242 4242 4242 4242 declined", "charge [creditcard] declined"),
            hit("card 5555555555554444.", "card [creditcard]."),
            hit("GET /cards/4242424242424242/x", "GET /cards/[creditcard]/x"),
            hit("3782-822463-10005", "[creditcard]"),
            miss("at 1453843029218310 us"),
            miss("id 4242424242424241"),
            miss("0.4242424242424242"),
            miss("a4242424242424242f"),
        ),
        literals=("0000",),
        over="shape",
        check=_card,
        batched=True,
    ),
    Pattern(
        "iban",
        "AA00" + apart("AA00") + r"(?: ?[0A]{4}){2,7}(?: ?[0A]{1,4})?(?![0Aa_])",
        examples=(
            hit("to DE02 1203 0000 0000 2020 51 today", "to [iban] today"),
            hit("GB33BUKB20201555555555", "[iban]"),
            miss("DE02 1203 0000 0000 2020 52"),
            miss("AB12 CDEF 3456"),
        ),
        literals=("AA00",),
        over="shape",
        check=_iban,
        batched=True,
    ),
    Pattern(
        "iban-lower",
        "aa00" + apart("aa00") + r"[0a]{11,30}(?![0Aa_])",
        placeholder="[iban]",
        examples=(hit("gb33bukb20201555555555", "[iban]"), miss("gb33bukb20201555555556 ab12cdefghijklmnop")),
        literals=("aa00",),
        over="shape",
        check=_iban,
        batched=True,
    ),
    Pattern(
        "us-ssn",
        "000-00-0000" + apart("000-00-0000", "0Aa_-") + r"(?![0Aa_-])",
        examples=(hit("ssn 219-09-9999 taken", "ssn [us-ssn] taken"), miss("part 900-12-3456"), miss("1219-09-9999")),
        literals=("000-00-0000",),
        over="shape",
        check=_ssn,
        batched=True,
    ),
)
