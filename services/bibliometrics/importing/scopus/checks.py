"""What makes a row of Scopus unbelievable: its width, its identifier, its source, a spreadsheet's numbers."""

from collections.abc import Sequence

from services.bibliometrics.domain import normalising

from . import cells
from .columns import Column
from .people import Cells
from .refusals import RESAVED, RESAVED_ROW, RowError

_NUMERIC = (Column.EID, Column.DOI, Column.AUTHOR_IDS, Column.PUBMED, Column.ISSN, Column.ISBN)
_SHOWN = 40


def check_width(row: Sequence[str], width: int) -> None:
    """Raises RowError where cells and headings are not as many: nothing says which cell is too many."""
    if len(row) == width:
        return
    if width > 1 and sum(1 for each in row if each.strip()) == 1 and row[0].count(",") >= width // 2:
        raise RowError("resaved", RESAVED_ROW)
    message = (
        f"{_cells(len(row))} pour {width} titres de colonnes : la ligne est coupée ou décalée ; "
        "réexportez le fichier de Scopus sans le modifier"
    )
    raise RowError("ragged", message)


def _cells(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"


def check_content(row: Cells) -> None:
    """Raises RowError where a cell that can only hold one thing holds another."""
    for column in _NUMERIC:
        if cells.is_spoilt(row[column]):
            raise RowError("resaved", f"« {_shown(row[column])} » n’est plus un identifiant, car {RESAVED}", column)
    _check_eid(row)
    source = row[Column.SOURCE]
    if source and source.casefold() != "scopus":
        message = f"la source est « {_shown(source)} », et non « Scopus » : la ligne est décalée, ou vient d’ailleurs"
        raise RowError("source", message, Column.SOURCE)
    year = row[Column.YEAR]
    if year and year not in cells.SECONDARY_YEARS and cells.year(year) is None:
        message = f"l’année « {_shown(year)} » n’en est pas une : la ligne est décalée ou abîmée"
        raise RowError("year", message, Column.YEAR)


def _check_eid(row: Cells) -> None:
    eid = row[Column.EID]
    if not eid:
        return
    if not cells.is_eid(eid):
        message = f"l’EID « {_shown(eid)} » n’est pas de la forme « 2-s2.0-… » : la ligne est décalée ou abîmée"
        raise RowError("eid", message, Column.EID)
    if f"{eid}&" in row[Column.LINK]:
        return
    digits, linked = cells.eid_digits(eid), normalising.eid(row[Column.LINK])
    if linked != digits and linked.startswith(digits):
        raise RowError("eid", "l’EID est coupé : le fichier est incomplet ; exportez-le à nouveau", Column.EID)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
