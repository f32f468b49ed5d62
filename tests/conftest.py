"""What tests of all rooms share: real servers, and values that must not arrive at them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from servers.bugsink import Bugsink
from servers.canaries import Canaries
from servers.environments import UnavailableError
from servers.foxray import Foxray

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO = ("", "0", "false")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real: runs real programs against real servers; takes seconds")


@pytest.fixture(scope="session")
def bugsink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bugsink]:
    """Bugsink for all tests; each takes a project of its own."""
    yield from _served(Bugsink, tmp_path_factory.mktemp("bugsink"))


@pytest.fixture(scope="session")
def foxray(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foxray]:
    """Foxray for all tests; each takes a project of its own."""
    yield from _served(Foxray, tmp_path_factory.mktemp("foxray"))


@pytest.fixture
def canaries() -> Canaries:
    """A person nobody has met before."""
    return Canaries.fresh()


def _served(kind: type, data_dir: Path) -> Iterator[object]:
    try:
        server = kind(data_dir)
    except UnavailableError as missing:
        if os.environ.get("CI", "").lower() not in NO:
            pytest.fail(f"CI is set, so the real servers must be here. {missing}", pytrace=False)
        pytest.skip(str(missing))
    yield server
    server.stop()
