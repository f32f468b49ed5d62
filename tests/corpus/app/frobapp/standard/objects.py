"""Modules, logging, classes, types, streams: what an app is made of."""

from __future__ import annotations

import abc
import contextlib
import copy
import ctypes
import dataclasses
import enum
import functools
import hashlib
import hmac
import importlib
import importlib.metadata
import importlib.resources
import inspect
import io
import logging
import logging.config
import logging.handlers
import os
import sys
import threading
import types
import typing
import weakref


class Color(enum.Enum):
    RED = 1


class Flag(enum.IntFlag):
    READ = 1


class Plan(abc.ABC):
    @abc.abstractmethod
    def work(self):
        pass


@dataclasses.dataclass(frozen=True)
class Fixed:
    name: str


@dataclasses.dataclass(order=True)
class Item:
    name: str


def environment_without_a_variable(v):
    # -> <?>
    return os.environ[v.key]


def environment_with_a_number(v):
    # -> <?> expected, not <?>
    os.environ[v.key] = v.number


def process_nobody_runs(v):
    # -> [Errno <?>] No such process
    os.kill(2**22 + 1, 0)


def file_number_nobody_has(v):
    # -> [Errno <?>] Bad file descriptor
    os.fstat(v.number)


def logging_without_a_version(v):
    # -> dictionary doesn't specify a version
    logging.config.dictConfig({v.key: v.word})


def logging_with_an_unknown_handler(v):
    # -> Unable to configure root logger
    logging.config.dictConfig({"version": 1, "root": {"handlers": [v.word]}})


def logging_with_an_unknown_class(v):
    # -> Unable to configure handler <?>
    logging.config.dictConfig({"version": 1, "handlers": {v.key: {"class": f"logging.{v.word}"}}})


def logging_with_an_unknown_level(v):
    # -> Unknown level: <?>
    logging.getLogger("frobapp").setLevel(v.word)


def logging_in_an_unknown_style(v):
    # -> Style must be one of: %,{,$
    logging.Formatter("%(message)s", style=v.word)


def logging_in_a_bad_format(v):
    # -> Invalid format <?> for '%' style
    logging.Formatter(v.sentence)


def logging_to_a_missing_directory(v):
    # -> [Errno <?>] No such file or directory: <?>
    logging.handlers.RotatingFileHandler(v.home / v.word / "frob.log")


def logging_twice_configured(v):
    # -> 'stream' and 'filename' should not be specified together
    logging.basicConfig(stream=sys.stderr, filename=v.path)


def module_that_is_missing(v):
    # -> No module named <?>
    importlib.import_module(f"{v.word}.{v.key}")


def module_relative_to_nothing(v):
    # -> the 'package' argument is required to perform a relative import for <?>
    importlib.import_module(f".{v.word}")


def module_below_a_module(v):
    # -> No module named <?>
    importlib.import_module(f"json.{v.word}")


def module_loaded_again_that_is_none(v):
    # -> reload() argument must be a module
    importlib.reload(v.word)


def distribution_nobody_installed(v):
    # -> No package metadata was found for <?>
    importlib.metadata.version(v.word)


def resource_that_is_missing(v):
    # -> [Errno <?>] No such file or directory: <?>
    return importlib.resources.files("frobapp").joinpath(v.word).read_text()


def source_of_a_builtin(v):
    # -> module, class, method, function, traceback, frame, or code object was expected, got <?>
    return inspect.getsource(len)


def signature_of_a_number(v):
    # -> <?> is not a callable object
    return inspect.signature(v.number)


def signature_without_an_argument(v):
    # -> missing a required argument: <?>
    return inspect.signature(parser_of).bind(v.word)


def parser_of(name, size):
    return name, size


def digest_nobody_knows(v):
    # -> unsupported hash type <?>
    hashlib.new(v.word)


def digest_of_a_text(v):
    # -> Strings must be encoded before hashing
    hashlib.sha256(v.secret)


def signature_of_a_text(v):
    # -> unsupported hash type <?>
    # -> [digital envelope routines] unsupported
    hmac.new(v.secret.encode(), v.word.encode(), v.key)


def signatures_of_unlike_kinds(v):
    # -> a bytes-like object is required, not <?>
    hmac.compare_digest(v.secret, v.secret.encode())


def color_nobody_has(v):
    # -> <?> is not a valid <?>
    Color(v.word)


def color_without_a_name(v):
    # -> <?>
    return Color[v.word]


def color_that_cannot_change(v):
    # -> <?> cannot set attribute <?>
    # -> can't set attribute
    Color.RED.value = v.number


def colors_that_grow(v):
    # -> <?> cannot extend <?>
    enum.Enum("More", {v.key: 1}, type=Color)


def plan_without_work(v):
    # -> Can't instantiate abstract class <?> with abstract method <?>
    # -> Can't instantiate abstract class <?> without an implementation for abstract method <?>
    Plan()


def fixed_name(v):
    # -> cannot assign to field <?>
    Fixed(v.word).name = v.key


def item_without_a_name(v):
    # -> <?>() missing <?> required positional argument: <?>
    Item()


def items_replaced_wrongly(v):
    # -> <?>() got an unexpected keyword argument <?>
    dataclasses.replace(Item(v.word), **{v.key: v.number})


def fields_of_a_word(v):
    # -> must be called with a dataclass type or instance
    dataclasses.fields(v.word)


def dataclass_with_a_mutable_default(v):
    # -> mutable default <?> for field <?> is not allowed: use default_factory
    dataclasses.make_dataclass("Made", [("names", list, [v.word])])


def dataclass_with_a_bad_name(v):
    # -> Field names must be valid identifiers: <?>
    dataclasses.make_dataclass("Made", [f"{v.word}!"])


def type_nobody_can_use(v):
    # -> name <?> is not defined
    typing.get_type_hints(types.SimpleNamespace(__annotations__={v.key: v.word}))


def type_of_two_parameters(v):
    # -> Too many arguments for <?>; actual <?>, expected <?>
    # -> Parameters to generic types must be types. Got <?>.
    return typing.Dict[str, int, v.number]


def type_checked_at_run_time(v):
    # -> Subscripted generics cannot be used with class and instance checks
    return isinstance(v.word, typing.List[str])


def union_of_nothing(v):
    # -> typing.Optional requires a single type. Got <?>.
    # -> <?> requires a single type. Got <?>.
    return typing.Optional[v.word, v.key]


def new_type_of_no_name(v):
    # -> <?>() takes <?> positional arguments but <?> were given
    # -> field <?> annotation must be a type Got <?>.
    return typing.NamedTuple("Point", [(v.word, 1)])(v.number, 2)


def property_without_a_setter(v):
    # -> property <?> of <?> object has no setter
    # -> can't set attribute <?>
    class Box:
        @property
        def size(self):
            return v.number

    Box().size = v.word


def slots_without_a_name(v):
    # -> <?> object has no attribute <?>
    class Box:
        __slots__ = ("size",)

    setattr(Box(), v.key, v.word)


def context_used_twice(v):
    # -> <?> object has no attribute <?>
    # -> <?>
    @contextlib.contextmanager
    def once():
        yield v.word

    context = once()
    with context:
        pass
    with context:
        pass


def context_that_yields_nothing(v):
    # -> generator didn't yield
    @contextlib.contextmanager
    def nothing():
        if v.number < 0:
            yield

    with nothing():
        pass


def reduction_of_nothing(v):
    # -> reduce() of empty iterable with no initial value
    functools.reduce(max, v.word[:0])


def dispatch_without_an_argument(v):
    # -> <?> requires at least 1 positional argument
    functools.singledispatch(lambda value: value)()


def dispatch_for_no_class(v):
    # -> Invalid first argument to `register()`. <?> is not a class or union type.
    # -> Invalid first argument to `register()`. <?> is not a class.
    functools.singledispatch(lambda value: value).register(v.word, print)


def copy_of_a_lock(v):
    # -> cannot pickle <?> object
    copy.deepcopy({v.key: threading.Lock()})


def weak_reference_to_a_number(v):
    # -> cannot create weak reference to <?> object
    weakref.ref(v.number)


def library_that_is_missing(v):
    # -> <?>: cannot open shared object file: No such file or directory
    ctypes.CDLL(v.path)


def foreign_argument_that_is_wrong(v):
    # -> <?> object cannot be interpreted as an integer
    # -> an integer is required (got type <?>)
    ctypes.c_int(v.word)


def stream_that_cannot_be_read(v):
    # -> not readable
    io.TextIOWrapper(io.BufferedWriter(io.BytesIO())).read()


def stream_that_cannot_go_back(v):
    # -> Negative seek position <?>
    io.StringIO(v.word).seek(-v.number)


def iterator_that_ended(v):
    # -> <?>
    return next(iter(v.word[:0]))


def super_of_nothing(v):
    # -> super(type, obj): obj must be an instance or subtype of type
    # -> super(type, obj): obj (instance of <?>) is not an instance or subtype of type (<?>).
    return super(str, v.number).upper()
