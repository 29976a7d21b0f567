"""Rows that cannot be read: all that is wrong with them is said, nothing is held against others, all are counted."""

from typing import Any

import httpx
import pytest

from .conftest import CONTRACT
from .essai import Package, observed, package
from .test_indicators_load_mistakes import CHANGE, POINT, TARGET

Place = tuple[str, int, str | None, str]


async def refused(client: httpx.AsyncClient, tables: Package) -> list[Place]:
    """Every error's place and code; the rows refused are those of which something is said, and no other."""
    answer = await client.put(CONTRACT, json=tables)
    assert answer.status_code == 422, answer.text
    body = answer.json()
    received = {table: counts["received"] for table, counts in body["plan"]["tables"].items()}
    said = {(each["table"], each["row"]) for each in body["errors"] if each["row"] < received[each["table"]]}
    assert body["plan"]["rejected"] == len(said)
    for table, counts in body["plan"]["tables"].items():
        assert counts["rejected"] == len([each for each in said if each[0] == table]), table
    return [(each["table"], each["row"], each["column"], each["code"]) for each in body["errors"]]


async def test_all_that_is_wrong_with_a_row_is_said_in_the_order_of_its_columns(
    still_steward: httpx.AsyncClient,
) -> None:
    tables = package()
    wrong = {
        "comparison": "about",
        "due_year": 3000,
        "source": " ",
        "entity": "other",
        "level": "2 M€",
        "colour": "red",
    }
    tables["targets"][0] |= wrong | {"value": "beaucoup"}
    assert await refused(still_steward, tables) == [
        ("targets", 0, "entity", "unknown"), ("targets", 0, "comparison", "enum"), ("targets", 0, "due_year", "form"),
        ("targets", 0, "source", "form"), ("targets", 0, "value", "number"), ("targets", 0, "level", "number"),
        ("targets", 0, "colour", "unexpected_keyword_argument"),
    ]  # fmt: skip


async def test_a_row_that_cannot_be_read_leaves_the_mistakes_of_the_others_said(
    still_steward: httpx.AsyncClient,
) -> None:
    tables = package()
    tables["indicators"][2]["decimals"] = "deux"
    tables["targets"] += [TARGET | {"indicator": "revenue"}, TARGET | {"indicator": "other"}]
    tables["entities"][1]["kind"] = "group"
    tables["trajectory"] = [POINT | {"target": "2030"}]
    assert await refused(still_steward, tables) == [
        ("entities", 1, "kind", "group"), ("indicators", 2, "decimals", "int_parsing"),
        ("targets", 2, "indicator", "unknown"), ("trajectory", 0, "target", "unknown"),
    ]  # fmt: skip


async def test_two_contracts_of_which_one_cannot_be_read_are_two(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    tables["contract"].append({"code": "autre"})
    found = await refused(still_steward, tables)
    assert found[0] == ("contract", 0, None, "count")
    assert {each[:2] for each in found[1:]} == {("contract", 1)}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"code": "nord", "label": "Nord"}, []),
        ({"code": "nord", "label": "Nord", "kind": "campus"}, []),
        ({"code": "nord", "kind": "group"}, [("entities", 0, "kind", "group")]),
    ],
)
async def test_a_site_that_cannot_be_read_is_known_to_its_figures(
    still_steward: httpx.AsyncClient, row: dict[str, str], expected: list[Place]
) -> None:
    tables = package()
    tables["entities"][1] = row
    tables["targets"].append(TARGET)
    tables["observations"].append(observed("visitors", "other", 2020, "1"))
    found = await refused(still_steward, tables)
    assert [each for each in found if each[:2] != ("entities", 1)] == [
        *expected, ("observations", 9, "entity", "unknown")
    ]  # fmt: skip


async def test_a_group_that_cannot_be_read_is_still_the_group(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    del tables["entities"][0]["label"]
    tables["observations"].append(observed("satisfaction", "nord", 2020, "1"))
    assert await refused(still_steward, tables) == [
        ("entities", 0, "label", "missing"), ("observations", 9, "entity", "not-declined"),
    ]  # fmt: skip


async def test_an_entity_of_an_unreadable_kind_may_be_the_group(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    tables["entities"][0]["kind"] = "groupe"
    assert await refused(still_steward, tables) == [("entities", 0, "kind", "enum")]


async def test_an_indicator_that_cannot_be_read_is_known_to_its_figures(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    tables["indicators"][0]["decimals"] = "zéro"
    tables["printed_changes"] = [CHANGE]
    assert await refused(still_steward, tables) == [("indicators", 0, "decimals", "int_parsing")]


async def test_a_target_that_cannot_be_read_is_known_to_its_path(still_steward: httpx.AsyncClient) -> None:
    tables = package()
    tables["targets"][0]["value"] = "beaucoup"
    tables["trajectory"] = [POINT]
    assert await refused(still_steward, tables) == [("targets", 0, "value", "number")]


@pytest.mark.parametrize("headers", [[], [{"code": "essai"}], package()["contract"] * 2])
async def test_without_a_readable_contract_its_figures_are_still_checked(
    still_steward: httpx.AsyncClient, headers: list[Any]
) -> None:
    tables = package() | {"contract": headers}
    tables["entities"][1]["label"] = ""
    tables["observations"][0]["value"] = "beaucoup"
    tables["observations"].append(observed("visitors", "other", 2020, "1"))
    found = await refused(still_steward, tables)
    assert [each for each in found if each[0] != "contract"] == [
        ("entities", 1, "label", "form"), ("observations", 0, "value", "number"),
        ("observations", 9, "entity", "unknown"),
    ]  # fmt: skip
    assert {each[0] for each in found} >= {"contract"}
