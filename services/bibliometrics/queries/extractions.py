"""Reading extractions: all of a contract's, one by its id or its code, and what changed between two."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.comparison import Comparison, Frozen, compare
from services.bibliometrics.rows import REGISTRY
from services.bibliometrics.tables import ExtractionRow, RegistryRow
from shared.problems import Invalid, NotFound

from .signatures import frozen


async def extractions(session: AsyncSession, contract: str | None) -> Sequence[ExtractionRow]:
    """The oldest first."""
    query = select(ExtractionRow).order_by(ExtractionRow.contract, ExtractionRow.extracted_on, ExtractionRow.code)
    return (await session.scalars(query.where(ExtractionRow.contract == contract) if contract else query)).all()


async def extraction(session: AsyncSession, name: str, contract: str | None = None) -> ExtractionRow:
    """By its id, or by its code. Raises NotFound, or Invalid where several contracts have this code."""
    query = select(ExtractionRow).where(or_(ExtractionRow.id == name, ExtractionRow.code == name))
    rows = (await session.scalars(query.where(ExtractionRow.contract == contract) if contract else query)).all()
    if not rows:
        known = ", ".join(each.code for each in await extractions(session, contract)) or "aucune"
        raise NotFound(f"Aucune extraction « {name} » ; connues : {known}.")
    if len(rows) > 1:
        raise Invalid(f"Plusieurs contrats ont une extraction « {name} » : précisez « contract ».")
    return rows[0]


async def comparison(session: AsyncSession, before: ExtractionRow, after: ExtractionRow) -> Comparison:
    """What changed between two extractions of one contract. Raises Invalid on two contracts."""
    if before.contract != after.contract:
        raise Invalid("Deux extractions se comparent sous un même contrat.")
    registry = await session.get_one(RegistryRow, after.contract)
    group = REGISTRY.validate_json(registry.definition).group.code
    return compare(await _frozen(session, before, group), await _frozen(session, after, group))


async def _frozen(session: AsyncSession, row: ExtractionRow, group: str) -> list[Frozen]:
    return [each.frozen(group) for each in await frozen(session, row.id, None)]
