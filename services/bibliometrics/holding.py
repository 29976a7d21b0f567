"""Holding the corpus while somebody writes: its writes come one after the other, whatever they change of it."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.authorship import Author
from shared.database import insert_into

from .tables import CorpusRow

_ONLY = 1
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def corpus(session: AsyncSession) -> CorpusRow:
    """The corpus, held until the end of the transaction; the first writer makes it."""
    fresh = insert_into(session, CorpusRow).values(id=_ONLY, version=0, changed_at=_NEVER)
    await session.execute(fresh.on_conflict_do_nothing())
    held = select(CorpusRow).where(CorpusRow.id == _ONLY).with_for_update()
    return (await session.scalars(held.execution_options(populate_existing=True))).one()


def changed(row: CorpusRow, author: Author) -> datetime:
    """The time of a write that changes the corpus, always later than the last."""
    row.version += 1
    row.changed_at = author.after(row.changed_at)
    return row.changed_at


async def version(session: AsyncSession) -> int:
    """How many times the corpus has changed."""
    return await session.scalar(select(CorpusRow.version)) or 0
