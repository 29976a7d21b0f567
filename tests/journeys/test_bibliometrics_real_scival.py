"""A university's real export of SciVal through the service: its records, and what Polars finds in the same file."""

import io
from collections.abc import AsyncIterator

import httpx
import polars as pl
import pytest

from tests.conftest import ROOT
from tests.databases import Folder
from tests.services import bibliometrics_calls as calls
from tests.services import bibliometrics_files as files

FILE = ROOT.parent / "shared" / "data" / "scival" / "york-2020-2023.csv"
pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="les exports réels (../shared/data) ne sont pas sur ce poste"
)
ROWS = 7_660
REPEATED = 4


def rows() -> pl.DataFrame:
    """The table under its twenty lines of description, without what follows it."""
    table = "\n".join(FILE.read_text("utf-8-sig").splitlines()[19:])
    read = pl.read_csv(io.StringIO(table), infer_schema=False, truncate_ragged_lines=True).fill_null("")
    return read.filter(pl.col("Year").str.contains(r"^\d{4}$"))


@pytest.fixture(scope="module")
async def steward(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """York signs as the only school of a group: its dataset's name says so of every row."""
    folder = tmp_path_factory.mktemp("scival")
    package = files.package() | {"staff": []}
    package["affiliations"] = [files.signing("alpha", "name_pattern", "University of York")]
    async with calls.opened(Folder(folder), folder) as service, service.client("steward") as client:
        await calls.load(client, package)
        report = await calls.take(client, "scival", FILE.read_bytes(), name=FILE.name)
        assert (report["received"], report["created"], report["duplicates"]) == (ROWS, ROWS - REPEATED, REPEATED)
        assert (report["extracted_on"], report["updated_on"]) == ("2023-10-23", "2023-10-11")
        assert (report["announced"], report["dataset"]) == (ROWS, "Publications at the University of York")
        yield client


async def test_every_row_counts_in_its_year(steward: httpx.AsyncClient) -> None:
    """Rows of one DOI and one title are one publication."""
    read = rows()
    assert read.height == ROWS
    named = read.with_columns(pl.col("DOI").str.to_lowercase(), pl.col("Title").str.to_lowercase())
    repeated = named.filter((pl.col("DOI") != "-") & pl.struct("DOI", "Title").is_duplicated())
    assert repeated.height == 2 * REPEATED
    found = {year: (await calls.counts(steward, year=year))["distinct"] for year in (2020, 2021, 2022)}
    assert sum(found.values()) <= ROWS - REPEATED
    for year, count in found.items():
        one = named.filter(pl.col("Year") == str(year)).unique(["DOI", "Title"]).height
        assert one - 5 <= count <= one, (year, count, one)


async def test_every_doi_is_there(steward: httpx.AsyncClient) -> None:
    listed = await calls.publications(steward, 1000)
    expected = {doi for doi in rows()["DOI"].str.to_lowercase() if doi != "-"}
    assert {each["doi"] for each in listed} - {""} == expected


async def test_without_the_weighted_column_there_is_no_top_10(steward: httpx.AsyncClient) -> None:
    found = await calls.counts(steward, year=2021, measure="publications-top-10")
    assert calls.by_entity(found)["alpha"] is None
    assert found["missing"] == ["no_field_weighted_column"]
