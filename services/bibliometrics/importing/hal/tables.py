"""The CSV files of HAL read into documents: those of the API, and those of portals and of ExtrHAL, in sections."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from services.bibliometrics.importing import delimited
from services.bibliometrics.importing.delimited import Row, UnreadableError

from . import cells as written
from .headings import fields_of, is_api, is_header
from .kinds import code_of

_LOOKED_AT = 40  # rows among which the headings are looked for
_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = re.compile(r'(?:^|;)"[^"]*"(?:;|\s*$)')
_SURE = ("title_s", "authFullName_s", "producedDateY_i", "defenseDateY_i")  # ExtrHAL writes them before its free texts


@dataclass(frozen=True, slots=True)
class Table:
    """How a CSV file of HAL is laid out."""

    encoding: delimited.Encoding
    delimiter: str
    is_api: bool


@dataclass(slots=True)
class Ragged:
    """The lines that are longer or shorter than their headings."""

    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that can't be laid under its headings."""

    expected: int
    found: int


def table_of(path: Path) -> Table | None:
    """The layout of a file; none where no row holds headings of HAL. Raises UnreadableError on what is no text."""
    encoding = delimited.encoding_of(path)
    headers = ((each, _header(path, encoding.name, each)) for each in _DELIMITERS)
    found = [(len(cells), mark, cells) for mark, cells in headers if cells]
    if not found:
        return None
    _, delimiter, cells = max(found, key=lambda each: each[0])
    return Table(encoding, delimiter, is_api(cells))


def _header(path: Path, encoding: str, delimiter: str) -> list[str]:
    with suppress(UnreadableError):
        for _, cells in islice(delimited.rows(path, encoding, delimiter), _LOOKED_AT):
            if is_header(cells):
                return cells
    return []


def documents(path: Path, table: Table, ragged: Ragged) -> Iterator[tuple[int, Any]]:
    """Each row as a document with its line; a row of the API that doesn't fit its headings is a `Misfit`."""
    is_plain = table.delimiter == ";" and not table.is_api and not _has_quotes(path, table.encoding.name)
    rows = _plain(path, table.encoding.name) if is_plain else delimited.rows(path, table.encoding.name, table.delimiter)
    return _api(rows) if table.is_api else _sections(rows, ragged)


def _has_quotes(path: Path, encoding: str) -> bool:
    """Whether a cell stands within quotes: ExtrHAL never writes so, and its titles may begin with one of their own."""
    with path.open(encoding=encoding, errors="replace") as file:
        return any(_QUOTED.search(line) for line in file)


def _plain(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip(" ;\r\n"):
                yield number, line.rstrip("\r\n").split(";")


def _api(rows: Iterable[Row]) -> Iterator[tuple[int, Any]]:
    fields: list[str] = []
    for line, cells in rows:
        if not fields or is_header(cells):
            fields = fields_of(cells) if is_header(cells) else []
        elif len(cells) != len(fields):
            yield line, Misfit(len(fields), len(cells))
        else:
            yield line, {name: written.of_api(name, cell) for name, cell in zip(fields, cells, strict=True) if name}


def _sections(rows: Iterable[Row], ragged: Ragged) -> Iterator[tuple[int, Any]]:
    fields: list[str] = []
    section = ""
    for line, cells in rows:
        if is_header(cells):
            fields = fields_of(cells)
        elif alone := _alone(cells):
            section = alone
        elif fields:
            yield line, _document(fields, cells, section, ragged, line)


def _alone(cells: Sequence[str]) -> str:
    """The title of a section: the only cell that is filled in; an identifier is no title."""
    filled = [each.strip() for each in cells if each.strip()]
    return filled[0] if len(filled) == 1 and not written.only_hal_id(filled) else ""


def _document(fields: Sequence[str], cells: Sequence[str], section: str, ragged: Ragged, line: int) -> dict[str, Any]:
    fits = _fits(fields, cells)
    if not fits:
        ragged.lines.append(line)
    doc: dict[str, Any] = {}
    for name, cell in zip(fields, cells, strict=False):
        if name and cell.strip() and (fits or name in _SURE):
            doc.setdefault(name, written.of_people(name, cell))
    if not fits or not {"halId_s", "uri_s"} & set(fields):
        doc["halId_s"] = written.only_hal_id(cells)
    if not fits or "doiId_s" not in fields:
        doc["doiId_s"] = written.only_doi(cells)
    if code_of(section):
        doc.setdefault("docType_s", section)
    return doc


def _fits(fields: Sequence[str], cells: Sequence[str]) -> bool:
    if len(cells) < len(fields) or any(cell.strip() for cell in cells[len(fields) :]):
        return False
    return all(written.fit(name, cell) for name, cell in zip(fields, cells, strict=False))
