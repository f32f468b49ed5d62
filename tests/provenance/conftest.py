"""The small world of code, imported for one test."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from worlds import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    before = set(sys.modules)
    made = World(tmp_path)
    for place in ("app", "site", "home"):
        monkeypatch.syspath_prepend(str(tmp_path / place))
    yield made
    for name in set(sys.modules) - before:
        if name.partition(".")[0].rstrip("0123456789") in ("frob", "depo", "stranger", "plug"):
            del sys.modules[name]
