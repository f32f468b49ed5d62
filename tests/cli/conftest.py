"""A user's home, for one test."""

from __future__ import annotations

import shutil

import pytest
from homes import Home

from scrubbing.receiver import Receiver


@pytest.fixture
def home(tmp_path):
    """A new home with nothing in it."""
    return Home(tmp_path / "home" / "quillfeather")


@pytest.fixture(scope="session")
def _life(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("life") / "home" / "quillfeather")
    with Receiver() as receiver:
        home.live(receiver)
        return home.path, receiver.dsn


@pytest.fixture
def lived(home, _life):
    """A home in which a program ran for a while, in all modes."""
    shutil.rmtree(home.path)
    path, address = _life
    shutil.copytree(path, home.path)
    home.environ["FROB_DSN"] = address  # what the yes was to; nobody listens there any more
    return home
