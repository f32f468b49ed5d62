"""The machine that programs of these tests run on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from machines import Machine, namespaces_allowed

if TYPE_CHECKING:
    from pathlib import Path

    from servers.canaries import Canaries

allowed = cache(namespaces_allowed)


@pytest.fixture
def machine(tmp_path: Path, canaries: Canaries) -> Machine:
    """Somebody's machine, as real as the system lets it be."""
    return Machine.made(tmp_path, canaries, "namespace" if allowed() else "patched")


@pytest.fixture(params=["namespace", "patched"])
def each_machine(request: pytest.FixtureRequest, tmp_path: Path, canaries: Canaries) -> Machine:
    """Somebody's machine, once in a name space of its own and once patched in the process."""
    if request.param == "namespace" and not allowed():
        pytest.skip("this system gives out no name spaces (unshare, mount and hostname as root)")
    return Machine.made(tmp_path, canaries, request.param)
