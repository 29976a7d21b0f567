"""The services apart in processes that a bomb may end or freeze, each with its database, on topics of their own."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx

from services import loading
from services.apart import SCHEMAS, Owner, Service
from services.gateway import generations
from services.gateway.read_model import ensure_named
from shared.issuer import LocalIssuer
from tests.conftest import COP, ROOT
from tests.crash.instances import Process, ready_or_dead, started
from tests.crash.stores import OWNERS, Stores
from tests.databases import Databases
from tests.processes import free_port


@dataclass(frozen=True, slots=True)
class Apart:
    """Every service as its environment describes it; `gateway-2` is a second gateway."""

    folder: Path
    broker: str
    issuer: LocalIssuer
    stores: Stores
    world: str = field(default_factory=lambda: uuid4().hex[:8])
    ports: dict[str, int] = field(default_factory=lambda: defaultdict(free_port))

    @asynccontextmanager
    async def serving(self, name: str, bomb: Sequence[str] = (), **more: str) -> AsyncIterator[Process]:
        folder = self.folder / f"{name}-{'-'.join(bomb)}"
        env = self.env(name) | more
        async with started(folder, "serve", service_of(name), bomb=bomb, **env) as process:
            await ready_or_dead(process, self.ports[name])
            yield process

    def env(self, name: str) -> dict[str, str]:
        """What a service, or a command of it, is told."""
        service = service_of(name)
        return {
            "CADRAN_DATABASE_URL": self.stores.facts.get(service, self.stores.views).url,
            "CADRAN_KAFKA__SERVERS": self.broker,
            "CADRAN_KAFKA__SESSION_SECONDS": "6",
            "CADRAN_JWKS": str(self.issuer.public),
            "CADRAN_PORT": str(self.ports[name]),
            "CADRAN_LIMITS__CALLS_PER_MINUTE": "0",
            "CADRAN_CRASH_WORLD": self.world,
            **{f"CADRAN_OWNERS__{owner.upper()}": self.url(owner) for owner in OWNERS},
        }

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def topic(self, owner: str) -> str:
        return f"cadran.{owner}-{self.world}"

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


def service_of(name: str) -> str:
    return name.partition("-")[0]


def new_issuer(folder: Path) -> LocalIssuer:
    folder.mkdir()
    issuer = LocalIssuer(folder)
    issuer.prepare()
    return issuer


async def apart(folder: Path, databases: Databases, servers: str) -> Apart:
    facts = {owner.value: await databases.migrated(SCHEMAS[Service(owner)]) for owner in Owner}
    views = await databases.migrated(SCHEMAS[Service.GATEWAY])
    generations.follow(views)
    await ensure_named(views)
    return Apart(folder, servers, new_issuer(folder), Stores(facts, views))
