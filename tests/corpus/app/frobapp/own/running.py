"""The app at work: tasks, threads, callbacks, parsing, checks."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import functools
import queue
import re
import threading
from typing import NamedTuple


class JobError(Exception):
    pass


class Point(NamedTuple):
    x: int
    y: int


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def error(self, problem):
        return JobError(f"{problem} at {self.at}, near {self.text[self.at : self.at + 8]!r}")

    def expect(self, character):
        if self.text[self.at] != character:
            raise self.error(f"expected {character}")

    def number(self):
        match = re.match(r"\d+", self.text)
        if match is None:
            raise self.error("a number is needed")


class Machine:
    transitions = {"idle": ("busy",), "busy": ("idle", "done")}

    def __init__(self):
        self.state = "idle"

    def go(self, state):
        if state not in self.transitions[self.state]:
            raise JobError(f"cannot go from {self.state} to {state}")


def check_range(name, value, low, high):
    if not low <= value <= high:
        raise ValueError(f"{name} must be between {low} and {high}, not {value}")


def check_kind(value, *kinds):
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise TypeError(f"expected {names}, got {type(value).__name__}: {value!r}")


def require(condition, message, *values):
    if not condition:
        raise JobError(message.format(*values))


async def work(name):
    await asyncio.sleep(0)
    raise JobError(f"task of {name} failed")


def task_that_fails(v):
    # -> task of <?> failed
    asyncio.run(work(v.name))


def tasks_that_fail_together(v):
    # -> task of <?> failed
    async def main():
        await asyncio.gather(work(v.name), work(v.word))

    asyncio.run(main())


def task_that_was_made_before(v):
    # -> task of <?> failed
    async def main():
        task = asyncio.ensure_future(work(v.name))
        await asyncio.sleep(0)
        await task

    asyncio.run(main())


def task_that_takes_too_long(v):
    # -> <?> did not answer in time
    async def main():
        try:
            await asyncio.wait_for(asyncio.sleep(9), 0.001)
        except asyncio.TimeoutError:
            raise JobError(f"{v.host} did not answer in time") from None

    asyncio.run(main())


def error_set_on_a_future(v):
    # -> the future of <?> is bleak
    async def main():
        future = asyncio.get_running_loop().create_future()
        future.set_exception(JobError(f"the future of {v.name} is bleak"))
        await future

    asyncio.run(main())


def asynchronous_generator_that_fails(v):
    # -> chunk <?> is damaged
    async def chunks():
        yield 1
        raise JobError(f"chunk {v.number} is damaged")

    async def main():
        async for _ in chunks():
            pass

    asyncio.run(main())


def asynchronous_context_that_fails(v):
    # -> cannot connect to <?>
    class Connection:
        async def __aenter__(self):
            raise JobError(f"cannot connect to {v.host}")

        async def __aexit__(self, *_):
            pass

    async def main():
        async with Connection():
            pass

    asyncio.run(main())


def thread_of_a_pool(v):
    # -> thread refused <?>
    def job(word):
        raise JobError(f"thread refused {word}")

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(job, v.word).result()


def threads_of_a_pool(v):
    # -> thread refused <?>
    def job(word):
        raise JobError(f"thread refused {word}")

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(job, [v.word, v.key]))


def thread_that_tells_another(v):
    # -> worker lost <?>
    problems = queue.Queue()

    def job():
        try:
            raise JobError(f"worker lost {v.path}")
        except JobError as error:
            problems.put(error)

    thread = threading.Thread(target=job)
    thread.start()
    thread.join()
    raise problems.get()


def callback_that_fails(v):
    # -> callback got <?>
    def called(match):
        raise JobError(f"callback got {match[0]}")

    return re.sub(r"\w+", called, v.word)


def key_function_that_fails(v):
    # -> cannot compare <?>
    def key(item):
        raise JobError(f"cannot compare {item}")

    return sorted([v.word, v.key], key=key)


def partial_that_fails(v):
    # -> temperature must be between <?> and <?>, not <?>
    functools.partial(check_range, "temperature", low=0, high=100)(v.number)


def check_of_a_range(v):
    # -> <?> must be between <?> and <?>, not <?>
    check_range("size", v.number, 1, 9)


def check_of_a_kind(v):
    # -> expected <?>, got <?>: <?>
    check_kind(v.word, int, float)


def check_with_a_template(v):
    # -> <?> needs at least <?> seats
    require(v.number < 0, "{} needs at least {} seats", v.name, 4)


def parser_that_expects(v):
    # -> expected <?> at <?>, near <?>
    Parser(v.sentence).expect("(")


def parser_that_needs_a_number(v):
    # -> a number is needed at <?>, near <?>
    Parser(v.sentence).number()


def state_that_cannot_be_reached(v):
    # -> cannot go from <?> to <?>
    Machine().go(v.word)


def context_manager_that_translates(v):
    # -> cannot store <?>: <?>
    @contextlib.contextmanager
    def storing(name):
        try:
            yield
        except KeyError as error:
            raise JobError(f"cannot store {name}: {error}") from error

    with storing(v.name):
        {}[v.key]


def exit_stack_that_fails(v):
    # -> closing <?> failed
    def close(name):
        raise JobError(f"closing {name} failed")

    with contextlib.ExitStack() as stack:
        stack.callback(close, v.word)


def cached_function_that_fails(v):
    # -> nothing cached for <?>
    @functools.lru_cache
    def look(key):
        raise JobError(f"nothing cached for {key}")

    look(v.key)


def generator_that_is_thrown_at(v):
    # -> stop at line <?>
    def lines():
        yield 1

    running = lines()
    next(running)
    running.throw(JobError(f"stop at line {v.number}"))


def method_of_a_text_that_is_missing(v):
    # -> <?> object has no attribute <?>
    return v.word.size


def attribute_of_nothing(v):
    # -> <?> object has no attribute <?>
    found = re.match(r"\d", v.word)
    return found.group()


def key_of_a_mapping(v):
    # -> <?>
    return {v.word: 1}[v.key]


def item_of_a_list(v):
    # -> list index out of range
    return [v.word][v.number]


def item_of_nothing(v):
    # -> <?> object is not subscriptable
    return None[v.word]


def call_of_a_text(v):
    # -> <?> object is not callable
    return v.word()


def text_added_to_a_number(v):
    # -> unsupported operand type(s) for <?>: <?> and <?>
    return v.number + v.word


def number_added_to_a_text(v):
    # -> can only concatenate str (not <?>) to str
    return v.word + v.number


def argument_too_many(v):
    # -> <?>() takes <?> positional arguments but <?> were given
    return build_pair(v.word, v.key, v.number)


def argument_too_few(v):
    # -> <?>() missing <?> required positional argument: <?>
    return build_pair(v.word)


def argument_nobody_knows(v):
    # -> <?>() got an unexpected keyword argument <?>
    return build_pair(v.word, **{v.key: v.number})


def build_pair(left, right):
    return left, right


def division_by_nothing(v):
    # -> division by zero
    # -> float division by zero
    return v.number / (v.number - v.number)


def values_too_many_to_unpack(v):
    # -> too many values to unpack (expected <?>)
    first, second = v.word
    return first, second


def values_too_few_to_unpack(v):
    # -> not enough values to unpack (expected <?>, got <?>)
    first, second = [v.word]
    return first, second


def name_that_is_not_defined(v):
    # -> name <?> is not defined
    return v.word + surname


def local_name_used_too_early(v):
    # -> cannot access local variable <?> where it is not associated with a value
    # -> local variable <?> referenced before assignment
    if v.number < 0:
        size = 1
    return size


def tuple_that_cannot_change(v):
    # -> can't set attribute
    # -> property <?> of <?> object has no setter
    Point(1, 2).x = v.number


def list_taken_for_a_key(v):
    # -> unhashable type: <?>
    # -> cannot use <?> as a dict key (unhashable type: <?>)
    return {[v.word]: 1}


def words_compared_with_numbers(v):
    # -> <?> not supported between instances of <?> and <?>
    return sorted([v.word, v.number])


def recursion_without_an_end(v):
    # -> maximum recursion depth exceeded<?>
    def down(word):
        return down(word) + word

    down(v.word)


def module_that_is_missing(v):
    # -> No module named <?>
    import frobapp_plugins


def name_a_module_has_not(v):
    # -> cannot import name <?> from <?> (<?>)
    from frobapp.own import surname
