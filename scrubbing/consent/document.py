"""The precedence table for people, made from its rows.

``python -m scrubbing.consent.document README.md docs/consent.md`` writes it between the marks of each page after the
rows changed; until then a test fails. Nothing else imports this.
"""

from __future__ import annotations

import sys

from scrubbing.consent.table import ROWS

_BEGIN, _END = "<!-- rows: made by scrubbing.consent.document -->", "<!-- end of rows -->"


def markdown() -> str:
    """The table, as the pages have it."""
    lines = ["| | row | what it looks at | says |", "|---|---|---|---|"]
    for row in ROWS:
        sentence = row.sentence.replace("<APP>_TELEMETRY", "`<APP>_TELEMETRY`")
        lines.append(f"| {row.number} | `{row.key}` | {sentence} | {', '.join(row.says)} |")
    return "\n".join(lines)


def parts(page: str) -> tuple[str, str, str]:
    """A page's text up to its table, the table, and the rest.

    Raises:
        ValueError: the page has no marks, or not one pair of them.
    """
    before, begin, rest = page.partition(f"{_BEGIN}\n\n")
    table, end, after = rest.partition(f"\n\n{_END}")
    if not (begin and end) or _BEGIN in after or _BEGIN in table:
        raise ValueError(f"expected one pair of the marks {_BEGIN} and {_END}")
    return before + begin, table, end + after


def main(paths: list[str]) -> None:
    """Write the table into pages."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            before, _, after = parts(file.read())
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + markdown() + after)


if __name__ == "__main__":
    main(sys.argv[1:])
