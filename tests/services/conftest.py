"""What the tests of the services stand on: an owner alone, on either database, with a small contract."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services import embedded
from services.indicators.app import create_app
from services.indicators.tables import SCHEMA
from services.milestones.app import create_app as create_milestones
from services.milestones.tables import SCHEMA as MILESTONES
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from shared.migrations import Schema
from tests.conftest import World, settings_in
from tests.databases import Databases, Folder

from . import essai, jalons

MAX_BODY = 16 * 1024 * 1024
CONTRACT = f"/indicators/v1/contracts/{essai.CODE}"
OBSERVATIONS = "/indicators/v1/observations"


@dataclass(frozen=True, slots=True)
class Service:
    """An owner without its relay: what it answers, and what it keeps."""

    app: FastAPI
    issuer: LocalIssuer
    database: Database
    folder: Path

    def client(self, *roles: str, entities: Sequence[str] = (), subject: str = "test") -> httpx.AsyncClient:
        """A caller with these roles; without any, a caller without a token."""
        return self.bearing(self.issuer.token(subject=subject, roles=roles, entities=entities, days=1) if roles else "")

    def bearing(self, token: str) -> httpx.AsyncClient:
        """A caller with this token."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://owner.test",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )


def service_on(database: Database, folder: Path, create: Callable[..., FastAPI] = create_app) -> Service:
    issuer = LocalIssuer(folder)
    issuer.prepare()
    identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
    return Service(create(database, MemoryBus(), identity, max_body=MAX_BODY), issuer, database, folder)


async def load_essai(service: Service) -> None:
    async with service.client("steward", subject="chargement") as client:
        answer = await client.put(CONTRACT, json=essai.package())
        assert answer.status_code == 200, answer.text


async def load_jalons(service: Service) -> None:
    async with service.client("steward", subject="chargement") as client:
        answer = await client.put(jalons.CONTRACT, json=jalons.package())
        assert answer.status_code == 200, answer.text


@pytest.fixture
def empty_service(database: Database, tmp_path: Path) -> Service:
    """The service on either database, without a contract."""
    return service_on(database, tmp_path)


@pytest.fixture
async def service(empty_service: Service) -> Service:
    """The service on either database, with the small contract."""
    await load_essai(empty_service)
    return empty_service


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward", subject="camille") as client:
        yield client


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def still_service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """The service on either database with the small contract, started once a module; nobody writes to it."""
    async for service in _still(request, tmp_path_factory.mktemp("still"), SCHEMA, create_app, load_essai):
        yield service


async def _still(
    request: pytest.FixtureRequest,
    folder: Path,
    schema: Schema,
    create: Callable[..., FastAPI],
    load: Callable[[Service], Awaitable[None]],
) -> AsyncIterator[Service]:
    sqlite = request.param == "sqlite"
    databases = Databases(Folder(folder) if sqlite else request.getfixturevalue("postgresql"))
    service = service_on(await databases.migrated(schema), folder, create)
    await load(service)
    yield service
    await databases.close()


@pytest.fixture(scope="module")
async def still_steward(still_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with still_service.client("steward", subject="camille") as client:
        yield client


@pytest.fixture
async def empty_milestones(databases: Databases, tmp_path: Path) -> Service:
    """The milestones service on either database, without a contract."""
    return service_on(await databases.migrated(MILESTONES), tmp_path, create_milestones)


@pytest.fixture
async def milestones(empty_milestones: Service) -> Service:
    """The milestones service on either database, with the small contract."""
    await load_jalons(empty_milestones)
    return empty_milestones


@pytest.fixture
async def pilot(milestones: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of the small contract's milestones."""
    async with milestones.client("steward", subject="camille") as client:
        yield client


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
async def still_milestones(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """The milestones service as `still_service`."""
    folder = tmp_path_factory.mktemp("still-milestones")
    async for service in _still(request, folder, MILESTONES, create_milestones, load_jalons):
        yield service


@pytest.fixture(scope="module")
async def still_pilot(still_milestones: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with still_milestones.client("steward", subject="camille") as client:
        yield client


@pytest.fixture(scope="module")
async def still_world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The embedded system with the contracts of the product, started once a module; nobody writes to it."""
    settings = settings_in(tmp_path_factory.mktemp("still-world") / "var")
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, settings.contracts)
        yield World(system, settings.data)
