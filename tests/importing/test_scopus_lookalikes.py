"""Lists of publications that are no export of Scopus are refused, by the name of what they seem to be."""

from pathlib import Path

import pytest

from services.bibliometrics.importing.reading import Severity

from .scopus_files import LATER_ROW, codes, export, imported, only


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Authors,Title,Publication,Volume,Number,Pages,Year,Publisher", "Google Scholar"),
        ("Document Title,Authors,Author Affiliations,Publication Title,Publication Year,DOI,PDF Link", "IEEE Xplore"),
        ("Document Title,Authors,Publication Year,DOI,Article Citation Count", "IEEE Xplore"),
        ("id,doi,title,publication_year,authorships.author.display_name,primary_location.source.id", "OpenAlex"),
        ("Title,Year,DOI,authorships.author.display_name", "OpenAlex"),
        ("Publication ID,DOI,PMID,Title,Source title,PubYear,Authors,Times cited,Dimensions URL", "Dimensions"),
        ("Lens ID,Title,Publication Year,Source Title,ISSNs,Author/s,DOI,PMID", "Lens"),
        ("PMID,Title,Authors,Journal/Book,Publication Year,DOI", "PubMed"),
        ("Key,Item Type,Publication Year,Author,Title,Publication Title,DOI,Url,Date Added", "Zotero"),
        ("Title,Author Names,Source title,Publication Year,DOI,Embase Link,PUI", "Embase"),
        (",AU,TI,SO,JI,PY,DB,UT", "bibliometrix"),
        ("AU,TI,PY,SO,DT,UT", "bibliometrix"),
        ("PT,AU,TI,SO,PY,UT", "Web of Science"),
    ],
)
def test_another_tool_is_named(tmp_path: Path, header: str, what: str) -> None:
    (finding,) = imported(tmp_path, header + "\n" + "x," * header.count(",") + "x\n").findings
    assert (finding.code, finding.severity) == ("not_scopus", Severity.ERROR)
    assert what in finding.message


def test_of_bibliometrix_the_original_is_asked_for(tmp_path: Path) -> None:
    (finding,) = imported(tmp_path, "AU,TI,PY,SO\nKELP M,TIDES,2024,J TIDES\n").findings
    assert "réexportez le fichier d’origine" in finding.message


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["Title", "Authors", "Affiliations", "Year", "Journal", "DOI"], "« Journal »"),
        (["Title", "Authors", "Year", "Source title", "Journal", "DOI"], "« Journal »"),
        (["Document Title", "Authors", "Publication Year", "DOI"], "« Document Title »"),
        (["Title", "Authors", "Affiliations", "Year", "DOI"], "rien ne dit que ce fichier vienne de Scopus"),
        (["Title", "Year", "Link", "DOI"], "rien ne dit que ce fichier vienne de Scopus"),
    ],
)
def test_a_list_that_anybody_could_write_is_refused(tmp_path: Path, header: list[str], told: str) -> None:
    elsewhere = LATER_ROW | {"Link": "https://journal.example/1", "Document Title": "Kelp", "Publication Year": "2024"}
    (finding,) = imported(tmp_path, export(header, elsewhere)).findings
    assert (finding.code, finding.severity) == ("not_scopus", Severity.ERROR)
    assert told in finding.message


@pytest.mark.parametrize("header", [["Authors", "Title", "Year", "Abstract"], ["Title", "Year", "Author Keywords"]])
def test_without_identifier_nor_heading_of_scopus_an_eid_is_asked_for(tmp_path: Path, header: list[str]) -> None:
    (finding,) = imported(tmp_path, export(header, LATER_ROW)).findings
    assert (finding.code, "« EID »" in finding.message) == ("missing_columns", True)


def test_an_eid_is_believed_whatever_was_added_beside_it(tmp_path: Path) -> None:
    reading = imported(tmp_path, export(["Document Title", "Year", "Journal", "EID"], LATER_ROW))
    assert codes(reading, Severity.ERROR) == []
    assert only(reading).eid == "85000000001"
