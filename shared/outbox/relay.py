"""The relay: sends what is unsent, oldest first, until the bus has answered for it."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from itertools import accumulate

import structlog
from sqlalchemy import func, select, update

from shared.bus import Bus, BusUnavailableError
from shared.database import Database, hold_briefly, is_unavailable
from shared.telemetry import EVENTS_SENT, OUTBOX_OLDEST, OUTBOX_UNSENT, RELAY_HOLDS, span

from .rows import OutboxRow
from .turn import Turn

_BATCH = 500
_BYTES = 8 * 1024 * 1024
_POLL_SECONDS = 1.0
_MEASURE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 5.0
_UNSENT = OutboxRow.sent_at.is_(None)
log = structlog.get_logger(__name__)


class Relay:
    """A crash between sending and marking repeats events, and loses none."""

    def __init__(self, database: Database, bus: Bus, *, owner: str, topic: str) -> None:
        self._database = database
        self._bus = bus
        self._owner = owner
        self._topic = topic
        self._turn = Turn(database)
        self._measured_at = 0.0
        RELAY_HOLDS.labels(owner).set(0)

    @asynccontextmanager
    async def running(self, _app: object = None) -> AsyncIterator[None]:
        """The lifespan of an application of which this is the relay."""
        task = asyncio.create_task(self.run(), name=f"relay-{self._owner}")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def run(self) -> None:
        """Relay until cancelled."""
        pause = 0.1
        while True:
            try:
                await self.drain()
                pause = 0.1
                await self._news()
            except Exception as error:
                expected = isinstance(error, BusUnavailableError) or is_unavailable(error)
                log.warning("relay-failed", owner=self._owner, error=str(error), exc_info=None if expected else error)
                await self._measure()
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def drain(self) -> None:
        """Send until nothing is left. Raises BusUnavailableError."""
        self._database.committed.clear()
        if await self._waits():
            await self._take_turn()
        await self._measure()

    async def _take_turn(self) -> None:
        holds = RELAY_HOLDS.labels(self._owner)
        async with self._turn.held() as session:
            holds.set(1)
            try:
                while rows := await self._unsent():
                    if session:
                        await session.check()
                    await self._send(rows)
            finally:
                holds.set(0)

    async def _send(self, rows: Sequence[OutboxRow]) -> None:
        with span("relay", links=[row.trace for row in rows], kind="producer", events=len(rows)):
            await self._bus.publish(self._topic, [row.event() for row in rows])
        await self._mark_sent(rows)
        EVENTS_SENT.labels(self._owner).inc(len(rows))

    async def _news(self) -> None:
        """Wait for a commit of this process, or a little while for one of another process."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_POLL_SECONDS):
                await self._database.committed.wait()

    async def _waits(self) -> bool:
        async with self._database.reading() as session:
            return await session.scalar(select(OutboxRow.id).where(_UNSENT).limit(1)) is not None

    async def _unsent(self) -> Sequence[OutboxRow]:
        """By `sent_at`, never "after the last id": numbers are not in commit order. No more than fits in memory."""
        sizes = select(OutboxRow.id, func.length(OutboxRow.data)).where(_UNSENT).order_by(OutboxRow.id).limit(_BATCH)
        async with self._database.reading() as session:
            ids = _first([(id_, length) for id_, length in await session.execute(sizes)])
            rows = select(OutboxRow).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)
            return (await session.scalars(rows)).all() if ids else []

    async def _mark_sent(self, rows: Sequence[OutboxRow]) -> None:
        async with self._database.transaction() as session:
            await hold_briefly(session)
            ids = [row.id for row in rows]
            await session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(sent_at=datetime.now(UTC)))

    async def _measure(self) -> None:
        """How many events wait, and since when; now and then, as counting reads them all."""
        if time.monotonic() - self._measured_at < _MEASURE_SECONDS:
            return
        self._measured_at = time.monotonic()
        with suppress(Exception):  # a figure that can't be had now is had later
            async with self._database.reading() as session:
                found = await session.execute(select(func.count(), func.min(OutboxRow.time)).where(_UNSENT))
            count, oldest = found.one()
            OUTBOX_UNSENT.labels(self._owner).set(count)
            OUTBOX_OLDEST.labels(self._owner).set((datetime.now(UTC) - oldest).total_seconds() if oldest else 0)


def _first(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """The first ids whose data are together short enough to be sent at once; one at least."""
    together = accumulate(length for _, length in sizes)
    return [
        id_ for place, ((id_, _), size) in enumerate(zip(sizes, together, strict=True)) if not place or size < _BYTES
    ]
