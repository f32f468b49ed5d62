"""Rows for the other places that are called after somebody: mail boxes, scratch space, temporary and mounted folders.

As in `homes`, the part that names a person goes and the rest of the path stays; words that name no one are left alone.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.homes import BEGINS, FIRST, NAME, C, absolute, somebody
from scrubbing.rules.rows import Pattern, compiled, hit, miss
from scrubbing.rules.views import before
from scrubbing.rules.words import CODE_FOLDERS, ORDINARY
from scrubbing.schema.kinds import Kind

_NOT_CODE_OR_URL: Final = (Kind.PATH, Kind.TEXT, Kind.BAG)
#: Parents under which ``users`` holds a program's pages or modules rather than people's directories.
_NO_ACCOUNTS: Final = (
    r"/(?:api|rest|v\d+|src|apps?|static|templates|views|routes|site-packages|dist-packages|lib|share|node_modules"
    r"|docs?|tests?|workspace|builds|github|html|etc|usr|frontend|backend)/"
)
#: File systems of clusters below which homes lie.
_SHARED: Final = ("project", "projects", "storage", "gpfs", "lustre", "scratch", "beegfs")


def _account(text: str, start: int, end: int) -> bool:
    """Say whether a name below a folder ``users`` is a person's."""
    name = text[start:end]
    return (
        not name[:1].isdigit()
        and name.lower() not in ORDINARY | CODE_FOLDERS
        and absolute(text, start, end)
        and compiled(_NO_ACCOUNTS).search(before(text, start, 120)) is None
    )


def _folder(text: str, start: int, end: int) -> bool:
    """Say whether a name below a shared folder is a person's directory, not a file or a folder inside somebody's."""
    head = before(text, start, 120)
    if head.endswith("/scratch/") and (("." in text[start:end] and text[end : end + 1] != "/") or "/home/" in head):
        return False
    if "/scratch/" in head and compiled(_NO_ACCOUNTS).search(head):
        return False
    return absolute(text, start, end)


def _mounted(text: str, start: int, end: int) -> bool:
    """Say whether a name is of somebody whose disk is mounted at the root."""
    at_root = compiled(rf"(?:{BEGINS}|file://)(?:/run)?/media/\Z").search(before(text, start, 24))
    return at_root is not None and somebody(text, start, end)


def _no_word(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() not in ORDINARY


def _no_temp_word(text: str, start: int, end: int) -> bool:
    name = text[start:end].lower()
    head = before(text, start, 120)
    if compiled(r"://\S*\Z").search(head) or not compiled(r"/(?:te?mp|run|T|shm|screens?|\.cache|sockets?)/").search(
        head
    ):
        return False
    return name not in ORDINARY and not name.isdigit() and name not in ("ipc", "git", "crashes", "typescript")


FOLDERS: Final = (
    Pattern(
        "users-folder",
        rf"/(?:users?|u)/({NAME})/(?=[\w.])",
        kinds=_NOT_CODE_OR_URL,
        placeholder="[user]",
        examples=(
            hit("/users/erika/frob/x.py", "/users/[user]/frob/x.py"),
            hit("/data/users/erika/x.csv", "/data/users/[user]/x.csv"),
            miss("GET /users/erika/orders and /users/17/orders, /users/new/x"),
            miss("https://example.org/users/erika/x"),
            miss("/api/v2/users/erika/x and src/users/erika/x"),
        ),
        literals=("/users/", "/user/", "/u/"),
        check=_account,
        batched=True,
    ),
    Pattern(
        "home-remote",
        rf"(?:hdfs|viewfs|webhdfs|abfss?|wasbs?|s3a?|gs)://[^/\s\0]{{0,120}}/(?:users?|home)/({NAME})(?=/)",
        placeholder="[user]",
        examples=(
            hit("hdfs://nn:8020/user/erika/x.csv", "hdfs://nn:8020/user/[user]/x.csv"),
            miss("s3://bucket/users/index/x"),
        ),
        literals=("fs://", "s://", "s3://", "s3a://", "ss://"),
        check=_no_word,
        batched=True,
    ),
    Pattern(
        "home-shared",
        rf"/(?:{'|'.join(_SHARED)})/home/[a-z]{{1,8}}\d{{0,4}}(?:/\d{{1,2}})?/({NAME})(?=/)",
        placeholder="[user]",
        examples=(
            hit("/project/home/p12/erika/x", "/project/home/p12/[user]/x"),
            hit("/lustre/home/hpc/erika/x", "/lustre/home/hpc/[user]/x"),
            miss("/project/home/erika/src/x"),
        ),
        literals=tuple(f"/{name}/home/" for name in _SHARED),
        check=somebody,
        batched=True,
    ),
    Pattern(
        "home-page",
        rf"/~((?!\d){FIRST}[\w.-]*)(?=[/\s\"'?#)\0]|\Z)",
        placeholder="[user]",
        examples=(
            hit("https://example.edu/~erika/paper.pdf", "https://example.edu/~[user]/paper.pdf"),
            miss("/~/x and /x~/y and a/~1b"),
        ),
        literals=("/~",),
        check=_no_word,
        batched=True,
    ),
    Pattern(
        "tilde-alone",
        rf"~(?:(?<=cd ~)|(?<=ls ~)|(?<=\A~)|(?<=\s~)(?=[\w.-]{{3,32}}:))({FIRST}[\w.-]{{2,}}?)(?=[:;,\"'\s\0]|\Z)",
        kinds=_NOT_CODE_OR_URL,
        placeholder="[user]",
        examples=(
            hit("cd ~erika && ls", "cd ~[user] && ls"),
            hit("cd: ~erika: no such directory", "cd: ~[user]: no such directory"),
            miss("about ~12:30, x ~ y, ~mask, ~5 s"),
        ),
        literals=("~",),
        check=_no_word,
        batched=True,
    ),
    Pattern(
        "user-temp",
        rf"/(?:hsperfdata_|(?:kde|ksocket|orbit|mc|gvfs|runtime|xdg-runtime|screens|uscreens|vscode|emacs|dropbox|gpg)-|S-|ssh-agent\.)"
        rf"({FIRST}(?:[\w+]|[.-](?=\w))*?)(?=[-./\s\"'\0]|\Z)",
        placeholder="[user]",
        examples=(
            hit("/tmp/hsperfdata_erika/812", "/tmp/hsperfdata_[user]/812"),
            hit("/tmp/ksocket-erika/x", "/tmp/ksocket-[user]/x"),
            miss("/tmp/vscode-ipc/x and /tmp/hsperfdata_root/1"),
        ),
        literals=(
            "/hsperfdata_",
            "/kde-",
            "/ksocket-",
            "/orbit-",
            "/mc-",
            "/gvfs-",
            "runtime-",
            "screens-",
            "/s-",
            "/vscode-",
            "/emacs-",
            "/dropbox-",
            "/gpg-",
            "/ssh-agent.",
        ),
        check=_no_temp_word,
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
        "mounted-share",
        r"/gvfs/[a-z-]{2,16}:[^/\s\"'\0]{0,160}?user=([^,/\s\"'\0]{1,64})",
        placeholder="[user]",
        examples=(
            hit(
                "/run/user/1/gvfs/smb-share:server=x,user=erika/y", "/run/user/1/gvfs/smb-share:server=x,user=[user]/y"
            ),
            miss("/run/user/1/gvfs/mtp:host=x/y"),
        ),
        literals=("/gvfs/",),
        batched=True,
    ),
    Pattern(
        "removable",
        rf"/(?:run/media|media)/({NAME})/(?=\w)",
        placeholder="[user]",
        examples=(
            hit("/run/media/erika/STICK/x", "/run/media/[user]/STICK/x"),
            hit("/media/erika/STICK/x", "/media/[user]/STICK/x"),
            miss("/media/images/logo.png"),
            miss("https://example.org/media/erika/x.png"),
            miss("GET /media/covers/x.png"),
        ),
        literals=("/media/",),
        check=_mounted,
        batched=True,
    ),
    Pattern(
        "user-folder",
        r"/(?:var/(?:spool/)?mail|var/spool/cron(?:/crontabs)?(?!/crontabs)|scratch(?:/users?|/home)?(?!/(?:users?|home)/)|per-user"
        r"|AccountsService/(?:users|icons)|lightdm-data|systemd/linger|sudoers\.d|\.ecryptfs|afs/[\w.-]{1,63}/(?:user|home|usr)"
        rf")/(?!\w/)({NAME})",
        placeholder="[user]",
        examples=(
            hit("/var/mail/erika", "/var/mail/[user]"),
            hit("/scratch/erika/run/x", "/scratch/[user]/run/x"),
            hit("/nix/var/nix/profiles/per-user/erika/x", "/nix/var/nix/profiles/per-user/[user]/x"),
            hit("/afs/example.org/home/erika/x", "/afs/example.org/home/[user]/x"),
            miss("from scratch"),
        ),
        literals=(
            "/mail/",
            "/cron",
            "/scratch/",
            "/per-user/",
            "/accountsservice/",
            "/afs/",
            "/lightdm-data/",
            "/linger/",
            "/sudoers.d/",
            "/.ecryptfs/",
        ),
        check=_folder,
        batched=True,
    ),
    Pattern(
        "tilde",
        r"~(?<![\w~/.]~)((?!\d)\w[\w-]*(?:[.'\u2019][\w-]+)*)/",
        kinds=(*_NOT_CODE_OR_URL, Kind.URL),
        placeholder="[user]",
        examples=(hit("ls ~erika/x", "ls ~[user]/x"), miss("~/x"), miss("a ~b c"), miss("/x~old/y")),
        literals=("~",),
        batched=True,
    ),
    Pattern(
        "pytest-temp",
        rf"pytest-of-(?<!of-pytest-of-)(?=({FIRST}(?:{C}|[.@]){{0,64}}))\1(?=[/\\\"'\s\0:]|\Z)",
        placeholder="[user]",
        examples=(hit("/x/pytest-of-erika/pytest-0/x", "/x/pytest-of-[user]/pytest-0/x"), miss("pytest-of-")),
        literals=("pytest-of-",),
        batched=True,
    ),
    Pattern(
        "windows-sid",
        r"s-1-(?:5-21|12-1)(?:-\d{1,10}){1,5}(?![\w-])",
        placeholder="[user]",
        examples=(hit("S-1-5-21-3623811015-3361044348-30300820-1013", "[user]"), miss("S-1-5-18")),
        literals=("s-1-5-21-", "s-1-12-1-"),
        over="low",
        batched=True,
    ),
)
