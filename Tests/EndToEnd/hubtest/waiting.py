"""Waiting for conditions with a deadline, never for time to pass."""
import asyncio
import time

PAUSE = 0.02
PATIENCE_S = 30.0
"""How long what happens at once may take on a machine that does much else."""


class TooLate(AssertionError):
    """A condition did not come true before its deadline."""


def wait_for(condition, within, what):
    """Returns the first truthy value of `condition()`; blocks."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TooLate(f"not within {within} s: {what}")
        time.sleep(PAUSE)


async def eventually(condition, within, what):
    """Returns the first truthy value of `condition()`, which may be a coroutine function."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if asyncio.iscoroutine(value):
            value = await value
        if value:
            return value
        if time.monotonic() > deadline:
            raise TooLate(f"not within {within} s: {what}")
        await asyncio.sleep(PAUSE)
