"""Conditional reads of the indicators service, and what each reader is told that it may do."""

import httpx
import pytest

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import CODE, observed, place

LISTS = [OBSERVATIONS, f"{OBSERVATIONS}?entity=nord", "/indicators/v1/contracts", CONTRACT]


@pytest.mark.parametrize("path", LISTS)
async def test_what_a_reader_has_already_is_not_sent_again(still_steward: httpx.AsyncClient, path: str) -> None:
    first = await still_steward.get(path)
    again = await still_steward.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize("offered", ["W/{}", '"other", {}', "*"])
async def test_the_comparison_of_tags_is_weak(still_steward: httpx.AsyncClient, offered: str) -> None:
    tag = (await still_steward.get(OBSERVATIONS)).headers["ETag"]
    answer = await still_steward.get(OBSERVATIONS, headers={"If-None-Match": offered.format(tag)})
    assert answer.status_code == 304


async def test_another_tag_brings_the_whole_answer(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.get(OBSERVATIONS, headers={"If-None-Match": '"other"'})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"


async def test_a_write_changes_the_tag_of_the_list(service: Service) -> None:
    async with service.client("steward") as client:
        before = (await client.get(OBSERVATIONS)).headers["ETag"]
        row = {"contract": CODE, **observed("revenue", "groupe", 2021, "1.75")}
        assert (await client.post(OBSERVATIONS, json=row)).status_code == 201
        after = await client.get(OBSERVATIONS, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


async def test_an_observations_tag_is_its_version(still_steward: httpx.AsyncClient) -> None:
    known = (await still_steward.get(OBSERVATIONS)).json()["items"][0]
    answer = await still_steward.get(f"{OBSERVATIONS}/{known['id']}")
    assert answer.headers["ETag"] == '"1"'
    again = await still_steward.get(f"{OBSERVATIONS}/{known['id']}", headers={"If-None-Match": '"1"'})
    assert again.status_code == 304


async def test_a_contributor_may_correct_the_observations_of_its_entity_only(still_service: Service) -> None:
    async with still_service.client("contributor", entities=["nord"]) as client:
        items = (await client.get(OBSERVATIONS)).json()["items"]
    assert {place(item) for item in items if item["allowedActions"] == ["correct"]} == {
        "visitors/nord/2020", "visitors/nord/2021",
    }  # fmt: skip
    assert all(item["allowedActions"] == [] for item in items if item["entity"] != "nord")


@pytest.mark.parametrize(("role", "actions"), [("reader", []), ("operator", []), ("steward", ["correct"])])
async def test_a_reader_may_do_nothing_and_a_steward_may_correct(
    still_service: Service, role: str, actions: list[str]
) -> None:
    async with still_service.client(role) as client:
        items = (await client.get(OBSERVATIONS)).json()["items"]
    assert [item["allowedActions"] for item in items] == [actions] * 9


@pytest.mark.parametrize("path", ["", "/history"])
async def test_an_unknown_observation_is_not_found(still_steward: httpx.AsyncClient, path: str) -> None:
    answer = await still_steward.get(f"{OBSERVATIONS}/00000000-0000-0000-0000-000000000000{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
