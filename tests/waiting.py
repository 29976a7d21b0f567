"""Waiting in tests: for a condition, never for a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
_STEP = 0.01


async def eventually(found: Callable[[], Awaitable[T]], *, within: float = 20) -> T:
    """The first true answer. Fails with the last answer when none has come within so many seconds."""
    deadline = time.monotonic() + within
    while not (answer := await found()):
        assert time.monotonic() < deadline, f"still {answer!r} after {within} s"
        await asyncio.sleep(_STEP)
    return answer
