"""The owner's reads as of an instant: a day goes on to its end, in UTC, and an instant is the same in every zone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from services.indicators.tables import AssessmentVersionRow, ObservationVersionRow

from .assessing import ONE, STATED, assess
from .conftest import OBSERVATIONS, Service

DAY = datetime.now(UTC).date() - timedelta(days=3)
AT = datetime.combine(DAY, time(18), UTC)


@pytest.fixture
async def reader(service: Service, steward: httpx.AsyncClient) -> httpx.AsyncClient:
    """A reader of what was all recorded on the day, at six in the evening."""
    await assess(steward, STATED)
    async with service.database.transaction() as session:
        for versions in (ObservationVersionRow, AssessmentVersionRow):
            await session.execute(update(versions).values(recorded_at=AT))
    return steward


async def known(client: httpx.AsyncClient, as_of: date | str) -> tuple[int, int, int]:
    """How many observations are known, and what is answered for one of them, and for an assessment."""
    (first, *_) = (await client.get(OBSERVATIONS)).json()["items"]
    asked: dict[str, Any] = {"asOf": str(as_of)}
    many, one, assessed = [
        await client.get(path, params=asked) for path in (OBSERVATIONS, f"{OBSERVATIONS}/{first['id']}", ONE)
    ]
    return len(many.json()["items"]), one.status_code, assessed.status_code


async def test_a_day_goes_on_to_its_end(reader: httpx.AsyncClient) -> None:
    assert await known(reader, DAY) == (9, 200, 200)
    assert await known(reader, DAY - timedelta(days=1)) == (0, 404, 404)


async def test_an_instant_is_exact(reader: httpx.AsyncClient) -> None:
    assert await known(reader, f"{DAY}T18:00:00Z") == (9, 200, 200)
    assert await known(reader, f"{DAY}T17:59:59.999999Z") == (0, 404, 404)


async def test_an_instant_is_the_same_in_every_zone(reader: httpx.AsyncClient) -> None:
    assert await known(reader, f"{DAY}T20:00:00+02:00") == (9, 200, 200)
    assert await known(reader, f"{DAY}T19:59:59+02:00") == (0, 404, 404)
