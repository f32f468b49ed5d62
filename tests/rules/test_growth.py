"""No rule takes more than a time that grows with the text, and no text of a megabyte takes long."""

from __future__ import annotations

import os
import time

import pytest
from rules.growth import MIXED, attacked, expressions, growing, repeated

from scrubbing import Machine, Policy, scrub_text
from scrubbing.rules import BUILTIN, Keys, Pattern
from scrubbing.rules.names import machine_rules
from scrubbing.trials import slow_on

SOAK = bool(os.environ.get("SOAK"))
#: Characters of the shorter texts, and of how many attacks one is tried.
SIZE, EVERY = (8_000, 1) if SOAK else (2_000, 9)
MEGABYTE = 1_000_000
#: Seconds of the processor: the promise is 1, and a machine that is busy or old must not fail.
LONGEST = 5.0
MACHINE = Machine(
    username="erika", full_name="Erika Mustermann", home="/home/erika", hostname="erikas-pc.example.org", domain="ACME"
)
ROWS = [row for row in (*machine_rules(MACHINE), *BUILTIN) if type(row) is not Keys]
POLICY = Policy.verbose(machine=MACHINE)
#: Texts that took longest of all that were tried, each for a reason of its own.
WORST = (
    *(
        "passwort: ",
        "pw: ",
        " -p=",
        'a -u "a:',
        "A/Users/a\\u",
        "x=%2Fhome%2Ferik",
        "pytest-of-",
        "--a.",
        "Set-Cookie:",
    ),
    *("a@", "@a:/", "thin:a/", "GET /media/covers/", "12:34:56 ", '{"token": ', "erika "),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_row_grows_with_the_square_of_the_text(row):
    """Four times the text takes about four times as long, whatever is repeated in it."""
    assert not list(growing(row, SIZE, EVERY))


@pytest.mark.parametrize("row", machine_rules(MACHINE), ids=lambda row: row.name)
def test_no_expression_for_names_backtracks_without_end(row):
    """Those that are made of a machine's names pass the trials of those that apps give, as rows do."""
    assert not {regex: found for regex in expressions(row) if (found := slow_on(regex)) is not None}


@pytest.mark.parametrize(
    ("regex", "growth"),
    [(r"a+b", "square"), (r"x[ab]*(?=c)|a[ab]*c", "square"), (r"=(?<=x=)(?:\w|[a-c](?<!z))*?;", "exponentially")],
)
def test_a_row_that_does_is_found(regex, growth):
    """The control: quadratic ones, and one that is exponential behind what it looks back at."""
    assert growth in slow_on(regex)
    control = Pattern("control", regex, batched=True)  # three looks: a busy machine can hide a growth, and invents none
    assert growth == "exponentially" or any(list(growing(control, 2_000)) for _ in range(3))


@pytest.mark.parametrize("pump", [*WORST, *(MIXED if SOAK else ())], ids=ascii)
def test_a_megabyte_takes_no_time(pump):
    """All rules over a megabyte of what is worst, the second look at what was rewritten included."""
    began = time.process_time()
    scrub_text(repeated("", pump, MEGABYTE), POLICY)
    assert time.process_time() - began < LONGEST


@pytest.mark.skipif(not SOAK, reason="takes minutes")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_megabyte_made_for_a_row_takes_no_time(row):
    """The same for what each row is made of: the slowest by a shorter text, then at its length."""
    slowest: list[tuple[float, str, str]] = []
    for lead, pump in attacked(row, 3):
        began = time.process_time()
        scrub_text(repeated(lead, pump, 8_000), POLICY)
        slowest.append((time.process_time() - began, lead, pump))
    for _, lead, pump in sorted(slowest)[-2:]:
        began = time.process_time()
        scrub_text(repeated(lead, pump, MEGABYTE), POLICY)
        assert time.process_time() - began < LONGEST, (lead, pump)


def test_a_text_with_too_much_that_may_be_a_secret_goes_whole():
    """What is asked of each match is bounded, too; a log whose every line has a time stays."""
    assert scrub_text(" -p=" * 100_000, POLICY) == "[Filtered]"
    log = "2025-03-12 10:11:12 INFO step done in 0:00:01, 3 left\n" * 4_000
    assert scrub_text(log, POLICY) == log
