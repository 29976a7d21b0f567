"""The gateway by itself, told facts one after the other, on a day of the test's own."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from services.gateway import read_model
from services.gateway.app import create_app
from services.gateway.consumer import Consumer
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.events.catalogue import Fact, owner_of
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER, LocalIssuer
from tests.facts import message

Json = dict[str, Any]


@dataclass(slots=True)
class Alone:
    app: FastAPI
    database: Database
    client: httpx.AsyncClient
    offsets: dict[str, int] = field(default_factory=dict)

    async def take(self, facts: Sequence[Fact]) -> None:
        """Each owner's facts on its own topic, one after the other."""
        for fact in facts:
            owner = owner_of(fact.TYPE)
            offset = self.offsets.get(owner, 0)
            await Consumer(self.database).take([message(fact, offset)])
            self.offsets[owner] = offset + 1

    def at(self, instant: datetime) -> None:
        """Take this for the present."""
        self.app.state.clock = lambda: instant

    async def read(self, path: str, **asked: Any) -> Json:
        answer = await self.client.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        view: Json = answer.json()
        return view


@asynccontextmanager
async def opened_again(database: Database) -> AsyncIterator[Database]:
    """The same database as another process has it, which looks for no living generation."""
    other = Database(database.url)
    yield other
    await other.close()


async def gateway_on(database: Database, folder: Path) -> Alone:
    """An empty gateway, and a reader of it."""
    issuer = LocalIssuer(folder)
    issuer.prepare()
    identity = Identity(jwks=str(issuer.public), issuer=ISSUER, audience=AUDIENCE)
    await read_model.ensure_named(database)
    app = create_app(database, MemoryBus(), identity, owners={}, max_body=1024)
    token = issuer.token(subject="test", roles=["reader"], days=1)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False),
        base_url="http://gateway.test",
        headers={"Authorization": f"Bearer {token}"},
    )
    return Alone(app, database, client)


def steps_of(view: Json) -> dict[str, Json]:
    """The steps of a view, by code and year."""
    lines = (line for milestone in view["milestones"] for line in milestone["lines"])
    return {f"{step['code']}/{step['year']}": step for line in lines for step in line["steps"]}
