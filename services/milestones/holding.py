"""Holding a contract's plan while somebody writes under it: its writes come one after the other."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shared import conditional
from shared.authorship import Author
from shared.problems import NotFound, PreconditionRequired, Stale

from .domain.plan import Plan
from .rows import PLAN
from .tables import PlanRow


async def locked(session: AsyncSession, contract: str) -> PlanRow | None:
    """The plan, held until the end of the transaction."""
    return await session.get(PlanRow, contract, with_for_update=True, populate_existing=True)


async def existing(session: AsyncSession, contract: str) -> PlanRow:
    """As `locked`. Raises NotFound without such a contract."""
    row = await locked(session, contract)
    if row is None:
        raise NotFound(f"Aucun jalon n’est connu pour le contrat « {contract} ».")
    return row


def definition(row: PlanRow) -> Plan:
    return PLAN.validate_json(row.definition)


def now(row: PlanRow, author: Author) -> datetime:
    """The time of a write, always later than the plan's last: who reads `updatedAfter` misses nothing."""
    row.changed_at = author.after(row.changed_at)
    return row.changed_at


def check_version(if_match: str | None, version: int, what: str) -> None:
    """Raises PreconditionRequired where nothing is said of the version that was read, Stale where another one stands.

    Version 0 is that of what was never stated: it needs no condition.
    """
    if if_match is None:
        if version:
            raise PreconditionRequired(f"Joignez If-Match avec l’ETag reçu à la lecture de {what}.")
        return
    expected = conditional.expected_version(if_match)
    if expected not in {None, version} or (expected is None and not version):
        raise Stale(f"La version est maintenant {version} : relisez {what}, puis recommencez.")
