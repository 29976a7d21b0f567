"""Recording many observations as JSON: the plan, the counters, all or nothing, and what is no list of rows."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from shared import outbox

from .conftest import CONTRACT, MAX_BODY, OBSERVATIONS, Service
from .essai import Row, observed

MANY = f"{CONTRACT}/observations"
KNOWN = observed("visitors", "nord", 2021, "110")
CHANGED = observed("visitors", "sud", 2020, "205")
NEW = observed("visitors", "nord", 2022, "120")
WRONG = observed("visitors", "nord", 2023, "22 mai")


async def values(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    return [item["value"] for item in (await client.get(OBSERVATIONS, params=asked)).json()["items"]]


def counters(plan: Row) -> tuple[int, int, int, int]:
    assert plan["received"] == plan["created"] + plan["updated"] + plan["unchanged"] + plan["rejected"]
    assert plan["tables"]["observations"]["received"] == plan["received"]
    return plan["created"], plan["updated"], plan["unchanged"], plan["rejected"]


async def test_each_row_is_created_updated_or_unchanged_and_counted(
    service: Service, steward: httpx.AsyncClient
) -> None:
    events = await outbox.count(service.database)
    answer = await steward.post(MANY, json={"rows": [NEW, CHANGED, KNOWN], "reason": "Comptage revu"})
    assert answer.status_code == 200, answer.text
    assert counters(answer.json()) == (1, 1, 1, 0)
    assert answer.json()["changes"] == [
        {"indicator": "visitors", "entity": "nord", "year": 2022, "before": None, "after": "120"},
        {"indicator": "visitors", "entity": "sud", "year": 2020, "before": "200", "after": "205"},
    ]
    assert await values(steward, entity=["nord", "sud"], indicator="visitors") == ["100", "110", "120", "205", "220"]
    assert await outbox.count(service.database) == events + 2


async def test_the_reason_is_that_of_the_row_or_else_of_the_sending(steward: httpx.AsyncClient) -> None:
    own = observed("visitors", "nord", 2020, "101", reason="Badge oublié")
    await steward.post(MANY, json={"rows": [own, CHANGED, NEW], "reason": "Comptage revu"})
    items = (await steward.get(OBSERVATIONS, params={"entity": ["nord", "sud"]})).json()["items"]
    assert [item["reason"] for item in items] == ["Badge oublié", None, None, "Comptage revu", None]


async def test_the_reason_may_stand_in_the_address(steward: httpx.AsyncClient) -> None:
    answer = await steward.post(MANY, json={"rows": [CHANGED]}, params={"reason": "Comptage revu"})
    assert counters(answer.json()) == (0, 1, 0, 0)


async def test_one_wrong_row_and_nothing_is_written(service: Service, steward: httpx.AsyncClient) -> None:
    events, before = await outbox.count(service.database), await values(steward)
    answer = await steward.post(MANY, json={"rows": [NEW, WRONG, KNOWN]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"] == "1 ligne(s) refusée(s) sur 3\u00a0: rien n’a été enregistré."
    assert counters(answer.json()["plan"]) == (1, 0, 1, 1)
    assert [(error["row"], error["column"]) for error in answer.json()["errors"]] == [(1, "value")]
    assert await values(steward) == before
    assert await outbox.count(service.database) == events


async def test_a_dry_run_says_the_same_and_writes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    events, before = await outbox.count(service.database), await values(steward)
    body = {"rows": [NEW, CHANGED, KNOWN], "reason": "Comptage revu"}
    dry = (await steward.post(MANY, json=body, params={"dryRun": True})).json()
    assert (dry.pop("dryRun"), counters(dry)) == (True, (1, 1, 1, 0))
    assert await values(steward) == before
    assert await outbox.count(service.database) == events
    wet = (await steward.post(MANY, json=body)).json()
    assert (wet.pop("dryRun"), wet) == (False, dry)


async def test_a_dry_run_of_wrong_rows_answers_with_the_plan_and_its_errors(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post(MANY, json={"rows": [NEW, WRONG]}, params={"dryRun": True})
    assert (answer.status_code, counters(answer.json())) == (200, (1, 0, 0, 1))
    assert [(error["row"], error["column"], error["code"]) for error in answer.json()["errors"]] == [
        (1, "value", "number")
    ]


async def test_a_changed_value_needs_a_reason(steward: httpx.AsyncClient) -> None:
    answer = await steward.post(MANY, json={"rows": [CHANGED]})
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["column"], error["code"]) == (422, "reason", "reason-required")
    assert "(200, version 1)" in error["message"]


async def test_the_same_observation_twice_in_one_sending_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post(MANY, json={"rows": [NEW, KNOWN, NEW | {"value": "121"}]})
    (error,) = answer.json()["errors"]
    assert (error["row"], error["code"]) == (2, "repeated")
    assert error["message"] == "la même observation est déjà donnée plus haut (rangée 1)"


async def test_a_basis_or_a_perimeter_makes_another_observation(steward: httpx.AsyncClient) -> None:
    rows = [NEW, NEW | {"perimeter": "hors-annexe"}, NEW | {"basis": "constant-euros-2020"}]
    assert counters((await steward.post(MANY, json={"rows": rows})).json()) == (3, 0, 0, 0)


async def test_no_row_is_nothing_to_do(steward: httpx.AsyncClient) -> None:
    assert counters((await steward.post(MANY, json={"rows": []})).json()) == (0, 0, 0, 0)


async def test_a_contributor_sends_rows_of_its_entity_only(service: Service) -> None:
    async with service.client("contributor", entities=["nord"]) as client:
        mixed = await client.post(MANY, json={"rows": [NEW, CHANGED]})
        own = await client.post(MANY, json={"rows": [NEW]})
    assert [(error["row"], error["column"], error["code"]) for error in mixed.json()["errors"]] == [
        (1, "entity", "forbidden")
    ]
    assert (mixed.status_code, own.status_code) == (422, 200)


async def test_an_unknown_contract_is_not_found(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post("/indicators/v1/contracts/other/observations", json={"rows": [NEW]})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", "12", '{"rows": 3}', '{"rows": [1]}', '{"rows": [[]]}', "{}", '{"rows": [], "reason": 3}',
     "[" * 100_000, '{"rows": [' + '{"year": ' * 100_000, "\ufeff{}", '{"rows": [NaN]}'],
    ids=lambda body: body[:24] or "nothing",
)  # fmt: skip
async def test_a_body_that_is_no_list_of_rows_is_refused(still_steward: httpx.AsyncClient, body: str) -> None:
    answer = await still_steward.post(MANY, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"].startswith('Le corps attendu est {"rows": [{…}]}')


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"year": 10**400},
        {"year": int("9" * 4000)},
        {"year": -1},
        {"year": True},
        {"value": True},
        {"value": []},
        {"value": {"a": 1}},
        {"value": "9" * 5000},
        {"source": 3},
        {"note": None, "value": None, "absence": None},
        {"observed_on": 12},
        {"\ud800": "a"},
        {"": "a"},
    ],
    ids=lambda row: repr(row)[:30],
)
async def test_no_row_breaks_the_service(still_steward: httpx.AsyncClient, row: Row) -> None:
    body = json.dumps({"rows": [NEW | row if row else row]})
    answer = await still_steward.post(MANY, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert all(error["message"] for error in answer.json().get("errors", []))


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "", "application/vnd.ms-excel"])
async def test_another_format_is_refused(still_steward: httpx.AsyncClient, media: str) -> None:
    answer = await still_steward.post(MANY, content=b"rows", headers={"Content-Type": media})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")
    assert answer.json()["detail"] == "Envoyez du CSV (text/csv) ou du JSON (application/json)."


async def test_too_many_rows_are_refused_before_any_is_read(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.post(MANY, json={"rows": [{}] * 50_001})
    assert answer.status_code == 422
    assert "au plus 50000 éléments" in answer.json()["detail"]


async def test_a_body_over_the_limit_is_refused_by_its_announced_length(still_steward: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "text/csv", "Content-Length": str(MAX_BODY + 1)}
    answer = await still_steward.post(MANY, content=b"a", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert answer.json()["detail"] == "Un envoi ne dépasse pas 16 Mio\u00a0: découpez-le."


async def test_a_body_over_the_limit_is_refused_while_it_arrives(still_steward: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"x" * 1024 * 1024

    answer = await still_steward.post(MANY, content=endless(), headers={"Content-Type": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
