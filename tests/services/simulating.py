"""Simulated values as the tests stage them, on a service that allows them, and what is kept of them."""

from typing import Any

import httpx
from sqlalchemy import select, text

from services.indicators.app import create_app
from shared.bus.memory import MemoryBus
from shared.database import Database
from shared.events.indicators import RehearsalStaged
from shared.identity import Identity
from shared.issuer import AUDIENCE, ISSUER
from shared.outbox import OutboxRow

from .conftest import CONTRACT, MAX_BODY, Service
from .essai import Row

REHEARSAL = f"{CONTRACT}/rehearsal"
SOURCE = "Répétition : valeurs simulées"


def simulated(entity: str, year: int, value: str | None, **others: Any) -> Row:
    row = {"indicator": "visitors", "entity": entity, "year": year, **others}
    return row | ({"value": value} if value is not None else {})


SET = [simulated("nord", 2022, "7001"), simulated("sud", 2022, None, absence="not_measured", note="Pour voir")]


def allowing(service: Service) -> Service:
    identity = Identity(jwks=str(service.issuer.public), issuer=ISSUER, audience=AUDIENCE)
    app = create_app(service.database, MemoryBus(), identity, max_body=MAX_BODY, rehearsals=True)
    return Service(app, service.issuer, service.database, service.folder)


async def rehearse(client: httpx.AsyncClient, rows: list[Row], **others: Any) -> httpx.Response:
    return await client.put(REHEARSAL, json={"source": SOURCE, "observations": rows} | others)


async def told(service: Service) -> list[RehearsalStaged]:
    """The rehearsals in the outbox."""
    query = select(OutboxRow).where(OutboxRow.type == RehearsalStaged.TYPE).order_by(OutboxRow.id)
    async with service.database.reading() as session:
        return [RehearsalStaged.model_validate_json(row.data) for row in await session.scalars(query)]


async def everything(database: Database) -> str:
    """Every cell of the owner's database, as text."""
    async with database.reading() as session:
        tables = ("rehearsals", "outbox", "idempotency_keys", "observations", "observation_versions")
        rows = [await session.execute(text(f"SELECT * FROM {table}")) for table in tables]
        return "\n".join(str(row) for table in rows for row in table)
