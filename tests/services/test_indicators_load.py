"""Loading a contract: the plan first, then its versions; what was corrected since stays corrected."""

from typing import Any

import httpx
import pytest

from shared import outbox

from .conftest import CONTRACT, OBSERVATIONS, Service
from .essai import Package, Row, observed, package

ROWS = 17  # 1 contract, 3 entities, 3 indicators, 1 target, 9 observations


async def load(client: httpx.AsyncClient, tables: Package, **asked: Any) -> Row:
    answer = await client.put(CONTRACT, json=tables, params=asked)
    assert answer.status_code == 200, answer.text
    plan: Row = answer.json()
    assert plan["received"] == plan["created"] + plan["updated"] + plan["unchanged"] + plan["rejected"]
    for counts in plan["tables"].values():
        assert counts["received"] == counts["created"] + counts["updated"] + counts["unchanged"] + counts["rejected"]
    return plan


def counters(plan: Row) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, removed."""
    assert plan["rejected"] == 0
    return plan["created"], plan["updated"], plan["unchanged"], plan["removed"]


async def version(client: httpx.AsyncClient) -> int:
    found: int = (await client.get(CONTRACT)).json()["version"]
    return found


async def value(client: httpx.AsyncClient, indicator: str, entity: str, year: int) -> Row:
    asked: dict[str, str | int] = {"indicator": indicator, "entity": entity, "year": year}
    (item,) = (await client.get(OBSERVATIONS, params=asked)).json()["items"]
    return {name: item[name] for name in ("value", "version", "reason")}


async def test_a_dry_run_shows_the_plan_and_writes_nothing(empty_service: Service) -> None:
    async with empty_service.client("steward") as client:
        plan = await load(client, package(), dryRun=True)
        assert (plan["dryRun"], counters(plan)) == (True, (ROWS, 0, 0, 0))
        assert plan["tables"]["observations"]["created"] == 9
        assert (await client.get(CONTRACT)).status_code == 404
        assert (await client.get(OBSERVATIONS)).json()["items"] == []
    assert await outbox.count(empty_service.database) == 0


async def test_a_first_load_creates_everything_and_tells_it(empty_service: Service) -> None:
    async with empty_service.client("steward", subject="camille") as client:
        plan = await load(client, package())
        contract = (await client.get(CONTRACT)).json()
    assert (plan["dryRun"], counters(plan)) == (False, (ROWS, 0, 0, 0))
    assert (contract["version"], contract["defined_by"]) == (1, "camille")
    assert [entity["code"] for entity in contract["definition"]["entities"]] == ["groupe", "nord", "sud"]
    assert await outbox.count(empty_service.database) == 10  # the contract and 9 observations


async def test_the_same_package_again_changes_nothing(service: Service, steward: httpx.AsyncClient) -> None:
    events = await outbox.count(service.database)
    assert counters(await load(steward, package())) == (0, 0, ROWS, 0)
    assert await version(steward) == 1
    assert await outbox.count(service.database) == events


async def test_a_changed_definition_is_a_new_version_and_the_old_one_stays(
    service: Service, steward: httpx.AsyncClient
) -> None:
    changed = package()
    changed["indicators"][0]["label"] = "Visites"
    assert counters(await load(steward, changed)) == (0, 1, ROWS - 1, 0)
    labels = [
        (await steward.get(f"{CONTRACT}{asked}")).json()["definition"]["indicators"][0]["label"]
        for asked in ("?version=1", "?version=2", "")
    ]
    assert labels == ["Visiteurs", "Visites", "Visites"]
    versions = (await steward.get(f"{CONTRACT}/versions")).json()
    assert [(each["version"], each["defined_by"], each["label"]) for each in versions] == [
        (1, "chargement", "Contrat d’essai"), (2, "camille", "Contrat d’essai"),
    ]  # fmt: skip


async def test_observations_alone_make_no_new_version_of_the_contract(steward: httpx.AsyncClient) -> None:
    changed = package()
    changed["observations"].append(observed("revenue", "groupe", 2021, "1.75"))
    assert counters(await load(steward, changed)) == (1, 0, ROWS, 0)
    assert await version(steward) == 1


async def test_definitions_that_are_gone_are_counted_and_observations_stay(steward: httpx.AsyncClient) -> None:
    changed = package() | {"targets": []}
    del changed["observations"][5:]
    plan = await load(steward, changed)
    assert counters(plan) == (0, 0, 12, 1)
    assert plan["tables"]["targets"]["removed"] == 1
    assert (await steward.get(CONTRACT)).json()["definition"]["targets"] == []
    assert len((await steward.get(OBSERVATIONS)).json()["items"]) == 9


async def test_the_order_of_the_rows_is_part_of_the_definition(steward: httpx.AsyncClient) -> None:
    changed = package()
    changed["indicators"].reverse()
    assert counters(await load(steward, changed)) == (0, 0, ROWS, 0)
    codes = [each["code"] for each in (await steward.get(CONTRACT)).json()["definition"]["indicators"]]
    assert codes == ["revenue", "satisfaction", "visitors"]


async def test_a_value_that_the_package_changes_is_updated_with_a_reason(steward: httpx.AsyncClient) -> None:
    changed = package()
    changed["observations"][1]["value"] = "101"
    plan = await load(steward, changed)
    assert counters(plan) == (0, 1, ROWS - 1, 0)
    assert plan["changes"] == [
        {"indicator": "visitors", "entity": "nord", "year": 2020, "before": "100", "after": "101"}
    ]
    assert await value(steward, "visitors", "nord", 2020) == {
        "value": "101", "version": 2, "reason": "Chargement du paquet essai",
    }  # fmt: skip


async def _correct(client: httpx.AsyncClient) -> None:
    rows = [observed("visitors", "nord", 2020, "105")]
    answer = await client.post(f"{CONTRACT}/observations", json={"rows": rows, "reason": "Recompté"})
    assert answer.json()["updated"] == 1


async def test_a_value_corrected_since_stays_corrected(steward: httpx.AsyncClient) -> None:
    await _correct(steward)
    assert counters(await load(steward, package())) == (0, 0, ROWS, 0)
    assert (await value(steward, "visitors", "nord", 2020))["value"] == "105"


async def test_a_new_value_of_the_package_replaces_a_correction(steward: httpx.AsyncClient) -> None:
    await _correct(steward)
    changed = package()
    changed["observations"][1]["value"] = "107"
    assert counters(await load(steward, changed)) == (0, 1, ROWS - 1, 0)
    assert (await value(steward, "visitors", "nord", 2020))["value"] == "107"
    assert counters(await load(steward, changed)) == (0, 0, ROWS, 0)


async def test_one_refused_row_and_nothing_is_written(service: Service, steward: httpx.AsyncClient) -> None:
    events = await outbox.count(service.database)
    changed = package()
    changed["indicators"][0]["label"] = "Visites"
    changed["observations"][2]["value"] = "22 mai"
    answer = await steward.put(CONTRACT, json=changed)
    assert (answer.status_code, answer.json()["plan"]["rejected"]) == (422, 1)
    assert [(error["table"], error["row"], error["column"]) for error in answer.json()["errors"]] == [
        ("observations", 2, "value")
    ]
    assert await version(steward) == 1
    assert await outbox.count(service.database) == events


async def test_the_list_of_contracts_names_each(steward: httpx.AsyncClient) -> None:
    items = (await steward.get("/indicators/v1/contracts")).json()["items"]
    assert [(each["code"], each["version"], each["label"]) for each in items] == [("essai", 1, "Contrat d’essai")]


@pytest.mark.parametrize(
    "path", [f"{CONTRACT}?version=2", "/indicators/v1/contracts/other", "/indicators/v1/contracts/other/versions"]
)
async def test_an_unknown_contract_or_version_is_not_found(still_steward: httpx.AsyncClient, path: str) -> None:
    answer = await still_steward.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("version", ["0", "-1", "deux", "99999999999999999999"])
async def test_a_version_that_is_none_is_refused(still_steward: httpx.AsyncClient, version: str) -> None:
    assert (await still_steward.get(CONTRACT, params={"version": version})).status_code == 422


async def test_an_observation_must_be_of_the_entities_that_the_contract_has_now(steward: httpx.AsyncClient) -> None:
    changed = package()
    changed["entities"].append({"code": "est", "label": "Site est", "kind": "school"})
    row = {"contract": "essai", **observed("visitors", "est", 2021, "12")}
    assert (await steward.post(OBSERVATIONS, json=row)).status_code == 422
    await load(steward, changed)
    assert (await steward.post(OBSERVATIONS, json=row)).status_code == 201
