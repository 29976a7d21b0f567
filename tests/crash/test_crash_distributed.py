"""The services apart, each killed at every point that concerns it: what was acknowledged reaches the views, once."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services import loading
from services.gateway.read_model import ensure_named
from services.gateway.tables import SCHEMA as GATEWAY
from services.indicators.tables import SCHEMA as INDICATORS
from shared.database import Database
from shared.issuer import LocalIssuer
from shared.migrations import Schema, is_current
from tests.conftest import COP, ROOT
from tests.crash import oracle
from tests.crash.instances import Process, ready_or_dead, started
from tests.crash.writers import Ledger, Writer, write_until_death
from tests.databases import Databases
from tests.kafka import Broker
from tests.postgresql import Server
from tests.processes import free_port

SEEDS = max(2, int(os.environ.get("CADRAN_CRASH_SEEDS", "2")))
_AT_ONCE = 4
_WRITERS = 3
# The contract is the first commit of the owner, and its first publication; the gateway hears it in three partitions.
_POINTS = {
    ("indicators", "owner-commit", "before"): range(2, 20),
    ("indicators", "owner-commit", "after"): range(2, 20),
    ("indicators", "publish-kafka", "before"): range(1, 10),
    ("indicators", "publish-kafka", "after"): range(1, 10),
    ("indicators", "mark-sent", "before"): range(1, 10),
    ("indicators", "mark-sent", "after"): range(1, 10),
    ("gateway", "projection", "after"): range(1, 160),
    ("gateway", "position", "before"): range(1, 12),
    ("gateway", "position-commit", "before"): range(1, 12),
    ("gateway", "position-commit", "after"): range(1, 12),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """Both services as their environments describe them, on topics of their own."""

    folder: Path
    broker: str
    issuer: LocalIssuer
    facts: Database
    views: Database
    world: str = field(default_factory=lambda: uuid4().hex[:8])
    ports: dict[str, int] = field(default_factory=lambda: {"indicators": free_port(), "gateway": free_port()})

    @asynccontextmanager
    async def serving(self, name: str, bomb: Sequence[str] = ()) -> AsyncIterator[Process]:
        database = self.facts if name == "indicators" else self.views
        env = {
            "CADRAN_DATABASE_URL": database.url,
            "CADRAN_KAFKA__SERVERS": self.broker,
            "CADRAN_KAFKA__SESSION_SECONDS": "6",
            "CADRAN_JWKS": str(self.issuer.public),
            "CADRAN_PORT": str(self.ports[name]),
            "CADRAN_OWNERS__INDICATORS": self.url("indicators"),
            "CADRAN_CRASH_WORLD": self.world,
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
        """The contract 2018-2022; where the owner dies of it, this is for its next life."""
        package = loading.read_package(ROOT / "contracts" / COP)
        async with self.client("indicators") as client:
            await loading.apply(client, package, dry_run=False)


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
    issuer = new_issuer(folder)
    facts, views = await databases.migrated(INDICATORS), await databases.migrated(GATEWAY)
    await ensure_named(views)
    return Apart(folder, kafka.servers, issuer, facts, views)


async def survive(apart: Apart, victim: str, bomb: tuple[str, str, str], chance: random.Random) -> None:
    """Write through the door until the victim dies, give it another life, and ask the oracle."""
    ledger, other = Ledger(), {"indicators": "gateway", "gateway": "indicators"}[victim]
    writers = [Writer(f"w{number}", chance, ledger) for number in range(_WRITERS)]
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(apart.serving(other))
        client = await stack.enter_async_context(apart.client("gateway"))
        async with apart.serving(victim, bomb) as process:
            await apart.load()
            await write_until_death(client, writers)
            assert await process.ended() == -signal.SIGKILL, process.complained
        await stack.enter_async_context(apart.serving(victim))
        assert await oracle.verdict(apart.facts, apart.views, ledger, within=30) == []
        await ledger.send_again(client)
        assert await oracle.verdict(apart.facts, apart.views, ledger, within=30) == []


@pytest.mark.parametrize("kill", _POINTS, ids="-".join)
async def test_a_kill_loses_nothing_and_repeats_nothing(
    tmp_path: Path, databases: Databases, kafka: Broker, kill: tuple[str, str, str]
) -> None:
    if not kafka.is_real:
        pytest.skip("the mock cluster can't be asked to make a topic")
    victim, point, side = kill
    turn = asyncio.Semaphore(_AT_ONCE)
    places = [await apart(tmp_path / str(seed), databases, kafka) for seed in range(SEEDS)]

    async def live(seed: int, place: Apart) -> None:
        async with turn:
            chance = random.Random(f"{point}-{side}-{seed}")
            await survive(place, victim, (point, str(chance.choice(_POINTS[kill])), side), chance)

    async with asyncio.TaskGroup() as lives:
        for seed, place in enumerate(places):
            lives.create_task(live(seed, place))


@pytest.mark.parametrize("schema", [INDICATORS, GATEWAY], ids=["indicators", "gateway"])
async def test_a_migration_that_was_killed_is_done_again(tmp_path: Path, databases: Databases, schema: Schema) -> None:
    name = "indicators" if schema is INDICATORS else "gateway"
    database = await databases.empty()
    command, env = ("migrate", name), {"CADRAN_DATABASE_URL": database.url}
    async with started(tmp_path, *command, bomb=("migration", "3", "after"), **env) as process:
        assert await process.ended() == -signal.SIGKILL
    assert not await is_current(database, schema)
    async with started(tmp_path, *command, **env) as process:
        assert await process.ended() == 0, process.complained
    assert await is_current(database, schema)
