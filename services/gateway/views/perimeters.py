"""The perimeters of a contract: which may be asked, and what the group states of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway.domain.group.perimeter import Member, Perimeter, offered, perimeter
from services.gateway.domain.values import Stated
from services.gateway.facts import ContractFacts
from services.gateway.tables import ObservationRow, ObservationVersionRow
from shared.problems import Invalid

Elsewhere = dict[str, dict[tuple[str, int], Stated]]
"""By perimeter: what the group states of an indicator and a year in it."""
_Rows = type[ObservationRow] | type[ObservationVersionRow]
_BASES = ["", "current-euros"]


async def stated_elsewhere(session: AsyncSession, facts: ContractFacts, as_of: datetime | None) -> Elsewhere:
    """The group's observations outside the contract's own perimeter, as they stand or stood."""
    rows: _Rows = ObservationVersionRow if as_of else ObservationRow
    query: Select[Any] = select(rows).where(rows.contract == facts.definition.header.code)
    query = query.where(rows.entity == facts.group)
    query = query.where(rows.perimeter != "", rows.basis.in_(_BASES)).order_by(rows.basis.desc(), rows.version)
    if as_of:
        query = query.where(rows.recorded_at <= as_of)
    found: Elsewhere = {}
    for row in await session.scalars(query):
        stated = Stated(row.value, row.absence, row.status)
        found.setdefault(row.perimeter, {})[row.indicator, row.year] = stated
    return found


def members_of(facts: ContractFacts) -> list[Member]:
    kinds = facts.definition.entities
    return [Member(each.code, each.label, each.kind) for each in kinds if each.code != facts.group]


def choices(facts: ContractFacts, elsewhere: Elsewhere) -> tuple[str, ...]:
    valued = {
        entity
        for (_, entity), years in facts.observations.items()
        if any(row.value is not None for row in years.values())
    }
    return offered(members_of(facts), valued, elsewhere.keys())


def perimeter_of(facts: ContractFacts, asked: str | None, elsewhere: Elsewhere) -> Perimeter:
    """Raises Invalid on a perimeter that is not offered, with those that are."""
    known = choices(facts, elsewhere)
    if asked is not None and asked not in known:
        told = f"périmètre inconnu ; demandez {', '.join(known)}, ou aucun pour celui du contrat"
        place = {"place": "query.perimeter", "code": "unknown", "message": told}
        raise Invalid(f"Le périmètre « {asked} » n’est pas connu : demandez {', '.join(known)}.", errors=[place])
    return perimeter(asked, members_of(facts))
