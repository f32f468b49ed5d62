"""The outbox as a machine: whatever happens in whatever order, nothing is lost silently, doubled or damaged."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from servers.faulty import Faulty
from settings import Setting

from scrubbing import files
from scrubbing.outbox import limits
from scrubbing.outbox.history import SENT, History
from scrubbing.outbox.store import OutboxLimits

resource = pytest.importorskip("resource", reason="limits of a process are POSIX's")

NOW = 1_700_000_000.0
DAY = 86400
MOST = 4
KINDS = {"event": ("crashes", "error"), "session": ("usage", "session")}
MODES = ("ok", "reset", "cut request 60", "cut answer 7", "garbage", "503", "504", "500", "413", "429")
#: The machine may wait for a server no longer than the other end needs to answer.
SOON = 10


@contextlib.contextmanager
def disk_full_after(number):
    """No file of this process grows beyond so many bytes: writing fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class OutboxMachine(RuleBasedStateMachine):
    """Puts, uploads to a server that fails, expires, is killed, restarted; its clock jumps, its disk fills up."""

    @initialize()
    def begin(self):
        self.base = tempfile.mkdtemp()
        self.now = NOW
        self.server = Faulty().__enter__()
        self.limits = OutboxLimits(envelopes=MOST, envelope_bytes=4096, bytes=4096 * MOST, days=14)
        self.put_ = {}  # the body and the kind of each envelope that was admitted, by its id
        self.came, self.admitted = [], set()
        self.restart()

    def teardown(self):
        if hasattr(self, "server"):
            self.setting.close()
            self.server.__exit__()
            shutil.rmtree(self.base)

    @rule()
    def restart(self):
        """The program ends and begins anew: nothing but the disk is left."""
        if hasattr(self, "setting"):
            self.setting.close()
        self.setting = Setting(self.base, limits=self.limits, clock=lambda: self.now)
        self.setting.history = History(os.path.join(self.base, "history"), clock=lambda: self.now)
        self.setting.outbox._told = self.setting.history.note

    @rule(kind=st.sampled_from(sorted(KINDS)), size=st.integers(0, 2000), times=st.integers(1, MOST))
    def put(self, kind, size, times):
        for _ in range(times):
            self.now += 1
            body = f"{kind} ".encode() + os.urandom(8 + size)
            entry = self.setting.put(body, *KINDS[kind])
            self.put_[entry.id] = (body, kind)
            self.admitted.add(body)

    @rule(kind=st.sampled_from(sorted(KINDS)), number=st.integers(0, 60))
    def put_on_a_full_disk(self, kind, number):
        """What cannot be written whole is not there at all."""
        with disk_full_after(number), pytest.raises(OSError):
            self.setting.put(b"x" * 100, *KINDS[kind])

    @rule(mode=st.sampled_from(MODES))
    def upload(self, mode):
        limited = limits.is_limited("error", limits.read(self.setting.limits_path, self.now), self.now)
        came = self.send(mode)
        assert not (limited and came)

    @rule()
    def upload_on_a_full_disk(self):
        """Without room for the history and the limits what waits is sent all the same, once."""
        oldest = self.now - self.limits.days * DAY
        there = self.setting.outbox._list()
        gone = {entry.id for entry in there if entry.is_claimed or entry.created < oldest}
        with disk_full_after(0):
            self.send("ok")
        sent = {body for mode, body in self.came if mode == "ok"}
        for id_ in self.untold():
            body, _ = self.put_.pop(id_)
            assert id_ in gone or body in sent

    def send(self, mode):
        self.server.mode = mode
        before = len(self.server.received)
        self.setting.uploader(self.server.dsn, clock=lambda: self.now).flush(SOON)
        self.setting.close()
        came = [(mode, one.body) for one in self.server.received[before:] if one.body]
        self.came += came
        # Whoever sends settles first what somebody else was killed with.
        assert not (came and self.setting.outbox.claimed())
        return came

    @precondition(lambda self: self.setting.outbox.waiting())
    @rule(data=st.data())
    def killed_while_sending(self, data):
        """A kill -9 between the claim and the answer leaves the claim; before it, nothing at all."""
        entry = data.draw(st.sampled_from(self.setting.outbox.waiting()))
        if self.put_[entry.id][1] == "session":
            assert self.setting.outbox.claim(entry)
        self.restart()

    @rule()
    def killed_while_writing(self):
        """A kill -9 in the middle of a put leaves a file that nobody takes for an envelope."""
        directory = os.path.join(self.base, "outbox")
        files.make_directory(directory)
        with open(os.path.join(directory, f".x.{os.urandom(6).hex()}{files.UNFINISHED}"), "wb") as file:
            file.write(b"half of an enve")
        self.restart()

    @rule(seconds=st.sampled_from([-3 * DAY, -60, 30, 90, DAY, 15 * DAY]))
    def clock_jumps(self, seconds):
        self.now += seconds

    @rule()
    def expire(self):
        oldest = self.now - self.limits.days * DAY
        assert all(entry.created >= oldest for entry in self.setting.outbox.waiting())

    @rule()
    def erase_usage(self):
        """What is erased is told where there is a history: a no makes no file."""
        self.setting.outbox.erase("usage")
        for id_ in self.untold():
            assert not os.path.exists(os.path.join(self.base, "history"))
            assert self.put_.pop(id_)[1] == "session"

    def told(self):
        return {one.id: one.what for one in History(os.path.join(self.base, "history"), clock=lambda: 0).told()}

    def untold(self):
        return set(self.put_) - {entry.id for entry in self.setting.outbox._list()} - set(self.told())

    @invariant()
    def every_envelope_waits_or_its_end_is_told(self):
        if not hasattr(self, "setting"):
            return
        there = self.setting.outbox._list()
        assert len(there) <= MOST
        assert [self.setting.outbox.read(entry) for entry in there] == [self.put_[entry.id][0] for entry in there]
        told = self.told()
        assert self.untold() == set()
        assert told.keys().isdisjoint(entry.id for entry in there)
        came = {body for mode, body in self.came if mode not in ("429", "500", "413")}
        assert all(self.put_[id_][0] in came for id_, what in told.items() if what == SENT and id_ in self.put_)

    @invariant()
    def nothing_damaged_is_sent_and_no_session_twice(self):
        if not hasattr(self, "setting"):
            return
        assert {body for _, body in self.came} <= self.admitted
        # Who reads a request and says 503 has not taken it.
        sessions = [body for mode, body in self.came if body.startswith(b"session") and mode != "503"]
        assert len(sessions) == len(set(sessions))


OutboxMachine.TestCase.settings = settings(
    max_examples=3000 if os.environ.get("SOAK") else 50, stateful_step_count=40, deadline=None
)
TestOutboxMachine = OutboxMachine.TestCase
