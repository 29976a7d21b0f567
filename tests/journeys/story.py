"""A contract told in events, for the tests of the read model: defined, observed, corrected, assessed, revised."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from services.gateway import facts
from services.gateway.consumer import Consumer
from services.gateway.facts import ContractFacts
from services.gateway.tables import AssessmentVersionRow, ContractVersionRow, ObservationVersionRow
from shared.database import Database
from shared.events.catalogue import Fact
from shared.events.indicators import ContractDefined, RehearsalStaged, SimulatedBody
from tests.facts import AT, assessment, contract, message, observation, rehearsal

CODE, INDICATOR, SCHOOL = contract().code, observation().indicator, observation().entity
HISTORIES = (ContractVersionRow, ObservationVersionRow, AssessmentVersionRow)


def day(number: int) -> datetime:
    return AT + timedelta(days=number)


def defined(version: int, on: int) -> ContractDefined:
    return contract(version, f"Contrat, version {version}").model_copy(update={"defined_at": day(on)})


def simulated(year: int, value: int, entity: str = SCHOOL) -> SimulatedBody:
    return SimulatedBody(indicator=INDICATOR, entity=entity, year=year, value=Decimal(value))


def staged(version: int, *values: SimulatedBody) -> RehearsalStaged:
    """A rehearsal with these values."""
    return rehearsal(version).model_copy(update={"observations": values, "staged_at": day(version)})


STORY: Sequence[Fact] = (
    defined(1, on=0),
    observation(recorded_at=day(1)),
    observation(number=2, year=2021, recorded_at=day(1)),
    assessment(level="attainable", recorded_at=day(2)),
    observation(2, value=Decimal("15.10"), status="definitive", recorded_at=day(3)),
    assessment(2, level="support_needed", recorded_at=day(4)),
    defined(2, on=5),
    assessment(3, level=None, comment=None, recorded_at=day(6)),
    observation(3, value=None, absence="not_measured", recorded_at=day(7)),
)


async def take(consumer: Consumer, told: Sequence[Fact], first: int = 0) -> None:
    await consumer.take([message(fact, first + place) for place, fact in enumerate(told)])


async def known(database: Database, as_of: datetime | None = None) -> ContractFacts:
    async with database.reading() as session:
        return await facts.contract_facts(session, CODE, as_of)


async def kept(database: Database) -> list[set[tuple[Any, ...]]]:
    """Every row of the history."""
    async with database.reading() as session:
        return [{tuple(row) for row in await session.execute(select(*table.__table__.columns))} for table in HISTORIES]


async def each_day(database: Database) -> list[ContractFacts]:
    return [await known(database, day(number)) for number in range(8)]


def values_of(known: ContractFacts, indicator: str, entity: str) -> dict[int, Decimal | None]:
    return {year: stated.value for year, stated in known.stated(indicator, entity).items()}
