"""What was taken out of an event, and why: found by comparing what came in with what leaves.

Nothing is kept while an event is rewritten. The two events are walked side by side, by the schema; wherever they
differ somebody took something out, so that no difference is without a remark. A remark says nothing that the event
that leaves does not say: names of the schema, of rules, and keys as they leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from scrubbing.policy import Policy
from scrubbing.rewrite.differences import Place, Taken, taken_out
from scrubbing.schema.annotated import unwrapped
from scrubbing.schema.remarks import META, REASONS, tree

Json = dict[str, Any]

_PLAIN = re.compile(r"[^\W\d][\w-]*")


@attrs.frozen
class Remark:
    """One thing that was taken out.

    Args:
        place: where it stood, from the event down: keys, and numbers in lists.
        rule: the rule that found it, or one of `scrubbing.schema.remarks.REASONS` where it was no rule.
        kind: what the field holds (a `Kind` in words); empty for a whole object.
        redaction: in Relay's letters ``x`` removed, ``s`` substituted, ``m`` masked, ``p`` hashed.
        start, end: the range in the text that leaves, in bytes of UTF-8; ``None`` where no text is left.
        length: characters of the text before; ``None`` where there was no text.
    """

    place: Place
    rule: str
    kind: str
    redaction: str
    start: int | None = None
    end: int | None = None
    length: int | None = None

    @property
    def path(self) -> str:
        """The place as it is written in errors: ``$.exception.values[0].value``."""
        return "$" + "".join(map(_step, self.place))

    @property
    def reason(self) -> str:
        """Why it was taken out, in a sentence's part."""
        return REASONS.get(self.rule, "a rule found it")


def _step(part: str | int) -> str:
    if type(part) is int:
        return f"[{part}]"
    return f".{part}" if _PLAIN.fullmatch(str(part)) or part == "[key]" else f"[{part!r}]"


def remarks(before: Json, after: Json, policy: Policy) -> list[Remark]:
    """Say what was taken out of an event.

    Args:
        before: the event as it came in.
        after: the event as it leaves by this policy.
        policy: the policy.
    """
    said = unwrapped(before)[0]
    return [_remark(taken) for taken in taken_out(said, after, policy)]


def _remark(taken: Taken) -> Remark:
    return Remark(*taken)


def with_remarks(before: Json, after: Json, policy: Policy, room: int) -> None:
    """Write the remarks about texts into an event that leaves, where there is room for them.

    Args:
        before: the event as it came in.
        after: the event as it leaves; it is changed.
        policy: the policy.
        room: bytes of JSON that the event may have.
    """
    from scrubbing.wire import dumps

    after.pop(META, None)
    made = tree(_ranged(remarks(before, after, policy), after))
    if made and len(dumps(after)) + len(dumps(made)) + len(META) + 8 <= room:
        after[META] = made


def _ranged(found: Iterable[Remark], after: Json) -> Iterator[tuple[Place, str, str, int, int, int]]:
    """Remarks about texts that are there, in order of their place in the text."""
    for one in sorted(found, key=lambda one: one.start or 0):
        if one.start is not None and one.end is not None and _is_there(after, one.place):
            yield one.place, one.rule, one.redaction, one.start, one.end, one.length or 0


def _is_there(value: Any, place: Place) -> bool:
    for part in place:
        known = part in value if type(value) is dict else type(value) is list and part in range(len(value))
        if not known:
            return False
        value = value[part]
    return type(value) is str
