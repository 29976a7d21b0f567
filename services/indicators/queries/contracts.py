"""Reading contracts, in any version."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.indicators.rows import CONTRACT
from services.indicators.schemas.contracts import ContractSummary
from services.indicators.tables import ContractRow, ContractVersionRow
from shared.problems import NotFound


async def contracts(session: AsyncSession) -> list[ContractSummary]:
    rows = await session.scalars(select(ContractRow).order_by(ContractRow.code))
    return [summary(row) for row in rows]


def summary(row: ContractRow | ContractVersionRow) -> ContractSummary:
    label = CONTRACT.validate_json(row.definition).header.label
    return ContractSummary(
        code=row.code, version=row.version, label=label, defined_at=row.defined_at, defined_by=row.defined_by
    )


async def contract(session: AsyncSession, code: str, version: int | None) -> ContractVersionRow:
    """One version of a contract, the latest by default. Raises NotFound."""
    query = select(ContractVersionRow).where(ContractVersionRow.code == code)
    if version is not None:
        query = query.where(ContractVersionRow.version == version)
    row = await session.scalar(query.order_by(ContractVersionRow.version.desc()).limit(1))
    if row is None:
        raise NotFound(f"Le contrat « {code} » n’existe pas" + (f" en version {version}." if version else "."))
    return row


async def contract_versions(session: AsyncSession, code: str) -> list[ContractSummary]:
    query = select(ContractVersionRow).where(ContractVersionRow.code == code).order_by(ContractVersionRow.version)
    rows = (await session.scalars(query)).all()
    if not rows:
        raise NotFound(f"Le contrat « {code} » n’existe pas.")
    return [summary(row) for row in rows]
