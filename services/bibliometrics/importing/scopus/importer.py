"""From a file to a reading: what it is, then row after row; whatever its bytes, what is wrong becomes a finding."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from services.bibliometrics.domain.publication import Source
from services.bibliometrics.importing import delimited
from services.bibliometrics.importing.delimited import Row, UnreadableError
from services.bibliometrics.importing.reading import Finding, Progress, Reading, Severity

from . import layouts, lookalikes, naming
from .columns import plain
from .records import Builder
from .refusals import EMPTY, RowError
from .tallies import Tallies

_UNRECOGNISED = "unrecognised"
_SAMPLE = 50  # rows
_LONGEST_HEADER = 65_536  # characters
_STEP = 500  # rows between two words of progress
_MOST_REFUSALS = 50


def read(path: Path, filename: str, progress: Progress) -> Reading:
    """A Scopus CSV export, of any layout; `filename` is the name that its owner gave, which may tell its day.

    Raises nothing for what the file holds: what can't be read is an ERROR among the findings.
    """
    reading = Reading(source=Source.SCOPUS, layout=_UNRECOGNISED, extracted_on=naming.extracted_on(filename))
    try:
        _fill(reading, path, progress)
    except UnreadableError as error:
        reading.findings.append(error.finding)
    return reading


def _fill(reading: Reading, path: Path, progress: Progress) -> None:
    lookalikes.refuse_other_formats(path)
    encoding = delimited.encoding_of(path)
    first_line = _first_line(path, encoding.name)
    delimiter = lookalikes.delimiter_of(first_line)
    rows = delimited.rows(path, encoding.name, delimiter)
    header = next(rows, None)
    if header is None:
        raise UnreadableError("empty", EMPTY)
    lookalikes.refuse_other_headings(header[1])
    first, rest = _ahead(rows)
    layout = layouts.layout_of(header[1], [cells for _, cells in first], first_line)
    reading.layout = layout.name
    tallies = Tallies()
    try:
        rows = _without_headers(header[1], chain(first, rest), tallies)
        _read_rows(reading, Builder(layout.places, layout.width, tallies), rows, progress)
    finally:
        if reading.received:
            reading.findings[:0] = [*encoding.findings, *_of_delimiter(delimiter), *layouts.remarks(layout)]
        reading.findings += tallies.findings(reading.received)


def _of_delimiter(delimiter: str) -> list[Finding]:
    if delimiter == ",":
        return []
    message = "colonnes séparées par des tabulations : ce fichier a été transformé depuis son export ; vérifiez-le"
    return [Finding(code="delimiter", severity=Severity.WARNING, message=message)]


def _first_line(path: Path, encoding: str) -> str:
    """The first line that isn't blank, as it is written: csv would undo what tells a spreadsheet's hand."""
    with path.open(encoding=encoding, errors="replace") as file:
        start = file.read(_LONGEST_HEADER)
    return next((line for line in start.splitlines() if line.strip()), "")


def _ahead(rows: Iterator[Row]) -> tuple[list[Row], Iterator[Row]]:
    """The first rows, and those after; what makes the first unreadable is raised when its turn comes."""
    first: list[Row] = []
    try:
        first.extend(islice(rows, _SAMPLE))
    except UnreadableError as error:
        return first, _raising(error)
    return first, rows


def _raising(error: UnreadableError) -> Iterator[Row]:
    raise error
    yield


def _without_headers(header: list[str], rows: Iterator[Row], tallies: Tallies) -> Iterator[Row]:
    """The rows but those that repeat the header: at once, or further as in exports that were put end to end."""
    headings = [plain(each) for each in header]
    code = "doubled_header"
    for line, cells in rows:
        if len(cells) == len(header) and cells[-1] == header[-1] and [plain(each) for each in cells] == headings:
            tallies.add(code, line)
        else:
            code = "repeated_header"
            yield line, cells


def _read_rows(reading: Reading, builder: Builder, rows: Iterator[Row], progress: Progress) -> None:
    refusals: list[Finding] = []
    try:
        for line, cells in rows:
            reading.received += 1
            try:
                reading.records.append((line, builder.record(line, cells)))
            except RowError as error:
                reading.rejected += 1
                _refuse(refusals, line, error)
            if reading.received % _STEP == 0:
                progress(reading.received)
    finally:
        reading.findings += [*refusals, *_last_words(reading)]


def _refuse(refusals: list[Finding], line: int, error: RowError) -> None:
    if len(refusals) < _MOST_REFUSALS:
        finding = Finding(
            code=error.code, severity=Severity.ERROR, message=error.message, row=line, column=error.column
        )
        refusals.append(finding)


def _last_words(reading: Reading) -> list[Finding]:
    if not reading.received:
        message = "le fichier n’a qu’un en-tête : aucune publication ne répondait à la recherche"
        return [Finding(code="no_record", severity=Severity.NOTICE, message=message)]
    more = reading.rejected - _MOST_REFUSALS
    if more <= 0:
        return []
    message = "une autre ligne est refusée de même" if more == 1 else f"{more} autres lignes sont refusées de même"
    return [Finding(code="more_rejected", severity=Severity.ERROR, message=message)]
