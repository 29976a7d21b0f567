"""What is no package at all, and what the errors of one table do to the others."""

from typing import Any

import httpx
import pytest

from .conftest import CONTRACT
from .essai import Package, observed, package
from .test_indicators_write_one import plain


async def refused(client: httpx.AsyncClient, body: Any) -> Any:
    answer = await client.put(CONTRACT, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    return answer.json()


@pytest.mark.parametrize("contract", [[], package()["contract"] * 2])
async def test_a_package_is_of_one_contract(still_steward: httpx.AsyncClient, contract: Any) -> None:
    body = await refused(still_steward, package() | {"contract": contract})
    assert ("contract", "le tableau contract a une ligne, et une seule") in [
        (error["table"], error["message"]) for error in body["errors"]
    ]
    plan = body["plan"]
    assert plan["received"] == plan["created"] + plan["updated"] + plan["unchanged"] + plan["rejected"]


async def test_a_package_of_nothing_is_refused(still_steward: httpx.AsyncClient) -> None:
    assert (await refused(still_steward, {}))["plan"]["received"] == 0


async def test_an_unknown_table_is_named(still_steward: httpx.AsyncClient) -> None:
    body = await refused(still_steward, package() | {"milestones": [], "comments": []})
    assert plain(body["detail"]) == "Tableau(x) inconnu(s) dans le paquet : comments, milestones."


@pytest.mark.parametrize(
    "body",
    [[], None, "essai", 3, {"contract": None}, {"contract": {}}, {"contract": ["essai"]}, {"contract": [[]]}],
    ids=repr,
)
async def test_a_body_of_another_shape_is_refused(still_steward: httpx.AsyncClient, body: Any) -> None:
    assert "detail" in await refused(still_steward, body)


async def test_a_body_that_is_no_json_is_refused(still_steward: httpx.AsyncClient) -> None:
    answer = await still_steward.put(CONTRACT, content="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 422


async def test_every_mistake_of_every_table_is_said_at_once(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    tables["entities"][1]["kind"] = "campus"
    tables["indicators"][2]["decimals"] = "deux"
    tables["targets"][0]["operand"] = "other"
    tables["observations"][8]["value"] = "1.5 M€"
    tables["observations"].append(observed("visitors", "groupe", 1999, "1"))
    errors = (await refused(still_steward, tables))["errors"]
    assert {
        ("entities", 1, "kind"), ("indicators", 2, "decimals"), ("targets", 0, "operand"), ("observations", 8, "value"),
        ("observations", 9, "year"),
    } <= {(error["table"], error["row"], error["column"]) for error in errors}  # fmt: skip


async def test_a_row_that_cannot_be_read_does_not_shift_the_places_of_the_others(
    still_steward: httpx.AsyncClient,
) -> None:
    tables: Package = package()
    tables["entities"].insert(1, {"code": "centre", "label": "Centre"})
    tables["entities"].append({"code": "un espace", "label": "Autre", "kind": "school"})
    errors = (await refused(still_steward, tables))["errors"]
    assert [(error["row"], error["column"]) for error in errors if error["table"] == "entities"] == [
        (1, "kind"), (4, "code"),
    ]  # fmt: skip


async def test_a_row_that_cannot_be_read_is_not_held_against_those_that_refer_to_it(
    still_steward: httpx.AsyncClient,
) -> None:
    tables = package()
    tables["indicators"][0]["decimals"] = "zéro"
    errors = (await refused(still_steward, tables))["errors"]
    assert [(error["table"], error["row"]) for error in errors if error["table"] != "observations"] == [
        ("indicators", 0)
    ]


@pytest.mark.parametrize("role", ["reader", "operator", "contributor"])
async def test_only_a_steward_defines(still_steward: httpx.AsyncClient, still_service: Any, role: str) -> None:
    async with still_service.client(role, entities=["groupe", "nord", "sud"]) as client:
        answer = await client.put(CONTRACT, json=package())
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
