"""Rows for what stands for machines in networks: IP and hardware addresses, and logins at hosts.

An address is confirmed by its groups and left alone where it is a version, a hash, a time or a slice; loopback and the
addresses of nobody stay.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.rows import Pattern, compiled, hit, miss
from scrubbing.rules.views import after, before

_OCTET_END = 256
_GROUPS, _GROUP_DIGITS, _SHORTEST_IPV6 = 8, 4, 6  # 2001:: has six characters
_NETWORKS_OF_NOBODY: Final = ("127.", "0.0.0.0", "255.")  # noqa: S104 - written in texts, bound by nobody here
_VERSION_BEFORE: Final = (
    r"(?:[~^]|version[\s:=\"'(]{0,4}|(?:\A|[^a-z])(?:v|ver\.?|version>|release|rel|rev|revision|build|firmware|driver|sdk|python|windows"
    r"|chrome|java)[\s:=\"'(]{0,4}"
    r"|[a-z]/|[a-z][-_]|\xa7\s?|(?:==|[<>~!^]=)\s?)\Z"
    r"|\b(?:section|sec\.|chapter|clause|paragraph|appendix|rule|assembly|plugin|kernel|runtime"
    r"|(?:updated?|upgraded?|downgraded?|bumped?)(?: to| from)?|patch|release|schema|oid|table|tag|bios|uefi|api level"
    r"|openssl|openssh|imagemagick|ghostscript|sql server|v8|cuda"
    r"|jdk|jre|gcc|clang|chromium|electron|directx|opencv|gdal|gecko|webkit|acrobat)[\s:]{1,3}\Z"
    r"|\b(?:image|pull(?:ing|ed)?|container)\W{1,3}[\w./-]{1,24}:\Z"
)
_VERSION_AFTER: Final = (
    r"[-+._]?(?:[A-Za-z]{1,8}\d*\b(?!:)|[A-Za-z])|-\d{1,2}(?:ubuntu|build|deb|[+~]|\.(?:el|fc|amzn))"
    r"|\.(?:tar|whl|zip|gz|exe|dll|jar|deb|rpm)"
    r"|(?i:\s(?:\((?:build|rev|x\d|\d\d-bit)|releas|install|or (?:later|newer|higher|above)|requir|is requir|beta"
    r"|alpha|x64|amd64|build))"
)
#: Accounts that repositories are reached through; they name nobody.
NO_MAILBOX: Final = frozenset({"git", "hg", "svn", "ssh"})
_REMOTE: Final = r"(?:\A|[^\w.-])(?:ssh|scp|sftp|rsync|mosh|autossh|sshfs|ssh-copy-id)(?:\s[^\n|;]*|:)\Z"


def remote(text: str, start: int) -> bool:
    """Say whether what stands here is a login at a host, behind the name of a tool that takes one."""
    return compiled(_REMOTE).search(before(text, start, 160)) is not None


def _login(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() not in NO_MAILBOX and text[end : end + 1] == "@" and remote(text, start)


def escaped(text: str, start: int) -> bool:
    """Say whether what stands before is the end of an escape rather than a letter or digit."""
    return compiled(r"(?:\\[nrt]|%[0-9A-Fa-f]{2}|\\u00[0-9a-f]{2})\Z").search(before(text, start, 6)) is not None


def _own_word(text: str, start: int, end: int) -> bool:
    del end
    return not text[max(0, start - 4) : start - 3].isalnum()


def _ipv4(text: str, start: int, end: int) -> bool:
    address = text[start:end]
    octets = address.split(".")
    if any(len(octet) > 1 and octet[0] == "0" for octet in octets) or any(int(octet) >= _OCTET_END for octet in octets):
        return False
    if address.startswith(_NETWORKS_OF_NOBODY):
        return False
    head = before(text, start, 32)
    if compiled(r"[\w.]\Z").search(head):
        return escaped(text, start)
    if compiled(_VERSION_BEFORE).search(head.lower()) or (compiled(r"\w@\Z").search(head) and len(octets[0]) == 1):
        return False
    rest = after(text, end, 16)
    revised = len(octets[0]) == 1 and compiled(r"-\d{1,2}(?![\w.-])").match(rest) is not None  # as in 3.0.1.9-2
    return not revised and compiled(_VERSION_AFTER).match(rest) is None


def _ipv6(text: str, start: int, end: int) -> bool:
    address = text[start:end].partition("%")[0].rstrip(".")
    short = address.count("::")
    if short > 1 or (not short and address.count(":") != _GROUPS - 1) or len(address) < _SHORTEST_IPV6:
        return False
    if (compiled(r"[\w:.]\Z").search(before(text, start, 1)) and not escaped(text, start)) or compiled(
        r"\w|:[\da-fA-F:]"
    ).match(after(text, end, 2)):
        return False
    groups = [group for group in address.split(":") if group]
    if any(len(group) > _GROUP_DIGITS for group in groups):
        return False
    if not short:
        return len(groups) == _GROUPS
    telling = sum(map(len, groups)) >= _GROUP_DIGITS and any(map(str.isdigit, address))
    return len(groups) < _GROUPS and telling and set("".join(groups)) != {"0"}


def _mac(text: str, start: int, end: int) -> bool:
    if (compiled(r"[\w:]\Z|[\da-fA-F]-\Z").search(before(text, start, 2)) and not escaped(text, start)) or compiled(
        r"\w|:[\da-fA-F:]|-[\da-fA-F]"
    ).match(after(text, end, 2)):
        return False
    octets = compiled("[:-]").split(text[start:end].lower())
    short = any(len(octet) == 1 for octet in octets)  # as macOS writes them
    if short and not any(char in "abcdef" for octet in octets for char in octet):
        return False
    return {octet.zfill(2) for octet in octets} not in ({"00"}, {"ff"})


def _mac_dotted(text: str, start: int, end: int) -> bool:
    digits = text[start:end].replace(".", "")
    return any(map(str.isdigit, digits)) and any(map(str.isalpha, digits)) and not before(text, start, 1).isalnum()


NETWORK: Final = (
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
            miss("frob-1.2.3.4.tar.gz, libfrob (3.0.1.9-2) over 30.0.1.8-1ubuntu2"),
        ),
        literals=("0.0",),
        over="shape",
        before=r"\d{0,2}",
        check=_ipv4,
        batched=True,
    ),
    Pattern(
        "ipv6",
        r":[0-9a-f]{0,4}:[0-9a-f:]{0,40}(?<![^:]:)(?:\.?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?:%[\w.]{1,16})?",
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
        "ip-dashed",
        r"ip-(\d{1,3}(?:-\d{1,3}){3})(?![\w-])",
        placeholder="[ip]",
        examples=(hit("at ip-10-0-3-17.ec2.internal", "at ip-[ip].ec2.internal"), miss("ip-10-0-3, zip-10-0-3-17")),
        literals=("ip-",),
        over="low",
        check=_own_word,
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
        r"\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w-]|\.\w)",
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
        r"(?:hw_?addr|(?<![a-z])mac(?:[ _-]?addr(?:ess)?)?|bssid|lladdr|ether)"
        r"\\?[\"']?[ =:]{1,3}\\?[\"']?([0-9a-f]{12})(?!\w)",
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
            hit("restic -r sftp:erika@nas:/backup", "restic -r sftp:[user]@nas:/backup"),
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
)
