"""The verbs and what they take, as one table: every way of calling them is built from it.

Nothing heavy may be imported here: apps read this at their start.
"""

from __future__ import annotations


class Argument:
    """What a verb takes.

    Args:
        name: under which the verb's function gets it.
        form: ``many`` words, one ``word`` or none, or a ``flag``.
        shown: ``PURPOSE``, ``ID``, ``--why``: how it is written.
        sentence: what it is for.
    """

    __slots__ = ("form", "name", "sentence", "shown")

    def __init__(self, name: str, form: str, shown: str, sentence: str) -> None:
        self.name, self.form, self.shown, self.sentence = name, form, shown, sentence


class Verb:
    """One verb.

    Args:
        name: its name, and that of its function in ``verbs``.
        sentence: what it does.
        arguments: what it takes.
    """

    __slots__ = ("arguments", "name", "sentence")

    def __init__(self, name: str, sentence: str, *arguments: Argument) -> None:
        self.name, self.sentence, self.arguments = name, sentence, arguments


#: What the group of verbs is called inside an app, and what it is for.
GROUP = "telemetry"
ABOUT = "Crash reports and usage figures: your choice, and what becomes of it."

VERBS = (
    Verb(
        "on",
        "Say yes: reports may be sent.",
        Argument("purposes", "many", "PURPOSE", "crashes, usage, extra or feedback; without any: crashes and usage"),
    ),
    Verb(
        "off",
        "Say no, and erase ids and what waits to be sent.",
        Argument("purposes", "many", "PURPOSE", "crashes, usage, extra or feedback; without any: everything"),
        Argument("erase", "flag", "--erase", "remove every file that was written for this program but the no"),
    ),
    Verb(
        "local",
        "Collect on this computer, and send nothing.",
        Argument("purposes", "many", "PURPOSE", "crashes, usage, extra or feedback; without any: everything"),
    ),
    Verb(
        "status",
        "Say what is decided and why, what waits, and what was dropped.",
        Argument("why", "flag", "--why", "every row of the table that decides"),
        Argument("as_json", "flag", "--json", "the same as JSON"),
    ),
    Verb(
        "log",
        "Say what became of each report, sent or not.",
        Argument("which", "word", "ID", "the report to tell of"),
        Argument("as_json", "flag", "--json", "the same as JSON"),
    ),
    Verb(
        "show",
        "List what waits or was sent, or print it in exact bytes.",
        Argument("which", "word", "ID", "the envelope to print"),
        Argument("example", "flag", "--example", "print what a crash would send, without sending or keeping it"),
    ),
    Verb(
        "preview",
        "Print what would be sent, in exact bytes.",
        Argument("which", "word", "PURPOSE", "crashes or usage; without one: both"),
    ),
    Verb(
        "id",
        "Say which random ids reports leave with.",
        Argument("rotate", "flag", "--rotate", "new ones from now on, which nobody can link to the old"),
    ),
    Verb(
        "export",
        "Write everything that is stored here and was sent, as JSON.",
        Argument("path", "word", "FILE", "the file to write; without one: standard output"),
    ),
)
