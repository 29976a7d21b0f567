"""Files that are taken for an export of SciVal: each is refused for what it is."""

from pathlib import Path

import pytest

from .scival_files import ROW, preamble, read_bytes, read_text, table, text

_SCOPUS = (
    "Authors,Title,Year,Source title,Cited by,DOI,Link,Document Type,Source,EID\nA,B,2024,C,1,D,E,Article,Scopus,F\n"
)
_METRICS = [["Metric", "Overall", "2023", "2024"], ["Scholarly Output", "12", "5", "7"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        (_SCOPUS, "scopus"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "web_of_science"),
        ("PT\tAU\tTI\tDI\nJ\tA\tB\tC\n", "web_of_science"),
        (
            "Author Full Names,Article Title,Source Title,Document Type,UT (Unique WOS ID)\nA,B,C,D,E\n",
            "web_of_science",
        ),
        ("Lens ID,Title,Source Title,Document Type\n1,A,B,C\n", "lens"),
        ("Article Title,Authors,DOI,UT (Unique WOS ID)\nA,B,C,D\n", "web_of_science"),
        ("TY  - JOUR\nTI  - Titre\nER  -\n", "ris"),
        ("@article{perrin, title={Titre}}\n", "bibtex"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "web_page"),
        ("<?xml version='1.0'?><a/>", "xml"),
        ('{"search-results": {}}', "json"),
        ('[{"title": "A"}]', "json"),
        ("%PDF-1.7\n", "pdf"),
        ("Cites,Authors,Title,Year,Source,GSRank,DOI\n1,A,B,2024,C,1,D\n", "publish_or_perish"),
        (text(preamble(), _METRICS), "not_publications"),
        ("id,title,doi,cited_by_count\nW1,A,10.5555/a,3\n", "unrecognised"),
        ("nom;effectif\nA;3\n", "unrecognised"),
        ('"Title,Authors,Year,DOI,EID";;;\n"A,B,2024,C,D";;;\n', "resaved"),
    ],
)
def test_a_look_alike_is_refused_for_what_it_is(tmp_path: Path, content: str, code: str) -> None:
    reading = read_text(tmp_path, content, "utf-8")

    assert [each.code for each in reading.findings] == [code]
    assert reading.is_refused
    assert (reading.received, reading.records) == (0, [])


def test_an_export_with_neither_eid_nor_doi_nor_author_identifiers_says_what_to_tick(tmp_path: Path) -> None:
    row = {"Title": ROW["Title"], "Year": "2024", "Scopus Source title": "Annals"}
    reading = read_text(tmp_path, text(preamble(), table(row)))

    assert "EID" in reading.findings[0].message
    assert reading.is_refused


def test_a_file_cut_within_quotes_is_refused_and_what_precedes_is_counted(tmp_path: Path) -> None:
    content = text(preamble("2 publications"), table(ROW)) + '"Titre coupé'
    reading = read_text(tmp_path, content)

    assert {"quotes", "truncated"} <= {each.code for each in reading.findings}
    assert (reading.received, len(reading.records)) == (1, 1)


def test_two_exports_in_one_file_are_refused(tmp_path: Path) -> None:
    content = text(preamble("1 publication"), table(ROW)) * 2

    assert read_text(tmp_path, content).is_refused


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\x00", b"abc\x00def", b"\x89PNG\r\n\x1a\n\x00"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    assert read_bytes(tmp_path, content).is_refused
