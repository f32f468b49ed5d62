"""Texts that are worst for rules, and how the time over them grows."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import Any

from scrubbing.rules.rows import TooManyError
from scrubbing.rules.views import Views
from scrubbing.trials import attacks

#: What texts of all kinds are full of, over and over: quotes, brackets, slashes, digits, escapes, base64, nested JSON.
MIXED = (
    *(
        '"',
        "'",
        "(",
        "[",
        "{",
        "</",
        "/",
        "\\",
        "\\\\",
        "0",
        "1.",
        "a",
        "A",
        "a@",
        "=:",
        "= ",
        ": ",
        ", ",
        "&a=",
        "?a=",
    ),
    *("%20", "%2f", "%40a.", "\n", "\r\n", " ", "-", "--", "-a", ".a", "_", "://", "~", "#", "+0", "\\u00e9", "&amp;"),
    *(
        '{"a":',
        '[{"a": "',
        "[[",
        "<a>",
        "aGVsbG8gd29ybGQ=",
        "::",
        ":a",
        "a:b@c",
        "12:34:56 ",
        "\x00",
        "\u5bc6\u7801\uff1a",
        "\u0130",
    ),
)
#: Seconds below which no growth is told from noise, and how much slower a text four times as long may be.
NOISE, MOST = 0.01, 9.0


def pumps(rule: Any) -> list[str]:
    """Give what is repeated to attack a rule: its literals, parts of its examples, what its expression repeats."""
    found = dict.fromkeys(MIXED)
    for literal in getattr(rule, "literals", ()):
        found.update(dict.fromkeys(f"{literal}{end}" for end in ("", " ", "=", ": ", "a", "/", "='a", '="')))
    for form in getattr(rule, "forms", ()):
        found.update(dict.fromkeys(form.needles))
    for example in getattr(rule, "examples", ()):
        found.update(dict.fromkeys((example.text, example.text[: len(example.text) // 2], example.text[:-1])))
        found.update(dict.fromkeys(re.findall(r"\S+\s?|\w+\W*", example.text)))
    for regex in expressions(rule):
        for lead, pump, _ in attacks(regex):
            found.update(dict.fromkeys((pump, lead + pump)))
    return [pump for pump in found if pump]


def expressions(rule: Any) -> Iterator[str]:
    """Give every expression a rule is made of."""
    yield from (getattr(rule, part) for part in ("regex", "before", "pair", "keys") if getattr(rule, part, ""))
    yield from (form.regex for form in getattr(rule, "forms", ()))


def attacked(rule: Any, every: int = 1) -> Iterable[tuple[str, str]]:
    """Give what texts begin with and what they repeat.

    Args:
        rule: the rule.
        every: of how many one is given.
    """
    leads = ("", *getattr(rule, "literals", ())[:3])
    return [(lead, pump) for pump in pumps(rule) for lead in leads][:: max(1, every)]


def repeated(lead: str, pump: str, size: int) -> str:
    """Write a pump over and over."""
    return (lead + pump * (size // len(pump) + 1))[:size]


def seconds(rule: Any, text: str) -> float:
    """Measure the processor's time of one search; another program's work is not counted."""
    views = Views.of(text)
    began = time.process_time()
    try:
        for _ in rule.spans(views):
            pass
    except TooManyError:
        pass
    return time.process_time() - began


def growing(rule: Any, size: int, every: int = 1) -> Iterator[str]:
    """Say on which texts a rule takes much more than four times as long when they are four times as long.

    Args:
        rule: the rule.
        size: characters of the shorter texts.
        every: as for `attacked`.
    """
    for lead, pump in attacked(rule, every):
        short, long = (repeated(lead, pump, length) for length in (size, 4 * size))
        if seconds(rule, long) < NOISE:
            continue
        once, more = (min(seconds(rule, text) for _ in range(3)) for text in (short, long))
        if more > NOISE and more > MOST * once:
            yield f"{rule.name}: {lead!r} {pump!r}: {more / once:.1f} times"
