"""Remarks about what was taken out, in Relay's form (``_meta``): how they are written, and how they are judged.

A remark is ``[rule, type, start, end]``: the range is that of what stands there now, in bytes of UTF-8. Beside the
remarks of a text stands how many characters it had. The tree they hang on has the payload's own shape: a key that is
not in the payload cannot be in it, so that nothing that was renamed or dropped is said again there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Final

from scrubbing.errors import Refused

Json = Any

#: Where remarks stand in a payload.
META: Final = "_meta"
#: Relay's letters: removed, substituted, masked, pseudonymised.
TYPES: Final = ("x", "s", "m", "p")
#: What takes something out that is no rule, and why.
REASONS: Final = {
    "undeclared": "the schema does not declare it for this preset",
    "malformed": "not of the form its field declares",
    "run-time": "made at run time; only what is proven to be code leaves in this field",
    "unproven": "not proven to be code that may be named",
    "query": "an address leaves without most values of its query, and most fragments",
    "cut": "longer than what servers take",
    "bounded": "more entries, levels or bytes than may leave",
    "filtered": "something would be left to find",
    "spelling": "spelled so that every server can read it",
}
_MOST: Final = 2**53
_PARTS = 4


def tree(remarks: Iterable[tuple[tuple[str | int, ...], str, str, int, int, int]]) -> Json:
    """Hang remarks on the places they are about.

    Args:
        remarks: place, rule, type, start, end, characters before.
    """
    made: dict[str, Json] = {}
    for place, rule, letter, start, end, length in remarks:
        node = made
        for part in place:
            node = node.setdefault(str(part), {})
        about = node.setdefault("", {"rem": [], "len": length})
        about["rem"].append([rule, letter, start, end])
    return made


def judge(meta: Json, payload: Json, rules: Container[str]) -> None:
    """Judge the remarks of a payload.

    Args:
        meta: what stands under `META`.
        payload: the payload they are about, without them.
        rules: names of rules that may be said.

    Raises:
        Refused: they are not ours: another form, an unheard-of rule, a place that is not in the payload.
    """
    if type(meta) is not dict:
        raise Refused("fence:type", f".{META}")
    for key, below in meta.items():
        if key == "":
            _judge_about(below, payload, rules)
        else:
            judge(below, _child(payload, key), rules)


def _child(payload: Json, key: str) -> Json:
    if type(payload) is dict and key in payload:
        return payload[key]
    if type(payload) is list and key.isascii() and key.isdigit() and str(int(key[:9])) == key:
        number = int(key)
        if number < len(payload):
            return payload[number]
    raise Refused("fence:field", f".{META}")


def _judge_about(about: Json, value: Json, rules: Container[str]) -> None:
    if type(about) is not dict or about.keys() != {"rem", "len"} or not _is_count(about["len"]):
        raise Refused("fence:type", f".{META}")
    size = len(value.encode()) if type(value) is str else _MOST
    if type(about["rem"]) is not list or not all(_is_remark(one, size, rules) for one in about["rem"]):
        raise Refused("fence:value", f".{META}")


def _is_remark(one: Json, size: int, rules: Container[str]) -> bool:
    if type(one) is not list or len(one) != _PARTS:
        return False
    rule, letter, start, end = one
    known = type(rule) is str and (rule in REASONS or rule in rules) and letter in TYPES
    return known and _is_count(start) and _is_count(end) and start <= end <= size


def _is_count(value: Json) -> bool:
    return type(value) is int and 0 <= value < _MOST
