"""Every generation of Scopus exports is recognised by its headings, whatever columns were ticked."""

import csv
from datetime import date
from pathlib import Path

import pytest

from services.bibliometrics.importing.reading import Severity
from services.bibliometrics.importing.scopus import read

from .scopus_files import EARLIER, EARLIER_ROW, FIRST, LATER, LATER_ROW, codes, export, imported, later, only, without


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("scopus-a-2018", export(FIRST, EARLIER_ROW)),
        (
            "scopus-b-2019",
            export([{"Open Access": "Access Type"}.get(each, each) for each in EARLIER], EARLIER_ROW),
        ),
        ("scopus-c-2020", export(EARLIER, EARLIER_ROW)),
        ("scopus-c-2020", export([*EARLIER, "Funding Text 1", "Funding Text 2"], EARLIER_ROW)),
        ("scopus-d-2023", later({})),
        ("scopus-e-2025", export(without(LATER, "Page count"), LATER_ROW, quoting=csv.QUOTE_ALL)),
    ],
)
def test_a_layout_is_named_and_gives_the_same_publication(tmp_path: Path, layout: str, text: str) -> None:
    reading = imported(tmp_path, text)
    record = only(reading)
    assert reading.layout == layout
    assert (record.key, record.title, record.year) == ("85000000001", "Tidal kelp routing", 2024)
    assert [each.name for each in record.authors] == ["El kelpi M.", "Waves A.-B."]
    assert [each.affiliations for each in record.authors] == [
        ("Kelp Lab, Tidal School, Brest, France",),
        ("Dept of Waves, North School, Lille, France",),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_make_no_difference(tmp_path: Path, line_end: str, encoding: str) -> None:
    text = later({}).removeprefix("\ufeff").replace("\n", line_end)
    assert only(imported(tmp_path, text.encode(encoding))).key == "85000000001"


def test_four_columns_are_enough(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(["Authors", "Title", "Year", "EID"], LATER_ROW))
    assert only(reading).year == 2024
    assert codes(reading, Severity.WARNING) == ["missing_column"] * 3
    assert [each.column for each in reading.findings] == [
        "Document Type",
        "Affiliations",
        "Author(s) ID",
        "Cited by",
    ]


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path) -> None:
    assert only(imported(tmp_path, export(LATER[::-1], LATER_ROW))) == only(imported(tmp_path, later({})))


@pytest.mark.parametrize(
    ("alias", "column"),
    [
        ("Author Addresses", "Authors with affiliations"),
        ("Author Names", "Authors"),
        ("Titles", "Title"),
        ("Publication Year", "Year"),
        ("Author Ids", "Author(s) ID"),
        ("  TITLE\t", "Title"),
        ("'Title'", "Title"),
        ("\ufeffAuthors", "Authors"),
    ],
)
def test_other_headings_of_the_same_columns_are_known(tmp_path: Path, alias: str, column: str) -> None:
    header = [alias if each == column else each for each in EARLIER]
    row = EARLIER_ROW | {alias: EARLIER_ROW[column]}
    assert only(imported(tmp_path, export(header, row))) == only(imported(tmp_path, export(EARLIER, EARLIER_ROW)))


def test_the_eid_is_taken_from_the_link_whatever_its_host(tmp_path: Path) -> None:
    header = without(LATER, "EID")
    proxy = {"Link": "https://scopus.proxy.example/inward/record.uri?eid=2-s2.0-85000000009&partnerID=40"}
    page = {"Link": "https://www.scopus.com/pages/publications/105000000008?origin=resultslist"}
    reading = imported(tmp_path, export(header, LATER_ROW | proxy, LATER_ROW | page))
    assert [record.key for _, record in reading.records] == ["85000000009", "105000000008"]


def test_without_an_eid_the_doi_and_the_title_make_the_key(tmp_path: Path) -> None:
    record = only(imported(tmp_path, export(without(LATER, "EID", "Link"), LATER_ROW)))
    assert record.key == "doi:10.9999/inv.1#6b616e45d49c720b"


def test_without_any_identifier_the_content_makes_the_key(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(without(LATER, "EID", "Link", "DOI"), LATER_ROW))
    record = only(reading)
    assert record.key == "text:f16ced9152fa8d6e226038f7"  # of tidalkelprouting|2024|journal of invented tides|kelpi
    assert "content_key" in codes(reading, Severity.WARNING)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        (["Title", "Year", "DOI", "Source title"], "doi:10.9999/inv.1#6b616e45d49c720b"),
        (["Title", "Year", "Abstract", "Index Keywords"], "text:"),
        (["Title", "Year", "Cited by", "Document Type"], "text:"),
        (["Authors", "Title", "Year", "Journal", "Link"], "85000000001"),
        (["Title", "Year", "Source"], "text:"),
    ],
)
def test_few_columns_are_enough_where_one_is_of_scopus_alone(tmp_path: Path, header: list[str], key: str) -> None:
    assert only(imported(tmp_path, export(header, LATER_ROW))).key.startswith(key)


@pytest.mark.parametrize("index", [[], [""], ["X"]])
def test_what_r_writes_again_is_recognised(tmp_path: Path, index: list[str]) -> None:
    names = {
        "Author full names": "Author.full.names",
        "Author(s) ID": "Author.s..ID",
        "Source title": "Source.title",
        "Art. No.": "Art..No.",
        "Page start": "Page.start",
        "Page end": "Page.end",
        "Page count": "Page.count",
        "Cited by": "Cited.by",
        "Authors with affiliations": "Authors.with.affiliations",
        "PubMed ID": "PubMed.ID",
        "Language of Original Document": "Language.of.Original.Document",
        "Document Type": "Document.Type",
        "Publication Stage": "Publication.Stage",
        "Open Access": "Open.Access",
    }
    row = {names.get(column, column): value for column, value in LATER_ROW.items()} | dict.fromkeys(index, "1")
    text = export([*index, *(names.get(each, each) for each in LATER)], row, quoting=csv.QUOTE_ALL)
    reading = imported(tmp_path, text)
    assert reading.findings == []
    assert reading.layout == "scopus-d-2023"
    assert only(reading) == only(imported(tmp_path, later({})))


def test_without_types_it_is_said_which_documents_are_known_all_the_same(tmp_path: Path) -> None:
    (finding,) = imported(tmp_path, export(without(LATER, "Document Type"), LATER_ROW)).findings
    assert finding.column == "Document Type"
    assert "sauf ceux dont le titre dit un erratum ou une rétractation" in finding.message


def test_without_a_year_it_is_said_that_nothing_can_be_counted(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(without(LATER, "Year"), LATER_ROW))
    assert only(reading).year is None
    (finding,) = reading.findings
    assert (finding.severity, finding.column) == (Severity.WARNING, "Year")


def test_a_header_alone_is_an_empty_answer_and_no_mistake(tmp_path: Path) -> None:
    reading = imported(tmp_path, "Authors,Title,Year,Source title,DOI,Link,Document Type,Source,EID\r\n")
    assert (reading.received, reading.records, reading.rejected) == (0, [], 0)
    assert [each.severity for each in reading.findings] == [Severity.NOTICE]


def test_tabs_are_read_with_a_warning(tmp_path: Path) -> None:
    text = later({}).replace('","', '"\t"')
    reading = imported(tmp_path, text)
    assert only(reading).key == "85000000001"
    assert codes(reading, Severity.WARNING) == ["delimiter"]


@pytest.mark.parametrize(
    ("filename", "day"),
    [
        ("scopus_export_Nov 10-2025_1b2c3d4e-0000-4000-8000-00000000abcd.csv", date(2025, 11, 10)),
        ("scopus_export_Mar 2-2026_1b2c3d4e-0000-4000-8000-00000000abcd (1).csv", date(2026, 3, 2)),
        ("scopus_export_Feb 31-2026_x.csv", None),
        ("scopus (3).csv", None),
        ("scopus.csv", None),
    ],
)
def test_the_day_of_the_export_is_in_the_name_that_scopus_gives(
    tmp_path: Path, filename: str, day: date | None
) -> None:
    assert imported(tmp_path, later({}), filename).extracted_on == day


@pytest.mark.parametrize("count", [2_000, 20_000])
def test_as_many_rows_as_an_export_can_hold_are_probably_not_all(tmp_path: Path, count: int) -> None:
    header = ["Title", "Year", "Source title", "EID"]
    whole = export(header, *(LATER_ROW | {"EID": f"2-s2.0-{85_000_000_000 + each}"} for each in range(count)))
    assert "truncated" in codes(imported(tmp_path, whole), Severity.WARNING)


def test_progress_is_told_every_five_hundred_rows(tmp_path: Path) -> None:
    path = tmp_path / "scopus.csv"
    path.write_text(later(*({} for _ in range(1_234))), encoding="utf-8")
    told: list[int] = []
    read(path, path.name, told.append)
    assert told == [500, 1000]
