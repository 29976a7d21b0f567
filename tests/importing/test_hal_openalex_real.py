"""The real answers of HAL and OpenAlex, against what other libraries read in them."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from services.bibliometrics.importing import hal, openalex
from services.bibliometrics.importing.reading import Reading
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data"
HAL, OPENALEX = DATA / "hal" / "search-36.json", DATA / "openalex" / "works-2024-schema.json"
with_hal = pytest.mark.skipif(not HAL.exists(), reason=f"le fichier réel de HAL n’est pas là ({HAL})")
with_openalex = pytest.mark.skipif(
    not OPENALEX.exists(), reason=f"le fichier réel d’OpenAlex n’est pas là ({OPENALEX})"
)


def read(module: Any, path: Path) -> Reading:
    reading: Reading = module.read(path, path.name, lambda _: None)
    return reading


def content(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@with_hal
def test_hal_is_read_whole() -> None:
    reading = read(hal, HAL)
    assert (reading.received, len(reading.records), reading.rejected) == (36, 36, 0)
    assert (reading.announced, reading.findings) == (36, [])


@with_hal
def test_hal_says_what_its_fields_say() -> None:
    docs = content(HAL)["response"]["docs"]
    frame = pl.DataFrame({name: [doc.get(name) for doc in docs] for name in ("halId_s", "doiId_s", "volume_s")})
    records = [record for _, record in read(hal, HAL).records]
    assert [each.key for each in records] == frame["halId_s"].to_list()
    assert [each.doi for each in records] == frame["doiId_s"].fill_null("").str.to_lowercase().to_list()
    assert [each.volume for each in records] == frame["volume_s"].fill_null("").to_list()
    assert [each.title for each in records] == [doc["title_s"][0] for doc in docs]
    assert [each.year for each in records] == [int(doc["producedDate_s"][:4]) for doc in docs]
    assert [[author.name for author in each.authors] for each in records] == [doc["authFullName_s"] for doc in docs]
    assert {(each.type, each.raw_type) for each in records} == {("article", "ART")}


@with_openalex
def test_openalex_is_read_whole_and_known_to_be_a_page() -> None:
    reading = read(openalex, OPENALEX)
    assert (reading.received, len(reading.records), reading.rejected, reading.announced) == (25, 25, 0, 146683)
    assert [each.code for each in reading.findings] == ["incomplete", "authors_cut", "without_title"]
    assert not reading.is_refused


@with_openalex
def test_openalex_says_what_its_fields_say() -> None:
    works = content(OPENALEX)["results"]
    frame = pl.DataFrame(
        {
            "id": [work["id"] for work in works],
            "cited": [work["cited_by_count"] for work in works],
            "doi": [work["doi"] for work in works],
            "authors": [len(work["authorships"]) for work in works],
        }
    )
    records = [record for _, record in read(openalex, OPENALEX).records]
    assert [each.key for each in records] == frame["id"].str.extract(r"(W\d+)$").to_list()
    assert sum(each.citations or 0 for each in records) == frame["cited"].sum()
    assert [each.doi for each in records] == frame["doi"].str.replace("https://doi.org/", "").to_list()
    assert [len(each.authors) for each in records] == frame["authors"].to_list()
    assert sum(each.authors_cut for each in records) == frame.filter(pl.col("authors") == 100).height == 2


@with_openalex
def test_openalex_institutions_and_goals_are_all_there() -> None:
    works = content(OPENALEX)["results"]
    rors = {
        f"ror:{place['ror'].rpartition('/')[2]}"
        for work in works
        for authorship in work["authorships"]
        for place in authorship["institutions"]
        if place["ror"]
    }
    goals = [
        sorted(int(goal["id"].rpartition("/")[2]) for goal in work["sustainable_development_goals"]) for work in works
    ]
    records = [record for _, record in read(openalex, OPENALEX).records]
    assert {each for record in records for each in record.affiliation_ids} == rors
    assert [list(record.goals[0].numbers) for record in records] == goals
    assert sum(bool(author.orcid) for record in records for author in record.authors) == sum(
        bool(authorship["author"].get("orcid")) for work in works for authorship in work["authorships"]
    )
