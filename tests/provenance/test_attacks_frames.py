"""Attacks on what is said of an exception: names made of values, objects that lie or raise when they are looked at."""

from __future__ import annotations

import ctypes
import json
import sys
import traceback
import types

import pytest
from worlds import CANARY, caught

from scrubbing.provenance.classes import type_names
from scrubbing.provenance.frames import MAX_FRAMES, describe, place

EXTERNAL = {"filename": "<external>", "function": "<external>", "in_app": False}
NAMES = """\
import re

def lambdas(value):
    return (lambda: fail(value))()

def lists(value):
    return [fail(one) for one in [value]]

def generators(value):
    return list(fail(one) for one in [value])

def nested(value):
    def inner():
        fail(value)
    inner.__name__ = inner.__qualname__ = value
    return inner()

def executed(value):
    exec(compile("fail(value)", value, "exec"), globals(), {"value": value})

def made(value):
    exec(f"def {value}(): fail(1)\\n{value}()", globals())

def evaluated(value):
    eval(compile("[fail(value) for _ in [1]]", f"<{value}>", "eval"), globals() | {"value": value})

def renamed(value):
    def inner():
        fail(value)
    inner.__code__ = inner.__code__.replace(co_name=value, co_filename=value)
    return inner()

def moved(value):
    def inner():
        fail(value)
    inner.__code__ = inner.__code__.replace(co_firstlineno=4111)
    return inner()

def classed(value):
    return type(value, (), {"__init__": lambda self: fail(value), "__qualname__": value})()

def body(value):
    class Body:
        fail(value)

def fail(value):
    raise ValueError(value)
"""


@pytest.fixture
def named(world):
    world.write(f"app/{world.own}/names.py", NAMES)
    return world.module(f"{world.own}.names")


def described(world, exc, **shown) -> dict:
    """What is said of an exception; the canary is in what Python itself says, and not in that."""
    (value,) = describe(exc, world.packages(), {}, **shown)
    assert CANARY.lower() not in json.dumps(value).lower()
    return value


def functions(value: dict) -> list[str]:
    return [frame["function"].rpartition("<locals>.")[2] for frame in value["stacktrace"]["frames"]]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("lambdas", ["<lambda>"]),
        ("lists", ["<listcomp>"] if sys.version_info < (3, 12) else []),
        ("generators", ["<genexpr>"]),
        ("nested", ["inner"]),
        ("executed", ["<external>"]),
        ("made", ["<external>", "<external>"]),
        ("evaluated", ["<external>"] if sys.version_info >= (3, 12) else ["<external>", "<external>"]),
        ("renamed", ["<external>"]),
        ("moved", ["<external>"]),
        ("classed", ["<lambda>"]),
        ("body", ["Body"]),
    ],
)
def test_functions_have_the_names_of_the_code(world, named, how, expected):
    """Whatever a function, a file or a class is called at run time, the shipped code's names leave, or none."""
    exc = caught(getattr(named, how), CANARY)
    assert CANARY in "".join(traceback.format_exception(type(exc), exc, exc.__traceback__)) or how == "moved"

    assert functions(described(world, exc)) == ["<external>", how, *expected, "fail"]


@pytest.mark.parametrize("attribute", ["__name__", "__file__", "__spec__", "__path__", "__loader__", "__package__"])
def test_a_module_whose_names_were_replaced(world, attribute):
    """What a module says of itself is only where to look: the shipped names leave, or none."""
    fail, packages = world.sync.fail, world.packages()
    setattr(world.sync, attribute, f"/home/{CANARY}/{CANARY}.py")

    for learned in (packages, world.packages()):
        (value,) = describe(caught(fail, 1), learned, {})
        assert CANARY.lower() not in json.dumps(value).lower()
        assert value["stacktrace"]["frames"][-1]["function"] in ("fail", "<external>")


class Raising:
    """Raises whenever it is looked at."""

    def __getattribute__(self, name):
        raise SystemExit(CANARY)

    __hash__ = __eq__ = __bool__ = __len__ = __str__ = __repr__ = __iter__ = __get__ = __call__ = __getattribute__


@pytest.mark.parametrize("attribute", ["__name__", "__file__", "__spec__", "__path__", "__loader__"])
def test_a_module_whose_names_raise(world, attribute):
    """Objects in a module's dict that raise when they are asked are not asked."""
    fail = world.sync.fail
    vars(world.sync)[attribute] = Raising()

    assert functions(described(world, caught(fail, CANARY)))[-1] in ("fail", "<external>")


class LyingName(str):
    """A string that says it is equal to any other."""

    __slots__ = ()

    def __hash__(self):
        return hash("fail")

    def __eq__(self, _other):
        return True


@pytest.mark.parametrize("consts", [(Raising(),), ((1, (Raising(),)),), (frozenset([1]), Raising())])
def test_constants_that_compare_themselves_prove_nothing(world, consts):
    """A code object may carry any object as a constant; it is not compared with the shipped one then."""
    fail = world.sync.fail
    fail.__code__ = fail.__code__.replace(co_consts=(None, *consts))

    assert described(world, caught(fail, CANARY))["stacktrace"]["frames"][-1] == EXTERNAL


def test_a_name_that_compares_itself_proves_nothing(world):
    """A name may be of a class that says it is equal to the shipped one."""
    fail = world.sync.fail
    fail.__code__ = fail.__code__.replace(co_name=LyingName(CANARY))

    assert described(world, caught(fail, CANARY))["stacktrace"]["frames"][-1] == EXTERNAL


class Key(str):
    """A key that is where another is looked for, and raises when it is compared."""

    __slots__ = ("raises",)

    def __new__(cls, raises):
        made = str.__new__(cls, "x")
        made.raises = raises
        return made

    def __hash__(self):
        return hash("__name__")

    def __eq__(self, _other):
        raise self.raises(CANARY)


@pytest.mark.parametrize("raises", [ValueError, SystemExit, GeneratorExit])
def test_keys_that_raise_are_external(world, raises):
    """Globals may have a key that runs code when another is looked up; the frame is nobody's."""
    code = compile("lambda: 1/0", "x", "eval").co_consts[0]
    globals_ = {"__builtins__": {}}
    function = types.FunctionType(code, globals_)
    exc = caught(function)
    globals_[Key(raises)] = 1

    assert described(world, exc)["stacktrace"]["frames"][-1] == EXTERNAL
    assert place(exc.__traceback__.tb_next.tb_frame, world.packages()) is None


def test_an_interrupt_is_the_users(world):
    """Who presses Ctrl-C while an exception is described has pressed it."""
    globals_ = {"__builtins__": {}}
    exc = caught(types.FunctionType(compile("lambda: 1/0", "x", "eval").co_consts[0], globals_))
    globals_[Key(KeyboardInterrupt)] = 1

    with pytest.raises(KeyboardInterrupt):
        describe(exc, world.packages(), {})


class Meta(type):
    """A metaclass whose classes raise whenever they are looked at."""

    __getattribute__ = __hash__ = __eq__ = __instancecheck__ = __subclasscheck__ = Raising.__getattribute__


@pytest.mark.parametrize("text", [CANARY * 100_000, None])
def test_text_is_never_asked_for(world, text):
    """An exception whose text is a megabyte, or raises, is its type; so is one whose class raises at every look."""

    def say(self):
        if text is None:
            raise SystemExit(CANARY)
        return text

    methods = {"__str__": say, "__repr__": say, "message": property(say), "__getattribute__": lambda self, _: say(self)}
    own = type("Own", (world.sync.SyncError,), methods)
    for made in (own, Meta("Own", (Exception,), methods), Meta("E", (OSError,), {})):
        value = described(world, made(CANARY))
        assert (value["type"], value["value"]) == ("<external>", "<?>")
        assert len(json.dumps(value)) < 1000


def test_a_class_that_raises_when_it_is_looked_up_is_external(world):
    """A module may have a key that raises in the place of the class."""

    class Where(Key):
        def __hash__(self):
            return hash("SyncError")

    exc = world.sync.SyncError(CANARY)
    del vars(world.sync)["SyncError"]
    vars(world.sync)[Where(SystemExit)] = 1

    assert type_names(type(exc), world.packages()) == ("<external>", None)


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="reaches into CPython's object")
def test_a_traceback_that_is_a_ring_ends(world):
    """Python lets nobody tie a ring; C code could, and is bounded too."""
    exc = caught(world.sync.fail, CANARY)
    last = exc.__traceback__.tb_next
    with pytest.raises(ValueError, match="loop"):
        last.tb_next = exc.__traceback__
    next_ = ctypes.c_void_p.from_address(id(last) + object.__basicsize__)
    next_.value = id(exc.__traceback__)
    try:
        value = described(world, exc)
    finally:
        next_.value = None

    assert 2 <= len(value["stacktrace"]["frames"]) <= MAX_FRAMES
    assert set(functions(value)) == {"<external>", "fail"}


def test_a_traceback_made_by_hand_says_no_number(world):
    """Entries may be put together in any order and number; each is proven alone."""
    exc = caught(world.sync.fail, CANARY)
    frame = exc.__traceback__.tb_next.tb_frame
    made = None
    for number in (4111, 0, -1, 2**31 - 1, 18):
        made = types.TracebackType(made, frame, frame.f_lasti, number)
    exc.__traceback__ = made

    numbers = [frame.get("lineno") for frame in described(world, exc)["stacktrace"]["frames"]]
    assert len(numbers) == 5
    assert set(numbers) == {18, None}
