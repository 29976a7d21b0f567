"""What pybliometrics saves of a Scopus search, one row a document."""

from datetime import date
from pathlib import Path

from services.bibliometrics.domain.publication import Author, DocumentType
from services.bibliometrics.importing.reading import Severity

from .scopus_files import codes, export, imported, only, without

HEADER = (
    ",eid,doi,pii,pubmed_id,title,subtype,subtypeDescription,creator,afid,affilname,affiliation_city,"
    "affiliation_country,author_count,author_names,author_ids,author_afids,coverDate,coverDisplayDate,"
    "publicationName,issn,source_id,eIssn,aggregationType,volume,issueIdentifier,article_number,pageRange,"
    "citedby_count,openaccess,freetoread,freetoreadLabel"
)
COLUMNS = HEADER.split(",")
ROW = {
    "": "0",
    "eid": "2-s2.0-85000000001",
    "doi": "10.9999/inv.1",
    "pubmed_id": "38000001.0",
    "title": "Tidal kelp routing",
    "subtype": "cp",
    "subtypeDescription": "Conference Paper",
    "creator": "El kelpi M.",
    "afid": "60000001;60000002;100000003",
    "affilname": "Tidal School;North School;Kelp Lab",
    "affiliation_city": "Brest;Lille;Rennes",
    "affiliation_country": "France;France;France",
    "author_count": "2",
    "author_names": "El kelpi, Mona;Waves, Anna-Bel",
    "author_ids": "57000000001;57000000002",
    "author_afids": "60000001-100000003;60000002",
    "coverDate": "2024-03-15",
    "publicationName": "Invented Tides Conference",
    "issn": "12345679",
    "eIssn": "2234567X",
    "pageRange": "101-118",
    "citedby_count": "7",
    "openaccess": "1",
    "freetoreadLabel": "All Open Access;Gold",
}


def test_a_search_saved_by_pybliometrics_is_read_whole(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(COLUMNS, ROW))
    record = only(reading)
    assert reading.layout == "scopus-pybliometrics"
    assert reading.findings == []
    assert (record.key, record.doi, record.pubmed_id, record.year) == ("85000000001", "10.9999/inv.1", "38000001", 2024)
    assert (record.type, record.published_on, record.pages) == (
        DocumentType.CONFERENCE_PAPER,
        date(2024, 3, 15),
        "101-118",
    )
    assert record.authors == (
        Author(
            full_name="El kelpi, Mona",
            scopus_id="57000000001",
            affiliation_ids=("scopus:60000001", "scopus:100000003"),
        ),
        Author(full_name="Waves, Anna-Bel", scopus_id="57000000002", affiliation_ids=("scopus:60000002",)),
    )
    assert record.affiliation_ids == ("scopus:60000001", "scopus:60000002", "scopus:100000003")
    assert record.affiliations == (
        "Tidal School, Brest, France",
        "North School, Lille, France",
        "Kelp Lab, Rennes, France",
    )
    assert (record.issns, record.citations) == (("12345679", "2234567X"), 7)
    assert record.open_access == ("All Open Access", "Gold")


def test_types_may_be_codes(tmp_path: Path) -> None:
    record = only(imported(tmp_path, export(without(COLUMNS, "subtypeDescription"), ROW | {"subtype": "ch"})))
    assert (record.type, record.raw_type) == (DocumentType.BOOK_CHAPTER, "ch")


def test_a_first_author_alone_is_not_all_of_them(tmp_path: Path) -> None:
    header = without(COLUMNS, "author_names", "author_ids", "author_afids")
    reading = imported(tmp_path, export(header, ROW))
    record = only(reading)
    assert record.authors == (Author(name="El kelpi M."),)
    assert (record.author_count, record.authors_cut) == (2, True)
    assert "cut_authors" in codes(reading, Severity.WARNING)


def test_more_authors_announced_than_given_are_told(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(COLUMNS, ROW | {"author_count": "512"}))
    assert (only(reading).author_count, only(reading).authors_cut) == (512, True)
    assert codes(reading, Severity.WARNING) == ["cut_authors"]


def test_affiliations_that_fit_nobody_stay_with_the_document(tmp_path: Path) -> None:
    record = only(imported(tmp_path, export(COLUMNS, ROW | {"author_afids": "60000001"})))
    assert [each.affiliation_ids for each in record.authors] == [(), ()]
    assert len(record.affiliation_ids) == 3
