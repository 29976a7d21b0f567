"""Events on their way into the read model: repeated, out of order, and with the database away."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import ContractRow
from shared.database import Database
from shared.events.catalogue import Fact
from shared.migrations import Schema
from tests.facts import contract, message, observation
from tests.reading import parked, project_with, reached, values

ONE, TWO = observation().id, observation(number=2).id


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
def consumer(database: Database) -> Consumer:
    return Consumer(database)


async def test_events_are_projected_and_the_position_advances(database: Database, consumer: Consumer) -> None:
    await consumer.take([message(contract(), 0), message(observation(), 1), message(observation(number=2), 2)])
    assert await values(database) == {ONE: (1, Decimal("14.50")), TWO: (1, Decimal("14.50"))}
    assert await reached(consumer) == 2
    assert await parked(database) == []


async def test_nothing_was_read_of_a_topic_never_seen(consumer: Consumer) -> None:
    assert await consumer.positions("cadran.milestones") == {}


async def test_a_repeated_event_changes_nothing(database: Database, consumer: Consumer) -> None:
    for offset in (0, 0, 1):
        await consumer.take([message(observation(), offset)])
    assert await values(database) == {ONE: (1, Decimal("14.50"))}
    assert await reached(consumer) == 1


@pytest.mark.parametrize("order", [*itertools.permutations((1, 2, 3))], ids=str)
async def test_the_newest_version_wins_whatever_the_order(
    database: Database, consumer: Consumer, order: tuple[int, ...]
) -> None:
    facts = {version: observation(version, value=Decimal(version)) for version in order}
    for offset, version in enumerate(order):
        await consumer.take([message(facts[version], offset)])
    assert await values(database) == {ONE: (3, Decimal(3))}


async def test_the_newest_contract_wins_whatever_the_order(database: Database, consumer: Consumer) -> None:
    await consumer.take([message(contract(2, "Contrat révisé"), 0), message(contract(1), 1)])
    async with database.reading() as session:
        (row,) = await session.scalars(select(ContractRow))
    assert row.version == 2
    assert "Contrat révisé" in row.definition


async def test_subjects_that_take_turns_keep_their_own_versions(database: Database, consumer: Consumer) -> None:
    steps = [(1, 1), (2, 1), (1, 2), (2, 2), (2, 1), (1, 1), (1, 3)]
    facts = [observation(version, number=number, value=Decimal(version)) for number, version in steps]
    await consumer.take([message(fact, offset) for offset, fact in enumerate(facts)])
    assert await values(database) == {ONE: (3, Decimal(3)), TWO: (2, Decimal(2))}


async def test_a_value_that_became_absent_is_absent(database: Database, consumer: Consumer) -> None:
    absent = observation(2, value=None, absence="not_available")
    await consumer.take([message(observation(), 0), message(absent, 1)])
    assert await values(database) == {ONE: (2, None)}


async def test_a_position_never_goes_back(consumer: Consumer) -> None:
    await consumer.take([message(observation(), 7)])
    await consumer.take([message(observation(), 3)])
    assert await reached(consumer) == 7


async def test_what_was_projected_is_forgotten_where_the_position_cannot_be_written(
    database: Database, consumer: Consumer
) -> None:
    async with database.transaction() as session:
        await session.execute(text("ALTER TABLE positions RENAME TO elsewhere"))
    with pytest.raises(DBAPIError, match="positions"):
        await consumer.take([message(observation(), 0)])
    assert await values(database) == {}


async def test_with_the_database_away_nothing_is_parked_and_the_bus_is_told(
    database: Database, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def away() -> AsyncIterator[AsyncSession]:
        raise OperationalError("BEGIN", {}, OSError("connection refused"))
        yield

    with monkeypatch.context() as patch:
        patch.setattr(database, "transaction", away)
        with pytest.raises(OperationalError):
            await consumer.take([message(observation(), 0)])
    assert await parked(database) == []
    assert await reached(consumer) is None
    await consumer.take([message(observation(), 0)])
    assert await values(database) == {ONE: (1, Decimal("14.50"))}


async def test_a_database_that_goes_away_in_the_middle_parks_nothing(
    database: Database, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_session: AsyncSession, _fact: Fact) -> None:
        raise OperationalError("INSERT", {}, OSError("connection reset"))

    with monkeypatch.context() as patch:
        project_with(patch, away)
        with pytest.raises(OperationalError):
            await consumer.take([message(contract(), 0), message(observation(), 1)])
    assert await parked(database) == []
    assert await reached(consumer) is None
