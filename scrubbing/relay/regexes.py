"""Python's regular expressions in Rust's syntax: the same texts are found, or more."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

#: Relay takes expressions of 256 KiB when compiled: copies of what is repeated are what counts.
_MOST_COPIES: Final = 16
#: Beyond ASCII; without the two characters that are an s and a k where case does not count.
_BEYOND: Final = r"\x{80}-\x{17e}\x{180}-\x{2129}\x{212b}-\x{10ffff}"
_SPACES: Final = r"\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_DIGITS: Final = r"\x{660}-\x{669}\x{6f0}-\x{6f9}\x{966}-\x{96f}\x{ff10}-\x{ff19}"
_ASCII_END: Final = 128
_PREFIX: Final = 2
_SHAPES: Final = {"0": "0123456789", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a": "abcdefghijklmnopqrstuvwxyz"}
_FOREIGN: Final = (("\xe9", _BEYOND), ("\u2014", _BEYOND), ("\u2003", _SPACES), ("\u0663", _DIGITS))
_PLACES: Final = {
    "AT_BEGINNING_STRING": r"\A", "AT_END_STRING": r"\z", "AT_BEGINNING": r"\A", "AT_END": r"\n?\z",
    "AT_BOUNDARY": r"\b", "AT_NON_BOUNDARY": "",
}  # fmt: skip


#: The same in keys, where signs may stand around.
_EDGES: Final = {"AT_BEGINNING": r"\A[^0-9A-Za-z]*", "AT_END": r"[^0-9A-Za-z]*\z"}
_EDGES.update(AT_BEGINNING_STRING=_EDGES["AT_BEGINNING"], AT_END_STRING=_EDGES["AT_END"])


class Written:
    """An expression in Rust's syntax.

    Args:
        regex: Python's.
        over: the view it is searched in, as `Pattern` has it.
        before: what stands before a finding, for the reversed text.
        words: it is about keys: what stands between words may be anything or nothing.
    """

    def __init__(self, regex: str, over: str = "text", before: str = "", *, words: bool = False) -> None:
        tree = parser.parse(regex)
        self.over, self.words = over, words
        self.losses: set[str] = set()
        self._groups: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        flags = tree.state.flags
        self._dot = r"(?s:.)" if flags & re.DOTALL else r"[^\n]"
        found, definite = _last_groups(tree)
        body = self.sequence(tree)
        self.groups = sorted(self._numbers[group] for group in found if group in self._numbers) if definite else []
        if before:
            body, self.groups = self.sequence(parser.parse(before), backwards=True) + body, []
        self.text = ("(?i)" if over == "low" or words or flags & re.IGNORECASE else "") + body

    def sequence(self, tree: Any, *, backwards: bool = False) -> str:
        """Write parts one after the other, or for the reversed text."""
        parts = [self._part(str(op), value, backwards) for op, value in tree]
        return "".join(reversed(parts) if backwards else parts)

    def _part(self, name: str, value: Any, backwards: bool) -> str:
        if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            return self._one(name, value)
        if name.endswith("_REPEAT"):
            return self._repeat(value, backwards)
        if name == "SUBPATTERN":
            return self._group(value, backwards)
        if name == "BRANCH":
            return f"(?:{'|'.join(self.sequence(one, backwards=backwards) for one in value[1])})"
        if name == "AT":
            return self._place(str(value))
        if name == "GROUPREF":
            self.losses.add("a group is repeated in form, not in text")
            return f"(?:{_uncaptured(self, self._groups[value])})" if value in self._groups else ""
        if name == "GROUPREF_EXISTS":
            self.losses.add("a condition is read as either")
            either = [self.sequence(one, backwards=backwards) for one in value[1:] if one is not None]
            return f"(?:{'|'.join(either)})"
        if name == "ATOMIC_GROUP":
            return f"(?:{self.sequence(value, backwards=backwards)})"
        self.losses.add("what stands around is not looked at")
        return ""

    def _place(self, name: str) -> str:
        return (_EDGES if self.words else _PLACES).get(name, "")

    def _group(self, value: Any, backwards: bool) -> str:
        number, added, _, inner = value
        flags = "i" if added & re.IGNORECASE else ""
        body_width = inner.getwidth()[1]
        if number is None or not body_width or backwards:
            return f"(?{flags}:{self.sequence(inner, backwards=backwards)})"
        self._groups[number] = inner
        self._numbers[number] = len(self._numbers) + 1
        return f"({f'(?{flags})' if flags else ''}{self.sequence(inner)})"

    def _repeat(self, value: Any, backwards: bool) -> str:
        least, most, inner = value
        body = self.sequence(inner, backwards=backwards)
        if most > _MOST_COPIES or least > _MOST_COPIES:
            if least > _MOST_COPIES or most is not parser.MAXREPEAT:
                self.losses.add("long repeats have no bounds")
            least, most = min(least, _MOST_COPIES), None
        usual = {(0, None): "*", (1, None): "+", (0, 1): "?"}
        times = usual.get((least, most), f"{{{least},{'' if most is None else most}}}")
        # What is optional if something stands behind it is tried without; nothing else may stop early.
        lazy = "?" if (least, most) == (0, 1) and _looks_around(inner) else ""
        return f"(?:{body}){times}{lazy}"

    def _one(self, name: str, value: Any) -> str:
        if name == "ANY":
            return self._dot
        if name == "LITERAL":
            char = chr(value)
            if self.words and char == "_":
                return "[^0-9A-Za-z]{0,2}"
            wide = _SHAPES.get(char) if self.over == "shape" else None
            return f"[{wide[0]}-{wide[-1]}]" if wide else _escaped(char)
        test = re.compile(_python(name, value))
        taken = [chr(code) for code in range(_ASCII_END) if test.match(chr(code))]
        if self.over == "shape":
            taken = [char for one in taken for char in _SHAPES.get(one, one)]
        wide_one = next((wide for char, wide in _FOREIGN if test.match(char)), "")
        beyond = wide_one or "".join(map(_escaped, _named(name, value)))
        return f"[{''.join(map(_escaped, dict.fromkeys(taken)))}{beyond}]"


def _looks_around(tree: Any) -> bool:
    """Say whether a short part is there only if something stands behind it: a prefix before a quote."""
    if tree.getwidth()[1] > _PREFIX:
        return False
    return any(str(op) in ("ASSERT", "ASSERT_NOT") for op, _ in tree) or (
        len(tree) == 1 and str(tree[0][0]) == "SUBPATTERN" and _looks_around(tree[0][1][3])
    )


def _uncaptured(writer: Written, tree: Any) -> str:
    """What a group takes, once more: of one part alone, which is what groups that are repeated are made of."""
    return writer.sequence(tree, backwards=True) if len(tree) == 1 else ""


def _escaped(char: str) -> str:
    if char.isascii() and char.isalnum():
        return char
    if "\ud800" <= char <= "\udfff":
        return r"\x{fffd}"  # no JSON has it
    return f"\\x{{{ord(char):x}}}"


def _named(name: str, value: Any) -> list[str]:
    """Characters beyond ASCII that a set names one by one."""
    if name != "IN":
        return []
    found = [chr(what) for op, what in value if str(op) == "LITERAL" and what >= _ASCII_END]
    spans = [what for op, what in value if str(op) == "RANGE" and what[1] >= _ASCII_END]
    return found + [chr(code) for low, high in spans for code in range(max(low, _ASCII_END), min(high, low + 256) + 1)]


_LETTERS: Final = {"CATEGORY_DIGIT": "d", "CATEGORY_SPACE": "s", "CATEGORY_WORD": "w"}


def _python(name: str, value: Any) -> str:
    """A set as Python writes it."""
    if name == "NOT_LITERAL":
        return f"[^{re.escape(chr(value))}]"
    written = []
    for op, what in value:
        if str(op) == "NEGATE":
            written.append("^")
        elif str(op) == "CATEGORY":
            letter = _LETTERS[str(what).replace("_NOT_", "_")]
            written.append("\\" + (letter.upper() if "_NOT_" in str(what) else letter))
        else:
            written.append("-".join(re.escape(chr(one)) for one in (what if isinstance(what, tuple) else (what,))))
    return f"[{''.join(written)}]"


def _last_groups(tree: Any) -> tuple[set[int], bool]:
    """Groups that can be the last one that matched, and whether one surely does."""
    found: set[int] = set()
    for op, value in reversed(list(tree)):
        some, definite = _groups_of(str(op), value)
        found |= some
        if definite:
            return found, True
    return found, False


def _groups_of(name: str, value: Any) -> tuple[set[int], bool]:
    if name == "SUBPATTERN":
        return ({value[0]}, True) if value[0] is not None and value[3].getwidth()[1] else _last_groups(value[3])
    if name == "BRANCH":
        each = [_last_groups(one) for one in value[1]]
        return set().union(*(some for some, _ in each)), all(definite for _, definite in each)
    if name.endswith("_REPEAT"):
        some, definite = _last_groups(value[2])
        return some, definite and value[0] > 0
    return set(), False
