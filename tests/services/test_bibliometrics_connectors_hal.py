"""Fetching from HAL: every deposit that the filters keep, in every field that is read, until the mark repeats."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse

from services.bibliometrics.domain.publication import Source
from shared.database import Database

from .bibliometrics_calls import plain
from .bibliometrics_fetches import FETCHES, HAL, Town, alone, town
from .hal_server import HalServer, deposit


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with alone(tmp_path) as found:
        yield found


@pytest.fixture
def hal() -> HalServer:
    return HalServer([deposit(number) for number in range(7)], largest_page=3)


@pytest.fixture
async def asking(database: Database, tmp_path: Path, hal: HalServer) -> AsyncIterator[Town]:
    async with town(database, tmp_path, Source.HAL, hal) as found:
        yield found


async def test_pages_are_asked_for_until_the_mark_repeats(asking: Town, hal: HalServer) -> None:
    fetch = await asking.fetch(HAL)
    assert (fetch["status"], fetch["received"], fetch["total"]) == ("done", 7, 7)
    assert hal.marks == ["*", "AoE=3", "AoE=6", "AoE=7"]
    assert len(await asking.keys()) == 7


async def test_deposits_are_read_as_those_of_a_file(asking: Town) -> None:
    await asking.fetch(HAL)
    record = (await asking.ask("publications/hal:hal-04000003"))["records"][0]
    assert (record["title"], record["type"], record["year"]) == ("Les jardins inventés, tome 3", "book_chapter", 2024)
    assert record["affiliation_ids"] == ["hal_structure:1042", "hal_collection:ALPHA"]


async def test_the_import_says_what_it_came_from(asking: Town) -> None:
    report = (await asking.fetch(HAL))["report"]
    assert (report["layout"], report["created"], report["extracted_on"]) == ("hal-search-api", 7, "2026-05-04")
    assert plain(report["dataset"]) == "collCode_s:(ALPHA OR BETA) ; docType_s:(OUV OR COUV OR DOUV)"


async def test_collections_and_structures_are_alternatives_and_books_are_meant(asking: Town, hal: HalServer) -> None:
    await asking.fetch({"source": "hal", "collections": ["ALPHA"], "structures": [1042, 7], "years": [2025, 2024]})
    assert hal.filters == [
        "collCode_s:(ALPHA) OR structId_i:(1042 OR 7)",
        "docType_s:(OUV OR COUV OR DOUV)",
        "producedDateY_i:(2024 OR 2025)",
    ]


async def test_filters_of_ones_own_are_taken_as_they_are(asking: Town, hal: HalServer) -> None:
    await asking.fetch({"source": "hal", "query": ["collCode_s:ALPHA", "audience_s:2"], "types": ["OUV"]})
    assert hal.filters == ["collCode_s:ALPHA", "audience_s:2", "docType_s:(OUV)"]


async def test_the_request_is_the_one_that_is_documented(asking: Town, hal: HalServer) -> None:
    await asking.fetch(HAL)
    asked = dict(hal.asked[0])
    assert (asked["q"], asked["rows"], asked["sort"], asked["wt"]) == ("*:*", "500", "docid asc", "json")
    assert {"docid", "halId_s", "title_s", "authIdHasStructure_fs", "structId_i", "labStructName_s"} <= {
        *asked["fl"].split(",")
    }


async def test_another_total_than_announced_imports_nothing(asking: Town, hal: HalServer) -> None:
    hal.announced = 8
    fetch = await asking.fetch(HAL)
    assert (fetch["status"], await asking.keys()) == ("failed", [])
    assert plain(fetch["message"]).startswith("la source annonce 8 résultats et en a donné 7 :")


@pytest.mark.parametrize("status", [200, 400])
async def test_an_error_is_told_with_the_words_of_hal(asking: Town, hal: HalServer, status: int) -> None:
    hal.troubles = {1: JSONResponse({"error": {"msg": "undefined field collCod_s", "code": 400}}, status)}
    fetch = await asking.fetch(HAL)
    assert fetch["status"] == "failed"
    assert "« undefined field collCod_s »" in plain(fetch["message"])


@pytest.mark.parametrize(
    "asked", [{}, {"collections": ["A) OR *:*"]}, {"query": []}, {"types": ["ouv"], "query": ["x"]}]
)
async def test_what_cannot_be_searched_for_is_refused(asking: Town, hal: HalServer, asked: dict[str, Any]) -> None:
    problem = await asking.post(FETCHES, 422, {"source": "hal", **asked})
    assert problem["code"] == "invalid"
    assert hal.asked == []


async def test_nobody_means_the_whole_of_hal(asking: Town) -> None:
    problem = await asking.post(FETCHES, 422, {"source": "hal", "years": [2024]})
    assert "dites ce qui est cherché" in problem["detail"]
