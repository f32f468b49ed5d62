"""Rows for anybody's home and profile directories: the part that names a person goes, the rest of the path stays.

A path is taken for somebody's home only where it begins like one: not inside a URL of the web, not below a project's
own ``home`` folder, not after an HTTP verb.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.rows import Pattern, compiled, hit, miss
from scrubbing.rules.views import before
from scrubbing.rules.words import CODE_FOLDERS, NOBODY, ORDINARY
from scrubbing.schema.kinds import Kind

#: An escaped character of a name (percent, backslash, HTML).
_ESCAPED = (
    r"%(?!2[fF26]|5[cC]|3[aA])[0-9A-Fa-f]{2}"
    r"|\\{1,4}(?:u(?!00(?:2[fF]|5[cC]))[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})|\\(?:[0-7]{3}| )"
    r"|&(?!(?:amp|quot|lt|gt|nbsp|#34|#38|#47|#x22|#x26|#x2[fF]);)(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});"
)
#: A character of a name: a letter, digit or mark, or an escaped one.
C = rf"(?:[\w+~$\u0300-\u036f\U0001f000-\U0001faff-]|{_ESCAPED})"
FIRST = r"(?:[\w\U0001f000-\U0001faff]|%[89A-Fa-f][0-9A-Fa-f]|\\{1,4}(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})|\\[0-7]{3})"
NAME = rf"{FIRST}(?:(?:[.@\u2019]|\\{{0,2}}')?{C})*"
#: Words that follow a name in a sentence; no name goes on with one of them.
_STOP = (
    r"(?!(?:and|or|not|to|in|is|was|for|from|with|at|on|but|as|does|did|no|has|had|have|the|an?|of|by|if|then|than|that|failed|into|"
    r"cannot|could|does|doesn't|because|via|using|exists?|missing|denied|already|while|when|which|are|be|will|would|must)\b)"
)
_WORD = r"[^\W\d_][\w'\u2019.&()-]{0,31}"
#: Where a path ends that ends with a name, and the words of the sentence around it.
_ENDS = r"[\"'`;,<>|)\]}\t\r\n\xa0\0]|!(?=\s|\Z)|:(?![\\/])|[^\w\s\\/:.%~$&'\u2019@+#=(!-]|\s(?:\s|[^\w\s\\/.])"
_GOES_ON = (
    r"(?:and|or|to|in|is|was|for|from|with|at|on|but|does|did|has|had|not|failed|into|cannot|could|because|via|exists?|already|while"
    r"|when|which|are|will|would|must)\b"
)
#: The rest of a name of several words: any words where the path is quoted or is the whole text, else capitalised ones.
_MORE_QUOTED = rf"(?:(?: {_STOP}{_WORD}){{1,3}}(?=[/\\\"']))?"
_MORE = r"(?:(?: [A-Z][\w'\u2019.-]{0,31}){1,3}(?=[/\\\"']))?"

#: What a home directory's parent may stand below, from the root.
_MOUNTS = (
    r"mnt|media|net|nfs|nas|san|export|exports|gpfs|lustre|beegfs|cluster|projects?|storage|Volumes|host|hostfs|rootfs|"
    r"sysroot|chroot|mounts?|tank|zfs|vol\d*|volumes?\d{0,2}|cygdrive|proc/\d{1,8}/root|wsl(?:\$|\.localhost)?|Network/Servers"
)
_BELOW = (
    rf"(?://?(?:var|usr|data\d{{0,2}}|var/services|srv|opt|private|work|System/Volumes/Data|[a-z]|(?:{_MOUNTS})(?:/[\w.-]{{1,40}}){{0,2}}|"
    r"Volumes/[^/]{1,40}))?"
)
#: What stands before a path that begins at a root.
BEGINS: Final = r"\A|[^\w.~)}\]%*$/-]|(?:\A|\s)\*\*|\.\.\."
_HEAD = (
    rf"(?:{BEGINS}|"
    r"\\u[0-9a-f]{4}|%(?:2[027]|3[ADad]|0[ADad])|[^:/]/|:///?|://localhost|\b(?:s?ftps?|ssh|scp|vscode-remote|smb|afp|nfs|rsync|fish|davs?)://[^/\s]{1,80}|(?:\A|[^\w-])-[A-Za-z]|-[ILvo]|\\[nrt]|[\[;]\d{1,2}m|file|@)"
    + _BELOW
    + r"/(?:homes?\d{0,2}|Users)/(?:[\w.-]{1,40}/){0,3}\Z"
)
_PARENT = r"/(?:homes?\d{0,2}|Users)/\Z"
#: What stands for a slash in a flattened path, as expressions.
_MARKS = ("-", "%", "!", r"\\/", r"\\\\/", r"\\\\\\\\/", "%2f", "%252f", r"\\u002f", "&#x2f;")
_ABSOLUTE = rf"(?:{BEGINS}|file://)(?:/[\w.-]+){{1,6}}/\Z"
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE")
_VERB = rf"\b(?:{'|'.join(_VERBS)})\s+\S{{0,80}}\Z"
#: What a parent at the root does not stand behind, besides letters and digits; and letters it does stand behind, since
#: Thai, Chinese, Japanese and Korean put no space there. (As a set in an expression they take 1.5 ms to compile.)
_NO_EDGE = frozenset("_.~)}]%*$/-")
_SPACELESS = (("\u0e00", "\u0eff"), ("\u3040", "\u9fff"), ("\uac00", "\ud7ff"))
#: What Windows calls the folder of its profiles where it does not speak English.
_LOCALISED = (
    "benutzer|utilisateurs|usuarios|usu\u00e1rios|utenti|gebruikers|anv\u00e4ndare|brugere|brukere|u\u017cytkownicy"
)
_NOBODY = rf"(?!(?:{'|'.join(NOBODY)})(?![\w-]))"
_PAGES: Final = (".html", ".htm", ".php", ".jsp", ".aspx", ".js", ".css", ".png", ".jpg", ".svg")
#: How files end, and hardly a name.
_FILE: Final = (
    r"\.(?:pyc?|txt|log|json|csv|toml|ya?ml|ini|cfg|sh|cpp|[ch]|js|ts|go|rs|md|pdf|docx?|xlsx?|zip|gz|png|jpe?g|db|so|dll|exe|xml"
    r"|html?)\Z"
)
_GROUPS = r"(?:users|students|staff|faculty|people|guests|members|ldap)"


def _edged(root: str) -> str:
    """A name; where the path began at a quote or at the edge of the text, its further words may be any."""
    return rf"(?:((?<=[\"'\0]{root})|(?<={root})(?<![\s\S]{root})))?({NAME}(?(1){_MORE_QUOTED}|{_MORE}))"


def _flat(word: str) -> str:
    """A name behind a flattened path: `word` between dashes, percent or exclamation signs, or escaped slashes."""
    roots = "|".join(
        rf"(?<=[^\w.%!$)\\&-]{mark}{word}){mark}|(?<={mark}{word})(?<![\s\S]{mark}{word}){mark}" for mark in _MARKS
    )
    roots += (
        rf"|(?<=\b[a-z]--{word})-|(?<=%2f%2f{word})%2f|(?<=%20%2f{word})%2f|(?<=%22%2f{word})%2f|(?<=%27%2f{word})%2f"
    )
    return rf"{word}(?:{roots})({FIRST}(?:[\w.+~$\u0300-\u036f]|{_ESCAPED})*?)(?=[-%!/\s\"'&\0\\]|\Z)"


def _rooted(text: str, start: int, end: int) -> bool:
    """Say whether the path that leads to a name begins like a file system's."""
    ends = not text.startswith(("/", "\\", "\N{HORIZONTAL ELLIPSIS}", "..."), end)
    if ends and text.endswith(_PAGES, start, end):
        return False
    if ends and text[start:end].lower() in ORDINARY and not before(text, start, 11).lower().startswith("home="):
        return False  # a page of the web rather than a person's directory, as in /home/news
    head = before(text, start, 96)
    return (_at_root(head) or compiled(_HEAD).search(head) is not None) and not _asked(head)


def _at_root(head: str) -> bool:
    """Say whether a head is a parent of homes at the root of a file system, as nearly all are."""
    parent = compiled(_PARENT).search(head)
    if parent is None or parent.start() == 0:
        return parent is not None
    last = head[parent.start() - 1]
    return not (last.isalnum() or last in _NO_EDGE) or any(first <= last <= end for first, end in _SPACELESS)


def _grouped(text: str, start: int, end: int) -> bool:
    """Tell a person's directory below a domain's from a file in the directory of somebody who is written large."""
    return compiled(_FILE).search(text, start, end) is None and _rooted(text, start, end)


def _asked(head: str) -> bool:
    """Say whether the path that a head ends in follows the verb of an HTTP request."""
    words = head.rsplit(None, 1)
    return len(words) > 1 and words[0].endswith(_VERBS) and compiled(_VERB).search(head) is not None


def _profile(text: str, start: int, end: int) -> bool:
    """Tell somebody's profile from a folder of code below a program's own ``users``."""
    if text[start:end].lower() not in CODE_FOLDERS:
        return True
    return (
        compiled(r"[\w.-]{2,40}[\\/]{1,4}(?:[Uu][Ss][Ee][Rr][Ss]|home)[\\/]{1,4}\Z").search(before(text, start, 64))
        is None
    )


def _account(text: str, start: int, end: int) -> bool:
    """Tell a person's directory from pages, which stand behind escaped slashes and hold nothing, and shared folders."""
    name = text[start:end].lower()
    holds = compiled(r"(?:\\{0,8}/|%(?:25)?2[fF]|\\u002[fF]|&#x2[fF];)[\w.]").match(text, end) is not None
    page = text[start - 1] not in "-!%/" and (name in ORDINARY or name.isdigit()) and not holds
    return not page and name not in ("linuxbrew", "shared", "public", "guest", "me")


def absolute(text: str, start: int, end: int) -> bool:
    """Say whether a name stands in a path from the root of a file system."""
    del end
    head = before(text, start, 120)
    return compiled(_ABSOLUTE).search(head) is not None and not _asked(head)


def somebody(text: str, start: int, end: int) -> bool:
    """Say whether it is also no ordinary word."""
    return text[start:end].lower() not in ORDINARY and absolute(text, start, end)


def _windows(root: str) -> str:
    """A profile below a folder, behind any number of backslashes: they double each time a path is quoted."""
    separator = r"(?:\\{1,8}(?:u005[cC]|(?!u00(?:5[cC]|2[fF])))|/|%(?:25)?5[cC]|%(?:25)?2[fF]|&#x?(?:92|5[cC]);)"
    nobody = r"(?!(?i:public|default(?: user)?|all users|defaultapppool|shared)(?:[^\w-]|\Z))"
    c = (
        r"(?:[^\s\\/:*?\"<>|\0'\u2019%,;&()\[\]{}`]|%(?!2[fF26]|5[cC]|3[aA])[0-9A-Fa-f]{2}"
        r"|\\\\?(?:u(?!00(?:2[fF]|5[cC]))[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}))"
    )
    first = r"(?![-.$*~=+#@!^])" + c
    name = rf"{first}(?:(?:['\u2019()]|&(?!(?:[gl]t|quot|amp|apos|#\d{{2}}|#x\w\w);))?{c})*"
    more = rf"(?: {_STOP}{c}{{1,31}}){{0,3}}"
    last = r"(?: [A-Z][\w'\u2019.-]{0,31}){0,2}"
    inside = rf"{name}{more}(?=\\|/|%5[cC]|%2[fF]|[\"'])"
    at_end = rf"{name}{last}(?={_ENDS}| {_GOES_ON}|\Z)"
    return rf"{root}{separator}{nobody}({inside}|{at_end}|{name})"


HOMES: Final = (
    Pattern(
        "home",
        rf"/home(?:s|\d{{1,2}})?/(?!{_GROUPS}/[\w\[]){_NOBODY}" + _edged("/home/"),
        placeholder="[user]",
        examples=(
            hit("/home/erika/code/main.py", "/home/[user]/code/main.py"),
            hit("cp /home/erika/a /home/tomasz/b -v", "cp /home/[user]/a /home/[user]/b -v"),
            hit("no such file: '/home/jean-luc.picard/log'", "no such file: '/home/[user]/log'"),
            hit("/home/anna maria/x.py", "/home/[user]/x.py"),
            hit("PYTHONPATH=/home/erika", "PYTHONPATH=/home/[user]"),
            hit("cannot read /home/erika.", "cannot read /home/[user]."),
            hit("/var/home/erika/x", "/var/home/[user]/x"),
            hit("sftp://files.example.org/home/erika/x", "sftp://files.example.org/home/[user]/x"),
            hit("gcc -I/home/erika/include", "gcc -I/home/[user]/include"),
            miss("GET /home/page 404"),
            miss("@app.route('/home/news')"),
            miss("https://example.org/home/news/1"),
            miss("templates/home/index.html"),
            miss("/home/$USER/x and /home/{name}/x and /home/%s"),
            miss("/home/linuxbrew/.linuxbrew/bin"),
            miss("/home"),
        ),
        literals=("/home",),
        check=_rooted,
        batched=True,
    ),
    Pattern(
        "home-grouped",
        rf"/home(?:s|\d{{1,2}})?/(?:local/[A-Z][\w.-]*|{_GROUPS}|[A-Z][A-Z0-9.-]+|(?:[\w-]+\.){{1,4}}(?:com|net|org|edu|local|lan|de|corp))/({NAME})",
        placeholder="[user]",
        examples=(
            hit("/home/users/erika/x", "/home/users/[user]/x"),
            hit("/home/local/ACME/erika/x", "/home/local/ACME/[user]/x"),
            hit("/home/ACME/erika/x", "/home/ACME/[user]/x"),
            miss("/home/erika/users/x"),
            miss("/home/DOE/x.py"),
        ),
        literals=("/home",),
        check=_grouped,
        batched=True,
    ),
    Pattern(
        "home-lettered",
        rf"/(?:home(?:s|\d{{1,2}})?|users?|u)/([a-z])/(?:\w{{1,2}}/)?(?=(?i:\1)\w\w)({NAME})(?=/)",
        placeholder="[user]",
        examples=(
            hit("/home/e/erika/x", "/home/e/[user]/x"),
            hit("/home/e/er/erika/x", "/home/e/er/[user]/x"),
            hit("/afs/example.org/user/e/erika/x", "/afs/example.org/user/e/[user]/x"),
            miss("/home/a/app/x.py"),
        ),
        literals=("/home", "/user", "/u/"),
        check=somebody,
        batched=True,
    ),
    Pattern(
        "home-mac",
        rf"/Users/{_NOBODY}" + _edged("/Users/"),
        placeholder="[user]",
        examples=(
            hit("/Users/erika/dev/x.py", "/Users/[user]/dev/x.py"),
            hit("open /Users/erika/x: denied", "open /Users/[user]/x: denied"),
            hit("/System/Volumes/Data/Users/erika/x", "/System/Volumes/Data/Users/[user]/x"),
            hit("/Volumes/Big Disk/Users/erika/x", "/Volumes/Big Disk/Users/[user]/x"),
            hit("/mnt/c/Users/erika/x", "/mnt/c/Users/[user]/x"),
            hit("/cygdrive/c/Users/erika/x", "/cygdrive/c/Users/[user]/x"),
            hit("file:///Users/erika/x", "file:///Users/[user]/x"),
            miss("/Users/Shared/x"),
            miss("https://example.org/api/Users/42"),
        ),
        literals=("/users/",),
        check=_rooted,
        batched=True,
    ),
    *(
        Pattern(
            name,
            _flat(word),
            placeholder="[user]",
            examples=examples,
            literals=tuple(f"{mark}{word}{mark}".replace("\\\\", "\\") for mark in _MARKS),
            over="low",
            check=_account,
            batched=True,
        )
        for name, word, examples in (
            (
                "home-flat",
                "home",
                (
                    hit("-home-erika-proj-app.log", "-home-[user]-proj-app.log"),
                    hit("%home%erika%x.py.swp", "%home%[user]%x.py.swp"),
                    hit("path=%2Fhome%2Ferika%2Fx", "path=%2Fhome%2F[user]%2Fx"),
                    hit(r"{\"cwd\": \"\/home\/erika\/x\"}", r"{\"cwd\": \"\/home\/[user]\/x\"}"),
                    miss("tool --home-dir x"),
                    miss("nav-home-icon"),
                ),
            ),
            (
                "home-mac-flat",
                "users",
                (
                    hit("open ~/.state/-Users-erika-proj", "open ~/.state/-Users-[user]-proj"),
                    miss("list-users-of-erika"),
                ),
            ),
        )
    ),
    Pattern(
        "profile",
        _windows(
            r"sers(?:(?<=\\[Uu]sers)|(?<=[\\:]/[Uu]sers)|(?<=(?<!\w)[cC]/[Uu]sers)|(?<=%3[aA]/[Uu]sers)|(?<=%5[cC][Uu]sers)|(?<=%2[fF][Uu]sers)|(?<=u005[cC][Uu]sers))"
        ),
        placeholder="[user]",
        examples=(
            hit(r"C:\Users\erika\x.py", r"C:\Users\[user]\x.py"),
            hit(r"C:\Users\Erika Mustermann\x.py", r"C:\Users\[user]\x.py"),
            hit(r"open('C:\\Users\\erika m\\x')", r"open('C:\\Users\\[user]\\x')"),
            hit(r"USERPROFILE=C:\Users\Erika Mustermann", r"USERPROFILE=C:\Users\[user]"),
            hit(r"copy C:\Users\erika D:\x", r"copy C:\Users\[user] D:\x"),
            hit("C:/Users/erika/x.py", "C:/Users/[user]/x.py"),
            hit("file:///C:/Users/Erika%20M/x", "file:///C:/Users/[user]/x"),
            hit(r"\\srv01\Users\erika\x", r"\\srv01\Users\[user]\x"),
            hit("C%3A%5CUsers%5Cerika%5Cx", "C%3A%5CUsers%5C[user]%5Cx"),
            hit(r"c:\users\erika", r"c:\users\[user]"),
            miss(r"C:\Users\Public\Documents\x"),
            miss(r"C:\Users\%USERNAME%\x"),
            miss("https://example.org/users/42 and src/users/signup/views.py"),
            miss(r"C:\app\users\signup\views.py"),
        ),
        literals=("users",),
        check=_profile,
        batched=True,
    ),
    Pattern(
        "profile-upper",
        _windows(r"SERS(?<=[:\\/]USERS)"),
        placeholder="[user]",
        examples=(hit(r"C:\USERS\ERIKAM~1\X", r"C:\USERS\[user]\X"), miss("USERS/erika")),
        literals=("users",),
        batched=True,
    ),
    Pattern(
        "home-backslashed",
        _windows(r"(?<=\\)home\$?"),
        placeholder="[user]",
        examples=(hit(r"\\wsl$\Debian\home\erika\x", r"\\wsl$\Debian\home\[user]\x"), miss(r"src\pages\homely\x")),
        literals=("\\home\\", "\\home$\\"),
        check=_profile,
        batched=True,
    ),
    Pattern(
        "profile-old",
        _windows(
            r"(?:(?i:documents and settings|docume~\d|dokumente und einstellungen)"
            rf"|(?<=[:\\/])(?i:{_LOCALISED})|(?:(?<=[A-Z]:\\)|(?<=[A-Z]:\\\\))(?i:profiles))"
        ),
        placeholder="[user]",
        examples=(
            hit(r"C:\Documents and Settings\Erika M\x", r"C:\Documents and Settings\[user]\x"),
            hit(r"C:\DOCUME~1\ERIKAM~1\x", r"C:\DOCUME~1\[user]\x"),
            miss(r"C:\Documents and Settings\All Users\x"),
        ),
        literals=(
            "documents and settings",
            "docume~",
            "dokumente und einstellungen",
            ":\\profiles",
            ":\\\\profiles",
            *_LOCALISED.split("|"),
        ),
        batched=True,
    ),
    Pattern(
        "onedrive",
        rf"(?i:onedrive) - (?:([\w.&'-]+(?: [\w.&'-]+){{0,4}})(?=[\\/]|{_ENDS}|\Z)|(?<=[\\/]OneDrive - )([\w.&'-]+))",
        placeholder="[domain]",
        examples=(
            hit(r"D:\OneDrive - Acme Works\x.xlsx", r"D:\OneDrive - [domain]\x.xlsx"),
            miss(r"D:\OneDrive\x.xlsx"),
        ),
        literals=("onedrive - ",),
        batched=True,
    ),
    Pattern(
        "unc-host",
        r"\\\\(?<![\w:.$^%)\]}\\]\\\\)(?:\\\\){0,3}(?:\?\\{1,4}UNC\\{1,4})?(?!(?i:localhost|wsl|u[\da-f]{4}|x[\da-f]{2}\\))"
        r"(?:([A-Za-z][\w-]{2,62}(?:\.[\w-]+)*)\\{1,4}\w[\w$]{2,}|(?<==\\\\)([A-Za-z][\w-]{2,62})(?![\w\\.-]))",
        kinds=(Kind.PATH, Kind.TEXT, Kind.BAG),
        placeholder="[host]",
        examples=(
            hit(r"\\fs-berlin\projects\x", r"\\[host]\projects\x"),
            hit(r"'\\\\fs-berlin\\projects\\x'", r"'\\\\[host]\\projects\\x'"),
            miss(r"\\?\C:\x"),
            miss(r"C:\\Windows\\System32"),
            miss(r"\\localhost\c$"),
        ),
        literals=("\\\\",),
        batched=True,
    ),
)
