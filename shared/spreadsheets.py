"""The CSV of people and machines, read and written: machine dialect, French Excel dialect, and what lies between."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from .problems import Invalid

_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f"))
_FRENCH_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_LONGEST = 131_072
_MINUS = {ord("−"): "-"}
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{1,10})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]{1,10})?")


_COMPUTED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would compute, or that is kept from it by an apostrophe already."""


class Dialect(StrEnum):
    """Comma and point, for machines; semicolon, decimal comma and byte order mark, for a French Excel."""

    MACHINE = "machine"
    EXCEL = "excel"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by header name, each with its line number in the file; empty cells are left out."""

    rows: list[tuple[int, dict[str, str]]]
    notices: list[str]


def read_table(raw: bytes) -> Table:
    """The table in a CSV file. Raises Invalid on a file that is no table."""
    text, notices = _decode(raw)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        _check_header(header)
        rows = [(line, _row(header, cells)) for line, cells in _numbered(lines) if any(map(str.strip, cells))]
    except (csv.Error, _TooLongError) as error:
        why = f"guillemets mal fermés, ou cellule de plus de {_LONGEST} caractères"
        raise Invalid(f"Ligne {lines.line_num} : {why}.") from error
    return Table(rows, notices)


def _numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line; one goes on over several where a cell has line breaks."""
    first = lines.line_num + 1
    for cells in lines:
        yield first, cells
        first = lines.line_num + 1


class _TooLongError(ValueError):
    """The csv module has a limit of its own, which any library in the process may move."""


def _decode(raw: bytes) -> tuple[str, list[str]]:
    if b"\x00" in raw:
        raise Invalid(
            "Ce fichier n’est pas un CSV : il contient des octets nuls (classeur Excel ? enregistrez-le en CSV UTF-8)."
        )
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        notice = "Le fichier n’est pas en UTF-8 : il a été lu en Windows-1252 ; vérifiez les accents."
        return raw.decode("cp1252", errors="replace"), [notice]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") >= max(head.count(","), 1) else ","


def _check_header(header: list[str]) -> None:
    if not any(header):
        raise Invalid("Le fichier est vide : la première ligne doit nommer les colonnes.")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise Invalid(f"Colonne(s) en double dans l’en-tête : {', '.join(twice)}.")


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], dialect: Dialect) -> bytes:
    """The rows as a CSV file that `read_table` reads back; what a spreadsheet would compute is made a mere text."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if dialect is Dialect.EXCEL else ",")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column), dialect) for column in columns])
    return file.getvalue().encode("utf-8-sig" if dialect is Dialect.EXCEL else "utf-8")


def _cell(value: Any, dialect: Dialect) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.replace(".", ",") if dialect is Dialect.EXCEL else text
    if isinstance(value, date) and dialect is Dialect.EXCEL:
        return f"{value:%d/%m/%Y}"
    text = "" if value is None else str(value)
    return f"'{text}" if _COMPUTED.match(text) else text


def _row(header: list[str], cells: list[str]) -> dict[str, str]:
    """The filled cells by column; a cell beyond the header keeps a name of its own, which no table knows."""
    if max(map(len, cells)) > _LONGEST:
        raise _TooLongError
    names = header + [f"cellule {place + 1}" for place in range(len(header), len(cells))]
    return {name: _plain(cell.strip()) for name, cell in zip(names, cells, strict=False) if name and cell.strip()}


def iso_day(text: str) -> str:
    """A day as a French spreadsheet writes it (« 15/06/2024 »), as 2024-06-15; anything else as it is."""
    found = _FRENCH_DAY.fullmatch(text.strip())
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell.removeprefix("'") if _COMPUTED.match(cell) else cell


def number(text: str) -> Decimal:
    """A number as a person or a machine writes it: « 1 234,5 », 1234.5. Raises ValueError on anything else."""
    written = text.strip().translate(_MINUS)
    if not (_NUMBER.fullmatch(written) or _GROUPED.fullmatch(written)):
        raise ValueError(f"« {text} » n’est pas un nombre ; écrivez par exemple 1234,5 ou 1234.5, sans unité")
    return Decimal(written.translate(_SPACES).replace(",", "."))
