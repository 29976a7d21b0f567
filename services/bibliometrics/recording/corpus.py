"""Recording a change of the corpus from end to end: what it touches is matched, attributed and counted again."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.publication import Record
from services.bibliometrics.tables import RegistryRow

from .counting import recount
from .matches import Rematched, keep_records, rematch
from .publications import attribute_again, keep_publications
from .writing import Writing


async def record(
    session: AsyncSession, records: Mapping[str, Record], created: Collection[str], writing: Writing
) -> Rematched:
    """Take in records that are new or have changed."""
    await keep_records(session, records, created)
    return await match_again(session, records, writing)


async def match_again(session: AsyncSession, refs: Iterable[str], writing: Writing) -> Rematched:
    """Match these records again, after they changed or somebody decided of them."""
    rematched = await rematch(session, refs, writing)
    years = await keep_publications(session, rematched)
    await _recount(session, years, writing)
    return rematched


async def attribute_once_more(session: AsyncSession, publication: str, writing: Writing) -> None:
    """Attribute a publication again, after somebody decided whose it is."""
    years = await attribute_again(session, [publication])
    await _recount(session, years, writing)


async def _recount(session: AsyncSession, years: set[int | None], writing: Writing) -> None:
    registries = (await session.scalars(select(RegistryRow).order_by(RegistryRow.contract))).all()
    await recount(session, registries, years, writing)
