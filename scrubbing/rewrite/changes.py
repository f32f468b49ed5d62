"""What made one text another: the rules that found something in it, or the reason that was none of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from scrubbing.policy import Policy
from scrubbing.rules import Finding, Redaction
from scrubbing.schema.kinds import Kind
from scrubbing.schema.strings import FILTERED, MARGIN, STRING_LIMIT, UNKNOWN, bare_address

#: Rule or reason, Relay's letter, start and end in the bytes of the text that leaves.
Change = tuple[str, str, int, int]

_LETTERS = {Redaction.REMOVE: "x", Redaction.REPLACE: "s", Redaction.MASK: "m", Redaction.HASH: "p"}
_CUT = "..."


def changes(before: str, after: str, kind: Kind, name: str | None, policy: Policy) -> list[Change]:
    """Say what made a text another.

    Args:
        before: the text as the rules saw it.
        after: the text that leaves.
        kind: what its field holds.
        name: the key it stands under.
        policy: whose rules looked at it.
    """
    if before == after:
        return [("spelling", "s", 0, _bytes(after))]
    if kind in (Kind.FACT, Kind.ID, Kind.NUMBER):
        return [("malformed", "s", 0, _bytes(after))]
    return _by_rules(before, after, kind, name, policy) or [(_reason(before, after, kind), "s", 0, _bytes(after))]


def _by_rules(before: str, after: str, kind: Kind, name: str | None, policy: Policy) -> list[Change]:
    before = before[: STRING_LIMIT + MARGIN]
    for text in dict.fromkeys((before, bare_address(before))):
        findings = policy.engine.find(text, policy.looks_at(kind), name)
        if after == FILTERED and findings:
            letters = {finding.rule: _letter(finding, policy) for finding in findings}
            return [(rule, letter, 0, _bytes(after)) for rule, letter in letters.items()]
        made = list(_ranges(text, findings, policy))
        rewritten = policy.engine.scrub(text, policy.looks_at(kind), name)
        if rewritten == after:
            return [change for change, _ in made]
        if after.endswith(_CUT) and rewritten.startswith(after[: -len(_CUT)]):
            size = _bytes(after)
            kept = [change for change, _ in made if change[3] <= size - len(_CUT)]
            return [*kept, ("cut", "x", size - len(_CUT), size)]
    return []


def _ranges(text: str, findings: list[Finding], policy: Policy) -> Iterator[tuple[Change, Finding]]:
    """The ranges of placeholders in the rewritten text."""
    position = written = 0
    for finding in findings:
        written += _bytes(text[position : finding.start])
        end = written + _bytes(finding.replacement)
        yield (finding.rule, _letter(finding, policy), written, end), finding
        position, written = finding.end, end


def _letter(finding: Finding, policy: Policy) -> str:
    return _LETTERS[policy.engine.redaction(finding.rule)]


def _reason(before: str, after: str, kind: Kind) -> str:
    if after == FILTERED:
        return "filtered"
    if kind is Kind.URL and after == bare_address(before):
        return "query"
    if kind in (Kind.MESSAGE, Kind.TEXT, Kind.BAG):
        return "run-time" if UNKNOWN in after else "spelling"
    return "unproven"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
