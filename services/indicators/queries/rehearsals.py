"""Reading a contract's simulated values."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.tables import RehearsalRow
from shared.problems import NotFound


async def rehearsal(session: AsyncSession, code: str) -> RehearsalRow:
    """Raises NotFound where nothing is staged."""
    row = await session.get(RehearsalRow, code)
    if row is None or row.observations is None:
        raise NotFound(f"Aucune valeur simulée n’est chargée pour le contrat « {code} ».")
    return row
