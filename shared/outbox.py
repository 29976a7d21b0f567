"""The transactional outbox: an event is stored with the fact it tells, then relayed to the bus until it is taken."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import uuid4

import structlog
from sqlalchemy import BigInteger, Index, Integer, String, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .bus import MAX_EVENT_BYTES, Bus, BusUnavailableError
from .database import Database, UtcDateTime, is_unavailable, named_metadata
from .events.catalogue import Fact, owner_of
from .events.envelope import Event
from .problems import TooLarge
from .telemetry import EVENTS_SENT, OUTBOX_UNSENT, correlation_id, request_id

_BATCH = 200
_POLL_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 5.0
log = structlog.get_logger(__name__)


class _Base(DeclarativeBase):
    metadata = named_metadata()


class OutboxRow(_Base):
    """An event of this owner, kept for ever unless forgotten; `sent_at` is empty until the bus has taken it."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    event_id: Mapped[str] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(300))
    sequence: Mapped[int] = mapped_column(BigInteger)
    time: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[str] = mapped_column(Text)
    correlation_id: Mapped[str] = mapped_column(String(64))
    causation_id: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_outbox_unsent", "id", sqlite_where=sent_at.is_(None), postgresql_where=sent_at.is_(None)),
    )

    def event(self) -> Event:
        return Event(
            id=self.event_id,
            source=self.source,
            type=self.type,
            subject=self.subject,
            time=self.time,
            sequence=self.sequence,
            data=json.loads(self.data),
            correlation_id=self.correlation_id,
            causation_id=self.causation_id,
        )


metadata = _Base.metadata


def record(session: AsyncSession, fact: Fact, *, at: datetime) -> None:
    """Store the event of a fact in the fact's own transaction. Raises TooLarge where no broker would take it."""
    data = fact.model_dump_json()
    if len(data.encode()) > MAX_EVENT_BYTES:
        raise TooLarge(f"« {fact.subject} » dépasse {MAX_EVENT_BYTES // 1024 // 1024} Mio : découpez-le.")
    own_id = uuid4().hex
    session.add(
        OutboxRow(
            event_id=own_id,
            source=f"/cadran/{owner_of(fact.TYPE)}",
            type=fact.TYPE,
            subject=fact.subject,
            sequence=fact.version,
            time=at,
            data=data,
            correlation_id=correlation_id.get() or own_id,
            causation_id=request_id.get() or own_id,
        )
    )


async def forget(session: AsyncSession, fact: Fact) -> None:
    """Leave nothing of a subject's earlier versions, sent or not, which this fact makes void."""
    earlier = (OutboxRow.subject == fact.subject, OutboxRow.sequence < fact.version)
    await session.execute(delete(OutboxRow).where(OutboxRow.type == fact.TYPE, *earlier))


async def count(database: Database) -> int:
    """How many events this owner has ever recorded."""
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(OutboxRow)) or 0


async def republish(database: Database) -> int:
    """Have every event sent again, in its order; the running relay does it. Returns how many."""
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=None))
    return await count(database)


class Relay:
    """Sends what is unsent, oldest first. A crash between sending and marking repeats events, and loses none."""

    def __init__(self, database: Database, bus: Bus, *, owner: str, topic: str) -> None:
        self._database = database
        self._bus = bus
        self._owner = owner
        self._topic = topic
        self._turn = asyncio.Lock()

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
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def drain(self) -> None:
        """Send until nothing is left. Raises BusUnavailableError."""
        async with self._turn:
            self._database.committed.clear()
            while rows := await self._unsent():
                await self._bus.publish(self._topic, [row.event() for row in rows])
                await self._mark_sent(rows)
                EVENTS_SENT.labels(self._owner).inc(len(rows))

    async def _news(self) -> None:
        """Wait for a commit of this process, or a little while for one of another process."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_POLL_SECONDS):
                await self._database.committed.wait()

    async def _unsent(self) -> Sequence[OutboxRow]:
        """By `sent_at`, never "after the last id": sequence numbers are not commit order."""
        unsent = select(OutboxRow).where(OutboxRow.sent_at.is_(None))
        async with self._database.reading() as session:
            rows = (await session.scalars(unsent.order_by(OutboxRow.id).limit(_BATCH))).all()
            count = select(func.count()).select_from(unsent.subquery())
            OUTBOX_UNSENT.labels(self._owner).set(await session.scalar(count) or 0)
        return rows

    async def _mark_sent(self, rows: Sequence[OutboxRow]) -> None:
        async with self._database.transaction() as session:
            ids = [row.id for row in rows]
            await session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(sent_at=datetime.now(UTC)))
