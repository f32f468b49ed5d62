"""What scrubbing takes besides time: memory for an event, modules and expressions for the first one of a process."""

from __future__ import annotations

import gc
import marshal
import subprocess
import sys
import tracemalloc

import pytest
from sdk_events import PROGRAMS, captured

from scrubbing.identity import Machine
from scrubbing.policy import Policy
from scrubbing.rewrite import scrub

MACHINE = Machine(username="erika", full_name="Erika Mustermann", home="/home/erika", hostname="erikas-desktop")
#: What an event without an exception in hand does without.
UNUSED = {
    *("cattrs", "hashlib", "html", "sentry_sdk", "scrubbing.relay", "scrubbing.roots", "scrubbing.trials"),
    *("scrubbing.provenance.frames", "scrubbing.provenance.skeletons", "scrubbing.rewrite.live"),
    *("scrubbing.rewrite.skeletons", "scrubbing.schema.model", "scrubbing.schema.walker.table"),
}
FIRST = """
import sys
import scrubbing
from scrubbing.rules.rows import compiled
machine = scrubbing.Machine(username="erika", full_name="Erika Mustermann", home="/home/erika", hostname="desk-7")
policy = scrubbing.Policy.verbose(machine=machine, packages=["frob"])
frame = {"filename": "frob/x.py", "function": "f", "module": "frob.x", "lineno": 3, "vars": {"order": "'seven'"}}
value = {"type": "ValueError", "value": "no such order", "stacktrace": {"frames": [frame]}}
assert scrubbing.scrub({"exception": {"values": [value]}}, policy)["exception"]["values"][0]["value"] == "no such order"
print(compiled.cache_info().currsize)
if "proven" in sys.argv:
    try:
        raise ValueError("no such order")
    except ValueError as error:
        scrubbing.scrub({"exception": {"values": [value]}}, policy, error)
print(*sys.modules)
"""


def fresh(value, mark):
    """The same with other texts, where a run makes them."""
    if isinstance(value, dict):
        return {key: fresh(child, mark) for key, child in value.items()}
    if isinstance(value, list):
        return [fresh(child, mark) for child in value]
    return f"{value} {mark}" if isinstance(value, str) and " " in value else value


@pytest.mark.parametrize("program", ["plain", "chained", "deep"])
def test_an_event_takes_at_most_twice_its_memory_while_it_is_scrubbed(program):
    """Beside the event itself, at any moment and the result included, with every rule and every field; seen or new."""
    policy = Policy.verbose(machine=MACHINE)
    event, _ = captured(PROGRAMS[program], max_value_length=1024)
    for mark in ("one", "two"):
        scrub(fresh(event, mark), policy)
    for mark, most in (("two", 2.0), ("three", 2.5)):  # what is remembered of new texts stays
        data = marshal.dumps(fresh(event, mark))
        gc.collect()
        tracemalloc.start()
        try:
            given = marshal.loads(data)
            size = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            made = scrub(given, policy)
            peak = tracemalloc.get_traced_memory()[1] - size
        finally:
            tracemalloc.stop()
        assert made["exception"]["values"]
        assert peak < most * size, (mark, peak / size)


def first(*arguments):
    made = subprocess.run([sys.executable, "-c", FIRST, *arguments], check=True, capture_output=True, text=True)
    count, modules = made.stdout.splitlines()
    return int(count), set(modules.split())


def test_the_first_event_imports_and_compiles_what_it_needs_alone():
    """Nothing that reads code, no model, no other room; and of some 200 expressions those its texts ask for."""
    count, modules = first()
    assert not modules.intersection(UNUSED)
    assert count < 40


def test_control_a_live_exception_needs_more():
    """The names in the list are those of modules that are there."""
    _, modules = first("proven")
    assert modules.issuperset({"hashlib", "scrubbing.provenance.skeletons", "scrubbing.rewrite.live"})


def test_what_captures_crashes_has_loaded_what_they_need():
    """At the crash there may be no file to import from any more: the program may have been updated since it began."""
    program = "import sys, scrubbing.sentry.middleware; print(*sys.modules)"
    made = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    needed = {"hashlib", "scrubbing.provenance.frames", "scrubbing.provenance.skeletons", "scrubbing.rewrite.live"}
    assert needed <= set(made.stdout.split())
