"""What one pass over a payload works with: where strings stand, what was dropped, how much may still be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scrubbing.schema.kinds import Kind

Json = Any
Form = Callable[[str], bool]
#: Called by the fence with every string that is no fact: the string, its kind, the name it stands under.
Listen = Callable[[str, Kind, str], None]
#: Copies a value into a container under a key, or drops it.
Take = Callable[[Json, Any, Any, "Walk"], None]
#: Judges a value; raises `Refused`.
Judge = Callable[[Json, str, Listen], None]

#: Entries in all bags of one payload, and characters in all its strings.
MAX_ENTRIES, MAX_CHARACTERS = 10_000, 512 * 1024


class Slot:
    """A string to be looked at: where it stands and what may stand there instead.

    Args:
        container: a dict or a list.
        key: where in it.
        kind: what the field holds.
        name: what it stands under, for rules that look at keys.
        limit: characters that may leave.
        form: what the string must look like.
    """

    __slots__ = ("container", "form", "key", "kind", "limit", "name")

    def __init__(self, container: Any, key: Any, kind: Kind, name: str, limit: int, form: Form | None) -> None:
        self.container, self.key, self.kind = container, key, kind
        self.name, self.limit, self.form = name, limit, form


class Mark:
    """A number or a container of a bag: rules are asked about a text that stands for it.

    Args:
        container: a dict or a list.
        key: where in it.
        text: what rules are asked about.
        name: what it stands under.
        instead: what takes its place if a rule finds something.
    """

    __slots__ = ("container", "instead", "key", "name", "text")

    def __init__(self, container: Any, key: Any, text: str, name: str, instead: Json) -> None:
        self.container, self.key, self.text = container, key, text
        self.name, self.instead = name, instead


class Walk:
    """What one pass found and may still find.

    Args:
        renamed: keys that stand for other keys, where a key is run-time text that must not leave as it is.
    """

    __slots__ = ("dropped", "entries", "keys", "marks", "renamed", "room", "slots")

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self.slots: list[Slot] = []
        self.marks: list[Mark] = []
        self.keys: dict[str, None] = {}  # keys that are run-time text, each once
        self.renamed = renamed
        self.dropped = 0
        self.entries, self.room = MAX_ENTRIES, MAX_CHARACTERS

    @property
    def spent(self) -> int:
        """Bytes of JSON that the strings, keys and entries found take at most, rewritten or not."""
        return 6 * (MAX_CHARACTERS - self.room) + 64 * len(self.slots) + 32 * (MAX_ENTRIES - self.entries)


class Shape:
    """The compiled form of a class or a field for a preset."""

    __slots__ = ("judge", "take")

    def __init__(self, take: Take, judge: Judge) -> None:
        self.take, self.judge = take, judge
