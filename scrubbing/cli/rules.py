"""``scrubbing rules``: every row of a policy, with its examples, which are tried as they are printed."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from scrubbing.cli.said import DONE, FAILED, WRONG_USE, Said
from scrubbing.errors import PolicyError
from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rules import TEXT_KINDS, Engine, Example, Keys, Rule, hit, miss
from scrubbing.rules.engine import check_examples
from scrubbing.rules.names import machine_rules

#: Whose names the examples of the machine's rules are about: this machine's are not for a screen.
_SOMEBODY = Machine(
    username="equill", full_name="Erika Quillfeather", home="/home/equill", hostname="moonstone", domain="QUILLS"
)
_OF_MACHINE = {
    "this-user": (
        hit("cannot read /srv/equill.db", "cannot read /srv/[user].db"),
        hit("Quillfeather is not an administrator", "[user] is not an administrator"),
        miss("quills and feathers"),
    ),
    "this-host": (hit("no route to moonstone", "no route to [host]"), miss("no route to host")),
    "this-domain": (hit("cannot reach QUILLS", "cannot reach [domain]"), miss("cannot reach the domain")),
}
_BOLD, _FAINT, _GREEN, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m", "\x1b[0m"


@attrs.frozen
class Row:
    """A rule as it is shown.

    Args:
        name: its name.
        looks_at: ``values``, ``keys``, or the ``machine``'s names.
        kinds: the kinds of field it looks at.
        redaction: what it does.
        placeholder: what takes a finding's place.
        examples: what it finds and what it leaves.
        problem: which example does not hold.
    """

    name: str
    looks_at: str
    kinds: tuple[str, ...]
    redaction: str
    placeholder: str
    examples: tuple[Example, ...]
    problem: str

    def json(self) -> dict[str, Any]:
        """The same as JSON."""
        shown = [{"text": one.text, "expected": one.expected, "hit": _is_hit(one)} for one in self.examples]
        return {**attrs.asdict(self, recurse=False), "kinds": list(self.kinds), "examples": shown}


def run(args: argparse.Namespace) -> Said:
    """List the rows.

    Args:
        args: ``names``, ``policy``, ``json``.

    Returns:
        What there is to say; its code is 1 where an example does not hold, 2 where there is no such rule or policy.
    """
    try:
        policy = Policy.from_toml(args.policy, machine=Machine()) if args.policy else Policy(machine=Machine())
        rows = list(_rows(policy.engine))
    except PolicyError as error:
        return Said(WRONG_USE, note=f"rules: {error}")
    unknown = [name for name in args.names if name not in {row.name for row in rows}]
    if unknown:
        return Said(WRONG_USE, note="\n".join(_unknown(name, rows) for name in unknown))
    rows = [row for row in rows if not args.names or row.name in args.names]
    out = json.dumps([row.json() for row in rows], indent=1) if args.json else _text(rows, colours=_is_coloured())
    problems = [row.problem for row in rows if row.problem]
    return Said(FAILED if problems else DONE, out, "\n".join(problems))


def _rows(engine: Engine) -> Iterator[Row]:
    for name in machine_rules(_SOMEBODY):
        yield _row(attrs.evolve(name, examples=_OF_MACHINE[name.name]), "machine")
    for rule in engine.rules:
        yield _row(rule, "keys" if isinstance(rule, Keys) else "values")


def _row(rule: Rule, looks_at: str) -> Row:
    kinds = tuple(sorted(kind.name.lower() for kind in rule.kinds))
    placeholder = str(getattr(rule, "placeholder", f"[{rule.name}]"))
    examples = tuple(getattr(rule, "examples", ()))
    return Row(rule.name, looks_at, kinds, rule.redaction.value, placeholder, examples, _problem(rule))


def _problem(rule: Rule) -> str:
    """Try the examples; one of somebody's own may be a secret, so only its number is said."""
    try:
        check_examples(rule)
    except PolicyError as error:
        return str(error)
    return ""


def _unknown(name: str, rows: Iterable[Row]) -> str:
    close = difflib.get_close_matches(name, [row.name for row in rows])
    return f"rules: there is no rule {name!r}" + (f"; there is {', '.join(close)}" if close else "")


def _is_hit(example: Example) -> bool:
    return example.text != example.expected


def _is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _text(rows: list[Row], *, colours: bool) -> str:
    widths = [max(len(head), *(len(cell) for cell in cells)) for head, cells in _columns(rows)]
    heads = [head for head, _ in _columns(rows)]
    lines = [_line(heads, widths)]
    for row, cells in zip(rows, zip(*(cells for _, cells in _columns(rows)), strict=True), strict=True):
        line = _line(cells, widths)
        lines.append(_in(_BOLD, line, colours))
        lines += (_shown(row, example, colours) for example in row.examples)
        if row.problem:
            lines.append(_in(_RED, f"    {row.problem}", colours))
    return "\n".join([*lines, "", _legend(rows)])


def _columns(rows: list[Row]) -> list[tuple[str, list[str]]]:
    every = len(TEXT_KINDS)
    return [
        ("rule", [row.name for row in rows]),
        ("looks at", [row.looks_at for row in rows]),
        ("does", [_does(row) for row in rows]),
        ("in", ["all text" if len(row.kinds) == every else ", ".join(row.kinds) for row in rows]),
    ]


def _does(row: Row) -> str:
    return f"{row.redaction} {row.placeholder}" if row.redaction in ("replace", "hash") else row.redaction


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _shown(row: Row, example: Example, colours: bool) -> str:
    text = _escaped(example.text)
    if not _is_hit(example):
        return _in(_FAINT, f"    -  {text}", colours)
    return f"    {_in(_GREEN, '+', colours)}  {text}  ->  {_escaped(example.expected)}" + (
        "  (a key)" if row.looks_at == "keys" else ""
    )


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _in(colour: str, text: str, colours: bool) -> str:
    return f"{colour}{text}{_PLAIN}" if colours else text


def _legend(rows: list[Row]) -> str:
    number = sum(len(row.examples) for row in rows)
    counted = f"{len(rows)} rule{'s' * (len(rows) != 1)}, {number} examples"
    return f"{counted}: + is found and becomes what is behind the arrow, - is left alone."
