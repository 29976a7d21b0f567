"""How a SciVal export describes a publication: identifiers, type, dates, source."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import DocumentType, Record
from services.bibliometrics.importing.reading import Reading, Severity

from .scival_files import ROW, Cell, codes, export, finding, one, read_text


def _read(tmp_path: Path, **changes: Cell) -> Reading:
    return read_text(tmp_path, export(one(**changes)))


def _record(tmp_path: Path, **changes: Cell) -> Record:
    return _read(tmp_path, **changes).records[0][1]


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("cell", ["2-s2.0-85000000001", "85000000001", "85000000001.0"])
def test_the_eid_is_the_key(tmp_path: Path, cell: str) -> None:
    record = _record(tmp_path, EID=cell)

    assert (record.key, record.eid) == ("85000000001", "85000000001")


def test_without_eid_the_key_is_the_doi_and_the_title(tmp_path: Path) -> None:
    record = _record(tmp_path, EID="-")

    assert record.key == f"doi:10.5555/lune.1#{_hex('souduredesalliageslunaires')[:16]}"


def test_without_eid_nor_doi_the_key_is_what_is_said(tmp_path: Path) -> None:
    record = _record(tmp_path, EID="-", DOI="-")

    said = "souduredesalliageslunaires|2024|annals of lunar metallurgy|perrin"
    assert record.key == f"text:{_hex(said)[:24]}"
    assert record.doi == ""


def test_a_row_with_nothing_to_know_it_by_is_refused(tmp_path: Path) -> None:
    reading = _read(tmp_path, EID="-", DOI="-", Title="-")

    assert finding(reading, "unknowable").severity is Severity.ERROR
    assert reading.rejected == 1


def test_an_eid_that_is_none_refuses_the_row(tmp_path: Path) -> None:
    assert finding(_read(tmp_path, EID="Article"), "eid").row == 13


def test_a_link_to_scopus_gives_the_eid_of_a_file_without_that_column(tmp_path: Path) -> None:
    row: dict[str, Cell] = {name: cell for name, cell in ROW.items() if name != "EID"}
    link = "https://www.scopus.com/record/display.uri?eid=2-s2.0-85000000009&origin=resultslist"
    reading = read_text(tmp_path, export({**row, "Abstract": link}))

    assert reading.records[0][1].eid == "85000000009"
    assert "no_eid" in codes(reading)


def test_the_same_publication_twice_is_said(tmp_path: Path) -> None:
    reading = read_text(tmp_path, export(ROW, ROW))

    assert len(reading.records) == 2
    assert finding(reading, "repeated").severity is Severity.NOTICE


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Article", DocumentType.ARTICLE),
        ("Conference Paper", DocumentType.CONFERENCE_PAPER),
        ("conference paper", DocumentType.CONFERENCE_PAPER),
        ("Book Chapter", DocumentType.BOOK_CHAPTER),
        ("Short Survey", DocumentType.SHORT_SURVEY),
        ("Data Paper", DocumentType.DATA_PAPER),
        ("-", DocumentType.UNKNOWN),
    ],
)
def test_a_type_is_known_in_any_case(tmp_path: Path, cell: str, kind: DocumentType) -> None:
    assert _record(tmp_path, **{"Publication type": cell}).type is kind


def test_a_retracted_publication_is_known_as_such(tmp_path: Path) -> None:
    record = _record(tmp_path, **{"Publication type": "Retracted"})

    assert (record.type, record.is_retracted) == (DocumentType.RETRACTED, True)


def test_an_unknown_type_is_named_once(tmp_path: Path) -> None:
    changed = {"Publication type": "Hologramme"}
    reading = read_text(tmp_path, export(one(**changed), one(EID="2-s2.0-85000000002", **changed)))

    assert {record.type for _, record in reading.records} == {DocumentType.OTHER}
    assert "« Hologramme » (2 publications)" in finding(reading, "type_unknown").message


@pytest.mark.parametrize(
    ("cell", "found"),
    [("2024-03-01", date(2024, 3, 1)), ("1 March 2024", date(2024, 3, 1)), ("-", None), ("2024-02-31", None)],
)
def test_the_full_date_is_kept_where_it_is_one(tmp_path: Path, cell: str, found: date | None) -> None:
    assert _record(tmp_path, **{"Full date": cell}).published_on == found


@pytest.mark.parametrize(("cell", "found"), [("2024", 2024), ("2024.0", 2024), ("-", None), ("0000", None)])
def test_the_year_may_be_missing(tmp_path: Path, cell: str, found: int | None) -> None:
    assert _record(tmp_path, Year=cell).year == found


def test_a_year_that_is_none_refuses_the_row(tmp_path: Path) -> None:
    assert finding(_read(tmp_path, Year="Annals"), "year").column == "Year"


def test_the_source_and_its_identifiers(tmp_path: Path) -> None:
    record = _record(
        tmp_path,
        **{
            "ISSN": "ISSN-12345678| ISSN-8765432X",
            "Volume": "12",
            "Issue": "-",
            "Pages": "-",
            "Article number": "e104",
            "Language": "French",
            "PubMed ID": "38000001",
            "Open Access": "Hybrid gold|Green",
        },
    )

    assert record.issns == ("12345678", "8765432X")
    assert (record.volume, record.issue, record.pages) == ("12", "", "e104")
    assert (record.language, record.pubmed_id) == ("French", "38000001")
    assert record.open_access == ("Hybrid gold", "Green")


def test_entities_are_read_in_titles(tmp_path: Path) -> None:
    assert _record(tmp_path, Title="Froid &amp; vide").title == "Froid & vide"


@pytest.mark.parametrize("heading", ["Publication-type", "Source-type", "SNIP 2017", "Country"])
def test_the_headings_of_2018_are_known(tmp_path: Path, heading: str) -> None:
    row: dict[str, Cell] = {name: cell for name, cell in ROW.items() if name != "Publication type"}
    reading = read_text(tmp_path, export({**row, heading: "Article"}))

    assert reading.layout == "scival-csv-2018"
