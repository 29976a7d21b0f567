"""Where the table of publications begins in a file: the rows before its header, the header, and those that follow."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from services.bibliometrics.importing.delimited import Encoding, Row, UnreadableError, rows, rows_of
from services.bibliometrics.importing.reading import Finding, Severity
from services.bibliometrics.importing.workbooks import sheets

from .columns import is_header

_HEADER_WITHIN = 60
_DELIMITERS = (",", ";", "\t")
_RESAVED = (
    "les cellules ne sont pas séparées par des virgules : le fichier a été enregistré par un tableur, qui a pu changer "
)
_RESAVED_THEN = "des identifiants ou des dates ; déposez plutôt l’export de SciVal sans l’ouvrir"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`header` is empty where none was found: `before` is then the beginning of the file."""

    before: Sequence[Sequence[str]]
    header: Sequence[str] = ()
    rows: Iterator[Row]
    findings: tuple[Finding, ...] = ()


def in_text(path: Path, encoding: Encoding) -> Table:
    """The table of a delimited text, whatever parts its cells. Raises UnreadableError."""
    tried = [_with_delimiter(path, encoding, each) for each in _DELIMITERS]
    tables = [each for each in tried if isinstance(each, Table)]
    failures = [each for each in tried if isinstance(each, UnreadableError)]
    if not tables:
        raise failures[0]
    return next((each for each in tables if each.header), tables[0])


def in_workbook(path: Path) -> Table:
    """The table of the first sheet that has one. Raises UnreadableError."""
    tables = []
    for sheet in sheets(path):
        tables.append(_table(sheet, ()))
        if tables[-1].header:
            return tables[-1]
    return max(tables, key=lambda each: len(each.before), default=Table(before=(), rows=iter(())))


def _with_delimiter(path: Path, encoding: Encoding, delimiter: str) -> Table | UnreadableError:
    findings = encoding.findings
    if delimiter != ",":
        message = _RESAVED + _RESAVED_THEN
        findings = (*findings, Finding(code="delimiter", severity=Severity.WARNING, message=message))
    try:
        return _table(rows(path, encoding.name, delimiter), findings)
    except UnreadableError as error:
        return _loose_table(path, encoding, delimiter, findings) or error


def _loose_table(path: Path, encoding: Encoding, delimiter: str, findings: tuple[Finding, ...]) -> Table | None:
    try:
        table = _table(_loosely(path, encoding, delimiter), findings)
    except (csv.Error, UnreadableError):
        return None
    return table if table.header else None


def _loosely(path: Path, encoding: Encoding, delimiter: str) -> Iterator[Row]:
    """As `rows`, but the preamble, where names may hold bare quotes, is read line by line up to the header."""
    with path.open(encoding=encoding.name, errors="replace", newline="") as file:
        for place, line in enumerate(islice(iter(file.readline, ""), _HEADER_WITHIN), 1):
            cells = next(csv.reader([line], delimiter=delimiter), [])
            yield place, cells
            if is_header(cells):
                break
        for following, cells in rows_of(file, delimiter):
            yield place + following, cells


def _table(lines: Iterator[Row], findings: tuple[Finding, ...]) -> Table:
    before: list[list[str]] = []
    for _, cells in islice(lines, _HEADER_WITHIN):
        if is_header(cells):
            return Table(before=before, header=cells, rows=lines, findings=findings)
        before.append(cells)
    return Table(before=before, rows=lines)
