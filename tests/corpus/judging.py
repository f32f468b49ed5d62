"""What a skeleton is judged by: whether it says something, and whether it says anything of a planted value."""

from __future__ import annotations

import re
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator
from types import CodeType

from corpus.planted import Planted

HOLE = "<?>"
#: Characters of a value that may not come out together.
SHORTEST = 4
_PLACEHOLDERS = re.compile(r"<\?>|<int>")  # ours, also where a value looks like them
_HOLES = re.compile(r"<(?:\?|[a-z]+)>")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def accounts_for(template: str, text: str) -> bool:
    """Say whether a message is a template with its holes filled."""
    pattern = ".*".join(re.escape(part) for part in template.split(HOLE))
    return re.fullmatch(pattern, text, re.DOTALL) is not None


def words(text: str) -> Counter[str]:
    """Count the words outside of holes."""
    return Counter(_WORDS.findall(_HOLES.sub("\0", text)))


def readable(skeleton: str, template: str) -> bool | None:
    """Say whether at least half of a template's words are in a skeleton; ``None`` for a template without words."""
    wanted = words(template)
    if not wanted:
        return None
    return 2 * sum((wanted & words(skeleton)).values()) >= sum(wanted.values())


def leaks(text: str, planted: Planted, literals: str) -> list[str]:
    """Find parts of planted values, four characters or longer, which are not part of a literal either.

    Args:
        text: what is searched.
        planted: the values.
        literals: the literals of the code, one after the other.
    """
    found: list[str] = []
    searched, literals = _PLACEHOLDERS.sub("\0", text).lower(), literals.lower()
    for value in planted.texts():
        for form in {value, repr(value), ascii(value), urllib.parse.quote(value), urllib.parse.quote_plus(value)}:
            found += (part for part in _common(form.lower(), searched) if part not in literals)
    return sorted(set(found), key=len, reverse=True)


def _common(value: str, text: str) -> Iterator[str]:
    """The longest part of a value in a text from each of the value's characters on."""
    for start in range(len(value) - SHORTEST + 1):
        end = start + SHORTEST
        if value[start:end] not in text:
            continue
        while end < len(value) and value[start : end + 1] in text:
            end += 1
        yield value[start:end]


def literals_of(codes: Iterable[CodeType]) -> Iterator[str]:
    """The strings and names of code objects and all that are in them."""
    for code in codes:
        yield from (code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars)
        yield from _texts(code.co_consts)


def _texts(consts: Iterable[object]) -> Iterator[str]:
    for const in consts:
        if isinstance(const, CodeType):
            yield from literals_of([const])
        elif isinstance(const, (tuple, frozenset)):
            yield from _texts(const)
        elif isinstance(const, (str, bytes)):
            yield const if isinstance(const, str) else const.decode("latin-1")
