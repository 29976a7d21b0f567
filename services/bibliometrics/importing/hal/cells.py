"""The cells of HAL's CSV files as the values that its API gives: several in one cell are parted again."""

import re
from collections.abc import Iterable
from typing import Any

from .identity import in_cell

_COMMA = re.compile(r"(?<!\\),")
_TIGHT = re.compile(r"(?<!\\),(?=\S)(?!(?<=\d,)\d)")  # a comma that no prose writes: « 1,2 » and « a, b » stay whole
_MANY = ("authFullName_s", "authLastName_s", "authFirstName_s", "collCode_s", "isbn_s", "issue_s", "language_s")
_TITLES = ("title_s", "subTitle_s", "en_title_s", "fr_title_s", "publisher_s", "journalIssn_s")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_SHAPES = {
    "halId_s": re.compile(r"[A-Za-z][A-Za-z0-9]*[-_]\d+|^\W$"),
    "doiId_s": re.compile(r"10\.\d|^\W$"),
    "producedDateY_i": re.compile(r"^\s*\d{4}\b|para[iî]tre", re.IGNORECASE),
    "pubmedId_s": re.compile(r"\d\s*$|^\W$"),
}


def of_api(field: str, cell: str) -> Any:
    """The values of a cell that the API wrote: it escapes the commas that are within a value."""
    if field in _TITLES:
        return [_plain(each) for each in _TIGHT.split(cell)]
    if field in _MANY or field.endswith(("_fs", "Id_i", "Name_s")):
        return [_plain(each) for each in _COMMA.split(cell)]
    return _plain(cell)


def _plain(value: str) -> str:
    return value.replace("\\,", ",").replace("\\\\", "\\").strip()


def of_people(field: str, cell: str) -> Any:
    """The values of a cell that is written to be read: authors parted by « ; », else by a comma."""
    if field not in _MANY and not field.endswith("Name_s"):
        return cell.strip()
    mark = next((each for each in (";", "|", ",") if each in cell), "")
    if not mark or (mark == "," and field.endswith("StructName_s")):
        return [cell.strip()]
    return [each.strip() for each in cell.split(mark)]


def only_hal_id(cells: Iterable[str]) -> str:
    """The identifier of HAL among whole cells; empty where there are several: which one is the document's is unsaid."""
    return _only(found for each in cells if (found := in_cell(each)))


def only_doi(cells: Iterable[str]) -> str:
    return _only(each.strip() for each in cells if _DOI.fullmatch(each.strip()))


def fit(field: str, cell: str) -> bool:
    """Whether a cell may stand under this heading: identifiers and years show where a row is shifted."""
    shape = _SHAPES.get(field)
    return not shape or not cell.strip() or bool(shape.search(cell))


def _only(found: Iterable[str]) -> str:
    distinct = set(found)
    return distinct.pop() if len(distinct) == 1 else ""
