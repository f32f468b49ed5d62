"""Payloads as tests make them: of the shape of a class, with anything in places, and anything at all.

Made from a seed, which hypothesis chooses and prints: drawing each leaf by itself takes a hundred times as long.
"""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from scrubbing.schema.walker.table import ROWS

NAMES = sorted({row[0] for rows in ROWS.values() for row in rows})
SURROGATES = st.text(st.characters(), max_size=8)
SEEDS = st.integers(0, 2**63).map(random.Random)
_ODD = "\0\x01\n\r\x85\u2028\ud83d\ude00\udce9é😀<>[]*?/\\:@.-_ =%{}'\"aZ09\ufffd"
_WORDS = [
    "2026-11-22T04:13:17Z", "0" * 32, "error", "ok", "python", "frob/sync.py", "a.b", "x" * 9000, "", "frob.sync",
    "builtins", "ValueError", "1", "<external>", "[Filtered]", "<?>", "chained", "a" * 300,
]  # fmt: skip


def text(rng: random.Random) -> str:
    """A string: a word of the protocol, or odd characters."""
    return rng.choice(_WORDS) if rng.random() < 0.5 else "".join(rng.choices(_ODD, k=rng.randrange(12)))


def scalar(rng: random.Random) -> Any:
    """A value that holds no others."""
    makers = (
        lambda: None,
        lambda: rng.random() < 0.5,
        lambda: rng.randrange(-10, 2000),
        lambda: rng.choice([10**30, 10**400, -(2**63) - 1, float("nan"), float("inf"), 0.1, 1e300]),
        lambda: rng.choice([b"x", object(), {1, 2}, 1j]),
    )
    return rng.choice(makers)() if rng.random() < 0.5 else text(rng)


def key(rng: random.Random) -> Any:
    """The key of a mapping: often a field's name."""
    return rng.choice(NAMES) if rng.random() < 0.6 else rng.choice([text(rng), 3, None, (1,), 1.5, True])


def junk(rng: random.Random, depth: int = 4) -> Any:
    """Anything."""
    sort = rng.random()
    if depth and sort < 0.3:
        return [junk(rng, depth - 1) for _ in range(rng.randrange(5))]
    if depth and sort < 0.7:
        made = {key(rng): junk(rng, depth - 1) for _ in range(rng.randrange(6))}
        if sort < 0.32:
            made["itself"] = made
        return made
    return scalar(rng)


def shaped(rng: random.Random, name: str, depth: int = 5) -> Any:
    """A value of a class, with anything in places."""
    made = {row[0]: _field(rng, row, depth) for row in ROWS[name] if not row[9] and rng.random() < 0.7}
    if rng.random() < 0.5:
        made |= {key(rng): junk(rng, 3) for _ in range(rng.randrange(4))}
    return made


def _field(rng: random.Random, row: Any, depth: int) -> Any:
    if rng.random() < 0.1:
        return junk(rng, 3)
    members = [_one(rng, row, depth) for _ in range(rng.randrange(4) if row[8] else 1)]
    if row[8] == "values" and rng.random() < 0.7:
        return {"values": members}
    return members if row[8] else members[0]


def _one(rng: random.Random, row: Any, depth: int) -> Any:
    _, kind, _, _, _, _, values, of, _, _, is_flag, *_ = row
    if rng.random() < 0.05:
        return None
    if of:
        return shaped(rng, of, depth - 1) if depth else {}
    if is_flag:
        return rng.random() < 0.5
    if kind == "NUMBER":
        return rng.randrange(900)
    if values and rng.random() < 0.8:
        return rng.choice(values)
    return junk(rng, 3) if kind == "BAG" else text(rng)
