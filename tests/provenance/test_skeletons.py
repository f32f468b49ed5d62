"""Skeletons of live exceptions and messages: every way a message is made, and nothing a program handled."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from worlds import CANARY, caught

import scrubbing
from scrubbing.provenance.skeletons import MAX_KEPT, message, read_skeleton

NUMBER = 77319
MESSAGES = """\
import contextlib
import logging
from gettext import gettext as _

TEMPLATE = "the order %s is late"
PARTS = "in " "one " "piece"
LOG = logging.getLogger(__name__)


class Late(Exception):
    what = "order"

    def __init__(self, name, days=3):
        self.name, self.days = name, days
        super().__init__(f"{name} is {days} days late")


class Lost(Late):
    def __str__(self):
        return f"{self.what} {self.name} is lost: " + super().__str__()


class Bad(KeyError):
    pass


def fail(text, *args, kind=RuntimeError):
    raise kind(text % args)


def passed_on(*args, **kwargs):
    fail(*args, **kwargs)


def described(name):
    return "a thing called " + name


def made(name):
    return LookupError(f"no {name}")


def chosen(name, short):
    if short:
        text = "short"
    else:
        text = f"long {name}"
    text += "!"
    raise ValueError(text)


def looped(names):
    text = "names:"
    for name in names:
        text += name
    raise ValueError(text)


def listed(name, more):
    parts = ["cannot go on"]
    parts.append("with " + name)
    if more:
        parts.append("and that is all")
    raise ValueError(", ".join(parts))


def kept_template(name, text=None):
    if text is None:
        text = "nothing was said"
    raise ValueError(f"{text}: {name}")


def wrapped(name):
    try:
        raise Late(name)
    except Late as error:
        raise RuntimeError(f"while packing: {error}") from error


def noted(name):
    try:
        raise ValueError("it broke")
    except ValueError as error:
        error.add_note(f"at {name}")
        raise


async def waited(name):
    raise ValueError(f"waited for {name}")


def closing(name):
    with contextlib.suppress(KeyError):
        raise ValueError(_("cannot close {}").format(name))


class Service:
    text = "service %s is down"

    def go(self, name):
        self.down(self.text % name)

    def down(self, text, hint="try again"):
        raise ConnectionError(f"{text}; {hint}")


def f_string(name, number):
    raise ValueError(f"order {number!r:>10} of {name} for {number:d} EUR" " failed")


def percent(name, number):
    raise ValueError("order %s of %d" % (name, number))


def percent_of_one(name, number):
    raise ValueError(TEMPLATE % name)


def braces(name, number):
    raise ValueError("{} has {count}".format(name, count=number))


def plus(name, number):
    raise ValueError("order of " + name + " failed")


def constant(name, number):
    raise ValueError(PARTS)


def quoted(name, number):
    raise Bad(f"no {name} here")


def several(name, number):
    raise ValueError("two things", name)


def asserted(name, number):
    assert number < 0, f"{number} is not negative"


def bare(name, number):
    raise ValueError
"""

WAYS = {
    "f_string": "order <?> of <?> for <int> EUR failed",
    "percent": "order <?> of <int>",
    "percent_of_one": "the order <?> is late",
    "braces": "<?> has <?>",
    "plus": "order of <?> failed",
    "constant": "in one piece",
    "quoted": "'no <?> here'",
    "several": "('two things', <?>)",
    "asserted": "<?> is not negative",
    "bare": "",
}


@pytest.fixture
def app(world):
    world.write(f"app/{world.own}/messages.py", MESSAGES)
    return world.module(f"{world.own}.messages")


@pytest.fixture
def said(world):
    known = []

    def ask(exc: BaseException) -> str:
        packages = (known or known.append(world.packages()) or known)[0]  # files that are newer are not the app's
        made = read_skeleton(exc, packages)
        assert CANARY.lower() not in made.lower()
        assert str(NUMBER) not in made
        return made

    return ask


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_making_a_message(app, said, way):
    """Literals stay, values go, by whatever Python has to put them together."""
    assert said(caught(getattr(app, way), CANARY, NUMBER)) == WAYS[way]


@pytest.mark.parametrize(
    ("function", "args", "expected"),
    [
        ("fail", ("helped %s, %s", CANARY, NUMBER), None),
        ("chosen", (CANARY, True), "short!"),
        ("chosen", (CANARY, False), "long <?>!"),
        ("looped", ([CANARY, CANARY],), "<?>"),
        ("listed", (CANARY, True), "cannot go on, with <?>"),
        ("listed", (CANARY, False), "cannot go on, with <?>"),
        ("kept_template", (CANARY,), None),
        ("wrapped", (CANARY,), "while packing: <?> is 3 days late"),
        ("closing", (CANARY,), "cannot close <?>"),
    ],
)
def test_what_flows_into_it_is_said_and_nothing_else(app, said, function, args, expected):
    """Branches, lists, wrapped errors and translations are followed; a loop is not, nor what a test hands in."""
    made = said(caught(getattr(app, function), *args))

    assert made == expected if expected is not None else made in ("<?>", "<?>: <?>")


def test_texts_are_followed_through_calls(world, app, said):
    """A template handed to a helper, through another, with its arguments, comes out of the helper's raise."""
    world.write(
        f"app/{world.own}/calls.py",
        f"""
from {world.own}.messages import Late, Lost, Service, described, fail, kept_template, made, passed_on

def helped(name):
    fail("cannot %s the %s", "send", name)

def helped_twice(name):
    passed_on("still no %s", name, kind=LookupError)

def returned(name):
    raise ValueError(described(name))

def returned_error(name):
    raise made(name)

def constructed(name):
    raise Late(name)

def constructed_with(name):
    raise Lost(name, days=9)

def defaults(name):
    kept_template(name)

def method(name):
    Service().go(name)
""",
    )
    calls = world.module(f"{world.own}.calls")

    assert [said(caught(getattr(calls, name), CANARY)) for name in sorted(vars(calls)) if name in CALLS] == [
        CALLS[name] for name in sorted(CALLS)
    ]


CALLS = {
    "helped": "cannot send the <?>",
    "helped_twice": "still no <?>",
    "returned": "a thing called <?>",
    "returned_error": "no <?>",
    "constructed": "<?> is 3 days late",
    "constructed_with": "order <?> is lost: <?> is 9 days late",
    "defaults": "nothing was said: <?>",
    "method": "service <?> is down; try again",
}


def test_where_it_was_raised_does_not_matter(app, said):
    """Tasks, threads and pools hand exceptions on; what they say is the same."""

    async def tasks() -> None:
        await asyncio.gather(asyncio.create_task(app.waited(CANARY)))

    def pool() -> None:
        with ThreadPoolExecutor(1) as workers:
            workers.submit(app.percent, CANARY, NUMBER).result()

    found: list[BaseException] = []
    thread = threading.Thread(target=lambda: found.append(caught(app.plus, CANARY, NUMBER)))
    thread.start()
    thread.join()

    assert said(caught(asyncio.run, tasks())) == "waited for <?>"
    assert said(caught(pool)) == "order <?> of <int>"
    assert said(found[0]) == "order of <?> failed"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="notes came with Python 3.11")
def test_notes_are_said_as_code_made_them(app, said):
    """A note that code made is said like a message; one that came from elsewhere is left out."""
    exc = caught(app.noted, CANARY)
    exc.add_note(f"from outside: {CANARY}")

    assert said(exc) == "it broke\nat <?>"


def test_a_value_that_equals_a_constant_is_a_value(world, said):
    """A constant that is compared, or a key, or passed elsewhere, is no template of the message."""
    world.write(
        f"app/{world.own}/health.py",
        """
NAMES = {"hiv positive": 1}

def compared(value):
    if value == "hiv positive":
        raise ValueError(value)
    raise ValueError(value)

def looked_up(value):
    NAMES[value]
    raise ValueError(value)

def honest(value):
    raise ValueError("hiv positive")
""",
    )
    health = world.module(f"{world.own}.health")
    value = "hiv positive"

    assert [said(caught(one, value)) for one in (health.compared, health.looked_up)] == ["<?>", "<?>"]
    assert said(caught(health.honest, value)) == "hiv positive"


def test_messages_of_python_are_said_with_the_names_the_code_uses(world, said):
    """What Python itself raises keeps its words, and a name where the failing instruction has it."""
    world.write(
        f"app/{world.own}/slips.py",
        """
def attribute(thing):
    thing.colour

def by_name(thing, name):
    getattr(thing, name)

def item(things):
    things[7731]

def number(text):
    int(text)

def added(thing):
    1 + thing

def thrown(error):
    def waiting():
        yield 1
    generator = waiting()
    next(generator)
    generator.throw(error)
""",
    )
    slips = world.module(f"{world.own}.slips")
    theirs = TypeError("unsupported operand type(s) for +: 'int' and 'str'")

    assert said(caught(slips.attribute, 5)) == "'int' object has no attribute 'colour'"
    assert said(caught(slips.by_name, 5, CANARY)) == "'int' object has no attribute '<?>'"
    assert said(caught(slips.item, [])) == "list index out of range"
    assert said(caught(slips.number, CANARY)) == "invalid literal for int() with base <int>: <?>"
    assert said(caught(slips.added, CANARY)) == "unsupported operand type(s) for +: 'int' and 'str'"
    assert said(caught(slips.thrown, theirs)) == "<?>"
    assert said(caught(json.loads, "{" + CANARY)).startswith("Expecting property name enclosed in double quotes: line")


def test_names_that_a_value_equals_are_values(world, said):
    """An attribute asked for by a value, and a keyword made of one, go, though the code has such names elsewhere."""
    world.write(
        f"app/{world.own}/named.py",
        """
def by_name(thing, name):
    getattr(thing, name)
    thing.colour

def by_keyword(name):
    with_colour(**{name: 1})
    with_colour(colour=1)

def with_colour(size=0):
    return size
""",
    )
    named = world.module(f"{world.own}.named")

    for value in ("colour", CANARY, "a.b"):
        assert said(caught(named.by_name, 5, value)) == "'int' object has no attribute '<?>'"
    for value in ("colour", CANARY):
        made = said(caught(named.by_keyword, value))
        assert made.endswith("got an unexpected keyword argument '<?>'")


def test_files_are_paths_and_the_system_says_why(said):
    """An error of the operating system says its number, its text and that there was a path."""
    assert said(caught(open, f"/nowhere/{CANARY}")) == "[Errno 2] No such file or directory: <path>"


class Listener(logging.Handler):
    """Asks for the skeleton of each record where it is logged, as the hooks do."""

    def __init__(self, packages) -> None:
        super().__init__()
        self.packages, self.made = packages, []

    def emit(self, record) -> None:
        self.made.append(message(record.getMessage(), sys._getframe(1), self.packages))


LOGS = """
import logging
log = logging.getLogger("frob.logs")
TEXT = "kept %s"

def plainly(name):
    log.error("cannot reach %s", name)

def f_string(name):
    log.warning(f"{name} is slow")

def constant(name):
    log.error("nothing works")

def by_level(name):
    log.log(logging.ERROR, "lost %s of %d", name, 3)

def kept(name):
    log.error(TEXT, name)

def value(name):
    log.error(name)

def template_of_a_value(name):
    log.error(name + ": %s", 3)

def helper(text, *args):
    log.error(text, *args)

def helped(name):
    helper("helped to %s", name)

def named(name):
    log.error(msg="named only")
"""


RECORDS = {
    "plainly": "cannot reach <?>",
    "f_string": "<?> is slow",
    "constant": "nothing works",
    "by_level": "lost <?> of <int>",
    "kept": "kept <?>",
    "value": "<?>",
    "template_of_a_value": "<?>",
    "helped": "helped to <?>",
    "named": "named only",
}


@pytest.mark.parametrize("name", RECORDS)
def test_log_records_are_said_as_the_call_says_them(world, name):
    """Without an exception the call that sent the message is read; what came in from elsewhere is a value."""
    world.write(f"app/{world.own}/logs.py", LOGS)
    logs = world.module(f"{world.own}.logs")
    listener = Listener(world.packages())
    logs.log.addHandler(listener)
    logs.log.propagate = False
    try:
        getattr(logs, name)(CANARY)
    finally:
        logs.log.removeHandler(listener)

    assert listener.made == [RECORDS[name]]


def test_a_module_that_calls_itself_logging_carries_nothing(world):
    """A plug-in that takes the name of a carrier is not looked through: its caller's constants are not its message."""
    world.write(f"app/{world.own}/runs.py", "def run(plugin):\n    plugin('hiv positive')\n")
    runs = world.module(f"{world.own}.runs")
    packages, found = world.packages(), []
    source = "def send(text):\n    import sys\n    found.append(message('hiv positive', sys._getframe(), packages))\n"
    plugin = {"__name__": "logging", "found": found, "message": message, "packages": packages}
    exec(source, plugin)

    runs.run(plugin["send"])

    assert found == ["<?>"]


def test_the_public_function_takes_packages(world, app):
    """With what may be named the skeleton, without it none: this test's own package is not the app's."""
    exc = caught(app.percent, CANARY, NUMBER)

    assert scrubbing.skeleton(exc, world.packages()) == "order <?> of <int>"
    assert scrubbing.skeleton(exc) == "<?>"
    assert scrubbing.skeleton(caught(json.loads, "{")) != "<?>"


def test_answers_kept_are_bounded(world, said):
    """A program that makes classes for ever keeps no answer for each."""
    world.write(
        f"app/{world.own}/classes.py",
        "def fail(name):\n    raise type(name, (ValueError,), {})(name)\n",
    )
    module = world.module(f"{world.own}.classes")
    packages = world.packages()

    for number in range(2 * MAX_KEPT):
        assert read_skeleton(caught(module.fail, f"{CANARY}{number}"), packages) == "<?>"

    assert len(packages.memory) <= MAX_KEPT + 2
