"""Reading the read model: a contract's definition, its observations, and how far each owner has been read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.indicators import ContractBody, IndicatorBody, TargetBody
from shared.problems import NotFound
from shared.version import VERSION

from .tables import ContractRow, ObservationRow, ParkedRow, PositionRow, ReadModelRow

_GROUP = "group"
_IN_VIEW = (ObservationRow.basis.in_(["", "current-euros"]), ObservationRow.perimeter == "")


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A contract as it stands, with its observations in the contract's own basis and perimeter."""

    version: int
    definition: ContractBody
    observations: dict[tuple[str, str], dict[int, ObservationRow]]

    @property
    def group(self) -> str:
        return group_of(self.definition)

    @property
    def members(self) -> list[str]:
        return [entity.code for entity in self.definition.entities if entity.kind != _GROUP]

    def label(self, entity: str) -> str:
        return next(each.label for each in self.definition.entities if each.code == entity)

    def years(self, indicator: str, entity: str) -> dict[int, ObservationRow]:
        return self.observations.get((indicator, entity), {})

    def series(self, indicator: str, entity: str) -> dict[int, Decimal | None]:
        return {year: row.value for year, row in self.years(indicator, entity).items()}

    def targets(self, indicator: str, entity: str) -> list[TargetBody]:
        return [each for each in self.definition.targets if (each.indicator, each.entity) == (indicator, entity)]

    def benchmark(self, code: str | None, year: int) -> Decimal | None:
        points = self.definition.benchmark_values
        return next((each.value for each in points if (each.series, each.year) == (code, year)), None)

    def indicators_of(self, entity: str) -> list[IndicatorBody]:
        """The indicators that an entity follows: all of the group's, and those declined by school."""
        return [each for each in self.definition.indicators if entity == self.group or each.declined]

    def observed_years(self) -> list[int]:
        return sorted({year for years in self.observations.values() for year in years})


@lru_cache(maxsize=64)
def definition_of(text: str) -> ContractBody:
    return ContractBody.model_validate_json(text)


def group_of(definition: ContractBody) -> str:
    return next(entity.code for entity in definition.entities if entity.kind == _GROUP)


async def contracts(session: AsyncSession) -> list[tuple[ContractBody, int, list[int]]]:
    """Every contract known here: its definition, its version, and the years observed."""
    rows = (await session.scalars(select(ContractRow).order_by(ContractRow.code))).all()
    query = (
        select(ObservationRow.contract, ObservationRow.year).where(*_IN_VIEW).distinct().order_by(ObservationRow.year)
    )
    years: dict[str, list[int]] = {}
    for contract, year in await session.execute(query):
        years.setdefault(contract, []).append(year)
    return [(definition_of(row.definition), row.version, years.get(row.code, [])) for row in rows]


async def definition(session: AsyncSession, code: str) -> ContractBody:
    """Raises NotFound where no such contract has been read."""
    return definition_of((await _contract(session, code)).definition)


async def _contract(session: AsyncSession, code: str) -> ContractRow:
    row = await session.get(ContractRow, code)
    if row is None:
        raise NotFound(f"Le contrat « {code} » n’est pas connu ici.")
    return row


async def contract_facts(session: AsyncSession, code: str) -> ContractFacts:
    """Raises NotFound where no such contract has been read."""
    row = await _contract(session, code)
    query = select(ObservationRow).where(ObservationRow.contract == code, *_IN_VIEW)
    query = query.order_by(ObservationRow.basis.desc())
    observations: dict[tuple[str, str], dict[int, ObservationRow]] = {}
    for each in await session.scalars(query):
        observations.setdefault((each.indicator, each.entity), {})[each.year] = each
    return ContractFacts(row.version, definition_of(row.definition), observations)


async def watermark(session: AsyncSession) -> str:
    """How far each owner has been read, as the views of this version of the product show it."""
    epoch = await session.scalar(select(ReadModelRow.epoch))
    rows = await session.scalars(select(PositionRow).order_by(PositionRow.topic, PositionRow.partition))
    read = [f"{row.topic.partition('.')[2]}.{row.partition}@{row.offset}" for row in rows]
    return "+".join([f"{VERSION}-{epoch}", *read])


async def parked(session: AsyncSession, after: int, limit: int) -> Sequence[ParkedRow]:
    query = select(ParkedRow).where(ParkedRow.id > after).order_by(ParkedRow.id).limit(limit)
    return (await session.scalars(query)).all()
