"""Reading a contract's simulated values, and which contracts have any."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.tables import RehearsalRow
from shared.problems import NotFound


async def rehearsals(session: AsyncSession) -> Sequence[RehearsalRow]:
    """Those that are staged, by contract."""
    query = select(RehearsalRow).where(RehearsalRow.observations.is_not(None)).order_by(RehearsalRow.contract)
    return (await session.scalars(query)).all()


async def rehearsal(session: AsyncSession, code: str) -> RehearsalRow:
    """Raises NotFound where nothing is staged."""
    row = await session.get(RehearsalRow, code)
    if row is None or row.observations is None:
        raise NotFound(f"Aucune valeur simulée n’est chargée pour le contrat « {code} ».")
    return row
