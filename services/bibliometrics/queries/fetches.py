"""Reading fetches: all of them, one by its id, the one that goes on for a search, and its pages."""

from collections.abc import AsyncIterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.tables import FetchPageRow, FetchRow
from shared.problems import NotFound

DONE = "done"


async def fetches(session: AsyncSession) -> Sequence[FetchRow]:
    """The latest first."""
    return (await session.scalars(select(FetchRow).order_by(FetchRow.started_at.desc(), FetchRow.id))).all()


async def fetch(session: AsyncSession, fetch_id: str) -> FetchRow:
    """Raises NotFound."""
    row = await session.get(FetchRow, fetch_id)
    if row is None:
        raise NotFound("Aucune interrogation n’a cet identifiant.")
    return row


async def unfinished(session: AsyncSession, source: str, query: str) -> FetchRow | None:
    """The latest fetch of this very search that isn't done."""
    same = select(FetchRow).where(FetchRow.source == source, FetchRow.query == query, FetchRow.status != DONE)
    return (await session.scalars(same.order_by(FetchRow.started_at.desc(), FetchRow.id).limit(1))).first()


async def pages(session: AsyncSession, fetch_id: str) -> AsyncIterator[tuple[str, date]]:
    """Each page with the day on which it came, one at a time: together they may be larger than memory."""
    numbers = select(FetchPageRow.number).where(FetchPageRow.fetch == fetch_id).order_by(FetchPageRow.number)
    for number in (await session.scalars(numbers)).all():
        kept = select(FetchPageRow.content, FetchPageRow.received_at)
        one = kept.where(FetchPageRow.fetch == fetch_id, FetchPageRow.number == number)
        content, received_at = (await session.execute(one)).one()
        yield content, received_at.date()
