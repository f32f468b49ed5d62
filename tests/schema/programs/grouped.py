"""Tasks of asyncio that fail together, in groups within groups."""

import asyncio
import sys

import sentry_sdk
import stock
from sentry_sdk.integrations.asyncio import AsyncioIntegration

if sys.version_info < (3, 11):
    sys.exit(75)  # exception groups came with Python 3.11


async def one(name):
    values = stock.nasties()
    await asyncio.sleep(0)
    raise KeyError(name, values["größe"])


async def several():
    async with asyncio.TaskGroup() as group:
        group.create_task(one("erika@example.org"))
        group.create_task(one("b"))


async def main():
    stock.init(integrations=[AsyncioIntegration()], traces_sample_rate=1.0)
    task = asyncio.create_task(one("alone"))
    await asyncio.wait([task])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(several())
            group.create_task(several())
    except ExceptionGroup as error:  # noqa: F821
        error.add_note("größe")
        sentry_sdk.capture_exception(error)
        raise LookupError("all of them") from error


if __name__ == "__main__":
    asyncio.run(main())
