"""Rehearsals as they are staged: simulated values of a contract, all or nothing, never among real ones."""

from collections.abc import AsyncIterator

import httpx
import pytest

from .conftest import OBSERVATIONS, Service
from .essai import CODE, Row
from .simulating import REHEARSAL, SET, SOURCE, allowing, rehearse, simulated, told

REHEARSALS = "/indicators/v1/rehearsals"


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward of a service that allows rehearsals."""
    async with allowing(service).client("steward", subject="camille") as client:
        yield client


async def test_what_is_staged_is_shown_and_told(service: Service, steward: httpx.AsyncClient) -> None:
    answer = await rehearse(steward, SET)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"contract": CODE, "version": 1, "count": 2, "before": 0, "simulated": True}
    shown = (await steward.get(REHEARSAL)).json()
    assert (shown["source"], shown["staged_by"], shown["simulated"]) == (SOURCE, "camille", True)
    assert shown["observations"] == [
        {"indicator": "visitors", "entity": "nord", "year": 2022, "value": "7001", "absence": None, "note": None},
        {
            "indicator": "visitors",
            "entity": "sud",
            "year": 2022,
            "value": None,
            "absence": "not_measured",
            "note": "Pour voir",
        },
    ]
    (fact,) = await told(service)
    assert (fact.version, fact.subject, fact.source, len(fact.observations)) == (1, f"rehearsals/{CODE}", SOURCE, 2)


async def test_the_list_names_the_contracts_that_have_simulated_values(
    service: Service, steward: httpx.AsyncClient
) -> None:
    assert (await steward.get(REHEARSALS)).json() == {"items": []}
    await rehearse(steward, SET)
    async with service.client("reader") as reader:
        (item,) = (await reader.get(REHEARSALS)).json()["items"]
    assert (item["contract"], item["version"], item["count"], item["simulated"]) == (CODE, 1, 2, True)
    assert (item["source"], item["staged_by"]) == (SOURCE, "camille")
    await steward.delete(REHEARSAL)
    assert (await steward.get(REHEARSALS)).json() == {"items": []}


async def test_nothing_simulated_is_an_observation(steward: httpx.AsyncClient) -> None:
    before = (await steward.get(OBSERVATIONS)).json()
    await rehearse(steward, SET)
    assert (await steward.get(OBSERVATIONS)).json() == before


async def test_another_set_replaces_the_whole(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    answer = await rehearse(steward, [simulated("groupe", 2023, "9001")])
    assert (answer.json()["version"], answer.json()["count"], answer.json()["before"]) == (2, 1, 2)
    (only,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (only["entity"], only["year"], only["value"]) == ("groupe", 2023, "9001")


async def test_the_same_set_again_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    await rehearse(steward, SET)
    assert (await rehearse(steward, SET)).json()["version"] == 1
    assert len(await told(service)) == 1


async def test_numbers_are_read_as_in_a_package(steward: httpx.AsyncClient) -> None:
    await rehearse(steward, [simulated("nord", 2022, "7 001,5") | {"year": "2022"}])
    (row,) = (await steward.get(REHEARSAL)).json()["observations"]
    assert (row["year"], row["value"]) == (2022, "7001.5")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (simulated("nord", 2020, "1"), "year", "year"),
        (simulated("nord", 2034, "1"), "year", "year"),
        (simulated("est", 2022, "1"), "entity", "unknown"),
        (simulated("nord", 2022, "1", indicator="students"), "indicator", "unknown"),
        (simulated("nord", 2022, "1", indicator="satisfaction"), "entity", "not-declined"),
        (simulated("nord", 2022, None), "value", "incoherent"),
        (simulated("nord", 2022, "1", absence="late"), "absence", "incoherent"),
        (simulated("nord", 2022, "beaucoup"), "value", "number"),
        (simulated("nord", 2022, None, absence="asleep"), "absence", "enum"),
        (simulated("nord", 2022, "1", status="definitive"), "status", "extra_forbidden"),
        (simulated("nord", 2022, "1", source="Relevé"), "source", "extra_forbidden"),
    ],
)
async def test_one_refused_row_and_nothing_is_staged(
    service: Service, steward: httpx.AsyncClient, row: Row, column: str, code: str
) -> None:
    answer = await rehearse(steward, [simulated("nord", 2023, "7001"), row])
    assert answer.status_code == 422
    assert [(error["table"], error["row"], error["column"], error["code"]) for error in answer.json()["errors"]] == [
        ("observations", 1, column, code)
    ]
    assert (await steward.get(REHEARSAL)).status_code == 404
    assert await told(service) == []


async def test_a_row_given_twice_is_refused(steward: httpx.AsyncClient) -> None:
    answer = await rehearse(steward, [SET[0], SET[0]])
    assert [(error["row"], error["code"]) for error in answer.json()["errors"]] == [(1, "repeated")]


@pytest.mark.parametrize("change", [{"source": " "}, {"source": None}, {"observations": []}, {"year": 2022}])
async def test_a_set_has_a_source_and_rows(steward: httpx.AsyncClient, change: Row) -> None:
    assert (await rehearse(steward, SET, **change)).status_code == 422


async def test_beside_a_real_value_of_any_entity_nothing_is_simulated(
    service: Service, steward: httpx.AsyncClient
) -> None:
    """Of 2021 the northern site's visitors are known: the group's are not simulated either."""
    answer = await rehearse(steward, [*SET, simulated("groupe", 2021, "400")])
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["detail"].startswith(
        "Des valeurs réelles sont enregistrées pour «\u00a0visitors\u00a0» en 2021\u00a0: une somme ne mêle jamais"
    )
    assert [(error["row"], error["code"]) for error in answer.json()["errors"]] == [(2, "real")]
    assert await told(service) == []


async def test_another_indicator_of_a_real_year_may_be_simulated(steward: httpx.AsyncClient) -> None:
    assert (await rehearse(steward, [simulated("nord", 2021, "1", indicator="revenue")])).status_code == 200
