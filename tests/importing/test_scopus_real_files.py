"""Real exports give what an independent reader counts in them."""

from pathlib import Path

import polars as pl
import pytest

from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.importing.reading import Reading, Severity
from services.bibliometrics.importing.scopus import read

from .scopus_files import codes

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "scopus"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="les exports réels de Scopus (../shared/data/scopus) ne sont pas sur ce poste"
)


def _read(name: str) -> Reading:
    return read(FOLDER / name, name, lambda _: None)


def _frame(name: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / name, infer_schema=False).fill_null("")


@pytest.mark.parametrize(
    ("name", "layout", "count"),
    [
        ("york-2017.csv", "scopus-d-2023", 3_150),
        ("utb-2025.csv", "scopus-d-2023", 1_688),
        ("amrita.csv", "scopus-d-2023", 1_252),
        ("agriculture-policies.csv", "scopus-c-2020", 658),
        ("dse-citan-46-columns.csv", "scopus-d-2023", 318),
        ("db-builder-46-columns.csv", "scopus-d-2023", 200),
        ("dashboard-2026.csv", "scopus-e-2025", 20),
        ("br-network-10.csv", "scopus-d-2023", 10),
    ],
)
def test_every_record_is_read_as_an_independent_reader_does(name: str, layout: str, count: int) -> None:
    reading, frame = _read(name), _frame(name)
    records = [record for _, record in reading.records]
    assert (reading.layout, reading.received, len(records), reading.rejected) == (layout, count, count, 0)
    assert not reading.is_refused
    assert frame.height == count
    linked = frame["Link"].str.extract(r"(?:eid=2-s2\.0-|/publications/)(\d+)")
    assert [record.eid for record in records] == linked.to_list()
    assert [record.year for record in records] == frame["Year"].cast(pl.Int64).to_list()
    assert [record.doi for record in records] == frame["DOI"].str.to_lowercase().to_list()
    assert [record.raw_type for record in records] == frame["Document Type"].to_list()
    identifiers = frame["Author(s) ID"].str.extract_all(r"\d{8,}")
    assert [[author.scopus_id for author in record.authors] for record in records] == identifiers.to_list()


def test_a_whole_university_has_every_identifier_in_its_links() -> None:
    records = [record for _, record in _read("york-2017.csv").records]
    assert len({record.eid for record in records}) == 3_150
    assert all(author.name and author.full_name for record in records for author in record.authors)


def test_citations_add_up() -> None:
    cited = _frame("utb-2025.csv")["Cited by"].replace("", "0").cast(pl.Int64).sum()
    assert sum(record.citations or 0 for _, record in _read("utb-2025.csv").records) == cited


def test_all_authors_have_the_address_of_their_block() -> None:
    authors = [author for _, record in _read("br-network-10.csv").records for author in record.authors]
    assert len(authors) == 50
    assert all(author.affiliations for author in authors)


def test_a_retracted_document_is_seen() -> None:
    records = [record for _, record in _read("dashboard-2026.csv").records]
    assert [record.type for record in records if record.is_retracted] == [DocumentType.RETRACTED]


def test_shifted_rows_are_refused_with_their_lines() -> None:
    reading = _read("litstudy-ragged.csv")
    assert (reading.received, len(reading.records), reading.rejected) == (58, 2, 56)
    assert codes(reading, Severity.ERROR) == ["ragged"] * 50 + ["more_rejected"]
    assert "46 cases pour 45 titres" in reading.findings[0].message
