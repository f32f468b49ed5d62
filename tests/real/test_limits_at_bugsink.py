"""A server that really says 429: what it asks for is kept, by this run of a program and by the next ones."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING

import pytest
from servers.bugsink import Bugsink
from servers.environments import UnavailableError

from scrubbing.outbox import limits
from scrubbing.outbox.store import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from machines import Machine

pytestmark = [
    pytest.mark.real,
    pytest.mark.timeout(600),  # the first run installs the server
    pytest.mark.skipif(sys.platform == "win32", reason="the server runs on POSIX"),
]

ALLOWED = 1


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bugsink]:
    """A server that takes one event in five minutes."""
    try:
        server = Bugsink(tmp_path_factory.mktemp("narrow"), MAX_EVENTS_PER_PROJECT_PER_5_MINUTES=ALLOWED)
    except UnavailableError as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


def answers(server: Bugsink) -> list[int]:
    """The statuses of all envelopes that were posted, by the server's own log."""
    log = (server.data_dir / "access.log").read_text()
    return [int(status) for status in re.findall(r'"POST /api/\d+/envelope/ HTTP/1.1" (\d{3})', log)]


def test_nothing_is_sent_again_inside_the_window(narrow: Bugsink, machine: Machine) -> None:
    """After its 429 the server hears nothing more, from no run, until the time is over; what came later waits."""
    project = narrow.project("narrow")
    for _ in range(6):
        machine.run("overdrawn", dsn=project.dsn)
        machine.run("malformed", dsn=project.dsn)
        machine.run("none", dsn=project.dsn)
        if 429 in answers(narrow):
            break
    assert answers(narrow)[-1] == 429
    before = len(answers(narrow))
    state = machine.home / ".local/state/scrubbing/frob"
    until = limits.read(str(state / "limits"), time.time())[limits.ALL]
    assert until - time.time() > 30
    for bug in ("leaking", "customised", "none", "none"):
        machine.run(bug, dsn=project.dsn)
    assert len(answers(narrow)) == before
    waiting = Outbox(str(state / "outbox"), drop=str).waiting()
    assert [entry.category for entry in waiting].count("error") >= 1
    assert len(narrow.events(project)) == ALLOWED
