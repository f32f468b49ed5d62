"""Tasks, threads, pools, queues, signals."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import multiprocessing
import queue
import selectors
import signal
import threading


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
    # -> <ContextVar name=<?> at <?>>
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
