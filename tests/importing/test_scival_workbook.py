"""The XLSX exports of SciVal: numbers are identifiers again, and what is no workbook is refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.bibliometrics.importing import workbooks
from services.bibliometrics.importing.reading import Reading

from .scival_files import (
    COPYRIGHT,
    FIELD_WEIGHTED,
    ROW,
    Cell,
    codes,
    fill,
    one,
    preamble,
    read_bytes,
    table,
    workbook,
    written_by,
)

_BLOCK = [["Dates", "Some publication dates might be an approximation."]] * 8


def _read(tmp_path: Path, *rows: dict[str, Cell]) -> Reading:
    content = workbook(preamble(f"{len(rows)} publications"), _BLOCK, table(*rows), [[], [COPYRIGHT]])
    return read_bytes(tmp_path, content)


def test_a_workbook_is_read_as_a_text_is(tmp_path: Path) -> None:
    reading = _read(tmp_path, one(), one(EID="2-s2.0-85000000002"))

    assert reading.layout == "scival-xlsx"
    assert (reading.dataset, reading.announced, reading.received) == ("Publications at Institut Inventé", 2, 2)
    assert [line for line, _ in reading.records] == [21, 22]
    assert not reading.is_refused
    assert codes(reading) == []


def test_identifiers_that_are_numbers_lose_nothing(tmp_path: Path) -> None:
    changes: dict[str, Cell] = {"Scopus Author Ids": 57218949418.0, "Authors": "Perrin, A.", "EID": 85101171240.0}
    ((_, record),) = _read(tmp_path, one(**changes, Volume=12.0, Citations=3.0, Year=2024.0)).records

    assert (record.eid, record.authors[0].scopus_id) == ("85101171240", "57218949418")
    assert (record.volume, record.citations, record.year) == ("12", 3, 2024)


def test_values_are_those_of_the_workbook(tmp_path: Path) -> None:
    changes: dict[str, Cell] = {FIELD_WEIGHTED: 7.0, "Field-Weighted Citation Impact": 1.37, "Full date": 45352.0}
    ((_, record),) = _read(tmp_path, one(**changes)).records

    assert record.field_weighted is not None
    assert (record.field_weighted.value, record.fwci) == (Decimal(7), Decimal("1.37"))
    assert record.published_on == date(2024, 3, 1)


def test_the_columns_of_2018_are_known_in_a_workbook(tmp_path: Path) -> None:
    assert _read(tmp_path, one(**{"SNIP 2017": 1.2})).layout == "scival-xlsx-2018"


def test_a_day_may_be_a_number_or_a_date(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Sheet0")
        fill(sheet, [["Data set", "Publications at Institut Inventé"], ["Date last updated", 46078], ["Date exported"]])
        sheet.write_datetime(2, 1, date(2026, 3, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        fill(sheet, table(ROW), first=3)

    reading = read_bytes(tmp_path, written_by(write))

    assert (reading.updated_on, reading.extracted_on) == (date(2026, 2, 25), date(2026, 3, 3))


def test_the_sheet_with_the_publications_is_found(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        fill(book.add_worksheet("Notes"), [["à lire"]])
        fill(book.add_worksheet("Sheet0"), table(ROW))

    assert len(read_bytes(tmp_path, written_by(write)).records) == 1


def test_a_cell_beyond_the_header_is_an_error(tmp_path: Path) -> None:
    rows = table(ROW)
    content = workbook(preamble(), [rows[0], [*rows[1], "de trop"]])

    assert "width" in codes(read_bytes(tmp_path, content))


@pytest.mark.parametrize("content", [[], [["Colonne", "Autre"], ["a", "b"]]])
def test_another_workbook_is_refused(tmp_path: Path, content: list[list[Cell]]) -> None:
    assert codes(read_bytes(tmp_path, workbook(content))) == ["unrecognised"]


def _archive(**parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04" + bytes(50), "workbook_damaged"),
        (_archive(**{"export.csv": "Title,EID"}), "workbook_other"),
        (_archive(**{"xl/workbook.bin": ""}), "workbook_other"),
        (_archive(**{"xl/workbook.xml": "<a>"}), "workbook_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "workbook_old"),
        (b"\xd0\xcf\x11\xe0" + bytes(50) + "EncryptedPackage".encode("utf-16-le"), "workbook_encrypted"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, content)) == [code]


def test_a_workbook_that_unfolds_beyond_measure_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1000)

    assert codes(_read(tmp_path, one())) == ["workbook_too_large"]


def test_two_cells_at_the_ends_of_a_sheet_are_refused(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Sheet0")
        sheet.write(0, 0, "début")
        sheet.write(1_048_575, 16_383, "fin")

    assert codes(read_bytes(tmp_path, written_by(write))) == ["workbook_too_large"]
