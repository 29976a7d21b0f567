"""What the tests stand on: `world`, the embedded system with the real contract, and callers with chosen roles."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import hypothesis
import pytest

from services import embedded, local
from services.indicators.tables import SCHEMA as INDICATORS
from shared.database import Database
from shared.migrations import Schema
from shared.settings import Limits
from shared.telemetry import configure_logs
from tests import kafka as brokers
from tests import postgresql as postgresql_servers
from tests.databases import Databases, Folder

ROOT = Path(__file__).parent.parent
COP = "cop-2018-2022"
configure_logs("json")
hypothesis.settings.register_profile("here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("here")  # a busy machine is no failure


@dataclass(frozen=True, slots=True)
class World:
    """The whole system in this process, and its folder."""

    system: embedded.System
    folder: Path

    def client(self, *roles: str, entities: Sequence[str] = (), subject: str = "test") -> httpx.AsyncClient:
        """A caller with these roles; without any, a caller without a token."""
        token = self.system.issuer.token(subject=subject, roles=roles, entities=entities, days=1) if roles else ""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.system.app, raise_app_exceptions=False),
            base_url="http://cadran.test",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )

    async def settled(self) -> None:
        """Every recorded event is in the views."""
        await self.system.settle()


def settings_in(folder: Path) -> local.Settings:
    one_address = Limits(refusals_per_minute=0)
    return local.Settings(data=folder, contracts=ROOT / "contracts", limits=one_address)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The embedded system on its own SQLite files, with the contracts of the product loaded."""
    settings = settings_in(tmp_path / "var")
    async with embedded.system(settings) as system:
        await embedded.load_missing(system, settings.contracts)
        yield World(system, settings.data)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_servers.Server]:
    """One PostgreSQL for the session."""
    with postgresql_servers.server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def databases(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Databases]:
    """New databases of either kind."""
    sqlite = request.param == "sqlite"
    opened = Databases(Folder(tmp_path) if sqlite else request.getfixturevalue("postgresql"))
    yield opened
    await opened.close()


@pytest.fixture
def schema() -> Schema:
    """The tables that `database` has; a module that needs others says so."""
    return INDICATORS


@pytest.fixture
async def database(databases: Databases, schema: Schema) -> Database:
    return await databases.migrated(schema)


_NOTES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def notes(request: pytest.FixtureRequest) -> list[str]:
    """Lines for the end of pytest's report: what was used, and what was measured."""
    return request.config.stash.setdefault(_NOTES, [])


@pytest.fixture(scope="session")
def kafka(notes: list[str]) -> Iterator[brokers.Broker]:
    """One Kafka broker for the session."""
    with brokers.broker() as broker:
        notes.append(f"Kafka: {broker.description}")
        yield broker


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_NOTES, []):
        terminalreporter.write_line(line)
