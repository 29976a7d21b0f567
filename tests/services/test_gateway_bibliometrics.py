"""The bibliometrics of a contract as a view: what is counted in which perimeter, and what is told of it."""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.tables import SCHEMA as GATEWAY
from shared.database import Database
from shared.migrations import Schema
from tests.bibliometric_facts import (
    ALL,
    CODE,
    FTE,
    GROUP,
    ON,
    SIGNED,
    STORY,
    TOP,
    contract,
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


async def test_without_asking_it_is_the_last_year_of_the_definitive_extraction(told: Alone) -> None:
    view, found = await read(told)
    assert (view["contract"], view["year"], view["as_of"], view["perimeter"]) == (CODE, 2021, None, None)
    assert view["extraction"] == {
        "id": SIGNED.id,
        "code": "mars-2022",
        "label": "de mars-2022",
        "status": "definitive",
        "extracted_on": "2022-03-14",
        "years": [2020, 2021],
        "rules": "2026-1",
        "affiliations": 3,
        "staff": 2,
        "publications": 230,
        "note": None,
        "files": [
            {
                "source": "scopus",
                "sha256": "ab" * 32,
                "extracted_on": "2022-03-12",
                "updated_on": None,
                "dataset": "Groupe",
            }
        ],
    }
    assert (by_entity(found), found["provisional"]) == ({"nord": 60, "sud": 50}, False)


async def test_the_group_counts_once_what_its_entities_share(told: Alone) -> None:
    view, found = await read(told)
    assert [each["fractional"] for each in found["entities"]] == ["55.0000", "45.0000"]
    assert (found["sum"], found["overlap"], found["distinct"], found["group_only"]) == (110, 10, 100, 2)
    assert found["matrix"] == [{"first": "nord", "second": "sud", "count": 10}]
    assert found["excluded"] == {"retracted": 1, "no_year": 3}
    assert (found["group"]["entity"], found["group"]["count"]) == (GROUP, 100)
    assert found["watermark"] == view["watermark"]
    assert (found["label"], found["unit"], found["measure"]) == ("Publications", "publications", ALL)


@pytest.mark.parametrize(
    ("asked", "status"), [({"perimeter": "autre"}, 422), ({"year": "deux"}, 422), ({"asOf": "2031-01-01"}, 422)]
)
async def test_what_cannot_be_asked_is_refused(told: Alone, asked: Json, status: int) -> None:
    assert (await told.client.get(PATH, params=asked)).status_code == status


async def test_it_is_of_a_contract_that_is_known_and_for_those_who_may_read(told: Alone) -> None:
    assert (await told.client.get("/v1/contracts/autre/bibliometrics")).status_code == 404
    assert (await told.client.get(PATH, headers={"Authorization": ""})).status_code == 401


async def test_the_other_perimeter_can_be_asked_for(told: Alone) -> None:
    view, found = await read(told, perimeter="whole")
    assert (view["perimeter"], found["perimeter"], by_entity(found)) == ("whole", "whole", {"nord": 70, "sud": 55})
    assert (found["sum"], found["distinct"]) == (125, 113)
    own = {each["indicator"]: each["perimeter"] for each in (await told.read(PATH))["indicators"]}
    assert own == {ALL: "permanent", TOP: "whole", FTE: "permanent"}


async def test_a_quotient_shows_what_it_divides_or_why_it_does_not(told: Alone) -> None:
    _, found = await read(told, FTE)
    north, south = found["entities"]
    assert (north["count"], north["numerator"], north["denominator"], north["counted_on"], north["missing"]) == (
        "4.000000",
        "60",
        "15.0",
        "2021-12-31",
        None,
    )
    assert (south["count"], south["numerator"], south["denominator"]) == (None, "50", None)
    assert south["missing"] == {
        "code": "no_staff_list",
        "sentence": "Sans liste de personnels à ce jour, les publications ne se rapportent à aucun ETP.",
    }
    assert [found[each] for each in ("sum", "overlap", "distinct", "matrix", "excluded")] == [None] * 5


async def test_a_count_of_citations_says_its_column_and_that_it_may_still_change(told: Alone) -> None:
    _, found = await read(told, TOP)
    group = found["group"]
    assert (group["count"], group["known"], group["low"], group["high"]) == (12, 96, "0.073", "0.206")
    assert (found["column"], found["mapping"], found["provisional"]) == ("FW", None, True)
    assert [(each["count"], each["missing"]["code"]) for each in found["entities"]] == [(None, "not_counted")] * 2


async def test_what_was_published_without_records_is_beside_the_counts(told: Alone) -> None:
    _, found = await read(told)
    line = {"entity": "sud", "year": 2019, "value": "41", "source": "Bilan, p. 2", "status": "definitive", "note": None}
    assert found["declared"] == [line]
    assert (await read(told, TOP))[1]["declared"] == []


async def test_each_indicator_leads_to_its_publications(told: Alone) -> None:
    listed = "/bibliometrics/v1/publications?contract=essai&year=2021&perimeter="
    view = await told.read(PATH)
    assert {each["indicator"]: each["publications"] for each in view["indicators"]} == {
        ALL: f"{listed}permanent&extraction={SIGNED.id}&measure=publications",
        TOP: f"{listed}whole&extraction={SIGNED.id}&measure=publications-top-10",
        FTE: f"{listed}permanent&extraction={SIGNED.id}&measure=publications-per-fte",
    }
    _, current = await read(told, extraction="current", perimeter="whole")
    assert current["publications"] == f"{listed.replace('2021', '2022')}whole&extraction=current&measure=publications"


async def test_before_anything_was_read_there_is_nothing_to_show(gateway: Alone) -> None:
    await gateway.take([contract()])
    view = await gateway.read(PATH)
    assert (view["year"], view["indicators"], view["extraction"]["code"]) == (2020, [], "current")
