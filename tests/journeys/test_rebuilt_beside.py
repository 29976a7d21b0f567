"""A read model built anew beside the living one: readers see no error and no past, and what was wrong is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import text

from shared.database import Database
from tests.kafka import Broker
from tests.postgresql import Server
from tests.town import FOLLOW_UP, Town, founded, students
from tests.waiting import eventually


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, postgresql: Server, kafka: Broker) -> AsyncIterator[Town]:
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    async with founded(tmp_path_factory.mktemp("beside"), postgresql, kafka) as town:
        await eventually(lambda: town.shows("13606"))
        yield town


@asynccontextmanager
async def read_model(town: Town) -> AsyncIterator[Database]:
    database = Database(town.gateway.env["CADRAN_DATABASE_URL"])
    yield database
    await database.close()


async def generations(town: Town) -> tuple[str, list[str]]:
    """The living one, and all that were built."""
    async with read_model(town) as database, database.reading() as session:
        living = await session.scalar(text("SELECT schema FROM public.generations"))
        names = await session.scalars(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'generation%'"))
        return str(living), sorted(names)


async def rebuild(town: Town) -> None:
    done = await asyncio.to_thread(town.gateway.run, "rebuild")
    assert done.returncode == 0, done.stderr
    assert "reconstruites" in done.stdout


async def test_what_was_wrong_in_the_views_is_gone_after_a_rebuild(town: Town) -> None:
    truth = (await town.client.get(FOLLOW_UP)).json()
    living, _ = await generations(town)
    async with read_model(town) as database, database.transaction() as session:
        await session.execute(text(f"UPDATE {living}.observations SET value = '1' WHERE indicator = 'students'"))
    await rebuild(town)
    await eventually(lambda: town.shows(str(students(truth))))
    now = (await town.client.get(FOLLOW_UP)).json()
    assert now["watermark"] != truth["watermark"]
    assert now | {"watermark": ""} == truth | {"watermark": ""}


async def test_writes_are_shown_after_a_rebuild_and_the_one_before_is_swept_by_the_next(town: Town) -> None:
    await rebuild(town)
    first, _ = await generations(town)
    await town.correct("15001")
    await eventually(lambda: town.shows("15001"))
    await rebuild(town)
    second, built = await generations(town)
    assert first != second
    assert built == sorted([first, second])
    await town.correct("15002")
    await eventually(lambda: town.shows("15002"))
    await rebuild(town)
    third, built = await generations(town)
    assert built == sorted([second, third])
    assert await town.shows("15002")


async def test_readers_see_no_error_and_no_past_while_it_is_rebuilt_under_writes(town: Town) -> None:
    done = asyncio.Event()
    seen: list[int] = []

    async def read() -> None:
        while not done.is_set():
            answer = await town.client.get(FOLLOW_UP)
            assert answer.status_code == httpx.codes.OK, answer.text
            seen.append(int(str(students(answer.json()))))

    async def write() -> None:
        for value in range(16000, 16040):
            await town.correct(str(value))

    async with asyncio.TaskGroup() as group:
        group.create_task(read())
        writing = group.create_task(write())
        await rebuild(town)
        await writing
        await eventually(lambda: town.shows("16039"))
        done.set()
    numbers = [value for value in seen if value >= 16000]
    assert numbers == sorted(numbers)


async def test_the_schema_of_the_living_read_model_is_the_one_that_is_migrated(town: Town) -> None:
    await rebuild(town)
    done = await asyncio.to_thread(town.gateway.run, "migrate", "gateway")
    assert done.returncode == 0, done.stderr
    living, _ = await generations(town)
    assert living.startswith("generation_")


async def test_a_second_rebuild_at_once_is_refused_in_one_line(town: Town) -> None:
    async with read_model(town) as database, database.engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(2)"))
        refused = await asyncio.to_thread(town.gateway.run, "rebuild")
    assert refused.returncode == 1
    assert "une reconstruction est déjà en cours" in refused.stderr
    assert refused.stderr.count("\n") == 1
