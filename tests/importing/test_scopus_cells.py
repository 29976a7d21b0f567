"""What the cells of a Scopus export say of a document."""

from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import DocumentType, Source
from services.bibliometrics.importing.reading import Severity

from .scopus_files import EARLIER, EARLIER_ROW, LATER, LATER_ROW, codes, export, imported, later, only, without


def test_a_document_is_read_whole(tmp_path: Path) -> None:
    record = only(imported(tmp_path, later({})))
    assert record.source is Source.SCOPUS
    assert (record.eid, record.doi, record.pubmed_id) == ("85000000001", "10.9999/inv.1", "38000001")
    assert (record.issns, record.isbns) == (("12345679", "2234567X"), ("9780306406157",))
    assert (record.source_title, record.volume, record.issue, record.pages) == (
        "Journal of Invented Tides",
        "12",
        "3",
        "101-118",
    )
    assert (record.type, record.raw_type, record.stage) == (DocumentType.ARTICLE, "Article", "final")
    assert record.open_access == ("All Open Access", "Gold Open Access", "Green Open Access")
    assert (record.citations, record.author_count, record.authors_cut) == (7, 2, False)
    assert record.language == "English"
    assert not record.is_secondary
    assert not record.is_retracted


@pytest.mark.parametrize(("cell", "citations"), [("", 0), ("0", 0), ("12", 12), ("12.0", 12), ("NA", 0)])
def test_a_blank_number_of_citations_is_zero(tmp_path: Path, cell: str, citations: int) -> None:
    assert only(imported(tmp_path, later({"Cited by": cell}))).citations == citations


def test_citations_are_unknown_without_their_column_or_where_unreadable(tmp_path: Path) -> None:
    assert only(imported(tmp_path, export(without(LATER, "Cited by"), LATER_ROW))).citations is None
    reading = imported(tmp_path, later({"Cited by": "many"}))
    assert only(reading).citations is None
    assert codes(reading, Severity.WARNING) == ["citations"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Conference Paper", DocumentType.CONFERENCE_PAPER),
        ("Conference paper", DocumentType.CONFERENCE_PAPER),
        ("Book Chapter", DocumentType.BOOK_CHAPTER),
        ("Short survey", DocumentType.SHORT_SURVEY),
        ("Data Paper", DocumentType.DATA_PAPER),
        ("Conference review", DocumentType.CONFERENCE_REVIEW),
        ("Erratum", DocumentType.ERRATUM),
        ("會議論文", DocumentType.CONFERENCE_PAPER),
        ("書籍章節", DocumentType.BOOK_CHAPTER),
        ("Chapitre de livre", DocumentType.BOOK_CHAPTER),
        ("Artículo de revisión", DocumentType.REVIEW),
    ],
)
def test_document_types_are_known_in_their_spellings_and_languages(
    tmp_path: Path, raw: str, kind: DocumentType
) -> None:
    reading = imported(tmp_path, later({"Document Type": raw}))
    record = only(reading)
    assert (record.type, record.raw_type) == (kind, raw)
    assert reading.findings == []


def test_unknown_types_are_told_once_with_their_counts(tmp_path: Path) -> None:
    reading = imported(
        tmp_path, later({"Document Type": "Kelp"}, {"Document Type": "Kelp"}, {"Document Type": "Tide song"})
    )
    assert {record.type for _, record in reading.records} == {DocumentType.OTHER}
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("unknown_types", Severity.WARNING)
    assert "« Kelp » (2), « Tide song » (1)" in finding.message


@pytest.mark.parametrize(
    ("stage", "raw_type", "expected"),
    [
        ("Final", "Article", "final"),
        ("Article in press", "Article", "aip"),
        ("Article in Press", "Review", "aip"),
        ("aip", "Article", "aip"),
        ("", "Article in Press", "aip"),
        ("", "Article", ""),
    ],
)
def test_what_is_in_press_is_said_by_its_stage_or_by_its_type(
    tmp_path: Path, stage: str, raw_type: str, expected: str
) -> None:
    record = only(imported(tmp_path, later({"Publication Stage": stage, "Document Type": raw_type})))
    assert record.stage == expected
    assert record.type is not DocumentType.OTHER


def test_a_retracted_document_is_marked(tmp_path: Path) -> None:
    record = only(imported(tmp_path, later({"Document Type": "Retracted"})))
    assert (record.type, record.is_retracted) == (DocumentType.RETRACTED, True)


def test_secondary_documents_are_set_apart_and_told(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Year": "0000", "Document Type": ""}, {"Year": "0000"}, {}))
    assert [(record.is_secondary, record.year) for _, record in reading.records] == [
        (True, None),
        (True, None),
        (False, 2024),
    ]
    assert codes(reading, Severity.NOTICE) == ["secondary"]


def test_a_document_with_a_year_and_no_type_is_to_be_looked_at(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Document Type": ""}))
    assert only(reading).is_secondary
    assert codes(reading, Severity.WARNING) == ["untyped"]


def test_signs_of_absence_left_by_other_tools_are_blank(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"DOI": "NA", "Year": "NA", "EID": "NA", "PubMed ID": "NA", "Volume": "NA"}))
    record = only(reading)
    assert (record.doi, record.year, record.eid, record.pubmed_id, record.volume) == ("", None, "85000000001", "", "")
    assert codes(reading, Severity.WARNING) == ["undated"]


def test_na_may_be_a_title(tmp_path: Path) -> None:
    assert only(imported(tmp_path, later({"Title": "NA", "Source title": "NA"}))).title == "NA"


def test_entities_are_undone_and_original_titles_kept(tmp_path: Path) -> None:
    row = {"Title": "Kelp &amp; tide &gt; 2; [Algues et marées]", "Source title": "Tides &amp; Kelp"}
    record = only(imported(tmp_path, later(row)))
    assert (record.title, record.source_title) == ("Kelp & tide > 2; [Algues et marées]", "Tides & Kelp")


def test_a_document_may_have_no_title(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Title": "[No title available]"}))
    assert only(reading).title == ""
    assert codes(reading, Severity.NOTICE) == ["no_title"]


def test_a_line_end_within_a_cell_is_a_space(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Title": "Tidal\nkelp"}, {"EID": "2-s2.0-85000000002"}))
    assert [(line, record.title) for line, record in reading.records] == [(2, "Tidal kelp"), (4, "Tidal kelp routing")]


@pytest.mark.parametrize(
    ("row", "pages"),
    [
        ({"Page start": "9", "Page end": ""}, "9"),
        ({"Page start": "9", "Page end": "9"}, "9"),
        ({"Page start": "", "Page end": "", "Art. No.": "107093"}, "107093"),
    ],
)
def test_pages_are_an_interval_or_an_article_number(tmp_path: Path, row: dict[str, str], pages: str) -> None:
    assert only(imported(tmp_path, later(row))).pages == pages


def test_open_access_labels_were_parted_by_commas(tmp_path: Path) -> None:
    record = only(imported(tmp_path, export(EARLIER, EARLIER_ROW)))
    assert record.open_access == ("All Open Access", "Gold", "Green")
