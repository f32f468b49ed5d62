"""The ways a name is written once programs have quoted, escaped, decomposed or mistreated it.

All spellings are in lower case, as the rules look at a lowered text. A name in ASCII has one; the others come from
letters beyond it, and from apostrophes.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from scrubbing.rules.views import lower

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ASCII_END = 0x80
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
#: Letters that no decomposition takes apart.
_PLAIN: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "œ": "oe",
        "đ": "d",
        "ł": "l",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "þ": "th",
        "ð": "d",
    }
)

#: Scripts that put no space between words: from and to. (Unicode's blocks of Thai, Lao and Tibetan; Myanmar; Hangul;
#: Khmer; Han and Kana with their extensions and half widths.)
_SPACELESS: Final = (
    (0x0E00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x19E0, 0x19FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x303C),
    (0x3040, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFFDC),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)
#: An apostrophe as addresses, HTML, literals, databases and typographers write it.
_APOSTROPHES: Final = (
    *("%27", "%2527", "&#39;", "&#039;", "&#x27;", "&apos;", "\\'", "\\\\'", "\\u0027", "\\x27", "''"),
    *("\N{RIGHT SINGLE QUOTATION MARK}", "%e2%80%99", "\\u2019", "&rsquo;", "&#8217;", "&#x2019;"),
)


def is_spaceless(char: str) -> bool:
    """Say whether a character is of a script that is written without spaces between words."""
    return char != "" and any(first <= ord(char) <= last for first, last in _SPACELESS)


def spellings(name: str) -> tuple[str, ...]:
    """Give every spelling of a name that is looked for, the plain one first.

    Args:
        name: one word of a name, such as a login name.
    """
    if "\N{RIGHT SINGLE QUOTATION MARK}" in name:
        plain_mark = spellings(name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        return tuple(dict.fromkeys((*_written(name), *plain_mark)))
    marked = [form.replace("'", mark) for form in _written(name) for mark in _APOSTROPHES] if "'" in name else []
    return tuple(dict.fromkeys((*_written(name), *marked)))


def _written(name: str) -> tuple[str, ...]:
    if name.isascii():
        return (name.lower(),)
    bases = [
        name,
        *(unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC")),
        name.casefold(),
        name.upper(),
    ]
    plain = list(dict.fromkeys(lower(base) for base in bases))
    cased = dict.fromkeys((*plain, *(each.title() for each in plain), *(each.upper() for each in plain)))
    escaped = [form for base in cased for write in _WRITERS for form in write(base)]
    transliterated = [_without_marks(plain[0]), plain[0].translate(_GERMAN)]
    everything = dict.fromkeys(lower(form) for form in (*plain, *escaped, *transliterated))
    return tuple(form for form in everything if form)


def _each(name: str, write: Callable[[str], str]) -> str:
    return "".join(char if ord(char) < _ASCII_END else write(char) for char in name)


def _octets(char: str) -> bytes:
    return char.encode("utf-8", "surrogatepass")


def _percent(name: str) -> Iterator[str]:
    yield _each(name, lambda char: "".join(f"%{octet:02x}" for octet in _octets(char)))
    yield _each(name, lambda char: "".join(f"%25{octet:02x}" for octet in _octets(char)))


def _backslash(name: str) -> Iterator[str]:
    def units(char: str) -> str:
        pairs = char.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{pairs[i]:02x}{pairs[i + 1]:02x}" for i in range(0, len(pairs), 2))

    short = ascii(name)[1:-1]
    octets = _each(name, lambda char: "".join(f"\\x{octet:02x}" for octet in _octets(char)))
    octal = _each(name, lambda char: "".join(f"\\{octet:03o}" for octet in _octets(char)))
    for form in (_each(name, units), short, octets, octal):
        yield form
        yield form.replace("\\", "\\\\")


def _html(name: str) -> Iterator[str]:
    from html.entities import codepoint2name

    yield _each(name, lambda char: f"&#{ord(char)};")
    yield _each(name, lambda char: f"&#x{ord(char):x};")
    yield _each(name, lambda char: f"&{codepoint2name.get(ord(char), f'#{ord(char)}')};")


def _mistaken(name: str) -> Iterator[str]:
    """UTF-8 read as something else, the other way round, and what a surrogate-escaping reader makes of it."""
    octets = name.encode("utf-8", "surrogatepass")
    yield octets.decode("latin-1")
    yield octets.decode("cp1252", "ignore")
    yield octets.decode("ascii", "surrogateescape")
    yield _each(name, lambda _: "\N{REPLACEMENT CHARACTER}")


def _punycode(name: str) -> Iterator[str]:
    yield "xn--" + name.encode("punycode", "ignore").decode("ascii")


def _without_marks(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_WRITERS: Final = (_percent, _backslash, _html, _mistaken, _punycode)
