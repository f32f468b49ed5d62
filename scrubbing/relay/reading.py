"""Relay's configuration as rules: what cannot be read is refused by name, never ignored.

A rule that Relay applies to one place looks everywhere here: more is removed, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from scrubbing.errors import PolicyError
from scrubbing.relay.writing import written
from scrubbing.rules import BUILTIN, Keys, Pattern, Redaction

#: Relay's own types that rows of ours find anyway; others are written here.
_OURS: Final = frozenset(
    {"email", "ip", "mac", "creditcard", "iban", "us_ssn", "usssn", "pemkey", "url_auth", "urlauth", "userpath",
     "bearer", "password", "cookies"}
)  # fmt: skip
_OWN_REGEX: Final = {
    "uuid": r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}",
    "imei": r"\d{2}-?\d{6}-?\d{6}-?\d{1,2}",
    "anything": r"[\s\S]+",
}
_METHODS: Final = {
    "remove": Redaction.REMOVE, "replace": Redaction.REPLACE, "mask": Redaction.MASK, "hash": Redaction.HASH,
    "default": Redaction.REPLACE, "filter": Redaction.REPLACE,
}  # fmt: skip
_SEGMENT: Final = r"(?:\*\*?|\$?[A-Za-z_][\w-]*|\d+|'(?:[^']|'')+')"
_SELECTOR: Final = re.compile(rf"{_SEGMENT}(?:\.{_SEGMENT})*")
_PLACEHOLDER: Final = re.compile(r"\[[A-Za-z][A-Za-z0-9 _.-]{0,30}\]")
_REFUSED: Final = re.compile(r"\\[pPGCXRK]|\[\[:|&&|\(\?[a-z]*[xRUu-]")


def rules_of(config: Mapping[str, Any]) -> tuple[Any, ...]:
    """Read the rules that a configuration applies, without those that are built in here.

    Raises:
        PolicyError: it holds what cannot be read; names it.
    """
    if not isinstance(config, Mapping) or set(config) - {"rules", "applications", "vars"}:
        raise PolicyError("relay: expected rules, applications and vars")
    rules, applications = config.get("rules") or {}, config.get("applications") or {}
    ours = written(BUILTIN)["rules"]
    own = {name: rule for name, rule in rules.items() if ours.get(name) != rule}
    made: dict[str, Any] = {}
    for selector, names in applications.items():
        keys = _keys(selector)
        for name in names:
            for rule in _read(name, {**ours, **own}, keys, ours, ()):
                made.setdefault(rule.name, rule)
    return tuple(made.values())


def _keys(selector: str) -> tuple[str, ...]:
    """Return the names of the keys a selector ends in; none where it is about more."""
    ends = []
    for one in (part.strip() for part in selector.split("||")):
        if not _SELECTOR.fullmatch(one):
            raise PolicyError(f"relay: applications: selector {one!r} cannot be read")
        ends.append(one.rpartition(".")[2].strip("'"))
    return () if any("*" in end or end.startswith("$") for end in ends) else tuple(ends)


def _read(
    name: str, rules: Mapping[str, Any], keys: tuple[str, ...], ours: Mapping[str, Any], above: tuple[str, ...]
) -> Iterator[Any]:
    if name in above:
        raise PolicyError(f"relay: rules: {name!r} stands for itself")
    if name.startswith("@"):
        kind, _, method = name[1:].partition(":")
        yield from _of_type(name, {"type": kind, "redaction": {"method": method or "replace"}}, keys)
    elif name not in rules:
        raise PolicyError(f"relay: applications: there is no rule {name!r}")
    elif rules[name] is not ours.get(name):
        rule = rules[name]
        if isinstance(rule, Mapping) and rule.get("type") in ("multiple", "alias"):
            for inner in rule.get("rules") or [rule.get("rule")]:
                yield from _read(str(inner), rules, keys, ours, (*above, name))
        else:
            yield from _of_type(name, rule, keys)


def _of_type(name: str, rule: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    kind = rule.get("type") if isinstance(rule, Mapping) else None
    more = _more(name, rule) if isinstance(rule, Mapping) else {}
    if kind == "pattern":
        regex = python(str(rule.get("pattern")), rule.get("replaceGroups"), name)
        yield Pattern(_name(name), regex, **more)
    elif kind in ("redact_pair", "redactPair"):
        yield Keys(
            _name(name), "(?i)" + python(str(rule.get("keyPattern")), None, name).replace("(?i)", ""), raw=True, **more
        )
    elif kind == "anything" and keys:
        yield Keys(_name(name), "(?i)^(?:" + "|".join(map(re.escape, keys)) + ")$", raw=True, **more)
    elif kind in _OWN_REGEX:
        yield Pattern(_name(name), _OWN_REGEX[kind], **more)
    elif kind not in _OURS:
        raise PolicyError(f"relay: rules: {name!r}: type {kind!r} cannot be read")


def _more(name: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    said = rule.get("redaction") or {"method": "replace"}
    method = said.get("method", "replace") if isinstance(said, Mapping) else said
    if method not in _METHODS:
        raise PolicyError(f"relay: rules: {name!r}: redaction {method!r} cannot be read")
    text = said.get("text") if isinstance(said, Mapping) else None
    placeholder = {"placeholder": text} if isinstance(text, str) and _PLACEHOLDER.fullmatch(text) else {}
    return {"redaction": _METHODS[method], **placeholder}


def _name(name: str) -> str:
    made = re.sub(r"[^A-Za-z0-9_.-]", "-", name).strip("-")[:40]
    return f"relay-{made}" if name.startswith("@") or not made[:1].isalpha() or made in _BUILT_IN else made


_BUILT_IN: Final = frozenset(rule.name for rule in BUILTIN)


def python(regex: str, groups: Any, name: str) -> str:
    """Write an expression of Rust's syntax in Python's, with the groups that are replaced as its only ones.

    Raises:
        PolicyError: it holds what Python has no form for.
    """
    if _REFUSED.search(regex):
        raise PolicyError(f"relay: rules: {name!r}: pattern cannot be read: {_REFUSED.search(regex)[0]!r}")  # type: ignore[index]
    wanted = set(groups or ())
    made, number, inside, at = [], 0, False, 0
    while at < len(regex):
        char = regex[at]
        if char == "\\":
            piece = re.compile(r"\\[xuU]\{([0-9a-fA-F]+)\}|\\.", re.DOTALL).match(regex, at)
            code = piece[1] if piece else None
            made.append(
                re.escape(chr(int(code, 16))) if code else {r"\z": r"\Z"}.get(regex[at : at + 2], regex[at : at + 2])
            )
            at = piece.end() if piece else at + 2
            continue
        inside = (inside or char == "[") and not (inside and char == "]")
        named = regex.startswith(("(?P<", "(?<"), at)
        if char == "(" and not inside and (named or not regex.startswith("(?", at)):
            number += 1
            made.append("(" if number in wanted else "(?:")
            at = regex.index(">", at) + 1 if named else at + 1
            continue
        made.append(char)
        at += 1
    return "".join(made)
