"""Reads a publications export of SciVal from its first byte to its footer."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from services.bibliometrics.domain.publication import Source
from services.bibliometrics.importing.delimited import Row, UnreadableError, encoding_of
from services.bibliometrics.importing.reading import Finding, Progress, Reading, Severity
from services.bibliometrics.importing.workbooks import is_workbook

from .cells import CellError, shown
from .checks import of_columns, of_count, of_preamble, of_years
from .columns import Columns, columns_of, is_own
from .lookalikes import refuse_by_beginning, unrecognised
from .people import Listing
from .preamble import Preamble, preamble_of
from .records import Rows
from .tables import Table, in_text, in_workbook
from .tally import Tally

_HEAD = 64 * 1024
_EVERY = 500
_FOOTER = ("©", "Copyright", "(c)")


def read(path: Path, filename: str, progress: Progress) -> Reading:  # noqa: ARG001 - all importers are called alike
    """The records of an export and what is to be said of it; whatever the file holds, it is a Reading."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    reading = Reading(source=Source.SCIVAL, layout="scival-xlsx" if is_workbook(head) else "scival-csv")
    try:
        table = in_workbook(path) if is_workbook(head) else _in_text(path, head)
        _read_table(table, reading, progress)
    except UnreadableError as error:
        reading.findings.append(error.finding)
    return reading


def _in_text(path: Path, head: bytes) -> Table:
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if is_wide else "utf-8-sig", errors="replace")
    refuse_by_beginning(head[:2].decode("latin-1") if head.startswith(b"\x1f\x8b") else text)
    return in_text(path, encoding_of(path))


def _read_table(table: Table, reading: Reading, progress: Progress) -> None:
    preamble = preamble_of(table.before)
    _take_preamble(preamble, reading)
    reading.findings += table.findings
    if not table.header and preamble.announced == 0:
        return
    if not table.header or not (preamble.is_known or is_own(table.header)):
        raise unrecognised([*table.before, table.header], says_scival=preamble.is_known)
    columns = columns_of(table.header)
    reading.layout += "-2018" if columns.is_of_2018 else ""
    reading.findings += [*of_preamble(preamble), *of_columns(columns)]
    _read_rows(table, columns, preamble, reading, progress)


def _take_preamble(preamble: Preamble, reading: Reading) -> None:
    reading.dataset = preamble.dataset
    reading.extracted_on = preamble.exported_on
    reading.updated_on = preamble.updated_on
    reading.announced = preamble.announced


def _read_rows(table: Table, columns: Columns, preamble: Preamble, reading: Reading, progress: Progress) -> None:
    tally = Tally()
    rows = Rows(
        columns=columns,
        listing=Listing(is_of_2018=columns.is_of_2018, limit=preamble.author_limit),
        datasets=(preamble.dataset,) if preamble.dataset else (),
        tally=tally,
    )
    try:
        for line, cells in _data(table.rows, reading):
            reading.received += 1
            _read_row(line, cells, rows, reading)
            if reading.received % _EVERY == 0:
                progress(reading.received)
    finally:
        progress(reading.received)
        reading.findings += tally.findings()
        reading.findings += of_years(tally.years, preamble.years)
        reading.findings += of_count(reading)


def _read_row(line: int, cells: Sequence[str], rows: Rows, reading: Reading) -> None:
    try:
        if not rows.columns.fits(cells) or _is_single(cells):
            raise _misfit(cells, rows.columns)
        reading.records.append((line, rows.record(line, cells)))
    except CellError as error:
        reading.rejected += 1
        rows.tally.error(
            Finding(
                code=error.code,
                severity=Severity.ERROR,
                message=error.message,
                row=line,
                column=error.column or None,
            )
        )


def _misfit(cells: Sequence[str], columns: Columns) -> CellError:
    filled = sum(1 for cell in cells if cell.strip())
    message = (
        f"{len(cells)} cellules, dont {filled} remplie(s), au lieu de {columns.width} : "
        "le fichier a été coupé ou modifié ; exportez-le à nouveau, sans l’ouvrir"
    )
    return CellError("width", "", message)


def _data(rows: Iterator[Row], reading: Reading) -> Iterator[Row]:
    """Every row but those of a single cell at the end, which are a footer; in between, they are errors."""
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if not _is_single(row[1]):
            yield from waiting
            waiting = []
    reading.findings += [_footer(*row) for row in waiting[:1] if not _is_copyright(row[1])]


def _is_single(cells: Sequence[str]) -> bool:
    return len(list(islice(filter(str.strip, cells), 2))) == 1


def _is_copyright(cells: Sequence[str]) -> bool:
    return any(cell.strip().startswith(_FOOTER) for cell in cells)


def _footer(line: int, cells: Sequence[str]) -> Finding:
    text = shown(next(cell.strip() for cell in cells if cell.strip()))
    message = f"« {text} », après les publications, n’en est pas une : ligne laissée de côté"
    return Finding(code="footer", severity=Severity.NOTICE, message=message, row=line)
