"""Delimited text as it is found in the wild: its encoding, and its rows with their line numbers, read as a stream."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .reading import Finding, Severity

LONGEST_CELL = 16 * 1024 * 1024  # thousands of authors with their addresses fit in one cell
_BLOCK = 1024 * 1024
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
Row = tuple[int, list[str]]  # the line where it begins, its cells


class UnreadableError(Exception):
    """Why a file can't be read further, as the finding that says so."""

    def __init__(self, code: str, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.finding = Finding(code=code, severity=Severity.ERROR, message=message, row=row)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes are read, and what is to be said of it."""

    name: str
    findings: tuple[Finding, ...] = ()


def encoding_of(path: Path) -> Encoding:
    """UTF-8 (with or without its mark), UTF-16 with its mark, else Windows-1252 with a warning.

    Raises UnreadableError on a file that is no text.
    """
    with path.open("rb") as file:
        head = file.read(2)
        if head in _BOMS:
            return Encoding(_BOMS[head])
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        is_utf8 = True
        while block := file.read(_BLOCK):
            if b"\x00" in block:
                raise UnreadableError(
                    "not_text",
                    "ce fichier n’est pas un texte (classeur, archive ?) : exportez-le en CSV",
                )
            is_utf8 = is_utf8 and _decodes(decoder, block)
    if is_utf8 and _decodes(decoder, b"", final=True):
        return Encoding("utf-8-sig")
    message = "le fichier n’est pas en UTF-8 : il est lu en Windows-1252 ; vérifiez les accents, ou réexportez-le"
    return Encoding("cp1252", (Finding(code="encoding", severity=Severity.WARNING, message=message),))


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every row that is not blank, quoted as RFC 4180 says. Raises UnreadableError where the quotes don't close."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from rows_of(file, delimiter)


def rows_of(file: io.TextIOBase, delimiter: str) -> Iterator[Row]:
    """As `rows`, of a text that is open already."""
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(file, delimiter=delimiter, strict=True)
    first = 1
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield first, cells
            first = lines.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            "quotes",
            "guillemets mal fermés : le fichier est coupé, ou a été enregistré par un tableur ; exportez-le à nouveau",
            first,
        ) from error
