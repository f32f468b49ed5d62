"""Groups of errors, and notes."""

from __future__ import annotations

import asyncio

from frobapp.own.failures import FrobError, MissingField
from frobapp.own.running import work


def noted(v):
    # -> cannot import <?>
    error = FrobError(f"cannot import {v.word}")
    error.add_note(f"it was asked for by {v.name}")
    raise error


def grouped(v):
    # -> several jobs of <?> failed (<?> sub-exceptions)
    raise ExceptionGroup(
        f"several jobs of {v.name} failed",
        [MissingField(v.key), ValueError(f"no number: {v.word}")],
    )


def grouped_plainly(v):
    # -> several jobs failed (<?> sub-exception)
    raise ExceptionGroup("several jobs failed", [FrobError(f"job of {v.name} failed")])


def grouped_and_split(v):
    # -> jobs failed (<?> sub-exception)
    try:
        raise ExceptionGroup("jobs failed", [MissingField(v.key), ValueError(v.word)])
    except* ValueError:
        pass


def tasks_of_a_group(v):
    # -> unhandled errors in a TaskGroup (<?> sub-exceptions)
    async def main():
        async with asyncio.TaskGroup() as group:
            group.create_task(work(v.name))
            group.create_task(work(v.word))

    asyncio.run(main())
