"""Reading the read model: a contract's facts as they stand or stood, and how far each owner has been read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.contract import ContractBody, IndicatorBody, TargetBody
from shared.events.indicators import SimulatedBody
from shared.problems import NotFound

from . import history
from .bibliometric_facts import counted_years
from .counted_figures import lay_over
from .domain.group.perimeter import counted
from .domain.values import SIMULATED, Stated
from .history import Assessed, Cell, Observed
from .milestone_facts import MilestoneFacts, milestone_facts
from .tables import (
    ContractRow,
    ContractVersionRow,
    ObservationRow,
    ParkedRow,
    RehearsalRow,
)

_GROUP = "group"
_SIMULATED_VALUES = TypeAdapter(tuple[SimulatedBody, ...])


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract with its observations in its own basis and perimeter, its assessments, and its milestones.

    In a rehearsal some of the observations are simulated: never for an indicator's year of which anything was observed.
    """

    version: int
    definition: ContractBody
    observations: dict[Cell, dict[int, Observed]]
    assessments: dict[Cell, dict[int, Assessed]] = field(default_factory=dict)
    milestones: MilestoneFacts = field(default_factory=MilestoneFacts)

    @property
    def group(self) -> str:
        return group_of(self.definition)

    @property
    def members(self) -> list[str]:
        """Whose values make the group's; an entity of another kind counts only in a perimeter that names it."""
        return [*counted(self.definition.entities)]

    def label(self, entity: str) -> str:
        return next(each.label for each in self.definition.entities if each.code == entity)

    def years(self, indicator: str, entity: str) -> dict[int, Observed]:
        return self.observations.get((indicator, entity), {})

    def stated(self, indicator: str, entity: str) -> dict[int, Stated]:
        rows = self.years(indicator, entity)
        return {year: Stated(row.value, row.absence, row.status) for year, row in rows.items()}

    def targets(self, indicator: str, entity: str) -> list[TargetBody]:
        return [each for each in self.definition.targets if (each.indicator, each.entity) == (indicator, entity)]

    def indicators_of(self, entity: str) -> list[IndicatorBody]:
        """The group follows all of its indicators; a school those declined; another entity those it has a part in."""
        if entity == self.group:
            return list(self.definition.indicators)
        declined = [each for each in self.definition.indicators if each.declined]
        return [each for each in declined if entity in self.members or self._concerns(each.code, entity)]

    def _concerns(self, indicator: str, entity: str) -> bool:
        return bool(self.years(indicator, entity) or self.targets(indicator, entity))

    def observed_years(self) -> list[int]:
        """The years really observed."""
        return sorted({year for year, row in self._dated() if not row.is_simulated})

    def rehearsed_years(self) -> list[int]:
        """The years of which some value is simulated."""
        return sorted({year for year, row in self._dated() if row.is_simulated})

    def _dated(self) -> Iterator[tuple[int, Observed]]:
        return (dated for years in self.observations.values() for dated in years.items())


@lru_cache(maxsize=64)
def definition_of(text: str) -> ContractBody:
    return ContractBody.model_validate_json(text)


def group_of(definition: ContractBody) -> str:
    return next(entity.code for entity in definition.entities if entity.kind == _GROUP)


async def contracts(session: AsyncSession) -> list[tuple[ContractBody, int, list[int]]]:
    """Every contract known here: its definition, its version, and the years observed."""
    rows = (await session.scalars(select(ContractRow).order_by(ContractRow.code))).all()
    query = select(ObservationRow.contract, ObservationRow.year).where(history.in_view(ObservationRow)).distinct()
    stated: dict[str, set[int]] = {}
    for contract, year in await session.execute(query):
        stated.setdefault(contract, set()).add(year)
    counted = await counted_years(session)
    known = [(definition_of(row.definition), row.version) for row in rows]
    return [(each, version, _years(each, stated, counted)) for each, version in known]


def _years(definition: ContractBody, stated: dict[str, set[int]], counted: dict[str, set[int]]) -> list[int]:
    """Those of which anything was stated, and those after the reference year of which publications were counted."""
    header = definition.header
    later = {year for year in counted.get(header.code, ()) if year > header.reference_year}
    return sorted(stated.get(header.code, set()) | later)


async def definition(session: AsyncSession, code: str, as_of: datetime | None = None) -> ContractBody:
    """Raises NotFound where no such contract has been read, or none was known at that instant."""
    return definition_of((await _contract(session, code, as_of)).definition)


async def contract_facts(session: AsyncSession, code: str, as_of: datetime | None = None) -> ContractFacts:
    """The facts as they stand, with what is rehearsed; or as they stood, and nothing else.

    Raises NotFound where no such contract has been read, or none was known at that instant.
    """
    known = await figures(session, code, as_of)
    return replace(known, milestones=await milestone_facts(session, code, as_of))


async def figures(session: AsyncSession, code: str, as_of: datetime | None = None) -> ContractFacts:
    """The same facts but for the milestones, for the views that show none. Raises NotFound."""
    row = await _contract(session, code, as_of)
    defined = definition_of(row.definition)
    observations = await history.observations(session, code, as_of)
    await lay_over(session, observations, defined, as_of)
    if as_of is None:
        _rehearse(observations, await session.get(RehearsalRow, code), defined.header.reference_year)
    return ContractFacts(row.version, defined, observations, await history.assessments(session, code, as_of))


async def _contract(session: AsyncSession, code: str, as_of: datetime | None) -> ContractRow | ContractVersionRow:
    row = await history.contract(session, code, as_of)
    if row is None:
        raise NotFound(
            f"Le contrat « {code} » " + ("n’était pas connu à cette date." if as_of else "n’est pas connu ici.")
        )
    return row


def _rehearse(observations: dict[Cell, dict[int, Observed]], staged: RehearsalRow | None, reference_year: int) -> None:
    """Add the simulated values after the reference year, where no entity has stated anything."""
    if staged is None:
        return
    real = {(indicator, year) for (indicator, _), years in observations.items() for year in years}
    for each in _SIMULATED_VALUES.validate_json(staged.observations):
        if each.year > reference_year and (each.indicator, each.year) not in real:
            observations.setdefault((each.indicator, each.entity), {})[each.year] = _simulated(each, staged)


def _simulated(stated: SimulatedBody, staged: RehearsalRow) -> Observed:
    return Observed(
        value=stated.value,
        status=SIMULATED,
        absence=stated.absence,
        source=staged.source,
        note=stated.note,
        basis="",
        recorded_at=staged.staged_at,
    )


async def parked(session: AsyncSession, after: int, limit: int) -> Sequence[ParkedRow]:
    query = select(ParkedRow).where(ParkedRow.id > after).order_by(ParkedRow.id).limit(limit)
    return (await session.scalars(query)).all()


async def count_parked(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(ParkedRow)) or 0
