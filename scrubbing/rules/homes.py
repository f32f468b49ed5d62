"""Rows for anybody's home and profile directories: the part that names a person goes, the rest of the path stays.

A path is taken for somebody's home only where it begins like one: not inside a URL of the web, not below a project's
own ``home`` folder, not after an HTTP verb.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.rows import Pattern, compiled, hit, miss
from scrubbing.rules.views import before
from scrubbing.rules.words import ORDINARY
from scrubbing.schema.kinds import Kind

#: A character of a name: a letter, digit or mark, or an escaped one (percent, backslash, HTML).
_C = (
    r"(?:[\w+~$\u0300-\u036f-]|%(?!2[fF26]|5[cC]|3[aA])[0-9A-Fa-f]{2}|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}| )"
    r"|&(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
)
_FIRST = r"(?:\w|%[89A-Fa-f][0-9A-Fa-f]|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}))"
_NAME = rf"{_FIRST}{_C}*(?:[.@'\u2019]{_C}+)*"
#: Words that follow a name in a sentence; no name goes on with one of them.
_STOP = (
    r"(?!(?:and|or|not|to|in|is|was|for|from|with|at|on|but|as|does|did|no|has|had|have|the|an?|of|by|if|then|than|that|failed|into|"
    r"cannot|could|does|doesn't|because|via|using|exists?|missing|denied|already|while|when|which|are|be|will|would|must)\b)"
)
_WORD = r"[^\W\d_][\w'\u2019.&()-]{0,31}"
#: The rest of a name of several words: any words where the path is quoted or is the whole text, else capitalised ones.
_MORE_QUOTED = rf"(?:(?: {_STOP}{_WORD}){{1,3}}(?=[/\\\"']))?"
_MORE = r"(?:(?: [A-Z][\w'\u2019.-]{0,31}){1,3}(?=[/\\\"']))?"

#: What a home directory's parent may stand below, from the root.
_BELOW = (
    r"(?:/(?:(?:var|usr|export|exports|mnt|nfs|data|media|storage|srv|opt|private|host|hostfs|rootfs|sysroot|nas|san|cluster|lustre|gpfs|work|"
    r"System/Volumes/Data|Volumes/[^/]{1,40}|net/[\w.-]{1,40}|mnt/[\w-]{1,20}|cygdrive/[a-z]|media/[\w-]{1,20}|export/[\w-]{1,20}|[a-z]|"
    r"proc/\d{1,8}/root|wsl\$?/\w{1,20})))?"
)
_HEAD = (
    r"(?:\A|[^\w.~)}\]%*$/-]|[^:/]/|:///?|-[IL]|\\[nrt]|[\[;]\d{1,2}m|file)" + _BELOW + r"/(?:homes?\d?|Users)/"
    r"(?:[\w.-]{1,40}/){0,3}\Z"
)
_ABSOLUTE = r"(?:\A|[^\w.~)}\]%*$/-]|file://)(?:/[\w.-]+){1,6}/\Z"
_VERB = r"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE)\s+\S{0,80}\Z"
#: Web pages, shared folders and stand-ins that stand below /home or /Users without being anybody.
_NOBODY = r"(?!(?:page|index|dashboard|about|login|feed|linuxbrew|Shared|Public|Guest|me)(?![\w-]))"
_GROUPS = r"(?:users|students|staff|faculty|people|guests|members|ldap)"


def _edged(root: str) -> str:
    """A name; where the path began at a quote or at the edge of the text, its further words may be any."""
    return rf"(?:((?<=[\"'\0]{root})|(?<={root})(?<![\s\S]{root})))?({_NAME}(?(1){_MORE_QUOTED}|{_MORE}))"


def _flat(word: str) -> str:
    """A name behind a flattened path: `word` between dashes, percent or exclamation signs, or escaped slashes."""
    roots = "|".join(
        rf"(?<=[\s\"'/=:\0]{mark}{word}){mark}|(?<={mark}{word})(?<![\s\S]{mark}{word}){mark}"
        for mark in ("-", "%", "!", r"\\/", "%2f")
    )
    return rf"{word}(?:{roots})({_FIRST}(?:[\w.+~]|{_C}(?<![-%]))*?)(?=[-%!/\s\"'\0\\]|\Z)"


def _rooted(text: str, start: int, end: int) -> bool:
    """Say whether the path that leads to a name begins like a file system's."""
    if text[end : end + 1] not in ("/", "\\") and text[start:end].lower() in ORDINARY:
        return False  # a page of the web rather than a person's directory, as in /home/news
    head = before(text, start, 56)
    return compiled(_HEAD).search(head) is not None and not _asked(head)


def _asked(head: str) -> bool:
    """Say whether a path follows the verb of an HTTP request."""
    return " " in head and compiled(_VERB).search(head) is not None


def _absolute(text: str, start: int, end: int) -> bool:
    del end
    head = before(text, start, 120)
    return compiled(_ABSOLUTE).search(head) is not None and not _asked(head)


def _somebody(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() not in ORDINARY and _absolute(text, start, end)


def _windows(root: str) -> str:
    """A profile below a folder, behind any number of backslashes: they double each time a path is quoted."""
    separator = r"(?:\\{1,8}|/|%5[cC]|%2[fF])"
    nobody = r"(?!(?i:public|default(?: user)?|all users|defaultapppool|shared)(?:[\\/\"';,%]|\s|\Z|\0))"
    c = (
        r"(?:[^\s\\/:*?\"<>|\0'%,;&()\[\]{}`]|%(?!2[fF26]|5[cC]|3[aA])[0-9A-Fa-f]{2}"
        r"|\\\\?(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}))"
    )
    first = r"(?![-.$*~=+#@!^])" + c
    name = rf"{first}{c}*(?:['\u2019&()]{c}+)*"
    more = rf"(?: {_STOP}{c}{{1,31}}){{0,3}}"
    last = r"(?: [A-Z][\w'\u2019.-]{0,31}){0,2}"
    inside = rf"{name}{more}(?=\\|/|%5[cC]|%2[fF]|[\"'])"
    at_end = rf"{name}{last}(?=[\"';,<>|)\r\n\0]|\Z)"
    return rf"{root}{separator}{nobody}({inside}|{at_end}|{name})"


HOMES: Final = (
    Pattern(
        "home",
        rf"/home[s2-9]?/(?!{_GROUPS}/[\w\[]){_NOBODY}" + _edged("/home/"),
        placeholder="[user]",
        examples=(
            hit("/home/erika/code/main.py", "/home/[user]/code/main.py"),
            hit("cp /home/erika/a /home/tomasz/b -v", "cp /home/[user]/a /home/[user]/b -v"),
            hit("no such file: '/home/jean-luc.picard/log'", "no such file: '/home/[user]/log'"),
            hit("/home/anna maria/x.py", "/home/[user]/x.py"),
            hit("PYTHONPATH=/home/erika", "PYTHONPATH=/home/[user]"),
            hit("cannot read /home/erika.", "cannot read /home/[user]."),
            hit("/var/home/erika/x", "/var/home/[user]/x"),
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
        rf"/home[s2-9]?/(?:local/[A-Z][\w.-]*|{_GROUPS}|[A-Z][A-Z0-9.-]+|[\w-]+\.(?:com|net|org|edu|local|lan|de|corp))/({_NAME})",
        placeholder="[user]",
        examples=(
            hit("/home/users/erika/x", "/home/users/[user]/x"),
            hit("/home/local/ACME/erika/x", "/home/local/ACME/[user]/x"),
            hit("/home/ACME/erika/x", "/home/ACME/[user]/x"),
            miss("/home/erika/users/x"),
        ),
        literals=("/home",),
        check=_rooted,
        batched=True,
    ),
    Pattern(
        "home-lettered",
        rf"/(?:home[s2-9]?|users?|u)/([a-z])/(?:\1\w/)?(?=\1\w\w)({_NAME})(?=/)",
        placeholder="[user]",
        examples=(
            hit("/home/e/erika/x", "/home/e/[user]/x"),
            hit("/home/e/er/erika/x", "/home/e/er/[user]/x"),
            hit("/afs/example.org/user/e/erika/x", "/afs/example.org/user/e/[user]/x"),
            miss("/home/a/app/x.py"),
        ),
        literals=("/home", "/user", "/u/"),
        check=_somebody,
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
            literals=(word,),
            over="low",
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
        _windows(r"sers(?:(?<=\\[Uu]sers)|(?<=[\\:cC]/[Uu]sers)|(?<=%5[cC][Uu]sers)|(?<=%2[fF][Uu]sers))"),
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
            miss("https://example.org/users/42"),
        ),
        literals=("users",),
        batched=True,
    ),
    Pattern(
        "home-backslashed",
        _windows(r"(?<=\\)home"),
        placeholder="[user]",
        examples=(hit(r"\\wsl$\Debian\home\erika\x", r"\\wsl$\Debian\home\[user]\x"), miss(r"src\pages\homely\x")),
        literals=("\\home\\",),
        batched=True,
    ),
    Pattern(
        "profile-old",
        _windows(r"(?i:documents and settings|docume~\d)"),
        placeholder="[user]",
        examples=(
            hit(r"C:\Documents and Settings\Erika M\x", r"C:\Documents and Settings\[user]\x"),
            hit(r"C:\DOCUME~1\ERIKAM~1\x", r"C:\DOCUME~1\[user]\x"),
            miss(r"C:\Documents and Settings\All Users\x"),
        ),
        literals=("documents and settings", "docume~"),
        batched=True,
    ),
    Pattern(
        "onedrive",
        r"(?i:onedrive) - ([\w.&'-]+(?: [\w.&'-]+){0,4})(?=[\\/\"'\0]|\Z)",
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
        r"\\\\(?<![\w:.$^%)\]}\\]\\\\)(?:\\\\)?(?!(?i:localhost|wsl))([A-Za-z][\w-]{2,62}(?:\.[\w-]+)*)\\{1,2}\w[\w$]{2,}",
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
    Pattern(
        "mac-folders",
        r"/var/folders/(\w{2}/[\w+]{20,40})(?![\w+])",
        placeholder="[user]",
        examples=(
            hit("/var/folders/zx/5k2j0q8s1k5d3nx2c9w4r6t8y0000gn/T/x", "/var/folders/[user]/T/x"),
            miss("/var/folders/shared/x"),
        ),
        literals=("/var/folders/",),
        batched=True,
    ),
    Pattern(
        "run-user",
        r"/run/user/(\d{1,10})(?!\w)",
        placeholder="[user]",
        examples=(hit("/run/user/1000/bus", "/run/user/[user]/bus"), miss("/run/user/")),
        literals=("/run/user/",),
        batched=True,
    ),
    Pattern(
        "removable",
        rf"/(?:run/media|media)/({_NAME})/(?=\w)",
        placeholder="[user]",
        examples=(
            hit("/run/media/erika/STICK/x", "/run/media/[user]/STICK/x"),
            hit("/media/erika/STICK/x", "/media/[user]/STICK/x"),
            miss("/media/images/logo.png"),
            miss("https://example.org/media/erika/x.png"),
            miss("GET /media/covers/x.png"),
        ),
        literals=("/media/",),
        check=_somebody,
        batched=True,
    ),
    Pattern(
        "user-folder",
        r"/(?:var/(?:spool/)?mail|var/spool/cron(?:/crontabs)?(?!/crontabs)|scratch|per-user|AccountsService/(?:users|icons)|afs/[\w.-]{1,63}/(?:user|home|usr)"
        rf")/({_NAME})",
        placeholder="[user]",
        examples=(
            hit("/var/mail/erika", "/var/mail/[user]"),
            hit("/scratch/erika/run/x", "/scratch/[user]/run/x"),
            hit("/nix/var/nix/profiles/per-user/erika/x", "/nix/var/nix/profiles/per-user/[user]/x"),
            hit("/afs/example.org/home/erika/x", "/afs/example.org/home/[user]/x"),
            miss("from scratch"),
        ),
        literals=("/mail/", "/cron", "/scratch/", "/per-user/", "/accountsservice/", "/afs/"),
        check=_absolute,
        batched=True,
    ),
    Pattern(
        "tilde",
        r"~(?<![\w~/.]~)([a-z_][\w-]*(?:\.[\w-]+)*)/",
        kinds=(Kind.PATH, Kind.TEXT, Kind.BAG, Kind.URL),
        placeholder="[user]",
        examples=(hit("ls ~erika/x", "ls ~[user]/x"), miss("~/x"), miss("a ~b c"), miss("/x~old/y")),
        literals=("~",),
        batched=True,
    ),
    Pattern(
        "pytest-temp",
        rf"pytest-of-({_FIRST}(?:{_C}|[.@])*)(?=[/\\\"'\s\0:]|\Z)",
        placeholder="[user]",
        examples=(hit("/x/pytest-of-erika/pytest-0/x", "/x/pytest-of-[user]/pytest-0/x"), miss("pytest-of-")),
        literals=("pytest-of-",),
        batched=True,
    ),
    Pattern(
        "windows-sid",
        r"s-1-5-21(?:-\d{1,10}){3,4}(?![\w-])",
        placeholder="[user]",
        examples=(hit("S-1-5-21-3623811015-3361044348-30300820-1013", "[user]"), miss("S-1-5-18")),
        literals=("s-1-5-21-",),
        over="low",
        batched=True,
    ),
)
