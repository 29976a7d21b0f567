"""Reading registries: those that are known, one in any version, and the one that counts where none is named."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.bibliometrics.domain.registry import Registry
from services.bibliometrics.rows import REGISTRY
from services.bibliometrics.tables import RegistryRow, RegistryVersionRow
from shared.problems import NotFound


async def registries(session: AsyncSession) -> Sequence[RegistryRow]:
    return (await session.scalars(select(RegistryRow).order_by(RegistryRow.contract))).all()


async def registry(
    session: AsyncSession, contract: str, version: int | None = None
) -> RegistryRow | RegistryVersionRow:
    """A registry as it stands, or in a version. Raises NotFound."""
    row = await session.get(RegistryRow, contract)
    if row is None:
        raise NotFound(f"Aucun registre n’est connu pour le contrat « {contract} ».")
    if version is None or version == row.version:
        return row
    former = await session.get(RegistryVersionRow, (contract, version))
    if former is None:
        raise NotFound(f"Le registre du contrat « {contract} » n’a pas de version {version}.")
    return former


async def versions(session: AsyncSession, contract: str) -> Sequence[RegistryVersionRow]:
    """Every version of a registry, the first one first. Raises NotFound."""
    await registry(session, contract)
    query = select(RegistryVersionRow).where(RegistryVersionRow.contract == contract)
    return (await session.scalars(query.order_by(RegistryVersionRow.version))).all()


async def chosen(session: AsyncSession, contract: str | None) -> Registry | None:
    """The registry of a contract; without one, that of the contract that ends last; none where there is none at all.

    Raises NotFound where the contract named has none.
    """
    if contract is not None:
        return REGISTRY.validate_json((await registry(session, contract)).definition)
    known = [REGISTRY.validate_json(row.definition) for row in await registries(session)]
    return max(known, key=lambda each: (each.header.end_year, each.header.code), default=None)
