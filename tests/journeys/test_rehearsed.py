"""A rehearsal in the read model: it fills what nobody observed, gives way to the real, and leaves nothing behind."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from services.gateway import facts, read_model
from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import RehearsalRow
from shared.database import Database
from shared.migrations import Schema
from tests.facts import observation

from .story import INDICATOR, SCHOOL, STORY, day, kept, known, simulated, staged, take, values_of


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def consumer(database: Database) -> Consumer:
    await read_model.ensure_named(database)
    return Consumer(database)


async def test_a_rehearsal_fills_the_years_that_nobody_observed(database: Database, consumer: Consumer) -> None:
    told = staged(1, simulated(2017, 1), simulated(2022, 2, "imt-bs"), simulated(2023, 3), simulated(2024, 4))
    await take(consumer, [*STORY[:2], told])
    rehearsed = await known(database)
    assert values_of(rehearsed, INDICATOR, SCHOOL) == {2022: Decimal("14.50"), 2023: Decimal(3), 2024: Decimal(4)}
    assert values_of(rehearsed, INDICATOR, "imt-bs") == {}
    assert rehearsed.rehearsed_years()
    assert (rehearsed.observed_years(), rehearsed.rehearsed_years()) == ([2022], [2023, 2024])
    shown = rehearsed.years(INDICATOR, SCHOOL)[2023]
    assert (shown.status, shown.source, shown.recorded_at) == ("simulated", told.source, day(1))
    assert rehearsed.stated(INDICATOR, SCHOOL)[2023].status == "simulated"


async def test_the_list_of_contracts_counts_no_simulated_year(database: Database, consumer: Consumer) -> None:
    await take(consumer, [*STORY[:2], staged(1, simulated(2023, 3))])
    async with database.reading() as session:
        ((_, _, years),) = await facts.contracts(session)
    assert years == [2022]


async def test_one_real_value_takes_the_place_of_a_whole_rehearsed_year(database: Database, consumer: Consumer) -> None:
    await take(consumer, [*STORY[:2], staged(1, simulated(2023, 3), simulated(2023, 4, "imt-bs"))])
    assert values_of(await known(database), INDICATOR, "imt-bs") == {2023: Decimal(4)}
    real = observation(number=3, year=2023, value=None, absence="not_due", recorded_at=day(2))
    await take(consumer, [real], first=3)
    after = await known(database)
    assert values_of(after, INDICATOR, SCHOOL) == {2022: Decimal("14.50"), 2023: None}
    assert values_of(after, INDICATOR, "imt-bs") == {}
    assert not after.rehearsed_years()


async def test_of_two_rehearsals_the_newer_one_is_the_whole(database: Database, consumer: Consumer) -> None:
    told = [staged(1, simulated(2023, 3), simulated(2024, 4)), staged(2, simulated(2024, 5))]
    await take(consumer, [STORY[0], *reversed(told)])
    assert values_of(await known(database), INDICATOR, SCHOOL) == {2024: Decimal(5)}


async def test_nothing_is_left_of_a_rehearsal_that_is_over(database: Database, consumer: Consumer) -> None:
    before, over = staged(1, simulated(2023, 3)), staged(2)
    await take(consumer, [STORY[0], before, over, before])
    assert not (await known(database)).rehearsed_years()
    async with database.reading() as session:
        (row,) = await session.scalars(select(RehearsalRow))
    assert (row.version, row.observations) == (2, "[]")
    assert [len(rows) for rows in await kept(database)] == [1, 0, 0]  # the contract's own version alone


async def test_the_past_shows_nothing_simulated(database: Database, consumer: Consumer) -> None:
    await take(consumer, [*STORY[:2], staged(1, simulated(2023, 3))])
    past = await known(database, datetime.now(UTC))
    assert not past.rehearsed_years()
    assert values_of(past, INDICATOR, SCHOOL) == {2022: Decimal("14.50")}
