"""What is no Scopus export, or is spoilt, is refused in a sentence that says where, what is wrong and what to do."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from services.bibliometrics.importing.reading import Severity

from .scopus_files import EARLIER, EARLIER_ROW, LATER, LATER_ROW, codes, export, imported, later, without

RESAVED = "réenregistré par un tableur : réexportez-le de Scopus sans l’ouvrir"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank\n1,K,T,2020,S,P,u,u,1\n", "Publish or"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Kelp, M\n", "Web of Science"),
        ("PT\tAU\tBA\tBE\tTI\tSO\tUT\nJ\tKelp, M\t\t\tT\tS\tWOS:1\n", "Web of Science"),
        ("TY  - JOUR\nAU  - Kelp, M.\nER  -\n", "RIS"),
        ("Scopus\nEXPORT DATE: 10 Nov 2025\n\n@ARTICLE{Kelp2024, author={Kelp}}\n", "BibTeX"),
        ("@article{Kelp2024, author={Kelp}}\n", "BibTeX"),
        ('\ufeffData set,"Publications at the Tidal School"\nYear range,2020 to 2023\n', "SciVal"),
        ('"Title","Authors","Year","Scopus Source title","DOI","EID"\n', "SciVal"),
        ("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", "page web"),
        ('{"search-results": {"entry": []}}\n', "JSON"),
        ('[{"eid": "2-s2.0-1"}]\n', "JSON"),
        (b"PK\x03\x04\x14\x00\x06\x00", "classeur"),
        ("PMID,Title,Authors,Citation,Journal/Book,Publication Year,DOI\n1,T,K,C,J,2020,10.9999/1\n", "PubMed"),
    ],
)
def test_another_format_is_named(tmp_path: Path, content: str | bytes, what: str) -> None:
    reading = imported(tmp_path, content)
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("not_scopus", Severity.ERROR)
    assert what in finding.message
    assert (reading.received, reading.records, reading.rejected) == (0, [], 0)


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", "  \n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    assert codes(imported(tmp_path, content), Severity.ERROR) == ["empty"]


def test_without_a_title_it_is_said_what_is_missing(tmp_path: Path) -> None:
    (finding,) = imported(tmp_path, export(["Authors", "Year", "DOI"], LATER_ROW)).findings
    assert finding.code == "missing_columns"
    assert "« Title »" in finding.message


@pytest.mark.parametrize("header", [["Authors", "Title"], ["Title", "Year"], ["Name", "Age"]])
def test_without_identifier_nor_year_it_is_said_what_is_missing(tmp_path: Path, header: list[str]) -> None:
    (finding,) = imported(tmp_path, export(header, LATER_ROW)).findings
    assert finding.code == "missing_columns"
    assert "« EID » (ou « Link », ou « DOI »)" in finding.message


def test_a_file_without_header_is_refused(tmp_path: Path) -> None:
    text = later({}, {}).partition("\n")[2]
    assert codes(imported(tmp_path, text), Severity.ERROR) == ["headerless"]


def test_rows_of_another_width_are_refused_with_their_lines(tmp_path: Path) -> None:
    lines = export(EARLIER, *[EARLIER_ROW] * 3).splitlines()
    reading = imported(tmp_path, "\n".join([lines[0], lines[1], lines[2] + ",", lines[3]]) + "\n")
    (finding,) = reading.findings
    assert (finding.code, finding.row, finding.severity) == ("ragged", 3, Severity.ERROR)
    assert "22 cases pour 21 titres de colonnes" in finding.message
    assert (reading.received, len(reading.records), reading.rejected) == (3, 2, 1)


def test_beyond_fifty_refused_rows_the_others_are_counted(tmp_path: Path) -> None:
    text = "Title,Year,EID\n" + "Tidal kelp,2024\n" * 53
    reading = imported(tmp_path, text)
    assert codes(reading, Severity.ERROR) == ["ragged"] * 50 + ["more_rejected"]
    assert "3 autres lignes" in next(each.message for each in reading.findings if each.code == "more_rejected")
    assert (reading.received, reading.rejected) == (53, 53)


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"EID": "Scopus"}, "eid", "EID"),
        ({"EID": "2-s2.0-8500000"}, "eid", "EID"),
        ({"EID": "8,51E+10"}, "resaved", "EID"),
        ({"Author(s) ID": "5,7E+10"}, "resaved", "Author(s) ID"),
        ({"DOI": "1.01E+12"}, "resaved", "DOI"),
        ({"Source": "J. Tides"}, "source", "Source"),
        ({"Year": "Journal of Tides"}, "year", "Year"),
        ({"EID": "", "Link": "", "DOI": "", "Title": ""}, "unidentified", None),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(
    tmp_path: Path, change: dict[str, str], code: str, column: str | None
) -> None:
    reading = imported(tmp_path, later({}, change))
    refused = [each for each in reading.findings if each.severity is Severity.ERROR]
    assert [(each.code, each.row, each.column) for each in refused] == [(code, 3, column)]
    assert (reading.received, len(reading.records), reading.rejected) == (2, 1, 1)


def _semicolons(text: str) -> str:
    return text.replace('","', '";"')


def _trailing_semicolons(text: str) -> str:
    header, _, rest = text.partition("\n")
    return f"{header};;;;;\n{rest}"


def _within_quotes(text: str) -> str:
    return "\n".join('"{}"'.format(line.replace('"', '""')) for line in text.splitlines())


@pytest.mark.parametrize("damage", [_semicolons, _trailing_semicolons, _within_quotes])
def test_what_a_spreadsheet_saved_again_is_refused(tmp_path: Path, damage: Callable[[str], str]) -> None:
    text = export(LATER, LATER_ROW, quoting=csv.QUOTE_ALL).removeprefix("\ufeff")
    (finding,) = imported(tmp_path, damage(text)).findings
    assert (finding.code, finding.severity) == ("resaved", Severity.ERROR)
    assert RESAVED in finding.message


def test_rows_that_a_spreadsheet_put_in_one_cell_are_refused(tmp_path: Path) -> None:
    header, row = export(EARLIER, EARLIER_ROW).splitlines()
    reading = imported(tmp_path, f"{header}\n{_within_quotes(row)}\n")
    (finding,) = reading.findings
    assert (finding.code, finding.row) == ("resaved", 2)
    assert RESAVED in finding.message


def test_a_file_cut_within_a_quoted_cell_is_refused(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({}, {})[:-9])
    assert codes(reading, Severity.ERROR) == ["quotes"]
    assert reading.findings[-1].row == 3


def test_a_file_cut_between_two_cells_is_refused(tmp_path: Path) -> None:
    text = later({}, {})
    reading = imported(tmp_path, text[: text.rindex(',"Scopus"')])
    assert codes(reading, Severity.ERROR) == ["ragged"]


def test_another_encoding_is_read_with_a_warning(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({"Title": "Marées d’été"}).removeprefix("\ufeff").encode("cp1252"))
    assert reading.records[0][1].title == "Marées d’été"
    assert codes(reading, Severity.WARNING) == ["encoding"]


def test_rows_repeated_within_a_file_are_both_kept(tmp_path: Path) -> None:
    assert len(imported(tmp_path, later({}, {})).records) == 2


def test_a_header_written_twice_at_the_top_is_said_to_be_there(tmp_path: Path) -> None:
    header, row = export(EARLIER, EARLIER_ROW).removeprefix("\ufeff").splitlines()
    reading = imported(tmp_path, f"{header}\n{header}\n{row}\n")
    (finding,) = reading.findings
    assert (finding.code, finding.row, len(reading.records)) == ("doubled_header", 2, 1)
    assert finding.message == "l’en-tête est écrit deux fois en haut du fichier : la seconde fois est ignorée"


def test_a_spoilt_identifier_is_told_in_one_sentence(tmp_path: Path) -> None:
    (finding,) = imported(tmp_path, later({"EID": "8,51E+10"})).findings
    assert finding.message == (
        "« 8,51E+10 » n’est plus un identifiant, car ce fichier a été réenregistré par un tableur : "
        "réexportez-le de Scopus sans l’ouvrir"
    )


def test_exports_put_end_to_end_are_read_with_a_warning(tmp_path: Path) -> None:
    reading = imported(tmp_path, later({}) + later({"EID": "2-s2.0-85000000002", "Link": ""}))
    assert [record.key for _, record in reading.records] == ["85000000001", "85000000002"]
    assert codes(reading, Severity.WARNING) == ["repeated_header"]


def test_a_last_empty_heading_is_no_harm(tmp_path: Path) -> None:
    reading = imported(tmp_path, export([*without(LATER, "ISSN"), ""], LATER_ROW))
    assert not reading.is_refused
