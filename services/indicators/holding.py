"""Holding a contract while somebody writes to it: its writes come one after the other, and so do their instants."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shared.authorship import Author
from shared.problems import NotFound

from .domain.concerned import Concerned
from .domain.contract import Contract
from .rows import CONTRACT
from .tables import ContractRow


async def locked(session: AsyncSession, code: str) -> ContractRow | None:
    """The contract, held until the end of the transaction."""
    return await session.get(ContractRow, code, with_for_update=True, populate_existing=True)


async def existing(session: AsyncSession, code: str) -> ContractRow:
    """As `locked`. Raises NotFound without such a contract."""
    row = await locked(session, code)
    if row is None:
        raise NotFound(f"Le contrat « {code} » n’existe pas.")
    return row


def definition(row: ContractRow) -> Contract:
    return CONTRACT.validate_json(row.definition)


def concerned(row: ContractRow) -> Concerned:
    return Concerned.of(definition(row))


def now(row: ContractRow, author: Author) -> datetime:
    """The time of a write, always later than the contract's last: who reads `updatedAfter` misses nothing."""
    row.changed_at = author.after(row.changed_at)
    return row.changed_at
