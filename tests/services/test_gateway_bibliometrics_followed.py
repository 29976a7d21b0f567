"""The indicators of publications follow what the frozen extraction counts, after the contract's reference year."""

import html
from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.events.bibliometrics import MeasureBody
from shared.migrations import Schema
from tests.bibliometric_facts import (
    ALL,
    CODE,
    COUNTS,
    FTE,
    LATER,
    ON,
    SIGNED,
    STORY,
    contract,
    count,
    day,
    measures,
    observation,
    rehearsal,
)

from .gateway_alone import Alone, gateway_on

HERE = f"/v1/contracts/{CODE}"
SOURCE = "Bibliométrie Cadran, extraction de mars-2022 du 14/03/2022 (définitive), périmètre des personnels permanents"
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


async def indicator(gateway: Alone, view: str, code: str = ALL, **asked: Any) -> Json:
    found = (await gateway.read(f"{HERE}/{view}", **asked))["indicators"]
    line: Json = next(each for each in found if each["code"] == code)
    return line


async def value(gateway: Alone, entity: str, year: int, code: str = ALL, **asked: Any) -> Json:
    """An entity's value of a year in its follow-up."""
    line = await indicator(gateway, f"entities/{entity}/follow-up", code, year=year, **asked)
    stated: Json = next(each for each in line["values"] if each["year"] == year)
    return stated


async def test_a_definitive_count_is_a_definitive_value(told: Alone) -> None:
    assert await value(told, "nord", 2021) == {
        "year": 2021,
        "value": "60",
        "status": "definitive",
        "source": SOURCE,
        "note": None,
        "absence": None,
    }


async def test_a_year_of_a_provisional_extraction_is_provisional(told: Alone) -> None:
    found = await value(told, "nord", 2022)
    assert (found["value"], found["status"]) == ("63", "provisional")
    assert "extraction de mars-2023 du 10/03/2023 (provisoire)" in found["source"]


async def test_the_reference_year_stays_as_the_contract_prints_it(told: Alone) -> None:
    await told.take([observation("nord", 2020, "57", source="Page 3")])
    found = await value(told, "nord", 2020)
    assert (found["value"], found["source"]) == ("57", "Page 3")


async def test_what_a_person_stated_gives_way_and_is_told_beside(told: Alone) -> None:
    await told.take([observation("nord", 2021, "2070")])
    found = await value(told, "nord", 2021)
    assert (found["value"], found["source"], found["note"]) == ("60", SOURCE, "déclaré par ailleurs\u00a0: 2\u202f070")


async def test_a_quotient_says_what_was_divided(told: Alone) -> None:
    await told.take([observation("nord", 2021, "4.2", FTE)])
    found = await value(told, "nord", 2021, FTE)
    assert (found["value"], found["note"]) == (
        "4.000000",
        "60 publications pour 15,0 ETP chercheur au 31/12/2021 ; déclaré par ailleurs\u00a0: 4,2",
    )


async def test_a_quotient_without_its_denominator_leaves_what_was_stated(told: Alone) -> None:
    assert (await value(told, "sud", 2021, FTE))["absence"] == "not_reported"
    await told.take([observation("sud", 2021, "3.9", FTE, source="Relevé")])
    found = await value(told, "sud", 2021, FTE)
    assert (found["value"], found["source"]) == ("3.9", "Relevé")


async def test_what_nobody_froze_is_not_followed(gateway: Alone) -> None:
    await gateway.take([contract(), measures(), COUNTS[-1]])
    assert (await value(gateway, "nord", 2022))["value"] is None


async def test_an_indicator_follows_its_measures_own_perimeter(told: Alone) -> None:
    whole = MeasureBody(indicator=ALL, measure=ALL, perimeter="whole")
    await told.take([measures(2, measures=(whole,), defined_at=day(900))])
    found = await value(told, "nord", 2021)
    assert (found["value"], found["source"]) == (
        "70",
        SOURCE.replace("des personnels permanents", "de l’établissement entier"),
    )
    assert (await value(told, "nord", 2021, FTE))["value"] is None


async def test_the_groups_value_is_its_distinct_count_and_not_the_sum(told: Alone) -> None:
    values = (await indicator(told, "reconciliation", year=2021))["values"]
    assert (values["sum"], values["declared"], values["gap"], values["provisional"]) == ("110", "100", "-10", False)
    assert {each["entity"]: each["value"] for each in values["by_entity"]} == {"nord": "60", "sud": "50"}
    assert "où ce que plusieurs entités partagent compte une seule fois" in values["sentence"]


async def test_the_group_is_judged_on_what_is_counted(told: Alone) -> None:
    view = await told.read(f"{HERE}/follow-up")
    line = view["indicators"][0]
    assert (view["year"], line["declared"], line["provisional"]) == (2022, "104", True)
    assert {each["entity"]: each["values"][-1]["value"] for each in line["entities"]} == {"nord": "63", "sud": "51"}
    (item,) = (each for each in (await told.read(f"{HERE}/outlook"))["items"] if each["indicator"] == ALL)
    assert (item["effort"]["value"], item["effort"]["needed"]) == ("104", "16")


async def test_the_years_counted_are_years_observed(told: Alone) -> None:
    (item,) = (await told.read("/v1/contracts"))["items"]
    assert item["observed_years"] == [2021, 2022]
    assert (await told.read(HERE))["observed_years"] == [2021, 2022]


async def test_a_year_that_was_counted_is_no_more_rehearsed(told: Alone) -> None:
    await told.take([rehearsal(2022, 2023)])
    assert (await value(told, "nord", 2022))["status"] == "provisional"
    rehearsed = await value(told, "nord", 2023)
    assert (rehearsed["value"], rehearsed["status"]) == ("999", "simulated")


async def test_a_definitive_version_makes_its_values_definitive(told: Alone) -> None:
    signed = LATER.model_copy(update={"version": 2, "status": "definitive", "recorded_at": day(820)})
    await told.take([signed])
    found = [await value(told, "nord", year) for year in (2021, 2022)]
    assert [(each["value"], each["status"]) for each in found] == [("66", "definitive"), ("63", "definitive")]


async def test_a_past_day_follows_what_had_been_frozen_then(told: Alone) -> None:
    await told.take([observation("nord", 2022, "61", recorded_at=day(700))])
    found = [await value(told, "nord", 2022, asOf=day(each).isoformat()) for each in (699, 700, 800)]
    assert [each["value"] for each in found] == [None, "61", "63"]
    assert found[2]["note"] == "déclaré par ailleurs\u00a0: 61"


@pytest.mark.parametrize(
    "stray", [count(SIGNED, 2021, "ailleurs", "9"), count(SIGNED, 2021, "nord", "9", measure="autre")]
)
async def test_a_count_of_what_the_contract_does_not_name_changes_nothing(told: Alone, stray: Any) -> None:
    before = (await told.read(f"{HERE}/follow-up"))["indicators"]
    await told.take([stray])
    assert (await told.read(f"{HERE}/follow-up"))["indicators"] == before


async def test_the_page_shows_what_was_counted_and_from_where(told: Alone) -> None:
    answer = await told.client.get(f"/contrats/{CODE}/2021/nord")
    assert answer.status_code == 200
    assert SOURCE in html.unescape(answer.text)
