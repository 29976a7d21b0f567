"""The perimeters of a contract: which may be asked, and what the group states of each."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import history
from services.gateway.domain.group.perimeter import Member, Perimeter, offered, perimeter
from services.gateway.domain.values import Stated
from services.gateway.facts import ContractFacts
from shared.problems import Invalid

Elsewhere = dict[str, dict[tuple[str, int], Stated]]
"""By perimeter: what the group states of an indicator and a year in it."""


async def stated_elsewhere(session: AsyncSession, facts: ContractFacts, as_of: datetime | None) -> Elsewhere:
    """The group's observations outside the contract's own perimeter, as they stand or stood."""
    stated = await history.elsewhere(session, facts.definition.header.code, facts.group, as_of)
    return {perimeter: _by_figure(observations) for perimeter, observations in stated.items()}


def _by_figure(observations: history.Observations) -> dict[tuple[str, int], Stated]:
    return {
        (indicator, year): Stated(row.value, row.absence, row.status)
        for (indicator, _), years in observations.items()
        for year, row in years.items()
    }


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
