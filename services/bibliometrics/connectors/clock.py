"""The time that connectors go by: what o’clock it is, how long things take, and waiting; tests hand in their own."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` in UTC; `elapsed` in seconds from any moment on, never going back."""

    now: Callable[[], datetime] = _utc
    elapsed: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Pace:
    """Lets requests go one after the other, no more than `rate` a second."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._interval = 1 / rate
        self._clock = clock
        self._next = clock.elapsed()
        self._turn = asyncio.Lock()

    async def turn(self) -> None:
        """Return when a request may go."""
        async with self._turn:
            early = self._next - self._clock.elapsed()
            if early > 0:
                await self._clock.sleep(early)
            self._next = max(self._next, self._clock.elapsed()) + self._interval
