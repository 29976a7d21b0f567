"""The fence of the read model: a consumer that is no longer the one who writes it changes nothing any more."""

from decimal import Decimal

import pytest
from sqlalchemy import text

from services.gateway import generations, read_model
from services.gateway.consumer import Consumer, FencedError
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.databases import Databases
from tests.facts import TOPIC, message, observation
from tests.reading import parked, reached, values

ONE, TWO = observation().id, observation(number=2).id


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def zombie(database: Database) -> Consumer:
    """It has taken in one message, and knows nothing of what happened since."""
    consumer = Consumer(database)
    await consumer.take([message(observation(), 0)])
    return consumer


@pytest.fixture
async def successor(databases: Databases, database: Database) -> Consumer:
    """Another process, which was given the partition."""
    consumer = Consumer(databases.open(database.url))
    await consumer.positions(TOPIC)
    return consumer


async def test_what_the_successor_took_in_is_not_taken_in_again(
    database: Database, zombie: Consumer, successor: Consumer
) -> None:
    newer = [message(observation(2, value=Decimal(2)), 1), message(observation(3, value=Decimal(3)), 2)]
    await successor.take(newer)
    await zombie.take([message(observation(2, value=Decimal(2)), 1)])
    assert await values(database) == {ONE: (3, Decimal(3))}
    assert await reached(successor) == 2


async def test_of_a_batch_that_was_partly_taken_in_only_the_rest_is(
    database: Database, zombie: Consumer, successor: Consumer
) -> None:
    await successor.take([message(observation(2), 1)])
    await zombie.take([message(observation(2), 1), message(observation(number=2), 2)])
    assert set(await values(database)) == {ONE, TWO}
    assert await reached(successor) == 2


async def test_messages_that_do_not_follow_are_refused_once_and_taken_in_where_the_hole_is_the_topics_own(
    database: Database, zombie: Consumer
) -> None:
    """The bus places the partition again in between, at the position that is stored."""
    with pytest.raises(FencedError):
        await zombie.take([message(observation(number=2), 5)])
    assert TWO not in await values(database)
    await zombie.positions(TOPIC)
    await zombie.take([message(observation(number=2), 5)])
    assert TWO in await values(database)
    assert await reached(zombie) == 5


async def test_a_consumer_of_a_cleared_read_model_is_refused_until_it_is_placed_at_the_beginning(
    database: Database, zombie: Consumer
) -> None:
    await read_model.clear(database)
    with pytest.raises(FencedError):
        await zombie.take([message(observation(2), 1)])
    assert await values(database) == {}
    assert await parked(database) == []
    assert await zombie.positions(TOPIC) == {}
    await zombie.take([message(observation(), 0), message(observation(2), 1)])
    assert (await values(database))[ONE][0] == 2


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)  # SQLite has one read model, a file
async def test_a_consumer_whose_read_model_was_switched_is_refused_and_places_itself_in_the_new_one(
    databases: Databases, database: Database
) -> None:
    live = databases.open(database.url)
    generations.follow(live)
    zombie = Consumer(live)
    await zombie.take([message(observation(), 0)])
    async with database.engine.begin() as connection:
        await connection.execute(text("CREATE SCHEMA generation_new"))
        for table in ("positions", "observations", "observation_versions", "recent_events", "read_models"):
            await connection.execute(text(f"CREATE TABLE generation_new.{table} (LIKE public.{table} INCLUDING ALL)"))
        await connection.execute(text("UPDATE public.generations SET schema = 'generation_new'"))
    with pytest.raises(FencedError):
        await zombie.take([message(observation(2), 1)])
    assert await zombie.positions(TOPIC) == {}
    await zombie.take([message(observation(), 0), message(observation(2), 1)])
    assert (await values(live))[ONE][0] == 2
    assert (await values(database))[ONE][0] == 1


async def test_what_a_topic_no_longer_has_is_parked_as_one_gap_and_counts_as_read(
    database: Database, zombie: Consumer
) -> None:
    await zombie.missing(TOPIC, 0, 1, 4)
    ((offset, reason),) = await parked(database)
    assert (offset, await reached(zombie)) == (1, 4)
    assert reason.startswith("les événements 1 à 4 ne sont plus dans le topic")


async def test_a_gap_that_another_reader_was_beyond_moves_nothing_back(
    database: Database, zombie: Consumer, successor: Consumer
) -> None:
    await successor.missing(TOPIC, 0, 1, 4)
    await successor.take([message(observation(2), 5)])
    await zombie.missing(TOPIC, 0, 1, 2)
    assert await reached(successor) == 5
    assert [offset for offset, _ in await parked(database)] == [1]
    assert (await values(database))[ONE] == (2, Decimal("14.50"))
