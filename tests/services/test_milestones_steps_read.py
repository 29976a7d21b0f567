"""Reading steps: filtered, page by page, as they stood, as they changed, and in all of their versions."""

import base64
import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from services.milestones.tables import StepVersionRow

from . import jalons
from .conftest import Service
from .jalons import CODE, CONTRACT, STEPS, STEPS_IN_ORDER, Row, items, name, put

SALE = jalons.at("J2.1-1", 2022)
REVISED = {"title": "Ouvrir la vente", "source": "Page 5", "due": "T3 2023", "line": "J1.1", "reason": "Travaux"}
LONG_AGO = "2000-01-01T00:00:00Z"


async def withdraw(client: httpx.AsyncClient, address: str) -> None:
    asked = {"reason": "Sans objet"}
    assert (await client.delete(address, params=asked, headers={"If-Match": "*"})).status_code == 200


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, STEPS_IN_ORDER),
        ({"milestone": "J2"}, ["J2.1-1/2022", "J2.1-2/2023"]),
        ({"line": ["J1.1", "J2.1"]}, ["J1.1-1/2021", "J1.1-2/2022", "J2.1-1/2022", "J2.1-2/2023"]),
        ({"code": "J1.2-1"}, ["J1.2-1/2021", "J1.2-1/2022", "J1.2-1/2023"]),
        ({"code": "J1.2-1", "year": [2021, 2023]}, ["J1.2-1/2021", "J1.2-1/2023"]),
        ({"scope": "schools"}, ["J1.2-2/2022", "J2.1-2/2023"]),
        ({"dueBefore": "2021-12-31"}, ["J1.1-1/2021", "J1.2-1/2021"]),
        ({"dueAfter": "2022-06-30", "dueBefore": "2022-06-30"}, ["J1.2-2/2022", "J2.1-1/2022"]),
        ({"dueAfter": "2023-12-31"}, ["J1.2-1/2023", "J2.1-2/2023"]),
        ({"withdrawn": True}, []),
        ({"withdrawn": False, "milestone": "J2"}, ["J2.1-1/2022", "J2.1-2/2023"]),
        ({"milestone": "J9"}, []),
    ],
)
async def test_steps_are_filtered(still_pilot: httpx.AsyncClient, asked: Row, found: list[str]) -> None:
    assert [name(each) for each in await items(still_pilot, STEPS, **asked)] == found


async def test_steps_of_another_contract_are_none(still_pilot: httpx.AsyncClient) -> None:
    assert (await still_pilot.get(STEPS, params={"contract": "other"})).json() == {"items": [], "next": None}


@pytest.mark.parametrize("more", [{}, {"updatedAfter": LONG_AGO}, {"includeHistory": True}])
async def test_pages_follow_one_another_to_the_end(still_pilot: httpx.AsyncClient, more: Row) -> None:
    assert sorted(map(name, await jalons.turned(still_pilot, STEPS, **more))) == sorted(STEPS_IN_ORDER)


def cursor(*key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "abc"},
        {"after": cursor(CODE, 2022, 1, "J1.1-1", 1), "updatedAfter": LONG_AGO},
        {"after": cursor(10**30, "a", 1), "updatedAfter": LONG_AGO},
        {"after": cursor(CODE, 10**30, 1, "J1.1-1", 1)},
        {"year": 10000},
        {"dueAfter": "0"},
        {"dueAfter": "10000-01-01"},
        {"scope": "all"},
        {"asOf": "2999-01-01"},
        {"limit": 0},
        {"colour": "red"},
    ],
)
async def test_what_no_list_gives_is_refused(still_pilot: httpx.AsyncClient, asked: Row) -> None:
    answer = await still_pilot.get(STEPS, params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text


async def test_steps_are_read_as_they_stood(milestones: Service, pilot: httpx.AsyncClient) -> None:
    day = datetime.now(UTC).date() - timedelta(days=3)
    async with milestones.database.transaction() as session:
        await session.execute(update(StepVersionRow).values(recorded_at=datetime.combine(day, time(18), UTC)))
    await put(pilot, SALE, REVISED, '"1"')
    await withdraw(pilot, jalons.at("J2.1-2", 2023))
    then, before = {"asOf": str(day)}, {"asOf": str(day - timedelta(days=1))}
    assert [name(each) for each in await items(pilot, STEPS, **then)] == STEPS_IN_ORDER
    assert [name(each) for each in await items(pilot, STEPS, milestone="J2", **then)] == ["J2.1-1/2022", "J2.1-2/2023"]
    assert (await pilot.get(SALE, params=then)).json()["due"]["text"] == "T2/2022 ?"
    assert await items(pilot, STEPS, **before) == []
    assert (await pilot.get(SALE, params=before)).status_code == 404
    assert [name(each) for each in await items(pilot, STEPS, milestone="J2")] == []


async def test_who_polls_is_told_of_what_was_withdrawn_too(pilot: httpx.AsyncClient) -> None:
    since = max(each["recorded_at"] for each in await items(pilot, STEPS))
    await put(pilot, SALE, REVISED, '"1"')
    await withdraw(pilot, jalons.at("J2.1-2", 2023))
    await withdraw(pilot, SALE)
    changed = await items(pilot, STEPS, updatedAfter=since)
    assert [(name(each), each["version"], each["withdrawn"]) for each in changed] == [
        ("J2.1-2/2023", 2, True), ("J2.1-1/2022", 3, True),
    ]  # fmt: skip
    every = await items(pilot, STEPS, updatedAfter=since, includeHistory=True)
    assert [(name(each), each["version"]) for each in every] == [
        ("J2.1-1/2022", 2), ("J2.1-2/2023", 2), ("J2.1-1/2022", 3),
    ]  # fmt: skip
    instants = [each["recorded_at"] for each in every]
    assert instants == sorted(set(instants))


async def test_every_version_is_read_in_its_place(pilot: httpx.AsyncClient) -> None:
    await put(pilot, SALE, REVISED, '"1"')
    await withdraw(pilot, SALE)
    every = await items(pilot, STEPS, code="J2.1-1", includeHistory=True)
    assert [(each["version"], each["line"], each["withdrawn"]) for each in every] == [
        (1, "J2.1", False), (2, "J1.1", False), (3, "J1.1", True),
    ]  # fmt: skip


@pytest.mark.parametrize("path", [STEPS, SALE, CONTRACT, "/milestones/v1/contracts", "/milestones/v1/progress"])
async def test_what_a_reader_has_already_is_not_sent_again(still_pilot: httpx.AsyncClient, path: str) -> None:
    first = await still_pilot.get(path)
    again = await still_pilot.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


async def test_a_steps_tag_is_its_version(still_pilot: httpx.AsyncClient) -> None:
    assert (await still_pilot.get(SALE)).headers["ETag"] == '"1"'
