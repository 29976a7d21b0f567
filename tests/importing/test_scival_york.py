"""A whole university as SciVal exported it, counted apart by another reader."""

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from services.bibliometrics.importing.reading import Reading
from services.bibliometrics.importing.scival import read

_FILE = Path(__file__).parents[3] / "shared" / "data" / "scival" / "york-2020-2023.csv"
pytestmark = pytest.mark.skipif(not _FILE.exists(), reason="le fichier réel de SciVal n’est pas à côté du projet")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(_FILE, _FILE.name, lambda _: None)


@pytest.fixture(scope="module")
def counted() -> pl.DataFrame:
    table = pl.read_csv(_FILE, skip_lines=19, infer_schema=False, truncate_ragged_lines=True)
    return table.filter(pl.col("Year").is_not_null())


def test_every_publication_is_read(reading: Reading, counted: pl.DataFrame) -> None:
    assert (reading.announced, reading.received, len(reading.records)) == (7660, 7660, 7660)
    assert counted.height == 7660
    assert not reading.is_refused


def test_the_preamble(reading: Reading) -> None:
    assert reading.layout == "scival-csv"
    assert reading.dataset == "Publications at the University of York"
    assert (reading.extracted_on, reading.updated_on) == (date(2023, 10, 23), date(2023, 10, 11))


def test_identifiers_and_years(reading: Reading, counted: pl.DataFrame) -> None:
    records = [record for _, record in reading.records]

    assert sum(not record.doi for record in records) == 59
    assert counted.filter(pl.col("DOI") == "-").height == 59
    assert [record.doi for record in records if record.doi] == [
        each.lower() for each in counted["DOI"].to_list() if each != "-"
    ]
    assert Counter(str(record.year) for record in records) == Counter(counted["Year"].to_list())
    assert [str(record.published_on) for record in records] == counted["Full date"].to_list()


def test_authors(reading: Reading, counted: pl.DataFrame) -> None:
    records = [record for _, record in reading.records]
    sizes = counted["Authors"].str.split("|").list.len().to_list()

    assert [len(record.authors) for record in records] == sizes
    assert sum(record.authors_cut for record in records) == sizes.count(500) == 20


def test_open_access(reading: Reading, counted: pl.DataFrame) -> None:
    cells = [cell or "" for cell in counted["Open Access"].to_list()]

    assert ["|".join(record.open_access) for _, record in reading.records] == cells


def test_progress_is_told_every_500_rows() -> None:
    told: list[int] = []
    read(_FILE, _FILE.name, told.append)

    assert told == [*range(500, 7501, 500), 7660]
