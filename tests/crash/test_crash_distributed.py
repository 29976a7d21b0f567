"""The services apart, each killed at every point that concerns it: what was acknowledged reaches the views, once."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services import loading
from services.apart import SCHEMAS, Owner, Service
from services.gateway.read_model import ensure_named
from shared.issuer import LocalIssuer
from shared.migrations import is_current
from tests.conftest import COP, ROOT
from tests.crash import oracle
from tests.crash.instances import Process, ready_or_dead, started
from tests.crash.stores import OWNERS, Stores
from tests.crash.writers import Ledger, write_until_death
from tests.crash.writing import new_writers
from tests.databases import Databases
from tests.kafka import Broker
from tests.postgresql import Server
from tests.processes import free_port

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
    ("projection", "after"): (_GATEWAY, range(1, 220)),
    ("position", "before"): (_GATEWAY, range(1, 16)),
    ("position-commit", "before"): (_GATEWAY, range(1, 16)),
    ("position-commit", "after"): (_GATEWAY, range(1, 16)),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """Every service as its environment describes it, on topics of its own."""

    folder: Path
    broker: str
    issuer: LocalIssuer
    stores: Stores
    world: str = field(default_factory=lambda: uuid4().hex[:8])
    ports: dict[str, int] = field(default_factory=lambda: {service: free_port() for service in SCHEMAS})

    @asynccontextmanager
    async def serving(self, name: str, bomb: Sequence[str] = ()) -> AsyncIterator[Process]:
        database = self.stores.facts.get(name, self.stores.views)
        env = {
            "CADRAN_DATABASE_URL": database.url,
            "CADRAN_KAFKA__SERVERS": self.broker,
            "CADRAN_KAFKA__SESSION_SECONDS": "6",
            "CADRAN_JWKS": str(self.issuer.public),
            "CADRAN_PORT": str(self.ports[name]),
            "CADRAN_CRASH_WORLD": self.world,
            **{f"CADRAN_OWNERS__{owner.upper()}": self.url(owner) for owner in OWNERS},
        }
        folder = self.folder / f"{name}-{'-'.join(bomb)}"
        async with started(folder, "serve", name, bomb=bomb, **env) as process:
            await ready_or_dead(process, self.ports[name])
            yield process

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def client(self, name: str) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.issuer.token(subject='test', roles=['administrator'])}"}
        return httpx.AsyncClient(base_url=self.url(name), headers=headers, timeout=30)

    async def load(self) -> None:
        """The contract 2018-2022, straight to its owners: one of them may die of telling it, or the gateway hearing."""
        package = loading.read_package(ROOT / "contracts" / COP)
        for owner in OWNERS:
            with suppress(httpx.TransportError):
                async with self.client(owner) as client:
                    answer = await client.put(f"/{owner}/v1/contracts/{COP}", json=package.body(owner))
                assert answer.is_success, answer.text


@pytest.fixture
async def databases(postgresql: Server) -> AsyncIterator[Databases]:
    opened = Databases(postgresql)
    yield opened
    await opened.close()


def new_issuer(folder: Path) -> LocalIssuer:
    folder.mkdir()
    issuer = LocalIssuer(folder)
    issuer.prepare()
    return issuer


async def apart(folder: Path, databases: Databases, kafka: Broker) -> Apart:
    facts = {owner.value: await databases.migrated(SCHEMAS[Service(owner)]) for owner in Owner}
    views = await databases.migrated(SCHEMAS[Service.GATEWAY])
    await ensure_named(views)
    return Apart(folder, kafka.servers, new_issuer(folder), Stores(facts, views))


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
    places = [await apart(tmp_path / str(seed), databases, kafka) for seed in range(SEEDS)]

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
