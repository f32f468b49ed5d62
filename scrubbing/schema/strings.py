"""Strings as they may leave: whole characters, of bounded length, of the form a field asks for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

#: What stands where something was that may not leave, and where code is not the app's, its dependencies' or Python's.
UNKNOWN, EXTERNAL, FILTERED = "<?>", "<external>", "[Filtered]"
#: What we put ourselves where something was taken out; never a finding.
OURS = frozenset({UNKNOWN, EXTERNAL, FILTERED, "{{ default }}"})
#: Characters of one string, where a field does not say less (Sentry's limit of a message).
STRING_LIMIT = 8192
#: Characters beyond a field's limit that rules still see, so that no half of a secret is left at the cut.
MARGIN = 4096

_REPLACED = "\N{REPLACEMENT CHARACTER}"
#: The characters of a name and of a piece of a path, if all are ASCII; and names that are no identifiers.
_NAMES = frozenset(
    f"<{name}>"
    for name in "lambda module listcomp genexpr dictcomp setcomp locals external string stdin ?".split()  # noqa: SIM905
)
_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+[] -/"
#: Names and paths that were found to be of their form, so that each is looked at once. They are names of code.
_MOST_KNOWN = 2048


def whole(text: str) -> str:
    """Return `text` as a plain string every server can read: lone surrogates and a NUL become U+FFFD.

    With several it is not text, or text of another encoding, in which people read what no rule does: it is unknown.
    What a subclass of `str` says of itself is not asked.
    """
    text = str.__str__(text)
    if "\0" in text:
        if text.count("\0") > 1:
            return UNKNOWN
        text = text.replace("\0", _REPLACED)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def is_whole(text: str) -> bool:
    """Say whether `whole` would change nothing."""
    if "\0" in text:
        return False
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return False
    return True


def shorten(text: str, limit: int) -> str:
    """Cut a text to `limit` characters, visibly, at a space where one is near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 3]
    space = max(head.rfind(" "), head.rfind("\n"))
    return (head[:space] if space > len(head) - limit // 8 else head) + "..."


def is_symbol(text: str) -> bool:
    """Say whether `text` has the form of a dotted name of code."""
    if text.isascii():
        for part in text.split("."):
            if not (part.isidentifier() or part in _NAMES):
                break
        else:
            return True
    return _patterns()[0].fullmatch(text) is not None


def is_relative(text: str) -> bool:
    """Say whether `text` is a path below some root, naming no root itself.

    No drive, no leading slash, no way up, no home.
    """
    if not text.strip(_PLAIN) and text.isascii():
        around = f"/{text}/"
        if not (text[:1] in ("", " ") or "//" in around or "/./" in around or "/../" in around):
            return True
    return _patterns()[1].fullmatch(text) is not None


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The two forms in full. Hardly any event has a name that needs them, so they are not compiled before one has."""
    part = (
        r"(?:[^\W\d]\w*"
        rf"|(?:{'|'.join(map(re.escape, sorted(_NAMES)))})"
        r"|<generic parameters of [^\W\d]\w*>)"
    )
    piece = r"(?!\.\.?(?:/|\Z))[\w.+\[\] -]+"
    return (
        re.compile(rf"{part}(?:\.{part})*"),
        re.compile(rf"<(?:external|string|\?)>|<frozen [\w.]+>|(?! ){piece}(?:/{piece})*"),
    )


class Forms(dict[str, Callable[[str], re.Match[str] | None]]):
    """Expressions, and what says whether the whole of a string is as they say: none is compiled before it is needed."""

    def __missing__(self, expression: str) -> Callable[[str], re.Match[str] | None]:
        """Compile an expression."""
        made = self[expression] = re.compile(expression, re.ASCII).fullmatch
        return made


FORMS = Forms()


class Known(dict[str, int]):
    """Strings of a form, with their lengths: each is looked at once.

    Args:
        form: what the strings look like.
        limit: their characters at most.
    """

    __slots__ = ("form", "limit")

    def __init__(self, form: Callable[[str], bool], limit: int) -> None:
        super().__init__()
        self.form, self.limit = form, limit

    def __missing__(self, text: str) -> int:
        """Look at a plain string; 0 is no length of any of the form."""
        if len(text) > self.limit or not is_whole(text) or not self.form(text):
            return 0
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[text] = len(text)
        return len(text)


#: Names of code and paths below a root, as they leave without another look.
SYMBOLS, RELATIVES = Known(is_symbol, 256), Known(is_relative, 256)


#: A URL with more than this keeps no query; placeholders may be longer than what they stand for.
_ADDRESS = 200
_NAME = r"[\w.*\[\]-]{1,64}"
#: What rules of ours and this module put in place of a value; with a hash where a policy asks for one.
PLACEHOLDERS = "Filtered|auth|creditcard|domain|email|host|iban|imei|ip|mac|pemkey|phone|token|us-ssn|user"
#: A number, or a placeholder. Anybody's value can stand in brackets, so that only ours are known.
_OPEN_VALUE = rf"\d{{0,6}}|\*{{1,64}}|\[(?:{PLACEHOLDERS})(?::[0-9a-f]{{16}})?\]"
#: The same after rules have looked at it, an app's own too, with names that nobody here knows.
_TOLD_VALUE = r"\d{0,6}|\*{1,64}|\[[A-Za-z][A-Za-z0-9 _.:-]{0,47}\]"

#: Parameters that choose how a page is shown, and what they choose: words of the site, not of who visits it.
# fmt: off
_CHOOSES = frozenset({
    "debug", "dir", "direction", "format", "lang", "language", "layout", "locale", "mode", "order", "order_by",
    "orderby", "sort", "sort_by", "sortby", "tab", "theme", "v", "version", "view",
})
# fmt: on
_CHOICE = r"[A-Za-z]{1,12}(?:[_-][A-Za-z]{1,12})?|\d{1,3}(?:\.\d{1,3}){0,2}"
#: A single letter, or a date; a place within a page.
_SLIGHT = r"[A-Za-z]|\d{4}-\d\d-\d\d"
_ANCHOR = r"[A-Za-z]{1,24}(?:[_-][A-Za-z]{1,24}){0,4}"


def bare_address(text: str, open_value: str = _OPEN_VALUE) -> str:
    """Return a URL without what it was asked with: of its query names, numbers, dates and choices stay.

    What is longer than servers take keeps no query at all. Of fragments those stay that name a place within a page.

    Args:
        text: the URL.
        open_value: what a value looks like that stays, as a regular expression.
    """
    if text in OURS:
        return text
    asked, _, fragment = text.partition("#")
    bare, _, query = asked.partition("?")
    place = f"#{fragment}" if fragment and (FORMS[_ANCHOR](fragment) or FORMS[open_value](fragment)) else ""
    if len(query) > _ADDRESS:  # the pair that is cut goes: half of a number looks like a number
        query = query[:_ADDRESS].rpartition("&")[0]
    is_name, is_open = FORMS[_NAME], FORMS[open_value]
    pairs = [pair.partition("=") for pair in query.split("&")]
    told = [
        f"{name}={value if is_open(value) or _is_slight(name, value) else FILTERED}"
        for name, equals, value in pairs
        if equals and is_name(name)
    ]
    whole = f"{bare}?{'&'.join(told)}{place}" if told else bare + place
    return whole if len(whole) <= _ADDRESS else bare


def _is_slight(name: str, value: str) -> bool:
    name = name.lower()
    if name in _CHOOSES and FORMS[_CHOICE](value):
        return True
    return "birth" not in name and name not in ("dob", "born") and FORMS[_SLIGHT](value) is not None


def is_bare_address(text: str) -> bool:
    """Say whether a URL carries nothing that `bare_address` would take out."""
    return bare_address(text) == text


def is_told_address(text: str) -> bool:
    """Say the same of a URL that rules have looked at, and that may have placeholders of an app's own."""
    return bare_address(text, _TOLD_VALUE) == text
