"""How the rows of the table make one answer: one after another is asked, and the first that decides does.

An off is never overridden by a later yes, and a row that says local caps the rows after it at local.
"""

from __future__ import annotations

from scrubbing.consent import words
from scrubbing.consent.table import OUTSIDE, ROWS, Answer, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from scrubbing.consent.question import Question


class Verdict:
    """What one row of the table said.

    Args:
        number: the row's place in the table.
        row: its key.
        sentence: what it looks at.
        says: ``off``, ``local``, ``on``, ``caps at local`` or ``nothing``.
        note: why; empty when there is nothing to tell.
        decides: whether this row decided.
        app_only: whether only the app itself can know what it looks at.
    """

    __slots__ = ("app_only", "decides", "note", "number", "row", "says", "sentence")

    def __init__(self, row: Row, says: str, note: str, *, decides: bool) -> None:
        self.number = row.number
        self.row = row.key
        self.sentence = row.sentence
        self.says = says
        self.note = note
        self.decides = decides
        self.app_only = row.app_only

    def __repr__(self) -> str:
        """For failing tests and curious people."""
        decides = ", decides" if self.decides else ""
        return f"<Verdict {self.number} {self.row}: {self.says}{decides}{f' ({self.note})' if self.note else ''}>"


class Decision:
    """The table's answer to one question. A purpose is looked at when it is first asked about, and then stays so."""

    __slots__ = ("_answers", "_decided", "_question")

    def __init__(self, question: Question) -> None:
        self._question = question
        self._answers: dict[tuple[int, str], Answer] = {}
        self._decided: dict[str, tuple[str, Row, Row | None]] = {}

    def mode(self, purpose: str) -> str:
        """``off``, ``local`` or ``on``."""
        return self._decide(purpose)[0]

    def allows(self, purpose: str) -> bool:
        """Whether what is collected for this purpose may be sent."""
        return self.mode(purpose) == "on"

    def collects(self, purpose: str) -> bool:
        """Whether anything may be collected for this purpose, be it only to be read here."""
        return self.mode(purpose) != "off"

    def decided_by(self, purpose: str) -> str:
        """The key of the row that decided."""
        return self._decide(purpose)[1].key

    def is_open(self, purpose: str) -> bool:
        """Whether nobody has said anything about it, so that a yes to it would be in force: it can be asked about."""
        _, decisive, cap = self._decide(purpose)
        return decisive is ROWS[-1] and cap is None

    def grown(self, purpose: str) -> tuple[str, ...]:
        """What is new since the stored yes to this purpose, in words, where that is why it is off."""
        return self._question.grown(purpose) if self.is_open(purpose) else ()

    def why(self, purpose: str = "crashes") -> tuple[Verdict, ...]:
        """Every row with what it says about a purpose, the one that decided marked."""
        _, decisive, cap = self._decide(purpose)
        verdicts = []
        for row in ROWS:
            answer = self._answer(row, purpose)
            says, note = answer.says, answer.note
            if cap is not None and row.number > cap.number and says == "on":
                says, note = "local", f"{note}; capped by row {cap.number}"
            verdicts.append(Verdict(row, says, note, decides=row is decisive))
        return tuple(verdicts)

    def _decide(self, purpose: str) -> tuple[str, Row, Row | None]:
        if purpose not in self._decided:
            self._decided[purpose] = self._walk(purpose)
        return self._decided[purpose]

    def _walk(self, purpose: str) -> tuple[str, Row, Row | None]:
        words.check_purposes((purpose,))
        cap: Row | None = None
        for row in ROWS:
            says = self._answer(row, purpose).says
            if says == "caps at local":
                cap = cap or row
            elif says != "nothing":
                return ("local" if cap and says == "on" else says), row, cap
        raise AssertionError("the last row always says something")

    def _answer(self, row: Row, purpose: str) -> Answer:
        key = (row.number, purpose)
        if key not in self._answers:
            hidden = row.app_only and self._question.outside
            self._answers[key] = Answer("nothing", OUTSIDE) if hidden else row.ask(self._question, purpose)
        return self._answers[key]


def decide(question: Question) -> Decision:
    """Ask the table. ``Question``'s ``app`` and ``enabled`` have been checked when it is an app's own."""
    return Decision(question)
