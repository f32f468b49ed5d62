"""A world of snippets that fail: what they may use, and how one is run with a value planted in it."""

from __future__ import annotations

import abc
import importlib
import io
import sys
import threading
import warnings
from pathlib import Path
from typing import Any, NamedTuple

from scrubbing.provenance.cpython import builtin_message, os_message
from scrubbing.provenance.flow.used import Used
from scrubbing.provenance.packages import Packages

CANARY = "CanaryErika7731"
#: An integer and the characters of it that may never be seen again.
PLANTED_NUMBER = 7731773177317731

_MODULES = """
_ctypes _hashlib _imp _multiprocessing
_random _ssl _string _thread array ast asyncio atexit base64 binascii bisect bz2 cmath codecs collections
contextvars copyreg csv ctypes datetime decimal fcntl functools gc grp hashlib heapq hmac importlib io itertools json
locale logging lzma marshal math mmap operator os pickle pwd queue re resource select signal socket sqlite3 ssl string
struct sys termios threading time types typing unicodedata weakref xml.etree.ElementTree xml.parsers.expat zlib zoneinfo
""".split()  # noqa: SIM905


class Order:
    def total(self, tax: float, *, net: bool = False) -> float:
        return tax if net else 2 * tax

    @property
    def fixed(self) -> int:
        return 1

    @property
    def hidden(self) -> int:
        return self._missing  # type: ignore[attr-defined]


class Named:
    def __init__(self, name: str, age: int) -> None:
        self.name, self.age = name, age


class Slotted:
    __slots__ = ("size",)


class Abstract(abc.ABC):
    @abc.abstractmethod
    def work(self) -> None: ...


class Abstract2(Abstract):
    @abc.abstractmethod
    def rest(self) -> None: ...


class HalfManager:
    def __enter__(self) -> None: ...


class AsyncManager:
    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *args: object) -> None: ...


class AsyncBad:
    def __aiter__(self) -> int:
        return 1


class AsyncBad2:
    def __aiter__(self) -> AsyncBad2:
        return self

    def __anext__(self) -> int:
        return 1


class AwaitBad:
    def __await__(self) -> int:
        return 1


class AwaitBad2:
    def __await__(self) -> Any:
        async def inner() -> None: ...

        return inner()


class Matchy:
    __match_args__ = 1


class BadIter:
    def __iter__(self) -> int:
        return 1


class BadIter2:
    __next__ = None


class BadLen:
    def __len__(self) -> int:
        return -1  # noqa: PLE0303  # that is what fails


class BadLen2:
    def __len__(self) -> str:
        return CANARY


class BadLen3:
    def __iter__(self) -> Any:
        return iter([1])

    def __length_hint__(self) -> str:
        return CANARY


class BadLen4:
    def __length_hint__(self) -> int:
        return -1


class BadBool:
    def __bool__(self) -> str:
        return CANARY


class BadHash:
    def __hash__(self) -> str:
        return CANARY


class BadStr:
    __index__ = __repr__ = __str__ = __bytes__ = __fspath__ = __dir__ = lambda self: 1
    __instancecheck__ = None

    def __format__(self, spec: str) -> int:
        return 1


class BadInt:
    __int__ = __float__ = __complex__ = __index__ = lambda self: CANARY


class BadZone(__import__("datetime").tzinfo):
    def __init__(self, offset: Any) -> None:
        self.offset = offset

    def utcoffset(self, when: Any) -> Any:
        return self.offset

    def tzname(self, when: Any) -> Any:
        return self.offset


class Reduces:
    def __init__(self, value: Any) -> None:
        self.value = value

    def __reduce__(self) -> Any:
        return self.value


class StrSub(str):
    __slots__ = ()


def add(a: Any, b: Any) -> Any:
    return a + b


def only(*, net: Any) -> Any: ...
def only3(*, net: Any, gross: Any, tax: Any) -> Any: ...
def two_or_three(a: Any, b: Any, c: Any = 1) -> Any: ...
def nothing() -> None: ...
def positional(a: Any, b: Any, /) -> Any: ...


def gen() -> Any:
    yield 1


def recurse() -> Any:
    return recurse()


def closing(a: Any = 1) -> Any:
    return lambda: a


def raises(exc: BaseException) -> None:
    raise exc


class KeyedPatterns:
    __match_args__ = ("a",)
    a = 1


class BadPatterns:
    __match_args__ = (1,)


class NotAnException(Exception):
    def __new__(cls) -> Any:
        return CANARY


class AsyncEnterBad:
    def __aenter__(self) -> int:
        return 1

    async def __aexit__(self, *args: object) -> None: ...


class AsyncExitBad:
    async def __aenter__(self) -> None: ...

    def __aexit__(self, *args: object) -> int:
        return 1


class HalfAsync:
    async def __aenter__(self) -> None: ...


class Frozen:
    __slots__ = ()
    total = 1


class Awaits:
    def __init__(self, value: Any = None) -> None:
        self.value = value

    def __await__(self) -> Any:
        yield self.value


class Fileno:
    def __init__(self, number: Any) -> None:
        self.fileno = lambda: number


class BadAggregate:
    def step(self, value: Any) -> None:
        raise ValueError(CANARY)

    def finalize(self) -> None:
        raise ValueError(CANARY)


class BadRaw(io.RawIOBase):
    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        return self.answer

    def seek(self, *args: Any) -> Any:
        return self.answer

    def tell(self) -> Any:
        return self.answer


class BadBuffer(io.BufferedIOBase):
    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> Any:
        return CANARY

    read1 = read


Renamed = type("Renamed2", (), {})


def recursing(db: Any) -> Any:
    cursor = db.cursor()

    def rows() -> Any:
        cursor.execute("select 1")
        yield (1, 2)

    return cursor.executemany("insert into t values (?, ?)", rows())


def locked(db: Any) -> Any:
    import sqlite3
    import tempfile

    with tempfile.TemporaryDirectory() as directory:
        first, second = (sqlite3.connect(f"{directory}/x", timeout=0, isolation_level=None) for _ in range(2))
        first.execute("begin exclusive")
        second.execute("begin exclusive")


def run_task(function: Any, me: Any = None) -> Any:
    import asyncio

    async def main() -> Any:
        task = asyncio.ensure_future(function())
        if me is not None:
            me.append(task)
        return await task

    return asyncio.run(main())


def broken_file(name: str) -> str:
    import tempfile

    file = Path(tempfile.mkdtemp()) / name
    file.write_bytes(b"nothing of the kind")
    return str(file)


def broken(name: str) -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("broken_module", broken_file(name))
    module = importlib.util.module_from_spec(spec)
    return spec.loader.exec_module(module)


def local() -> type:
    class Local: ...

    return Local


def elsewhere(function: Any, *args: Any) -> Any:
    """Run a function in a thread of its own, and raise here what it raised there."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            function(*args)
        except BaseException as exc:
            raised.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    raise raised[0]


def threaded(db: Any) -> Any:
    return elsewhere(db.execute, "select 1")


def tls(answer: bytes) -> Any:
    import ssl

    incoming = ssl.MemoryBIO()
    incoming.write(answer)
    if not answer:
        incoming.write_eof()
    context = ssl.create_default_context()
    return context.wrap_bio(incoming, ssl.MemoryBIO(), server_hostname="example.org").do_handshake()


def _boom() -> None:
    raise ValueError(CANARY)


def _database() -> Any:
    import sqlite3

    db = sqlite3.connect(":memory:")
    db.execute("pragma foreign_keys = on")
    db.execute("create table t (id text primary key not null, amount int check (amount > 0))")
    db.execute("create table child (parent text references t (id))")
    db.execute("insert into t values ('a', 1)")
    db.commit()
    db.create_function("boom", 0, _boom)
    return db


def _not_a_database(directory: Path) -> Any:
    import sqlite3

    file = directory / "nodb"
    file.write_bytes(b"nothing of the kind" * 100)
    return lambda: sqlite3.connect(file).execute("select 1 from x")


def _loop() -> Any:
    class Loop:
        def get_debug(self) -> bool:
            return False

        def call_soon(self, *args: Any, **named: Any) -> None: ...
        def call_exception_handler(self, context: Any) -> None: ...

    return Loop()


def namespace(directory: Path) -> dict[str, Any]:
    """All that a snippet may use, once for all snippets."""
    import sqlite3

    names = {name: value for name, value in globals().items() if not name.startswith("_")}
    for name in _MODULES:
        importlib.import_module(name)
        names[name.partition(".")[0]] = sys.modules[name.partition(".")[0]]
    file = directory / "some file"
    file.write_text("first\nsecond\n", encoding="utf-8")
    closed, rows = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    closed.close()
    rows.row_factory = sqlite3.Row
    sqlite3.connect(directory / "ro").execute("create table t (a)")
    ro = sqlite3.connect(f"file:{directory / 'ro'}?mode=ro", uri=True)
    sys.modules["stopped"] = None  # type: ignore[assignment]
    fake = sys.modules["fake_mod"] = type(sys)("fake_mod")
    fake.__file__ = f"/home/{CANARY}/fake.py"
    made = {"closed": closed, "rows": rows, "ro": ro, "notadb": _not_a_database(directory), "LOOP": _loop()}
    return {**names, **made, "db": _database(), "Local": local(), "__file__": str(file), "__name__": "snippet"}


def run(source: str, names: dict[str, Any], value: str = CANARY) -> BaseException | None:
    """Run a snippet with a value planted, and return what it raised."""
    scope = {**names, "V": value, "N": PLANTED_NUMBER}
    if "db." in source or "(db)" in source:
        scope["db"] = _database()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(compile(source.replace("⏎", "\n"), "snippet", "exec"), scope)
        except BaseException as exc:
            return exc
    return None


class Example(NamedTuple):
    """One snippet: where it stands, what its instruction does, its source, and what its message may become."""

    place: str
    used: Used
    source: str
    skeletons: list[tuple[str, str]]

    def expected(self, version: str) -> set[str]:
        return {text for versions, text in self.skeletons if not versions or version in versions.split(",")}


def used(said: str) -> Used:
    """Read what an instruction does: its kind, the names it uses, ``op=`` and its operator."""
    kind, *rest = said.split()
    operator = next((one[3:] for one in rest if one.startswith("op=")), None)
    return Used(kind, frozenset(one for one in rest if not one.startswith("op=")), operator)  # type: ignore[arg-type]


def examples(directory: Path, pattern: str = "*.txt") -> list[Example]:
    """All snippets of the tables: a line ``kind names | source``, then ``=> skeleton`` or ``=>3.10,3.11 skeleton``."""
    found: list[Example] = []
    for file in sorted(directory.glob(pattern)):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line.startswith("=>"):
                versions, _, text = line[2:].partition(" ")
                found[-1].skeletons.append((versions, text.replace("⏎", "\n")))
            elif line and not line.startswith("#"):
                said, _, source = line.partition(" | ")
                found.append(Example(f"{file.name}:{number}", used(said), source, []))
    return found


def skeleton(exc: BaseException, used: Used, packages: Packages) -> str | None:
    """What the two tables together make of an exception's message."""
    return os_message(exc, packages) or builtin_message(exc, str(exc), used, packages)
