"""The rows of ours as a page for people.

``python -m scrubbing.rules.document > docs/built-in-rules.md`` after a row changed; until then a test fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, Final

from scrubbing.rules.commands import COMMANDS
from scrubbing.rules.credentials import CREDENTIALS
from scrubbing.rules.folders import FOLDERS
from scrubbing.rules.homes import HOMES
from scrubbing.rules.network import NETWORK
from scrubbing.rules.personal import PERSONAL
from scrubbing.rules.phones import PHONES
from scrubbing.rules.rows import TEXT_KINDS, Keys, Rule
from scrubbing.rules.spoken import SPOKEN
from scrubbing.rules.systems import SYSTEMS
from scrubbing.rules.tokens import TOKENS
from scrubbing.rules.values import KEYS, VALUES

_PAGE: Final = """\
# The built-in rules

Made from the rows by `python -m scrubbing.rules.document`; `scrubbing rules` prints them for the version that is
installed, with all their examples. How rules work and how to write your own is in [rules.md](rules.md). Long tokens are
shortened here.
"""
#: A token in a table would be one to whoever looks for those.
_LONG: Final = re.compile(r"[\w+=~-]{24,}", re.ASCII)
SECTIONS: Final[tuple[tuple[str, tuple[Any, ...]], ...]] = (
    ("Home and profile directories", HOMES),
    ("Other folders that are called after somebody", FOLDERS),
    ("People", (*PERSONAL, *PHONES)),
    ("Networks", NETWORK),
    ("Values under a sensitive key", (*VALUES, *KEYS)),
    ("Command lines", COMMANDS),
    ("Secrets beside their name in other ways", SPOKEN),
    ("What particular systems write", SYSTEMS),
    ("URLs, headers, cookies, keys", CREDENTIALS),
    ("Tokens of services", TOKENS),
)


def page() -> str:
    """Write all rows, each with the first text it finds and the first it leaves alone."""
    return _PAGE + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for title, rows in SECTIONS:
        yield f"\n## {title}\n"
        yield "| rule | looks at | finds | and makes of it | leaves alone |\n|---|---|---|---|---|"
        for row in rows:
            yield f"| {' | '.join((row.name, _looks_at(row), *_examples(row)))} |"


def _looks_at(row: Rule) -> str:
    kinds = "all text" if row.kinds == TEXT_KINDS else ", ".join(sorted(kind.name.lower() for kind in row.kinds))
    return f"keys, {kinds}" if isinstance(row, Keys) else kinds


def _examples(row: Rule) -> Iterator[str]:
    examples = getattr(row, "examples", ())
    found = next(example for example in examples if example.text != example.expected)
    yield _code(found.text)
    yield _code(found.expected)
    yield next((_code(example.text) for example in examples if example.text == example.expected), "")


def _code(text: str) -> str:
    """A text in a cell: on one line, with nothing Markdown would take for its own."""
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    shown = _LONG.sub(lambda match: f"{match[0][:12]}\u2026{match[0][-4:]}", shown).replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


if __name__ == "__main__":
    sys.stdout.write(page())
