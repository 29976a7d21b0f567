"""Reading observations: filters, pages, instants, histories, and conditional requests."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from .conftest import OBSERVATIONS, Service
from .essai import CODE, observed, place

ALL = [
    "revenue/groupe/2020",
    "satisfaction/groupe/2020",
    "satisfaction/groupe/2021",
    "visitors/groupe/2020",
    "visitors/groupe/2021",
    "visitors/nord/2020",
    "visitors/nord/2021",
    "visitors/sud/2020",
    "visitors/sud/2021",
]
Asked = dict[str, Any]


@pytest.fixture(scope="module")
async def reader(still_service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with still_service.client("reader") as client:
        yield client


async def read(client: httpx.AsyncClient, **asked: Any) -> Any:
    answer = await client.get(OBSERVATIONS, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def correct(client: httpx.AsyncClient, indicator: str, entity: str, year: int, value: str) -> Any:
    """Give an observation another value, and return what is answered."""
    (known,) = (await read(client, indicator=indicator, entity=entity, year=year))["items"]
    stated = {"value": value, "source": "Relevé corrigé", "reason": "Erreur de saisie"}
    answer = await client.put(f"{OBSERVATIONS}/{known['id']}", json=stated, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL),
        ({"contract": CODE}, ALL),
        ({"contract": "other"}, []),
        ({"indicator": "satisfaction"}, ["satisfaction/groupe/2020", "satisfaction/groupe/2021"]),
        ({"indicator": ["revenue", "satisfaction"], "year": 2020}, ["revenue/groupe/2020", "satisfaction/groupe/2020"]),
        ({"entity": ["nord", "sud"], "year": 2021}, ["visitors/nord/2021", "visitors/sud/2021"]),
        ({"entity": "nord"}, ["visitors/nord/2020", "visitors/nord/2021"]),
        ({"year": [2019, 2021], "indicator": "visitors", "entity": "sud"}, ["visitors/sud/2021"]),
        ({"status": "provisional"}, ["revenue/groupe/2020", "visitors/sud/2021"]),
        ({"entity": "unknown"}, []),
    ],
)
async def test_filters_narrow_the_list_in_the_order_of_the_keys(
    reader: httpx.AsyncClient, asked: Asked, expected: list[str]
) -> None:
    found = await read(reader, **asked)
    assert [place(item) for item in found["items"]] == expected
    assert found["next"] is None


@pytest.mark.parametrize("limit", [1, 2, 4, 8, 9])
async def test_pages_together_are_the_whole_list_without_overlap(reader: httpx.AsyncClient, limit: int) -> None:
    seen: list[str] = []
    after: Asked = {}
    while True:
        page = await read(reader, limit=limit, **after)
        assert len(page["items"]) <= limit
        seen += [place(item) for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == ALL


async def test_a_row_added_before_the_cursor_does_not_shift_the_next_page(service: Service) -> None:
    async with service.client("steward") as client:
        first = await read(client, limit=3)
        row = {"contract": CODE, **observed("revenue", "groupe", 2021, "1.75")}
        assert (await client.post(OBSERVATIONS, json=row)).status_code == 201
        rest = await read(client, after=first["next"])
    assert [place(item) for item in rest["items"]] == ALL[3:]


@pytest.mark.parametrize("cursor", ["!!!", "W10", "é", "bnVsbA", "WzEsMiwzXQ"])
async def test_a_cursor_of_another_list_is_refused(reader: httpx.AsyncClient, cursor: str) -> None:
    answer = await reader.get(OBSERVATIONS, params={"after": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "n’est pas un curseur de cette liste" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ({"limit": 0}, "query.limit"),
        ({"limit": 1001}, "query.limit"),
        ({"year": "MMXX"}, "query.year[0]"),
        ({"status": "final"}, "query.status"),
        ({"asOf": "2023-01-31T12:00:00"}, "query.asOf"),
        ({"updatedAfter": "hier"}, "query.updatedAfter"),
    ],
)
async def test_a_filter_of_another_kind_is_refused_with_its_name(
    reader: httpx.AsyncClient, asked: Asked, column: str
) -> None:
    answer = await reader.get(OBSERVATIONS, params=asked)
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == [column]


async def test_a_value_is_a_decimal_string_as_it_was_written(reader: httpx.AsyncClient) -> None:
    (revenue,) = (await read(reader, indicator="revenue"))["items"]
    assert (revenue["value"], revenue["status"], revenue["version"]) == ("1.50", "provisional", 1)
    assert revenue["recorded_by"] == "chargement"


async def test_an_absence_is_not_a_zero(reader: httpx.AsyncClient) -> None:
    (absent,) = (await read(reader, indicator="satisfaction", year=2021))["items"]
    assert (absent["value"], absent["absence"]) == (None, "not_measured")


async def test_as_of_shows_what_was_known_then(service: Service) -> None:
    async with service.client("steward") as client:
        before = (await read(client, indicator="visitors", entity="nord", year=2021))["items"][0]
        after = await correct(client, "visitors", "nord", 2021, "115")
        then = await read(client, asOf=before["recorded_at"], entity="nord")
        now = await read(client, asOf=after["recorded_at"], entity="nord")
        own = (await client.get(f"{OBSERVATIONS}/{after['id']}", params={"asOf": before["recorded_at"]})).json()
    assert [item["value"] for item in then["items"]] == ["100", "110"]
    assert [item["value"] for item in now["items"]] == ["100", "115"]
    assert own["value"] == "110"


async def test_before_the_first_statement_nothing_was_known(reader: httpx.AsyncClient) -> None:
    long_ago = {"asOf": "2000-01-01T00:00:00Z"}
    assert (await read(reader, **long_ago))["items"] == []
    known = (await read(reader, limit=1))["items"][0]
    assert (await reader.get(f"{OBSERVATIONS}/{known['id']}", params=long_ago)).status_code == 404


async def test_updated_after_shows_what_changed_since(service: Service) -> None:
    async with service.client("steward") as client:
        last = max(item["recorded_at"] for item in (await read(client))["items"])
        assert (await read(client, updatedAfter=last))["items"] == []
        changed = await correct(client, "visitors", "sud", 2020, "201")
        assert [place(item) for item in (await read(client, updatedAfter=last))["items"]] == ["visitors/sud/2020"]
        assert (await read(client, updatedAfter=changed["recorded_at"]))["items"] == []


async def test_include_history_shows_every_version_page_by_page(service: Service) -> None:
    async with service.client("steward") as client:
        await correct(client, "visitors", "nord", 2021, "115")
        await correct(client, "visitors", "nord", 2021, "117")
        asked = {"includeHistory": True, "entity": "nord", "limit": 2}
        first = await read(client, **asked)
        second = await read(client, **asked, after=first["next"])
        current = await read(client, entity="nord")
    both = [*first["items"], *second["items"]]
    assert [(item["year"], item["version"], item["value"]) for item in both] == [
        (2020, 1, "100"), (2021, 1, "110"), (2021, 2, "115"), (2021, 3, "117"),
    ]  # fmt: skip
    assert second["next"] is None
    assert [item["value"] for item in current["items"]] == ["100", "117"]


async def test_as_of_with_history_shows_the_versions_until_then(service: Service) -> None:
    async with service.client("steward") as client:
        second = await correct(client, "visitors", "nord", 2021, "115")
        await correct(client, "visitors", "nord", 2021, "117")
        asked = {"includeHistory": True, "entity": "nord", "year": 2021, "asOf": second["recorded_at"]}
        assert [item["value"] for item in (await read(client, **asked))["items"]] == ["110", "115"]
