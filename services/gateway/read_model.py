"""The life of the read model: how far it has read, and that it can be thrown away and built again from the events."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import delete, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, insert_into
from shared.version import VERSION

from .tables import Base, DismissedRow, GenerationRow, PositionRow, ReadModelRow

_ONLY = 1
_KEPT = (GenerationRow.__table__, DismissedRow.__table__)  # what comes from no event


async def heard(database: Database) -> set[str]:
    """The topics of which an event was ever taken in."""
    async with database.reading() as session:
        return set(await session.scalars(select(PositionRow.topic)))


async def ensure_named(database: Database) -> None:
    """Give a new read model its name; one that has a name keeps it."""
    async with database.transaction() as session:
        if await session.scalar(select(ReadModelRow.epoch)) is None:
            await rename(session)


async def rename(session: AsyncSession) -> None:
    """Take a new name: no ETag given so far is right any more. There is one row, so that there is one name."""
    insert = insert_into(session, ReadModelRow).values(id=_ONLY, epoch=uuid4().hex[:8])
    await session.execute(insert.on_conflict_do_update(index_elements=["id"], set_={"epoch": insert.excluded.epoch}))


async def clear(database: Database) -> None:
    """Forget every event, under a new name: what is published from now on builds it again."""
    async with database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table not in _KEPT:
                await session.execute(delete(table))
        await rename(session)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far each owner has been read, in which read model."""

    epoch: str
    read: tuple[str, ...]

    def on(self, day: date) -> str:
        """As the views of this version of the product show it on this day."""
        return "+".join([f"{VERSION}-{self.epoch}-{day.isoformat()}", *self.read])


async def mark(session: AsyncSession) -> Mark:
    """In one statement: this is asked for before each answer, and a few times a second."""
    where = PositionRow.topic, PositionRow.partition, PositionRow.offset
    query = select(ReadModelRow.epoch, *where).outerjoin(PositionRow, true()).order_by(*where[:2])
    rows = (await session.execute(query)).all()
    read = tuple(
        f"{topic.partition('.')[2]}.{partition}@{offset}" for _, topic, partition, offset in rows if topic is not None
    )
    return Mark(str(rows[0][0]) if rows else "", read)


async def watermark(session: AsyncSession, on: date) -> str:
    return (await mark(session)).on(on)
