"""Programs in which a value ends up where code has a constant, each with an honest function that says as much.

``go`` fails with a value, ``honest`` without one. The value may equal the constant; nothing that is said may depend
on that.
"""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

CANARY = "CanaryErika"


class Attack(NamedTuple):
    name: str
    source: str
    honest: str = "not found"
    values: tuple[Any, ...] = (CANARY, "not found")


def control(source: str) -> str:
    """The honest function of a program, with what it uses and nothing else."""
    statements = ast.parse(source).body
    kept: list[ast.stmt] = []
    names = {"honest"}
    while more := [one for one in statements if one not in kept and (_named(one) & names or not _named(one))]:
        kept += more
        names |= {node.id for one in more for node in ast.walk(one) if isinstance(node, ast.Name)}
    return "\n".join(ast.unparse(one) for one in sorted(kept, key=lambda one: one.lineno))


def _named(statement: ast.stmt) -> set[str]:
    """What a statement of a module defines; nothing for an import."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
        return {statement.name}
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


ATTACKS = [
    Attack(
        "compared",
        """\
def go(v):
    if v == "not found": pass
    raise ValueError(v)
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "alias list",
        """\
def go(v):
    x = y = ["not", "found"]
    y[0] = v
    raise ValueError(" ".join(x))
def honest():
    x = ["not", "found"]
    raise ValueError(" ".join(x))
""",
        values=("CanaryErika", "not"),
    ),
    Attack(
        "list of three",
        """\
def go(v):
    x = ["it", "is", "not found"]
    x[2] = v
    raise ValueError(" ".join(x))
def honest():
    x = ["it", "is", "not found"]
    raise ValueError(" ".join(x))
""",
        honest="it is not found",
    ),
    Attack(
        "list of three grown",
        """\
def go(v):
    x = ["it", "is", "not found"]
    x.append(v)
    raise ValueError("".join(x))
def honest():
    x = ["it", "is", "not found"]
    x.append("!")
    raise ValueError(" ".join(x))
""",
        honest="it is not found !",
        values=("CanaryErika", "", "not found"),
    ),
    Attack(
        "length of a grown list",
        """\
def go(v):
    x = ["it", "is", "not found"]
    x.append(v)
    if len(x) > 3:
        m = v
    else:
        m = "not found"
    raise ValueError(m)
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "starred list",
        """\
def go(v):
    raise ValueError("".join([*("not", " found"), v]))
def honest():
    raise ValueError("".join(["not", " found"]))
""",
        values=("CanaryErika", "", "not found"),
    ),
    Attack(
        "dict update",
        """\
def go(v):
    d = {"b": v}
    raise ValueError("%(b)s" % {"b": "not found", **d})
def honest():
    raise ValueError("%(b)s" % {"b": "not found"})
""",
    ),
    Attack(
        "dict alias",
        """\
def go(v):
    d = e = {"b": "not found", "c": "z"}
    e["b"] = v
    raise ValueError("%(b)s" % d)
def honest():
    d = {"b": "not found", "c": "z"}
    raise ValueError("%(b)s" % d)
""",
    ),
    Attack(
        "unbound method",
        """\
class Base:
    def fail(self, a, b):
        raise ValueError(f"{b}")
def go(v):
    Base.fail(Base(), "not found", v)
def honest():
    Base.fail(Base(), "a", "not found")
""",
    ),
    Attack(
        "function with self",
        """\
def fail(self, a, b):
    raise ValueError(b)
def go(v):
    fail(1, "not found", v)
def honest():
    fail(1, "a", "not found")
""",
    ),
    Attack(
        "method whose first is no self",
        """\
class Three:
    def fail(this, a, b):
        raise ValueError(a)
def go(v):
    globals()["Three"]().fail(v, "not found")
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "nested spec numbering",
        """\
def go(v):
    raise ValueError("x {:{}} {}".format("a", "9", v))
def honest():
    raise ValueError("x {} {}".format("a", "9"))
""",
        honest="x a 9",
        values=("CanaryErika", "9"),
    ),
    Attack(
        "keyed attribute",
        """\
class O:
    pass
def go(v):
    o = O(); o.b = v
    raise ValueError("{a.b} x".format(**{"a": o, "a.b": "not found"}))
def honest():
    raise ValueError("{a} x".format(**{"a": "not found"}))
""",
        honest="not found x",
    ),
    Attack(
        "class number plus",
        """\
class C:
    N = 5
def go(v):
    raise ValueError(C.N + v)
def honest():
    raise ValueError("not found")
""",
        values=(1, 48, 0),
    ),
    Attack(
        "class number modulo",
        """\
class C:
    N = 5
def go(v):
    raise ValueError(C.N % v)
def honest():
    raise ValueError("not found")
""",
        values=(3, 7),
    ),
    Attack(
        "stripped",
        """\
def go(v):
    raise ValueError(f"code {v}".strip())
def honest():
    raise ValueError(f" code {1}".strip())
""",
        honest="code 1",
        values=("CanaryErika", "", " ", "not found", "code"),
    ),
    Attack(
        "stripped left",
        """\
def go(v):
    raise ValueError(f"{v} code".lstrip())
def honest():
    raise ValueError("  code".lstrip())
""",
        honest="code",
        values=("CanaryErika", "", " ", "not found", "code"),
    ),
    Attack(
        "stripped between",
        """\
def go(v):
    raise ValueError(f"x {v} {v}".strip())
def honest():
    raise ValueError("  code".lstrip())
""",
        honest="code",
        values=("CanaryErika", "", " ", "not found", "code"),
    ),
    Attack(
        "caught with separators",
        """\
def go(v):
    try:
        raise KeyError
    except KeyError:
        pass
    try:
        raise ValueError("not found")
    except ValueError as e:
        raise RuntimeError(f"{v}: {e}") from e
def honest():
    try:
        raise ValueError("not found")
    except ValueError as e:
        raise RuntimeError(f"x: {e}") from e
""",
        honest="x: not found",
        values=("CanaryErika", "a: b", "not found: not found", ""),
    ),
    Attack(
        "caught in front",
        """\
def go(v):
    try:
        raise ValueError("not: found")
    except ValueError as e:
        raise RuntimeError(f"{e}: {v}") from e
def honest():
    try:
        raise ValueError("not found")
    except ValueError as e:
        raise RuntimeError(f"x: {e}") from e
""",
        honest="x: not found",
        values=("CanaryErika", "a: b", "not found: not found", ""),
    ),
    Attack(
        "caught outer of two",
        """\
def go(v):
    try:
        raise ValueError(v)
    except ValueError as a:
        try:
            raise KeyError("boom")
        except KeyError as b:
            raise RuntimeError(f"{a}")
def honest():
    try:
        raise ValueError("not found")
    except ValueError as a:
        raise RuntimeError(f"{a}")
""",
        values=("CanaryErika", "'boom'"),
    ),
    Attack(
        "caught may be empty",
        """\
def go(v):
    try:
        raise ValueError("")
    except ValueError as e:
        text = f"{e}"
        if text:
            m = "not found"
        else:
            m = v
        raise RuntimeError(m)
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "mixins",
        """\
class Text:
    def text(self):
        return self.v
class Mixin:
    def fail(self):
        raise ValueError(self.text())
    def text(self):
        return "not found"
class A(Text, Mixin):
    def __init__(self, v):
        self.v = v
def go(v):
    A(v).fail()
class Plain:
    def fail(self):
        raise ValueError(self.text())
    def text(self):
        return "not found"
def honest():
    Plain().fail()
""",
    ),
    Attack(
        "dataclass label",
        """\
import dataclasses
@dataclasses.dataclass
class Job:
    label: str = "not found"
    def fail(self):
        raise ValueError(f"{self.label}")
def go(v):
    Job(v).fail()
class Plain:
    label = "not found"
    def fail(self):
        raise ValueError(f"{self.label}")
def honest():
    Plain().fail()
""",
    ),
    Attack(
        "setattr on instance",
        """\
class Job:
    label = "not found"
    def fail(self):
        raise ValueError(f"{self.label}")
def go(v):
    j = Job(); setattr(j, "label", v)
    j.fail()
class Plain:
    name = "not found"
    def fail(self):
        raise ValueError(f"{self.name}")
def honest():
    Plain().fail()
""",
    ),
    Attack(
        "instance dict",
        """\
class Job:
    label = "not found"
    def __init__(self, **values):
        self.__dict__.update(values)
    def fail(self):
        raise ValueError(f"{self.label}")
def go(v):
    Job(label=v).fail()
class Plain:
    name = "not found"
    def fail(self):
        raise ValueError(f"{self.name}")
def honest():
    Plain().fail()
""",
    ),
    Attack(
        "dataclass exception",
        """\
import dataclasses
@dataclasses.dataclass
class E(Exception):
    label: str = "not found"
    def __str__(self):
        return self.label
def go(v):
    raise E(v)
class P(Exception):
    label = "not found"
    def __str__(self):
        return self.label
def honest():
    raise P
""",
    ),
    Attack(
        "attribute stored outside",
        """\
class E(Exception):
    label = "not found"
    def __str__(self):
        return self.label
def go(v):
    e = E("x")
    e.label = v
    raise e
class P(Exception):
    tag = "not found"
    def __str__(self):
        return self.tag
def honest():
    raise P
""",
    ),
    Attack(
        "attribute stored by setattr",
        """\
class E(Exception):
    label = "not found"
    def __str__(self):
        return self.label
def go(v):
    e = E("x")
    setattr(e, "label", v)
    raise e
class P(Exception):
    tag = "not found"
    def __str__(self):
        return self.tag
def honest():
    raise P
""",
    ),
    Attack(
        "args in the same function",
        """\
def go(v):
    e = ValueError("not found")
    e.args = (v,)
    raise e
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args in a helper",
        """\
def fix(e, v):
    e.args = (v,)
def go(v):
    e = ValueError("not found")
    fix(e, v)
    raise e
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args in a handler",
        """\
def inner():
    raise ValueError("not found")
def go(v):
    try:
        inner()
    except ValueError as e:
        e.args = (v,)
        raise
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args in an exit",
        """\
class M:
    def __init__(self, v): self.v = v
    def __enter__(self): pass
    def __exit__(self, t, e, tb):
        e.args = (self.v,)
def go(v):
    with M(v):
        raise ValueError("not found")
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args by init again",
        """\
def go(v):
    e = ValueError("not found")
    e.__init__(v)
    raise e
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args by setattr",
        """\
def go(v):
    e = ValueError("not found")
    setattr(e, "args", (v,))
    raise e
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "args by setstate",
        """\
def go(v):
    e = ValueError("not found")
    e.__setstate__({"args": (v,)})
    raise e
def honest():
    e = ValueError("not found")
    raise e
""",
    ),
    Attack(
        "super of a grandparent",
        """\
class B(Exception):
    def __init__(self, a, b="q"):
        super().__init__(b)
class M(B):
    def __init__(self, a, b="q"):
        super().__init__("x", a)
class C(M):
    def __init__(self, a, b):
        super(M, self).__init__(a, b)
def go(v):
    raise C("not found", v)
class D(B):
    def __init__(self, a):
        super(D, self).__init__(a, "not found")
def honest():
    raise D("x")
""",
    ),
    Attack(
        "metaclass call",
        """\
class M(type):
    def __call__(cls, *args):
        return super().__call__(*args[1:])
class E(Exception, metaclass=M):
    pass
class P(Exception):
    pass
def go(v):
    raise E("not found", v)
def honest():
    raise P("not found")
""",
        values=("CanaryErika", "('not found', 'x')"),
    ),
    Attack(
        "metaclass call one",
        """\
class M(type):
    def __call__(cls, *args):
        return super().__call__(v)
class E(Exception, metaclass=M):
    pass
class P(Exception):
    pass
def go(value):
    global v
    v = value
    raise E("not found")
def honest():
    raise P("not found")
""",
    ),
    Attack(
        "new gives another",
        """\
class E(Exception):
    def __new__(cls, *args):
        return made
class P(Exception):
    pass
def go(v):
    global made
    made = Exception.__new__(E, v)
    Exception.__init__(made, v)
    E.__init__ = lambda *args: None
    raise E("not found")
def honest():
    raise P("not found")
""",
    ),
    Attack(
        "new and str",
        """\
class E(Exception):
    label = "not found"
    def __new__(cls, v):
        made = Exception.__new__(cls)
        setattr(made, "label", v)
        return made
    def __str__(self):
        return self.label
class P(Exception):
    pass
def go(v):
    raise E(v)
def honest():
    raise P("not found")
""",
    ),
    Attack(
        "class assigned",
        """\
class E(Exception):
    pass
class F(Exception):
    def __str__(self):
        return self.args[0]
def go(v):
    e = E(v)
    e.__class__ = F
    raise e
def honest():
    raise F("not found")
""",
    ),
    Attack(
        "global by others",
        """\
X = "not found"
Y = "not found"
def set_it(v):
    globals()["X"] = v
def go(v):
    set_it(v)
    raise ValueError(X)
def honest():
    raise ValueError(Y)
""",
    ),
    Attack(
        "global by global",
        """\
X = "not found"
Y = "not found"
def set_it(v):
    global X
    X = v
def go(v):
    set_it(v)
    raise ValueError(X)
def honest():
    raise ValueError(Y)
""",
    ),
    Attack(
        "global by setattr",
        """\
import sys
X = "not found"
Y = "not found"
def go(v):
    setattr(sys.modules[__name__], "X", v)
    raise ValueError(X)
def honest():
    raise ValueError(Y)
""",
    ),
    Attack(
        "environment",
        """\
import os
os.environ.setdefault("SCRUBBING_NEVER", "not %s")
X = os.environ.get("SCRUBBING_NEVER")
Y = "not %s"
def go(v):
    raise ValueError(X % v)
def honest():
    raise ValueError(Y % "found")
""",
    ),
    Attack(
        "default computed",
        """\
import os
os.environ.setdefault("SCRUBBING_NEVER", "not %s")
def fail(a=os.environ["SCRUBBING_NEVER"], b="not found"):
    raise ValueError(a)
def go(v):
    fail.__defaults__ = (v, "x")
    fail()
def fine(b="not found"):
    raise ValueError(b)
def honest():
    fine()
""",
    ),
    Attack(
        "default replaced",
        """\
def fail(b="not found"):
    raise ValueError(b)
def go(v):
    fail.__defaults__ = (v,)
    fail()
def fine(b="not found"):
    raise ValueError(b)
def honest():
    fine()
""",
    ),
    Attack(
        "nonlocal",
        """\
def go(v):
    m = "not found"
    def change():
        nonlocal m
        m = v
    def fail():
        raise ValueError(m)
    change()
    fail()
def honest():
    m = "not found"
    def fail():
        raise ValueError(m)
    fail()
""",
    ),
    Attack(
        "cell contents",
        """\
def go(v):
    m = "not found"
    def fail():
        raise ValueError(m)
    fail.__closure__[0].cell_contents = v
    fail()
def honest():
    m = "not found"
    def fail():
        raise ValueError(m)
    fail()
""",
    ),
    Attack(
        "star args cell",
        """\
def outer(*args):
    if not args:
        args = "('not found',)"
    def fail():
        raise ValueError(str(args))
    fail()
def go(v):
    outer(v)
def honest():
    raise ValueError(f"('{'not found'}',)")
""",
        honest="('not found',)",
    ),
    Attack(
        "code replaced",
        """\
def fail(v):
    raise ValueError(f"not found {v}")
def other(v):
    raise ValueError(v)
def go(v):
    fail.__code__ = compile("def fail(v):\\n    raise ValueError(v)\\n", __file__, "exec").co_consts[0]
    fail(v)
def fine(v):
    raise ValueError(f"not found {v}")
def honest():
    fine(1)
""",
        honest="not found 1",
    ),
    Attack(
        "default method by same name",
        """\
import functools
class O: pass
def fail(a, b):
    raise ValueError(a)
def go(v):
    o = O()
    o.fail = functools.partial(fail, v)
    o.fail("not found")
def honest():
    fail("not found", 1)
""",
    ),
    Attack(
        "instance method replaced",
        """\
class O:
    def text(self):
        return "not found"
def go(v):
    o = O()
    o.text = lambda: v
    raise ValueError(o.text())
def honest():
    o = O()
    raise ValueError(o.text())
""",
    ),
    Attack(
        "class body names",
        """\
x = "not found"
class C:
    x = __import__("os").environ.setdefault("SCRUBBING_NEVER2", "not found")
    M = f"{x} y"
def go(v):
    raise ValueError(C.M)
class P:
    M = "not found"
def honest():
    raise ValueError(P.M)
""",
    ),
    Attack(
        "class constant replaced",
        """\
class C:
    M = "not found"
def go(v):
    C.M = v
    raise ValueError(C.M)
class P:
    M = "not found"
def honest():
    raise ValueError(P.M)
""",
    ),
    Attack(
        "ident twice",
        """\
def ident(x):
    return x
def go(v):
    m = ident(ident(v))
    if isinstance(m, str):
        t = "not found"
    else:
        t = v
    raise ValueError(t)
def honest():
    raise ValueError(ident("not found"))
""",
        values=(1, 2),
    ),
    Attack(
        "value or constant",
        """\
def go(v):
    raise ValueError(v or "not found")
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "walrus",
        """\
def go(v):
    if (m := v):
        raise ValueError(m)
def honest():
    if (m := "not found"):
        raise ValueError(m)
""",
    ),
    Attack(
        "match",
        """\
def go(v):
    match v:
        case "not found": m = v
        case str(x): m = x
    raise ValueError(m)
def honest():
    match 1:
        case 1: m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "match capture",
        """\
def go(v):
    x = "not found"
    match [v, 1]:
        case [x, 1]: pass
    raise ValueError(x)
def honest():
    match 1:
        case 1: m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "finally",
        """\
def go(v):
    m = "not found"
    try:
        try:
            int("x")
        finally:
            m = v
    except ValueError:
        pass
    raise ValueError(m)
def honest():
    m = "x"
    try:
        m = "not found"
    finally:
        raise ValueError(m)
""",
    ),
    Attack(
        "loop rebinds",
        """\
def go(v):
    m = "not found"
    for m in [v]:
        pass
    raise ValueError(m)
def honest():
    for m in [1]:
        m = "not found"
    else:
        m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "loop second round",
        """\
def go(v):
    m = "not found"
    n = 0
    while n < 2:
        if n == 1:
            raise ValueError(m)
        m = v
        n += 1
def honest():
    m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "with as",
        """\
import contextlib
def go(v):
    m = "not found"
    with contextlib.nullcontext(v) as m:
        pass
    raise ValueError(m)
def honest():
    with contextlib.suppress(KeyError):
        raise ValueError("not found")
""",
    ),
    Attack(
        "suppress",
        """\
import contextlib
def go(v):
    m = "not found"
    with contextlib.suppress(ValueError):
        m = v
        int("x")
        m = "not found"
    raise ValueError(m)
def honest():
    with contextlib.suppress(KeyError):
        raise ValueError("not found")
""",
    ),
    Attack(
        "del",
        """\
def go(v):
    m = "not found"
    del m
    m = v
    raise ValueError(m)
def honest():
    m = 1
    del m
    m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "augmented",
        """\
def go(v):
    m = ""
    m += v
    raise ValueError(m)
def honest():
    m = "not"
    m += " found"
    raise ValueError(m)
""",
    ),
    Attack(
        "star unpack",
        """\
def go(v):
    m, *rest = v, "not found"
    raise ValueError(m)
def honest():
    m, n = "not found", 1
    raise ValueError(m)
""",
    ),
    Attack(
        "star unpack rest",
        """\
def go(v):
    m, *rest = "not found", v
    raise ValueError(*rest)
def honest():
    m, n = "not found", 1
    raise ValueError(m)
""",
    ),
    Attack(
        "comprehension scope",
        """\
def go(v):
    m = v
    [m for m in ["not found"]]
    raise ValueError(m)
def honest():
    m = "not found"
    [m for m in [1]]
    n = "not found"
    raise ValueError(n)
""",
    ),
    Attack(
        "comprehension in a handler",
        """\
def go(v):
    m = "not found"
    m = [m for m in [v]][0]
    raise ValueError(m)
def honest():
    n = "not found"
    raise ValueError(n)
""",
    ),
    Attack(
        "conditional",
        """\
def go(v):
    raise ValueError(v if v else "not found")
def honest():
    raise ValueError("not found" if __name__ else "x y")
""",
    ),
    Attack(
        "chained comparison",
        """\
def go(v):
    m = "a" < v < "z" or v
    raise ValueError(v if m else "not found")
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "nested handlers",
        """\
def go(v):
    m = "not found"
    try:
        try:
            int("x")
        except ValueError:
            m = v
            raise KeyError
    except KeyError:
        raise ValueError(m)
def honest():
    try:
        int("x")
    except ValueError:
        m = "not found"
    raise ValueError(m)
""",
    ),
    Attack(
        "async generator",
        """\
import asyncio
async def numbers(v):
    m = "not found"
    m = yield m
    raise ValueError(m)
async def main(v):
    g = numbers(v)
    await g.__anext__()
    await g.asend(v)
def go(v):
    c = main(v)
    c.send(None)
async def fine():
    raise ValueError("not found")
def honest():
    fine().send(None)
""",
    ),
    Attack(
        "generator throw",
        """\
def g():
    yield
def go(v):
    it = g(); next(it)
    it.throw(TypeError(v))
def honest():
    raise ValueError("not found")
""",
        values=("CanaryErika", "unsupported operand type(s) for +: 'int' and 'str'", "not found"),
    ),
    Attack(
        "throw by another name",
        """\
import functools
def g():
    yield
def go(v):
    import _asyncio
    methods = {"get_debug": lambda s: False, "call_soon": print, "call_exception_handler": print}
    f = _asyncio.Future(loop=type("L", (), methods)())
    f.set_exception(TypeError(v))
    r = f.result
    r()
def honest():
    raise ValueError("not found")
""",
        values=("CanaryErika", "unsupported operand type(s) for +: 'int' and 'str'", "not found"),
    ),
    Attack(
        "coroutine throw",
        """\
async def g():
    pass
def go(v):
    it = g()
    it.throw(TypeError(v))
def honest():
    raise ValueError("not found")
""",
        values=("CanaryErika", "unsupported operand type(s) for +: 'int' and 'str'", "not found"),
    ),
    Attack(
        "lying add",
        """\
class S(str):
    def __radd__(self, other): return str(self)
    def __rmod__(self, other): return str(self)
    def __format__(self, spec): return str.__str__(self) + "!"
def go(v):
    raise ValueError("not found" + S(v))
def honest():
    raise ValueError("not found" + "")
""",
        values=("CanaryErika", "not found", "not found!"),
    ),
    Attack(
        "lying format",
        """\
class S(str):
    def __format__(self, spec): return "not found"
def go(v):
    raise ValueError(f"{S(v)}")
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "raised twice",
        """\
def first(e):
    raise e
def go(v):
    e = ValueError("not found")
    for n in range(2):
        try:
            first(e)
        except ValueError:
            e = ValueError(v)
    first(e)
def honest():
    first(ValueError("not found"))
""",
    ),
    Attack(
        "stale traceback",
        """\
def make():
    raise ValueError("not found")
def go(v):
    try:
        make()
    except ValueError as e:
        tb = e.__traceback__
    raise ValueError(v).with_traceback(tb)
def honest():
    make()
""",
    ),
    Attack(
        "traceback of others",
        """\
def make():
    raise ValueError("not found")
def go(v):
    try:
        make()
    except ValueError as e:
        tb = e.__traceback__
    e = ValueError(v)
    e.__traceback__ = tb.tb_next
    raise e
def honest():
    make()
""",
    ),
    Attack(
        "copied",
        """\
import copy, pickle
class E(Exception):
    def __init__(self, a, b="not found"):
        super().__init__(b)
def go(v):
    e = E("x")
    e.args = (v,)
    e = pickle.loads(pickle.dumps(copy.copy(e)))
    raise e
def honest():
    raise E("x")
""",
    ),
    Attack(
        "isinstance lies",
        """\
class M(type):
    def __instancecheck__(cls, other): return True
    def __eq__(cls, other): return True
    def __hash__(cls): return 1
class L(metaclass=M): pass
def go(v):
    if isinstance(v, L):
        m = v
    else:
        m = "not found"
    raise ValueError(m)
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "helper replaced",
        """\
def text():
    return "not found"
def text2():
    return "not found"
def go(v):
    global text
    text = lambda: v
    raise ValueError(text())
def honest():
    raise ValueError(text2())
""",
    ),
    Attack(
        "decorator changes",
        """\
def deco(f):
    def wrapper(a, b):
        return f(b, a)
    return wrapper
@deco
def fail(a, b):
    raise ValueError(a)
def go(v):
    fail("not found", v)
def plain(a, b):
    raise ValueError(b)
def honest():
    plain(1, "not found")
""",
    ),
    Attack(
        "builtin shadowed",
        """\
def str(x):
    return x.v
class O: pass
def go(v):
    o = O(); o.v = v
    raise ValueError(str(o))
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "super shadowed",
        """\
class B(Exception): pass
def super():
    return S()
class S:
    def __init__(self, *a): pass
class E(B):
    def __init__(self, v):
        Exception.__init__(self, v)
        super().__init__("not found")
def go(v):
    raise E(v)
def honest():
    raise B("not found")
""",
    ),
    Attack(
        "group",
        """\
try:
    ExceptionGroup
except NameError:
    ExceptionGroup = None
def go(v):
    raise ExceptionGroup(v, [ValueError(v)]) if ExceptionGroup else ValueError(v)
def honest():
    raise ValueError("not found")
""",
        values=("CanaryErika", "not found", "not found (1 sub-exception)"),
    ),
    Attack(
        "notes",
        """\
def go(v):
    e = ValueError("not found")
    e.__notes__ = [v]
    raise e
def honest():
    raise ValueError("not found")
""",
    ),
    Attack(
        "a list in two functions",
        """\
def inner(p, v):
    p[0] = v
    raise ValueError(" ".join(p))
def go(v):
    x = ["not", "found"]
    inner(x, v)
def honest():
    x = ("not", "found")
    raise ValueError(" ".join(x))
""",
        values=("CanaryErika", "not"),
    ),
    Attack(
        "keywords changed on the way",
        """\
class B(Exception):
    def __init__(self, a, b="not found"):
        super().__init__(b)
class E(B):
    def __init__(self, a, **kwargs):
        kwargs.update(b=a)
        super().__init__(a, **kwargs)
class P(B):
    def __init__(self, a, **kwargs):
        super().__init__(a, **kwargs)
def go(v):
    raise E(v, b="not found")
def honest():
    raise P("x", b="not found")
""",
    ),
    Attack(
        "attributes a class answers for",
        """\
class E(Exception):
    def __init__(self, v):
        self.label = "not found"
        object.__setattr__(self, "value", v)
    def __getattribute__(self, name):
        return object.__getattribute__(self, "value")
    def __str__(self):
        return self.label
class P(Exception):
    def __init__(self, v):
        self.label = "not found"
    def __str__(self):
        return self.label
def go(v):
    raise E(v)
def honest():
    raise P(1)
""",
    ),
    Attack(
        "attributes a descriptor answers for",
        """\
class Label:
    def __get__(self, one, cls):
        return one.args[0]
    def __set__(self, one, value):
        pass
class E(Exception):
    label = Label()
    def __init__(self, v):
        super().__init__(v)
        self.label = "not found"
    def __str__(self):
        return self.label
class P(Exception):
    __slots__ = ("label",)
    def __init__(self, v):
        self.label = "not found"
    def __str__(self):
        return self.label
def go(v):
    raise E(v)
def honest():
    raise P(1)
""",
    ),
    Attack(
        "a constant a class answers for",
        """\
class Job:
    LABEL = "not found"
    def __init__(self, v):
        self.value = v
    def __getattribute__(self, name):
        return object.__getattribute__(self, "value" if name == "LABEL" else name)
    def fail(self):
        raise ValueError(self.LABEL)
class Plain:
    NAME = "not found"
    def fail(self):
        raise ValueError(self.NAME)
def go(v):
    Job(v).fail()
def honest():
    Plain().fail()
""",
    ),
    Attack(
        "C code that calls the method of another object",
        """\
import io
class Raw(io.RawIOBase):
    def writable(self): return True
    def write(self, data):
        raise ValueError(self.said(data))
    def said(self, data):
        return str(bytes(data), "utf-8")
class Pair:
    def write(self, data):
        raise ValueError(data)
def go(v):
    f = io.BufferedWriter(Raw())
    f.write(v.encode())
    f.flush()
def honest():
    Pair().write("not found")
""",
    ),
]
