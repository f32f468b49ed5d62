"""Whatever happens to processes and disks in the middle of a choice, the file says the old one or the new one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scrubbing import files
from scrubbing.consent import MODES, PURPOSES, Consent
from scrubbing.consent.contents import contents_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

#: The calls that change something on a disk, or finish doing so.
CALLS = ("mkdir", "open", "write", "fsync", "replace", "unlink", "close")
DIED, FAILED = 9, 8
#: A file system in memory, where there is one: thousands of fsyncs take their time elsewhere.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
CHOSEN = st.dictionaries(st.sampled_from(PURPOSES), st.sampled_from(MODES), min_size=1)
A, B = "https://a.example/7", "https://b.example/7"
ADDRESSES = st.sampled_from([A, B])


def child(work):
    """Do something in a process of its own; its exit code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads at a fork; the child only works on files
        pid = os.fork()
    if pid == 0:
        code = FAILED
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def dying(at):
    """From here on, die at the call with this number, a write in its middle: as a kill or a lost power line does."""
    left = [at]

    def wrap(name, real):
        def called(*args, **named):
            left[0] -= 1
            if left[0] < 0:
                if name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                os._exit(DIED)
            return real(*args, **named)

        return called

    for name in CALLS:
        setattr(os, name, wrap(name, getattr(os, name)))


class Choices(RuleBasedStateMachine):
    """One user's choice file, and what it must say."""

    def __init__(self):
        super().__init__()
        self.directory = Path(tempfile.mkdtemp(dir=MEMORY))
        self.environ = {"HOME": str(self.directory / "home"), "XDG_CONFIG_DIRS": str(self.directory / "site")}
        self.places = files.places("frob", self.environ, "linux")
        self.places.admins = (self.places.admin,)
        self.said = {}  # purpose: (mode, the address a yes is to)

    def teardown(self):
        shutil.rmtree(self.directory)

    def consent(self, address=A):
        """An app that sends there."""
        return Consent(
            app="frob",
            places=self.places,
            environ=self.environ,
            modules=(),
            has_dsn=True,
            contents=lambda purpose: contents_of(
                purpose, address=address, preset="strict", messages={"*": "skeleton"}, commands=None, ids="none"
            ),
        )

    def seen(self):
        """What the file says, asked anew."""
        return {address: [self.consent(address).mode(purpose) for purpose in PURPOSES] for address in (A, B)}

    @staticmethod
    def expected(said):
        """What a file must say in which this was said."""

        def mode(purpose, address):
            told, to = said.get(purpose, ("off", address))
            return told if told != "on" or to == address else "off"

        return {address: [mode(purpose, address) for purpose in PURPOSES] for address in (A, B)}

    def after(self, chosen, address):
        return {**self.said, **{purpose: (mode, address) for purpose, mode in chosen.items()}}

    @initialize()
    def nothing(self):
        """Nobody has said anything, and nothing is on disk."""
        assert not list(self.directory.iterdir())

    @rule(chosen=CHOSEN, address=ADDRESSES)
    def choose(self, chosen, address):
        """A choice that works; what killed ones left is gone afterwards."""
        self.consent(address).choose(chosen, "test")
        self.said = self.after(chosen, address)
        assert os.listdir(self.places.config_dir) == ["choice"]

    @rule(chosen=CHOSEN, address=ADDRESSES, at=st.integers(0, 14))
    def die(self, chosen, address, at):
        """The process dies at one of its calls: the file says all of the old or all of the new choice."""

        def work():
            consent = self.consent(address)
            dying(at)
            consent.choose(chosen, "test")
            return 0

        code = child(work)
        assert code in (0, DIED)
        old, new = self.said, self.after(chosen, address)
        assert self.seen() in (self.expected(old), self.expected(new))
        if code == 0 or self.seen() != self.expected(old):
            self.said = new

    @rule(chosen=CHOSEN, size=st.sampled_from([0, 10, 40]))
    def full(self, chosen, size):
        """A disk that takes a few bytes more: the choice fails, the old one stays, and a no holds for that run."""

        def work():
            import resource

            consent = self.consent()
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                consent.choose(chosen, "test")
            except OSError:
                closed = all(consent.mode(purpose) != "on" for purpose, mode in chosen.items() if mode != "on")
                return 0 if closed else 1
            return 2

        assert child(work) == 0

    @rule(one=CHOSEN, other=CHOSEN)
    def two(self, one, other):
        """Two processes choose at once, about different things: both have been heard."""
        other = {purpose: mode for purpose, mode in other.items() if purpose not in one}
        reading, writing = os.pipe()

        def work():
            return child(lambda: self.consent().choose(one, "test") or 0)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            os._exit(work())
        os.close(reading)
        os.close(writing)
        if other:
            self.consent().choose(other, "test")
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        self.said = self.after({**one, **other}, A)

    @rule(
        text=st.sampled_from(
            [
                "",
                "crashes = on\n",
                "version = 2\ncrashes = maybe\n",
                "\0",
                "version = 2\ncrashes = on\ncrashes.covers = all\n",
            ]
        )
    )
    def damage(self, text):
        """Somebody's editor breaks the file: off to everything, until and beside what is chosen next."""
        files.make_directory(self.places.config_dir)
        Path(self.places.choice).write_text(text, encoding="utf-8")
        Path(self.places.choice).chmod(0o600)
        self.said = dict.fromkeys(PURPOSES, ("off", ""))

    @rule()
    def forget(self):
        """The user removes the file."""
        Path(self.places.choice).unlink(missing_ok=True)
        self.said = {}

    @invariant()
    def the_file_says_it(self):
        """What is decided is what was said last, by an app that sends there and by one that sends elsewhere."""
        assert self.seen() == self.expected(self.said)

    @invariant()
    def nothing_else_is_there(self):
        """No file but the choice and what a killed writer left, each this user's alone."""
        for path in self.directory.rglob("*"):
            if path.is_dir():
                assert path.stat().st_mode & 0o777 == 0o700
            else:
                assert path.name == "choice" or (path.name.startswith(".choice.") and path.name.endswith(".unfinished"))
                assert path.stat().st_mode & 0o777 == 0o600


TestChoices = Choices.TestCase
TestChoices.settings = settings(
    max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_machine_s_deaths_are_deaths(tmp_path):
    """The control: dying at every number leaves first the old file, then the new one, and both are seen."""
    path = str(tmp_path / "f")
    files.write_lines(path, {"a": "old"})
    seen = []
    for at in range(20):

        def work(at=at):
            dying(at)
            files.write_lines(path, {"a": "new"}, sync=True)
            return 0

        code = child(work)
        seen.append((code, files.read_lines(path)["a"]))
        if code == 0:
            break

    assert [code for code, _ in seen] == [DIED] * (len(seen) - 1) + [0]
    assert {text for code, text in seen if code == DIED} == {"old", "new"}
    assert [name for name in os.listdir(tmp_path) if name != "f"]
