"""Parked events taken in again: whatever their headers say, and seen by who waits for the write that caused them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from services.gateway.consumer import Consumer
from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.facts import message, observation, sealed_headers

from .parking_scene import Mended, calling

REPLAY = "/v1/parked-events/replay"
CAUSE = "0123456789abcdef0123456789abcdef"
WRITTEN = {"Cadran-Min-Watermark": f"indicators.{CAUSE}.1"}


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def operator(database: Database, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async for client in calling(database, tmp_path, "operator"):
        yield client


@pytest.mark.parametrize("digits", [19, 5_000])
async def test_a_version_that_no_owner_counts_up_to_is_kept_and_holds_no_other_back(
    database: Database, operator: httpx.AsyncClient, digits: int
) -> None:
    headers = sealed_headers(observation(), sequence="9" * digits)
    unreadable = message(observation(number=2), 1, value=b'{"version": 1}')
    taken = [message(observation(), 0, headers=headers), unreadable, message(observation(2, number=2), 2)]
    await Consumer(database).take(taken)
    report = (await operator.post(REPLAY)).json()
    assert (report["projected"], report["superseded"], report["kept"]) == (0, 1, 1)
    assert [each["offset"] for each in report["left"]] == [0]


async def test_who_waits_for_a_write_sees_it_once_its_parked_event_was_taken_in(
    database: Database, operator: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.remembering._WAIT_SECONDS", 0.1)
    product = Mended(monkeypatch)
    product.broken()
    headers = sealed_headers(observation(), causationid=CAUSE, time=datetime.now(UTC).isoformat())
    await Consumer(database).take([message(observation(), 0, headers=headers)])
    assert (await operator.get("/v1/contracts", headers=WRITTEN)).json()["code"] == "not-yet-visible"
    product.mended()
    await operator.post(REPLAY)
    assert (await operator.get("/v1/contracts", headers=WRITTEN)).status_code == 200
