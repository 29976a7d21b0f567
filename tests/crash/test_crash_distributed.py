"""The services apart, each killed at every point that concerns it: what was acknowledged reaches the views, once."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from services.apart import SCHEMAS, Service
from shared.migrations import is_current
from tests.crash import oracle
from tests.crash.apart import Apart, apart
from tests.crash.instances import started
from tests.crash.stores import OWNERS
from tests.crash.writers import Ledger, write_until_death
from tests.crash.writing import new_writers
from tests.databases import Databases
from tests.kafka import Broker
from tests.postgresql import Server

SEEDS = max(2, int(os.environ.get("CADRAN_CRASH_SEEDS", "2")))
_AT_ONCE = 4
# The victims take turns, seed by seed and point by point. The contract is the first commit of an owner, and its first
# publication; the gateway hears each of them in three partitions.
_OWNERS, _GATEWAY = OWNERS, ("gateway",)
_POINTS = {
    ("owner-commit", "before"): (_OWNERS, range(2, 20)),
    ("owner-commit", "after"): (_OWNERS, range(2, 20)),
    ("publish-kafka", "before"): (_OWNERS, range(1, 10)),
    ("publish-kafka", "after"): (_OWNERS, range(1, 10)),
    ("mark-sent", "before"): (_OWNERS, range(1, 10)),
    ("mark-sent", "after"): (_OWNERS, range(1, 10)),
    ("projection", "after"): (_GATEWAY, range(1, 30)),
    ("position", "before"): (_GATEWAY, range(1, 16)),
    ("position-commit", "before"): (_GATEWAY, range(1, 16)),
    ("position-commit", "after"): (_GATEWAY, range(1, 16)),
}


@pytest.fixture
async def databases(postgresql: Server) -> AsyncIterator[Databases]:
    opened = Databases(postgresql)
    yield opened
    await opened.close()


async def survive(apart: Apart, victim: str, bomb: tuple[str, str, str], chance: random.Random) -> None:
    """Write through the door until the victim dies, give it another life, and ask the oracle."""
    ledger = Ledger()
    async with AsyncExitStack() as stack:
        others = [each for each in Service if each != victim]
        await asyncio.gather(*(stack.enter_async_context(apart.serving(each)) for each in others))
        client = await stack.enter_async_context(apart.client("gateway"))
        async with apart.serving(victim, bomb) as process:
            await apart.load()
            await write_until_death(client, new_writers(chance, ledger))
            assert await process.ended() == -signal.SIGKILL, process.complained
        await stack.enter_async_context(apart.serving(victim))
        assert await oracle.verdict(apart.stores, ledger, within=30) == []
        await ledger.send_again(client)
        assert await oracle.verdict(apart.stores, ledger, within=30) == []


@pytest.mark.parametrize("kill", _POINTS, ids="-".join)
async def test_a_kill_loses_nothing_and_repeats_nothing(
    tmp_path: Path, databases: Databases, kafka: Broker, kill: tuple[str, str]
) -> None:
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    (point, side), (victims, passages) = kill, _POINTS[kill]
    turn, first = asyncio.Semaphore(_AT_ONCE), [*_POINTS].index(kill)
    places = [await apart(tmp_path / str(seed), databases, kafka.servers) for seed in range(SEEDS)]

    async def live(seed: int, place: Apart) -> None:
        async with turn:
            victim, chance = victims[(first + seed) % len(victims)], random.Random(f"{point}-{side}-{seed}")
            await survive(place, victim, (point, str(chance.choice(passages)), side), chance)

    async with asyncio.TaskGroup() as lives:
        for seed, place in enumerate(places):
            lives.create_task(live(seed, place))


@pytest.mark.parametrize("service", Service)
async def test_a_migration_that_was_killed_is_done_again(
    tmp_path: Path, databases: Databases, service: Service
) -> None:
    database, schema = await databases.empty(), SCHEMAS[service]
    command, env = ("migrate", service), {"CADRAN_DATABASE_URL": database.url}
    async with started(tmp_path, *command, bomb=("migration", "3", "after"), **env) as process:
        assert await process.ended() == -signal.SIGKILL
    assert not await is_current(database, schema)
    async with started(tmp_path, *command, **env) as process:
        assert await process.ended() == 0, process.complained
    assert await is_current(database, schema)
