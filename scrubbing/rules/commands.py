"""Rows for secrets on command lines: behind a sensitive flag, and behind the short flags of tools that take one.

A short flag means what its tool says: ``-p`` is a password for mysql and a port for docker. So the tool's name is
looked for before it, in the same command.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.judging import OPEN_VALUES
from scrubbing.rules.keywords import SECRET, TAIL
from scrubbing.rules.rows import FILTERED, STAND_IN, Pattern, compiled, hit, miss
from scrubbing.rules.values import NOT_CODE
from scrubbing.rules.views import before

_SENSITIVE_FLAG = rf"(?:{SECRET}|passw|auth|pin){TAIL}"
#: Which tools take a secret behind a short flag.
_TAKERS: Final = {
    "p": (
        r"mysql\w*|mariadb\w*|sshpass|mongo\w*|docker login|podman login|helm registry login|7z[ar]?|rar|unrar|sqlplus"
        r"|influx|snmp\w+|lftp|htpasswd|az login|psexec\w*|winexe|smbmap|evil-winrm|sshfs"
    ),
    "P": r"zip|unzip|ipmitool|sqlcmd|bcp|mosquitto_\w+|isql|tsql",
    "a": r"redis-\w+|valkey-\w+",
    "w": r"ldap\w+|sqlldr|rdesktop",
    "W": r"mongo\w*|ejabberdctl",
    "A": r"snmp\w+",
    "X": r"snmp\w+",
}
#: Which tools take ``user:password``.
_LOGIN_TAKERS: Final = r"curl|wget|https?|xh|smbclient|rpcclient|net|nc|aria2c|lynx|svn"


def _command(text: str, start: int) -> str:
    """Give what stands before `start` in the same command."""
    return compiled(r"[\n|;&]").split(before(text, start, 240))[-1]


def _flag_value(text: str, start: int, end: int) -> bool:
    value = text[start:end]
    usage = value.isupper() and value.isalpha()
    return not usage and value.lower().rstrip(".,:;") not in OPEN_VALUES and compiled(STAND_IN).match(value) is None


def _option(text: str, start: int, end: int) -> bool:
    """Tell a flag behind a slash from a path: Windows' tools write a colon behind it."""
    flag = before(text, start, 48).rstrip("\"'").rpartition(" /")[2]
    return (":" in flag or "=" in flag or " -" in flag) and _flag_value(text, start, end)


def _after_tool(text: str, start: int, end: int) -> bool:
    head = _command(text, start)
    flag = head.rstrip(" ")[-1:]
    tools = _TAKERS.get(flag)
    if tools is None or compiled(STAND_IN).match(text, start, end):
        return False
    found = compiled(rf"\b(?:{tools})(?:\.exe)?\s").search(head)
    return found is not None and compiled(r"\s(?:ssh|scp|sftp|rsync)\s").search(head, found.end() - 1) is None


def _after_login_tool(text: str, start: int, end: int) -> bool:
    del end
    return compiled(rf"(?:^|[^\w.-])(?:{_LOGIN_TAKERS})\s").search(_command(text, start)) is not None


COMMANDS: Final = (
    Pattern(
        "flag",
        r"--(?<![\w.-]--)[\w.-]{0,40}?"
        + _SENSITIVE_FLAG
        + r"(?![\w-])(?:[ =]{1,2}|[\"'],\s?[\"'])[\"']?((?!-)[^\s\"'\0,\])}]+)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("tool --password hunter2 -v", "tool --password [Filtered] -v"),
            hit("['tool', '--db-password', 'hunter2', '-v']", "['tool', '--db-password', '[Filtered]', '-v']"),
            hit("--api-key=0a1b2c3d", "--api-key=[Filtered]"),
            miss("--token requires a value"),
            miss("error: argument --password: expected one argument"),
            miss("--password-file x --tokenizer bert --password --verbose"),
            miss("usage: tool --token TOKEN --secret <secret>"),
        ),
        literals=("--",),
        over="low",
        check=_flag_value,
        batched=True,
    ),
    Pattern(
        "flag-quoted",
        r"--(?<![\w.-]--)[\w.-]{0,40}?" + _SENSITIVE_FLAG + r"[ =](?:\"([^\"\0\r\n]+)\"|'([^'\0\r\n]+)')",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("tool --password='hunter 2' -v", "tool --password='[Filtered]' -v"),
            miss("'--password' and '--token'"),
        ),
        literals=("--",),
        over="low",
        check=_flag_value,
        batched=True,
    ),
    Pattern(
        "flag-single",
        r" [-/](?:(?:store|key|trust)pass|"
        + _SENSITIVE_FLAG
        + r")(?<! -p)[ =:](?:pass:)?[\"']?((?![-/])[^\s\"'\0,\])}]+)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("keytool -storepass hunter2 -list", "keytool -storepass [Filtered] -list"),
            hit("openssl x -pass pass:hunter2 -in f", "openssl x -pass pass:[Filtered] -in f"),
            hit("net user x /password:hunter2 /add", "net user x /password:[Filtered] /add"),
            miss("tool -token -v, GET /token?x=1, see /password"),
        ),
        literals=(" -", " /"),
        leads=True,
        over="low",
        check=_option,
        batched=True,
    ),
    Pattern(
        "flag-p",
        r" -[aApPwWX] ?[\"']?([^\s\"'\0-][^\s\"'\0]*)",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("mysql -u root -phunter2 shop", "mysql -u root -p[Filtered] shop"),
            hit("sshpass -p hunter2 ssh x", "sshpass -p [Filtered] ssh x"),
            hit("az login -u x -p hunter2 -t y", "az login -u x -p [Filtered] -t y"),
            hit("docker login -u x -p hunter2 r", "docker login -u x -p [Filtered] r"),
            hit("redis-cli -a hunter2 ping", "redis-cli -a [Filtered] ping"),
            hit("unzip -P hunter2 a.zip", "unzip -P [Filtered] a.zip"),
            miss("docker run -p8080:80 x"),
            hit("sshpass -phunter2 ssh -p 22 x", "sshpass -p[Filtered] ssh -p 22 x"),
            miss("mkdir -p build; ssh -p 22 x; ls -a x; grep -w y z; tar -p x"),
        ),
        literals=(" -p", " -a", " -w", " -x"),
        leads=True,
        check=_after_tool,
        batched=True,
    ),
    Pattern(
        "flag-u",
        r"(?: -[uUa] ?| --(?:proxy-)?user[ =]| --auth[ =])[\"']?([^\s\"':%\0]{1,200}[:%][^\s\"'\0]+)",
        NOT_CODE,
        placeholder="[auth]",
        examples=(
            hit("curl -u erika:hunter2 https://x", "curl -u [auth] https://x"),
            hit("smbclient //x/y -U erika%hunter2", "smbclient //x/y -U [auth]"),
            hit("http --auth erika:hunter2 GET x", "http --auth [auth] GET x"),
            miss("docker run -u 1000:1000 x"),
        ),
        literals=(" -u", " -a", " --"),
        leads=True,
        check=_after_login_tool,
        batched=True,
    ),
    Pattern(
        "oracle-login",
        r"(?:thin|oci):([^\s/@:\0]{1,64}/[^\s@\0]{1,128})(?=@|\0|\Z)",
        NOT_CODE,
        placeholder="[auth]",
        examples=(hit("jdbc:oracle:thin:app/hunter2@db:1521:x", "jdbc:oracle:thin:[auth]@db:1521:x"), miss("thin:@db")),
        literals=("thin:", "oci:"),
        batched=True,
    ),
)
