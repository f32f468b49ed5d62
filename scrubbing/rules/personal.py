"""Rows for data about people and networks: mail, IP and MAC addresses, cards, accounts, social security numbers.

Numbers are confirmed by what makes them real (check digits, ranges, lengths), and left alone where they stand as
versions, hashes, times or parts of something longer. Rules for digits look at the shape of the text, where every
digit is the literal ``0``.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.rows import Pattern, compiled, hit, miss
from scrubbing.rules.views import after, before

_OCTET_END = 256
_GROUPS, _GROUP_DIGITS, _SHORTEST_IPV6 = 8, 4, 6  # 2001:: has six characters
_NETWORKS_OF_NOBODY: Final = ("127.", "0.0.0.0", "255.")  # noqa: S104 - written in texts, bound by nobody here
_VERSION_BEFORE: Final = (
    r"(?:[~^]|version[\s:=\"'(]{0,4}|(?:\A|[^a-z])(?:v|ver|release|rel|rev|revision|build|firmware|driver|sdk|python|windows|chrome|java)[\s:=\"'(]{0,4}"
    r"|[a-z]/|[a-z][-_]|\xa7\s?|(?:==|[<>~!^]=)\s?)\Z|\b(?:section|sec\.|chapter|clause|paragraph|appendix|rule|assembly|plugin|kernel|runtime"
    r"|update|upgrade|patch|release|schema|oid)[\s:]{1,3}\Z"
)
_VERSION_AFTER: Final = (
    r"[-+._]?(?:[A-Za-z]{1,8}\d*\b(?!:)|[A-Za-z])|\.(?:tar|whl|zip|gz|exe|dll|jar|deb|rpm)"
    r"|\s(?:releas|install|or (?:later|newer|higher|above)|requir|is requir|beta|alpha|x64|amd64|build)"
)
_ENDINGS = """
png jpg jpeg gif svg webp ico py pyc js ts css html so dll exe txt json whl gz zip tgz xml yml yaml toml md
service socket timer slice target mount scope device
"""
#: File names and service units look like mail addresses at times: logo@2x.png, getty@tty1.service.
_NO_TLD: Final = frozenset(_ENDINGS.split())
_NO_MAILBOX: Final = frozenset({"git", "hg", "svn", "ssh"})
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
    return known and len(set(digits)) > 1 and luhn(digits)


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


def _ipv4(text: str, start: int, end: int) -> bool:
    address = text[start:end]
    octets = address.split(".")
    if any(len(octet) > 1 and octet[0] == "0" for octet in octets) or any(int(octet) >= _OCTET_END for octet in octets):
        return False
    if address.startswith(_NETWORKS_OF_NOBODY):
        return False
    head = before(text, start, 32)
    if compiled(r"[\w.]\Z").search(head):
        return compiled(r"\\[nrt]\Z|%[0-9A-Fa-f]{2}\Z").search(head) is not None
    if compiled(_VERSION_BEFORE).search(head.lower()) or (head.endswith("@") and len(octets[0]) == 1):
        return False
    return compiled(_VERSION_AFTER).match(after(text, end, 16)) is None


def _ipv6(text: str, start: int, end: int) -> bool:
    address = text[start:end].partition("%")[0].rstrip(".")
    short = address.count("::")
    if short > 1 or (not short and address.count(":") != _GROUPS - 1) or len(address) < _SHORTEST_IPV6:
        return False
    if compiled(r"[\w:.]\Z").search(before(text, start, 1)) or compiled(r"[\w:]").match(after(text, end, 1)):
        return False
    groups = [group for group in address.split(":") if group]
    if any(len(group) > _GROUP_DIGITS for group in groups):
        return False
    if not short:
        return len(groups) == _GROUPS
    telling = sum(map(len, groups)) >= _GROUP_DIGITS and any(map(str.isdigit, address))
    return len(groups) < _GROUPS and telling and set("".join(groups)) != {"0"}


def _mac(text: str, start: int, end: int) -> bool:
    if compiled(r"[\w:]\Z|[\da-fA-F]-\Z").search(before(text, start, 2)) or compiled(r"[\w:]|-[\da-fA-F]").match(
        after(text, end, 2)
    ):
        return False
    octets = compiled("[:-]").split(text[start:end].lower())
    short = any(len(octet) == 1 for octet in octets)  # as macOS writes them
    if short and not any(char in "abcdef" for octet in octets for char in octet):
        return False
    return {octet.zfill(2) for octet in octets} not in ({"00"}, {"ff"})


def _mac_dotted(text: str, start: int, end: int) -> bool:
    digits = text[start:end].replace(".", "")
    return any(map(str.isdigit, digits)) and any(map(str.isalpha, digits)) and not before(text, start, 1).isalnum()


_REMOTE: Final = r"(?:\A|[\s/\"'`(\[])(?:ssh|scp|sftp|rsync|mosh|autossh|sshfs|ssh-copy-id)\s[^\n|;]*\Z"


def _remote(text: str, start: int) -> bool:
    """Say whether what stands here is a login at a host, behind the name of a tool that takes one."""
    return compiled(_REMOTE).search(before(text, start, 160)) is not None


def _login(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() not in _NO_MAILBOX and text[end : end + 1] == "@" and _remote(text, start)


def _mail(text: str, start: int, end: int) -> bool:
    local, _, domain = text[start:end].lower().replace("%40", "@").partition("@")
    labels = domain.split(".")
    if compiled(r"://[^\s/@]*\Z").search(before(text, start, 160)):
        return False  # user and password of a URL, which another row finds whole
    if _remote(text, start):
        return False  # the host may be said: see "remote-login"
    if local in _NO_MAILBOX or labels[-1] in _NO_TLD or local.startswith("."):
        return False
    return not all(label.isdigit() for label in labels[:-1]) and not after(text, end, 1).startswith("(")


_MAIL_DOMAIN: Final = r"[^\W_](?:[\w-]{0,62}\.){1,8}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})(?![\w@])"
_MAILBOX: Final = r"[\w+%.-]{0,63}[\w+]"

PERSONAL: Final = (
    Pattern(
        "email",
        "@" + _MAIL_DOMAIN,
        examples=(
            hit("mail to erika.m+x@post.example.org failed", "mail to [email] failed"),
            hit("<jörg@müller.example>", "<[email]>"),
            miss("git@github.com:org/x.git"),
            miss("@pytest.mark.slow"),
            miss("x==1.2 frob@1.4.2 logo@2x.png getty@tty1.service"),
            miss("git+https://example.org/x@main"),
        ),
        literals=("@",),
        over="low",
        before=_MAILBOX,
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
        "ipv4",
        r"0\.0{1,3}\.0{1,3}\.0{1,3}(?![0])(?!\.0)",
        placeholder="[ip]",
        examples=(
            hit("peer 192.168.178.21:5353 left", "peer [ip]:5353 left"),
            hit("http://10.1.2.3/x", "http://[ip]/x"),
            hit("from 8.8.8.8.", "from [ip]."),
            hit("10.0.0.5-10.0.0.9", "[ip]-[ip]"),
            miss("bound to 127.0.0.1:80 and 0.0.0.0, mask 255.255.255.0"),
            miss("1.2.3.4-beta"),
            miss("driver version 10.0.3.1, app_version=4.3.2.1"),
            hit("src=10.1.2.3 <10.1.2.4> root@10.1.2.5", "src=[ip] <[ip]> root@[ip]"),
            miss("pkg==1.2.3.4 pkg>=1.2.3.4 frob@1.2.3.4 v1.2.3.4"),
            miss("Chrome/120.0.6.109 Safari/5.6.7.8"),
            miss("oid 1.3.6.1.4.1 and 300.1.2.3 and 01.02.03.04"),
            miss("frob-1.2.3.4.tar.gz"),
        ),
        literals=("0.0",),
        over="shape",
        before=r"\d{0,2}",
        check=_ipv4,
        batched=True,
    ),
    Pattern(
        "ipv6",
        r":[0-9a-f]{0,4}:[0-9a-f:]{0,40}(?:\.?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?:%[\w.]{1,16})?",
        placeholder="[ip]",
        examples=(
            hit("peer 2001:db8:1:2:3:4:5:6 left", "peer [ip] left"),
            hit("http://[fd12:3456::1]:8080/x", "http://[[ip]]:8080/x"),
            hit("fe80::1%eth0 up", "[ip] up"),
            miss("bound to [::1]:80 and ::"),
            miss("pytest test_x.py::test_y and std::vector"),
            miss("at 12:34:56 and 12:34:56:78"),
            miss("x[::2] and y[1::2]"),
        ),
        literals=(":",),
        over="low",
        before=r"[0-9a-f]{0,4}",
        check=_ipv6,
        batched=True,
    ),
    Pattern(
        "mac",
        r":[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){4}",
        examples=(
            hit("ether 02:42:ac:11:00:02 up", "ether [mac] up"),
            miss("ff:ff:ff:ff:ff:ff"),
            hit("0:1b:44:11:3a:b7", "[mac]"),
            miss("sha 02:42:ac:11:00:02:aa:bb:cc:dd, 1:2:3:4:5:6"),
        ),
        literals=(":",),
        over="low",
        before=r"[0-9a-f]{1,2}",
        check=_mac,
        batched=True,
    ),
    Pattern(
        "mac-dashed",
        r"-[0-9a-f]{2}(?:-[0-9a-f]{2}){4}",
        placeholder="[mac]",
        examples=(hit("02-42-AC-11-00-02", "[mac]"), miss("00-00-00-00-00-00"), miss("2024-05-01-12-01-59-00")),
        literals=("-",),
        over="low",
        before=r"[0-9a-f]{2}",
        check=_mac,
        batched=True,
    ),
    Pattern(
        "mac-dotted",
        r"\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.-])",
        placeholder="[mac]",
        examples=(
            hit("mac 001b.4411.3ab7 seen", "mac [mac] seen"),
            miss("1234.5678.9012 dead.beef.feed.face abc.face.cafe"),
        ),
        literals=(".",),
        over="low",
        before=r"[0-9a-f]{4}(?![\w.-])",
        check=_mac_dotted,
        batched=True,
    ),
    Pattern(
        "mac-plain",
        r"(?:hw_?addr|(?<![a-z])mac(?:[ _-]?addr(?:ess)?)?|bssid|lladdr|ether)\\?[\"']?[ =:]{1,3}\\?[\"']?([0-9a-f]{12})(?!\w)",
        placeholder="[mac]",
        examples=(hit("HWaddr 001B44113AB7 up", "HWaddr [mac] up"), miss("hmac 001b44113ab7, mac os")),
        literals=("hw", "mac", "bssid", "lladdr", "ether"),
        over="low",
        batched=True,
    ),
    Pattern(
        "remote-login",
        r"(?=@[\w\[])",
        placeholder="[user]",
        examples=(
            hit("ssh erika@build7 failed", "ssh [user]@build7 failed"),
            hit("scp x erika@build.example.org:/srv", "scp x [user]@build.example.org:/srv"),
            miss("ssh git@example.org; look@me, npm i frob@1.2"),
        ),
        literals=("ssh", "scp", "sftp", "rsync", "mosh"),
        over="low",
        before=r"[\w.+-]{1,32}(?![\w.+-])",
        check=_login,
        batched=True,
    ),
    Pattern(
        "prompt",
        r"@[\w.-]{1,63}(?=:~|:/[^\s\0]{0,80}[$#](?:\s|\Z|\0))",
        placeholder="[user]",
        examples=(hit("erika@laptop:~/x$ ls", "[user]:~/x$ ls"), miss("git@example.org:x/y and a@b:c")),
        literals=("@",),
        over="low",
        before=r"[\w.+-]{1,32}(?![\w.+-])",
        batched=True,
    ),
    Pattern(
        "ssh-key",
        r"aaaa(?<![\w+/=]aaaa)[\w+/=]{20,16000}\s([^\s@\0]{1,64}@[^\s\0]{1,64})",
        placeholder="[user]",
        examples=(
            hit("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ erika@pc", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ [user]"),
            miss("ssh-rsa AAAA"),
        ),
        literals=("aaaa",),
        over="low",
        batched=True,
    ),
    Pattern(
        "ip-dashed",
        r"ip-(\d{1,3}(?:-\d{1,3}){3})(?![\w-])",
        placeholder="[ip]",
        examples=(hit("at ip-10-0-3-17.ec2.internal", "at ip-[ip].ec2.internal"), miss("ip-10-0-3, zip-10-0-3-17")),
        literals=("ip-",),
        over="low",
        check=lambda text, start, _: not text[max(0, start - 4) : start - 3].isalnum(),
        batched=True,
    ),
    Pattern(
        "creditcard",
        r"0000(?<![0Aa_.-]0000)"
        r"(?:0{10,15}|(?: 0000){3}(?: 000)?|(?:-0000){3}(?:-000)?| 0{6} 0{4,5}|-0{6}-0{4,5})(?![0Aa_-]|\.0)",
        examples=(
            hit("charge 4242 4242 4242 4242 declined", "charge [creditcard] declined"),
            hit("card 5555555555554444.", "card [creditcard]."),
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
        r"AA00(?<![0Aa_]AA00)(?: ?[0A]{4}){2,7}(?: ?[0A]{1,4})?(?![0Aa_])",
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
        r"aa00(?<![0Aa_]aa00)[0a]{11,30}(?![0Aa_])",
        placeholder="[iban]",
        examples=(hit("gb33bukb20201555555555", "[iban]"), miss("gb33bukb20201555555556 ab12cdefghijklmnop")),
        literals=("aa00",),
        over="shape",
        check=_iban,
        batched=True,
    ),
    Pattern(
        "us-ssn",
        r"000-00-0000(?<![0Aa_-]000-00-0000)(?![0Aa_-])",
        examples=(hit("ssn 219-09-9999 taken", "ssn [us-ssn] taken"), miss("part 900-12-3456"), miss("1219-09-9999")),
        literals=("000-00-0000",),
        over="shape",
        check=_ssn,
        batched=True,
    ),
)
