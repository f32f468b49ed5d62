"""A server and a program."""

from __future__ import annotations

import pytest
from apps import App
from servers.faulty import Faulty


@pytest.fixture
def server():
    with Faulty() as server:
        yield server


@pytest.fixture
def app(tmp_path, server):
    return App(tmp_path, server)
