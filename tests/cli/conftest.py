"""A user's home, for one test."""

from __future__ import annotations

import pytest
from homes import Home


@pytest.fixture
def home(tmp_path):
    """A new home with nothing in it."""
    return Home(tmp_path / "home" / "quillfeather")
