"""Attacks on skeletons: values where code has constants, exceptions and classes that lie, too much of everything."""

from __future__ import annotations

import asyncio
import copy
import importlib
import pickle
import sys
import time
import types

import pytest
from attacks import ATTACKS, CANARY, control
from worlds import caught

from scrubbing.provenance.skeletons import message, read_skeleton, skeleton

#: Ways nobody can see that a value took; what is said may then depend on whether it equals the constant.
LIMITS = {
    "default method by same name": "C code called by a method's name may call a function of that name with anything",
    "lying add": "a text that lies about + may say the constant itself",
}


def _attacks():
    for attack in ATTACKS:
        limit = LIMITS.get(attack.name)
        marks = [pytest.mark.xfail(strict=True, reason=limit)] if limit else []
        yield pytest.param(attack, id=attack.name, marks=marks)


def write(world, source, name):
    """Write a module of the app, and import it."""
    world.write(f"app/{world.own}/{name}.py", source)
    importlib.invalidate_caches()
    return world.module(f"{world.own}.{name}")


@pytest.mark.parametrize("attack", list(_attacks()))
def test_a_value_says_nothing_whatever_it_equals(world, attack):
    """The same way with other values gives the same skeleton, and none of a value comes out."""
    modules = [write(world, attack.source, f"attack{n}") for n in range(len(attack.values))]
    packages = world.packages()

    found = {skeleton(caught(module.go, value), packages) for module, value in zip(modules, attack.values, strict=True)}

    assert len(found) == 1
    assert "Canary" not in found.pop()


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_the_honest_program_says_what_its_code_says(world, attack):
    """Without the attack the same constants are said: the attack is not met by saying nothing at all."""
    module = write(world, control(attack.source), "honest")

    assert skeleton(caught(module.honest), world.packages()) == attack.honest


FAIL = """\
def fail(v):
    raise ValueError(v)


def go(v=None):
    raise ValueError("not found")
"""


@pytest.fixture
def app(world):
    """A module of the app that fails, and the packages that know it."""
    return write(world, FAIL, "failing"), world.packages()


def test_the_control_of_what_follows(app):
    """The module's own code says its constant."""
    module, packages = app

    assert skeleton(caught(module.go), packages) == "not found"


def test_code_compiled_into_a_module_says_nothing(app):
    """``exec`` under the name of a real file, in the namespace of its real module."""
    module, packages = app
    exec(compile(f"def made():\n    raise ValueError('{CANARY}')\n", module.__file__, "exec"), module.__dict__)

    assert skeleton(caught(module.made), packages) == "<?>"


def test_a_faked_name_says_nothing(app):
    """A namespace that has the name of a real module."""
    module, packages = app
    namespace = {"__name__": module.__name__, "__file__": module.__file__, "__spec__": module.__spec__}
    exec(compile(FAIL.replace("not found", CANARY), module.__file__, "exec"), namespace)

    assert skeleton(caught(namespace["go"]), packages) == "<?>"
    namespace = {**namespace, "__name__": types.SimpleNamespace(name=module.__name__)}
    exec(compile(FAIL, module.__file__, "exec"), namespace)
    assert skeleton(caught(namespace["go"]), packages) == "<?>"


def test_a_package_that_reaches_into_the_home_says_nothing(world):
    """A ``__path__`` extended into the user's directory."""
    world.write(f"home/mine/{CANARY.lower()}.py", FAIL)
    package = world.module(world.own)
    package.__path__.append(str(world.directory / "home" / "mine"))

    module = world.module(f"{world.own}.{CANARY.lower()}")

    assert skeleton(caught(module.go), world.packages()) == "<?>"


def test_a_stand_in_for_a_module_says_nothing(world, app):
    """An object in ``sys.modules`` that says it is the module."""
    module, packages = app

    class Lies(types.ModuleType):
        def __getattribute__(self, name):
            raise GeneratorExit(CANARY)

    go = module.go
    sys.modules[module.__name__] = Lies(module.__name__)

    assert skeleton(caught(go), packages) == "<?>"
    sys.modules[module.__name__] = 3
    assert skeleton(caught(go), packages) == "<?>"


def test_what_lies_about_itself_says_nothing_and_stops_nothing(app):
    """Attributes that are asked for with the descriptors of `BaseException` are not those of the class."""
    _, packages = app

    class Stop(BaseException):
        pass

    def stop(*args):
        raise Stop(CANARY)

    lying = type(
        "ValueError",
        (ValueError,),
        {
            name: property(stop)
            for name in ("args", "__dict__", "__traceback__", "__notes__", "__cause__", "__context__")
        }
        | {"__eq__": stop, "__hash__": stop, "__reduce__": stop, "__module__": "builtins"},
    )
    for v in (lying("not found"), lying(CANARY)):
        exc = caught(lambda v=v: (_ for _ in ()).throw(v))
        assert skeleton(exc, packages) == "<?>"


@pytest.mark.parametrize("raised", [KeyError, SystemExit, GeneratorExit, asyncio.CancelledError, BaseException])
def test_a_str_that_raises_says_nothing(app, raised):
    """What has no text has no skeleton."""
    module, packages = app

    def fail(self):
        raise raised(CANARY)

    lying = type("E", (Exception,), {"__str__": fail})
    assert skeleton(caught(module.go).__class__("x"), packages) == "<?>"
    assert skeleton(lying("not found"), packages) == "<?>"


def test_an_interrupt_is_the_users(app):
    """Whoever presses Ctrl-C while a message is made means the program."""
    _, packages = app

    class E(Exception):
        def __str__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        skeleton(E(), packages)


STRS = """\
class Str(str):
    def __str__(self): return self
    def __eq__(self, other): return True
    def __hash__(self): return hash("not found")
    def __len__(self): return 9
    def encode(self, *args): return b"not found"
    def startswith(self, *args): return True
    def endswith(self, *args): return True
    def find(self, *args): return 0


class E(Exception):
    said = None
    def __str__(self):
        return type(self).said


def fail(v):
    raise ValueError(v)


def go(v):
    return fail("not found")


def own():
    raise E("not found")
"""


def test_a_text_that_lies_is_read_as_what_it_is(world):
    """A subclass of `str` whose methods say it is the constant."""
    module, packages = write(world, STRS, "strs"), world.packages()

    assert skeleton(caught(module.go, 1), packages) == "not found"
    assert skeleton(caught(module.fail, module.Str(CANARY)), packages) == "<?>"
    for said in (module.Str(CANARY), "x" * (2 << 20), b"not found", None, "\ud800"):
        module.E.said = said
        assert skeleton(caught(module.own), packages) == "<?>"


def test_a_traceback_made_by_hand_stops_nothing(app):
    """Any instruction of any function may be its last."""
    module, packages = app
    frame = caught(module.go).__traceback__.tb_next.tb_frame

    for lasti in (-2, -1, 0, 1, 2, 4, 5, 1000, 2**31 - 1):
        for text in (CANARY, "not found"):
            exc = ValueError(text)
            exc.__traceback__ = types.TracebackType(None, frame, lasti, 1)
            assert "Canary" not in read_skeleton(exc, packages)


def test_an_exception_stored_elsewhere_says_nothing_of_a_value(app):
    """Set on a future, thrown into a coroutine, pickled and raised again."""
    module, packages = app
    text = "unsupported operand type(s) for +: 'int' and 'str'"

    async def waits(value):
        future = asyncio.get_running_loop().create_future()
        future.set_exception(TypeError(value))
        await future

    for value in (CANARY, text, "not found"):
        assert skeleton(caught(asyncio.run, waits(value)), packages) == "<?>"
        again = pickle.loads(pickle.dumps(copy.deepcopy(copy.copy(caught(module.fail, value)))))
        assert skeleton(again, packages) == "<?>"
        assert skeleton(caught(lambda again=again: (_ for _ in ()).throw(again)), packages) == "<?>"


def test_what_was_kept_is_not_said_of_changed_classes(world):
    """A ``__str__`` or ``__init__`` that was replaced after a first message was read."""
    source = "class E(Exception):\n    pass\n\n\ndef go(v):\n    raise E('not found')\n"
    for name in ("__str__", "__init__"):
        found = set()
        for number, value in enumerate((CANARY, "not found")):
            module = write(world, source, f"patched{name.strip('_')}{number}")
            packages = world.packages()
            assert skeleton(caught(module.go, 1), packages) == "not found"
            made = {
                "__str__": lambda self, value=value: value,
                "__init__": lambda self, *args, value=value: setattr(self, "args", (value,)),
            }
            setattr(module.E, name, made[name])
            found.add(skeleton(caught(module.go, 1), packages))
        assert found == {"<?>"}


def test_a_text_bound_again_by_code_is_said_each_time(world):
    """What was said once is no reason to say nothing later: both texts are the module's own."""
    source = "X = 'one'\ndef other():\n    global X\n    X = 'two'\ndef go():\n    raise ValueError(X + ' way')\n"
    module, packages = write(world, source, "bound"), world.packages()

    before = skeleton(caught(module.go), packages)
    module.other()

    assert (before, skeleton(caught(module.go), packages)) == ("one way", "two way")


def test_a_module_loaded_again_says_what_is_proven(world):
    """Packages live as long as the program, modules may not."""
    packages_of = write(world, FAIL, "again"), world.packages()
    module, packages = packages_of
    assert skeleton(caught(module.go), packages) == "not found"

    time.sleep(0.01)
    world.write(f"app/{world.own}/again.py", FAIL.replace("not found", f"{CANARY} is here"))
    importlib.reload(module)

    assert "Canary" not in skeleton(caught(module.go), packages)


def test_classes_made_in_loops_are_told_apart(world):
    """Objects that take the place of others in memory are not taken for them."""
    source = (
        "def made(v):\n    class E(Exception):\n        def __str__(self):\n            return v\n    return E\n\n\n"
        "def go(v):\n    raise made(v)('not found')\n"
    )
    module, packages = write(world, source, "loops"), world.packages()

    for number in range(600):
        assert skeleton(caught(module.go, ("not found", CANARY)[number % 2]), packages) == "<?>"


def test_messages_of_logs_hold_the_same(world):
    """A message without an exception is read from the call that sent it, and not from what it equals."""
    source = (
        "import sys\n\n\ndef send(text):\n    return sys._getframe()\n\n\nclass Log:\n"
        "    def error(self, *args):\n        return sys._getframe().f_back\n\n\nlog = Log()\n\n\n"
        "def go(v):\n    return log.error('order %s failed', v), f'order {v} failed'\n\n\n"
        "def direct(v):\n    return log.error(v), v\n"
    )
    module, packages = write(world, source, "logs"), world.packages()

    def live(function, value):
        found = []

        def trace(frame, event, arg):
            if event == "call" and frame.f_code.co_name == "error":
                found.append(message(text, frame.f_back, packages))

        text = f"order {value} failed" if function is module.go else value
        sys.setprofile(trace)
        try:
            function(value)
        finally:
            sys.setprofile(None)
        return found

    for value in (CANARY, "order", "%s", "{}", "order %s failed"):
        assert live(module.go, value) == ["order <?> failed"]
        assert live(module.direct, value) == ["<?>"]


#: Programs that ask for too much, and none of which takes a second.
MUCH = {
    "a list that grows": lambda n: (
        "    p = []\n" + "".join(f"    p.append('x{i}')\n" for i in range(n)) + "    raise ValueError(', '.join(p))\n"
    ),
    "many stores": lambda n: (
        "    m = ''\n" + "".join(f"    if a == {i}: m = 'x{i}'\n" for i in range(n)) + "    raise ValueError(m)\n"
    ),
    "one try": lambda n: (
        "    try:\n" + "        m = str(a)\n" * n + "    except KeyError:\n        pass\n    raise ValueError(m)\n"
    ),
    "many tries": lambda n: (
        "    m = ''\n"
        + "    try:\n        m = str(a)\n    except KeyError:\n        m = 'y'\n" * (n // 3)
        + "    raise ValueError(m)\n"
    ),
    "doubling": lambda n: (
        "    m0 = ''\n" + "".join(f"    m{i + 1} = m{i} + m{i}\n" for i in range(40)) + "    raise ValueError(m40)\n"
    ),
    "one condition": lambda n: "    if " + " or ".join("a" * n) + ": m = 'x'\n    raise ValueError(m)\n",
    "many holes": lambda n: "    v = 'ab' * 4000\n    raise ValueError(f'" + "{v}aa" * 100 + "')\n",
    "a huge text": lambda n: "    raise ValueError('ab' * 500_000 + 'c')\n",
    "long ways": lambda n: (
        "    m = ''\n"
        + "".join(f"    if a == {i}: m = '{' '.join(str(i * k % 7) for k in range(190))}' + a\n" for i in range(23))
        + "    raise ValueError(m)\n"
    ),
}


@pytest.mark.parametrize("name", MUCH)
def test_too_much_takes_no_time(world, name):
    """What a function of thousands of instructions may say is found out in a moment, or nothing is."""
    module = write(world, "def go(a='1'):\n" + MUCH[name](1500), "much")
    exc, packages = caught(module.go), world.packages()
    packages.module(module.__name__)

    began = time.process_time()
    read_skeleton(exc, packages)

    assert time.process_time() - began < 2


def test_deep_things_take_no_time(world):
    """Tracebacks, classes and subclasses by the thousand, functions that call each other."""
    source = """\
class Base:
    LABEL = "label"
    def fail(self): raise ValueError(self.LABEL + self.text())
    def text(self): return "text"
subclasses = [type("S", (Base,), {}) for _ in range(10_000)]
class C0(Exception): pass
for n in range(300):
    exec(f"class C{n + 1}(C{n}):\\n    def __init__(self, v):\\n        super().__init__(v)")
def f(n): return g(n - 1) + g(n - 1) if n else "x"
def g(n): return f(n - 1) + f(n - 1) if n else "y"
def deep(n): return deep(n - 1) if n else 1 / 0
def below(): Base().fail()
def high(): raise C300("x")
def mutual(): raise ValueError(f(3))
def down():
    import sys
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(12_000)
    try: deep(10_000)
    finally: sys.setrecursionlimit(limit)
"""
    module, packages = write(world, source, "deep"), world.packages()
    for name in ("below", "high", "mutual", "down"):
        exc = caught(getattr(module, name))
        began = time.process_time()
        skeleton(exc, packages)
        assert time.process_time() - began < 1
