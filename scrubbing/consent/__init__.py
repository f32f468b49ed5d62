"""May anything happen? Precedence, purposes, the stored choice.

This room is asked before anybody has said yes. It imports the standard library's lightest modules and the two rooms
of ours that do the same (``files``, ``errors``); it opens no socket, starts no thread and writes nothing but a choice
somebody made and, after a yes, the last verdict. Its table is in ``table``, how it is walked in ``decision``.
"""

from __future__ import annotations

from scrubbing.consent.decision import Decision, Verdict, decide
from scrubbing.consent.flag import validate_enabled
from scrubbing.consent.live import Consent, last_verdict, record_verdict
from scrubbing.consent.question import Question
from scrubbing.consent.table import ROWS, Row
from scrubbing.consent.words import MARKER, MODES, PURPOSES, check_app_name, variable

__all__ = [
    "MARKER",
    "MODES",
    "PURPOSES",
    "ROWS",
    "Consent",
    "Decision",
    "Question",
    "Row",
    "Verdict",
    "check_app_name",
    "decide",
    "last_verdict",
    "record_verdict",
    "validate_enabled",
    "variable",
]
