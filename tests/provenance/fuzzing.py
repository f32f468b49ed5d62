"""Random programs that fail: the same way through one of them says the same, whatever its values are.

Run it as ``python tests/provenance/fuzzing.py SECONDS [SEED]`` for as long as you like.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CANARY = "CanaryErika7731"
#: Texts of the programs; values are made of them, too.
WORDS = (
    "not found",
    "no disk",
    "a",
    "",
    "%",
    "{x}",
    "it's",
    'a "b"',
    "x: y",
    " edge ",
    "two\nlines",
    "None",
    "5",
    "ok!",
)
MARKS = (": ", " of ", "=", ", ", " - ")
FLAGS = 6


#: What programs use; between two signs stand several that one is picked from.
DEFINED = """\
from dataclasses import dataclass
WAY = [1] * 6
LABEL = @word@
def same(x): return x
def listed(*all): return ', '.join(all)
def change(error, v): pass
class Held:
    def __init__(self, v): self.v = v
    def __enter__(self): return self.v
    def __exit__(self, *a): pass
class Made:
    LABEL = @word@
    def __init__(self, v): self.value = v
    def said(self, f, n=1):
        v = @self.value|self.LABEL|word@
        return v + @word@
    def fail(self, a, b): raise ValueError(@a|b|self.LABEL|self.text()|b + self.text()|self.value@)
    def text(self): return @word@
class Beside:
    def text(self): return self.value
class Mixed(Beside, Made):
    def __init__(self, v): self.value = v
class Data:
    word: str = @word@
    def fail(self, a): raise ValueError(self.word)
Data = dataclass(Data)
def helper(a, b, f, n=1):
    if @flag@: return @a|b|word@
    return @a|b|a + b|word|LABEL|f'{a} and {b}'@
class First(Exception): pass
class Second(Exception):
    def __init__(self, a, b=@word@):
        super().__init__(@a|b|a + b|word@)
class Third(Exception):
    detail = @word@
    def __init__(self, a, detail=None):
        super().__init__(a)
        if detail is not None: self.detail = detail
    def __str__(self): return @self.detail|self.args[0]|self.detail + self.args[0]@
class Fourth(First):
    def __init__(self, a):
        self.a = @a|word@
        Exception.__init__(self, @self.a|a|word@)
    def __str__(self): return @word@ + self.a + super().__str__()
def made_error(a, f):
    if @flag@: return First(a)
    return @First|ValueError@(@a|word@)
def fail(a, really):
    if really: raise ValueError(@text)
def fail_late(a, b, f, *, c=@word@):
    if @flag@: a = @b|c|word@
    raise ValueError(@a|b + a|f'{a}: {b}'|c@)
"""


class Writer:
    """Writes one program; what way it goes depends on ``f`` alone, a list of truths and small numbers."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.names = (f"n{number}" for number in itertools.count())

    def pick(self, *options: Any) -> Any:
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def put(self, depth: int, line: str) -> None:
        self.lines.append("    " * depth + line)

    def flag(self) -> str:
        return f"f[{self.random.randrange(FLAGS)}]"

    def word(self) -> str:
        return repr(self.pick(*WORDS))

    def text(self, names: list[str], deep: int = 2) -> str:
        """An expression that is a text."""
        if deep == 0 or self.chance(0.25):
            return self.pick(self.word(), *names) if names else self.word()
        one, two = (self.text(names, deep - 1) for _ in range(2))
        word, other = (self.pick(*WORDS[:4]) for _ in range(2))
        mark = self.pick(*MARKS)
        return self.pick(
            f"({one} + {two})",
            f"{f'{word}{mark}%s'!r} % {self.pick(*names, self.word())}",
            f"{f'{word}{mark}%s{mark}%s'!r} % ({one}, {two})",
            f"{f'%(k)s{mark}%(l)s'!r} % {{'k': {one}, 'l': {two}}}",
            f"{f'{word}{mark}{{}} {{!r}} {other}'!r}.format({one}, {two})",
            f"{f'{{1}}{mark}{{0}}'!r}.format({one}, {two})",
            f"{f'{{k}}{mark}{word}'!r}.format(k={one})",
            "f" + repr(f"{word}{mark}{{{self.pick(*names, 'f[0]')}}}{other}"),
            "f" + repr(f"{{{self.pick(*names, 'f[1]')}!r}}{mark}{{n}}"),
            "f" + repr(f"{word}{mark}{{n:d}}"),
            f"{mark!r}.join([{one}, {two}])",
            f"{mark!r}.join(({one}, {two}, {self.word()}))",
            f"({one} if {self.flag()} else {two})",
            f"str({one})",
            f"repr({one})",
            f"{one if one.startswith('n') else '(' + one + ')'}.{self.pick('strip', 'lstrip', 'rstrip', 'lower')}()",
            f"helper({one}, {two}, f)",
            f"helper(b={one}, a={two}, f=f)",
            f"Made({one}).said(f)",
            f"Made.LABEL + {one}",
            f"(LABEL + {one})",
            f"same({one})",
            f"same(same({one}))",
            f"[{one}, {two}][{self.pick(0, 1)}]",
            f"{{'k': {one}, 'l': {two}}}['k']",
            f"listed({one}, {two})",
        )

    def block(self, depth: int, names: list[str], size: int) -> list[str]:
        """Statements; returns the variables that have a text behind them."""
        for _ in range(size):
            names = self.statement(depth, names, size)
        return names

    def statement(self, depth: int, names: list[str], size: int) -> list[str]:  # noqa: C901, PLR0912, PLR0915  # a table of kinds
        """One statement; returns the variables that have a text behind it."""
        kind = self.random.randrange(14 if depth < 4 else 4)
        old = self.pick(*names)
        if kind < 3:
            name = next(self.names)
            self.put(depth, f"{name} = {self.text(names)}")
            return [*names, name]
        if kind == 3:
            self.put(depth, f"{old} {self.pick('=', '+=')} {self.text(names)}")
        elif kind in (4, 5):
            self.put(depth, f"if {self.flag()}:")
            inner = self.block(depth + 1, names, self.pick(1, 2))
            self.put(depth + 1, f"{old} = {self.text(inner)}")
            if self.chance(0.5):
                self.put(depth, "else:")
                self.block(depth + 1, names, 1)
        elif kind == 6:
            done = next(self.names)
            loop = self.pick("for i in range(f[5]):", f"while f[5] > len({done}):")
            self.put(depth, f"{done} = []")
            self.put(depth, loop)
            self.put(depth + 1, f"{done}.append(1)")
            self.block(depth + 1, names, 1)
            self.put(depth + 1, f"{old} = {self.text(names)}")
            if self.chance(0.3):
                self.put(depth + 1, f"if {self.flag()}: {self.pick('break', 'continue')}")
        elif kind == 7:
            self.put(depth, "try:")
            self.block(depth + 1, names, 1)
            self.put(depth + 1, f"fail({self.text(names)}, f[2])")
            self.put(depth + 1, f"{old} = {self.text(names)}")
            caught = next(self.names)
            self.put(depth, f"except ValueError as {caught}:")
            self.put(
                depth + 1,
                f"{old} = " + self.pick(f"str({caught})", f"f{'got {' + caught + '}'!r}", self.text(names)),
            )
            if self.chance(0.3):
                self.put(depth + 1, f"if {self.flag()}: raise KeyError({self.text(names)}) from {caught}")
            if self.chance(0.4):
                self.put(depth, "finally:")
                self.block(depth + 1, names, 1)
        elif kind == 8:
            name = next(self.names)
            self.put(depth, f"{name} = {self.text(names)}")
            self.put(depth, f"def change_{name}(v):")
            if self.chance(0.6):
                self.put(depth + 1, f"nonlocal {name}")
            self.put(depth + 1, f"{name} = v")
            self.put(depth + 1, f"return {name}")
            self.put(depth, f"if {self.flag()}: {old} = change_{name}({self.text(names)})")
            return [*names, name]
        elif kind == 9:
            name = next(self.names)
            self.put(depth, f"parts = [{', '.join(self.text(names, 1) for _ in range(self.pick(0, 1, 2, 3, 4)))}]")
            for _ in range(self.pick(0, 1, 2)):
                value = self.text(names, 1)
                self.put(
                    depth,
                    f"if {self.flag()}: "
                    + self.pick(
                        f"parts.append({value})",
                        f"parts += [{value}]",
                        f"parts[:1] = [{value}]",
                        f"parts[0:1] = [{value}]",
                    ),
                )
            if self.chance(0.3):
                self.put(depth, f"twice = parts; twice[-1:] = [{self.text(names, 1)}]")
            self.put(depth, f"{name} = {self.pick(*MARKS)!r}.join({self.pick('parts', '[*parts]', 'list(parts)')})")
            return [*names, name]
        elif kind == 10:
            name = next(self.names)
            pairs = f"{{'k': {self.text(names, 1)}, 'l': {self.text(names, 1)}}}"
            self.put(depth, f"pairs = {self.pick('', 'again = ')}{pairs}")
            if self.chance(0.3):
                self.put(depth, f"again = pairs; again['k'] = {self.text(names, 1)}")
            if self.chance(0.5):
                self.put(depth, f"if {self.flag()}: pairs['k'] = {self.text(names, 1)}")
            merged = self.pick(
                "pairs", "{**pairs, 'l': 'x'}", "{'k': 'not found', **pairs}", "dict(pairs, k='no disk')"
            )
            self.put(depth, f"{name} = '%(k)s - %(l)s' % {merged}")
            return [*names, name]
        elif kind == 11:
            self.put(depth, f"{old}, *others = {self.text(names)}, {self.text(names)}")
        elif kind == 12:
            name = next(self.names)
            self.put(depth, f"made = Made({self.text(names)})")
            if self.chance(0.5):
                self.put(depth, f"made.value = {self.text(names)}")
            self.put(depth, f"{name} = {self.pick('made.value', 'made.said(f)', 'made.LABEL')}")
            return [*names, name]
        else:
            self.put(depth, f"with Held({self.text(names)}) as {old}: pass")
        return names

    def raising(self, depth: int, names: list[str]) -> None:
        text = self.text(names)
        self.put(
            depth,
            self.pick(
                f"raise ValueError({text})",
                f"Made.fail(Made({text}), {self.word()}, {text})",
                f"Made('x').fail({self.word()}, {text})",
                f"Mixed({text}).fail({text}, {self.word()})",
                f"Data({text}).fail({text})",
                f"error = ValueError({self.word()}); error.args = ({text},); raise error",
                f"error = ValueError({self.word()}); change(error, {text}); raise error",
                f"error = Third({self.word()}); error.detail = {text}; raise error",
                f"raise KeyError({text})",
                f"raise First({text})",
                f"raise Second({text}, {self.text(names)})",
                f"raise Third({self.text(names)}, detail={text})",
                f"raise Fourth({text})",
                f"raise ValueError({text}, {self.text(names)})",
                f"fail({text}, True)",
                f"raise made_error({text}, f)",
                f"error = First({text}); raise error",
                f"fail_late({text}, {self.text(names)}, f)",
                f"assert not f, {text}",
            ),
        )

    def filled(self, source: str) -> None:
        """Put a text of several lines, with an expression for each sign."""
        fixed = self.text(["a"])
        for old, new in (
            ("f[", "WAY["),
            (", f)", ", WAY)"),
            ("said(f)", "said(WAY)"),
            ("f=f", "f=WAY"),
            ("{n", "{WAY[0]"),
        ):
            fixed = fixed.replace(old, new)
        source = source.replace("@text", fixed)
        while "@" in source:
            before, _, after = source.partition("@")
            kind, _, rest = after.partition("@")
            options = kind.split("|")
            made = self.word() if options == ["word"] else self.flag() if options == ["flag"] else self.pick(*options)
            source = before + (self.word() if made == "word" else made) + rest
        self.lines += source.splitlines()

    def program(self) -> str:
        """Return the source."""
        self.filled(
            DEFINED if self.chance(0.8) else DEFINED.replace("(error, v): pass", "(error, v): error.args = (v,)")
        )
        parts = ["a", "b"]
        self.put(0, "def go(a, b, n, f):")
        names = self.block(1, parts, self.pick(1, 2, 3, 4, 5))
        self.raising(1, names)
        return "\n".join(self.lines) + "\n"


def values(seed: int) -> list[tuple[str, str, int]]:
    """Values a program is run with: planted ones, its own texts, and texts put together of those."""
    picked = random.Random(seed)
    mixed = [*WORDS, CANARY, *MARKS]
    found = [(CANARY, f"{CANARY} {CANARY}", 77317731)]
    found += [(word, picked.choice(WORDS), picked.choice((0, 5))) for word in WORDS]
    found += [(*("".join(picked.choices(mixed, k=picked.randrange(4))) for _ in range(2)), 1) for _ in range(3)]
    return found


def ways(seed: int) -> list[list[int]]:
    """Ways a program is sent."""
    picked = random.Random(seed)
    return [[picked.randrange(2) for _ in range(FLAGS - 1)] + [picked.randrange(3)] for _ in range(3)]


class Count:
    """What was tried and found."""

    def __init__(self) -> None:
        self.runs = self.said = self.readable = self.programs = 0
        self.faults: list[tuple[int, list[int], dict[str, Any]]] = []


def tried(world: Any, packages: Any, seed: int, count: Count) -> None:
    """Run one program in all ways with all values."""
    from worlds import caught

    from scrubbing.provenance.skeletons import read_skeleton

    go = world.module(f"{world.own}.fuzzed{seed}").go
    count.programs += 1
    for way in ways(seed):
        found: dict[str, Any] = {}
        types = set()
        for a, b, n in values(seed):
            exc = caught(go, a, b, n, way)
            types.add(type(exc))
            said = read_skeleton(exc, packages)
            found.setdefault(said, (a, b, n, str(exc)))
            count.runs += 1
            count.readable += said != "<?>"
        if len(types) == 1 and (len(found) > 1 or any("Canary" in said or "7731" in said for said in found)):
            count.faults.append((seed, way, found))


def fuzz(world: Any, seeds: range) -> Count:
    """Write programs, then run them."""
    count = Count()
    for seed in seeds:
        world.write(f"app/{world.own}/fuzzed{seed}.py", Writer(seed).program())
    for seed in seeds:
        world.module(f"{world.own}.fuzzed{seed}")
    packages = world.packages()
    for seed in seeds:
        tried(world, packages, seed, count)
        sys.modules.pop(f"{world.own}.fuzzed{seed}", None)
    return count


def main(seconds: float, seed: int = 0) -> int:
    from worlds import World

    end, total = time.monotonic() + seconds, Count()
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as directory:
            world = World(Path(directory))
            sys.path.insert(0, str(Path(directory) / "app"))
            count = fuzz(world, range(seed, seed + 50))
            sys.path.pop(0)
        seed += 50
        total.programs, total.runs = total.programs + count.programs, total.runs + count.runs
        total.readable += count.readable
        total.faults += count.faults
    share = 100 * total.readable / max(1, total.runs)
    print(f"{sys.version.split()[0]}: {total.programs} programs, {total.runs} runs, {share:.0f} % readable")
    for one, way, found in total.faults[:5]:
        print(f"seed {one}, way {way}:")
        for said, given in found.items():
            print(f"    {said!r} of {given}")
    print(f"{len(total.faults)} faults")
    return len(total.faults)


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
    sys.exit(bool(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
