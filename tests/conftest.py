"""What tests of all rooms share: real servers and programs, and values that must not arrive at the servers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from corpus.running import ran
from hypothesis import settings
from servers.bugsink import Bugsink
from servers.canaries import Canaries
from servers.captures import Capture, captured
from servers.environments import UnavailableError
from servers.event_schema import EventSchema
from servers.foxray import Foxray
from servers.relay import Relay
from servers.shipping import Shipping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NO = ("", "0", "false")

# No test asserts a time: a busy machine is no fault of the code's.
settings.register_profile("any-time", deadline=None)
settings.load_profile("any-time")


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


@pytest.fixture(scope="session")
def captures(tmp_path_factory: pytest.TempPathFactory) -> list[Capture]:
    """What plain sentry-sdk sent of real programs."""
    return _installed(captured, tmp_path_factory.mktemp("captures"))


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What became of each way to fail in the corpus."""
    return _installed(ran, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def event_schema() -> EventSchema:
    """The public schema of events."""
    return _installed(EventSchema)


@pytest.fixture(scope="session")
def relay() -> Relay:
    """Sentry's own normaliser."""
    return _installed(Relay)


@pytest.fixture(scope="session")
def shipping() -> Shipping:
    """The tools that programs are shipped with."""
    return _installed(Shipping)


@pytest.fixture
def canaries() -> Canaries:
    """A person nobody has met before."""
    return Canaries.fresh()


def _served(kind: type, data_dir: Path) -> Iterator[object]:
    server = _installed(kind, data_dir)
    yield server
    server.stop()


def _installed(make: Callable[..., Any], *arguments: object) -> Any:
    """What needs an environment of its own: without a package index its tests skip, and under CI they fail."""
    try:
        return make(*arguments)
    except UnavailableError as missing:
        if os.environ.get("CI", "").lower() not in NO:
            pytest.fail(f"CI is set, so the packages must be here. {missing}", pytrace=False)
        pytest.skip(str(missing))
