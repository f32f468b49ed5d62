"""What one pass over a payload works with: where strings stand, what was dropped, how much may still be taken.

Strings are not listed one by one: a container is, with what it declares of the strings in it. A record's fields, a
list's members and a bag's entries are then found where they stand, by whoever has to look at them
(`scrubbing.schema.walker.places`), and most never have to be found again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrubbing.schema.strings import is_bare_address, is_told_address, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrubbing.schema.kinds import Kind

    Form = Callable[[str], bool]
    #: Called by the fence with every string that is no fact: the string, its kind, the name it stands under.
    Listen = Callable[[str, Kind, str], None]
    #: Copies a value into a container under a key, or drops it.
    Take = Callable[[Any, Any, Any, "Walk"], None]
    #: Returns the copy of a record, or ``None`` where there is none.
    Record = Callable[[Any, "Walk"], Any]
    #: Judges a value; raises `Refused`.
    Judge = Callable[[Any, str, Listen], None]
else:
    Form = Listen = Take = Record = Judge = Any  # making the types takes longer than all else here

Json = Any

#: Entries in all bags of one payload, and characters in all its strings.
MAX_ENTRIES, MAX_CHARACTERS = 10_000, 512 * 1024
#: Strings that may wait to be looked at together, more or less.
WAITING = 1000


class Field:
    """What a field declares of the string in it; one object for all payloads.

    Args:
        kind: what the field holds.
        limit: characters that may leave.
        form: what the string must look like; ``told`` is what it must look like after rules have looked at it.
        many: members, where it is a list of strings.
        size: bytes of JSON, where it is a bag of which servers keep no more.
    """

    __slots__ = ("form", "kind", "limit", "many", "size", "told")

    def __init__(self, kind: Kind, limit: int, form: Form | None = None, many: int = 0, size: int = 0) -> None:
        self.kind, self.limit, self.form, self.many, self.size = kind, limit, form, many, size
        self.told = is_told_address if form is is_bare_address else form


class Walk:
    """What one pass found and may still find.

    Args:
        renamed: keys that stand for other keys, where a key is run-time text that must not leave as it is.
    """

    __slots__ = (
        "dropped", "due", "entries", "fields", "lists", "long", "maps", "named", "names", "odd", "pairs", "plain",
        "records", "renamed", "room", "texts", "whole",
    )  # fmt: skip

    def __init__(self, renamed: Mapping[str, str]) -> None:
        #: Mappings; and of each what its fields declare: of a string, of each string of a list, of a bag. What is
        #: declared need not be there. (Not one list of pairs: each would be one more thing to collect.)
        self.records: list[dict[str, Json]] = []
        self.fields: list[Mapping[str, Field]] = []
        #: Mappings in bags; lists in bags; the name each of these stands under; keys with their values, and that name.
        self.maps: list[dict[str, Json]] = []
        self.lists: list[list[Json]] = []
        self.names: list[str] = []
        self.pairs: list[tuple[list[Json], str]] = []
        #: Keys that are run-time text, each once: plain ones that are kept as they are, and others.
        self.plain: dict[str, None] = {}
        self.odd: dict[str, None] = {}
        self.renamed = renamed
        self.dropped = 0  # entries and members that are not in the copy
        self.long = False  # whether a string may be longer than its field's limit
        self.entries, self.room = MAX_ENTRIES, MAX_CHARACTERS
        self.named = 0  # characters of the keys among those that were paid for
        #: Strings that are in the copy and not paid for yet; whether all that were are whole; and how few entries are
        #: left when bags have to pay, before there are too many.
        self.texts: list[str] = []
        self.whole = True
        self.due = MAX_ENTRIES - WAITING

    def pay(self) -> None:
        """Look at the strings that wait, all together: looking at each of them takes longer than copying it."""
        if self.room >= 0:  # else each is looked at in the end
            text = "".join(self.texts)
            self.room -= len(text)
            if "\0" in text or not text.isascii():
                self.whole = self.whole and is_whole(text)
        self.texts.clear()

    @property
    def keys(self) -> dict[str, None]:
        """All keys that are run-time text."""
        return {**self.plain, **self.odd}

    @property
    def spent(self) -> int:
        """Bytes of JSON that the strings, keys and entries found take at most, rewritten or not."""
        sizes: dict[int, int] = {}
        strings = 0
        for fields in self.fields:
            size = sizes.get(id(fields))
            if size is None:
                size = sizes[id(fields)] = sum([64 + 16 * field.many for field in fields.values()])
            strings += size
        return 6 * (MAX_CHARACTERS - self.room) + strings + 96 * (MAX_ENTRIES - self.entries)


class Shape:
    """The compiled form of a class for a preset."""

    __slots__ = ("judge", "take")

    def __init__(self, take: Record, judge: Judge) -> None:
        self.take, self.judge = take, judge
