"""The read model's name: it changes wherever a view may change though no position moves."""

from datetime import date

import pytest

from services.gateway import read_model
from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.facts import TOPIC, message, observation


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def consumer(database: Database) -> Consumer:
    await read_model.ensure_named(database)
    return Consumer(database)


async def watermark(database: Database) -> str:
    async with database.reading() as session:
        return await read_model.watermark(session, date(2026, 3, 2))


def position(mark: str) -> str:
    return mark.partition("+")[2]


async def test_a_read_model_keeps_its_name(database: Database, consumer: Consumer) -> None:
    before = await watermark(database)
    await read_model.ensure_named(database)
    assert await watermark(database) == before


async def test_the_watermark_follows_the_position(database: Database, consumer: Consumer) -> None:
    await consumer.take([message(observation(), 4)])
    first = await watermark(database)
    await consumer.take([message(observation(2), 5)])
    second = await watermark(database)
    assert (position(first), position(second)) == ("indicators.0@4", "indicators.0@5")
    assert first.partition("+")[0] == second.partition("+")[0]


async def test_a_topic_made_anew_is_read_from_its_beginning_under_another_name(
    database: Database, consumer: Consumer
) -> None:
    """Its new facts come at old offsets."""
    await consumer.take([message(observation(), 9)])
    before = await watermark(database)
    await consumer.restart(TOPIC, 0)
    await consumer.take([message(observation(2), 0)])
    after = await watermark(database)
    assert position(after) == "indicators.0@0"
    assert after.partition("+")[0] != before.partition("+")[0]


async def test_a_cleared_read_model_has_another_name(database: Database, consumer: Consumer) -> None:
    await consumer.take([message(observation(), 0)])
    before = await watermark(database)
    await read_model.clear(database)
    assert await read_model.heard(database) == set()
    await Consumer(database).take([message(observation(), 0)])
    after = await watermark(database)
    assert position(after) == position(before)
    assert after != before
