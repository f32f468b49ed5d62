"""Programs, networks, databases, threads, objects: what an app is made of."""

from __future__ import annotations

import abc
import argparse
import asyncio
import cmd
import concurrent.futures
import contextlib
import contextvars
import copy
import ctypes
import dataclasses
import enum
import ftplib
import functools
import getopt
import hashlib
import hmac
import http.client
import http.cookies
import importlib
import importlib.metadata
import importlib.resources
import inspect
import io
import logging
import logging.config
import logging.handlers
import multiprocessing
import os
import queue
import selectors
import signal
import smtplib
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import types
import typing
import urllib.parse
import urllib.request
import weakref
import wsgiref.headers


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


def parser():
    made = argparse.ArgumentParser("frobapp", exit_on_error=False)
    made.add_argument("--size", type=int)
    made.add_argument("--level", choices=["low", "high"])
    return made


def option_that_is_no_number(v):
    # -> argument <?>: invalid <?> value: <?>
    parser().parse_args(["--size", v.word])


def option_that_is_no_choice(v):
    # -> argument <?>: invalid choice: <?> (choose from <?>)
    parser().parse_args(["--level", v.word])


def option_defined_twice(v):
    # -> argument <?>: conflicting option string: <?>
    parser().add_argument("--size", help=v.sentence)


def option_of_no_type(v):
    # -> <?> is not callable
    parser().add_argument("--name", type=v.word)


def option_of_no_action(v):
    # -> unknown action "<?>"
    parser().add_argument("--name", action=v.word)


def positional_with_a_flag(v):
    # -> invalid option string <?>: must start with a character <?>
    parser().add_argument(v.word, "--name")


def option_getopt_does_not_know(v):
    # -> option --<?> not recognized
    getopt.getopt([f"--{v.word}"], "s:", ["size="])


def option_getopt_needs_a_value_for(v):
    # -> option --<?> requires argument
    getopt.getopt(["--size"], "s:", ["size="])


def short_option_getopt_does_not_know(v):
    # -> option -<?> not recognized
    getopt.getopt(["-z", v.word], "s:")


def command_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    subprocess.run([v.path, v.word], check=True)


def command_that_fails(v):
    # -> Command '<?>' returned non-zero exit status <?>.
    subprocess.run([sys.executable, "-c", "raise SystemExit(3)", v.secret], check=True)


def command_that_takes_too_long(v):
    # -> Command '<?>' timed out after <?> seconds
    subprocess.run([sys.executable, "-c", "import time; time.sleep(9)", v.secret], timeout=0.01)


def command_in_a_missing_directory(v):
    # -> [Errno <?>] No such file or directory: <?>
    subprocess.run([sys.executable], cwd=v.home / v.word)


def command_with_a_number(v):
    # -> expected str, bytes or os.PathLike object, not <?>
    subprocess.run([sys.executable, v.number])


def command_with_output_twice(v):
    # -> stdout and stderr arguments may not be used with capture_output.
    subprocess.run([v.path], capture_output=True, stdout=subprocess.PIPE)


def command_line_without_a_prompt(v):
    # -> <?> object has no attribute <?>
    cmd.Cmd().onecmd(f"help {v.word}") or getattr(cmd.Cmd(), v.key)


def connection_that_is_refused(v):
    # -> [Errno <?>] Connection refused
    socket.create_connection(("127.0.0.1", 9))


def connection_that_is_refused_for_a_page(v):
    # -> <urlopen error [Errno <?>] Connection refused>
    urllib.request.urlopen(f"http://127.0.0.1:9/{v.word}")


def connection_that_is_refused_for_mail(v):
    # -> [Errno <?>] Connection refused
    smtplib.SMTP("127.0.0.1", 9)


def connection_that_is_refused_for_files(v):
    # -> [Errno <?>] Connection refused
    ftplib.FTP().connect("127.0.0.1", 9, timeout=v.number)


def port_out_of_range(v):
    # -> bind(): port must be 0-65535.
    with socket.socket() as made:
        made.bind(("127.0.0.1", v.number))


def port_of_an_unknown_service(v):
    # -> service/proto not found
    socket.getservbyname(v.word)


def address_that_is_none(v):
    # -> illegal IP address string passed to inet_aton
    socket.inet_aton(v.host)


def address_of_an_unknown_family(v):
    # -> [Errno <?>] Address family not supported by protocol
    socket.inet_pton(v.number, v.host)


def socket_that_is_closed(v):
    # -> [Errno <?>] Bad file descriptor
    with socket.socket() as made:
        pass
    made.send(v.word.encode())


def socket_that_is_not_connected(v):
    # -> [Errno <?>] Broken pipe
    with socket.socket() as made:
        made.send(v.word.encode())


def text_sent_to_a_socket(v):
    # -> a bytes-like object is required, not <?>
    with socket.socket() as made:
        made.send(v.word)


def address_of_no_scheme(v):
    # -> unknown url type: <?>
    urllib.request.urlopen(v.host)


def address_of_an_unknown_scheme(v):
    # -> <urlopen error unknown url type: <?>>
    urllib.request.urlopen(f"{v.word}://{v.host}/")


def address_with_a_bad_port(v):
    # -> Port could not be cast to integer value as <?>
    return urllib.parse.urlsplit(f"http://127.0.0.1:{v.word}/").port


def address_with_an_open_bracket(v):
    # -> Invalid IPv6 URL
    return urllib.parse.urlsplit(f"http://[{v.word}/")


def address_with_a_space(v):
    # -> URL can't contain control characters. <?> (found at least <?>)
    http.client.HTTPConnection("127.0.0.1", 9).putrequest("GET", f"/{v.sentence}")


def host_with_a_bad_port(v):
    # -> nonnumeric port: <?>
    http.client.HTTPConnection(f"127.0.0.1:{v.word}")


def header_with_a_line_break(v):
    # -> Invalid header value <?>
    connection = http.client.HTTPConnection("127.0.0.1", 9)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("X-Name", f"{v.word}\n{v.word}")


def header_with_a_bad_name(v):
    # -> Invalid header name <?>
    connection = http.client.HTTPConnection("127.0.0.1", 9)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader(f"X {v.word}\n", v.word)


def answer_before_a_question(v):
    # -> <?>
    http.client.HTTPConnection(v.host).getresponse()


def answer_that_is_none(v):
    # -> <?>
    class Socket:
        def makefile(self, mode):
            return io.BytesIO(v.sentence.encode() + b"\r\n")

    http.client.HTTPResponse(Socket()).begin()


def status_that_is_none(v):
    # -> <?>
    class Socket:
        def makefile(self, mode):
            return io.BytesIO(b"HTTP/1.1 %s\r\n" % v.word.encode())

    http.client.HTTPResponse(Socket()).begin()


def cookie_with_a_bad_name(v):
    # -> Illegal key <?>
    http.cookies.SimpleCookie()[f"{v.word};"] = v.secret


def query_with_too_many_fields(v):
    # -> Max number of fields exceeded
    return urllib.parse.parse_qs(f"{v.key}=1&{v.word}=2", max_num_fields=1)


def query_read_strictly(v):
    # -> bad query field: <?>
    return urllib.parse.parse_qs(v.word, strict_parsing=True)


def headers_of_no_list(v):
    # -> Headers must be a list of name/value tuples
    wsgiref.headers.Headers({v.key: v.word})


def certificates_that_are_not_there(v):
    # -> [Errno <?>] No such file or directory
    ssl.create_default_context(cafile=v.path)


def certificate_that_is_none(v):
    # -> [SSL] PEM lib (_ssl.c:<?>)
    path = v.home / v.word
    path.write_text(v.secret)
    ssl.create_default_context().load_cert_chain(path)


def ciphers_nobody_knows(v):
    # -> ('No cipher can be selected.',)
    ssl.create_default_context().set_ciphers(v.word)


def handshake_with_text(v):
    # -> Invalid PEM encoding; must start with -----BEGIN CERTIFICATE-----
    ssl.PEM_cert_to_DER_cert(v.sentence)


def table_that_is_missing(v):
    # -> no such table: <?>
    sqlite3.connect(":memory:").execute(f"SELECT * FROM {v.key}")


def column_that_is_missing(v):
    # -> no such column: <?>
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE users (name TEXT UNIQUE NOT NULL)")
    connection.execute(f"SELECT {v.key} FROM users")


def statement_with_a_mistake(v):
    # -> near "<?>": syntax error
    sqlite3.connect(":memory:").execute(f"SELEC {v.key}")


def name_taken_twice(v):
    # -> UNIQUE constraint failed: <?>
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE users (name TEXT UNIQUE NOT NULL)")
    connection.executemany("INSERT INTO users VALUES (?)", [(v.name,), (v.name,)])


def parameters_that_are_too_few(v):
    # -> Incorrect number of bindings supplied. The current statement uses <?>, and there are <?> supplied.
    sqlite3.connect(":memory:").execute("SELECT ?, ?", (v.name,))


def parameter_that_is_missing(v):
    # -> You did not supply a value for binding parameter :<?>.
    # -> You did not supply a value for binding <?>.
    sqlite3.connect(":memory:").execute("SELECT :name", {v.key: v.name})


def database_that_cannot_be_opened(v):
    # -> unable to open database file
    sqlite3.connect(v.path)


def database_that_is_closed(v):
    # -> Cannot operate on a closed database.
    connection = sqlite3.connect(":memory:")
    connection.close()
    connection.execute("SELECT ?", (v.name,))


def database_that_is_none(v):
    # -> file is not a database
    path = v.home / v.word
    path.write_text(v.sentence * 100)
    sqlite3.connect(path).execute("SELECT * FROM users")


def statements_at_once(v):
    # -> You can only execute one statement at a time.
    sqlite3.connect(":memory:").execute(f"SELECT 1; SELECT '{v.word}'")


def number_too_large_for_a_database(v):
    # -> Python int too large to convert to SQLite INTEGER
    sqlite3.connect(":memory:").execute("SELECT ?", (v.number**9,))


def column_a_row_has_not(v):
    # -> No item with that key
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    return connection.execute("SELECT 1 AS size").fetchone()[v.key]


def function_of_a_database_that_fails(v):
    # -> user-defined function raised exception
    connection = sqlite3.connect(":memory:")
    connection.create_function("fail", 0, lambda: int(v.word))
    connection.execute("SELECT fail()")


def task_that_is_cancelled(v):
    # -> <?>
    async def main():
        task = asyncio.ensure_future(asyncio.sleep(9))
        await asyncio.sleep(0)
        task.cancel(v.word)
        await task

    asyncio.run(main())


def task_that_takes_too_long(v):
    # -> <?>
    asyncio.run(asyncio.wait_for(asyncio.sleep(v.number), 0.001))


def loop_within_a_loop(v):
    # -> asyncio.run() cannot be called from a running event loop
    async def main():
        coroutine = asyncio.sleep(0, v.word)
        try:
            asyncio.run(coroutine)
        finally:
            coroutine.close()

    asyncio.run(main())


def coroutine_that_is_none(v):
    # -> a coroutine was expected, got <?>
    asyncio.run(v.word)


def result_that_is_not_there(v):
    # -> Result is not set.
    async def main():
        return asyncio.get_running_loop().create_future().result()

    asyncio.run(main())


def stream_that_ends_early(v):
    # -> <?> bytes read on a total of <?> expected bytes
    async def main():
        reader = asyncio.StreamReader()
        reader.feed_data(v.word.encode())
        reader.feed_eof()
        await reader.readexactly(99)

    asyncio.run(main())


def line_that_is_too_long(v):
    # -> Separator is not found, and chunk exceed the limit
    async def main():
        reader = asyncio.StreamReader(limit=5)
        reader.feed_data(v.sentence.encode())
        await reader.readuntil()

    asyncio.run(main())


def program_of_a_task_that_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?>
    async def main():
        await asyncio.create_subprocess_exec(v.path, v.word)

    asyncio.run(main())


def connection_of_a_task_that_is_refused(v):
    # -> [Errno <?>] Connect call failed <?>
    asyncio.run(asyncio.open_connection("127.0.0.1", 9))


def pool_without_workers(v):
    # -> max_workers must be greater than 0
    concurrent.futures.ThreadPoolExecutor(-v.number)


def pool_that_is_shut(v):
    # -> cannot schedule new futures after shutdown
    pool = concurrent.futures.ThreadPoolExecutor(1)
    pool.shutdown()
    pool.submit(print, v.word)


def result_that_takes_too_long(v):
    # -> <?>
    concurrent.futures.Future().result(timeout=0.001)


def result_that_is_set_twice(v):
    # -> <?>: <?>
    future = concurrent.futures.Future()
    future.set_result(v.word)
    future.set_result(v.key)


def thread_started_twice(v):
    # -> threads can only be started once
    thread = threading.Thread(target=str, args=(v.word,))
    thread.start()
    thread.start()


def lock_released_twice(v):
    # -> cannot release un-acquired lock
    threading.RLock().release()


def semaphore_below_nothing(v):
    # -> semaphore initial value must be >= 0
    threading.Semaphore(-v.number)


def barrier_that_is_broken(v):
    # -> <?>
    barrier = threading.Barrier(2)
    barrier.abort()
    barrier.wait()


def queue_that_is_empty(v):
    # -> <?>
    queue.Queue().get_nowait()


def queue_that_is_done_too_often(v):
    # -> task_done() called too many times
    queue.Queue().task_done()


def context_without_a_value(v):
    # -> <?>
    contextvars.ContextVar(v.key).get()


def start_method_nobody_knows(v):
    # -> cannot find context for <?>
    multiprocessing.get_context(v.word)


def signal_nobody_knows(v):
    # -> signal number out of range
    signal.signal(v.number, signal.SIG_DFL)


def selector_of_a_bad_file(v):
    # -> Invalid file object: <?>
    with selectors.DefaultSelector() as selector:
        selector.register(v.word, selectors.EVENT_READ)


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
