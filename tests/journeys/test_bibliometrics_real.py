"""Real exports through the service: each is taken in or refused as it should, and a group's counts confirmed by Polars.

What is expected is read from the files by an independent reader, that shares nothing with the importers.
"""

import json
from collections.abc import AsyncIterator
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest

from tests.conftest import ROOT
from tests.databases import Folder
from tests.services import bibliometrics_calls as calls
from tests.services import bibliometrics_files as files
from tests.services.conftest import Service

DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="les exports réels (../shared/data) ne sont pas sur ce poste")
SCHOOLS = {
    "cau": "China Agricultural University", "pku": "Peking University", "cas": "Chinese Academy of Sciences",
}  # fmt: skip
SCOPUS = {
    "york-2017": 3_150, "utb-2025": 1_688, "amrita": 1_252, "agriculture-policies": 658, "dse-citan-46-columns": 318,
    "db-builder-46-columns": 200, "dashboard-2026": 20, "br-network-10": 10,
}  # fmt: skip
OTHERS = {("hal", "search-36.json"): 36, ("openalex", "works-2024-schema.json"): 25}
LEFT_OUT = ["Erratum", "Retracted", "Conference review"]
Report = dict[str, Any]


def package() -> files.Package:
    """Three institutions that sign together, as if they were one group."""
    return {
        "contract": [files.header()],
        "entities": [
            {"code": "groupe", "label": "Le groupe", "kind": "group"},
            *({"code": code, "label": name, "kind": "school"} for code, name in SCHOOLS.items()),
        ],
        "affiliations": [files.signing(code, "name_pattern", name) for code, name in SCHOOLS.items()],
    }


def frame(name: str) -> pl.DataFrame:
    """The rows of an export of Scopus with their identifier, which may be in the link alone."""
    read = pl.read_csv(DATA / "scopus" / f"{name}.csv", infer_schema=False).fill_null("")
    return read.with_columns(pl.col("Link").str.extract(r"(?:eid=2-s2\.0-|/publications/)(\d+)").alias("eid"))


async def sent(client: httpx.AsyncClient, source: str, name: str) -> Report:
    return await calls.take(client, source, (DATA / source / name).read_bytes(), name=name, extractedOn="2026-03-01")


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    folder = tmp_path_factory.mktemp("real")
    async with calls.opened(Folder(folder), folder) as opened:
        async with opened.client("steward") as client:
            await calls.load(client, package())
        yield opened


@pytest.fixture(scope="module")
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with service.client("steward") as client:
        yield client


@pytest.fixture(scope="module")
async def reports(steward: httpx.AsyncClient) -> dict[str, Report]:
    """Every export of Scopus, HAL and OpenAlex that is to be taken in, with its report."""
    found = {name: await sent(steward, "scopus", f"{name}.csv") for name in SCOPUS}
    return found | {name: await sent(steward, source, name) for source, name in OTHERS}


@pytest.fixture(scope="module")
async def listed(reports: dict[str, Report], steward: httpx.AsyncClient) -> dict[str, Report]:
    """Every publication, by each of its records."""
    return {name: each for each in await calls.publications(steward, 1000) for name in each["refs"]}


async def test_every_row_of_every_export_is_accounted_for(reports: dict[str, Report]) -> None:
    expected = SCOPUS | {name: count for (_, name), count in OTHERS.items()}
    assert {name: report["received"] for name, report in reports.items()} == expected
    assert all(report["rejected"] == 0 for report in reports.values())
    created = {name: report["created"] for name, report in reports.items() if name in SCOPUS}
    known: set[str] = set()
    for name in SCOPUS:
        said = set(frame(name)["eid"])
        assert created[name] == len(said - known), name
        known |= said


@pytest.mark.parametrize("name", SCOPUS)
async def test_what_is_left_out_is_what_the_export_names_so(reports: dict[str, Report], name: str) -> None:
    kinds = frame(name)["Document Type"].to_list()
    codes = {"Erratum": "erratum", "Retracted": "retracted", "Conference review": "conference_review"}
    expected = {code: kinds.count(kind) for kind, code in codes.items() if kind in kinds}
    assert reports[name]["excluded"] == expected


@pytest.mark.parametrize("name", SCOPUS)
async def test_every_identifier_year_doi_and_type_is_there(listed: dict[str, Report], name: str) -> None:
    rows = frame(name)
    alone = 0
    for eid, year, doi, kind in rows.select("eid", "Year", "DOI", "Document Type").iter_rows():
        found = listed[f"scopus:{eid}"]
        if len(found["refs"]) == 1:
            alone += 1
            assert (found["year"], found["doi"]) == (int(year), doi.lower())
            assert found["type"] == kind.lower().replace(" ", "_")
    assert alone >= 0.98 * rows.height


async def test_what_has_affiliations_is_shared_out_as_its_texts_say(
    reports: dict[str, Report], steward: httpx.AsyncClient
) -> None:
    rows = signed()
    for year in [None, *(str(year) for year in range(2016, 2022))]:
        mine = rows if year is None else rows.filter(pl.col("Year") == year)
        own = {code: set(mine.filter(code)["eid"]) for code in SCHOOLS}
        found = await calls.counts(steward, **({"year": year} if year else {}))
        distinct, total = len(set().union(*own.values())), sum(map(len, own.values()))
        assert calls.by_entity(found) == {code: len(names) for code, names in own.items()}
        assert calls.together(found) == (total, total - distinct, distinct)
        expected = {(one, other): len(own[one] & own[other]) for one, other in combinations(SCHOOLS, 2)}
        assert calls.pairs(found) == {pair: count for pair, count in expected.items() if count}
    assert calls.together(await calls.counts(steward))[1] > 0


def signed() -> pl.DataFrame:
    """The rows of all the exports that give affiliations, but for those that do not count; a column a school."""
    taken = ["agriculture-policies", "dse-citan-46-columns", "db-builder-46-columns", "br-network-10"]
    rows = pl.concat([frame(name).select("eid", "Year", "Document Type", "Affiliations") for name in taken])
    text = pl.col("Affiliations").str.to_lowercase()
    named = [text.str.contains(name.lower(), literal=True).alias(code) for code, name in SCHOOLS.items()]
    return rows.filter(~pl.col("Document Type").is_in(LEFT_OUT)).with_columns(named)


async def test_the_publications_of_a_school_are_those_whose_texts_name_it(
    reports: dict[str, Report], steward: httpx.AsyncClient
) -> None:
    for code in SCHOOLS:
        expected = {f"scopus:{eid}" for eid in signed().filter(code)["eid"]}
        assert set(await calls.ids(steward, entity=code, measure="publications")) == expected


async def test_the_export_whose_rows_are_shifted_is_refused(
    reports: dict[str, Report], steward: httpx.AsyncClient
) -> None:
    before = await calls.watermark(steward)
    content = (DATA / "scopus" / "litstudy-ragged.csv").read_bytes()
    problem = await calls.refuse(steward, "scopus", content)
    assert (problem["received"], problem["rejected"], problem["created"]) == (58, 56, 0)
    assert "46 cases pour 45 titres de colonnes" in problem["detail"]
    assert await calls.watermark(steward) == before


async def test_everything_again_changes_nothing(reports: dict[str, Report], steward: httpx.AsyncClient) -> None:
    before = await calls.watermark(steward)
    for name in ("agriculture-policies", "dashboard-2026"):
        assert (await sent(steward, "scopus", f"{name}.csv"))["unchanged"] == SCOPUS[name]
    assert await calls.watermark(steward) == before


async def test_hal_counts_what_it_holds(listed: dict[str, Report]) -> None:
    docs = json.loads((DATA / "hal" / "search-36.json").read_text("utf-8"))["response"]["docs"]
    for doc in docs:
        found = listed[f"hal:{doc['halId_s'].lower()}"]
        assert found["doi"] == doc.get("doiId_s", "").lower()
        assert found["year"] == int(doc["producedDate_s"][:4])


async def test_the_order_of_real_files_changes_nothing(tmp_path: Path) -> None:
    names = [("scopus", f"{name}.csv") for name in ("dse-citan-46-columns", "dashboard-2026", "br-network-10")]
    order = [*names, *OTHERS]
    found = []
    for rank, each in enumerate((order, order[::-1])):
        (tmp_path / str(rank)).mkdir()
        found.append(await _after(each, tmp_path / str(rank)))
    assert len(found[0]["publications"]) > 400
    assert found[0] == found[1]


async def _after(order: list[tuple[str, str]], folder: Path) -> Report:
    async with calls.opened(Folder(folder), folder) as service, service.client("steward") as client:
        await calls.load(client, package())
        for source, name in order:
            await sent(client, source, name)
        return {
            "publications": await calls.publications(client, 1000),
            "counts": await calls.counts(client),
            "review": (await calls.ask(client, "review"))["items"],
        }
