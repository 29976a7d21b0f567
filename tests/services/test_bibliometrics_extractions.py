"""Freezing the corpus over HTTP: what an extraction rests on, that nothing moves it, and how it becomes definitive."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from . import bibliometrics_scene as scene
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .bibliometrics_scene import NOBODY, ONE, THREE, TWO
from .conftest import Service

MEASURES = 4
TALLIED = 4  # three entities and the group
ROWS = (
    paper(1, (PERRIN, ALPHA)),
    paper(2, (60, BETA)),
    paper(3, (PERRIN, ALPHA), (60, BETA), year=2024),
    paper(4, (61, NOBODY)),
)


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    return await calls.service(databases, tmp_path)


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A steward before two years of publications, and one that is nobody's."""
    async with service.client("steward", subject="camille") as client:
        await calls.load(client)
        await calls.take(client, "scopus", files.scopus(*ROWS), extractedOn="2026-05-04")
        yield client


async def shown(client: httpx.AsyncClient, extraction: str) -> list[Any]:
    """All that is read of an extraction."""
    asked: list[dict[str, Any]] = [{"perimeter": "permanent"}, {"year": 2023}, {"measure": "publications-per-fte"}]
    found: list[Any] = [await scene.counted(client, extraction=extraction, **each) for each in asked]
    narrowed: list[dict[str, Any]] = [{}, {"measure": "publications"}, {"entity": "beta"}]
    found += [await calls.publications(client, extraction=extraction, **each) for each in narrowed]
    found.append((await client.get(f"{scene.V1}/extractions/{extraction}")).json())
    return found


async def test_what_is_frozen_says_what_it_rests_on(steward: httpx.AsyncClient) -> None:
    await calls.take(steward, "scival", files.scival(files.measured(1), exported="10 May 2026"))
    (first, second) = (await calls.ask(steward, "imports"))["items"]
    answer = await scene.freeze(steward, "2026-05", note="Avant dialogue")
    row = scene.made(answer)
    assert answer.headers["Location"] == f"{scene.V1}/extractions/{row.pop('id')}"
    assert answer.headers["ETag"] == '"1"'
    assert row.pop("recorded_at")
    assert [each.pop("sha256") for each in row["files"]] == [first["sha256"], second["sha256"]]
    assert row == {
        "version": 1, "contract": "boreal", "code": "2026-05", "label": "Extraction d’essai", "status": "provisional",
        "extracted_on": "2026-05-10", "rules": "2026-1", "affiliations": 1, "staff": 1, "years": [2023, 2024],
        "publications": 3, "note": "Avant dialogue", "recorded_by": "camille", "allowedActions": ["make-definitive"],
        "files": [
            {"source": "scopus", "dataset": "", "extracted_on": "2026-05-04", "updated_on": None},
            {"source": "scival", "dataset": "Publications at nobody", "extracted_on": "2026-05-10",
             "updated_on": "2026-02-25"},
        ],
    }  # fmt: skip


async def test_it_bears_the_versions_of_what_it_was_counted_with(steward: httpx.AsyncClient) -> None:
    package = files.package()
    package["staff"].pop()
    await calls.load(steward, package)
    row = await scene.frozen(steward)
    assert (row["affiliations"], row["staff"]) == (1, 2)


async def test_it_is_read_by_its_code_or_its_id(steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    for name in (row["id"], row["code"]):
        answer = await steward.get(f"{scene.V1}/extractions/{name}")
        assert (answer.json(), answer.headers["ETag"]) == (row, '"1"')
        assert (await calls.counts(steward, extraction=name, year=2023))["extraction"] == "mai-2026"
    assert (await calls.ask(steward, "extractions"))["items"] == [row]
    assert (await calls.ask(steward, "extractions", contract="autre"))["items"] == []


async def test_its_counts_are_those_of_the_day(steward: httpx.AsyncClient) -> None:
    await scene.frozen(steward)
    found = await calls.counts(steward, extraction="mai-2026")
    assert (calls.by_entity(found), calls.together(found)) == ({"alpha": 2, "beta": 2, "gamma": 0}, (4, 1, 3))
    assert await calls.ids(steward, extraction="mai-2026") == [ONE, TWO, THREE]


async def test_what_is_current_is_no_extraction_and_can_be_asked_for(steward: httpx.AsyncClient) -> None:
    assert await scene.counted(steward, extraction="current") == await scene.counted(steward)
    assert len(await calls.publications(steward, extraction="current")) == len(ROWS)


async def test_nothing_that_happens_later_moves_it(steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    before = await shown(steward, row["id"])
    later = [each | {"Cited by": "99", "Year": "2025", "Document Type": "Erratum"} for each in ROWS]
    await calls.take(steward, "scopus", files.scopus(*later, paper(5, (60, BETA))), extractedOn="2026-09-01")
    await scene.decided(steward, ONE, TWO)
    await scene.accepted(steward, THREE, "gamma")
    package = files.package()
    package["entities"] = [each | {"label": "Autre"} for each in package["entities"] if each["code"] != "beta"]
    for table in ("affiliations", "staff"):
        package[table] = [each for each in package[table] if each["entity"] != "beta"]
    package["staff"][0]["fte"] = "0.5"
    await calls.load(steward, package)
    assert await shown(steward, row["id"]) == before


async def test_some_years_only(steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward, years=[2024, 2019])
    assert (row["years"], row["publications"]) == ([2024], 1)
    assert await calls.ids(steward, extraction="mai-2026") == [THREE]
    assert calls.together(await calls.counts(steward, extraction="mai-2026")) == (2, 1, 1)


async def test_a_year_that_was_not_frozen_has_no_count_rather_than_none_at_all(steward: httpx.AsyncClient) -> None:
    await scene.frozen(steward, years=[2024])
    found = await calls.counts(steward, extraction="mai-2026", year=2023)
    assert found["missing"] == ["not_covered"]
    assert {(each["count"], each["missing"]) for each in found["entities"]} == {(None, "not_covered")}
    assert (await calls.counts(steward, extraction="mai-2026", year=2024))["missing"] == []


async def test_its_day_may_be_said(steward: httpx.AsyncClient) -> None:
    assert (await scene.frozen(steward, extractedOn="2026-05-17"))["extracted_on"] == "2026-05-17"


async def test_it_is_told_with_each_of_its_counts_once(service: Service, steward: httpx.AsyncClient) -> None:
    last = await calls.last_event(service.database)
    row = await scene.frozen(steward)
    years, perimeters = 2, 2
    counts = MEASURES * perimeters * years * TALLIED
    assert await scene.told(service.database, last) == [("extraction-recorded.v1", 1), ("count-recorded.v1", counts)]
    values = dict(await scene.values(service.database, last, row["id"]))
    assert len(values) == counts
    assert [values[f"publications/whole/{year}/groupe"] for year in (2023, 2024)] == ["2", "1"]
    assert [values[f"publications/permanent/2023/{entity}"] for entity in ("alpha", "beta", "gamma")] == [
        "1",
        "0",
        None,
    ]


async def test_it_becomes_definitive_once_and_for_good(service: Service, steward: httpx.AsyncClient) -> None:
    row = await scene.frozen(steward)
    address, before = f"{scene.V1}/extractions/{row['id']}", await shown(steward, row["id"])
    last = await calls.last_event(service.database)
    answer = await steward.put(f"{address}/status", json={"status": "definitive"}, headers={"If-Match": '"1"'})
    said = answer.json()
    assert (answer.status_code, said["status"], said["version"], said["allowedActions"]) == (200, "definitive", 2, [])
    assert answer.headers["ETag"] == '"2"'
    assert (await steward.get(address)).json() == said
    assert (await shown(steward, row["id"]))[:-1] == before[:-1]
    assert await scene.told(service.database, last) == [("extraction-recorded.v1", 1)]
    again = await steward.put(f"{address}/status", json={"status": "definitive"})
    assert (again.status_code, "déjà définitive" in again.json()["detail"]) == (409, True)
    assert (await calls.last_event(service.database)) == last + 1
