"""Counters of what was dropped: cheap, shared, bounded, and never in the way."""

from __future__ import annotations

import os
import threading

import pytest

from scrubbing import drops, files
from scrubbing.drops import Drops

FIRST_OF_MARCH = 1_772_323_200.0 + 3600


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "state" / "drops")


def test_reasons_are_counted_with_their_last_date(path):
    """Two savings of two processes add up, and each reason says when it last happened."""
    first, second = Drops(path, clock=lambda: FIRST_OF_MARCH), Drops(path, clock=lambda: FIRST_OF_MARCH + 86400)
    first.count("quota:events")
    first.count("http:413")
    first.save()
    second.count("quota:events")
    second.save()
    assert drops.read(path) == {"quota:events": (2, "2026-03-02"), "http:413": (1, "2026-03-01")}


def test_nothing_dropped_writes_nothing(path):
    """Saving without a drop leaves no file, and saving twice counts once."""
    counter = Drops(path)
    counter.save()
    assert not os.path.exists(os.path.dirname(path))
    counter.count("consent")
    counter.save()
    counter.save()
    assert drops.read(path)["consent"][0] == 1


def test_saving_can_be_asked_for_often(path):
    """Within the given seconds only the first saving writes; the rest waits in memory."""
    counter = Drops(path)
    for _ in range(3):
        counter.count("consent")
        counter.save(every=60)
    assert drops.read(path)["consent"][0] == 1
    counter.save()
    assert drops.read(path)["consent"][0] == 3


@pytest.mark.parametrize("reason", ["", "a = b", "line\nbreak", "x" * 65, "alice@example.org", None, 7, "é"])
def test_what_is_no_word_counts_as_other(path, reason):
    """A reason that could carry a value, or break the file, is not written down."""
    counter = Drops(path)
    counter.count(reason)
    counter.save()
    assert set(drops.read(path)) == {"other"}


def test_reasons_are_bounded(path):
    """However many reasons there are, the file keeps 64 and counts the rest together."""
    for start in (0, 50):
        counter = Drops(path)
        for number in range(start, start + 100):
            counter.count(f"reason:{number}")
        counter.save()
    counters = drops.read(path)
    assert len(counters) <= 65
    assert sum(count for count, _ in counters.values()) == 200


def test_a_damaged_file_is_replaced_and_said_so(path):
    """Counters that cannot be read begin anew, which is counted too."""
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as file:
        file.write(b"\xff\xfe")
    counter = Drops(path)
    counter.count("consent")
    counter.save()
    assert {reason: count for reason, (count, _) in drops.read(path).items()} == {"drops:unreadable": 1, "consent": 1}


def test_what_cannot_be_saved_is_kept(path):
    """While the lock is held elsewhere the counters stay in memory."""
    counter = Drops(path)
    counter.count("consent")
    with files.locked(path):
        counter.save()
    counter.save()
    assert drops.read(path)["consent"][0] == 1


def test_without_a_place_counting_still_works():
    """No directory: nothing is raised."""
    counter = Drops(None)
    counter.count("consent")
    counter.save()


def test_threads_lose_no_count(path):
    """Counting and saving from four threads adds up."""
    counter = Drops(path)

    def drop():
        for _ in range(500):
            counter.count("consent")
        counter.save()

    threads = [threading.Thread(target=drop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counter.save()
    assert drops.read(path)["consent"][0] == 2000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_does_not_save_its_parents_counts(path):
    """After a fork each process saves what it counted itself."""
    counter = Drops(path)
    counter.count("consent")
    child = os.fork()
    if child == 0:
        counter.count("http:413")
        counter.save()
        os._exit(0)
    os.waitpid(child, 0)
    counter.save()
    assert {reason: count for reason, (count, _) in drops.read(path).items()} == {"consent": 1, "http:413": 1}
