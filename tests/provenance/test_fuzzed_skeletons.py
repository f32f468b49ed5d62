"""Random programs, and bytecode as there is: the same way says the same, and the stack is as deep as Python's."""

from __future__ import annotations

import contextlib
import dis
import importlib
import opcode
import random
import sys
from collections import Counter
from pathlib import Path
from types import CodeType

import pytest
from fuzzing import fuzz

from scrubbing.provenance.flow.effects import _DOES, tell
from scrubbing.provenance.flow.facts import MAX_INSTRUCTIONS, Facts
from scrubbing.provenance.flow.instructions import ENDS, Listing
from scrubbing.provenance.flow.scan import stores
from scrubbing.provenance.flow.stack import Stack
from scrubbing.provenance.flow.symbols import OPAQUE

#: Instructions of which nothing is known that stand in the standard library: patterns, asynchronous loops.
UNKNOWN = {
    *(
        "CLEANUP_THROW",
        "CHECK_EG_MATCH",
        "GET_ANEXT",
        "END_ASYNC_FOR",
        "MATCH_CLASS",
        "MATCH_KEYS",
        "COPY_DICT_WITHOUT_KEYS",
    ),
    *("ROT_N", "PREP_RERAISE_STAR"),
}
#: Those `dis` counts otherwise: a generator begins with one value, a call of 3.11 is two instructions.
OTHERWISE = {"RETURN_GENERATOR", "GEN_START", "PRECALL"}


def test_random_programs_say_the_same_of_other_values(world):
    """Nothing of a value comes out, nor whether it equals a text of the program; and half of all is readable."""
    count = fuzz(world, range(200))

    assert count.faults == []
    assert count.runs > 10_000
    assert count.readable > count.runs // 3


@pytest.mark.parametrize("breaks", ["one store", "no start"])
def test_random_programs_find_a_store_that_is_left_out(world, monkeypatch, breaks):
    """A reader that leaves out a way is found out: these programs can fail."""
    honest = Facts._sources

    def broken(self, name, at, closed):
        found, start = honest(self, name, at, closed)
        if breaks == "no start":
            return found, start and not found
        return found[:1], start

    monkeypatch.setattr(Facts, "_sources", broken)

    assert fuzz(world, range(400)).faults != []


def _codes(code):
    waiting = [code]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [const for const in one.co_consts if isinstance(const, CodeType)]


def _libraries(files):
    """The code of some files of the standard library and of what is installed, others for each Python."""
    found = [*Path(contextlib.__file__).parent.glob("*.py"), *Path(contextlib.__file__).parent.glob("asyncio/*.py")]
    found += Path(pytest.__file__).parents[1].glob("*/*.py")
    found.sort()
    picked = random.Random(sys.hexversion).sample(found, min(files, len(found)))
    picked += [Path(contextlib.__file__), Path(importlib.import_module("asyncio.base_events").__file__)]
    for path in picked:
        with contextlib.suppress(SyntaxError, ValueError):
            yield from _codes(compile(path.read_bytes(), str(path), "exec", dont_inherit=True))


@pytest.mark.filterwarnings("ignore")
def test_any_code_is_retold(world):
    """Whatever code there is, it is read without an error, and every variable's stores can be asked for."""
    count = 0
    for code in _libraries(20):
        facts = Facts(code)
        count += 1
        last = len(facts.listing.names) - 1
        for name in code.co_varnames[:3]:
            facts.sources(name, last)
        facts.reached(frozenset())
    assert count > 200


@pytest.mark.filterwarnings("ignore")
def test_the_stack_is_as_deep_as_pythons():
    """Each instruction that goes on to the next one takes and puts as many values as Python says."""
    depth, seen, found = 300, Counter(), Counter()
    for code in _libraries(30):
        listing = Listing(code)
        for number, (name, arg) in enumerate(zip(listing.names, listing.args, strict=True)):
            if name in ENDS or name in OTHERWISE:
                continue
            stack = Stack(code)
            stack.values, stack.at = [OPAQUE] * depth, number
            tell(stack, name, arg)
            if name not in _DOES:
                assert name in UNKNOWN
                assert stack.values == []
                continue
            op = opcode.opmap[name]
            wanted = dis.stack_effect(op, arg if op >= dis.HAVE_ARGUMENT else None, jump=False)
            if name == "CALL" and listing.names[number - 1] == "PRECALL":
                wanted += dis.stack_effect(opcode.opmap["PRECALL"], arg)
            seen[name] += 1
            if len(stack.values) - depth != wanted:
                found[name, arg, len(stack.values) - depth, wanted] += 1

    assert not found
    assert len(seen) > 50


def test_a_function_too_long_is_not_retold():
    """Of a function of tens of thousands of instructions nothing is known, and nothing raises."""
    code = compile("def f(a):\n" + "    a = a\n" * MAX_INSTRUCTIONS, "x", "exec").co_consts[0]

    facts = Facts(code)

    assert (facts.listing.names, facts.sources("a", 0)) == ([], ([], True))
    assert stores(code, "STORE_ATTR", "a") == []
