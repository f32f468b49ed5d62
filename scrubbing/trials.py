"""Tries a regular expression on the texts that are worst for it, before it ever sees a crash.

An expression that backtracks can take hours over a text of a few kilobytes: exponentially where repeats stand in each
other or may split a text in many ways, with the square of the text where a repeat begins anew at each character. Such
texts are made from the expression itself: what one of its repeats takes, over and over, behind what leads there and
before something it does not take. They grow step by step, so that no trial takes long, and only what is slow several
times over counts: a busy machine refuses nothing.

It reads a clock and is no part of the core; expressions are tried once, when a rule is made. Functions are asked about
such texts, too, when a policy is made of them: nothing can stop one while it runs.
"""

from __future__ import annotations

import collections
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

#: Repetitions of a pump: step by step while a step may double the time, then by doubling.
_STEPS: Final = (*range(1, 9), *range(10, 33, 2), 40, 48, 64, 96, 128, 256, 512, 1024, 2048, 4096)
#: Characters of the longest text of the first round, and of the one that decides.
_LONG, _LONGEST = 4096, 8192
#: Seconds: a short text takes microseconds, a long one less than a millisecond, unless it is looked at again and again.
_SHORT_LIMIT, _LONG_LIMIT, _LONGEST_LIMIT, _ALWAYS = 0.005, 0.003, 0.02, 0.2
_SHORT: Final = 2048
_GROWTH: Final = 3.0  # of the time when the text doubles; 2 for what is linear, 4 for what is quadratic
_TRIES: Final = 3
#: Characters tried in any case, and how many of an expression's own.
_USUAL: Final = ("a", "0", " ", ".", "\n")
_MOST_CHARACTERS, _MOST_PUMPS = 14, 24
#: Parts of variable length beside each other that are tried: with more, one step of a trial could take minutes.
_MOST_BESIDE: Final = 16
_ENDS: Final = ("\x01", "")
#: Where it is fine enough, the time of this thread alone: what other programs do meanwhile is not the expression's.
_IS_FINE: Final = hasattr(time, "thread_time") and time.get_clock_info("thread_time").resolution < _SHORT_LIMIT / 50
_clock: Final = time.thread_time if _IS_FINE else time.perf_counter

#: What a function is asked about, over and over: single characters, words, addresses, quotes, brackets, escapes.
_PUMPS: Final = (
    *(
        "a",
        "A",
        "0",
        " ",
        "\n",
        "-",
        "_",
        ".",
        ",",
        "/",
        "\\",
        "@",
        "=",
        ":",
        '"',
        "'",
        "(",
        "[",
        "{",
        "<",
        "+",
        "%",
        "&",
    ),
    *(
        "a ",
        "a1",
        "a.",
        "a@",
        "a@b.",
        "a=",
        "0 ",
        "0.",
        "0-",
        "::",
        "://",
        "/a",
        "\\a",
        '{"a":',
        "=:",
        "ab ",
        "\u00e9",
        "\u4e2d",
    ),
)
#: Lengths: few characters more at a time while each may double the time, then by doubling.
_SIZES: Final = (*range(4, 33, 2), 40, 48, 64, 96, 128, 256, 512, 1024, 2048, 4096)
_MOST_TEXTS: Final = 96

Attack = tuple[str, str, str]  # what leads there, what is repeated, what ends it


def slow_on(regex: str) -> str | None:
    """Find a text an expression is too slow on.

    Args:
        regex: an expression that compiles.

    Returns:
        How it grows, in words for an error: ``"exponentially"`` or ``"with the square of the text"``; else ``None``.
    """
    compiled = re.compile(regex)
    if _run(parser.parse(regex)) > _MOST_BESIDE:
        return "exponentially"
    for attack in attacks(regex):
        if (found := _tried(compiled, attack)) is not None:
            return found
    return None


def slow_in(find: Callable[[str], Iterable[object]], examples: Iterable[str] = ()) -> str | None:
    """Find a text a function is too slow on. It cannot be looked into, so it is asked about what texts are full of.

    Args:
        find: takes a text; what it gives is taken to its end.
        examples: texts that are said to be of its kind: they and their words are repeated, too.

    Returns:
        How it grows, as `slow_on` says it.

    Raises:
        Exception: whatever the function raises.
    """
    pumps = dict.fromkeys((*_PUMPS, *(pump for text in examples for pump in (text, *text.split()))))
    for pump in list(filter(None, pumps))[:_MOST_TEXTS]:
        for end in _ENDS:
            if (found := _grown(find, ("", pump, end))) is not None:
                return found
    return None


def _grown(find: Callable[[str], Iterable[object]], attack: Attack) -> str | None:
    for size in _SIZES:
        text = text_of(attack, size)
        limit = _SHORT_LIMIT * 2 if size <= _SHORT else _LONG_LIMIT * 4
        if _best_of(find, text, limit) > limit:
            if size <= _SHORT // 4:
                return "exponentially"
            half, whole = (_best_of(find, text_of(attack, length)) for length in (_LONGEST // 2, _LONGEST))
            slow = whole > _LONGEST_LIMIT and whole > _GROWTH * half
            return "with the square of the text" if slow or whole > _ALWAYS else None
    return None


def _best_of(find: Callable[[str], Iterable[object]], text: str, enough: float = 0.0) -> float:
    """The least of some times; the first, where that is little enough."""
    best = float("inf")
    for _ in range(_TRIES):
        began = _clock()
        collections.deque(find(text), maxlen=0)
        best = min(best, _clock() - began)
        if best <= enough:
            break
    return best


def attacks(regex: str) -> list[Attack]:
    """Make the texts that are worst for an expression: none for one without repeats."""
    tree = parser.parse(regex)
    found: dict[Attack, None] = {}
    repeats = list(_repeats(tree, ""))
    if not repeats:
        return []
    characters = list(dict.fromkeys([*_characters(tree), *_USUAL]))[:_MOST_CHARACTERS]
    pumps = dict.fromkeys([*(_witness(body, n) for _, body in repeats for n in range(3)), _witness(tree, 0)])
    pumps.update(dict.fromkeys(characters))
    for end in _ENDS:
        for pump in list(filter(None, pumps))[:_MOST_PUMPS]:
            found["", pump, end] = None
        for lead, body in repeats:
            taken = dict.fromkeys([*(_witness(body, n) for n in range(2)), *list(_characters(body))[:3]])
            for pump in filter(None, taken) if lead else ():
                found[lead, pump, end] = None  # what is behind the lead, repeated
                found["", lead + pump, end] = found["", pump + lead, end] = None  # where it begins, repeated
            if lead:
                found["", lead, end] = None
    return list(found)


def _run(tree: Any) -> int:
    """How many parts of variable length stand directly beside each other: each may take what the others could."""
    longest = run = 0
    for op, value in tree:
        variable = str(op).endswith("_REPEAT") and value[0] != value[1]
        run = run + 1 if variable else 0
        longest = max(longest, run, *map(_run, _parts(str(op), value)), 0)
    return longest


def text_of(attack: Attack, size: int) -> str:
    """Write an attack as a text of about `size` characters."""
    lead, pump, end = attack
    return lead + pump * max(1, (size - len(lead) - len(end)) // len(pump)) + end


def _tried(compiled: re.Pattern[str], attack: Attack) -> str | None:
    for step in _STEPS:
        lead, pump, end = attack
        if step * len(pump) > _LONG:
            break
        text = lead + pump * step + end
        limit = _SHORT_LIMIT if len(text) <= _SHORT else _LONG_LIMIT
        if _seconds(compiled, text) > limit and _best(compiled, text) > limit:
            if len(text) <= _SHORT:
                return "exponentially" if step <= _STEPS[-7] else "with a power of the text"
            return _decided(compiled, attack)
    return None


def _decided(compiled: re.Pattern[str], attack: Attack) -> str | None:
    half, whole = (_best(compiled, text_of(attack, size)) for size in (_LONGEST // 2, _LONGEST))
    slow = whole > _LONGEST_LIMIT and whole > _GROWTH * half
    return "with the square of the text" if slow or whole > _ALWAYS else None


def _best(compiled: re.Pattern[str], text: str) -> float:
    return min(_seconds(compiled, text) for _ in range(_TRIES))


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    began = _clock()
    for _ in compiled.finditer(text):
        pass
    return _clock() - began


def _repeats(tree: Any, lead: str) -> Iterator[tuple[str, Any]]:
    """The repeats of an expression, each with a text that leads there."""
    for op, value in tree:
        name = str(op)
        if name.endswith("_REPEAT"):
            yield lead, value[2]
        for part in _parts(name, value):
            yield from _repeats(part, lead)
        lead = _led(lead, [(op, value)])


def _led(lead: str, tree: Any) -> str:
    """Go on with a text that leads somewhere, so that what an expression looks back at is there too."""
    for op, value in tree:
        name = str(op)
        if name == "ASSERT" and value[0] < 0:
            behind = _led("", value[1])
            if behind.endswith(lead):  # what must stand before the beginning, too
                lead = behind
        elif name in ("SUBPATTERN", "BRANCH", "ATOMIC_GROUP"):
            lead = _led(lead, _parts(name, value)[0])
        else:
            lead += _taken(name, value, 0)
    return lead


def _parts(name: str, value: Any) -> tuple[Any, ...]:
    """The expressions in a part of one."""
    if name.endswith("_REPEAT"):
        return (value[2],)
    if name == "SUBPATTERN":
        return (value[3],)
    if name == "BRANCH":
        return tuple(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return (value[1],)
    if name == "GROUPREF_EXISTS":
        return tuple(part for part in value[1:] if part is not None)
    return (value,) if name == "ATOMIC_GROUP" else ()


def _characters(tree: Any) -> Iterator[str]:
    """Characters an expression may take, each of its sets by one or two."""
    for op, value in tree:
        name = str(op)
        if name in ("LITERAL", "IN", "NOT_LITERAL", "ANY"):
            yield from dict.fromkeys((_one(name, value, 0), _one(name, value, 1)))
        for part in _parts(name, value):
            yield from _characters(part)


def _witness(tree: Any, choice: int) -> str:
    """A short text an expression takes, if what it looks around for is there."""
    return "".join(_taken(str(op), value, choice) for op, value in tree)


def _taken(name: str, value: Any, choice: int) -> str:
    if name in ("LITERAL", "IN", "NOT_LITERAL", "ANY"):
        return _one(name, value, choice)
    if name in ("ASSERT", "ASSERT_NOT"):
        return ""
    parts = _parts(name, value)
    if not parts:
        return ""
    text = _witness(parts[choice % len(parts)], choice)
    return text * min(max(value[0], 1), 64) if name.endswith("_REPEAT") else text


_CLASSES: Final = {"CATEGORY_DIGIT": "07", "CATEGORY_SPACE": " \n", "CATEGORY_WORD": "a0"}


def _one(name: str, value: Any, choice: int) -> str:
    """A character one part takes."""
    if name == "LITERAL":
        return chr(value)
    if name == "NOT_LITERAL":
        return "b" if value == ord("a") else "a"
    if name == "ANY":
        return "a"
    if str(value[0][0]) == "NEGATE":
        test = re.compile(_written(value))
        return next((char for char in "a0 .-/\n" if test.match(char)), "\xe9")
    op, what = value[choice % len(value)]
    if str(op) == "RANGE":
        return chr(what[0])
    if str(op) == "CATEGORY":
        return _CLASSES.get(str(what), "-.")[choice % 2]
    return chr(what)


_LETTERS: Final = {"CATEGORY_DIGIT": "d", "CATEGORY_SPACE": "s", "CATEGORY_WORD": "w"}


def _written(members: Any) -> str:
    """A set as an expression again."""
    written = []
    for op, what in members[1:]:
        if str(op) == "CATEGORY":
            letter = _LETTERS.get(str(what).replace("_NOT_", "_"), "w")
            written.append("\\" + (letter.upper() if "_NOT_" in str(what) else letter))
        else:
            written.append("-".join(re.escape(chr(one)) for one in (what if isinstance(what, tuple) else (what,))))
    return f"[^{''.join(written)}]"
