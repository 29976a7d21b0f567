"""The rows of an XLSX workbook as texts, sheet by sheet, refused before it is opened where it would fill the memory."""

import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from .delimited import Row, UnreadableError

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0"
MOST_BYTES = 1024 * 1024 * 1024
MOST_CELLS = 40_000_000  # what a sheet spans: the reader makes room for its empty cells too
_MOST_PARTS = 10_000
_BLOCK = 4 * 1024 * 1024
_OVERLAP = 64
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,8})([0-9]{1,12})["']""")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_EXACT = 10**15  # beyond, a number of a workbook has lost digits
_DAMAGE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so is to be read here (if only to say why it can't be)."""
    return head.startswith((ZIP_START, OLE_START))


def sheets(path: Path) -> Iterator[Iterator[Row]]:
    """The rows of each worksheet that aren't blank, numbered from 1. Raises UnreadableError, also from the rows."""
    _refuse_ole(path)
    _check_size(path)
    try:
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
    except BaseException as error:
        if _is_interruption(error):
            raise
        raise _damaged() from error
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield _rows(workbook, place)


def _rows(workbook: CalamineWorkbook, place: int) -> Iterator[Row]:
    try:
        for number, cells in enumerate(workbook.get_sheet_by_index(place).iter_rows(), 1):
            texts = [cell if isinstance(cell, str) else _text(cell) for cell in cells]
            if any(text.strip() for text in texts):
                yield number, texts
    except BaseException as error:
        if _is_interruption(error):
            raise
        raise _damaged() from error


def _is_interruption(error: BaseException) -> bool:
    """The panics of the reader are failures too, although they are no ordinary exceptions."""
    return not isinstance(error, Exception) and type(error).__name__ != "PanicException"


def _text(cell: Any) -> str:
    """An identifier that a workbook holds as a number is written in full, never with an exponent or « .0 »."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _digits(number: float) -> str:
    if number != number or abs(number) >= _EXACT:  # noqa: PLR0124 - what is no number differs from itself
        return repr(number)
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def _refuse_ole(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(OLE_START)) != OLE_START:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            is_encrypted = content.find(_ENCRYPTED) >= 0
    if is_encrypted:
        message = (
            "ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe, ou exportez-le en CSV"
        )
        raise UnreadableError("workbook_encrypted", message)
    message = "ce fichier est d’un ancien format d’Office (.xls ?) : exportez-le à nouveau en CSV ou en XLSX"
    raise UnreadableError("workbook_old", message)


def _check_size(path: Path) -> None:
    """Every part is read through once: an archive may lie on its sizes, and a sheet on its own."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts({each.filename for each in parts})
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > MOST_BYTES:
                raise _too_large()
            for part in parts:
                _check_part(archive, part)
    except _DAMAGE as error:
        raise _damaged() from error


def _check_parts(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        message = "ce classeur est au format binaire (.xlsb) : exportez-le à nouveau en CSV ou en XLSX"
        raise UnreadableError("workbook_other", message)
    message = (
        "ce fichier est une archive ZIP, mais pas un classeur XLSX : déposez le fichier CSV ou XLSX qu’elle contient"
    )
    raise UnreadableError("workbook_other", message)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    columns: set[bytes] = set()
    last, tail = 0, b""
    with archive.open(part) as content:
        while block := content.read(_BLOCK):
            places = _PLACE.findall(tail + block)
            tail = block[-_OVERLAP:]
            columns.update(column for column, _ in places)
            last = max(last, max((int(row) for _, row in places), default=0))
            if last * max(map(_rank, columns), default=0) > MOST_CELLS:
                raise _too_large()


def _rank(column: bytes) -> int:
    """The rank from 1 of a column: A, …, Z, AA, …; a row's own place has none."""
    rank = 0
    for letter in column.upper():
        rank = rank * 26 + letter - ord("A") + 1
    return max(rank, 1)


def _damaged() -> UnreadableError:
    message = "ce classeur est abîmé ou n’en est pas un : exportez-le à nouveau, ou choisissez le format CSV"
    return UnreadableError("workbook_damaged", message)


def _too_large() -> UnreadableError:
    message = (
        f"ce classeur est démesuré une fois décompressé (plus de {MOST_BYTES // 1024**2} Mo, "
        f"ou de {MOST_CELLS // 1_000_000} millions de cellules) : exportez-le en CSV, ou en plusieurs fois"
    )
    return UnreadableError("workbook_too_large", message)
