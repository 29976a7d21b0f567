"""Exports made while Scopus spoke another language: headings known, or columns recognised by what they hold."""

from pathlib import Path

import pytest

from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.importing.reading import Severity

from .scopus_files import EARLIER, EARLIER_ROW, LATER, LATER_ROW, codes, export, imported, only, without

CHINESE = {
    "Authors": "作者",
    "Author(s) ID": "作者身分",
    "Title": "標題\t",
    "Year": "年份",
    "Source title": "來源出版物名稱",
    "Volume": "卷",
    "Issue": "期",
    "Art. No.": "論文編號",
    "Page start": "起始頁碼",
    "Page end": "結束頁碼",
    "Page count": "頁碼計數",
    "Cited by": "被引用文獻",
    "Link": "連結",
    "Document Type": "文獻類型",
    "Publication Stage": "出版階段",
    "Open Access": "開放取用",
    "Source": "來源出版物",
}


def _translated(header: list[str], words: dict[str, str], row: dict[str, str]) -> str:
    named = {words.get(column, column): value for column, value in row.items()}
    return export([words.get(column, column) for column in header], named)


def _numbered(header: list[str], row: dict[str, str]) -> str:
    return _translated(header, {column: f"Heading {place}" for place, column in enumerate(header)}, row)


def test_chinese_headings_are_known(tmp_path: Path) -> None:
    header = without(EARLIER, "Affiliations", "Authors with affiliations")
    reading = imported(tmp_path, _translated(header, CHINESE, EARLIER_ROW | {"Document Type": "文章"}))
    record = only(reading)
    assert reading.layout == "scopus-localised"
    assert "recognised_by_content" not in codes(reading, Severity.WARNING)
    assert (record.title, record.year, record.citations, record.pages) == ("Tidal kelp routing", 2024, 7, "101-118")
    assert (record.type, record.raw_type) == (DocumentType.ARTICLE, "文章")
    assert [each.scopus_id for each in record.authors] == ["57000000001", "57000000002"]


@pytest.mark.parametrize(("header", "row"), [(EARLIER, EARLIER_ROW), (LATER, LATER_ROW)])
def test_columns_of_unknown_headings_are_recognised_by_their_content(
    tmp_path: Path, header: list[str], row: dict[str, str]
) -> None:
    reading = imported(tmp_path, _numbered(header, row))
    record = only(reading)
    assert reading.layout == "scopus-localised"
    assert (record.key, record.doi, record.title) == ("85000000001", "10.9999/inv.1", "Tidal kelp routing")
    assert (record.year, record.source_title, record.type) == (2024, "Journal of Invented Tides", DocumentType.ARTICLE)
    assert [(each.name, each.scopus_id) for each in record.authors] == [
        ("El kelpi M.", "57000000001"),
        ("Waves A.-B.", "57000000002"),
    ]
    assert record.affiliations == (
        "Kelp Lab, Tidal School, Brest, France",
        "Dept of Waves, North School, Lille, France",
    )
    assert (record.stage, record.citations) == ("final", None)
    assert "recognised_by_content" in codes(reading, Severity.WARNING)


def test_french_headings_are_recognised_too(tmp_path: Path) -> None:
    words = {"Authors": "Auteurs", "Title": "Titre", "Year": "Année", "Source title": "Titre de la source"}
    record = only(imported(tmp_path, _translated(EARLIER, words | {"Cited by": "Cité par"}, EARLIER_ROW)))
    assert (record.title, record.year, record.citations) == ("Tidal kelp routing", 2024, 7)


@pytest.mark.parametrize(
    "heading", ["Zitiert von", "被引用数", "引用", "被引", "施引文献", "Citado por", "Cité par", "CITÉ PAR"]
)
def test_citations_are_known_in_many_languages(tmp_path: Path, heading: str) -> None:
    assert only(imported(tmp_path, _translated(EARLIER, {"Cited by": heading}, EARLIER_ROW))).citations == 7


def test_types_of_an_unknown_language_stand_where_full_exports_have_them(tmp_path: Path) -> None:
    reading = imported(tmp_path, _numbered(EARLIER, EARLIER_ROW | {"Document Type": "Zeitschriftenbeitrag"}))
    record = only(reading)
    assert (record.type, record.raw_type) == (DocumentType.OTHER, "Zeitschriftenbeitrag")
    assert "unknown_types" in codes(reading, Severity.WARNING)


def test_without_a_sign_of_scopus_nothing_is_guessed(tmp_path: Path) -> None:
    reading = imported(tmp_path, _numbered(without(EARLIER, "EID", "Link", "Source"), EARLIER_ROW))
    assert codes(reading, Severity.ERROR) == ["missing_columns"]


def test_author_names_are_not_taken_for_a_title(tmp_path: Path) -> None:
    reading = imported(tmp_path, _numbered(without(EARLIER, "Title", "Author(s) ID"), EARLIER_ROW))
    assert codes(reading, Severity.ERROR) == ["missing_columns"]
