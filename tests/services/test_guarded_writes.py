"""A write that is given up leaves nothing: its transaction is rolled back, and its connection serves others."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial

import httpx
import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.pool import QueuePool

from shared.database import Database
from shared.idempotency import IdempotencyRow
from shared.settings import Limits
from tests.waiting import eventually

from .guarded_app import Guarded, guarded

SOON = 60
MORE_THAN_THE_POOL = 25
LONG = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(30)",
}


@pytest.fixture
def scene(database: Database) -> Iterator[Guarded]:
    with guarded(Limits(call_seconds=0.3)) as scene:
        _add_writes(scene, database)
        yield scene


@pytest.fixture
async def client(scene: Guarded) -> AsyncIterator[httpx.AsyncClient]:
    async with asyncio.timeout(SOON), scene.client() as client:
        client.headers.update(scene.bearing())
        yield client


def _add_writes(scene: Guarded, database: Database) -> None:
    long = LONG["sqlite" if database.is_sqlite else "postgresql"]

    @scene.app.post("/write/{key}")
    async def write(key: str, then: str) -> None:
        async with database.transaction() as session:
            row = {
                "caller": "x",
                "key": key,
                "fingerprint": "",
                "status": 0,
                "body": "",
                "created_at": datetime.now(UTC),
            }
            await session.execute(insert(IdempotencyRow).values(row))
            if then == "wait":
                await scene.go_on.wait()
            elif then == "work":
                await session.execute(text(long))


async def kept(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(IdempotencyRow)) or 0


async def written(client: httpx.AsyncClient, key: str) -> bool:
    """Whether a write passes in the short time that it is given, on a machine that may be busy."""
    return (await client.post(f"/write/{key}", params={"then": "end"})).status_code == 200


@pytest.mark.parametrize("then", ["wait", "work"])
async def test_nothing_of_a_write_that_is_given_up_is_kept(
    client: httpx.AsyncClient, database: Database, then: str
) -> None:
    answer = await client.post("/write/half", params={"then": then})
    assert (answer.status_code, answer.json()["code"]) == (503, "overdue")
    assert await kept(database) == 0
    await eventually(lambda: written(client, "half"))
    assert await kept(database) == 1


async def test_the_pool_is_whole_after_more_such_writes_than_it_has_connections(
    client: httpx.AsyncClient, database: Database
) -> None:
    calls = [client.post(f"/write/{number}", params={"then": "wait"}) for number in range(MORE_THAN_THE_POOL)]
    assert {answer.status_code for answer in await asyncio.gather(*calls)} == {503}
    assert await kept(database) == 0
    for number in range(MORE_THAN_THE_POOL):
        await eventually(partial(written, client, str(number)))
    assert await kept(database) == MORE_THAN_THE_POOL
    pool = database.engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0
