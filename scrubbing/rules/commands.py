"""Rows for secrets on command lines: behind a sensitive flag, and behind the short flags of tools that take one.

A short flag means what its tool says: ``-p`` is a password for mysql and a port for docker. So the tool's name is
looked for before it, in the same command.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.judging import OPEN_VALUES, named, telling
from scrubbing.rules.keywords import SECRET, TAIL
from scrubbing.rules.rows import FILTERED, STAND_IN, Pattern, compiled, hit, miss
from scrubbing.rules.values import NOT_CODE
from scrubbing.rules.views import before

_SENSITIVE_FLAG = rf"(?:{SECRET}|passw|auth|pin){TAIL}"
#: Which tools take a secret behind a short flag.
_TAKERS: Final = {
    "p": (
        r"mysql\w*|mariadb\w*|sshpass|mongo\w*|docker login|podman login|helm registry login|7z[ar]?|rar|unrar|sqlplus"
        r"|influx|snmp\w+|lftp|htpasswd|az login|psexec\w*|winexe|smbmap|evil-winrm|sshfs|twine upload|rdesktop|cqlsh"
        r"|hydra|user(?:mod|add)|crackmapexec|nxc|netexec"
    ),
    "P": r"zip|unzip|ipmitool|sqlcmd|bcp|mosquitto_\w+|isql|tsql|ssh-keygen",
    "a": r"redis-\w+|valkey-\w+",
    "w": r"ldap\w+|sqlldr|rdesktop",
    "W": r"mongo\w*|ejabberdctl",
    "A": r"snmp\w+",
    "X": r"snmp\w+",
    "k": r"openssl enc",
    "N": r"ssh-keygen",
    "t": r"doctl auth init|glab auth login",
}
#: Tools that take a secret as a plain argument, up to it.
_ARGUMENTS: Final = (
    *(
        r"net\suser\s[^\s/\0]{1,64}\s",
        r"net\suse\s\S{1,64}\s(?:\\\\\S{1,128}\s)?",
        r"vault\slogin\s",
        r"rclone\sobscure\s",
    ),
    *(
        r"wpa_passphrase\s\S{1,32}\s",
        r"htpasswd\s-[a-z]{0,4}b[a-z]{0,4}\s\S{1,128}\s\S{1,64}\s",
        r"lftp\s-u\s[^\s,\0]{1,64},",
    ),
    *(r"mc\salias\sset\s\S{1,64}\s\S{1,128}\s\S{1,64}\s", r"sqlplus\s(?:-\w\s){0,3}[^\s/@\0]{1,64}/", r"key\ss:"),
    r"(?:setx|configure\sset|config\sset)\s[\w.:/-]{2,60}\s",
    r"nmcli\s[^\n\0]{0,80}?\spassword\s",
    r"<<<\s?",
)
_FED: Final = (
    r"(?:sudo\s(?:-\w\s)?-\w{0,4}s|chpasswd|(?:sudo\s)?passwd|kinit|cryptsetup|gpg2?|docker\slogin|podman\slogin|helm\sregistry"
    r"|gh\sauth|age|openssl|\S{1,40}\s[^|\n\0]{0,60}--(?:password|token|passphrase)-?(?:stdin|fd))"
)
_READERS: Final = r"\b(?:passwd|chpasswd|cryptsetup|gpg2?|kinit|sudo -S|openssl|stdin)\b[^\n]*<<<\s?[\"']?\Z"
#: Which tools take ``user:password``.
_LOGIN_TAKERS: Final = r"curl|wget|https?|xh|smbclient|rpcclient|net|nc|aria2c|lynx|svn"


def _command(text: str, start: int) -> str:
    """Give what stands before `start` in the same command."""
    return compiled(r"[\n|;&]").split(before(text, start, 240))[-1]


def _flag_value(text: str, start: int, end: int) -> bool:
    value = text[start:end]
    usage = value.isupper() and value.isalpha()
    return not usage and value.lower().rstrip(".,:;") not in OPEN_VALUES and compiled(STAND_IN).match(value) is None


def _long_flag(text: str, start: int, end: int) -> bool:
    return named(text, start) and _flag_value(text, start, end)


def _option(text: str, start: int, end: int) -> bool:
    """Tell a flag behind a slash from a path: Windows' tools write a colon behind it."""
    flag = before(text, start, 48).rstrip("\"'").rpartition(" /")[2]
    return (":" in flag or "=" in flag or " -" in flag) and _flag_value(text, start, end)


def _argument(text: str, start: int, end: int) -> bool:
    """Tell an argument that is a secret from a word about the command."""
    head = _command(text, start)
    if compiled(r"\bset(?:x|\s)\S*\s?\S*\s[\"']?\Z").search(head.lower()) and not named(text, start):
        return False
    if head.rstrip("\"' ").endswith("<<<") and compiled(_READERS).search(head) is None:
        return False
    return (telling(text[start:end]) or head[-1:] in "\"'") and _flag_value(text, start, end)


def _after_tool(text: str, start: int, end: int) -> bool:
    head = _command(text, start)
    flag = head.rstrip(" \"'")[-1:]
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
        r"--(?<![\w.-]--)[\w.-]{2,60}(?:[ =]{1,2}|[\"'],\s?[\"'])[\"']?((?!-)[^\s\"'\0,\])}]+)",
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
        check=_long_flag,
        batched=True,
    ),
    Pattern(
        "flag-quoted",
        r"--(?<![\w.-]--)[\w.-]{2,60}[ =](?:\"([^\"\0\r\n]+)\"|'([^'\0\r\n]+)')",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("tool --password='hunter 2' -v", "tool --password='[Filtered]' -v"),
            miss("'--password' and '--token'"),
        ),
        literals=("--",),
        over="low",
        check=_long_flag,
        batched=True,
    ),
    Pattern(
        "flag-single",
        r" [-/](?:(?:store|key|trust)pass|pass(?:in|out)|p(?<=/p)(?=:)|"
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
        r" -[aAkNpPtwWX] ?[\"']?([^\s\"'\0-][^\s\"'\0]*)",
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
        literals=(" -p", " -a", " -w", " -x", " -k", " -n", " -t"),
        leads=True,
        check=_after_tool,
        batched=True,
    ),
    Pattern(
        "argument",
        f"(?:{'|'.join(_ARGUMENTS)})" + r"[\"']?(?![-/\\*<$%{\[|])([^\s\"'\0@]{3,128})",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("net user erika K0hlrabi7 /add", "net user erika [Filtered] /add"),
            hit("sqlplus app/K0hlrabi7@db", "sqlplus app/[Filtered]@db"),
            hit("setx API_KEY 0a1b2c3d4e", "setx API_KEY [Filtered]"),
            hit("passwd --stdin erika <<< 'K0hl rabi7'", "passwd --stdin erika <<< '[Filtered] rabi7'"),
            miss("vault login failed; net user erika /delete; cat <<< text1; key s:x"),
        ),
        literals=(
            *(
                "net us",
                "vault login",
                "rclone obscure",
                "wpa_passphrase",
                "htpasswd -",
                "lftp -u",
                "mc alias",
                "sqlplus ",
            ),
            *("key s:", "setx ", "configure set", "config set", "nmcli ", "<<<"),
        ),
        leads=True,
        over="low",
        check=_argument,
        batched=True,
    ),
    Pattern(
        "piped",
        r"(?:echo|printf)\s(?:-\w{1,3}\s)?(?:(?!-)([^\s\"'|\0]{3,128})|\"([^\"\0\r\n]{3,128})\"|'([^'\0\r\n]{3,128})')"
        rf"\s?\|\s?(?={_FED}(?![\w-]))",
        NOT_CODE,
        placeholder=FILTERED,
        examples=(
            hit("echo hunter2 | sudo -S ls", "echo [Filtered] | sudo -S ls"),
            hit("echo 'erika:hunter2' | chpasswd", "echo '[Filtered]' | chpasswd"),
            miss("echo $PASS | sudo -S ls; echo text | grep sudo; echo y | ssh x"),
        ),
        literals=("echo ", "printf "),
        leads=True,
        over="low",
        check=_flag_value,
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
