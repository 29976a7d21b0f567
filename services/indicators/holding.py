"""Holding a contract while somebody writes to it: its writes come one after the other, and so do their instants."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from shared.identity import Caller
from shared.problems import NotFound

from .domain.concerned import Concerned
from .domain.contract import Contract
from .rows import CONTRACT
from .tables import ContractRow

_TICK = timedelta(microseconds=1)


def _utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes; the clock is read once the contract is held, so that instants follow the order of the writes."""

    caller: Caller
    clock: Callable[[], datetime] = _utc


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
    row.changed_at = max(author.clock(), row.changed_at + _TICK)
    return row.changed_at
