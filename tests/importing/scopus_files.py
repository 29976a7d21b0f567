"""Small Scopus exports of invented content, of every layout, and their import."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from services.bibliometrics.domain.publication import Record
from services.bibliometrics.importing.reading import Reading, Severity
from services.bibliometrics.importing.scopus import read


def _headings(line: str) -> list[str]:
    return line.split(",")


LATER = _headings(
    "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,"
    "Page count,Cited by,DOI,Link,Affiliations,Authors with affiliations,ISSN,ISBN,PubMed ID,"
    "Language of Original Document,Document Type,Publication Stage,Open Access,Source,EID"
)
EARLIER = _headings(
    "Authors,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Page count,Cited by,DOI,"
    "Link,Affiliations,Authors with affiliations,Document Type,Publication Stage,Open Access,Source,EID"
)
FIRST = _headings(
    "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Page count,Cited by,DOI,Link,"
    "Affiliations,Authors with affiliations,Document Type,Source,EID"
)

_LINK = "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000001&doi=10.9999%2finv.1&partnerID=40"
_COMMON = {
    "Title": "Tidal kelp routing",
    "Year": "2024",
    "Source title": "Journal of Invented Tides",
    "Volume": "12",
    "Issue": "3",
    "Page start": "101",
    "Page end": "118",
    "Cited by": "7",
    "DOI": "10.9999/INV.1",
    "Link": _LINK,
    "Affiliations": "Kelp Lab, Tidal School, Brest, France; Dept of Waves, North School, Lille, France",
    "Document Type": "Article",
    "Publication Stage": "Final",
    "Source": "Scopus",
    "EID": "2-s2.0-85000000001",
}
LATER_ROW = _COMMON | {
    "Authors": "El kelpi M.; Waves A.-B.",
    "Author full names": "El kelpi, Mona (57000000001); Waves, Anna-Bel (57000000002)",
    "Author(s) ID": "57000000001; 57000000002",
    "Authors with affiliations": (
        "El kelpi M., Kelp Lab, Tidal School, Brest, France; Waves A.-B., Dept of Waves, North School, Lille, France"
    ),
    "ISSN": "12345679; 2234567X",
    "ISBN": "978-030640615-7; 0306406152",
    "PubMed ID": "38000001",
    "Language of Original Document": "English",
    "Open Access": "All Open Access; Gold Open Access; Green Open Access",
}
EARLIER_ROW = _COMMON | {
    "Authors": "El kelpi M., Waves A.-B.",
    "Author(s) ID": "57000000001;57000000002;",
    "Authors with affiliations": (
        "El kelpi, M., Kelp Lab, Tidal School, Brest, France; Waves, A.-B., Dept of Waves, North School, Lille, France"
    ),
    "Open Access": "All Open Access, Gold, Green",
    "Access Type": "Open Access",
}


def export(header: Sequence[str], *rows: dict[str, str], quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A file as Scopus writes it; what a row doesn't say is blank."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]  # an int of the module
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    return "\ufeff" + text.getvalue()


def without(header: Sequence[str], *columns: str) -> list[str]:
    return [each for each in header if each not in columns]


def later(*changes: dict[str, str]) -> str:
    """An export of 2023, a row a set of changes."""
    return export(LATER, *(LATER_ROW | change for change in changes), quoting=csv.QUOTE_ALL)


def imported(folder: Path, text: str | bytes, filename: str = "scopus.csv") -> Reading:
    path = folder / "received.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, filename, lambda _: None)


def only(reading: Reading) -> Record:
    """The record of a file that holds one, and that nothing refuses."""
    assert reading.findings == [] or not reading.is_refused, reading.findings
    ((_, record),) = reading.records
    return record


def codes(reading: Reading, severity: Severity) -> list[str]:
    return [each.code for each in reading.findings if each.severity is severity]
