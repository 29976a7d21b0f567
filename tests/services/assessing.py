"""Assessments as the tests state them: visitors of the northern site in 2021, and what was published."""

import httpx
from sqlalchemy import select

from shared.events.indicators import AssessmentRecorded
from shared.outbox import OutboxRow

from .conftest import CONTRACT, Service
from .essai import Row

ASSESSMENTS = "/indicators/v1/assessments"
ONE = f"{CONTRACT}/assessments/visitors/nord/2021"
STATED = {"level": "attainable", "comment": "La saison reprend."}
WORSE = {"level": "compromised", "comment": "Le site ferme en juin."}


async def assess(
    client: httpx.AsyncClient, stated: Row, if_match: str | None = None, *, at: str = ONE
) -> httpx.Response:
    return await client.put(at, json=stated, headers={"If-Match": if_match} if if_match is not None else {})


async def withdraw(client: httpx.AsyncClient, if_match: str | None = None) -> httpx.Response:
    return await client.delete(ONE, headers={"If-Match": if_match} if if_match is not None else {})


async def told(service: Service) -> list[AssessmentRecorded]:
    """Every assessment that was published."""
    query = select(OutboxRow).where(OutboxRow.type == AssessmentRecorded.TYPE).order_by(OutboxRow.id)
    async with service.database.reading() as session:
        return [AssessmentRecorded.model_validate_json(row.data) for row in await session.scalars(query)]
