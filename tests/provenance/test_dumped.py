"""What `faulthandler` writes, whichever Python wrote it."""

from __future__ import annotations

import pytest

from scrubbing.provenance.dumped import SIGNALS, read

DUMP = 'Fatal Python error: {}\n\nCurrent thread 0x01 (most recent call first):\n  File "x.py", line 3 in f\n'


@pytest.mark.parametrize("words", [*SIGNALS, "Floating-point exception"])
def test_a_signal_is_known_by_its_words(words):
    """The newer spelling of one of them is the same bug as the older."""
    dump = read(DUMP.format(words))
    assert dump is not None
    assert dump.signal == words.replace("-", " ") in SIGNALS
    assert [len(stack) for stack in dump.stacks] == [1]


@pytest.mark.parametrize("words", ["Segmentation faults", "hunter2", "Floating exception", "", "Bus error\thunter2"])
def test_other_words_are_no_dump(words):
    """What `faulthandler` never writes is not read as if it had."""
    assert read(DUMP.format(words)) is None
