"""What tells a secret's value from all else that stands where one would: nothing, a type, a path, a word, code.

Each takes a text and the range of what may be a secret, as the ``check`` of a row does.
"""

from __future__ import annotations

from typing import Final

from scrubbing.rules.keywords import DECORATION, ENCODED, LOGINS, LOOSE, OPENING, SECRET, TAIL_WORDS
from scrubbing.rules.rows import STAND_IN, compiled
from scrubbing.rules.views import after, before

_SAID_OF_SECRETS = """
none null nil eof true false undefined nan yes no on off str string int integer bytes bool boolean object any text type
self cls args kwargs required optional invalid incorrect missing wrong empty expired changed reset unknown denied
failed accepted rejected enabled disabled ok not is are was were has had must should may can cannot could will would
the a an to in of for from with and or but as at by if because requires require required expected expects needs
argument option options flag value parameter unset undef fail set secret secrets token tokens password passwords passwd
pass pwd key keys api_key apikey apitoken authorization bearer basic digest session cookie header field expires
authentication error character characters
"""
#: What a value under a sensitive key may be without being a secret: nothing, a type, a state, a word of a sentence.
OPEN_VALUES: Final = frozenset(_SAID_OF_SECRETS.split())
#: A parser's token, not a service's.
_PARSED: Final = r"(?:unexpected|invalid|expected|missing|bad|unknown|illegal|next|current|last|first) token\W{1,4}\Z"


#: A value that is a secret's name rather than a secret, as in ``"input_token": "nextToken"``.
_NAMED: Final = r"(?:[A-Za-z]+[_-])+(?:token|key)(?:_id)?\Z|[a-z]+(?:Token|Key)\Z|[A-Z]+(?:_[A-Z]+)*_(?:TOKEN|KEY)\Z"


#: What forms say of a field in one word.
_COMPLAINTS: Final = frozenset("blank unique short long weak common similar simple mismatch duplicate exists".split())  # noqa: SIM905


def quoted_value(text: str, start: int, end: int) -> bool:
    """Tell a quoted value from the name of one, and from nothing."""
    value = text[start:end]
    low = value.strip().lower()
    if not any(map(str.isalnum, value)) or low in OPEN_VALUES or compiled(STAND_IN).match(value):
        return False
    if (
        len(value) == 1
        or _of_class(text, start, value)
        or compiled(_NAMED).match(value)
        or _a_place(value)
        or value[0] in "),;]}"
    ):  # of a prompt: getpass("Password: ")
        return False
    if compiled(r"\[\s?\\{0,4}[\"'`]\Z").search(before(text, start, 8)) and (
        " " in value or low.rstrip(".") in _COMPLAINTS or "_" in value
    ):
        return False  # in a list stand remarks, too: {"password": ["This field is required."]}
    return not low.endswith(":") and (telling(value) or not parsed(text, start))


def parsed(text: str, start: int) -> bool:
    """Say whether what stands here is a parser's token."""
    return compiled(_PARSED).search(before(text, start, 40).lower()) is not None


def bare_value(text: str, start: int, end: int) -> bool:
    """Tell an unquoted value from prose and from code."""
    value = text[start:end].rstrip(DECORATION)
    low = value.lower()
    if not any(map(str.isalnum, value)) or low in OPEN_VALUES or compiled(STAND_IN).match(value):
        return False
    rest = after(text, end, 2)
    if (
        rest[:1] in ("(", "[")
        or (rest[:1] in ("'", '"') and compiled(r"[bruf]{1,2}\Z").match(low))
        or compiled(rf"[\w.]{{1,60}}[(\[]|{_NAMED}").match(value)
    ):
        return False
    head = before(text, start, 40)
    if (value.isdigit() and len(value) < _SHORTEST and not _a_code(head, value)) or _of_class(text, start, value):
        return False
    if head.lower().rstrip(" =:\"'").endswith(low):  # self.passphrase = passphrase
        return False
    if _a_place(value) or (compiled(LOOSE).search(head) and (_dotted(value) or not telling(value))):
        return False
    if head[-1:] in ("=", ":") and not head.endswith("=="):  # tight: key=value
        return (head[-1:] == "=" and not _dotted(value)) or telling(value)
    if telling(value):
        return True
    ends_line = not rest.strip() or rest[:1] in ("\n", "\r", ",", ";", "'", '"')
    ends_line = ends_line or (value.isdigit() and rest[:1] in ("}", "]"))
    return ends_line and not parsed(text, start) and not _dotted(value)


_SHORTEST, _LONG_NUMBER, _OPAQUE = 4, 6, 12


def telling(value: str) -> bool:
    """Say whether a value looks like a secret by itself: digits among letters, or signs of no word."""
    letters, digits = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    signs = any(char in "!@#$^&*+/=?~" for char in value)
    long = len(value) >= _LONG_NUMBER
    return len(value) >= _SHORTEST and ((letters and (digits or signs)) or (digits and long))


def _dotted(value: str) -> bool:
    return compiled(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z").match(value) is not None and not telling(value)


def no_path(text: str, start: int, end: int) -> bool:
    """PWD is the working directory as often as it is a password."""
    return not _a_path(text[start:end]) and bare_value(text, start, end)


def no_path_quoted(text: str, start: int, end: int) -> bool:
    """Say the same of what stands between quotes."""
    return not _a_path(text[start:end]) and quoted_value(text, start, end)


def opens(text: str, start: int) -> bool:
    """Say whether the key whose value stands here opens something: ``api_key``, not ``sort_key``."""
    head = before(text, start, 96).lower()
    return head[: head.rfind("key")].rstrip("_. -").endswith(OPENING)


def _of_login(text: str, start: int) -> bool:
    """Tell ``dbPass`` from ``bypass``."""
    found = compiled(r"([a-z]+)pass[^a-z]*(?:[bruf]{1,2}[\"'])?\Z").search(before(text, start, 64).lower())
    return found is None or found[1].endswith(LOGINS)


def key_quoted(text: str, start: int, end: int) -> bool:
    """Take a quoted value of a key that opens something."""
    return opens(text, start) and quoted_value(text, start, end)


def key_value(text: str, start: int, end: int) -> bool:
    """Take any value of a key that opens something."""
    return opens(text, start) and bare_value(text, start, end)


def pass_quoted(text: str, start: int, end: int) -> bool:
    """Take a quoted value of a password, by its full name or a short one."""
    return _of_login(text, start) and quoted_value(text, start, end)


def pass_value(text: str, start: int, end: int) -> bool:
    """Take any value of a password."""
    return _of_login(text, start) and bare_value(text, start, end)


def named(text: str, start: int) -> bool:
    """Say whether the name before a value is a secret's: one expression for all rows that ask, as it is a long one."""
    return secret_before(before(text, start, 112).lower())


def secret_before(head: str) -> bool:
    """Say whether a lowered text ends in a secret's name and the signs behind one."""
    return compiled(_NAME_BEFORE).search(head) is not None


def _a_code(head: str, value: str) -> bool:
    """Say whether a short number is a password; of tokens and keys there are as many, and they have such numbers."""
    return len(value) == _SHORTEST - 1 and compiled(_CODED).search(head.lower()) is not None


_CODED: Final = (
    r"(?:pass(?:[ _-]?word|wd|phrase|code)|(?<=_)pass|pwd|(?<![a-z0-9])pw|psk|(?:secret|api|private)[ _-]?key|secret"
    r"|pass?wort|kennwort|mot de passe)"
    r"(?:\\{0,4}[\"'`]|\])?\]?\s{0,8}(?:=>|:=|[:=])\s{0,8}\Z"
)


def _of_class(text: str, start: int, value: str) -> bool:
    """Say whether a value is a class's version, as in a list of them: ``'Pod::ParserToken' => '3.15'``.

    Secrets are kept in classes, too: ``Config::PASSWORD = '...'``.
    """
    if compiled(r"v?\d{1,2}(?:[._]\d{1,9}){0,4}\Z").match(value) is None:
        return False
    return compiled(r"::\w{0,64}[\"']?\s{0,8}[=:]>?\s{0,8}[\"']?\Z").search(before(text, start, 96)) is not None


#: Where secrets are kept: in a file, at an address without anything secret in itself.
_PLACES: Final = (
    r"(?:~|\.{1,2}|[A-Za-z]:)[\\/]|/(?:home|root|Users|etc|var|usr|opt|tmp|run|srv|mnt|app|secrets?)/"
    r"|https?://[^\s@?=]*\Z"
)


def _a_place(value: str) -> bool:
    """Say whether a value is the path of the file in which the secret is kept."""
    return compiled(_PLACES).match(value) is not None and not (
        value.startswith("http") and any(map(_mixed, compiled(r"[\w-]{16,}").findall(value)))
    )


#: What is no secret though it is long and has digits: a security identifier, a call, a way of logging in.
_SCHEMES: Final = r"[sS]-1-|[\w.-]+[(\[]|(?i:\S*(?:sha-?\d|oauth|sasl|ntlm|tls|kerberos|gssapi|version))"


def _long(text: str, start: int, end: int) -> bool:
    """Tell an opaque value from the short names and states under keys that are seldom secret."""
    value = text[start:end]
    return len(value) >= _OPAQUE and _mixed(value) and compiled(_SCHEMES).match(value) is None


def _mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


def _a_path(value: str) -> bool:
    return compiled(r"[/~.\\]|[A-Za-z]:[\\/]").match(value) is not None


def _either(text: str, start: int, end: int) -> bool:
    return (quoted_value if text[start - 1] in "\"'`;" else bare_value)(text, start, end)


def opaque(text: str, start: int, end: int) -> bool:
    """Take a value, quoted or not, where only a long one with letters and digits is secret."""
    return _long(text, start, end) and _either(text, start, end)


def admitting(text: str, start: int, end: int) -> bool:
    """Take a value, quoted or not, where only one that looks like a secret is one."""
    return telling(text[start:end]) and _either(text, start, end)


_NAME_BEFORE: Final = rf"(?:{SECRET}|passw|auth|pin){TAIL_WORDS}(?:&#?\w{{2,5}};|\bb?[\\\"'`,= ]|[\\\"'`,= ]){{1,24}}\Z"


def encoded_value(text: str, start: int, end: int) -> bool:
    """Say whether the encoded sign before a value stands behind a secret's name."""
    head = before(text, start, 96).lower()
    called = text.startswith(("(", "%28", "%2528", "."), end)
    return (
        compiled(_ENCODED_NAME).search(head) is not None
        and quoted_value(text, start, end)
        and (telling(text[start:end]) or not (called or head.endswith(("%20", "%5b", "+"))))
    )


_ENCODED_NAME: Final = rf"{SECRET}{TAIL_WORDS}(?:%(?:25)?(?:2[027]|5d)|\\u002[27])*(?:{ENCODED})\Z"
