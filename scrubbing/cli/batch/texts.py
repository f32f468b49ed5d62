"""Plain text, line by line; the lines of a PEM block together, since only together they are one.

A block is the lines from its BEGIN to its END, where that comes within `WINDOW` bytes and before another BEGIN; without
an END, the lines behind BEGIN that look like a key. Other secrets are found where they stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrubbing.cli.batch.pieces import MAX_LINE, WINDOW, Done
from scrubbing.policy import Policy
from scrubbing.schema.kinds import Kind

_BEGIN, _END = b"-----BEGIN ", b"-----END "
#: A line that ends in at least so much base64, or is one of the headers between BEGIN and the key.
_KEY_LIKE = re.compile(
    rb"(?:^|[\s\"'>|,:])[A-Za-z0-9+/=_-]{16,}(?:\\n)?[\"',\s]*$|^[\s>|]*(?:Proc-Type|DEK-Info|Version|Comment):|^\s*$"
)

#: Lines that are searched together: so few that they seldom have more findings than the engine takes at once.
_TOGETHER = 250

_Bad = list[tuple[int, str]]


def lines(first: int, data: bytes, policy: Policy) -> Done:
    """Scrub lines of text; line ends stay what they are.

    Args:
        first: the number of the first line.
        data: the lines.
        policy: whose rules and machine.
    """
    ends = data.endswith(b"\n")
    split = data.split(b"\n")
    if ends:
        split.pop()
    bad: _Bad = []
    units = list(_decoded(split, first, bad))
    made = list(_scrubbed([text.removesuffix("\r") for text, _ in units], policy))
    out = [after + ("\r" if text.endswith("\r") else "") for after, (text, _) in zip(made, units, strict=True)]
    changed = sum(count for after, (text, count) in zip(out, units, strict=True) if after != text)
    whole = "\n".join(out) + ("\n" if out and (ends or bad) else "")
    return Done(whole.encode(), sum(count for _, count in units), changed, tuple(bad))


def _scrubbed(asked: list[str], policy: Policy) -> Iterator[str]:
    for start in range(0, len(asked), _TOGETHER):
        yield from policy.engine.scrub_all([(text, Kind.TEXT, None) for text in asked[start : start + _TOGETHER]])


def _decoded(split: list[bytes], first: int, bad: _Bad) -> Iterator[tuple[str, int]]:
    """Each text with the number of its lines; what is none goes to `bad`."""
    for at, end in _units(split):
        unit = b"\n".join(split[at:end])
        try:
            text = _text(unit)
        except UnicodeDecodeError as error:
            bad.append((first + at + unit.count(b"\n", 0, error.start), "expected UTF-8"))
        except ValueError as error:
            bad.append((first + at, str(error)))
        else:
            yield text, end - at


def _text(unit: bytes) -> str:
    if len(unit) > MAX_LINE:
        raise ValueError(f"expected a line of at most {MAX_LINE // 1024 // 1024} MiB")
    if b"\0" in unit:  # what is written with two or four bytes a letter hides every name from every rule
        raise ValueError("expected text without NUL, in UTF-8")
    return unit.decode("utf-8")


def _units(split: list[bytes]) -> Iterator[tuple[int, int]]:
    """Ranges of lines that are looked at together."""
    at = 0
    while at < len(split):
        end = _block_end(split, at) if is_open(split[at]) else at + 1
        yield at, end
        at = end


def is_open(data: bytes) -> bool:
    """Say whether a PEM block begins in these bytes and does not end in them."""
    begin = data.rfind(_BEGIN)
    return begin >= 0 and data.find(_END, begin) < 0


def _block_end(split: list[bytes], at: int) -> int:
    size = 0
    for number in range(at + 1, len(split)):
        size += len(split[number])
        if size > WINDOW or _BEGIN in split[number]:
            break
        if _END in split[number]:
            return number + 1
    end = at + 1
    while end < len(split) and _BEGIN not in split[end] and _KEY_LIKE.search(split[end]):
        end += 1
    return end


def cut(data: bytes | bytearray, end: int) -> int:
    """Return where a piece may end so that no block is torn: at most `end`, where a line ends.

    Args:
        data: what was read.
        end: behind the last whole line.
    """
    begin = data.rfind(_BEGIN, 0, end)
    if begin < 0 or data.find(_END, begin, end) >= 0:
        return end
    start = data.rfind(b"\n", 0, begin) + 1
    return start if end - start <= WINDOW else end
