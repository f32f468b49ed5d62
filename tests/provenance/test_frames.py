"""Frames, types and places under strict: proven by what was shipped, whatever the process tells of itself."""

from __future__ import annotations

import errno
import json
import sys
import types
from importlib.machinery import ModuleSpec, SourceFileLoader

import pytest
from worlds import CANARY, SYNC, World, caught

from scrubbing import roots
from scrubbing.provenance.fingerprints import fingerprint
from scrubbing.provenance.frames import MAX_EXCEPTIONS, MAX_FRAMES, MAX_TOTAL, describe, place

EXTERNAL = {"filename": "<external>", "function": "<external>", "in_app": False}


def described(world: World, exc: BaseException) -> list[dict]:
    values = describe(exc, world.packages(), {"type": "excepthook", "handled": False})
    assert CANARY.lower() not in json.dumps(values).lower()
    return values


def frames(world: World, exc: BaseException) -> list[dict]:
    return described(world, exc)[-1]["stacktrace"]["frames"]


def names(world: World, exc: BaseException) -> list[str]:
    return [frame["function"] for frame in frames(world, exc)]


def test_own_frames_have_names_lines_and_source(world):
    """A frame of the app's keeps module, function, line, its file below the root and the lines around."""
    frame = frames(world, caught(world.sync.fail, CANARY))[-1]

    lines = SYNC.splitlines()
    assert frame == {
        "filename": f"{world.own}/sync.py",
        "module": f"{world.own}.sync",
        "function": "fail",
        "lineno": 18,
        "in_app": True,
        "pre_context": lines[12:17],
        "context_line": "    raise SyncError(value)",
        "post_context": lines[18:23],
    }


def test_frames_of_dependencies_and_python_have_names_and_no_source(world):
    """Declared dependencies and the standard library are named below their roots, without source lines."""
    api = world.module(f"{world.dependency}.api")

    _, call, ours, *standard = frames(world, caught(api.call, lambda: json.loads("{" + CANARY)))
    at = f"python{sys.version_info[0]}.{sys.version_info[1]}"

    assert (call["function"], ours) == ("call", EXTERNAL)
    assert frames(world, caught(api.fail, CANARY))[-1] == {
        "filename": f"site-packages/{world.dependency}/api.py",
        "module": f"{world.dependency}.api",
        "function": "fail",
        "lineno": 18,
        "in_app": False,
    }
    assert [frame["filename"] for frame in standard] == [f"{at}/json/__init__.py", *[f"{at}/json/decoder.py"] * 2]


@pytest.mark.parametrize("whose", ["plugin", "stranger"])
def test_code_of_the_user_has_no_names(world, whose):
    """A plug-in in the home directory and a package nobody declared are external, frames and types."""
    name = world.plugin if whose == "plugin" else f"{world.stranger}.api"

    value = described(world, caught(world.module(name).fail, CANARY))[-1]

    assert value["stacktrace"]["frames"][-1] == EXTERNAL
    assert (value["type"], value["module"]) == ("<external>", None)


def test_text_executed_under_a_real_files_name_is_external(world):
    """Code compiled from run-time text does not become the app's by file name and globals."""
    text = f"def {CANARY}():\n    raise ValueError\n{CANARY}()"
    code = compile(text, world.sync.__file__, "exec")

    assert frames(world, caught(exec, code, world.sync.__dict__))[-2:] == [EXTERNAL, EXTERNAL]


def test_a_faked_name_is_external(world):
    """Globals that say they are the app's module are not its module's."""
    faked = {"__name__": f"{world.own}.sync", "__file__": world.sync.__file__}

    assert frames(world, caught(exec, f"def {CANARY}(): 1/0\n{CANARY}()", faked))[-1] == EXTERNAL


def test_globals_that_lie_are_not_asked(world):
    """A dict subclass as globals has none of its own methods called."""

    class Lying(dict):
        def get(self, *_):
            raise SystemExit(CANARY)

    lying = Lying(__name__=f"{world.own}.sync")

    assert frames(world, caught(exec, "def f(): 1/0\nf()", lying))[-1] == EXTERNAL


def test_a_forged_spec_does_not_make_a_strangers_code_the_apps(world, tmp_path):
    """A module whose spec names the app's module, file, cache and a loader of its own proves nothing."""
    text = f"def {CANARY}():\n    raise ValueError\n"
    evil = tmp_path / "home" / "evil.py"
    evil.write_text(text)

    class Forged(SourceFileLoader):
        def get_code(self, _name):
            return compile(text, world.sync.__file__, "exec")

    module = types.ModuleType(f"{world.own}.evil")
    spec = ModuleSpec(f"{world.own}.sync", Forged("x", str(evil)), origin=world.sync.__file__)
    spec.cached = str(evil)
    module.__spec__ = spec
    exec(compile(text, world.sync.__file__, "exec"), module.__dict__)
    sys.modules[f"{world.own}.evil"] = module

    assert frames(world, caught(getattr(module, CANARY)))[-1] == EXTERNAL


def test_a_name_that_is_not_its_files_is_external(world):
    """A module that calls itself by a value of the run is named by its file, or not at all."""
    world.sync.__spec__ = ModuleSpec(f"{world.own}.{CANARY}", None, origin=world.sync.__file__)

    assert frames(world, caught(world.sync.fail, CANARY))[-1] == EXTERNAL


def test_a_replaced_code_object_is_external(world):
    """A function whose code was replaced by somebody else's is not the shipped one."""
    namespace = {}
    exec(f"def {CANARY}(value):\n    raise ValueError(value)", namespace)
    world.sync.fail.__code__ = namespace[CANARY].__code__

    assert frames(world, caught(world.sync.fail, CANARY))[-1] == EXTERNAL


def test_a_code_object_with_another_name_is_named_as_shipped(world):
    """Names are read from the shipped code: what a live code object was renamed to does not leave."""
    change = {"co_filename": CANARY}
    if sys.version_info >= (3, 11):
        change["co_qualname"] = CANARY
    world.sync.fail.__code__ = world.sync.fail.__code__.replace(**change)

    assert names(world, caught(world.sync.fail, CANARY))[-1] == "fail"


def test_a_code_object_of_another_name_is_external(world):
    """A code object that differs from the shipped one is not it."""
    world.sync.fail.__code__ = world.sync.fail.__code__.replace(co_name=CANARY)

    assert names(world, caught(world.sync.fail, CANARY))[-1] == "<external>"


def test_a_path_extended_into_the_home_directory_is_external(world, tmp_path):
    """Modules that a package finds in a directory added to it later are the user's."""
    world.write(f"home/plugins/{CANARY.lower()}.py", SYNC)
    packages = world.packages()
    world.module(world.own).__path__.append(str(tmp_path / "home" / "plugins"))
    module = world.module(f"{world.own}.{CANARY.lower()}")

    values = describe(caught(module.fail, "x"), packages, {})

    assert values[-1]["stacktrace"]["frames"][-1] == EXTERNAL
    assert values[-1]["type"] == "<external>"


def test_a_way_up_does_not_lie_below(world, tmp_path):
    """An origin that leaves the root by two dots is not under it."""
    file = world.write(f"home/{world.own}/deep.py", SYNC)
    module = types.ModuleType(f"{world.own}.deep")
    module.__spec__ = ModuleSpec(
        f"{world.own}.deep", None, origin=str(tmp_path / "app" / ".." / "home" / world.own / "deep.py")
    )
    exec(compile(SYNC, str(file), "exec"), module.__dict__)
    sys.modules[module.__name__] = module

    assert frames(world, caught(module.fail, CANARY))[-1] == EXTERNAL


def test_numbers_of_a_hand_made_traceback_do_not_leave(world):
    """A traceback object made by hand can say any line; only lines of the shipped function leave."""
    exc = caught(world.sync.fail, CANARY)
    real = exc.__traceback__.tb_next
    exc.__traceback__ = types.TracebackType(None, real.tb_frame, real.tb_lasti, 4111111)

    (frame,) = frames(world, exc)

    assert "lineno" not in frame
    assert frame["function"] == "fail"


def test_swapped_tracebacks_are_described_as_they_are(world):
    """An exception with another's traceback shows proven frames and nothing else."""
    exc, other = caught(world.sync.fail, CANARY), caught(world.module(world.plugin).fail, CANARY)
    exc.__traceback__, other.__traceback__ = other.__traceback__, exc.__traceback__

    assert names(world, exc)[-1] == "<external>"
    assert names(world, other)[-1] == "fail"


def test_types_of_the_app_are_named(world):
    """Classes of modules, of classes and of functions are named by what their module's code defines."""
    sync = world.sync
    for exc, name in ((sync.SyncError(), "SyncError"), (sync.Outer.Inner(), "Inner"), (sync.local_error("x"), "Local")):
        assert described(world, exc)[-1] | {"value": 0, "mechanism": 0} == {
            "type": name,
            "module": f"{world.own}.sync",
            "value": 0,
            "mechanism": 0,
        }


def dynamic(world, name, **fields):
    return type(name, (Exception,), {"__module__": f"{world.own}.sync", **fields})


@pytest.mark.parametrize(
    "make",
    [
        lambda world: dynamic(world, CANARY),
        lambda world: dynamic(world, "fail"),  # a name of the code, of a function
        lambda world: dynamic(world, "SyncError"),  # a name of a class, of another one
        lambda world: dynamic(world, CANARY, __qualname__="SyncError"),
        lambda world: dynamic(world, CANARY, __qualname__="x.<locals>.Local"),
        lambda world: dynamic(world, "Inner", __qualname__=f"{CANARY}.Inner"),
        lambda world: dynamic(world, CANARY, __module__="builtins"),
        lambda world: dynamic(world, CANARY, __module__=CANARY),
        lambda world: dynamic(world, CANARY, __module__=["not", "a", "string"]),
        lambda world: dynamic(world, CANARY, __module__="zlib"),
    ],
)
def test_a_type_made_at_run_time_has_no_name(world, make):
    """A class made of a value is external, whichever name and module it claims."""
    assert described(world, make(world)())[-1]["type"] == "<external>"


def test_a_type_put_into_a_module_has_no_name(world):
    """A class made of a value stays external when it is made an attribute of a module, of C code's, of builtins."""
    import builtins
    import zlib

    for module in (world.sync, zlib, builtins):
        cls = dynamic(world, CANARY, __module__=module.__name__)
        setattr(module, CANARY, cls)
        try:
            assert described(world, cls())[-1]["type"] == "<external>"
        finally:
            delattr(module, CANARY)


def test_a_lying_metaclass_is_not_asked(world):
    """Name, module and class are read past what a metaclass or a class overrides."""

    class Lying(type):
        @property
        def __name__(cls):
            return CANARY

        @property
        def __module__(cls):
            return CANARY

        @property
        def __class__(cls):
            raise SystemExit(CANARY)

    class Liar(Exception, metaclass=Lying):
        @property
        def __class__(self):
            return OSError

        errno = CANARY

    assert described(world, Liar())[-1]["type"] == "<external>"


def test_properties_that_raise_are_not_asked(world):
    """Traceback, causes, args and attributes are read by the descriptors of BaseException."""

    def boom(self):
        raise SystemExit(CANARY)

    overridden = ("__traceback__", "__cause__", "__context__", "__suppress_context__", "args", "__dict__", "__class__")
    cls = type(
        "Boom", (Exception,), {name: property(boom) for name in overridden} | {"__str__": boom, "__repr__": boom}
    )

    def fail():
        raise cls

    exc = None
    try:
        fail()
    except cls as caught_here:
        exc = caught_here

    assert [frame["function"] for frame in frames(world, exc)] == ["<external>"] * 2


def test_a_deep_recursion_ends_in_its_innermost_frames(world):
    """Ten thousand frames are bounded, and the place where it broke is among them."""
    sync = world.sync

    def deep(n):
        return deep(n - 1) if n else sync.fail(CANARY)

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(12_000)
    try:
        exc = caught(deep, 10_000)
    finally:
        sys.setrecursionlimit(limit)

    described_frames = frames(world, exc)
    assert len(described_frames) == MAX_FRAMES
    assert described_frames[-1]["function"] == "fail"


def test_chains_name_their_links(world):
    """Causes and contexts come oldest first, numbered, with the attribute that holds them."""
    sync = world.sync

    def fail():
        try:
            sync.fail(CANARY)
        except sync.SyncError as exc:
            raise ValueError(CANARY) from exc

    oldest, newest = described(world, caught(fail))

    assert (oldest["type"], newest["type"]) == ("SyncError", "ValueError")
    assert oldest["mechanism"] == {
        "type": "chained",
        "handled": False,
        "exception_id": 1,
        "parent_id": 0,
        "source": "__cause__",
    }
    assert newest["mechanism"] == {"type": "excepthook", "handled": False, "exception_id": 0}


def test_loops_and_long_chains_are_bounded(world):
    """A chain that bites its tail and a chain of a thousand end, nearest to the crash first."""
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    long = caught(world.sync.fail, CANARY)
    for _ in range(1000):
        made = caught(world.sync.fail, CANARY)
        made.__context__, long = long, made

    assert [value["type"] for value in described(world, one)] == ["KeyError", "ValueError"]
    values = described(world, long)
    assert len(values) == MAX_EXCEPTIONS
    assert sum(len(value["stacktrace"]["frames"]) for value in values) <= MAX_TOTAL


@pytest.mark.skipif(sys.version_info < (3, 11), reason="exception groups came with Python 3.11")
def test_groups_are_numbered_as_the_protocol_wants(world):
    """Members of a group follow it, each with its place in it."""
    sync = world.sync
    group = ExceptionGroup(CANARY, [sync.SyncError(CANARY), ExceptionGroup(CANARY, [OSError(errno.ENOENT, CANARY)])])  # noqa: F821  # from Python 3.11

    values = described(world, group)[::-1]

    assert [(v["type"], v["mechanism"].get("source"), v["mechanism"].get("parent_id")) for v in values] == [
        ("ExceptionGroup", None, None),
        ("SyncError", "exceptions[0]", 0),
        ("ExceptionGroup", "exceptions[1]", 0),
        ("FileNotFoundError", "exceptions[0]", 2),
    ]
    assert values[3]["mechanism"]["meta"] == {"errno": {"number": errno.ENOENT}}


@pytest.mark.parametrize("number", [CANARY, 4111111111, -1, 10**30, True, None, 2.0])
def test_an_errno_is_one_of_the_platforms(world, number):
    """An OSError's number leaves only if it is one the platform knows."""

    class Weird(OSError):
        pass

    exc = Weird(number, CANARY)

    assert "meta" not in described(world, exc)[-1]["mechanism"]


def test_errors_of_c_code_are_named(world):
    """The standard library's exceptions that C code makes are known by a table."""
    import sqlite3
    import zlib

    assert described(world, caught(zlib.decompress, b"x"))[-1] | {"value": 0, "stacktrace": 0, "mechanism": 0} == {
        "type": "error",
        "module": "zlib",
        "value": 0,
        "stacktrace": 0,
        "mechanism": 0,
    }
    exc = caught(sqlite3.connect(":memory:").execute, CANARY)
    assert (described(world, exc)[-1]["type"], described(world, exc)[-1]["module"]) == ("OperationalError", "sqlite3")


def test_a_class_exported_by_a_module_that_names_it_is_known(world):
    """A library that says its errors are its top module's is believed where that module's code has the name."""
    top = world.write(
        f"site/{world.dependency}/__init__.py",
        f"from {world.dependency}.api import *\n__all__ = ['SyncError', 'fail']\nSyncError.__module__ = __name__\n",
    )
    assert top.exists()
    exc = caught(world.module(world.dependency).fail, CANARY)

    assert (described(world, exc)[-1]["type"], described(world, exc)[-1]["module"]) == ("SyncError", world.dependency)


def test_a_module_of_too_much_code_is_not_trusted(world):
    """Twenty thousand functions in one file are more than is indexed."""
    world.write(
        f"app/{world.own}/huge.py", "def f(): 1/0\n" + "".join(f"def g{n}(): return {n}\n" for n in range(20_001))
    )
    huge = world.module(f"{world.own}.huge")

    assert frames(world, caught(huge.f))[-1] == EXTERNAL


def test_a_source_that_changed_is_not_shown(world):
    """After an upgrade under a running program, frames of the old code are external and new lines are not shown."""
    fail = world.sync.fail
    world.write(f"app/{world.own}/sync.py", f"# {CANARY}\n" * 30 + SYNC)

    assert frames(world, caught(fail, CANARY))[-1] == EXTERNAL


def test_a_fingerprint_is_the_same_for_all_values(world):
    """One bug with two values is one fingerprint; another place is another."""
    packages = world.packages()
    one, two = (fingerprint(describe(caught(world.sync.fail, value), packages, {})) for value in (CANARY, 7731))
    other = fingerprint(describe(caught(world.sync.call, lambda: world.sync.fail(1)), packages, {}))

    assert one == two != other


def test_the_place_of_a_message_is_the_apps_innermost_function(world):
    """A message without an exception is placed by the app's code that is on the stack, if any is."""
    packages = world.packages()

    assert world.sync.call(lambda: place(sys._getframe(), packages)) == {
        "module": f"{world.own}.sync",
        "function": "call+1",
        "in_app": True,
    }
    assert place(sys._getframe(), packages) is None


def test_objects_that_are_no_modules_are_not_asked(world):
    """What stands in sys.modules in a module's place and raises when it is asked proves nothing."""

    class Evil:
        def __getattribute__(self, name):
            raise SystemExit(CANARY)

    fail = world.sync.fail
    packages = world.packages()
    sys.modules[f"{world.own}.sync"] = Evil()

    assert describe(caught(fail, "x"), packages, {})[-1]["stacktrace"]["frames"][-1] == EXTERNAL


def test_packages_without_roots_prove_nothing(world):
    """Names alone make no frame the app's."""
    from scrubbing.provenance.packages import Packages

    values = describe(caught(world.sync.fail, CANARY), Packages(own=(world.own,)), {})

    assert values[-1]["stacktrace"]["frames"][-1] == EXTERNAL
    assert roots.shipped("x", "/nowhere/x.py") is None
