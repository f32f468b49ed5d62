"""The precedence table: its rows, and what each of them says.

What a row knows it takes from the ``Question``; nothing is written and nothing is sent by asking. How the rows make one
answer stands in ``decision``.
"""

from __future__ import annotations

import os

from scrubbing import files
from scrubbing.consent import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from scrubbing.consent.question import Question

_CI_VARIABLE = "CI"
_PYTEST_VARIABLES = ("PYTEST_CURRENT_TEST", "PYTEST_VERSION")

#: The note of a row that only the app can answer, asked from outside.
OUTSIDE = "known to the app only"


class Answer:
    """What one row says: ``off``, ``local``, ``on``, ``caps at local`` or ``nothing``, and why."""

    __slots__ = ("note", "says")

    def __init__(self, says: str, note: str = "") -> None:
        self.says = says
        self.note = note


_NOTHING = Answer("nothing")


def _marker(question: Question, _: str) -> Answer:
    if question.app_dir is None:
        return _NOTHING
    path = os.path.join(question.app_dir, words.MARKER)
    return _NOTHING if files.signature(path) is None else Answer("off", path)


def _admin(question: Question, _: str) -> Answer:
    keys = ("telemetry", question.app.lower())
    return _most_closed([_line_says(question, path, keys, ("off", "local")) for path in question.places.admins])


def _do_not_track(question: Question, _: str) -> Answer:
    names = [name for name in ("DO_NOT_TRACK", "SCRUBBING_DISABLE") if words.is_set(question.environ, name)]
    return Answer("off", f"{' and '.join(names)} in the environment") if names else _NOTHING


def _environment(question: Question, _: str) -> Answer:
    says = question.variable_says
    if says is None:
        return Answer("off", f"{question.variable} is neither on nor off nor local")
    if says == "on":
        return Answer("nothing", f"{question.variable}=on counts further down")
    return _closing(says, f"{question.variable}={says}")


def _everyone(question: Question, _: str) -> Answer:
    path = question.places.everyone
    return _NOTHING if path is None else _line_says(question, path, ("telemetry",), ("off", "local", "ask"), only=True)


def _unattended(question: Question, _: str) -> Answer:
    reasons = [reason for reason in (_in_ci(question), _in_pytest(question), _in_development(question)) if reason]
    if not reasons:
        return Answer("nothing", f"the version is {OUTSIDE}" if question.outside else "")
    note = ", ".join(reasons)
    # Whoever writes on or local into the environment of this very run has been asked.
    if question.variable_says in ("on", "local"):
        return Answer("nothing", f"{note}; overridden by {question.variable}={question.variable_says}")
    return Answer("off", note)


def _in_ci(question: Question) -> str:
    return f"{_CI_VARIABLE} is set" if words.is_set(question.environ, _CI_VARIABLE) else ""


def _in_pytest(question: Question) -> str:
    inside = not question.outside and "pytest" in question.modules
    return "runs under pytest" if inside or any(name in question.environ for name in _PYTEST_VARIABLES) else ""


def _in_development(question: Question) -> str:
    if question.outside or question.dev_ok or question.release is None or not is_development(question.release):
        return ""
    return "development version"


def is_development(release: str) -> bool:
    """Whether a release is a PEP 440 development release (``1.5.dev3``) or has a local part (``1.5+g1a2b3c4``)."""
    version = release.rpartition("@")[2].lower()
    _, dev, number = version.rpartition("dev")
    return "+" in version or (bool(dev) and (not number or number.lstrip("._-").isdecimal()))


def _app_flag(question: Question, purpose: str) -> Answer:
    says = question.flag.modes.get(purpose, "")
    return _closing(says, question.flag.problem or (f"enabled says {says}" if says else ""))


def _stored(question: Question, purpose: str) -> Answer:
    if purpose in question.unwritten:
        return _closing(question.unwritten[purpose], "it could not be written and holds for this run")
    choice = question.choice
    if choice.problem:
        return Answer("off", f"{question.places.choice}: {choice.problem}")
    says = choice.mode(purpose)
    return _closing(says, f"the stored choice{_since(question, purpose)} is {says}" if says else "")


def _yes(question: Question, purpose: str) -> Answer:
    usual = purpose in words.USUAL_PURPOSES
    said = {
        "the app's setting": question.flag.modes.get(purpose),
        question.variable: question.variable_says if usual else None,
        f"the stored choice{_since(question, purpose)}": _stored_yes(question, purpose),
    }
    yeses = {who: mode for who, mode in said.items() if mode in ("local", "on")}
    if not yeses:
        return Answer(
            "nothing", _asked_again(question, purpose) or f"the app's setting is {OUTSIDE}" * question.outside
        )
    note = f"said by {' and '.join(yeses)}"
    if "on" not in yeses.values():
        return Answer("local", note)
    return Answer("on", note) if question.has_dsn or question.outside else Answer("local", f"{note}; there is no DSN")


def _asked_again(question: Question, purpose: str) -> str:
    grown = question.grown(purpose)
    return f"the stored yes{_since(question, purpose)} is not to this: {'; '.join(grown)}" if grown else ""


def _stored_yes(question: Question, purpose: str) -> str:
    return "" if question.grown(purpose) else question.choice.mode(purpose)


def _since(question: Question, purpose: str) -> str:
    said = question.choice.said.get(purpose)
    return f" of {said.date}" if said is not None and said.date else ""


def _nothing_said(question: Question, purpose: str) -> Answer:
    grown = question.grown(purpose)
    return Answer("off", f"nobody has said yes to this: {'; '.join(grown)}" if grown else "nobody has said yes")


def _closing(says: str, note: str) -> Answer:
    """A no decides, local caps; a yes is for a later row."""
    if says == "off":
        return Answer("off", note)
    return Answer("caps at local", note) if says == "local" else _NOTHING


def _line_says(
    question: Question, path: str, keys: tuple[str, ...], values: tuple[str, ...], *, only: bool = False
) -> Answer:
    found = question.read(path)
    if found.lines is None:
        return Answer("off", f"{path}: {found.problem}") if found.problem else _NOTHING
    if only and not set(keys).issuperset(found.lines):
        return Answer("off", f"{path}: has a key there is not")
    said = [value.lower() for key, value in found.lines.items() if key.lower() in keys]
    if not set(values).issuperset(said):
        return Answer("off", f"{path}: expected one of {', '.join(values)}")
    return _most_closed([_closing(value, path) for value in said])


def _most_closed(answers: list[Answer]) -> Answer:
    for says in ("off", "caps at local"):
        for answer in answers:
            if answer.says == says:
                return answer
    return _NOTHING


class Row:
    """One row of the table.

    Args:
        number: its place; lower is asked first.
        key: its name in files and output.
        sentence: what it looks at, for people.
        says: what it can say beside nothing: ``off``, ``local`` (where it has to be a yes, or caps those below) or
            ``on``.
        ask: what it says about a purpose.
        app_only: only the app itself can know.
    """

    __slots__ = ("app_only", "ask", "key", "number", "says", "sentence")

    def __init__(
        self,
        number: int,
        key: str,
        sentence: str,
        says: tuple[str, ...],
        ask: Callable[[Question, str], Answer],
        *,
        app_only: bool = False,
    ) -> None:
        self.number = number
        self.key = key
        self.sentence = sentence
        self.says = says
        self.app_only = app_only
        self.ask = ask


#: Rows whose no is one for good, so that what waits is erased; what a run's environment says is over with the run.
LASTING = ("marker", "admin", "everyone", "app-setting", "stored")

_OFF = ("off",)
_CLOSING = ("off", "local")

#: The table, in order. What decides, ``status --why``, the documentation and the tests read it here.
ROWS = (
    Row(1, "marker", "The packager put scrubbing-disabled beside the app's package.", _OFF, _marker, app_only=True),
    Row(2, "admin", "The administrator's policy file says off or local.", _CLOSING, _admin),
    Row(3, "do-not-track", "DO_NOT_TRACK or SCRUBBING_DISABLE is set.", _OFF, _do_not_track),
    Row(4, "environment", "<APP>_TELEMETRY says off or local.", _CLOSING, _environment),
    Row(5, "everyone", "The user's file for all apps says off or local.", _CLOSING, _everyone),
    Row(6, "unattended", "CI, pytest or a development version, and <APP>_TELEMETRY says nothing.", _OFF, _unattended),
    Row(7, "app-setting", "The app's own setting says no or local.", _CLOSING, _app_flag, app_only=True),
    Row(8, "stored", "The stored choice is no or local.", _CLOSING, _stored),
    Row(
        9,
        "yes",
        "The app's setting, <APP>_TELEMETRY or the stored choice says yes to what is sent now.",
        ("local", "on"),
        _yes,
    ),
    Row(10, "nothing-said", "Nobody said yes.", _OFF, _nothing_said),
)
