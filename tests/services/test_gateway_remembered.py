"""Views that are remembered, and writes that are waited for: the same answers, and never the past."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from services.gateway.remembering import Reading
from shared.telemetry import VIEWS_REMEMBERED
from tests.conftest import COP, World
from tests.town import students
from tests.waiting import eventually

VIEW = f"/v1/contracts/{COP}/follow-up?year=2022"
ONE = "/indicators/v1/observations"
NEW = {"contract": COP, "indicator": "students", "entity": "imt", "source": "Relevé"}
PAGE = f"/contrats/{COP}/2022"


@pytest.fixture
async def reader(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client("reader") as client:
        yield client


@pytest.fixture
async def steward(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client("steward") as client:
        yield client


def hits() -> float:
    (metric,) = VIEWS_REMEMBERED.collect()
    found = [each for each in metric.samples if each.labels.get("outcome") == "hit"]
    return sum(each.value for each in found if each.name.endswith("_total"))


async def follows(world: World) -> None:
    """The gateway knows how far it has read."""
    app = world.system.gateway
    reading: Reading = app.state.reading

    async def known() -> bool:
        return reading.marks.current(app.state.clock().date()) is not None

    await eventually(known)


async def correct(client: httpx.AsyncClient, value: str) -> httpx.Response:
    query: dict[str, str | int] = {"contract": COP, "indicator": "students", "entity": "imt", "year": 2022}
    (known,) = (await client.get(ONE, params=query)).json()["items"]
    body = {"value": value, "source": "Relevé", "reason": "Recompté"}
    return await client.put(f"{ONE}/{known['id']}", json=body, headers={"If-Match": "*"})


@pytest.mark.parametrize("path", [VIEW, f"/v1/contracts/{COP}/reconciliation", PAGE])
async def test_a_view_that_was_built_is_answered_again_with_the_same_bytes_and_headers(
    world: World, reader: httpx.AsyncClient, path: str
) -> None:
    first = await reader.get(path)
    await follows(world)
    again = await reader.get(path)
    assert (again.status_code, again.content) == (200, first.content)
    changing = {"x-correlation-id"}
    assert {name: value for name, value in again.headers.items() if name not in changing} == {
        name: value for name, value in first.headers.items() if name not in changing
    }
    assert again.headers["X-Correlation-Id"] != first.headers["X-Correlation-Id"]


async def test_a_remembered_view_does_not_reach_the_application(world: World, reader: httpx.AsyncClient) -> None:
    tag = (await reader.get(VIEW)).headers["ETag"]
    await follows(world)
    before = hits()
    unchanged = await reader.get(VIEW, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.content, unchanged.headers["ETag"]) == (304, b"", tag)
    assert (await reader.get(VIEW, headers={"If-None-Match": '"other"'})).status_code == 200
    assert hits() == before + 2


async def test_a_remembered_view_is_for_who_may_read_alone(world: World, reader: httpx.AsyncClient) -> None:
    await reader.get(VIEW)
    await follows(world)
    async with world.client() as nobody:
        assert (await nobody.get(VIEW)).status_code == 401
    async with world.client("unheard-of") as stranger:
        assert (await stranger.get(VIEW)).status_code == 403
        assert (await stranger.get(VIEW)).status_code == 403


async def test_what_was_taken_in_is_in_the_next_view(
    world: World, reader: httpx.AsyncClient, steward: httpx.AsyncClient
) -> None:
    for value in ("13700", "13701", "13702"):
        await reader.get(VIEW)
        await follows(world)
        assert (await correct(steward, value)).status_code == 200
        await world.settled()
        assert students((await reader.get(VIEW)).json()) == value


async def test_many_who_ask_at_once_have_one_view_built(world: World, reader: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(reader.get(VIEW) for _ in range(8)))
    assert len({answer.content for answer in answers}) == 1


async def test_a_past_view_is_not_remembered(world: World, reader: httpx.AsyncClient) -> None:
    past = f"{VIEW}&asOf=2020-01-01T00:00:00Z"
    await reader.get(past)
    await follows(world)
    before = hits()
    await reader.get(past)
    assert hits() == before


async def test_a_write_tells_what_a_read_may_ask_to_see(world: World, steward: httpx.AsyncClient) -> None:
    answer = await correct(steward, "13710")
    mark = answer.headers["Cadran-Watermark"]
    assert mark.partition(".")[0] == "indicators"
    assert mark.endswith(".1")
    seen = await steward.get(VIEW, headers={"Cadran-Min-Watermark": mark})
    assert seen.status_code == 200, seen.text
    assert students(seen.json()) == "13710"


async def test_a_write_that_changed_nothing_tells_nothing(steward: httpx.AsyncClient) -> None:
    await correct(steward, "13710")
    assert "Cadran-Watermark" not in (await correct(steward, "13710")).headers
    trial = await steward.post(f"{ONE}?dryRun=true", json={**NEW, "year": 2019, "value": "1"})
    assert "Cadran-Watermark" not in trial.headers


async def test_a_call_that_is_repeated_is_told_the_same_again(steward: httpx.AsyncClient) -> None:
    row, key = {**NEW, "year": 2025, "value": "14000"}, {"Idempotency-Key": "une-clef"}
    first = await steward.post(ONE, json=row, headers=key)
    again = await steward.post(ONE, json=row, headers=key)
    assert first.headers["Cadran-Watermark"] == again.headers["Cadran-Watermark"]


@pytest.mark.parametrize("asked", ["2", "indicators.x.1", "indicators." + "0" * 32 + ".0", "; DROP"])
async def test_a_watermark_that_no_write_told_is_refused(reader: httpx.AsyncClient, asked: str) -> None:
    answer = await reader.get(VIEW, headers={"Cadran-Min-Watermark": asked})
    assert answer.status_code == 422
    assert "Cadran-Watermark" in answer.json()["detail"]


async def test_a_write_that_does_not_come_is_said_after_a_while_rather_than_the_past_shown(
    reader: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.gateway.remembering._WAIT_SECONDS", 0.3)
    never = "indicators." + "0" * 32 + ".1"
    answer = await reader.get(VIEW, headers={"Cadran-Min-Watermark": never})
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "not-yet-visible", "1")
