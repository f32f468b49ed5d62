"""A policy's rules as Relay's configuration, and what differs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from scrubbing.relay.regexes import Written
from scrubbing.rules import Keys, Pattern, Redaction
from scrubbing.rules.credentials import Pairs
from scrubbing.rules.names import NameRule, machine_rules

Json = dict[str, Any]

#: Where Relay's rules look, if they are asked to look there by name; everywhere else ``**`` is enough.
SELECTORS: Final = (
    "**", "request.url", "$frame.filename", "$frame.abs_path", "$frame.module", "tags.*", "$span.description",
    "$span.tags.*", "contexts.*.*",
)  # fmt: skip
#: Where no rule of Relay's looks, whatever it is asked to.
UNREACHED: Final = (
    "transaction", "transaction_info", "logger", "release", "environment", "fingerprint", "logentry.message",
    "exception.values.type", "exception.values.module", "frames.function", "frames.package", "frames.context_line",
    "frames.pre_context", "frames.post_context", "threads.values.name", "breadcrumbs.values.category",
    "breadcrumbs.values.type", "spans.op", "spans.origin", "request.method", "contexts.trace.op", "keys of mappings",
    "the last part of frames.filename and frames.abs_path",
)  # fmt: skip
#: Rows that are checked by arithmetic: Relay has types of its own for these.
_TYPES: Final = {
    "ipv4": "ip", "creditcard": "creditcard", "us-ssn": "us_ssn",
}  # fmt: skip
#: Forms of what is checked here in code, or by what stands beside it: an address with ``::`` or with all its eight
#: groups; a login with the host it is for.
_FORMS: Final = {
    "remote-login": r"[0-9A-Za-z_.+-]{1,32}@[0-9A-Za-z_.-]{1,253}",
    "ipv6": r"(?i)(?:\b[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}::[0-9a-f:.]*|\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4})"
    r"(?:%[0-9a-z_.]{1,16})?",
}
_EDGE: Final = "(?:^|_)"


@attrs.frozen
class Gap:
    """A difference between a policy here and what is written of it for Relay.

    Args:
        rule: the rule, or a place in the event.
        effect: ``"less"`` is removed there, ``"more"``, or ``"other"``.
        reason: why.
    """

    rule: str
    effect: str
    reason: str


def written(rules: Iterable[Any], machine: Any = None) -> Json:
    """Write rules as Relay's configuration.

    Args:
        rules: the policy's rules, ours among them.
        machine: whose names are to be removed too; they then stand in the configuration.
    """
    made: dict[str, Json] = {}
    tops: list[str] = []
    for rule in (*(machine_rules(machine) if machine is not None else ()), *rules):
        parts = list(_parts(rule))
        if parts:
            tops.append(rule.name)
        if len(parts) == 1:
            made[rule.name] = parts[0]
        elif parts:
            names = [f"{rule.name}.{number}" for number in range(len(parts))]
            made.update(zip(names, parts, strict=True))
            made[rule.name] = {"type": "multiple", "rules": names, "hideInner": True}
    return {"rules": made, "applications": {selector: list(tops) for selector in SELECTORS}}


def _parts(rule: Any) -> Iterator[Json]:
    redaction = _redaction(rule)
    if rule.name in _TYPES and getattr(rule, "batched", False):
        yield {"type": _TYPES[rule.name], "redaction": redaction}
    elif rule.name in _FORMS and getattr(rule, "batched", False):
        yield {"type": "pattern", "pattern": _FORMS[rule.name], "redaction": redaction}
    elif type(rule) is NameRule:
        for form in rule.forms:
            yield _pattern(Written(form.regex, form.over), redaction)
    elif type(rule) is Keys:
        yield {"type": "redact_pair", "keyPattern": key_pattern(rule), "redaction": redaction}
    elif type(rule) in (Pattern, Pairs):
        yield _pattern(Written(rule.regex, rule.over, getattr(rule, "before", "")), redaction)


def _pattern(made: Written, redaction: Json) -> Json:
    groups = {"replaceGroups": made.groups} if made.groups else {}
    return {"type": "pattern", "pattern": made.text, **groups, "redaction": redaction}


def key_pattern(rule: Keys) -> str:
    """Write what is searched in keys of snake case as it is searched in keys as they are."""
    if rule.raw or not rule.regex.startswith(_EDGE):
        return Written(rule.regex, "low", words=not rule.raw).text
    words = Written(rule.regex[len(_EDGE) :], "low", words=True).text
    end = r"(?:\z|[^a-z])"
    return rf"(?:\A|[^0-9A-Za-z]|[a-z0-9])(?:{words.replace('(?i)', '(?i:', 1)})){end}"


def _redaction(rule: Any) -> Json:
    if rule.redaction in (Redaction.REMOVE, Redaction.MASK):
        return {"method": rule.redaction.value}
    return {"method": "replace", "text": getattr(rule, "placeholder", f"[{rule.name}]")}


def gaps(rules: Iterable[Any], *, names: bool) -> list[Gap]:
    """Say what differs between rules here and what `written` writes of them."""
    found = [Gap(place, "less", "no rule of Relay's looks there") for place in UNREACHED]
    if not names:
        found.append(Gap("this-user", "less", "this machine's names are written on request only"))
    for rule in rules:
        found += _gaps_of(rule)
        if rule.redaction is Redaction.HASH and next(_parts(rule), None) is not None:
            found.append(
                Gap(rule.name, "other", "a keyed hash here, the placeholder there: Relay's hash has no local key")
            )
    return found


def _gaps_of(rule: Any) -> Iterator[Gap]:
    if rule.name in _TYPES and getattr(rule, "batched", False):
        yield Gap(rule.name, "other", f"Relay's own type {_TYPES[rule.name]!r} decides what is one")
    elif type(rule) is Keys:
        yield Gap(rule.name, "more", "keys are compared as they are, words may begin inside others")
    elif type(rule) is Pairs:
        yield Gap(rule.name, "more", "the whole list goes, not its telling values alone")
    elif type(rule) is Pattern:
        losses = set(Written(rule.regex, rule.over, rule.before).losses)
        losses |= {"a function that confirms findings is not asked"} if rule.check is not None else set()
        yield from (Gap(rule.name, "more", loss) for loss in sorted(losses))
    else:
        yield Gap(rule.name, "less", "a rule in code cannot be written")
