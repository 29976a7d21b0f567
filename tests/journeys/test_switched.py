"""A read model that is switched while events come in: what is taken in meanwhile is in the one that lives."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from services.gateway import generations, read_model, rebuilding
from services.gateway.consumer import Consumer, FencedError
from services.gateway.tables import SCHEMA as GATEWAY
from shared.bus.kafka import KafkaBus
from shared.database import Database
from shared.serving import RefusedError
from shared.settings import KafkaSettings
from tests.databases import Databases
from tests.facts import TOPIC, message, observation
from tests.kafka import Broker
from tests.postgresql import Server
from tests.reading import values
from tests.waiting import eventually

ANEW = "generation_anew"


@pytest.fixture
async def databases(postgresql: Server) -> AsyncIterator[Databases]:
    opened = Databases(postgresql)
    yield opened
    await opened.close()


@pytest.fixture
async def living(databases: Databases) -> Database:
    database = await databases.migrated(GATEWAY)
    generations.follow(database)
    await read_model.ensure_named(database)
    return database


@pytest.fixture
async def built(databases: Databases, living: Database) -> Database:
    """A generation beside, with the first event in it as in the living one."""
    database = databases.open(living.url)
    await rebuilding._prepare(database, ANEW)
    for each in (living, database):
        await Consumer(each).take([message(observation(), 0)])
    return database


async def waits_for_a_lock(living: Database) -> bool:
    async with living.reading() as session:
        query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        return bool(await session.scalar(text(query)))


async def test_an_event_that_comes_while_it_is_switched_is_in_the_one_that_lives(
    databases: Databases, living: Database, built: Database
) -> None:
    consumer = Consumer(living)
    await consumer.positions(TOPIC)
    async with databases.open(living.url).engine.begin() as switching:
        await switching.execute(rebuilding._LIVE)
        taking = asyncio.create_task(consumer.take([message(observation(2), 1)]))
        await eventually(lambda: waits_for_a_lock(living))
        await switching.execute(rebuilding._SWITCH, {"schema": ANEW})
    await taking
    assert [version for version, _ in (await values(built)).values()] == [2]
    assert await values(living) == await values(built)


async def test_nothing_is_switched_to_what_has_read_less_than_is_shown(living: Database, built: Database) -> None:
    await Consumer(living).take([message(observation(2), 1)])
    assert not await rebuilding._switch(living, ANEW)
    await Consumer(built).take([message(observation(2), 1)])
    assert await rebuilding._switch(living, ANEW)


async def test_a_consumer_ahead_of_what_lives_now_reads_again(living: Database, built: Database) -> None:
    """Whoever switched, and to whatever."""
    consumer = Consumer(living)
    await consumer.positions(TOPIC)
    await consumer.take([message(observation(2), 1)])
    async with living.transaction() as session:
        await session.execute(rebuilding._SWITCH, {"schema": ANEW})
    with pytest.raises(FencedError):
        await consumer.take([message(observation(3), 2)])
    assert await consumer.positions(TOPIC) == {0: 0}


async def test_a_rebuild_from_topics_that_are_not_there_is_refused_and_switches_nothing(
    living: Database, kafka: Broker
) -> None:
    if not kafka.is_real:
        pytest.skip("the mock cluster knows no administration")
    bus = KafkaBus(KafkaSettings(servers=kafka.servers, create_topics=False), group="rebuild-of-nothing")
    with pytest.raises(RefusedError, match="cadran topics"):
        await rebuilding.rebuild(living.url, bus, ["cadran.nowhere"], lambda _read, _total: None)
    await bus.close()
    async with living.reading() as session:
        assert await session.scalar(text("SELECT schema FROM public.generations")) == generations.FIRST


def test_a_rebuild_from_topics_that_hold_less_than_is_shown_is_refused() -> None:
    with pytest.raises(RefusedError, match="a été refait"):
        rebuilding._check([TOPIC], {(TOPIC, 0): 7}, {(TOPIC, 0): 3})
    rebuilding._check([TOPIC], {(TOPIC, 0): 7}, {(TOPIC, 0): 8, (TOPIC, 1): 0})
