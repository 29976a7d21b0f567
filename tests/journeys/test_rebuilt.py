"""A read model from before history was kept: its migration empties it, and the events build it again, with history."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from services import embedded
from services.gateway import facts, read_model
from services.gateway.consumer import Consumer
from services.gateway.facts import ContractFacts
from services.gateway.tables import SCHEMA as GATEWAY
from services.gateway.tables import ContractRow, ObservationRow
from shared import migrations
from shared.database import Database
from shared.migrations import Schema
from tests.conftest import COP, World, settings_in

from .story import STORY, each_day, kept, known, simulated, staged, take, values_of

TOPIC = "cadran.indicators"


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def old(database: Database) -> Database:
    """A read model of the first revision, with the whole story read."""
    await read_model.ensure_named(database)
    await take(Consumer(database), [*STORY, staged(1, simulated(2023, 9))])
    await migrations.downgrade(database, GATEWAY, "0001")
    return database


async def watermark(database: Database) -> str:
    async with database.reading() as session:
        return await read_model.watermark(session, date(2026, 3, 2))


async def test_going_down_leaves_what_stands(old: Database) -> None:
    assert await Consumer(old).positions(TOPIC) == {0: len(STORY)}
    async with old.reading() as session:
        (contract,) = await session.scalars(select(ContractRow))
        years = {*await session.scalars(select(ObservationRow.year))}
    label = facts.definition_of(contract.definition).header.label
    assert (label, contract.version, years) == ("Contrat, version 2", 2, {2021, 2022})


async def test_an_old_read_model_is_emptied_and_takes_another_name(old: Database) -> None:
    """Without a position, every topic is read from the beginning; without a name, no ETag given before is right."""
    before = await watermark(old)
    await migrations.upgrade(old, GATEWAY)
    assert await read_model.heard(old) == set()
    assert await Consumer(old).positions(TOPIC) == {}
    await read_model.ensure_named(old)
    await take(Consumer(old), STORY)
    assert (await watermark(old)).partition("+")[0] != before.partition("+")[0]


async def test_the_events_build_it_again_with_its_history(old: Database, database: Database) -> None:
    await migrations.upgrade(old, GATEWAY)
    assert await kept(old) == [set(), set(), set()]
    await take(Consumer(old), STORY)
    assert [len(rows) for rows in await kept(old)] == [2, 4, 3]
    assert (await known(old)).version == 2
    assert [each.version for each in await each_day(old)] == [1, 1, 1, 1, 1, 2, 2, 2]


async def test_in_one_process_an_old_read_model_comes_back_by_itself(tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "var")
    async with embedded.system(settings) as system:
        world = World(system, settings.data)
        await embedded.load_missing(system, settings.contracts)
        before = datetime.now(UTC)
        await _correct(world)
        told = [await _facts(world, as_of) for as_of in (before, None)]
    old = Database(f"sqlite+aiosqlite:///{settings.data}/gateway.sqlite3")
    await migrations.downgrade(old, GATEWAY, "0001")
    await old.close()
    async with embedded.system(settings) as system:
        world = World(system, settings.data)
        await world.settled()
        assert [await _facts(world, as_of) for as_of in (before, None)] == told
    first, second = (values_of(each, "h-index", "imt")[2022] for each in told)
    assert (str(first), str(second)) == ("32", "34")


async def _correct(world: World) -> None:
    query = {"contract": COP, "indicator": "h-index", "entity": "imt", "year": "2022"}
    stated = {"value": "34", "source": "Relevé", "reason": "Recompté"}
    async with world.client("steward") as client:
        (found,) = (await client.get("/indicators/v1/observations", params=query)).json()["items"]
        place = f"/indicators/v1/observations/{found['id']}"
        answer = await client.put(place, json=stated, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    await world.settled()


async def _facts(world: World, as_of: datetime | None) -> ContractFacts:
    database: Database = world.system.gateway.state.database
    async with database.reading() as session:
        return await facts.contract_facts(session, COP, as_of)
