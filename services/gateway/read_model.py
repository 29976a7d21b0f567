"""The life of the read model: it can be thrown away and built again from the events."""

from uuid import uuid4

from sqlalchemy import delete, func, select

from shared.database import Database

from .tables import Base, PositionRow, ReadModelRow


async def is_empty(database: Database) -> bool:
    """Whether no event was ever taken in."""
    async with database.reading() as session:
        return not await session.scalar(select(func.count()).select_from(PositionRow))


async def ensure_named(database: Database) -> None:
    """Give a new read model its name; one that has a name keeps it."""
    async with database.transaction() as session:
        if await session.scalar(select(ReadModelRow.epoch)) is None:
            session.add(ReadModelRow(epoch=_new_name()))


async def clear(database: Database) -> None:
    """Forget every event, under a new name: what is published from now on builds it again."""
    async with database.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(delete(table))
        session.add(ReadModelRow(epoch=_new_name()))


def _new_name() -> str:
    return uuid4().hex[:8]
