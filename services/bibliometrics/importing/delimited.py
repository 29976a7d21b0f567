"""Delimited text as it is found in the wild: its encoding, and its rows with their line numbers, read as a stream."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .reading import Finding, Severity

LONGEST_CELL = 16 * 1024 * 1024  # thousands of authors with their addresses fit in one cell
_BLOCK = 1024 * 1024
_ESCAPED = re.compile("[\udc80-\udcff]")  # how a byte that is not of UTF-8 is read by « surrogateescape »
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

    Raises UnreadableError on a file that is no text, or that is UTF-8 but for a few bytes.
    """
    with path.open("rb") as file:
        head = file.read(len(codecs.BOM_UTF8))
        if head[:2] in _BOMS:
            return Encoding(_BOMS[head[:2]])
        file.seek(0)
        bytes_read = _Utf8()
        while block := file.read(_BLOCK):
            if b"\x00" in block:
                raise UnreadableError(
                    "not_text",
                    "ce fichier n’est pas un texte (classeur, archive ?) : exportez-le en CSV",
                )
            bytes_read.take(block)
        bytes_read.take(b"", final=True)
    return _told_by(bytes_read, is_marked=head == codecs.BOM_UTF8)


def _told_by(bytes_read: "_Utf8", *, is_marked: bool) -> Encoding:
    if not bytes_read.invalid:
        return Encoding("utf-8-sig")
    if is_marked or bytes_read.valid > bytes_read.invalid:
        message = "un octet n’est pas de l’UTF-8 : le fichier est abîmé ; réexportez-le"
        raise UnreadableError("damaged_text", message, bytes_read.bad_line)
    message = "le fichier n’est pas en UTF-8 : il est lu en Windows-1252 ; vérifiez les accents, ou réexportez-le"
    return Encoding("cp1252", (Finding(code="encoding", severity=Severity.WARNING, message=message),))


class _Utf8:
    """Bytes read as UTF-8 by blocks: how many characters of several bytes, how many bad bytes and where they begin."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        self._line = 1
        self.valid = 0
        self.invalid = 0
        self.bad_line: int | None = None

    def take(self, block: bytes, *, final: bool = False) -> None:
        text = self._decoder.decode(block, final)
        if not text.isascii():
            self._count(text)
        self._line += text.count("\n")

    def _count(self, text: str) -> None:
        bad = _ESCAPED.search(text)
        invalid = len(_ESCAPED.findall(text, bad.start())) if bad else 0
        if bad and self.bad_line is None:
            self.bad_line = self._line + text.count("\n", 0, bad.start())
        self.invalid += invalid
        self.valid += len(text) - len(text.encode("ascii", "ignore")) - invalid


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
