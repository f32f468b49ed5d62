"""Strings as they may leave: whole characters, of bounded length, of the form a field asks for."""

from __future__ import annotations

import re

#: What stands where something was that may not leave, and where code is not the app's, its dependencies' or Python's.
UNKNOWN, EXTERNAL, FILTERED = "<?>", "<external>", "[Filtered]"
#: What we put ourselves where something was taken out; never a finding.
OURS = frozenset({UNKNOWN, EXTERNAL, FILTERED, "{{ default }}"})
#: Characters of one string, where a field does not say less (Sentry's limit of a message).
STRING_LIMIT = 8192
#: Characters beyond a field's limit that rules still see, so that no half of a secret is left at the cut.
MARGIN = 4096

_REPLACED = "\N{REPLACEMENT CHARACTER}"
_PART = (
    r"(?:[^\W\d]\w*"
    r"|<(?:lambda|module|listcomp|genexpr|dictcomp|setcomp|locals|external|string|stdin|\?)>"
    r"|<generic parameters of [^\W\d]\w*>)"
)
_SYMBOL = re.compile(rf"{_PART}(?:\.{_PART})*")
#: Under strict a path is relative to a root the program knows: no drive, no leading slash, no way up, no home.
_PIECE = r"(?!\.\.?(?:/|\Z))[\w.+\[\] -]+"
_RELATIVE = re.compile(rf"<(?:external|string|\?)>|<frozen [\w.]+>|(?! ){_PIECE}(?:/{_PIECE})*")


def whole(text: str) -> str:
    """Return `text` as a plain string every server can read: lone surrogates and NUL become U+FFFD.

    What a subclass of `str` says of itself is not asked.
    """
    text = str.__str__(text)
    if "\0" in text:
        text = text.replace("\0", _REPLACED)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def shorten(text: str, limit: int) -> str:
    """Cut a text to `limit` characters, visibly, at a space where one is near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 3]
    space = max(head.rfind(" "), head.rfind("\n"))
    return (head[:space] if space > len(head) - limit // 8 else head) + "..."


def is_symbol(text: str) -> bool:
    """Say whether `text` has the form of a dotted name of code."""
    return _SYMBOL.fullmatch(text) is not None


def is_relative(text: str) -> bool:
    """Say whether `text` is a path below some root, naming no root itself."""
    return _RELATIVE.fullmatch(text) is not None


def bare_address(text: str) -> str:
    """Return a URL up to its query or its fragment: what is asked for, not with what."""
    return text if text in OURS else text.partition("?")[0].partition("#")[0]


def is_bare_address(text: str) -> bool:
    """Say whether a URL carries neither a query nor a fragment."""
    return bare_address(text) == text
