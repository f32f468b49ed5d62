"""``%`` templates taken apart: literals and fields."""

from __future__ import annotations


class Field:
    """A field of a ``%`` template.

    Args:
        key: its key in a mapping, if it names one.
        conversion: its last letter.
        plain: whether it has neither flags nor widths.
        stars: widths that are arguments of their own.
    """

    __slots__ = ("conversion", "key", "plain", "stars")

    def __init__(self, key: str | None, conversion: str, stars: int, *, plain: bool) -> None:
        self.key, self.conversion, self.stars, self.plain = key, conversion, stars, plain


_FLAGS, _LENGTHS, _CONVERSIONS = "#0- +", "hlL", "diouxXeEfFgGcrsa"


def percent_parts(text: str) -> list[str | Field] | None:
    """Take a ``%`` template apart.

    Returns:
        Literals and fields in order; ``None`` where it is none, or has a width that is an argument.
    """
    found: list[str | Field] = []
    at = 0
    while at < len(text):
        end = text.find("%", at)
        if end < 0:
            break
        found.append(text[at:end])
        if text[end + 1 : end + 2] == "%":
            found.append("%")
            at = end + 2
            continue
        field, at = _field(text, end + 1)
        if field is None or field.stars:
            return None
        found.append(field)
    return [*found, text[at:]]


def _field(text: str, at: int) -> tuple[Field | None, int]:
    key, start = None, at
    if text[at : at + 1] == "(":
        end = text.find(")", at)
        if end < 0:
            return None, at
        key, start = text[at + 1 : end], end + 1
    at = start
    while text[at : at + 1] and text[at] in f"{_FLAGS}{_LENGTHS}.*0123456789":
        at += 1
    conversion = text[at : at + 1]
    if not conversion or conversion not in _CONVERSIONS:
        return None, at
    return Field(key, conversion, text.count("*", start, at), plain=at == start), at + 1
