"""Reading the milestones of contracts, in any version."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.milestones.rows import PLAN
from services.milestones.schemas.contracts import ContractSummary
from services.milestones.tables import PlanRow, PlanVersionRow
from shared.problems import NotFound


async def contracts(session: AsyncSession) -> list[ContractSummary]:
    return [summary(row) for row in await session.scalars(select(PlanRow).order_by(PlanRow.contract))]


def summary(row: PlanRow | PlanVersionRow) -> ContractSummary:
    label = PLAN.validate_json(row.definition).header.label
    return ContractSummary(
        code=row.contract, version=row.version, label=label, defined_at=row.defined_at, defined_by=row.defined_by
    )


async def contract(session: AsyncSession, code: str, version: int | None) -> PlanVersionRow:
    """One version, the latest by default. Raises NotFound."""
    query = select(PlanVersionRow).where(PlanVersionRow.contract == code)
    if version is not None:
        query = query.where(PlanVersionRow.version == version)
    row = await session.scalar(query.order_by(PlanVersionRow.version.desc()).limit(1))
    if row is None:
        suffix = f" en version {version}." if version else "."
        raise NotFound(f"Aucun jalon n’est connu pour le contrat « {code} »{suffix}")
    return row


async def contract_versions(session: AsyncSession, code: str) -> list[ContractSummary]:
    query = select(PlanVersionRow).where(PlanVersionRow.contract == code).order_by(PlanVersionRow.version)
    rows = (await session.scalars(query)).all()
    if not rows:
        raise NotFound(f"Aucun jalon n’est connu pour le contrat « {code} ».")
    return [summary(row) for row in rows]
