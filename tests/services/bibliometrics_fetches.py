"""What the tests of fetches stand on: a clock that stands still, and the service before servers of this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.types import ASGIApp

from services.bibliometrics.app import create_app
from services.bibliometrics.connectors import Clock, Connectors, ConnectorSettings
from services.bibliometrics.connectors.settings import HalSettings, ScopusSettings
from services.bibliometrics.domain.publication import Source
from services.bibliometrics.tables import SCHEMA
from shared.database import Database
from tests.databases import Databases, Folder

from .behind_the_door import served
from .bibliometrics_calls import MAX_UPLOAD, V1, ask
from .conftest import Service, service_on
from .scopus_server import KEY, TOKEN

FETCHES = f"{V1}/fetches"
SCOPUS = {"source": "scopus", "query": "AF-ID(60000001)"}
HAL = {"source": "hal", "collections": ["ALPHA", "BETA"]}
AN_EVENING = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)
Row = dict[str, Any]


@dataclass
class StillClock:
    """Goes on only when somebody sleeps; each request may be made to last."""

    at: datetime = AN_EVENING
    slept: list[float] = field(default_factory=list)
    gone: float = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.gone += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.at + timedelta(seconds=self.gone), lambda: self.gone, self.sleep)

    @property
    def pauses(self) -> list[float]:
        """The waits between tries, without those that keep the pace."""
        return [each for each in self.slept if each >= 1]


@dataclass
class Town:
    """The service and the clock that it goes by; `again` is a new service on the same database."""

    database: Database
    folder: Path
    settings: ConnectorSettings
    time: StillClock = field(default_factory=StillClock)

    def service(self) -> Service:
        create = partial(create_app, max_upload=MAX_UPLOAD, connectors=self.settings)
        found = service_on(self.database, self.folder, create)
        found.app.state.connectors = Connectors(self.settings, self.time.clock())
        return found

    async def fetch(self, asked: Row, status: int = 200) -> Row:
        """The state that answers, from a service that knows nothing but the database."""
        return await self.post(FETCHES, status, asked)

    async def resume(self, fetch_id: str, status: int = 200) -> Row:
        return await self.post(f"{FETCHES}/{fetch_id}/resume", status)

    async def post(self, address: str, status: int, asked: Row | None = None) -> Row:
        async with self.service().client("steward", subject="camille") as client:
            answer = await client.post(address, json=asked)
        assert answer.status_code == status, answer.text
        found: Row = answer.json()
        return found

    async def ask(self, path: str, **asked: Any) -> Row:
        async with self.service().client("reader") as client:
            return await ask(client, path, **asked)

    async def keys(self) -> list[str]:
        """The publications that the corpus holds."""
        page = await self.ask("publications", limit=1000)
        return sorted(each["id"] for each in page["items"])


def settings_of(source: Source, address: str, **changed: Any) -> ConnectorSettings:
    """That one source is on, at this address."""
    scopus = ScopusSettings(
        enabled=source is Source.SCOPUS, api_key=SecretStr(KEY), inst_token=SecretStr(TOKEN), base_url=address
    )
    hal = HalSettings(enabled=source is Source.HAL, base_url=address)
    asked = {"allowed_hosts": ("127.0.0.1",), "scopus": scopus, "hal": hal}
    return ConnectorSettings(**{**asked, **changed})


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[Database]:
    """A database of one kind, where the kind is of no matter."""
    databases = Databases(Folder(folder))
    yield await databases.migrated(SCHEMA)
    await databases.close()


@asynccontextmanager
async def town(
    database: Database, folder: Path, source: Source, server: ASGIApp, **changed: Any
) -> AsyncIterator[Town]:
    """The service, one of whose sources is this server."""
    async with served(server) as address:
        yield Town(database, folder, settings_of(source, address, **changed))


async def posted(town: Town, asked: Row) -> httpx.Response:
    """The whole answer, with its headers."""
    async with town.service().client("steward") as client:
        return await client.post(FETCHES, json=asked)
