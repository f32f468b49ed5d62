"""What people read about the table is made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrubbing.consent import ROWS
from scrubbing.consent.document import main, markdown, parts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["README.md", "docs/consent.md"])
def test_the_pages_have_the_table(page):
    """`python -m scrubbing.consent.document README.md docs/consent.md` was run after the last change."""
    assert parts((ROOT / page).read_text(encoding="utf-8"))[1] == markdown()


def test_every_row_is_in_the_table():
    """Number, key, sentence and what it can say, a line each."""
    lines = markdown().splitlines()[2:]
    assert len(lines) == len(ROWS)
    for line, row in zip(lines, ROWS, strict=True):
        assert line.startswith(f"| {row.number} | `{row.key}` | ")
        assert line.endswith(f" | {', '.join(row.says)} |")


def test_a_page_is_written_between_its_marks(tmp_path):
    """What stands around the table stays; a page without marks is refused and stays."""
    before, _, after = parts((ROOT / "docs/consent.md").read_text(encoding="utf-8"))
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    page.write_text(f"{before}old{after}", encoding="utf-8")
    other.write_text("nothing", encoding="utf-8")

    main([str(page)])

    assert page.read_text(encoding="utf-8") == before + markdown() + after
    with pytest.raises(ValueError, match="expected one pair of the marks"):
        main([str(other)])
    assert other.read_text(encoding="utf-8") == "nothing"


def test_each_row_is_explained_in_the_page():
    """docs/consent.md has a paragraph for each row that somebody can set."""
    page = (ROOT / "docs/consent.md").read_text(encoding="utf-8")
    for row in ROWS[:-1]:
        assert f"\n- **{row.key}**" in page
