"""Views as of an instant: a past view is the same bytes for ever, whatever is stated later."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services import embedded
from services.gateway import read_model
from shared import outbox
from shared.database import Database
from tests.conftest import World, settings_in

from . import essai

CONTRACT = f"/v1/contracts/{essai.CODE}"
VIEWS = [
    CONTRACT,
    f"{CONTRACT}/follow-up?year=2021",
    f"{CONTRACT}/entities/nord/follow-up?year=2021",
    f"{CONTRACT}/reconciliation?year=2021",
    f"{CONTRACT}/outlook",
    f"{CONTRACT}/lint",
    f"{CONTRACT}/back-test",
]
OWNED = f"/indicators/v1/contracts/{essai.CODE}"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The embedded system on its own files, without the contracts of the product."""
    settings = settings_in(tmp_path / "var")
    async with embedded.system(settings) as system:
        yield World(system, settings.data)


@pytest.fixture
async def steward(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A steward, after the small contract was loaded."""
    async with world.client("steward") as client:
        await define(client, essai.package())
        await world.settled()
        yield client


async def define(client: httpx.AsyncClient, package: essai.Package) -> None:
    answer = await client.put(OWNED, json=package)
    assert answer.status_code == 200, answer.text


async def revise(world: World, client: httpx.AsyncClient) -> None:
    """A corrected observation, one of another year, and a new version of the contract."""
    package = essai.package()
    package["contract"][0]["label"] = "Contrat d’essai, révisé"
    del package["observations"]
    await define(client, package)
    await correct(client, "112")
    new = essai.observed("visitors", "nord", 2022, "120", contract=essai.CODE)
    assert (await client.post("/indicators/v1/observations", json=new)).status_code == 201
    await world.settled()


async def correct(client: httpx.AsyncClient, value: str) -> None:
    query: dict[str, Any] = {"contract": essai.CODE, "indicator": "visitors", "entity": "nord", "year": 2021}
    (found,) = (await client.get("/indicators/v1/observations", params=query)).json()["items"]
    stated = {"value": value, "source": "Relevé", "reason": "Recompté"}
    place = f"/indicators/v1/observations/{found['id']}"
    answer = await client.put(place, json=stated, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


async def rebuild(world: World) -> None:
    """Forget the read model, and have every event sent again."""
    gateway: Database = world.system.gateway.state.database
    await read_model.clear(gateway)
    for owner in world.system.owners.values():
        await outbox.republish(owner.state.database)
    await world.settled()


async def view(client: httpx.AsyncClient, path: str, as_of: object, **headers: str) -> httpx.Response:
    url = httpx.URL(path)
    return await client.get(url.copy_merge_params({"asOf": str(as_of)}), headers=headers)


def now() -> str:
    return datetime.now(UTC).isoformat()


def _said(answer: httpx.Response) -> dict[str, Any]:
    """The view without its watermark and its instant: what was known."""
    return {name: part for name, part in answer.json().items() if name not in {"watermark", "as_of"}}


def at(app: FastAPI, instant: datetime) -> None:
    """Have the gateway take this for the present."""

    def clock() -> datetime:
        return instant

    app.state.clock = clock


@pytest.mark.parametrize("path", VIEWS)
async def test_a_past_view_is_the_same_bytes_for_ever(world: World, steward: httpx.AsyncClient, path: str) -> None:
    instant = now()
    first = await view(steward, path, instant)
    assert first.status_code == 200, first.text
    await revise(world, steward)
    later = await view(steward, path, instant)
    await rebuild(world)
    rebuilt = await view(steward, path, instant)
    assert first.content == later.content == rebuilt.content
    assert first.headers["ETag"] == later.headers["ETag"] == rebuilt.headers["ETag"]
    assert _said(await view(steward, path, now())) != _said(first)


@pytest.mark.parametrize("path", VIEWS)
async def test_the_tag_of_a_past_view_follows_from_its_content(
    world: World, steward: httpx.AsyncClient, path: str
) -> None:
    before = now()
    await revise(world, steward)
    one, other = await view(steward, path, before), await view(steward, path, now())
    assert one.json()["watermark"].startswith("as-of-")
    assert one.headers["ETag"] == f'"{one.json()["watermark"]}"'
    assert _said(one) != _said(other)
    assert one.headers["ETag"] != other.headers["ETag"]
    again = await view(steward, path, before, **{"If-None-Match": one.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", one.headers["ETag"])


async def test_a_contract_shows_its_breaks_and_what_it_prints_elsewhere(
    world: World, steward: httpx.AsyncClient
) -> None:
    before, package = now(), essai.package()
    package["breaks"] = [{"indicator": "visitors", "year": 2021, "reason": "Compteurs neufs", "source": "Page 5"}]
    printed = {"indicator": "visitors", "entity": "groupe", "subject": "target", "year": 2023, "value": "410"}
    package["printed_values"] = [printed | {"unit": "visiteurs", "text": "410", "source": "Page 6"}]
    await define(steward, package)
    await world.settled()
    past, present = (await view(steward, CONTRACT, before)).json(), (await steward.get(CONTRACT)).json()
    assert (past["breaks"], past["printed_values"]) == ([], [])
    assert [(each["year"], each["reason"]) for each in present["breaks"]] == [(2021, "Compteurs neufs")]
    assert [(each["value"], each["source"]) for each in present["printed_values"]] == [("410", "Page 6")]


async def test_a_past_contract_is_its_version_of_then(world: World, steward: httpx.AsyncClient) -> None:
    before = now()
    await revise(world, steward)
    past, present = (await view(steward, CONTRACT, before)).json(), (await steward.get(CONTRACT)).json()
    assert (past["version"], past["label"], past["observed_years"]) == (1, "Contrat d’essai", [2020, 2021])
    assert (present["version"], present["observed_years"]) == (2, [2020, 2021, 2022])


@pytest.mark.parametrize("path", VIEWS)
async def test_a_contract_that_was_not_yet_known_is_not_found(steward: httpx.AsyncClient, path: str) -> None:
    for offered in ({}, {"If-None-Match": "*"}):
        answer = await view(steward, path, "2020-01-01T00:00:00Z", **offered)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
        assert "n’était pas connu à cette date" in answer.json()["detail"]


async def test_a_day_goes_on_to_its_end(world: World, steward: httpx.AsyncClient) -> None:
    today = datetime.now(UTC).date()
    at(world.system.gateway, datetime.now(UTC) + timedelta(days=2))
    assert (await view(steward, CONTRACT, today - timedelta(days=1))).status_code == 404
    whole = await view(steward, CONTRACT, today + timedelta(days=1))
    precise = await view(steward, CONTRACT, f"{today + timedelta(days=1)}T23:59:59.999999Z")
    assert whole.status_code == 200
    assert whole.content == precise.content


async def test_an_instant_is_the_same_in_every_zone(world: World, steward: httpx.AsyncClient) -> None:
    instant = datetime.now(UTC)
    elsewhere = f"{(instant + timedelta(hours=2)).replace(tzinfo=None).isoformat()}+02:00"
    await revise(world, steward)
    assert (await view(steward, CONTRACT, elsewhere)).content == (await view(steward, CONTRACT, instant)).content


async def test_a_year_that_ends_changes_the_watermark_of_what_stands_and_of_no_past_view(
    world: World, steward: httpx.AsyncClient
) -> None:
    instant, year = now(), datetime.now(UTC).year
    before, past = await steward.get(CONTRACT), await view(steward, CONTRACT, instant)
    at(world.system.gateway, datetime(year + 1, 1, 1, tzinfo=UTC))
    unchanged = await steward.get(CONTRACT, headers={"If-None-Match": before.headers["ETag"]})
    assert unchanged.status_code == 200
    assert f"-{year + 1}-01-01+" in unchanged.json()["watermark"]
    assert (await view(steward, CONTRACT, instant)).content == past.content
