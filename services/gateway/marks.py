"""How far the read model is, known without asking the database each time: what is remembered of a view holds by it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date

from services.gateway import facts, read_model
from shared.database import Database
from shared.telemetry import PARKED

_EVERY_SECONDS = 0.2
_TRUSTED_SECONDS = 2.0
_MEASURE_SECONDS = 5.0


class Marks:
    """Read again a few times a second, for what other processes take in; what this one takes in outdates it at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mark: read_model.Mark | None = None
        self._read_at = 0.0
        self._measured_at = 0.0
        self._commits = -1
        self._news = asyncio.Condition()

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._follow(), name="marks")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def current(self, on: date) -> str | None:
        """The watermark of this day's views; none where it is not surely the newest."""
        trusted = self._commits == self._database.commits and time.monotonic() - self._read_at < _TRUSTED_SECONDS
        return self._mark.on(on) if trusted and self._mark else None

    async def moved(self, within: float) -> None:
        """Wait for something to be taken in, by whoever it is, or so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within), self._news:
                await self._news.wait()

    async def _follow(self) -> None:
        while True:
            self._database.committed.clear()
            with suppress(Exception):  # an unread mark is not trusted: views are then built from the database
                await self._read()
            with suppress(TimeoutError):
                async with asyncio.timeout(_EVERY_SECONDS):
                    await self._database.committed.wait()

    async def _read(self) -> None:
        commits, began = self._database.commits, time.monotonic()
        async with self._database.reading() as session:
            mark = await read_model.mark(session)
            if began - self._measured_at > _MEASURE_SECONDS:
                PARKED.set(await facts.count_parked(session))
                self._measured_at = began
        moved, self._mark, self._commits, self._read_at = mark != self._mark, mark, commits, began
        if moved:
            async with self._news:
                self._news.notify_all()
