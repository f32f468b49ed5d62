"""Errors the app defines: with fields, with texts of their own, grouped and chained."""

from __future__ import annotations

import dataclasses
import enum
import functools
import sys


class FrobError(Exception):
    """Base of all errors of the app."""


class MissingField(FrobError):
    def __init__(self, field):
        super().__init__(f"the field {field} is missing")
        self.field = field


class WrongType(FrobError):
    def __init__(self, field, value):
        self.field, self.value = field, value
        super().__init__("field %s cannot be a %s" % (field, type(value).__name__))


class Rejected(FrobError):
    def __init__(self, name, reason="no reason was given"):
        self.name = name
        self.reason = reason

    def __str__(self):
        return f"{self.name} was rejected: {self.reason}"


class Timeout(FrobError):
    message = "no answer in time"

    def __str__(self):
        return self.message


class Conflict(FrobError):
    template = "{key} is in conflict with {other}"

    def __init__(self, **values):
        super().__init__(self.template.format(**values))


class Retry(FrobError):
    def __init__(self, seconds, *arguments):
        self.seconds = seconds
        super().__init__(*arguments)

    @property
    def advice(self):
        return f"try again in {self.seconds} seconds"

    def __str__(self):
        return self.advice


class Unknown(KeyError):
    def __str__(self):
        return f"nobody knows the key {self.args[0]}"


class UnknownPlace(LookupError):
    pass


class NotReady(FrobError, RuntimeError):
    def __init__(self, what):
        RuntimeError.__init__(self, f"{what} is not ready")


class Layered(MissingField):
    def __init__(self, field, layer):
        super().__init__(f"{layer}.{field}")
        self.layer = layer


class Coded(FrobError):
    code = 17

    def __init__(self, text):
        super().__init__(f"[E{self.code}] {text}")


class Silent(FrobError):
    def __init__(self, name):
        self.name = name


class Described(FrobError):
    def __init__(self, path):
        self.path = path

    def describe(self):
        return f"cannot describe {self.path}"

    def __str__(self):
        return self.describe() + " any further"


@dataclasses.dataclass
class Mismatch(Exception):
    expected: str
    found: str

    def __str__(self):
        return f"expected {self.expected}, found {self.found}"


@dataclasses.dataclass
class Bare(Exception):
    name: str


@dataclasses.dataclass
class Unequal(Exception):
    left: int
    right: str

    def __post_init__(self):
        super().__init__(f"{self.left} does not equal {self.right}")


class Problem(enum.Enum):
    FULL = "the disk is full"
    GONE = "the disk is gone"


class Outer:
    class Inner(Exception):
        pass

    class Deep:
        class Deeper(Exception):
            def __init__(self, who):
                super().__init__(f"{who} went too deep")


def build(name):
    return f"cannot build {name}"


def located(path, text):
    return f"{path}: {text}"


def fail(message, kind=FrobError):
    raise kind(message)


def fail_with(template, *values):
    raise FrobError(template % values)


def make(number):
    return FrobError(f"number {number} was drawn already")


def logged(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        try:
            return function(*arguments)
        except FrobError:
            raise

    return wrapper


@logged
def decorated(name):
    raise FrobError(f"decorated function refused {name}")


def message_of_the_class(v):
    # -> the field <?> is missing
    raise MissingField(v.key)


def message_of_the_class_with_a_type(v):
    # -> field <?> cannot be a <?>
    raise WrongType(v.key, v.number)


def text_of_the_class(v):
    # -> <?> was rejected: <?>
    raise Rejected(v.name, v.sentence)


def text_of_the_class_with_its_default(v):
    # -> <?> was rejected: no reason was given
    raise Rejected(v.name)


def text_of_the_class_with_a_constant(v):
    # -> <?> was rejected: the form was not signed
    raise Rejected(v.name, reason="the form was not signed")


def text_that_is_an_attribute(v):
    # -> no answer in time
    raise Timeout(v.host)


def template_of_the_class(v):
    # -> <?> is in conflict with <?>
    raise Conflict(key=v.key, other=v.word)


def text_that_is_a_property(v):
    # -> try again in <?> seconds
    raise Retry(v.number, v.word)


def key_error_with_a_text(v):
    # -> nobody knows the key <?>
    raise Unknown(v.key)


def key_error_with_a_message(v):
    # -> 'no key <?> in this table'
    raise KeyError(f"no key {v.key} in this table")


def lookup_error_with_a_message(v):
    # -> no place is called <?>
    raise UnknownPlace(f"no place is called {v.word}")


def two_bases(v):
    # -> <?> is not ready
    raise NotReady(v.word)


def base_class_makes_the_message(v):
    # -> the field <?>.<?> is missing
    raise Layered(v.key, v.word)


def code_of_the_class(v):
    # -> [E<?>] cannot open <?> now
    raise Coded(f"cannot open {v.path} now")


def class_without_a_text(v):
    # -> <?>
    raise Silent(v.name)


def text_by_a_method(v):
    # -> cannot describe <?> any further
    raise Described(v.path)


def dataclass_with_a_text(v):
    # -> expected <?>, found <?>
    raise Mismatch(v.word, v.key)


def dataclass_without_a_text(v):
    # -> <?>
    raise Bare(v.name)


def dataclass_after_init(v):
    # -> <?> does not equal <?>
    raise Unequal(v.number, v.word)


def message_of_an_enumeration(v):
    # -> the disk is full
    raise OSError(Problem.FULL.value)


def nested_class(v):
    # -> nothing is known of <?>
    raise Outer.Inner(f"nothing is known of {v.word}")


def nested_class_with_a_message(v):
    # -> <?> went too deep
    raise Outer.Deep.Deeper(v.name)


def local_class(v):
    # -> a local problem with <?>
    class Local(Exception):
        pass

    raise Local(f"a local problem with {v.word}")


def helper_makes_the_message(v):
    # -> cannot build <?>
    raise FrobError(build(v.word))


def helper_is_given_the_text(v):
    # -> <?>: file is too old
    raise FrobError(located(v.path, "file is too old"))


def helper_raises(v):
    # -> helper was told of <?>
    fail(f"helper was told of {v.name}")


def helper_raises_another_kind(v):
    # -> helper was told of <?>
    fail(f"helper was told of {v.name}", kind=UnknownPlace)


def helper_is_given_a_template(v):
    # -> <?> is no match for <?>
    fail_with("%s is no match for %s", v.word, v.key)


def helper_makes_the_error(v):
    # -> number <?> was drawn already
    raise make(v.number)


def helper_is_a_lambda(v):
    # -> <?> is not on the list
    message = lambda name: f"{name} is not on the list"
    raise FrobError(message(v.name))


def helper_is_a_closure(v):
    # -> <?> ended in <?>
    def ended(where):
        raise FrobError(f"{v.word} ended in {where}")

    ended(v.host)


def helper_is_decorated(v):
    # -> decorated function refused <?>
    decorated(v.name)


def raised_from_another(v):
    # -> cannot read settings of <?>
    try:
        int(v.word)
    except ValueError as error:
        raise FrobError(f"cannot read settings of {v.name}") from error


def raised_from_nothing(v):
    # -> cannot read settings of <?>
    try:
        int(v.word)
    except ValueError:
        raise FrobError(f"cannot read settings of {v.name}") from None


def raised_while_handling(v):
    # -> settings are broken
    try:
        {}[v.key]
    except KeyError:
        raise FrobError("settings are broken")


def raised_again(v):
    # -> invalid literal for int() with base <?>: <?>
    try:
        int(v.word)
    except ValueError:
        raise


def raised_again_by_name(v):
    # -> the field <?> is missing
    try:
        raise MissingField(v.key)
    except FrobError as error:
        raise error


def raised_again_with_more(v):
    # -> while reading <?>: <?>
    try:
        int(v.word)
    except ValueError as error:
        raise FrobError(f"while reading {v.path}: {error}") from error


def raised_again_with_its_text(v):
    # -> settings: <?>
    try:
        raise MissingField(v.key)
    except FrobError as error:
        raise FrobError("settings: " + str(error))


def raised_in_finally(v):
    # -> cleaning up after <?> failed
    try:
        raise MissingField(v.key)
    finally:
        raise FrobError(f"cleaning up after {v.word} failed")


def raised_after_others(v):
    # -> attempt <?> failed for <?>
    last = None
    for attempt in range(3):
        try:
            raise FrobError(f"attempt {attempt} failed for {v.host}")
        except FrobError as error:
            last = error
    raise last


def raised_in_a_comprehension(v):
    # -> item <?> is not allowed
    def check(item):
        raise FrobError(f"item {item} is not allowed")

    return [check(item) for item in (v.word, v.key)]


def raised_in_a_generator(v):
    # -> line <?> is not readable
    def lines():
        yield 1
        raise FrobError(f"line {v.number} is not readable")

    return list(lines())


def raised_by_a_property(v):
    # -> the size of <?> is not known yet
    class Box:
        @property
        def size(self):
            raise FrobError(f"the size of {v.word} is not known yet")

    return Box().size


def raised_by_an_operator(v):
    # -> cannot add <?> to a box
    class Box:
        def __add__(self, other):
            raise TypeError(f"cannot add {other!r} to a box")

    return Box() + v.word


def raised_by_a_context(v):
    # -> lock of <?> was not released
    class Lock:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            raise FrobError(f"lock of {v.name} was not released")

    with Lock():
        pass


def raised_by_recursion(v):
    # -> depth <?> reached by <?>
    def down(left):
        if not left:
            raise FrobError(f"depth {left} reached by {v.word}")
        down(left - 1)

    down(20)


def ended_by_the_app(v):
    # -> frobapp: no such user: <?>
    sys.exit(f"frobapp: no such user: {v.name}")


def ended_by_a_number(v):
    # -> <?>
    raise SystemExit(v.number)


def os_error_of_the_app(v):
    # -> [Errno <?>] cannot lock: <?>
    raise OSError(11, "cannot lock", v.path)


def unicode_error_of_the_app(v):
    # -> <?> codec can't decode byte <?> in position <?>: the file is not ours
    raise UnicodeDecodeError("ascii", v.word.encode(), 0, 1, "the file is not ours")
