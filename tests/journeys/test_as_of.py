"""The read model's history: a past state comes back exactly, however the events came and whatever came since."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from services.gateway import facts, read_model
from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from shared.problems import NotFound
from tests.facts import assessment, observation

from .story import INDICATOR, SCHOOL, STORY, day, each_day, kept, known, simulated, staged, take, values_of


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def consumer(database: Database) -> Consumer:
    await read_model.ensure_named(database)
    return Consumer(database)


async def value(database: Database, as_of: datetime | None = None) -> Decimal | None:
    return values_of(await known(database, as_of), INDICATOR, SCHOOL).get(2022)


async def level(database: Database, as_of: datetime | None = None) -> str | None:
    found = (await known(database, as_of)).assessments.get((INDICATOR, SCHOOL), {}).get(2022)
    return found.level if found else None


async def test_a_correction_is_known_from_the_instant_it_was_recorded(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY)
    second = timedelta(microseconds=1)
    assert await value(database, day(1)) == Decimal("14.50")
    assert await value(database, day(3) - second) == Decimal("14.50")
    assert await value(database, day(3)) == Decimal("15.10")
    assert await value(database, day(7)) is None
    past = (await known(database, day(6))).years(INDICATOR, SCHOOL)[2022]
    assert (past.status, past.recorded_at) == ("definitive", day(3))


async def test_a_value_that_was_not_yet_recorded_is_absent(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY)
    assert (await known(database, day(0))).observations == {}
    assert (await known(database, day(0))).observed_years() == []
    assert (await known(database)).observed_years() == [2021, 2022]


async def test_each_instant_has_its_own_version_of_the_contract(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY)
    assert [(await known(database, day(number))).version for number in (0, 4, 5, 7)] == [1, 1, 2, 2]
    assert (await known(database, day(4))).definition.header.label == "Contrat, version 1"


async def test_an_assessment_is_known_until_it_is_withdrawn(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY)
    levels = [await level(database, day(number)) for number in (1, 2, 4, 6)]
    assert levels == [None, "attainable", "support_needed", None]
    assert (await known(database)).assessments == {}


async def test_an_assessment_that_stands_says_whose_it_is(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY[:6])
    (found,) = (await known(database)).assessments[INDICATOR, SCHOOL].values()
    assert (found.version, found.level, found.comment) == (2, "support_needed", assessment().comment)
    assert (found.recorded_at, found.recorded_by) == (day(4), assessment().recorded_by)


async def test_a_contract_is_unknown_before_it_was_defined(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY)
    with pytest.raises(NotFound, match="n’était pas connu à cette date"):
        await known(database, day(-1))
    async with database.reading() as session:
        with pytest.raises(NotFound, match="n’est pas connu ici"):
            await facts.contract_facts(session, "autre")


async def test_the_past_is_the_same_after_all_that_came_since(database: Database, consumer: Consumer) -> None:
    await take(consumer, STORY[:5])
    before = [await known(database, day(number)) for number in range(4)]
    await take(consumer, STORY[5:], first=5)
    await take(consumer, [staged(1, simulated(2023, 9))], first=len(STORY))
    assert (await each_day(database))[:4] == before


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
async def test_the_order_of_the_events_makes_no_history(
    database: Database, consumer: Consumer, seed: int | None
) -> None:
    """Backwards, and shuffled."""
    await take(consumer, STORY)
    before = await kept(database), await each_day(database), await known(database)
    await read_model.clear(database)
    assert await kept(database) == [set(), set(), set()]
    again = list(reversed(STORY)) if seed is None else random.Random(seed).sample(STORY, len(STORY))
    rebuilt = Consumer(database)
    for offset, fact in enumerate(again):
        await take(rebuilt, [fact], first=offset)
    assert (await kept(database), await each_day(database), await known(database)) == before


async def test_repeats_change_nothing(database: Database, consumer: Consumer) -> None:
    told = [*STORY, staged(1, simulated(2023, 9))]
    await take(consumer, told)
    before = await kept(database), await each_day(database), await known(database)
    await take(consumer, told, first=len(told))
    await take(consumer, told[3:5], first=3)
    assert (await kept(database), await each_day(database), await known(database)) == before


async def test_a_figure_in_current_euros_gave_way_when_another_was_recorded(
    database: Database, consumer: Consumer
) -> None:
    current = observation(number=4, basis="current-euros", value=Decimal(9), recorded_at=day(1))
    own = observation(number=5, value=Decimal(8), recorded_at=day(2))
    await take(consumer, [STORY[0], own, current])
    assert [await value(database, day(number)) for number in (1, 2)] == [9, 8]
