"""The rows of the outbox: what an owner told, in its own transactions, and whether the bus has taken it."""

import json
from datetime import datetime
from uuid import uuid4

from sqlalchemy import BigInteger, Index, Integer, String, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared import watermarks
from shared.bus import MAX_EVENT_BYTES
from shared.database import Database, UtcDateTime, named_metadata
from shared.events.catalogue import Fact, owner_of
from shared.events.envelope import Event
from shared.problems import TooLarge
from shared.telemetry import correlation_id, request_id, traceparent


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
    trace: Mapped[str] = mapped_column(String(64), server_default="")
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
            trace=self.trace,
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
            trace=traceparent(),
        )
    )
    watermarks.count(session)


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
