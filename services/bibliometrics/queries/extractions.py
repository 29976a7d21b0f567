"""Reading extractions: all of a contract's, one by its id or its code, and what changed between two."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.comparison import Comparison, Frozen, compare
from services.bibliometrics.domain.registry import Registry
from services.bibliometrics.rows import REGISTRY
from services.bibliometrics.tables import ExtractionRow, RegistryVersionRow
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
    """What changed between two extractions of one contract."""
    return compare(await _frozen(session, before), await _frozen(session, after))


async def registry_of(session: AsyncSession, row: ExtractionRow) -> Registry:
    """The registry that an extraction was made with: names and the list of staff may have changed since."""
    version = await session.get_one(RegistryVersionRow, (row.contract, row.registry_version))
    return REGISTRY.validate_json(version.definition)


async def _frozen(session: AsyncSession, row: ExtractionRow) -> list[Frozen]:
    group = (await registry_of(session, row)).group.code
    return [each.frozen(group) for each in await frozen(session, row.id, None)]
