"""Which extraction the bibliometrics of a contract are read from: the one that speaks, or the one asked for."""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.bibliometric_facts import (
    ALL,
    CODE,
    COUNTS,
    LATER,
    ON,
    STORY,
    contract,
    count,
    extraction,
    measures,
)

from .gateway_alone import Alone, gateway_on

PATH = f"/v1/contracts/{CODE}/bibliometrics"
Json = dict[str, Any]


@pytest.fixture
def schema() -> Schema:
    return GATEWAY


@pytest.fixture
async def gateway(database: Database, tmp_path: Path) -> Alone:
    alone = await gateway_on(database, tmp_path)
    alone.at(ON)
    return alone


@pytest.fixture
async def told(gateway: Alone) -> Alone:
    await gateway.take(STORY)
    return gateway


async def read(gateway: Alone, indicator: str = ALL, **asked: Any) -> tuple[Json, Json]:
    """The view and one of its indicators."""
    view = await gateway.read(PATH, **asked)
    (found,) = (each for each in view["indicators"] if each["indicator"] == indicator)
    return view, found


def by_entity(indicator: Json) -> dict[str, Any]:
    return {each["entity"]: each["count"] for each in indicator["entities"]}


@pytest.mark.parametrize(
    ("asked", "code", "year", "north"),
    [
        ({"year": 2021}, "mars-2022", 2021, 60),
        ({"year": 2022}, "mars-2023", 2022, 63),
        ({"year": 2023}, "current", 2023, None),
        ({"extraction": "mars-2023"}, "mars-2023", 2022, 63),
        ({"extraction": "mars-2023", "year": 2021}, "mars-2023", 2021, 66),
        ({"extraction": LATER.id}, "mars-2023", 2022, 63),
        ({"extraction": "current"}, "current", 2022, 64),
    ],
)
async def test_an_extraction_is_that_of_the_year_or_the_one_asked_for(
    told: Alone, asked: Json, code: str, year: int, north: int | None
) -> None:
    view, found = await read(told, **asked)
    assert (view["extraction"]["code"], view["year"], by_entity(found)["nord"]) == (code, year, north)


async def test_the_extractions_are_offered_newest_first_with_the_current_state(told: Alone) -> None:
    view, _ = await read(told, extraction="current")
    offered = [(each["code"], each["label"], each["status"], each["extracted_on"]) for each in view["extractions"]]
    assert offered == [
        ("mars-2023", "de mars-2023", "provisional", "2023-03-10"),
        ("mars-2022", "de mars-2022", "definitive", "2022-03-14"),
        ("current", "courant, non gelé", "current", None),
    ]
    assert (view["extraction"]["id"], view["extraction"]["label"], view["extraction"]["files"]) == (
        None,
        "courant, non gelé",
        [],
    )


async def test_an_unknown_extraction_is_refused_with_those_that_exist(told: Alone) -> None:
    answer = await told.client.get(PATH, params={"extraction": "x"}, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert answer.json()["detail"] == (
        "L’extraction «\u00a0x\u00a0» n’est pas connue\u00a0: demandez mars-2023, mars-2022 ou current."
    )


async def test_a_year_that_the_extraction_does_not_cover_has_no_count(told: Alone) -> None:
    _, found = await read(told, extraction="mars-2022", year=2022)
    assert by_entity(found) == {"nord": None, "sud": None}
    assert {each["missing"]["code"] for each in found["entities"]} == {"not_covered"}


async def test_before_anything_was_frozen_it_is_the_current_state_of_its_last_year(gateway: Alone) -> None:
    await gateway.take([contract(), measures(), COUNTS[-1]])
    view, found = await read(gateway)
    assert (view["extraction"]["code"], view["extraction"]["years"], view["year"]) == ("current", [2022], 2022)
    assert (by_entity(found), found["provisional"]) == ({"nord": 64, "sud": None}, True)


async def test_a_newer_definitive_extraction_takes_the_place_of_an_older_one(told: Alone) -> None:
    again = extraction("mars-2023", (2021, 2022), 2, status="definitive", extracted_on=LATER.extracted_on)
    await told.take([again, count(None, 2021, "nord", "1")])
    view, found = await read(told, year=2021)
    assert (view["extraction"]["code"], by_entity(found)["nord"]) == ("mars-2023", 66)
