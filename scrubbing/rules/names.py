"""This machine's names as rules: its user, its host, its domain.

A name is found wherever it stands as a word, in any case and spelling, also inside paths, flattened paths and
identifiers. A name that is an ordinary word, that the app, a package or a module bears too, or that has one or two
letters, is found in personal positions only: behind ``user=``, before ``@host``, after ``~``, and wherever the rules
for anybody's home directories look anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from scrubbing.rules.rows import TEXT_KINDS, Example, Redaction, compiled
from scrubbing.rules.spelling import is_spaceless, spellings
from scrubbing.rules.views import Views, lower
from scrubbing.rules.words import NOBODY, ORDINARY, PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrubbing.identity import Machine
    from scrubbing.schema.kinds import Kind

_SHORTEST = 3  # a shorter name is in every other word
_SHORTEST_SPACELESS = 2  # most Chinese names have two or three characters
_PAIR = 2  # such a name stands alone where it is one: Bo, Jo, Li
_SHORTEST_JOINED = 5  # initial and surname, such as aliddell
_DIGITS_BESIDE = 4  # from this length on, digits may stand beside a name: alice2
_SHORT_NAME = 6  # what Windows keeps of a name in C:\Users\ALICEL~1

#: Host names that machines come with; nobody is known by them.
_NO_HOST: Final = frozenset(
    {"", "localhost", "localhost.localdomain", "localhost4", "localhost6", "ip6-localhost", "(none)"}
)
#: Top-level names of private networks; nobody is known by them either.
_NO_DOMAIN: Final = frozenset(
    {"", "local", "localdomain", "lan", "home", "internal", "workgroup", "home.arpa", "fritz.box"}
)
_MODELS: Final = (
    r"(?:macbook(?:-?(?:pro|air))?|imac|mac-?mini|mac-?pro|raspberrypi|surface|thinkpad|chromebook)(?:-?\d+)?"
)
#: Small words inside names; alone they name nobody.
_PARTICLES: Final = frozenset(
    (
        *("van", "von", "der", "den", "del", "della", "dos", "das", "des", "ben", "bin", "ibn", "abu", "mac", "san"),
        *("dr", "mr", "mrs", "ms", "jr", "sr", "iii"),
    )
)
#: Letters that make words with their neighbours; those of scripts without spaces between words do not.
_APART = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_APART}]"
_ALNUM = rf"[^\W_{_APART}]"
#: What may stand between the words of a name, or of a computer's.
_GAP = r"(?:[\s._+,\xa0-]|%20|%2c|\\[ u]?(?:0020)?|&nbsp;){0,3}"
_HOST_GAP = r"(?:['\u2019]?[-_ ]|%20)"
#: What may stand before a name though it ends in a letter: escapes for control characters and separators, colours.
_ESCAPES = (r"\\[nrtabfv0]", r"%[0-9a-f][0-9a-f]", r"\\x[0-9a-f]{2}", r"\\u[0-9a-f]{4}", r"[\[;]\dm", r"[\[;]\d\dm")

_IS = r"""\\{0,2}["']?\s{0,2}[=:]\s{0,2}[bu]?\\{0,2}["']?"""
_USER_KEYS = r"(?:^|_)(?:user|user_?name|uname|login|log_?name|owner|account|full_?name|real_?name|pw_name|gecos)$"
_HOST_KEYS = r"(?:^|_)(?:host|host_?name|server_?name|computer_?name|machine_?name|node|node_?name)$"
_DOMAIN_KEYS = r"(?:^|_)(?:domain|user_?domain|workgroup)$"
#: Where a name that is an ordinary word still names the user: a text each match has, and an expression, {x} the names.
_USER_POSITIONS: Final = (
    ("user", r"user(?:[_ -]?(?:name|id|login))?" + _IS + r"({x})(?![\w])"),
    ("user", r"user[ ]\\?[\"'`]({x})\\?[\"'`]"),
    ("login", r"login(?:[_ -]?name)?" + _IS + r"({x})(?![\w])"),
    ("logname", r"logname" + _IS + r"({x})(?![\w])"),
    ("owner", r"owner" + _IS + r"({x})(?![\w])"),
    ("account", r"account(?:[_ -]?name)?" + _IS + r"({x})(?![\w])"),
    ("pw_name", r"pw_name" + _IS + r"({x})(?![\w])"),
    ("(", r"[=,]\d{1,10}\(({x})\)"),
    ("role", r"role \\?[\"'`]({x})\\?[\"'`]"),
    (
        "user",
        (
            r"(?:(?:for|by|invalid|of) |login )user ({x})"
            r"(?= ?\(| (?:from|by|at|on|via|failed|logged|exceeded)\b|[:,;.!]?(?:\s|\0|\Z))"
        ),
    ),
    ("user", r"user(?:_?name)?%(?:25)?3d({x})(?![\w])"),
    ("user", r"user\\{0,2}[\"']: ?\{\\{0,2}[\"'](?:user)?name\\{0,2}[\"']: ?\\{0,2}[\"']({x})\\{0,2}[\"']"),
    ("</", r"<(?:user(?:name)?|login|owner|author)>({x})</"),
    ("sudo", r"sudo(?:\[\d{1,8}\])?: {1,8}({x}) :"),
    (" cmd (", r"\(({x})\) cmd \("),
    ("last login", r"last login (?:of|for) ({x})(?![\w.-])"),
    ("logname", r"logname\}?=({x})(?![\w])"),
    ("sudo -u", r"sudo -u ({x})(?![\w])"),
    ("su -", r"su -l? ?({x})(?![\w])"),
    ("/home/", r"/home/(?<![\w.-]/home/)({x})(?![\w/])"),
    ("~", r"~(?<![\w~.]~)({x})(?![\w=])"),
    ("-of-", r"pytest-of-({x})(?![\w])"),
    ("@", r"({x})@(?=[a-z][\w.-]*)(?![0-9a-f]{7,64}\b|v\d|main\b|master\b)"),
    (":*", r"({x}):\*{1,64}@"),
    ("@", r"({x})@(?=\[?\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\w))"),
)
_HOST_POSITIONS: Final = (
    ("host", r"host(?:[_ -]?name)?" + _IS + r"({x})(?![\w])"),
    ("node", r"node(?:[_ -]?name)?" + _IS + r"({x})(?![\w])"),
    ("computername", r"computername" + _IS + r"({x})(?![\w])"),
    ("machine", r"machine[_ -]?name" + _IS + r"({x})(?![\w])"),
    ("server", r"server[_ -]?name" + _IS + r"({x})(?![\w])"),
    (" port ", r"({x}) port \d"),
    ("@", r"@(?<=[\w\]]@)({x})(?![\w.(])"),
    ("\\\\", r"\\\\(?<![\w:\\]\\\\)({x})\\"),
    (".local", r"({x})\.local(?![\w])"),
    (".lan", r"({x})\.lan(?![\w])"),
)
_DOMAIN_POSITIONS: Final = (
    ("domain", r"domain(?:[_ -]?name)?" + _IS + r"({x})(?![\w])"),
    ("\\", r"({x})\\{1,2}(?=\w)"),
    ("@", r"@(?<=[\w\]]@)({x})(?![\w.(])"),
)


@attrs.frozen(eq=False, repr=False)
class Form:
    """One way to find a name.

    Args:
        needles: texts that all stand in the lowered text where the form can be found.
        regex: its expression; the finding is the last group that matched, or the whole match.
        over: the view it is searched in.
    """

    needles: tuple[str, ...]
    regex: str
    over: str = "low"


@attrs.frozen(eq=False, repr=False)
class NameRule:
    """Finds one of this machine's names; made by `machine_rules`."""

    name: str
    placeholder: str
    forms: tuple[Form, ...]
    keys: str
    whole: frozenset[str]
    kinds: frozenset[Kind] = TEXT_KINDS
    redaction: Redaction = Redaction.REPLACE
    examples: tuple[Example, ...] = ()
    batched: bool = True

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the range of each finding in one text."""
        return self.spans(Views.of(text))

    def spans(self, views: Views) -> Iterator[tuple[int, int]]:
        """Yield the range of each finding in a text whose views are made already."""
        for form in self.forms:
            if all(map(views.has, form.needles)):
                for match in compiled(form.regex).finditer(views.view(form.over)):
                    yield match.span(match.lastindex or 0)

    def matches(self, key: str) -> bool:
        """Say whether a key, given in snake case, says whose or which its value is."""
        return compiled(self.keys).search(key) is not None

    def takes(self, text: str) -> bool:
        """Say whether a value under such a key is one of the names."""
        return lower(text.strip()) in self.whole


def machine_rules(machine: Machine, ordinary: Iterable[str] = ()) -> tuple[NameRule, ...]:
    """Make the rules that find a machine's names; none for a name that is not known.

    Args:
        machine: the names.
        ordinary: further names, in any case, that count in a personal position only.
    """
    words = ORDINARY | {lower(word) for word in ordinary}
    host = lower(machine.hostname.strip().strip("."))
    rules = (
        _rule("this-user", "[user]", _user_forms(machine, words), _USER_KEYS, _logins(machine)),
        _rule("this-host", "[host]", _host_forms(host, words), _HOST_KEYS, (host, host.partition(".")[0])),
        _rule("this-domain", "[domain]", _domain_forms(machine, host, words), _DOMAIN_KEYS, (machine.domain,)),
    )
    return tuple(each for each in rules if each.forms)


def _rule(name: str, placeholder: str, forms: Iterable[Form], keys: str, whole: Iterable[str]) -> NameRule:
    return NameRule(name, placeholder, tuple(forms), keys, frozenset(lower(each) for each in whole if each))


def _logins(machine: Machine) -> tuple[str, ...]:
    """Give the words that name the user: login names, and the home directory where it is called after somebody."""
    names = [machine.username, *machine.aliases]
    parent, _, folder = re.sub(r"[\\/]+", "/", machine.home).rstrip("/").rpartition("/")
    if re.search(r"(?:^|/)(?:homes?\d?|users|people|students?|staff|documents and settings)(?:/|$)", parent.lower()):
        names.append(folder)
    stripped = [name.partition("@")[0].rpartition("\\")[2].strip() for name in names]
    return tuple(dict.fromkeys(name for name in (*names, *stripped) if name.strip()))


def _user_forms(machine: Machine, ordinary: frozenset[str]) -> Iterator[Form]:
    logins = _logins(machine)
    full = machine.full_name.split()
    for login in logins:
        if len(login.split()) > 1:
            yield from _full_name(login.split(), ordinary)
        elif _distinct(login, ordinary):
            yield from _anywhere(login)
    yield from _full_name(full, ordinary)
    for part in _parts([*full, *(word for login in logins if " " in login for word in login.split())], ordinary):
        yield from _anywhere(part)
    positional = [name for name in (*logins, *full) if not _distinct(name, ordinary) and lower(name) not in _PARTICLES]
    yield from _positions(_USER_POSITIONS, positional)
    for name in positional:
        if len(name) == _PAIR and name.isalpha() and lower(name) not in ordinary | PAIRS:
            yield from _standing_alone(name, cased=name in full and name not in logins)
    yield from _own_home(machine.home)
    for name in (*logins, "".join(full)):
        stem = re.sub(r"[\s.+,;=\[\]]", "", lower(name))[:_SHORT_NAME]
        if len(stem) == _SHORT_NAME:
            yield Form((f"{stem}~",), rf"{re.escape(stem)}~\d")
        dotted = lower(name).partition(".")[0][:_SHORT_NAME]
        if _SHORTEST <= len(dotted) < _SHORT_NAME:
            yield Form((f"{dotted}~",), rf"{re.escape(dotted)}(?<!\w{re.escape(dotted)})~\d")


def _distinct(name: str, ordinary: frozenset[str]) -> bool:
    low = lower(name)
    shortest = _SHORTEST_SPACELESS if all(map(is_spaceless, low)) else _SHORTEST
    return len(low) >= shortest and low not in ordinary and not low.isdigit()


def _parts(words: Iterable[str], ordinary: frozenset[str]) -> tuple[str, ...]:
    """Give the words of a full name that name the person by themselves."""
    bare = [word.strip(".,;()\"'") for word in words]
    return tuple(dict.fromkeys(word for word in bare if _distinct(word, ordinary) and lower(word) not in _PARTICLES))


def _anywhere(name: str) -> Iterator[Form]:
    """A single word, as a word: between characters that are no letters, or at a change of case."""
    for spelling in spellings(name):
        yield Form((spelling,), _bounded(re.escape(spelling), spelling))
    low = name.lower()
    if low.isascii() and low.isalpha() and len(low) >= _DIGITS_BESIDE:
        title = low.capitalize()
        yield Form((low,), f"{title}(?<![A-Z]{title})(?![a-z])", "text")
        yield Form((low,), f"{low}(?<![A-Za-z]{low})(?=[A-Z])", "text")


def _standing_alone(name: str, *, cased: bool) -> Iterator[Form]:
    """A name of two letters, between white space, quotes, brackets and slashes alone."""
    for spelling in (name,) if cased else spellings(name):
        escaped = re.escape(spelling)
        alone = rf"{escaped}(?<![\w.%+~$&*<-]{escaped})(?![\w%+~=*>-]|\.\w)"
        yield Form((lower(spelling),), alone, "text" if cased else "low")


def _bounded(escaped: str, plain: str, rest: str = "", end: str = "") -> str:
    """Let an expression begin with a literal, and ask behind it what stands before it: twenty times faster.

    Args:
        escaped: the literal as an expression.
        plain: the literal.
        rest: an expression for what follows.
        end: what the whole ends with, if that is not the literal.
    """
    alone = len(plain) < _DIGITS_BESIDE or not set(plain) - set("0123456789abcdef")
    beside = _ALNUM if alone or not plain[-1:].isalpha() else _LETTER
    escapes = "".join(f"|(?<={escape}{escaped})" for escape in _ESCAPES)
    left = "" if is_spaceless(plain[:1]) else f"(?:(?<!{_ALNUM if alone else _LETTER}{escaped}){escapes})"
    right = "" if is_spaceless((end or plain)[-1:]) else f"(?!{beside})"
    return f"{escaped}{left}{rest}{right}"


def _full_name(words: list[str], ordinary: frozenset[str]) -> Iterator[Form]:
    words = [word for word in words if word.strip(",;")]
    if len(words) < 2:  # noqa: PLR2004 - a single word is no sequence
        return
    first, last = words[0].strip(",;"), words[-1].strip(",;")
    if any(_distinct(word, ordinary) for word in (first, last)):
        for one, other in ((first, last), (last, first)):
            for spelling in spellings(one):
                others = "|".join(re.escape(each) for each in spellings(other))
                middle = rf"(?:[^\W\d_]+\.?{_GAP}){{0,2}}?" if words[1:-1] else ""
                sequence = f"{_GAP}{middle}(?:{others})"
                yield Form((spelling,), _bounded(re.escape(spelling), spelling, sequence, other))
        for joined in (lower(first[0] + last), lower(last + first[0])):
            if len(joined) >= _SHORTEST_JOINED and _distinct(joined, ordinary):
                yield from _anywhere(joined)
        return
    for one, other in ((first, last), (last, first)):  # two ordinary words: only where they are written as a name
        for a, b in (
            (one.capitalize(), other.capitalize()),
            (one.upper(), other.upper()),
            (one.lower(), other.lower()),
        ):
            gap = "[._]" if a.islower() else r"(?:[ ._-]|, |%20)"
            yield Form((lower(a), lower(b)), rf"{re.escape(a)}(?<!\w{re.escape(a)}){gap}{re.escape(b)}(?!\w)", "text")


def _own_home(home: str) -> Iterator[Form]:
    """A home directory that the rules for anybody's do not find, by its whole path; what names somebody goes."""
    parts = [part for part in re.split(r"[\\/]+", lower(home)) if part]
    system = {
        "root",
        "nonexistent",
        "srv",
        "var",
        "opt",
        "usr",
        "etc",
        "run",
        "bin",
        "dev",
        "proc",
        "tmp",
        "lib",
        "sbin",
    }
    if len(parts) < 2 or parts[-1] in system:  # noqa: PLR2004 - a parent and the folder
        return
    if parts[-2] in {"home", "users"}:  # the rules for anybody's find it, unless it is called like a page of the web
        if parts[-1] in map(lower, NOBODY):
            root = f"/{parts[-2]}/"
            yield Form((f"{root}{parts[-1]}/",), rf"{root}(?<![\w.-]{root})({re.escape(parts[-1])})(?=/)")
        return
    separator = r"(?:\\{0,4}/|\\{1,4}|%2f|%5c)"
    yield Form(
        (parts[-2], parts[-1]),
        separator.join(map(re.escape, parts[:-1])) + f"{separator}({re.escape(parts[-1])})(?![\\w])",
    )


def _positions(table: Iterable[tuple[str, str]], names: Iterable[str]) -> Iterator[Form]:
    every = sorted({spelling for name in names for spelling in spellings(name)}, key=lambda name: (-len(name), name))
    if not every:
        return
    for needle, regex in table:
        if regex.startswith("({x})"):  # begins with the name: one expression each, so that it begins with a literal
            for name in every:
                escaped = re.escape(name)
                yield Form((needle, name), f"({escaped})(?<![\\w.+%-]{escaped})" + regex[len("({x})") :])
        else:
            yield Form((needle,), regex.replace("{x}", "|".join(map(re.escape, every))))
    for name in every:  # the owner and the group of a file, as ls and tar write them
        escaped = re.escape(name)
        yield Form((f"{name} {name} ",), rf"{escaped}(?<![\w]{escaped}) {escaped}(?= +\d)")
        yield Form((f"{name}/{name} ",), rf"{escaped}(?<![\w/]{escaped})/{escaped}(?= +\d)")


def _host_forms(host: str, ordinary: frozenset[str]) -> Iterator[Form]:
    if host in _NO_HOST:
        return
    label, _, domain = host.partition(".")
    if domain:
        yield from (Form((form,), _bounded(re.escape(form), form)) for form in spellings(host))
    if label in _NO_HOST:
        return
    if not _distinct(label, ordinary) or re.fullmatch(_MODELS, label):
        yield from _positions(_HOST_POSITIONS, [label])
        return
    for spelling in spellings(label):
        first, *others = re.split(r"[-_]", spelling)
        if first and others:
            rest = "".join(_HOST_GAP + re.escape(other) for other in others)
            left = "" if is_spaceless(first[0]) else f"(?<!{_ALNUM}{re.escape(first)})"
            right = "" if is_spaceless(spelling[-1]) else f"(?!{_ALNUM})"
            yield Form((first,), f"{re.escape(first)}{left}{rest}{right}")
            if len(label.replace("-", "")) > _SHORT_NAME and not label.replace("-", "").isdigit():
                yield from _anywhere(spelling.replace("-", "").replace("_", ""))
        else:
            yield Form((spelling,), _bounded(re.escape(spelling), spelling))


def _domain_forms(machine: Machine, host: str, ordinary: frozenset[str]) -> Iterator[Form]:
    domains = {lower(machine.domain.strip().strip(".")), host.partition(".")[2]} - _NO_DOMAIN
    label = host.partition(".")[0]
    for domain in sorted(domains - {label, host}):
        if _distinct(domain, ordinary):
            yield from _anywhere(domain)
        else:
            yield from _positions(_DOMAIN_POSITIONS, [domain])
