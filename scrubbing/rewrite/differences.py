"""The differences between an event and what leaves of it, place by place, with what made each."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from scrubbing.policy import Policy
from scrubbing.rewrite.changes import Change, changes
from scrubbing.schema.kinds import PRESETS, Kind
from scrubbing.schema.strings import whole
from scrubbing.schema.walker.bags import LIST, MAPPING, is_pair
from scrubbing.schema.walker.leaves import is_number, spoken
from scrubbing.schema.walker.table import ROWS

if TYPE_CHECKING:
    from scrubbing.schema.walker.table import Row

Json = Any
Place = tuple[str | int, ...]
#: Place, rule or reason, kind in words, Relay's letter, start, end, characters before.
Taken = tuple[Place, str, str, str, int | None, int | None, int | None]

_KEY = "[key]"
#: What is described anew under strict, from what is proven; and kinds of code.
_PROVEN = frozenset({"ExceptionValue", "Stacktrace", "Frame", "Mechanism", "LogEntry"})
_CODE = frozenset({"SYMBOL", "CODE", "PATH", "MESSAGE"})
_NOTHING: tuple[Json, ...] = (None, "", {}, [], ())


def taken_out(before: Json, after: Json, policy: Policy) -> Iterator[Taken]:
    """Compare an event with what leaves of it.

    Args:
        before: the event as it came in, without annotations.
        after: the event that leaves.
        policy: the policy that made it.
    """
    message = before.get("message")
    if isinstance(message, str) and not before.get("logentry"):
        before = {**before, "logentry": {"formatted": message}}
        del before["message"]
    yield from _Differences(policy).record(before, after, "Event", ())


class _Differences:
    """What walks two events side by side."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def record(self, before: Json, after: Json, name: str, place: Place) -> Iterator[Taken]:
        """Compare two objects of a class of the schema."""
        if not isinstance(before, dict) or type(after) is not dict:
            if not _is_nothing(before):
                yield _gone(place, "malformed" if not isinstance(before, dict) else "bounded", "")
            return
        rows = {row[0]: row for row in ROWS[name]}
        others = next((row for row in ROWS[name] if row[9]), None)
        for key, value in before.items():
            row = rows.get(key) if isinstance(key, str) else None
            if row is not None and not row[9]:
                yield from self._field(value, after, row, (*place, key), name)
            elif others is not None and self._is_open(others):
                yield from self._entry(key, value, after, place, others)
            elif not _is_nothing(value):
                yield _gone((*place, _KEY), "undeclared", "")

    def _is_open(self, row: Row) -> bool:
        return row[2] in PRESETS[: PRESETS.index(self.policy.preset) + 1]

    def _field(self, before: Json, after: Json, row: Row, place: Place, of: str) -> Iterator[Taken]:
        if _is_nothing(before):
            return
        word = Kind[row[1]].value if row[1] else ""
        if not self._is_open(row):
            yield _gone(place, "undeclared", word)
        elif row[0] not in after:
            yield _gone(place, self._why_gone(row, of), word)
        else:
            yield from self.value(before, after[row[0]], row, place)

    def _why_gone(self, row: Row, of: str) -> str:
        """Say why nothing is left of a field that leaves; `of` is the class it is declared in."""
        if row[7] == "User":  # whatever the app says of its user: none of it is declared
            return "undeclared"
        if self.policy.preset == "strict" and (of in _PROVEN or row[1] in _CODE or row[7] in _PROVEN):
            return "unproven"
        return "bounded" if row[1] in ("BAG", "URL") or row[7] else "malformed"

    def value(self, before: Json, after: Json, row: Row, place: Place) -> Iterator[Taken]:
        """Compare what stands in a field."""
        of, many = row[7], row[8]
        if many == "values":
            before = before.get("values") if isinstance(before, dict) else before
            after, place = (after or {}).get("values"), (*place, "values")
        if many:
            yield from self._members(before, after, row, place)
        elif of:
            yield from self.record(before, after, of, place)
        elif row[1] == "BAG":
            yield from self.bag(before, after, str(place[-1]), place)
        else:
            yield from self.leaf(before, after, Kind[row[1]], str(place[-1]), place)

    def _members(self, before: Json, after: Json, row: Row, place: Place) -> Iterator[Taken]:
        """Compare two lists from their ends: the end is what is kept."""
        if not isinstance(before, (list, tuple)) or type(after) is not list:
            yield _gone(place, "malformed", "")
            return
        members = [one for one in before if isinstance(one, dict)] if row[7] else list(before)
        if any(not _is_nothing(one) for one in before if not isinstance(one, dict)) and row[7]:
            yield _gone(place, "malformed", "")
        if len(members) > len(after):
            yield _gone(place, "bounded", "")
        kept = after[-len(members) :] if members else []
        first = len(after) - len(kept)
        for number, (one, other) in enumerate(zip(members[-len(kept) :] if kept else [], kept, strict=True), first):
            at = (*place, number)
            if row[7]:
                yield from self.record(one, other, row[7], at)
            else:
                yield from self.leaf(one, other, Kind[row[1]], "", at)

    def _entry(self, key: Json, before: Json, after: Json, place: Place, row: Row) -> Iterator[Taken]:
        """Compare an entry whose key is the app's own."""
        kept = yield from self._key(key, after, place)
        if kept is not None and row[1] == "BAG":
            yield from self.bag(before, after[kept], kept, (*place, kept))
        elif kept is not None:
            yield from self.leaf(before, after[kept], Kind[row[1]], kept, (*place, kept))
        elif not _is_nothing(before):
            yield _gone((*place, _KEY), "bounded" if row[1] == "BAG" else "malformed", Kind[row[1]].value)

    def _key(self, key: Json, after: Json, place: Place) -> Generator[Taken, None, str | None]:
        """Return the key under which an entry is kept, and say what took the other."""
        name = whole(key) if isinstance(key, str) else str(key)
        if name in after:
            return name
        made = self.policy.engine.scrub(name, Kind.BAG)
        if made not in after:
            return None
        for rule, letter, *_ in changes(name, made, Kind.BAG, None, self.policy):
            yield (*place, made), rule, "key", letter, None, None, len(name)
        return made

    def bag(self, before: Json, after: Json, name: str, place: Place) -> Iterator[Taken]:
        """Compare any JSON."""
        if isinstance(before, dict) and type(after) is dict:
            for key, value in before.items():
                kept = yield from self._key(key, after, place)
                if kept is not None:
                    yield from self.bag(value, after[kept], kept, (*place, kept))
                elif not _is_nothing(value):
                    yield _gone((*place, _KEY), "bounded", Kind.BAG.value)
        elif isinstance(before, (list, tuple)) and type(after) is list:
            yield from self._list(before, after, name, place)
        else:
            yield from self.leaf(before, after, Kind.BAG, name, place)

    def _list(self, before: Json, after: Json, name: str, place: Place) -> Iterator[Taken]:
        if len(before) > len(after):
            yield _gone(place, "bounded", Kind.BAG.value)
        for number, (one, other) in enumerate(zip(before, after, strict=False)):
            at = (*place, number)
            if is_pair(one) and type(other) is list and len(other) == len(one):
                kept = yield from self._key(one[0], {str(other[0]): None}, at)
                yield from self.bag(one[1], other[1], kept if kept is not None else str(other[0]), (*at, 1))
            else:
                yield from self.bag(one, other, name, at)

    def leaf(self, before: Json, after: Json, kind: Kind, name: str, place: Place) -> Iterator[Taken]:
        """Compare two plain values; a container that is none any more was taken out under its key."""
        if type(before) is type(after) and before == after:
            return
        text, length = _text(before)
        if type(after) is not str:
            if not _is_nothing(before) and (after is None or text or isinstance(before, (dict, list, tuple))):
                found = changes(text, "", kind, name or None, self.policy) if kind is Kind.BAG and text else []
                rule = found[0][0] if found and found[0][0] not in ("cut", "spelling") else "malformed"
                yield _gone(place, rule, kind.value)
            return
        made: list[Change] = changes(text, after, kind, name or None, self.policy)
        for rule, letter, start, end in made:
            yield place, rule, kind.value, letter, start, end, length


def _text(value: Json) -> tuple[str, int | None]:
    """What rules were asked about a value, and its length if it is a text."""
    if isinstance(value, str):
        return whole(value), len(str.__str__(value))
    if isinstance(value, (dict, list, tuple)):
        return (MAPPING if isinstance(value, dict) else LIST), None
    return (spoken(value), None) if is_number(value) else ("", None)


def _gone(place: Place, rule: str, kind: str) -> Taken:
    return place, rule, kind, "x", None, None, None


def _is_nothing(value: Json) -> bool:
    return any(value is nothing or (type(value) is type(nothing) and value == nothing) for nothing in _NOTHING)
