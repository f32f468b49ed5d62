"""What a purpose may send and where to: the thing a user says yes to, kept beside the yes and compared with today's.

A purpose that may send more than the yes was to, or that goes elsewhere, has grown: it is off until its user is asked
again. One that may send less is not asked about. What counts is here; what leaves field by field is in the schema,
whose share is one number a purpose: how many steps of ``HISTORY`` there were. A test holds that number true: it fails
when more fields leave and no step says so.
"""

from __future__ import annotations

from scrubbing.consent.words import PRESETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What leaves of a message, from closed to open, and how that is said to people.
MESSAGES = {
    "type": "with their type alone",
    "skeleton": "as skeletons",
    "scrubbed": "as their text, after names and secrets were taken out",
}
#: Random ids that reports leave with, as people read it, and which others tell no more than each of them.
IDS = {
    "none": ("no id", ()),
    "day": ("a random id, new each day", ("none",)),
    "week": ("a random id, new each week", ("none", "day")),
    "month": ("a random id, new each month", ("none", "day", "week")),
    "per-issue": ("a random id, another one for each kind of crash", ("none",)),
    "stable": ("a random id that stays the same", ("none", "day", "week", "month", "per-issue")),
}
#: Classes of exceptions that are not named.
REST = "*"

#: What each purpose sends, step by step: the most closed preset under which a step sends more, and what in words, as
#: people read it when they are asked again. Steps are added at the end and never changed.
HISTORY: dict[str, tuple[tuple[str, str], ...]] = {
    "crashes": (("strict", "crash reports"),),
    "usage": (("strict", "sessions, one a day and command"),),
    "extra": (("strict", "nothing yet"),),
    "feedback": (("strict", "what is written to the author"),),
}

#: There is no server to send to; and, of a yes that an early version stored, no server was named.
NOWHERE, ANYWHERE = "nowhere", "anywhere"
_NONE = "-"
_KEYS = ("address", "preset", "edition", "messages", "commands", "ids")


class Contents:
    """What one purpose may send.

    Args:
        address: scheme, host, port and project of the server; never a key.
        preset: ``strict``, ``standard`` or ``verbose``.
        edition: how many steps of ``HISTORY`` are in it.
        messages: what leaves of messages, by exception class or ``*``; empty where the purpose sends none.
        commands: the commands that are told; ``None``: any.
        ids: the word for the random ids that its reports leave with.
    """

    __slots__ = ("address", "commands", "edition", "ids", "messages", "preset")

    def __init__(
        self,
        *,
        address: str,
        preset: str,
        edition: int,
        messages: Mapping[str, str],
        commands: frozenset[str] | None,
        ids: str,
    ) -> None:
        self.address = address
        self.preset = preset
        self.edition = edition
        self.messages = dict(messages)
        self.commands = commands
        self.ids = ids

    def written(self) -> str:
        """One line that ``read_contents`` reads back."""
        said = ", ".join(f"{name} {word}" for name, word in sorted(self.messages.items()))
        told = REST if self.commands is None else ", ".join(sorted(self.commands))
        values = (self.address, self.preset, str(self.edition), said or _NONE, told or _NONE, self.ids)
        return "; ".join(f"{key} {value}" for key, value in zip(_KEYS, values, strict=True))

    def grown_since(self, agreed: Contents, purpose: str) -> tuple[str, ...]:
        """What these have that the ones agreed to have not, each in words; nothing where these are within those.

        Args:
            agreed: what the user said yes to.
            purpose: which both are about.
        """
        return (
            *self._goes_elsewhere(agreed),
            *self._opened(agreed),
            *(f"it sends {words} now" for words in self._steps_since(agreed, purpose)),
            *self._said_more(agreed),
            *self._told_more(agreed),
            *self._told_apart(agreed),
        )

    def _goes_elsewhere(self, agreed: Contents) -> list[str]:
        if agreed.address in (self.address, ANYWHERE):
            return []
        return [f"it goes to {self.address} now, not to {agreed.address}"]

    def _opened(self, agreed: Contents) -> list[str]:
        if PRESETS.index(self.preset) <= PRESETS.index(agreed.preset):
            return []
        return [f"the preset is {self.preset} now, not {agreed.preset}"]

    def _steps_since(self, agreed: Contents, purpose: str) -> list[str]:
        steps = HISTORY[purpose][agreed.edition : self.edition]
        return [words for preset, words in steps if PRESETS.index(preset) <= PRESETS.index(self.preset)]

    def _said_more(self, agreed: Contents) -> list[str]:
        order = list(MESSAGES)
        then = {name: order.index(word) for name, word in agreed.messages.items()}
        now = {name: order.index(word) for name, word in self.messages.items()}
        # Which class inherits from which is not known here: of a class that one side does not name, that side is taken
        # to have said what would make it more. It may ask once too often, and not too seldom.
        least, most = min(then.values(), default=-1), max(now.values(), default=-1)
        names = [name for name in now if now[name] > then.get(name, least)]
        names += [name for name in then if name not in now and most > then[name]]
        return [
            f"messages{'' if name == REST else f' of {name}'} leave {MESSAGES[order[now.get(name, most)]]} now"
            for name in sorted(names)
        ]

    def _told_more(self, agreed: Contents) -> list[str]:
        if agreed.commands is None:
            return []
        if self.commands is None:
            return ["any command is told now, not only those that were named"]
        new = sorted(self.commands - agreed.commands)
        return [f"{'commands' if len(new) > 1 else 'the command'} {', '.join(new)} may be told now"] if new else []

    def _told_apart(self, agreed: Contents) -> list[str]:
        within = self.ids == agreed.ids or self.ids in IDS[agreed.ids][1]
        return [] if within else [f"its reports have {IDS[self.ids][0]} now, where they had {IDS[agreed.ids][0]}"]


def contents_of(
    purpose: str,
    *,
    address: str | None,
    preset: str,
    messages: Mapping[str, str],
    commands: Iterable[str] | None,
    ids: str,
) -> Contents:
    """What a purpose may send by this version of the library.

    Messages belong to crashes, names of commands to usage: a crash's command is a name from the code, like the names
    of its functions.

    Args:
        purpose: one of the purposes.
        address: of the server; ``None``: there is none.
        preset: the policy's.
        messages: what the policy says of messages, ``*`` among them.
        commands: the ones that are declared; ``None``: any.
        ids: the word for its reports' random ids.
    """
    told = None if commands is None else frozenset(commands)
    return Contents(
        address=address or NOWHERE,
        preset=preset,
        edition=len(HISTORY[purpose]),
        messages=messages if purpose == "crashes" else {},
        commands=told if purpose == "usage" else frozenset(),
        ids=ids,
    )


def first_contents(purpose: str) -> Contents:
    """What a yes was to that the first version of the choice file holds: the strict preset and ids as they were then.

    Address and commands were not written down, and so are not compared.
    """
    return Contents(
        address=ANYWHERE,
        preset="strict",
        edition=1,
        messages={REST: "skeleton"} if purpose == "crashes" else {},
        commands=None if purpose == "usage" else frozenset(),
        ids="month" if purpose == "usage" else "none",
    )


def read_contents(line: str) -> Contents | None:
    """What ``Contents.written`` wrote; ``None`` when it is anything else."""
    parts = [part.partition(" ") for part in line.split("; ")]
    if tuple(key for key, _, _ in parts) != _KEYS:
        return None
    address, preset, edition, said, told, ids = (value for _, _, value in parts)
    messages = {} if said == _NONE else _read_messages(said)
    if messages is None or preset not in PRESETS or ids not in IDS or not address:
        return None
    if not (edition.isascii() and edition.isdigit()):
        return None
    names = frozenset() if told == _NONE else frozenset(told.split(", "))
    if "" in names:
        return None
    return Contents(
        address=address,
        preset=preset,
        edition=int(edition),
        messages=messages,
        commands=None if told == REST else names,
        ids=ids,
    )


def _read_messages(said: str) -> dict[str, str] | None:
    pairs = [one.partition(" ") for one in said.split(", ")]
    messages = {name: word for name, _, word in pairs}
    whole = len(messages) == len(pairs) and "" not in messages
    return messages if whole and all(word in MESSAGES for word in messages.values()) else None
