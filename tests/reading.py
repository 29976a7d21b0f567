"""What the gateway's read model holds, for the tests."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from services.gateway import consumer
from services.gateway.consumer import Consumer
from services.gateway.tables import ObservationRow, ParkedRow
from shared.database import Database
from tests.facts import TOPIC


async def values(database: Database) -> dict[str, tuple[int, Decimal | None]]:
    """Version and value of each observation, by id."""
    async with database.reading() as session:
        return {row.id: (row.version, row.value) for row in await session.scalars(select(ObservationRow))}


async def parked(database: Database) -> list[tuple[int, str]]:
    """Offset and reason of each parked message."""
    async with database.reading() as session:
        rows = await session.scalars(select(ParkedRow).order_by(ParkedRow.id))
        return [(row.offset, row.reason) for row in rows]


async def reached(reader: Consumer) -> int | None:
    """The offset of the last message taken in."""
    return (await reader.positions(TOPIC)).get(0)


def project_with(patch: pytest.MonkeyPatch, projection: Any) -> None:
    """Have this project facts, all of a batch together."""
    patch.setattr(consumer, "project", projection)
