"""Small exports of SciVal with invented content, as texts and as workbooks."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # the library ships no types

from services.bibliometrics.importing.reading import Finding, Reading
from services.bibliometrics.importing.scival import read

FIELD_WEIGHTED = "Field-Weighted Outputs in Top Citation Percentiles, per percentile"
PLAIN = "Outputs in Top Citation Percentiles, per percentile"
COPYRIGHT = "© 2026 Elsevier B.V. All rights reserved. SciVal is a trade mark."
Cell = str | float
ROW: Mapping[str, Cell] = {
    "Title": "Soudure des alliages lunaires",
    "Authors": "Perrin, A.| Morel, B.",
    "Scopus Author Ids": "57000000001| 57000000002",
    "Year": "2024",
    "Scopus Source title": "Annals of Lunar Metallurgy",
    "DOI": "10.5555/lune.1",
    "Publication type": "Article",
    "EID": "2-s2.0-85000000001",
}


def preamble(count: str = "1 publication", **changes: str) -> list[list[str]]:
    """The rows before the header."""
    said = {"set": "Publications at Institut Inventé", "range": "2023 to 2025", "exported": "3 March 2026"} | changes
    return [
        ["Data set", said["set"]],
        ["Year range", said["range"]],
        ["Filtered by", said.get("filtered", "not filtered")],
        ["Types of publications included", "All publication types"],
        [],
        ["Data source", "Scopus"],
        ["Date last updated", said.get("updated", "25 February 2026")],
        ["Date exported", said["exported"]],
        [],
        [count],
        [],
    ]


def table(*rows: Mapping[str, Cell]) -> list[list[Cell]]:
    """The header of the first row, and the rows."""
    header = list(rows[0])
    return [list(header), *[[row[name] for name in header] for row in rows]]


def text(*blocks: Sequence[Sequence[Cell]], delimiter: str = ",") -> str:
    """Rows as CSV."""
    written = io.StringIO()
    for block in blocks:
        csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(block)
    return written.getvalue()


def export(*rows: Mapping[str, Cell], count: str | None = None) -> str:
    """A whole CSV export of rows, as SciVal writes it."""
    return text(preamble(count or f"{len(rows)} publications"), table(*rows), [[], [COPYRIGHT]])


def one(**changes: Cell) -> dict[str, Cell]:
    """A row, with cells changed or added (a heading has spaces: `one(**{"Full date": …})`)."""
    return {**ROW, **changes}


def read_text(folder: Path, content: str, encoding: str = "utf-8-sig") -> Reading:
    """What is read in a CSV."""
    return read_bytes(folder, content.encode(encoding))


def read_bytes(folder: Path, content: bytes) -> Reading:
    """What is read in a file."""
    path = folder / "export"
    path.write_bytes(content)
    return read(path, "export", lambda _: None)


def workbook(*blocks: Sequence[Sequence[Cell]]) -> bytes:
    """Rows as the sheet of a workbook; its numbers are numbers."""
    return written_by(lambda book: fill(book.add_worksheet("Sheet0"), [row for block in blocks for row in block]))


def written_by(write: Callable[[Any], None]) -> bytes:
    """The workbook that a function writes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        write(book)
    return written.getvalue()


def fill(sheet: Any, rows: Sequence[Sequence[Cell]], first: int = 0) -> None:
    """Writes rows in a sheet."""
    for place, row in enumerate(rows, first):
        sheet.write_row(place, 0, row)


def codes(reading: Reading) -> list[str]:
    """The codes of the findings that aren't about columns which these small files lack."""
    return [each.code for each in reading.findings if each.code not in {"no_field_weighted", "columns"}]


def finding(reading: Reading, code: str) -> Finding:
    """The only finding with a code."""
    (found,) = [each for each in reading.findings if each.code == code]
    return found
